"""Whom a speaker stands for: takes names of speakers and bodies, gives names as they are compared and the states they belong to.

"The White House", "U.S. officials" and "the American government" are three speakers and one side: that is a reason to compare
what they say, and no proof that they are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.link.institutions import State

LONGEST = 4  # words of a name that is looked up
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@lru_cache(maxsize=100_000)
def folded(name: str | None) -> str | None:
    """Return a name as names are compared: without case, article or the shape of its apostrophes.

    >>> folded("The harbour’s board")
    "harbour's board"
    """
    return name.replace("’", "'").casefold().removeprefix("the ").strip() if name else None


@cache
def _sides() -> dict[str, str]:
    """What stands for a state: its name, its people, and the seats of its government."""
    tables = (lexicon.table("states", "also"), lexicon.table("utterances", "seats"))
    found = {
        str(name).replace(".", "").casefold(): str(state).casefold() for some in tables for name, state in some.items()
    }
    for state in lexicon.rows("states", State, "states"):
        found |= {name.casefold(): state.name.casefold() for name in (state.name, *state.people)}
    return found


@lru_cache(maxsize=100_000)
def _states(name: str) -> frozenset[str]:
    words = [word.replace(".", "") for word in _WORD.findall(name)][:40]
    runs = (
        " ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, min(len(words), at + LONGEST) + 1)
    )
    sides = _sides()
    return frozenset(sides[run] for run in runs if run in sides)


def states(speaker: str | None, bodies: Iterable[str]) -> frozenset[str]:
    """Return the states that a speaker and the bodies spoken for are named after.

    >>> sorted(states("the Kremlin", ())), sorted(states("Mara Venn", ("Belgian government",)))
    (['russia'], ['belgium'])
    """
    names = [folded(name) for name in (speaker, *bodies)]
    return frozenset(state for name in names if name for state in _states(name))
