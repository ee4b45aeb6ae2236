"""`onrecord steps`: takes one file, runs it through the pipeline stage by stage, and shows each stage's layer and its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.cli.exits import Exit
    from onrecord.cli.layers import Line
    from onrecord.document import Document
    from onrecord.stage import Stage


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--stage", "only", metavar="NAME", help="Show this stage only: read, notes, or a stage's name.")
def steps(file: Path, only: str | None) -> Exit:
    """Show what every stage finds in FILE: the window into the pipeline.

    A statement is shown with its pieces marked: [S source] [C cue] [T content]; one inside another stands below it.

    \b
    Example:
      onrecord steps report.html
      onrecord steps report.html --stage speakers
    """
    from onrecord.cli.console import console
    from onrecord.cli.inputs import Inputs

    if only is not None:
        _check(only)
    inputs, out = Inputs([file]), console()
    for doc in inputs:
        _show(out, doc, only)
    return inputs.code


def _check(only: str) -> None:
    from onrecord.pipeline import STAGES

    names = ("read", *(step.name for step in STAGES), "notes")
    if only not in names:
        named = f"there is no stage {only!r}; choose one of {', '.join(names)}"
        raise click.UsageError(named, click.get_current_context())


def _show(out: Console, doc: Document, only: str | None) -> None:
    from onrecord.cli.layers import layer, notes, reading

    seconds, last = 0.0, doc
    out.print(f"{doc.name}  {doc.origin.path}", style="bold")
    if only in {None, "read"}:
        _section(out, "read", reading(doc))
    for step, last, took in _timed(doc):
        seconds += took
        if only in {None, step.name}:
            lines = (line for name in step.adds if name != "notes" for line in layer(last, name))
            _section(out, step.name, lines, f"{took * 1000:.1f} ms")
    if only in {None, "notes"}:
        _section(out, "notes", notes(last))
    if seconds and only is None:
        words = len(doc.text.split())
        out.print(f"{words:,} words in {seconds * 1000:.0f} ms: {words / seconds:,.0f} words a second", style="dim")


def _timed(doc: Document) -> Iterator[tuple[Stage, Document, float]]:
    from onrecord.document import Document, Origin
    from onrecord.pipeline import walk

    # Word lists and weights are loaded at their first use: that is not a stage's time.
    list(walk(Document("first", "“Rain,” she said.", Origin("first", ""), language="en")))
    way, before = walk(doc), perf_counter()
    for step, last in way:
        yield step, last, perf_counter() - before
        before = perf_counter()


def _section(out: Console, name: str, lines: Iterable[Line], aside: str = "") -> None:
    from rich.table import Table
    from rich.text import Text

    from onrecord.cli.console import one_line

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", style="dim", overflow="fold")
    for line in lines:
        words = Text()
        for piece, style in line.words:
            words.append(" " if piece == " " else one_line(piece) + " " * piece.endswith(" "), style)
        grid.add_row(Text(line.label), words, Text(line.by))
    out.print(Text.assemble(("\n" + name, "bold underline"), (f"  {aside}" if aside else "", "dim")))
    out.print(grid if grid.row_count else Text("nothing", "dim"))
