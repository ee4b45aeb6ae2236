"""How things look: takes rows, lines and counts, gives tables, progress bars and plain text fit for where they are written.

A terminal gets colour and its own width; a pipe or a file gets neither; `NO_COLOR` is honoured. Words from a report can hold
control characters that would move a terminal's cursor or turn its text round: they are shown as escapes, never obeyed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

PIPE_WIDTH = 100
# C0 and C1 controls except tab and newline, lone surrogates, and the characters that turn the direction of text round
# (Unicode Technical Report 36, "Bidirectional Text Spoofing").
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: `share` is its part of the width left by the fixed ones, 0 for a fixed one."""

    title: str
    share: int = 0
    style: str = ""
    right: bool = False


class Progress(Protocol):
    """What `progress` gives: called with the number done, the number known so far, and what is being worked on."""

    def __call__(self, done: int, total: int | None, what: str = "") -> None: ...


def printable(text: str) -> str:
    r"""Return `text` with control characters written out, safe to print on a terminal.

    >>> printable("red \x1b[31malert\n")
    'red \\x1b[31malert\n'
    """
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    r"""Return `text` on one line, printable.

    >>> one_line("We will\n\n  appeal. ")
    'We will appeal.'
    """
    return printable(" ".join(text.split()))


def console(*, err: bool = False) -> Console:
    """Return a rich console on standard output (`err`: standard error) that colours only a terminal."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    plain = bool(os.environ.get("NO_COLOR")) or not stream.isatty()
    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or PIPE_WIDTH)
    return Console(
        file=stream, color_system=None if plain else "auto", width=width, highlight=False, markup=False, emoji=False
    )


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """Return a rich table of `rows`: rich texts, None for an empty cell, or anything with a string."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False, expand=True)
    drawn.padding = (0, 1, 0, 0)  # with the space that the box has between columns, two: words need the third more
    for column in columns:
        drawn.add_column(
            column.title,
            ratio=column.share or None,
            style=column.style,
            justify="right" if column.right else "left",
            no_wrap=not column.share,
            overflow="fold",
        )
    for row in rows:
        drawn.add_row(*(cell if isinstance(cell, Text) else Text(_cell(cell)) for cell in row))
    return drawn


def days(first: str | None, last: str | None) -> Text:
    """Return when something began and when it was last seen, under each other: that takes half the room of two columns.

    >>> days("2024-03-27", "2024-04").plain
    '2024-03-27\\n–2024-04'
    >>> days("2024-03-27", "2024-03-27").plain
    '2024-03-27'
    """
    from rich.text import Text

    ends = (first or "", f"–{last}" if last and last != first else "")
    return Text("\n".join(one_line(end) for end in ends if end))


def _cell(cell: object) -> str:
    return "" if cell is None else one_line(str(cell))


def tell(message: str) -> None:
    """Write a line for the person at the keyboard, on standard error."""
    click.echo(one_line(message), err=True)


def tell_nothing(words: str, linked: bool, record: Path) -> None:
    """Say on standard error that a linked record holds none of what was asked for, of one that is not linked how to link it."""
    tell(words if linked else f"the record is not linked; do: onrecord link {record}")


@contextmanager
def progress(what: str, *, shown: bool = True) -> Iterator[Progress]:
    """Show a bar on standard error while long work goes on, nothing where standard error is no terminal."""
    if not (shown and sys.stderr.isatty()):
        yield lambda done, total, what="": None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, TextColumn("{task.fields[what]}"), console=console(err=True), transient=True) as bar:
        task = bar.add_task(what, total=None, what="")
        yield lambda done, total, what="": bar.update(task, completed=done, total=total, what=one_line(what)[-40:])
