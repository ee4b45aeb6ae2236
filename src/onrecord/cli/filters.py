"""The options that pick statements: takes what was typed, gives the `StatementFilter` that every command asks with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from onrecord.document import Act, Kind

Command = TypeVar("Command", bound=Callable[..., Any])

ACTS = get_args(Act)
KINDS = get_args(Kind)
JUDGED = (
    "accepted",
    "rejected",
    "changed",
    "open",
)  # those of onrecord.store.find, which is too much to import for a help text
TABLE_LIMIT = 50

record = click.argument("record", type=click.Path(path_type=Path))


def there(record: Path) -> Path:
    """Return the path of a record that is there: a command that needs one must not make it of a slip of the pen.

    Raises:
        NotFound: nothing is there.
    """
    from onrecord.errors import NotFound

    if not record.exists():
        raise NotFound(f"{record}: there is no record; make one with: onrecord add {record} PATH...")
    return record


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    help="table for people (the default), jsonl or csv for programs.",
)
LIMIT = click.option(
    "--limit", metavar="N", type=click.IntRange(0), help=f"At most so many ({TABLE_LIMIT} in a table, otherwise all)."
)
OFFSET = click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Leave out so many first.")

AUTHOR = click.option("--author", metavar="NAME", help="Who judges; your login name if left out.")
UNDO = click.option("--undo", is_flag=True, help="Take back what was judged so before.")

PICKING = (
    click.option("--speaker", metavar="NAME", help="Said by this speaker: the name, or words of it."),
    click.option("--outlet", metavar="NAME", help="Reported by this outlet."),
    click.option("--document", metavar="ID", help="In this document."),
    click.option("--act", type=click.Choice(ACTS), metavar="ACT", help=f"Doing this: {', '.join(ACTS)}."),
    click.option("--kind", type=click.Choice(KINDS), help="How it is reported."),
    click.option("--via", metavar="NAME", help="Carried by this outlet before."),
    click.option("--said", metavar="DATE", help="Said on 2024-03-27, in 2024-03, or in 2024-03..2024-05."),
    click.option("--published", metavar="DATE", help="Published then; written like --said."),
    click.option("--condition/--no-condition", default=None, help="With a condition in it, or without."),
    click.option("--figure/--no-figure", default=None, help="With a figure in it, or without."),
    click.option("--named/--unnamed", default=None, help="By speakers with a name, or without."),
    click.option("--judgement", type=click.Choice(JUDGED), help="As a person judged it; open where nobody has."),
    click.option("--confidence", metavar="P", type=click.FloatRange(0, 1), help="At least so probable, 0 to 1."),
)
SORT = click.option(
    "--sort",
    type=click.Choice(["date", "-date", "document"]),
    default="date",
    help="By date (the default), latest first, or by document.",
)


def picks_statements(command: Command) -> Command:
    """Give a command the options that pick statements; it is called with `asked`, a `StatementFilter`, in their place."""

    @wraps(command)
    def called(**given: Any) -> Any:
        from onrecord.ask.statements import StatementFilter

        names = [field for field in StatementFilter.__dataclass_fields__ if field in given]
        picked = {name: given.pop(name) for name in names}
        if "limit" in picked and picked["limit"] is None and given.get("form") == "table":
            picked["limit"] = TABLE_LIMIT
        return command(asked=StatementFilter(**picked), **given)

    return _with(called, PICKING)  # type: ignore[return-value]


def lists(command: Command) -> Command:
    """Give a command that lists the options of a list: where it starts and ends, and in which form it is written."""
    return _with(command, (LIMIT, OFFSET, FORMAT))


def _with(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
