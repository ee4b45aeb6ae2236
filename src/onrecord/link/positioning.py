"""Positions in a record: takes a `Store`, reads the stands of what is new, and keeps them with what each is about.

A stand is kept as an edge from a statement to the words of an issue, and follows from the statement alone: what was read stays as
it is when other reports are added. Which words are an issue, and how positions move, is asked in `onrecord.ask.positions`.
For each speaker the body they are said to belong to is kept as well.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.document import Span, Statement
from onrecord.link import stands
from onrecord.link.stands import KINDS, Spoken, Stand
from onrecord.store import links, rows
from onrecord.store.judgements import apply, judged
from onrecord.store.layers import body_from
from onrecord.store.links import Edge, speaker_node
from onrecord.store.store import Store
from onrecord.vocabulary import stem

BY = "rule:positions-1"
SCORES = {"for": 1.0, "unclear": 0.5, "against": 0.0}
MOST_WORDS = 12
AT_ONCE = 500


def draw(store: Store) -> None:
    """Read the stands of documents that are new or that people judged, and whom each speaker belongs to."""
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    judged_in = {
        key for (key,) in store.db.run("SELECT DISTINCT document FROM statements JOIN judged ON statement = key")
    }
    before = json.loads(links.state(store, "stands") or '{"by": "", "read": []}')
    done = set(before["read"]) if before["by"] == BY else set()
    fresh = [key for key in sorted(ids) if ids[key] not in done or key in judged_in]
    _forget(store, fresh)
    links.put_edges(store, (edge for key in fresh for edge in _edges(store, key)))
    read = sorted(ids[key] for key in ids if key not in judged_in)  # and those where a judgement is undone, once more
    links.set_state(store, "stands", json.dumps({"by": BY, "read": read}))
    links.replace_edges(store, "party", _parties(store))


def _forget(store: Store, keys: Sequence[int]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        own = f"SELECT key FROM statements WHERE document IN ({','.join('?' * len(some))})"
        store.db.run(f"DELETE FROM links WHERE kind = 'stand' AND a IN ({own})", some)


def _edges(store: Store, document: int) -> Iterator[Edge]:
    """Yield an edge for each issue that a statement of the document takes a stand on."""
    text = rows.text_from(store.db.run("SELECT text FROM documents WHERE key = ?", (document,))[0][0])
    figures = _figures(store, document)
    for key, id, said in _spoken(store, document, text):
        stand = stands.read(said)
        if stand is None:
            continue
        for phrase, way in stand.about:
            told = told_of(stand, phrase.key, phrase.alone, figures.get(id, []))
            yield Edge("stand", key, store.words.number(phrase.key), SCORES[way], (json.dumps(told),), BY)


def told_of(stand: Stand, key: str, alone: bool, figures: Sequence[tuple[float, str]]) -> dict[str, Any]:
    """Return what is kept of a stand beside its way."""
    own = set(key.split())
    words = sorted(word for word in stand.words if word not in own and word.rstrip("s") not in own)[:MOST_WORDS]
    told: dict[str, Any] = {"does": stand.does, "alone": alone, "figures": list(figures), "words": words}
    told |= {"if": stand.if_, "negated": stand.negated, "verb": stem(stand.verb) if stand.verb else ""}
    return {name: value for name, value in told.items() if value}


def _spoken(store: Store, document: int, text: str) -> Iterator[tuple[int, str, Spoken]]:
    """Yield the statements of a document that can state a stand: named speakers, telling acts, as people judged them."""
    seen = {key: stmt for key, stmt in _seen(store, document) if stmt.named and stmt.speaker is not None}
    inner: dict[str, list[Span]] = defaultdict(list)
    for stmt in seen.values():
        if stmt.parent:
            inner[stmt.parent] += stmt.content
    for key, stmt in seen.items():
        pieces = _without(stmt.content, inner[stmt.id])
        if stmt.act not in KINDS or not pieces:
            continue
        told = stmt.condition
        yield (
            key,
            stmt.id,
            Spoken(
                rows.pieces(text, pieces),
                rows.pieces(text, stmt.cue),
                stmt.act,
                stmt.by.get("act", ""),
                stmt.act_confidence,
                told.if_.of(text) if told else None,
                told.then.of(text) if told else None,
                bool(told and told.negated),
            ),
        )


def _seen(store: Store, document: int) -> Iterator[tuple[int, Statement]]:
    """Yield the statements of a document as people judged them, but those they rejected, each with its number."""
    keys = [key for (key,) in store.db.run("SELECT key FROM statements WHERE document = ? ORDER BY n", (document,))]
    sql = "SELECT statement FROM judged JOIN statements ON key = statement WHERE document = ?"
    people = judged(store, [key for (key,) in store.db.run(sql, (document,))])
    for key, stmt in zip(keys, store.statements(document), strict=True):
        found = people.get(key)
        if found is None or found.verdict != "rejected":
            yield key, apply(stmt, found, {})


def _without(content: tuple[Span, ...], inner: Sequence[Span]) -> tuple[Span, ...]:
    """Return the pieces of a content up to where another's statement begins in it; nothing where one begins it."""
    pieces = []
    for piece in content:
        within = [span.start for span in inner if piece.start <= span.start < piece.end]
        end = min(within, default=piece.end)
        if end > piece.start:
            pieces.append(Span(piece.start, end))
        if within:
            break
    return tuple(pieces)


def _figures(store: Store, document: int) -> dict[str, list[tuple[float, str]]]:
    """Return the figures of each statement of a document: value and unit; ranges are left out."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    sql = "SELECT statement, value, unit FROM figures WHERE document = ? AND statement IS NOT NULL ORDER BY n"
    for statement, value, unit in store.db.run(sql, (document,)):
        number = json.loads(value)
        if unit and not isinstance(number, list):
            found[statement].append((float(number), str(store.words.at(unit))))
    return found


def _parties(store: Store) -> Iterator[Edge]:
    """Yield for each speaker the body they are most often said to speak for or belong to, where that has a name."""
    clusters = links.clusters(store, "speaker")
    told: dict[int, Counter[str]] = defaultdict(Counter)
    personas = {
        (name, document): persona
        for name, document, persona in store.db.run("SELECT name, document, persona FROM personas")
    }
    for name, document, body in store.db.run("SELECT name, document, body FROM speakers WHERE named"):
        facts = body_from(body, store.names.word(name))
        party = facts.institution or facts.affiliation
        if party and party[:1].isupper():
            node = speaker_node(name, personas.get((name, document), 0))
            told[clusters.get(node, node)][party] += 1
    for node, counted in sorted(told.items()):
        party, often = min(counted.items(), key=lambda item: (-item[1], item[0]))
        yield Edge("party", node, store.words.number(party), often / counted.total(), (), BY)
