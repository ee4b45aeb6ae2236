"""How the statements a filter picks are spread: takes a `StatementFilter`, gives counts, and reads no statement's words.

Counting is exact up to `AT_MOST` statements; beyond, a list says "more than". Where a filter picks all, indexes are counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from onrecord.store.connection import Row
from onrecord.store.find import StatementFilter, count, some
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


_GROUPS = ("speaker", "outlet", "act", "kind")


def facets(store: Store, asked: StatementFilter) -> Facets:
    """Return how the statements are spread that a filter picks, its page and order left aside."""
    asked = replace(asked, sort="date", limit=None, offset=0)
    if asked == StatementFilter():
        return _of_all(store)
    keys = some(store, asked, up_to=AT_MOST)
    picked = f"SELECT value FROM json_each('[{','.join(map(str, keys))}]')"
    hit = f"SELECT speaker, outlet, act, kind, day / 100 AS month FROM statements WHERE key IN ({picked})"
    groups = [f"SELECT * FROM (SELECT '{name}', {name}, count(*) FROM hit GROUP BY 2)" for name in (*_GROUPS, "month")]
    groups.append(f"SELECT * FROM (SELECT 'via', word, count(*) FROM relays WHERE statement IN ({picked}) GROUP BY 2)")
    return _facets(store, len(keys), store.db.run(f"WITH hit AS MATERIALIZED ({hit}) {' UNION ALL '.join(groups)}"))


def total(store: Store, asked: StatementFilter) -> int:
    """Return how many statements a filter picks, all of them counted."""
    return count(store, asked, up_to=10_000_000)


def _of_all(store: Store) -> Facets:
    """Count over indexes, so that no statement is read; the kinds alone need the table."""
    of = store.db.run("SELECT count(*) FROM statements")[0][0]
    most = f"ORDER BY 3 DESC LIMIT {MOST_VALUES + 8}"
    groups = [f"SELECT '{name}', {name}, count(*) FROM statements GROUP BY 2" for name in ("outlet", "act", "kind")]
    groups.append(f"SELECT 'speaker', key, statements FROM names WHERE statements > 0 {most}")
    groups.append("SELECT 'month', day / 100, count(*) FROM statements GROUP BY 2")
    groups.append("SELECT 'via', word, count(*) FROM relays GROUP BY 2")
    return _facets(store, of, [row for group in groups for row in store.db.run(group)])


def _facets(store: Store, of: int, rows: list[Row]) -> Facets:
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, value, n in rows:
        if value is not None:
            counted[name].append((value, n))
    named = {name: _named(store, name, counted[name]) for name in (*_GROUPS, "via")}
    months = tuple((_month(month), n) for month, n in sorted(counted["month"]))
    return Facets(of, month=months, **named)


def _named(store: Store, name: str, counted: list[tuple[int, int]]) -> Counted:
    words = store.names if name == "speaker" else store.words
    most = sorted(counted, key=lambda pair: -pair[1])[: MOST_VALUES + 8]
    return tuple(sorted(((str(words.at(key)), n) for key, n in most), key=lambda pair: (-pair[1], pair[0])))[
        : MOST_VALUES + 1
    ]


def _month(number: int) -> str:
    year, month = divmod(number, 100)
    return f"{year:04}-{month:02}" if month else f"{year:04}"
