// When does the page show a new picture? Runs in the page before its own scripts.
// A change is shown by the first animation frame after it; what a frame's own callbacks change, by that frame.
{
  const nextFrame = requestAnimationFrame.bind(window)
  let inFrame = false
  window.requestAnimationFrame = (callback) => nextFrame((time) => {
    inFrame = true
    try { callback(time) } finally { queueMicrotask(() => { inFrame = false }) }
  })

  let area, kind, source
  let waiting = false // for the frame that shows a change
  let filming = false // look at every frame
  let pressed, released, shown, blank, frames, arrived

  function changed() {
    if (waiting) return
    waiting = true
    const show = () => {
      waiting = false
      shown.push(performance.now())
      arrived()
    }
    inFrame ? show() : nextFrame(show)
  }

  // An image is new when it is complete, text and SVG when they have changed, a canvas when something is drawn on it.
  const observer = new MutationObserver(() => {
    if (kind !== "img") return changed()
    const image = area.querySelector("img")
    if (!image || image.src === source) return
    source = image.src
    const own = source
    let told = false
    const tell = () => {
      if (told || !image.isConnected || !image.complete || image.src !== own) return
      told = true
      changed()
    }
    tell()
    image.addEventListener("load", tell, { once: true })
    requestAnimationFrame(tell) // it may be complete before its event comes
  })
  const draw = CanvasRenderingContext2D.prototype.drawImage
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    draw.apply(this, args)
    if (kind === "canvas" && area.contains(this.canvas)) changed()
  }

  function film() {
    if (!filming) return
    const picture = kind === "text" ? area : area.querySelector(kind)
    const there = picture?.isConnected && picture.getBoundingClientRect().height && picture.complete !== false
    frames++
    if (!there) blank++
    nextFrame(film)
  }

  addEventListener("keydown", (event) => { pressed = event.timeStamp }, true)
  addEventListener("pointerup", (event) => { released = event.timeStamp }, true)

  window.watch = {
    start(watched, itsKind) {
      [area, kind, source] = [watched, itsKind, watched.querySelector("img")?.src]
      observer.observe(area, { subtree: true, childList: true, attributes: true, characterData: true })
      this.reset()
    },
    reset() {
      [shown, blank, frames, filming] = [[], 0, 0, false]
      this.picture = new Promise((resolve) => { arrived = resolve })
    },
    film() {
      this.reset()
      filming = true
      film()
    },
    // Milliseconds from the key event to the frame that shows the change.
    async latency() {
      const late = new Promise((_, reject) => setTimeout(reject, 10000, new Error("no new picture within 10 s")))
      await Promise.race([this.picture, late])
      return shown[0] - pressed
    },
    // Once no picture has come for some milliseconds: what was seen of the drag, and how late the last picture was.
    async rest(milliseconds) {
      const last = () => Math.max(released, ...shown)
      while (performance.now() < last() + milliseconds) await new Promise((resolve) => setTimeout(resolve, 50))
      filming = false
      return { pictures: shown.filter((time) => time <= released).length, last: last() - released, frames, blank }
    },
  }
}
