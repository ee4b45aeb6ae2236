// Between the page's text and the record's: the one place where UTF-16 is counted as code points and back.
// A paragraph says in data-start where it begins; hidden words and numbers that the room put into it do not count.

const points = (string) => { let n = 0; for (const _ of string) n += 1; return n; };

function units(string, wanted) {
  let at = 0;
  for (const character of string) { if (wanted-- <= 0) break; at += character.length; }
  return at;
}

const own = (node) => !node.parentElement.closest(".sr, a.n");

function* pieces(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (own(walker.currentNode)) yield walker.currentNode;
}

export const paragraphs = () => [...document.querySelectorAll("[data-start]")];

// Where in the record's text a place of the page is: null outside the text.
export function offsetOf(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!paragraph) return null;
  const here = document.createRange();
  here.setStart(node, offset);
  let at = Number(paragraph.dataset.start);
  for (const text of pieces(paragraph)) {
    if (text === node) return at + points(text.data.slice(0, offset));
    if (here.comparePoint(text, 0) >= 0) return at;
    at += points(text.data);
  }
  return at;
}

// The places of the page that hold [start, end) of the record's text, one range a paragraph.
export function rangesOf(start, end) {
  return paragraphs().flatMap((paragraph) => {
    let at = Number(paragraph.dataset.start);
    const range = document.createRange();
    let found = false;
    for (const text of pieces(paragraph)) {
      const after = at + points(text.data);
      if (after > start && at < end) {
        if (!found) range.setStart(text, units(text.data, Math.max(0, start - at)));
        range.setEnd(text, units(text.data, Math.min(end, after) - at));
        found = true;
      }
      at = after;
    }
    return found ? [range] : [];
  });
}

// The words of [start, end), as the page has them.
export const wordsOf = (start, end) => rangesOf(start, end).map(ownWords).join("\n");

function ownWords(range) {
  const copy = range.cloneContents();
  for (const each of copy.querySelectorAll(".sr, a.n")) each.remove();
  return copy.textContent;
}

// What is selected in the text, without white space at its ends: [start, end), or null.
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let start = offsetOf(range.startContainer, range.startOffset);
  let end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = [...wordsOf(start, end)];
  while (words.length && /\s/.test(words[0])) { words.shift(); start += 1; }
  while (words.length && /\s/.test(words.at(-1))) { words.pop(); end -= 1; }
  return start < end ? [start, end] : null;
}
