"""How alike what two statements report is: takes the statements of one story, gives pairs with what speaks for and against.

Words are weighed by how few statements of the story have them. Of each pair are compared: words, their order, the longest common
run, how well words pair off that are near in meaning, numbers and denials one by one, speaker (or an institution and its mouth),
act, condition, day; and how each stands among its rivals: whether it is the other's best match in its report, and whether their
neighbours match as well. What it amounts to is decided in `utterances`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from onrecord.numbers import number_value
from onrecord.similarity import paired, vectors
from onrecord.vocabulary import telling_words

LEAST = 0.08  # share of weighted words in common below which two statements are not compared further
ALIKE = 0.6  # likeness of vectors from which on what one speaker says is compared though it shares few words
MOST_ALIKE = 30  # how many of the statements most alike one is compared with: of a thousand copies any will do
AT_ONCE = 1024  # statements whose vectors are set beside all others' together: what bounds the memory of a long story
CROWD = 60  # a word in more statements of a story than this brings none together
DENIES = frozenset(
    "no not never none nobody nothing neither nor cannot without deny denied denies refuse refused false untrue".split()
)
_SENTENCE = re.compile(r"(?<=[.!?;])[\"”’')\]]*\s+|\n+| … ")
_NUMBER = re.compile(r"\d[\d,.]*|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as far as it can be another report of the same: `bodies` are those its speaker speaks for; `day` is an ordinal.

    `speaker` is the name across the record, None where the text gives none; `named` tells a name from a description.
    """

    id: str
    document: str
    n: int
    text: str
    speaker: str | None = None
    named: bool = False
    bodies: tuple[str, ...] = ()
    act: str = "assert"
    kind: str = "indirect"
    day: int | None = None
    nested: bool = False
    start: int = 0
    end: int = 0
    conditional: bool = False


@dataclass(slots=True)
class Words:
    """The words of a statement: stems with how often, sentence by sentence, all words in order, and numbers."""

    stems: Counter[str]
    sentences: list[frozenset[str]]
    order: list[str]
    plain: list[str]
    numbers: frozenset[float]
    denies: int


@dataclass(slots=True)
class Story:
    """The statements of one story with the weight of each word."""

    said: Sequence[Said]
    words: list[Words] = field(init=False)
    weight: dict[str, float] = field(init=False)
    total: list[float] = field(init=False)
    vectors: Any = field(init=False)

    def __post_init__(self) -> None:
        self.words = _compounds([read(one.text) for one in self.said])
        spread = Counter(stem for words in self.words for stem in words.stems)
        n = len(self.said)
        self.weight = {stem: math.log((n + 1) / (count + 0.5)) for stem, count in spread.items()}
        self.total = [self.mass(words.stems) for words in self.words]
        self.vectors = vectors([one.text for one in self.said])

    def mass(self, stems: Iterable[str]) -> float:
        """Return the weight of words together."""
        return math.fsum(map(self.weight.__getitem__, stems))  # exact, in whatever order


def _compounds(some: list[Words]) -> list[Words]:
    """Add to words that are written apart ("air strikes") what they are run together, where the story has it so."""
    known = {stem for words in some for stem in words.stems}
    found = []
    for words in some:
        joined = [a + b for a, b in pairwise(words.order) if a + b in known]
        found.append(replace(words, stems=words.stems + Counter(joined)) if joined else words)
    return found


def read(text: str) -> Words:
    """Return the words of a statement.

    >>> read("Twenty-one girls were freed. They are tired.").numbers
    frozenset({21.0})
    """
    return _read(text[:4000])


@lru_cache(maxsize=20_000)
def _read(text: str) -> Words:
    order = telling_words(text)
    sentences = [frozenset(telling_words(part)) for part in _SENTENCE.split(text)]
    plain = [word.casefold() for word in _WORD.findall(text)]
    found = (
        number_value(part.strip(".,").casefold()) for part in _NUMBER.findall(text) if part[0].isdigit() or _spelt(part)
    )
    numbers = frozenset(float(value) for value in found if value is not None)
    denies = sum(word in DENIES for word in plain)
    return Words(Counter(order), [some for some in sentences if some], order, plain, numbers, denies)


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> bool:
    value = number_value(word.casefold())
    return value is not None and value > 1


def pairs(story: Story) -> list[tuple[int, int]]:
    """Return the pairs of statements that have enough in common to be compared, by their places in the story."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(story.words):
        for stem in words.stems:
            holders[stem].append(i)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for stem, some in sorted(holders.items()):
        if 1 < len(some) <= CROWD:
            for pair in combinations(some, 2):
                shared[pair] += story.weight[stem]
    found = {(i, j) for (i, j), mass in shared.items() if mass >= LEAST * min(story.total[i], story.total[j])} | alike(
        story
    )
    return sorted((i, j) for i, j in found if not _overlap(story.said[i], story.said[j]))


def alike(story: Story) -> set[tuple[int, int]]:
    """Return the pairs of statements of one speaker whose vectors are near, whatever words they share: candidates and no more."""
    by: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(story.said):
        if one.speaker is not None:
            by[one.speaker].append(i)
    found: set[tuple[int, int]] = set()
    for members in by.values():
        some = np.array(members)
        for low in range(0, len(some), AT_ONCE):
            part = some[low : low + AT_ONCE]
            like = story.vectors[part] @ story.vectors[some].T
            for i, row in zip(part.tolist(), like, strict=True):
                near = np.flatnonzero(row >= ALIKE)
                nearest = (
                    near[np.argsort(-row[near], kind="stable")[: MOST_ALIKE + 1]] if len(near) > MOST_ALIKE else near
                )
                found |= {(min(i, j), max(i, j)) for j in some[nearest].tolist() if i != j}
    return found


def _overlap(a: Said, b: Said) -> bool:
    """Say whether one stands inside the other: what he said that she said is no other report of what she said."""
    return a.document == b.document and a.start < b.end and b.start < a.end


def features(story: Story, near: Sequence[tuple[int, int]]) -> list[dict[str, float]]:
    """Return what speaks for and against each pair."""
    rows = [_pair(story, i, j) for i, j in near]
    _ranks(story, near, rows)
    return rows


def _pair(story: Story, i: int, j: int) -> dict[str, float]:
    a, b, x, y = story.said[i], story.said[j], story.words[i], story.words[j]
    common = x.stems.keys() & y.stems.keys()
    mass = story.mass(common)
    small, large = sorted((story.total[i], story.total[j]))
    best = max((_dice(story, s, t) for s in x.sentences for t in y.sentences), default=0.0)
    run = longest_run(x.plain, y.plain)
    bigrams = _bigrams(x.order) & _bigrams(y.order)
    row = {
        "dice": 2 * mass / (small + large) if large else 0.0,
        "containment": mass / small if small else 0.0,
        "mass": min(mass, 20.0) / 20,
        "sentence": best,
        "run": min(run, 12) / 12,
        "run share": run / max(1, min(len(x.plain), len(y.plain))),
        "bigrams": len(bigrams) / max(1, min(len(x.order), len(y.order)) - 1),
        "lengths": min(len(x.plain), len(y.plain)) / max(len(x.plain), len(y.plain), 1),
        "short": 1 / max(1, min(len(x.order), len(y.order))),
        "same document": float(a.document == b.document),
        "same act": float(a.act == b.act),
        "both direct": float(a.kind != "indirect" and b.kind != "indirect"),
        "nested alike": float(a.nested == b.nested),
        "like": float(story.vectors[i] @ story.vectors[j]),
        "paired": paired(a.text, b.text),
        "one condition": float(a.conditional != b.conditional),
        "denial": float((x.denies > 0) != (y.denies > 0)),
        "days": min(7, abs(a.day - b.day)) / 7 if a.day is not None and b.day is not None else 0.2,
    }
    return row | _speakers(a, b) | _numbers(x.numbers, y.numbers)


def _dice(story: Story, a: frozenset[str], b: frozenset[str]) -> float:
    common = a & b
    if len(common) < 2:
        return 0.0
    return 2 * story.mass(common) / (story.mass(a) + story.mass(b))


def _bigrams(order: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(order))


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest run of words that stands in both.

    >>> longest_run("the gate stays shut".split(), "he said the gate stays open".split())
    3
    """
    places: dict[str, list[int]] = {word: [] for word in a}
    for at, word in enumerate(b):
        if word in places:
            places[word].append(at)
    best, before = 0, dict[int, int]()
    for word in a:
        before = {at: before.get(at - 1, 0) + 1 for at in places[word][:64]}
        if before:
            best = max(best, *before.values())
    return best


@lru_cache(maxsize=20_000)
def _speaker_words(name: str) -> frozenset[str]:
    return frozenset(telling_words(name))


def _speakers(a: Said, b: Said) -> dict[str, float]:
    none = a.speaker is None or b.speaker is None
    same = not none and a.speaker == b.speaker
    mine, theirs = {a.speaker, *a.bodies} - {None}, {b.speaker, *b.bodies} - {None}
    mouth = not none and not same and bool(mine & theirs)
    words_a, words_b = _speaker_words(a.speaker or ""), _speaker_words(b.speaker or "")
    some = len(words_a & words_b) / max(1, min(len(words_a), len(words_b)))
    return {
        "same speaker": float(same),
        "mouth": float(mouth),
        "speaker words": 0.0 if same or none or mouth else some,
        "no speaker": float(none),
        "two names": float(not none and not same and not mouth and a.named and b.named and not some),
    }


def _numbers(a: frozenset[float], b: frozenset[float]) -> dict[str, float]:
    return {
        "numbers shared": min(2, len(a & b)) / 2,
        "numbers differ": float(bool(a - b) and bool(b - a)),
    }


def _ranks(story: Story, near: Sequence[tuple[int, int]], rows: Sequence[dict[str, float]]) -> None:
    """Add how a pair stands among its rivals: those of the same statement in the other's report, and its neighbours."""
    value = {pair: _likeness(row) for pair, row in zip(near, rows, strict=True)}
    beside: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (i, j), v in value.items():
        beside[i, story.said[j].document].append((v, j))
        beside[j, story.said[i].document].append((v, i))
    places = {(one.document, one.n): at for at, one in enumerate(story.said)}
    for (i, j), row in zip(near, rows, strict=True):
        mine = [v for v, k in beside[i, story.said[j].document] if k != j]
        theirs = [v for v, k in beside[j, story.said[i].document] if k != i]
        v = value[i, j]
        row["margin"] = v - max([*mine, *theirs], default=0.0)
        row["best for one"] = float(v >= max(mine, default=0.0) or v >= max(theirs, default=0.0))
        row["best for both"] = float(v >= max([*mine, *theirs], default=0.0))
        row["neighbours"] = _neighbours(story.said, value, places, i, j)


def _likeness(row: Mapping[str, float]) -> float:
    return row["dice"] + row["containment"] + row["sentence"] + 0.5 * row["same speaker"] + row["run share"]


def _neighbours(
    said: Sequence[Said], value: Mapping[tuple[int, int], float], places: Mapping[tuple[str, int], int], i: int, j: int
) -> float:
    a, b = said[i], said[j]
    found = 0.0
    for da in (-1, 1):
        k = places.get((a.document, a.n + da))
        for db in (-1, 1):
            m = places.get((b.document, b.n + db))
            if k is not None and m is not None and k != m and k != j and m != i:
                found = max(found, value.get((min(k, m), max(k, m)), 0.0))
    return found / 4
