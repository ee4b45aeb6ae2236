"""Corrections: takes a form or JSON that a person sent, keeps it as a judgement, and shows the log with a way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError, RecordError
from onrecord.judgements import Judge, Judgement, log, undone
from onrecord.serve import addresses, data
from onrecord.serve.lists import form_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room

KINDS = ("accept", "reject", "speaker", "act", "merge", "split", "same", "different", "undo")
FIELDS = ("kind", "author", "statement", "other", "name", "main", "act", "n", "back")


def judge(room: Room, request: Request) -> Response:
    """Keep what a form says and go back to where it was sent from."""
    given = form(request)
    author = given.get("author", "").strip() or request.cookies.get("onrecord-reader", "") or room.author
    line = keep(room, {**given, "author": author})
    place = addresses.inside(given.get("back"))
    if place == "/" and line.document and line.statement:
        place = addresses.lit(f"{line.document}#{line.statement}")
    answer = RedirectResponse(place, 303)
    answer.set_cookie("onrecord-reader", _cookie(line.author), max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def _cookie(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in " .-_'")).strip()


def keep(room: Room, given: Mapping[str, str]) -> Judgement:
    """Keep one judgement.

    Raises:
        QueryError: it lacks something, or says what cannot be.
        NotFound: it speaks of something that is not there.
    """
    if room.read_only:
        raise RecordError("the record is open for reading only; serve it without --read-only")
    kind = given.get("kind", "")
    if kind not in KINDS:
        raise QueryError(f"there is no judgement {kind[:80]!r}; choose one of {', '.join(KINDS)}")
    if not given.get("author", "").strip():
        raise QueryError("a judgement bears a name; write yours")
    by = Judge(room.record.store, given["author"])
    with room.record.store.db.transaction():
        return _kept(by, kind, given)


def _kept(by: Judge, kind: str, given: Mapping[str, str]) -> Judgement:
    def of(name: str) -> str:
        value = given.get(name, "").strip()
        if not value:
            raise QueryError(f"{kind} needs {name}")
        return value

    if kind in {"accept", "reject"}:
        return by.accept(of("statement")) if kind == "accept" else by.reject(of("statement"))
    if kind == "speaker":
        return by.speaker(of("statement"), of("name"))
    if kind == "act":
        return by.act(of("statement"), of("act"))
    if kind in {"merge", "split"}:
        return by.merge(of("name"), of("main")) if kind == "merge" else by.split(of("name"), of("main"))
    if kind in {"same", "different"}:
        return (by.same if kind == "same" else by.different)(of("statement"), _id(of("other")))
    return by.undo(addresses.number({"n": of("n")}, "n", 0))


def _id(given: str) -> str:
    """Return the id of a statement, given as one or as its address."""
    path = given.partition("/statement/")[2]
    if not path:
        return given
    from urllib.parse import unquote

    document, _, own = path.rpartition("/")
    return f"{unquote(document)}#{unquote(own)}"


def form(request: Request) -> dict[str, str]:
    """Return the fields a form or a program sent.

    Raises:
        QueryError: it is neither a form nor a JSON object of strings.
    """
    body: bytes = request.scope["onrecord.body"]
    if request.headers.get("content-type", "").startswith("application/json"):
        return _from_json(body)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50)
    except ValueError as wrong:
        raise QueryError("the form cannot be read; send it as application/x-www-form-urlencoded in UTF-8") from wrong
    return {name: value for name, value in pairs if name in FIELDS}


def _from_json(body: bytes) -> dict[str, str]:
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise QueryError("the body is no JSON") from wrong
    if not isinstance(found, dict) or not all(isinstance(value, str | int) for value in found.values()):
        raise QueryError("send one JSON object whose values are strings")
    return {name: str(value) for name, value in found.items() if name in FIELDS}


def judgements(room: Room, request: Request) -> Response:
    """Return the log, latest first, with what can be undone."""
    lines = log(room.record.store)
    gone = undone(lines)
    found = [data.judgement(line) | {"undone": line.n in gone} for line in lines]
    if form_of(request) == "json":
        return as_json({"count": len(found), "rows": found})
    if form_of(request) == "csv":
        return as_csv((*data.JUDGEMENT_COLUMNS, "undone"), found, "judgements.csv")
    return page(room, request, "judgements.html", {"title": "Judgements", "lines": lines[::-1], "undone": gone})
