"""Reading: takes files, folders, feeds, JSON lines and standard input, gives a `Document` for each report, or why there is none.

`sources` names what is there, `read_source` reads one of them, `read_path` does both. A bad input never raises: its
`InputError` is given in its place and the neighbours are read; only `read_one` raises. docs/how-to-add-a-reader.md shows
where another form goes. Extraction and keeping records are not done here.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.document import Document
from onrecord.errors import BadForm, InputError
from onrecord.read.feed import read_feed
from onrecord.read.html import read_html
from onrecord.read.jsonl import read_json, read_jsonl, read_lines
from onrecord.read.plain import read_plain
from onrecord.read.raw import MAX_BYTES, MAX_STREAM, Raw, check_size, gunzip, printable
from onrecord.read.sources import Source, failure, kind_of, not_a_file, sources

__all__ = ["Source", "read_bytes", "read_one", "read_path", "read_source", "sources"]

READERS: dict[str, Callable[[Raw], Iterator[Document | InputError]]] = {
    "feed": read_feed,
    "html": read_html,
    "json": read_json,
    "jsonl": read_jsonl,
    "text": read_plain,
}
MEDIA_TYPES = {
    "feed": "application/xml",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "text": "text/plain",
}
IS_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|article|div|p|script|h1)\b", re.I)
IS_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.I)


def read_path(path: Path | str) -> Iterator[Document | InputError]:
    """Yield the documents of a file, of a folder with all below it in sorted order, or of standard input ("-").

    An input that cannot be read is yielded as its `InputError`.
    """
    for source in sources([path]):
        if isinstance(source, InputError):
            yield source
        else:
            yield from read_source(source)


def read_one(path: Path | str) -> Document:
    """Return the one document of a file: the first, where it holds several.

    Raises:
        InputError: the file cannot be read; the message says why.
    """
    found = next(read_path(path), None)
    if found is None:
        raise BadForm(printable(str(path)), "there is no report in it", "give a file with text")
    if isinstance(found, InputError):
        raise found
    return found


def read_source(source: Source) -> Iterator[Document | InputError]:
    """Yield the documents of one source, or its failure; in any process, and again with the same result."""
    try:
        if source.kind == "jsonl" and not source.path.lower().endswith(".gz"):
            yield from _stream(source.path)
        else:
            data = _stdin() if source.path == "-" else _file_bytes(source.path)
            beside = None if source.sidecar is None else _file_bytes(source.sidecar)
            yield from read_bytes(data, path=source.path, sidecar=beside)
    except OSError as error:  # vanished since it was listed, or never ours to read
        yield failure(source.path, error)
    except InputError as error:
        yield error
    except (MemoryError, RecursionError) as error:
        yield BadForm(
            printable(source.path), f"reading it took too much ({type(error).__name__})", "give its text alone"
        )


def read_bytes(
    data: bytes, *, path: str, media_type: str | None = None, sidecar: bytes | None = None
) -> Iterator[Document | InputError]:
    """Yield the documents in `data`; the form is that of `media_type`, else of the path's ending, else told from the bytes.

    >>> [doc.text for doc in read_bytes(b"It rained.", path="rain.txt")]
    ['It rained.']
    >>> [str(error) for error in read_bytes(b"", path="empty.txt")]
    ['empty.txt: it is empty; give a file with text']
    """
    try:
        if path.lower().endswith(".gz"):
            data = gunzip(data, path)
        if not data:
            raise BadForm(printable(path), "it is empty", "give a file with text")
        kind = _kind(data, path, media_type)
        check_size(len(data), path, MAX_STREAM if kind == "jsonl" else MAX_BYTES)
        yield from READERS[kind](Raw(data, path, kind, media_type or MEDIA_TYPES[kind], sidecar))
    except InputError as error:
        yield error


def _kind(data: bytes, path: str, media_type: str | None) -> str:
    kind = _kind_of_type(media_type) or kind_of(path) or "any"
    if kind == "any":
        return _told_from(data)
    if kind == "feed" and not IS_FEED.search(data[:20_000].replace(b"\x00", b"")) and IS_HTML.search(data[:4096]):
        return "html"  # XHTML pages end in .xml at times
    return kind


def _kind_of_type(media_type: str | None) -> str | None:
    name = (media_type or "").split(";")[0].strip().lower()
    told = {"text/plain": "text", "text/markdown": "text", "text/xml": "feed", "application/xhtml+xml": "html"}
    told |= {"application/rss+xml": "feed", "application/atom+xml": "feed", "application/x-ndjson": "jsonl"}
    return told.get(name) or {form: kind for kind, form in MEDIA_TYPES.items()}.get(name)


def _told_from(data: bytes) -> str:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{"):
        first, _, rest = data.partition(b"\n")
        return (
            "jsonl"
            if first.rstrip().endswith(b"}") and (rest.lstrip().startswith(b"{") or b'"text"' in first)
            else "json"
        )
    if head.startswith(b"<"):
        if IS_FEED.search(head[:2000]):
            return "feed"
        return "html" if IS_HTML.search(head) else "text"
    return "text"


def _file_bytes(path: str) -> bytes:
    """The bytes of a file; looked at again after it is opened, for it may have become a pipe since it was listed."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file(path)
        check_size(status.st_size, path)
        data = file.read(MAX_BYTES + 1)
    check_size(len(data), path)
    return data


def _stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_STREAM + 1)
    check_size(len(data), "-", MAX_STREAM)
    return data


def _stream(path: str) -> Iterator[Document | InputError]:
    """A JSONL file line by line: once for its digest, once for its documents."""
    with Path(path).open("rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise not_a_file(path)
        start = file.read(4096)
        if not start:
            raise BadForm(printable(path), "it is empty", "give a file with text")
        file.seek(0)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start:
            yield from read_bytes(file.read(MAX_BYTES + 1), path=path)
            return
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(len(b"\xef\xbb\xbf") if start.startswith(b"\xef\xbb\xbf") else 0)
        yield from read_lines(file, path, digest)
