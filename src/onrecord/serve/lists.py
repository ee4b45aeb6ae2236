"""The pages that list: takes a question from an address, gives home, statements, search, reports, speakers and figures.

Each page is also data: `.json` and `.csv` behind its address, made from the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import statements as ask
from onrecord.judgements import log
from onrecord.serve import addresses, data, pictures
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store import whose
from onrecord.store.facets import Facets, facets, total
from onrecord.store.find import StatementFilter, speakers_named
from onrecord.store.overview import FigureFilter, FigureRow, by_day, figures, overview, units
from onrecord.store.store import Store

FEW_MONTHS = 4
"""A record of so many months is drawn by day."""


def form_of(request: Request) -> str:
    """Return which form of a page is asked for: "html", "json" or "csv"."""
    return str(request.path_params.get("form") or "html")


def home(room: Room, request: Request) -> Response:
    """Return what is in the record, what came into it last, and where to begin."""
    store = room.record.store
    seen, spread = overview(store), facets(store, StatementFilter())
    n, top = whose.speakers(store, limit=12)
    seen = replace(seen, speakers=n)
    lines = log(store)[-6:][::-1]
    if form_of(request) != "html":
        rows = [
            {"what": what, "count": getattr(seen, what)} for what in ("reports", "statements", "speakers", "figures")
        ]
        if form_of(request) == "csv":
            return as_csv(("what", "count"), rows, "home.csv")
        return as_json(
            {row["what"]: row["count"] for row in rows}
            | {
                "outlets": dict(seen.outlets),
                "first": seen.first,
                "last": seen.last,
                "months": dict(spread.month),
            }
        )
    known = {"seen": seen, "spread": spread, "speakers": top, "judgements": lines}
    return page(room, request, "home.html", {"title": room.record.name, **known, **_when(store, spread)})


def _when(store: Store, spread: Facets) -> dict[str, Any]:
    """Return when the statements are from, as a picture and as its table, and how many are too early to be drawn."""
    days = by_day(store) if len(spread.month) <= FEW_MONTHS else []
    if days and (pictures.day_of(days[-1][0]) - pictures.day_of(days[0][0])).days > 31 * FEW_MONTHS:
        days = []
    if days:
        times = [(ask.day(day), n) for day, n in days]
        return {"times": times, "picture": pictures.calendar(days, "Statements by day"), "earlier": 0}
    picture = pictures.timeline(spread.month, "Statements by month")
    return {"times": spread.month, "picture": picture, "earlier": pictures.earlier(spread.month)}


def statements(room: Room, request: Request) -> Response:
    """Return the statements a filter picks: a page of them, how many there are, and how they are spread."""
    store = room.record.store
    asked = addresses.read(request.query_params)
    n, rows = total(store, asked), list(ask.statements(store, asked))
    found = [data.statement(row) for row in rows]
    if form_of(request) == "json":
        return as_json(data.listed(found, n, asked.limit or 0, asked.offset))
    if form_of(request) == "csv":
        return as_csv(data.STATEMENT_COLUMNS, found, "statements.csv")
    spread = facets(store, asked)
    known = {
        "asked": asked,
        "rows": rows,
        "pages": data.paging(n, asked.limit or 0, asked.offset),
        "q": asked.text or "",
    }
    known |= {
        "facets": _choices(asked, spread),
        "counted": spread.of,
        "chosen": _chosen(asked),
        "written": addresses.written(asked),
    }
    return page(room, request, "statements.html", {"title": "Statements", **known})


def _choices(asked: StatementFilter, spread: Facets) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Return what may be narrowed by: a heading, and for each value its count and the address that narrows by it."""
    found = []

    def add(heading: str, name: str, values: Iterable[tuple[str, int, dict[str, Any]]]) -> None:
        if getattr(asked, name) is None:
            choices = [(said, n, addresses.statements(asked, offset=0, **to)) for said, n, to in values if n]
            found.extend([(heading, choices)] if choices else [])

    add("Speaker", "speaker", ((bearing(v, b), n, {"speaker": v, "bearer": b}) for v, b, n in spread.speaker))
    for name in ("outlet", "act", "kind", "via"):
        add(name.capitalize(), name, ((value, n, {name: value}) for value, n in getattr(spread, name)))
    add("Said on", "said", ((month, n, {"said": month}) for month, n in spread.said[-24:]))
    add("Published", "published", ((month, n, {"published": month}) for month, n in spread.published[-24:]))
    for heading, name, n in (("Condition", "condition", spread.condition), ("Figure", "figure", spread.figure)):
        add(heading, name, (("with", n, {name: True}), ("without", spread.of - n, {name: False})))
    add("Judged", "judgement", ((value, n, {"judgement": value}) for value, n in spread.judgement))
    return found


def bearing(name: str, bearer: int | None) -> str:
    """Return what a speaker is called where others have the name: "Ada Moss (2)"."""
    return f"{name} ({bearer + 1})" if bearer is not None else name


def _chosen(asked: StatementFilter) -> list[tuple[str, str, str]]:
    """Return what a filter asks: the part, its value, and the address without it."""
    found = []
    for name in (*addresses.WORDS, *addresses.SWITCHES, "confidence", "text"):
        value = getattr(asked, name)
        if value is not None:
            said = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
            said = bearing(said, asked.bearer) if name == "speaker" else said
            without = {name: None} | ({"bearer": None} if name == "speaker" else {})
            found.append((CALLED.get(name, name), said, addresses.statements(asked, **without, offset=0)))
    return found


CALLED = {"said": "said on", "text": "words", "named": "named speaker", "document": "report", "judgement": "judged"}


def search(room: Room, request: Request) -> Response:
    """Return what has the words looked for: speakers, and statements, the best first."""
    store, q = room.record.store, request.query_params.get("q", "").strip()
    asked = replace(addresses.read({"q": q}), limit=addresses.number(request.query_params, "limit", 50, 1000))
    rows = list(ask.search(store, q, asked)) if q else []
    people = whose.speakers(store, speakers_named(store, q), limit=8)[1] if q else []
    found = [data.statement(row) for row in rows]
    if form_of(request) == "json":
        return as_json({"q": q, "speakers": [data.speaker(row) for row in people], "rows": found})
    if form_of(request) == "csv":
        return as_csv(data.STATEMENT_COLUMNS, found, "search.csv")
    n = total(store, asked) if q else 0
    return page(room, request, "search.html", {"title": "Search", "q": q, "rows": rows, "people": people, "count": n})


def reports(room: Room, request: Request) -> Response:
    """Return the reports of the record, by name."""
    store, query = room.record.store, request.query_params
    limit, offset = addresses.number(query, "limit", 100, 1000), addresses.number(query, "offset", 0)
    rows = ask.documents(store, limit=limit, offset=offset)
    n = store.db.run("SELECT count(*) FROM documents")[0][0]
    found = [data.document(row) for row in rows]
    if form_of(request) == "json":
        return as_json(data.listed(found, n, limit, offset))
    if form_of(request) == "csv":
        return as_csv(data.REPORT_COLUMNS, found, "reports.csv")
    known = {"rows": rows, "pages": data.paging(n, limit, offset)}
    return page(room, request, "reports.html", {"title": "Reports", **known})


def speakers(room: Room, request: Request) -> Response:
    """Return who says what, those with most statements first."""
    store, query = room.record.store, request.query_params
    limit, offset = addresses.number(query, "limit", 100, 1000), addresses.number(query, "offset", 0)
    name = query.get("name", "").strip() or None
    n, rows = whose.speakers(store, None if name is None else speakers_named(store, name), limit=limit, offset=offset)
    found = [data.speaker(row) for row in rows]
    if form_of(request) == "json":
        return as_json(data.listed(found, n, limit, offset))
    if form_of(request) == "csv":
        return as_csv(data.SPEAKER_COLUMNS, found, "speakers.csv")
    known = {"rows": rows, "pages": data.paging(n, limit, offset), "name": name or ""}
    return page(room, request, "speakers.html", {"title": "Speakers", **known})


def figure_list(room: Room, request: Request) -> Response:
    """Return the figures of the record: who gives which number for what."""
    store, query = room.record.store, request.query_params
    words = {name: query.get(name, "").strip() or None for name in ("unit", "measures", "speaker", "document")}
    limit, offset = addresses.number(query, "limit", 100, 1000), addresses.number(query, "offset", 0)
    asked = FigureFilter(**words, limit=limit, offset=offset)
    n, rows = figures(store, asked)
    found = [data.figure(row) for row in rows]
    if form_of(request) == "json":
        return as_json(data.listed(found, n, limit, offset))
    if form_of(request) == "csv":
        return as_csv(data.FIGURE_COLUMNS, found, "figures.csv")
    picture = (
        pictures.scatter([point for row in rows for point in _points(row)], _about(words)) if words["unit"] else ""
    )
    known: dict[str, Any] = {
        "asked": asked,
        "rows": rows,
        "pages": data.paging(n, limit, offset),
        "units": units(store),
    }
    return page(room, request, "figures.html", {"title": "Figures", "picture": picture, **known})


def _about(words: dict[str, str | None]) -> str:
    return f"Figures in {words['unit']} over time" + (f": {words['measures']}" if words["measures"] else "")


def _points(row: FigureRow) -> list[tuple[int, float, str]]:
    day = (row.said_on or row.published or "")[:10].replace("-", "").ljust(8, "0")
    if not (day.isascii() and day.isdigit()) or day.startswith("0000"):
        return []
    values = row.value if isinstance(row.value, tuple) else (row.value,)
    who = row.speaker or row.outlet or "source not stated"
    return [(int(day), float(value), f"{row.text}: {row.measures or ''} ({who})") for value in values]
