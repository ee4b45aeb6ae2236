"""Whom a surname alone means: takes what each report says of those it names, gives the one person its story calls so in full.

A report that has no more than "Mr Moss" is read beside the others of its story: where they name one person of that family and no
second, it is that person. Nothing is concluded from one story for another, nor where offices or forms of address contradict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord import names
from onrecord.link.speakers import Place, Seen, genders, offices

ONE = 0.5  # names as likely as this are one person's
Family = dict[str, list[Seen]]  # full names, each with what is said of those who bear it


def meant(seen: Iterable[Seen]) -> dict[Place, Place]:
    """Return, of each surname and its document, who is meant: the full name, and the first document of the story that has it.

    >>> full = Seen("Ada Moss", "d1", "mayor", story=7)
    >>> meant([full, Seen("Moss", "d2", story=7), Seen("Moss", "d3", story=8)])
    {('Moss', 'd2'): ('Ada Moss', 'd1')}
    >>> meant([full, Seen("Eve Moss", "d1", story=7), Seen("Moss", "d2", story=7)])
    {}
    """
    stories: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.story is not None and not one.is_body:
            stories[one.story].append(one)
    found = {}
    for story in sorted(stories):
        families = _families(stories[story])
        for one in stories[story]:
            if len(names.parse(one.name).parts) == 1 and (who := _who(one, families)):
                found[one.name, one.document] = who
    return found


def _families(some: Sequence[Seen]) -> Mapping[str, Family]:
    """Return who is named in full, by how the last name sounds."""
    found: dict[str, Family] = defaultdict(lambda: defaultdict(list))
    for one in some:
        parts = names.parse(one.name).parts
        if len(parts) > 1:
            found[names.skeleton(parts[-1])][one.name].append(one)
    return found


def _who(one: Seen, families: Mapping[str, Family]) -> Place | None:
    surname = names.parse(one.name).family
    family = families.get(names.skeleton(surname), {})
    kin = [name for name in family if names.likeness(surname, names.parse(name).family) >= names.ALIKE]
    if not kin or any(names.match(a, b).probability < ONE for a in kin for b in kin if a < b):
        return None
    if _contradict([one], [other for name in kin for other in family[name]]):
        return None
    name = min(kin, key=lambda each: (-len(family[each]), -len(each), each))
    return name, min(other.document for other in family[name])


def _contradict(some: Sequence[Seen], others: Sequence[Seen]) -> bool:
    for told in (genders, offices):
        mine, theirs = (set().union(*map(told, each)) for each in (some, others))
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    return False
