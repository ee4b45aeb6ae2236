"""The reading room as one ASGI application: takes an open `Room`, gives what a server runs, and opens no port."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.serve import api, copied, correct, figured, lists, people, positions, reading, taking, utterances, wording
from onrecord.serve.respond import HERE, Handler, endpoint, refuse
from onrecord.serve.room import Room
from onrecord.serve.safety import Guard

PAGES: dict[str, Handler] = {
    "/statements": lists.statements,
    "/search": lists.search,
    "/reports": lists.reports,
    "/speakers": lists.speakers,
    "/figures": lists.figure_list,
    "/figures/same": figured.same,
    "/figures/{document:path}/{figure}": figured.thing,
    "/utterances": utterances.utterances,
    "/positions": positions.overview,
    "/issue/{issue:path}": positions.issue,
    "/compare": people.compare,
    "/copies": copied.listed,
    "/copies/{both:path}": copied.beside,
    "/wording": wording.listed,
    "/wording/apart": wording.apart,
    "/wording/places": wording.places,
    "/judgements": correct.judgements,
    "/report/{document:path}": reading.report,
    "/utterance/{document:path}/{statement}": utterances.one_utterance,
    "/speaker/{name:path}": people.speaker,
    "/statement/{document:path}/{own}": reading.statement,
}
API: dict[str, Handler] = {
    "/api/openapi.json": api.openapi,
    "/api/statements": api.statements,
    "/api/statements/{id:path}": api.statement,
    "/api/search": api.search,
    "/api/reports": api.reports,
    "/api/reports/{document:path}": api.report,
    "/api/speakers": api.speakers,
    "/api/speakers/{name:path}": api.speaker,
    "/api/figures": api.figures,
    "/api/figures/same": api.same_figures,
    "/api/figures/{id:path}": api.figure,
    "/api/utterances": api.utterances,
    "/api/utterances/{id:path}": api.utterance,
    "/api/positions": api.positions,
    "/api/issues": api.issues,
    "/api/issues/{issue:path}": api.issue,
    "/api/compare": api.compare,
    "/api/copies": api.copies,
    "/api/copies/passages": api.passages,
    "/api/wording": api.wordings,
    "/api/wording/apart": api.apart,
    "/api/wording/places": api.places,
}


def app(room: Room) -> Starlette:
    """Return the application that answers for `room`."""
    starlette = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, room=room)],
        exception_handlers={HTTPException: _wrong},
    )
    starlette.state.room = room
    return starlette


def _routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route("/", endpoint(lists.home)),
        Route("/home.{form}", endpoint(lists.home)),
        Route("/judge", endpoint(correct.judge), methods=["POST"]),
        Route("/speakers/divide", endpoint(people.divide)),
        Route("/judge/many", endpoint(correct.judge_many), methods=["POST"]),
        Route("/export", endpoint(taking.take), methods=["GET"]),
        Route("/api/judgements", endpoint(api.judgements), methods=["GET", "POST"]),
        Route("/api/judgements/{n}/undo", endpoint(api.undo), methods=["POST"]),
    ]
    routes += [Route(path, endpoint(handler)) for path, handler in API.items()]
    for path, handler in PAGES.items():
        for form in ("json", "csv", *(("bib", "csl", "txt") if "{own}" in path else ())):
            routes.append(Route(f"{path}.{form}", _in_form(handler, form)))
        routes.append(Route(path, endpoint(handler)))
    routes.append(Route("/statement/{id:path}", endpoint(reading.escaped)))
    return [*routes, Mount("/static", StaticFiles(directory=HERE / "static"))]


def _in_form(handler: Handler, form: str) -> Callable[[Request], Any]:
    def formed(room: Room, request: Request) -> Response:
        request.scope["path_params"] = {**request.path_params, "form": form}
        return handler(room, Request(request.scope, request.receive))

    return endpoint(formed)


async def _wrong(request: Request, wrong: Exception) -> Response:
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    message = {404: "There is no such page in this room.", 405: "That cannot be done here."}.get(
        status, "That did not work."
    )
    return refuse(request.app.state.room, request, status, message)
