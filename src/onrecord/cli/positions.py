"""`onrecord positions`: takes a linked record, lists where each speaker stands on each issue, and how that moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import FORMAT, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.ask.positions import Position

FIELDS = [
    "issue", "issue_name", "holder", "is_party", "party", "n", "last", "day", "way", "does", "if", "change", "why", "statements",
    "text",
]  # fmt: skip


@click.command()
@record
@click.option("--speaker", metavar="NAME", help="Only this speaker's: words of the name.")
@click.option("--party", metavar="NAME", help="Only of those who belong to this body: words of its name.")
@click.option("--issue", metavar="ISSUE", help="Only on this issue: its id or its name; see onrecord issues.")
@click.option("--parties", is_flag=True, help="Also bodies that several speakers belong to, with what all of them say.")
@FORMAT
def positions(
    record: Path, speaker: str | None, party: str | None, issue: str | None, parties: bool, form: str
) -> None:
    """List positions: what each speaker wants, offers or rules out, on what condition, and how that changed.

    Without a filter the table has one line a position, where it stands last; with one it has every step. JSON and CSV
    have every step, with the statements behind it. What the changes mean says docs/positions.md.

    \b
    Example:
      onrecord positions talks.db --speaker Wrenik
      onrecord positions talks.db --issue gate --parties
    """
    from onrecord.ask.across import linked
    from onrecord.cli.console import tell_nothing
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        rows = rec.positions(speaker=speaker, party=party, issue=issue, parties=parties)
        known = linked(rec.store)
    if form != "table":
        write_rows(map(_row, rows), FIELDS, form)
    elif not rows:
        tell_nothing("no such position in this record", known, record)
    elif speaker or party or issue:
        show_steps(rows)
    else:
        _show_last(rows)


def _row(row: Position) -> dict[str, object]:
    own: dict[str, object] = {
        "if": row.if_,
        "does": list(row.does),
        "statements": [f"{said.document}#{said.statement.id}" for said in row.statements],
        "text": row.statements[0].text if row.statements else "",
    }
    return {name: own[name] if name in own else getattr(row, name) for name in FIELDS}


def show_steps(rows: Sequence[Position], *, who: bool = True) -> None:
    """Write every step as a table; `who` with whose it is."""
    from onrecord.cli.console import Column, console, table

    columns = (
        *((Column("who", share=3, style="cyan"),) if who else ()),
        Column("issue", share=2), Column("day"), Column("way"), Column("does"), Column("change"),
        Column("if", share=3), Column("words", share=5), Column("report", share=3, style="dim"),
    )  # fmt: skip
    cells = [
        (
            *((row.holder,) if who else ()),
            *(row.issue_name, row.day, row.way, ", ".join(row.does), row.change, row.if_),
            *(row.statements[0].text, _reports(row)),
        )
        for row in rows
        if row.statements
    ]
    console().print(table(columns, cells))


def _reports(row: Position) -> str:
    first = row.statements[0]
    more = len(row.statements) - 1
    return f"{first.outlet or first.document}" + (f" and {more} more" if more else "")


def _show_last(rows: Sequence[Position]) -> None:
    from onrecord.cli.console import Column, console, days, table, tell

    columns = (
        Column("issue", share=3), Column("who", share=3, style="cyan"), Column("now"), Column("does"),
        Column("when"), Column("steps", right=True), Column("changes", share=2),
    )  # fmt: skip
    groups: dict[tuple[str, str, int | None], list[Position]] = {}
    for row in rows:
        groups.setdefault((row.issue, row.holder, row.node), []).append(row)
    cells = []
    for steps in groups.values():
        first, last = steps[0], steps[-1]
        moves = ", ".join(step.change for step in steps if step.change not in {"new", "held"})
        when = days(first.day, last.day)
        cells.append((last.issue_name, last.holder, last.way, ", ".join(last.does), when, len(steps), moves))
    console().print(table(columns, cells))
    tell(f"{len(groups)} positions on {len({row.issue for row in rows})} issues, in {len(rows)} steps")
