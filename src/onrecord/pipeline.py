"""The way of the data within one document: takes a `Document` as read, runs every stage in order, gives it extracted.

Checks on import that each stage's needs are added by an earlier one. Reading files and keeping records are not done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.document import Document
from onrecord.encode import encode
from onrecord.extract.figures import figures
from onrecord.extract.statements import statements
from onrecord.extract.times import times
from onrecord.resolve.acts import acts
from onrecord.resolve.asserters import asserters
from onrecord.resolve.conditions import conditions
from onrecord.resolve.relay import relay
from onrecord.resolve.said_on import said_on
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment
from onrecord.stage import Stage

READ_GIVES = (
    "text",
    "language",
    "published",
    "outlet",
    "url",
    "authors",
    "credit",
    "boilerplate",
    "title_span",
    "notes",
)


def check(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Return `stages` if each needs only what `read` gives or an earlier one adds.

    Raises:
        TypeError: a stage needs a layer that nothing before it adds; the message names both.
    """
    have = set(READ_GIVES)
    for step in stages:
        missing = [need for need in step.needs if need not in have]
        if missing:
            raise TypeError(f"stage {step.name} needs {', '.join(missing)}, which no stage before it adds")
        have.update(step.adds)
    return stages


# The order of the way. A stage is put in here by whoever lands it:
# segment, encode, statements, times, figures, asserters, speakers, acts, conditions, relay, said_on.
STAGES: tuple[Stage, ...] = check(
    (segment, encode, statements, times, figures, asserters, speakers, acts, conditions, relay, said_on)
)


def walk(doc: Document) -> Iterator[tuple[Stage, Document]]:
    """Yield each stage with the document as it left it; nothing for a document that is known not to be English."""
    if doc.language not in {None, "en"}:
        return
    for step in STAGES:
        doc = step(doc)
        yield step, doc


def extract(doc: Document) -> Document:
    """Return `doc` with every layer filled; a document whose language is known and not English keeps empty layers."""
    if doc.language not in {None, "en"}:
        return replace(doc, statements=(), speakers=(), figures=(), times=())
    last = doc
    for _, last in walk(doc):  # noqa: B007  # the last one is what is wanted
        pass
    return last
