"""A person's name in parts: takes a name as written, gives its parts, what each tells, and which parts of two names go together.

Knows "FAMILY, Given", the particles al-, el-, bin, abu, and "Abd al-Rahman" as one part. Whether two names are one person's is
for `names`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.spelling import coarse, likeness

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
    """Weight of a common part by its coarse skeleton: the more people bear it, the less it tells."""
    return {part: float(weight) for part, weight in lexicon.table("name_letters", "common").items()}


@lru_cache(maxsize=200_000)
def weight(part: str) -> float:
    """Return how much a part tells of who it is, from little for the commonest to 1."""
    return 0.1 if len(part) == 1 else _rarity().get(coarse(part), 1.0)


@cache
def nicknames() -> Mapping[str, str]:
    """Return given names by their short forms."""
    return {nick: str(full) for nick, full in lexicon.table("name_parts", "nicknames").items()}


def pair_likeness(one: str, other: str) -> float:
    """Return how alike two parts are, 0 to 1; nicknames and an article written into a name are the same part."""
    if one == other or (nicknames().get(one, one) == nicknames().get(other, other)):
        return 1.0
    return max(likeness(one, other), _without_article(one, other))


def _without_article(one: str, other: str) -> float:
    """ "Elkaddafi" and "Kaddafi": the article written into the name."""
    for long, short in ((one, other), (other, one)):
        if long[:2] in ("al", "el") and short[:2] not in ("al", "el") and len(long) > 5:
            return 0.98 * likeness(long[2:], short)
    return 0.0


def run_together(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
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
        ((pair_likeness(a, b), -abs(i - j), -i, -j) for i, a in enumerate(one) for j, b in enumerate(other)),
        reverse=True,
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
