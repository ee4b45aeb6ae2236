"""Where everything is: takes ids and filters, gives addresses, and reads a filter back from one; asks the record nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from onrecord.ask.positions import slug
from onrecord.errors import QueryError
from onrecord.store.find import StatementFilter
from onrecord.store.links import PERSONAS

PAGE = 50
LARGEST_PAGE = 1000
WORDS = ("speaker", "outlet", "document", "act", "kind", "via", "said", "published", "judgement")
SWITCHES = ("condition", "named", "figure")


def part(value: str) -> str:
    """Return a value as one part of a path: everything that could part it or end it is escaped.

    >>> part("a/b?c#d")
    'a%2Fb%3Fc%23d'
    """
    return quote(value, safe="~", errors="replace")


def report(document: str) -> str:
    """Return the address of a report."""
    return f"/report/{part(document)}"


def statement(id: str) -> str:
    """Return the lasting address of a statement, which opens its report at the passage.

    >>> statement("quarry~04b8b4d5#s2")
    '/statement/quarry~04b8b4d5/s2'
    """
    document, _, own = id.rpartition("#")
    return f"/statement/{part(document)}/{part(own)}"


def lit(id: str) -> str:
    """Return where a statement's report is open at the passage."""
    document, _, own = id.rpartition("#")
    return f"{report(document)}?{urlencode({'statement': own})}#{part(own)}"


def copy_pair(first: str, second: str) -> str:
    """Return where two reports stand beside each other, passage by passage.

    >>> copy_pair("wire~04b8b4d5", "site~7f3a9c10")
    '/copies/wire~04b8b4d5/site~7f3a9c10'
    """
    return f"/copies/{part(first)}/{part(second)}"


def passage(document: str, starts: Sequence[int], start: int, words: str = "") -> str:
    """Return where a report is open at a place; `starts` are those of its paragraphs, `words` are lit by browsers that can.

    >>> passage("wire~04b8b4d5", [0, 40, 90], 52, "the crews")
    '/report/wire~04b8b4d5#p40:~:text=the%20crews'
    """
    at = max((each for each in starts if each <= start), default=0)
    lit = f":~:text={quote(' '.join(words.split()), safe='')}".replace("-", "%2D") if words.strip() else ""
    return f"{report(document)}#p{at}{lit}"


def utterance(id: str) -> str:
    """Return the address of an utterance, by the id of a statement that reports it.

    >>> utterance("quarry~04b8b4d5#s2")
    '/utterance/quarry~04b8b4d5/s2'
    """
    document, _, own = id.rpartition("#")
    return f"/utterance/{part(document)}/{part(own)}"


def figure(id: str) -> str:
    """Return the address of what a figure measures, with all that is told of it.

    >>> figure("quarry~04b8b4d5#f2")
    '/figures/quarry~04b8b4d5/f2'
    """
    document, _, own = id.rpartition("#")
    return f"/figures/{part(document)}/{part(own)}"


def speaker(name: str, bearer: int | None = None) -> str:
    """Return the address of a speaker; `bearer` tells apart those who have one name."""
    return f"/speaker/{part(name)}" + ("" if bearer is None else f"?bearer={bearer}")


def issue(id: str) -> str:
    """Return the address of an issue.

    >>> issue("tax-return")
    '/issue/tax-return'
    """
    return f"/issue/{part(id)}"


def position(id: str, holder: str, is_party: bool = False, bearer: int | None = None) -> str:
    """Return where the position of a speaker, or of all of a body, on an issue stands; `bearer` as in `speaker`.

    >>> position("tax-return", "Ada Moss"), position("tax-return", "Ada Moss", bearer=1)
    ('/issue/tax-return#by-ada-moss', '/issue/tax-return#by-ada-moss-2')
    """
    return f"{issue(id)}#{anchor(holder, is_party, bearer)}"


def anchor(holder: str, is_party: bool = False, bearer: int | None = None) -> str:
    """Return what the first step of a position is called in the page of its issue."""
    return f"{'all' if is_party else 'by'}-{slug(holder)}" + (f"-{bearer + 1}" if bearer else "")


def query(words: Mapping[str, str | None]) -> str:
    """Return words as a query, those that ask nothing left out."""
    return urlencode([(name, value) for name, value in words.items() if value], errors="replace")


def statements(asked: StatementFilter | None = None, **parts: Any) -> str:
    """Return the address of a filter; parts given by name replace those of `asked`.

    >>> statements(speaker="Ada Moss", act="refuse")
    '/statements?speaker=Ada+Moss&act=refuse'
    """
    query = written(replace(asked or StatementFilter(), **parts))
    return "/statements" + (f"?{query}" if query else "")


def written(asked: StatementFilter) -> str:
    """Return a filter as a query, the parts that ask nothing left out."""
    pairs = [(name, getattr(asked, name)) for name in WORDS]
    pairs += [(name, {True: "yes", False: "no"}.get(getattr(asked, name))) for name in SWITCHES]
    pairs += [
        ("bearer", asked.bearer),
        ("confidence", asked.confidence),
        ("q", asked.text),
        ("sort", asked.sort if asked.sort != "date" else None),
    ]
    pairs.append(("offset", asked.offset or None))
    return urlencode([(name, value) for name, value in pairs if value is not None], errors="replace")


def read(query: Mapping[str, str]) -> StatementFilter:
    """Return the filter that a query asks; empty values ask nothing.

    Raises:
        QueryError: a value cannot be understood; the message says what can.
    """
    given: dict[str, Any] = {name: query[name].strip() or None for name in WORDS if name in query}
    given |= {name: switch(name, query.get(name)) for name in SWITCHES}
    given["text"] = query.get("q", "").strip() or None
    given["bearer"] = number(query, "bearer", 0, PERSONAS) if query.get("bearer") else None
    given["confidence"] = _probability(query.get("confidence"))
    given["sort"] = query.get("sort") or ("best" if given["text"] else "date")
    if given["sort"] == "best" and not given["text"]:
        given["sort"] = "date"
    return StatementFilter(**given, limit=number(query, "limit", PAGE, LARGEST_PAGE), offset=number(query, "offset", 0))


def switch(name: str, value: str | None) -> bool | None:
    """Return what yes, no or nothing means."""
    if not value:
        return None
    if value not in {"yes", "no"}:
        raise QueryError(f"{name} is {value[:80]!r}; write yes or no")
    return value == "yes"


def number(query: Mapping[str, str], name: str, default: int, most: int = 1_000_000_000) -> int:
    """Return a whole number from a query, `default` where there is none."""
    value = query.get(name) or str(default)
    if not (value.isascii() and value.isdigit()) or len(value) > 10 or int(value) > most:
        raise QueryError(f"{name} is {value[:80]!r}; write a whole number from 0 to {most}")
    return int(value)


def _probability(value: str | None) -> float | None:
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise QueryError(f"confidence is {value[:80]!r}; write a number from 0 to 1")
    return found


def outside(url: str | None) -> str | None:
    """Return an address that may be a link, None for one that may not: only http, https and mailto lead out of the room.

    >>> outside("https://lake.example/a"), outside("javascript:alert(1)"), outside(" data:text/html,x")
    ('https://lake.example/a', None, None)
    """
    if not url or any(ord(character) <= 32 or character in '"<>\\^`{|}' for character in url):
        return None
    try:
        scheme, rest = urlsplit(url).scheme.lower(), urlsplit(url)
    except ValueError:
        return None
    return url if scheme == "mailto" or (scheme in {"http", "https"} and rest.netloc) else None


def inside(path: str | None) -> str:
    """Return a place in the room to go back to; anything else becomes its door, so that nobody is sent away by a link.

    >>> inside("/report/a?statement=s1#s1"), inside("//evil.example/"), inside("https://evil.example/")
    ('/report/a?statement=s1#s1', '/', '/')
    """
    fine = path and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if path and fine and path.isprintable() and "\\" not in path and path.isascii() else "/"
