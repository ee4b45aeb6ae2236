"""What is in a record at a glance, and what its figures are: takes a `Store`, gives numbers and rows, and changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.document import Qualifier
from onrecord.errors import QueryError
from onrecord.store import rows
from onrecord.store.find import speakers_named
from onrecord.store.layers import body_from
from onrecord.store.store import Store
from onrecord.store.whose import condition, counted, group_of, merges, names_of_groups, nodes_of


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a record holds; `first` and `last` are the days of publication it spans, None where none is known."""

    reports: int
    statements: int
    speakers: int
    figures: int
    outlets: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    added: tuple[tuple[str, str | None, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as lists show it; `speaker` asserts it, under their name across the record, None in the reporter's own voice.

    `statement` is the id of the statement that holds it, "DOCUMENT#s1", None for the reporter's; `context` are the words around.
    """

    id: str
    document: str
    text: str
    value: int | float | tuple[int | float, int | float]
    unit: str | None
    qualifier: Qualifier
    measures: str | None
    statement: str | None
    speaker: str | None
    outlet: str | None
    published: str | None
    said_on: str | None
    title: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """What figures are asked for: by `unit`, by words of what they measure, by the speaker's name, by document id.

    A speaker is asked for as in `StatementFilter`: under all their names, and whoever a person said it is.
    """

    unit: str | None = None
    measures: str | None = None
    speaker: str | None = None
    document: str | None = None
    limit: int = 100
    offset: int = 0


def overview(store: Store) -> Overview:
    """Return how much is in the record, and what came into it last."""
    one = store.db.run(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM statements),"
        " (SELECT count(*) FROM figures), (SELECT min(published) FROM documents), (SELECT max(published) FROM documents)"
    )[0]
    outlets = store.db.run(
        "SELECT word, n FROM (SELECT outlet, count(*) AS n FROM documents WHERE outlet IS NOT NULL GROUP BY outlet)"
        " JOIN words ON words.key = outlet ORDER BY n DESC, word LIMIT 30"
    )
    added = store.db.run(
        "SELECT id, title, (SELECT word FROM words WHERE words.key = outlet), published FROM documents ORDER BY key DESC LIMIT 6"
    )
    return Overview(one[0], one[1], len(counted(store)), one[2], tuple(outlets), one[3], one[4], tuple(added))


def figures(store: Store, asked: FigureFilter) -> tuple[int, list[FigureRow]]:
    """Return how many figures are asked for, and a page of them, by document and place.

    Raises:
        QueryError: limit or offset are below 0.
    """
    if asked.limit < 0 or asked.offset < 0:
        raise QueryError("limit and offset count figures: give 0 or more")
    where, given = _asked(store, asked)
    joined = f"figures f LEFT JOIN statements s ON s.document = f.document AND s.id = f.statement{where}"
    simple = "FROM figures f" if not where else f"FROM {joined}"
    n = store.db.run(f"SELECT count(*) {simple}", given)[0][0]
    columns = 'f.document, f.id, f.start, f."end", f.value, f.unit, f.qualifier, f.measures, f.statement, s.said_on'
    found = store.db.run(
        f"SELECT {columns}, {group_of(store)} FROM {joined} ORDER BY f.document, f.n LIMIT ? OFFSET ?",
        [*given, asked.limit, asked.offset],
    )
    docs = _documents(store, sorted({row[0] for row in found}))
    mains = merges(store)
    groups: list[int | None] = [mains.get(row[-1], row[-1]) for row in found]
    called = names_of_groups(store, {group for group in groups if group is not None})
    return n, [
        _figure(store, docs[row[0]], row[1:-1], None if group is None else called[group])
        for row, group in zip(found, groups, strict=True)
    ]


def units(store: Store, limit: int = 12) -> list[tuple[str, int]]:
    """Return the units of the record's figures and how many there are of each, most first."""
    sql = (
        "SELECT word, n FROM (SELECT unit, count(*) AS n FROM figures WHERE unit IS NOT NULL GROUP BY unit)"
        " JOIN words ON key = unit ORDER BY n DESC, word LIMIT ?"
    )
    return [(word, n) for word, n in store.db.run(sql, (limit,))]


def spellings(store: Store, names: Sequence[str]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the roles these names are given, and the spellings they have, each with its count, most first."""
    keys = [key for name in names if (key := store.names.find(name)) is not None]
    marks = ",".join("?" * len(keys))
    roles: Counter[str] = Counter()
    for role, n in store.db.run(
        f"SELECT role, sum(statements) FROM name_facts WHERE name IN ({marks}) GROUP BY 1", keys
    ):
        roles[store.words.at(role or None) or ""] += n if role else 0
    seen: Counter[str] = Counter()
    for key, body in store.db.run(f"SELECT name, body FROM speakers WHERE name IN ({marks}) LIMIT 5000", keys):
        name = store.names.word(key)
        seen.update(body_from(body, name).spellings or [name])
    return _most(roles), _most(seen)


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((word, n) for word, n in counted.items() if n), key=lambda item: (-item[1], item[0]))


def by_day(store: Store) -> list[tuple[int, int]]:
    """Return how many statements there are of each day that is known to the day: (20240327, 4), by day."""
    return store.db.run("SELECT day, count(*) FROM statements WHERE day % 100 > 0 GROUP BY day ORDER BY day")


def acts_over_time(store: Store, nodes: Sequence[int]) -> list[tuple[int, str, int]]:
    """Return how often a speaker, by all their nodes, did what on which day: (20240327, "refuse", 2), by day."""
    sql = (
        "SELECT s.day, coalesce(j.act, s.act), count(*) FROM statements s LEFT JOIN judged j ON j.statement = s.key"
        f" WHERE s.day IS NOT NULL AND ({condition(store, nodes, '')}) GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [(day, str(store.words.at(act)), n) for day, act, n in store.db.run(sql)]


def _asked(store: Store, asked: FigureFilter) -> tuple[str, list[Any]]:
    parts: list[str] = []
    given: list[Any] = []
    if asked.unit is not None:
        parts.append("f.unit = ?")
        given.append(store.words.find(asked.unit))
    if asked.measures is not None:
        parts.append("instr(lower(f.measures), lower(?))")
        given.append(rows.clean(asked.measures))
    if asked.document is not None:
        parts.append("f.document = (SELECT key FROM documents WHERE id = ?)")
        given.append(rows.clean(asked.document))
    if asked.speaker is not None:
        parts.append(f"({condition(store, nodes_of(store, speakers_named(store, asked.speaker)), '')})")
    return (" WHERE " + " AND ".join(parts) if parts else ""), given


def _documents(store: Store, keys: list[int]) -> dict[int, dict[str, Any]]:
    columns = ("key", "id", "title", "outlet", "published", "text")
    sql = f"SELECT {', '.join(columns)} FROM documents WHERE key IN ({','.join('?' * len(keys))})"
    docs = [dict(zip(columns, row, strict=True)) for row in store.db.run(sql, keys)]
    return {doc["key"]: {**doc, "text": rows.text_from(doc["text"])} for doc in docs}


def _figure(store: Store, doc: dict[str, Any], row: tuple[Any, ...], speaker: str | None) -> FigureRow:
    id, start, end, value, unit, qualifier, measures, statement, said_on = row
    number = json.loads(value)
    fields: dict[str, Any] = {"qualifier": store.words.at(qualifier)}
    return FigureRow(
        id=id,
        document=doc["id"],
        text=doc["text"][start:end],
        value=(number[0], number[1]) if isinstance(number, list) else number,
        unit=store.words.at(unit),
        measures=measures,
        statement=f"{doc['id']}#{statement}" if statement else None,
        speaker=speaker,
        outlet=store.words.at(doc["outlet"]),
        published=doc["published"],
        said_on=said_on,
        title=doc["title"],
        before=doc["text"][max(0, start - 60) : start],
        after=doc["text"][end : end + 60],
        **fields,
    )
