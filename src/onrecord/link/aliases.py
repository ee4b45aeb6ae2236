"""A user's alias file: takes a CSV of name, alias and perhaps a Wikidata id, gives its rows, and links nothing.

The first row may be a head (`name,alias,wikidata`). A row that has no name or no alias is an error: what a person wrote is not
dropped in silence.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from onrecord.errors import BadForm, NotReadable

LONGEST = 300


def read(path: str | os.PathLike[str]) -> list[tuple[str, str, str | None]]:
    """Return name, alias and Wikidata id (None where there is none) of each row.

    Raises:
        NotReadable: there is no such file, or it may not be read.
        BadForm: a row is not of two or three cells, or a cell is empty or too long.
    """
    where = os.fspath(path)
    try:
        with Path(where).open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    except OSError as error:
        raise NotReadable(where, error.strerror or str(error), "give a CSV file of name,alias[,wikidata]") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadForm(where, f"it is no CSV in UTF-8 ({error})", "save it as CSV, UTF-8") from error
    if rows and [cell.casefold() for cell in rows[0][:2]] == ["name", "alias"]:
        rows[0] = []
    return [_row(where, n, row) for n, row in enumerate(rows, 1) if any(row)]


def _row(where: str, n: int, row: list[str]) -> tuple[str, str, str | None]:
    if not 2 <= len(row) <= 3 or not row[0] or not row[1] or max(map(len, row)) > LONGEST:
        raise BadForm(where, f"line {n} is not name,alias or name,alias,wikidata", "write it so")
    return row[0], row[1], (row[2] or None) if len(row) == 3 else None
