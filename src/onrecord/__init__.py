"""OnRecord reads news reports and keeps a source-attributed record of them: who said what, on whose word.

>>> import onrecord
>>> with onrecord.open(":memory:") as record:
...     list(record.statements(act="refuse"))
[]

Names are imported when they are first used, so that `import onrecord` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from onrecord.add import AddReport
    from onrecord.ask.across import CopyRow, StoryRow
    from onrecord.ask.identity import Identity
    from onrecord.ask.positions import Issue, Position
    from onrecord.ask.same_figures import FigureRow, FigureThing
    from onrecord.ask.sayings import UtteranceRow
    from onrecord.ask.statements import DocumentRow, SpeakerRow, StatementFilter, StatementRow
    from onrecord.ask.wording import DistinctiveRow, WordingRow
    from onrecord.document import Document, Figure, Note, Span, Speaker, Statement
    from onrecord.errors import (
        BadForm,
        InputError,
        ModelError,
        NotARecord,
        NotFound,
        NotReadable,
        NotText,
        OnRecordError,
        QueryError,
        RecordBusy,
        RecordError,
        TooLarge,
    )
    from onrecord.link.linking import LinkReport
    from onrecord.record import Record
    from onrecord.store.check import Problem

_AT = {
    "onrecord.ask.across": ("CopyRow", "StoryRow"),
    "onrecord.add": ("AddReport",),
    "onrecord.ask.statements": ("DocumentRow", "SpeakerRow", "StatementFilter", "StatementRow"),
    "onrecord.document": ("Document", "Figure", "Note", "Span", "Speaker", "Statement"),
    "onrecord.errors": (
        *("BadForm", "InputError", "ModelError", "NotARecord", "NotFound", "NotReadable", "NotText", "OnRecordError"),
        *("QueryError", "RecordBusy", "RecordError", "TooLarge"),
    ),
    "onrecord.ask.identity": ("Identity",),
    "onrecord.link.linking": ("LinkReport",),
    "onrecord.ask.positions": ("Issue", "Position"),
    "onrecord.record": ("Record",),
    "onrecord.ask.same_figures": ("FigureRow", "FigureThing"),
    "onrecord.ask.sayings": ("UtteranceRow",),
    "onrecord.store.check": ("Problem",),
    "onrecord.ask.wording": ("DistinctiveRow", "WordingRow"),
}
_MODULES = {name: module for module, names in _AT.items() for name in names}

__all__ = [
    "AddReport",
    "BadForm",
    "CopyRow",
    "DistinctiveRow",
    "Document",
    "DocumentRow",
    "Figure",
    "FigureRow",
    "FigureThing",
    "Identity",
    "InputError",
    "Issue",
    "LinkReport",
    "ModelError",
    "NotARecord",
    "NotFound",
    "NotReadable",
    "NotText",
    "Note",
    "OnRecordError",
    "Position",
    "Problem",
    "QueryError",
    "Record",
    "RecordBusy",
    "RecordError",
    "Span",
    "Speaker",
    "SpeakerRow",
    "Statement",
    "StatementFilter",
    "StatementRow",
    "StoryRow",
    "TooLarge",
    "UtteranceRow",
    "WordingRow",
    "extract",
    "open",
    "read",
]


def read(path: str | os.PathLike[str]) -> Document:
    """Return the report in a file: plain text, HTML, the first entry of a feed or line of a JSONL file, or "-".

    Raises:
        InputError: the file cannot be read; the message says why.
    """
    from onrecord.read import read_one

    return read_one(path)  # type: ignore[arg-type]  # it takes whatever os.fspath takes


def extract(doc: Document) -> Document:
    """Return the document with its statements, figures, times and speakers."""
    from onrecord.pipeline import extract

    return extract(doc)


def open(path: str | os.PathLike[str], read_only: bool = False) -> Record:
    """Open the record at `path`, making one where there is none: see `Record.open`."""
    from onrecord.record import Record

    return Record.open(path, read_only)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps `onrecord.read` and `onrecord.extract` the functions: importing the rooms of these names would put modules there.

    What lies in the rooms is reached by `from onrecord.read import ...`, which asks for no attribute of the package.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in {"extract", "read"} and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
