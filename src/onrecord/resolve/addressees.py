"""The addressee: takes a statement's frame, gives the words for whom it was said to; whom they point to is not known here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord import lexicon
from onrecord.document import Span, Statement
from onrecord.verbs import Phrases, spell

PRONOUNS = frozenset({"him", "her", "them", "me", "us", "you", "it"})
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[\w&@#\-]+(?:[’'.][\w]+)*[’']?|[^\w\s]")
TEXTS = (
    "letters?|message|note|memo|e-?mail|remarks|comments|statements?|address|speech|report|filing|complaint|testimony"
)
SPEAKING_TO = re.compile(
    r"\b(?:speaking (?:exclusively )?(?:to|with)|spoke to|spoken to by|in an exchange with|interviewed by|"
    r"in (?:an? |his |her |their )?(?:[\w\-]+ ){0,3}?interviews? (?:with|to)|"
    rf"(?:in|sent) (?:an? |his |her |their )?(?:[\w\-]+ ){{0,2}}?(?:{TEXTS}) "
    r"(?:sent |addressed |delivered |made |given |submitted )?(?:to|with|before)|"
    r"(?:asked|pressed|questioned|told|contacted) by|in response to (?:a )?questions? (?:from|by)|testified (?:before|to)|"
    r"in an? (?:phone |telephone )?(?:call|conversation|meeting) with) ",
    re.I,
)
TO = re.compile(r"^\s*,?\s*to\s+(?=[A-Z]|the\s|reporters|journalists|a\s|his\s|her\s|their\s)")

AFTER_HEARER = frozenset("to that against not they he she it we there how why what whether if".split())


@cache
def _told() -> Phrases[str]:
    return Phrases(dict.fromkeys(lexicon.words("channels", "told"), "told"))


def addressee(
    text: str, stmt: Statement, after: Sequence[Span], own: Sequence[Span], leads: Sequence[Span]
) -> Span | None:
    """Return the span of the words for the hearer, None if there are none."""
    cue = spell(" ".join(piece.of(text) for piece in stmt.cue))
    passive = _passive(cue) and not stmt.source
    if passive and own and stmt.cue:
        return _before(text, own, stmt.cue[0].start)
    if _passive(cue) and stmt.source and stmt.source[0].end <= stmt.cue[0].start:
        return stmt.source[0]
    told = _told().all(cue)
    if told and told[-1].end == len(cue) and after and _touches(stmt, after[0]):
        found = noun_phrase(text, after[0])
        if found:
            return found
    if after and _touches(stmt, after[0]):
        to = TO.match(after[0].of(text))
        if to and (found := noun_phrase(text, Span(after[0].start + to.end(), after[0].end))):
            return found
    if told and (inside := _in_cue(text, stmt) or _in_content(text, stmt)):
        return inside
    if told and told[-1].lemma in {"thank", "congratulate"} and stmt.content:
        return noun_phrase(text, stmt.content[0])
    return _spoken_to(text, (*own, *leads, *stmt.source, *stmt.cue))


def _in_cue(text: str, stmt: Statement) -> Span | None:
    """Return a hearer that was taken for the end of the cue: "told reporters"."""
    last = stmt.cue[-1]
    words = list(WORD.finditer(text, last.start, last.end))
    at = next((k + 1 for k, word in enumerate(words[:-1]) if _told().all(spell(word[0]))), None)
    return noun_phrase(text, Span(words[at].start(), last.end)) if at is not None else None


def _in_content(text: str, stmt: Statement) -> Span | None:
    """Return a hearer that was taken for the beginning of the content: urged [the towns to wait]."""
    if not stmt.content or not 0 <= stmt.content[0].start - stmt.cue[-1].end <= 1:
        return None
    found = noun_phrase(text, stmt.content[0])
    rest = WORD.search(text, found.end, stmt.content[0].end) if found else None
    return found if rest and rest[0].casefold() in AFTER_HEARER else None


def _passive(cue: Sequence[str]) -> bool:
    asked = {"asked", "told", "urged", "ordered", "warned", "invited", "advised", "reminded", "informed"}
    return not asked.isdisjoint(cue) and not {"been", "was", "were", "is", "are", "being"}.isdisjoint(cue)


def _touches(stmt: Statement, piece: Span) -> bool:
    return bool(stmt.cue) and 0 <= piece.start - max(part.end for part in stmt.cue) <= 1


def _before(text: str, own: Sequence[Span], end: int) -> Span | None:
    """Return the subject that stands before a passive cue."""
    for piece in own:
        if piece.start < end <= piece.end + 1:
            words = list(WORD.finditer(text, piece.start, end))
            first = next(
                (
                    k + 1
                    for k in range(len(words) - 1, -1, -1)
                    if words[k][0] in {",", ";", "“", '"'} or words[k][0].casefold() in {"but", "when", "that"}
                ),
                0,
            )
            return (
                Span(words[first].start(), words[-1].end()) if first < len(words) and len(words) - first < 9 else None
            )
    return None


def _spoken_to(text: str, pieces: Sequence[Span]) -> Span | None:
    for piece in pieces:
        found = SPEAKING_TO.search(text, piece.start, piece.end)
        if found and (span := noun_phrase(text, Span(found.end(), piece.end))):
            return span
    return None


def noun_phrase(text: str, piece: Span) -> Span | None:
    """Return the noun phrase that begins the piece, up to the first word that ends one.

    >>> text = "the committee on Monday"
    >>> noun_phrase(text, Span(0, len(text))).of(text)
    'the committee'
    """
    ends = _ends()
    first = last = before = None
    for match in WORD.finditer(text, piece.start, min(piece.end, piece.start + 160)):
        word, low = match[0], match[0].casefold()
        if first is None:
            if not _can_begin(word, low):
                return None
            first = last = match
            continue
        if (
            low in PRONOUNS | ends
            or word in {",", ";", ":", "(", ")", "—", "–", '"', "“", "”", "?", "!", "."}
            or first[0].casefold() in PRONOUNS - {"her"}
        ):
            break
        if first[0].casefold() == "her" and low in lexicon.words("channels", "ends"):
            break
        before = last
        last = match
    if first and last and last is not first and last[0].endswith("ing") and last.end() == piece.end:
        last = before
    return Span(first.start(), last.end()) if first and last else None


@cache
def _ends() -> frozenset[str]:
    return frozenset(lexicon.words("channels", "ends"))


def _can_begin(word: str, low: str) -> bool:
    if (
        low
        in {
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "my",
            "several",
            "other",
            "some",
            "all",
            "both",
            "two",
            "many",
        }
        | PRONOUNS
    ):
        return True
    return (word[0].isupper() and low not in _ends()) or low in lexicon.words("channels", "hearers")
