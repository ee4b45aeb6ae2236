"""How a record leaves: takes a `Store` and a format, writes bytes, and decides nothing about what is in the record.

The same inputs give the same bytes: documents by name, statements as they stand, no dates of today. A document is called by its
name where only it has that, else by its id, so that the order of adding does not matter. Another format is a module here with
one function like `json_.chunks`, and a line in `FORMATS`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

from onrecord.errors import QueryError, RecordError
from onrecord.export.csv_ import chunks as csv_chunks
from onrecord.export.json_ import chunks as json_chunks
from onrecord.export.jsonl import chunks as jsonl_chunks
from onrecord.export.selection import Selection
from onrecord.store.find import StatementFilter
from onrecord.store.store import Store

Format = Literal["json", "jsonl", "csv"]
FORMATS: dict[str, Callable[[Selection], Iterator[bytes]]] = {
    "csv": csv_chunks,
    "json": json_chunks,
    "jsonl": jsonl_chunks,
}


def export(
    store: Store,
    format: Format,
    out: str | os.PathLike[str] | IO[bytes],
    asked: StatementFilter | None = None,
    *,
    story: str = "record",
    raw: bool = False,
) -> None:
    """Write the record, or what a filter picks of it, in UTF-8.

    Args:
        format: "json", one object in the form of the annotation guidelines, spans as offsets; "jsonl", one document a line, the
            form of `onrecord extract`; "csv", one statement a line.
        out: a path, which has all of it or is left as it was, or an open binary stream.
        story: what "json" calls the whole.
        raw: leave CSV cells that a spreadsheet would run as a formula as they are.
    """
    if format not in FORMATS:
        raise QueryError(f"there is no format {format!r}; choose one of {', '.join(sorted(FORMATS))}")
    chunks = FORMATS[format](Selection(store, asked, story, raw))
    if isinstance(out, str | os.PathLike):
        _to_file(chunks, Path(out))
    else:
        for chunk in chunks:
            out.write(chunk)


def _to_file(chunks: Iterator[bytes], path: Path) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(chunks)
        part.replace(path)
    except OSError as error:
        raise RecordError(f"{path}: it cannot be written ({error.strerror}); choose another place") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
