"""Stories in a record: takes a `Store`, groups its reports into events, and keeps which report belongs to which.

Of each report its telling words are kept, a digest of all that it is compared by, and which others are like it. Only reports
whose digest changed are compared again, and only stories that may hold one of them are drawn anew. See `stories` for how.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.link import gaps, stories
from onrecord.link.stories import READ_CHARS, Report, Telling, Words
from onrecord.store import links
from onrecord.store.store import Store

Pairs = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a report: its telling words, the digest of what it was compared by, and the documents it is like."""

    key: int
    telling: Telling
    signature: bytes
    near: tuple[tuple[int, int], ...]


def draw(store: Store) -> None:
    """Draw the stories: the cluster of a report is the least number among those of its story."""
    _tell(store)
    some = _kept(store)
    words = Words([one.telling for one in some])
    signatures = words.signatures()
    touched = {i for i, one in enumerate(some) if one.signature != signatures[i]}
    place = {one.key: i for i, one in enumerate(some)}
    before: Pairs = {}
    gone: set[int] = set()
    for i, one in enumerate(some):
        for key, value in one.near:
            if key not in place:
                gone.add(i)
            elif i < place[key]:
                before[i, place[key]] = value
    kept = {pair: value for pair, value in before.items() if touched.isdisjoint(pair)}
    pairs = kept | words.near(touched)
    changed = {pair for pair in before.keys() | pairs.keys() if before.get(pair) != pairs.get(pair)}
    affected = touched | gone | {i for pair in changed for i in pair}
    _keep_near(store, some, signatures, pairs, affected)
    _keep_stories(store, some, pairs, affected)


def _tell(store: Store) -> None:
    """Keep the telling words of reports that are new; forget those of reports that are gone."""
    store.db.run("DELETE FROM telling WHERE document NOT IN (SELECT key FROM documents)")
    sql = (
        f"SELECT key, title, substr(text_of(text), 1, {READ_CHARS}), published FROM documents"
        " WHERE key NOT IN (SELECT document FROM telling) ORDER BY key"
    )
    rows = []
    for key, title, text, published in store.db.run(sql):
        one = stories.telling(Report("", title or "", text, published[:10] if published else None))
        rows.append((key, one.day, _packed(one), b"", b""))
    store.db.run_many("INSERT INTO telling (document, day, words, signature, near) VALUES (?, ?, ?, ?, ?)", rows)


def _packed(one: Telling) -> bytes:
    return gaps.pack(np.diff(one.words, prepend=0)) + gaps.pack(one.times - 1)


def _unpacked(column: bytes, day: int | None) -> Telling:
    steps, rest = gaps.unpack(column)
    return Telling(np.cumsum(steps), gaps.unpack(rest)[0] + 1, day)


def _kept(store: Store) -> list[Kept]:
    """Return what is kept of every report, by the report's id: what they are compared as must not hang on who came first."""
    columns = "t.document, t.day, t.words, t.signature, t.near"
    sql = f"SELECT {columns} FROM telling t JOIN documents d ON d.key = t.document ORDER BY d.id"
    return [
        Kept(key, _unpacked(words, day), signature, _near(near))
        for key, day, words, signature, near in store.db.run(sql)
    ]


def _near(column: bytes) -> tuple[tuple[int, int], ...]:
    both = np.frombuffer(column, "<u4").reshape(-1, 2).tolist()
    return tuple((int(key), int(value)) for key, value in both)


def _keep_near(
    store: Store, some: Sequence[Kept], signatures: Sequence[bytes], pairs: Pairs, affected: set[int]
) -> None:
    beside: dict[int, list[tuple[int, int]]] = {i: [] for i in affected}
    for (i, j), value in sorted(pairs.items()):
        for one, other in ((i, j), (j, i)):
            if one in beside:
                beside[one].append((some[other].key, value))
    rows = [(signatures[i], np.array(beside[i], "<u4").tobytes(), some[i].key) for i in sorted(affected)]
    store.db.run_many("UPDATE telling SET signature = ?, near = ? WHERE document = ?", rows)


def _keep_stories(store: Store, some: Sequence[Kept], pairs: Pairs, affected: set[int]) -> None:
    clusters = links.clusters(store, "story")
    changed: dict[int, int | None] = {}
    for part, inside in _parts(len(some), pairs, affected):
        for group in stories.grouped(part, inside):
            keys = sorted(some[i].key for i in group)
            changed |= dict.fromkeys(keys, keys[0] if len(keys) > 1 else None)
    links.change_clusters(store, "story", {key: to for key, to in changed.items() if clusters.get(key) != to})


def _parts(size: int, pairs: Pairs, affected: set[int]) -> Iterator[tuple[list[int], Pairs]]:
    """Yield the parts of the record that may be one story and hold an affected report, each with its pairs."""
    found = stories.parts(size, pairs)
    of = {i: n for n, part in enumerate(found) for i in part}
    inside: dict[int, Pairs] = {of[i]: {} for i in affected}
    for (i, j), value in pairs.items():
        if of[i] == of[j] and of[i] in inside:
            inside[of[i]][i, j] = value
    for n in sorted(inside):
        yield found[n], inside[n]
