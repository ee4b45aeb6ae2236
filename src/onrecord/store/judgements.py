"""People's judgements in a record: takes what somebody judged, keeps it in a log that only grows, and says what follows from it.

What the machine found is never changed: what follows lies in tables of its own, drawn anew from the log. A statement that was
extracted again is known by its place in the text, then by its words; one that is found no more keeps its judgements in the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

from onrecord.document import Span, Statement
from onrecord.store import rows

if TYPE_CHECKING:
    from onrecord.store.store import Store

Verdict = Literal["accepted", "rejected"]
JudgementKind = Literal["accept", "reject", "speaker", "act", "merge", "split", "same", "different", "undo"]
LEAST_OVERLAP = 0.5
"""How much of two contents must be common (intersection over union) for one to be the other, extracted anew."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the log: `n` counts them; `at` is UTC, ISO 8601.

    `document`, `statement`, `content` and `words` say which statement was meant, the `other_` fields the second of a pair.
    `before` and `after` are a speaker, an act, a verdict, or, for merge and split, the two names. `undoes` is a line's number.
    """

    n: int
    at: str
    author: str
    kind: JudgementKind
    document: str | None = None
    statement: str | None = None
    content: tuple[Span, ...] = ()
    words: str | None = None
    other_document: str | None = None
    other_statement: str | None = None
    other_content: tuple[Span, ...] = ()
    other_words: str | None = None
    before: str | None = None
    after: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What people made of one statement: the parts they set, None where they set none, and `n` of the last judgement."""

    verdict: Verdict | None = None
    speaker: str | None = None
    act: str | None = None
    n: int = 0


COLUMNS = tuple(field.name for field in fields(Judgement))


def keep(store: Store, judgement: Judgement) -> Judgement:
    """Add a line to the log, draw what follows from it, and return it with its number."""
    given = {name: getattr(judgement, name) for name in COLUMNS[1:]}
    for name in ("content", "other_content"):
        given[name] = rows.spans_column(given[name]) if given[name] else None
    values = [rows.clean(value) if isinstance(value, str) else value for value in given.values()]
    sql = f"INSERT INTO judgements ({', '.join(given)}) VALUES ({','.join('?' * len(given))})"
    with store.db.transaction():
        n = store.db.insert(sql, values)
        draw(store)
    return replace(judgement, n=n)


def log(store: Store, *, document: str | None = None) -> list[Judgement]:
    """Return the log, oldest first; with `document` (an id) what concerns that one."""
    only, given = ("WHERE document = ? OR other_document = ?", (document,) * 2) if document else ("", ())
    return [_line(row) for row in store.db.run(f"SELECT {', '.join(COLUMNS)} FROM judgements {only} ORDER BY n", given)]


def standing(lines: Sequence[Judgement]) -> list[Judgement]:
    """Return the lines that are not undone, without the undoing ones; undoing an undoing brings a line back."""
    undone: set[int] = set()
    for line in reversed(lines):
        if line.kind == "undo" and line.n not in undone and line.undoes is not None:
            undone.add(line.undoes)
    return [line for line in lines if line.n not in undone and line.kind != "undo"]


def judged(store: Store, keys: Sequence[int]) -> dict[int, Judged]:
    """Return what people made of the statements that have these keys; nothing for those nobody judged."""
    marks = ",".join("?" * len(keys))
    sql = f"SELECT statement, verdict, speaker, act, n FROM judged WHERE statement IN ({marks})"
    return {
        key: Judged(verdict, store.names.at(speaker), store.words.at(act), n)
        for key, verdict, speaker, act, n in store.db.run(sql, keys)
    }


def main_names(store: Store) -> dict[str, str]:
    """Return the names that people merged, each with the name it goes under."""
    at = store.names.at
    return {str(at(name)): str(at(main)) for name, main in store.db.run("SELECT name, main FROM judged_names")}


def merged_keys(store: Store, keys: Sequence[int]) -> list[int]:
    """Return these keys of names, and those of the names merged with them."""
    marks = ",".join("?" * len(keys))
    mains = f"SELECT main FROM judged_names WHERE name IN ({marks}) OR main IN ({marks})"
    sql = f"SELECT name FROM judged_names WHERE main IN ({mains}) UNION {mains}"
    more = {key for (key,) in store.db.run(sql, [*keys] * 4)} - set(keys)
    return [*keys, *sorted(more)]


def apply(stmt: Statement, found: Judged | None, mains: dict[str, str]) -> Statement:
    """Return a statement as people see it: what they set wins over what the machine found, and `by` says so."""
    if found is not None and found.speaker is not None:
        stmt = replace(stmt, speaker=found.speaker, by={**stmt.by, "speaker": "person"})
    if found is not None and found.act is not None:
        stmt = replace(stmt, act=found.act, by={**stmt.by, "act": "person"})  # type: ignore[arg-type]
    if stmt.speaker in mains:
        stmt = replace(stmt, speaker=mains[stmt.speaker])
    return stmt


def draw(store: Store, document: str | None = None) -> None:
    """Draw what follows from the log anew: of everything, or of one document (by id) that was just put in."""
    lines = standing(log(store))
    if document is None:
        store.db.run("DELETE FROM judged")
        _draw_names(store, lines)
    for line, key in _placed(store, [line for line in lines if line.kind in _PARTS], document):
        column, value = _part(store, line)
        store.db.run(
            f"INSERT INTO judged (statement, {column}, n) VALUES (?, ?, ?)"
            f" ON CONFLICT DO UPDATE SET {column} = excluded.{column}, n = excluded.n",
            (key, value, line.n),
        )


_PARTS = ("accept", "reject", "speaker", "act")


def _part(store: Store, line: Judgement) -> tuple[str, str | int | None]:
    if line.kind == "speaker":
        return "speaker", store.names.key(line.after)
    if line.kind == "act":
        return "act", store.words.key(line.after)
    return "verdict", "accepted" if line.kind == "accept" else "rejected"


def _draw_names(store: Store, lines: Sequence[Judgement]) -> None:
    mains: dict[str, str] = {}
    for line in lines:
        if line.kind == "merge" and line.before and line.after:
            main = mains.get(line.after, line.after)
            group = {line.before, *(name for name, old in mains.items() if old == line.before)}
            mains |= dict.fromkeys(sorted(group - {main}), main)
            mains.pop(main, None)
        elif line.kind == "split" and line.before and line.document is None:
            mains.pop(line.before, None)
    store.db.run("DELETE FROM judged_names")
    key = store.names.key
    store.db.run_many(
        "INSERT INTO judged_names VALUES (?, ?)", [(key(name), key(main)) for name, main in mains.items()]
    )


def _placed(store: Store, lines: Sequence[Judgement], document: str | None) -> Iterator[tuple[Judgement, int]]:
    places: dict[tuple[str, tuple[Span, ...]], int | None] = {}
    for line in lines:
        if line.document is None or (document is not None and not _same_file(line.document, document)):
            continue
        where = (line.document, line.content)
        if where not in places:
            places[where] = place(store, line)
        if (key := places[where]) is not None:
            yield line, key


def _same_file(a: str, b: str) -> bool:
    return a.rpartition("~")[0] == b.rpartition("~")[0]


def place(store: Store, line: Judgement) -> int | None:
    """Return the key of the statement a judgement speaks of, None where the record has it no more.

    In the same document it is the one at that place, else the one that covers most of it, at least half; where the document is
    another version of the file, the only one with those very words.
    """
    key = store.key(line.document or "")
    if key is None:
        return _by_words(store, line)
    found = store.db.run("SELECT key, content FROM statements WHERE document = ? ORDER BY n", (key,))
    scored = [(_overlap(rows.spans_from(content), line.content), -number) for number, content in found]
    best, number = max(scored, default=(0.0, 0))
    return -number if best >= LEAST_OVERLAP else None


def _by_words(store: Store, line: Judgement) -> int | None:
    name = (line.document or "").rpartition("~")[0]
    found = []
    for (key,) in store.db.run("SELECT key FROM documents WHERE name = ?", (name,)):
        text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (key,))[0][0])
        for number, content in store.db.run("SELECT key, content FROM statements WHERE document = ?", (key,)):
            if rows.pieces(text, rows.spans_from(content)) == line.words:
                found.append(number)
    return int(found[0]) if len(found) == 1 else None


def _overlap(a: tuple[Span, ...], b: tuple[Span, ...]) -> float:
    common = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    total = sum(s.end - s.start for s in a + b) - common
    return common / total if total else 0.0


def _line(row: tuple[object, ...]) -> Judgement:
    given = dict(zip(COLUMNS, row, strict=True))
    for name in ("content", "other_content"):
        given[name] = rows.spans_from(str(given[name])) if given[name] else ()
    return Judgement(**given)  # type: ignore[arg-type]  # the columns are those of the class
