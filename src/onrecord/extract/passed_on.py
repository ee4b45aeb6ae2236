"""What one source quotes another as saying: takes the drafts of a text, gives them with those who are quoted.

In "the agency quoted Venn as saying that ..." two speak: the agency, whose content is all that it quotes, and inside that Venn.
In "Venn was quoted as saying" one speaks, and what stands behind "by" or "in" only carried it. The news that the network has
learned from has the like seven times in 640,000 words, far too seldom to learn it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.document import Span
from onrecord.extract.page import Draft, Page, has_words, join, less, overlap, trim

RULE = "rule: quoted as saying"
QUOTED = re.compile(
    r"\b((?:quot|cit)(?:ed|es|e|ing))\b([^\n“”\"«»]{0,160}?)"
    r"\b(as (?:saying|having said|telling|stating|writing|warning|adding|claiming|insisting|declaring|denying|predicting))\b",
    re.IGNORECASE,
)
IS = re.compile(
    r"\b(?:(?:also|later|once|earlier) )?(?:(?:has|have|had|has also|have also|had also) )?(?:is|are|was|were|been|being|be)"
    r"(?: (?:[a-z]+ly|also|later|once|earlier|then|again))? \Z"
)
WHEN = re.compile(
    r"[,\s]+(?:(?:on|late|early|earlier|this|last) )*(?:\w+day|week|month|year|\d{1,2} \w+|\w+ \d{1,2})\s*\Z"
)
TO_WHOM = re.compile(r"\s*[^,“”\"]{0,60}?\b(?=that\b)")
CARRIED = re.compile(r"(?:(?:on )?\w+day )?(?:by|in|on) [^,“”\"]{1,80}\Z")
EDGE = re.compile(
    r"(?:[”\"»]|'')\s*|[;:—–,]\s+|\b(?:that|when|after|because|while|before|if|but|since|where)\s", re.IGNORECASE
)
RELATIVE = re.compile(r"\b(?:who|which|that)\s*\Z")
BEFORE = 32  # characters before a verb in which its auxiliaries stand
FAR = 300  # the same for its subject
LONGEST = 25  # words of who is quoted


@dataclass(frozen=True, slots=True)
class Found:
    """A place where somebody is quoted: `verb`, with its auxiliaries where it is passive, who, and "as saying"."""

    verb: Span
    who: Span
    saying: Span
    passive: bool


def passed_on(drafts: Sequence[Draft], page: Page) -> list[Draft]:
    """Return the drafts with those whom others quote: inside the statement that quotes them, or in the place of a passive's.

    >>> text = "The agency quoted Mara Venn as saying that two boats sank."
    >>> whole = (Span(0, len(text)),)
    >>> first = Draft((Span(11, 17),), (Span(0, 10),), (Span(18, 57),))
    >>> for found in passed_on([first], Page(text, (), (), (), whole, whole)):
    ...     print([span.of(text) for span in (*found.source, *found.cue, *found.content)])
    ['The agency', 'quoted', 'Mara Venn as saying that two boats sank']
    ['Mara Venn', 'as saying', 'that two boats sank']
    """
    kept = dict(enumerate(drafts))
    near: dict[Span | None, list[int]] = defaultdict(list)  # drafts by their sentence: a long text has many of both
    for i, draft in kept.items():
        near[page.sentence_at(draft.cue[0].start)].append(i)
    for found in places(page):
        here = [i for i in near[page.sentence_at(found.verb.start)] if i in kept]
        at = next((i for i in here if overlap(kept[i].cue, [found.verb])), None)
        first = None if at is None else kept[at]
        content = _content(found, first, page)
        if not content or (found.passive and first is not None and _is_read_right(first, found)):
            continue
        for i in here:
            if overlap(kept[i].cue, [found.verb, found.saying]):
                del kept[i]
        if at is not None and first is not None and not found.passive:
            around = join([*first.content, Span(found.who.start, found.saying.end)], page.text)
            kept[at] = replace(first, content=tuple(around))
        cue = join([found.verb, found.saying], page.text) if found.passive else [found.saying]
        new = len(drafts) + found.saying.start  # no other place has it
        kept[new] = Draft(tuple(cue), (found.who,), tuple(content), rule=RULE)
        near[page.sentence_at(found.verb.start)].append(new)
    return list(kept.values())


def places(page: Page) -> list[Found]:
    """Return the places of a text where somebody is quoted as saying something, in its order."""
    found = []
    for match in QUOTED.finditer(page.text):
        home = page.sentence_at(match.start())
        if home is None or match.end() > home.end:
            continue
        verb, saying = Span(*match.span(1)), Span(*match.span(3))
        helped = IS.search(page.text, max(home.start, verb.start - BEFORE), verb.start)
        if helped is not None:
            verb = Span(helped.start(), verb.end)
            who = _subject(Span(max(home.start, verb.start - FAR), verb.start), page.text)
        else:
            when = WHEN.search(page.text, *match.span(2))
            who = trim(Span(match.start(2), when.start() if when else match.end(2)), page.text)
        if who is not None and has_words(who, page.text) and len(who.of(page.text).split()) <= LONGEST:
            found.append(Found(verb, who, saying, helped is not None))
    return found


def _subject(before: Span, text: str) -> Span | None:
    """Who stands before a passive verb: back to the last edge, over an apposition set off by commas."""
    words = before.of(text).rstrip()
    end = len(words)
    relative = RELATIVE.search(words)
    if relative is not None:
        return Span(before.start + relative.start(), before.start + end)
    edges = [0, *(edge.end() for edge in EDGE.finditer(words + " "))]
    starts = [edge for edge in edges if edge < end]
    if words.endswith(",") and len(starts) > 1:
        starts = starts[:-1]
    who = trim(Span(before.start + starts[-1], before.start + end), text) if starts else None
    return who if who is not None and has_words(who, text) else None


def _is_read_right(draft: Draft, found: Found) -> bool:
    named = bool(draft.source) and draft.source[0].end <= found.verb.start
    return named and not overlap(draft.content, [Span(found.who.start, found.saying.end)])


def _content(found: Found, first: Draft | None, page: Page) -> list[Span]:
    """What is quoted: of the draft that was read there what is not the quoting itself, else the rest of the sentence."""
    home = page.sentence_at(found.saying.start)
    glue = Span(min(found.who.start, found.verb.start), found.saying.end)
    read = _told(less(first.content, glue) if first else [], found, page)
    return read or _told([Span(found.saying.end, home.end)] if home else [], found, page)


def _told(pieces: Sequence[Span], found: Found, page: Page) -> list[Span]:
    if found.saying.of(page.text).endswith("telling"):
        pieces = [_behind_whom(piece, found, page) for piece in pieces]
    kept = (_whole(trim(piece, page.text), page.text) for piece in pieces)
    return [
        piece for piece in kept if len(piece.of(page.text).split()) > 1 and not CARRIED.fullmatch(page.text, *piece)
    ]


def _behind_whom(piece: Span, found: Found, page: Page) -> Span:
    heard = TO_WHOM.match(page.text, *piece) if piece.start - found.saying.end < 2 else None
    return Span(heard.end(), piece.end) if heard else piece


def _whole(piece: Span, text: str) -> Span:
    """A piece without the colon before it and the full stop of its sentence, which no quotation mark closes."""
    start = piece.start
    while start < piece.end and (text[start] in ":," or text[start].isspace()):
        start += 1
    return Span(start, piece.end - text[start : piece.end].endswith("."))
