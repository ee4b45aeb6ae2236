// A button copies a citation; without the right to the clipboard it selects the words.
import { say } from "/static/said.js";

export function copying() {
  const button = document.getElementById("copy");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const place = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(place.textContent);
      button.textContent = "Copied";
      say("The citation is copied.");
    } catch {
      getSelection().selectAllChildren(place);
      say("The citation is selected; copy it with your keyboard.");
    }
  });
}
