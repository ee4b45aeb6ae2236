"""What people judged, as gold: takes a selection, gives one story in the form the annotation guidelines have for gold.

In it are the statements that a person accepted or corrected and did not reject, as they see them, with words as strings and
`nth` wherever a string stands more than once, so that it says its places by itself; and the pairs judged to be the same
utterance. A statement that the record has no more is named under `orphans`, with the words it had. Figures, boilerplate and
credit lines stay empty: nobody judges them, and what only a machine found is no gold.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.document import Document, Span, Statement
from onrecord.export.selection import Selection
from onrecord.store.judgements import Judged, Judgement, apply, judged, log, main_names, place, standing

FIELDS = (
    *("kind", "parent", "speaker", "speaker_type", "named", "role", "addressee", "channel"),
    *("via", "said_on", "act", "condition"),
)


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the story as one JSON object."""
    store = selection.store
    lines, mains = standing(log(store)), main_names(store)
    pairs, labels = _pairs(selection, lines), selection.labels()
    people = _by_label(selection, labels, pairs)
    articles = {label: article(doc, people[label], mains) for label, doc in selection.documents() if label in people}
    orphans = [line for line in lines if line.document and place(store, line) is None]
    story: dict[str, Any] = {
        "story": selection.story,
        "articles": articles,
        "same": [],
        "figures_same": [],
        "copies": [],
    }
    story["same"] = [[_name(selection, labels, key) for key in pair] for pair in pairs]
    if orphans:
        story["orphans"] = [
            {"document": o.document, "statement": o.statement, "words": o.words, "judged": o.kind} for o in orphans
        ]
    yield json.dumps(story, indent=1, ensure_ascii=True).encode() + b"\n"


def _by_label(
    selection: Selection, labels: dict[str, str], pairs: Sequence[tuple[int, int]]
) -> dict[str, dict[str, Judged]]:
    store = selection.store
    keys = sorted(
        {key for (key,) in store.db.run("SELECT statement FROM judged")} | {key for pair in pairs for key in pair}
    )
    found = judged(store, keys)
    people: dict[str, dict[str, Judged]] = defaultdict(dict)
    for key in keys:
        label, _, id = _name(selection, labels, key).rpartition("#")
        people[label][id] = found.get(key, Judged())
    return people


def article(doc: Document, people: dict[str, Judged], mains: dict[str, str]) -> dict[str, Any]:
    """Return the judged statements of one report, in the form that has a place for figures, boilerplate and credit too."""
    kept = [stmt for stmt in doc.statements or () if stmt.id in people and people[stmt.id].verdict != "rejected"]
    ids = {stmt.id for stmt in kept}
    kept.sort(key=lambda stmt: int(stmt.id[1:]) if stmt.id[1:].isdigit() else 0)
    stmts = [statement(doc, apply(stmt, people[stmt.id], mains), ids) for stmt in kept]
    return {"statements": stmts, "figures": [], "boilerplate": [], "credit": []}


def statement(doc: Document, stmt: Statement, ids: set[str]) -> dict[str, Any]:
    """Return one statement with its words as strings, and where they stand more than once, which of them is meant."""
    item: dict[str, Any] = {"id": stmt.id, "content": [span.of(doc.text) for span in stmt.content]}
    nth: dict[str, Any] = {"content": [_nth(doc.text, span) for span in stmt.content]}
    for role, spans in (("source", stmt.source), ("cue", stmt.cue)):
        item[role] = doc.text[spans[0].start : spans[-1].end] if spans else None
        if spans:
            nth[role] = _nth(doc.text, Span(spans[0].start, spans[-1].end))
    for name in FIELDS:
        item[name] = getattr(stmt, name)
    item["via"], item["parent"] = list(stmt.via), stmt.parent if stmt.parent in ids else None
    if stmt.condition:
        c = stmt.condition
        item["condition"] = {"if": c.if_.of(doc.text), "then": c.then.of(doc.text)}
        nth |= {"if": _nth(doc.text, c.if_), "then": _nth(doc.text, c.then)}
    return item | {"nth": nth}


def _nth(text: str, span: Span) -> int:
    """Return which of the places where these words stand, as whole words, this one is, from 1."""
    words, n, at = span.of(text), 0, -1
    while (at := text.find(words, at + 1)) >= 0 and at <= span.start:
        n += not (_glued(text, at) or _glued(text, at + len(words)))
    return max(n, 1)


def _glued(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _pairs(selection: Selection, lines: Sequence[Judgement]) -> list[tuple[int, int]]:
    """Return the keys of the pairs judged to be the same, as far as both are still there."""
    found = []
    for line in lines:
        if line.kind == "same":
            a, b = place(selection.store, line), place(selection.store, line.of_other)
            if a is not None and b is not None:
                found.append((a, b))
    return found


def _name(selection: Selection, labels: dict[str, str], key: int) -> str:
    sql = "SELECT d.id, s.id FROM statements s JOIN documents d ON d.key = s.document WHERE s.key = ?"
    document, id = selection.store.db.run(sql, (key,))[0]
    return f"{labels[document]}#{id}"
