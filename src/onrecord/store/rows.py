"""How layers become columns and come back: takes the types of `document.py`, gives JSON texts and numbers, and runs no SQL.

Spans are written as `start-end`, pieces parted by a space. Mentions and times are the many small things of a document: they are
written as plain numbers, the last of which is that of a word of the record, which holds what kind they are and what made them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from onrecord.document import Condition, Credit, Document, Mention, Origin, Span, Speaker, TimeMention

SHARES = 10_000
EXTRACTED = ("statements", "speakers", "figures", "times")


class ConditionColumn(msgspec.Struct, omit_defaults=True, rename={"if_": "if"}):
    """A condition as it stands in its column."""

    if_: Span
    then: Span
    marker: Span | None = None
    negated: bool = False
    by: str = ""


class SpeakerBody(msgspec.Struct, omit_defaults=True):
    """What of a speaker is no column of its own; `spellings` is None where there is one, the name."""

    role: str | None = None
    affiliation: str | None = None
    institution: str | None = None
    unnamed_because: str | None = None
    spellings: tuple[str, ...] | None = None
    mentions: list[int] = []
    by: int = 0


class Layers(msgspec.Struct, omit_defaults=True):
    """What of a document is neither a column nor a table; `absent` names the layers not yet added."""

    authors: tuple[str, ...] = ()
    title_span: Span | None = None
    boilerplate: tuple[Span, ...] = ()
    credit: tuple[tuple[Span, str | None, str | None, str], ...] = ()
    times: list[int] = []
    absent: tuple[str, ...] = ()


_CONDITION = msgspec.json.Decoder(ConditionColumn)
_SPEAKER = msgspec.json.Decoder(SpeakerBody)
_LAYERS = msgspec.json.Decoder(Layers)


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
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def text_from(column: bytes) -> str:
    """Return the text that a column holds: the inverse of `text_column`."""
    return zlib.decompress(column).decode("utf-8", "surrogatepass")


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


def condition_column(condition: Condition | None) -> str | None:
    """Return a condition as it stands in its column, None for none."""
    if condition is None:
        return None
    c = condition
    return msgspec.json.encode(ConditionColumn(c.if_, c.then, c.marker, c.negated, c.by)).decode()


def condition_from(column: str | None) -> Condition | None:
    """Return the condition a column holds: the inverse of `condition_column`."""
    if column is None:
        return None
    c = _CONDITION.decode(column)
    return Condition(c.if_, c.then, c.marker, c.negated, c.by)


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


def mentions_column(speaker: Speaker, key: Callable[[str], int]) -> bytes:
    """Return where a speaker is mentioned; `key` gives the number of a word."""
    mentions: list[int] = []
    for mention in speaker.mentions:
        whose = [] if mention.speaker == speaker.id else [mention.speaker]
        mentions += (*mention.span, key(json.dumps([mention.kind, mention.by, *whose])))
    return packed(_steps(mentions))


def speaker_body(speaker: Speaker, key: Callable[[str], int]) -> str:
    """Return what of a speaker is no column; `key` gives the number of a word."""
    body = SpeakerBody(
        role=speaker.role,
        affiliation=speaker.affiliation,
        institution=speaker.institution,
        unnamed_because=speaker.unnamed_because,
        spellings=None if speaker.spellings == (speaker.name,) else speaker.spellings,
        by=key(speaker.by),
    )
    return _json(body)


def speaker_from(
    id: str, name: str, type: Any, named: bool, column: str, places: bytes | None, word: Callable[[int], str]
) -> Speaker:
    """Return the speaker that columns hold: the inverse of `speaker_body` and `mentions_column`; `word` gives a number's word."""
    body = _SPEAKER.decode(column)
    steps = body.mentions if places is None else unpacked(places)  # before schema 6 they stood in `body`

    def mention(start: int, end: int, made: int) -> Mention:
        kind, by, *whose = json.loads(word(made))
        return Mention(Span(start, end), kind, whose[0] if whose else id, by)

    return Speaker(
        id=id,
        name=name,
        type=type,
        named=named,
        role=body.role,
        affiliation=body.affiliation,
        institution=body.institution,
        unnamed_because=body.unnamed_because,
        spellings=(name,) if body.spellings is None else body.spellings,
        mentions=tuple(mention(*three) for three in _threes(steps)),
        by=word(body.by),
    )


def layers_column(doc: Document, key: Callable[[str], int]) -> str:
    """Return what of a document is neither a column nor a table; `key` gives the number of a word."""
    times: list[int] = []
    for time in doc.times or ():
        times += (*time.span, key(json.dumps([time.value, time.by])))
    layers = Layers(
        authors=doc.authors,
        title_span=doc.title_span,
        boilerplate=doc.boilerplate,
        credit=tuple((c.span, c.agency, c.place, c.by) for c in doc.credit),
        times=_steps(times),
        absent=tuple(layer for layer in EXTRACTED if getattr(doc, layer) is None),
    )
    return _json(layers)


def layers_from(column: str, word: Callable[[int], str]) -> dict[str, Any]:
    """Return the fields of a `Document` that `layers_column` wrote, and `absent`."""
    layers = _LAYERS.decode(column)
    times = [TimeMention(Span(start, end), *json.loads(word(made))) for start, end, made in _threes(layers.times)]
    return {
        "authors": layers.authors,
        "title_span": layers.title_span,
        "boilerplate": layers.boilerplate,
        "credit": tuple(Credit(*credit) for credit in layers.credit),
        "times": None if "times" in layers.absent else tuple(times),
        "absent": layers.absent,
    }


def _steps(numbers: list[int]) -> list[int]:
    """Return (start, end, made) after (start, end, made), with starts counted from the last end and ends from their start.

    >>> _steps([1200, 1206, 7, 1300, 1302, 8])
    [1200, 6, 7, 94, 2, 8]
    """
    steps: list[int] = []
    at = 0
    for start, end, made in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        steps += (start - at, end - start, made)
        at = end
    return steps


def _threes(steps: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, made): the inverse of `_steps`."""
    at = 0
    for gap, length, made in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
        yield at + gap, at + gap + length, made
        at += gap + length


def _json(struct: msgspec.Struct) -> str:
    try:
        return msgspec.json.encode(struct).decode()
    except UnicodeEncodeError:  # a lone surrogate, in a speaker's name or an author's: JSON can write it out
        return json.dumps(msgspec.to_builtins(struct), separators=(",", ":"))
