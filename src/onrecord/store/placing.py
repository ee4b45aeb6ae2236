"""Where a judgement belongs in the record as it is now: takes a line of the log, gives a statement or spans, writes nothing.

A report may have been extracted again since, or its source may have changed. What a line speaks of is known by its place, where
the words there are still those it was judged on; else by its words, where they stand in one place only. What is doubtful is not
guessed: such a line stays in the log and has no place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.document import Kind, Span
from onrecord.store import rows

if TYPE_CHECKING:
    from onrecord.store.judgements import Judgement
    from onrecord.store.store import Store

LEAST_OVERLAP = 0.5
"""How much of two contents must be common (intersection over union) for one to be the other, extracted anew."""
AROUND = 32
ROLES = ("content", "source", "cue")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a person says a statement stands: `kind` is what the quotation marks there make of it."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    kind: Kind = "indirect"


def written(places: Places, text: str, **more: str | None) -> str:
    """Return places as they stand in the log: each span with its words and those around it, so that it can be found again.

    >>> text = "She said it rained."
    >>> read(written(Places((Span(9, 18),), (Span(0, 3),)), text), text).content
    (Span(start=9, end=18),)
    """
    told: dict[str, Any] = {role: [_quoted(span, text) for span in getattr(places, role)] for role in ROLES}
    return json.dumps({**told, "kind": places.kind, **more})


def _quoted(span: Span, text: str) -> list[int | str]:
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return [span.start, span.end, *(rows.clean(part) for part in (span.of(text), before, after))]


def read(line: str | None, text: str) -> Places | None:
    """Return the places of a line in `text`, each found again; None where one of them cannot be, or is doubtful."""
    told = json.loads(line or "{}")
    found: dict[str, tuple[Span, ...]] = {}
    for role in ROLES:
        spans = [_found(text, *quoted) for quoted in told.get(role, ())]
        if any(span is None for span in spans):
            return None
        found[role] = tuple(span for span in spans if span is not None)
    return Places(**found, kind=told.get("kind", "indirect")) if found["content"] else None


def fact(line: str | None, name: str) -> str | None:
    """Return what else a line of the log says: "speaker" or "act" of an added statement."""
    value = json.loads(line or "{}").get(name)
    return None if value is None else str(value)


def _found(text: str, start: int, end: int, words: str, before: str, after: str) -> Span | None:
    """Return where words stand: where they stood, else where they stand with what was around them, else where they stand once."""
    if rows.clean(text[start:end]) == words:
        return Span(start, end)
    for left, right in ((before, after), ("", "")):
        at = text.find(left + words + right)
        if at >= 0:
            once = text.find(left + words + right, at + 1) < 0
            return Span(at + len(left), at + len(left) + len(words)) if once else None
    return None


def place(store: Store, line: Judgement) -> int | None:
    """Return the key of the statement a judgement speaks of, None where the record has it no more.

    In the same document it is the one at that place, else the one that covers most of it, at least half, if the words there are
    those that were judged; where the document is another version of the file, the only one with those very words.
    """
    key = store.key(line.document or "")
    if key is None or not _still_there(store, key, line):
        return _by_words(store, line)
    exact = store.db.run(_IN_ORDER.format("AND content = ?"), (key, rows.places_column(line.content)))
    scored = [
        (_overlap(rows.spans_from(content), line.content), id == line.statement, int(number))
        for number, id, content in exact or store.db.run(_IN_ORDER.format(""), (key,))
    ]
    overlap, _, number = max(scored, key=lambda one: one[:2], default=(0.0, False, 0))  # of equals the first
    return number if overlap >= LEAST_OVERLAP else None


# Those that people added come last, in the order of their judgements: when they came into the table is chance.
_IN_ORDER = (
    "SELECT key, id, content FROM statements WHERE document = ? {}"
    " ORDER BY CASE WHEN id GLOB 'p[0-9]*' THEN CAST(substr(id, 2) AS INTEGER) END, n"
)


def _still_there(store: Store, key: int, line: Judgement) -> bool:
    text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (key,))[0][0])
    return line.words is None or rows.clean(rows.pieces(text, line.content)) == line.words


def documents_of(store: Store, id: str) -> list[int]:
    """Return the keys of a document: of that id, else of those with its name, which are other versions of its file."""
    key = store.key(id)
    if key is not None:
        return [key]
    return [key for (key,) in store.db.run("SELECT key FROM documents WHERE name = ? ORDER BY id", (file_of(id),))]


def file_of(id: str) -> str:
    """Return the name that a document (by id) shares with the other versions of its file.

    >>> file_of("quarry~04b8b4d5")
    'quarry'
    """
    return id.rpartition("~")[0]


def _by_words(store: Store, line: Judgement) -> int | None:
    found = []
    for key in documents_of(store, line.document or ""):
        text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (key,))[0][0])
        for number, content in store.db.run("SELECT key, content FROM statements WHERE document = ?", (key,)):
            if rows.clean(rows.pieces(text, rows.spans_from(content))) == line.words:
                found.append(number)
    return int(found[0]) if len(found) == 1 else None


def _overlap(a: tuple[Span, ...], b: tuple[Span, ...]) -> float:
    common = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    total = sum(s.end - s.start for s in a + b) - common
    return common / total if total else 0.0
