// The picture of an explorer in the page: the frame with its alternative text, the sentence, a region that
// speaks it, and grips over what can be dragged. It also names the controls beside it for screen readers, and lets
// the buttons that walk follow their slider.

const REST = 700 // milliseconds without a change after which the sentence is spoken
const LOOK = ["setting", "frame", "sentence", "problem", "call", "grips"]

function describe(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (target.getAttribute(name) !== value) target.setAttribute(name, value)
  }
}

function element(tag, className, parent, attributes = {}) {
  const made = parent.appendChild(Object.assign(document.createElement(tag), { className }))
  describe(made, attributes)
  return made
}

function listen(model, names, callback, signal) {
  if (signal.aborted) return
  const events = names.map((name) => `change:${name}`).join(" ")
  model.on(events, callback)
  signal.addEventListener("abort", () => model.off(events, callback))
}

// Core controls draw a label that assistive technology does not connect with them, and Jupyter takes their arrow keys.
function nameControls(explorer, units) {
  const own = { "data-lm-suppress-shortcuts": "true" }
  explorer.querySelectorAll(".widget-play button").forEach((button, i) => {
    describe(button, { "aria-label": ["play or pause", "back to the start", "repeat"][i % 3], ...own })
  })
  for (const { textContent: label, parentElement: control } of explorer.querySelectorAll(".widget-label")) {
    const [handle, readout] = [".noUi-handle", ".widget-readout"].map((part) => control.querySelector(part))
    if (handle && readout) {
      const [value, unit] = [readout.textContent, units[label] ?? ""]
      describe(handle, { "aria-label": label, "aria-valuetext": `${value} ${unit}`.trim(), ...own })
      describe(readout, { "data-unit": unit })
      if (readout.isContentEditable) {
        describe(handle, { "aria-valuenow": value.replace("\u2212", "-") })
        describe(readout, { role: "textbox", "aria-label": `${label}, type a value` })
      }
    }
    const radios = control.querySelector(".widget-radio-box")
    if (radios) {
      radios.id ||= `lossviz-${Math.random().toString(36).slice(2)}` // each explorer runs this module anew
      describe(radios, { role: "radiogroup", "aria-label": label })
      for (const radio of radios.querySelectorAll("input")) describe(radio, { name: radios.id, ...own })
    }
  }
}

// A data address is loaded at once. That of a blob goes to the browser's main process and back first.
function address({ buffer, byteOffset, byteLength }) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  const text = bytes.toBase64?.() ?? btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ""))
  return `data:image/png;base64,${text}`
}

function showFrames(image) {
  let [shown, last] = []
  image.addEventListener("load", () => { shown = last })
  image.addEventListener("error", () => { if (shown) image.src = last = shown })
  return (look) => {
    const next = address(look.frame)
    if (next !== last) image.src = last = next // of what was drawn ahead the kernel sends the same once more
  }
}

function say(image, sentence, problem, call, spoken) {
  let rest, said
  return (look) => {
    image.alt = sentence.textContent = look.sentence;
    [problem.textContent, call.textContent] = [look.problem, look.call]
    const saying = look.problem || look.sentence
    if (saying === said) return
    if (said !== undefined) {
      clearTimeout(rest)
      rest = setTimeout(() => { spoken.textContent = saying }, REST)
    }
    said = saying
  }
}

function dragGrips(model, frame) {
  const grips = []
  let places
  function grab(index, down) {
    const grip = grips[index]
    const box = frame.getBoundingClientRect()
    const [left, top, width, height] = places[index]
    const move = (event) => {
      const x = left + width / 2 + (event.clientX - down.clientX) / box.width
      const y = top + height / 2 + (event.clientY - down.clientY) / box.height
      model.set("drag", [index, x, y, event.timeStamp])
      model.save_changes()
    }
    grip.setPointerCapture(down.pointerId)
    grip.addEventListener("pointermove", move)
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true })
    down.preventDefault()
  }
  return (look) => {
    places = look.grips
    places.forEach((grip, index) => {
      if (!grips[index]) {
        grips[index] = element("div", "lossviz-grip", frame, { "aria-hidden": "true" })
        grips[index].addEventListener("pointerdown", (event) => grab(index, event))
      }
      const [left, top, width, height] = grip.slice(0, 4).map((share) => `${100 * share}%`)
      Object.assign(grips[index].style, { left, top, width, height, cursor: grip[4] })
    })
  }
}

function named(model, names) {
  return Promise.all(names.map((name) => model.widget_manager.get_model(name.replace("IPY_MODEL_", ""))))
}

// A look that the kernel has drawn ahead is shown as soon as the controls stand there. What comes late is shown only
// while nothing better is known.
async function follow(model, show, signal) {
  let [controls, shown] = [[], {}]
  const stands = (control, place) => Math.abs((control.get("index") ?? control.get("value")) - place) < 1e-9
  const here = ({ setting }) => setting?.length === controls.length && controls.every((c, i) => stands(c, setting[i]))
  const drawn = () => Object.fromEntries(LOOK.map((name) => [name, model.get(name)]))
  function showOnce(look) { // one message changes several parts, and each tells of its change
    if (LOOK.some((part) => look[part] !== shown[part])) show(look)
    shown = look
  }
  function showHere() {
    const look = [drawn(), model.get("ahead")].find(here)
    if (look) showOnce(look)
    return look
  }
  function showDrawn() {
    if (!showHere() && !here(shown)) showOnce(drawn())
  }
  showDrawn()
  listen(model, LOOK, showDrawn, signal)
  controls = await named(model, model.get("controls"))
  for (const control of controls) listen(control, ["index", "value"], showHere, signal)
  listen(model, ["ahead"], showHere, signal)
}

// Buttons that walk go on from where their slider stands. Of that the kernel is told no more than by the slider.
async function walkOn(model, signal) {
  for (const pair of model.get("walks")) {
    const [player, slider] = await named(model, pair)
    listen(slider, ["value"], () => player.set("value", slider.get("value")), signal)
  }
}

function tellRatio(model) {
  model.set("ratio", Math.min(devicePixelRatio, 3)) // the memory of a frame grows with its square
  model.save_changes()
}

// A view out of the page may be that of a closed notebook, which JupyterLab up to 4.4 keeps: its kernel is gone.
function followRatio(model, el, signal) {
  const present = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
  const change = () => {
    if (el.isConnected) tellRatio(model)
    followRatio(model, el, signal)
  }
  present.addEventListener("change", change, { once: true, signal })
}

export default {
  render({ model, el }) {
    const closing = new AbortController()
    const { signal } = closing
    el.classList.add("lossviz-picture")
    const frame = element("div", "lossviz-frame", el)
    const image = element("img", "lossviz-image", frame, { draggable: "false", decoding: "sync" })
    const [problem, sentence] = ["problem", "sentence"].map((kind) => element("p", `lossviz-${kind}`, el, { "aria-hidden": "true" }))
    const call = element("code", "lossviz-call", el)
    const spoken = element("div", "lossviz-spoken", el, { role: "status" })
    const parts = [showFrames(image), say(image, sentence, problem, call, spoken), dragGrips(model, frame)]
    follow(model, (look) => parts.forEach((part) => part(look)), signal)
    tellRatio(model)
    followRatio(model, el, signal)
    walkOn(model, signal)
    const fit = () => el.style.setProperty("--lossviz-width", `${model.get("width")}px`)
    fit()
    listen(model, ["width"], fit, signal)
    // While the picture lies in the page, the controls stand beside it; they may be made anew.
    const explorer = () => el.closest(".lossviz")
    const name = () => explorer() && nameControls(explorer(), model.get("units"))
    const naming = new MutationObserver(name)
    const placed = new ResizeObserver(() => {
      if (!explorer()) return
      naming.observe(explorer(), { subtree: true, childList: true, characterData: true, attributeFilter: ["aria-valuenow"] })
      name()
      tellRatio(model)
    })
    placed.observe(el)
    signal.addEventListener("abort", () => [naming, placed].forEach((observer) => observer.disconnect()))
    return () => closing.abort()
  },
}
