"""Credits of pictures: takes a line, gives the credits of captions in it; it says nothing about what the picture shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord import lexicon
from onrecord.document import Credit, Span
from onrecord.read.agency import agency_in, agency_named, alias_pattern
from onrecord.read.lines import Line

BY = "read/caption"
WORD = r"[A-Z](?:\.|[\w'’-]{0,30})"  # a full stop only after an initial: the caption's last word is no name
NAME = rf"{WORD}(?: {WORD}){{0,3}}"
MAKER_BEFORE = re.compile(rf"(?<![\w@#])(?:{NAME})\s?/\s?$")
MAKER_AFTER = re.compile(rf"\s?/\s?{WORD}(?: {WORD}){{1,2}}")
PARTNER = re.compile(r"\s?/\s?")
ENDS = re.compile(r"\s*(?:$|[)\]|])")
PARENS = re.compile(r"\(([^()\n]{1,120})\)(?=\s*(?:\([^()\n]{1,120}\)\s*)?$)")
# A caption's own sentence begins right after a label that the page had set apart: no sentence of a report runs so
NEW_SENTENCE = re.compile(r"\s+(?:The|A|An|In|On|At|This|These|Those|It|Two|Three|Some)\b")
COPYRIGHT = re.compile(
    r"Image (?:copyright|source|credit),?:?\s+(?P<who>[^\n]{1,60}?)(?=\s+(?:Image|Media) caption\b|$)"
)
ALONE = re.compile(r"[.!?”\"]\s+$")


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(
        sorted(map(re.escape, lexicon.words("agencies", "caption_label")), key=lambda part: (-len(part), part))
    )
    name = r"[A-Z][\w.'’&-]{0,30}(?:[ /,]{1,2}(?:[A-Z][\w.'’&-]{0,30}|via|for|of|and)){0,8}"
    return re.compile(rf"(?:^|(?<=\s))(?i:{labels})\s?(?:(?::|\|)\s?|\s(?i:by|courtesy of|via)\s){name}$")


def caption_credits(line: Line) -> Iterator[Credit]:
    r"""Yield the picture credits of a line, in text order of their kinds.

    >>> from onrecord.read.lines import lines
    >>> def of(t): return [(c.span.of(t), c.agency) for line in lines(t) for c in caption_credits(line)]
    >>> of("The pier at dawn. REUTERS/Ann Roe")
    [('REUTERS/Ann Roe', 'Reuters')]
    >>> of("The pier at dawn (Photo: Ann Roe, AP)")
    [('(Photo: Ann Roe, AP)', 'The Associated Press')]
    >>> of("A Reuters/Ipsos poll found that the pier is liked")
    []
    """
    if match := COPYRIGHT.match(line.head):
        yield Credit(line.part(*match.span()), agency_in(match["who"]), None, BY)
        return
    start = line.tail_start
    for match in PARENS.finditer(line.tail):
        if _is_credit(match[1], line.tail[: match.start()]):
            yield Credit(Span(start + match.start(), start + match.end()), agency_in(match[1]), None, BY)
    if match := _labelled().search(line.tail):
        yield Credit(Span(start + match.start(), start + match.end()), agency_in(match[0]), None, BY)
    yield from _with_maker(line)


def _is_credit(inside: str, before: str) -> bool:
    """Words in brackets at the end of a line: an agency, alone or after a maker; not the short form of what stands before."""
    if re.match(r"(?:photos?|pictures?|images?|credit|file|handout)\s?(?::|by\b|/|courtesy|via)", inside, re.I):
        return True
    last = re.split(r"\s?[/,]\s?|\bvia\s", inside)[-1].strip()
    if agency_named(last) is None or not last[0].isupper():
        return False
    return not (last == inside and _abbreviates(last, before))


def _abbreviates(short: str, before: str) -> bool:
    words = [word for word in re.findall(r"\w+", before[-200:]) if word.lower() not in {"of", "the", "and", "for"}]
    return short.isupper() and "".join(word[0] for word in words[-len(short) :]).upper() == short


def _with_maker(line: Line) -> Iterator[Credit]:
    """Makers and agencies joined by a stroke, and agencies that stand alone after a caption or before one."""
    start, tail = line.tail_start, line.tail
    at = 0
    for match in alias_pattern().finditer(tail):
        if match.start() < at:
            continue
        span = _joined(tail, match.start(), match.end()) or _set_apart(
            tail, match.start(), match.end(), start == line.span.start
        )
        if span:
            at = span.end
            yield Credit(Span(start + span.start, start + span.end), agency_named(match[0]), None, BY)


def _joined(tail: str, start: int, end: int) -> Span | None:
    before = MAKER_BEFORE.search(tail[max(0, start - 120) : start])
    after = _partners(tail, end)
    maker = None if before or after > end else MAKER_AFTER.match(tail, end)
    end = maker.end() if maker else after
    if not (before or maker) or not ENDS.match(tail, end):
        return None
    return Span(start - (len(before[0]) if before else 0), end)


def _partners(tail: str, end: int) -> int:
    """AFP/Getty Images: two agencies that share one picture are one credit."""
    stroke = PARTNER.match(tail, end)
    partner = alias_pattern().match(tail, stroke.end()) if stroke else None
    return partner.end() if partner else end


def _set_apart(tail: str, start: int, end: int, is_head: bool) -> Span | None:
    end = _partners(tail, end)
    if end == len(tail) and ALONE.search(tail[:start]):
        return Span(start, end)
    if start == 0 and is_head and NEW_SENTENCE.match(tail, end):
        return Span(start, end)
    return None
