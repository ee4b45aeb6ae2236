"""`onrecord search`: takes a record and words, lists the statements that have them, the best first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import lists, picks_statements, record

if TYPE_CHECKING:
    from onrecord.ask.statements import StatementFilter


@click.command()
@record
@click.argument("query")
@picks_statements
@lists
def search(record: Path, query: str, asked: StatementFilter, form: str) -> None:
    """Find statements by their words, the best first.

    All words must be there; "words in quotation marks" as they stand; a word ending in * begins one; OR and NOT between words.

    \b
    Example:
      onrecord search talks.db 'gate* NOT harbour'
      onrecord search talks.db '"two gates"' --speaker Wrenik
    """
    from onrecord.cli.console import tell
    from onrecord.cli.listing import show_statements
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        shown = show_statements(rec.statements(asked, text=query, sort="best"), form)
    if form == "table" and not shown:
        tell("nothing found in this record")
