"""Utterances and figures in a record: takes a `Store`, compares the statements and figures of each story, keeps what is one.

Only stories that changed are compared again: what is found in a story follows from its documents alone, and from what people
judged ("same", "different"), which wins. Of a report printed again to the letter only the first print is compared, and what the
later ones say and count is tied to it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from onrecord.document import Document, Statement
from onrecord.link import figures, utterances
from onrecord.link.clusters import components
from onrecord.link.comparing import Said, overlaps
from onrecord.link.measuring import measured
from onrecord.store import links
from onrecord.store.judgements import log, place, standing
from onrecord.store.links import FIGURES, Edge, figure_node
from onrecord.store.rows import document_id, pieces
from onrecord.store.store import Store

KINDS: tuple[links.EdgeKind, ...] = ("utterance", "figure", "conflict", "update")
DIGEST = 8  # characters that say of a story what it was compared by
AT_ONCE = 500
BY = "rule:reprint-1"
REPRINTED = "printed again"
Read = tuple[int, Document]  # a document and its number in the record


def draw(store: Store) -> None:
    """Draw utterances and figures that measure the same, in the stories that are not what they were."""
    names = _names(store)
    signatures = _signatures(store, names)
    kept = links.state(store, "sayings") or ""
    before = {kept[at : at + DIGEST] for at in range(0, len(kept), DIGEST)}
    changed = [members for signature, members in signatures.items() if signature not in before]
    _forget(store, [key for members in changed for key in members])
    for members in changed:
        docs = [(key, store.load(key)) for key in members]
        once, again = _prints(docs)
        edges = [*_utterances(store, once, names), *_figures(once), *_reprinted(store, again)]
        links.put_edges(store, edges)
        links.change_clusters(store, "figure", _clusters(edges, "figure"))
        links.change_clusters(store, "utterance", _clusters(edges, "utterance"))
    judged = list(_judged(store))
    if judged or links.state(store, "judged"):  # what people judged may reach from one story into another
        links.replace_clusters(store, "utterance", _judged_clusters(store, judged))
    links.set_state(store, "judged", "yes" if judged else "")
    links.set_state(store, "sayings", "".join(sorted(signatures)))


def _signatures(store: Store, names: dict[int, str]) -> dict[str, list[int]]:
    """Return the documents of each story by a digest of what is compared in it: who they are, what their speakers are called."""
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    called: dict[int, list[str]] = defaultdict(list)
    for document, found, cluster in store.db.run(links.CALLED):
        called[document].append(f"{store.names.at(found)} {names[cluster]}")
    clusters = links.clusters(store, "story")
    stories: dict[int, list[int]] = defaultdict(list)
    for key in sorted(ids, key=lambda key: ids[key]):
        stories[clusters.get(key, key)].append(key)
    signatures = {}
    for members in stories.values():
        parts = [part for key in members for part in (ids[key], *sorted(called[key]))]
        digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).digest()
        signatures[base64.b64encode(digest)[:DIGEST].decode()] = members
    return signatures


def _names(store: Store) -> dict[int, str]:
    """Return one name for each speaker of several: the longest, which does not change with how often each is used."""
    found: dict[int, str] = {}
    for node, cluster in links.clusters(store, "speaker").items():
        name = str(store.names.at(node // links.PERSONAS))
        found[cluster] = min(found.get(cluster, name), name, key=lambda one: (-len(one), one))
    return found


def _forget(store: Store, documents: Sequence[int]) -> None:
    """Remove the edges and clusters of the statements and figures of these documents."""
    for start in range(0, len(documents), AT_ONCE):
        part = documents[start : start + AT_ONCE]
        marks = ",".join("?" * len(part))
        own = f"SELECT key FROM statements WHERE document IN ({marks})"
        store.db.run(f"DELETE FROM links WHERE kind = 'utterance' AND a IN ({own})", part)
        store.db.run(f"DELETE FROM links WHERE kind = 'utterance' AND b IN ({own})", part)
        store.db.run(f"DELETE FROM clusters WHERE kind = 'utterance' AND node IN ({own})", part)
        for kind in ("figure", "conflict", "update"):  # `b` has no index: one walk through the kind for all of them
            either = f"a / {FIGURES} IN ({marks}) OR b / {FIGURES} IN ({marks})"
            store.db.run(f"DELETE FROM links WHERE kind = '{kind}' AND ({either})", [*part, *part])
    ranges = [(figure_node(key, 0), figure_node(key + 1, 0) - 1) for key in documents]
    store.db.run_many("DELETE FROM clusters WHERE kind = 'figure' AND node BETWEEN ? AND ?", ranges)


def _judged_clusters(store: Store, judged: Sequence[tuple[int, int, bool]]) -> dict[int, int]:
    """Return the clusters of all statements; these are known by ids, for which edge is kept is not for their numbers to say."""
    edges = links.edges(store, "utterance")
    ends = {key for edge in edges for key in (edge.a, edge.b)} | {key for a, b, _ in judged for key in (a, b)}
    names = _ids(store, sorted(ends))
    keys = {name: key for key, name in names.items()}
    found = []
    for edge in edges:
        if edge.a in names and edge.b in names:
            a, b = sorted((names[edge.a], names[edge.b]))
            found.append((a, b, edge.score))
    groups = components(found, [(names[a], names[b], same) for a, b, same in judged])
    return {keys[name]: min(keys[one] for one in group) for group in groups for name in group}


def _ids(store: Store, statements: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the ids of statements, with those of their documents."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(statements), AT_ONCE):
        part = statements[start : start + AT_ONCE]
        of = "SELECT s.key, d.id, s.id FROM statements s JOIN documents d ON d.key = s.document"
        rows = store.db.run(f"{of} WHERE s.key IN ({','.join('?' * len(part))})", part)
        found |= {key: (document, id) for key, document, id in rows}
    return found


def _clusters(edges: Iterable[Edge], kind: links.EdgeKind) -> dict[int, int | None]:
    groups = components([(edge.a, edge.b, edge.score) for edge in edges if edge.kind == kind])
    return {node: group[0] for group in groups for node in group}


def _prints(docs: Sequence[Read]) -> tuple[list[Read], list[tuple[Read, Read]]]:
    """Return the reports that differ, and each later print of one of them beside its first."""
    first: dict[object, Read] = {}
    again = []
    for one in docs:
        doc = one[1]
        said = tuple((stmt.content, stmt.speaker, stmt.condition is None) for stmt in doc.statements or ())
        counted = tuple((figure.span, figure.value) for figure in doc.figures or ())
        before = first.setdefault((doc.text, said, counted), one)
        if before is not one:
            again.append((before, one))
    return list(first.values()), again


def _reprinted(store: Store, again: Sequence[tuple[Read, Read]]) -> list[Edge]:
    edges = []
    for (a, doc), (b, _) in again:
        for one, other in zip(_statement_keys(store, a), _statement_keys(store, b), strict=True):
            edges.append(Edge("utterance", min(one, other), max(one, other), 1.0, (REPRINTED,), BY))
        for n in range(1, len(doc.figures or ()) + 1):
            low, high = sorted((figure_node(a, n), figure_node(b, n)))
            edges.append(Edge("figure", low, high, 1.0, (REPRINTED,), BY))
    return edges


def _statement_keys(store: Store, document: int) -> list[int]:
    return [key for (key,) in store.db.run("SELECT key FROM statements WHERE document = ? ORDER BY n", (document,))]


def _utterances(store: Store, docs: Sequence[tuple[int, Document]], names: dict[int, str]) -> list[Edge]:
    said, keys = statements_of(store, docs, names)
    compared = utterances.compare(said)
    edges = []
    for a, b, one in utterances.trees(len(said), compared, overlaps(said)):
        score, reasons = (one.likely, one.reasons) if one else (utterances.LEAST, ("by way of others",))
        edges.append(Edge("utterance", min(keys[a], keys[b]), max(keys[a], keys[b]), score, reasons, utterances.BY))
    return edges


def statements_of(
    store: Store, docs: Sequence[tuple[int, Document]], names: dict[int, str] | None = None
) -> tuple[list[Said], list[int]]:
    """Return the statements of these documents as they are compared, with their numbers in the record."""
    names = _names(store) if names is None else names
    said, keys = [], []
    for key, doc in docs:
        rows = _statement_keys(store, key)
        called = {n: names[cluster] for n, cluster in store.db.run(f"{links.SPOKEN} WHERE s.document = ?", (key,))}
        for n, (number, stmt) in enumerate(zip(rows, doc.statements or (), strict=True)):
            said.append(_said(doc, key, n, stmt, called.get(number)))
            keys.append(number)
    return said, keys


def _said(doc: Document, key: int, n: int, stmt: Statement, called: str | None) -> Said:
    who = next((who for who in doc.speakers or () if who.id == stmt.speaker_id), None)
    bodies = {body for body in (who.affiliation, who.institution) if body} if who else set()
    return Said(
        id=stmt.id,
        document=str(key),
        n=n,
        text=pieces(doc.text, stmt.content),
        speaker=called or stmt.speaker,
        named=stmt.named,
        bodies=tuple(sorted(bodies)),
        act=stmt.act,
        kind=stmt.kind,
        day=_day(stmt.said_on or doc.published),
        nested=stmt.parent is not None,
        start=stmt.content[0].start,
        end=stmt.content[-1].end,
        conditional=stmt.condition is not None,
        cue=pieces(doc.text, stmt.cue) if stmt.cue else "",
    )


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def _figures(docs: Sequence[tuple[int, Document]]) -> list[Edge]:
    some, nodes = [], []
    for key, doc in docs:
        some += measured(doc, document_id(doc.name, doc.origin))  # not its number, which says who came first
        nodes += [figure_node(key, n) for n in range(1, len(doc.figures or ()) + 1)]
    edges = []
    for thing in figures.find(some):
        for i, j in pairwise(thing.members):
            a, b = sorted((nodes[i], nodes[j]))
            edges.append(Edge("figure", a, b, thing.score, thing.reasons, figures.BY))
        for told in thing.told:
            a, b = sorted((nodes[told.a], nodes[told.b]))
            first = "a" if a == nodes[told.a] else "b"
            kind: links.EdgeKind = "update" if told.relation == "updated" else "conflict"
            edges.append(Edge(kind, a, b, thing.score, (first, *thing.reasons), figures.BY))
    return edges


def _judged(store: Store) -> list[tuple[int, int, bool]]:
    """Return the pairs of statements that people judged, as far as the record still has both."""
    found = []
    for line in standing(log(store)):
        if line.kind in {"same", "different"}:
            a, b = place(store, line), place(store, line.of_other)
            if a is not None and b is not None and a != b:
                found.append((a, b, line.kind == "same"))
    return found
