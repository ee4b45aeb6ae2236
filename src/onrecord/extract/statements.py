"""Statements: takes an encoded `Document`, gives its statements with source, cue, content, kind, parent and confidence.

The scores become spans in `decode` and statements in `settle`; here they are numbered. Who the source is, and what the
statement does, is for the stages after this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.document import Document, Kind, Statement
from onrecord.extract.page import WORD, Draft, Page, page_of
from onrecord.extract.settings import settings
from onrecord.extract.settle import decode
from onrecord.stage import stage

__all__ = ["statements"]


@stage(needs=("encoding", "quotations", "sentences", "paragraphs"), adds=("statements",))
def statements(doc: Document) -> Document:
    """Add the statements, numbered s1, s2, ... in text order."""
    page = page_of(doc)
    drafts = decode(page, doc.encoding.heads["cues"] if doc.encoding else (), settings())
    return replace(doc, statements=statements_of(page, drafts, doc.encoding.by if doc.encoding else ""))


def statements_of(page: Page, drafts: Sequence[Draft], by: str) -> tuple[Statement, ...]:
    """Return drafts in text order as numbered statements, made by the network `by` or by a rule of their own."""
    return tuple(_statement(i, draft, page, by) for i, draft in enumerate(drafts))


def _statement(number: int, draft: Draft, page: Page, by: str) -> Statement:
    return Statement(
        id=f"s{number + 1}",
        content=draft.content,
        source=draft.source,
        cue=draft.cue,
        kind=kind_of(draft, page),
        parent=None if draft.parent is None else f"s{draft.parent + 1}",
        confidence=None if draft.rule else round(draft.score, 3),
        by={"statement": draft.rule or by},
    )


def kind_of(draft: Draft, page: Page) -> Kind:
    """Return direct where every word of the content is quoted, mixed where some are, indirect where none is.

    Marks around the statement's own cue are those of the statement around it and do not count.
    """
    words = quoted = 0
    for s, e in draft.content:
        own = [
            r for r in page.regions_within(s, e) if not any(r.start <= c.start and c.end <= r.end for c in draft.cue)
        ]
        for match in WORD.finditer(page.text, s, e):
            words += 1
            quoted += any(r.start <= match.start() and match.end() <= r.end for r in own)
    if quoted and quoted == words:
        return "direct"
    return "mixed" if quoted else "indirect"
