"""`onrecord speaker`: takes a record and a name, shows one speaker: spellings, roles, documents, and every statement in time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import FORMAT, record

if TYPE_CHECKING:
    from onrecord.ask.identity import Identity
    from onrecord.record import Record


@click.command()
@record
@click.argument("name")
@FORMAT
def speaker(record: Path, name: str, form: str) -> None:
    """Show one speaker of RECORD: spellings, roles, reports, positions, and every statement in the order of time.

    NAME is the name, or words of it; where it can mean several, the others are named.

    \b
    Example:
      onrecord speaker talks.db Wrenik
      onrecord speaker talks.db "Mara Venn" --format csv
    """
    from onrecord.cli.console import tell
    from onrecord.cli.listing import show_statements
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        who, *others = rec.identities(name)
        rows = rec.said_by(who)
        if form == "table":
            _describe(who)
            _positions(rec, who)
        show_statements(rows, form)
    if others:
        more = ", ".join(f"{other.name} ({other.statements})" for other in others[:8])
        tell(f"{name!r} can also mean: {more}" + (" and others" if len(others) > 8 else ""))


def _positions(rec: Record, who: Identity) -> None:
    from onrecord.ask.positions import PositionFilter, positions, with_statements
    from onrecord.cli.positions import show_steps

    steps = positions(rec.store, PositionFilter(nodes=frozenset(who.nodes)))
    if steps:
        show_steps(with_statements(rec.store, steps), who=False)


def _describe(who: Identity) -> None:
    from rich.text import Text

    from onrecord.cli.console import console, one_line

    out = console()
    named = who.type if who.named else f"{who.type}, unnamed"
    out.print(
        Text.assemble((one_line(who.name), "bold cyan"), f"  {named}", f"  {who.wikidata}" if who.wikidata else "")
    )
    facts = {
        "roles": "; ".join(f"{role} ({n})" for role, n in who.roles[:12]),
        "spellings": "; ".join(f"{spelling} ({n})" for spelling, n in who.spellings[:20]),
        "reports": ", ".join(who.documents[:20])
        + (f" and {len(who.documents) - 20} more" if len(who.documents) > 20 else ""),
        "one by": "; ".join(who.why[:12]),
    }
    for label, value in facts.items():
        if value:
            out.print(Text.assemble((f"{label:10} ", "dim"), one_line(value)))
