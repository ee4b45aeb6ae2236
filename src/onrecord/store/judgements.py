"""People's judgements in a record: takes what somebody judged, keeps it in a log that only grows, and says what follows.

What the machine found is never changed: what follows lies in tables of its own, drawn anew from the log. How a judgement finds
its statement when that was extracted again stands in `placing.py`; one that finds none stays in the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from onrecord.document import Document, Kind, Span, SpeakerType, Statement
from onrecord.store import added, placing, rows
from onrecord.store.links import canonical_names
from onrecord.store.placing import place as place

if TYPE_CHECKING:
    from onrecord.store.store import Store

Verdict = Literal["accepted", "rejected"]
JudgementKind = Literal[
    "accept", "reject", "spans", "add", "speaker", "act", "merge", "split", "same", "different", "issue", "undo"
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the log: `n` counts them; `at` is UTC, ISO 8601.

    `document`, `statement`, `content` and `words` say which statement was meant, the `other_` fields the second of a pair.
    `before` and `after` are a speaker, an act, a verdict, for "spans" and "add" places (see `placing.written`), or, for merge and
    split, the two names. `undoes` is a line's number.
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
    """What people made of one statement: the parts they set, None where they set none, and `n` of the last judgement.

    `places` are source, cue and content where they set those; `speaker_type` and `named` say what the speaker they set is.
    """

    verdict: Verdict | None = None
    speaker: str | None = None
    act: str | None = None
    n: int = 0
    places: placing.Places | None = None
    speaker_type: SpeakerType | None = None
    named: bool = False


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
    sql = f"SELECT statement, verdict, speaker, act, n, content, source, cue, kind FROM judged WHERE statement IN ({marks})"
    return {key: _judged(store, *row) for key, *row in store.db.run(sql, keys)}


def _judged(store: Store, verdict: Verdict | None, speaker: int | None, act: int | None, n: int, *spans: Any) -> Judged:
    content, source, cue, kind = spans
    places = None
    if content is not None:
        shape: Kind = store.words.at(kind)  # type: ignore[assignment]  # kept by `draw`, which has it from `Places`
        places = placing.Places(rows.spans_from(content), rows.spans_from(source), rows.spans_from(cue), shape)
    name = store.names.at(speaker)
    type: Any
    type, named = added.kind_of_speaker(store, name) if name else (None, False)
    return Judged(verdict, name, store.words.at(act), n, places, type, named)


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
    if found is not None and found.places is not None:
        p = found.places
        by = {**stmt.by, "statement": "person"}
        stmt = replace(stmt, content=p.content, source=p.source, cue=p.cue, kind=p.kind, by=by)
    if found is not None and found.speaker is not None:
        by = {**stmt.by, "speaker": "person"}
        if found.speaker != stmt.speaker:  # the role was the other's
            type = found.speaker_type or stmt.speaker_type
            stmt = replace(stmt, role=None, speaker_id=None, speaker_type=type, named=found.named)
        stmt = replace(stmt, speaker=found.speaker, by=by)
    if found is not None and found.act is not None:
        stmt = replace(stmt, act=found.act, by={**stmt.by, "act": "person"})  # type: ignore[arg-type]
    if stmt.speaker in mains:
        stmt = replace(stmt, speaker=mains[stmt.speaker])
    return stmt


def as_seen(store: Store, key: int, *, linked: bool = True) -> tuple[Document, dict[str, Judged]]:
    """Return a document (by key) as people see it, and what they judged of its statements, by their ids.

    `linked` calls speakers what they are called across the record; without it merges alone count. In `by`, "verdict" says what a
    person accepted or rejected.
    """
    doc, mains = store.load(key), main_names(store)
    keys = {int(n): str(id) for n, id in store.db.run("SELECT key, id FROM statements WHERE document = ?", (key,))}
    people = {keys[number]: found for number, found in judged(store, sorted(keys)).items()}
    called = {keys[number]: name for number, name in canonical_names(store, sorted(keys)).items()} if linked else {}
    stmts = []
    for stmt in doc.statements or ():
        known = replace(stmt, speaker=called[stmt.id]) if stmt.id in called else stmt
        found = people.get(stmt.id)
        seen = apply(known, found, mains)
        told = {"verdict": f"person: {found.verdict}"} if found is not None and found.verdict is not None else {}
        stmts.append(replace(seen, by={**seen.by, **told}))
    return (doc if doc.statements is None else replace(doc, statements=tuple(stmts))), people


def draw(store: Store, document: str | None = None) -> None:
    """Draw what follows from the log anew: of everything, or of one document (by id) that was just put in."""
    lines = standing(log(store))
    if document is None:
        _draw_names(store, lines)
    with_added = added.draw(store, [line for line in lines if line.kind == "add"], document)
    wanted: dict[int, dict[str, Any]] = {key: {"n": n} for key, n in with_added.items()}
    for line, key in _placed(store, [line for line in lines if line.kind in _PARTS], document):
        if part := _part(store, line, key):
            wanted.setdefault(key, {}).update(part, n=line.n)
    _keep_judged(store, wanted, everything=document is None)


def _keep_judged(store: Store, wanted: dict[int, dict[str, Any]], *, everything: bool) -> None:
    """Keep what people made of statements, and the words under which those are searched."""
    sql = "SELECT statement, speaker, content FROM judged WHERE coalesce(speaker, content) IS NOT NULL"
    before = {key: (speaker, content) for key, speaker, content in store.db.run(sql)} if everything else {}
    after = {key: (part.get("speaker"), part.get("content")) for key, part in wanted.items()}
    changed = sorted(key for key in {*before, *after} if before.get(key, (None, None)) != after.get(key, (None, None)))
    added.index(store, changed, "'delete', ")
    if everything:
        store.db.run("DELETE FROM judged")
    for key, part in wanted.items():
        sql = f"INSERT OR REPLACE INTO judged (statement, {', '.join(part)}) VALUES (?{', ?' * len(part)})"
        store.db.run(sql, (key, *part.values()))
    added.index(store, changed, "")


_PARTS = ("accept", "reject", "spans", "speaker", "act")


def _part(store: Store, line: Judgement, key: int) -> dict[str, str | int | None]:
    """Return the columns that a judgement of the statement with this key sets."""
    if line.kind == "speaker":
        return {"speaker": store.names.key(line.after)}
    if line.kind == "act":
        return {"act": store.words.key(line.after)}
    if line.kind == "spans":
        return _places(store, line, key)
    return {"verdict": "accepted" if line.kind == "accept" else "rejected"}


def _places(store: Store, line: Judgement, key: int) -> dict[str, str | int | None]:
    sql = "SELECT text FROM documents WHERE key = (SELECT document FROM statements WHERE key = ?)"
    places = placing.read(line.after, rows.text_from(store.db.run(sql, (key,))[0][0]))
    if places is None:
        return {}
    spans: dict[str, str | int | None] = {role: rows.spans_column(getattr(places, role)) for role in placing.ROLES}
    return {**spans, "kind": store.words.key(places.kind)}


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
        if line.document is None or (document is not None and not placing.same_file(line.document, document)):
            continue
        where = (line.document, line.content)
        if where not in places:
            places[where] = placing.place(store, line)
        if (key := places[where]) is not None:
            yield line, key


def _line(row: tuple[object, ...]) -> Judgement:
    given = dict(zip(COLUMNS, row, strict=True))
    for name in ("content", "other_content"):
        given[name] = rows.spans_from(str(given[name])) if given[name] else ()
    return Judgement(**given)  # type: ignore[arg-type]  # the columns are those of the class
