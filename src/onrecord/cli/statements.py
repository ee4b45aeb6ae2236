"""`onrecord statements`: takes a record and filters, lists the statements they pick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import SORT, lists, picks_statements, record

if TYPE_CHECKING:
    from onrecord.ask.statements import StatementFilter


@click.command()
@record
@picks_statements
@SORT
@lists
def statements(record: Path, asked: StatementFilter, form: str) -> None:
    """List statements: who said what, in which report.

    Dates in brackets are those of publication, where the report does not say when it was said.

    \b
    Example:
      onrecord statements talks.db --speaker Maravy --act refuse
      onrecord statements talks.db --said 2024-03.. --format csv > statements.csv
    """
    from onrecord.cli.console import tell
    from onrecord.cli.listing import show_statements
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        shown = show_statements(rec.statements(asked), form)
        if form == "table":
            tell(rest(shown, asked.offset, rec.count(asked)))


def rest(shown: int, offset: int, number: int) -> str:
    """Return what to say below a table of which not all may be shown.

    >>> rest(50, 0, 213)
    'statements 1 to 50 of 213; --limit and --offset show others'
    """
    if not shown:
        return "nothing found in this record"
    more = "; --limit and --offset show others" if number > shown else ""
    return f"statements {offset + 1} to {offset + shown} of {number}{more}"
