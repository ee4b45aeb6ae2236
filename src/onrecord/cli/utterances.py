"""`onrecord utterances`: takes a linked record, lists what was said once with all statements that report it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import FORMAT, record

if TYPE_CHECKING:
    from onrecord.sayings import UtteranceRow

FIELDS = [
    "utterance", "versions", "reports", "id", "speaker", "said_on", "published", "outlet", "document", "act", "kind",
    "lacks", "text",
]  # fmt: skip


@click.command()
@record
@click.option(
    "--least", metavar="N", type=click.IntRange(1), default=2, help="Only what at least so many reports carry (2)."
)
@click.option("--speaker", metavar="NAME", help="Only what this speaker said: words of the name.")
@FORMAT
def utterances(record: Path, least: int, speaker: str | None, form: str) -> None:
    """List utterances: what was said once, and how each report carries it.

    Lacks is what other versions have and this one has not: a condition, numbers.

    \b
    Example:
      onrecord link talks.db
      onrecord utterances talks.db --speaker Wrenik
    """
    from onrecord.cli.console import Column, console, table, tell
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows = [row for row in rec.utterances() if row.reports >= least]
    if speaker is not None:
        words = set(speaker.casefold().split())
        kept = {row.utterance for row in rows if words <= set((row.statement.speaker or "").casefold().split())}
        rows = [row for row in rows if row.utterance in kept]
    if form != "table":
        write_rows(map(_row, rows), FIELDS, form)
        return
    if not rows:
        tell(f"no utterance of several reports is known in this record; find them with: onrecord link {record}")
        return
    columns = (
        Column("no", right=True), Column("said"), Column("speaker", share=2, style="cyan"), Column("act"),
        Column("words", share=6), Column("lacks", share=2), Column("report", share=2, style="dim"),
    )  # fmt: skip
    cells = [
        (
            row.utterance, row.statement.said_on or f"({row.statement.published or '?'})", row.statement.speaker or "not stated",
            row.statement.act, row.statement.text, ", ".join(row.lacks), row.statement.outlet or row.statement.document,
        )
        for row in rows
    ]  # fmt: skip
    console().print(table(columns, cells))
    tell(f"{len({row.utterance for row in rows})} utterances in {len(rows)} statements")


def _row(row: UtteranceRow) -> dict[str, object]:
    own: dict[str, object] = {
        "utterance": row.utterance,
        "versions": row.versions,
        "reports": row.reports,
        "id": f"{row.statement.document}#{row.statement.statement.id}",
        "lacks": list(row.lacks),
    }
    return {name: own[name] if name in own else getattr(row.statement, name) for name in FIELDS}
