"""Figures that measure the same thing: takes the figures of one story, gives groups, and says which agree, rise or disagree.

How likely two figures measure one thing is a logistic regression over what `measuring` finds, one for figures of one value and
one for figures of two (weights in data/same_figures.toml). Groups are joined by average linkage. Two numbers that one report
tells of its own are never one thing where they cannot both be right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Literal

from onrecord import lexicon
from onrecord.link.clusters import average_linkage
from onrecord.link.measuring import Measured, Sense, Story, clash, features, pairs, same_value

BY = "model:figures-2"
LEAST = 0.35  # average probability below which groups stay apart; chosen leaving one story out in turn
IN_SAME_WORDS = 0.5  # how likely, at least, where both reports say in the same words what they measure
RISING = frozenset({"dead", "injured", "missing", "displaced", "arrested", "infected", "freed"})
AT_MOST = 24  # versions of one figure (values with their qualifiers) that are compared with each other

Relation = Literal["agreeing", "updated", "conflict"]


@dataclass(frozen=True, slots=True)
class Told:
    """How two figures of one thing stand to each other, by their places; `a` came first where an "updated" one rose."""

    a: int
    b: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class SameThing:
    """Figures that measure one thing, by their places; `told` are the pairs of versions that do not agree."""

    members: tuple[int, ...]
    relation: Relation
    told: tuple[Told, ...]
    reasons: tuple[str, ...]
    score: float

    @property
    def conflict(self) -> bool:
        """Whether they cannot all be right."""
        return self.relation == "conflict"


def find(some: Sequence[Measured]) -> list[SameThing]:
    """Return the groups of figures of a story that measure the same thing.

    >>> a = Measured("a", "d1", 12, "person", measures="people killed in the crash", before="At least ", after=" people died.")
    >>> b = Measured("b", "d2", 12, "victim", measures="victims of the crash", after=" victims were dead.")
    >>> c = Measured("c", "d3", 12, "USD", measures="price of a ticket")
    >>> [(thing.members, thing.relation) for thing in find([a, b, c])]
    [((0, 1), 'agreeing')]
    """
    story = Story(some)
    likely = compare(story)
    kinds = [one.nature for one in story.senses]
    groups = average_linkage(len(some), likely, LEAST, kinds=kinds, apart=apart(story))
    return [_thing(story, tuple(members), likely) for members in groups if len(members) > 1]


@cache
def _weights(which: str) -> tuple[float, Mapping[str, float]]:
    table = {name: float(value) for name, value in lexicon.table("same_figures", which).items()}
    return table.pop("bias"), table


def compare(story: Story) -> dict[tuple[int, int], float]:
    """Return the pairs of figures that can measure one thing, with how likely they do."""
    found = {}
    for i, j in pairs(story):
        row = features(story, i, j)
        bias, weights = _weights("one_value" if same_value(story.senses[i], story.senses[j]) else "two_values")
        total = bias + math.fsum(weights.get(name, 0.0) * value for name, value in sorted(row.items()))
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        found[i, j] = round(max(likely, IN_SAME_WORDS) if _in_same_words(story, i, j) else likely, 4)
    return found


def _in_same_words(story: Story, i: int, j: int) -> bool:
    """Say whether two reports tell what they measure in the same words, two telling ones at least."""
    x, y = story.senses[i], story.senses[j]
    return x.measured == y.measured and len(x.measured) > 1 and story.figs[i].document != story.figs[j].document


def apart(story: Story) -> list[tuple[int, int]]:
    """Return the pairs that no third may bring together: what one report tells twice, and cannot both be right."""
    documents: dict[str, list[int]] = defaultdict(list)
    for at, fig in enumerate(story.figs):
        documents[fig.document].append(at)
    return [(i, j) for some in documents.values() for i, j in combinations(some, 2) if _clash(story, i, j)]


def _clash(story: Story, i: int, j: int) -> bool:
    return clash(story.figs[i], story.figs[j], story.senses[i], story.senses[j])


def _thing(story: Story, members: tuple[int, ...], scores: Mapping[tuple[int, int], float]) -> SameThing:
    told = _told(story, members)
    relation: Relation = "agreeing"
    if told:
        relation = "conflict" if any(one.relation == "conflict" for one in told) else "updated"
    values = list(dict.fromkeys(_shown(story.figs[at]) for at in sorted(members, key=lambda at: _when(story.figs[at]))))
    said = f"{len(values)} values: {', '.join(values[:6])}" if len(values) > 1 else f"one value: {values[0]}"
    likely = [scores[pair] for pair in combinations(members, 2) if pair in scores]
    toll = next((story.senses[at].toll for at in members if story.senses[at].toll), None)
    reasons = (said, *([f"toll: {toll}"] if toll and story.senses[members[0]].nature == "person" else []))
    return SameThing(members, relation, told, reasons, round(math.fsum(likely) / len(likely), 4) if likely else LEAST)


def _shown(fig: Measured) -> str:
    value = "–".join(f"{part:g}" for part in fig.value) if isinstance(fig.value, tuple) else f"{fig.value:g}"
    return value if fig.qualifier in {"exact", "range"} else f"{fig.qualifier.replace('_', ' ')} {value}"


def _when(fig: Measured) -> tuple[float, str]:
    return (math.inf if fig.day is None else fig.day, fig.id)


def _told(story: Story, members: Sequence[int]) -> tuple[Told, ...]:
    """Return how the versions of one figure stand to each other, but for those that agree."""
    versions: dict[tuple[str, str], int] = {}
    for at in sorted(members, key=lambda at: _when(story.figs[at])):
        versions.setdefault((str(story.senses[at].value), story.figs[at].qualifier), at)
    kept = sorted(versions.values())[:AT_MOST]
    rises = _rises(story, members)
    found = []
    for i, j in combinations(kept, 2):
        which = relation(story.figs[i], story.figs[j], story.senses[i], story.senses[j], rises)
        if which != "agreeing":
            found.append(Told(*_first(story, i, j), which))
    return tuple(found)


def _first(story: Story, i: int, j: int) -> tuple[int, int]:
    return (i, j) if _when(story.figs[i]) <= _when(story.figs[j]) else (j, i)


def _rises(story: Story, members: Sequence[int]) -> bool:
    """Say whether a number never falls from day to day, as a toll does: the most told on a day is never less than before."""
    days: dict[float, list[float]] = {}
    for at in members:
        fig = story.figs[at]
        if fig.day is not None:
            days.setdefault(fig.day, []).append(_size(story.senses[at]))
    spans = [(min(some), max(some)) for _, some in sorted(days.items())]
    return all(later[1] >= earlier[1] for earlier, later in pairwise(spans))


def _size(one: Sense) -> float:
    return float(max(one.value)) if isinstance(one.value, tuple) else float(one.value)


def relation(a: Measured, b: Measured, x: Sense, y: Sense, rises: bool = True) -> Relation:
    """Return how two figures of one thing stand to each other; `rises` says that no later report tells of fewer.

    Agreeing: both can be right at once. Updated: the later one is larger, and either it counts what only grows, or the earlier
    one said "at least". In conflict: anything else.

    >>> from onrecord.link.measuring import sense
    >>> early, late = (Measured(str(n), str(n), n, "person", day=n, after=" people were killed") for n in (9, 14))
    >>> relation(early, late, sense(early), sense(late)), relation(early, late, sense(early), sense(late), rises=False)
    ('updated', 'conflict')
    """
    if same_value(x, y):
        return "agreeing"
    clashing = clash(a, b, x, y)
    if rises and a.day is not None and b.day is not None and a.day != b.day:
        (early, p), (late, q) = sorted(((a, x), (b, y)), key=lambda pair: pair[0].day or 0)
        toll = p.nature == q.nature == "person" and p.toll in RISING
        counted = toll or (early.qualifier == "at_least" and p.nature in {"person", "thing"})
        if counted and _size(q) > _size(p) and late.qualifier != "at_most":
            return "updated"
    return "conflict" if clashing else "agreeing"
