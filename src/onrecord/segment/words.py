"""The word lists of this room: takes a group's name, gives its words from `data/abbreviations.toml` as a set."""

from __future__ import annotations

from functools import cache

from onrecord import lexicon


@cache
def word_group(group: str) -> frozenset[str]:
    """Return the words of one group, lower case.

    >>> "gen" in word_group("titles")
    True
    """
    return frozenset(lexicon.words("abbreviations", group))
