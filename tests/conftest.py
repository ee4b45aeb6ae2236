"""What every test may ask for: a Document from bracketed text, and the certainty that nothing touches the network."""

from __future__ import annotations

import re
import socket
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.document import Document, Origin, Span, Speaker, Statement

SHARED = Path(__file__).resolve().parents[2] / "shared"
MARK = re.compile(r"\[(?P<role>[SCT])(?P<number>\d*) |\]")
ROLES = {"S": "source", "C": "cue", "T": "content"}


def bracketed(notation: str, **fields: object) -> Document:
    """Build a Document from text in which statements are marked: S source, C cue, T content, numbered from 1.

    ``"[S Ms Okafor] [C said] [T she would appeal]."`` is one statement, s1. Nest brackets and number them for more:
    ``"[T1 [S2 they] [C2 heard] [T2 shots]], [S1 he] [C1 said]."``. A statement whose content lies in another's is its child.
    """
    text, open_marks, spans, at = "", [], defaultdict(lambda: defaultdict(list)), 0
    for mark in MARK.finditer(notation):
        text += notation[at : mark.start()]
        at = mark.end()
        if mark["role"]:
            open_marks.append((mark["number"] or "1", ROLES[mark["role"]], len(text)))
        else:
            number, role, start = open_marks.pop()
            spans[number][role].append(Span(start, len(text)))
    text += notation[at:]
    stmts = tuple(
        Statement(f"s{number}", **{role: tuple(sorted(pieces)) for role, pieces in roles.items()})
        for number, roles in sorted(spans.items(), key=lambda item: int(item[0]))
    )
    given = {"name": "test", "origin": Origin("test.txt", "0" * 64), "language": "en"} | fields
    return Document(text=text, statements=_with_parents(stmts), **given)


def _with_parents(stmts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    from dataclasses import replace

    def holds(outer: Statement, inner: Statement) -> bool:
        return outer is not inner and all(
            any(a.start <= b.start and b.end <= a.end and a != b for a in outer.content) for b in inner.content
        )

    def parent(stmt: Statement) -> str | None:
        outer = [other for other in stmts if holds(other, stmt)]
        return min(outer, key=lambda s: sum(e - b for b, e in s.content)).id if outer else None

    return tuple(replace(stmt, parent=parent(stmt)) for stmt in stmts)


@pytest.fixture
def doc() -> Callable[..., Document]:
    """The bracket notation: see `bracketed`."""
    return bracketed


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; the test is skipped, and says so, where it does not exist."""
    if not SHARED.is_dir():
        pytest.skip("../shared does not exist here: this test needs its data")
    return SHARED


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(address):
            raise AssertionError(f"a test tried to reach the network: {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", _only_loopback(socket.getaddrinfo))


def _is_loopback(address: object) -> bool:
    return isinstance(address, tuple) and str(address[0]) in {"127.0.0.1", "::1", "localhost"}


def _only_loopback(resolve: Callable[..., object]) -> Callable[..., object]:
    def guarded(host: object, *args: object, **kwargs: object) -> object:
        if host not in {None, "127.0.0.1", "::1", "localhost", b"localhost", b"127.0.0.1"}:
            raise AssertionError(f"a test tried to look up a name: {host!r}")
        return resolve(host, *args, **kwargs)

    return guarded


def _stand(n: int, who: str, role: str, cue: str, act: str) -> Document:
    text = f"{who} {cue} a ferry toll."
    start = len(who) + 1 + len(cue)
    roles = {
        "source": (Span(0, len(who)),),
        "cue": (Span(len(who) + 1, start),),
        "content": (Span(start + 1, len(text) - 1),),
    }
    named = {"speaker": who, "speaker_type": "person", "named": True, "role": role, "speaker_id": "e1"}
    said = Statement("s1", **roles, **named, act=act, by={"act": f"acts-1/cue {act}"})
    speaker = Speaker("e1", who, "person", True, role, spellings=(who,))
    digest = f"{n:064x}"
    return Document(
        f"r{n}", text, Origin(f"r{n}.txt", digest), published=f"2024-0{n}-05", statements=(said,), speakers=(speaker,)
    )


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    """The path of a linked record in which two people are called Ada Moss: one for a ferry toll, one against it."""
    from onrecord.record import Record

    path = tmp_path / "namesakes.db"
    with Record.open(path) as rec:
        rec.store.put(_stand(1, "Ada Moss", "harbour minister", "demands", "demand"))
        rec.store.put(_stand(2, "Ada Moss", "judge", "rejects", "refuse"))
        rec.store.put(_stand(3, "Jon Reed", "pilot", "demands", "demand"))
        rec.link()
    return path
