"""`onrecord check`: takes a record, says what in it or in its sources is not as it was kept; mends nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import record

if TYPE_CHECKING:
    from onrecord.cli.exits import Exit


@click.command()
@record
def check(record: Path) -> Exit:
    """Check that every span still says what the record says, and every source file is still the one that was read.

    Ends with 1 if anything is wrong.

    \b
    Example:
      onrecord check talks.db
    """
    import os

    from onrecord.cli.console import Column, console, table, tell
    from onrecord.cli.exits import Exit
    from onrecord.record import Record

    # Opened for reading only, the index of words cannot be checked; a record that is not there must not be made.
    with Record.open(record, read_only=not os.access(record, os.W_OK)) as rec:
        problems = rec.check()
        number = len(rec.documents())
    if not problems:
        tell(f"{number} documents, all as they were kept")
        return Exit.OK
    rows = [(problem.kind, problem.where, problem.message) for problem in problems]
    console().print(
        table((Column("kind", style="red"), Column("where", share=2), Column("what is wrong", share=3)), rows)
    )
    tell(f"{len(problems)} things are not as they were kept")
    return Exit.FAILED
