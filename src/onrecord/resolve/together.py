"""Two or more together: takes a phrase and what was mentioned before, gives those it means as one group, or none, and its name.

"the two leaders", "the three ministers", "the couple", "the two"; "A. and her allies". One alone is for `earlier`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.likening import alike, wider_than
from onrecord.resolve.phrase import Phrase
from onrecord.resolve.pronouns import Scene
from onrecord.resolve.vocabulary import vocabulary

COUNTS = {"two": 2, "three": 3, "four": 4, "both": 2}
TWO = frozenset("couple pair duo".split())
JOINED = 8  # words that may stand between two who are named side by side ("Ada Brook, 30, and the painter Tom Ford")
LATEST = 400  # mentions looked back on


def several(cols: Columns, cast: Cast, scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the two leaders", "the three ministers": the last so many people with such an office, or the list of them."""
    count = next((COUNTS[cols.lower[at]] for at in range(phrase.first, phrase.head) if cols.lower[at] in COUNTS), 0)
    count = count or COUNTS.get(cols.lower[phrase.head], 0)
    if cols.lower[phrase.head] in TWO and phrase.determiner == "the" and phrase.core == phrase.head + 1:
        return _pair(cols, cast, scene, phrase)
    head = vocabulary().persons_plural.get(cols.lower[phrase.head])
    if phrase.determiner != "the" or not count:
        return None
    if head is None:
        return _listed(cast, count) if cols.lower[phrase.head] in COUNTS else None
    chosen: list[Entity] = []
    for each in reversed(scene.occurrences):
        entity = each.entity
        if (
            each.first < phrase.first
            and entity.type == "person"
            and entity.named
            and entity not in chosen
            and any(alike(head) == alike(other) or head in wider_than(other) for other in entity.heads)
        ):
            chosen.append(entity)
        if len(chosen) == count:
            return _group(cast, chosen[::-1])
    return _listed(cast, count)


def _pair(cols: Columns, cast: Cast, scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the couple", "the pair": the last two people whom the text has named side by side."""
    before = bisect_left(scene.firsts, phrase.first)
    named = [
        each for each in scene.occurrences[max(0, before - LATEST) : before]
        if each.named and each.entity.type == "person" and each.end <= phrase.first
    ]  # fmt: skip
    for one, other in reversed(list(pairwise(named))):
        between = cols.lower[one.end : other.first]
        listed = len(between) < JOINED and between[:1] == [","] and "and" in between[-3:]
        if one.entity is not other.entity and (between in (["and"], ["&"]) or listed):
            return _group(cast, [one.entity, other.entity])
    return None


def _listed(cast: Cast, count: int) -> Entity | None:
    """ "the two": the last so many who spoke together."""
    return next((entity for entity in reversed(cast.entities) if len(entity.members) == count), None)


def _group(cast: Cast, found: Sequence[Entity]) -> Entity:
    names = [entity.name for entity in found]
    entity = cast.named(f"{', '.join(names[:-1])} and {names[-1]}", "group", True)
    entity.members = tuple(found)
    return entity


def together_named(members: Sequence[tuple[str, Entity | None]]) -> str:
    """Return how several are called together, each given with the first word of its phrase.

    Whose the second is, is not said again where it is the first's: "Ada Brook and her allies".

    >>> together_named([("ada", Entity("Ada Brook", "person")), ("her", Entity("Ada Brook's allies", "group"))])
    'Ada Brook and her allies'
    """
    names: list[str] = []
    for word, who in members:
        if who is not None:
            whose = f"{names[0]}'s " if names else ""
            again = bool(whose) and who.name.startswith(whose) and word in ("his", "her", "their", "its")
            names.append(f"{word} {who.name.removeprefix(whose)}" if again else who.name)
    return f"{', '.join(names[:-1])} and {names[-1]}"
