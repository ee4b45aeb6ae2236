"""What decoding works on: takes nothing, holds the text's parts, the cues' readings and the drafts, with small span helpers.

Nothing here decides anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from onrecord.document import Document, Span

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Region:
    """A quoted region in one paragraph, marks included; `quotation` is the number of the one it is a piece of."""

    start: int
    end: int
    depth: int = 0
    quotation: int = 0


class Cue(Protocol):
    """A possible cue as the network gives it: pieces [start, end), its probabilities, and role scores from piece `low` on.

    A row of `roles` scores a piece as nothing, source, content; as start and end of a source; as start and end of a piece
    of content. `none` scores having no source.
    """

    start: int
    end: int
    top: float
    any: float
    low: int
    roles: Any
    none: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has a number. `signs` is what its confidence is computed from; `rule` is what else made it."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    top: float = 1.0
    any: float = 1.0
    signs: tuple[float, ...] = ()
    parent: int | None = None
    score: float = 0.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What decoding must know of a text: its pieces, which of them go on a word, quoted regions, sentences, paragraphs."""

    text: str
    spans: Sequence[Sequence[int]]
    goes_on: Sequence[bool]
    regions: Sequence[Region] = ()
    sentences: Sequence[Span] = ()
    paragraphs: Sequence[Span] = ()

    def words(self, start: int, end: int) -> Span:
        """Return pieces [start, end) as a span of whole words."""
        while start > 0 and self.goes_on[start]:
            start -= 1
        while end < len(self.spans) and self.goes_on[end]:
            end += 1
        return Span(self.spans[start][0], self.spans[end - 1][1])

    def words_of(self, spans: Iterable[Span]) -> str:
        """Return what some spans cover, in one string."""
        return " ".join(span.of(self.text) for span in spans)

    def regions_within(self, start: int, end: int) -> Sequence[Region]:
        """Return the regions that overlap [start, end) of one paragraph."""
        para = self.paragraph_at(start)
        low = bisect_left(self.regions, para.start if para else start, key=lambda r: r.start)
        out = []
        while low < len(self.regions) and self.regions[low].start < end:
            if self.regions[low].end > start:
                out.append(self.regions[low])
            low += 1
        return out

    def paragraph_at(self, place: int) -> Span | None:
        """Return the paragraph that holds a character."""
        return holding(self.paragraphs, place)

    def paragraph_after(self, para: Span) -> Span | None:
        """Return the paragraph that follows another."""
        i = bisect_right(self.paragraphs, para.start, key=lambda s: s.start)
        return self.paragraphs[i] if i < len(self.paragraphs) else None

    def paragraph_before(self, para: Span) -> Span | None:
        """Return the paragraph that another follows."""
        i = bisect_left(self.paragraphs, para.start, key=lambda s: s.start)
        return self.paragraphs[i - 1] if i > 0 else None

    def sentence_at(self, place: int) -> Span | None:
        """Return the sentence that holds a character."""
        return holding(self.sentences, place)


def page_of(doc: Document) -> Page:
    """Return the page of an encoded document."""
    if doc.encoding is None:
        raise ValueError("an encoded document is needed")
    heads = doc.encoding.heads
    regions = [Region(p.start, p.end, q.depth, n) for n, q in enumerate(doc.quotations or ()) for p in q.pieces]
    return Page(
        doc.text,
        doc.encoding.spans.tolist(),
        heads["goes_on"].tolist(),
        sorted(regions, key=lambda r: (r.start, -r.end)),
        doc.sentences or (),
        doc.paragraphs or (),
    )


def holding(spans: Sequence[Span], place: int) -> Span | None:
    """Return the one of some spans in order that holds a character.

    >>> holding([Span(0, 5), Span(6, 9)], 7)
    Span(start=6, end=9)
    """
    i = bisect_right(spans, place, key=lambda s: s.start) - 1
    return spans[i] if i >= 0 and place < spans[i].end else None


class Beside:
    """Drafts by the paragraphs in which their spans of a kind lie: in a long text what stands elsewhere need not be compared."""

    def __init__(self, page: Page, placed: Iterable[tuple[Draft, Sequence[Span]]]) -> None:
        self._page = page
        self._by: dict[int, list[Draft]] = {}
        for draft, spans in placed:
            for number in self._numbers(spans):
                self._by.setdefault(number, []).append(draft)

    def near(self, spans: Sequence[Span]) -> Iterator[Draft]:
        """Yield those that lie in a paragraph with one of `spans`; one that lies in several comes several times."""
        for number in self._numbers(spans):
            yield from self._by.get(number, ())

    def _numbers(self, spans: Sequence[Span]) -> list[int]:
        paragraphs = self._page.paragraphs
        edges = [[bisect_right(paragraphs, at, key=lambda s: s.start) for at in (a, b - 1)] for a, b in spans]
        return sorted({number for first, last in edges for number in range(first, last + 1)})


def hull(draft: Draft) -> Span:
    """Return the span from the first word of a draft to its last."""
    spans = (*draft.cue, *draft.source, *draft.content)
    return Span(min(s for s, _ in spans), max(e for _, e in spans))


def overlap(some: Iterable[Span], others: Sequence[Span]) -> int:
    """Return how many characters two lists of spans have in common.

    >>> overlap([Span(0, 5)], [Span(3, 9)])
    2
    """
    total = 0
    for s, e in some:
        for a, b in others:
            common = (e if e < b else b) - (s if s > a else a)
            if common > 0:
                total += common
    return total


def size(spans: Iterable[Span]) -> int:
    """Return how many characters some spans have."""
    return sum(e - s for s, e in spans)


def join(spans: Iterable[Span], text: str) -> list[Span]:
    """Return spans in text order, those that touch or are parted by white space alone made one.

    >>> join([Span(4, 7), Span(0, 3)], "one two")
    [Span(start=0, end=7)]
    """
    out: list[Span] = []
    for s, e in sorted(spans):
        if out and (s <= out[-1].end or text[out[-1].end : s].isspace()):
            out[-1] = Span(out[-1].start, max(e, out[-1].end))
        else:
            out.append(Span(s, e))
    return out


def less(spans: Iterable[Span], gone: Span) -> list[Span]:
    """Return spans without what of them lies in another.

    >>> less([Span(0, 9)], Span(3, 5))
    [Span(start=0, end=3), Span(start=5, end=9)]
    """
    out = []
    for s, e in spans:
        out += [Span(a, b) for a, b in ((s, min(e, gone.start)), (max(s, gone.end), e)) if a < b]
    return out


def trim(span: Span, text: str) -> Span:
    """Return a span without white space and stray marks at its ends.

    >>> trim(Span(0, 9), ", a deal,")
    Span(start=2, end=8)
    """
    s, e = span
    while s < e and (text[s].isspace() or text[s] in ",;"):
        s += 1
    while s < e and (text[e - 1].isspace() or text[e - 1] in ",;:"):
        e -= 1
    return Span(s, e)


def has_words(span: Span, text: str) -> bool:
    """Tell whether a span holds a letter or a digit."""
    return WORD.search(text, span.start, span.end) is not None
