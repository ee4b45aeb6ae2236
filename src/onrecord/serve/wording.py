"""Wording: takes addresses, gives what outlets call the same, the words that set them apart, and every place behind a count.

What is worked out over the whole record is held until the record is linked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, TypeVar
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask.wording import HOWS, DistinctiveRow, Place, WordingRow, distinctive, shown, wording
from onrecord.errors import QueryError
from onrecord.link.wording import VOICES
from onrecord.serve import addresses, data
from onrecord.serve.lists import form_of
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store import links

COLUMNS = (
    "referent",
    "how",
    "story",
    "word",
    "outlet",
    "own",
    "attributed",
    "quoted",
    "reports",
    "by",
    "places",
    "address",
)
APART = ("outlet", "voice", "word", "score", "n", "others", "places")
PLACES = ("document", "start", "end", "voice", "statement", "text", "address")
WIDE, BAR = 640, 18
Row = TypeVar("Row")
_held: dict[tuple[object, ...], list[Any]] = {}


def listed(room: Room, request: Request) -> Response:
    """Return referents that are called by more than one word: a table of words by outlets for each."""
    query = request.query_params
    asked = {name: query.get(name, "").strip() or None for name in ("referent", "outlet", "how")}
    if asked["how"] is not None and asked["how"] not in HOWS:
        raise QueryError(f"how is {asked['how'][:80]!r}; write one of {', '.join(HOWS)}")
    rows = _once(room, ("wording", *asked.values()), lambda: wording(room.record.store, **asked))
    groups = [list(some) for _, some in groupby(rows, key=lambda row: (row.how, row.referent, row.story))]
    limit, offset = addresses.number(query, "limit", 20, 1000), addresses.number(query, "offset", 0)
    some = groups[offset : offset + limit]
    found = [as_data(row) for group in some for row in group]
    if form_of(request) == "json":
        return as_json(data.listed(found, len(groups), limit, offset))
    if form_of(request) == "csv":
        return as_csv(COLUMNS, found, "wording.csv")
    known = {
        "groups": [_group(group) for group in some],
        "pages": data.paging(len(groups), limit, offset),
        "asked": asked,
    }
    known |= {"hows": HOWS, "outlets": _outlets(room)}
    return page(room, request, "wording.html", {"title": "Wording", **known})


def apart(room: Room, request: Request) -> Response:
    """Return the words that set each outlet apart from the others on the stories they share."""
    query = request.query_params
    voice, outlet = query.get("voice", "").strip() or "own", query.get("outlet", "").strip() or None
    store = room.record.store
    rows = _once(room, ("apart", voice, outlet), lambda: distinctive(store, voice=voice, outlet=outlet))
    found = [_apart(row) for row in rows]
    if form_of(request) == "json":
        return as_json(data.listed(found, len(rows), len(rows), 0))
    if form_of(request) == "csv":
        return as_csv(APART, found, "distinctive.csv")
    groups = [(name, list(some)) for name, some in groupby(rows, key=lambda row: row.outlet)]
    known = {"groups": groups, "voice": voice, "voices": VOICES, "outlet": outlet or "", "outlets": _outlets(room)}
    return page(room, request, "distinctive.html", {"title": "Words that set outlets apart", **known})


def places(room: Room, request: Request) -> Response:
    """Return every place behind a count, with its surroundings."""
    query, store = request.query_params, room.record.store
    word, outlet = query.get("word", ""), query.get("outlet", "").strip() or None
    voice = query.get("voice", "").strip() or None
    if voice is not None and voice not in VOICES:
        raise QueryError(f"voice is {voice[:80]!r}; write one of {', '.join(VOICES)}")
    if query.get("apart") == "yes":
        chosen = voice or "own"
        every = _once(room, ("apart", chosen, outlet), lambda: distinctive(store, voice=chosen, outlet=outlet))
        found = [place for row in every if row.word == word for place in row.places]
    else:
        found = [place for row in _asked(room, request) if outlet in {None, row.outlet} for place in row.places]
    found = sorted({place for place in found if voice in {None, place.voice}}, key=lambda p: (p.document, p.span))
    limit, offset = addresses.number(query, "limit", 50, 1000), addresses.number(query, "offset", 0)
    lines = [_place(room, *each) for each in shown(store, found[offset : offset + limit])]
    if form_of(request) == "json":
        return as_json(data.listed(lines, len(found), limit, offset))
    if form_of(request) == "csv":
        return as_csv(PLACES, lines, "places.csv")
    known = {"lines": lines, "pages": data.paging(len(found), limit, offset), "word": word, "outlet": outlet}
    kept = urlencode([(name, value) for name, value in query.items() if name != "offset"], errors="replace")
    known |= {"voice": voice, "referent": query.get("referent", ""), "kept": kept}
    return page(room, request, "places.html", {"title": f"“{word}” in its places", **known})


def _asked(room: Room, request: Request) -> list[WordingRow]:
    query = request.query_params
    rows = _once(room, ("wording", None, None, None), lambda: wording(room.record.store))
    referent, how, story = (query.get(name, "") for name in ("referent", "how", "story"))
    return [
        row
        for row in rows
        if (row.referent, row.how, str(row.story or "")) == (referent, how, story) and row.word == query.get("word", "")
    ]


def as_data(row: WordingRow) -> dict[str, Any]:
    """Return one row as data, its places as "DOCUMENT:START-END"."""
    return {**asdict(row), "places": list(map(_named, row.places)), "address": address(row)}


def _apart(row: DistinctiveRow) -> dict[str, Any]:
    return {**asdict(row), "places": list(map(_named, row.places))}


def _named(place: Place) -> str:
    return f"{place.document}:{place.span.start}-{place.span.end}"


def address(row: WordingRow, voice: str | None = None) -> str:
    """Return where the places behind a count stand."""
    parts = {
        "referent": row.referent,
        "how": row.how,
        "story": row.story,
        "word": row.word,
        "outlet": row.outlet,
        "voice": voice,
    }
    return "/wording/places?" + urlencode({k: v for k, v in parts.items() if v is not None}, errors="replace")


def _place(room: Room, place: Place, text: str, word: Any) -> dict[str, Any]:
    """Return a place as data; its address opens the statement that holds it, else the report's paragraph."""
    starts = _once(room, ("starts", place.document_id), lambda: _starts(room, place.document_id))
    there = addresses.passage(place.document_id, starts, place.span.start, text[word.start : word.end])
    if place.statement:
        there = addresses.lit(f"{place.document_id}#{place.statement}")
    return {
        "document": place.document,
        "start": place.span.start,
        "end": place.span.end,
        "voice": place.voice,
        "statement": place.statement,
        "text": text,
        "before": text[: word.start],
        "word": text[word.start : word.end],
        "after": text[word.end :],
        "address": there,
    }


def _starts(room: Room, id: str) -> list[int]:
    from onrecord.segment.paragraphs import find_paragraphs

    doc = room.record.store.document(id)
    return [span.start for span in find_paragraphs(doc.text, doc.title_span)]


def _outlets(room: Room) -> list[str]:
    rows = room.record.store.db.run(
        "SELECT DISTINCT word FROM documents JOIN words ON words.key = outlet ORDER BY word"
    )
    return [word for (word,) in rows]


def _group(rows: Sequence[WordingRow]) -> dict[str, Any]:
    """Return a referent as a table: its words, its outlets, and the row in each cell."""
    words = list(dict.fromkeys(row.word for row in rows))
    outlets = sorted({row.outlet or "" for row in rows})
    cells = {(row.word, row.outlet or ""): row for row in rows}
    return {
        "first": rows[0],
        "words": words,
        "outlets": outlets,
        "cells": cells,
        "picture": bars(rows),
        "address": address,
    }


def bars(rows: Sequence[WordingRow]) -> Markup:
    """Return how often each outlet uses each word of one referent, a bar an outlet, its own voice filled, the rest hatched.

    Nothing where there are fewer than eight places: the table is enough.
    """
    outlets = sorted({row.outlet or "outlet not known" for row in rows})
    total = {
        name: sum(len(row.places) for row in rows if (row.outlet or "outlet not known") == name) for name in outlets
    }
    if sum(total.values()) < 8 or len(outlets) < 2:
        return Markup()
    words = list(dict.fromkeys(row.word for row in rows))
    scale, height = (WIDE - 190) / max(total.values()), 10 + (BAR + 10) * len(outlets)
    said = escape(f"How often each outlet uses which word: {', '.join(words)}")
    size = f'viewBox="0 0 {WIDE} {height}" width="{WIDE}" height="{height}"'
    parts = [f'<svg class="picture bars" {size} role="img" aria-label="{said}"><title>{said}</title>']
    for line, name in enumerate(outlets):
        y, x = 5 + (BAR + 10) * line, 180.0
        parts.append(f'<text class="lane" x="172" y="{y + 13}" text-anchor="end">{escape(name[:26])}</text>')
        for row in (row for row in rows if (row.outlet or "outlet not known") == name):
            for kind, n in (("own", row.own), ("let", row.attributed + row.quoted)):
                if n:
                    parts.append(_bar(row, kind, n, words.index(row.word) % 6, x, y, max(n * scale, 2)))
                    x += max(n * scale, 2)
    return Markup("".join([*parts, "</svg>"]))  # what comes from the record is escaped above


def _bar(row: WordingRow, kind: str, n: int, shade: int, x: float, y: float, width: float) -> str:
    voice = "in its own voice" if kind == "own" else "in what others say"
    said = escape(f"{row.outlet or 'outlet not known'}: {row.word}, {n} {voice}")
    place = f'x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}"'
    bar = f'<rect class="w{shade} {kind}" {place}><title>{said}</title></rect>'
    inside = width > 8 * len(row.word)
    return bar + (f'<text class="in" x="{x + 4:.1f}" y="{y + 13}">{escape(row.word)}</text>' if inside else "")


def _once(room: Room, what: tuple[object, ...], work: Callable[[], list[Row]]) -> list[Row]:
    """Return what was worked out before for the same links of the same record, else work it out."""
    signature = (room.record.path, links.state(room.record.store, "documents"))
    key = (*signature, *what)
    if key not in _held:
        if any(held[:2] != signature for held in _held) or len(_held) > 200:
            _held.clear()
        _held[key] = work()
    return _held[key]
