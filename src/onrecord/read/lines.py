"""Lines of a text: takes text, gives its lines that have words, as spans; joins and changes none.

Rules that look at a line see its head and its tail only, so that 20 MB on one line cost no more than a short paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.document import Span

HEAD, TAIL = 400, 700
BLANK = " \t\f\v\xa0\ufeff\u200b\u2060\u3000"
LINE = re.compile(r"[^\r\n]+")


class Line(NamedTuple):
    """One line with words: its span, white space at both ends left out, and the text it lies in."""

    span: Span
    text: str

    @property
    def words(self) -> str:
        """The whole line."""
        return self.span.of(self.text)

    @property
    def head(self) -> str:
        """Its first characters, at most `HEAD`."""
        return self.text[self.span.start : min(self.span.end, self.span.start + HEAD)]

    @property
    def tail(self) -> str:
        """Its last characters, at most `TAIL`; they begin at `tail_start`."""
        return self.text[self.tail_start : self.span.end]

    @property
    def tail_start(self) -> int:
        """The offset in the text at which `tail` begins."""
        return max(self.span.start, self.span.end - TAIL)

    def __len__(self) -> int:  # the line's length, not the tuple's: what every rule means
        return self.span.end - self.span.start

    def part(self, start: int, end: int) -> Span:
        """Return the span of `head[start:end]` in the text."""
        return Span(self.span.start + start, self.span.start + end)


def lines(text: str) -> list[Line]:
    r"""Return the lines of `text` that have words; both \n and \r\n end one.

    >>> [line.words for line in lines("Ferry sinks\r\n\r\n  Ann Roe ")]
    ['Ferry sinks', 'Ann Roe']
    """
    found = []
    for match in LINE.finditer(text):
        start, end = match.span()
        while start < end and (text[start] in BLANK or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in BLANK or text[end - 1].isspace()):
            end -= 1
        if start < end:
            found.append(Line(Span(start, end), text))
    return found


def squeezed(words: str) -> str:
    """Return words for comparison: case folded, quotation marks and white space made one kind, no final full stop.

    >>> squeezed("Broken  “Bridge” ") == squeezed('broken "bridge".')
    True
    """
    return " ".join(words.casefold().translate(MARKS).split()).rstrip(". ")


MARKS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " ", "\ufeff": " "}
)
