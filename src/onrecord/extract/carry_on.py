"""Quotations that no cue has claimed: takes the drafts of a text, gives them with those quotations put to whom they belong.

A quotation without a cue of its own carries on what was said before it: in the same sentence ("“If so,” she said, citing rain,
“we stay.”"), in the sentence before, or, when it is a paragraph of its own, in the paragraph before. In PolNeAR's training
half that holds for 34 of 37, 1,495 of 1,509 and 97 of 108 such quotations (counted on its gold). No statement is made here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document import Span
from onrecord.extract.page import WORD, Draft, Page, Region, hull, join

LONGEST = 400  # words of a statement that one quotation does not hold
CARRIES_ON = 4  # words that a quotation without a cue must have to carry on the statement of another sentence


def carry_on(drafts: Sequence[Draft], page: Page) -> list[Draft]:
    """Return the drafts, each with the unclaimed quotations it is carried on by.

    >>> text = "“Rain,” she said.\\n“And more of it to come.”"
    >>> lines = (Span(0, 17), Span(18, 43))
    >>> page = Page(text, (), (), (Region(0, 7), Region(18, 43, 0, 1)), lines, lines)
    >>> [s.of(text) for s in carry_on([Draft((Span(12, 16),), (Span(8, 11),), (Span(0, 7),))], page)[0].content]
    ['“Rain,”', '“And more of it to come.”']
    """
    given = _Given(drafts, page)
    regions = [r for r in page.regions if not r.depth]
    owners = [given.owner(region) for region in regions]
    for region, owner in zip(reversed(regions), reversed(owners), strict=True):
        if owner is not None:
            given.by_quotation[region.quotation] = owner  # the first of them, until one nearer has been passed
    for region, owner in zip(regions, owners, strict=True):
        if owner is None:
            owner = given.before(region)
            if owner is None:
                continue
            given.give(region, owner)
        given.by_quotation[region.quotation] = owner
    return given.drafts


class _Given:
    """The drafts so far, and where to look for the one that a quotation belongs to."""

    def __init__(self, drafts: Sequence[Draft], page: Page) -> None:
        self.drafts, self.page = list(drafts), page
        self.claimed = sorted((span, i) for i, d in enumerate(drafts) for span in d.content)
        self.reach = [
            span.end for span, _ in self.claimed
        ]  # the farthest end so far: contents may lie inside each other
        for n in range(1, len(self.reach)):
            self.reach[n] = max(self.reach[n], self.reach[n - 1])
        self.by_paragraph: dict[int, list[int]] = defaultdict(list)  # of a paragraph's start: who speaks in it
        for i, draft in enumerate(drafts):
            para = page.paragraph_at(draft.cue[0].start)
            if para is not None and not _is_quoted(draft.cue[0], page):
                self.by_paragraph[para.start].append(i)
        self.by_quotation: dict[int, int] = {}

    def owner(self, region: Region) -> int | None:
        """Return the first draft whose content has part of a region."""
        at = bisect_right(self.reach, region.start)  # the first that ends behind the region's start
        if at == len(self.claimed) or self.claimed[at][0].start >= region.end:
            return None
        return self.claimed[at][1]

    def give(self, region: Region, owner: int) -> None:
        """Make a region part of the content of the draft `owner`."""
        draft = self.drafts[owner]
        content = join([*draft.content, Span(region.start, region.end)], self.page.text)
        self.drafts[owner] = replace(draft, content=tuple(content))
        para = self.page.paragraph_at(region.start)
        if para is not None:
            self.by_paragraph[para.start].append(owner)

    def before(self, region: Region) -> int | None:
        """Return the draft that an unclaimed region carries on, None where there is none."""
        if region.quotation in self.by_quotation:
            return self.by_quotation[region.quotation]
        para = self.page.paragraph_at(region.start)
        if para is None:
            return None
        if region.start == para.start:
            return self._paragraph_before(region, para)
        here = self.by_paragraph[para.start]
        owner = self._same_sentence(region, here)
        if owner is None and _is_sentence(region, self.page) and len(_words(region, self.page)) >= CARRIES_ON:
            owner = self._sentence_before(region, para, here)
        return owner

    def _same_sentence(self, region: Region, here: Sequence[int]) -> int | None:
        """Who said “We will,” before the cue says “and soon.” behind it."""
        text = self.page.text
        home = self.page.sentence_at(region.start)
        last = _last_word(text, 0 if home is None else home.start, region.start)
        comma = text[last + 1 : region.start].strip() == ","
        for i in reversed(here):
            draft = self.drafts[i]
            if draft.content[-1].end > draft.cue[0].start:
                continue
            if hull(draft).end > last >= hull(draft).start:
                return i
            if comma and home is not None and home.start <= draft.cue[0].start < region.start:
                return i
        return None

    def _sentence_before(self, region: Region, para: Span, here: Sequence[int]) -> int | None:
        """Who speaks in the sentence before; whoever is quoted before their cue goes first."""
        home = self.page.sentence_at(_last_word(self.page.text, para.start, region.start))
        if home is None:
            return None
        found = [i for i in here if home.start <= self.drafts[i].cue[0].start < home.end and self._has_room(i, region)]
        return max(found, key=lambda i: (self._is_quoted_first(i), self.drafts[i].cue[0].start), default=None)

    def _paragraph_before(self, region: Region, para: Span) -> int | None:
        """Who is quoted last in the paragraph before one that is a quotation and nothing else."""
        before = self.page.paragraph_before(para)
        if before is None or WORD.search(self.page.text, region.end, para.end):
            return None
        if len(_words(region, self.page)) < CARRIES_ON:
            return None
        found = [
            i for i in self.by_paragraph[before.start] if self._is_quoted_first(i) or self._quotes_at_length(i, before)
        ]
        found = [i for i in found if self._has_room(i, region)]
        return max(found, key=lambda i: self.drafts[i].cue[0].start, default=None)

    def _has_room(self, i: int, region: Region) -> bool:
        """Whether a statement stays within bounds with a region added: a page of loose quotations is nobody's speech."""
        said = sum(len(span.of(self.page.text).split()) for span in self.drafts[i].content)
        return said + len(_words(region, self.page)) <= LONGEST

    def _is_quoted_first(self, i: int) -> bool:
        draft = self.drafts[i]
        return draft.content[0].start < draft.cue[0].start and self._is_quoted_in(i, draft.content[0])

    def _quotes_at_length(self, i: int, where: Span) -> bool:
        """Whether more than a word or two of what a draft says is quoted: "a “rant”" is carried on by nothing."""
        regions = [r for r in self.page.regions_within(*where) if len(_words(r, self.page)) >= CARRIES_ON]
        return any(s < r.end and e > r.start for s, e in self.drafts[i].content for r in regions)

    def _is_quoted_in(self, i: int, where: Span) -> bool:
        regions = self.page.regions_within(*where)
        return any(s < r.end and e > r.start for s, e in self.drafts[i].content for r in regions)


def _is_quoted(span: Span, page: Page) -> bool:
    return any(r.start <= span.start and span.end <= r.end for r in page.regions_within(*span))


def _is_sentence(region: Region, page: Page) -> bool:
    first, last = page.sentence_at(region.start), page.sentence_at(region.end - 1)
    if first is None or last is None or first.start != region.start:
        return False
    return WORD.search(page.text, region.end, last.end) is None


def _words(region: Region, page: Page) -> list[str]:
    return page.text[region.start : region.end].split()


def _last_word(text: str, start: int, end: int) -> int:
    """The place of the last letter or digit in [start, end), `start` where there is none."""
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return max(start, end - 1)
