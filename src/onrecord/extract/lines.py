"""Statements that the lay-out shows: takes the page and the statements found so far, gives those of four kinds of line.

An embedded post ("words — Name (@handle) date"), a quotation signed at its end or on the line below, a transcript's turns
("NAME: words"), and a headline's colon ("Minister: no deal", "No deal: minister"). Each lies across paragraphs or has no
verb, where the network, which reads one paragraph, is weak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord import lexicon
from onrecord.document import Span
from onrecord.extract.page import Beside, Draft, Page, has_words, overlap, size, trim

DASHES = "—–―-"
# bounded on every side: a paragraph may be as long as it likes
POST = re.compile(rf"([{DASHES}])[ \u00a0]?((?:[^\s()]{{1,40}} ){{1,7}}\(@\w{{1,30}}\))")
POSTED = re.compile(
    r"\W{0,3}(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4})"
)  # when, behind the author
AFTER = re.compile(r"[^()]{0,40}\Z")
SIGNATURE = re.compile(rf"([{DASHES}])[ \u00a0]?([A-Z][^\n]{{1,120}})$")
ENDING = re.compile(rf"[”\"»“]\s?([{DASHES}])[ \u00a0]?([A-Z][^\n”\"»{DASHES}]{{1,120}})$")
TURN = re.compile(r"((?:[A-Z][A-Z.’'\-]{1,30} ?){1,4})(:)(?= )")
SPEAKER = r"(?:[A-Z][\w.’'\-]{1,24}|UN|US|EU)(?: (?:of |the )?[A-Z\w][\w.’'\-]{1,24}){0,3}"
LEADING = re.compile(rf"({SPEAKER})(?: to (?:the )?[A-Z][\w.’'\-]{{1,24}}(?: [A-Z][\w.’'\-]{{1,24}})?)?(:) (?=\S)")
TRAILING = re.compile(r"(?<=[\w”’\"')])(?:(?=:)| (?=[\-–—]))([:\-–—]) ((?:[\w.’'\-]{2,24} ){0,3}[\w’'\-]{2,24})\.?$")
NAME = re.compile(r"(?:(\S{1,24})\s)?(?:(?:[A-Z][\w.’'\-]{0,24})\s){0,3}([A-Z][\w’'\-]{1,24})\Z")
PREPOSITIONS = frozenset("of in from for at near on to by with".split())
LABELLED = re.compile(r"((?:[\w’'\-]{1,16} ){0,3}[\w’'\-]{1,16}): ")
HEADING_WORDS, LEAST_SAID = 20, 4
SIGNED_WORDS = 14  # a signature is a name and at most an office
TURNS = 2  # of a transcript there is never one turn alone
COVERED = 0.5


def lines(page: Page, found: Sequence[Draft]) -> list[Draft]:
    """Return the statements that lines show and `found` does not have.

    >>> text = "“We are ready.”\\n― Ann Lee, miner"
    >>> page = Page(text, (), (), (), (), (Span(0, 15), Span(16, 33)))
    >>> [(d.content[0].of(text), d.source[0].of(text)) for d in lines(page, [])]
    [('“We are ready.”', 'Ann Lee, miner')]
    """
    drafts = [*posts(page), *signed(page), *headings(page, speakers(page, found))]
    beside = Beside(page, ((other, other.content) for other in found))
    return [d for d in drafts if not any(_has(d, other) for other in beside.near(d.content))]


def names_a_report(draft: Draft, page: Page) -> bool:
    """Tell whether a draft is the label of a report taken for somebody who speaks."""
    return draft.cue[-1].of(page.text) == ":" and is_label(" ".join(span.of(page.text) for span in draft.source))


def _has(draft: Draft, other: Draft) -> bool:
    return overlap(draft.content, other.content) >= COVERED * size(draft.content) and not overlap(
        draft.content, other.cue
    )


def _draft(content: Span, dash: Span, source: Span, page: Page, rule: str) -> list[Draft]:
    content = trim(content, page.text)
    if not has_words(content, page.text) or not has_words(source, page.text):
        return []
    return [Draft((dash,), (source,), (content,), rule=rule)]


def posts(page: Page) -> list[Draft]:
    """Return embedded posts; the words stand before the author, in the same paragraph or the one before.

    Several posts in one paragraph follow each other's days: "words — Ann (@ann) May 3, 2031 words — Ann (@ann) May 3, 2031".
    """
    out = []
    for i, para in enumerate(page.paragraphs):
        start = para.start
        for match in POST.finditer(page.text, *para):
            day = POSTED.match(page.text, match.end(), para.end)
            if day is None and AFTER.match(page.text, match.end(), para.end) is None:
                continue
            content = Span(start, match.start())
            if start == para.start and not has_words(content, page.text) and i:
                content = page.paragraphs[i - 1]
            out += _draft(content, Span(*match.span(1)), Span(*match.span(2)), page, "line: embedded post")
            start = day.end() if day else para.end
    return out


def runs_over(draft: Draft, posts: Beside) -> bool:
    """Tell whether a draft takes what stands around the author of a post for words of one statement."""
    return any(overlap(draft.content, post.cue) for post in posts.near(draft.content))


def signed(page: Page) -> list[Draft]:
    """Return paragraphs that are one quotation, signed at their end or in the paragraph after."""
    out = []
    for i, quote in enumerate(page.paragraphs):
        if page.text[quote.start] not in '“"«„':
            continue
        match = ENDING.search(page.text, max(quote.start, quote.end - 140), quote.end)
        if match is None and i + 1 < len(page.paragraphs) and page.text[quote.end - 1] in '”"»“':
            match = SIGNATURE.fullmatch(page.text, *page.paragraphs[i + 1])
        if match is None or len(match.group(2).split()) > SIGNED_WORDS or match.group(2).endswith(("?", "!")):
            continue
        content = Span(quote.start, min(quote.end, match.start(1)))
        source = Span(match.start(2), match.end(2) - match.group(2).endswith("."))
        out += _draft(content, Span(*match.span(1)), trim(source, page.text), page, "line: signed quotation")
    return out


def transcript(page: Page) -> list[Draft]:
    """Return the turns of a text that is beyond doubt a transcript: two or more speak, and one of them again.

    Section heads in capitals ("THE GOOD: ...", "THE BAD: ...") do not come back.

    >>> text = "LEE: So?\\nPOE: So what?\\nLEE: So."
    >>> where = Page(text, (), (), (), (), (Span(0, 8), Span(9, 22), Span(23, 31)))
    >>> [d.content[0].of(text) for d in transcript(where)], transcript(Page(text, (), (), (), (), (Span(0, 8),)))
    (['So?', 'So what?', 'So.'], [])
    """
    found = turns(page)
    names = [d.source[0].of(page.text) for d in found]
    whole = {name.split()[-1]: name for name in names if " " in name}
    speaking = [whole.get(name, name) for name in names]  # "ANN LEE", and then "LEE"
    return found if 1 < len(set(speaking)) < len(speaking) else []


def reads_a_turn(draft: Draft, turns: Beside) -> bool:
    """Tell whether a draft takes a transcript's turn for its own: its content has most of one, but its cue is not in it."""
    return any(_has(turn, draft) and not overlap(draft.cue, turn.content) for turn in turns.near(draft.content))


def turns(page: Page) -> list[Draft]:
    """Return the turns of a transcript, one a paragraph that begins with a name in capitals and a colon."""
    out = []
    for para in page.paragraphs:
        start = para.start + (page.text[para.start] in '“"')
        match = TURN.match(page.text, start, para.end)
        if match is not None:
            words = Span(match.end(), para.end)
            out += _draft(words, Span(*match.span(2)), Span(*match.span(1)), page, "line: transcript turn")
    return out if len(out) >= TURNS else []


def speakers(page: Page, found: Sequence[Draft]) -> frozenset[str]:
    """Return the last names of those who speak in a text: a headline's colon may name one of them.

    The name after a preposition is not the speaker's ("residents of Porto").

    >>> text = "Mayor Ann Lee said so"
    >>> sorted(speakers(Page(text, (), ()), [Draft((Span(14, 18),), (Span(0, 13),), (Span(19, 21),))]))
    ['lee']
    """
    heads = (re.split(r"[,(]", draft.source[0].of(page.text)[:200])[0] for draft in found if draft.source)
    names = (NAME.search(head.strip()) for head in heads)
    return frozenset(m.group(2).casefold() for m in names if m and (m.group(1) or "").casefold() not in PREPOSITIONS)


def headings(page: Page, names: frozenset[str] = frozenset()) -> list[Draft]:
    """Return what the colon or dash of a headline attributes: to who stands before a colon, else to who stands behind either.

    >>> text = "Ferries to sail again by Friday: minister"
    >>> [(d.source[0].of(text), d.content[0].of(text)) for d in headings(Page(text, (), (), (), (), (Span(0, 41),)))]
    [('minister', 'Ferries to sail again by Friday')]
    """
    out = []
    for para in page.paragraphs:
        words = page.text[para.start : para.end]
        if len(words) > 300 or len(words.split()) > HEADING_WORDS:
            continue
        label = LABELLED.match(page.text, *para)
        if label and is_label(label.group(1)) and label.group(1).casefold() not in _list("news"):
            continue  # "Read more: no deal, says Lee"
        start = label.end() if label and is_label(label.group(1)) else para.start
        first = LEADING.match(page.text, start, para.end)
        last = TRAILING.search(page.text, max(start, para.end - 110), para.end)
        if first and _says(first.group(1), names) and _is_headline(page.text[first.end() : para.end], LEAST_SAID - 1):
            content = Span(first.end(), para.end)
            out += _draft(content, Span(*first.span(2)), Span(*first.span(1)), page, "line: headline colon")
        elif last and _says(last.group(2), names) and _is_headline(page.text[start : last.start()], LEAST_SAID):
            content = Span(start, last.start(1))
            out += _draft(content, Span(*last.span(1)), Span(*last.span(2)), page, "line: headline colon")
    return out


def _is_headline(words: str, least: int) -> bool:
    """Whether what a colon attributes is long enough, and no sentence of a text."""
    return len(words.split()) >= least and not words.endswith((".", "!", "?", ".”", '."'))


def _says(words: str, names: frozenset[str]) -> bool:
    """Whether the words at a headline's colon say that somebody speaks, or name who does; other names say nothing."""
    parts = words.casefold().split()
    if not parts:
        return False
    return parts[-1] in _list("speakers") or " ".join(parts[-2:]) in _list("speakers") or parts[-1] in names


def unlabelled(draft: Draft, page: Page) -> Draft:
    """Return a draft without the label before its content ("BREAKING: two boats have sunk").

    >>> text = "Breaking: boats sank, police say"
    >>> unlabelled(Draft((Span(29, 32),), (), (Span(0, 20),)), Page(text, (), ())).content[0].of(text)
    'boats sank'
    """
    first = draft.content[0]
    label = LABELLED.match(page.text, *first)
    if label is None or not is_label(label.group(1)):
        return draft
    rest = trim(Span(label.end(), first.end), page.text)
    return replace(draft, content=(rest, *draft.content[1:])) if has_words(rest, page.text) else draft


def is_label(words: str) -> bool:
    """Tell whether words before a colon name a kind of report ("Analysis", "Live") and nobody who speaks.

    >>> is_label("Analysis"), is_label("Minister")
    (True, False)
    """
    return words.casefold() in _list("labels")


@cache
def _list(group: str) -> frozenset[str]:
    return frozenset(lexicon.words("headings", group))
