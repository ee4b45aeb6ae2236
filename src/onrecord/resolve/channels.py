"""The channel: takes a statement's frame, gives the medium it names ("in a statement", "on Facebook", "by telephone").

The nouns are in `data/channels.toml`. Whether a later statement goes on in the same medium is decided in `relay`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord import lexicon
from onrecord.document import Span, Statement

TWEET = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)?\b", re.I)
EMBEDDED = re.compile(r"\(@\w{2,30}\)")
AFTER_HEAD = re.compile(
    r"\s+(?:of|from|by|on|to|in|that|which|who|about|for|at|after|before|during|since|"
    r"(?:sent|posted|obtained|published|released|seen)\s+(?:by|on|in|to|at))\s|,"
)
PHONE = re.compile(
    r"\b(?:by|over the|on the|via|reached by|in a)\s+(?:tele)?phone\b(?!\s+(?:interview|call|conversation))",
    re.I,
)


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
    )


@cache
def _nouns() -> str:
    return _longest_first(lexicon.words("channels", "events", "texts", "speeches"))


@cache
def _platform() -> re.Pattern[str]:
    names = [
        name
        for name in lexicon.words("channels", "platforms")
        if name not in {"medium", "signal", "threads", "truth", "tweet", "tweets"}
    ]
    return re.compile(rf"\b(?:{_longest_first(names)}|Truth\s+Social)\b", re.I)


@cache
def _in_medium() -> re.Pattern[str]:
    """In a statement, at a news conference, during the interview: a preposition, up to six words, a noun."""
    return re.compile(
        r"\b(?:in|at|during|through|via|from|with|by|on)\s+"
        r"(?:(?:a|an|the|his|her|its|their|another|one|this|that|two|three|several|separate|joint|[\w\-’']+)\s+){0,6}?"
        rf"(?P<noun>{_nouns()})\b(?!\s+(?:{_nouns()})\b)(?!\s+(?:of\s+(?:the\s+)?(?:attack|war|violence)|center|centre|secretary|office\b))",
        re.I,
    )


@cache
def _issued() -> re.Pattern[str]:
    """Issued a statement, posted a video, sent a letter: a verb, a determiner, up to four words, a noun."""
    return re.compile(
        r"\b(?:issu|releas|post|publish|sen[dt]|fil|upload|shar|circulat|wr[io]t|deliver|gave|giv|unveil|record)\w*\s+"
        rf"(?:a|an|the|another|its|his|her|their)\s+(?:[\w\-’']+\s+){{0,4}}?(?P<noun>{_nouns()})\b",
        re.I,
    )


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?P<noun>{_nouns()})$", re.I)


def channel(text: str, stmt: Statement, own: Sequence[Span], leads: Sequence[Span]) -> str | None:
    """Return the medium named for a statement, None if none is."""
    cue = " ".join(piece.of(text) for piece in stmt.cue)
    source = " ".join(piece.of(text) for piece in stmt.source)
    if TWEET.search(cue) or EMBEDDED.search(source):
        return "Twitter"
    if named := document(source):
        return named
    parts = [piece.of(text) for piece in (*own, *leads)]
    return in_words([cue, *parts])


def document(source: str) -> str | None:
    """Return the noun of a source that is a document.

    >>> document("A statement from the ministry"), document("the council's spokesman"), document("The Facebook post")
    ('statement', None, 'Facebook')
    """
    head = AFTER_HEAD.split(source, maxsplit=1)[0]
    found = _head().search(head.strip())
    if not found:
        return None
    platform = _platform().search(source)
    return _shown_platform(platform[0]) if platform else shown(found["noun"])


def occasion(words: str) -> str | None:
    """Return the event or speech that a sentence of the reporter's tells of; what is written down does not count.

    >>> occasion("He met the press at a news conference in the garden."), occasion("She sent a letter.")
    ('news conference', None)
    """
    found = _in_medium().search(words)
    noun = shown(found["noun"]) if found else ""
    return noun if noun in lexicon.words("channels", "events", "speeches") else None


def in_words(parts: Sequence[str]) -> str | None:
    """Return the medium that words name; a platform wins over the noun it goes with.

    >>> in_words(["said in a statement posted on Facebook"]), in_words(["said by telephone"]), in_words(["said on Monday"])
    ('Facebook', 'phone', None)
    """
    for part in parts:
        platform = _platform().search(part)
        if platform and re.search(
            r"\b(?:on|via|in|to|through|over|using|Posted|messages)\b", part[: platform.start()] + " ", re.I
        ):
            return _shown_platform(platform[0])
    for part in parts:
        if PHONE.search(part):
            return "phone"
        found = _in_medium().search(part) or _issued().search(part)
        if found:
            return shown(found["noun"])
    return None


def shown(noun: str) -> str:
    """Return a noun as it is shown: lower case, one spelling for the telephone and for e-mail.

    >>> shown("Telephone interview")
    'phone interview'
    """
    low = " ".join(noun.casefold().split())
    return str(lexicon.table("channels", "shown").get(low, low))


def _shown_platform(name: str) -> str:
    low = " ".join(name.casefold().split())
    return "Truth Social" if low.startswith("truth") else str(lexicon.table("channels", "platforms").get(low, name))
