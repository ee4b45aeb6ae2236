"""Short forms that a document explains: takes bearers with their spellings, gives joins, and looks into no document itself.

One report writes "Rijn Motor Company" and then "Rijn"; another only "Rijn". The second means the first, unless some report says
"Rijn" for another body too. People are joined so by full names only ("Bob Brook" where a report has "Robert Brook" under both):
a surname says too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord import lexicon, names
from onrecord.link import institutions
from onrecord.link.speakers import Bearer, Joined

LIKELY = 0.85


def find(found: Sequence[Bearer]) -> list[Joined]:
    """Return who is one because a document that tells one's name in full also calls it by the other's.

    >>> rijn = Bearer("Rijn Motor Works", is_body=True, spellings={"Rijn Motor Works", "Rijn"})
    >>> [(one.a[0], one.b[0]) for one in find([rijn, Bearer("Rijn", is_body=True)])]
    [('Rijn', 'Rijn Motor Works')]
    """
    called: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
    for who in found:
        for key in sorted({key for spelling in who.spellings if (key := _key(spelling, who.is_body))}):
            called[key].append(who)
    joined = []
    for who in found:
        key = _key(who.name, who.is_body)
        others = [other for other in called.get(key, ()) if _key(other.name, other.is_body) != key] if key else []
        if others and len({_key(other.name, other.is_body) for other in others}) == 1:
            joined += [_join(who, other) for other in others if other.number == 0 and who.number == 0]
    return joined


def _join(one: Bearer, other: Bearer) -> Joined:
    a, b = sorted(((one.name, one.number), (other.name, other.number)))
    return Joined(a, b, LIKELY, ("called so elsewhere",), one.is_body)


def _key(name: str, is_body: bool) -> tuple[str, ...]:
    """The words of a name for comparison, () for one that may be anybody's ("the ministry", a surname)."""
    if not is_body:
        parts = names.parse(name).parts
        return ("person", *parts) if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()
    words = name.casefold().removeprefix("the ").split()
    return ("body", *institutions.bag(name)) if any(word.strip(".,") not in _kinds() for word in words) else ()


@cache
def _kinds() -> frozenset[str]:
    """Words for kinds of bodies: alone they mean whichever the document is about."""
    return frozenset(lexicon.words("titles", "organisation_words")) | frozenset(
        lexicon.words("roles", "organisations", "companies")
    )
