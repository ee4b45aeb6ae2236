"""Pure questions about spans: takes spans and quotations, gives an answer, and knows neither documents nor stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.document import Kind, Quotation, Span

LOOSE = 3  # characters outside the marks that count for nothing: spaces, a comma, a dash, a stray mark


def kind_of(content: Sequence[Span], quotations: Iterable[Quotation]) -> Kind:
    """Return how a content is reported: "direct" wholly inside quotation marks, "mixed" in part, "indirect" not at all.

    Only the content's own marks count: those of a quotation that opens in it, or just before it. A quotation around it that
    begins earlier belongs to the statement around it (GUIDELINES, "kind").

    >>> no = Quotation((Span(0, 5),))  # “No,” she said, and left.
    >>> kind_of([Span(0, 5)], [no]), kind_of([Span(0, 25)], [no]), kind_of([Span(16, 24)], [no])
    ('direct', 'mixed', 'indirect')
    """
    own = [piece for quotation in quotations for piece in quotation.pieces if _opens_in(piece, content)]
    quoted = [part for part in (_overlap(span, piece) for span in content for piece in own) if part is not None]
    if not quoted:
        return "indirect"
    return "direct" if all(_is_covered(span, quoted) for span in content) else "mixed"


def _opens_in(piece: Span, content: Sequence[Span]) -> bool:
    return any(span.start - 1 <= piece.start < span.end for span in content)


def _overlap(a: Span, b: Span) -> Span | None:
    start, end = max(a.start, b.start), min(a.end, b.end)
    return Span(start, end) if start < end else None


def _is_covered(span: Span, quoted: list[Span]) -> bool:
    at, loose = span.start, 0
    for part in sorted(quoted):
        if part.end <= at or part.start >= span.end:
            continue
        loose += max(0, part.start - at)
        at = part.end
    loose += max(0, span.end - at)
    return loose <= LOOSE
