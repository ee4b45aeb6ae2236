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

from onrecord.document import Span
from onrecord.link import stands
from onrecord.link.stands import KINDS, Spoken, Stand
from onrecord.store import layers, links, rows
from onrecord.store.judgements import judged
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
    found = store.db.run(
        "SELECT key, id, content, cue, act, act_confidence, condition, made_by, parent FROM statements"
        " WHERE document = ? AND named AND speaker IS NOT NULL ORDER BY n",
        (document,),
    )
    people = judged(store, [row[0] for row in found]) if found else {}
    inner: dict[str, list[Span]] = defaultdict(list)
    for _, _, content, *_, parent in found:
        if parent:
            inner[parent] += rows.spans_from(content)
    for key, id, content, cue, act, sure, condition, by, _ in found:
        judgement = people.get(key)
        own = judgement.act if judgement and judgement.act else store.words.at(act)
        if own not in KINDS or (judgement and judgement.verdict == "rejected"):
            continue
        made = "person" if judgement and judgement.act else _made(store, by)
        pieces = _without(rows.spans_from(content), inner[id])
        if not pieces:
            continue
        told = layers.condition_from(condition)
        yield (
            key,
            id,
            Spoken(
                rows.pieces(text, pieces),
                rows.pieces(text, rows.spans_from(cue)),
                str(own),
                made,
                rows.share_from(sure),
                told.if_.of(text) if told else None,
                told.then.of(text) if told else None,
                bool(told and told.negated),
            ),
        )


def _made(store: Store, by: bytes | str) -> str:
    """Return what decided the act."""
    return rows.makers_from(by, store.words.word).get("act", "")


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
