"""Links in a record: takes edges and what follows from them, keeps them in tables of their own, and decides nothing.

An edge says that two things are one, how surely, why, and what made it. Clusters are drawn from edges. A document that is removed
takes its links with it. Everything here but the user's aliases can be dropped and made again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.store import packing
from onrecord.store.rows import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.store.store import Store

EdgeKind = Literal["name", "speaker", "copy", "story", "utterance", "figure", "conflict", "update", "stand", "party"]
PERSONAS = 1 << 10
FIGURES = 1 << 20
PACKED = 100  # characters from which on what linking noted of itself is packed
TABLES = (
    "links",
    "clusters",
    "personas",
    "canonical",
    "sketches",
    "prints",
    "telling",
    "wordings",
    "compared",
    "link_state",
)
_WHOSE = (
    "FROM statements s LEFT JOIN personas p ON p.name = s.speaker AND p.document = s.document"
    f" JOIN clusters k ON k.kind = 'speaker' AND k.node = s.speaker * {PERSONAS} + coalesce(p.persona, 0)"
)
CALLED = f"SELECT DISTINCT s.document, s.speaker, k.cluster {_WHOSE}"
"""Who speaks under several names, document by document: the document, the name found there, the cluster of those names."""
SPOKEN = f"SELECT s.key, k.cluster {_WHOSE}"
"""The same for each statement."""
# What reasons are packed beside: those of `onrecord.link`. Others are packed as well, only less.
_FRAME = (
    b'"two values: ", "one value: at least ", "one value: about ", "one value: ", "surname", "given name", "initials", '
    b'"extra part", "role", "nickname", "same company", "same words", " common stretches, % of the shorter text", '
    b'"by way of others", "speaker words", "mouth", "same speaker", "same act", "both direct", "best for both"]'
    b'["100% of the shorter\'s words", ["{\\"does\\": \\"commits to\\", \\"does\\": \\"rules out\\", '
    b'\\"does\\": \\"rejects\\", \\"does\\": \\"wants\\", \\"negated\\": true, \\"if\\": \\"\\", '
    b'\\"alone\\": true, \\"figures\\": [[, \\"words\\": [\\"\\"]}"]'
)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things that are one: `a` is the lesser number. `score` is a probability, 0 to 1; below one half they are two."""

    kind: EdgeKind
    a: int
    b: int
    score: float
    reasons: tuple[str, ...] = ()
    by: str = ""


def speaker_node(name: int, persona: int = 0) -> int:
    """Return the number of a speaker: the key of the name, and which of those who bear it.

    >>> speaker_node(3), speaker_node(3, 1)
    (3072, 3073)
    """
    return name * PERSONAS + min(persona, PERSONAS - 1)


def figure_node(document: int, n: int) -> int:
    """Return the number of the n-th figure of a document.

    >>> figure_node(1, 2)
    1048578
    """
    return document * FIGURES + min(n, FIGURES - 1)


def reasons_column(reasons: tuple[str, ...]) -> bytes:
    """Return why two things are held to be one, as it is kept.

    >>> reasons_from(reasons_column(("same words", "role")))
    ('same words', 'role')
    """
    if not reasons:
        return b""
    said = json.dumps(reasons, ensure_ascii=False)
    return packing.pack_small(said.encode(errors="backslashreplace"), _FRAME)  # as JSON writes a lone surrogate


def reasons_from(column: str | bytes) -> tuple[str, ...]:
    """Return the reasons that a column holds: the inverse of `reasons_column`; before schema 8 they were not packed."""
    kept = packing.unpack_small(column, _FRAME) if isinstance(column, bytes) else column
    return tuple(json.loads(kept)) if kept else ()


def edges(store: Store, kind: EdgeKind) -> list[Edge]:
    """Return the edges of a kind."""
    found = store.db.run("SELECT a, b, score, reasons, made_by FROM links WHERE kind = ? ORDER BY a, b", (kind,))
    return [
        Edge(kind, a, b, score, reasons_from(reasons), store.words.at(by) or "") for a, b, score, reasons, by in found
    ]


def put_edges(store: Store, found: Iterable[Edge]) -> None:
    """Keep edges; of two between the same things the surer one."""
    store.db.run_many(
        "INSERT INTO links VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET score = excluded.score, reasons = excluded.reasons"
        " WHERE excluded.score > score",
        [(e.kind, e.a, e.b, float(e.score), reasons_column(e.reasons), store.words.key(e.by)) for e in found],
    )


def replace_edges(store: Store, kind: EdgeKind, found: Iterable[Edge]) -> None:
    """Keep these edges of a kind and no others."""
    store.db.run("DELETE FROM links WHERE kind = ?", (kind,))
    put_edges(store, found)


def clusters(store: Store, kind: EdgeKind) -> dict[int, int]:
    """Return the cluster of each thing that is one with another."""
    return dict(store.db.run("SELECT node, cluster FROM clusters WHERE kind = ? ORDER BY node", (kind,)))


def replace_clusters(store: Store, kind: EdgeKind, found: Mapping[int, int]) -> None:
    """Keep these clusters of a kind and no others."""
    store.db.run("DELETE FROM clusters WHERE kind = ?", (kind,))
    store.db.run_many(
        "INSERT INTO clusters VALUES (?, ?, ?)", [(kind, node, cluster) for node, cluster in found.items()]
    )


def change_clusters(store: Store, kind: EdgeKind, changed: Mapping[int, int | None]) -> None:
    """Keep these clusters of these things, None for a thing that is alone; the clusters of all others stay."""
    store.db.run_many("DELETE FROM clusters WHERE kind = ? AND node = ?", [(kind, node) for node in changed])
    rows = [(kind, node, cluster) for node, cluster in changed.items() if cluster is not None]
    store.db.run_many("INSERT INTO clusters VALUES (?, ?, ?)", rows)


def forget(store: Store, document: int) -> None:
    """Remove what hangs on a document that is being removed; call it while its statements are still there."""
    own = f"SELECT key FROM statements WHERE document = {int(document)}"
    figs = f"BETWEEN {figure_node(document, 0)} AND {figure_node(document + 1, 0) - 1}"
    for kinds, drawn, which in (
        (("copy",), "", f"= {int(document)}"),
        (("utterance",), "" if state(store, "judged") else "utterance", f"IN ({own})"),
        (("figure", "conflict", "update"), "figure", figs),
    ):
        for kind in kinds:
            store.db.run(f"DELETE FROM links WHERE kind = '{kind}' AND a {which}")
            store.db.run(f"DELETE FROM links WHERE kind = '{kind}' AND b {which}{_beside(drawn, which)}")
    for kind, which in (("story", f"= {int(document)}"), ("utterance", f"IN ({own})"), ("figure", figs)):
        store.db.run(f"DELETE FROM clusters WHERE kind = '{kind}' AND node {which}")
    store.db.run(f"DELETE FROM links WHERE kind = 'stand' AND a IN ({own})")  # `b` is a word of the record
    for table in ("personas", "sketches", "prints", "telling", "wordings"):
        store.db.run(f"DELETE FROM {table} WHERE document = ?", (document,))
    store.db.run("DELETE FROM link_state WHERE what = 'documents'")
    set_state(store, "removed", str(document))


def _beside(drawn: str, which: str) -> str:
    """Return the SQL that leads to edges by `a`, for `b` has no index: both ends of an edge stand in one of these clusters.

    Those of statements may not, where a person said of some that they are not the same; those of copies have no clusters.
    """
    if not drawn:
        return ""
    cluster = f"SELECT cluster FROM clusters WHERE kind = '{drawn}' AND node {which}"
    return f" AND a IN (SELECT node FROM clusters WHERE kind = '{drawn}' AND cluster IN ({cluster}))"


def drop(store: Store) -> None:
    """Throw away everything that linking made; the user's aliases and people's judgements stay."""
    with store.db.transaction():
        for table in TABLES:
            store.db.run(f"DELETE FROM {table}")


def state(store: Store, what: str) -> str | None:
    """Return what linking noted of itself, None where it did not."""
    found = store.db.run("SELECT value FROM link_state WHERE what = ?", (what,))
    return stated(found[0][0]) if found else None


def set_state(store: Store, what: str, value: str) -> None:
    """Note something of the state of linking."""
    kept = value if len(value) <= PACKED else zlib.compress(value.encode(), 9)
    store.db.run("INSERT OR REPLACE INTO link_state VALUES (?, ?)", (what, kept))


def stated(column: str | bytes) -> str:
    """Return what a value of `link_state` says: long ones are packed."""
    return zlib.decompress(column).decode() if isinstance(column, bytes) else column


def put_aliases(store: Store, rows: Iterable[tuple[str, str, str | None]]) -> int:
    """Keep the user's aliases (name, alias, Wikidata id or None) in place of those kept before; return how many."""
    given = sorted({(clean(name), clean(alias), wikidata) for name, alias, wikidata in rows}, key=str)
    with store.db.transaction():
        store.db.run("DELETE FROM aliases")
        store.db.run_many("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)", given)
    return len(given)


def aliases(store: Store) -> list[tuple[str, str, str | None]]:
    """Return the user's aliases: name, alias, Wikidata id or None."""
    found = store.db.run("SELECT name, alias, wikidata FROM aliases ORDER BY name, alias")
    return [(name, alias, wikidata) for name, alias, wikidata in found]


def canonical_names(store: Store, statements: Sequence[int]) -> dict[int, str]:
    """Return what the speakers of these statements (by key) are called across the record, where it is not what was found."""
    marks = ",".join("?" * len(statements))
    sql = (
        "SELECT s.key, c.name FROM statements s LEFT JOIN personas p ON p.name = s.speaker AND p.document = s.document"
        f" JOIN clusters k ON k.kind = 'speaker' AND k.node = s.speaker * {PERSONAS} + coalesce(p.persona, 0)"
        f" JOIN canonical c ON c.node = k.cluster WHERE s.key IN ({marks})"
    )
    return {key: str(store.names.at(name)) for key, name in store.db.run(sql, statements)}
