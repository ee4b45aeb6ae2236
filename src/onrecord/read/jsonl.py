"""JSON documents: takes a JSONL file (one a line) or a JSON object, gives a `Document` each.

Needed is `text`; `id`, `title`, `outlet`, `published`, `modified`, `url`, `authors`, `language` are taken where they stand.
That is also the form of `onrecord extract --format jsonl`: its statements are left aside, for they are extracted anew. A bad
line is a named failure and its neighbours are read. Lines are taken one by one: a file may be larger than memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import msgspec

from onrecord.document import Document, Origin
from onrecord.errors import BadForm, InputError, TooLarge
from onrecord.read.decode import decode
from onrecord.read.finish import finish
from onrecord.read.naming import Names, one_line, stem
from onrecord.read.raw import MAX_BYTES, Raw, digest_of, printable
from onrecord.read.sidecar import with_fields

MEDIA_TYPE = "application/jsonl"


def read_jsonl(raw: Raw) -> Iterator[Document | InputError]:
    r"""Yield the document of each line, and the failure of each line that has none.

    >>> raw = Raw(b'{"id": "a", "text": "Rain."}\n{"text": 3}\n', "reports.jsonl", "jsonl", MEDIA_TYPE)
    >>> [d.name if isinstance(d, Document) else str(d) for d in read_jsonl(raw)]
    ['a', 'reports.jsonl:2: its `text` is missing or no string; each line needs {"text": "..."}']
    """
    decoded = raw.data if _is_utf8(raw.data) else decode(raw.data, raw.path).text.encode("utf-8", "replace")
    return read_lines(io.BytesIO(decoded.removeprefix(b"\xef\xbb\xbf")), raw.path, digest_of(raw.data))


def read_lines(file: BinaryIO, path: str, digest: str) -> Iterator[Document | InputError]:
    """Yield the documents of an open JSONL file; `digest` is that of the whole file."""
    names = Names(stem(path))
    for number, line in enumerate(_bounded_lines(file), 1):
        if line is not None and not line.strip():
            continue
        try:
            yield _document(line, number, names, Origin(printable(path), digest, MEDIA_TYPE, "utf-8", str(number)))
        except InputError as error:
            yield error


def _document(line: bytes | None, number: int, names: Names, origin: Origin) -> Document:
    where = f"{origin.path}:{number}"
    if line is None:
        raise TooLarge(
            where, f"it has more than {MAX_BYTES // 1024 // 1024} MB, the limit for one document", "split it"
        )
    given = _object(line, where)
    if not isinstance(given.get("text"), str):
        raise BadForm(where, "its `text` is missing or no string", 'each line needs {"text": "..."}')
    try:
        return from_object(given, names.take(_id(given), number), origin)
    except BadForm as error:  # blank text: name the line, not the file
        raise BadForm(where, error.found, error.todo) from None


def from_object(given: dict[str, Any], name: str, origin: Origin, sidecar: bytes | None = None) -> Document:
    """Return the document a JSON object states, whose `text` is a string."""
    return finish(with_fields(Document(name, given["text"], origin), given), sidecar)


def read_json(raw: Raw) -> Iterator[Document]:
    """Yield the document of a file that is one JSON object with `text`.

    >>> raw = Raw(b'{"title": "Rain", "text": "It rained."}', "rain.json", "json", "application/json")
    >>> [(doc.name, doc.title) for doc in read_json(raw)]
    [('rain', 'Rain')]

    Raises:
        BadForm: the file is no JSON object, or one without `text`.
    """
    decoded = decode(raw.data, raw.path)
    given = _object(decoded.text.removeprefix("\ufeff").encode("utf-8", "replace"), raw.shown_path)
    if not isinstance(given.get("text"), str):
        todo = 'a document needs {"text": "..."}; metadata of a report belongs in NAME.json beside NAME.txt'
        raise BadForm(raw.shown_path, "it is JSON without `text`", todo)
    doc = from_object(given, stem(raw.path), raw.origin(decoded.encoding), raw.sidecar)
    yield replace(doc, notes=(*decoded.notes, *doc.notes))


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(line)
    except (ValueError, RecursionError) as error:
        given = _with_surrogates(line) if b"\\u" in line else None
        if given is None:
            raise BadForm(where, f"it is no JSON ({error})", "each document is one JSON object") from None
    if not isinstance(given, dict):
        raise BadForm(where, "it is JSON and no object", "each document is one JSON object")
    return given


def _with_surrogates(line: bytes) -> object:
    """Read JSON with lone surrogate escapes, which msgspec refuses and Python writes."""
    import json

    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _id(given: dict[str, Any]) -> str | None:
    value = given.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else one_line(value, 2000)


def _is_utf8(data: bytes) -> bool:
    """A line with bad bytes fails alone; only a mark or NUL bytes say that the whole is in another encoding."""
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in data[:4096]


def _bounded_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file, None for one over the limit, whose rest is passed over without being kept."""
    while line := file.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES or line.endswith(b"\n"):
            yield line
            continue
        yield None
        while (rest := file.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
            pass
