"""Cues that follow "and" before a quotation: takes the drafts of a text, gives them with what such a cue brings in as its own.

In "she hopes for rain and said, “It is time”" the second half has its own cue and the first one's source: in PolNeAR's
training half 36 of 39 such cues have a statement of their own, and 31 of these the source before. Where the network has
found no statement there, one is made by this rule; where a content has run on over the cue, it is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document import Span
from onrecord.extract.no_words import is_bare, is_unlisted
from onrecord.extract.page import Draft, Page, has_words, less, overlap, trim

WINDOW = 60  # characters before a quotation in which a cue is looked for
JOINED = re.compile(r"\b(?:and|but)\s((?:[^\W\d_]+\s){0,2}[^\W\d_]+)\s?([,:]?)\s?\Z")
LEAST = 4  # words of a quotation that make a statement
RULE = "rule: second cue"


def second_cues(drafts: Sequence[Draft], page: Page) -> list[Draft]:
    """Return the drafts, contents cut before a second cue, and those that second cues bring in.

    >>> from onrecord.extract.page import Region
    >>> text = "Lee hopes for rain and said, “It is time for rain.”"
    >>> whole = (Span(0, len(text)),)
    >>> page = Page(text, (), (), (Region(29, 51),), whole, whole)
    >>> first = Draft((Span(4, 9),), (Span(0, 3),), (Span(10, 27),))
    >>> [(d.cue[0].of(text), d.content[0].of(text)) for d in second_cues([first], page)]
    [('hopes', 'for rain'), ('said', '“It is time for rain.”')]
    """
    out = list(drafts)
    for para, regions in _quoted_at_length(page).items():
        near = [i for i, d in enumerate(drafts) if _meets(d, para)] if regions else []
        for where in regions:
            joined = _joined_cue(where, page)
            first = None if joined is None else _first_half(out, near, joined, where, page)
            if joined is not None and first is not None:
                kept = _without(out[first].content, Span(joined[0], where.end), page)
                if kept:
                    out[first] = replace(out[first], content=kept)
                    out.append(Draft((joined[1],), out[first].source, (where,), rule=RULE))
    return out


def _quoted_at_length(page: Page) -> dict[Span, list[Span]]:
    """The quotations of some length by the paragraph they stand in, those that an "and" with a cue stands before."""
    found: dict[Span, list[Span]] = {}
    for region in page.regions:
        where = Span(region.start, region.end)
        para = page.paragraph_at(region.start)
        if para is None or region.depth or len(where.of(page.text).split()) < LEAST:
            continue
        if _joined_cue(where, page) is not None:
            found.setdefault(para, []).append(where)
    return found


def _joined_cue(where: Span, page: Page) -> tuple[int, Span] | None:
    """Where "and" stands before a quotation, and the cue between them."""
    home = page.sentence_at(where.start)
    low = max(where.start - WINDOW, 0 if home is None else home.start)
    match = JOINED.search(page.text[low : where.start])
    if match is None or is_unlisted(match.group(1)) or is_bare(match.group(1)):
        return None
    if not match.group(2) and not page.text[where.start + 1 : where.start + 2].isupper():
        return None  # looks forward to “seeing her”: half a clause, that the first cue has already
    return low + match.start(), Span(low + match.start(1), low + match.end(1))


def _meets(draft: Draft, para: Span) -> bool:
    return para.start <= draft.cue[0].start < para.end


def _first_half(
    drafts: Sequence[Draft], near: Sequence[int], joined: tuple[int, Span], where: Span, page: Page
) -> int | None:
    """The draft that stands before the joint and reaches it; None where the cue or the quotation is somebody's already."""
    joint, cue = joined
    home = page.sentence_at(joint)
    others = [drafts[i] for i in near]
    if any(overlap(d.cue, [cue]) for d in others):
        return None
    if any(overlap(d.content, [where]) and d.cue[0].start > joint for d in others):
        return None
    found = [
        i
        for i in near
        if drafts[i].source
        and home is not None
        and home.start <= drafts[i].cue[0].start < drafts[i].content[-1].start < joint
        and not has_words(Span(min(joint, drafts[i].content[-1].end), joint), page.text)
    ]
    return max(found, key=lambda i: drafts[i].cue[0].start, default=None)


def _without(content: Sequence[Span], gone: Span, page: Page) -> tuple[Span, ...]:
    left = (trim(span, page.text) for span in less(content, gone))
    return tuple(span for span in left if has_words(span, page.text))
