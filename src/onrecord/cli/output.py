"""How data leaves: takes published forms and rows, gives JSON lines and CSV on standard output, in UTF-8 whatever the locale.

Tables for people are drawn in `console`; a whole record leaves by `onrecord.export`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def json_line(value: Any) -> bytes:
    r"""Return `value` (a msgspec form, or plain data) as one line of JSON, newline included.

    Lone surrogates, which UTF-8 cannot hold, are written as the JSON escape that gives them back.

    >>> json_line({"said": "no\ud800"})
    b'{"said": "no\\ud800"}\n'
    """
    import msgspec

    try:
        return msgspec.json.encode(value) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode("ascii") + b"\n"


def csv_line(cells: Iterable[object]) -> bytes:
    r"""Return one CSV line (RFC 4180, newline included); lists are joined by "; ", None is an empty cell.

    >>> csv_line(["=1+1", None, ["a", "b, c"]])
    b'\'=1+1,,"a; b, c"\r\n'
    """
    line = io.StringIO()
    csv.writer(line).writerow([_cell(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "backslashreplace")


def _cell(cell: object) -> object:
    from onrecord.export.csv_ import safe

    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | tuple):
        return safe("; ".join(str(part) for part in cell))
    return safe(cell) if isinstance(cell, str) else cell


def write(lines: Iterable[bytes]) -> None:
    """Write `lines` to standard output as they come."""
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def write_rows(rows: Iterable[Mapping[str, object]], fields: Sequence[str], form: str) -> None:
    """Write `rows` as JSON lines or as CSV with a head line (`form` is "jsonl" or "csv")."""
    if form == "jsonl":
        write(json_line(dict(row)) for row in rows)
        return
    write([csv_line(fields)])
    write(csv_line(row.get(field) for field in fields) for row in rows)
