"""What a reader is given and the limits it keeps: bytes with their path, form and digest; reads no file itself."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from dataclasses import dataclass, field

from onrecord.document import Origin
from onrecord.errors import BadForm, TooLarge

MAX_BYTES = 20 * 1024 * 1024
"""Largest document, feed, or JSONL line, in bytes (CHECKLIST R7: 20 MB a document)."""
MAX_STREAM = 256 * 1024 * 1024
"""Most bytes taken from standard input, which may be a whole JSONL export."""


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source as found: `kind` is a key of `READERS`, `sidecar` the bytes of the NAME.json beside it."""

    data: bytes = field(repr=False)
    path: str
    kind: str
    media_type: str
    sidecar: bytes | None = field(default=None, repr=False)

    @property
    def shown_path(self) -> str:
        """The path in characters that every output can hold; odd bytes of a file name come out as escapes."""
        return printable(self.path)

    def origin(self, encoding: str, entry: str | None = None) -> Origin:
        """Return where a document of this source came from."""
        beside = None if self.sidecar is None else digest_of(self.sidecar)
        return Origin(self.shown_path, digest_of(self.data), self.media_type, encoding, entry, beside)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal.

    >>> digest_of(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: str) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb", buffering=0) as file:  # noqa: PTH123  # a pipe put in the file's place would block Path.open
        return hashlib.file_digest(file, "sha256").hexdigest()


def printable(path: str) -> str:
    r"""Return a path that can be encoded: file names that are not UTF-8 reach Python as lone surrogates.

    >>> printable("a\udce9.txt")
    'a\\udce9.txt'
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def check_size(size: int, path: str, limit: int = MAX_BYTES) -> None:
    """Raise `TooLarge` if `size` bytes are more than one input may have."""
    if size > limit:
        found = f"it has more than {limit // 1024 // 1024} MB, the limit for one input"
        raise TooLarge(printable(path), found, "split it, or give its text alone")


def gunzip(data: bytes, path: str) -> bytes:
    """Return what gzip packed, all members after each other (RFC 1952, 2.2), refusing what unpacks beyond the limit.

    The limit is that of one document, for all members together (CHECKLIST R8: decompression bombs).

    >>> import gzip
    >>> gunzip(gzip.compress(b"rain ") + gzip.compress(b"fell"), "a.txt.gz")
    b'rain fell'
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            out = file.read(MAX_BYTES + 1)
    except EOFError:
        raise BadForm(printable(path), "its gzip data breaks off", "fetch it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        found = f"it is named .gz and is no gzip file, or a damaged one ({error})"
        raise BadForm(printable(path), found, "unpack it by hand") from None
    check_size(len(out), path)
    return out
