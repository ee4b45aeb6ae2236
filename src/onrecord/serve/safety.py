"""What keeps the reading room a private room: takes a request, lets it in or refuses it, and adds headers that bind a browser.

The Host must be one of ours, or a page elsewhere could reach the room by rebinding its name (OWASP ASVS 5.0, 3.4 and 4.1). What
changes anything must come from our own pages: `Sec-Fetch-Site`, else `Origin`, must say so, as Datasette does it; a program that
sends neither is no browser. With a token, everybody must show it: once in the address, then by a cookie.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.room import Room

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
COOKIE = "onrecord-token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST = 65_536
"""How many bytes may be sent to the room: a correction has a few hundred."""


class Guard:
    """The ASGI application around all others."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or let it through and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refused, taken = refusal(request, self.room), receive
        if refused is None and request.method not in READING:
            taken, refused = await _whole(receive)
        await (refused or self.app)(scope, taken, _with_headers(send))


async def _whole(receive: Receive) -> tuple[Receive, Response | None]:
    """Take in what is sent, however it is cut; return what gives it again, and the refusal where it is too large.

    The length that a request states is believed by `refusal` only where it is too large: one sent in chunks states none.
    """
    messages: list[Message] = []
    size, more = 0, True
    while more:
        messages.append(message := await receive())
        size += len(message.get("body", b""))
        if size > LARGEST:
            return receive, _too_large()
        more = message.get("more_body", False)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again, None


def _too_large() -> Response:
    return PlainTextResponse(f"At most {LARGEST} bytes are taken.\n", 413)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def refusal(request: Request, room: Room) -> Response | None:
    """Return the answer to a request that may not come in, None for one that may."""
    if (host := host_of(request.headers.get("host", ""))) not in room.hosts:
        return PlainTextResponse(f"This room is not called {host[:80]!r}.\n", 421)
    if room.token is not None and (answer := _token(request, room.token)) is not None:
        return answer
    if request.method in READING:
        return None
    if room.read_only:
        return PlainTextResponse("The record is open for reading only.\n", 403)
    if not from_here(request.headers):
        return PlainTextResponse("Corrections are taken from this room's own pages only.\n", 403)
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > LARGEST:
        return _too_large()
    return None


def host_of(host: str) -> str:
    """Return a Host header without its port.

    >>> host_of("127.0.0.1:8001"), host_of("[::1]:8001"), host_of("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    end = host.rfind("]") + 1
    return (host[:end] if end else host.partition(":")[0]).lower()


def from_here(headers: Headers) -> bool:
    """Say whether a request comes from our own pages, or from no browser at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _token(request: Request, token: str) -> Response | None:
    shown = request.query_params.get("token")
    if shown is not None and hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode()):
        answer = RedirectResponse(request.url.path.replace("//", "/"), 303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        return answer
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    given = request.cookies.get(COOKIE) or bearer
    if hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        return None
    return PlainTextResponse(
        "Show the token that `onrecord serve` printed: open the address as it stands there.\n", 401
    )
