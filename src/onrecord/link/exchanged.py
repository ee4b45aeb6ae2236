"""Words that were exchanged: takes two texts that tell the same, gives what the one calls what the other calls otherwise.

Only nouns with their attributes count, as far as that shows without a parser: one to three words between words that both have,
after a determiner, a number or a possessive, or at the end of the text. Nothing is known here of referents: two words stand in
one another's place, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from onrecord import lexicon
from onrecord.document import Span
from onrecord.numbers import number_value
from onrecord.vocabulary import stem

BY = "rule:exchanged-1"
MOST_WORDS = 400  # of a passage; what comes after is not compared
LONGEST = 3  # words of a noun with its attributes
FRAME = 3  # words around it that both have
ALIKE = 0.45  # share of words in common below which two texts tell the same otherwise, and nothing stands in its place
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What stands in one text in the place of something else in the other; spans are in the two texts."""

    a: Span
    b: Span
    words_a: str
    words_b: str


def exchanges(a: str, b: str) -> tuple[Exchange, ...]:
    """Return the nouns that two texts exchange, in the order of the first.

    >>> [(one.words_a, one.words_b) for one in exchanges("He freed the hostages on Monday", "He freed the detainees on Monday")]
    [('hostages', 'detainees')]
    """
    return tuple(_exchanges(a, b))


def _exchanges(a: str, b: str) -> Iterator[Exchange]:
    mine, theirs = (list(_WORD.finditer(text))[:MOST_WORDS] for text in (a, b))
    words_a, words_b = ([word.group().casefold() for word in some] for some in (mine, theirs))
    match = SequenceMatcher(None, words_a, words_b, autojunk=False)
    if match.ratio() < ALIKE:
        return
    codes = match.get_opcodes()
    for n, (what, i, i_end, j, j_end) in enumerate(codes):
        framed = n > 0 and (n + 1 < len(codes) or (i_end == len(mine) and j_end == len(theirs)))
        if what != "replace" or not framed or _frame(codes, n) < FRAME:
            continue
        one, other = _nouns(mine, i, i_end), _nouns(theirs, j, j_end)
        if one is None or other is None:
            continue
        x, y = Span(one[0].start(), one[-1].end()), Span(other[0].start(), other[-1].end())
        if _spelt(one[-1].group()) != _spelt(other[-1].group()) and _joined(one) != _joined(other):
            yield Exchange(x, y, x.of(a).casefold(), y.of(b).casefold())


def _frame(codes: Sequence[tuple[str, int, int, int, int]], n: int) -> int:
    """Return how many words around an exchange both texts have; 0 where none stands before it."""
    before = codes[n - 1]
    after = codes[n + 1] if n + 1 < len(codes) else None
    if before[0] != "equal":
        return 0
    return before[2] - before[1] + (after[2] - after[1] if after and after[0] == "equal" else 0)


def _nouns(words: list[re.Match[str]], start: int, end: int) -> list[re.Match[str]] | None:
    """Return the words of a noun that stand at these places, without what leads to it; None where there is none."""
    at = start
    while at < end and _leads(words[at].group()):
        at += 1
    kept = words[at:end]
    led = at > 0 and (_leads(words[at - 1].group()) or (at > 1 and at == start and _leads(words[at - 2].group())))
    plain = all(word.group()[0].islower() and word.group() not in _small() for word in kept)
    return kept if kept and led and plain and len(kept) <= LONGEST else None


def _joined(words: list[re.Match[str]]) -> str:
    return "".join(word.group().casefold().replace("-", "") for word in words)


def _spelt(word: str) -> str:
    """Return a word's stem with what British and American spelling tell apart made one.

    >>> _spelt("metres") == _spelt("meters"), _spelt("labour") == _spelt("labor"), _spelt("migrant") == _spelt("immigrant")
    (True, True, False)
    """
    found = stem(word.casefold().replace("-", ""))
    for british, american in (
        ("our", "or"),
        ("is", "iz"),
        ("ll", "l"),
        ("ae", "e"),
        ("oe", "e"),
        ("ogu", "og"),
        ("nc", "ns"),
    ):
        found = found.replace(british, american)
    return found[:-1] + "er" if found.endswith("tr") else found


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon.words("function_words"))


@cache
def _determiners() -> frozenset[str]:
    whose = ("my", "our", "your", "his", "her", "its", "their")
    return frozenset(lexicon.words("function_words", "articles")) | frozenset(whose)


def _leads(word: str) -> bool:
    """Say whether a noun can follow: a determiner, a possessive, a number."""
    folded = word.casefold()
    return folded in _determiners() or folded.endswith(("'s", "’s")) or number_value(folded) is not None
