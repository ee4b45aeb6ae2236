"""Corrections: takes a form or JSON that a person sent, keeps it as a judgement, and shows the log with a way back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ask.statements import statement
from onrecord.document import Span
from onrecord.errors import QueryError, RecordError
from onrecord.judgements import Judge, Judgement, log, undone
from onrecord.serve import addresses, data
from onrecord.serve.lists import form_of
from onrecord.serve.reading import document_of
from onrecord.serve.respond import COOKIE, as_csv, as_json, page, reader_of
from onrecord.serve.room import Room
from onrecord.store.store import Store

KINDS = (
    "accept",
    "reject",
    "spans",
    "add",
    "speaker",
    "act",
    "rename",
    "merge",
    "split",
    "same",
    "different",
    "issue",
    "undo",
)
FIELDS = (
    *("kind", "author", "statement", "other", "name", "main", "act", "n", "back"),
    *("document", "content", "source", "cue"),
)
_OFFSETS = re.compile(r"(?:\d{1,9}\s?[-–]\s?\d{1,9}[\s,;]{0,3}){0,60}")
_PAIR = re.compile(r"(\d{1,9})\s?[-–]\s?(\d{1,9})")
MANY = ("name", "statement")
"""The fields of which a form about many things sends several."""
MOST_FIELDS = 2_000
"""How many fields a form may have: a page has at most 1,000 speakers, or 500 statements and as many spellings, to be ticked."""


def judge(room: Room, request: Request) -> Response:
    """Keep what a form says and go back to where it was sent from."""
    given = form(request)
    line = keep(room, {**given, "author": given.get("author", "").strip() or reader_of(room, request)})
    place = addresses.inside(given.get("back"))
    if place == "/" and line.document and line.statement:
        place = addresses.lit(f"{line.document}#{line.statement}")
    return _back({"back": place}, line.author)


def _back(given: Mapping[str, str], author: str, otherwise: str = "/") -> Response:
    place = addresses.inside(given.get("back"))
    answer = RedirectResponse(otherwise if place == "/" else place, 303)
    name = quote(author, safe="", errors="replace")  # a cookie holds ASCII; `reader_of` reads it back
    answer.set_cookie(COOKIE, name, max_age=31_536_000, httponly=True, samesite="strict")
    return answer


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
    with by.store.db.transaction():
        line = _kept(by, kind, given)
    redraw(room, [line])
    return line


def redraw(room: Room, lines: Sequence[Judgement]) -> None:
    """Draw anew what follows across documents from judgements that were just kept; nothing where the record was never linked."""
    from onrecord.link import linking, redrawing  # loaded by those who judge, not by those who read

    store = room.record.store
    kinds = set(_kinds(store, lines))
    if kinds & {"merge", "split"}:
        linking.redraw_speakers(store)
    if kinds & {"same", "different"}:
        redrawing.redraw_utterances(store)


def _kinds(store: Store, lines: Sequence[Judgement]) -> Iterator[str]:
    """Yield of what kind each judgement is; of an undoing, what it takes back, or brings back where that is an undoing itself."""
    before = {line.n: line for line in log(store)}
    for line in lines:
        meant: Judgement | None = line
        while meant is not None and meant.kind == "undo":
            meant = before.get(meant.undoes or 0)
        if meant is not None:
            yield meant.kind


def judge_many(room: Room, request: Request) -> Response:
    """Keep what a form says of several names or statements: one judgement each, all or none; go back to where it came from."""
    pairs = sent(request)
    given = dict(pairs)
    many = {field: list(dict.fromkeys(value for name, value in pairs if name == field and value)) for field in MANY}
    author = given.get("author", "").strip() or reader_of(room, request)
    wanted = list(_many(given, many))
    if not wanted:
        raise QueryError("nothing is ticked; tick at least one")
    with Judge(room.record.store, author).together() as by:
        lines = [_kept(by, each["kind"], each) for each in wanted]
    redraw(room, lines)
    return _back(given, author, "/judgements")


def _many(given: Mapping[str, str], many: Mapping[str, list[str]]) -> Iterator[dict[str, str]]:
    """Yield each judgement of a form: ticked names become one, or ticked names and statements another's."""
    main = " ".join(given.get("main", "").split())
    if not main:
        raise QueryError("say under which name; write it out or take one of those ticked")
    if given.get("kind") == "merge":
        for name in many["name"]:
            yield from [] if name == main else [{"kind": "merge", "name": name, "main": main}]
        return
    if given.get("kind") != "divide":
        raise QueryError("choose merge or divide")
    old = given.get("other", "")
    for name in many["name"]:
        yield {"kind": "split", "name": name, "main": old}
        yield from [] if name == main else [{"kind": "merge", "name": name, "main": main}]
    for id in many["statement"]:
        yield {"kind": "speaker", "statement": id, "name": main}


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
    if kind == "spans":
        document = statement(by.store, of("statement")).document_id
        return by.spans(of("statement"), *_places(by.store, document, given))
    if kind == "add":
        document = document_of(by.store, of("document"))[0]
        return by.add(document, _places(by.store, document, given), given.get("name", "").strip() or None, of("act"))
    if kind == "rename":
        return by.merge(of("name"), of("main"))
    if kind == "issue":
        return by.issue(of("name"), of("main"))
    if kind in {"merge", "split"}:
        return by.merge(of("name"), of("main")) if kind == "merge" else by.split(of("name"), of("main"))
    if kind in {"same", "different"}:
        return (by.same if kind == "same" else by.different)(of("statement"), _id(of("other")))
    return by.undo(addresses.number({"n": of("n")}, "n", 0))


def _places(store: Store, document: str, given: Mapping[str, str]) -> tuple[list[Span], list[Span], list[Span]]:
    text = store.document(document).text
    content, source, cue = (spans_of(given.get(role, ""), text, role) for role in ("content", "source", "cue"))
    return content, source, cue


def spans_of(given: str, text: str, role: str = "content") -> list[Span]:
    """Return the places a person gave: as offsets, or as the words that stand there, pieces parted by an ellipsis.

    >>> text = "No, she said, never."
    >>> spans_of("0-3 14-20", text), spans_of("No, … never.", text)
    ([Span(start=0, end=3), Span(start=14, end=20)], [Span(start=0, end=3), Span(start=14, end=20)])

    Raises:
        QueryError: the words do not stand there, or stand in several places.
    """
    given = given.replace("\r\n", "\n").strip()
    if _OFFSETS.fullmatch(given):
        return [Span(int(start), int(end)) for start, end in _PAIR.findall(given)]
    found: list[Span] = []
    for words in filter(None, (part.strip() for part in given.split("…"))):
        places = list(_starts(text, words))
        if len(places) != 1:
            where = f"stands {len(places)} times in the text" if places else "does not stand in the text"
            raise QueryError(f"the {role} {words[:80]!r} {where}; give its offsets, such as 120-180")
        found.append(Span(places[0], places[0] + len(words)))
    return found


def _starts(text: str, words: str) -> Iterator[int]:
    at = -1
    while (at := text.find(words, at + 1)) >= 0:
        yield at


def _id(given: str) -> str:
    """Return the id of a statement, given as one or as its address."""
    path = given.partition("/statement/")[2]
    if not path:
        return given
    from urllib.parse import unquote

    document, _, own = path.rpartition("/")
    return f"{unquote(document)}#{unquote(own)}"


def form(request: Request) -> dict[str, str]:
    """Return the fields a form or a program sent, the last of those that were sent several times.

    Raises:
        QueryError: it is neither a form nor a JSON object of strings.
    """
    return dict(sent(request))


def sent(request: Request) -> list[tuple[str, str]]:
    """Return the fields a form or a program sent, one by one.

    Raises:
        QueryError: it is neither a form nor a JSON object of strings, or has too many fields.
    """
    body: bytes = request.scope["onrecord.body"]
    if request.headers.get("content-type", "").startswith("application/json"):
        return list(_from_json(body).items())
    if (n := body.count(b"&") + 1) > MOST_FIELDS:
        raise QueryError(f"the form has {n} fields; tick fewer, so that there are at most {MOST_FIELDS}")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
    except ValueError as wrong:
        raise QueryError("the form cannot be read; send it as application/x-www-form-urlencoded in UTF-8") from wrong
    return [(name, value) for name, value in pairs if name in FIELDS]


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
