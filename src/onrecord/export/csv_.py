"""A table of statements: takes a selection, gives CSV as RFC 4180 has it, in UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from onrecord.ask.statements import StatementFilter, StatementRow, statements
from onrecord.export.selection import Selection

COLUMNS = (
    *(
        "id",
        "document",
        "outlet",
        "published",
        "said_on",
        "speaker",
        "speaker_type",
        "named",
        "role",
        "act",
        "kind",
        "text",
    ),
    *("source", "cue", "if", "then", "addressee", "channel", "via", "parent", "confidence", "title", "url"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
"""What a cell of a formula begins with (OWASP ASVS 5.0, 1.2.10; CWE-1236)."""


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the head and a line a statement, by document and as they stand in it; several `via` are parted by "; "."""
    asked = replace(selection.asked or StatementFilter(), sort="document")
    labels = selection.labels()
    yield _line(COLUMNS, raw=True)
    rows = sorted(
        statements(selection.store, asked), key=lambda row: labels[row.document_id]
    )  # stable: rows keep their order
    for row in rows:
        yield _line(_cells(row), raw=selection.raw)


def _cells(row: StatementRow) -> tuple[str | None, ...]:
    confidence = None if row.confidence is None else f"{row.confidence:.4f}"
    return (
        *(f"{row.document}#{row.statement.id}", row.document, row.outlet, row.published, row.said_on),
        *(row.speaker, row.speaker_type, "true" if row.named else "false", row.role, row.act, row.kind, row.text),
        *(row.source, row.cue, row.if_, row.then, row.addressee, row.channel, "; ".join(row.via)),
        *(row.parent, confidence, row.title, row.url),
    )


def _line(cells: tuple[str | None, ...], *, raw: bool) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([cell if raw else safe(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "backslashreplace")


def safe(cell: str | None) -> str | None:
    """Return a cell that no spreadsheet runs: one that begins like a formula has an apostrophe before it.

    >>> safe('=HYPERLINK("http://x")'), safe("no deal"), safe(None)
    ('\\'=HYPERLINK("http://x")', 'no deal', None)
    """
    return f"'{cell}" if cell and cell.startswith(FORMULA) else cell
