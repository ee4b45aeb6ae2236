"""Runs the reading room: takes where the record is and who may come in, opens the port, and returns when it is closed."""

from __future__ import annotations

import os
import secrets
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from threading import Timer

import uvicorn

from onrecord.record import Record
from onrecord.serve.app import app
from onrecord.serve.room import Room

HERE_ONLY = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""What binds the room to every address of this machine, and where it is then found on this machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the room is opened: bound to anything but this machine it wants a token from everybody."""

    host: str = "127.0.0.1"
    port: int = 8001
    read_only: bool = False
    open_browser: bool = True
    author: str = ""
    names: tuple[str, ...] = ()


def serve(path: str | os.PathLike[str], opening: Opening, tell: Callable[[str], None]) -> None:
    """Open the room and stay until interrupted; `tell` is given the address."""
    with Record.open(path, read_only=opening.read_only) as record:
        room = room_for(record, opening)
        address = address_of(room, opening)
        tell(f"the reading room of {path} is open at {address} (leave with Ctrl-C)")
        if opening.open_browser:
            later = Timer(0.4, webbrowser.open, [address])
            later.daemon = True
            later.start()
        uvicorn.run(
            app(room), host=opening.host, port=opening.port, log_level="warning", access_log=False, server_header=False
        )


def room_for(record: Record, opening: Opening) -> Room:
    """Return the room: with a token where others than this machine can reach it."""
    wide = opening.host not in {"127.0.0.1", "localhost", "::1"}
    own = (opening.host,) if wide and opening.host not in EVERYWHERE else ()
    hosts = (*HERE_ONLY, *(_in_address(host) for host in (*opening.names, *own)))
    token = secrets.token_urlsafe(24) if wide else None
    return Room(record, opening.read_only, opening.author, token, tuple(host.lower() for host in hosts))


def address_of(room: Room, opening: Opening) -> str:
    """Return where the room is, with its token where it has one."""
    host = (*opening.names, opening.host)[0]
    host = _in_address(EVERYWHERE.get(host, host))
    return f"http://{host}:{opening.port}/" + (f"?token={room.token}" if room.token else "")


def _in_address(host: str) -> str:
    """Return a host as an address and a Host header have it: IPv6 in brackets (RFC 3986, 3.2.2)."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
