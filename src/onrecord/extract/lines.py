"""Statements that the lay-out shows: takes the page and the statements found so far, gives those of three kinds of line.

An embedded post ("words — Name (@handle) date"), a quotation signed on the line below it, and a transcript's turns
("NAME: words"). Each lies across paragraphs or has no verb, where the network, which reads one paragraph, is weak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document import Span
from onrecord.extract.page import Draft, Page, has_words, overlap, size, trim

DASHES = "—–―-"
# bounded on every side: a paragraph may be as long as it likes
POST = re.compile(rf"\s?([{DASHES}])[ \u00a0]?((?:[^\s()]{{1,40}} ){{1,7}}\(@\w{{1,30}}\))(?=[^()]{{0,40}}$)")
SIGNATURE = re.compile(rf"([{DASHES}])[ \u00a0]?([A-Z][^\n]{{1,120}})$")
ENDING = re.compile(rf"[”\"»“]\s?([{DASHES}])[ \u00a0]?([A-Z][^\n”\"»{DASHES}]{{1,120}})$")
TURN = re.compile(r"((?:[A-Z][A-Z.’'\-]{1,30} ?){1,4})(:)(?= )")
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
    drafts = [*posts(page), *signed(page), *turns(page)]
    return [d for d in drafts if not any(_has(d, other) for other in found)]


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
    """Return embedded posts; the words stand before the author, in the same paragraph or the one before."""
    out = []
    for i, para in enumerate(page.paragraphs):
        match = POST.search(page.text, max(para.start, para.end - 400), para.end)
        if match is None:
            continue
        content = Span(para.start, match.start(1))
        if not has_words(content, page.text) and i:
            content = page.paragraphs[i - 1]
        out += _draft(content, Span(*match.span(1)), Span(*match.span(2)), page, "line: embedded post")
    return out


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
