"""Utterances: takes the statements of one story, gives those that report what was said once, and writes nothing.

How likely two statements report the same is asked twice, each time by a logistic regression (weights in data/utterances.toml):
first of each pair by itself, from its `signs`; then of those that are not out of the question, from their signs and how they
stand among their `rivals`. Groups are joined by average linkage, so that a chain of half-alike statements does not become one
utterance; a statement and one that stands inside it are never one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from onrecord import lexicon
from onrecord.link.clusters import Clusters, average_linkage
from onrecord.link.comparing import Said, Story, pairs
from onrecord.link.rivals import rivals
from onrecord.link.signs import signs

BY = "model:utterances-4"
POSSIBLE = 0.005  # first likelihood below which a pair is not looked at again
LEAST = 0.3  # average probability below which groups stay apart; chosen leaving one story out in turn
TOLD = (
    "same speaker", "mouth", "speaker words", "same act", "numbers shared", "numbers differ", "both direct", "best for both",
)  # fmt: skip
Pair = tuple[int, int]
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Same:
    """Two statements that may report the same utterance, by their places in the story; `likely` is a probability."""

    a: int
    b: int
    likely: float
    reasons: tuple[str, ...]


@cache
def weights(which: str) -> Mapping[str, float]:
    """Return what was learned for the "first" or the "second" look, with "bias"."""
    return {name: float(value) for name, value in lexicon.table("utterances", which).items()}


def likelihood(row: Mapping[str, float], learned: Mapping[str, float]) -> float:
    """Return the probability that signs come to.

    >>> round(likelihood({"same speaker": 1.0}, {"same speaker": 2.0, "bias": -2.0}), 2)
    0.5
    """
    total = learned["bias"] + math.fsum(learned.get(name, 0.0) * value for name, value in row.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def first_look(story: Story, learned: Mapping[str, float]) -> tuple[dict[Pair, Row], dict[Pair, float]]:
    """Return the pairs that are not out of the question, with their signs and first likelihoods."""
    rows, likely = {}, {}
    for pair in pairs(story):
        row = signs(story, *pair)
        value = likelihood(row, learned)
        if value >= POSSIBLE:
            rows[pair], likely[pair] = row, round(value, 6)
    return rows, likely


def compare(said: Sequence[Said]) -> list[Same]:
    """Return the pairs of a story that have something in common, with how likely they report the same."""
    rows, likely = first_look(Story(said), weights("first"))
    learned = weights("second")
    found = []
    for (pair, row), more in zip(rows.items(), rivals(said, likely), strict=True):
        every = row | more
        found.append(Same(*pair, round(likelihood(every, learned), 4), _reasons(every)))
    return found


def _reasons(row: Mapping[str, float]) -> tuple[str, ...]:
    said = [f"{row['containment']:.0%} of the shorter's words"]
    return (*said, *(name for name in TOLD if row[name] >= 0.5))


def group(size: int, some: Sequence[Same], apart: Iterable[Pair] = ()) -> list[list[int]]:
    """Return the groups of two and more: the two most alike are joined until their average likelihood falls below `LEAST`.

    Args:
        size: how many statements there are.
        some: pairs with how likely they are one; others count as not likely at all.
        apart: pairs that are never one.

    >>> group(3, [Same(0, 1, 0.9, ()), Same(1, 2, 0.3, ())])
    [[0, 1]]
    """
    likely = {(one.a, one.b): one.likely for one in some}
    return [members for members in average_linkage(size, likely, LEAST, apart=apart) if len(members) > 1]


def trees(size: int, some: Sequence[Same], apart: Iterable[Pair] = ()) -> list[tuple[int, int, Same | None]]:
    """Return what joins the statements of each group: the surest pairs that hold it together, so that parting two of them by
    hand leaves the others with those they are most like. Where none was compared, the pair is None.

    >>> [(a, b) for a, b, _ in trees(3, [Same(0, 1, 0.9, ()), Same(0, 2, 0.8, ()), Same(1, 2, 0.7, ())])]
    [(0, 1), (0, 2)]
    """
    likely = {(one.a, one.b): one for one in some}
    found = []
    for members in group(size, some, apart):
        near = [(-likely[pair].likely if pair in likely else 0.0, pair) for pair in combinations(members, 2)]
        joined = Clusters()
        for _, (a, b) in sorted(near):
            if joined.root(a) != joined.root(b):
                joined.join(a, b)
                found.append((a, b, likely.get((a, b))))
    return found
