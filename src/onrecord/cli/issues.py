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
    from onrecord.ask.across import linked
    from onrecord.cli.console import Column, console, table, tell_nothing
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows, known = rec.issues(), linked(rec.store)
    if form != "table":
        write_rows(({name: _cell(getattr(row, name)) for name in FIELDS} for row in rows), FIELDS, form)
        return
    if not rows:
        tell_nothing(
            "nothing is demanded, offered, refused or the like by two statements of this record", known, record
        )
        return
    columns = (
        Column("id", share=2, style="cyan"), Column("name", share=2), Column("named by"), Column("statements", right=True),
        Column("speakers", right=True),
    )  # fmt: skip
    console().print(table(columns, [(row.id, row.name, row.named_by, row.statements, row.speakers) for row in rows]))


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
