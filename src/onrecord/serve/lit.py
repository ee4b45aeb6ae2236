"""A report's text with its statements lit: takes a `Document`, gives paragraphs of escaped HTML, and styles nothing.

Statements may stand inside one another and across quotations, so marks are opened and closed at every boundary in such an order
that the HTML is a tree. Each piece has a class for its role and its depth; the first piece of a statement has its id, and hidden
words that a screen reader speaks at its start and its end, since `<mark>` is announced by few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from onrecord.document import Document, Span, Statement
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.serve.respond import shown

ORDER = ("boilerplate", "credit", "content", "source", "cue", "if", "then", "note", "figure")
"""Which of two marks over the same words holds the other."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that are lit: `first` and `last` say whether the statement begins and ends with this piece."""

    span: Span
    role: str
    id: str
    depth: int = 0
    first: bool = False
    last: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lit:
    """One paragraph: where it starts, its HTML, whether it is the title, and the statements whose content begins in it."""

    start: int
    html: Markup
    title: bool
    statements: tuple[Statement, ...]


def lit(doc: Document) -> list[Lit]:
    """Return the paragraphs of a report, lit, in text order; what lies between paragraphs is white space."""
    marks = sorted(marks_of(doc), key=lambda mark: (mark.span.start, -mark.span.end, ORDER.index(mark.role), mark.id))
    paragraphs, at, found = doc.paragraphs or find_paragraphs(doc.text, doc.title_span), 0, []
    stmts = sorted((stmt for stmt in doc.statements or () if stmt.content), key=_outer_first)
    for n, para in enumerate(paragraphs):
        end = paragraphs[n + 1].start if n + 1 < len(paragraphs) else len(doc.text)
        inside = [mark for mark in marks if mark.span.start < para.end and para.start < mark.span.end]
        starting = []
        while at < len(stmts) and (stmts[at].content[0].start < end):
            starting.append(stmts[at])
            at += 1
        title = doc.title_span is not None and para.start <= doc.title_span.start < para.end
        found.append(Lit(para.start, sweep(doc.text, para, inside), title, tuple(starting)))
    return found


def _outer_first(stmt: Statement) -> tuple[int, int, str]:
    return stmt.content[0].start, -stmt.content[-1].end, stmt.id


def marks_of(doc: Document) -> list[Mark]:
    """Return everything of a document that is lit."""
    parents = {stmt.id: stmt.parent for stmt in doc.statements or ()}
    marks: list[Mark] = []
    for stmt in doc.statements or ():
        marks += _marks(stmt, depth(stmt.id, parents))
    marks += [Mark(fig.span, "figure", fig.id) for fig in doc.figures or ()]
    marks += [Mark(note.span, "note", f"note-{n}") for n, note in enumerate(doc.notes, 1) if note.span]
    marks += [Mark(span, "boilerplate", "") for span in doc.boilerplate]
    marks += [Mark(credit.span, "credit", "") for credit in doc.credit]
    return [mark for mark in marks if mark.span.start < mark.span.end]


def _marks(stmt: Statement, deep: int) -> list[Mark]:
    said = f"{stmt.speaker or 'source not stated'}, {stmt.act}"
    last = len(stmt.content) - 1
    marks = [Mark(s, "content", stmt.id, deep, n == 0, n == last, said) for n, s in enumerate(stmt.content)]
    marks += [Mark(span, "source", stmt.id, deep) for span in stmt.source]
    marks += [Mark(span, "cue", stmt.id, deep) for span in stmt.cue]
    if stmt.condition:
        marks += [Mark(stmt.condition.if_, "if", stmt.id, deep), Mark(stmt.condition.then, "then", stmt.id, deep)]
    return marks


def depth(id: str, parents: dict[str, str | None]) -> int:
    """Return in how many statements one stands; a ring of parents ends where it closes."""
    seen: list[str] = []
    while (parent := parents.get(id)) is not None and parent not in seen:
        seen.append(parent)
        id = parent
    return len(seen)


def sweep(text: str, within: Span, marks: Sequence[Mark]) -> Markup:
    """Return the words of `within` with `marks` (sorted by start, longer first) drawn as a tree.

    >>> sweep("a wet day", Span(0, 9), [Mark(Span(2, 5), "cue", "s1")])
    Markup('a <span class="cue d0" data-s="s1">wet</span> day')
    """
    cuts = {within.start, within.end}
    for mark in marks:
        cuts.update(place for place in mark.span if within.start < place < within.end)
    out: list[str] = []
    stack: list[Mark] = []
    todo, at = list(marks), 0
    for start, end in zip(sorted(cuts), sorted(cuts)[1:], strict=False):
        again = _close(out, stack, start)
        for mark in again:
            _open(out, stack, mark, start)
        while at < len(todo) and max(todo[at].span.start, within.start) == start:
            _open(out, stack, todo[at], start)
            at += 1
        out.append(shown(text[start:end]))
    _close(out, stack, within.end, everything=True)
    return Markup("".join(out))  # every piece of text went through `shown`


def _close(out: list[str], stack: list[Mark], at: int, *, everything: bool = False) -> list[Mark]:
    """Close what ends here and what stands inside it; return the latter, to be opened again."""
    again: list[Mark] = []
    while stack and (everything or any(mark.span.end <= at for mark in stack)):
        mark = stack.pop()
        if mark.span.end > at:
            again.insert(0, mark)
        elif mark.role == "content" and mark.last:
            out.append(
                f'<a class="n" href="#m-{escape(mark.id)}"><span class="sr">end of statement </span>'
                f"{escape(mark.id.removeprefix('s'))}</a>"
            )
        out.append("</span>")
    return again


def _open(out: list[str], stack: list[Mark], mark: Mark, at: int) -> None:
    begins = mark.role == "content" and mark.first and at == mark.span.start
    classes = f"{mark.role} d{min(mark.depth, 3)}" if mark.role in {"content", "source", "cue"} else mark.role
    names = f' id="{escape(mark.id)}"' if begins else ""
    names += f' data-s="{escape(mark.id)}"' if mark.id else ""
    out.append(f'<span class="{classes}"{names}>')
    if begins:
        out.append(f'<span class="sr">statement {escape(mark.id.removeprefix("s"))}, {shown(mark.said)}: </span>')
    stack.append(mark)
