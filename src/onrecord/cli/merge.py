"""`onrecord merge`: takes a record and two names, keeps as a judgement that they are one speaker, or undoes it."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import AUTHOR, UNDO, record


@click.command()
@record
@click.argument("name")
@click.argument("other", metavar="NAME")
@UNDO
@AUTHOR
def merge(record: Path, name: str, other: str, undo: bool, author: str | None) -> None:
    """Say that two names are one speaker, who goes under the first; it wins over what linking found, and stays.

    \b
    Example:
      onrecord merge talks.db "Mara Venn" "M. Ven"
      onrecord merge talks.db "Mara Venn" "M. Ven" --undo
    """
    from onrecord.cli.console import tell
    from onrecord.cli.judging import judging

    tell(judging(record, "merge", (name, other), author, undo))
