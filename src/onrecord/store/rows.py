"""How layers become columns and come back: takes the types of `document.py`, gives JSON texts and numbers, and runs no SQL.

Spans are written as JSON lists of `[start, end]`, so that SQL can cut words from the text. Mentions are the many small things of
a document: they are written as `[start, end, maker]`, where maker counts into the list of the speaker's `makers`, words of the
record that hold (kind, by) and, where it is not the speaker itself, whose mention it says it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import msgspec

from onrecord.document import Condition, Credit, Document, Mention, Origin, Span, Speaker, TimeMention

EXTRACTED = ("statements", "speakers", "figures", "times")
_ODD = re.compile("[\x00\ud800-\udfff]")
_SPANS = msgspec.json.Decoder(tuple[Span, ...])


class ConditionColumn(msgspec.Struct, omit_defaults=True, rename={"if_": "if"}):
    """A condition as it stands in its column."""

    if_: Span
    then: Span
    marker: Span | None = None
    negated: bool = False
    by: str = ""


class SpeakerBody(msgspec.Struct, omit_defaults=True):
    """What of a speaker is no column of its own."""

    role: str | None = None
    affiliation: str | None = None
    institution: str | None = None
    unnamed_because: str | None = None
    spellings: tuple[str, ...] = ()
    makers: list[int] = []
    mentions: list[tuple[int, int, int]] = []
    by: str = ""


class Layers(msgspec.Struct, omit_defaults=True):
    """What of a document is neither a column nor a table; `absent` names the layers not yet added."""

    authors: tuple[str, ...] = ()
    title_span: Span | None = None
    boilerplate: tuple[Span, ...] = ()
    credit: tuple[tuple[Span, str | None, str | None, str], ...] = ()
    times: tuple[tuple[Span, str | None, str], ...] = ()
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


def text_columns(text: str) -> tuple[str, str | None]:
    """Return `text` as SQLite can hold it, and what it cannot: SQL would stop at a NUL, and a lone surrogate is no UTF-8.

    >>> text_columns("rain"), text_columns("a\\x00b")
    (('rain', None), ('a\ufffdb', '[[1,0]]'))
    """
    if not _ODD.search(text):
        return text, None
    odd = [[match.start(), ord(match[0])] for match in _ODD.finditer(text)]
    return _ODD.sub("\ufffd", text), json.dumps(odd, separators=(",", ":"))


def text_from(text: str, odd: str | None) -> str:
    """Return the text that columns hold: the inverse of `text_columns`."""
    if odd is None:
        return text
    characters = list(text)
    for place, code in json.loads(odd):
        characters[place] = chr(code)
    return "".join(characters)


def clean(value: str) -> str:
    """Return `value` with lone surrogates written out, for columns that are looked things up in."""
    return value.encode("utf-8", "backslashreplace").decode()


def spans_column(spans: tuple[Span, ...]) -> str:
    """Return spans as they stand in a column.

    >>> spans_column((Span(0, 4), Span(9, 12)))
    '[[0,4],[9,12]]'
    """
    return msgspec.json.encode(spans).decode()


def spans_from(column: str) -> tuple[Span, ...]:
    """Return the spans a column holds: the inverse of `spans_column`."""
    return _SPANS.decode(column)


def pieces(text: str, spans: tuple[Span, ...]) -> str:
    """Return the words of spans, what lies between them shown as an ellipsis.

    >>> pieces("No, she said, never.", (Span(0, 3), Span(14, 20)))
    'No, … never.'
    """
    return " … ".join(span.of(text) for span in spans)


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


def speaker_body(speaker: Speaker, word: Callable[[str], int | None]) -> str:
    """Return what of a speaker is no column; `word` gives the number of a word."""
    makers: dict[int | None, int] = {}
    mentions = []
    for mention in speaker.mentions:
        whose = [] if mention.speaker == speaker.id else [mention.speaker]
        maker = makers.setdefault(word(json.dumps([mention.kind, mention.by, *whose])), len(makers))
        mentions.append((mention.span.start, mention.span.end, maker))
    body = SpeakerBody(
        role=speaker.role,
        affiliation=speaker.affiliation,
        institution=speaker.institution,
        unnamed_because=speaker.unnamed_because,
        spellings=speaker.spellings,
        makers=[maker for maker in makers if maker is not None],
        mentions=mentions,
        by=speaker.by,
    )
    return _json(body)


def speaker_from(id: str, name: str, type: Any, named: bool, column: str, at: Callable[[int], str | None]) -> Speaker:
    """Return the speaker that columns hold: the inverse of `speaker_body`; `at` gives the word of a number."""
    body = _SPEAKER.decode(column)
    makers = [json.loads(at(maker) or "[]") for maker in body.makers]

    def mention(start: int, end: int, maker: int) -> Mention:
        kind, by, *whose = makers[maker]
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
        spellings=body.spellings,
        mentions=tuple(mention(*where) for where in body.mentions),
        by=body.by,
    )


def layers_column(doc: Document) -> str:
    """Return what of a document is neither a column nor a table."""
    layers = Layers(
        authors=doc.authors,
        title_span=doc.title_span,
        boilerplate=doc.boilerplate,
        credit=tuple((c.span, c.agency, c.place, c.by) for c in doc.credit),
        times=tuple((time.span, time.value, time.by) for time in doc.times or ()),
        absent=tuple(layer for layer in EXTRACTED if getattr(doc, layer) is None),
    )
    return _json(layers)


def layers_from(column: str) -> dict[str, Any]:
    """Return the fields of a `Document` that `layers_column` wrote, and `absent`."""
    layers = _LAYERS.decode(column)
    return {
        "authors": layers.authors,
        "title_span": layers.title_span,
        "boilerplate": layers.boilerplate,
        "credit": tuple(Credit(*credit) for credit in layers.credit),
        "times": None if "times" in layers.absent else tuple(TimeMention(*time) for time in layers.times),
        "absent": layers.absent,
    }


def _json(struct: msgspec.Struct) -> str:
    try:
        return msgspec.json.encode(struct).decode()
    except UnicodeEncodeError:  # a lone surrogate, in a speaker's name or an author's: JSON can write it out
        return json.dumps(msgspec.to_builtins(struct), separators=(",", ":"))
