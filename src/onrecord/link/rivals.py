"""How a pair stands among its rivals: takes pairs with a first likelihood, gives what the others say of each.

Of the statements of one report at most one is the report of an utterance, so that a pair is weighed against the next best; what
a third report has in common with both speaks for them, what it has with one alone against; and reports that tell the same tell
it in like order, so that neighbours count. Where one of two is a statement around the other, the better level of the two wins.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.link.comparing import Said, overlap

LIKELY = 0.3
Pair = tuple[int, int]
Row = dict[str, float]


def rivals(said: Sequence[Said], likely: Mapping[Pair, float]) -> list[Row]:
    """Return of each pair how it stands among the others, in their order."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in likely.items():
        near[i][j] = near[j][i] = value
    places = {(one.document, one.n): at for at, one in enumerate(said)}
    return [
        _sureness(value)
        | _in_reports(said, near, i, j, value)
        | _thirds(said, near, i, j)
        | {"neighbours": _neighbours(said, likely, places, i, j)}
        for (i, j), value in likely.items()
    ]


def _sureness(value: float) -> Row:
    return {"first look": math.log(max(value, 1e-4) / max(1 - value, 1e-4))}


def _in_reports(said: Sequence[Said], near: Mapping[int, Mapping[int, float]], i: int, j: int, value: float) -> Row:
    """Compare a pair with those of either statement in the other's report."""
    best, level = [], 0.0
    for one, other in ((i, j), (j, i)):
        others = [
            (v, overlap(said[k], said[other]))
            for k, v in near[one].items()
            if k != other and said[k].document == said[other].document
        ]
        best.append(max((v for v, around in others if not around), default=0.0))
        level = max([level, *(v for v, around in others if around)])
    return {
        "margin": value - max(best),
        "rival of one": max(best),
        "rival of both": min(best),
        "best for both": float(value >= max(best)),
        "other level": level,
        "other level better": float(level > value),
    }


def _thirds(said: Sequence[Said], near: Mapping[int, Mapping[int, float]], i: int, j: int) -> Row:
    mine, theirs = near[i], near[j]
    both = [min(value, theirs[k]) for k, value in mine.items() if k in theirs]
    gaps = [abs(value - theirs.get(k, 0.0)) for k, value in mine.items() if k != j and not overlap(said[k], said[j])]
    gaps += [value for k, value in theirs.items() if k != i and k not in mine and not overlap(said[k], said[i])]
    return {
        "third for both": max(both, default=0.0),
        "thirds for both": min(3, sum(value > LIKELY for value in both)) / 3,
        "third for one": max(gaps, default=0.0),
    }


def _neighbours(
    said: Sequence[Said], likely: Mapping[Pair, float], places: Mapping[tuple[str, int], int], i: int, j: int
) -> float:
    a, b = said[i], said[j]
    found = 0.0
    for da in (-1, 1):
        k = places.get((a.document, a.n + da))
        for db in (-1, 1):
            m = places.get((b.document, b.n + db))
            if k is not None and m is not None and k != m and k != j and m != i:
                found = max(found, likely.get((min(k, m), max(k, m)), 0.0))
    return found
