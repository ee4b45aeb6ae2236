"""When it was said: takes statements and the dates of the text, gives each statement the date on which the text says it was made.

A date counts where it stands with the reporting words and not in what is reported: beside the cue ("said on Monday"), before
its clause ("On Monday, officials said") or right behind the content ("announced a deal on Monday"). A statement that goes on
from one with a date has the same. The publication date alone never stands in for a date that the text does not give.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from onrecord.dates import as_partial
from onrecord.document import Document, Span, Statement, TimeMention
from onrecord.stage import stage

BY = "said_on"
FARTHEST = 90  # characters between a date and its cue
# between a date and its cue no other clause may begin
CLAUSE = re.compile(
    r"[;:“”\"()]|\b(?:who|which|whose|that|where|when|after|before|because|while|but|although" r"|if)\b|\s(?:and|or)\s"
)
BESIDE = re.compile(
    r"[\s,”\"’'.?!]*(?:(?:on|in|at|late|early|during|over|of|back|and|again|this|a|statement"
    r"|interview|news|press|conference|here|there|first|earlier|later)\s)*$"
)
WITHIN = re.compile(
    r"\b(?:who|which|whose|that)\b|\w+(?:ed|en|ing|born|held|made|left|won|lost|began)\s(?:(?:on"
    r"|in|at|since|from|until|by|late|early|the)\s){0,3}$"
)
# participles of saying and of what is said: their date is the statement's ("Speaking on Monday, the mayor said")
SAYING = re.compile(
    r"\b(?:speaking|talking|writing|posting|testifying|appearing|responding|replying|dated|issued|published|released|posted"
    r"|delivered|sent|aired|broadcast|recorded)\s(?:(?:on|in|at|from|late|early|the)\s){0,3}$",
    re.IGNORECASE,
)
UNBOUND = {"now", "past", "future", "decade", "holiday"}
# cues that tell of a standing view or of no one occasion
STANDING = re.compile(
    r"\b(?:has|have|had|previously|once|long|repeatedly|often|wants?|believes?|hopes?|plans?"
    r"|thinks?|expects?|fears?|feels?|knows?)\b"
)
EVENT = re.compile(
    r"\b(?:news|press)[ -]conference\b|\b(?:meeting|summit|talks|visit|ceremony|briefing|rally" r"|hearing|debate)\b"
)
# the end of a paragraph that stands under a picture: its date is the picture's, which nobody goes on from
CREDIT = re.compile(
    r"(?:(?:REUTERS|AFP|EPA|AP Photo|Photograph|Photo|Picture)\s?[/:|]|Getty Images|Shutterstock|\((?:AP|AFP|Reuters|EPA)\b)"
    r"[^\n]{0,60}$"
)
NEAR = 2  # paragraphs that words of one occasion lie apart at most, unless they are of the day of publication


@stage(
    needs=("text", "sentences", "paragraphs", "statements", "times", "published", "statements.speaker"),
    adds=("statements.said_on",),
)
def said_on(doc: Document) -> Document:
    """Fill the date on which each statement was made, None where the text does not give it.

    >>> from onrecord.document import Origin
    >>> text = "The union said on Monday that it would vote."
    >>> stmt = Statement("s1", (Span(25, 43),), (Span(0, 9),), (Span(10, 14),))
    >>> time = TimeMention(Span(18, 24), "2024-03-25", "times.weekday")
    >>> doc = Document("a", text, Origin("a.txt", "0" * 64), sentences=(Span(0, 44),), paragraphs=(Span(0, 44),),
    ...     statements=(stmt,), times=(time,))
    >>> said_on(doc).statements[0].said_on
    '2024-03-25'
    """
    reader = _Reader(doc)
    done: list[Statement] = []
    for stmt in doc.statements or ():
        value = reader.own_date(stmt)
        rule = "own"
        if value is None:
            value, rule = reader.date_before(stmt, done), "goes-on"
        if value is None:
            value, rule = reader.date_of_event(stmt), "event"
        done.append(_dated(stmt, value, rule))
    for i, stmt in enumerate(done):
        if stmt.said_on is None:
            done[i] = _dated(stmt, reader.date_after(stmt, done), "headline")
    return replace(doc, statements=tuple(done))


def _dated(stmt: Statement, value: str | None, rule: str) -> Statement:
    return replace(stmt, said_on=value, by={**stmt.by, "said_on": f"{BY}.{rule}"}) if value else stmt


class _Reader:
    """The dates and edges of one document, ready to be asked about."""

    def __init__(self, doc: Document) -> None:
        self.text = doc.text
        self.published = doc.published
        self.sents = list(doc.sentences or ())
        self.sent_starts = [sent.start for sent in self.sents]
        self.paras = list(doc.paragraphs or ())
        self.para_starts = [para.start for para in self.paras]
        self.times = [time for time in doc.times or () if _may_date(doc.text, time)]
        self.time_starts = [time.span.start for time in self.times]
        self.events = self._events()
        self.stmts = {stmt.id: stmt for stmt in doc.statements or ()}

    def _events(self) -> list[tuple[int, str]]:
        """The sentences that tell of a meeting, visit or news conference on the day of publication."""
        found = []
        for time in self.times:
            i = bisect_right(self.sent_starts, time.span.start) - 1
            if (
                i >= 0
                and time.value == (self.published or "")[:10]
                and EVENT.search(sentence := self.sents[i].of(self.text))
            ):
                found.append((self.sents[i].start, sentence))
        return found

    def own_date(self, stmt: Statement) -> str | None:
        """The date that stands nearest to the cue, or right behind the content."""
        best: tuple[int, str] | None = None
        anchor = stmt.cue or stmt.source
        if not anchor:
            return None
        for time in self._near(stmt, anchor):
            value = as_partial(time.value)
            distance = self._distance(stmt, anchor, time.span)
            if value and distance is not None and not self._is_future(value) and (best is None or distance < best[0]):
                best = (distance, value)
        return best[1] if best else None

    def _near(self, stmt: Statement, anchor: tuple[Span, ...]) -> list[TimeMention]:
        """The dates in the sentences of the reporting words and at the end of the content, outside what is reported."""
        ends = [*anchor, *stmt.source, *(Span(piece.end - 1, piece.end) for piece in stmt.content)]
        found: dict[int, TimeMention] = {}
        for span in ends:
            i = bisect_right(self.sent_starts, span.start) - 1
            if i < 0:
                continue
            limit = self.sents[i].end
            if span.end >= limit - 2:
                limit = min(
                    limit + 60, self._paragraph_end(span.start)
                )  # a post's date stands behind its last sentence
            for k in range(bisect_left(self.time_starts, self.sents[i].start), bisect_left(self.time_starts, limit)):
                found[k] = self.times[k]
        parent = self.stmts.get(stmt.parent or "")
        return [
            time
            for _, time in sorted(found.items())
            if not _inside(time.span, stmt.content)
            and not _inside(time.span, stmt.source)
            and (parent is None or _inside(time.span, parent.content))
        ]

    def _distance(self, stmt: Statement, anchor: tuple[Span, ...], time: Span) -> int | None:
        """How far a date is from the reporting words, None where it belongs to something else."""
        gaps = []
        for span in (*anchor, *stmt.source):
            low, high = (span.end, time.start) if span.end <= time.start else (time.end, span.start)
            if high - low > FARTHEST or _crosses(stmt, low, high):
                continue
            between = self._without_source(stmt, low, high)
            if CLAUSE.search(between) or (span.end <= time.start and span in stmt.source and not BESIDE.match(between)):
                continue
            before = self.text[max(0, time.start - 40) : time.start].rpartition(". ")[2]
            behind = time.end < span.start and self.text[time.end : span.start].strip()
            if behind and WITHIN.search(before) and not SAYING.search(before):
                continue
            gaps.append(high - low)
        for piece in stmt.content:
            if piece.end <= time.start and BESIDE.fullmatch(self.text[piece.end : time.start]):
                gaps.append(time.start - piece.end + 20)
        return min(gaps, default=None)

    def _without_source(self, stmt: Statement, low: int, high: int) -> str:
        between = self.text[low:high]
        for span in sorted(stmt.source, reverse=True):
            if low <= span.start and span.end <= high:
                between = between[: span.start - low] + between[span.end - low :]
        return between

    def _is_future(self, value: str) -> bool:
        """A date behind the publication date is not when something was said."""
        return bool(self.published) and value > (self.published or "")[: len(value)]

    def date_before(self, stmt: Statement, done: list[Statement]) -> str | None:
        """The day on which the same speaker spoke just before; of the news of the day, anywhere before.

        A standing view ("believes", "has long said") is of no day and takes none.
        """
        cue = " ".join(span.of(self.text) for span in stmt.cue)
        if not stmt.cue or not stmt.content or stmt.parent or STANDING.search(cue):
            return None
        place = self._paragraph(stmt.content[0].start)
        for other in reversed(done):
            day = other.said_on or ""
            if other.parent is None and other.content and len(day) == 10 and _same_speaker(stmt, other):
                if self._under_picture(other.content[-1].end - 1):
                    continue
                apart = place - self._paragraph(other.content[-1].end - 1)
                return day if apart <= NEAR or day == (self.published or "")[:10] else None
        return None

    def date_of_event(self, stmt: Statement) -> str | None:
        """The day of publication, where an occasion of that day is told before and the speaker is named as taking part."""
        cue = " ".join(span.of(self.text) for span in stmt.cue)
        if (
            not stmt.speaker
            or stmt.speaker_type not in {None, "person"}
            or not stmt.content
            or not stmt.cue
            or stmt.parent
            or STANDING.search(cue)
        ):
            return None
        name = stmt.speaker.split()[-1]
        if not name[:1].isupper():
            return None
        for start, sentence in self.events:
            if start <= stmt.content[0].start and re.search(rf"\b{re.escape(name)}\b", sentence):
                return (self.published or "")[:10]
        return None

    def date_after(self, stmt: Statement, done: list[Statement]) -> str | None:
        """The day that a headline leaves to the first statement of the report that tells it."""
        if not stmt.content or stmt.parent or self._paragraph(stmt.content[0].start) > 1:
            return None
        later = (
            o
            for o in done
            if o.parent is None and o.content and o.content[0].start > stmt.content[-1].end and _same_speaker(stmt, o)
        )
        first = next(later, None)
        return first.said_on if first and self._paragraph(first.content[0].start) <= 1 + NEAR else None

    def _paragraph_end(self, at: int) -> int:
        i = self._paragraph(at) - 1
        return self.paras[i].end if i >= 0 else len(self.text)

    def _under_picture(self, at: int) -> bool:
        """The paragraph ends with the credit of a picture."""
        i = self._paragraph(at) - 1
        return i >= 0 and CREDIT.search(self.paras[i].of(self.text)) is not None

    def _paragraph(self, at: int) -> int:
        return bisect_right(self.para_starts, at)


def _may_date(text: str, time: TimeMention) -> bool:
    """A year counts only after "in": in "the 1994 trade act" it names the act."""
    kind = time.by.split(".")[-1]
    if time.value is None or time.value.endswith("/..") or kind in UNBOUND:
        return False
    return kind != "year" or text[max(0, time.span.start - 3) : time.span.start].casefold() == "in "


def _same_speaker(stmt: Statement, other: Statement) -> bool:
    if stmt.speaker_id is not None and stmt.speaker_id == other.speaker_id:
        return True
    return stmt.speaker is not None and stmt.speaker == other.speaker


def _inside(span: Span, pieces: tuple[Span, ...]) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in pieces)


def _crosses(stmt: Statement, low: int, high: int) -> bool:
    """Tell whether part of what is reported lies between two places."""
    return any(piece.start < high and piece.end > low for piece in stmt.content)
