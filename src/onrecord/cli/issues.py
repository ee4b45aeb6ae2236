"""`onrecord issues`: takes a linked record, lists what several statements take a stand on."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import FORMAT, record

FIELDS = ["id", "name", "named_by", "words", "statements", "speakers"]


@click.command()
@record
@FORMAT
def issues(record: Path, form: str) -> None:
    """List issues: what at least two statements want, offer or rule out. An issue keeps its id when reports are added.

    \b
    Example:
      onrecord link talks.db
      onrecord issues talks.db
    """
    from onrecord.cli.console import Column, console, table, tell
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows = rec.issues()
    if form != "table":
        write_rows(({name: _cell(getattr(row, name)) for name in FIELDS} for row in rows), FIELDS, form)
        return
    if not rows:
        tell(f"no issue is known in this record; find them with: onrecord link {record}")
        return
    columns = (
        Column("id", share=2, style="cyan"), Column("name", share=2), Column("named by"), Column("statements", right=True),
        Column("speakers", right=True),
    )  # fmt: skip
    console().print(table(columns, [(row.id, row.name, row.named_by, row.statements, row.speakers) for row in rows]))


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
