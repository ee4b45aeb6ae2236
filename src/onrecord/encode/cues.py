"""Where cues may stand: takes the tag scores of the pieces of a window, gives runs of pieces with two probabilities.

A cue at the top tags statements that stand in no other, a cue at any depth those inside others too. Which of them are
statements is decided when statements are read, not here: this only leaves out what is hopeless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

HOPELESS = 0.1  # .18 would spare an eighth of the readings, and loses a hundredth of FactAppeal's (training/RESULTS.md)
BEGIN, WITHIN = 1, 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Pieces [start, end) of a window, and how probable it is that a cue begins there: of an outer statement, of any."""

    start: int
    end: int
    top: float
    any: float


def probabilities(tags: Any) -> Any:
    """Return tag scores (..., 10) as probabilities within each of the three groups of tags."""
    out = np.empty_like(tags)
    for low, high in ((0, 3), (3, 6), (6, 10)):
        part = np.exp(tags[..., low:high] - tags[..., low:high].max(-1, keepdims=True))
        out[..., low:high] = part / part.sum(-1, keepdims=True)
    return out


def candidates(tags: Any, goes_on: Any) -> list[Candidate]:
    """Return the runs of pieces that may be a cue, in order; a run ends where the next cue begins or none goes on."""
    top, deep = tags[:, 0:3], tags[:, 3:6]
    begin = np.maximum(top[:, BEGIN], deep[:, BEGIN])
    within = np.maximum(top[:, WITHIN], deep[:, WITHIN])
    found: list[Candidate] = []
    for i in np.flatnonzero(begin >= HOPELESS).tolist():
        if found and i < found[-1].end:
            continue
        if i + 1 < len(begin) and begin[i] < begin[i + 1] and within[i + 1] <= begin[i + 1]:
            continue  # the next piece is the better beginning
        end = _end(i, begin, within, goes_on)
        found.append(Candidate(i, end, float(top[i, BEGIN]), float(deep[i, BEGIN])))
    return found


def _end(start: int, begin: Any, within: Any, goes_on: Any) -> int:
    least = 0.5 * min(1.0, begin[start] + within[start])
    end = start + 1
    while end < len(begin) and (goes_on[end] or (within[end] > least and within[end] > begin[end])):
        end += 1
    return end
