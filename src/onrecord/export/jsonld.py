"""The record as linked data: takes a selection, gives JSON-LD with schema.org's words and PROV-O's, and fetches no context.

A report is a NewsArticle; a statement with quotation marks is a Quotation, one without a Claim, whose `creator` is the speaker;
each `wasDerivedFrom` its report and `wasAttributedTo` what made it (the rule or the model, or a person who corrected it).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onrecord.document import Document, Statement
from onrecord.export.selection import Selection
from onrecord.store.rows import pieces

CONTEXT = {"@vocab": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#", "onrecord": "urn:onrecord:"}
SPEAKERS = {"person": "Person", "organisation": "Organization", "document": "CreativeWork"}


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the graph, a thing a line."""
    yield (json.dumps({"@context": CONTEXT})[:-1] + ', "@graph": [').encode()
    before = "\n"
    for label, doc in selection.documents(linked=True):
        for thing in (article(doc, label), *(claim(doc, stmt, label) for stmt in doc.statements or ())):
            yield (before + json.dumps(thing)).encode()
            before = ",\n"
    yield b"\n]}\n"


def article(doc: Document, label: str) -> dict[str, Any]:
    """Return one report."""
    return _without_nothing(
        {
            "@id": f"onrecord:{label}",
            "@type": ["NewsArticle", "prov:Entity"],
            "headline": doc.title,
            "url": doc.url,
            "datePublished": doc.published,
            "dateModified": doc.modified,
            "inLanguage": doc.language,
            "author": [{"@type": "Person", "name": author} for author in doc.authors],
            "publisher": {"@type": "NewsMediaOrganization", "name": doc.outlet} if doc.outlet else None,
            "sha256": doc.origin.digest,
        }
    )


def claim(doc: Document, stmt: Statement, label: str) -> dict[str, Any]:
    """Return one statement."""
    speaker = {"@type": SPEAKERS.get(stmt.speaker_type or "", "Thing"), "name": stmt.speaker, "jobTitle": stmt.role}
    makers = sorted({by for by in stmt.by.values() if by})
    return _without_nothing(
        {
            "@id": f"onrecord:{label}#{stmt.id}",
            "@type": ["Quotation" if stmt.kind == "direct" else "Claim", "prov:Entity"],
            "text": pieces(doc.text, stmt.content),
            "creator": _without_nothing(speaker) if stmt.speaker else None,
            "dateCreated": stmt.said_on,
            "additionalType": f"onrecord:act/{stmt.act}",
            "isPartOf": {"@id": f"onrecord:{label}"},
            "prov:wasDerivedFrom": {"@id": f"onrecord:{label}"},
            "prov:wasQuotedFrom": {"@id": f"onrecord:{label}"} if stmt.kind != "indirect" else None,
            "prov:wasAttributedTo": [_agent(by) for by in makers],
        }
    )


def _agent(by: str) -> dict[str, str]:
    kind = "prov:Person" if by == "person" else "prov:SoftwareAgent"
    return {"@id": f"onrecord:by/{by}", "@type": kind, "name": by}


def _without_nothing(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, [], "")}
