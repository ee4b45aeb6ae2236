"""`onrecord extract`: takes paths, reads and extracts what they hold, prints it, and keeps no record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.cli.exits import Exit
    from onrecord.cli.inputs import Inputs
    from onrecord.document import Document


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="text for people (the default), jsonl with one document a line.",
)
def extract(paths: tuple[Path, ...], form: str) -> Exit:
    """Read reports, extract their statements and print them; no record is made.

    `onrecord schema` describes a line of JSONL.

    \b
    Example:
      onrecord extract report.html
      onrecord extract reports/ --format jsonl > statements.jsonl
    """
    import sys

    from onrecord.cli.console import progress
    from onrecord.cli.inputs import Inputs

    inputs = Inputs(paths)
    # On one terminal the bar and the answers would write over each other.
    with progress("extracting", shown=not sys.stdout.isatty()) as show:
        (_lines if form == "jsonl" else _texts)(_extracted(inputs, inputs.read(show)))
    return inputs.code


def _extracted(inputs: Inputs, docs: Iterable[Document]) -> Iterable[Document]:
    from onrecord.errors import InputError
    from onrecord.pipeline import extract as run

    for doc in docs:
        try:
            yield run(doc)
        except Exception as fault:  # a fault in a stage costs this document and not its neighbours
            what = f"extracting failed ({type(fault).__name__}: {fault})"
            inputs.fail(InputError(doc.origin.path, what, "please report it with the file"))


def _lines(docs: Iterable[Document]) -> None:
    from onrecord.cli.output import json_line, write
    from onrecord.form import document_form

    write(json_line(document_form(doc)) for doc in docs)


def _texts(docs: Iterable[Document]) -> None:
    from onrecord.cli.console import console
    from onrecord.cli.report import report

    out = console()
    for doc in docs:
        for part in report(doc):
            out.print(part)
