"""Lists of statements and speakers: takes rows of `ask`, gives them as table, JSON lines or CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.ask.identity import Identity
from onrecord.ask.statements import StatementRow
from onrecord.cli.console import Column, console, days, one_line, table
from onrecord.cli.output import write_rows
from onrecord.export.csv_ import COLUMNS

SPEAKER_FIELDS = ["name", "type", "named", "role", "statements", "documents", "first", "last", "names", "spellings"]


def show_statements(rows: Iterable[StatementRow], form: str) -> int:
    """Write statements in the `form` asked for; return how many there were."""
    if form == "table":
        return _statement_table(list(rows))
    counted = _Counted(rows)
    write_rows((_statement(row) for row in counted), COLUMNS, form)
    return counted.number


def show_speakers(rows: Iterable[Identity], form: str) -> None:
    """Write speakers in the `form` asked for."""
    if form != "table":
        write_rows(map(_speaker, rows), SPEAKER_FIELDS, form)
        return
    columns = (
        Column("speaker", share=3, style="cyan"),
        Column("role", share=3),
        Column("also", share=3, style="dim"),
        Column("type"),
        Column("statements", right=True),
        Column("reports", right=True),
        Column("when"),
    )
    cells = [
        (
            row.name,
            row.roles[0][0] if row.roles else None,
            ", ".join(_others(row)),
            row.type if row.named else f"{row.type}, unnamed",
            row.statements,
            len(row.documents),
            days(row.first, row.last),
        )
        for row in rows
    ]
    console().print(table(columns, cells))


def _others(row: Identity) -> list[str]:
    """The names and spellings a speaker has beside the one they go under, as far as they tell more than a part of it."""
    words = set(row.name.casefold().split())
    seen = [*row.names, *(spelling for spelling, _ in row.spellings)]
    return [name for name in dict.fromkeys(seen) if not set(name.casefold().split()) <= words][:4]


def _speaker(row: Identity) -> dict[str, object]:
    own = {
        "role": row.roles[0][0] if row.roles else None,
        "documents": len(row.documents),
        "names": list(row.names),
        "spellings": [spelling for spelling, _ in row.spellings],
    }
    return {name: own[name] if name in own else getattr(row, name) for name in SPEAKER_FIELDS}


class _Counted(Iterable[StatementRow]):
    """Rows, counted as they go by."""

    def __init__(self, rows: Iterable[StatementRow]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[StatementRow]:
        for row in self.rows:
            self.number += 1
            yield row


def _statement(row: StatementRow) -> dict[str, object]:
    own = {"id": f"{row.document}#{row.statement.id}", "if": row.if_, "via": list(row.via)}
    return {name: own[name] if name in own else getattr(row, name) for name in COLUMNS}


def _statement_table(rows: list[StatementRow]) -> int:
    columns = (
        Column("said"),
        Column("speaker", share=2, style="cyan"),
        Column("act"),
        Column("words", share=6),
        Column("report", share=2, style="dim"),
    )
    if rows:
        console().print(table(columns, [_cells(row) for row in rows]))
    return len(rows)


def _cells(row: StatementRow) -> tuple[object, ...]:
    said = row.said_on or (f"({row.published})" if row.published else "")
    relayed = f" via {' → '.join(row.via)}" if row.via else ""
    return said, row.speaker or row.source or "not stated", row.act, _lit(row), f"{row.outlet or row.document}{relayed}"


def _lit(row: StatementRow) -> object:
    """The words of a statement, with what a search found in them lit."""
    from rich.text import Text

    words, at = Text(), 0
    for span in row.matches:
        words.append(_inside(row.text[at : span.start]))
        words.append(_inside(row.text[span.start : span.end]), "bold yellow")
        at = span.end
    return words.append(_inside(row.text[at:]))


def _inside(text: str) -> str:
    """Part of a line: as `one_line`, with the spaces at its ends kept."""
    return one_line(f"|{text}|")[1:-1]
