"""A speaker, and reports side by side: takes names and ids from an address, gives what each says, and compares no words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import comparison
from onrecord.ask import statements as ask
from onrecord.ask.across import labels
from onrecord.ask.comparison import ComparedRow
from onrecord.ask.wording import Between, between
from onrecord.document import Document
from onrecord.errors import NotFound, QueryError
from onrecord.link.wording import VOICES
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.serve import addresses, data, pictures, positions
from onrecord.serve.lists import form_of
from onrecord.serve.reading import document_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store import whose
from onrecord.store.facets import total
from onrecord.store.find import StatementFilter
from onrecord.store.links import PERSONAS, speaker_node
from onrecord.store.overview import acts_over_time, spellings
from onrecord.store.store import Store
from onrecord.store.whose import Who

MOST_COMPARED = 4
NOBODY = "source not stated"
COMPARED = ("speaker", "report", "statement", "act", "part", "words", *VOICES)
"""The columns of a comparison: statements, then text that two reports share, then what each calls a referent, how often."""


def speaker(room: Room, request: Request) -> Response:
    """Return one speaker: roles, spellings, what was said over time as a picture with its table, and every statement."""
    store, query = room.record.store, request.query_params
    who, others = who_is(store, request.path_params["name"], _bearer(request))
    asked = StatementFilter(
        speaker=who.name,
        bearer=who.bearer,
        sort="-date",
        limit=addresses.number(query, "limit", 50, 1000),
        offset=addresses.number(query, "offset", 0),
    )
    n, rows = total(store, asked), list(ask.statements(store, asked))
    roles, seen = spellings(store, who.names)
    points = acts_over_time(store, who.nodes)
    found = [data.statement(row) for row in rows]
    if form_of(request) == "csv":
        return as_csv(data.STATEMENT_COLUMNS, found, "speaker.csv")
    times = [{"day": pictures.day_of(day).isoformat(), "act": act, "statements": k} for day, act, k in points]
    if form_of(request) == "json":
        told = {"roles": dict(roles), "spellings": dict(seen), "over_time": times, "merged": list(who.names[1:])}
        return as_json(data.speaker(who) | told | data.listed(found, n, asked.limit or 0, asked.offset))
    known = {
        "title": who.name,
        "name": who.name,
        "who": who,
        "others": others,
        "first": ask.day(who.first),
        "last": ask.day(who.last),
        "roles": roles,
        "spellings": seen,
        "times": times,
        "rows": rows,
        "pages": data.paging(n, asked.limit or 0, asked.offset),
        "written": addresses.written(StatementFilter(speaker=who.name, bearer=who.bearer)),
        "asked": addresses.query({**_paged(request), "bearer": None if who.bearer is None else str(who.bearer)}),
        "picture": pictures.lanes(points, f"What {who.name} did, over time"),
    }
    known |= positions.of_speaker(store, who.name, who.nodes)
    return page(room, request, "speaker.html", known)


def _bearer(request: Request) -> int | None:
    query = request.query_params
    return addresses.number(query, "bearer", 0, PERSONAS) if query.get("bearer") else None


def _paged(request: Request) -> dict[str, str | None]:
    return {name: request.query_params.get(name) for name in ("limit", "offset")}


def who_is(store: Store, given: str, bearer: int | None = None) -> tuple[Who, list[Who]]:
    """Return the speaker who has a name, and the others who have it too.

    Raises:
        NotFound: nobody has that name, or not so many.
    """
    key = store.names.find(given)
    if key is None:
        raise NotFound(f"there is no speaker {given!r} in the record")
    found = whose.speakers(store, [key])[1]
    chosen = [who for who in found if bearer is None or speaker_node(key, bearer) in who.nodes]
    if not chosen and (bearer is not None or found):
        raise NotFound(f"there are fewer speakers {given!r} in the record")
    who = chosen[0] if chosen else whose.silent(store, key)
    return who, [one for one in found if one != who]


def divide(room: Room, request: Request) -> Response:
    """Return all names and statements of a speaker, to be ticked: those that are somebody else's."""
    store = room.record.store
    who, _ = who_is(store, request.query_params.get("name", ""), _bearer(request))
    asked = StatementFilter(speaker=who.name, bearer=who.bearer, limit=500)
    rows, n = list(ask.statements(store, asked)), total(store, asked)
    by_name = [(name, [row for row in rows if row.found and row.found.speaker == name]) for name in who.names]
    rest = [row for row in rows if not row.found or row.found.speaker not in who.names]
    known = {
        "title": f"Divide {who.name}",
        "who": who,
        "groups": [*by_name, ("", rest)],
        "count": n,
        "shown": len(rows),
    }
    return page(room, request, "divide.html", known)


def compare(room: Room, request: Request) -> Response:
    """Return two to four reports side by side: what each lets whom say, who speaks in one only, and the text they share."""
    store = room.record.store
    ids = list(dict.fromkeys(request.query_params.getlist("report")))
    if ids and not 2 <= len(ids) <= MOST_COMPARED:
        raise QueryError(f"{len(ids)} reports are given; compare 2 to {MOST_COMPARED}")
    keys = dict(document_of(store, id) for id in ids)
    docs = [(id, store.load(key)) for id, key in keys.items()]
    lines = comparison.compare(store, list(keys)) if keys else []
    worded = between(store, list(keys)) if keys else []
    if form_of(request) != "html":
        return _as_data(request, store, keys, lines, worded)
    known = {
        "docs": docs,
        "table": side_by_side(lines, list(keys)),
        "choices": [] if docs else ask.documents(store, limit=200),
        "shared": [line for line in lines if line.part == "text"],
        "worded": worded,
        "starts": _starts(docs),
    }
    return page(room, request, "compare.html", {"title": "Compare", **known})


def _as_data(
    request: Request, store: Store, keys: dict[str, int], lines: Sequence[ComparedRow], worded: Sequence[Between]
) -> Response:
    """Return a comparison as data: statements, text that two reports share, and what each calls the same; `keys` by report."""
    names = labels(store, keys.values())
    pairs = {f"{names[keys[a]]} = {names[keys[b]]}": [a, b] for a, b in combinations(keys, 2)}
    rows = [_line(line) for line in lines if line.part != "text"]
    shared = [{"reports": pairs[line.document], "words": line.text} for line in lines if line.part == "text"]
    wording = [_worded(row, list(keys)) for row in worded]
    if form_of(request) == "json":
        return as_json({"reports": list(keys), "rows": rows, "shared": shared, "wording": wording})
    rows += [{"report": " = ".join(one["reports"]), "part": "text", "words": one["words"]} for one in shared]
    for one in wording:
        rows += [{"speaker": one["referent"], "part": "wording", **called} for called in one["calls"]]
    return as_csv(COMPARED, rows, "compare.csv")


def _worded(row: Between, ids: Sequence[str]) -> dict[str, Any]:
    """Return what each report calls one referent, with how often in which voice."""
    calls = []
    for id, words in zip(ids, row.calls, strict=True):
        for word, places in words:
            voices = Counter[str](place.voice for place in places)
            calls.append({"report": id, "words": word} | {voice: voices[voice] for voice in VOICES})
    return {"referent": row.referent, "how": row.how, "calls": calls}


def _starts(docs: Sequence[tuple[str, Document]]) -> list[list[int]]:
    """Return where the paragraphs of each report begin, for addresses of places in them."""
    return [[span.start for span in find_paragraphs(doc.text, doc.title_span)] for _, doc in docs]


def _line(line: ComparedRow) -> dict[str, Any]:
    report = (line.id or "").rpartition("#")[0]
    told = {
        "speaker": line.speaker or NOBODY,
        "report": report,
        "statement": line.id,
        "act": line.act,
        "part": line.part,
    }
    return told | {"words": line.text, "new": [list(span) for span in line.new]}


def side_by_side(lines: Sequence[ComparedRow], ids: Sequence[str]) -> list[tuple[str, list[list[ComparedRow]]]]:
    """Return for each speaker, in the order of `lines`, what each report (by id) lets them say."""
    said: dict[str, list[list[ComparedRow]]] = defaultdict(lambda: [[] for _ in ids])
    at = {id: n for n, id in enumerate(ids)}
    for line in lines:
        if line.id is not None:
            said[line.speaker or NOBODY][at[line.id.rpartition("#")[0]]].append(line)
    return list(said.items())
