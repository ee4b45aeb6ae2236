"""The forms of English verbs: takes a lemma, gives its inflected forms, and finds listed phrases in a row of words.

Going from lemma to forms, and never back, keeps it exact: only verbs that a word list names are known, and each form leads
to the lemma that made it. What a verb means is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from onrecord import lexicon

Value = TypeVar("Value")
WORD = re.compile(r"[\w@#$%]+(?:[’'\-][\w]+)*[’']?|[:?!—–]")
VOWELS = "aeiou"
NEGATORS = frozenset({"not", "never", "no", "nor", "neither", "without", "hardly"})


@cache
def irregular() -> Mapping[str, tuple[str, ...]]:
    """Return the past forms and other odd forms of irregular verbs, by lemma."""
    return {lemma: tuple(str(forms).split()) for lemma, forms in lexicon.table("verbs", "irregular").items()}


@cache
def doubling() -> frozenset[str]:
    """Return the verbs of several syllables that double their last letter ("admit", "admitted")."""
    return frozenset(lexicon.words("verbs", "doubling"))


@cache
def inflections(lemma: str) -> tuple[str, ...]:
    """Return every form of a verb, the lemma first.

    >>> inflections("deny")
    ('deny', 'denies', 'denying', 'denied')
    >>> inflections("say")
    ('say', 'says', 'saying', 'said')
    """
    if lemma in irregular():
        given = irregular()[lemma]
        return tuple(dict.fromkeys((lemma, _with_s(lemma), _with_ending(lemma, "ing"), *given)))
    return (lemma, _with_s(lemma), _with_ending(lemma, "ing"), _with_ending(lemma, "ed"))


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _with_ending(lemma: str, ending: str) -> str:
    if lemma.endswith("ie") and ending == "ing":
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not (lemma.endswith(("ee", "ye", "oe")) and ending == "ing"):
        return lemma[:-1] + ending
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS and ending == "ed":
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + ending


def _doubles(lemma: str) -> bool:
    """One vowel and one consonant at the end of one syllable: "plan", "slam"; of several only where a list says so."""
    short = re.fullmatch(r"[^aeiou]*(?:qu)?[aeiou][bdgklmnprtv]", lemma) is not None
    return short or lemma in doubling()


CLITICS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
ODD = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
}


def spell(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case, clitics written out, and the marks : ? ! —.

    >>> spell("Hasn’t ruled out")
    ('has', 'not', 'ruled', 'out')
    """
    found: list[str] = []
    for match in WORD.finditer(text.casefold().replace("’", "'")):
        found += _written_out(match.group().rstrip("'"))
    return tuple(found)


def _written_out(word: str) -> tuple[str, ...]:
    if "'" not in word and word != "cannot":
        return (word,) if word else ()
    if word in ODD:
        return ODD[word]
    for clitic, meant in CLITICS.items():
        if word.endswith(clitic) and len(word) > len(clitic):
            return (word.removesuffix(clitic), meant)
    return (word,)


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A listed phrase found at `start` up to `end` (word positions), its `lemma` as listed, and its `value`."""

    start: int
    end: int
    lemma: str
    value: Value


class Phrases(Generic[Value]):
    """Finds listed phrases whose first word may be inflected: "rule out" finds "ruled out" and "ruling it out".

    Between the first word and the rest up to two words may stand ("ruled it out", "called again for").
    """

    def __init__(self, listed: Mapping[str, Value]) -> None:
        """Make the table; later phrases of the same words do not replace earlier ones."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, Value]]] = {}
        for phrase, value in listed.items():
            first, *rest = phrase.split()
            for form in inflections(first):
                self._by_first.setdefault(form, []).append((tuple(rest), phrase, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], start: int) -> Found[Value] | None:
        """Return the longest phrase that begins at word `start`."""
        for rest, phrase, value in self._by_first.get(words[start], ()):
            end = _rest_ends(words, start + 1, rest)
            if end is not None:
                return Found(start, end, phrase, value)
        return None

    def all(self, words: Sequence[str]) -> tuple[Found[Value], ...]:
        """Return the phrases found, in the order of the words.

        >>> [f.lemma for f in Phrases({"rule out": "refuse", "say": ""}).all(("has", "not", "ruled", "it", "out"))]
        ['rule out']
        """
        return tuple(found for start in range(len(words)) if (found := self.at(words, start)) is not None)


def _rest_ends(words: Sequence[str], start: int, rest: tuple[str, ...]) -> int | None:
    if not rest:
        return start
    for gap in range(3):
        at = start + gap
        if tuple(words[at : at + len(rest)]) == rest:
            return at + len(rest)
    return None


def negated(words: Sequence[str], before: int) -> bool:
    """Tell whether a negator stands among the four words before position `before`."""
    return any(word in NEGATORS for word in words[max(0, before - 4) : before])
