"""Figures that measure the same thing: takes the figures of one story, gives groups, and says where they disagree.

Two figures are compared where their units fit. Of one value they are one thing where their measures or the words around them have
something in common; of two values only where measure and unit are told in the same words: then they are in conflict, unless one
was published later and is the larger count of a toll that rises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.link.clusters import Clusters
from onrecord.vocabulary import telling_words

BY = "rule:figures-1"
SAME_VALUE, BESIDE, OTHER_VALUE = 0.5, 0.34, 1.0  # chosen on annotated figures (evals/link.py)
COMMON = {"people", "person", "other", "peopl", "percent", "year", "day", "month", "hour", "USD"}
_MORE = {"at_least", "more_than", "at_most", "less_than", "range", "about"}

Number = int | float | tuple[int | float, int | float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as far as it can measure what another does: `around` are the words beside it."""

    id: str
    document: str
    value: Number
    unit: str | None
    qualifier: str = "exact"
    measures: str | None = None
    around: str = ""
    day: int | None = None


@dataclass(frozen=True, slots=True)
class SameThing:
    """Figures that measure one thing, by their places; `conflict` where they cannot all be right."""

    members: tuple[int, ...]
    conflict: bool
    reasons: tuple[str, ...]


def find(some: Sequence[Measured]) -> list[SameThing]:
    """Return the groups of figures of a story that measure the same thing.

    >>> a = Measured("a", "d1", 12, "person", measures="people killed in the crash")
    >>> b = Measured("b", "d2", 12, "people", measures="killed in the plane crash")
    >>> c = Measured("c", "d3", 12, "USD", measures="price of a ticket")
    >>> [(group.members, group.conflict) for group in find([a, b, c])]
    [((0, 1), False)]
    """
    words = [_words(fig) for fig in some]
    joined = Clusters()
    for i, j in combinations(range(len(some)), 2):
        if some[i].document == some[j].document and some[i].value != some[j].value:
            joined.part(i, j)  # who tells both does not mean one thing by them
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, fig in enumerate(some):
        blocks[_unit(fig.unit)].append(at)
        blocks[f"value {fig.value}"].append(at)
    near = sorted({pair for block in blocks.values() for pair in combinations(block, 2)})
    for i, j in sorted(near, key=lambda pair: some[pair[0]].value != some[pair[1]].value):  # first those of one value
        if _one(some[i], some[j], words[i], words[j]):
            joined.join(i, j)
    return [_thing(some, tuple(group)) for group in joined.groups()]


def _unit(unit: str | None) -> str:
    last = " ".join(telling_words(unit or "")[-1:]) or (unit or "")
    return "person" if last == "peopl" else last


def _words(fig: Measured) -> tuple[frozenset[str], frozenset[str]]:
    measured = frozenset(telling_words(f"{fig.measures or ''} {fig.unit or ''}"))
    return measured - COMMON, frozenset(word for word in telling_words(fig.around) if not word[0].isdigit())


def _one(a: Measured, b: Measured, x: tuple[frozenset[str], ...], y: tuple[frozenset[str], ...]) -> bool:
    fits = _unit(a.unit) == _unit(b.unit) or not (a.unit and b.unit)
    measured = _share(x[0], y[0])
    if a.value == b.value:
        beside = _share(x[1], y[1])
        return (fits and (measured >= SAME_VALUE or beside >= BESIDE)) or (measured >= SAME_VALUE and beside >= BESIDE)
    return fits and a.document != b.document and len(x[0] & y[0]) >= 2 and measured >= OTHER_VALUE


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _thing(some: Sequence[Measured], members: tuple[int, ...]) -> SameThing:
    values = sorted({str(some[at].value) for at in members})
    conflict = any(_conflict(some[i], some[j]) for i, j in combinations(members, 2))
    said = f"{len(values)} values: {', '.join(values[:6])}" if len(values) > 1 else f"one value: {values[0]}"
    return SameThing(members, conflict, (said,))


def _conflict(a: Measured, b: Measured) -> bool:
    """Say whether two figures cannot both be right, by their values and qualifiers."""
    low_a, high_a = _range(a)
    low_b, high_b = _range(b)
    return low_a > high_b or low_b > high_a


def _range(fig: Measured) -> tuple[float, float]:
    low, high = fig.value if isinstance(fig.value, tuple) else (fig.value, fig.value)
    if fig.qualifier in {"at_least", "more_than"}:
        return float(low), float("inf")
    if fig.qualifier in {"at_most", "less_than"}:
        return float("-inf"), float(high)
    slack = 0.1 * abs(high) if fig.qualifier == "about" else 0.0
    return low - slack, high + slack
