"""How the statements a filter picks are spread: takes a `StatementFilter`, gives counts, and reads no statement's words.

Counting is exact up to `AT_MOST` statements; beyond, a list says "more than". Where a filter picks all, indexes are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any

from onrecord.store.connection import Row
from onrecord.store.find import StatementFilter, count, some
from onrecord.store.once import once
from onrecord.store.store import Store
from onrecord.store.whose import bearer_of, counted, group_of, merges, names_of_groups

AT_MOST = 20_000
MOST_VALUES = 12
Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many statements there are by each part of a filter, the most frequent first; `of` is how many were counted.

    `speaker` counts speakers under all their names, as (name, bearer, n); `said` and `published` are months, by time; `condition`
    and `figure` say how many have one; `judgement` how people judged.
    """

    of: int
    speaker: tuple[tuple[str, int | None, int], ...] = ()
    outlet: Counted = ()
    act: Counted = ()
    kind: Counted = ()
    via: Counted = ()
    said: Counted = ()
    published: Counted = ()
    month: Counted = ()
    condition: int = 0
    figure: int = 0
    judgement: Counted = ()


_WORDS = ("outlet", "act", "kind", "via")
_FIGURE = "EXISTS (SELECT 1 FROM figures f WHERE f.document = s.document AND f.statement = s.id)"


def facets(store: Store, asked: StatementFilter) -> Facets:
    """Return how the statements are spread that a filter picks, its page and order left aside."""
    asked = replace(asked, sort="date", limit=None, offset=0)
    if asked == StatementFilter():
        return once(store, "facets", lambda: _of_all(store))  # home and the first list ask for it again and again
    keys = some(store, asked, up_to=AT_MOST)
    picked = f"SELECT value FROM json_each('[{','.join(map(str, keys))}]')"
    judged = "LEFT JOIN judged j ON j.statement = s.key" if _any_judged(store) else ""
    act, kind = ("coalesce(j.act, s.act)", "coalesce(j.kind, s.kind)") if judged else ("s.act", "s.kind")
    hit = (
        f"SELECT {group_of(store)} AS speaker, s.outlet, {act} AS act, {kind} AS kind, s.day / 100 AS month,"
        f" substr(s.said_on, 1, 7) AS said, substr(d.published, 1, 7) AS published, s.condition IS NOT NULL AS condition,"
        f" {_FIGURE} AS figure FROM statements s JOIN documents d ON d.key = s.document {judged} WHERE s.key IN ({picked})"
    )
    names = ("speaker", "outlet", "act", "kind", "month", "said", "published", "condition", "figure")
    groups = [f"SELECT * FROM (SELECT '{name}', {name}, count(*) FROM hit GROUP BY 2)" for name in names]
    groups.append(f"SELECT * FROM (SELECT 'via', word, count(*) FROM relays WHERE statement IN ({picked}) GROUP BY 2)")
    rows = store.db.run(f"WITH hit AS MATERIALIZED ({hit}) {' UNION ALL '.join(groups)}")
    return _facets(store, len(keys), [*rows, *_judgements(store, f" WHERE statement IN ({picked})")])


def total(store: Store, asked: StatementFilter) -> int:
    """Return how many statements a filter picks, all of them counted."""
    return count(store, asked, up_to=10_000_000)


def _any_judged(store: Store) -> bool:
    return bool(store.db.run("SELECT 1 FROM judged WHERE coalesce(act, kind) IS NOT NULL LIMIT 1"))


def _of_all(store: Store) -> Facets:
    """Count over indexes, so that few statements are read; the kinds and the figures alone need tables."""
    of = store.db.run("SELECT count(*) FROM statements")[0][0]
    rows: list[Row] = [("speaker", group, n) for group, n in counted(store).items()]
    for name in ("outlet", "act", "kind"):
        rows += store.db.run(f"SELECT '{name}', {name}, count(*) FROM statements GROUP BY 2")
    for name in ("act", "kind") if _any_judged(store) else ():
        moved = f"FROM judged j JOIN statements s ON s.key = j.statement WHERE j.{name} IS NOT NULL"
        rows += store.db.run(f"SELECT '{name}', j.{name}, count(*) {moved} GROUP BY 2")
        rows += store.db.run(f"SELECT '{name}', s.{name}, -count(*) {moved} GROUP BY 2")
    rows += store.db.run("SELECT 'month', day / 100, count(*) FROM statements GROUP BY 2")
    said = "FROM statements WHERE said_on IS NOT NULL GROUP BY 2"
    rows += store.db.run(f"SELECT 'said', substr(said_on, 1, 7), count(*) {said}")
    rows += store.db.run("SELECT 'published', substr(published, 1, 7), sum(statements) FROM documents GROUP BY 2")
    rows += store.db.run("SELECT 'condition', 1, count(*) FROM statements WHERE condition IS NOT NULL")
    figure = "SELECT DISTINCT document, statement FROM figures WHERE statement IS NOT NULL"
    rows += store.db.run(f"SELECT 'figure', 1, count(*) FROM ({figure})")
    rows += store.db.run("SELECT 'via', word, count(*) FROM relays GROUP BY 2")
    return _facets(store, of, [*rows, *_judgements(store, "")])


def _judgements(store: Store, where: str) -> list[Row]:
    """Return how many statements people accepted, rejected and changed."""
    counts = "count(*) FILTER (WHERE verdict = '{0}')"
    changed = "count(*) FILTER (WHERE coalesce(speaker, act, content) IS NOT NULL)"
    sql = f"SELECT {counts.format('accepted')}, {counts.format('rejected')}, {changed} FROM judged{where}"
    found = zip(("accepted", "rejected", "changed"), store.db.run(sql)[0], strict=True)
    return [("judgement", name, n) for name, n in found if n]


def _facets(store: Store, of: int, rows: list[Row]) -> Facets:
    found: dict[str, Counter[Any]] = defaultdict(Counter)
    for name, value, n in rows:
        if value is not None:
            found[name][value] += n
    named = {name: _named(store, found[name]) for name in _WORDS}
    months = {name: tuple(sorted(found[name].items())) for name in ("said", "published")}
    return Facets(
        of,
        speaker=_speakers(store, found["speaker"]),
        month=tuple((_month(month), n) for month, n in sorted(found["month"].items())),
        condition=found["condition"][1],
        figure=found["figure"][1],
        judgement=tuple(found["judgement"].items()),
        **named,
        **months,
    )


def _speakers(store: Store, counts: Counter[int]) -> tuple[tuple[str, int | None, int], ...]:
    mains, merged = merges(store), Counter[int]()
    for group, n in counts.items():
        merged[mains.get(group, group)] += n
    most = sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))[: MOST_VALUES + 8]
    called = names_of_groups(store, [group for group, _ in most])
    found = [(called[group], bearer_of(store, group, called[group]), n) for group, n in most if n > 0]
    return tuple(sorted(found, key=lambda item: (-item[2], item[0]))[: MOST_VALUES + 1])


def _named(store: Store, counts: Counter[int]) -> Counted:
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: MOST_VALUES + 8]
    found = [(str(store.words.at(key)), n) for key, n in most if n > 0]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[: MOST_VALUES + 1])


def _month(number: int) -> str:
    year, month = divmod(number, 100)
    return f"{year:04}-{month:02}" if month else f"{year:04}"
