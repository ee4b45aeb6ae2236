"""Statements as a Parquet table: takes a selection, gives the columns of the CSV, typed; needs the extra `parquet` (pyarrow)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from onrecord.ask.statements import StatementFilter, StatementRow, statements
from onrecord.errors import QueryError
from onrecord.export.csv_ import COLUMNS
from onrecord.export.selection import Selection

AT_ONCE = 5_000


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the file; text is text, so no cell needs to be made safe for a spreadsheet.

    Raises:
        QueryError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise QueryError("Parquet needs pyarrow; install it with: pip install 'onrecord[parquet]'") from error
    types: dict[str, Any] = dict.fromkeys(COLUMNS, pyarrow.string())
    types |= {"named": pyarrow.bool_(), "confidence": pyarrow.float64(), "via": pyarrow.list_(pyarrow.string())}
    schema, out = pyarrow.schema(list(types.items())), io.BytesIO()
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for row in statements(selection.store, selection.asked or StatementFilter(sort="document")):
            rows.append(_line(row))
            if len(rows) == AT_ONCE:
                writer.write_table(pyarrow.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(pyarrow.Table.from_pylist(rows, schema))
    yield out.getvalue()


def _line(row: StatementRow) -> dict[str, Any]:
    own = {"id": f"{row.document}#{row.statement.id}", "if": row.if_, "via": list(row.via)}
    found = {name: own[name] if name in own else getattr(row, name) for name in COLUMNS}
    return {name: _clean(value) for name, value in found.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_clean(each) for each in value] if isinstance(value, list) else value
