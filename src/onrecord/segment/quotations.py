"""Quotations: takes a text and its paragraphs, gives every quoted region, nested ones and ones over paragraphs included.

Marks are paired with a small stack, paragraph by paragraph, so that a mark out of place never reaches further than its
paragraph. A quotation goes on into the next paragraph only where that one opens again. Who speaks is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.document import Quotation, Span
from onrecord.segment.marks import CLOSES, LOW, OPENS, Mark, find_marks

DEEPEST = 3  # quotations of one family inside each other; what opens beyond is out of place
MIRROR = {"»": "«", "›": "‹"}


@dataclass(slots=True)
class _Open:
    """A quotation that is being read: `cut` is where the next of its family opens, which is where it ends if left open."""

    mark: Mark
    pieces: list[Span] = field(default_factory=list)
    start: int = 0
    cut: int | None = None


@dataclass(slots=True)
class _Reader:
    """What is known while a text is read: what is open, what is done, and which marks belong to nothing."""

    text: str
    stack: list[_Open] = field(default_factory=list)
    found: list[tuple[list[Span], bool]] = field(default_factory=list)
    orphans: list[Span] = field(default_factory=list)


def find_quotations(
    text: str, paragraphs: tuple[Span, ...], boilerplate: tuple[Span, ...] = ()
) -> tuple[tuple[Quotation, ...], tuple[Span, ...]]:
    """Return the quotations by their start, and the marks that belong to none.

    A boilerplate paragraph does not interrupt a quotation that runs on behind it, and none runs on into it.

    >>> text = "“One.\\n“Two ‘and a half’,” she said."
    >>> found, orphans = find_quotations(text, (Span(0, 5), Span(6, len(text))))
    >>> [(q.depth, [piece.of(text) for piece in q.pieces]) for q in found]
    [(0, ['“One.', '“Two ‘and a half’,”']), (1, ['‘and a half’'])]
    """
    reader = _Reader(text)
    edges = sorted(boilerplate)
    at = 0
    for para in paragraphs:
        while at < len(edges) and edges[at].end <= para.start:
            at += 1
        if at < len(edges) and edges[at].start <= para.start and para.end <= edges[at].end:
            reader, held = _Reader(text, found=reader.found, orphans=reader.orphans), reader.stack
            _read_paragraph(reader, para)
            _drop_all(reader)
            reader.stack = held
        else:
            _read_paragraph(reader, para)
    _drop_all(reader)
    return _with_depth(reader.found), tuple(sorted(reader.orphans))


def _read_paragraph(reader: _Reader, para: Span) -> None:
    marks, ornaments = find_marks(reader.text, para)
    reader.orphans += ornaments
    marks = _resume(reader, marks)
    after, closing_after = _lookahead(marks)
    for i, mark in enumerate(marks):
        _read_mark(reader, mark, after[i], closing_after[i])
    _end_paragraph(reader, para.end)


def _resume(reader: _Reader, marks: list[Mark]) -> list[Mark]:
    """Let what the last paragraph left open go on where this one opens again; give the marks not used up by that."""
    held, reader.stack = reader.stack, []
    used = 0
    for entry in held:
        mark = marks[used] if used < len(marks) else None
        if (
            mark
            and mark.first
            and mark.facing != "closing"
            and mark.family == entry.mark.family
            and used == len(reader.stack)
        ):
            entry.start, entry.cut = mark.start, None
            reader.stack.append(entry)
            used += 1
        else:
            reader.found.append((entry.pieces, False))
    return marks[used:]


def _lookahead(marks: list[Mark]) -> tuple[list[Mark | None], list[Mark | None]]:
    """For every mark, the next of its family, and the next of its family that may close."""
    following: dict[str, Mark] = {}
    closing: dict[str, Mark] = {}
    after: list[Mark | None] = []
    closing_after: list[Mark | None] = []
    for mark in reversed(marks):
        after.append(following.get(mark.family))
        closing_after.append(closing.get(mark.family))
        following[mark.family] = mark
        if mark.facing != "opening" and (mark.glyph in CLOSES or mark.glyph not in OPENS or mark.facing == "closing"):
            closing[mark.family] = mark
    return after[::-1], closing_after[::-1]


def _read_mark(reader: _Reader, mark: Mark, after: Mark | None, closing: Mark | None) -> None:
    opener = next((entry for entry in reversed(reader.stack) if entry.mark.family == mark.family), None)
    if mark.family == "single":
        role = _role_of_single(mark, opener, after, closing)
    elif mark.family == "guillemet":
        role = _role_of_guillemet(mark, opener)
    else:
        role = _role_of_double(mark, opener, after)
    if role == "open":
        _open(reader, mark)
    elif role == "close" and opener is not None:
        _close(reader, mark, opener)
    elif role == "close":
        reader.orphans.append(Span(mark.start, mark.end))


def _role_of_double(mark: Mark, opener: _Open | None, after: Mark | None) -> str:
    faces, glyph = mark.facing, mark.glyph
    if glyph in LOW:
        return "open"
    if glyph in OPENS:
        if opener is None:
            return "close" if faces == "closing" else "open"
        wrong_way = faces == "closing" or not mark.tight or (opener.mark.glyph in LOW and faces != "opening")
        return "close" if wrong_way else "open"
    if opener is None:
        # a closing glyph may open where it faces that way and something closes after it: ”so”
        return "open" if faces == "opening" or (faces == "either" and after and glyph not in CLOSES) else "close"
    if faces == "opening" and (glyph not in CLOSES or opener.mark.glyph == glyph):
        return "open" if after is not None and after.facing == "closing" else "close"
    return "close"


def _role_of_guillemet(mark: Mark, opener: _Open | None) -> str:
    if opener is None:
        return "open" if (mark.glyph in "«‹" and mark.facing != "closing") or mark.facing == "opening" else "close"
    if mark.glyph in MIRROR:  # » closes «, and closes a Swedish » unless it faces the other way
        return "open" if mark.facing == "opening" and opener.mark.glyph == mark.glyph else "close"
    if opener.mark.glyph in MIRROR:  # a Danish »so«
        return "open" if mark.facing == "opening" else "close"
    return "close" if mark.facing == "closing" else "open"


def _role_of_single(mark: Mark, opener: _Open | None, after: Mark | None, closing: Mark | None) -> str:
    if mark.glyph in LOW:
        return "open" if mark.facing == "opening" else "none"
    if mark.facing == "opening":
        if mark.glyph in {"'", "’"} and closing is None and not mark.first:
            return "none"  # an elision no list knows
        return "open" if mark.glyph != "’" or (closing is not None and not closing.after_word) else "none"
    if opener is None:
        if mark.facing == "either" and closing is not None:
            return "open"
        return "none" if mark.after_word else "close"
    if (
        mark.facing == "closing"
        and mark.after_word
        and after is not None
        and after is closing
        and mark.glyph not in OPENS
    ):
        return "none"  # “‘the officials’ demands’”: the one before the last is a possessive
    return "close"


def _open(reader: _Reader, mark: Mark) -> None:
    same = [entry for entry in reader.stack if entry.mark.family == mark.family]
    for entry in same:
        entry.cut = mark.start if entry.cut is None else entry.cut
    if len(same) < DEEPEST:
        reader.stack.append(_Open(mark, start=mark.start))
    else:
        reader.orphans.append(Span(mark.start, mark.end))


def _close(reader: _Reader, mark: Mark, opener: _Open) -> None:
    while reader.stack[-1] is not opener:
        _leave_open(reader, reader.stack.pop(), mark.start)
    reader.stack.pop()
    reader.found.append(([*opener.pieces, Span(opener.start, mark.end)], True))


def _leave_open(reader: _Reader, entry: _Open, end: int) -> None:
    """End a quotation whose mark is missing; a lone straight ' before a word was an apostrophe all along."""
    if entry.mark.glyph in {"'", "’"} and not entry.mark.first and not entry.pieces:
        return
    reader.found.append(([*entry.pieces, _trimmed(reader.text, entry.start, entry.cut or end)], False))


def _end_paragraph(reader: _Reader, end: int) -> None:
    """Keep what may go on in the next paragraph, and end what a later mark of its family has cut short."""
    entries, reader.stack = reader.stack, []
    for entry in entries:
        if entry.cut is not None or (entry.mark.glyph in {"'", "’"} and not entry.mark.first):
            _leave_open(reader, entry, end)
        else:
            entry.pieces.append(_trimmed(reader.text, entry.start, end))
            reader.stack.append(entry)


def _drop_all(reader: _Reader) -> None:
    for entry in reader.stack:
        reader.found.append((entry.pieces, False))
    reader.stack = []


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _with_depth(found: list[tuple[list[Span], bool]]) -> tuple[Quotation, ...]:
    """Sort by start and count, for each, how many others are around its beginning."""
    found.sort(key=lambda item: (item[0][0].start, -item[0][0].end))
    pieces = sorted(
        ((piece.start, -piece.end, i, j) for i, (spans, _) in enumerate(found) for j, piece in enumerate(spans))
    )
    depths = [0] * len(found)
    around: list[int] = []
    for start, end, i, j in pieces:
        while around and around[-1] <= start:
            around.pop()
        if j == 0:
            depths[i] = len(around)
        around.append(-end)
    return tuple(Quotation(tuple(spans), depths[i], closed) for i, (spans, closed) in enumerate(found))
