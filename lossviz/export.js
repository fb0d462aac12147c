// A page that needs no kernel: controls that choose among pictures drawn beforehand. A picture is what all have in
// common with a patch on it.

const REST = 700 // milliseconds without a change after which the sentence is spoken
const { start, words, common, patches, states, handles, pace } = JSON.parse(document.querySelector("#data").textContent)
const [form, frame, image, canvas, sentence, call, spoken] = ["form", ".lossviz-frame", "img", "canvas",
  ".lossviz-sentence", ".lossviz-call", ".lossviz-spoken"].map((which) => document.querySelector(which))
const controls = [...form.querySelectorAll(".control")].map((box, index) => {
  const [inputs, output] = [[...box.querySelectorAll("input")], box.querySelector("output")]
  if (!output) return { get: () => inputs.findIndex((input) => input.checked), set: (place) => { inputs[place].checked = true } }
  const [slider] = inputs
  const set = (place) => {
    slider.value = place
    output.textContent = words[index][place]
    slider.setAttribute("aria-valuetext", words[index][place])
  }
  return { get: () => slider.valueAsNumber, set }
})
const paper = canvas.getContext("2d")
const ground = load(common)
let [setting, sent, seen, rest, playing] = [start, 0, 0]

async function load(picture) {
  const loaded = Object.assign(new Image(), { src: `data:image/webp;base64,${picture}` })
  await loaded.decode()
  return loaded
}

async function show(places) {
  setting = places
  controls.forEach((control, index) => control.set(places[index]))
  const [patch, said, made, held] = states[places]
  const turn = ++sent
  const layers = await Promise.all([ground, load(patches[patch])])
  if (turn < seen) return
  seen = turn
  for (const layer of layers) paper.drawImage(layer, 0, 0)
  image.alt = sentence.textContent = said
  call.textContent = made
  held.forEach(place)
}

// Where not every combination has been drawn, the other controls go back to the start.
function moved(changes) {
  return [setting, start].map((from) => Object.assign([...from], changes)).find((places) => places in states)
}

function choose(places) {
  show(places)
  clearTimeout(rest)
  rest = setTimeout(() => { spoken.textContent = states[places][1] }, REST)
}

function place(box, index) {
  const [left, top, width, height] = box.map((share) => `${100 * share}%`)
  Object.assign(grips[index].style, { left, top, width, height })
}

const grips = handles.map(([along, up, cursor], index) => {
  const grip = frame.appendChild(Object.assign(document.createElement("div"), { className: "lossviz-grip" }))
  grip.style.cursor = cursor
  grip.setAttribute("aria-hidden", "true")
  const middle = (places) => {
    const [left, top, width, height] = states[places][3][index]
    return [left + width / 2, top + height / 2]
  }
  // Every place that a drag can reach, the nearest of which is shown.
  const reached = () => {
    const stops = (control) => control === null ? [{}] : words[control].map((_, stop) => ({ [control]: stop }))
    return stops(along).flatMap((x) => stops(up).map((y) => moved({ ...x, ...y }))).filter(Boolean)
  }
  grip.addEventListener("pointerdown", (down) => {
    stop()
    const [box, from, places] = [frame.getBoundingClientRect(), middle(setting), reached()]
    const move = (event) => {
      const [x, y] = [from[0] + (event.clientX - down.clientX) / box.width, from[1] + (event.clientY - down.clientY) / box.height]
      const far = (one) => {
        const [across, down] = middle(one)
        return Math.hypot(along === null ? 0 : (across - x) * box.width, up === null ? 0 : (down - y) * box.height)
      }
      choose(places.reduce((best, one) => far(one) < far(best) ? one : best))
    }
    grip.setPointerCapture(down.pointerId)
    grip.addEventListener("pointermove", move)
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true })
    down.preventDefault()
  })
  return grip
})

function stop() {
  clearInterval(playing?.timer)
  if (playing) playing.button.textContent = "Play"
  playing = undefined
}

function play(button, index) {
  const last = words[index].length - 1
  const step = () => {
    if (setting[index] === last) return stop()
    choose(moved({ [index]: setting[index] + 1 }))
  }
  button.textContent = "Pause"
  if (setting[index] === last) choose(moved({ [index]: 0 }))
  playing = { button, timer: setInterval(step, pace) }
}

controls.forEach((control, index) => {
  const box = form.querySelectorAll(".control")[index]
  box.addEventListener("input", () => {
    stop()
    choose(moved({ [index]: control.get() }))
  })
  box.querySelector(".play")?.addEventListener("click", ({ target }) => {
    const going = playing?.button === target
    stop()
    if (!going) play(target, index)
  })
})
form.addEventListener("reset", (event) => {
  event.preventDefault()
  stop()
  choose(start)
})
show(start)
