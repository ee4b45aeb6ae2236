"""How texts, spans and numbers become columns and come back: takes what Python has, gives what SQLite keeps, and runs no SQL.

Whole layers, made of these, are in `layers`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping

from onrecord.document import Origin, Span
from onrecord.store import packing

SHARES = 10_000


def document_id(name: str, origin: Origin) -> str:
    """Return the id of a document: its name, and 8 hex digits drawn from its file's bytes, its sidecar's and its entry.

    >>> document_id("quarry", Origin("reports/quarry.txt", "ab" * 32))
    'quarry~04b8b4d5'
    """
    parts = json.dumps([origin.digest, origin.sidecar, origin.entry])
    return f"{name}~{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def text_column(text: str) -> bytes:
    """Return `text` as it is kept: in UTF-8, lone surrogates and all, and packed, for it is the greater part of a record.

    >>> text_from(text_column("rain\\x00")) == "rain\\x00"
    True
    """
    return packing.pack(text.encode("utf-8", "surrogatepass"))


def text_from(column: bytes) -> str:
    """Return the text that a column holds: the inverse of `text_column`."""
    return packing.unpack(column).decode("utf-8", "surrogatepass")


def clean(value: str) -> str:
    """Return `value` with lone surrogates written out, for columns that are looked things up in."""
    return value.encode("utf-8", "backslashreplace").decode()


def spans_column(spans: tuple[Span, ...]) -> str:
    """Return spans as they stand in a column.

    >>> spans_column((Span(0, 4), Span(9, 12)))
    '0-4 9-12'
    """
    return " ".join(f"{start}-{end}" for start, end in spans)


def packed(numbers: Iterable[int]) -> bytes:
    """Return whole numbers in as few bytes as they need: 7 bits a byte, the lowest first, the sign in the lowest bit (LEB128).

    >>> packed([3, -1, 300]).hex(" ")
    '06 01 d8 04'
    """
    out = bytearray()
    for number in numbers:
        rest = number << 1 if number >= 0 else (-number << 1) - 1
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def unpacked(column: bytes) -> list[int]:
    """Return the numbers that `packed` wrote.

    >>> unpacked(packed([3, -1, 300, 0]))
    [3, -1, 300, 0]
    """
    found, number, bits = [], 0, 0
    for byte in column:
        number |= (byte & 127) << bits
        bits += 7
        if byte < 128:
            found.append(-(number + 1 >> 1) if number & 1 else number >> 1)
            number = bits = 0
    return found


def places_column(spans: tuple[Span, ...]) -> bytes:
    """Return a statement's spans as they are kept: of each how far it is from the last one's end, and how long.

    >>> spans_from(places_column((Span(0, 4), Span(9, 12))))
    (Span(start=0, end=4), Span(start=9, end=12))
    """
    steps, at = list[int](), 0
    for start, end in spans:
        steps += (start - at, end - start)
        at = end
    return packed(steps)


def spans_from(column: str | bytes) -> tuple[Span, ...]:
    """Return the spans a column holds: the inverse of `spans_column` and of `places_column`.

    >>> spans_from("0-4 9-12"), spans_from("")
    ((Span(start=0, end=4), Span(start=9, end=12)), ())
    """
    if isinstance(column, bytes):
        numbers = unpacked(column)
        spans, at = [], 0
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            spans.append(Span(at + gap, at + gap + length))
            at += gap + length
        return tuple(spans)
    return tuple(Span(*map(int, span.split("-"))) for span in column.split())


def share_column(share: float | None) -> int | None:
    """Return a probability as it is kept: in ten-thousandths, for a float takes eight bytes and says no more.

    >>> share_column(0.859), share_from(share_column(0.859)), share_column(None)
    (8590, 0.859, None)
    """
    return None if share is None else round(share * SHARES)


def share_from(column: int | None) -> float | None:
    """Return the probability that a column holds: the inverse of `share_column`, to four places."""
    return None if column is None else column / SHARES


def pieces(text: str, spans: tuple[Span, ...]) -> str:
    """Return the words of spans, what lies between them shown as an ellipsis.

    >>> pieces("No, she said, never.", (Span(0, 3), Span(14, 20)))
    'No, … never.'
    """
    return " … ".join(span.of(text) for span in spans)


def cut(text: str, spans: str | bytes) -> str:
    """Return the words of a column of spans, as the full-text index has them.

    >>> cut("No, she said, never.", "0-3 14-20")
    'No, … never.'
    """
    return clean(pieces(text, spans_from(spans)))


def cut_packed(column: bytes, spans: str | bytes) -> str:
    """Return the words that a column of spans cuts from a column of text: `cut` as SQL asks it."""
    return cut(text_from(column), spans)


def shown_text(column: bytes) -> str:
    """Return the text of a column for SQL to show, as long as it is: a lone surrogate becomes a question mark."""
    return text_from(column).encode("utf-8", "replace").decode()


def day_number(said_on: str | None, published: str | None) -> int | None:
    """Return the day lists are sorted by, as a number: when it was said, else when that was published; None where unknown.

    >>> day_number("2024-03", "2024-04-02"), day_number(None, "2024-04-02T10:00:00Z"), day_number(None, None)
    (20240300, 20240402, None)
    """
    date = (said_on or published or "")[:10]
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return year * 10000 + month * 100 + day if year < 10000 else None


def makers_column(by: Mapping[str, str], key: Callable[[str], int]) -> bytes:
    """Return who made the parts of a statement as the numbers of words such as "act=acts-1"."""
    return packed(key(f"{field}={maker}") for field, maker in sorted(by.items()))


def makers_from(column: str | bytes, word: Callable[[int], str]) -> dict[str, str]:
    """Return who made the parts of a statement: the inverse of `makers_column`; before schema 6 the numbers were written out.

    >>> kept = {7: "act=acts-1", 9: "statement=eye-1"}
    >>> makers_from("7 9", kept.__getitem__) == makers_from(packed([7, 9]), kept.__getitem__)
    True
    """
    keys = unpacked(column) if isinstance(column, bytes) else map(int, column.split())
    return dict(word(key).split("=", 1) for key in keys)
