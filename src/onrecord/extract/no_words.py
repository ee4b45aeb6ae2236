"""Cues that name nobody's words: takes a cue and a source as text, tells what speaks against their being a statement's.

docs/annotation-guidelines.md leaves out what pictures show and what somebody has yet to do; who is cited is no content either. A
cue without any phrase of `data/acts.toml` names no act of speech or thought that is known: of the readings of such cues held out
of the training, those below a confidence of .6 were right for one in three. How much is asked of them is set in `settings`;
nothing is dropped here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.verbs import Phrases, inflections, spell

CUES = 4096  # cues whose words are remembered: the same few hundred make up most of the news
LONGEST = 300  # characters of a cue or source that are looked at
WORD = re.compile(r"[\w-]+")
CITES = re.compile(r"(?:\w+ly )?cit(?:ing|ed|es|e)", re.IGNORECASE)
AFTER_HEAD = re.compile(
    r",|\s(?:of|in|from|at|on|to|by|for|with|within|near|inside|as|who|whom|that|which|it|they|he|she|familiar|close|briefed|involved|present)\b"
)
ATTRIBUTES = frozenset(':=-–—―"“”„«»,')
LETTER = re.compile(r"[^\W\d_]")


@lru_cache(CUES)
def is_unlisted(cue: str) -> bool:
    """Tell whether a cue holds words, but none of the listed words for saying, thinking and the like.

    >>> is_unlisted("has rebuilt"), is_unlisted("has denied"), is_unlisted(":"), is_unlisted("For")
    (True, False, False, False)
    """
    return bool(LETTER.search(cue)) and not is_bare(cue) and not _phrases().all(spell(cue[:LONGEST]))


def is_bare(cue: str) -> bool:
    """Tell whether a cue is nothing but a preposition: "For the miners, ..."."""
    return set(spell(cue[:LONGEST])) <= _words("bare")


def is_picture(source: str, cue: str) -> bool:
    """Tell whether a picture shows what would be the content.

    >>> is_picture("A photo taken from the bridge", "shows"), is_picture("A report", "shows")
    (True, False)
    """
    return _is_shown(cue) and not _words("images").isdisjoint(
        word.casefold() for word in WORD.findall(source[:LONGEST])
    )


def is_origin(cue: str, content: str) -> bool:
    """Tell whether what is cited is whoever said it, not what was said: the origin of a report is no content.

    >>> is_origin("citing", "two officials familiar with it"), is_origin("citing", "low growth"), is_origin("said", "police")
    (True, False, False)
    """
    if not CITES.fullmatch(cue):
        return False
    head = WORD.findall(AFTER_HEAD.split(content[:LONGEST], maxsplit=1)[0])
    return bool(head) and head[-1].casefold() in _words("cited")


@lru_cache(CUES)
def is_ahead(cue: str) -> bool:
    """Tell whether a cue says what somebody has yet to do, or is bound to.

    >>> is_ahead("must decide by May"), is_ahead("decided"), is_ahead("must")
    (True, False, False)
    """
    words = " ".join(spell(cue[:LONGEST]))
    return any(words.startswith(duty + " ") for duty in lexicon.words("no_words", "duties"))


@lru_cache(CUES)
def is_stray(cue: str) -> bool:
    """Tell whether a cue is a mark that attributes nothing: an apostrophe, a bracket.

    >>> is_stray("'"), is_stray(":"), is_stray("—"), is_stray("says")
    (True, False, False, False)
    """
    return not LETTER.search(cue) and ATTRIBUTES.isdisjoint(cue)


@lru_cache(CUES)
def _is_shown(cue: str) -> bool:
    return not _shows().isdisjoint(spell(cue[:LONGEST]))


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(lexicon.words("no_words", group))


@cache
def _shows() -> frozenset[str]:
    return frozenset(form for verb in lexicon.words("no_words", "shows") for form in inflections(verb))


@cache
def _phrases() -> Phrases[str]:
    listed: dict[str, str] = {}
    for group, members in lexicon.groups("acts").items():
        listed |= dict.fromkeys(members, group)
    return Phrases(listed)
