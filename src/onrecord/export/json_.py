"""One JSON object for a record: takes a selection, gives the form of the annotation guidelines, with spans as offsets.

Once the record is linked, a speaker has one name in all articles. The text itself is not in it: its source's digest is. Fields
the guidelines do not know stand beside those they do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.ask.across import copies
from onrecord.ask.same_figures import figures_same
from onrecord.ask.sayings import same
from onrecord.document import Document
from onrecord.export.selection import Selection
from onrecord.form import document_form
from onrecord.store.find import StatementFilter


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the object piece by piece, an article at a time: a record may be larger than memory."""
    yield b'{"story": ' + _json(selection.story) + b',\n "articles": {'
    before = b"\n"
    for label, doc in selection.documents(linked=True):
        yield before + b"  " + _json(label) + b": " + _json(article(doc))
        before = b",\n"
    yield b"}"
    for name, found in links(selection).items():
        yield b",\n " + _json(name) + b": " + _json(found)
    yield b"}\n"


def links(selection: Selection) -> dict[str, list[Any]]:
    """Return what linking found across the documents; empty until it has run, and only for a whole record."""
    if selection.asked not in {None, StatementFilter()}:
        return {"same": [], "figures_same": [], "copies": []}
    store = selection.store
    found = [{"a": row.first, "b": row.second, "share": row.share, "kind": row.kind} for row in copies(store)]
    return {
        "same": same(store),
        "figures_same": figures_same(store),
        "copies": sorted(found, key=lambda row: (row["a"], row["b"])),
    }


def article(doc: Document) -> dict[str, Any]:
    """Return what stands under one article: its published form without its name and its text."""
    form: dict[str, Any] = msgspec.to_builtins(document_form(doc))
    first = ("statements", "figures", "boilerplate", "credit", "notes")
    return {field: form[field] for field in first} | {
        field: value for field, value in form.items() if field not in {*first, "id", "text"}
    }


def _json(value: object) -> bytes:
    """Return `value` in UTF-8, escaped where it has what UTF-8 cannot hold (a lone surrogate)."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()
