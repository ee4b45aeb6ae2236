"""Relay: takes a document's statements, gives each whom it was said to, in which medium, and the outlets it came through.

`via` is in order from the speaker to the reader; the document's own outlet never stands in it. Unknown stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from onrecord.document import Document, Span, Statement
from onrecord.resolve.addressees import PRONOUNS, addressee, noun_phrase
from onrecord.resolve.channels import channel, document, occasion
from onrecord.resolve.frames import Frame, anchor, frames
from onrecord.resolve.outlets import is_own, outlet_in, outlet_named
from onrecord.stage import stage

BY = "relay-1"
WHEN = r"(?: (?:on )?\w+day| late| earlier| first| last week)*"
BROADCASTERS = r"(?:state|Fox|CNN|NBC|CBS|ABC|MSNBC|CNBC|BBC|Sky|Al[ \-])"
CARRIED = re.compile(
    rf"\bquoted{WHEN} in |"
    r"\b(?:reported|quoted|cited|carried|published|relayed|broadcast|aired|run|first reported|picked up|circulated|shown|shared)"
    rf"{WHEN},? (?:by|on) |\bas saying{WHEN},? (?:by|in|on) |"
    r"\baccording to (?:an? |the )?(?:reports?|interview|story) (?:by|in|from|on|with) |"
    rf"\b(?:on|to|with) (?={BROADCASTERS}\b)|"
    r"\bin (?:an? )?(?:[\w\-]+ )?interview (?:published |broadcast |aired )?(?:\w+day )?(?:in|by|on) ",
    re.I,
)
AND_BY = re.compile(
    r"^(?:[\w\s]{0,40}?),? and (?:later |then |first )?(?:reported|relayed|quoted|carried|cited|picked up|published) by ",
    re.I,
)
GOING_ON = frozenset({"he", "she", "it", "they", "i", "we"})
ASKED = re.compile(r"^asked\b", re.I)
BEFORE = 400
SAYING = re.compile(
    r"\b(?:sa(?:y|id)|add|wr[io]t|continu|went on|goes on|not(?:e|ing)|describ|warn|suggest|conclud|told|stress|insist)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found of one statement's relay."""

    addressee: str | None = None
    channel: str | None = None
    via: tuple[str, ...] = ()


@stage(
    needs=("text", "sentences", "statements", "speakers", "outlet", "url", "statements.speaker"),
    adds=("statements.addressee", "statements.channel", "statements.via"),
)
def relay(doc: Document) -> Document:
    """Give every statement its addressee, channel and the outlets that carried it."""
    stmts = doc.statements or ()
    if not stmts:
        return doc
    around = frames(doc)
    found = {stmt.id: _own(doc, stmt, around[stmt.id]) for stmt in stmts}
    found = _questions(doc, stmts, around, found)
    found = _going_on(doc, stmts, around, found)
    by_id = {stmt.id: stmt for stmt in stmts}
    return replace(doc, statements=tuple(_with(doc, stmt, found, by_id) for stmt in stmts))


def _with(doc: Document, stmt: Statement, found: dict[str, Heard], by_id: dict[str, Statement]) -> Statement:
    heard = found[stmt.id]
    hops = [*heard.via, *_outer_hops(doc, stmt, found, by_id)]
    via = tuple(dict.fromkeys(hop for hop in hops if not is_own(hop, doc)))
    if not (heard.addressee or heard.channel or via):
        return stmt
    return replace(stmt, addressee=heard.addressee, channel=heard.channel, via=via, by=stmt.by | {"relay": BY})


def _own(doc: Document, stmt: Statement, frame: Frame) -> Heard:
    """Return what the statement's own sentence says."""
    span = addressee(doc.text, stmt, frame.after, frame.own, frame.leads)
    hearer = _name(doc, span) if span else None
    medium = channel(doc.text, stmt, frame.own, frame.leads)
    via: list[str] = []
    outlet = outlet_in(hearer, doc) if hearer else None
    if outlet:
        via.append(outlet)
        hearer = outlet
    via += [name for name in _carriers(doc.text, frame.own) if name not in via]
    return Heard(hearer, medium, tuple(via))


def _carriers(text: str, pieces: Sequence[Span]) -> Iterator[str]:
    """Yield the outlets that the frame says carried it: as reported by X and relayed by Y."""
    for piece in pieces:
        at = piece.start
        while match := CARRIED.search(text, at, piece.end):
            at = match.end()
            span = noun_phrase(text, Span(at, piece.end))
            name = outlet_named(_trimmed(span.of(text))) if span else None
            if name and span:
                yield name
                at = span.end
                more = AND_BY.match(text[at : min(piece.end, at + 120)])
                if more and (next_span := noun_phrase(text, Span(at + more.end(), piece.end))):
                    other = outlet_named(_trimmed(next_span.of(text)))
                    if other:
                        yield other


def _trimmed(words: str) -> str:
    return re.split(r"\s+(?:and\s+(?:relayed|reported|quoted|carried)|as\s+\w+ing)\b", words)[0]


def _outer_hops(doc: Document, stmt: Statement, found: dict[str, Heard], by_id: dict[str, Statement]) -> Iterator[str]:
    """Yield the outlets whose words the statement stands in, innermost first."""
    seen = {stmt.id}
    outer = by_id.get(stmt.parent) if stmt.parent else None
    while outer and outer.id not in seen:
        seen.add(outer.id)
        name = (
            outlet_named(outer.speaker)
            if outer.speaker
            else outlet_named(" ".join(p.of(doc.text) for p in outer.source))
        )
        if name:
            yield name
        yield from found[outer.id].via
        outer = by_id.get(outer.parent) if outer.parent else None


def _name(doc: Document, span: Span) -> str:
    """Return the canonical name of whom the words point to, where a mention there has been resolved; else the words."""
    words = " ".join(span.of(doc.text).split())
    if words.casefold() not in PRONOUNS:
        return words.removeprefix("the ").removeprefix("The ") if outlet_named(words) else words
    for speaker in doc.speakers or ():
        if any(mention.span.start < span.end and span.start < mention.span.end for mention in speaker.mentions):
            return speaker.name
    return words


def _going_on(
    doc: Document, stmts: Sequence[Statement], around: dict[str, Frame], found: dict[str, Heard]
) -> dict[str, Heard]:
    """Carry addressee and channel on: within a sentence to participles, beyond it to the same speaker's next words."""
    done = dict(found)
    last: Statement | None = None
    for stmt in sorted((s for s in stmts if not s.parent), key=lambda s: (anchor(s), s.id)):
        heard, frame = done[stmt.id], around[stmt.id]
        if last is not None:
            before = done[last.id]
            same_sentence = around[last.id].sentence == frame.sentence
            if same_sentence and _same_speaker(doc, last, stmt):
                heard = replace(heard, channel=heard.channel or before.channel)
                if _participle(doc, stmt):
                    heard = replace(heard, addressee=heard.addressee or before.addressee)
            elif before.channel and _continues(doc, last, stmt) and (not heard.channel or _that_document(doc, stmt)):
                heard = replace(heard, channel=before.channel)
        if not heard.channel:
            heard = replace(heard, channel=_told_before(doc, stmt, last))
        done[stmt.id] = heard
        last = stmt
    return done


def _that_document(doc: Document, stmt: Statement) -> bool:
    """The statement, the post: the document spoken of before, wherever it stood."""
    return bool(stmt.source) and stmt.source[0].of(doc.text).casefold() in {
        "the statement",
        "the post",
        "the message",
        "the letter",
    }


def _told_before(doc: Document, stmt: Statement, last: Statement | None) -> str | None:
    """Return the occasion that the reporter's words right before tell of, if they name the speaker."""
    pieces = (*stmt.content, *stmt.source, *stmt.cue)
    start = min((piece.start for piece in pieces), default=0)
    floor = max((piece.end for piece in (*last.content, *last.cue, *last.source)), default=0) if last else 0
    floor = max(floor, start - BEFORE)
    words = doc.text[floor:start] if floor < start else ""
    surname = (stmt.speaker or "").split()[-1:] if stmt.named else []
    if not surname or surname[0] not in words or not SAYING.search(" ".join(piece.of(doc.text) for piece in stmt.cue)):
        return None
    return occasion(words)


def _questions(
    doc: Document, stmts: Sequence[Statement], around: dict[str, Frame], found: dict[str, Heard]
) -> dict[str, Heard]:
    """Asked whether ..., he said: the question goes to who answers in the same sentence, the answer to who asked."""
    done = dict(found)
    rows: dict[tuple[str | None, int], list[Statement]] = {}
    for stmt in stmts:
        rows.setdefault((stmt.parent, around[stmt.id].sentence), []).append(stmt)
    for asked in stmts:
        if not any(ASKED.search(piece.of(doc.text)) for piece in asked.cue):
            continue
        near = [s for s in rows[asked.parent, around[asked.id].sentence] if s is not asked and s.source != asked.source]
        answer = min(near, key=partial(_how_far, asked), default=None)
        if answer is None:
            continue
        own = done[asked.id].addressee
        if (own is None or (asked.source and own == _words(doc, asked.source))) and (answer.speaker or answer.source):
            done[asked.id] = replace(done[asked.id], addressee=answer.speaker or _words(doc, answer.source))
        if asked.source and done[answer.id].addressee is None:
            done[answer.id] = replace(done[answer.id], addressee=_words(doc, asked.source))
    return done


def _how_far(one: Statement, other: Statement) -> tuple[int, str]:
    return abs(anchor(one) - anchor(other)), other.id


def _words(doc: Document, pieces: Sequence[Span]) -> str:
    return " ".join(" ".join(piece.of(doc.text).split()) for piece in pieces)


def _participle(doc: Document, stmt: Statement) -> bool:
    return (
        bool(stmt.cue)
        and stmt.cue[0].of(doc.text).split()[:1] != []
        and stmt.cue[0].of(doc.text).split()[0].endswith("ing")
    )


def _same_speaker(doc: Document, one: Statement, two: Statement) -> bool:
    if one.speaker and two.speaker:
        return one.speaker == two.speaker
    if not two.source and not _participle(doc, two):
        return False
    return (
        not two.source
        or one.source == two.source
        or [p.of(doc.text) for p in one.source] == [p.of(doc.text) for p in two.source]
    )


def _continues(doc: Document, last: Statement, stmt: Statement) -> bool:
    """Tell whether a statement goes on in the same medium: the same speaker, saying on, not much later in the text."""
    source = " ".join(piece.of(doc.text) for piece in stmt.source)
    cue = " ".join(piece.of(doc.text) for piece in stmt.cue)
    if not SAYING.search(cue) or not _same_speaker(doc, last, stmt):
        return False
    gap = (
        doc.text[
            max(piece.end for piece in last.content) : min(
                piece.start for piece in (*stmt.content, *stmt.source, *stmt.cue)
            )
        ]
        if last.content and stmt.content
        else ""
    )
    near = len(gap) < 300 and gap.count("\n\n") <= 1
    return near and (source.casefold() in GOING_ON or document(source) is None)
