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

    @property
    def of_other(self) -> Judgement:
        """The same line as it speaks of the second of a pair."""
        return replace(
            self,
            document=self.other_document,
            statement=self.other_statement,
            content=self.other_content,
            words=self.other_words,
        )


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


def keep(store: Store, judgement: Judgement, *, names: bool = True) -> Judgement:
    """Add a line to the log, draw what follows from it, and return it with its number.

    Args:
        names: draw what names go under; who keeps many calls `draw_names` after the last.
    """
    told: dict[str, Any] = {name: getattr(judgement, name) for name in COLUMNS[1:]}
    told = {name: rows.clean(value) if isinstance(value, str) else value for name, value in told.items()}
    spans = {name: rows.spans_column(told[name]) or None for name in ("content", "other_content")}
    sql = f"INSERT INTO judgements ({', '.join(told)}) VALUES ({','.join('?' * len(told))})"
    with store.db.transaction():
        line = replace(judgement, **told, n=store.db.insert(sql, list((told | spans).values())))
        _follow(store, line, names)
    return line


def _follow(store: Store, line: Judgement, names: bool) -> None:
    """Draw what follows from a line that was just kept, and no more than it can change."""
    meant = _meant(store, line)
    if meant.kind in {"merge", "split"}:
        if names:
            draw_names(store)
        elif line.kind == "merge":
            store.names.key(line.after)  # as of now it is a name of the record
    elif line.kind in _PARTS:
        key = place(store, line)
        if key is not None:
            _draw_statement(store, line, key)
    elif meant.kind in {*_PARTS, "add"} and meant.document is not None:
        draw(store, meant.document)


def _meant(store: Store, line: Judgement) -> Judgement:
    """Return the line that is undone, or brought back; any other itself."""
    while line.kind == "undo" and (found := _lines(store, "WHERE n = ?", (line.undoes,))):
        line = found[0]
    return line


def next_number(store: Store) -> int:
    """Return the number that the next line of the log will have."""
    return int(store.db.run("SELECT coalesce(max(n), 0) + 1 FROM judgements")[0][0])


def log(store: Store, *, document: str | None = None) -> list[Judgement]:
    """Return the log, oldest first; with `document` (an id) what concerns that one."""
    if document is None:
        return _lines(store)
    return _lines(store, "WHERE document = ? OR other_document = ?", (document, document))


def _lines(store: Store, where: str = "", given: Sequence[object] = ()) -> list[Judgement]:
    found = store.db.run(f"SELECT {', '.join(COLUMNS)} FROM judgements {where} ORDER BY n", given)
    return [_line(row) for row in found]


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
    """Draw what follows from the log anew: of everything, or of one document (by id) and the other versions of its file.

    Where a judgement belongs follows from the versions of its file alone, so that drawing these is drawing all that can change.
    """
    if document is not None:
        _draw_file(store, placing.file_of(document))
        return
    draw_names(store)
    for name in sorted({placing.file_of(id) for (id,) in store.db.run(_JUDGED_DOCUMENTS)}):
        _draw_file(store, name)


def _draw_file(store: Store, name: str) -> None:
    lines = _lines_of(store, name)
    if not lines:
        return
    stand = [line for line in standing(lines) if line.kind in {*_PARTS, "add"}]
    with_added = added.draw(store, name, [line for line in stand if line.kind == "add"])
    wanted: dict[int, dict[str, Any]] = {}
    for line, key in _placed(store, stand, with_added):
        wanted.setdefault(key, {}).update(_part(store, line, key, wanted.get(key, {})))
    _keep_judged(store, {key: part for key, part in wanted.items() if part}, _JUDGED_OF_FILE, name)


def _lines_of(store: Store, name: str) -> list[Judgement]:
    """Return the lines that speak of a file's versions, and with them all undoings; nothing where nobody judged it."""
    after = chr(ord("~") + 1)  # an id is the name, "~" and a digest
    within = _lines(store, "WHERE document >= ? AND document < ?", (f"{name}~", f"{name}{after}"))
    own = [line for line in within if placing.file_of(line.document or "") == name]
    undoings = _lines(store, "WHERE kind = 'undo'") if own else []
    return sorted(own + undoings, key=lambda line: line.n)


_JUDGED_DOCUMENTS = "SELECT DISTINCT document FROM judgements WHERE document IS NOT NULL"
_JUDGED_OF_FILE = (
    "SELECT j.statement, j.speaker, j.content FROM documents d JOIN statements s ON s.document = d.key"
    " JOIN judged j ON j.statement = s.key WHERE d.name = ?"
)
_JUDGED_OF_ONE = "SELECT statement, speaker, content FROM judged WHERE statement = ?"


def _draw_statement(store: Store, line: Judgement, key: int) -> None:
    """Draw what the latest line says of the statement with this key."""
    columns = ("verdict", "speaker", "act", "n", "content", "source", "cue", "kind")
    held = store.db.run(f"SELECT {', '.join(columns)} FROM judged WHERE statement = ?", (key,))
    before = dict(zip(columns, held[0], strict=True)) if held else {}
    if part := _part(store, line, key, before):
        _keep_judged(store, {key: before | part}, _JUDGED_OF_ONE, key)


def _keep_judged(store: Store, wanted: dict[int, dict[str, Any]], which: str, of: object) -> None:
    """Keep what people made of statements in place of what was kept of them, and the words under which those are searched."""
    before = {key: (speaker, content) for key, speaker, content in store.db.run(which, (of,))}
    after = {key: (part.get("speaker"), part.get("content")) for key, part in wanted.items()}
    changed = sorted(key for key in {*before, *after} if before.get(key, (None, None)) != after.get(key, (None, None)))
    added.index(store, changed, "'delete', ")
    store.db.run_many("DELETE FROM judged WHERE statement = ?", [(key,) for key in before])
    for key, part in wanted.items():
        sql = f"INSERT INTO judged (statement, {', '.join(part)}) VALUES (?{', ?' * len(part)})"
        store.db.run(sql, (key, *part.values()))
    added.index(store, changed, "")


_PARTS = ("accept", "reject", "spans", "speaker", "act")


def _part(store: Store, line: Judgement, key: int, before: dict[str, Any]) -> dict[str, str | int | None]:
    """Return the columns that a judgement of the statement with this key sets; `before` has what earlier ones set."""
    if line.kind == "speaker":
        return {"n": line.n, "speaker": store.names.key(line.after)}
    if line.kind == "act":
        return {"n": line.n, "act": store.words.key(line.after)}
    if line.kind == "spans":
        places = _places(store, line, key)
        return {"n": line.n, **places} if places else {}
    if line.kind == "add":
        return {"n": line.n, **_added(store, line, key, before)}
    return {"n": line.n, "verdict": "accepted" if line.kind == "accept" else "rejected"}


def _added(store: Store, line: Judgement, key: int, before: dict[str, Any]) -> dict[str, str | int | None]:
    """Return what somebody who added a statement says of one that was there already; nothing of their own."""
    id, cue, kind = store.db.run("SELECT id, cue, kind FROM statements WHERE key = ?", (key,))[0]
    if id == f"p{line.n}":
        return {}
    speaker, act = (placing.fact(line.after, name) for name in ("speaker", "act"))
    part: dict[str, str | int | None] = {"act": store.words.key(act or "assert")}
    if speaker is not None:
        part["speaker"] = store.names.key(speaker)
    places = _places(store, line, key)
    if "content" in before or (places["cue"], places["kind"]) != (rows.spans_column(rows.spans_from(cue)), kind):
        part |= places
    return part | ({"verdict": None} if before.get("verdict") == "rejected" else {})


def _places(store: Store, line: Judgement, key: int) -> dict[str, str | int | None]:
    sql = "SELECT text FROM documents WHERE key = (SELECT document FROM statements WHERE key = ?)"
    places = placing.read(line.after, rows.text_from(store.db.run(sql, (key,))[0][0]))
    if places is None:
        return {}
    spans: dict[str, str | int | None] = {role: rows.spans_column(getattr(places, role)) for role in placing.ROLES}
    return {**spans, "kind": store.words.key(places.kind)}


def draw_names(store: Store) -> None:
    """Draw anew what names people said go under others."""
    lines = standing(_lines(store, "WHERE kind IN ('merge', 'split', 'undo')"))
    mains = _mains([line for line in lines if line.document is None and line.before and line.after])
    store.db.run("DELETE FROM judged_names")
    key = store.names.key
    store.db.run_many(
        "INSERT INTO judged_names VALUES (?, ?)", [(key(name), key(main)) for name, main in mains.items()]
    )


def _mains(lines: Sequence[Judgement]) -> dict[str, str]:
    """Return the name that each merged name goes under: that of the latest merge in its group.

    The latest line comes first, so that what an earlier one says against it counts no more: as `onrecord.link` clusters names.
    """
    group: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    apart: list[tuple[str, str]] = []
    for line in reversed(lines):
        for name in (line.before or "", line.after or ""):
            members.setdefault(group.setdefault(name, name), [name])
        one, other = group[line.before or ""], group[line.after or ""]
        if one == other:
            continue
        if line.kind == "split":
            apart.append((one, other))
        elif not any({group[a], group[b]} == {one, other} for a, b in apart):
            members[one] += members[other]
            group |= dict.fromkeys(members.pop(other), one)
    main = {group[line.after or ""]: line.after or "" for line in lines if line.kind == "merge"}
    return {name: main[of] for name, of in group.items() if main.get(of, name) != name}


def _placed(store: Store, lines: Sequence[Judgement], found: dict[int, int]) -> Iterator[tuple[Judgement, int]]:
    """Yield the lines that have a statement, with its key; `found` has those of the lines that added one."""
    places: dict[tuple[object, ...], int | None] = {}
    for line in lines:
        if line.kind == "add":
            key = found.get(line.n)
        else:
            where = (line.document, line.statement, line.content, line.words)
            key = places[where] = places[where] if where in places else place(store, line)
        if key is not None:
            yield line, key


def _line(row: tuple[object, ...]) -> Judgement:
    given = dict(zip(COLUMNS, row, strict=True))
    for name in ("content", "other_content"):
        given[name] = rows.spans_from(str(given[name])) if given[name] else ()
    return Judgement(**given)  # type: ignore[arg-type]  # the columns are those of the class
