"""Bytes to text, decided once: takes bytes and a declared charset, gives the text, the encoding's name and notes.

The order, and the first that fits wins:

1. a byte order mark: UTF-8, UTF-16 or UTF-32. Python's `utf-8` keeps U+FEFF as the first character, and so does this, that
   offsets agree with anybody who opens the file with `encoding="utf-8"`; the marks of UTF-16 and UTF-32 are taken off, as
   Python's `utf-16` and `utf-32` do;
2. strict UTF-8, whatever was declared: text of another encoding hardly ever passes for UTF-8, and declarations lie often;
3. the declared charset, strictly, with the WHATWG reading of its name (`iso-8859-1` means windows-1252);
4. mostly UTF-8 with stray bytes: those are read as windows-1252, with a note ``mixed-encoding``;
5. a guess, with a note ``encoding-guessed``: windows-1252 where few bytes are not ASCII, else charset-normalizer.

Newlines are not touched. Forms (HTML, feeds) are not looked into here: the caller says what they declare.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.document import Note, Span
from onrecord.errors import NotText
from onrecord.read.raw import printable

BY = "read/decode"
BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARIES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "gzip data"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
# https://encoding.spec.whatwg.org/#names-and-labels: the single-byte Latin labels all mean windows-1252
LATIN = {"iso8859-1", "ascii", "latin-1", "latin_1", "us-ascii"}
# Only encodings of text on the web: Python also knows codecs such as "zip" or "unicode_escape", which a page could name
DECLARABLE = re.compile(
    r"cp(125[0-8]|874|932|949|950|866|437|850)|iso8859-\d+|ascii|koi8-[rut]|mac-\w+|shift_jis\w*|euc_\w+|gb\w+|big5\w*"
    r"|iso2022_\w+|utf-8|utf-16(-[lb]e)?|tis-620|hz"
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\f\r\x1b") | {0x7F})
HIGH = bytes(range(128, 256))
MULTIBYTE = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)}
MAX_STRAY = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python name of its encoding, and what was odd about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, path: str, declared: str | None = None) -> Decoded:
    r"""Return the text of `data`.

    >>> decode("“Rain”, she said".encode("cp1252"), "a.txt").text
    '“Rain”, she said'
    >>> decode(b"\xef\xbb\xbfRain", "a.txt").text
    '\ufeffRain'

    Raises:
        NotText: the bytes are those of a binary file, or have NUL bytes, or many control characters.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strict(data, name, path)
    if b"\x00" in data:
        return _without_mark(data, path)
    _refuse_binary(data, path)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, path, declared)


def _strict(data: bytes, name: str, path: str) -> Decoded:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        found = f"its byte order mark says {name}, and byte {error.start} is none of it"
        raise NotText(printable(path), found, "save it as UTF-8") from None
    if "\x00" in text:
        raise NotText(printable(path), "it has NUL characters", "save it as plain text in UTF-8")
    return Decoded(text, name)


def _without_mark(data: bytes, path: str) -> Decoded:
    """Text with NUL bytes is UTF-16 that lost its mark, when nearly every other byte is one; else it is no text."""
    head = data[:4096]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) * 10 > len(zeros) * 8:
            text = _strict(data, name, path).text
            return Decoded(text, name, (Note("encoding-guessed", f"no byte order mark; read as {name}", None, BY),))
    raise NotText(printable(path), "it has NUL bytes: a binary file", "give text, HTML, a feed or JSON lines")


def _refuse_binary(data: bytes, path: str) -> None:
    for magic, what in BINARIES:
        if data.startswith(magic):
            raise NotText(printable(path), f"it is {what}", "give text, HTML, a feed or JSON lines")
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls * 50 > len(data) + 200 or controls * 4 > len(data):  # one or two in a short text are dirt
        raise NotText(printable(path), f"{controls} of its {len(data)} bytes are control characters", "give text")


def _not_utf8(data: bytes, path: str, declared: str | None) -> Decoded:
    name = known_encoding(declared)
    if name:
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            pass  # it lies; go on as if nothing had been declared
    valid = sum(len(match[0]) for match in MULTIBYTE.finditer(data))
    stray = len(data) - len(data.translate(None, HIGH)) - valid
    if valid > stray and stray <= MAX_STRAY:
        return _mixed(data, stray)
    return _guessed(data, path, valid + stray)


def known_encoding(declared: str | None) -> str | None:
    """Return Python's name of a declared charset, None for one that is unknown or no encoding of text.

    >>> known_encoding("ISO-8859-1"), known_encoding("rot13"), known_encoding("no-such")
    ('cp1252', None, None)
    """
    try:
        name = codecs.lookup((declared or "").strip()[:40]).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name in LATIN:
        return "cp1252"
    return name if DECLARABLE.fullmatch(name) else None


def _mixed(data: bytes, stray: int) -> Decoded:
    text = data.decode("utf-8", ERRORS)
    first = data.decode("utf-8", "surrogateescape")
    at = next(i for i, char in enumerate(first) if "\udc80" <= char <= "\udcff")
    message = f"UTF-8 with {stray} stray bytes, read as windows-1252"
    return Decoded(text, "utf-8", (Note("mixed-encoding", message, Span(at, at + 1), BY),))


def _guessed(data: bytes, path: str, high: int) -> Decoded:
    name = "cp1252" if high * 10 < len(data) else _normalizer_guess(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        if name != "cp1252":
            raise NotText(printable(path), "no encoding fits its bytes", "save it as UTF-8") from None
        text = data.decode("utf-8", ERRORS) if high <= MAX_STRAY else data.decode("latin-1")
    return Decoded(
        text, name, (Note("encoding-guessed", f"not UTF-8, none declared that fits; read as {name}", None, BY),)
    )


def _normalizer_guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # costs 30 ms to import, and hardly a file needs it

    best = from_bytes(data[:65536]).best()
    return known_encoding(best.encoding if best else None) or "cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(CP1252[byte] for byte in error.object[error.start : error.end]), error.end


ERRORS = "onrecord-stray-byte"
codecs.register_error(ERRORS, _as_cp1252)
