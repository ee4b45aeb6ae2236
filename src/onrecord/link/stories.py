"""Stories: takes documents, gives groups of those that report the same event, within days or weeks of each other.

Documents are compared by the cosine of their weighted words (tf-idf: Salton and Buckley, 1988), fading with the days
between them, and joined by average linkage, so that a chain of slightly similar reports does not become one story.
Copies and utterances are found elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import combinations

from onrecord.vocabulary import telling_words

BY = "rule:stories-1"
FLOOR = 0.02  # pairs less similar than this count as having nothing in common
LEAST = 0.10  # average similarity below which groups stay apart; chosen on ../shared/data/news_clusters
FADE_DAYS = 30.0
READ_CHARS = 3000  # the beginning of a news report says what it is about (inverted pyramid)
TITLE_WEIGHT = 3
KEYS = 20  # a document is compared with those that share one of its most telling words
BESIDE = 20  # reports of other things taken to lie beside: in a record of one story its words are in every report
CROWD = 400  # a word that tells so many documents apart tells none

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """A document as far as events go; `date` is partial ISO or None."""

    id: str
    title: str
    text: str
    date: str | None = None


def find(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Return the ids grouped by event, each group and the groups sorted; every report is in exactly one group.

    >>> a = Report("a", "Ferry strike begins", "Ferry crews at Port Sel began a strike over pay.", "2024-03-01")
    >>> b = Report("b", "Crews strike", "The ferry crews of Port Sel are on strike for better pay.", "2024-03-02")
    >>> c = Report("c", "Grain prices rise", "Millers said that grain had become dearer again.", "2024-03-02")
    >>> find([b, c, a])
    (('a', 'b'), ('c',))
    """
    ordered = sorted(reports, key=lambda report: report.id)
    vectors = weigh(ordered)
    days = [_day(report.date) for report in ordered]
    groups = _average_linkage(len(ordered), _similar_pairs(vectors, days))
    return tuple(sorted(tuple(ordered[i].id for i in group) for group in groups))


def weigh(reports: Sequence[Report]) -> list[Vector]:
    """Return a unit vector of weighted words for each report; an empty one where there are no words."""
    counts = [_count(report) for report in reports]
    spread = Counter(word for count in counts for word in count)
    return [_unit(count, spread, len(reports)) for count in counts]


def _count(report: Report) -> Counter[str]:
    count: Counter[str] = Counter()
    for text, weight in ((report.text[:READ_CHARS], 1), (report.title, TITLE_WEIGHT)):
        for word in telling_words(text):
            count[word] += weight
    return count


def _unit(count: Counter[str], spread: Counter[str], total: int) -> Vector:
    vector = {
        word: (1 + math.log(n)) * math.log((total + BESIDE + 1) / (spread[word] + 0.5)) for word, n in count.items()
    }
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}


def _similar_pairs(vectors: Sequence[Vector], days: Sequence[int | None]) -> dict[tuple[int, int], float]:
    holders: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for word in sorted(vector, key=lambda word: (-vector[word], word))[:KEYS]:
            holders[word].append(i)
    near = {pair for ids in holders.values() if len(ids) <= CROWD for pair in combinations(ids, 2)}
    pairs = {}
    for i, j in sorted(near):
        a, b = days[i], days[j]
        value = similarity(vectors[i], vectors[j], None if a is None or b is None else abs(a - b))
        if value >= FLOOR:
            pairs[i, j] = value
    return pairs


def similarity(a: Vector, b: Vector, days_apart: int | None) -> float:
    """Return the cosine of two unit vectors, times e to the minus days over thirty where both dates are known."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    cosine = math.fsum(weight * large[word] for word, weight in small.items() if word in large)
    return cosine if days_apart is None else cosine * math.exp(-days_apart / FADE_DAYS)


def _day(partial: str | None) -> int | None:
    if partial is None or len(partial) < 10:
        return None
    try:
        return date.fromisoformat(partial[:10]).toordinal()
    except ValueError:
        return None


def _average_linkage(size: int, pairs: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Join the two groups with the highest mean similarity until it falls below `LEAST`; absent pairs count as 0."""
    groups = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in pairs.items():
        sums[i][j] = sums[j][i] = value
    queue = [(-value, i, j, value) for (i, j), value in pairs.items()]
    heapify(queue)
    while queue and -queue[0][0] >= LEAST:
        _, i, j, value = heappop(queue)
        if i not in groups or j not in groups or sums[i].get(j) != value:
            continue  # one of the two has been joined to another since
        groups[i] = sorted(groups[i] + groups.pop(j))
        for k, moved in sums.pop(j).items():
            del sums[k][j]
            if k != i:
                total = sums[i].get(k, 0.0) + moved
                sums[i][k] = sums[k][i] = total
        for k, total in sums[i].items():
            mean = total / (len(groups[i]) * len(groups[k]))
            heappush(queue, (-mean, min(i, k), max(i, k), total))
    return list(groups.values())
