"""Copies: takes addresses, gives the list of reports that share text, and two of them passage by passage beside each other."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask.across import CopyRow, copies
from onrecord.ask.copied import Beside, CopyPair, FigurePair, pair
from onrecord.document import Document, Figure
from onrecord.errors import NotFound, QueryError
from onrecord.link.copies import KINDS
from onrecord.serve import addresses, data
from onrecord.serve.lists import form_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room

COLUMNS = (
    *("first", "second", "kind", "share", "own", "credit", "first_outlet", "second_outlet"),
    *("first_published", "second_published", "reasons", "by", "address"),
)
PASSAGE_COLUMNS = (
    "told",
    "alike",
    "first",
    "second",
    "first_start",
    "first_end",
    "second_start",
    "second_end",
    "shared",
)
_TWO = re.compile(r"(.*~[0-9a-f]{8})/(.*)", re.DOTALL)


def listed(room: Room, request: Request) -> Response:
    """Return the pairs of reports that share text, those that share most first."""
    store, query = room.record.store, request.query_params
    kind, outlet = query.get("kind", "").strip() or None, query.get("outlet", "").strip() or None
    if kind is not None and kind not in KINDS:
        raise QueryError(f"kind is {kind[:80]!r}; write one of {', '.join(KINDS)}")
    every = copies(store)
    rows = [row for row in every if kind in {None, row.kind} and outlet in {None, row.first_outlet, row.second_outlet}]
    limit, offset = addresses.number(query, "limit", 100, 1000), addresses.number(query, "offset", 0)
    some = rows[offset : offset + limit]
    found = [as_data(row) for row in some]
    if form_of(request) == "json":
        return as_json(data.listed(found, len(rows), limit, offset))
    if form_of(request) == "csv":
        return as_csv(COLUMNS, found, "copies.csv")
    kinds = [(name, sum(row.kind == name for row in every)) for name in KINDS]
    outlets = sorted({name for row in every for name in (row.first_outlet, row.second_outlet) if name})
    known = {"rows": some, "pages": data.paging(len(rows), limit, offset), "kinds": kinds, "outlets": outlets}
    return page(room, request, "copies.html", {"title": "Copies", "kind": kind or "", "outlet": outlet or "", **known})


def as_data(row: CopyRow) -> dict[str, Any]:
    """Return one pair as data."""
    return {**asdict(row), "reasons": list(row.reasons), "address": addresses.copy_pair(row.first, row.second)}


def beside(room: Room, request: Request) -> Response:
    """Return two reports beside each other: what both tell, in which words, and what only one has."""
    both = request.path_params["both"]
    ids = _TWO.fullmatch(both) or re.fullmatch(r"([^/]+)/([^/]+)", both)
    if ids is None:
        raise NotFound(f"two reports are needed, as in /copies/FIRST/SECOND; found {both[:200]!r}")
    return _beside(room, request, ids[1], ids[2])


def passages(room: Room, request: Request) -> Response:
    """Return the same for two reports given as `report`, as the REST API asks."""
    ids = request.query_params.getlist("report")
    if len(ids) != 2:
        raise QueryError(f"{len(ids)} reports are given; give report twice")
    return _beside(room, request, *ids)


def _beside(room: Room, request: Request, a: str, b: str) -> Response:
    found = pair(room.record.store, a, b)
    lines = [_passage(one) for one in found.passages]
    if form_of(request) == "json":
        return as_json(_pair(found) | {"passages": lines, "figures": [_figures(one) for one in found.figures]})
    if form_of(request) == "csv":
        return as_csv(PASSAGE_COLUMNS, lines, "passages.csv")
    counts = {told: sum(one.told == told for one in found.passages) for told in TOLD}
    title = "Two reports side by side"
    known = {"pair": found, "counts": counts, "starts": [_starts(found.first), _starts(found.second)]}
    return page(room, request, "copy_pair.html", {"title": title, **known})


TOLD = ("same words", "nearly the same words", "other words", "only the first", "only the second")


def _starts(doc: Document) -> list[int]:
    return [span.start for span in doc.paragraphs or ()]


def _pair(found: CopyPair) -> dict[str, Any]:
    row = found.row
    return {
        "first": _report(found.first_id, found.first),
        "second": _report(found.second_id, found.second),
        "copy": None if row is None else as_data(row),
    }


def _report(id: str, doc: Document) -> dict[str, Any]:
    named = {"title": doc.title, "outlet": doc.outlet, "published": doc.published, "url": doc.url}
    agencies = sorted({credit.agency for credit in doc.credit if credit.agency})
    return {"id": id, **named, "agencies": agencies, "address": addresses.report(id)}


def _passage(one: Beside) -> dict[str, Any]:
    line: dict[str, Any] = {"told": one.told, "alike": one.alike, "shared": list(one.shared)}
    for name, side in (("first", one.first), ("second", one.second)):
        line |= {name: side.text if side else None, f"{name}_start": None, f"{name}_end": None}
        if side:
            line |= {f"{name}_start": side.span.start, f"{name}_end": side.span.end}
    return line


def _figures(one: FigurePair) -> dict[str, Any]:
    return {"first": _figure(one.first), "second": _figure(one.second), "differs": one.differs}


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    value = list(figure.value) if isinstance(figure.value, tuple) else figure.value
    known = {"id": figure.id, "value": value, "unit": figure.unit, "qualifier": figure.qualifier}
    return known | {"measures": figure.measures, "span": list(figure.span)}
