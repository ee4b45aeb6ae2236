"""What pages and the REST API show, as plain data: takes rows of the record, gives what JSON can hold, and renders nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from onrecord.ask.statements import DocumentRow, StatementRow, day
from onrecord.export.csv_ import COLUMNS
from onrecord.judgements import Judgement
from onrecord.serve import addresses
from onrecord.store.overview import FigureRow
from onrecord.store.whose import Who

STATEMENT_COLUMNS = (*COLUMNS, "verdict", "address")
SPEAKER_COLUMNS = ("name", "type", "named", "role", "statements", "documents", "first", "last", "names", "address")
REPORT_COLUMNS = (
    "id",
    "document",
    "title",
    "outlet",
    "published",
    "url",
    "language",
    "path",
    "statements",
    "notes",
    "address",
)
FIGURE_COLUMNS = (
    *("id", "document", "text", "value", "unit", "qualifier", "measures", "speaker", "outlet", "published", "said_on"),
    *("statement", "address"),
)
JUDGEMENT_COLUMNS = (
    *("n", "at", "author", "kind", "document", "statement", "words", "other_document", "other_statement"),
    *("before", "after", "undoes"),
)


def statement(row: StatementRow) -> dict[str, Any]:
    """Return one statement: the columns of the CSV, its places, who made what, and what people judged."""
    stmt, found = row.statement, row.found or row.statement
    own = {"id": row.id, "document": row.document_id, "if": row.if_, "via": list(row.via)}
    data = {name: own[name] if name in own else getattr(row, name) for name in COLUMNS}
    judged = row.judgement
    return data | {
        "places": {role: [list(span) for span in getattr(stmt, role)] for role in ("content", "source", "cue")},
        "by": dict(stmt.by),
        "verdict": judged.verdict if judged else None,
        "found": {
            "speaker": found.speaker,
            "act": found.act,
            "places": {role: [list(span) for span in getattr(found, role)] for role in ("content", "source", "cue")},
        },
        "matches": [list(span) for span in row.matches],
        "address": addresses.statement(row.id),
    }


def speaker(row: Who) -> dict[str, Any]:
    """Return one speaker, under all their names."""
    told = {name: value for name, value in asdict(row).items() if name != "nodes"}
    days = {"first": day(row.first), "last": day(row.last)}
    return {**told, **days, "names": list(row.names), "address": addresses.speaker(row.name, row.bearer)}


def document(row: DocumentRow) -> dict[str, Any]:
    """Return one report, without its text."""
    return {**asdict(row), "address": addresses.report(row.id)}


def figure(row: FigureRow) -> dict[str, Any]:
    """Return one figure."""
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    where = addresses.statement(row.statement) if row.statement else addresses.report(row.document)
    return {**asdict(row), "value": value, "address": where}


def judgement(line: Judgement) -> dict[str, Any]:
    """Return one line of the log."""
    data = asdict(line)
    return data | {name: [list(span) for span in data[name]] for name in ("content", "other_content")}


def listed(rows: Iterable[dict[str, Any]], count: int, limit: int, offset: int) -> dict[str, Any]:
    """Return a page of a list, with how many there are in all."""
    return {"count": count, "limit": limit, "offset": offset, "rows": list(rows)}


def paging(count: int, limit: int, offset: int) -> dict[str, int | None]:
    """Return where the pages before and after begin, None where there is none.

    >>> paging(120, 50, 50)
    {'count': 120, 'first': 51, 'last': 100, 'before': 0, 'after': 100}
    """
    step = max(limit, 1)
    return {
        "count": count,
        "first": min(offset + 1, count),
        "last": min(offset + step, count),
        "before": max(offset - step, 0) if offset else None,
        "after": offset + step if offset + step < count else None,
    }
