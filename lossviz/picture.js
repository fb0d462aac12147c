// The picture of an explorer in the page: the frame with its alternative text, the sentence, a region that
// speaks it, and grips over what can be dragged. It also names the controls beside it for screen readers.

const REST = 700 // milliseconds without a change after which the sentence is spoken

function element(tag, className, parent, attributes = {}) {
  const made = Object.assign(document.createElement(tag), { className })
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  parent.append(made)
  return made
}

function set(target, name, value) {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value)
}

// Core controls draw a label that assistive technology does not connect with them.
function nameControls(explorer, units) {
  for (const control of explorer.querySelectorAll(".widget-inline-hbox")) {
    const label = control.querySelector(".widget-label")?.textContent ?? ""
    const handle = control.querySelector(".noUi-handle")
    const readout = control.querySelector(".widget-readout")
    if (handle && readout) {
      const unit = units[label] ?? ""
      set(handle, "aria-label", label)
      set(handle, "aria-valuetext", `${readout.textContent} ${unit}`.trim())
      set(handle, "data-lm-suppress-shortcuts", "true")
      set(readout, "role", "textbox")
      set(readout, "aria-label", `${label}, type a value`)
      set(readout, "data-unit", unit)
    }
    const radios = control.querySelector(".widget-radio-box")
    if (radios) {
      set(radios, "role", "radiogroup")
      set(radios, "aria-label", label)
    }
  }
}

function showFrames(model, image, signal) {
  let newest = 0
  async function show() {
    const turn = ++newest
    const url = URL.createObjectURL(new Blob([model.get("frame")], { type: "image/png" }))
    const decoded = await Object.assign(new Image(), { src: url }).decode().then(() => true, () => false)
    const shown = decoded && turn === newest
    URL.revokeObjectURL(shown ? image.src : url)
    if (shown) image.src = url
  }
  show()
  model.on("change:frame", show)
  signal.addEventListener("abort", () => {
    model.off("change:frame", show)
    URL.revokeObjectURL(image.src)
  })
}

function say(model, image, sentence, problem, call, spoken, signal) {
  let rest
  function write() {
    image.alt = sentence.textContent = model.get("sentence")
    problem.textContent = model.get("problem")
    call.textContent = model.get("call")
  }
  function changed() {
    write()
    clearTimeout(rest)
    rest = setTimeout(() => { spoken.textContent = model.get("problem") || model.get("sentence") }, REST)
  }
  write()
  for (const name of ["sentence", "problem", "call"]) model.on(`change:${name}`, changed)
  signal.addEventListener("abort", () => {
    clearTimeout(rest)
    for (const name of ["sentence", "problem", "call"]) model.off(`change:${name}`, changed)
  })
}

function dragGrips(model, frame, signal) {
  const grips = []
  function tell(index, x, y, event) {
    model.set("drag", [index, x, y, event.timeStamp])
    model.save_changes()
  }
  function grab(index, down) {
    const grip = grips[index]
    const box = frame.getBoundingClientRect()
    const [left, top, width, height] = model.get("grips")[index]
    const move = (event) => tell(
      index,
      left + width / 2 + (event.clientX - down.clientX) / box.width,
      top + height / 2 + (event.clientY - down.clientY) / box.height,
      event,
    )
    const drop = () => grip.removeEventListener("pointermove", move)
    grip.setPointerCapture(down.pointerId)
    grip.addEventListener("pointermove", move)
    grip.addEventListener("lostpointercapture", drop, { once: true })
    down.preventDefault()
  }
  function place() {
    model.get("grips").forEach(([left, top, width, height, cursor], index) => {
      if (!grips[index]) {
        grips[index] = element("div", "lossviz-grip", frame, { "aria-hidden": "true" })
        grips[index].addEventListener("pointerdown", (event) => grab(index, event))
      }
      const percent = (share) => `${100 * share}%`
      Object.assign(grips[index].style, {
        left: percent(left), top: percent(top), width: percent(width), height: percent(height), cursor,
      })
    })
  }
  place()
  model.on("change:grips", place)
  signal.addEventListener("abort", () => model.off("change:grips", place))
}

function tellRatio(model, signal) {
  function tell() {
    model.set("ratio", devicePixelRatio)
    model.save_changes()
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", tell, { once: true, signal })
  }
  tell()
}

export default {
  render({ model, el }) {
    const closing = new AbortController()
    const { signal } = closing
    el.classList.add("lossviz-picture")
    const frame = element("div", "lossviz-frame", el)
    const image = element("img", "lossviz-image", frame, { draggable: "false", decoding: "sync" })
    const problem = element("p", "lossviz-problem", el, { "aria-hidden": "true" })
    const sentence = element("p", "lossviz-sentence", el, { "aria-hidden": "true" })
    const call = element("code", "lossviz-call", el)
    const spoken = element("div", "lossviz-spoken", el, { role: "status" })
    el.style.maxWidth = frame.style.maxWidth = `${model.get("width")}px`
    showFrames(model, image, signal)
    say(model, image, sentence, problem, call, spoken, signal)
    dragGrips(model, frame, signal)
    tellRatio(model, signal)

    // The controls stand beside the picture once it lies in the page, and may be made anew later.
    const naming = new MutationObserver(() => nameControls(el.closest(".lossviz"), model.get("units")))
    const placed = new ResizeObserver(() => {
      const explorer = el.closest(".lossviz")
      if (!explorer) return
      placed.disconnect()
      naming.observe(explorer, { subtree: true, childList: true, characterData: true, attributeFilter: ["aria-valuetext"] })
      nameControls(explorer, model.get("units"))
    })
    placed.observe(el)
    return () => {
      naming.disconnect()
      placed.disconnect()
      closing.abort()
    }
  },
}
