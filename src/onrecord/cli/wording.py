"""`onrecord wording`: takes a linked record, lists what each outlet calls the same referent, and in whose voice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.filters import FORMAT, record

if TYPE_CHECKING:
    from onrecord.ask.wording import DistinctiveRow, WordingRow

FIELDS = [
    "referent", "how", "story", "word", "outlet", "own", "attributed", "quoted", "reports", "by", "places",
]  # fmt: skip
APART = ["outlet", "voice", "word", "score", "n", "others", "places"]


@click.command()
@record
@click.option("--referent", metavar="WORDS", help="Only referents that are called so, or have such a word.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet calls them.")
@click.option(
    "--how", metavar="HOW", help="Only referents known in this way: known words, exchanged, counted or names."
)
@click.option("--distinctive", is_flag=True, help="Instead, the words that set each outlet apart on the same stories.")
@click.option("--voice", metavar="VOICE", default="own", help="With --distinctive: own, attributed or quoted (own).")
@FORMAT
def wording(
    record: Path, referent: str | None, outlet: str | None, how: str | None, distinctive: bool, voice: str, form: str
) -> None:
    """List what reports call the same people, bodies and things, counted by outlet and by voice.

    own: the reporter's own words; attributed: in what the report lets somebody say; quoted: inside quotation marks. A referent
    is known by words of one group in one story (known words), by words that stand in one another's place in passages that tell
    the same (exchanged), by what figures count that measure one thing (counted), or by what a named speaker is called (names).
    JSON and CSV name every place behind a count.

    \b
    Example:
      onrecord link talks.db
      onrecord wording talks.db --referent hostage
    """
    from onrecord.ask.across import linked
    from onrecord.cli.output import write_rows
    from onrecord.record import Record

    with Record.open(record, read_only=True) as rec:
        known = linked(rec.store)
        if distinctive:
            apart = rec.distinctive(outlet=outlet, voice=voice)
        else:
            rows = rec.wording(referent=referent, outlet=outlet, how=how)
    if distinctive:
        if form == "table":
            _apart(apart, known, record)
        else:
            write_rows((_row(one, APART) for one in apart), APART, form)
    elif form == "table":
        _table(rows, known, record)
    else:
        write_rows((_row(one, FIELDS) for one in rows), FIELDS, form)


def _row(row: WordingRow | DistinctiveRow, fields: list[str]) -> dict[str, object]:
    places = [f"{place.document}:{place.span.start}-{place.span.end}" for place in row.places]
    return {name: places if name == "places" else getattr(row, name) for name in fields}


def _table(rows: list[WordingRow], known: bool, record: Path) -> None:
    from onrecord.cli.console import Column, console, table, tell, tell_nothing

    if not rows:
        tell_nothing("nothing is called by more than one word in this record", known, record)
        return
    columns = (
        Column("referent", share=2), Column("story", right=True), Column("word", share=3, style="cyan"),
        Column("outlet", share=3), Column("own", right=True), Column("attributed", right=True), Column("quoted", right=True),
        Column("reports", right=True),
    )  # fmt: skip
    cells = [
        (row.referent, row.story, row.word, row.outlet or "not known", row.own, row.attributed, row.quoted, row.reports)
        for row in rows
    ]
    console().print(table(columns, cells))
    referents = {(row.referent, row.how, row.story) for row in rows}
    tell(f"{len(referents)} referents that are called by more than one word")


def _apart(rows: list[DistinctiveRow], known: bool, record: Path) -> None:
    from onrecord.cli.console import Column, console, table, tell_nothing

    if not rows:
        tell_nothing("no story is reported by two outlets here, or no word sets one apart", known, record)
        return
    columns = (
        Column("outlet", share=2), Column("word", share=2, style="cyan"), Column("score", right=True),
        Column("times", right=True), Column("elsewhere", right=True),
    )  # fmt: skip
    console().print(table(columns, [(row.outlet, row.word, f"{row.score:.1f}", row.n, row.others) for row in rows]))
