"""Sentences: takes a text and its paragraphs, gives the span of each sentence, never across a paragraph's edge.

Every stop is a candidate and rules refuse it: abbreviations, initials, a small letter that follows, the tag of a quotation
("“Really?” he asked."). What a sentence means, or whether it is garbled, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.document import Span
from onrecord.segment.words import word_group

# a stop with the marks that close after it; after a space only a mark that can open nothing here belongs to it
STOP = re.compile(
    r"(?:[.!?…‽]|[。！？؟۔])++"
    r"(?P<closing>(?:[”»)\]}*]|(?:''|[\"“’'])(?!\w))*+(?:[ \u00a0](?:[”»]|[\"“](?=\s*$)))?)"
)
BEFORE = re.compile(r"[^\s\"“”‘’'«»()\[\]—–]*$")
NEXT = re.compile(r"\s*(?P<opening>[\"“”‘’'«‹(\[{*—–-]*)\s?(?P<word>(?:[\w$€£][\w.'’-]{0,40})?)")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
NAMED_TAG = re.compile(r"\s*((?:[^\W\d_][\w.'’-]{0,30}\s){1,4}\w{0,30})")
WORD_BEFORE = 40  # characters looked at before a stop; longer "words" are no abbreviations


def find_sentences(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the sentences of every paragraph; together they cover it, white space between them aside.

    >>> text = "“Really?” he asked. Mr. Okafor lives in the U.S. The rest do not."
    >>> [span.of(text) for span in find_sentences(text, (Span(0, len(text)),))]
    ['“Really?” he asked.', 'Mr. Okafor lives in the U.S.', 'The rest do not.']
    """
    return tuple(sent for para in paragraphs for sent in _in_paragraph(text, para))


def _in_paragraph(text: str, para: Span) -> Iterator[Span]:
    start = para.start
    last = _last_word(text, para)
    for stop in STOP.finditer(text, para.start, para.end):
        end = stop.end()
        if end > last:
            break  # only marks are left, such as a stray full stop: they stay with the sentence before
        if end > start and _ends_sentence(text, stop, para):
            yield Span(start, end)
            start = _skip_space(text, end, para.end)
    if start < para.end:
        yield Span(start, para.end)


def _last_word(text: str, para: Span) -> int:
    """Return the place of the last letter or digit of a paragraph, its start where there is none."""
    at = para.end - 1
    while at > para.start and not text[at].isalnum():
        at -= 1
    return at


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, stop: re.Match[str], para: Span) -> bool:
    end = stop.end()
    after = NEXT.match(text, end, para.end)
    word, opening = (after["word"], after["opening"]) if after else ("", "")
    mark = stop.group()[0]
    if mark in "。！？؟۔":
        return True
    spaced = text[end].isspace()
    if not spaced and not _glued(text, stop, word):
        return False
    if not word and not opening and text[_skip_space(text, end, para.end)] in ".,;:!?…)]}%":
        return False
    if word and (word[0].islower() and not opening):
        return _broken_off(text, stop)
    if stop["closing"] and not opening and mark != "." and _is_tag(text, end, para.end):
        return False
    return mark != "." or len(stop.group()) > 1 or not _abbreviated(text, stop.start(), para.start, word, opening)


def _glued(text: str, stop: re.Match[str], word: str) -> bool:
    """Tell whether a space is missing after a stop: "ended.The next day", "“No.”He left"."""
    if stop["closing"]:
        return word[:1].isupper()
    before = text[max(0, stop.start() - 2) : stop.start()]
    return before.isalpha() and before.islower() and word[:1].isupper() and word.casefold() in word_group("starters")


def _broken_off(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a small letter begins a sentence all the same: after a plain full stop and a word that is no abbreviation."""
    if stop.group() != ".":
        return False
    before = _word_before(text, stop.start(), 0)
    return len(before) > 2 and before.isalpha() and before.islower() and not _listed(before.casefold())


def _is_tag(text: str, at: int, end: int) -> bool:
    """Tell whether a name and a verb of saying follow: "Okafor asked"."""
    name = NAMED_TAG.match(text, at, end)
    return name is not None and any(word.rstrip(".").casefold() in word_group("tags") for word in name[1].split()[1:])


def _word_before(text: str, at: int, start: int) -> str:
    match = BEFORE.search(text[max(start, at - WORD_BEFORE) : at])
    return match.group() if match else ""


def _listed(word: str) -> bool:
    return any(
        word in word_group(group) for group in ("titles", "numbered", "months", "days", "bodies", "places", "others")
    )


def _abbreviated(text: str, at: int, start: int, word: str, opening: str) -> bool:
    before = _word_before(text, at, start)
    folded = before.casefold()
    if folded in word_group("titles"):
        return True
    if folded in word_group("numbered"):
        return word[:1].isdigit() or (len(folded) < 3 and len(word) == 1)
    starter = bool(opening) or word.casefold().split("’")[0].split("'")[0] in word_group("starters")
    if INITIALS.match(before) and before != "I":
        return not starter
    # a small "sun" or "co" is a word, a capital one may be Sunday or a company
    if before[:1].isupper() and any(folded in word_group(group) for group in ("months", "days", "bodies", "places")):
        return not starter
    return folded in word_group("others") and not starter
