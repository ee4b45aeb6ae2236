"""Figures: takes a text with its sentences and dates, gives every quantity a reader might check, with value, unit and qualifier.

Ages, dates, times of day, ordinals, scores, telephone numbers and names with numbers are none (GUIDELINES, "Figures"). Who
asserts a figure is worked out in `resolve`; what it measures is the counted words with what follows them, by form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from onrecord.document import Document, Figure, Span
from onrecord.extract.counted import PERSONS_AFTER, PERSONS_BEFORE, Counted, counted_by
from onrecord.extract.measured import measured
from onrecord.extract.not_figures import is_no_figure, is_weak
from onrecord.extract.qualifiers import qualify
from onrecord.extract.quantities import SMALL, Quantity, find_quantities
from onrecord.numbers import SCALES, number_value
from onrecord.stage import stage

BY = "figures"
LETTERS = {"m": "metre", "t": "tonne"}  # letters that are a scale before a noun or behind a currency only
LONG_TIMES = {"decade": 10, "century": 100}  # told in years, so that reports can be compared
CENTS = re.compile(rf"(?:\s|,\s|\sand\s)(?P<cents>\d\d?|{SMALL})(?:\s(?:cents?|pence)\b|(?=\s?[.,;!?](?:\s|$)|$))")
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
    times = _Covering(
        [
            time.span
            for time in doc.times or ()
            if time.value is not None or time.by.split(".")[1] not in {"now", "past", "future"}
        ]
    )
    plates = _Covering(list(doc.boilerplate))
    sents = list(doc.sentences or ())
    starts = [sent.start for sent in sents]
    units: dict[float, str | None] = {}
    done = 0
    for quantity in find_quantities(doc.text):
        if quantity.start < done:
            continue  # the cents of the last one
        i = bisect_right(starts, quantity.start) - 1
        if i < 0 or times.cover(quantity.start, quantity.end) or plates.cover(quantity.start, quantity.end):
            continue
        known = units.get(quantity.value) if quantity.value > 10 and quantity.high is None else None
        figure = _figure(doc.text, quantity, sents[i], _Before(found[-1] if found else None, known))
        if figure is not None:
            units.setdefault(quantity.value, figure.unit)
            done = figure.span.end if figure.by == f"{BY}.currency" else done
            found.append(replace(figure, id=f"f{len(found) + 1}"))
    return replace(doc, figures=tuple(found))


@dataclass(frozen=True, slots=True)
class _Before:
    """What was counted before a number: the last figure, and the unit this very number had where it stood first."""

    last: Figure | None
    unit: str | None


class _Covering:
    """Spans in order that may cover a place."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans)
        self.starts = [span.start for span in self.spans]

    def cover(self, start: int, end: int) -> bool:
        i = bisect_right(self.starts, end - 1) - 1
        return i >= 0 and self.spans[i].end > start


def _figure(text: str, quantity: Quantity, sent: Span, before: _Before) -> Figure | None:
    if is_no_figure(text, quantity, sent):
        return None
    limit = min(sent.end, quantity.end + AHEAD)
    quantity, counted = _counted(text, quantity, limit)
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


def _counted(text: str, quantity: Quantity, limit: int) -> tuple[Quantity, Counted]:
    if quantity.currency:
        return quantity, Counted(quantity.currency, quantity.end, "currency")
    one = quantity.value == 1 and quantity.high is None
    counted = counted_by(text, quantity.end, limit, 1 if one else 2)
    if quantity.suffix in LETTERS and counted.unit is None:
        return _unscaled(quantity), Counted(LETTERS[quantity.suffix], quantity.end, "measure")
    if len(quantity.suffix) == 1 and quantity.suffix not in "kK" and counted.unit is None:
        return quantity, Counted(None, quantity.end, "glued")  # a Cessna 208B
    if counted.how == "currency":
        return _with_cents(text, quantity, counted)
    if counted.unit in LONG_TIMES:
        times = LONG_TIMES[counted.unit]
        quantity = replace(quantity, value=quantity.value * times, high=quantity.high and quantity.high * times)
        counted = replace(counted, unit="year")
    return quantity, counted


def _unscaled(quantity: Quantity) -> Quantity:
    """A letter that stood for a scale stands for a unit where nothing is counted: "1.8m tall"."""
    scale = SCALES[quantity.suffix]
    low, high = quantity.value / scale, quantity.high / scale if quantity.high is not None else None
    return replace(quantity, value=int(low) if low.is_integer() else low, high=high)


def _with_cents(text: str, quantity: Quantity, counted: Counted) -> tuple[Quantity, Counted]:
    """Add the cents that stand behind: "3 dollars 50 cents", "15 dollars and 50"."""
    cents = CENTS.match(text, counted.end)
    value = number_value(cents["cents"]) if cents and counted.unit not in {"cent", "penny"} else None
    if cents is None or value is None or not 0 < value < 100 or quantity.high is not None:
        return quantity, counted
    total = round(quantity.value + value / 100, 2)
    return replace(quantity, value=total, end=cents.end()), replace(counted, end=cents.end())


def _unit_from_context(text: str, quantity: Quantity, counted: Counted, sent: Span, before: _Before) -> str | None:
    """The unit that the words around give: people where some are killed or wounded, else what was counted just before."""
    if PERSONS_AFTER.match(text, quantity.end, sent.end) or PERSONS_BEFORE.search(
        text[max(sent.start, quantity.start - 50) : quantity.start]
    ):
        near = before.last if before.last and before.last.span.start >= sent.start else None
        return near.unit if near and near.by == f"{BY}.noun" else "person"
    if counted.how == "them" and before.last and before.last.unit and before.last.span.end > sent.start - 400:
        return before.last.unit
    return before.unit  # "the 21 are free": counted earlier
