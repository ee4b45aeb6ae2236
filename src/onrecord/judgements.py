"""What people judge: takes a record's `Store` and a person's word, keeps it as a judgement, and never changes what was found.

A judgement wins over what the machine found wherever questions are asked. Each has its time and its author, and can be undone.
How judgements lie in the record stands in `onrecord.store.judgements`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from onrecord.ask import StatementRow, statement
from onrecord.document import Act
from onrecord.errors import NotFound, QueryError
from onrecord.store.judgements import Judgement, JudgementKind, Verdict, keep, log, standing
from onrecord.store.store import Store

__all__ = ["Judge", "Judgement", "log", "standing"]

LONGEST = 200
"""How many characters a name may have."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A person at work on a record; statements are named as `ask.statement` wants them, "DOCUMENT#s1".

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
        return keep(self.store, self._line("split", before=name, after=name, document=document))

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
        return keep(self.store, self._line("undo", before=line.after, after=line.before, undoes=n))

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
        given = {**_meant(row, ""), **_meant(other, "other_"), "before": before, "after": after}
        return keep(self.store, self._line(kind, **given))

    def _line(self, kind: JudgementKind, **given: object) -> Judgement:
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Judgement(0, at, _name(self.author, "the author"), kind, **given)  # type: ignore[arg-type]

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


def _meant(row: StatementRow | None, prefix: str) -> dict[str, object]:
    if row is None:
        return {}
    given = {
        "document": row.document_id,
        "statement": row.statement.id,
        "content": row.statement.content,
        "words": row.text,
    }
    return {prefix + name: value for name, value in given.items()}


def _name(name: str, what: str = "the name") -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise QueryError(f"{what} has {len(name)} characters; give 1 to {LONGEST}")
    return name
