"""Statements as W3C Web Annotations: takes a selection, gives one AnnotationPage in JSON-LD, and fetches no context.

Each statement is an annotation whose target is its source, with a TextQuoteSelector (words, 32 characters before and after) for
each piece, refined by a TextPositionSelector in code points, as the Web Annotation Data Model counts (W3C Recommendation, 23
February 2017, 4.2.4 and 4.2.5). The digest of the source stands at the target.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onrecord.document import Document, Span, Statement
from onrecord.export.iris import address, part
from onrecord.export.selection import Selection

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the page, an annotation a line."""
    head = {"@context": CONTEXT, "id": f"urn:onrecord:{part(selection.story)}", "type": "AnnotationPage"}
    yield (json.dumps(head)[:-1] + ', "items": [').encode()
    before = "\n"
    for label, doc in selection.documents(linked=True):
        for stmt in doc.statements or ():
            yield (before + json.dumps(annotation(doc, stmt, label))).encode()
            before = ",\n"
    yield b"\n]}\n"


def annotation(doc: Document, stmt: Statement, label: str) -> dict[str, Any]:
    """Return one statement as an annotation."""
    said = f"{stmt.speaker or 'source not stated'}: {stmt.act}"
    return {
        "id": f"urn:onrecord:{part(label)}#{part(stmt.id)}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": said, "format": "text/plain", "purpose": "describing"},
        "target": [_target(doc, span) for span in stmt.content],
    }


def _target(doc: Document, span: Span) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": {
            "id": address(doc.url) if doc.url else f"urn:sha256:{doc.origin.digest}",
            "type": "Text",
            "language": doc.language,
            "digest": f"sha256:{doc.origin.digest}",
        },
        "selector": {**quote(doc.text, span), "refinedBy": position(span)},
    }


def quote(text: str, span: Span) -> dict[str, Any]:
    """Return the selector that finds a place by its words and those around it.

    >>> quote("It rained, he said.", Span(0, 9))
    {'type': 'TextQuoteSelector', 'exact': 'It rained', 'prefix': '', 'suffix': ', he said.'}
    """
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after}


def position(span: Span) -> dict[str, Any]:
    """Return the selector that finds a place by counting code points."""
    return {"type": "TextPositionSelector", "start": span.start, "end": span.end}
