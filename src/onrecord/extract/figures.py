"""Figures: takes a text with its sentences and dates, gives every quantity a reader might check, with value, unit and qualifier.

Ages, dates, times of day, ordinals, scores, telephone numbers and names with numbers are none (GUIDELINES, "Figures"). Who
asserts a figure is worked out in `resolve`; what it measures is the counted words with what follows them, by form.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from onrecord.document import Document, Figure, Span
from onrecord.extract.counted import PERSONS_AFTER, PERSONS_BEFORE, Counted, counted_by
from onrecord.extract.measured import measured
from onrecord.extract.not_figures import is_no_figure, is_weak
from onrecord.extract.qualifiers import qualify
from onrecord.extract.quantities import Quantity, find_quantities
from onrecord.stage import stage

BY = "figures"
AHEAD = 90  # characters behind a number in which its noun is looked for


@stage(needs=("text", "sentences", "times", "boilerplate"), adds=("figures",))
def figures(doc: Document) -> Document:
    """Add the figures of the text.

    >>> from onrecord.document import Origin
    >>> text = "More than 20 boats left; the port lost $1.5 million, 12 percent of its income."
    >>> doc = Document("a", text, Origin("a.txt", "0" * 64), sentences=(Span(0, 78),), times=())
    >>> [(f.value, f.unit, f.qualifier) for f in figures(doc).figures]
    [(20, 'boat', 'more_than'), (1500000, 'USD', 'exact'), (12, 'percent', 'exact')]
    """
    found: list[Figure] = []
    times = _Covering([time.span for time in doc.times or () if time.value is not None or time.by.split(".")[1] not in {"now", "past", "future"}])
    plates = _Covering(list(doc.boilerplate))
    sents = list(doc.sentences or ())
    starts = [sent.start for sent in sents]
    for quantity in find_quantities(doc.text):
        i = bisect_right(starts, quantity.start) - 1
        if i < 0 or times.cover(quantity.start, quantity.end) or plates.cover(quantity.start, quantity.end):
            continue
        figure = _figure(doc.text, quantity, sents[i], found)
        if figure is not None:
            found.append(replace(figure, id=f"f{len(found) + 1}"))
    return replace(doc, figures=tuple(found))


class _Covering:
    """Spans in order that may cover a place."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = [span.start for span in self.spans]

    def cover(self, start: int, end: int) -> bool:
        i = bisect_right(self.starts, end - 1) - 1
        return i >= 0 and self.spans[i].end > start


def _figure(text: str, quantity: Quantity, sent: Span, before: list[Figure]) -> Figure | None:
    if is_no_figure(text, quantity, sent):
        return None
    limit = min(sent.end, quantity.end + AHEAD)
    counted = _counted(text, quantity, limit)
    qualifier, start, end = qualify(text, quantity, counted.end, sent)
    unit = counted.unit
    if unit is None:
        unit = _unit_from_context(text, quantity, counted, sent, before)
    if is_weak(text, quantity, counted, unit, qualifier, sent):
        return None
    value = quantity.value if quantity.high is None else (quantity.value, quantity.high)
    if quantity.high is not None and qualifier in {"exact", "about"}:
        qualifier = "range"
    span = Span(start, end)
    return Figure("", span, value, unit, qualifier, measured(text, quantity, counted, sent), by=f"{BY}.{counted.how}")


def _counted(text: str, quantity: Quantity, limit: int) -> Counted:
    if quantity.currency:
        return Counted(quantity.currency, quantity.end, "currency")
    if quantity.suffix == "m" and quantity.value >= 10**6 and not counted_by(text, quantity.end, limit, 2).unit:
        return Counted("metre", quantity.end, "measure")
    return counted_by(text, quantity.end, limit, 1 if quantity.value == 1 and quantity.high is None else 2)


def _unit_from_context(text: str, quantity: Quantity, counted: Counted, sent: Span, before: list[Figure]) -> str | None:
    """The unit that the words around give: people where some are killed or wounded, else what was counted just before."""
    if PERSONS_AFTER.match(text, quantity.end, sent.end) or PERSONS_BEFORE.search(text[max(sent.start, quantity.start - 50) : quantity.start]):
        return "person"
    last = before[-1] if before else None
    if counted.how == "them" and last and last.unit and last.span.end > sent.start - 400:
        return last.unit
    return None


