"""Utterances and figures in a record: takes a `Store`, compares the statements and figures of each story, keeps what is one.

Only stories that changed are compared again: what is found in a story follows from its documents alone, and from what people
judged ("same", "different"), which wins.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from onrecord.document import Document, Span, Statement
from onrecord.link import figures, utterances
from onrecord.link.clusters import components
from onrecord.link.comparing import Said
from onrecord.link.figures import Measured
from onrecord.store import links
from onrecord.store.judgements import Judgement, log, place, standing
from onrecord.store.links import Edge, figure_node
from onrecord.store.rows import pieces
from onrecord.store.store import Store

AROUND = 60


def draw(store: Store) -> None:
    """Draw utterances and figures that measure the same, story by story."""
    clusters = links.clusters(store, "story")
    stories: dict[int, list[int]] = defaultdict(list)
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    for key in sorted(ids, key=lambda key: ids[key]):
        stories[clusters.get(key, key)].append(key)
    before = json.loads(links.state(store, "sayings") or "{}")
    after = {}
    kept = {kind: links.edges(store, kind) for kind in ("utterance", "figure", "conflict")}
    whose: dict[int, int] = dict(store.db.run("SELECT key, document FROM statements"))
    found: dict[str, list[Edge]] = {kind: [] for kind in kept}
    old: dict[str, dict[int, list[Edge]]] = {kind: defaultdict(list) for kind in kept}
    for kind, some in kept.items():
        for edge in some:
            old[kind][whose.get(edge.a, 0) if kind == "utterance" else edge.a // links.FIGURES].append(edge)
    for members in stories.values():
        signature = _signature(store, members, ids)
        after[signature] = 1
        if signature in before:
            for kind in kept:
                found[kind] += [edge for key in members for edge in old[kind][key]]
            continue
        docs = [(key, store.load(key)) for key in members]
        found["utterance"] += _utterances(store, docs)
        for edge in _figures(docs):
            found[edge.kind].append(edge)
    _keep(store, found)
    links.set_state(store, "sayings", json.dumps(after))


def _signature(store: Store, members: Sequence[int], ids: dict[int, str]) -> str:
    """Return a digest of what is compared in a story: its documents, and what their speakers are called across the record."""
    parts = []
    for key in members:
        parts.append(ids[key])
        numbers = [
            number for (number,) in store.db.run("SELECT key FROM statements WHERE document = ? ORDER BY n", (key,))
        ]
        called = links.canonical_names(store, numbers) if numbers else {}
        parts += [f"{n} {called[number]}" for n, number in enumerate(numbers) if number in called]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _utterances(store: Store, docs: Sequence[tuple[int, Document]]) -> list[Edge]:
    said, keys = [], []
    for key, doc in docs:
        rows = [
            number for (number,) in store.db.run("SELECT key FROM statements WHERE document = ? ORDER BY n", (key,))
        ]
        called = links.canonical_names(store, rows) if rows else {}
        for n, (number, stmt) in enumerate(zip(rows, doc.statements or (), strict=True)):
            said.append(_said(doc, key, n, stmt, called.get(number)))
            keys.append(number)
    compared = utterances.compare(said)
    likely = {(one.a, one.b): one for one in compared}
    edges = []
    for members in utterances.group(len(said), compared):
        for a, b in pairwise(members):
            one = likely.get((a, b))
            score, reasons = (one.likely, one.reasons) if one else (utterances.LEAST, ("by way of others",))
            edges.append(Edge("utterance", min(keys[a], keys[b]), max(keys[a], keys[b]), score, reasons, utterances.BY))
    return edges


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
    )


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def _figures(docs: Sequence[tuple[int, Document]]) -> list[Edge]:
    some, nodes = [], []
    for key, doc in docs:
        for n, fig in enumerate(doc.figures or (), 1):
            around = Span(max(0, fig.span.start - AROUND), fig.span.end + AROUND).of(doc.text)
            day = _day(doc.published)
            some.append(Measured(fig.id, str(key), fig.value, fig.unit, fig.qualifier, fig.measures, around, day))
            nodes.append(figure_node(key, n))
    edges = []
    for thing in figures.find(some):
        for i, j in pairwise(thing.members):
            a, b = sorted((nodes[i], nodes[j]))
            edges.append(
                Edge("figure", a, b, 0.9 if some[i].value == some[j].value else 0.6, thing.reasons, figures.BY)
            )
        if thing.conflict:
            a, b = sorted((nodes[thing.members[0]], nodes[thing.members[-1]]))
            edges.append(Edge("conflict", a, b, 0.6, thing.reasons, figures.BY))
    return edges


def _keep(store: Store, found: dict[str, list[Edge]]) -> None:
    judged = list(_judged(store))
    for kind, edges in found.items():
        links.replace_edges(store, kind, edges)  # type: ignore[arg-type]
        if kind != "conflict":
            groups = components([(e.a, e.b, e.score) for e in edges], judged if kind == "utterance" else ())
            clusters = {node: group[0] for group in groups for node in group}
            links.replace_clusters(store, kind, clusters)  # type: ignore[arg-type]


def _judged(store: Store) -> list[tuple[int, int, bool]]:
    """Return the pairs of statements that people judged, as far as the record still has both."""
    found = []
    for line in standing(log(store)):
        if line.kind in {"same", "different"}:
            other = Judgement(
                line.n, line.at, line.author, line.kind, line.other_document, line.other_statement, line.other_content,
                line.other_words,
            )  # fmt: skip
            a, b = place(store, line), place(store, other)
            if a is not None and b is not None and a != b:
                found.append((a, b, line.kind == "same"))
    return found
