"""Quotation marks: takes a paragraph, gives every mark in it that may open or close a quotation, apostrophes left out.

A mark's glyph says which way it leans, its neighbours which way it faces. Which mark closes which is decided in `quotations`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.document import Span
from onrecord.segment.paragraphs import INVISIBLE
from onrecord.segment.words import word_group

Family = Literal["double", "single", "guillemet"]
Facing = Literal["opening", "closing", "either"]

RUN = re.compile("[\"“”„‟〝〞＂«»‹›‘’‚‛'`]+")
GLYPH = re.compile("''|``|‘‘|’’|.", re.DOTALL)
CLOSING_GLYPH = re.compile("'(?=''(?!'))|''|``|‘‘|’’|.", re.DOTALL)  # three straight ones close ' and then ''
OPENS = frozenset("“‟〝«‹‘‛`„‚") | {"``", "‘‘"}
CLOSES = frozenset("”〞»›’") | {"''", "’’"}
LOW = frozenset("„‚")
FAMILY: dict[str, Family] = {
    **dict.fromkeys("‘’‚‛'`", "single"),
    **dict.fromkeys("«»‹›", "guillemet"),
}
BEFORE_OPENING = frozenset("([{<—–‒―-−/=:|*_~…" + INVISIBLE)
AFTER_CLOSING = frozenset(")]}>—–‒―-−/.,;:!?…|*" + INVISIBLE)
LONGEST_RUN = 6  # marks; a longer row of them is an ornament, not a quotation
ELISION = re.compile(r"(?:\d0s\b|\d\d\b|([^\W\d_]{1,7})\b)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: where, which, and whether its neighbours let it open, close or do either."""

    start: int
    end: int
    glyph: str
    family: Family
    facing: Facing
    first: bool  # it opens its paragraph
    after_word: bool  # a letter or digit stands before it
    tight: bool  # it touches what it would hold, or nothing at all


def find_marks(text: str, para: Span) -> tuple[list[Mark], list[Span]]:
    """Return the marks of a paragraph in order, and the ornaments: rows of marks too long to quote anything.

    >>> [mark.facing for mark in find_marks('Don\\'t say "no" now', Span(0, 18))[0]]
    ['opening', 'closing']
    """
    marks: list[Mark] = []
    ornaments: list[Span] = []
    for run in RUN.finditer(text, para.start, para.end):
        start, end = run.span()
        before = text[start - 1] if start > para.start else " "
        after = text[end] if end < para.end else " "
        if end - start == 1 and run.group() in "'’‘`" and before.isalnum() and after.isalnum():
            continue  # by far the commonest: an apostrophe
        if end - start > LONGEST_RUN:
            ornaments.append(Span(start, end))
        else:
            marks += _of_run(text, run, before, after, start == para.start)
    return marks, ornaments


def _of_run(text: str, run: re.Match[str], before: str, after: str, first: bool) -> list[Mark]:
    spaced_before, spaced_after = before.isspace(), after.isspace()
    may_open = not spaced_after and (spaced_before or before in BEFORE_OPENING)
    may_close = not spaced_before and (spaced_after or after in AFTER_CLOSING)
    may_open = may_open or (before == ":" and spaced_after)  # said:" so"
    facing: Facing = "either" if may_open == may_close else "opening" if may_open else "closing"
    marks = []
    for glyph in (CLOSING_GLYPH if facing == "closing" else GLYPH).finditer(run.group()):
        start = run.start() + glyph.start()
        mark = Mark(
            start,
            run.start() + glyph.end(),
            glyph.group(),
            FAMILY.get(glyph.group(), "double"),
            facing,
            first,
            before.isalnum(),
            not (spaced_before and spaced_after),
        )
        if not _is_apostrophe(text, mark, before, after):
            marks.append(mark)
    return marks


def _is_apostrophe(text: str, mark: Mark, before: str, after: str) -> bool:
    """Tell apostrophes, elisions ('em, ’90s), and feet and inches (6'2") from quotation marks."""
    if mark.glyph in {'"', "''", "”"}:
        return before.isdigit() and text[max(0, mark.start - 5) : mark.start].strip("0123456789")[-1:] in {
            "'",
            "’",
            "′",
        }
    if mark.family != "single" or mark.glyph in LOW:
        return False
    if before.isalnum() and after.isalnum():
        return True
    if mark.facing == "either":
        return not mark.tight or (after == "s" and not text[mark.end + 1 : mark.end + 2].isalnum())  # Inc.’s
    if mark.facing == "opening":
        word = ELISION.match(text, mark.end)
        return word is not None and (word.group(1) is None or word.group(1).casefold() in word_group("elisions"))
    return False
