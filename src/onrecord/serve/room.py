"""The open reading room: holds the record and what was said when it was opened, and answers nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Room:
    """A record being read by a few people: one question at a time, since one connection serves them all.

    `author` is whose name judgements bear where a reader gave none. `token` must be shown by everybody who is not on this
    machine; None where nobody else can reach it. `hosts` are the names under which the room may be called.
    """

    record: Record
    read_only: bool = False
    author: str = ""
    token: str | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    lock: RLock = field(default_factory=RLock, compare=False)
