"""Words as linking compares them: takes text, gives its telling words in their stems, and knows no document.

Stems are those of the Snowball English stemmer (Porter, "Snowball", 2001), by the snowballstemmer package.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import snowballstemmer

from onrecord import lexicon

_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon.words("function_words"))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one case-folded word.

    >>> stem("releasing"), stem("releases"), stem("1,200")
    ('releas', 'releas', '1200')
    """
    if word[0].isdigit():
        return word.replace(",", "")
    return str(_stemmer().stemWord(word))


def telling_words(text: str) -> list[str]:
    """Return the stems of the words of `text` that are no function words, in order, repetitions kept.

    >>> telling_words("They said that the locks will be closed")
    ['lock', 'close']
    """
    found = (match.group().casefold() for match in _WORD.finditer(text))
    return [stem(word) for word in found if word not in _function_words()]
