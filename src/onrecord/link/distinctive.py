"""Words that set one side apart: takes counts of words of several sides, gives how far each prefers each, and reads no text.

The measure is the z-score of the log-odds ratio with an informative Dirichlet prior, the prior being the words of all sides
together: Monroe, Colaresi and Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of
Political Conflict", Political Analysis 16(4), 2008, equations 16, 18, 20 and 22.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

PRIOR = 0.1  # what a word of all sides together counts as seen before, beside what a side itself has


def log_odds(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, float]]:
    """Return for each side the z-score of each word that it has, against all other sides; above 1.96 is no chance at 5 %.

    >>> sides = {"a": {"hostage": 30, "talks": 40}, "b": {"detainee": 30, "talks": 40}}
    >>> scores = log_odds(sides)
    >>> scores["a"]["hostage"] > 1.96, round(scores["a"]["talks"], 6)
    (True, 0.0)
    """
    everything: Counter[str] = Counter()
    for side in sorted(counts):
        everything.update(counts[side])
    prior = {word: PRIOR * n for word, n in everything.items()}
    whole = math.fsum(prior[word] for word in sorted(prior))
    total = sum(everything.values())
    return {side: _scores(counts[side], everything, total, prior, whole) for side in sorted(counts)}


def _scores(
    mine: Mapping[str, int], everything: Mapping[str, int], total: int, prior: Mapping[str, float], whole: float
) -> dict[str, float]:
    n = sum(mine.values())
    found = {}
    for word in sorted(mine):
        y, others, before = mine[word], everything[word] - mine[word], prior[word]
        odds = math.log((y + before) / max(1e-9, n + whole - y - before))
        against = math.log((others + before) / max(1e-9, total - n + whole - others - before))
        variance = 1 / (y + before) + 1 / (others + before)
        found[word] = round((odds - against) / math.sqrt(variance), 4)
    return found
