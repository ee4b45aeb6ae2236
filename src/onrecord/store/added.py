"""Statements that people added: takes what the log says of them, keeps them among the others, and removes those taken back.

Such a statement has the id "p17", 17 being the judgement's number, and says in `by` that a person made it: what the machine found
stays told apart. Where an extraction finds the very same words and source, or somebody added them before, that statement is kept
alone, and what is said of it now is a judgement of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onrecord.document import Span
from onrecord.store import placing, rows

if TYPE_CHECKING:
    from onrecord.store.judgements import Judgement
    from onrecord.store.store import Store

BY = "person"
_ADDED = re.compile(r"p[0-9]+")


def draw(store: Store, name: str, lines: Sequence[Judgement]) -> dict[int, int]:
    """Make the versions of a file (by name) have what these lines (of kind "add", in their order) say, and no more.

    Returns:
        The key of the statement that each line speaks of, by the line's number; nothing of one whose place is not found.
    """
    sql = "SELECT s.key, s.id FROM documents d JOIN statements s ON s.document = d.key WHERE d.name = ? AND s.id GLOB 'p[0-9]*'"
    own = {int(id[1:]): int(key) for key, id in store.db.run(sql, (name,))}
    for n in sorted(own.keys() - {line.n for line in lines}):
        remove(store, own.pop(n))
    found = ((line.n, _drawn(store, line, own.get(line.n))) for line in lines)
    return {n: key for n, key in found if key is not None}


def _drawn(store: Store, line: Judgement, own: int | None) -> int | None:
    """Return the key of the statement that a line speaks of: its `own` where that is right, else another or a new one."""
    at = _place(store, line)
    there = None if at is None else same(store, *at, before=line.n)
    if own is not None:
        held = store.db.run("SELECT document FROM statements WHERE key = ?", (own,))[0][0]
        if at is not None and there is None and at[0] == held:
            return own
        remove(store, own)
    if at is None or there is not None:
        return there
    return _keep(store, at[0], line, at[1])


def _place(store: Store, line: Judgement) -> tuple[int, placing.Places] | None:
    """Return the key of the first document in which the places of a line are found, and where."""
    for document in placing.documents_of(store, line.document or ""):
        text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (document,))[0][0])
        if places := placing.read(line.after, text):
            return document, places
    return None


def same(store: Store, document: int, places: placing.Places, *, before: int) -> int | None:
    """Return the key of the statement of those words and that source, found by the machine or added `before` that line."""
    sql = "SELECT id, key FROM statements WHERE document = ? AND content = ? AND source = ? ORDER BY n"
    given = (document, rows.places_column(places.content), rows.places_column(places.source))
    for id, key in store.db.run(sql, given):
        if not _ADDED.fullmatch(id) or int(id[1:]) < before:
            return int(key)
    return None


def id_of_same(store: Store, document: str, places: placing.Places, *, before: int) -> str | None:
    """Return the id of `same` in a document (by id), None where there is none."""
    key = same(store, store.key(document) or 0, places, before=before)
    return None if key is None else str(store.db.run("SELECT id FROM statements WHERE key = ?", (key,))[0][0])


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
    store.db.run("DELETE FROM links WHERE kind = 'stand' AND a = ?", (key,))
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
