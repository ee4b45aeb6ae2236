"""Names of agencies: takes words, gives the canonical name of the agency they name; knows no line and no document."""

from __future__ import annotations

import re
from functools import cache

from onrecord import lexicon

LABEL = re.compile(
    r"(?:\(c\)|©|copyright|sources?|photos?|images?|pictures?|credits?|videos?|agencies|from|by|with|compiled from)\b[\s:]*"
    r"|\d{4}|[©()\[\]]",
    re.I,
)
SURNAME = re.compile(r" (?!Staff|Writers?|News|Agency)[A-Z][a-z]")
CALLS_ITSELF = re.compile(r"(?:[A-Z][\w'’-]{1,30} ){1,3}(?:Press|News|Wire) (?:Agency|Association|Service)\b")
JOINT = re.compile(r"\s*(?:[/,;|•·+&]|\s[–—-]\s|\band\b|\bvia\b)\s*", re.I)


def _key(words: str) -> str:
    return re.sub(r"[\s.-]+", "", words).casefold().removeprefix("the").removesuffix("staff").removesuffix("newsagency")


@cache
def _names() -> dict[str, str]:
    return {_key(alias): name for alias, name in lexicon.table("agencies").items()}


@cache
def alias_pattern() -> re.Pattern[str]:
    """Return a pattern for every spelling, longest first, as written or in capitals, as whole words."""
    spellings = {form for alias in lexicon.table("agencies") for form in (alias, alias.upper())}
    parts = "|".join(re.escape(form) for form in sorted(spellings, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w.@#/-])(?:{parts})(?![\w@-])|(?<=/)(?:{parts})(?![\w@-])")


def agency_named(words: str) -> str | None:
    """Return the canonical name if the words are an agency's name and nothing else.

    >>> agency_named("AFP"), agency_named("the Associated Press"), agency_named("AFP says")
    ('Agence France-Presse', 'The Associated Press', None)
    """
    return _names().get(_key(words)) if words else None


def agency_in(words: str) -> str | None:
    """Return the canonical name of the first agency that the words name, None if they name none.

    An agency that the list lacks is known by what it calls itself: press agency, news service. A person may be called as an
    agency is ("Petra Roe"): a name goes on behind it.

    >>> agency_in("By Ann Roe, Associated Press"), agency_in("By Ann Roe")
    ('The Associated Press', None)
    >>> agency_in("By Petra Roe"), agency_in("By Ann Roe, Lakeshore Press Agency")
    (None, 'Lakeshore Press Agency')
    """
    match = next((match for match in alias_pattern().finditer(words) if not SURNAME.match(words, match.end())), None)
    if match:
        return agency_named(match[0])
    other = CALLS_ITSELF.search(words)
    return other[0] if other else None


def agencies_only(words: str) -> list[str]:
    """Return the agencies of a line that names nothing else, empty if it says more.

    >>> agencies_only("Reuters - Ap - Afp"), agencies_only("Source: Xinhua"), agencies_only("Reuters said")
    (['Reuters', 'The Associated Press', 'Agence France-Presse'], ['Xinhua'], [])
    """
    pieces = [piece for piece in JOINT.split(LABEL.sub("", words).strip(" .:–—-")) if piece]
    found = [agency_named(piece) for piece in pieces]
    return [name for name in found if name] if all(found) else []
