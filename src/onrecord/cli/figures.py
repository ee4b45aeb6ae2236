"""`onrecord figures`: takes a record, lists its figures: value, unit, what is measured, who asserts it, and which disagree."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import FORMAT, record

FIELDS = [
    "id", "document", "outlet", "published", "text", "value", "unit", "qualifier", "measures", "asserter", "thing", "conflict",
    "status",
]  # fmt: skip


@click.command()
@record
@click.option("--measures", metavar="TEXT", help="Only what measures this: words of it.")
@click.option("--asserter", metavar="NAME", help="Only what this speaker asserts: words of the name.")
@click.option(
    "--conflicts", is_flag=True, help="Only figures that measure one thing and disagree (after onrecord link)."
)
@click.option(
    "--updated",
    is_flag=True,
    help="Only figures that rose from report to report, as a toll does (after onrecord link).",
)
@FORMAT
def figures(
    record: Path, measures: str | None, asserter: str | None, conflicts: bool, updated: bool, form: str
) -> None:
    """List figures, with what they measure and who asserts them; those of one thing have one number once linked.

    \b
    Example:
      onrecord figures talks.db --measures barges
      onrecord figures talks.db --conflicts
      onrecord figures talks.db --updated
    """
    from onrecord.cli.console import Column, console, table, tell
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    def has(text: str | None, asked: str | None) -> bool:
        return asked is None or set(asked.casefold().split()) <= set((text or "").casefold().split())

    with Record.open(record, read_only=True) as rec:
        rows = [
            row
            for row in rec.figures(conflicts=conflicts, updated=updated)
            if has(f"{row.measures or ''} {row.unit or ''} {row.text}", measures) and has(row.asserter, asserter)
        ]
    if form != "table":
        write_rows(({name: getattr(row, name) for name in FIELDS} for row in rows), FIELDS, form)
        return
    if not rows:
        tell("no such figure in this record")
        return
    if conflicts or updated:
        rows.sort(key=lambda row: (row.thing or 0, row.published or "9999", row.id))
    columns = (
        Column("thing", right=True), Column("told"), Column("figure", share=3), Column("measures", share=3),
        Column("asserted by", share=2, style="cyan"),
        Column("published"), Column("report", share=2, style="dim"),
    )  # fmt: skip
    cells = [
        (
            row.thing,
            row.status,
            row.text,
            row.measures or row.unit,
            row.asserter,
            row.published,
            row.outlet or row.document,
        )
        for row in rows
    ]
    console().print(table(columns, cells))
