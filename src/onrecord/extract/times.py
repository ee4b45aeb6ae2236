"""Dates in the text: takes text, sentences and publication date, gives every date expression with its EDTF value.

What is relative is counted from the publication date, or from the last date the text gave ("the day before"). Without a
publication date it stays unresolved, with one note. Which of these dates a statement was made on is decided in `resolve`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from onrecord.dates import PartialDate
from onrecord.document import Document, Note, Span, TimeMention
from onrecord.extract.time_values import Anchor, Impossible, value_of
from onrecord.extract.time_words import COMING, SINCE, TIME
from onrecord.stage import stage

BY = "times"
LOOK_BACK = 60  # characters before a date in which words about things to come are looked for
VAGUE = {"now", "past", "future"}
COMPARED = {"yearago", "thequarter", "ago"}  # what is compared with; what comes after counts from what was before it
BARE = {"weekday", "mdy", "dmy", "month"}  # what may lie on either side of the publication date


@stage(needs=("text", "paragraphs", "sentences", "published"), adds=("times", "notes"))
def times(doc: Document) -> Document:
    """Add the date expressions of the text.

    >>> from onrecord.document import Origin
    >>> text, whole = "The talks failed on Monday and go on next week.", (Span(0, 47),)
    >>> doc = Document("a", text, Origin("a.txt", "0" * 64), published="2024-03-27", paragraphs=whole, sentences=whole)
    >>> [(t.span.of(text), t.value) for t in times(doc).times]
    [('Monday', '2024-03-25'), ('next week', '2024-04-01/2024-04-07')]
    """
    published = PartialDate.read(doc.published)
    found: list[TimeMention] = []
    notes: list[Note] = []
    starts = [sent.start for sent in doc.sentences or ()]
    last: str | None = None
    for match in (match for para in doc.paragraphs or () for match in TIME.finditer(doc.text, *para)):
        kind, span = match.lastgroup or "", Span(*match.span())
        before = doc.text[_clause_start(starts, span.start) : span.start]
        since = SINCE.search(before) is not None
        anchor = Anchor(published, last, kind in BARE and COMING.search(before) is not None, since)
        value = value_of(kind, match.group(), anchor)
        if isinstance(value, Impossible):
            notes.append(Note("impossible-date", f"no calendar has the date “{match.group()}”", span, BY))
            value = None
        if value is not None:
            last = last if kind in COMPARED else value
            value = f"{value}/.." if since and "/" not in value else value
        found.append(TimeMention(span, value, f"{BY}.{kind}"))
    return replace(doc, times=tuple(found), notes=doc.notes + tuple(notes) + _undated(doc, published, found))


def _clause_start(starts: list[int], at: int) -> int:
    i = bisect_right(starts, at) - 1
    return max(starts[i] if i >= 0 else 0, at - LOOK_BACK)


def _undated(doc: Document, published: PartialDate | None, found: list[TimeMention]) -> tuple[Note, ...]:
    """Say once that relative dates stay unresolved for want of a day to count from."""
    open_ones = [time for time in found if time.value is None and time.by.split(".")[1] not in VAGUE]
    if published is not None or not open_ones:
        return ()
    what = f"the publication date “{doc.published}” is none" if doc.published else "no publication date is known"
    message = f"{what}, so that {len(open_ones)} of {len(found)} dates in the text stay unresolved"
    return (Note("no-publication-date", message, None, BY),)
