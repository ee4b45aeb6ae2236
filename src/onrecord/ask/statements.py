"""Statements, speakers as they are named, and reports: takes a `Store` and a filter, gives typed rows, and changes nothing.

The command line, the Python API, the REST API and the reading room all ask here. What a filter picks is found in
`onrecord.store.find`; here it is read and dressed for people: words instead of offsets, names instead of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.document import Act, Kind, Span, SpeakerType, Statement
from onrecord.errors import NotFound
from onrecord.store import whose
from onrecord.store.find import FEW, Sort, StatementFilter, count, find, speakers_named
from onrecord.store.highlight import highlight
from onrecord.store.judgements import Judged, apply, judged, main_names
from onrecord.store.links import canonical_names
from onrecord.store.query import fts_query
from onrecord.store.rows import pieces, text_from
from onrecord.store.store import STATEMENT_COLUMNS, Store
from onrecord.store.whose import Who

__all__ = [
    "DocumentRow",
    "Sort",
    "SpeakerRow",
    "StatementFilter",
    "StatementRow",
    "count_statements",
    "documents",
    "outlets",
    "search",
    "speakers",
    "statement",
    "statements",
]

AT_ONCE = 200
"""How many statements are read together: what bounds the memory of a long list."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as lists show it: its words, and what its document knows.

    `id` is unique in the record ("quarry~1f2e3d4c#s2"); `document` is what exports call its document, `document_id` its id.
    `text`, `source` and `cue` are the words of the spans, gaps shown as an ellipsis; `if_` and `then` those of the condition.
    `matches` are the places in `text` that a search found. `statement` is what people made of it; what the machine `found` is
    beside it, and their `judgement`, None where nobody judged.
    """

    id: str
    document: str
    document_id: str
    text: str
    source: str
    cue: str
    if_: str | None
    then: str | None
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    statement: Statement
    matches: tuple[Span, ...] = ()
    found: Statement | None = None
    judgement: Judged | None = None
    language: str | None = None

    @property
    def speaker(self) -> str | None:
        """The canonical name, or the description of one never named; None where the text gives no source."""
        return self.statement.speaker

    @property
    def speaker_type(self) -> SpeakerType | None:
        """What kind of speaker it is."""
        return self.statement.speaker_type

    @property
    def named(self) -> bool:
        """Whether the speaker has a proper name."""
        return self.statement.named

    @property
    def role(self) -> str | None:
        """The office or description given to a named speaker."""
        return self.statement.role

    @property
    def kind(self) -> Kind:
        """Direct, indirect or mixed."""
        return self.statement.kind

    @property
    def act(self) -> Act:
        """What the statement does."""
        return self.statement.act

    @property
    def said_on(self) -> str | None:
        """The date it was said, where the report gives it."""
        return self.statement.said_on

    @property
    def addressee(self) -> str | None:
        """Whom it was said to."""
        return self.statement.addressee

    @property
    def channel(self) -> str | None:
        """The medium it was said in."""
        return self.statement.channel

    @property
    def via(self) -> tuple[str, ...]:
        """Who carried it before this report, nearest to the speaker first."""
        return self.statement.via

    @property
    def confidence(self) -> float | None:
        """The probability that it is a statement, rightly cut; None where a rule made it."""
        return self.statement.confidence

    @property
    def parent(self) -> str | None:
        """The id, within its document, of the statement that holds this one."""
        return self.statement.parent


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker over the whole record, by the name they go under: `first` and `last` are days, as far as they are known."""

    name: str
    type: SpeakerType
    named: bool
    role: str | None
    statements: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it; `document` is what exports call it."""

    document: str
    id: str
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    language: str | None
    path: str | None
    statements: int
    notes: int


def statements(store: Store, asked: StatementFilter | None = None) -> Iterator[StatementRow]:
    """Yield the statements asked for, in the order asked for.

    Raises:
        QueryError: a part of the filter cannot be understood.
    """
    asked = asked or StatementFilter()
    keys = find(store, asked)  # now, and not when the first row is taken: a wrong filter must be said at once
    return _dressed(store, keys, asked.text)


def _dressed(store: Store, keys: Sequence[int], text: str | None) -> Iterator[StatementRow]:
    for start in range(0, len(keys), AT_ONCE):
        rows = _rows(store, keys[start : start + AT_ONCE])
        if text is None:
            yield from rows
        else:
            places = highlight(fts_query(text), [(row.text, row.found.speaker if row.found else None) for row in rows])
            yield from (replace(row, matches=found) for row, found in zip(rows, places, strict=True))


def count_statements(store: Store, asked: StatementFilter | None = None, *, up_to: int = FEW) -> int:
    """Return how many statements are asked for, counting no further than `up_to`."""
    return count(store, asked or StatementFilter(), up_to=up_to)


def search(store: Store, query: str, asked: StatementFilter | None = None) -> Iterator[StatementRow]:
    """Yield the statements that have the words of `query`, the best first, with the places where they stand.

    Raises:
        QueryError: the query cannot be understood; the message says how to write one.
    """
    asked = asked or StatementFilter(limit=50)
    return statements(store, replace(asked, text=query, sort="best" if asked.sort == "date" else asked.sort))


def statement(store: Store, id: str) -> StatementRow:
    """Return one statement: `id` is "DOCUMENT#s1", the document by its id or, where only one has it, its name.

    Raises:
        NotFound: there is no such statement.
    """
    document, _, own = id.rpartition("#")
    found = store.db.run(
        "SELECT key FROM statements WHERE id = ? AND document IN (SELECT key FROM documents WHERE id = ? OR name = ?)",
        (own, document, document),
    )
    if len(found) != 1:
        several = (
            f"there are {len(found)} statements {id}: name the document by its id"
            if found
            else f"there is no statement {id}"
        )
        raise NotFound(several)
    return _rows(store, [found[0][0]])[0]


def speakers(store: Store, name: str | None = None, *, limit: int | None = None, offset: int = 0) -> list[SpeakerRow]:
    """Return who says what, those with most statements first; with `name` those it can mean (see `StatementFilter`)."""
    named = None if name is None else speakers_named(store, name)
    return [_speaker(who) for who in whose.speakers(store, named, limit=limit, offset=offset)[1]]


def documents(store: Store, *, limit: int | None = None, offset: int = 0) -> list[DocumentRow]:
    """Return the documents of the record, by name."""
    found = store.db.run(
        "SELECT id, name, title, (SELECT word FROM words WHERE words.key = outlet), published, url, language,"
        " (SELECT min(path) FROM sources JOIN origins ON source = key WHERE document = documents.key), statements,"
        " (SELECT count(*) FROM notes WHERE document = documents.key)"
        " FROM documents ORDER BY name, id LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    )
    shared = shared_names(store, [row[1] for row in found])
    return [DocumentRow(row[0] if row[1] in shared else row[1], *row) for row in found]


def outlets(store: Store) -> list[tuple[str, int]]:
    """Return the outlets of the record and how many documents each has, most first."""
    sql = "SELECT word, count(*) FROM documents JOIN words ON words.key = outlet GROUP BY outlet ORDER BY count(*) DESC, word"
    return [(word, n) for word, n in store.db.run(sql)]


def shared_names(store: Store, names: Sequence[str]) -> set[str]:
    """Return those of `names` that more than one document has: such documents are called by their ids."""
    shared: set[str] = set()
    distinct = sorted(set(names))
    for start in range(0, len(distinct), AT_ONCE):
        some = distinct[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT name FROM documents WHERE name IN ({marks}) GROUP BY name HAVING count(*) > 1"
        shared.update(name for (name,) in store.db.run(sql, some))
    return shared


def _rows(store: Store, keys: Sequence[int]) -> list[StatementRow]:
    marks = ",".join("?" * len(keys))
    found = {
        row[0]: row[1:]
        for row in store.db.run(
            f"SELECT key, document, {STATEMENT_COLUMNS} FROM statements WHERE key IN ({marks})", keys
        )
    }
    docs = _documents(store, {row[0] for row in found.values()})
    people, mains, called = judged(store, keys), main_names(store), canonical_names(store, keys)
    return [
        _row(docs[found[key][0]], store.statement_from(found[key][1:]), people.get(key), mains, called.get(key))
        for key in keys
        if key in found
    ]


def by_keys(store: Store, keys: Sequence[int]) -> list[StatementRow]:
    """Return the statements that have these numbers in the record, in this order."""
    return _rows(store, keys)


def _documents(store: Store, keys: set[int]) -> dict[int, dict[str, Any]]:
    columns = ("key", "id", "name", "title", "outlet", "published", "url", "language", "text")
    sql = f"SELECT {', '.join(columns)} FROM documents WHERE key IN ({','.join('?' * len(keys))})"
    docs = [dict(zip(columns, row, strict=True)) for row in store.db.run(sql, sorted(keys))]
    shared = shared_names(store, [doc["name"] for doc in docs])
    for doc in docs:
        doc["label"] = doc["id"] if doc["name"] in shared else doc["name"]
        doc["outlet"] = store.words.at(doc["outlet"])
        doc["text"] = text_from(doc["text"])
    return {doc["key"]: doc for doc in docs}


def _row(
    doc: dict[str, Any], found: Statement, people: Judged | None, mains: dict[str, str], called: str | None
) -> StatementRow:
    """Return a row as people and linking see it: `called` is its speaker's name across the record, where that is another."""
    stmt = apply(replace(found, speaker=called) if called else found, people, mains)
    condition = stmt.condition
    return StatementRow(
        id=f"{doc['id']}#{stmt.id}",
        document=doc["label"],
        document_id=doc["id"],
        text=pieces(doc["text"], stmt.content),
        source=pieces(doc["text"], stmt.source),
        cue=pieces(doc["text"], stmt.cue),
        if_=condition.if_.of(doc["text"]) if condition else None,
        then=condition.then.of(doc["text"]) if condition else None,
        title=doc["title"],
        outlet=doc["outlet"],
        published=doc["published"],
        url=doc["url"],
        statement=stmt,
        found=found,
        judgement=people,
        language=doc["language"],
    )


def _speaker(who: Who) -> SpeakerRow:
    first, last = day(who.first), day(who.last)
    return SpeakerRow(who.name, who.type, who.named, who.role, who.statements, who.documents, first, last)


def day(number: int | None) -> str | None:
    """Return the day that a number of `rows.day_number` stands for, as far as it is known."""
    if number is None:
        return None
    parts = [f"{number // 10000:04}", f"{number // 100 % 100:02}", f"{number % 100:02}"]
    return "-".join(part for part in parts if part != "00")
