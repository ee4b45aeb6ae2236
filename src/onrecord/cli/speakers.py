"""`onrecord speakers`: takes a record, lists who says what in it, those with most statements first."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import TABLE_LIMIT, lists, record


@click.command()
@record
@click.option("--name", metavar="NAME", help="Only those this name, or words of a name, can mean.")
@lists
def speakers(record: Path, name: str | None, limit: int | None, offset: int, form: str) -> None:
    """List speakers, with how much and since when each is on the record.

    Once linked, each stands once, under all spellings that documents have.

    \b
    Example:
      onrecord speakers talks.db
      onrecord speakers talks.db --name minister --format csv
    """
    from onrecord.cli.listing import show_speakers
    from onrecord.errors import NotFound
    from onrecord.record import Record

    if limit is None and form == "table":
        limit = TABLE_LIMIT
    with Record.open(record, read_only=True) as rec:
        try:
            show_speakers(rec.identities(name, limit=limit, offset=offset), form)
        except NotFound:
            show_speakers((), form)
