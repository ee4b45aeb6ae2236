"""A document's statements for people: takes an extracted `Document`, gives its text parts for a rich console."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.console import one_line
from onrecord.cli.layers import in_order
from onrecord.document import Document, Statement


def report(doc: Document) -> Iterator[Text | Padding]:
    """Yield the head of a document, each statement with one inside another set in, and its notes."""
    facts = " · ".join(one_line(fact) for fact in (doc.outlet, doc.published, doc.origin.path) if fact)
    yield Text.assemble((one_line(doc.title or doc.name), "bold"), "\n", (facts, "dim"), "\n")
    for depth, stmt in in_order(doc):
        yield _set_in(statement(stmt, doc.text), depth)
    if not doc.statements:
        yield _set_in(Text("no statement found\n", "dim"))
    for note in doc.notes:
        yield _set_in(Text(f"note: {one_line(note.message)} ({note.kind})\n", "yellow"))


def _set_in(text: Text, depth: int = 0) -> Padding:
    return Padding(text, (0, 0, 0, 2 + 4 * depth), expand=False)


def statement(stmt: Statement, text: str) -> Text:
    """Return a statement as its speaker, its words, and what else is known of it."""
    words = " … ".join(one_line(span.of(text)) for span in stmt.content)
    source = " ".join(one_line(span.of(text)) for span in stmt.source)
    cue = " ".join(one_line(span.of(text)) for span in stmt.cue)
    who = one_line(stmt.speaker or source) or "source not stated"
    role = f", {one_line(stmt.role)}" if stmt.role else ""
    return Text.assemble(
        (who, "bold cyan"), role, (f" · {cue}", "magenta"), f"\n{words}\n", (f"{_facts(stmt)}\n", "dim")
    )


def _facts(stmt: Statement) -> str:
    relay = {"to": stmt.addressee, "by": stmt.channel, "via": " → ".join(stmt.via), "on": stmt.said_on}
    places = " ".join(f"[{span.start}:{span.end}]" for span in stmt.content)
    sure = "" if stmt.confidence is None else f"{stmt.confidence:.2f}"
    told = [f"{word} {one_line(value)}" for word, value in relay.items() if value]
    return " · ".join(part for part in (stmt.act, stmt.kind, *told, sure, places) if part)
