"""The REST API: takes the questions of the pages as data, gives JSON; what it offers stands in `openapi.py`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import same_figures as figures_asked
from onrecord.ask import sayings
from onrecord.ask import statements as ask
from onrecord.errors import QueryError
from onrecord.serve import copied, correct, data, figured, lists, people, reading, wording
from onrecord.serve import positions as stands
from onrecord.serve import utterances as said_once
from onrecord.serve.openapi import description
from onrecord.serve.respond import as_json
from onrecord.serve.room import Room


def _as_data(request: Request) -> Request:
    request.scope["path_params"] = {**request.path_params, "form": "json"}
    return Request(request.scope, request.receive)


def statements(room: Room, request: Request) -> Response:
    """Return the statements a filter picks."""
    return lists.statements(room, _as_data(request))


def statement(room: Room, request: Request) -> Response:
    """Return one statement."""
    row = ask.statement(room.record.store, request.path_params["id"])
    return as_json(data.statement(row))


def search(room: Room, request: Request) -> Response:
    """Return what has the words looked for."""
    if not request.query_params.get("q", "").strip():
        raise QueryError("there is no word to look for; give q")
    return lists.search(room, _as_data(request))


def reports(room: Room, request: Request) -> Response:
    """Return the reports."""
    return lists.reports(room, _as_data(request))


def report(room: Room, request: Request) -> Response:
    """Return one report with all its layers."""
    return reading.report(room, _as_data(request))


def speakers(room: Room, request: Request) -> Response:
    """Return who says what."""
    return lists.speakers(room, _as_data(request))


def speaker(room: Room, request: Request) -> Response:
    """Return one speaker."""
    return people.speaker(room, _as_data(request))


def figures(room: Room, request: Request) -> Response:
    """Return the figures."""
    return lists.figure_list(room, _as_data(request))


def utterances(room: Room, request: Request) -> Response:
    """Return what several statements report."""
    return said_once.utterances(room, _as_data(request))


def utterance(room: Room, request: Request) -> Response:
    """Return one utterance, by the id of a statement that reports it."""
    return as_json(said_once.full(sayings.utterance(room.record.store, request.path_params["id"])))


def positions(room: Room, request: Request) -> Response:
    """Return the steps of positions."""
    return stands.overview(room, _as_data(request))


def issues(room: Room, request: Request) -> Response:
    """Return what several statements take a stand on."""
    return stands.issues(room, _as_data(request))


def issue(room: Room, request: Request) -> Response:
    """Return one issue with every step on it."""
    return stands.issue(room, _as_data(request))


def same_figures(room: Room, request: Request) -> Response:
    """Return what is measured more than once."""
    return figured.same(room, _as_data(request))


def figure(room: Room, request: Request) -> Response:
    """Return what one figure and others measure, by DOCUMENT#f1."""
    return as_json(figured.full(figures_asked.thing(room.record.store, request.path_params["id"])))


def compare(room: Room, request: Request) -> Response:
    """Return two to four reports side by side."""
    if not request.query_params.getlist("report"):
        raise QueryError("no reports are given; compare 2 to 4")
    return people.compare(room, _as_data(request))


def copies(room: Room, request: Request) -> Response:
    """Return the pairs of reports that share text."""
    return copied.listed(room, _as_data(request))


def passages(room: Room, request: Request) -> Response:
    """Return two reports passage by passage."""
    return copied.passages(room, _as_data(request))


def wordings(room: Room, request: Request) -> Response:
    """Return what outlets call the same."""
    return wording.listed(room, _as_data(request))


def apart(room: Room, request: Request) -> Response:
    """Return the words that set outlets apart."""
    return wording.apart(room, _as_data(request))


def places(room: Room, request: Request) -> Response:
    """Return the places behind a count."""
    return wording.places(room, _as_data(request))


def judgements(room: Room, request: Request) -> Response:
    """Return the log, or keep one judgement more."""
    if request.method != "POST":
        return correct.judgements(room, _as_data(request))
    given = correct.form(request)
    line = correct.keep(room, {**given, "author": given.get("author", "") or room.author})
    return as_json(data.judgement(line), 201)


def undo(room: Room, request: Request) -> Response:
    """Take one judgement back."""
    author = correct.form(request).get("author", "") or room.author
    line = correct.keep(room, {"kind": "undo", "n": request.path_params["n"], "author": author})
    return as_json(data.judgement(line), 201)


def openapi(room: Room, request: Request) -> Response:
    """Return the description of all this."""
    return as_json(description())
