"""Scores of coreference: takes key and response clusters of hashable mentions, gives recall, precision and F1, and knows no text.

MUC counts links (Vilain et al. 1995), B-cubed mentions (Bagga and Baldwin 1998), CEAF-e clusters aligned one to one (Luo 2005,
similarity phi 4). Mentions that only one side has are handled as in the reference scorer (Pradhan et al., ACL 2014): nothing is
put in or taken out. CoNLL F1 is the mean of the three F1s.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Cluster = frozenset[Any]
INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Counts:
    """What recall and precision are made of; counts of several documents are added before they are divided."""

    hit: float = 0.0
    key: float = 0.0
    found: float = 0.0
    answered: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hit + other.hit, self.key + other.key, self.found + other.found, self.answered + other.answered
        )

    @property
    def recall(self) -> float:
        """Hits over what the key holds, 0 where it holds nothing."""
        return self.hit / self.key if self.key else 0.0

    @property
    def precision(self) -> float:
        """Right answers over all answers, 0 where there is none."""
        return self.found / self.answered if self.answered else 0.0

    @property
    def f1(self) -> float:
        """Return their harmonic mean."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


Score = Callable[[Sequence[Cluster], Sequence[Cluster]], Counts]


def clusters(named: Iterable[tuple[Hashable, Hashable]], *, singletons: bool = True) -> list[Cluster]:
    """Return clusters of (mention, what it means) pairs in the order of their first mention.

    >>> clusters([("a", 1), ("b", 2), ("c", 1)]) == [frozenset("ac"), frozenset("b")]
    True
    """
    found: dict[Hashable, set[Hashable]] = {}
    for mention, meant in named:
        found.setdefault(meant, set()).add(mention)
    return [frozenset(some) for some in found.values() if singletons or len(some) > 1]


def muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> Counts:
    """Count links: what a cluster lacks is one link less than the parts it falls into.

    >>> round(muc([frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")]).f1, 2)
    0.4
    """
    hit, total = _links(key, response)
    found, answered = _links(response, key)
    return Counts(hit, total, found, answered)


def _links(some: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    home = {mention: number for number, cluster in enumerate(others) for mention in cluster}
    hit = total = 0
    for cluster in some:
        parts = {home[mention] for mention in cluster if mention in home}
        alone = sum(mention not in home for mention in cluster)
        hit += len(cluster) - len(parts) - alone
        total += len(cluster) - 1
    return hit, total


def b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> Counts:
    """Count, for each mention, the share of its cluster that the other side has with it.

    >>> score = b_cubed([frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")])
    >>> round(score.recall, 2), round(score.precision, 2)
    (0.42, 0.5)
    """
    return Counts(*_mentions(key, response), *_mentions(response, key))


def _mentions(some: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    home = {mention: cluster for cluster in others for mention in cluster}
    shares = [len(cluster & home.get(mention, frozenset())) / len(cluster) for cluster in some for mention in cluster]
    return sum(shares), float(len(shares))


def ceaf_e(key: Sequence[Cluster], response: Sequence[Cluster]) -> Counts:
    """Count how alike clusters are that are aligned one to one, as well as it goes.

    >>> score = ceaf_e([frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")])
    >>> round(score.recall, 2), round(score.precision, 2)
    (0.65, 0.43)
    """
    alike = [[2 * len(one & other) / (len(one) + len(other)) for other in response] for one in key]
    best = sum(alike[row][column] for row, column in assign(alike))
    return Counts(best, float(len(key)), best, float(len(response)))


def assign(value: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of greatest sum, each row and column at most once (Kuhn 1955, shortest augmenting paths).

    >>> assign([[0.9, 0.8], [0.8, 0.1]])
    [(0, 1), (1, 0)]
    """
    rows, columns = len(value), len(value[0]) if value else 0
    if rows > columns:
        turned = [[value[row][column] for row in range(rows)] for column in range(columns)]
        return sorted((row, column) for column, row in assign(turned)) if turned else []
    up, down = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken[0] = row
        at = _path(value, up, down, taken, way)
        while at:
            taken[at] = taken[way[at]]
            at = way[at]
    return sorted((taken[column] - 1, column - 1) for column in range(1, columns + 1) if taken[column])


def _path(
    value: Sequence[Sequence[float]], up: list[float], down: list[float], taken: list[int], way: list[int]
) -> int:
    """Return the free column at the end of the cheapest path from the row in `taken[0]`; potentials are kept in `up`, `down`."""
    least, used, at = [INFINITE] * len(down), [False] * len(down), 0
    while taken[at]:
        used[at] = True
        row, step, following = taken[at], INFINITE, 0
        for column in range(1, len(down)):
            if used[column]:
                continue
            cost = -value[row - 1][column - 1] - up[row] - down[column]
            if cost < least[column]:
                least[column], way[column] = cost, at
            if least[column] < step:
                step, following = least[column], column
        for column in range(len(down)):
            if used[column]:
                up[taken[column]] += step
                down[column] -= step
            else:
                least[column] -= step
        at = following
    return at


MEASURES: dict[str, Score] = {"MUC": muc, "B-cubed": b_cubed, "CEAF-e": ceaf_e}


def conll(documents: Iterable[tuple[Sequence[Cluster], Sequence[Cluster]]]) -> dict[str, Counts]:
    """Return the three measures over all documents, added up before they are divided."""
    totals = dict.fromkeys(MEASURES, Counts())
    for key, response in documents:
        for name, measure in MEASURES.items():
            totals[name] = totals[name] + measure(key, response)
    return totals


def mean_f1(scores: dict[str, Counts]) -> float:
    """Return the CoNLL F1."""
    return sum(score.f1 for score in scores.values()) / len(scores)
