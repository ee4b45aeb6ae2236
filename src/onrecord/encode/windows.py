"""Which pieces go through the network together: takes piece counts and sentence ends, gives windows and batches.

A paragraph is a window of its own, so that what is read in it depends on nothing else in the document, wherever it stands.
Only a paragraph too long for that is cut, at ends of sentences, into windows that overlap. No network is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST = 288  # pieces in a window
CONTEXT = 96  # pieces that two windows of one paragraph share, at the least
TOGETHER = 1024  # pieces in a batch, padding included
SPARE = 5


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of a document, of which [own_start, own_end) are taken from this window and no other."""

    start: int
    end: int
    own_start: int
    own_end: int


def windows(start: int, end: int, stops: Sequence[int]) -> list[Window]:
    """Return the windows of a paragraph of pieces [start, end); `stops` are pieces at which a sentence begins.

    >>> windows(0, 40, [0, 20])
    [Window(start=0, end=40, own_start=0, own_end=40)]
    >>> [(w.start, w.end, w.own_start, w.own_end) for w in windows(0, 400, [0, 150, 200, 390])]
    [(0, 288, 0, 219), (150, 400, 219, 400)]
    """
    if end - start <= MOST:
        return [Window(start, end, start, end)]
    edges = [(start, start + MOST)]
    while edges[-1][1] < end:
        begin = _begin(edges[-1], stops)
        edges.append((begin, min(end, begin + MOST)))
    seams = [start, *((a_end + b_start) // 2 for (_, a_end), (b_start, _) in pairwise(edges)), end]
    return [Window(a, b, seams[i], seams[i + 1]) for i, (a, b) in enumerate(edges)]


def _begin(last: tuple[int, int], stops: Sequence[int]) -> int:
    """Where the next window begins: at the last sentence that leaves enough in common, else in the middle of it."""
    latest = last[1] - CONTEXT
    fit = [stop for stop in stops if last[0] + CONTEXT <= stop <= latest]
    return fit[-1] if fit else latest


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the numbers of windows that go together, longest first: of nearly one length, at most TOGETHER pieces.

    A run of the network costs about as much as SPARE pieces, so a window that needs more padding starts a batch.

    >>> batches([2000, 10, 12, 1500])
    [[0], [3], [2, 1]]
    """
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    out: list[list[int]] = []
    for i in order:
        longest = lengths[out[-1][0]] if out else 0
        if out and longest - lengths[i] <= SPARE and (len(out[-1]) + 1) * longest <= TOGETHER:
            out[-1].append(i)
        else:
            out.append([i])
    return out
