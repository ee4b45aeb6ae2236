"""Statements that people added: takes what the log says of them, keeps them among the others, and removes those taken back.

Such a statement has the id "p17", 17 being the judgement's number, and says in `by` that a person made it: what the machine found
stays told apart. Where an extraction finds the very same statement, the machine's is kept and the person's is not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onrecord.document import Span
from onrecord.store import placing, rows

if TYPE_CHECKING:
    from onrecord.store.judgements import Judgement
    from onrecord.store.store import Store

BY = "person"


def draw(store: Store, lines: Sequence[Judgement], document: str | None) -> dict[int, int]:
    """Make the record have what these lines (of kind "add") say and no more; return the number of the line of each, by key."""
    wanted = {line.n: line for line in lines}
    there: dict[int, int] = {}
    for key, id in store.db.run("SELECT key, id FROM statements WHERE id GLOB 'p[0-9]*'") if document is None else ():
        if int(id[1:]) in wanted:
            there[int(id[1:])] = key
        else:
            remove(store, key)
    found = {key: n for n, key in there.items()}
    for n, line in wanted.items():
        if n not in there and (document is None or placing.same_file(line.document or "", document)):
            key = _insert(store, line)
            found |= {} if key is None else {key: n}
    return found


def _insert(store: Store, line: Judgement) -> int | None:
    """Keep one that was added, unless it is found by the machine now or its place is not; return its key."""
    for document in placing.documents_of(store, line.document or ""):
        text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (document,))[0][0])
        places = placing.read(line.after, text)
        if places is not None and not _is_there(store, document, places, line):
            return _keep(store, document, line, places)
    return None


def _is_there(store: Store, document: int, places: placing.Places, line: Judgement) -> bool:
    sql = "SELECT 1 FROM statements WHERE document = ? AND (id = ? OR content = ? AND source = ?)"
    content, source = rows.places_column(places.content), rows.places_column(places.source)
    return bool(store.db.run(sql, (document, f"p{line.n}", content, source)))


def _keep(store: Store, document: int, line: Judgement, places: placing.Places) -> int:
    word, speaker = store.words.key, placing.fact(line.after, "speaker")
    n, outlet, published = store.db.run(
        "SELECT (SELECT coalesce(max(n), 0) + 1 FROM statements s WHERE s.document = d.key), outlet, published"
        " FROM documents d WHERE key = ?",
        (document,),
    )[0]
    type, named = kind_of_speaker(store, speaker)
    columns: dict[str, Any] = {
        "document": document, "n": n, "id": f"p{line.n}",
        **{role: rows.places_column(getattr(places, role)) for role in placing.ROLES},
        "kind": word(places.kind), "parent": _parent(store, document, places.content),
        "speaker": store.names.key(speaker), "speaker_type": word(type), "named": named,
        "act": word(placing.fact(line.after, "act") or "assert"),
        "made_by": rows.makers_column({"statement": BY}, store.words.number),
        "outlet": outlet, "day": rows.day_number(None, published),
    }  # fmt: skip
    sql = f"INSERT INTO statements ({', '.join(columns)}) VALUES ({','.join('?' * len(columns))})"
    key = store.db.insert(sql, list(columns.values()))
    count(store, key, 1)
    index(store, [key], "")
    return key


def kind_of_speaker(store: Store, name: str | None) -> tuple[str | None, bool]:
    """Return what the record says a name is, most often; of one it does not know, named if it begins with a capital."""
    key = store.names.find(name) if name else None
    sql = (
        "SELECT (SELECT word FROM words WHERE words.key = type) AS word, named FROM name_facts WHERE name = ?"
        " ORDER BY statements DESC, word LIMIT 1"
    )
    found = store.db.run(sql, (key,)) if key is not None else []
    if found:
        return found[0][0], bool(found[0][1])
    return None, bool(name) and (name or "")[:1].isupper()


def _parent(store: Store, document: int, content: tuple[Span, ...]) -> str | None:
    """Return the id of the innermost statement whose content holds all of this one."""
    holding = []
    for id, column in store.db.run("SELECT id, content FROM statements WHERE document = ? ORDER BY n", (document,)):
        spans = rows.spans_from(column)
        if all(any(s.start <= own.start and own.end <= s.end for s in spans) for own in content):
            holding.append((sum(s.end - s.start for s in spans), id))
    return min(holding)[1] if holding else None


def remove(store: Store, key: int) -> None:
    """Remove one that was added, and what hangs on it."""
    index(store, [key], "'delete', ")
    count(store, key, -1)
    store.db.run("DELETE FROM links WHERE kind = 'utterance' AND (a = ? OR b = ?)", (key, key))
    store.db.run("DELETE FROM clusters WHERE kind = 'utterance' AND node = ?", (key,))
    store.db.run("DELETE FROM link_state WHERE what = 'documents'")
    for table, column in (("judged", "statement"), ("statements", "key")):
        store.db.run(f"DELETE FROM {table} WHERE {column} = ?", (key,))


def count(store: Store, key: int, sign: int) -> None:
    """Keep the counts that `Store` keeps of what it puts and removes."""
    document, speaker, type, named, role = store.db.run(
        "SELECT document, speaker, coalesce(speaker_type, 0), named, coalesce(role, 0) FROM statements WHERE key = ?",
        (key,),
    )[0]
    store.db.run("UPDATE documents SET statements = statements + ? WHERE key = ?", (sign, document))
    if speaker is None:
        return
    others = "SELECT 1 FROM statements WHERE document = ? AND speaker = ? AND key != ? LIMIT 1"
    alone = not store.db.run(others, (document, speaker, key))
    store.db.run(
        "UPDATE names SET statements = statements + ?, documents = documents + ? WHERE key = ?",
        (sign, sign if alone else 0, speaker),
    )
    store.db.run(
        "INSERT INTO name_facts VALUES (?,?,?,?,?)"
        " ON CONFLICT DO UPDATE SET statements = statements + excluded.statements",
        (speaker, type, named, role, sign),
    )
    store.db.run("DELETE FROM name_facts WHERE name = ? AND statements = 0", (speaker,))


def index(store: Store, keys: Sequence[int], delete: str) -> None:
    """Put the words of statements, as people see them, into the full-text index, or take them out: see `Store.put`."""
    columns = "statements_fts, " if delete else ""
    for key in keys:
        store.db.run(
            f"INSERT INTO statements_fts ({columns}rowid, content, speaker)"
            f" SELECT {delete}key, content, speaker FROM statement_words WHERE key = ?",
            (key,),
        )
