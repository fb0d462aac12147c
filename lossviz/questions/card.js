// A question in the page: a number to enter or a choice to take, and the reply, which a screen reader speaks.

function element(tag, parent, properties = {}, attributes = {}) {
  const made = parent.appendChild(Object.assign(document.createElement(tag), properties))
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

const OWN = { "data-lm-suppress-shortcuts": "true" } // Jupyter would take Enter and the arrow keys

function choose(model, fieldset) {
  const name = "choice" // a group of radio buttons ends at its form
  for (const choice of model.get("choices")) {
    const label = element("label", fieldset)
    const radio = element("input", label, { type: "radio", name }, OWN)
    label.append(choice)
    radio.addEventListener("change", () => model.send({ answer: choice }))
  }
}

function predict(model, form, fieldset) {
  const [min, max] = model.get("limits")
  const label = element("label", fieldset, { textContent: "Your guess " })
  const guess = element("input", label, { type: "number", min, max, step: "any", required: true }, OWN)
  label.append(` ${model.get("unit")}`)
  element("button", fieldset, { type: "submit", textContent: "Commit" }, OWN)
  const show = element("button", fieldset, { type: "button", textContent: "Just show me" }, OWN)
  guess.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault() // or it is submitted twice where nobody else takes the key
    form.requestSubmit()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    model.send({ answer: guess.valueAsNumber })
  })
  show.addEventListener("click", () => model.send({ answer: null }))
}

// The guess under a line from the least to the greatest number that could be entered, the truth above it.
function draw(line, marks) {
  line.replaceChildren()
  line.hidden = marks.length === 0
  for (const [share, words, kind] of marks) {
    const mark = element("span", line, { className: `lossviz-${kind}`, textContent: words })
    mark.style.left = `${100 * share}%`
    mark.style.transform = `translateX(${-100 * share}%)`
  }
}

export default {
  render({ model, el }) {
    el.classList.add("lossviz-question")
    const form = element("form", el)
    const fieldset = element("fieldset", form)
    element("legend", fieldset, { textContent: model.get("text") })
    if (model.get("choices").length) choose(model, fieldset)
    else predict(model, form, fieldset)
    const line = element("div", el, { className: "lossviz-line" }, { "aria-hidden": "true" })
    const reply = element("p", el, {}, { role: "status" })
    const write = () => {
      reply.textContent = model.get("reply")
      draw(line, model.get("marks"))
    }
    write()
    model.on("change:reply change:marks", write)
    return () => model.off("change:reply change:marks", write)
  },
}
