"""What a noun can be said of: takes a noun and a body, says whether it is one of that kind ("the airline", "the tabloid").

The words in bodies' names by kind are in `data/roles.toml`. Which of several is meant is for `earlier`.
"""

from __future__ import annotations

from onrecord import lexicon
from onrecord.resolve.entities import Entity
from onrecord.resolve.likening import normal
from onrecord.resolve.outlets import outlet_named

NO_COMPANIES = frozenset(
    """school university college court ministry department senate parliament congress commission house street airport hospital
    church police army state council""".split()
)
PRINTED = frozenset("newspaper tabloid paper daily weekly magazine broadcaster".split())


def of_kind(head: str, own: set[str]) -> bool:
    """Say whether the words of a body's name and of what it is called make it one of those that a noun is for."""
    kin = str(lexicon.table("roles", "kinds").get(head, "")).split()
    return normal(head) in own or not own.isdisjoint(kin)


def can_be(entity: Entity, head: str) -> bool:
    """A ministry is no company, and only an outlet a newspaper."""
    if entity.words and entity.words[-1] in NO_COMPANIES:
        return False
    return head not in PRINTED or outlet_named(entity.name) is not None
