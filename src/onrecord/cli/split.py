"""`onrecord split`: takes a record and two names, keeps as a judgement that they are two speakers, or undoes it."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import AUTHOR, UNDO, record


@click.command()
@record
@click.argument("name")
@click.argument("other", metavar="SPELLING|DOCUMENT")
@UNDO
@AUTHOR
def split(record: Path, name: str, other: str, undo: bool, author: str | None) -> None:
    """Say that a spelling, or whom one document calls so, is not NAME but somebody else; it wins over linking, and stays.

    \b
    Example:
      onrecord split talks.db "Mara Venn" "Marla Venn"
      onrecord split talks.db "Mara Venn" courier-gate-report
      onrecord split talks.db "Mara Venn" courier-gate-report --undo
    """
    from onrecord.cli.console import tell
    from onrecord.cli.judging import judging

    tell(judging(record, "split", (name, other), author, undo))
