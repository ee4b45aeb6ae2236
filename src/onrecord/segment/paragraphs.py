"""Paragraphs: takes a text, gives the span of each, in order and without the white space around it.

Most news text has a paragraph a line. A text wrapped at a fixed width, with blank lines or indents between its paragraphs, is
recognised by its line ends and joined. What a paragraph is for (headline, boilerplate) is not decided here.
"""

from __future__ import annotations

import itertools
import re

from onrecord.document import Span

# every character that str.splitlines breaks on, so that a line here is a line everywhere
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + INVISIBLE
ENDS = tuple(".!?…:;\"”’'»)]*")
NARROWEST, WIDEST = 40, 130  # characters: what editors and mail programs wrap at


def find_paragraphs(text: str, title: Span | None = None) -> tuple[Span, ...]:
    r"""Return the spans of the paragraphs; `title` always ends one.

    >>> [span.of("One.\n\n Two. \r\n") for span in find_paragraphs("One.\n\n Two. \r\n")]
    ['One.', 'Two.']
    """
    lines = _lines(text)
    return _joined(text, lines, title) if _is_wrapped(text, lines) else tuple(lines)


def _lines(text: str) -> list[Span]:
    lines = []
    for match in LINE.finditer(text):
        line = match.group()
        left = len(line) - len(line.lstrip(SPACE))
        right = len(line.rstrip(SPACE))
        if left < right:
            lines.append(Span(match.start() + left, match.start() + right))
    return lines


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether line ends fall inside sentences: most lines that go on are of like width and end on no closing mark."""
    going_on = [line for line, after in itertools.pairwise(lines) if _adjacent(text, line, after)]
    if len(going_on) < 3:
        return False
    fitting = sum(NARROWEST <= line.end - line.start <= WIDEST for line in going_on)
    open_ended = sum(not text.endswith(ENDS, line.start, line.end) for line in going_on)
    return fitting >= 0.8 * len(going_on) and open_ended >= 0.6 * len(going_on)


def _adjacent(text: str, line: Span, after: Span) -> bool:
    """Tell whether only one line break lies between two lines."""
    between = text[line.end : after.start]
    return len(between.strip(" \t" + INVISIBLE).splitlines()) <= 1 and between.count("\n") <= 1


def _joined(text: str, lines: list[Span], title: Span | None) -> tuple[Span, ...]:
    width = max(line.end - line.start for line in lines if line.end - line.start <= WIDEST)
    paras = [lines[0]]
    for line, after in itertools.pairwise(lines):
        if _breaks(text, line, after, width) or (title is not None and line.end <= title.end <= after.start):
            paras.append(after)
        else:
            paras[-1] = Span(paras[-1].start, after.end)
    return tuple(paras)


def _breaks(text: str, line: Span, after: Span, width: int) -> bool:
    if not _adjacent(text, line, after):
        return True
    if text[after.start - 1] in " \t" and text[line.start - 1 : line.start] not in {" ", "\t"}:
        return True  # a first line's indent
    return line.end - line.start < 0.6 * width and text.endswith(ENDS, line.start, line.end)
