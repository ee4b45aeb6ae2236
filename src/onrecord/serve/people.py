"""A speaker, and reports side by side: takes names and ids from an address, gives what each says, and compares no words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord import ask
from onrecord.document import Document, Statement
from onrecord.errors import NotFound, QueryError
from onrecord.serve import addresses, data, pictures
from onrecord.serve.lists import form_of
from onrecord.serve.reading import document_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store.facets import total
from onrecord.store.find import StatementFilter
from onrecord.store.judgements import as_seen, main_names
from onrecord.store.overview import acts_over_time, spellings
from onrecord.store.rows import pieces
from onrecord.store.store import Store

MOST_COMPARED = 4
NOBODY = "source not stated"


def speaker(room: Room, request: Request) -> Response:
    """Return one speaker: roles, spellings, what was said over time as a picture with its table, and every statement."""
    store, query = room.record.store, request.query_params
    name, names = names_of(store, request.path_params["name"])
    asked = StatementFilter(
        speaker=name,
        sort="-date",
        limit=addresses.number(query, "limit", 50, 1000),
        offset=addresses.number(query, "offset", 0),
    )
    n, rows = total(store, asked), list(ask.statements(store, asked))
    roles, seen = spellings(store, names)
    points = acts_over_time(store, names)
    found = [data.statement(row) for row in rows]
    if form_of(request) == "csv":
        return as_csv(data.STATEMENT_COLUMNS, found, "speaker.csv")
    times = [{"day": pictures.day_of(day).isoformat(), "act": act, "statements": k} for day, act, k in points]
    if form_of(request) == "json":
        known = {"name": name, "merged": names[1:], "roles": dict(roles), "spellings": dict(seen), "over_time": times}
        return as_json(known | data.listed(found, n, asked.limit or 0, asked.offset))
    facts = ask.speakers(store, name, limit=1)
    return page(
        room,
        request,
        "speaker.html",
        {
            "title": name,
            "name": name,
            "merged": names[1:],
            "facts": facts[0] if facts else None,
            "roles": roles,
            "spellings": seen,
            "times": times,
            "rows": rows,
            "pages": data.paging(n, asked.limit or 0, asked.offset),
            "picture": pictures.lanes(points, f"What {name} did, over time"),
        },
    )


def names_of(store: Store, given: str) -> tuple[str, list[str]]:
    """Return the name a speaker goes under, and all names that people merged into it, that one first.

    Raises:
        NotFound: nobody has that name.
    """
    if store.names.find(given) is None:
        raise NotFound(f"there is no speaker {given!r} in the record")
    mains = main_names(store)
    main = mains.get(given, given)
    return main, [main, *sorted(name for name, other in mains.items() if other == main)]


def compare(room: Room, request: Request) -> Response:
    """Return two to four reports side by side: what each lets whom say, and who speaks in one only."""
    store = room.record.store
    ids = list(dict.fromkeys(request.query_params.getlist("report")))
    if ids and not 2 <= len(ids) <= MOST_COMPARED:
        raise QueryError(f"{len(ids)} reports are given; compare 2 to {MOST_COMPARED}")
    keys = [document_of(store, id) for id in ids]
    docs = [(id, as_seen(store, key)[0]) for id, key in keys]
    table = side_by_side([doc for _, doc in docs])
    if form_of(request) != "html":
        rows = _flat(docs, table)
        return (
            as_json({"reports": [id for id, _ in docs], "rows": rows})
            if form_of(request) == "json"
            else as_csv(("speaker", "report", "statement", "act", "kind", "words"), rows, "compare.csv")
        )
    choices = [] if docs else ask.documents(store, limit=200)
    known = {"docs": docs, "table": table, "choices": choices, "pieces": pieces}
    return page(room, request, "compare.html", {"title": "Compare", **known})


def side_by_side(docs: list[Document]) -> list[tuple[str, list[list[Statement]]]]:
    """Return for each speaker what each document lets them say: those whom most let speak first, then by name."""
    said: dict[str, list[list[Statement]]] = defaultdict(lambda: [[] for _ in docs])
    for n, doc in enumerate(docs):
        for stmt in doc.statements or ():
            said[stmt.speaker or NOBODY][n].append(stmt)
    return sorted(said.items(), key=lambda item: (item[0] == NOBODY, -sum(map(bool, item[1])), item[0]))


def _flat(docs: list[tuple[str, Document]], table: list[tuple[str, list[list[Statement]]]]) -> list[dict[str, Any]]:
    return [
        {
            "speaker": name,
            "report": id,
            "statement": f"{id}#{stmt.id}",
            "act": stmt.act,
            "kind": stmt.kind,
            "words": pieces(doc.text, stmt.content),
        }
        for name, cells in table
        for (id, doc), stmts in zip(docs, cells, strict=True)
        for stmt in stmts
    ]
