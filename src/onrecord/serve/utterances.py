"""What was said once: takes a filter or the id of a statement from an address, gives utterances with all their versions.

An utterance has the address of any statement that reports it; the first is the one that is shown. A statement that no other is
known to report has a page as well, where a person can say which does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask.sayings import Utterance, listed, utterance
from onrecord.link.versions import Piece, differences
from onrecord.serve import addresses, data, travel
from onrecord.serve.lists import form_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store.find import StatementFilter

COLUMNS = (
    "number",
    "versions",
    "reports",
    "outlets",
    "speaker",
    "said_on",
    "first",
    "first_outlet",
    "words",
    "address",
)
VERSION_COLUMNS = (
    *("number", "id", "speaker", "outlet", "published", "first", "how", "share", "closest", "via", "lacks", "words"),
    "address",
)
WORDS = ("speaker", "outlet", "act", "kind", "via", "said", "published")
"""By what the list is narrowed: parts of a filter of statements, one of which an utterance must have among its versions."""


def utterances(room: Room, request: Request) -> Response:
    """Return what several statements report, by its first day: a page of them, narrowed by a filter of statements."""
    query = request.query_params
    asked = addresses.read({name: query[name] for name in (*WORDS, "q") if name in query})
    reports, outlets = addresses.number(query, "reports", 1), addresses.number(query, "outlets", 0)
    limit, offset = addresses.number(query, "limit", 50, 1000), addresses.number(query, "offset", 0)
    picked = replace(asked, limit=None, sort="date")
    n, found = listed(room.record.store, picked, reports=reports, outlets=outlets, limit=limit, offset=offset)
    rows = [summary(one) for one in found]
    if form_of(request) == "json":
        return as_json(data.listed(rows, n, limit, offset))
    if form_of(request) == "csv":
        return as_csv(COLUMNS, rows, "utterances.csv")
    known = {"asked": asked, "least": {"reports": reports, "outlets": outlets}, "found": found}
    known |= {"pages": data.paging(n, limit, offset), "written": _written(asked, reports, outlets)}
    return page(room, request, "utterances.html", {"title": "Utterances", **known})


def _written(asked: StatementFilter, reports: int, outlets: int) -> str:
    more = [(name, n) for name, n, least in (("reports", reports, 1), ("outlets", outlets, 0)) if n != least]
    return "&".join(part for part in (addresses.written(asked), *(f"{name}={n}" for name, n in more)) if part)


def summary(one: Utterance) -> dict[str, Any]:
    """Return an utterance as a line of a list."""
    first = one.first
    return {
        "number": one.number,
        "versions": len(one.rows),
        "reports": one.reports,
        "outlets": one.outlets,
        "speaker": first.speaker,
        "said_on": first.said_on,
        "first": first.published,
        "first_outlet": first.outlet,
        "words": one.fullest.text,
        "address": addresses.utterance(one.id),
    }


def one_utterance(room: Room, request: Request) -> Response:
    """Return one utterance: its versions side by side, who left what out, and the way it travelled."""
    asked = f"{request.path_params['document']}#{request.path_params['statement']}"
    one = utterance(room.record.store, asked)
    way = travel.steps(one)
    if form_of(request) == "json":
        return as_json(full(one))
    if form_of(request) == "csv":
        return as_csv(VERSION_COLUMNS, versions(one), "utterance.csv")
    against = request.query_params.get("against", "fullest")
    base = one.first if against == "first" else one.fullest
    shown = [(row, told, _pieces(row.text, base.text, told.pieces)) for row, told in one.versions()]
    name = one.first.speaker or "source not stated"
    known = {"one": one, "shown": shown, "base": base, "against": against, "steps": way, "who": name}
    known["picture"] = travel.picture(way, f"How what {name} said was carried: {len(way)} versions, by day")
    return page(room, request, "utterance.html", {"title": f"Utterance: {name}", **known})


def _pieces(mine: str, base: str, usual: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if mine == base:
        return (Piece("same", mine),)
    return differences(mine, base) if usual else usual


def full(one: Utterance) -> dict[str, Any]:
    """Return one utterance with its versions, and what some of them carry and others leave out."""
    facts = []
    for fact in one.telling.facts:
        carriers = [row.id for row, has in zip(one.rows, fact.carried, strict=True) if has]
        facts.append({"kind": fact.kind, "words": fact.words, "carried_by": carriers})
    return {**summary(one), "id": one.id, "facts": facts, "rows": versions(one)}


def versions(one: Utterance) -> list[dict[str, Any]]:
    """Return the versions of an utterance in the order in which they were published."""
    found = []
    for step, (row, told) in zip(travel.steps(one), one.versions(), strict=True):
        found.append(
            {
                "number": step.number,
                "id": row.id,
                "speaker": row.speaker,
                "outlet": row.outlet,
                "published": row.published,
                "first": step.first,
                "how": told.kind,
                "share": told.share,
                "closest": step.closest,
                "via": list(row.via),
                "lacks": list(one.lacks(told)),
                "words": row.text,
                "changes": [[piece.change, piece.text] for piece in told.pieces],
                "address": addresses.statement(row.id),
            }
        )
    return found
