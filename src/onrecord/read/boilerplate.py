"""Lines that are no part of the report: takes the lines of a text, gives the spans of advertisement, promotion, legal lines.

Patterns are in data/boilerplate.toml. A line is taken whole, or its first words where a label stands before a caption; no
rule takes a line of several sentences unless two phrases of sign-up forms or legal lines stand in it.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord import lexicon
from onrecord.document import Span
from onrecord.read.lines import Line

MAX_START, SHORT = 320, 160
MAX_FURNITURE = 2_500
LISTED, LISTED_WORDS = 8, 25
SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+[A-Z“\"‘]")
BRACKETED = re.compile(r"\[[^\[\]\n]{15,300}\]")
END = r"\s*[.:!>»…|-]{0,3}"


@cache
def _patterns(group: str, end: str = "") -> re.Pattern[str]:
    """Longest first, for "Enlarge this image toggle caption" begins with "Enlarge this image"."""
    parts = sorted(lexicon.words("boilerplate", group), key=lambda part: (-len(part), part))
    flags = re.NOFLAG if group == "lead" else re.IGNORECASE
    return re.compile(rf"(?:{'|'.join(parts)}){end}", flags)


def boilerplate(body: list[Line]) -> list[Span]:
    r"""Return the boilerplate among the lines of a text, in text order.

    >>> from onrecord.read.lines import lines
    >>> [span.of(t) for t in ["Advertisement\nIt rained.\nCLOSE The pier at dawn"] for span in boilerplate(lines(t))]
    ['Advertisement', 'CLOSE']
    """
    found: list[Span] = []
    at = 0
    while at < len(body):
        line = body[at]
        if is_heading(line):
            listed = _listed(body[at + 1 :][: LISTED + 1], last=at + 1 + LISTED >= len(body))
            found += [each.span for each in body[at : at + 1 + listed]]
            at += listed
        elif is_boilerplate(line):
            found.append(line.span)
        elif label := lead(line):
            found.append(label)
        at += 1
    return found


def is_heading(line: Line) -> bool:
    """Say whether the line is a heading over links to other articles, such as "Related articles"."""
    return len(line) < 80 and _patterns("heading", END).fullmatch(line.words) is not None


def is_boilerplate(line: Line) -> bool:
    """Say whether the whole line is no part of the report."""
    head = line.head
    if len(line) <= len(head) and (_patterns("whole", END).fullmatch(head) or BRACKETED.fullmatch(head)):
        return True
    if len(line) <= MAX_START and _patterns("start").match(head):
        return not _tells(head) or _furniture(line) > 0
    if len(line) > MAX_FURNITURE:
        return False
    return _patterns("menu").match(head) is not None or _is_form(line)


def lead(line: Line) -> Span | None:
    """Return the label before a caption or paragraph ("Image caption The pier"), None where there is none."""
    match = _patterns("lead", r"(?=\s+[A-Z“\"‘])").match(line.head)
    return line.part(0, match.end()) if match else None


def _is_form(line: Line) -> bool:
    """A sign-up form or legal text in one line: it begins as one, or has several of its phrases."""
    phrases = _furniture(line)
    return phrases >= 3 or (phrases == 2 and _patterns("start").match(line.head) is not None)


def _furniture(line: Line) -> int:
    return len({match.lower() for match in _patterns("furniture").findall(line.words)})


def _tells(words: str) -> bool:
    """Several sentences, or something quoted and said: then the line may be report, whatever it begins with."""
    sentences = len(SENTENCE_END.findall(words))
    return (
        sentences > 2
        or (sentences > 0 and len(words) > SHORT)
        or re.search(r"[,.][”\"]\s+(?:said|says|\w+ (?:said|told))\b", words) is not None
    )


def _listed(rest: list[Line], last: bool) -> int:
    """How many of the lines after a heading are links: all to the end of the text if short, else those without full stop."""
    short = [len(line) < 200 and len(line.words.split()) <= LISTED_WORDS for line in rest]
    stopped = sum(line.words[-1] == "." for line in rest)
    if last and len(rest) <= LISTED and all(short) and 2 * stopped <= len(rest):
        return len(rest)
    count = 0
    for line, is_short in zip(rest, short, strict=True):
        if not is_short or line.words[-1] in '.!?”"' or count == LISTED:
            break
        count += 1
    return count
