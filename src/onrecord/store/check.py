"""Whether a record can be believed: takes a `Store`, gives what is wrong with it and its sources, and mends nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from onrecord.document import Document, Span
from onrecord.errors import OnRecordError, RecordError
from onrecord.store.sources import Place, Sources
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where; `kind` says whose fault it is.

    "damaged": the file of the record is; "span": a layer points out of its text or to nothing; "words": a statement's words are
    not those that were indexed when it was kept; "changed", "missing": a source is not what was read.
    """

    kind: Literal["damaged", "span", "words", "changed", "missing"]
    where: str
    message: str


def check(store: Store) -> tuple[Problem, ...]:
    """Return what is wrong with the record and its sources, nothing if all is well.

    That every span still says what the record says is checked against the full-text index, the one thing that was drawn from the
    words when they were kept: its list of words must be that of the words the spans cut from the text now.
    """
    try:
        return (*_damage(store), *_spans(store), *_words(store), *_files(store))
    except OnRecordError as error:
        return (Problem("damaged", store.db.path, str(error)),)


def _damage(store: Store) -> Iterator[Problem]:
    for (said,) in store.db.run("PRAGMA integrity_check"):
        if said != "ok":
            yield Problem("damaged", store.db.path, said)
    for table, column, other in _REFERENCES:
        sql = f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT key FROM {other})"
        if n := store.db.run(sql)[0][0]:
            yield Problem("damaged", table, f"{n} rows point to a {column} that is not in {other}")


_REFERENCES = (
    ("statements", "document", "documents"),
    ("statements", "speaker", "names"),
    ("statements", "act", "words"),
    ("speakers", "document", "documents"),
    ("figures", "document", "documents"),
    ("notes", "document", "documents"),
    ("origins", "document", "documents"),
    ("origins", "source", "sources"),
    ("relays", "statement", "statements"),
)


def _spans(store: Store) -> Iterator[Problem]:
    for key, id in store.db.run("SELECT key, id FROM documents ORDER BY name, id"):
        try:
            doc = store.load(key)
        except RecordError as error:
            yield Problem("damaged", id, str(error))
            continue
        length = len(doc.text)
        for what, span in _all_spans(doc):
            if not 0 <= span.start < span.end <= length:
                yield Problem("span", f"{id}#{what}", f"it points to {span.start}-{span.end} of {length} characters")


def _all_spans(doc: Document) -> Iterator[tuple[str, Span]]:
    for stmt in doc.statements or ():
        for span in stmt.content + stmt.source + stmt.cue:
            yield stmt.id, span
        if stmt.condition is not None:
            yield stmt.id, stmt.condition.if_
            yield stmt.id, stmt.condition.then
    for fig in doc.figures or ():
        yield fig.id, fig.span
    for speaker in doc.speakers or ():
        for mention in speaker.mentions:
            yield speaker.id, mention.span
    for credit in doc.credit:
        yield "credit", credit.span
    for span in doc.boilerplate:
        yield "boilerplate", span


def _words(store: Store) -> Iterator[Problem]:
    if store.db.read_only:  # FTS5 takes the question as an INSERT, though it writes nothing
        return
    try:
        store.db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    except OnRecordError:
        yield Problem(
            "words",
            store.db.path,
            "a statement's words are not those that were kept: its text or its spans were changed",
        )


def _files(store: Store) -> Iterator[Problem]:
    for at in Sources(store).places():
        if not at.place.startswith("-:"):
            yield from _file(at)


def _file(at: Place) -> Iterator[Problem]:
    from onrecord.read.raw import digest_of_file

    path = at.place if os.path.exists(at.place) else at.path  # noqa: PTH110  # the record may have moved with its sources
    try:
        found = digest_of_file(path) if os.path.isfile(path) else None  # noqa: PTH113  # a pipe in its place would never end
    except OSError:
        found = None
    if found is None:
        yield Problem("missing", at.path, "the source is not there any more")
        return
    if found != at.digest:
        yield Problem("changed", at.path, "the source has other bytes than were read; add it again")
    elif _beside(path) != at.sidecar:
        yield Problem("changed", at.path, "the .json file beside it is not the one that was read; add it again")


def _beside(path: str) -> str | None:
    """Return the digest of a source's sidecar, None where there is none that can be read."""
    from onrecord.read.raw import digest_of_file
    from onrecord.read.sources import sources

    for source in sources([path]):
        if not isinstance(source, OnRecordError) and source.sidecar is not None:
            with suppress(OSError):
                return digest_of_file(source.sidecar)
    return None
