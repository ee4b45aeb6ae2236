"""What people judge: takes a record's `Store` and a person's word, keeps it as a judgement, and never changes what was found.

A judgement wins over what the machine found wherever questions are asked. Each has its time and its author, and can be undone.
How judgements lie in the record stands in `onrecord.store.judgements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import get_args

from onrecord.ask.statements import StatementRow, statement
from onrecord.document import Act, Document, Kind, Span
from onrecord.errors import NotFound, QueryError
from onrecord.segment import segment
from onrecord.store import added, judgements, placing
from onrecord.store.judgements import Judgement, JudgementKind, Verdict, log, next_number, standing
from onrecord.store.placing import Places
from onrecord.store.rows import clean, pieces
from onrecord.store.store import Store

__all__ = ["Judge", "Judgement", "Places", "log", "standing"]

LONGEST = 200
"""How many characters a name may have."""
MOST_PIECES = 50
"""In how many pieces a source, a cue or a content may stand."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judge:
    """A person at work on a record; statements are named as `ask.statement` wants them, "DOCUMENT#s1".

    `draws_names` is False only of whom `together` gives.

    >>> from onrecord.document import Document, Origin, Span, Statement
    >>> from onrecord.store.connection import Connection
    >>> store = Store(Connection(":memory:"))
    >>> said = Statement("s1", content=(Span(9, 20),), source=(Span(0, 3),), speaker="Ada Moss")
    >>> _ = store.put(Document("quarry", "She said it is over.", Origin("quarry.txt", "00" * 32), statements=(said,)))
    >>> judge = Judge(store, "Ruth")
    >>> line = judge.speaker("quarry#s1", "Ida Moss")
    >>> statement(store, "quarry#s1").speaker, statement(store, "quarry#s1").found.speaker
    ('Ida Moss', 'Ada Moss')
    >>> _ = judge.undo(line.n)
    >>> statement(store, "quarry#s1").speaker
    'Ada Moss'
    """

    store: Store
    author: str
    draws_names: bool = True

    @contextmanager
    def together(self) -> Iterator[Judge]:
        """Give a judge whose judgements are kept all or none, and after the last of which names are drawn once."""
        with self.store.db.transaction():
            yield replace(self, draws_names=False)
            judgements.draw_names(self.store)

    def accept(self, id: str) -> Judgement:
        """Say that a statement is one, with its source and content right."""
        return self._verdict(id, "accept")

    def reject(self, id: str) -> Judgement:
        """Say that a statement is none, or is wrongly cut."""
        return self._verdict(id, "reject")

    def speaker(self, id: str, name: str) -> Judgement:
        """Say who the speaker is."""
        row = statement(self.store, id)
        return self._keep("speaker", row, before=row.speaker, after=_name(name))

    def act(self, id: str, act: str) -> Judgement:
        """Say what a statement does."""
        if act not in get_args(Act):
            raise QueryError(f"there is no act {act!r}; choose one of {', '.join(get_args(Act))}")
        row = statement(self.store, id)
        return self._keep("act", row, before=row.act, after=act)

    def spans(self, id: str, content: Sequence[Span], source: Sequence[Span], cue: Sequence[Span]) -> Judgement:
        """Say where a statement's content, source and cue stand, as code point offsets; its kind follows from the marks there.

        Raises:
            QueryError: there is no content, or a span is empty, out of the text, or over another.
        """
        row = statement(self.store, id)
        doc = self.store.document(row.document_id)
        stmt = row.statement
        before = placing.written(Places(stmt.content, stmt.source, stmt.cue, stmt.kind), doc.text)
        after = placing.written(places(doc, content, source, cue), doc.text)
        return self._keep("spans", row, before=before, after=after)

    def add(
        self,
        document: str,
        at: Places | tuple[Sequence[Span], Sequence[Span], Sequence[Span]],
        speaker: str | None,
        act: str,
    ) -> Judgement:
        """Add a statement that was missed in a document (by id); `speaker` is None where the text gives no source."""
        doc = self.store.document(document)
        found = places(doc, *((at.content, at.source, at.cue) if isinstance(at, Places) else at))
        if act not in get_args(Act):
            raise QueryError(f"there is no act {act!r}; choose one of {', '.join(get_args(Act))}")
        after = placing.written(found, doc.text, speaker=_name(speaker) if speaker else None, act=act)
        words = clean(pieces(doc.text, found.content))
        with self.store.db.transaction():
            n = next_number(self.store)
            id = added.id_of_same(self.store, document, found, before=n) or f"p{n}"
            given = {"document": document, "statement": id, "content": found.content, "words": words, "after": after}
            line = self._kept("add", **given)
            assert line.n == n  # the log counts on, and nobody else writes in this transaction
            return line

    def merge(self, name: str, main: str) -> Judgement:
        """Say that two names are the same speaker, who from now on goes under `main`."""
        name, main = self._known(name), _name(main)
        if name == main:
            raise QueryError(f"{name!r} is {main!r} already; give another name")
        return self._keep("merge", None, before=name, after=main)

    def split(self, name: str, main: str) -> Judgement:
        """Say that a name is not the same speaker as `main`; it stands for itself again."""
        return self._keep("split", None, before=self._known(name), after=_name(main))

    def split_document(self, name: str, document: str) -> Judgement:
        """Say that whom this document (by id) means by a name is somebody else of that name; linking tells them apart."""
        name = self._known(name)
        return self._kept("split", before=name, after=name, document=document)

    def issue(self, given: str, name: str) -> Judgement:
        """Say what an issue (by id or name) is called; called as another is, the two are one from now on.

        Raises:
            NotFound: there is no such issue.
        """
        from onrecord.ask.positions import issue_named, slug

        return self._keep("issue", None, before=slug(issue_named(self.store, given).name), after=_name(name))

    def same(self, id: str, other: str) -> Judgement:
        """Say that two statements report the same utterance."""
        return self._pair("same", id, other)

    def different(self, id: str, other: str) -> Judgement:
        """Say that two statements do not report the same utterance."""
        return self._pair("different", id, other)

    def undo(self, n: int) -> Judgement:
        """Take a judgement back; taking back an undoing brings it back.

        Raises:
            NotFound: the log has no line of that number.
            QueryError: it has been undone already.
        """
        lines = log(self.store)
        line = next((line for line in lines if line.n == n), None)
        if line is None:
            raise NotFound(f"there is no judgement {n}")
        if n in undone(lines):
            raise QueryError(f"judgement {n} is undone already; undo the undoing to bring it back")
        return self._kept("undo", before=line.after, after=line.before, undoes=n)

    def _verdict(self, id: str, kind: JudgementKind) -> Judgement:
        row = statement(self.store, id)
        before: Verdict | None = row.judgement.verdict if row.judgement else None
        return self._keep(kind, row, before=before, after="accepted" if kind == "accept" else "rejected")

    def _pair(self, kind: JudgementKind, id: str, other: str) -> Judgement:
        a, b = sorted((statement(self.store, id), statement(self.store, other)), key=lambda row: row.id)
        if a.id == b.id:
            raise QueryError(f"{a.id} is one statement; give two")
        return self._keep(kind, a, b)

    def _keep(
        self,
        kind: JudgementKind,
        row: StatementRow | None,
        other: StatementRow | None = None,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Judgement:
        given = {**self._meant(row, ""), **self._meant(other, "other_"), "before": before, "after": after}
        return self._kept(kind, **given)

    def _meant(self, row: StatementRow | None, prefix: str) -> dict[str, object]:
        """Return what tells the log which statement is meant: where the machine found it, not where people say it stands."""
        if row is None:
            return {}
        found = row.found or row.statement
        words = clean(pieces(self.store.document(row.document_id).text, found.content))
        given = {"document": row.document_id, "statement": found.id, "content": found.content, "words": words}
        return {prefix + name: value for name, value in given.items()}

    def _kept(self, kind: JudgementKind, **given: object) -> Judgement:
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        line = Judgement(0, at, _name(self.author, "the author"), kind, **given)  # type: ignore[arg-type]
        return judgements.keep(self.store, line, names=self.draws_names)

    def _known(self, name: str) -> str:
        name = _name(name)
        if self.store.names.find(name) is None:
            raise NotFound(f"there is no speaker {name!r} in the record")
        return name


def undone(lines: list[Judgement]) -> set[int]:
    """Return the numbers of the lines that are undone, undoings of undoings included."""
    there = {line.n for line in standing(lines)}
    taken: set[int] = set()
    for line in reversed(lines):
        if line.kind == "undo" and line.n not in taken and line.undoes is not None:
            taken.add(line.undoes)
    return taken - there


def places(doc: Document, content: Sequence[Span], source: Sequence[Span], cue: Sequence[Span]) -> Places:
    """Return where a statement is said to stand, its pieces in text order, and what the quotation marks there make of it.

    >>> from onrecord.document import Origin
    >>> places(Document("a", "“No deal,” she said.", Origin("a.txt", "0" * 64)), [Span(0, 10)], [], []).kind
    'direct'

    Raises:
        QueryError: there is no content, or a span is empty, out of the text, or over another.
    """
    if not content:
        raise QueryError("a statement has a content; say where it begins and ends")
    whole = {"content": content, "source": source, "cue": cue}
    for role, spans in whole.items():
        _check(role, sorted(spans), len(doc.text))
    return Places(tuple(sorted(content)), tuple(sorted(source)), tuple(sorted(cue)), _kind(doc, content))


def _check(role: str, spans: Sequence[Span], length: int) -> None:
    if len(spans) > MOST_PIECES:
        raise QueryError(f"the {role} is in {len(spans)} pieces; give at most {MOST_PIECES}")
    end = 0
    for span in spans:
        if not end <= span.start < span.end <= length:
            found = f"the {role} stands at {span.start}-{span.end}"
            raise QueryError(
                f"{found}; give pieces that have words, do not overlap, and lie in the {length} characters"
            )
        end = span.end


def _kind(doc: Document, content: Sequence[Span]) -> Kind:
    """Return direct where every word is quoted, mixed where some are; marks around the whole statement are another's."""
    quoted = [piece for quotation in segment(doc).quotations or () for piece in quotation.pieces]
    words = within = 0
    for start, end in content:
        own = [q for q in quoted if start <= q.start + 1 and q.end <= end + 1]
        for word in _WORD.finditer(doc.text, start, end):
            words += 1
            within += any(q.start <= word.start() and word.end() <= q.end for q in own)
    return "indirect" if not within else "direct" if within == words else "mixed"


def _name(name: str, what: str = "the name") -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise QueryError(f"{what} has {len(name)} characters; give 1 to {LONGEST}")
    return name
