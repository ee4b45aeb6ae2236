"""`onrecord timeline`: takes a linked record, lists its reports by event and day."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import FORMAT, record

FIELDS = ["story", "reports", "published", "outlet", "document", "title", "statements"]


@click.command()
@record
@click.option(
    "--least", metavar="N", type=click.IntRange(1), default=1, help="Only stories of at least so many reports."
)
@FORMAT
def timeline(record: Path, least: int, form: str) -> None:
    """List the reports by the event they report, the events by their first day.

    \b
    Example:
      onrecord link talks.db
      onrecord timeline talks.db --least 2
    """
    from onrecord.cli.console import Column, console, table, tell
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows = [row for row in rec.timeline() if row.reports >= least]
    if form != "table":
        write_rows(({name: getattr(row, name) for name in FIELDS} for row in rows), FIELDS, form)
        return
    columns = (
        Column("story", right=True), Column("published"), Column("outlet", share=2), Column("report", share=3),
        Column("title", share=5), Column("statements", right=True),
    )  # fmt: skip
    cells = [(row.story, row.published, row.outlet, row.document, row.title, row.statements) for row in rows]
    console().print(table(columns, cells)) if rows else tell("nothing found in this record")
    tell(f"{len(rows)} reports in {len({row.story for row in rows})} stories")
