"""What statements can be one utterance: takes the statements of a story, gives the pairs that have enough in common to compare.

Words are weighed twice: by how few statements of the story have them, and by how few of a report's own statements do, since
what every report tells once is common in the story and yet says which statement is meant. What speaks for and against a pair is
found in `signs`, how it stands among its rivals in `rivals`, and what it amounts to is decided in `utterances`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from onrecord.link import allegiance
from onrecord.numbers import number_value
from onrecord.similarity import vectors
from onrecord.vocabulary import telling_words

LEAST = 0.08  # share of weighted words in common below which two statements are not compared further
ALIKE = 0.6  # likeness of vectors from which on what one speaker says is compared though it shares few words
LESS_ALIKE = 0.3  # the same for the few nearest in other reports: a paraphrase may share no word
FEW_ALIKE = 8
MOST_ALIKE = 30  # how many of the statements most alike one is compared with: of a thousand copies any will do
AT_ONCE = 1024  # statements whose vectors are set beside all others' together: what bounds the memory of a long story
CROWD = 60  # a word in more statements of a story than this brings none together
DENIES = frozenset(
    "no not never none nobody nothing neither nor cannot without deny denied denies refuse refused false untrue".split()
)
_SENTENCE = re.compile(r"(?<=[.!?;])[\"”’')\]]*\s+|\n+| … ")
_NUMBER = re.compile(r"\d[\d,.]*|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)|‘([^‘’]+)’")


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
    cue: str = ""


@dataclass(slots=True)
class Words:
    """The words of a statement: stems with how often, sentence by sentence, all words in order, and numbers."""

    stems: Counter[str]
    sentences: list[frozenset[str]]
    order: list[str]
    plain: list[str]
    bigrams: frozenset[tuple[str, str]]
    numbers: frozenset[float]
    denies: int


@dataclass(slots=True)
class Story:
    """The statements of one story with the weight of each word.

    `weight` goes by how few statements have a word, `own` by how few of a report's own. Of each statement: `who` is its speaker
    as names are compared, `speaks_for` the same with the bodies spoken for, `states` those a speaker belongs to, `quoted` the
    words in quotation marks, `wraps` how much of it is another's statement, `place` where in its report it stands, 0 to 1.
    """

    said: Sequence[Said]
    words: list[Words] = field(init=False)
    weight: dict[str, float] = field(init=False)
    total: list[float] = field(init=False)
    own: dict[str, float] = field(init=False)
    own_total: list[float] = field(init=False)
    vectors: Any = field(init=False)
    who: list[str | None] = field(init=False)
    speaks_for: list[frozenset[str]] = field(init=False)
    states: list[frozenset[str]] = field(init=False)
    quoted: list[list[list[str]]] = field(init=False)
    quoted_stems: list[frozenset[str]] = field(init=False)
    wraps: list[float] = field(init=False)
    place: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.words = _compounds([read(one.text) for one in self.said])
        spread = Counter(stem for words in self.words for stem in words.stems)
        n = len(self.said)
        self.weight = {stem: math.log((n + 1) / (count + 0.5)) for stem, count in spread.items()}
        self.total = [self.mass(words.stems) for words in self.words]
        self.vectors = vectors([one.text for one in self.said])
        self.who = [allegiance.folded(one.speaker) for one in self.said]
        bodies = [{allegiance.folded(name) for name in (one.speaker, *one.bodies)} for one in self.said]
        self.speaks_for = [frozenset(name for name in some if name is not None) for some in bodies]
        self.states = [allegiance.states(one.speaker, one.bodies) for one in self.said]
        self.quoted = [quoted(one) for one in self.said]
        self.quoted_stems = [frozenset(telling_words(" ".join(map(" ".join, some)))) for some in self.quoted]
        self._weigh_within_reports()

    def _weigh_within_reports(self) -> None:
        """What stands inside another statement has its words too, and does not count again."""
        self.wraps = [0.0] * len(self.said)
        self.place = [0.0] * len(self.said)
        spread: dict[str, list[float]] = defaultdict(list)
        for members in reports(self.said).values():
            outer = _outer(self.said, members, self.wraps)
            counts = Counter(stem for i in outer for stem in self.words[i].stems)
            for stem, count in counts.items():
                spread[stem].append(math.log((len(outer) + 1) / count))
            last = max(self.said[i].end for i in members)
            for i in members:
                self.place[i] = self.said[i].start / (last + 1)
        self.own = {stem: max(0.05, math.fsum(some) / len(some)) for stem, some in spread.items()}
        self.own_total = [self.own_mass(words.stems) for words in self.words]

    def own_mass(self, stems: Iterable[str]) -> float:
        """Return the weight of words together, by how few of a report's own statements have them."""
        return math.fsum(self.own.get(stem, 1.0) for stem in stems)

    def mass(self, stems: Iterable[str]) -> float:
        """Return the weight of words together."""
        return math.fsum(map(self.weight.__getitem__, stems))  # exact, in whatever order


def reports(said: Sequence[Said]) -> dict[str, list[int]]:
    """Return the statements of each report, by their places, as they begin."""
    found: dict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(said)), key=lambda i: (said[i].start, -said[i].end, said[i].n)):
        found[said[i].document].append(i)
    return found


def _outer(said: Sequence[Said], members: Sequence[int], wraps: list[float]) -> list[int]:
    """Return the statements of a report that stand in no other, and note of the others how much of another they are."""
    found, around = [], list[int]()
    for i in members:
        one = said[i]
        while around and said[around[-1]].end < one.end:
            around.pop()
        if not around:
            found.append(i)
        elif (size := said[around[-1]].end - said[around[-1]].start) > one.end - one.start:
            wraps[around[-1]] = max(wraps[around[-1]], (one.end - one.start) / size)
        around.append(i)
    return found


def quoted(one: Said) -> list[list[str]]:
    """Return the words that stand in quotation marks, passage by passage.

    >>> quoted(Said("s1", "a", 0, "the harbour was “quite full” on Monday", kind="mixed"))
    [['quite', 'full']]
    """
    if one.kind == "indirect":
        return []
    passages = [one.text] if one.kind == "direct" else [a or b for a, b in _QUOTED.findall(one.text)]
    return [[word.casefold() for word in _WORD.findall(passage)] for passage in passages]


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
    kept = [some for some in sentences if some]
    return Words(Counter(order), kept, order, plain, frozenset(pairwise(order)), numbers, denies)


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> bool:
    """Whether letters spell a number above one; "t" is a trillion behind digits, and behind an apostrophe it is "not"."""
    value = number_value(word.casefold()) if len(word) > 2 else None
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
    found = {(i, j) for (i, j), mass in shared.items() if mass >= LEAST * min(story.total[i], story.total[j])}
    found |= alike(story)
    return sorted((i, j) for i, j in found if not overlap(story.said[i], story.said[j]))


def alike(story: Story) -> set[tuple[int, int]]:
    """Return the pairs of what one speaker or body said whose vectors are near, whatever words they share: candidates only."""
    by: dict[str, list[int]] = defaultdict(list)
    for i, names in enumerate(story.speaks_for):
        for name in names:
            by[name].append(i)
    found: set[tuple[int, int]] = set()
    documents = np.unique([one.document for one in story.said], return_inverse=True)[1]
    for members in by.values():
        some = np.array(members)
        for low in range(0, len(some), AT_ONCE):
            part = some[low : low + AT_ONCE]
            like = story.vectors[part] @ story.vectors[some].T
            for i, row in zip(part.tolist(), like, strict=True):
                found |= {(min(i, j), max(i, j)) for j in _nearest(i, row, some, documents) if i != j}
    return found


def _nearest(i: int, like: Any, some: Any, documents: Any) -> Iterator[int]:
    """Give those of `some` that are like a statement, and the few of other reports that are most so."""
    near = np.flatnonzero(like >= LESS_ALIKE)
    near = near[np.argsort(-like[near], kind="stable")]
    sure = near[like[near] >= ALIKE][: MOST_ALIKE + 1]
    elsewhere = near[documents[some[near]] != documents[i]][:FEW_ALIKE]
    yield from some[sure].tolist()
    yield from some[elsewhere].tolist()


def overlap(a: Said, b: Said) -> bool:
    """Say whether one stands inside the other: what he said that she said is no other report of what she said."""
    return a.document == b.document and a.start < b.end and b.start < a.end


def overlaps(said: Sequence[Said]) -> list[tuple[int, int]]:
    """Return the pairs of statements of which one stands inside the other."""
    found = []
    for members in reports(said).values():
        open_: list[int] = []
        for i in members:
            open_ = [j for j in open_ if said[j].end > said[i].start]
            found += [(min(i, j), max(i, j)) for j in open_]
            open_.append(i)
    return sorted(found)
