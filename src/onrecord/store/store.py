"""The record's documents: takes a `Document`, keeps it in one change, gives it back with its layers, or removes it.

Tokens, sentences, paragraphs and quotations are not kept: they follow from the text (`onrecord.segment`). Which file a document
came from is kept by `sources.py`; questions are asked in `onrecord.ask`; links lie in tables of their own.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from onrecord.document import Document, Figure, Note, Origin, Span, Statement
from onrecord.errors import NotFound, RecordError
from onrecord.store import judgements, layers, links, rows
from onrecord.store.connection import Connection
from onrecord.store.words import Words

STATEMENT_COLUMNS = (
    "id, content, source, cue, kind, parent, speaker, speaker_type, named, role, speaker_id, addressee, channel, via, "
    "said_on, act, act_confidence, condition, confidence, made_by"
)


class Store:
    """The documents of a record, over one connection.

    >>> from onrecord.document import Span
    >>> store = Store(Connection(":memory:"))
    >>> said = Statement("s1", content=(Span(9, 20),), source=(Span(0, 3),), cue=(Span(4, 8),), speaker="Ada Moss")
    >>> key, _ = store.put(Document("quarry", "She said it is over.", Origin("quarry.txt", "00" * 32), statements=(said,)))
    >>> store.load(key).statements[0].speaker
    'Ada Moss'
    """

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.words = Words(db, "words", "word")
        self.names = Words(db, "names", "name")

    def put(self, doc: Document) -> tuple[int, bool]:
        """Keep `doc`; return its number in this record, and whether it is new: one that is there is left as it is."""
        id = rows.document_id(rows.clean(doc.name), doc.origin)
        with self.db.transaction():
            key = self.key(id)
            return (self._insert(id, doc), True) if key is None else (key, False)

    def key(self, id: str) -> int | None:
        """Return the number a document has in this record, None where it is not there."""
        found = self.db.run("SELECT key FROM documents WHERE id = ?", (id,))
        return int(found[0][0]) if found else None

    def remove(self, key: int) -> None:
        """Remove a document and all that hangs on it; what people judged of it goes over to another version of its file."""
        with self.db.transaction():
            id = self.db.run("SELECT id FROM documents WHERE key = ?", (key,))[0][0]
            self._count(key, -1)
            self._index(key, "'delete', ")
            links.forget(self, key)
            self.db.run("DELETE FROM relays WHERE statement IN (SELECT key FROM statements WHERE document = ?)", (key,))
            self.db.run("DELETE FROM judged WHERE statement IN (SELECT key FROM statements WHERE document = ?)", (key,))
            for table in ("statements", "speakers", "figures", "notes", "origins"):
                self.db.run(f"DELETE FROM {table} WHERE document = ?", (key,))
            self.db.run("DELETE FROM documents WHERE key = ?", (key,))
            judgements.draw(self, id)

    def document(self, id: str) -> Document:
        """Return the document of that id, with its layers.

        Raises:
            NotFound: there is none.
        """
        key = self.key(id)
        if key is None:
            raise NotFound(f"there is no document {id} in the record")
        return self.load(key)

    def load(self, key: int, *, bare: bool = False) -> Document:
        """Return the document that has this number, with its layers; `bare` of notes, statements, speakers and figures.

        Raises:
            RecordError: what is kept of it cannot be read, for somebody or something has changed it.
        """
        try:
            return self._load(key, bare)
        except (ValueError, TypeError, KeyError, IndexError, zlib.error) as error:
            id = self.db.run("SELECT id FROM documents WHERE key = ?", (key,))[0][0]
            raise RecordError(
                f"{self.db.path}: what is kept of the document {id} cannot be read ({error}); go back to a"
                " copy of the record, or make it again from its reports"
            ) from error

    def _load(self, key: int, bare: bool) -> Document:
        row = self.db.run(
            "SELECT name, title, outlet, url, published, modified, language, media_type, encoding, digest, sidecar, entry,"
            " layers, text, (SELECT min(path) FROM sources JOIN origins ON source = key WHERE document = documents.key)"
            " FROM documents WHERE key = ?",
            (key,),
        )[0]
        name, title, outlet, url, published, modified, language, media, encoding = row[:9]
        digest, sidecar, entry, kept, text, path = row[9:]
        fields = layers.layers_from(kept, self.words.word)
        absent = fields.pop("absent")
        if bare:
            absent = ("statements", "speakers", "figures")
        return Document(
            name=name,
            text=rows.text_from(text),
            origin=Origin(path or name, digest.hex(), media, encoding, entry, sidecar.hex() if sidecar else None),
            title=title,
            outlet=self.words.at(outlet),
            url=url,
            published=published,
            modified=modified,
            language=language,
            notes=() if bare else self._notes(key),
            statements=None if "statements" in absent else self.statements(key),
            speakers=None if "speakers" in absent else self._speakers(key),
            figures=None if "figures" in absent else self._figures(key),
            **fields,
        )

    def keys(self) -> list[int]:
        """Return the numbers of all documents, in the order of their names and ids: that in which they are exported."""
        return [key for (key,) in self.db.run("SELECT key FROM documents ORDER BY name, id")]

    def documents(self) -> Iterator[Document]:
        """Yield every document, in the order of `keys`."""
        return map(self.load, self.keys())

    def statements(self, key: int) -> tuple[Statement, ...]:
        """Return the statements of one document, in the order in which it has them."""
        found = self.db.run(f"SELECT {STATEMENT_COLUMNS} FROM statements WHERE document = ? ORDER BY n", (key,))
        return tuple(self.statement_from(row) for row in found)

    def statement_from(self, row: tuple[Any, ...]) -> Statement:
        """Return the statement that a row of `STATEMENT_COLUMNS` holds."""
        id, content, source, cue, kind, parent, speaker, type, named, role, speaker_id, addressee, channel, via = row[
            :14
        ]
        said_on, act, act_confidence, condition, confidence, by = row[14:20]
        word = self.words.at
        fields: dict[str, Any] = {"kind": word(kind), "speaker_type": word(type), "act": word(act)}
        return Statement(
            id=id,
            content=rows.spans_from(content),
            source=rows.spans_from(source),
            cue=rows.spans_from(cue),
            parent=parent,
            speaker=self.names.at(speaker),
            named=bool(named),
            role=word(role),
            speaker_id=speaker_id,
            addressee=word(addressee),
            channel=word(channel),
            via=tuple(json.loads(via)) if via else (),
            said_on=said_on,
            act_confidence=rows.share_from(act_confidence),
            condition=layers.condition_from(condition),
            confidence=rows.share_from(confidence),
            by=rows.makers_from(by, self.words.word),
            **fields,
        )

    def _insert(self, id: str, doc: Document) -> int:
        origin, word = doc.origin, self.words.key
        key = self.db.insert(
            "INSERT INTO documents (id, name, title, outlet, url, published, modified, language, media_type, encoding, digest,"
            " sidecar, entry, statements, layers, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                id,
                rows.clean(doc.name),
                _clean(doc.title),
                word(doc.outlet),
                _clean(doc.url),
                _clean(doc.published),
                _clean(doc.modified),
                doc.language,
                origin.media_type,
                origin.encoding,
                bytes.fromhex(origin.digest),
                bytes.fromhex(origin.sidecar) if origin.sidecar else None,
                _clean(origin.entry),
                len(doc.statements or ()),
                layers.layers_column(doc, self.words.number),
                rows.text_column(doc.text),
            ),
        )
        self._insert_statements(key, doc)
        self._insert_others(key, doc)
        self._index(key, "")
        self._count(key, 1)
        judgements.draw(self, id)  # what people judged in an earlier reading of it holds for this one
        return key

    def _insert_statements(self, key: int, doc: Document) -> None:
        word, name, outlet = self.words.key, self.names.key, self.words.key(doc.outlet)
        for n, stmt in enumerate(doc.statements or (), 1):
            number = self.db.insert(
                f"INSERT INTO statements (document, n, outlet, day, {STATEMENT_COLUMNS})"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    key,
                    n,
                    outlet,
                    rows.day_number(stmt.said_on, doc.published),
                    stmt.id,
                    rows.places_column(stmt.content),
                    rows.places_column(stmt.source),
                    rows.places_column(stmt.cue),
                    word(stmt.kind),
                    stmt.parent,
                    name(stmt.speaker),
                    word(stmt.speaker_type),
                    stmt.named,
                    word(stmt.role),
                    stmt.speaker_id,
                    word(stmt.addressee),
                    word(stmt.channel),
                    json.dumps(stmt.via) if stmt.via else None,
                    stmt.said_on,
                    word(stmt.act),
                    rows.share_column(stmt.act_confidence),
                    layers.condition_column(stmt.condition),
                    rows.share_column(stmt.confidence),
                    rows.makers_column(stmt.by, self.words.number),
                ),
            )
            self.db.run_many(
                "INSERT INTO relays (word, statement) VALUES (?, ?)",
                [(word(hop), number) for hop in sorted(set(stmt.via))],
            )

    def _insert_others(self, key: int, doc: Document) -> None:
        word, name = self.words.key, self.names.key
        self.db.run_many(
            "INSERT INTO speakers (document, n, id, name, type, named, body, mentions) VALUES (?,?,?,?,?,?,?,?)",
            [
                (
                    key,
                    n,
                    speaker.id,
                    name(speaker.name),
                    word(speaker.type),
                    speaker.named,
                    layers.speaker_body(speaker, self.words.number),
                    layers.mentions_column(speaker, self.words.number),
                )
                for n, speaker in enumerate(doc.speakers or (), 1)
            ],
        )
        self.db.run_many(
            'INSERT INTO figures (document, n, id, start, "end", value, unit, qualifier, measures, statement, made_by)'
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    *(key, n, fig.id, *fig.span, json.dumps(fig.value), word(fig.unit), word(fig.qualifier)),
                    *(_clean(fig.measures), fig.statement, word(fig.by)),
                )
                for n, fig in enumerate(doc.figures or (), 1)
            ],
        )
        self.db.run_many(
            'INSERT INTO notes (document, n, kind, message, start, "end", made_by) VALUES (?,?,?,?,?,?,?)',
            [
                (key, n, word(note.kind), _clean(note.message), *(note.span or (None, None)), word(note.by))
                for n, note in enumerate(doc.notes, 1)
            ],
        )

    def _index(self, key: int, delete: str) -> None:
        """Put a document's words into the full-text index, or take them out: FTS5 must be told the words it is to forget."""
        text = rows.text_from(self.db.run("SELECT text FROM documents WHERE key = ?", (key,))[0][0])
        columns = "statements_fts, " if delete else ""
        found = self.db.run(
            "SELECT s.key, coalesce(j.content, s.content),"
            " (SELECT name FROM names WHERE names.key = coalesce(j.speaker, s.speaker))"
            " FROM statements s LEFT JOIN judged j ON j.statement = s.key WHERE document = ? ORDER BY s.n",
            (key,),
        )
        self.db.run_many(
            f"INSERT INTO statements_fts ({columns}rowid, content, speaker) VALUES ({delete}?, ?, ?)",
            [(number, rows.cut(text, content), name) for number, content, name in found],
        )

    def _count(self, key: int, sign: int) -> None:
        """Keep what lists of speakers show without counting: how much each said, and what they are said to be."""
        of = "FROM statements s WHERE document = ? AND speaker IS NOT NULL GROUP BY speaker"
        self.db.run_many(
            "UPDATE names SET statements = statements + ?, documents = documents + ? WHERE key = ?",
            [(sign * n, sign, name) for name, n in self.db.run(f"SELECT speaker, count(*) {of}", (key,))],
        )
        facts = f"SELECT speaker, coalesce(speaker_type, 0), named, coalesce(role, 0), count(*) {of}, 2, 3, 4"
        for *fact, n in self.db.run(facts, (key,)):
            self.db.run(
                "INSERT INTO name_facts VALUES (?,?,?,?,?)"
                " ON CONFLICT DO UPDATE SET statements = statements + excluded.statements",
                (*fact, sign * n),
            )
            self.db.run("DELETE FROM name_facts WHERE name = ? AND statements = 0", (fact[0],))

    def _notes(self, key: int) -> tuple[Note, ...]:
        found = self.db.run(
            'SELECT kind, message, start, "end", made_by FROM notes WHERE document = ? ORDER BY n', (key,)
        )
        return tuple(
            Note(
                str(self.words.at(kind)), message, None if start is None else Span(start, end), self.words.at(by) or ""
            )
            for kind, message, start, end, by in found
        )

    def _speakers(self, key: int) -> tuple[Any, ...]:
        found = self.db.run(
            "SELECT id, name, type, named, body, mentions FROM speakers WHERE document = ? ORDER BY n", (key,)
        )
        return tuple(
            layers.speaker_from(
                id, str(self.names.at(name)), self.words.at(type), bool(named), body, places, self.words.word
            )
            for id, name, type, named, body, places in found
        )

    def _figures(self, key: int) -> tuple[Figure, ...]:
        found = self.db.run(
            'SELECT id, start, "end", value, unit, qualifier, measures, statement, made_by FROM figures WHERE document = ?'
            " ORDER BY n",
            (key,),
        )
        figures = []
        for id, start, end, value, unit, qualifier, measures, statement, by in found:
            number = json.loads(value)
            fields: dict[str, Any] = {"qualifier": self.words.at(qualifier)}
            figures.append(
                Figure(
                    id=id,
                    span=Span(start, end),
                    value=(number[0], number[1]) if isinstance(number, list) else number,
                    unit=self.words.at(unit),
                    measures=measures,
                    statement=statement,
                    by=self.words.at(by) or "",
                    **fields,
                )
            )
        return tuple(figures)


def _clean(value: str | None) -> str | None:
    return None if value is None else rows.clean(value)
