// Says something to a screen reader.
export function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}
