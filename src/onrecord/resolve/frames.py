"""The words around a statement: takes a document's statements, gives for each the text of its sentence that is the reporter's.

A frame is a sentence less every content in it (for a statement inside a statement: the outer content less the inner ones).
It is cut at the cues, so that each statement has the part that speaks of it. What the words mean is not known here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.document import Document, Span, Statement

LOOK_BACK = 8
END = 1 << 60
# A frame is a sentence's worth of text around the cue: a sentence of a hundred thousand letters must not be searched whole.
BEFORE_CUE, AFTER_CUE = 1500, 3000


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one statement: `whole` is its sentence's, `own` the part from its source or cue to the next one's.

    `after` is what follows the cue within `own`; `leads` what stands before the first cue of the sentence. All are pieces.
    `first` tells whether the statement's cue is the first of its sentence; `sentence` is the sentence's number.
    """

    whole: tuple[Span, ...]
    own: tuple[Span, ...]
    after: tuple[Span, ...]
    leads: tuple[Span, ...]
    first: bool
    sentence: int


def frames(doc: Document) -> dict[str, Frame]:
    """Return the frame of every statement, by its id."""
    stmts = doc.statements or ()
    sentences = doc.sentences or (Span(0, len(doc.text)),)
    starts = [sentence.start for sentence in sentences]
    by_id = {stmt.id: stmt for stmt in stmts}
    places = {stmt.id: max(0, bisect_right(starts, anchor(stmt)) - 1) for stmt in stmts}
    rows: dict[tuple[str | None, int], list[Statement]] = {}
    for stmt in stmts:
        rows.setdefault((stmt.parent, places[stmt.id]), []).append(stmt)
    holes: dict[str | None, list[Span]] = {}
    for stmt in stmts:
        holes.setdefault(stmt.parent, []).extend(stmt.content)
    for spans in holes.values():
        spans.sort()
    found: dict[str, Frame] = {}
    for (parent, place), group in rows.items():
        outer = by_id.get(parent) if parent else None
        whole = _reporter(sentences[place], outer, holes[parent])
        for stmt, frame in zip(group, _cut(whole, group, place), strict=True):
            found[stmt.id] = frame
    return found


def anchor(stmt: Statement) -> int:
    """Return where a statement is tied to the text: its cue, else its source, else its content."""
    pieces = stmt.cue or stmt.source or stmt.content
    return pieces[0].start if pieces else 0


def _reporter(sentence: Span, outer: Statement | None, holes: list[Span]) -> tuple[Span, ...]:
    pieces = [sentence]
    if outer:
        pieces = [cut for piece in outer.content if (cut := _common(sentence, piece))]
    # A content that begins long before the sentence may still reach into it; none is longer than a few sentences.
    first = max(0, bisect_right(holes, Span(sentence.start, 0)) - LOOK_BACK)
    near = holes[first : bisect_right(holes, Span(sentence.end, 0))]
    return tuple(rest for piece in pieces for rest in without(piece, near))


def _common(one: Span, two: Span) -> Span | None:
    start, end = max(one.start, two.start), min(one.end, two.end)
    return Span(start, end) if start < end else None


def without(piece: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """Yield what is left of `piece` outside `holes`, which are in text order.

    >>> list(without(Span(0, 10), [Span(4, 6)]))
    [Span(start=0, end=4), Span(start=6, end=10)]
    """
    at = piece.start
    for hole in holes:
        if hole.start >= piece.end:
            break
        if hole.start > at:
            yield Span(at, hole.start)
        at = max(at, hole.end)
    if at < piece.end:
        yield Span(at, piece.end)


def within(pieces: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the parts of the pieces, which are in text order, that lie in [start, end)."""
    first = max(0, bisect_right(pieces, Span(start, END)) - 1)
    last = bisect_left(pieces, Span(end, 0))
    return tuple(cut for piece in pieces[first:last] if (cut := _common(piece, Span(start, end))) is not None)


def _cut(whole: tuple[Span, ...], group: Sequence[Statement], place: int) -> list[Frame]:
    begins = sorted({_begins(stmt) for stmt in group})
    frames_found = []
    for stmt in group:
        begin = _begins(stmt)
        end = (*begins, END)[bisect_right(begins, begin)]
        cue_end = max((piece.end for piece in stmt.cue), default=begin)
        first = begin == begins[0]
        near = within(whole, begin - BEFORE_CUE, begin + AFTER_CUE)
        own = within(near, 0 if first else begin, end)
        frames_found.append(Frame(whole, own, within(near, cue_end, end), within(near, 0, begins[0]), first, place))
    return frames_found


def _begins(stmt: Statement) -> int:
    """Where a statement's own words begin: at its source if that stands right before the cue or the cue before it."""
    cue = anchor(stmt)
    near = [piece.start for piece in stmt.source if 0 <= cue - piece.end < 40]
    return min([cue, *near])
