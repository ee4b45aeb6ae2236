"""Names that may be one speaker's: takes names, gives the pairs worth a look with how alike they are, and looks at nothing else.

Names are compared only where they share a key (`onrecord.names.keys`, `institutions.keys`), so that a hundred thousand are joined
without comparing each with each. How alike two names are depends on the two alone: what was compared once need not be again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from onrecord import names
from onrecord.link import institutions

LEAST = 0.3
CROWD = 400  # more names than this under one key are compared with those beside them in the alphabet only


@dataclass(frozen=True, slots=True)
class Alike:
    """Two names, `a` before `b` in the alphabet, how likely they are one's by themselves, and why."""

    a: str
    b: str
    likely: float
    reasons: tuple[str, ...]


def find(known: Iterable[tuple[str, bool]], new: Collection[str] | None = None) -> Iterator[Alike]:
    """Yield the pairs of names that may be one speaker's, each once.

    Args:
        known: every name, and whether it is a body's (else a person's).
        new: only pairs with one of these among them; None for all.

    >>> [pair] = find([("Khaled Meshaal", False), ("Khalid Mashal", False), ("Rosa Meshal", False)])
    >>> pair.a, pair.b, pair.likely > 0.9
    ('Khaled Meshaal', 'Khalid Mashal', True)
    """
    people, bodies = (sorted({name for name, is_body in known if is_body == which}) for which in (False, True))
    for a, b in _pairs(_blocks(people, person_keys), new):
        yield from _person(a, b)
    for a, b in _pairs(_blocks(bodies, institutions.keys), new):
        likely, reasons = institutions.match(a, b)
        if likely >= LEAST:
            yield Alike(a, b, likely, reasons)


def person_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a person's name; one of a single part also has the key under which it stands for a family.

    >>> set(person_keys("Mashal")) & set(person_keys("Khaled Meshaal"))
    {'family mxl'}
    """
    parts = names.parse(name).parts
    if not parts:
        return ()
    last = {f"family {names.skeleton(parts[-1])}"} if len(parts) > 1 else {f"family {names.skeleton(parts[0])}"}
    return tuple(sorted({*names.keys(name), *last}))


def _blocks(some: Iterable[str], keys_of: object) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in some:
        for key in keys_of(name):  # type: ignore[operator]
            blocks[key].append(name)
    return blocks


def _pairs(blocks: dict[str, list[str]], new: Collection[str] | None) -> Iterator[tuple[str, str]]:
    fresh = None if new is None else frozenset(new)
    seen: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        if len(block) < 2 or (fresh is not None and fresh.isdisjoint(block)):
            continue
        for pair in _within(key, block):
            if (fresh is None or pair[0] in fresh or pair[1] in fresh) and pair not in seen:
                seen.add(pair)
                yield pair


def _within(key: str, block: list[str]) -> Iterator[tuple[str, str]]:
    if key.startswith("family "):  # a family has many members; only those called by it alone are compared with all
        alone = [name for name in block if len(names.parse(name).parts) == 1]
        rest = [name for name in block if len(names.parse(name).parts) > 1]
        short = [name for name in rest if len(names.parse(name).parts[0]) == 1]
        for one in alone:
            yield from ((min(one, other), max(one, other)) for other in (*alone, *rest) if one != other)
        yield from ((min(one, other), max(one, other)) for one in short for other in rest if one != other)
    elif len(block) <= CROWD:
        yield from combinations(block, 2)
    else:
        for at, one in enumerate(block):
            yield from ((one, other) for other in block[at + 1 : at + CROWD // 2])


def _person(a: str, b: str) -> Iterator[Alike]:
    found = names.match(a, b)
    one, other = names.parse(a), names.parse(b)
    if min(len(one.parts), len(other.parts)) == 1:
        if len(one.parts) == len(other.parts):
            likely = 0.75 if one.parts == other.parts else 0.0
            reasons: tuple[str, ...] = ("exact",)
        else:
            alike = names.likeness(one.family, other.family)
            likely, reasons = (LEAST, ("surname",)) if alike >= names.ALIKE else (0.0, ())
    else:
        likely, reasons = found.probability, found.reasons
    if likely >= LEAST:
        yield Alike(a, b, likely, reasons)
