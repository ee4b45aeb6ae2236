// Single keys: j and k step through statements, a and x judge, e corrects, m merges its speaker, / searches. They can be switched off (WCAG 2.1.4).
import { kept, keep } from "/static/kept.js";
import { say } from "/static/said.js";

let now = -1;

export function keys() {
  const box = document.getElementById("keys-on");
  document.querySelector(".keys").hidden = false;
  box.checked = kept("keys", "yes") === "yes";
  box.addEventListener("change", () => keep("keys", box.checked ? "yes" : "no"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => step(1), k: () => step(-1), a: () => judge("accept"), x: () => judge("reject"), e: correct, m: merge, "/": search, "?": help }[event.key];
    if (act && act() !== false) event.preventDefault();
  });
}

function places() {
  const passages = [...document.querySelectorAll(".pair .content[id]")];
  return passages.length ? passages : [...document.querySelectorAll(".statement")];
}

function step(by) {
  const all = places();
  if (!all.length) return false;
  if (now < 0) now = by > 0 ? start(all) : all.length;
  else now += by;
  now = Math.max(0, Math.min(now, all.length - 1));
  for (const each of document.querySelectorAll(".now")) each.classList.remove("now");
  const place = all[now];
  place.classList.add("now");
  document.getElementById(`m-${place.id}`)?.classList.add("now");
  place.scrollIntoView({ block: "center" });
  const link = document.querySelector(`#m-${CSS.escape(place.id)} .num`) ?? place.querySelector(".words a");
  link?.focus({ preventScroll: true });
  say(`${now + 1} of ${all.length}`);
}

function start(all) {
  const here = all.findIndex((each) => each.matches(":target"));
  return here < 0 ? 0 : here + 1;
}

function current() {
  return places()[now] ?? document.querySelector(".content:target");
}

function judge(kind) {
  const form = document.getElementById("judge");
  const place = current();
  if (form && (!place || form.elements.back.value.endsWith(`#${place.id}`))) {
    form.querySelector(`button[value=${kind}]`).click();
    return;
  }
  return correct();
}

function correct() {
  const link = current()?.id && document.querySelector(`#m-${CSS.escape(current().id)} .more`);
  if (link) { link.click(); return; }
  const field = document.querySelector(".move [data-take]") ?? document.querySelector("#adding input");
  if (!field) return false;
  field.focus();
}

function merge() {
  const link = document.querySelector(`#m-${CSS.escape(current()?.id ?? "")} .who[href]`) ?? current()?.querySelector(".who[href]");
  if (!link) return false;
  location.href = `${link.href}#same`;
}

function search() {
  document.getElementById("q").focus();
}

function help() {
  document.querySelector(".keys").scrollIntoView({ block: "end" });
  document.getElementById("keys-on").focus();
}
