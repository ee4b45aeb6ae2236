"""Notes on the text itself: takes a segmented text, gives a note for marks out of place and for what reads as garbled.

"Garbled" is what broken machine translation leaves behind: scraps after a closing mark, doubled stops, a reporting clause
standing alone. These are cues of form only; nothing is mended, and nothing is said about what the text means.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from onrecord.document import Note, Quotation, Span
from onrecord.segment.words import word_group

BY = "segment.garbling"
MOST = 20  # notes of one kind in a paragraph; the last one counts the rest
STRAY_STOP = re.compile(r"(?<![.…\s])[.!?,;:]['’\"”]?[ \u00a0]{1,3}([.!?,;](?=\s|$)(?![ \u00a0]{1,3}\.))")
DOUBLED = re.compile(r"(?<![.,;:])([,;:]{2,4}|\.\.|[,;:]\.|[;:],)(?![.,;:])(?=\s|$)")
SPACED_CLOSING = re.compile(r"[^'’‘\s]\s[“”\"]")  # some set a space between ’ and ”
LONE_CLAUSE = re.compile(
    r"(?:he|she|it|they|we|i)(?: (?:also|then|further))? (?P<verb>[a-z]+)(?: out)?[.,]?$", re.IGNORECASE
)
SMALL_START = re.compile(r"[a-z]{2,20}(?=\s|[.,;:!?](?:\s|$)|$)")
WORDS = re.compile(r"\w[\w'’-]*")


def unbalanced(
    text: str,
    paragraphs: tuple[Span, ...],
    quotations: tuple[Quotation, ...],
    orphans: tuple[Span, ...],
    boilerplate: tuple[Span, ...] = (),
) -> tuple[Note, ...]:
    """Return a note for every quotation left open and every mark that belongs to none, by place.

    >>> unbalanced("“No.", (Span(0, 4),), (Quotation((Span(0, 4),), 0, False),), ())[0].message
    'this quotation is opened with “ and never closed'
    """
    found = [
        (q.pieces[-1], f"this quotation is opened with {text[q.pieces[0].start]} and never closed")
        for q in quotations
        if not q.closed
    ]
    found += [(mark, _about_orphan(text, mark)) for mark in orphans]
    return _notes("unbalanced-quotation", found, paragraphs, boilerplate)


def _about_orphan(text: str, mark: Span) -> str:
    marks = mark.of(text)
    if len(marks) > 2:
        return f"{len(marks)} quotation marks stand in a row and quote nothing"
    return f"this quotation mark {marks} closes nothing that was opened before it"


def garbled(
    text: str,
    paragraphs: tuple[Span, ...],
    sentences: tuple[Span, ...],
    quotations: tuple[Quotation, ...],
    orphans: tuple[Span, ...],
    boilerplate: tuple[Span, ...] = (),
) -> tuple[Note, ...]:
    """Return a note for every place that reads as broken machine translation; places that overlap are one.

    >>> text = "The sides met again. . Talks go on."
    >>> [note.message for note in garbled(text, (Span(0, 35),), (Span(0, 22), Span(23, 35)), (), ())]
    ['this reads as garbled: a stray “.” after the end of a sentence']
    """
    found = [*_stray_marks(text), *_spaced_marks(text, quotations, orphans)]
    found += _scraps(text, paragraphs, sentences, quotations, orphans)
    found += _clauses(text, paragraphs, sentences)
    messages = [(span, f"this reads as garbled: {why}") for span, why in _merged(found)]
    return _notes("garbled-text", messages, paragraphs, boilerplate)


def _stray_marks(text: str) -> Iterator[tuple[Span, str]]:
    for match in STRAY_STOP.finditer(text):
        yield Span(*match.span(1)), f"a stray “{match.group(1)}” after the end of a sentence"
    for match in DOUBLED.finditer(text):
        yield Span(*match.span(1)), f"doubled punctuation “{match.group(1)}”"


def _spaced_marks(
    text: str, quotations: tuple[Quotation, ...], orphans: tuple[Span, ...]
) -> Iterator[tuple[Span, str]]:
    """Marks that stand off from what they quote; French marks do so by rule and are left alone."""
    for quotation in quotations:
        first, last = quotation.pieces[0], quotation.pieces[-1]
        if text[first.start] in '“"' and text[first.start + 1 : first.start + 2].isspace():
            yield Span(first.start, first.start + 1), "a space after the opening quotation mark"
        if quotation.closed and SPACED_CLOSING.match(text, max(0, last.end - 3), last.end):
            yield Span(last.end - 1, last.end), "a space before the closing quotation mark"
    for mark in orphans:
        if (
            mark.end - mark.start == 1
            and text[mark.start - 1 : mark.start].isspace()
            and text[mark.end : mark.end + 1].strip() == ""
        ):
            yield mark, "a quotation mark that stands alone"


def _scraps(
    text: str,
    paragraphs: tuple[Span, ...],
    sentences: tuple[Span, ...],
    quotations: tuple[Quotation, ...],
    orphans: tuple[Span, ...],
) -> Iterator[tuple[Span, str]]:
    """A few words between the end of a quotation and a mark that closes nothing: "the hall.” Yet,” he added."."""
    ends = sorted(q.pieces[-1].end for q in quotations if q.closed)
    starts = [para.start for para in paragraphs]
    sents = [sent.start for sent in sentences]
    for mark in orphans:
        i = bisect_right(ends, mark.start) - 1
        para = bisect_right(starts, mark.start) - 1
        if i < 0 or para < 0 or ends[i] < starts[para]:
            continue
        if mark.start - ends[i] < 60 and len(WORDS.findall(text, ends[i], mark.start)) <= 4:
            begin = max(ends[i], sents[bisect_right(sents, mark.start) - 1])
            yield _trimmed(text, begin, mark.end), "a scrap between a closing quotation mark and another"


def _clauses(text: str, paragraphs: tuple[Span, ...], sentences: tuple[Span, ...]) -> Iterator[tuple[Span, str]]:
    """Sentences that go on in small letters, and reporting clauses with nothing reported."""
    starts = {para.start for para in paragraphs}
    for before, sent in itertools.pairwise(sentences):
        if sent.start in starts:
            continue
        small = SMALL_START.match(text, sent.start)
        alone = sent.end - sent.start < 40 and LONE_CLAUSE.match(sent.of(text))
        if alone and alone["verb"].casefold() in word_group("tags") and text[before.end - 1] in ".!?":
            yield sent, "a reporting clause that reports nothing"
        elif small and text[before.end - 1] in '.!?”"':
            one = len(WORDS.findall(text, sent.start, sent.end)) == 1
            yield sent, "a lone word in small letters" if one else "a sentence that begins with a small letter"


def _merged(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    merged: list[tuple[Span, str]] = []
    for span, why in sorted(found):
        if merged and span.start < merged[-1][0].end:
            first, reason = merged[-1]
            merged[-1] = (Span(first.start, max(first.end, span.end)), reason)
        else:
            merged.append((span, why))
    return merged


def _notes(
    kind: str, found: list[tuple[Span, str]], paragraphs: tuple[Span, ...], boilerplate: tuple[Span, ...]
) -> tuple[Note, ...]:
    """Make notes, at most `MOST` a paragraph and none about boilerplate; the last says how many are left."""
    found = sorted(found)
    places = [span.start for span, _ in found]
    notes: list[Note] = []
    for para in paragraphs:
        here = found[bisect_left(places, para.start) : bisect_left(places, para.end)]
        if not here or any(plate.start <= para.start and para.end <= plate.end for plate in boilerplate):
            continue
        notes += [Note(kind, message, span, BY) for span, message in here[:MOST]]
        if len(here) > MOST:
            notes.append(Note(kind, f"and {len(here) - MOST} more such places in this paragraph", para, BY))
    return tuple(notes)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
