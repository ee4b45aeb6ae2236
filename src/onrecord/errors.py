"""The error tree: takes nothing, gives the exceptions callers can catch, and never reports bad text (that is a `Note`).

OnRecordError
├── InputError          one input could not be read: the file and the reason; `add` goes on and exits with 3
│   ├── NotText         a binary, or bytes no encoding fits
│   ├── TooLarge        over a limit that is named
│   ├── NotReadable     missing, vanished, no permission, a loop of links
│   └── BadForm         a feed, JSON or HTML file that cannot be one
├── RecordError         the record itself: not one of ours, newer than this program, damaged, full disk
│   ├── RecordBusy      somebody else writes to it
│   └── NotARecord      the file is something else
├── NotFound            a statement, speaker, document or other id that is not in the record
├── QueryError          a search or a filter that cannot be understood
└── ModelError          the weights are missing or are not the ones this version needs
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Root of every error raised on purpose; its message says what was found, what was expected and what to do."""


class InputError(OnRecordError):
    """One input could not be read.

    >>> str(InputError("reports/a.txt", "it is empty", "give a file with text"))
    'reports/a.txt: it is empty; give a file with text'
    """

    def __init__(self, path: str, found: str, todo: str = "") -> None:
        self.path, self.found, self.todo = path, found, todo
        super().__init__(f"{path}: {found}" + (f"; {todo}" if todo else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Travel from a worker process as what it was made of, not as its message."""
        return type(self), (self.path, self.found, self.todo)


class NotText(InputError):
    """The bytes are no text in any encoding that fits."""


class TooLarge(InputError):
    """The input is over a limit; the message names the limit."""


class NotReadable(InputError):
    """The file is missing, vanished, forbidden, or a loop of links."""


class BadForm(InputError):
    """The file claims a form (feed, JSON, HTML) that its bytes do not have."""


class RecordError(OnRecordError):
    """The record cannot be opened, read or written."""


class RecordBusy(RecordError):
    """Another process is writing to the record."""


class NotARecord(RecordError):
    """The file exists and is something else than a record."""


class NotFound(OnRecordError):
    """The record has nothing under that id or name."""


class QueryError(OnRecordError):
    """The search or the filter cannot be understood; the message says what is."""


class ModelError(OnRecordError):
    """The weights are missing or not those of this version."""
