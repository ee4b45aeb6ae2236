"""Institutions under their names: takes names of bodies, gives keys to find those alike and why two are one, and knows no text.

"IDF" and "Israel Defense Forces" (initials), "the State Department" and "Department of State" (the same words), "Rijn Bank plc"
and "Rijn Bank" (the legal form left out). A name that only holds another's words ("Russian State Department") is another body.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.vocabulary import stem


@dataclass(frozen=True, slots=True)
class State:
    """A row of states.toml."""

    name: str
    people: list[str]
    capital: str = ""


SMALL = frozenset("a an and at by de del der di du en et for in la le of on the to und van von y".split())
LEGAL = frozenset("ag bv co company corp corporation gmbh inc incorporated limited llc llp ltd nv plc sa spa".split())
SHORTEST, LONGEST = 2, 7
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_SHORT = re.compile(r"(?:[A-Z]\.?){2,7}")


@lru_cache(maxsize=100_000)
def bag(name: str) -> tuple[str, ...]:
    """Return the stems of a body's name that tell, sorted.

    >>> bag("the Department of State") == bag("State Department"), bag("Rijn Bank plc")
    (True, ('bank', 'rijn'))
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name[:300]) if not unicodedata.combining(c))
    words = [word.replace(".", "") for word in _WORD.findall(_of_state(plain.casefold()))]
    kept = [word for word in words if word not in SMALL]
    while len(kept) > 1 and kept[-1] in LEGAL:
        kept.pop()
    return tuple(sorted(_spelt(stem(_states().get(word, word))) for word in kept or words))


@cache
def _states() -> dict[str, str]:
    """What a people is called, with its state."""
    rows = lexicon.rows("states", State, "states")
    return {people.casefold(): state.name.casefold() for state in rows for people in state.people}


def _of_state(name: str) -> str:
    """Return a folded name with peoples of two words ("Costa Rican") replaced by their states."""
    for people, state in _states().items():
        if " " in people and people in name:
            name = name.replace(people, state)
    return name


@cache
def _of_any_state() -> re.Pattern[str]:
    some = sorted((re.escape(row.name.casefold()) for row in lexicon.rows("states", State, "states")), key=len)
    return re.compile(rf".+ of (?:the )?(?:{'|'.join(reversed(some))})")


def is_of_state(name: str) -> bool:
    """Say whether a body is called by its state's own name.

    >>> is_of_state("Government of Kenya"), is_of_state("Kenyan government"), is_of_state("Bank of Arden")
    (True, False, False)
    """
    return _of_any_state().fullmatch(name.casefold()) is not None


def _spelt(word: str) -> str:
    return {"defenc": "defens", "centr": "center", "labour": "labor", "organis": "organiz"}.get(word, word)


@lru_cache(maxsize=100_000)
def short(name: str) -> str | None:
    """Return a name of initials without its points, None where it is none.

    >>> short("U.N."), short("the IDF"), short("Nato"), short("Bank")
    ('UN', 'IDF', None, None)
    """
    bare = name.removeprefix("the ").removeprefix("The ").strip()
    return bare.replace(".", "") if _SHORT.fullmatch(bare) else None


@lru_cache(maxsize=100_000)
def initials(name: str) -> tuple[str, ...]:
    """Return the initials a body's name can be shortened to, with its small words and without them.

    >>> initials("Ministry of Public Works")
    ('MOPW', 'MPW')
    """
    words = [word for word in _WORD.findall(name[:300]) if word.casefold() != "the"]
    large = [word for word in words if word.casefold() not in SMALL]
    if len(large) < SHORTEST or not all(word[0].isupper() or word[0].isdigit() for word in large):
        return ()
    found = {"".join(word[0] for word in some).upper() for some in (words, large)}
    return tuple(sorted(some for some in found if SHORTEST <= len(some) <= LONGEST))


@cache
def _expansions() -> dict[str, str]:
    return {key.replace(".", ""): str(value) for key, value in lexicon.table("titles", "expansions").items()}


def keys(name: str) -> tuple[str, ...]:
    """Return the keys of a body's name, sorted: names that share none are never compared."""
    found = {"words " + " ".join(bag(name))}
    found.update(f"short {some}" for some in initials(name))
    if initial := short(name):
        found.add(f"short {initial}")
        if long := _expansions().get(initial):
            found.add("words " + " ".join(bag(long)))
    if folded := _one_word(name):
        found.add(f"short {folded.upper()}")
    return tuple(sorted(found))


def _one_word(name: str) -> str | None:
    """A short name written as a word ("Nato", "Unicef")."""
    found = bag(name)
    bare = name.removeprefix("the ").removeprefix("The ").strip()
    return bare if len(found) == 1 and bare.isalpha() and bare.isascii() and 3 <= len(bare) <= LONGEST else None


def match(a: str, b: str) -> tuple[float, tuple[str, ...]]:
    """Return how likely two names are one body's, 0 to 1, and why.

    >>> match("UN", "United Nations"), match("Bank of Arden", "Bank of Sel")
    ((0.95, ('acronym',)), (0.0, ()))
    """
    if bag(a) == bag(b):
        return 0.98, ("exact",) if a.casefold() == b.casefold() else ("same words",)
    for one, other in ((a, b), (b, a)):
        initial = short(one)
        if initial and bag(_expansions().get(initial, "")) == bag(other):
            return 0.95, ("acronym",)
        if initial and initial in initials(other):
            return 0.9, ("acronym",)
        if initial and (word := _one_word(other)) and word.upper() == initial:
            return 0.9, ("acronym",)
        if (word := _one_word(one)) and len(word) >= 4 and word.upper() in initials(other):
            return 0.8, ("acronym",)
    return 0.0, ()
