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
from onrecord.export.brat import chunks as brat_chunks
from onrecord.export.citations import bibtex_chunks, csl_chunks
from onrecord.export.csv_ import chunks as csv_chunks
from onrecord.export.dossier import chunks as dossier_chunks
from onrecord.export.gold import chunks as gold_chunks
from onrecord.export.json_ import chunks as json_chunks
from onrecord.export.jsonl import chunks as jsonl_chunks
from onrecord.export.jsonld import chunks as jsonld_chunks
from onrecord.export.parquet import chunks as parquet_chunks
from onrecord.export.selection import Selection
from onrecord.export.webannotation import chunks as webannotation_chunks
from onrecord.store.find import StatementFilter
from onrecord.store.store import Store

Format = Literal["json", "jsonl", "csv", "parquet", "webannotation", "jsonld", "brat", "html", "bibtex", "csl", "gold"]
FORMATS: dict[str, Callable[[Selection], Iterator[bytes]]] = {
    "bibtex": bibtex_chunks,
    "brat": brat_chunks,
    "csl": csl_chunks,
    "csv": csv_chunks,
    "gold": gold_chunks,
    "html": dossier_chunks,
    "json": json_chunks,
    "jsonld": jsonld_chunks,
    "jsonl": jsonl_chunks,
    "parquet": parquet_chunks,
    "webannotation": webannotation_chunks,
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
            form of `onrecord extract`; "csv" and "parquet", one statement a line; "webannotation", W3C Web Annotations; "jsonld",
            schema.org and PROV-O; "brat", a ZIP of standoff files; "html", a dossier in one file; "bibtex" and "csl",
            citations; "gold", what people judged, in the form of the annotation guidelines.
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
