// The hidden words at the start and the end of statements can be silenced.
import { kept, keep } from "/static/kept.js";
import { say } from "/static/said.js";

export function announcing() {
  const button = document.getElementById("announce");
  if (!button) return;
  const set = (on) => {
    button.setAttribute("aria-pressed", String(on));
    for (const each of document.querySelectorAll(".pair .sr")) each.hidden = !on;
  };
  button.hidden = false;
  set(kept("announce", "yes") === "yes");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    set(on);
    keep("announce", on ? "yes" : "no");
    say(on ? "Statements are announced." : "Statements are not announced.");
  });
}
