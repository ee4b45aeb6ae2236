"""Plain text: takes the bytes of a file, gives one `Document` whose text is the file's to the character."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.document import Document
from onrecord.read.decode import decode
from onrecord.read.finish import finish
from onrecord.read.naming import stem
from onrecord.read.raw import Raw


def read_plain(raw: Raw) -> Iterator[Document]:
    r"""Yield the document; newlines, byte order mark and spaces stay as they are.

    >>> raw = Raw(b"Ferry sinks\r\n\r\nA ferry sank on Monday.\r\n", "ferry.txt", "text", "text/plain")
    >>> [doc.text for doc in read_plain(raw)]
    ['Ferry sinks\r\n\r\nA ferry sank on Monday.\r\n']
    """
    decoded = decode(raw.data, raw.path)
    draft = Document(stem(raw.path), decoded.text, raw.origin(decoded.encoding), notes=decoded.notes)
    yield finish(draft, raw.sidecar)
