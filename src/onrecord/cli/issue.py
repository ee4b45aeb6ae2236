"""`onrecord issue`: takes a record, an issue and a name, keeps as a judgement that the issue is called so, or undoes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import AUTHOR, UNDO, record, there

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.store.judgements import Judgement


@click.command()
@record
@click.argument("issue")
@click.argument("name")
@UNDO
@AUTHOR
def issue(record: Path, issue: str, name: str, undo: bool, author: str | None) -> None:
    """Call an issue by a name of your own; called as another is, the two are one. It wins over linking, and stays.

    \b
    Example:
      onrecord issue talks.db kestrel-sluice "The sluice"
      onrecord issue talks.db lock "The sluice"
      onrecord issue talks.db lock "The sluice" --undo
    """
    from onrecord.cli.console import tell
    from onrecord.cli.judging import login
    from onrecord.judgements import Judge
    from onrecord.record import Record

    with Record.open(there(record)) as rec:
        judge = Judge(rec.store, author or login())
        if undo:
            judge.undo(_last(rec, issue, name).n)
            tell(f"no longer judged: {issue} is called {name}")
        else:
            line = judge.issue(issue, name)
            tell(f"judged by {line.author}: {line.before} is called {line.after}")


def _last(rec: Record, issue: str, name: str) -> Judgement:
    from onrecord.ask.positions import slug
    from onrecord.errors import NotFound
    from onrecord.judgements import log, standing

    for line in reversed(standing(log(rec.store))):
        if line.kind == "issue" and (line.before, slug(line.after or "")) == (slug(issue), slug(name)):
            return line
    raise NotFound(f"nobody calls {issue!r} {name!r}; see what was judged in the reading room")
