"""`onrecord link`: takes a record, links what its documents say, and tells on standard error what is linked now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import record, there

if TYPE_CHECKING:
    from onrecord.link.linking import LinkReport


@click.command()
@record
@click.option(
    "--aliases",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A CSV file of your own: name,alias[,wikidata]. Kept until another is given.",
)
def link(record: Path, aliases: Path | None) -> None:
    """Link what the documents of RECORD say: speakers under all their spellings, copies, stories.

    Only what is new is compared; linking twice is linking once, and the order in which reports were added does not matter.
    What people judged (merge, split, in the reading room) wins and stays.

    \b
    Example:
      onrecord link talks.db
      onrecord link talks.db --aliases our-names.csv
    """
    from onrecord.cli.console import progress, tell
    from onrecord.record import Record

    with Record.open(there(record)) as rec, progress("linking") as show:
        report = rec.link(aliases, progress=show)
    tell(told(report))


def told(report: LinkReport) -> str:
    """Return what to say of a record that was linked."""
    parts = {
        "speakers under several names": report.speakers,
        "pairs of copies": report.copies,
        "stories of several reports": report.stories,
        "utterances in several statements": report.utterances,
        "figures that measure the same": report.figures,
        "of them updated": report.updates,
        "in conflict": report.conflicts,
    }
    found = ", ".join(f"{number} {what}" for what, number in parts.items() if number) or "nothing to link"
    return f"{report.documents} documents: {found}" + ("" if report.new else "; nothing was new")
