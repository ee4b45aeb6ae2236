"""Copies in a record: takes a `Store`, sketches what is new, aligns it with what it can be a copy of, keeps the edges.

Sketches are kept, so that candidates come without reading a text again. A line that stands in many documents is a publisher's:
when one becomes such, or is no more, the documents that have it are compared anew. What makes a copy is said in `copies`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.link import gaps
from onrecord.link.clusters import Clusters
from onrecord.link.copies import BY, OPENING, RECURRENT, Body, Copy, blank, body, hashed, judge, pairs_of, related
from onrecord.link.parted import parted
from onrecord.link.rewriting import Sentence, tied
from onrecord.link.shingles import Prints, candidates, fingerprints, words
from onrecord.store import links
from onrecord.store.links import Edge
from onrecord.store.rows import packed, unpacked
from onrecord.store.store import Store

LOWEST = 0xFFFFFF  # of a hash, that are kept
BODIES = 500  # held in memory while pairs are judged


class Sketch:
    """What is kept of a document's text: `lines` are hashes of its lines, `prints` and `at` its fingerprints and their lines.

    `ties` are hashes of the figures and names that stand together in a sentence, by twos; kept are these, each once, and which
    of them stand together. Fingerprints and ties have three bytes: two texts that are no candidates become such by chance where
    several of them agree by chance, which costs one comparison; and gaps between them are kept (`gaps`).
    """

    def __init__(self, opening: int, lines: bytes, often: bytes, ties: bytes, prints: bytes) -> None:
        self.opening = opening
        self.lines = np.frombuffer(lines, "<u4")
        many = np.array(unpacked(often), np.int64)
        self.prints = _summed(gaps.unpack(prints)[0], many)
        self.at = np.repeat(np.arange(len(self.lines)), many)
        self.ties = pairs_of(_untied(ties))

    def without(self, recurrent: set[int]) -> Prints:
        """Return the fingerprints that stand outside these lines, sorted, each once."""
        if not recurrent:
            return np.unique(self.prints).astype(np.uint64)
        kept = np.array([line not in recurrent for line in self.lines.tolist()], bool)
        return np.unique(self.prints[kept[self.at]] if len(kept) else self.prints).astype(np.uint64)


def draw(store: Store) -> None:
    """Draw the edges between copies."""
    _sketch(store)
    sketches = _sketches(store)
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    recurrent = _recurrent(sketches)
    changed = _changed(store, sketches, recurrent)
    pairs = {
        *candidates({ids[key]: sketch.without(recurrent) for key, sketch in sketches.items()}),
        *related({ids[key]: sketch.ties for key, sketch in sketches.items()}),
    }
    keys = {id: key for key, id in ids.items()}
    bodies = _Bodies(store, ids, recurrent)
    kept = {(edge.a, edge.b): edge for edge in links.edges(store, "copy")}
    found = []
    for one, other in _by_crowd(pairs):
        a, b = sorted((keys[one], keys[other]))
        if a not in changed and b not in changed:
            found += [kept[a, b]] if (a, b) in kept else []
        elif copy := judge(bodies.of(keys[one]), bodies.of(keys[other]), bodies.told):
            found.append(_edge(copy, keys))
    links.replace_edges(store, "copy", found)
    links.set_state(store, "recurrent", json.dumps(sorted(recurrent)))
    links.set_state(store, "sketched", json.dumps(len(sketches)))


def _by_crowd(pairs: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs so that those tied by way of others follow each other: few texts need be held, and each is read once.

    >>> _by_crowd([("a", "c"), ("b", "e"), ("c", "d")])
    [('a', 'c'), ('c', 'd'), ('b', 'e')]
    """
    crowds = Clusters()
    for a, b in pairs:
        crowds.join(a, b)
    first = {name: group[0] for group in crowds.groups() for name in group}
    return sorted(pairs, key=lambda pair: (first[pair[0]], pair))


def _sketch(store: Store) -> None:
    """Sketch the documents that have no sketch yet."""
    missing = "SELECT key FROM documents WHERE key NOT IN (SELECT document FROM sketches) ORDER BY key"
    rows = []
    for (key,) in store.db.run(missing):
        found = _body(store, key, "")
        lines = [line.strip() for line in found.text.split("\n")]
        prints = [np.unique(fingerprints(words(line)) & LOWEST) for line in lines]
        opening = hashed(" ".join(lines)[:OPENING])
        marked = np.array([hashed(line) if line else 0 for line in lines], "<u4")
        often = packed(len(some) for some in prints)
        steps = np.concatenate([np.diff(some.astype(np.int64), prepend=0) for some in prints])
        rows.append((key, opening, marked.tobytes(), often, _tied(found), gaps.pack(steps)))
    sql = "INSERT INTO sketches (document, opening, lines, often, ties) VALUES (?, ?, ?, ?, ?)"
    store.db.run_many(sql, [row[:-1] for row in rows])
    store.db.run_many("INSERT INTO prints (document, found) VALUES (?, ?)", [(row[0], row[-1]) for row in rows])
    new = json.dumps([row[0] for row in rows])
    links.set_state(store, "unjudged", new)


def _summed(steps: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the hashes of all lines, by the steps between those of each."""
    sums = np.cumsum(steps)
    first = np.cumsum(many) - many
    before = np.concatenate([np.zeros(1, np.int64), sums])[first]
    found: NDArray[np.int64] = sums - np.repeat(before, many)
    return found


def _tied(found: Body) -> bytes:
    """Return the figures and names that stand together: their hashes, and of each row its length and places."""
    rows = [[hashed(mark) & LOWEST for mark in row] for row in tied(found.told())]
    marks = np.unique(np.array([mark for row in rows for mark in row], np.int64))
    place = {mark: n for n, mark in enumerate(marks.tolist())}
    return gaps.pack(np.diff(marks, prepend=0)) + packed(
        n for row in rows for n in (len(row), *(place[mark] for mark in row))
    )


def _untied(column: bytes) -> list[list[int]]:
    """Return the hashes that stand together, row by row."""
    steps, rest = gaps.unpack(column)
    hashes = np.cumsum(steps).tolist()
    places, rows, at = unpacked(rest), list[list[int]](), 0
    while at < len(places):
        end = at + 1 + places[at]
        rows.append([hashes[n] for n in places[at + 1 : end]])
        at = end
    return rows


def _sketches(store: Store) -> dict[int, Sketch]:
    columns = "opening, lines, often, ties, found"
    sql = f"SELECT sketches.document, {columns} FROM sketches JOIN prints USING (document) ORDER BY sketches.document"
    rows = store.db.run(sql)
    return {key: Sketch(*columns) for key, *columns in rows}


def _recurrent(sketches: dict[int, Sketch]) -> set[int]:
    """Return the lines that stand in many documents; those that open alike count once (see `copies.without_recurrent`)."""
    openings: dict[int, set[int]] = defaultdict(set)
    for sketch in sketches.values():
        for line in sketch.lines.tolist():
            openings[line].add(sketch.opening)
    return {line for line, opens in openings.items() if line and len(opens) > RECURRENT}


def _changed(store: Store, sketches: dict[int, Sketch], recurrent: set[int]) -> set[int]:
    """Return the documents that are to be compared anew: those just sketched, and those whose publisher's lines changed."""
    before = links.state(store, "recurrent")
    if before is None or links.state(store, "removed"):
        store.db.run("DELETE FROM link_state WHERE what = 'removed'")
        return set(sketches)
    turned = set(json.loads(before)) ^ recurrent
    new = set(json.loads(links.state(store, "unjudged") or "[]"))
    return new | {key for key, sketch in sketches.items() if turned and turned.intersection(sketch.lines.tolist())}


def _body(store: Store, key: int, id: str) -> Body:
    return body(id, parted(store.load(key, bare=True)))


class _Bodies:
    """The texts that are compared, some of them held."""

    def __init__(self, store: Store, ids: dict[int, str], recurrent: set[int]) -> None:
        self.store, self.ids, self.recurrent = store, ids, recurrent
        self.keys = {id: key for key, id in ids.items()}
        self.of = lru_cache(maxsize=BODIES)(self._read)
        self._told = lru_cache(maxsize=BODIES)(lambda key: self.of(key).told())

    def told(self, item: Body) -> tuple[Sentence, ...]:
        return self._told(self.keys[item.id])

    def _read(self, key: int) -> Body:
        found = _body(self.store, key, self.ids[key])
        lines = {line.strip() for line in found.text.split("\n")} - {""}
        return blank(found, {line for line in lines if hashed(line) in self.recurrent})


def _edge(copy: Copy, keys: dict[str, int]) -> Edge:
    a, b = keys[copy.earlier], keys[copy.later]
    first = "a" if a < b else "b"
    reasons = (copy.kind, first, f"{copy.own:.3f}", copy.agency or "", *copy.reasons)
    return Edge("copy", min(a, b), max(a, b), copy.share, reasons, BY)
