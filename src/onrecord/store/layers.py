"""How layers become columns and come back: takes the types of `document.py`, gives packed JSON and numbers, and runs no SQL.

Mentions and times are the many small things of a document: they are written as plain numbers, the last of which is that of a word
of the record, which holds what kind they are and what made them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from onrecord.document import Condition, Credit, Document, Mention, Span, Speaker, TimeMention
from onrecord.store import packing
from onrecord.store.rows import clean, packed, unpacked

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
    mentions: list[int] = []  # before schema 6
    by: int = 0  # before schema 8


class Layers(msgspec.Struct, omit_defaults=True):
    """What of a document is neither a column nor a table; `absent` names the layers not yet added."""

    authors: tuple[str, ...] = ()
    title_span: Span | None = None
    boilerplate: tuple[Span, ...] = ()
    credit: tuple[tuple[Span, str | None, str | None, str], ...] = ()
    times: list[int] = []  # before schema 8
    absent: tuple[str, ...] = ()


_CONDITION = msgspec.json.Decoder(ConditionColumn)
_SPEAKER = msgspec.json.Decoder(SpeakerBody)
_LAYERS = msgspec.json.Decoder(Layers)
# What packed columns are packed beside: a record cannot be read with others, so that another frame is another column.
_CONDITION_FRAME = b'"negated":true,"by":"conditions-1"}],"marker":[],"then":[{"if":['
_SPEAKER_FRAME = b'"unnamed_because":"","affiliation":"","institution":"","spellings":["",""],"role":"Mr."}{"role":"'
_LAYERS_FRAME = (
    b'"absent":["statements","speakers","figures","times"],"boilerplate":[[,"credit":[[[],null,null,"read/caption"]]}"],'
    b'{"authors":["],{"title_span":[0,'
)


def condition_column(condition: Condition | None) -> bytes | None:
    """Return a condition as it stands in its column, None for none."""
    if condition is None:
        return None
    c = condition
    column = ConditionColumn(c.if_, c.then, c.marker, c.negated, c.by)
    return packing.pack_small(msgspec.json.encode(column), _CONDITION_FRAME)


def condition_from(column: str | bytes | None) -> Condition | None:
    """Return the condition a column holds: the inverse of `condition_column`; before schema 8 it was not packed."""
    if column is None:
        return None
    c = _CONDITION.decode(packing.unpack_small(column, _CONDITION_FRAME) if isinstance(column, bytes) else column)
    return Condition(c.if_, c.then, c.marker, c.negated, c.by)


def mentions_column(speaker: Speaker, key: Callable[[str], int]) -> bytes:
    """Return where a speaker is mentioned; `key` gives the number of a word."""
    mentions: list[int] = []
    for mention in speaker.mentions:
        whose = [] if mention.speaker == speaker.id else [mention.speaker]
        mentions += (*mention.span, key(json.dumps([mention.kind, mention.by, *whose])))
    return packed(_steps(mentions))


def speaker_body(speaker: Speaker, key: Callable[[str], int]) -> bytes:
    """Return what of a speaker is no column: what made them, and the rest packed; `key` gives the number of a word."""
    body = SpeakerBody(
        role=speaker.role,
        affiliation=speaker.affiliation,
        institution=speaker.institution,
        unnamed_because=speaker.unnamed_because,
        spellings=None if speaker.spellings == (speaker.name,) else speaker.spellings,
    )
    told = "" if body == SpeakerBody() else _json(body)
    return packed([key(speaker.by)]) + packing.pack_small(told.encode(), _frame(speaker.name))


def _frame(name: str) -> bytes:
    return _SPEAKER_FRAME + clean(name).encode()


def body_from(column: str | bytes, name: str) -> SpeakerBody:
    """Return what a column tells of the speaker of that name: the inverse of `speaker_body`; before schema 8 it was JSON."""
    if isinstance(column, str):
        return _SPEAKER.decode(column)
    size = _first(column)
    told = packing.unpack_small(column[size:], _frame(name))
    body = _SPEAKER.decode(told) if told else SpeakerBody()
    body.by = unpacked(column[:size])[0]
    return body


def _first(column: bytes) -> int:
    """Return how many bytes the first number takes."""
    return next(n for n, byte in enumerate(column, 1) if byte < 128)


def speaker_from(
    id: str, name: str, type: Any, named: bool, column: str | bytes, places: bytes | None, word: Callable[[int], str]
) -> Speaker:
    """Return the speaker that columns hold: the inverse of `speaker_body` and `mentions_column`; `word` gives a number's word."""
    body = body_from(column, name)
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


def layers_column(doc: Document, key: Callable[[str], int]) -> bytes:
    """Return what of a document is neither a column nor a table: the times, and the rest packed; `key` gives a word's number."""
    times: list[int] = []
    for time in doc.times or ():
        times += (*time.span, key(json.dumps([time.value, time.by])))
    layers = Layers(
        authors=doc.authors,
        title_span=doc.title_span,
        boilerplate=doc.boilerplate,
        credit=tuple((c.span, c.agency, c.place, c.by) for c in doc.credit),
        absent=tuple(layer for layer in EXTRACTED if getattr(doc, layer) is None),
    )
    steps = packed(_steps(times))
    return packed([len(steps)]) + steps + packing.pack_small(_json(layers).encode(), _LAYERS_FRAME)


def layers_from(column: str | bytes, word: Callable[[int], str]) -> dict[str, Any]:
    """Return the fields of a `Document` that `layers_column` wrote, and `absent`; before schema 8 all was JSON."""
    layers = _layers(column)
    times = [TimeMention(Span(start, end), *json.loads(word(made))) for start, end, made in _threes(layers.times)]
    return {
        "authors": layers.authors,
        "title_span": layers.title_span,
        "boilerplate": layers.boilerplate,
        "credit": tuple(Credit(*credit) for credit in layers.credit),
        "times": None if "times" in layers.absent else tuple(times),
        "absent": layers.absent,
    }


def _layers(column: str | bytes) -> Layers:
    if isinstance(column, str):
        return _LAYERS.decode(column)
    start = _first(column)
    end = start + unpacked(column[:start])[0]
    layers = _LAYERS.decode(packing.unpack_small(column[end:], _LAYERS_FRAME))
    layers.times = unpacked(column[start:end])
    return layers


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
