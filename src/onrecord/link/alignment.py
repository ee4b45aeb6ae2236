"""What two texts have in common: takes their words, gives the stretches that stand in both, and judges nothing.

The stretches are found greedily, longest first at each place of the shorter text, each at least `LEAST` words long
(greedy string tiling without its last rounds: Wise, "YAP3", SIGCSE 1996).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from onrecord.document import Span

LEAST = 5
PLACES = 16  # a run of words that recurs more often than this in one text is looked up at its first places only
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both texts: `a` and `b` are spans of the first and the second."""

    a: Span
    b: Span
    words: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The common stretches in order of the first text; shares are of words, 0 to 1."""

    stretches: tuple[Stretch, ...]
    share_a: float
    share_b: float

    @property
    def share(self) -> float:
        """How much of the shorter text stands in the longer: the containment."""
        return max(self.share_a, self.share_b)


def align(a: str, b: str) -> Alignment:
    """Return what `a` and `b` have in common, case and punctuation left aside.

    >>> found = align("The dam will stay shut, she said.", "On Monday the dam will stay shut, for now.")
    >>> found.stretches[0].a.of("The dam will stay shut, she said."), round(found.share_a, 2)
    ('The dam will stay shut', 0.71)
    """
    spans_a, spans_b = _spans(a), _spans(b)
    words_a = [a[s:e].casefold() for s, e in spans_a]
    words_b = [b[s:e].casefold() for s, e in spans_b]
    runs = _common_runs(words_a, words_b)
    stretches = tuple(
        Stretch(
            Span(spans_a[i][0], spans_a[i + size - 1][1]),
            Span(spans_b[j][0], spans_b[j + size - 1][1]),
            size,
        )
        for i, j, size in runs
    )
    in_a = sum(size for _, _, size in runs)
    in_b = len({k for _, j, size in runs for k in range(j, j + size)})
    return Alignment(stretches, _part(in_a, len(words_a)), _part(in_b, len(words_b)))


def _spans(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text)]


def _part(some: int, whole: int) -> float:
    return some / whole if whole else 0.0


def _common_runs(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    runs_a, runs_b = (list(zip(*(some[n:] for n in range(LEAST)), strict=False)) for some in (a, b))
    common = set(runs_a).intersection(runs_b)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, key in enumerate(runs_b):
        if key in common and len(places[key]) < PLACES:
            places[key].append(j)
    runs, i = [], 0
    while i < len(runs_a):
        if runs_a[i] not in common:
            i += 1
            continue
        size, at = max((_length(a, i, b, j), -j) for j in places[runs_a[i]])
        runs.append((i, -at, size))
        i += size
    return runs


def _length(a: list[str], i: int, b: list[str], j: int) -> int:
    size = LEAST
    most = min(len(a) - i, len(b) - j)
    while size < most and a[i + size] == b[j + size]:
        size += 1
    return size
