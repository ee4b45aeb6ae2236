"""Copies: takes documents, gives which share their text, how much of the shorter stands in the longer, and who was first.

What stands inside quotation marks in both is the same utterance, not the same report, so a pair needs common words in the
reporter's own voice as well. Boilerplate is left out: the documents' own, and paragraphs that recur through the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.document import Document, Span
from onrecord.link.alignment import Alignment, align
from onrecord.link.shingles import candidates, fingerprints, words

BY = "rule:copies-1"
LEAST_SHARE = 0.3  # GUIDELINES count a pair of articles as copies from here on
LEAST_OWN = 0.25  # of the common words' counterpart outside quotation marks
VERBATIM = 0.95
RECURRENT = 5  # a line in more documents than this is a publisher's, not a report's
OPENING = 80  # characters by which documents are told apart for that

CopyKind = Literal["verbatim", "cut", "edited"]


@dataclass(frozen=True, slots=True)
class Body:
    """A document as far as copying goes: its `text` without boilerplate, and how much of that is quoted.

    `quoted` are spans of `text`. `date` is partial ISO or None; documents without a date come after all others.
    """

    id: str
    text: str
    quoted: tuple[Span, ...] = ()
    date: str | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share text: `earlier` was first, or is first by id where dates do not tell.

    `share` is how much of the shorter stands in the longer, 0 to 1; `own` the same outside quotation marks. `reasons`
    is readable: what was found, in words. `kind` is verbatim (both almost whole), cut (the shorter almost whole in the
    longer) or edited.
    """

    earlier: str
    later: str
    share: float
    own: float
    kind: CopyKind
    agency: str | None = None
    reasons: tuple[str, ...] = ()
    by: str = BY


def body(doc_id: str, doc: Document) -> Body:
    """Return what of `doc` counts for copying: paragraphs outside boilerplate and credits, joined by newlines."""
    parts, quoted, at = [], [], 0
    for span in doc.paragraphs or (Span(0, len(doc.text)),):
        if any(skip.start <= span.start and span.end <= skip.end for skip in doc.boilerplate):
            continue
        for quotation in doc.quotations or ():
            for piece in quotation.pieces:
                if quotation.depth == 0 and span.start <= piece.start and piece.end <= span.end:
                    quoted.append(Span(piece.start - span.start + at, piece.end - span.start + at))
        parts.append(span.of(doc.text))
        at += len(parts[-1]) + 1
    agencies = tuple(sorted({credit.agency for credit in doc.credit if credit.agency}))
    return Body(doc_id, "\n".join(parts), tuple(quoted), doc.published, agencies)


def find(bodies: Iterable[Body]) -> tuple[Copy, ...]:
    """Return every pair of copies, sorted by ids; the order of `bodies` does not matter.

    >>> text = "The locks at Arden closed at noon and no barge has passed since, the port office said on Monday."
    >>> pair = find([Body("b", text, date="2024-02-02"), Body("a", text + " Nobody was hurt.", date="2024-02-03")])[0]
    >>> pair.earlier, pair.later, pair.kind, pair.share
    ('b', 'a', 'cut', 1.0)
    """
    ordered = without_recurrent(sorted(bodies, key=lambda item: item.id))
    by_id = {item.id: item for item in ordered}
    prints = {item.id: fingerprints(words(item.text)) for item in ordered}
    found = (judge(by_id[a], by_id[b]) for a, b in candidates(prints))
    return tuple(copy for copy in found if copy is not None)


def without_recurrent(bodies: Sequence[Body]) -> list[Body]:
    """Blank out, in place of their words, lines that stand in many otherwise different documents.

    Documents that open alike count once: a thousand copies of one report do not make its lines a publisher's.
    """
    openings: dict[str, set[str]] = defaultdict(set)
    for item in bodies:
        for line in item.text.split("\n"):
            if line.strip():
                openings[line.strip()].add(item.text[:OPENING])
    recurrent = {line for line, opens in openings.items() if len(opens) > RECURRENT}
    return [blank(item, recurrent) for item in bodies] if recurrent else list(bodies)


def blank(item: Body, recurrent: Collection[str]) -> Body:
    """Return a body with these lines left blank; places in it stay what they are."""
    lines = (" " * len(line) if line.strip() in recurrent else line for line in item.text.split("\n"))
    return Body(item.id, "\n".join(lines), item.quoted, item.date, item.agencies)


def judge(a: Body, b: Body) -> Copy | None:
    """Return the copy edge between two bodies, or None where they share too little."""
    found = align(a.text, b.text)
    own = _own_share(a, b, found)
    if found.share < LEAST_SHARE or own < LEAST_OWN:
        return None
    first, second = sorted((a, b), key=lambda item: (item.date or "9999", item.id))
    both = sorted(set(a.agencies) | set(b.agencies))
    kind = _kind(found)
    reasons = (
        f"{len(found.stretches)} common stretches, {found.share:.0%} of the shorter text",
        *(f"credits {agency}" for agency in both),
    )
    return Copy(first.id, second.id, round(found.share, 3), round(own, 3), kind, both[0] if both else None, reasons)


def _kind(found: Alignment) -> CopyKind:
    if min(found.share_a, found.share_b) >= VERBATIM:
        return "verbatim"
    return "cut" if found.share >= VERBATIM else "edited"


def _own_share(a: Body, b: Body, found: Alignment) -> float:
    """The share of the shorter text's words outside quotation marks that stand in the other."""
    if len(a.text) <= len(b.text):
        spans, item = [stretch.a for stretch in found.stretches], a
    else:
        spans, item = [stretch.b for stretch in found.stretches], b
    whole = _words_outside(item, (Span(0, len(item.text)),))
    return _words_outside(item, spans) / whole if whole else found.share


def _words_outside(item: Body, spans: Iterable[Span]) -> int:
    count = 0
    for span in spans:
        kept, at = [], span.start
        for quote in item.quoted:
            if quote.start < span.end and quote.end > span.start:
                kept.append(item.text[at : max(at, quote.start)])
                at = max(at, quote.end)
        kept.append(item.text[at : span.end] if at < span.end else "")
        count += sum(len(words(part)) for part in kept)
    return count
