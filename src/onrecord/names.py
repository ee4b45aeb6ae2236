"""Names of people under all their spellings: takes two names, gives the probability that they are one person's, with reasons.

Parses a name into given and family parts, knows initials, nicknames, the particles al-, el-, bin, abu and the ways in which
Arabic, Hebrew, Persian, Cyrillic and Chinese names are put into Latin letters; gives blocking keys, so that many names can
be joined without comparing each with each. Who is meant in a text, and what links make one identity, is decided elsewhere.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import lexicon
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

APOSTROPHES = dict.fromkeys(
    map(ord, "'’‘`´ʼʻʾʿ′‛ˈ\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\"")
)
SERVANT = ("abdul", "abdal", "abdel", "abdol", "abdur", "abdus", "abdun", "abdu", "abd")
LONGEST = 12  # parts; more than that is no name, and would cost a square of comparisons
ALIKE = 0.78  # similarity from which two parts count as spellings of one


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts, lower case, without accents: `parts` in order, `family` the last of them (and given first otherwise).

    Titles, suffixes and particles are left out of `parts`; `whole` is everything run together. `families` says how many of the
    last parts are the family name, as far as the spelling tells.
    """

    parts: tuple[str, ...]
    family: str
    whole: str
    families: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two names are one person's, and what speaks for it: "exact", "spelling", "initial", "nickname", "order", ..."""

    probability: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=200_000)
def parse(name: str) -> PersonName:
    """Return a name in parts; "FAMILY, Given" is understood. A text with no letters has no parts.

    >>> parse("al-Hayya, Dr. Khalil").parts
    ('khalil', 'hayya')
    >>> parse("Abdel-Fattah el-Sisi").parts
    ('abdfattah', 'sisi')
    """
    family, comma, given = name[:400].partition(",")
    given_parts, family_parts = _parts(given) if comma else [], _parts(family)
    if comma and given_parts and not _is_suffix(given_parts):
        parts = given_parts + family_parts
        return PersonName(
            tuple(parts), "".join(family_parts[-1:]) or parts[-1], "".join(parts), max(1, len(family_parts))
        )
    return PersonName(tuple(family_parts), family_parts[-1] if family_parts else "", "".join(family_parts))


def _is_suffix(parts: Sequence[str]) -> bool:
    return all(part in lexicon.words("titles", "suffixes") for part in parts)


def _parts(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).casefold())
    letters = "".join(char if char.isalpha() else " " if not unicodedata.combining(char) else "" for char in plain)
    words = letters.split()[:LONGEST]
    kept = [word for word in words if word not in _dropped()] or words
    return _joined(kept)


@cache
def _dropped() -> frozenset[str]:
    """Titles, honorifics, suffixes and particles: they come and go between spellings."""
    groups = ("honorifics_neutral", "honorifics_male", "honorifics_female", "suffixes")
    return frozenset(lexicon.words("titles", *groups)) | frozenset(lexicon.words("name_parts", "particles"))


def _joined(words: list[str]) -> list[str]:
    """ "Abd al-Rahman", "Abdul Rahman", "Abdurrahman": one part, "abdrahman"."""
    found: list[str] = []
    servant = False
    for word in words:
        if servant:
            found.append("abd" + word)
            servant = False
        elif word in SERVANT:
            servant = True
        else:
            found.append(_servant(word))
    return [*found, "abd"] if servant else found


def _servant(word: str) -> str:
    for prefix in SERVANT[:-2]:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return "abd" + word[len(prefix) :]
    return word


@cache
def _rarity() -> Mapping[str, float]:
    """Weight of a common part: 1 for a rare one, less for those that many bear ("muhammad"), by skeleton."""
    return {part: float(weight) for part, weight in lexicon.table("name_letters", "common").items()}


def weight(part: str) -> float:
    """Return how much a part tells of who it is, 0.2 for the commonest to 1."""
    return 0.15 if len(part) == 1 else _rarity().get(skeleton(part), 1.0)


@cache
def _nicknames() -> Mapping[str, str]:
    return {nick: str(full) for nick, full in lexicon.table("name_parts", "nicknames").items()}


def _pair(one: str, other: str) -> float:
    if one == other or (_nicknames().get(one, one) == _nicknames().get(other, other)):
        return 1.0
    return max(likeness(one, other), _without_article(one, other))


def _without_article(one: str, other: str) -> float:
    """ "Elkaddafi" and "Kaddafi": the article written into the name."""
    for long, short in ((one, other), (other, one)):
        if long[:2] in ("al", "el") and short[:2] not in ("al", "el") and len(long) > 5:
            return 0.98 * likeness(long[2:], short)
    return 0.0


def _run_together(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """ "Gholam Reza" as "Gholamreza" where the other name has it so."""
    parts = list(one)
    for at in range(len(parts) - 2, -1, -1):
        both = parts[at] + parts[at + 1]
        if len(both) > 5 and any(likeness(both, part) >= 0.88 for part in other):
            parts[at : at + 2] = [both]
    return tuple(parts)


def align(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, float]]:
    """Return which part of one name stands for which of the other, best pairs first, each part once."""
    pairs = sorted(
        ((_pair(a, b), -abs(i - j), -i, -j) for i, a in enumerate(one) for j, b in enumerate(other)), reverse=True
    )
    used_one, used_other, found = set(), set(), []
    for value, _, i, j in pairs:
        if value < 0.3:
            break
        if -i not in used_one and -j not in used_other:
            used_one.add(-i)
            used_other.add(-j)
            found.append((-i, -j, value))
    return found


def features(one: PersonName, other: PersonName) -> dict[str, float]:
    """Return what is compared: how alike the aligned parts are, how rare, what is left over on either side, and the order."""
    one, other = _compared(one, other)
    pairs = align(one.parts, other.parts)
    weights = [weight(one.parts[i]) * 0.5 + weight(other.parts[j]) * 0.5 for i, j, _ in pairs]
    total = sum(map(weight, one.parts)) + sum(map(weight, other.parts))
    same = [value * w for (_, _, value), w in zip(pairs, weights, strict=True)]
    good = [(i, j, value) for i, j, value in pairs if value >= ALIKE]
    left = [weight(part) for i, part in enumerate(one.parts) if all(i != a for a, _, _ in good)]
    right = [weight(part) for j, part in enumerate(other.parts) if all(j != b for _, b, _ in good)]
    family = _best(one.parts[-one.families :], other.parts[-other.families :])
    givens = one.parts[: -one.families], other.parts[: -other.families]
    best_given = _best(*givens) if all(givens) else 0.5
    given = likeness(one.parts[0], other.parts[0]) if len(one.parts) > 1 and len(other.parts) > 1 else 0.5
    whole = likeness(one.whole, other.whole) if one.whole and other.whole else 0.0
    row = {
        "exact": float(one.parts == other.parts),
        "whole": whole,
        "whole high": float(whole > 0.9),
        "covered": 2 * sum(same) / total if total else 0.0,
        "family": family,
        "family alike": float(family >= ALIKE),
        "given": given,
        "given alike": float(given >= ALIKE),
        "both": float(family >= ALIKE and given >= ALIKE),
        "any given": best_given,
        "any given alike": float(best_given >= ALIKE),
        "family and any given": float(family >= ALIKE and best_given >= ALIKE),
        "given letter": float(bool(givens[0] and givens[1]) and coarse(givens[0][0])[:1] == coarse(givens[1][0])[:1]),
        "family and letter": float(
            family >= 0.88 and bool(givens[0] and givens[1]) and coarse(givens[0][0])[:1] == coarse(givens[1][0])[:1]
        ),
        "rare family": family * weight(one.family) * weight(other.family),
        "given unlike": float(given < 0.5),
        "family unlike": float(family < 0.5),
        "shared, rarest": max(
            (w for (_, _, value), w in zip(pairs, weights, strict=True) if value >= ALIKE), default=0.0
        ),
        "left, rarest": min(max(left, default=0.0), max(right, default=0.0)),
        "all of the shorter": float(len(good) == min(len(one.parts), len(other.parts))),
        "rare squared": min(3.0, sum(w for (_, _, value), w in zip(pairs, weights, strict=True) if value >= ALIKE))
        ** 2,
        "least": min((value for _, _, value in good), default=0.0),
        "mean": sum(value for _, _, value in good) / len(good) if good else 0.0,
        "rare shared": sum(w for (_, _, value), w in zip(pairs, weights, strict=True) if value >= ALIKE),
        "parts shared": min(len(good), 4) / 4,
        "two shared": float(len(good) >= 2),
        "three shared": float(len(good) >= 3),
        "one shared": float(len(good) == 1),
        "both left over": float(bool(left) and bool(right)),
        "left over": min(sum(left), sum(right)),
        "only extra": float(len(good) >= 2 and not (left and right)),
        "order": float(any(a < c and b > d for a, b, _ in good for c, d, _ in good)),
        "skeletons": _skeletons(one, other),
        "initials": float(any(len(part) == 1 for part in (*one.parts, *other.parts))),
        "single": float(min(len(one.parts), len(other.parts)) == 1),
    }
    clashing = [value for i, j, value in pairs if value < ALIKE and len(one.parts[i]) > 1 and len(other.parts[j]) > 1]
    row["clash"] = 1.0 - max(clashing) if clashing and left and right else 0.0
    return row


def _compared(one: PersonName, other: PersonName) -> tuple[PersonName, PersonName]:
    if len(one.parts) == len(other.parts):
        return one, other
    first, second = _run_together(one.parts, other.parts), _run_together(other.parts, one.parts)
    return _of_parts(one, first), _of_parts(other, second)


def _of_parts(name: PersonName, parts: tuple[str, ...]) -> PersonName:
    if parts == name.parts:
        return name
    return PersonName(parts, parts[-1], name.whole, min(name.families, max(1, len(parts) - 1)))


def _best(some: Sequence[str], others: Sequence[str]) -> float:
    return max((_pair(a, b) for a in some for b in others), default=0.0)


def _skeletons(one: PersonName, other: PersonName) -> float:
    mine, theirs = set(map(skeleton, one.parts)), set(map(skeleton, other.parts))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


@cache
def _model() -> tuple[float, Mapping[str, float]]:
    table = {name: float(value) for name, value in lexicon.table("name_match", "weights").items()}
    return table.pop("bias", 0.0), table


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
    bias, weights = _model()
    total = bias + sum(weights.get(name, 0.0) * value for name, value in row.items())
    probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
    if row["initials"] and any(len(name.parts[0]) == 1 for name in (first, second)):
        probability = min(probability, 0.75)  # "J. Smith" may be John or James
    if row["single"] and not (row["exact"] and len(first.parts) > 1):
        probability = min(probability, 0.4)
    return Match(round(probability, 4), _reasons(row, first, second))


def _reasons(row: Mapping[str, float], one: PersonName, other: PersonName) -> tuple[str, ...]:
    if row["exact"]:
        return ("exact",)
    said = []
    pairs = align(one.parts, other.parts)
    if any(ALIKE <= value < 1.0 for _, _, value in pairs):
        said.append("spelling")
    if any(
        _nicknames().get(one.parts[i], "") == other.parts[j] or _nicknames().get(other.parts[j], "") == one.parts[i]
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
    if row["single"]:
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
    bones = sorted({coarse(_nicknames().get(part, part)) for part in parts if len(part) > 1})
    if len(bones) < 2:
        return tuple(bones)
    pairs = {f"{a} {b}" for at, a in enumerate(bones) for b in bones[at + 1 :]}
    return tuple(sorted(pairs))
