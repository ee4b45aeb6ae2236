"""`onrecord utterances`: takes a linked record and a filter, lists what was said once with all statements that report it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import OFFSET, TABLE_LIMIT, picks_statements, record

if TYPE_CHECKING:
    from onrecord.ask.sayings import UtteranceRow
    from onrecord.ask.statements import StatementFilter

FIELDS = [
    "utterance", "versions", "reports", "first", "how", "share", "id", "speaker", "said_on", "published", "outlet", "document",
    "via", "act", "kind", "lacks", "text",
]  # fmt: skip


@click.command()
@record
@click.option(
    "--least", metavar="N", type=click.IntRange(1), default=2, help="Only what at least so many reports carry (2)."
)
@click.option("--outlets", metavar="N", type=click.IntRange(0), default=0, help="Only what so many outlets carry.")
@picks_statements
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), help=f"At most so many utterances ({TABLE_LIMIT} for people)."
)
@OFFSET
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "text", "jsonl", "csv"]),
    default="table",
    help="table or text for people: text marks what each version changes; jsonl or csv for programs.",
)
def utterances(record: Path, least: int, outlets: int, asked: StatementFilter, form: str) -> None:
    """List utterances: what was said once, and how each report carries it.

    The filters pick utterances of which one version at least is such a statement. How is what a version is beside the fullest
    one: verbatim, cut, paraphrased, translated. Lacks is what other versions have and this one has not: a condition, a hedge, a
    denial, numbers. With --format text each version is set beside the fullest: [-left out-], {+added+}.

    \b
    Example:
      onrecord link talks.db
      onrecord utterances talks.db --speaker Wrenik
      onrecord utterances talks.db --act refuse --format text
    """
    from onrecord.ask.across import linked
    from onrecord.ask.sayings import listed, rows_of
    from onrecord.cli.console import Column, console, table, tell, tell_nothing
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    limit = TABLE_LIMIT if asked.limit is None and form == "text" else asked.limit
    with Record.open(record, read_only=True) as rec:
        n, found = listed(rec.store, asked, reports=least, outlets=outlets, limit=limit, offset=asked.offset)
        known = linked(rec.store)
    rows = [row for one in found for row in rows_of(one)]
    if form in {"jsonl", "csv"}:
        write_rows(map(_row, rows), FIELDS, form)
        return
    if not rows:
        tell_nothing("no such utterance in this record", known, record)
        return
    if form == "text":
        from onrecord.cli.telling import lines

        for one in found:
            console().print(lines(one, console().is_terminal), soft_wrap=True, highlight=False)
    else:
        columns = (
            Column("no", right=True), Column("published"), Column("speaker", share=3, style="cyan"), Column("act"),
            Column("how"), Column("words", share=5), Column("lacks", share=2), Column("report", share=3, style="dim"),
        )  # fmt: skip
        console().print(table(columns, [_cells(row) for row in rows]))
    tell(f"{len(found)} of {n} utterances in {len(rows)} statements")


def _cells(row: UtteranceRow) -> tuple[object, ...]:
    said = row.statement
    from rich.text import Text

    how = Text("first,\n" * row.first + row.kind)
    day = (said.published or "?")[:10]
    return (
        row.utterance, day, said.speaker or "not stated", said.act, how, said.text, ", ".join(row.lacks),
        said.outlet or said.document,
    )  # fmt: skip


def _row(row: UtteranceRow) -> dict[str, object]:
    own: dict[str, object] = {
        "utterance": row.utterance,
        "versions": row.versions,
        "reports": row.reports,
        "first": row.first,
        "how": row.kind,
        "share": row.share,
        "id": f"{row.statement.document}#{row.statement.statement.id}",
        "via": list(row.statement.via),
        "lacks": list(row.lacks),
    }
    return {name: own[name] if name in own else getattr(row.statement, name) for name in FIELDS}
