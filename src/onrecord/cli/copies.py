"""`onrecord copies`: takes a linked record, lists the documents that share their text."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import FORMAT, record

FIELDS = [
    "first", "second", "kind", "share", "own", "credit", "first_outlet", "second_outlet", "first_published", "second_published",
]  # fmt: skip


@click.command()
@record
@FORMAT
def copies(record: Path, form: str) -> None:
    """List copies: which two documents share text, how much, who was first, and the agency they credit.

    The share is how much of the shorter text stands in the longer; own is the same outside quotation marks. verbatim: both
    almost whole; cut: the shorter almost whole in the longer; edited: parts of it; rewritten: the same report in other words, the
    share being that of the sentences that tell the same.

    \b
    Example:
      onrecord link talks.db
      onrecord copies talks.db
    """
    from onrecord.ask.across import linked
    from onrecord.cli.console import Column, console, table, tell_nothing
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows, known = rec.copies(), linked(rec.store)
    if form != "table":
        write_rows(({name: getattr(row, name) for name in FIELDS} for row in rows), FIELDS, form)
        return
    if not rows:
        tell_nothing("no report of this record is a copy of another", known, record)
        return
    columns = (
        Column("first", share=3), Column("copy", share=3), Column("kind"), Column("share", right=True),
        Column("own", right=True), Column("credit", share=2), Column("published", share=2, style="dim"),
    )  # fmt: skip
    cells = [
        (
            *(row.first, row.second, row.kind, f"{row.share:.0%}", f"{row.own:.0%}", row.credit),
            " → ".join(date or "?" for date in (row.first_published, row.second_published)),
        )
        for row in rows
    ]
    console().print(table(columns, cells))
