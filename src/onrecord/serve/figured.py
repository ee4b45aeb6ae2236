"""The pages of numbers told more than once: takes a question from an address, gives what several figures measure.

A list of such things, and a page for each: who gives which number, when, what rose and what disagrees, as a picture and as a
table. How figures stand to each other is told by shape and by word, never by colour alone. Nothing is decided here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import same_figures
from onrecord.ask.same_figures import FigureRow, FigureThing, Status, shown_value
from onrecord.serve import addresses, data, told
from onrecord.serve.lists import form_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room

MARKS: dict[Status, tuple[str, str]] = {
    "agreeing": ("●", "agrees"),
    "updated": ("▲", "updated"),
    "conflict": ("◆", "in conflict"),
}
THING_COLUMNS = (
    "id",
    "status",
    "measures",
    "unit",
    "values",
    "asserters",
    "reports",
    "outlets",
    "first",
    "last",
    "address",
)
ROW_COLUMNS = (
    *(
        "id",
        "document",
        "outlet",
        "published",
        "text",
        "value",
        "unit",
        "qualifier",
        "measures",
        "asserter",
        "statement",
    ),
    *("stands", "address"),
)


def same(room: Room, request: Request) -> Response:
    """Return what is measured more than once, the most reported first."""
    store, query = room.record.store, request.query_params
    limit, offset = addresses.number(query, "limit", 50, 1000), addresses.number(query, "offset", 0)
    status: Any = query.get("status", "").strip() or None
    n, things = same_figures.things(store, status=status, limit=limit, offset=offset)
    found = [brief(thing) for thing in things]
    if form_of(request) == "json":
        return as_json(data.listed(found, n, limit, offset))
    if form_of(request) == "csv":
        return as_csv(THING_COLUMNS, found, "figures-same.csv")
    known = {"things": things, "pages": data.paging(n, limit, offset), "status": status, "marks": MARKS}
    counts = [(one, *MARKS[one], number) for one, number in same_figures.counts(store).items()]
    return page(room, request, "things.html", {"title": "Numbers told more than once", "counts": counts, **known})


def thing(room: Room, request: Request) -> Response:
    """Return what one figure and others measure: every number told of it, by whom and when."""
    id = f"{request.path_params['document']}#{request.path_params['figure']}"
    found = same_figures.thing(room.record.store, id)
    if form_of(request) == "json":
        return as_json(full(found))
    if form_of(request) == "csv":
        return as_csv(ROW_COLUMNS, [_row(found, row) for row in found.rows], "figure.csv")
    stands = {row.id: same_figures.stands(found, row) for row in found.rows}
    title = found.measures or found.unit or found.rows[0].text
    points = [told.Point(row.published, row.value, row.qualifier, stands[row.id], _said(row)) for row in found.rows]
    known = {
        "thing": found,
        "picture": told.picture(points, f"{title}: the numbers told over time"),
        "undated": sum(1 for row in found.rows if told.day(row.published) is None),
        "stands": stands,
        "marks": MARKS,
        "shown": {row.id: shown_value(row) for row in found.rows},
        "rows": {row.id: row for row in found.rows},
    }
    return page(room, request, "thing.html", {"title": title, **known})


def _said(row: FigureRow) -> str:
    who = row.asserter or "the reporter"
    return f"{shown_value(row)}, {who} in {row.outlet or row.document}"


def brief(found: FigureThing) -> dict[str, Any]:
    """Return one thing without its figures, as data."""
    short = {name: value for name, value in asdict(found).items() if name in THING_COLUMNS}
    for name in ("values", "asserters"):
        short[name] = [f"{word} ({n})" for word, n in getattr(found, name)]
    return short | {"address": addresses.figure(found.id)}


def full(found: FigureThing) -> dict[str, Any]:
    """Return one thing with its figures and with the pairs that do not agree, as data."""
    return brief(found) | {
        "rows": [_row(found, row) for row in found.rows],
        "differing": [asdict(pair) for pair in found.differing],
    }


def _row(found: FigureThing, row: FigureRow) -> dict[str, Any]:
    known = {name: value for name, value in asdict(row).items() if name in ROW_COLUMNS}
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    where = addresses.statement(row.statement) if row.statement else addresses.report(row.document_id)
    return {**known, "value": value, "stands": same_figures.stands(found, row), "address": where}
