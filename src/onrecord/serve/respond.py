"""How answers leave the room: takes a page's data, gives HTML, JSON or CSV, and decides nothing about what is in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import statements as ask
from onrecord.document import Act
from onrecord.errors import NotFound, OnRecordError, QueryError, RecordBusy
from onrecord.export import FORMATS
from onrecord.export.csv_ import safe
from onrecord.serve import addresses
from onrecord.serve.room import Room

HERE = Path(__file__).parent
Handler = Callable[[Room, Request], Response]
COOKIE = "onrecord-reader"
"""Where a browser keeps whose name the reader's judgements bear, percent-encoded."""


@cache
def environment() -> Environment:
    """Return the templates; whatever they show is escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    absent = set() if find_spec("pyarrow") else {"parquet"}
    env.globals.update(at=addresses, acts=get_args(Act), formats=sorted(set(FORMATS) - absent))
    env.filters.update(shown=shown, number=_number, day=ask.day, from_json=json.loads)
    return env


def endpoint(handler: Handler) -> Callable[[Request], Any]:
    """Return a handler as Starlette calls it: one question at a time, in a thread, wrong questions answered in words."""

    async def answer(request: Request) -> Response:
        room: Room = request.app.state.room
        request.scope["onrecord.body"] = await request.body() if request.method == "POST" else b""

        def run() -> Response:
            try:
                with room.lock:
                    return handler(room, request)
            except OnRecordError as wrong:
                return failed(room, request, wrong)

        return await run_in_threadpool(run)

    return answer


def failed(room: Room, request: Request, wrong: OnRecordError) -> Response:
    """Return the answer to a question that was wrong."""
    status = 404 if isinstance(wrong, NotFound) else 400 if isinstance(wrong, QueryError) else 500
    status = 503 if isinstance(wrong, RecordBusy) else status
    return refuse(room, request, status, str(wrong))


def refuse(room: Room, request: Request, status: int, message: str) -> Response:
    """Return an answer that says what is wrong: data to programs, a page to people."""
    path: str = request.scope["path"]
    if path.startswith("/api/") or path.endswith((".json", ".csv")):
        return as_json({"error": message, "status": status}, status)
    heading = {404: "Not found in this record", 400: "That cannot be asked"}.get(status, "That did not work")
    return page(room, request, "wrong.html", {"title": heading, "message": message}, status)


def page(room: Room, request: Request, template: str, data: Mapping[str, Any], status: int = 200) -> Response:
    """Return a page."""
    known = {
        "room": room,
        "path": request.scope["path"],
        "here": _here(request),
        "reader": reader_of(room, request),
        "query": _query(request),
        "q": "",
    }
    html = environment().get_template(template).render({**known, **data})
    return Response(_utf8(html), status, media_type="text/html; charset=utf-8")


def reader_of(room: Room, request: Request) -> str:
    """Return whose name the reader's judgements bear: the name last given in this browser, else the room's; may be empty."""
    return unquote(request.cookies.get(COOKIE, "")).strip() or room.author


def _here(request: Request) -> str:
    """Return the page's own address; its path was unquoted on the way in, so that "José" or "?" in a name are quoted again."""
    query = _query(request)
    return addresses.inside(quote(request.scope["path"], safe="/~", errors="replace") + (f"?{query}" if query else ""))


def _query(request: Request) -> str:
    """Return the query as it was sent."""
    return str(request.scope["query_string"].decode("latin-1"))


def as_json(data: object, status: int = 200, name: str | None = None) -> Response:
    """Return data as JSON; `name` makes a file of it to be kept."""
    return Response(json.dumps(data, indent=1).encode(), status, _attached(name), "application/json")


def as_csv(columns: Sequence[str], lines: Iterable[Mapping[str, Any]], name: str) -> Response:
    """Return lines as CSV that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe(_cell(line.get(column))) for column in columns] for line in lines)
    return Response(_utf8(out.getvalue()), 200, _attached(name), "text/csv; charset=utf-8")


def attached(body: bytes, media_type: str, name: str) -> Response:
    """Return bytes as a file to be kept."""
    return Response(body, 200, _attached(name), media_type)


def _attached(name: str | None) -> dict[str, str]:
    if name is None:
        return {}
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.~") else "_" for c in name)
    return {"content-disposition": f'attachment; filename="{plain}"'}


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate has no UTF-8


_INVISIBLE = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"} | {127: "\u2421"}
_INVISIBLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # a lone surrogate


def shown(text: str | None) -> Markup:
    """Return text for a page: escaped, what cannot be seen as a sign that can, so that nothing is swallowed.

    A character stays one character, since scripts count them: a carriage return is written out, or a browser would drop it.

    >>> shown("a<b\\x00\\r\\n")
    Markup('a&lt;b␀&#13;\\n')
    """
    return Markup(escape((text or "").translate(_INVISIBLE)).replace("\r", Markup("&#13;")))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
