"""Stories: takes documents, gives groups of those that report the same event, within days or weeks of each other.

Documents are compared by the cosine of their weighted words (tf-idf: Salton and Buckley, 1988), fading with the days
between them, and joined by average linkage, so that a chain of slightly similar reports does not become one story. A report
printed again on its day, word for word, is tied to its first print and counts once, however many prints there are.
Copies and utterances are found elsewhere.

What two documents have in common depends on how frequent their words are in the whole record. So that a few reports more do not
change what was compared before, frequencies count in steps (up to 8 documents, up to 16, 32, ...): `Words.signatures` says of
each document whether anything that it is compared by has changed. Likeness is worked out in whole numbers, so that it is the
same whatever came first.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from onrecord.link.clusters import average_linkage
from onrecord.vocabulary import telling_words

BY = "rule:stories-3"
FLOOR = 0.04  # pairs less similar than this count as having nothing in common
LEAST = (
    0.10  # average similarity below which groups stay apart; chosen on news articles grouped by hand (evals/stories.py)
)
FADE_DAYS = 30.0
READ_CHARS = 3000  # the beginning of a news report says what it is about (inverted pyramid)
TITLE_WEIGHT = 3
KEYS = 20  # a document is compared with those that share one of its most telling words
BESIDE = 20  # reports of other things taken to lie beside: in a record of one story its words are in every report
CROWD = 400  # a word that tells so many documents apart tells none, prints of one report counted once
RARE = 8  # up to so many documents a word is as rare as can be
WORDS = 64  # of a document's words the most telling ones are compared
HASHES = 1 << 20
ONE = 1 << 14  # the length of a document's weights, as a whole number
SHARES = 10_000  # likeness is kept in ten-thousandths
PRINT = SHARES + 1  # what is kept in place of a likeness of a report and its first print

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Report:
    """A document as far as events go; `date` is partial ISO or None."""

    id: str
    title: str
    text: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """The telling words of a report: their hashes, sorted, how often each stands in it, and its day, None where unknown."""

    words: Ints
    times: Ints
    day: int | None = None


def find(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Return the ids grouped by event, each group and the groups sorted; every report is in exactly one group.

    >>> a = Report("a", "Ferry strike begins", "Ferry crews at Port Sel began a strike over pay.", "2024-03-01")
    >>> b = Report("b", "Crews strike", "The ferry crews of Port Sel are on strike for better pay.", "2024-03-02")
    >>> c = Report("c", "Grain prices rise", "Millers said that grain had become dearer again.", "2024-03-02")
    >>> find([b, c, a])
    (('a', 'b'), ('c',))
    """
    ordered = sorted(reports, key=lambda report: report.id)
    words = Words([telling(report) for report in ordered])
    pairs = words.near(range(len(ordered)))
    groups = [group for part in parts(len(ordered), pairs) for group in grouped(part, pairs)]
    return tuple(sorted(tuple(ordered[i].id for i in group) for group in groups))


def telling(report: Report) -> Telling:
    """Return the telling words of a report, those of its title counting more."""
    count: Counter[int] = Counter()
    for text, weight in ((report.text[:READ_CHARS], 1), (report.title, TITLE_WEIGHT)):
        for word in telling_words(text):
            count[_hash(word)] += weight
    rows = sorted(count.items())
    return Telling(
        np.array([word for word, _ in rows], np.int64),
        np.array([min(255, n) for _, n in rows], np.int64),
        _day(report.date),
    )


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "little") % HASHES


def _day(partial: str | None) -> int | None:
    if partial is None or len(partial) < 10:
        return None
    try:
        return date.fromisoformat(partial[:10]).toordinal()
    except ValueError:
        return None


class Words:
    """The telling words of all reports of a record, by their places, weighed by how few reports have them.

    `first` is the place of each report's first print, its own where it is that; `prints` are the later ones of each.
    """

    def __init__(self, some: Sequence[Telling]) -> None:
        self.some = some
        self.first, texts = _prints(some)
        self.prints: dict[int, list[int]] = defaultdict(list)
        for i, first in enumerate(self.first):
            if first != i:
                self.prints[first].append(i)
        every = np.concatenate([some[i].words for i in texts]) if some else np.zeros(0, np.int64)
        known, spread = np.unique(every, return_counts=True)
        rarity = _rarity(spread, len(texts))
        at = [np.searchsorted(known, one.words) for one in some]
        whole = [_whole((1 + np.log(one.times)) * rarity[places]) for one, places in zip(some, at, strict=True)]
        self.known = len(known)
        self.words = [one.words[weights > 0] for one, weights in zip(some, whole, strict=True)]
        self.at = [places[weights > 0] for places, weights in zip(at, whole, strict=True)]
        self.weights = [weights[weights > 0] for weights in whole]
        self.keys = [self._keys(i) for i in range(len(some))]
        self.holders: dict[int, list[int]] = defaultdict(list)
        for i, keys in enumerate(self.keys):
            for word in keys if self.first[i] == i else ():
                self.holders[word].append(i)
        self.crowded = {word for word, ids in self.holders.items() if len(ids) > CROWD}

    def _keys(self, i: int) -> list[int]:
        words, weights = self.words[i], self.weights[i]
        return [int(word) for word in words[np.lexsort((words, -weights))[:KEYS]]]

    def signatures(self) -> list[bytes]:
        """Return for each report a digest of all that it is compared by: while it stays, so does its likeness to others."""
        found = []
        for i, one in enumerate(self.some):
            parts = [self.words[i].tobytes(), self.weights[i].tobytes(), str(one.day).encode()]
            parts += [b"again"] if self.first[i] != i else []
            parts += [str(word).encode() for word in self.keys[i] if word not in self.crowded]
            found.append(blake2b(b"\n".join(parts), digest_size=8).digest())
        return found

    def near(self, which: Iterable[int]) -> dict[tuple[int, int], int]:
        """Return how alike these reports are to others, in ten-thousandths, the lesser place first; the unlike are left out.

        A report and its first print have `PRINT`, and a later print has nothing to do with others.
        """
        found: dict[tuple[int, int], int] = {}
        dense = np.zeros(self.known, np.int64)
        chosen = set(which)
        for i in sorted(chosen):
            if self.first[i] != i:
                found[self.first[i], i] = PRINT
                continue
            found |= {(i, j): PRINT for j in self.prints.get(i, ())}
            others = {j for word in self.keys[i] if word not in self.crowded for j in self.holders[word]} - {i}
            beside = sorted(j for j in others if (j not in chosen or j > i) and len(self.words[j]))
            if beside:
                dense[self.at[i]] = self.weights[i]
                found |= {
                    (min(i, j), max(i, j)): value
                    for j, value in self._alike(i, beside, dense)
                    if value >= FLOOR * SHARES
                }
                dense[self.at[i]] = 0
        return found

    def _alike(self, i: int, beside: Sequence[int], dense: Ints) -> Iterable[tuple[int, int]]:
        words = np.concatenate([self.at[j] for j in beside])
        weights = np.concatenate([self.weights[j] for j in beside])
        starts = np.cumsum([0, *(len(self.words[j]) for j in beside[:-1])])
        sums = np.add.reduceat(dense[words] * weights, starts)
        for j, total in zip(beside, sums.tolist(), strict=True):
            yield j, round(total / (ONE * ONE) * _fade(self.some[i].day, self.some[j].day) * SHARES)


def _prints(some: Sequence[Telling]) -> tuple[list[int], list[int]]:
    """Return the place of each report's first print on its day, and the places of the texts that differ, whatever their days."""
    first: dict[object, int] = {}
    texts: dict[object, int] = {}
    found = []
    for i, one in enumerate(some):
        text = (one.words.tobytes(), one.times.tobytes()) if len(one.words) else i
        texts.setdefault(text, i)
        found.append(first.setdefault((text, one.day), i))
    return found, list(texts.values())


def _fade(a: int | None, b: int | None) -> float:
    return 1.0 if a is None or b is None else math.exp(-abs(a - b) / FADE_DAYS)


def _rarity(spread: Ints, total: int) -> NDArray[np.float64]:
    """Return the weight of each word by how many of so many reports have it, both in steps of a doubling."""
    step = np.floor(np.log2(np.maximum(spread, RARE)))
    often = np.where(spread <= RARE, RARE / 2, 2.0**step * 1.4)
    of = 2.0 ** math.floor(math.log2(max(total, 1)) + 0.5) + BESIDE
    return np.asarray(np.maximum(np.log((of + 1) / (often + 0.5)), 0.05))


def _whole(weights: NDArray[np.float64]) -> Ints:
    """Return the greatest of these weights as whole numbers, so that together they have the length `ONE`; the others as 0."""
    if len(weights) > WORDS:
        weights = np.where(weights >= np.partition(weights, -WORDS)[-WORDS], weights, 0.0)
    length = math.sqrt(math.fsum((weights * weights).tolist()))
    return np.round(weights / length * ONE).astype(np.int64) if length else np.zeros(len(weights), np.int64)


def parts(size: int, pairs: Mapping[tuple[int, int], int], least: float = LEAST) -> list[list[int]]:
    """Return what can be one story at most: reports tied, by way of others, by pairs that alone would be joined.

    Groups that are joined have a pair as alike as they are on average, so that no story reaches over two parts.
    """
    above = list(range(size))

    def root(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for (i, j), value in pairs.items():
        if value >= least * SHARES:
            above[max(root(i), root(j))] = min(root(i), root(j))
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        found[root(i)].append(i)
    return list(found.values())


def grouped(part: Sequence[int], pairs: Mapping[tuple[int, int], int], least: float = LEAST) -> list[list[int]]:
    """Return the stories among the reports of one part, which are given sorted; later prints go where the first goes."""
    first = {j: i for (i, j), value in pairs.items() if value == PRINT}
    once = [i for i in part if i not in first]
    at = {i: n for n, i in enumerate(once)}
    inside = {(at[i], at[j]): value / SHARES for (i, j), value in pairs.items() if i in at and j in at}
    groups = [[once[n] for n in group] for group in average_linkage(len(once), inside, least)]
    of = {i: n for n, group in enumerate(groups) for i in group}
    for i in part:
        if i in first:
            groups[of[first[i]]].append(i)
    return [sorted(group) for group in groups]
