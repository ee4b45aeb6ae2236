"""The questions across documents: takes a linked `Store`, gives rows of copies, stories and what hangs on them.

What is asked of statements alone is asked in `onrecord.ask`. Nothing is linked here; a record that was not linked answers as far
as names are the same to the letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.ask import statements as ask
from onrecord.errors import NotFound
from onrecord.store import links
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Two documents that share text: `share` of the shorter stands in the longer; `first` came first, by date, else by id.

    `kind` is verbatim, cut, edited or rewritten (see `onrecord.link.copies`); `reasons` say in words what was found, `by` what
    found it.
    """

    first: str
    second: str
    kind: str
    share: float
    own: float
    credit: str | None
    first_outlet: str | None
    second_outlet: str | None
    first_published: str | None
    second_published: str | None
    reasons: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A report among those of the same event; `story` counts stories in order of their first day."""

    story: int
    reports: int
    published: str | None
    outlet: str | None
    document: str
    title: str | None
    statements: int


def linked(store: Store) -> bool:
    """Say whether the record was ever linked."""
    return links.state(store, "documents") is not None


def labels(store: Store, keys: Iterable[int]) -> dict[int, str]:
    """Return what exports call these documents, by their keys."""
    some = sorted(set(keys))
    found: dict[int, str] = {}
    for start in range(0, len(some), ask.AT_ONCE):
        part = some[start : start + ask.AT_ONCE]
        rows = store.db.run(f"SELECT key, id, name FROM documents WHERE key IN ({','.join('?' * len(part))})", part)
        shared = ask.shared_names(store, [name for _, _, name in rows])
        found |= {key: id if name in shared else name for key, id, name in rows}
    return found


def document_key(store: Store, id: str) -> int:
    """Return the number of a document by its id or, where only one has it, its name.

    Raises:
        NotFound: there is none, or several have the name.
    """
    found = store.db.run("SELECT key FROM documents WHERE id = ? OR name = ?", (id, id))
    if len(found) != 1:
        several = f"{len(found)} documents are called {id}: give an id"
        raise NotFound(several if found else f"there is no document {id} in the record")
    return int(found[0][0])


def copies(store: Store) -> list[CopyRow]:
    """Return the documents that share text, those that share most first."""
    rows = store.db.run("SELECT a, b, score, reasons, made_by FROM links WHERE kind = 'copy' ORDER BY score DESC, a, b")
    names = labels(store, {key for a, b, *_ in rows for key in (a, b)})
    facts = {
        key: (store.words.at(outlet), published)
        for key, outlet, published in store.db.run("SELECT key, outlet, published FROM documents")
        if key in names
    }
    found = []
    for a, b, share, reasons, by in rows:
        kind, which, own, agency, *why = links.reasons_from(reasons)
        one, other = (a, b) if which == "a" else (b, a)
        credit = agency or None
        outlets, dates = (facts[one][0], facts[other][0]), (facts[one][1], facts[other][1])
        made = (tuple(why), str(store.words.at(by)))
        found.append(CopyRow(names[one], names[other], kind, share, float(own), credit, *outlets, *dates, *made))
    return sorted(found, key=lambda row: (-row.share, row.first, row.second))


def timeline(store: Store) -> list[StoryRow]:
    """Return every report in the order of its story's first day, and within it of its own; a report alone is a story too."""
    clusters = links.clusters(store, "story")
    rows: list[Any] = store.db.run("SELECT key, title, outlet, published, statements FROM documents")
    names = labels(store, [row[0] for row in rows])
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[clusters.get(int(row[0]), int(row[0]))].append(row)
    found = []
    for group in groups.values():
        group.sort(key=lambda row: (row[3] or "9999", names[row[0]]))
    ordered = sorted(groups.values(), key=lambda group: (group[0][3] or "9999", names[group[0][0]]))
    for n, group in enumerate(ordered, 1):
        for key, title, outlet, published, statements in group:
            outlet_name = store.words.at(outlet)
            found.append(StoryRow(n, len(group), published, outlet_name, names[key], title, statements))
    return found
