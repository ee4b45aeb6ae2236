// Source, cue and content are set by selecting them in the text, with the mouse or with a caret moved by keys.
import { paragraphs, rangesOf, selected, wordsOf } from "/static/places.js";
import { say } from "/static/said.js";

let last = null; // what was selected when the focus was still in the text

export function selecting() {
  const forms = [...document.querySelectorAll("[data-places]")];
  if (!forms.length) return;
  document.addEventListener("selectionchange", () => { last = selected() ?? last; });
  for (const form of forms) {
    for (const hidden of form.querySelectorAll(".take")) hidden.hidden = false;
    for (const button of form.querySelectorAll("[data-take]")) {
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
      button.addEventListener("click", () => take(button.closest("[data-role]"), button.dataset.take === "more"));
    }
    for (const input of form.querySelectorAll("input")) input.addEventListener("input", () => show(form));
    form.querySelector("[data-caret]").addEventListener("click", (event) => caret(event.currentTarget));
    form.addEventListener("focusin", () => show(form));
  }
}

const read = (value) => [...value.matchAll(/(\d+)\s?[-–]\s?(\d+)/g)].map((pair) => [Number(pair[1]), Number(pair[2])]);

function take(place, more) {
  if (!last) { say("Nothing is selected in the text."); return; }
  const input = place.querySelector("input");
  const spans = [...(more ? read(input.value) : []), last].sort((a, b) => a[0] - b[0]);
  input.value = spans.map((span) => span.join("-")).join(", ");
  show(place.closest("[data-places]"));
  say(`${place.dataset.role}: ${place.querySelector("output").textContent}`);
}

// Says beside each field which words stand there, and lights them in the text.
function show(form) {
  for (const place of form.querySelectorAll("[data-role]")) {
    const spans = read(place.querySelector("input").value);
    if (spans.length) place.querySelector("output").textContent = spans.map((span) => wordsOf(...span)).join(" … ");
    const ranges = spans.flatMap((span) => rangesOf(...span));
    if (globalThis.CSS?.highlights) CSS.highlights.set(`set-${place.dataset.role}`, new Highlight(...ranges));
  }
}

// A caret in the text: each paragraph can be moved in, and nothing in it can be changed.
function caret(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  for (const each of document.querySelectorAll("[data-caret]")) each.setAttribute("aria-pressed", String(on));
  for (const [n, paragraph] of paragraphs().entries()) {
    for (const [name, value] of Object.entries({ contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": `paragraph ${n + 1} of the text`, spellcheck: "false" })) {
      if (on) paragraph.setAttribute(name, value); else paragraph.removeAttribute(name);
    }
    paragraph[on ? "addEventListener" : "removeEventListener"]("beforeinput", still);
  }
  if (on) nearest(button)?.focus();
  say(on ? "There is a caret in the text: arrows move it, Shift and arrows select." : "The caret is gone.");
}

const still = (event) => event.preventDefault();

function nearest(button) {
  const lit = document.querySelector(".content:target")?.closest("[data-start]");
  return lit ?? button.closest("aside")?.previousElementSibling?.querySelector("[data-start]") ?? paragraphs()[0];
}
