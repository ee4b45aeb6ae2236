"""`onrecord compare`: takes a record and documents, shows what each carries that the others do not, and what they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import FORMAT, record

if TYPE_CHECKING:
    from onrecord.ask.comparison import ComparedRow

FIELDS = ["part", "speaker", "document", "id", "act", "text"]


@click.command()
@record
@click.argument("documents", metavar="DOC DOC...", nargs=-1, required=True)
@FORMAT
def compare(record: Path, documents: tuple[str, ...], form: str) -> None:
    """Set reports side by side: what a speaker says in each, who speaks in one only, wording, and common stretches of text.

    Wording is what each calls a referent that they call otherwise, once the record is linked: see onrecord wording.

    Words of a statement that the first report's nearest statement of that speaker has not are in capitals in a pipe, bold on a
    terminal.

    \b
    Example:
      onrecord compare talks.db courier-gate-report lpa-gate-report
    """
    from onrecord.ask.comparison import compare as compared
    from onrecord.ask.comparison import worded
    from onrecord.cli.console import Column, console, table
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows = [*compared(rec.store, documents), *worded(rec.store, documents)]
    if form != "table":
        write_rows(({name: getattr(row, name) for name in FIELDS} for row in rows), FIELDS, form)
        return
    columns = (
        Column("part"), Column("speaker", share=2, style="cyan"), Column("report", share=2, style="dim"), Column("act"),
        Column("words", share=6),
    )  # fmt: skip
    cells = [(row.part, row.speaker, row.document, row.act, _marked(row, console().is_terminal)) for row in rows]
    console().print(table(columns, cells))


def _marked(row: ComparedRow, terminal: bool) -> object:
    """The words of a statement, those that are new bold on a terminal and in capitals elsewhere."""
    from rich.text import Text

    from onrecord.cli.console import one_line

    words, at = Text(), 0
    for span in row.new:
        words.append(one_line(f"|{row.text[at : span.start]}|")[1:-1])
        words.append(span.of(row.text) if terminal else span.of(row.text).upper(), "bold yellow")
        at = span.end
    return words.append(one_line(f"|{row.text[at:]}|")[1:-1])
