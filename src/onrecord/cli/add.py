"""`onrecord add`: takes a record and paths, reads what is new in them into it, and says what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import record

if TYPE_CHECKING:
    from onrecord.add import AddReport
    from onrecord.cli.exits import Exit


@click.command()
@record
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(0),
    help="Processes that read; the default fits the work and the machine.",
)
def add(record: Path, paths: tuple[Path, ...], workers: int | None) -> Exit:
    """Read reports into RECORD, which is made if it is not there.

    A file that was read before is passed over; one that has changed is read again. Interrupted, it goes on where it was
    when called again.

    \b
    Example:
      onrecord add talks.db reports/ feed.xml
    """
    from onrecord.cli.console import progress
    from onrecord.record import Record

    with Record.open(record) as rec, progress("adding") as show:
        report = rec.add(paths, workers=workers, progress=show)
    return told(report)


def told(report: AddReport) -> Exit:
    """Say on standard error what was added and what failed; return the exit code."""
    from onrecord.cli.console import tell
    from onrecord.cli.exits import Exit

    for error in report.failed:
        tell(f"onrecord: {error}")
    counts = {"added": report.added, "already there": report.already, "old versions removed": report.removed}
    counts |= {"failed": len(report.failed)}
    tell(
        ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        or "nothing to add: no report was found"
    )
    for kind, number in sorted(report.notes.items()):
        tell(f"noted: {kind} ({number})")
    return Exit.SOME_FAILED if report.failed else Exit.OK
