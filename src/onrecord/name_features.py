"""What two names have in common: takes two names in parts, gives numbers that a judgement can be learned over, and judges none.

How alike parts are that go together, how rare, what is left over on either side, the places of family and given name, and the
names run together: spaces come and go between romanisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.person_names import ALIKE, PersonName, align, pair_likeness, run_together, weight
from onrecord.spelling import coarse, likeness, skeleton

LONGEST = 40  # letters of names run together that are compared
SHOWN = 3  # pairs of parts whose likeness and rarity are given one by one


@dataclass(frozen=True, slots=True)
class Shared:
    """Which parts go together: (likeness, rarity) best first; `left` and `right` are the rarities of parts with no fellow."""

    pairs: tuple[tuple[float, float], ...]
    left: tuple[float, ...]
    right: tuple[float, ...]
    order: bool
    clash: float

    @property
    def good(self) -> tuple[tuple[float, float], ...]:
        """Pairs that are spellings of one part."""
        return tuple(pair for pair in self.pairs if pair[0] >= ALIKE)


def features(one: PersonName, other: PersonName) -> dict[str, float]:
    """Return what is compared, the same in either order; both names must have a part.

    >>> from onrecord.person_names import parse
    >>> row = features(parse("Khaled Meshaal"), parse("Mashal, Khalid"))
    >>> row["both"], row["order"], row["left over"]
    (1.0, 0.0, 0.0)
    """
    one, other = sorted(_compared(one, other), key=lambda name: (len(name.parts), name.parts, name.families))
    shared = _shared(one, other)
    return {
        **_wholes(one, other),
        **_places(one, other),
        **_sums(shared),
        **_one_by_one(shared),
        **_shorter(one, other),
    }


def _compared(one: PersonName, other: PersonName) -> tuple[PersonName, PersonName]:
    if len(one.parts) == len(other.parts):
        return one, other
    first, second = run_together(one.parts, other.parts), run_together(other.parts, one.parts)
    return _of_parts(one, first), _of_parts(other, second)


def _of_parts(name: PersonName, parts: tuple[str, ...]) -> PersonName:
    if parts == name.parts:
        return name
    return PersonName(parts, parts[-1], name.whole, min(name.families, max(1, len(parts) - 1)))


def _shared(one: PersonName, other: PersonName) -> Shared:
    found = align(one.parts, other.parts)
    good = [(i, j) for i, j, value in found if value >= ALIKE]
    left = tuple(weight(part) for i, part in enumerate(one.parts) if all(i != a for a, _ in good))
    right = tuple(weight(part) for j, part in enumerate(other.parts) if all(j != b for _, b in good))
    rare = [(value, (weight(one.parts[i]) + weight(other.parts[j])) / 2) for i, j, value in found]
    clashing = [v for i, j, v in found if v < ALIKE and len(one.parts[i]) > 1 and len(other.parts[j]) > 1]
    return Shared(
        tuple(sorted(rare, reverse=True)),
        left,
        right,
        any(a < c and b > d for a, b in good for c, d in good),
        1.0 - max(clashing) if clashing and left and right else 0.0,
    )


def _wholes(one: PersonName, other: PersonName) -> dict[str, float]:
    mine, theirs = "".join(map(coarse, one.parts)), "".join(map(coarse, other.parts))
    ordered = ["".join(sorted(name.parts))[:LONGEST] for name in (one, other)]
    bones = [set(map(skeleton, name.parts)) for name in (one, other)]
    return {
        "exact": float(one.parts == other.parts),
        "whole": likeness(one.whole, other.whole) if one.whole and other.whole else 0.0,
        "whole, parts in order": likeness(*ordered),
        "bigrams": _bigrams(one.whole, other.whole),
        "coarse whole": float(mine == theirs),
        "coarse bigrams": _bigrams(mine, theirs),
        "skeletons": len(bones[0] & bones[1]) / max(1, min(map(len, bones))),
        "inside": max(_inside(one, other), _inside(other, one)),
        "parts of the shorter": float(len(one.parts)),
        "parts of the longer": float(len(other.parts)),
        "initials": float(any(len(part) == 1 for part in (*one.parts, *other.parts))),
    }


@lru_cache(maxsize=100_000)
def _pieces(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(min(len(text), 4 * LONGEST) - 1))


def _bigrams(one: str, other: str) -> float:
    """Dice's coefficient over pairs of letters."""
    mine, theirs = _pieces(one), _pieces(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def _inside(one: PersonName, other: PersonName) -> float:
    return sum(part in other.whole for part in one.parts) / len(one.parts)


def _places(one: PersonName, other: PersonName) -> dict[str, float]:
    """The family names, the given names, the first and the last parts."""
    families = best(one.parts[-one.families :], other.parts[-other.families :])
    givens = one.parts[: -one.families], other.parts[: -other.families]
    any_given = best(*givens) if all(givens) else 0.5
    given = likeness(one.parts[0], other.parts[0]) if len(one.parts) > 1 and len(other.parts) > 1 else 0.5
    letter = bool(givens[0] and givens[1]) and coarse(givens[0][0])[:1] == coarse(givens[1][0])[:1]
    return {
        "family": families,
        "family rarity": (weight(one.parts[-1]) + weight(other.parts[-1])) / 2,
        "last": likeness(one.parts[-1], other.parts[-1]),
        "given": given,
        "given rarity": (weight(one.parts[0]) + weight(other.parts[0])) / 2,
        "any given": any_given,
        "both": float(families >= ALIKE and given >= ALIKE),
        "family and any given": float(families >= ALIKE and any_given >= ALIKE),
        "given letter": float(letter),
        "family and letter": float(families >= 0.88 and letter),
    }


def best(some: Sequence[str], others: Sequence[str]) -> float:
    """Return how alike the two most alike parts of two lists are, 0 where one is empty."""
    return max((pair_likeness(a, b) for a in some for b in others), default=0.0)


def _sums(shared: Shared) -> dict[str, float]:
    good, total = shared.good, 2 * sum(rare for _, rare in shared.pairs) + sum((*shared.left, *shared.right))
    left, right = sum(shared.left, 0.0), sum(shared.right, 0.0)
    rarity = sum(rare for _, rare in good)
    return {
        "covered": 2 * sum(value * rare for value, rare in shared.pairs) / total if total else 0.0,
        "rare shared": rarity,
        "told": sum(value * rare for value, rare in good),
        "told softly": sum(max(0.0, value - 0.5) * 2 * rare for value, rare in shared.pairs),
        "told exactly": sum(rare for value, rare in shared.pairs if value == 1.0),
        "rarest shared": max((rare for _, rare in good), default=0.0),
        "parts shared": float(len(good)),
        "least": min((value for value, _ in good), default=0.0),
        "mean": sum(value for value, _ in good) / len(good) if good else 0.0,
        "left over": min(left, right),
        "left over, longer": max(left, right),
        "left over, rarest": min(max(shared.left, default=0.0), max(shared.right, default=0.0)),
        "both left over": float(bool(shared.left) and bool(shared.right)),
        "order": float(shared.order),
        "clash": shared.clash,
    }


def _one_by_one(shared: Shared) -> dict[str, float]:
    row = {}
    for number in range(SHOWN):
        value, rare = shared.pairs[number] if number < len(shared.pairs) else (0.0, 0.0)
        row[f"pair {number}"], row[f"pair {number} rarity"] = value, rare
    return row


def _shorter(one: PersonName, other: PersonName) -> dict[str, float]:
    """How well each part of the shorter name is found in the longer one."""
    found = [best((part,), other.parts) for part in one.parts]
    return {
        "worst of the shorter": min(found),
        "mean of the shorter": sum(found) / len(found),
        "first of the shorter": found[0],
        "last of the shorter": found[-1],
    }
