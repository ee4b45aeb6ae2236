"""The sample story as a careful reader would keep it: takes nothing, gives its documents with the layers of the gold.

The reading room's tests, pictures and measurements start from these, so that they do not change when the extraction does. Nothing
is extracted here; `by` says "gold" everywhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.demo import story_gold, story_paths
from onrecord.demo.gold import spans
from onrecord.document import Condition, Document, Figure, Span, Speaker, Statement
from onrecord.read import read_path
from onrecord.segment import segment

BY = "gold"
FIELDS = ("statement", "speaker", "act", "condition", "relay", "said_on")


def documents_by_hand() -> tuple[Document, ...]:
    """Return the twelve reports, by name, with statements, speakers and figures as the gold has them.

    >>> [doc.name for doc in documents_by_hand()][:2]
    ['courier-gate-report', 'courier-harbour-barred']
    """
    found = [doc for path in story_paths() for doc in read_path(path) if isinstance(doc, Document)]
    docs = sorted(map(segment, found), key=lambda doc: doc.name)
    articles = spans(story_gold(), {doc.name: doc.text for doc in docs})["articles"]
    return tuple(_with_layers(doc, articles[doc.name]) for doc in docs)


def _with_layers(doc: Document, article: dict[str, Any]) -> Document:
    speakers = _speakers(article["statements"], doc.text)
    ids = {speaker.name: speaker.id for speaker in speakers}
    return replace(
        doc,
        statements=tuple(_statement(item, ids) for item in article["statements"]),
        speakers=speakers,
        figures=tuple(_figure(item) for item in article["figures"]),
        times=(),
    )


def _statement(item: dict[str, Any], ids: dict[str, str]) -> Statement:
    known = {name: item[name] for name in Statement.__slots__ if name in item}
    condition = item.get("condition")
    places = {role: tuple(Span(*piece) for piece in item[role]) for role in ("content", "source", "cue")}
    own = {
        "via": tuple(item.get("via", ())),
        "speaker_id": ids.get(item.get("speaker") or ""),
        "condition": Condition(Span(*condition["if"]), Span(*condition["then"]), by=BY) if condition else None,
        "by": dict.fromkeys(FIELDS, BY),
    }
    return Statement(**{**known, **places, **own})


def _figure(item: dict[str, Any]) -> Figure:
    known = {name: item[name] for name in ("id", "unit", "qualifier", "measures", "statement") if name in item}
    value = item["value"]
    return Figure(span=Span(*item["span"]), value=tuple(value) if isinstance(value, list) else value, by=BY, **known)


def _speakers(items: list[dict[str, Any]], text: str) -> tuple[Speaker, ...]:
    found: dict[str, Speaker] = {}
    for item in items:
        name = item.get("speaker")
        if name is None:
            continue
        new = Speaker(f"e{len(found) + 1}", name, item["speaker_type"], item["named"], item.get("role"), by=BY)
        speaker = found.setdefault(name, new)
        seen = [Span(*piece).of(text) for piece in item["source"]]
        spellings = tuple(dict.fromkeys([*speaker.spellings, *seen]))
        found[name] = replace(speaker, role=speaker.role or item.get("role"), spellings=spellings)
    return tuple(found.values())
