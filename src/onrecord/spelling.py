"""How alike two spellings of a part of a name are: takes lower-case words without accents, gives skeletons and a likeness.

Two spellings that the people who bear them write differently in their own script ("Hassan", "Hussein") are two names, however
alike. Letters that romanisations of Arabic, Hebrew, Persian, Cyrillic and Chinese interchange cost little, as counted by
training/names.py. Whole names are for `names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord import lexicon

TWO_NAMES = 0.7  # the likeness of two names that are no spellings of one, at most


@lru_cache(maxsize=200_000)
def skeleton(part: str) -> str:
    """Return what of a name's part survives most romanisations: its consonants, with those that are interchanged made one.

    >>> skeleton("khaled") == skeleton("khalid"), skeleton("meshaal") == skeleton("mashal")
    (True, True)
    >>> skeleton("yousef") == skeleton("yusuf")
    True
    """
    text = part
    for cluster, letter in lexicon.table("name_parts", "clusters").items():
        if cluster in text:
            text = text.replace(cluster, str(letter))
    head = "a" if text[:1] in ("a", "e", "i", "o", "u", "y") else ""
    kept = (
        [char for at, char in enumerate(text) if char not in "aeiouy" and (char != "h" or at == 0)]
        if len(text) > 2
        else list(text)
    )
    squeezed = [char for at, char in enumerate(kept) if at == 0 or kept[at - 1] != char]
    return head + "".join(squeezed)


@lru_cache(maxsize=200_000)
def coarse(part: str) -> str:
    """Return a skeleton with still more letters made one, for finding rather than judging.

    >>> coarse("qadhafi") == coarse("gaddafi")
    True
    """
    table = lexicon.table("name_parts", "coarse")
    text = "".join(str(table.get(char, char)) for char in skeleton(part))
    return "".join(char for at, char in enumerate(text) if at == 0 or text[at - 1] != char)


@cache
def _costs() -> Mapping[tuple[str, str], float]:
    """What it costs to read one letter as another, as counted by training/names.py; 1 for pairs not listed."""
    return {(pair[0], pair[1]): float(cost) for pair, cost in lexicon.table("name_letters", "costs").items()}


@cache
def _gaps() -> Mapping[str, float]:
    """What it costs to leave a letter out."""
    return {letter: float(cost) for letter, cost in lexicon.table("name_letters", "gaps").items()}


@cache
def _apart() -> Mapping[str, frozenset[str]]:
    """Names that look alike in Latin letters and are written differently in their own, each with the others."""
    found: dict[str, set[str]] = {}
    for one, others in lexicon.table("name_letters", "apart").items():
        for other in str(others).split():
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


@lru_cache(maxsize=400_000)
def likeness(one: str, other: str) -> float:
    """Return how alike two parts of names are, 0 to 1: one minus the learned edit cost over the length of the longer.

    >>> likeness("khaled", "khalid") > likeness("khaled", "walid")
    True
    >>> likeness("hussein", "husayn") > 0.8 > likeness("hassan", "hussein")
    True
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return 0.8 if one[0] == other[0] else 0.0
    one, other = one[:24], other[:24]
    bones = 0.0
    if skeleton(one) == skeleton(other):
        bones = 0.88 + 0.02 * min(len(skeleton(one)), 4)
    elif coarse(one) == coarse(other) and (len(coarse(one)) > 2 or max(len(one), len(other)) < 5):
        bones = 0.84
    if abs(len(one) - len(other)) > 0.6 * max(len(one), len(other)):
        return min(bones, TWO_NAMES) if other in _apart().get(one, ()) else bones
    value = max(bones, 1.0 - _edit(one, other) / (0.5 * (len(one) + len(other))))
    short = min(len(one), len(other)) < 5 and len(skeleton(one)) != len(skeleton(other))
    if short or other in _apart().get(one, ()):  # a consonant more makes another name of a short one
        return min(value, TWO_NAMES)
    return value


def _edit(one: str, other: str) -> float:
    costs, gaps = _costs(), _gaps()
    above = [0.0]
    for char in other:
        above.append(above[-1] + gaps.get(char, 1.0))
    for char in one:
        gap = gaps.get(char, 1.0)
        row = [above[0] + gap]
        for at, there in enumerate(other, 1):
            change = above[at - 1] if char == there else above[at - 1] + costs.get((char, there), 1.0)
            left, up = row[at - 1] + gaps.get(there, 1.0), above[at] + gap
            row.append(min(change, left, up))
        above = row
    return above[-1]
