"""Names of people under all their spellings: takes two names, gives the probability that they are one person's, with reasons.

Knows initials, nicknames, particles and the ways in which Arabic, Hebrew, Persian, Cyrillic and Chinese names are put into Latin
letters; gives blocking keys, so that many names can be joined without comparing each with each. The judgement is learned
(training/names.py): small decision trees over `name_features`, added up (Friedman 2001). Who is meant in a text, and what links
make one identity, is decided elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon
from onrecord.name_features import features
from onrecord.person_names import ALIKE, PersonName, align, nicknames, parse, weight
from onrecord.spelling import coarse, likeness, skeleton

__all__ = [
    "ALIKE",
    "Match",
    "PersonName",
    "align",
    "coarse",
    "features",
    "keys",
    "likeness",
    "match",
    "parse",
    "skeleton",
    "weight",
]

EXACT = 0.97  # the same parts in the same order, however common
UNSURE_INITIAL, UNSURE_SINGLE = 0.75, 0.4  # "J. Smith" may be John or James; a surname is never enough
UNSURE_HALF = 0.45  # two parts each, and only one in common: brothers


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two names are one person's, and what speaks for it: "exact", "spelling", "initial", "nickname", "order", ..."""

    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A question of a tree: is the feature at most `bound`? Then the `low` node is next, else the `high` one."""

    feature: str
    bound: float
    low: int
    high: int


Tree = tuple[Branch | float, ...]


@cache
def _trees() -> tuple[Tree, ...]:
    return tuple(read_tree(str(text)) for text in lexicon.table("name_match", "trees").values())


def read_tree(text: str) -> Tree:
    """Return a tree as it is written in data/name_match.toml: nodes parted by "; ", the first is the root.

    >>> read_tree("whole <= 0.5 ? 1 : 2; -0.3; 0.4")[0]
    Branch(feature='whole', bound=0.5, low=1, high=2)
    """
    return tuple(_node(node) for node in text.split("; "))


def _node(text: str) -> Branch | float:
    if "?" not in text:
        return float(text)
    question, _, ways = text.partition(" ? ")
    feature, _, bound = question.rpartition(" <= ")
    low, _, high = ways.partition(" : ")
    return Branch(feature, float(bound), int(low), int(high))


def answer(tree: Tree, row: Mapping[str, float]) -> float:
    """Return what a tree says of a row of features."""
    node = tree[0]
    while isinstance(node, Branch):
        node = tree[node.low if row[node.feature] <= node.bound else node.high]
    return node


def match(one: str, other: str) -> Match:
    """Return how likely two names are one person's, 0 to 1, with the reasons.

    A single shared family name is never enough: it stays below one half.

    >>> match("Khaled Meshaal", "Khalid Mashal").probability > 0.9
    True
    >>> match("Eric Trump", "Donald Trump").probability < 0.5
    True
    """
    first, second = parse(one), parse(other)
    if not first.parts or not second.parts:
        return Match(0.0, ("no letters",))
    row = features(first, second)
    total = sum(answer(tree, row) for tree in _trees())
    probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
    if row["exact"]:
        probability = max(probability, EXACT)
    if row["initials"] and any(len(name.parts[0]) == 1 for name in (first, second)):
        probability = min(probability, UNSURE_INITIAL)
    if min(len(first.parts), len(second.parts)) == 1:
        probability = min(probability, UNSURE_SINGLE)
    if len(first.parts) == len(second.parts) == 2 and row["parts shared"] == 1 and not row["initials"]:
        probability = min(probability, UNSURE_HALF)
    if _genders_differ(first, second):
        probability = min(probability, UNSURE_HALF)
    return Match(round(probability, 4), _reasons(row, first, second))


def _genders_differ(one: PersonName, other: PersonName) -> bool:
    """Say whether the given names are known, one as a man's and one as a woman's ("Mario", "Maria")."""
    sexes = {_sexes().get(name.parts[0]) for name in (one, other) if len(name.parts) > 1}
    return sexes == {"male", "female"}


@cache
def _sexes() -> Mapping[str, str]:
    """Given names by sex, those left out that some language gives to both."""
    told: dict[str, set[str]] = {}
    for group, some in lexicon.groups("first_names").items():
        for name in some:
            told.setdefault(name, set()).add(group.rpartition("_")[2])
    return {name: next(iter(sexes)) for name, sexes in told.items() if len(sexes) == 1}


def _reasons(row: Mapping[str, float], one: PersonName, other: PersonName) -> tuple[str, ...]:
    if row["exact"]:
        return ("exact",)
    said = []
    pairs = align(one.parts, other.parts)
    if any(ALIKE <= value < 1.0 for _, _, value in pairs):
        said.append("spelling")
    if any(
        nicknames().get(one.parts[i], "") == other.parts[j] or nicknames().get(other.parts[j], "") == one.parts[i]
        for i, j, _ in pairs
    ):
        said.append("nickname")
    if row["initials"]:
        said.append("initial")
    if row["order"]:
        said.append("order")
    if len(one.parts) != len(other.parts):
        said.append("extra part")
    if row["both left over"]:
        said.append("parts differ")
    if min(len(one.parts), len(other.parts)) == 1:
        said.append("one part only")
    return tuple(said) or ("same parts",)


def keys(name: str) -> tuple[str, ...]:
    """Return the blocking keys of a name, sorted: names that share none are never compared.

    A key joins the coarse skeletons of two parts, in alphabetical order, so that order, middle names and spelling do not
    matter; a name of one part has its own.

    >>> set(keys("Khaled Meshaal")) & set(keys("Mashal, Khalid"))
    {'lt mkl'}
    """
    parts = parse(name).parts
    bones = sorted({coarse(nicknames().get(part, part)) for part in parts if len(part) > 1})
    if len(bones) < 2:
        return tuple(bones)
    pairs = {f"{a} {b}" for at, a in enumerate(bones) for b in bones[at + 1 :]}
    return tuple(sorted(pairs))
