"""`onrecord export`: takes a record and a format, writes the record, or what filters pick of it, to a file or standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import picks_statements, record

if TYPE_CHECKING:
    from onrecord.ask.statements import StatementFilter
    from onrecord.export import Format

FORMATS = ["json", "jsonl", "csv", "parquet", "webannotation", "jsonld", "brat", "html", "bibtex", "csl", "gold"]
HELP = (
    "json, one object in the form of the annotation guidelines; jsonl, one document a line; csv and parquet, a statement a line; "
    "webannotation and jsonld, linked data; brat, a ZIP; html, a dossier; bibtex and csl, citations; gold, what people judged."
)


@click.command()
@record
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help=HELP,
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write this file, whole or not at all."
)
@click.option("--raw", is_flag=True, help="Leave CSV cells that a spreadsheet would run as a formula as they are.")
@picks_statements
def export(record: Path, form: Format, output: Path | None, raw: bool, asked: StatementFilter) -> None:
    """Write the record in a form for other programs; the same record gives the same bytes.

    `onrecord schema` describes a line of JSONL.

    \b
    Example:
      onrecord export talks.db --format jsonl -o talks.jsonl
      onrecord export talks.db --format csv --act threaten > threats.csv
    """
    import sys

    from onrecord.ask.statements import StatementFilter
    from onrecord.record import Record

    chosen = None if asked == StatementFilter() else asked
    sys.stdout.flush()
    with Record.open(record, read_only=True) as rec:
        rec.export(form, output or sys.stdout.buffer, chosen, raw=raw)
    sys.stdout.buffer.flush()
