"""How the statements a filter picks are spread: takes a `StatementFilter`, gives counts, and reads no statement's words.

Counting is exact up to `AT_MOST` statements; beyond, a list says "more than". Where a filter picks all, indexes are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.store.find import StatementFilter, count, find
from onrecord.store.store import Store

AT_MOST = 20_000
MOST_VALUES = 12
Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many statements there are by each part of a filter, the most frequent first; `of` is how many were counted."""

    of: int
    speaker: Counted = ()
    outlet: Counted = ()
    act: Counted = ()
    kind: Counted = ()
    via: Counted = ()
    month: Counted = ()


_GROUPS = {
    "speaker": ("names", "name", "speaker"),
    "outlet": ("words", "word", "outlet"),
    "act": ("words", "word", "act"),
    "kind": ("words", "word", "kind"),
}


def facets(store: Store, asked: StatementFilter) -> Facets:
    """Return how the statements are spread that a filter picks, its page and order left aside."""
    asked = replace(asked, sort="date", limit=None, offset=0)
    if asked == StatementFilter():
        return _of(store, "", [])
    keys = find(store, replace(asked, limit=AT_MOST))
    return _of(store, f" WHERE s.key IN (SELECT value FROM json_each('[{','.join(map(str, keys))}]'))", keys)


def total(store: Store, asked: StatementFilter) -> int:
    """Return how many statements a filter picks, all of them counted."""
    return count(store, asked, up_to=10_000_000)


def _of(store: Store, where: str, keys: list[int]) -> Facets:
    named = {name: _group(store, where, *group) for name, group in _GROUPS.items()}
    of = len(keys) if where else store.db.run("SELECT count(*) FROM statements")[0][0]
    months = f"SELECT day / 100, count(*) FROM statements s{where} GROUP BY 1 ORDER BY 1"
    found = [(month, n) for month, n in store.db.run(months) if month]
    via = where.replace("s.key", "r.statement")
    hops = f"SELECT word, count(*) FROM relays r{via} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}"
    carried = tuple((str(store.words.at(word)), n) for word, n in store.db.run(hops))
    return Facets(of, via=carried, month=tuple((_month(month), n) for month, n in found), **named)


def _group(store: Store, where: str, table: str, column: str, by: str) -> Counted:
    if by == "speaker" and not where:
        sql = f"SELECT name, statements FROM names WHERE statements > 0 ORDER BY statements DESC, name LIMIT {MOST_VALUES}"
        return tuple(store.db.run(sql))
    inner = f"SELECT s.{by} AS it, count(*) AS n FROM statements s{where} GROUP BY 1 ORDER BY 2 DESC LIMIT {MOST_VALUES + 8}"
    sql = f"SELECT t.{column}, n FROM ({inner}) JOIN {table} t ON t.key = it ORDER BY n DESC, 1 LIMIT {MOST_VALUES + 1}"
    return tuple(store.db.run(sql))


def _month(number: int) -> str:
    year, month = divmod(number, 100)
    return f"{year:04}-{month:02}" if month else f"{year:04}"
