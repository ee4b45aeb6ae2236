"""How texts are packed in a record: takes bytes, gives fewer bytes and back, and knows neither tables nor what the bytes mean.

Whole texts are packed by zlib with what stands in most reports told beforehand (`phrases.txt`): a report of a few thousand
characters is too short to repeat itself. Small texts, such as why two things are held to be one, are packed without a header,
and with the frame that all of their kind have told beforehand.

`phrases.txt` holds runs of up to four words that stand in at least 8 of 865 reports (PolNeAR, news clusters, BASIL), each of
those three collections weighing the same, the most frequent last; none has a capital or a digit that only one collection knows.
A record says by a checksum in each text which phrases it was packed with: the file is never edited; others may stand by it.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

RAW = -15  # no header and no checksum: six bytes of some thirty
LEVEL = 9


@cache
def phrases() -> bytes:
    """Return what most reports have in common, 32 KB."""
    return files("onrecord.store").joinpath("phrases.txt").read_bytes()


def pack(text: bytes) -> bytes:
    """Return a whole text packed.

    >>> said = b"according to the United States the toll will be paid in full"
    >>> unpack(pack(said)) == said, len(pack(said)) < len(said) - 20
    (True, True)
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1, zdict=phrases())
    return packer.compress(text) + packer.flush()


def unpack(column: bytes) -> bytes:
    """Return the text that `pack` packed, or that was packed before schema 8, without phrases.

    >>> import zlib
    >>> unpack(zlib.compress(b"toll"))
    b'toll'
    """
    return _whole(zlib.decompressobj(zdict=phrases()), column)


def pack_small(text: bytes, frame: bytes) -> bytes:
    """Return a small text packed beside the `frame` that all of its kind have; nothing for nothing.

    >>> frame = b'{"institution":"","role":""}'
    >>> kept = pack_small(b'{"role":"mayor"}', frame)
    >>> len(kept), unpack_small(kept, frame)
    (11, b'{"role":"mayor"}')
    """
    if not text:
        return b""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, RAW, zlib.DEF_MEM_LEVEL, zlib.Z_FIXED, zdict=frame)
    return packer.compress(text) + packer.flush()


def unpack_small(column: bytes, frame: bytes) -> bytes:
    """Return the text that `pack_small` packed beside the same frame."""
    return _whole(zlib.decompressobj(RAW, zdict=frame), column) if column else b""


def _whole(unpacker: zlib._Decompress, column: bytes) -> bytes:
    text = unpacker.decompress(column)
    if not unpacker.eof:
        raise zlib.error("a packed text is cut off")
    return text
