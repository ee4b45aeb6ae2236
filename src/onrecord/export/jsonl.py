"""One document a line: takes a selection, gives the form that `onrecord extract --format jsonl` prints (`onrecord.form`).

Once the record is linked, a speaker has one name in all documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from onrecord.export.selection import Selection
from onrecord.form import document_form


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield a line a document; its `id` is what the record calls it."""
    for label, doc in selection.documents(linked=True):
        form = document_form(doc)
        form.id = label
        try:
            yield msgspec.json.encode(form) + b"\n"
        except UnicodeEncodeError:  # a lone surrogate: JSON can write it out, UTF-8 cannot hold it
            yield json.dumps(msgspec.to_builtins(form), separators=(",", ":")).encode() + b"\n"
