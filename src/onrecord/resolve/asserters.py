"""Who asserts a figure: takes figures and statements, gives each figure the innermost statement whose content holds it.

A figure outside every content is the reporter's own. Figures are found without statements, so this is a step of its own.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.document import Document, Span, Statement
from onrecord.stage import stage


@stage(needs=("figures", "statements"), adds=("figures.statement",))
def asserters(doc: Document) -> Document:
    """Fill each figure's statement.

    >>> from onrecord.document import Figure, Origin
    >>> stmts = (Statement("s1", (Span(0, 20),)), Statement("s2", (Span(5, 15),), parent="s1"))
    >>> figures = (Figure("f1", Span(6, 9), 3), Figure("f2", Span(30, 33), 4))
    >>> doc = Document("a", "x" * 40, Origin("a.txt", "0" * 64), statements=stmts, figures=figures)
    >>> [figure.statement for figure in asserters(doc).figures]
    ['s2', None]
    """
    stmts = doc.statements or ()
    pieces = sorted((piece.start, piece.end, i) for i, stmt in enumerate(stmts) for piece in stmt.content)
    found = []
    active: list[tuple[int, int, int]] = []
    at = 0
    for figure in sorted(doc.figures or (), key=lambda figure: figure.span):
        while at < len(pieces) and pieces[at][0] <= figure.span.start:
            active.append(pieces[at])
            at += 1
        active = [piece for piece in active if piece[1] > figure.span.start]
        around = [stmts[i] for _, end, i in active if end >= _core_end(figure.span)]
        innermost = min(around, key=_size, default=None)
        found.append(replace(figure, statement=innermost.id if innermost else None))
    return replace(doc, figures=tuple(found))


def _core_end(span: Span) -> int:
    """A figure may reach with its unit a little over the edge of a content; its first character decides."""
    return span.start + 1


def _size(stmt: Statement) -> tuple[int, str]:
    return sum(end - start for start, end in stmt.content), stmt.id
