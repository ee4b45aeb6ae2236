"""Utterances: takes the statements of one story, gives those that report what was said once, and writes nothing.

How likely two statements report the same is a logistic regression over what `comparing` finds (weights in data/utterances.toml);
groups are joined by average linkage, so that a chain of half-alike statements does not become one utterance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import combinations

from onrecord import lexicon
from onrecord.link.clusters import Clusters
from onrecord.link.comparing import Said, Story, features, pairs

BY = "model:utterances-2"
LEAST = 0.3  # average probability below which groups stay apart; chosen leaving one story out in turn
TOLD = (
    "same speaker", "mouth", "speaker words", "same act", "numbers shared", "numbers differ", "both direct", "best for both",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Same:
    """Two statements that may report the same utterance, by their places in the story; `likely` is a probability."""

    a: int
    b: int
    likely: float
    reasons: tuple[str, ...]


@cache
def _weights() -> tuple[float, Mapping[str, float]]:
    table = {name: float(value) for name, value in lexicon.table("utterances", "weights").items()}
    return table.pop("bias"), table


def compare(said: Sequence[Said]) -> list[Same]:
    """Return the pairs of a story that have something in common, with how likely they report the same."""
    story = Story(said)
    near = pairs(story)
    bias, weights = _weights()
    found = []
    for (i, j), row in zip(near, features(story, near), strict=True):
        total = bias + math.fsum(weights.get(name, 0.0) * value for name, value in row.items())  # exact, in whatever order
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        found.append(Same(i, j, round(likely, 4), _reasons(row)))
    return found


def _reasons(row: Mapping[str, float]) -> tuple[str, ...]:
    said = [f"{row['containment']:.0%} of the shorter's words"]
    return (*said, *(name for name in TOLD if row[name] >= 0.5))


def group(size: int, some: Sequence[Same]) -> list[list[int]]:
    """Return the groups of two and more: the two most alike are joined until their average likelihood falls below `LEAST`.

    >>> group(3, [Same(0, 1, 0.9, ()), Same(1, 2, 0.3, ())])
    [[0, 1]]
    """
    groups = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for one in some:
        sums[one.a][one.b] = sums[one.b][one.a] = one.likely
    queue = [(-one.likely, one.a, one.b, one.likely) for one in some]
    heapify(queue)
    while queue and -queue[0][0] >= LEAST:
        _, i, j, value = heappop(queue)
        if i not in groups or j not in groups or sums[i].get(j) != value:
            continue  # one of the two has been joined to another since
        groups[i] = sorted(groups[i] + groups.pop(j))
        for k, moved in sums.pop(j).items():
            del sums[k][j]
            if k != i:
                sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + moved
        for k, total in sums[i].items():
            mean = total / (len(groups[i]) * len(groups[k]))
            heappush(queue, (-mean, min(i, k), max(i, k), total))
    return sorted(some for some in groups.values() if len(some) > 1)


def trees(size: int, some: Sequence[Same]) -> list[tuple[int, int, Same | None]]:
    """Return what joins the statements of each group: the surest pairs that hold it together, so that parting two of them by
    hand leaves the others with those they are most like. Where none was compared, the pair is None.

    >>> [(a, b) for a, b, _ in trees(3, [Same(0, 1, 0.9, ()), Same(0, 2, 0.8, ()), Same(1, 2, 0.7, ())])]
    [(0, 1), (0, 2)]
    """
    likely = {(one.a, one.b): one for one in some}
    found = []
    for members in group(size, some):
        pairs = [(-likely[pair].likely if pair in likely else 0.0, pair) for pair in combinations(members, 2)]
        joined = Clusters()
        for _, (a, b) in sorted(pairs):
            if joined.root(a) != joined.root(b):
                joined.join(a, b)
                found.append((a, b, likely.get((a, b))))
    return found
