"""Rewritten reports: takes two texts cut into sentences, gives the passages that tell the same in order, and writes nothing.

A report in other words, or translated by machine and back, keeps its figures, its names and the order in which it tells things,
and loses its phrases. So sentences are compared by figures, names (as far as romanisations leave them alike) and the stems of
telling words, each weighed by how few sentences of the two have it; the passages are those of the best alignment in order, one
sentence to one or to two (Gale and Church, "A program for aligning sentences in bilingual corpora", 1993, with likeness in the
place of length). What other report of the same event tells the same figures in another order, so the order counts most.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onrecord import lexicon
from onrecord.document import Span
from onrecord.numbers import number_value
from onrecord.spelling import coarse
from onrecord.vocabulary import stem

MOST_TIED = 10  # figures and names of a sentence that tie it to others
MOST = 400  # sentences of a text that are compared; what comes after stands alone
ALIKE = 0.22  # likeness from which on two sentences can be one passage; two sentences drawn at random have .03
SLACK = 1e-9  # by which a likeness that is only estimated can be wrong
FIGURE, NAME = 2.0, 1.5  # what a figure and a name weigh, beside a word
# What two tellings of one report have at least (set on rewritings made by rule, see docs/linking.md; other reports of the same
# event reach one or two of these, not all):
SHARE = 0.6  # of the shorter text's words in passages, outside quotation marks as well
MEAN = 0.42  # average likeness of the passages
ORDER = 0.7  # Kendall's tau of the places of the sentences nearest to each other
VERBATIM = 0.8  # likeness from which on two sentences have the same words
PASSAGES, TIED = 6, 4  # passages, and passages that share a figure or a name: fewer can be chance
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as far as it can be told in other words: `span` is in the text it came from, `size` its words.

    Marks are figures ("#36"), names ("@frnk") and stems, each with how often. `own` are the words outside quotation marks.
    """

    span: Span
    marks: Counter[str]
    size: int
    own: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that tell the same: `a` and `b` count sentences of the two texts, half-open; `alike` is 0 to 1.

    `shared` are the figures and names that both have.
    """

    a: Span
    b: Span
    alike: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Two texts as tellings of one report: `share` of the shorter one's words stands in passages, `own` outside quotation marks.

    `mean` is the average likeness of the passages, `order` says how far they keep theirs, -1 to 1. `counted` are the passages
    that are no quotations: what both quote is one utterance, and not yet one report.
    """

    passages: tuple[Passage, ...]
    share: float
    own: float
    mean: float
    order: float
    counted: tuple[Passage, ...]

    @property
    def rewritten(self) -> bool:
        """Whether one is the other in other words."""
        tied = sum(bool(passage.shared) for passage in self.counted)
        enough = len(self.counted) >= PASSAGES and tied >= TIED
        return enough and min(self.share, self.own) >= SHARE and self.mean >= MEAN and self.order >= ORDER


def sentences(text: str, spans: Sequence[Span], quoted: Sequence[Span] = ()) -> tuple[Sentence, ...]:
    """Return the sentences at these spans of `text`, those without a word left out.

    >>> sentences("Two gates of Kestrel opened.", [Span(0, 28)])[0].marks["#2"]
    1
    """
    known = _Marks(text)
    found = (_sentence(span, text, known, quoted) for span in spans)
    return tuple(one for one in found if one.size)


class _Marks(dict[str, str | None]):
    """What each word of a text counts as, looked up once a text."""

    def __init__(self, text: str) -> None:
        self.lower = {word for word in set(_WORD.findall(text)) if word.islower()}

    def __missing__(self, word: str) -> str | None:
        self[word] = found = _mark(word, word.casefold() in self.lower)
        return found


def _sentence(span: Span, text: str, known: _Marks, quoted: Sequence[Span]) -> Sentence:
    words = _WORD.findall(text, *span)
    inside = [quote for quote in quoted if quote.start < span.end and quote.end > span.start]
    own = len(words)
    if inside:
        starts = (found.start() for found in _WORD.finditer(text, *span))
        own = sum(not any(quote.start <= start < quote.end for quote in inside) for start in starts)
    return Sentence(span, Counter(mark for word in words if (mark := known[word])), len(words), own)


@lru_cache(maxsize=100_000)
def _mark(word: str, common: bool) -> str | None:
    """Return what a word counts as; a capital makes a name where the text does not have the word in small letters too."""
    folded = word.casefold()
    if folded in _function_words() and not word.isupper():
        return None
    value = number_value(folded)
    if value is not None and (value > 1 or word[0].isdigit()):
        return f"#{float(value):g}"
    if word[0].isupper() and not common and len(word) > 1:
        plain = unicodedata.normalize("NFKD", folded)
        return "@" + (coarse("".join(char for char in plain if char.isalpha())) or folded)
    return stem(folded)


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(lexicon.words("function_words"))


def tied(some: Sequence[Sentence]) -> list[tuple[str, ...]]:
    """Return the figures and names that stand together, sentence by sentence: what two tellings of one report have in common.

    >>> tied(sentences("In Drovna, Wrenik freed 36.", [Span(0, 27)]))
    [('#36', '@frnk', '@trfn')]
    """
    found = (tuple(sorted(mark for mark in one.marks if mark[0] in "#@")[:MOST_TIED]) for one in some)
    return [marks for marks in found if len(marks) > 1]


def compare(a: Sequence[Sentence], b: Sequence[Sentence]) -> Telling:
    """Return how two texts tell the same."""
    return _compare(a, b, _Likeness(a[:MOST], b[:MOST]))


def retold(a: Sequence[Sentence], b: Sequence[Sentence]) -> Telling | None:
    """Return how two texts tell the same where one is the other in other words, else None.

    It gives what `compare` gives, and passages are only looked for where the order of the sentences is kept at all.
    """
    alike = _Likeness(a[:MOST], b[:MOST])
    telling = _compare(a, b, alike) if _order(alike) >= ORDER - 0.001 else None
    return telling if telling is not None and telling.rewritten else None


def _compare(a: Sequence[Sentence], b: Sequence[Sentence], alike: _Likeness) -> Telling:
    passages = _align(alike)
    small, side = (a, "a") if sum(one.size for one in a) <= sum(one.size for one in b) else (b, "b")
    told = [one for passage in passages for one in small[slice(*getattr(passage, side))]]
    share = sum(one.size for one in told) / max(1, sum(one.size for one in small))
    own = sum(one.own for one in told) / max(1, sum(one.own for one in small))
    counted = tuple(one for one in passages if _counts(one, _own(a[slice(*one.a)]), _own(b[slice(*one.b)])))
    mean = math.fsum(passage.alike for passage in counted) / max(1, len(counted))
    return Telling(passages, round(share, 3), round(own, 3), round(mean, 3), round(_order(alike), 3), counted)


def _counts(passage: Passage, own_a: bool, own_b: bool) -> bool:
    """Say whether a passage is no quotation; where marks were lost on one side, the same words are one all the same."""
    return (own_a and own_b) or ((own_a or own_b) and passage.alike < VERBATIM)


def _own(some: Sequence[Sentence]) -> bool:
    return 2 * sum(one.own for one in some) >= sum(one.size for one in some)


def _order(alike: _Likeness) -> float:
    """Return Kendall's tau of the places of the nearest sentences (Kendall, "A new measure of rank correlation", 1938)."""
    best: dict[int, tuple[float, int]] = {}
    for (i, j), value in alike.told(1, 1).items():
        best[i] = max(best.get(i, (0.0, 0)), (value, -j))
    places = [-best[i][1] for i in sorted(best)]
    pairs = len(places) * (len(places) - 1) // 2
    return sum((x < y) - (x > y) for x, y in combinations(places, 2)) / pairs if pairs else 0.0


def align(a: Sequence[Sentence], b: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Return the passages in which two texts tell the same, in the order of both."""
    return _align(_Likeness(a[:MOST], b[:MOST]))


def _align(alike: _Likeness) -> tuple[Passage, ...]:
    rows, columns = len(alike.a), len(alike.b)
    moves = _moves(alike)
    row = [0.0] * (columns + 1)
    best = [row]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(1, rows + 1):
        if i in moves:  # else the row is what the one before it is
            row = _row(best, moves[i], i, back)
        best.append(row)
    return _passages(alike, back, rows, columns)


def _moves(alike: _Likeness) -> dict[int, dict[int, list[tuple[int, int, float]]]]:
    """Return where passages can end, by row and column: how many sentences of each text they have, and what they add."""
    found: dict[int, dict[int, list[tuple[int, int, float]]]] = defaultdict(lambda: defaultdict(list))
    for di, dj in ((1, 1), (1, 2), (2, 1)):
        for (i, j), value in alike.told(di, dj).items():
            found[i + di][j + dj].append((di, dj, (value - ALIKE / 2) * max(di, dj)))
    return found


def _row(
    best: Sequence[list[float]],
    moves: dict[int, list[tuple[int, int, float]]],
    i: int,
    back: dict[tuple[int, int], tuple[int, int]],
) -> list[float]:
    """Return a row of the best sums, and put into `back` the ways to it that do not come from the row above."""
    row, last = list(best[-1]), max(moves)
    for j in range(min(moves), len(row)):
        here = row[j]
        if row[j - 1] > here:
            here, back[i, j] = row[j - 1], (0, 1)
        elif j > last:
            break  # from here on it is the row above
        for di, dj, more in moves.get(j, ()):
            told = best[i - di][j - dj] + more
            if told > here + 1e-12:
                here, back[i, j] = told, (di, dj)
        row[j] = here
    return row


def _passages(alike: _Likeness, back: dict[tuple[int, int], tuple[int, int]], i: int, j: int) -> tuple[Passage, ...]:
    found = []
    while i and j:
        di, dj = back.get((i, j), (1, 0))
        if di and dj:
            value, shared = alike.told(di, dj)[i - di, j - dj], alike.shared(i - di, i, j - dj, j)
            found.append(Passage(Span(i - di, i), Span(j - dj, j), round(value, 3), shared))
        i, j = i - di, j - dj
    return tuple(reversed(found))


class _Likeness:
    """How alike sentences of two texts are: the cosine of their marks, each weighed by how rare it is in the two.

    Which come near `ALIKE` is estimated for all at once, as products of matrices; only these are worked out exactly, with
    sums that no order of the marks changes.
    """

    def __init__(self, a: Sequence[Sentence], b: Sequence[Sentence]) -> None:
        self.a, self.b = a, b
        spread = [Counter(mark for one in some for mark in one.marks) for some in (a, b)]
        most = max(len(a), len(b), 1)
        self.weight = {
            mark: (FIGURE if mark[0] == "#" else NAME if mark[0] == "@" else 1.0)
            * math.log((most + 1) / max(spread[0][mark], spread[1][mark]))
            for mark in spread[0].keys() | spread[1].keys()
        }
        self._square = {mark: weight**2 for mark, weight in self.weight.items()}
        both = {mark: n for n, mark in enumerate(sorted(spread[0].keys() & spread[1].keys()))}
        self._one, self._other = self._matrix(a, both), self._matrix(b, both)
        self._near = self._one @ self._other.T > 0
        self._told: dict[tuple[int, int], dict[tuple[int, int], float]] = {}

    def told(self, some: int, others: int) -> dict[tuple[int, int], float]:
        """Return how alike so many sentences of the one from i on are to so many of the other from j on, by (i, j).

        Only what is as alike as `ALIKE` is in it, and each of the sentences has something in common with each.
        """
        if (some, others) not in self._told:
            self._told[some, others] = dict(self._alike(some, others))
        return self._told[some, others]

    def shared(self, i: int, i_end: int, j: int, j_end: int) -> tuple[str, ...]:
        """Return the figures and names that both have."""
        both = self._marks(self.a, i, i_end) & self._marks(self.b, j, j_end)
        return tuple(sorted(mark for mark in both if mark[0] in "#@"))

    def _alike(self, some: int, others: int) -> Iterator[tuple[tuple[int, int], float]]:
        x = [self._marks(self.a, i, i + some) for i in range(len(self.a) - some + 1)]
        y = [self._marks(self.b, j, j + others) for j in range(len(self.b) - others + 1)]
        if not x or not y:
            return
        long_x, long_y = ([self._length(marks) for marks in side] for side in (x, y))
        one, other = _merged(self._one, some), _merged(self._other, others)
        enough = one @ other.T > (ALIKE - SLACK) * np.outer(long_x, long_y)
        near = self._near[: len(x)] if some == 1 else self._near[:-1] & self._near[1:]
        enough &= near[:, : len(y)] if others == 1 else near[:, :-1] & near[:, 1:]
        for i, j in np.argwhere(enough).tolist():
            value = math.fsum(self._square[mark] for mark in x[i] & y[j]) / (long_x[i] * long_y[j])
            if value >= ALIKE:
                yield (i, j), value

    def _matrix(self, some: Sequence[Sentence], both: dict[str, int]) -> NDArray[np.float64]:
        """Return the weights of the marks that both texts have, sentence by sentence."""
        found = np.zeros((len(some), len(both)))
        for i, one in enumerate(some):
            for mark in one.marks:
                if mark in both:
                    found[i, both[mark]] = self.weight[mark]
        return found

    @staticmethod
    def _marks(some: Sequence[Sentence], start: int, end: int) -> set[str]:
        return {mark for one in some[start:end] for mark in one.marks}

    def _length(self, marks: set[str]) -> float:
        return math.sqrt(math.fsum(self._square[mark] for mark in marks))


def _merged(rows: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return what so many rows from each on have, taken together."""
    return rows if size == 1 else np.maximum(rows[:-1], rows[1:])
