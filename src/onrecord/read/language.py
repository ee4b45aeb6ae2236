"""The language of a text: takes text, gives an ISO 639-1 code or None where it cannot be told; translates nothing.

Scripts tell many languages apart, frequent words the others (data/language.toml), resiliparse's n-gram counts what is left. A
text is called foreign only when it is long enough and has few English function words, for a report wrongly called foreign
is not extracted, and that is the worse mistake.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord import lexicon

SAMPLE = 6_000
LONG = 120
"""Letters below which letter statistics alone decide nothing."""
# Shares of frequent words: English news has 0.3 to 0.45 of English ones, other European languages under 0.05
ENGLISH, FOREIGN = 0.15, 0.10
UNLISTED = 0.02  # n-gram counts alone say "lb" of an English menu
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SCRIPTS = (  # a script that one language nearly owns, or whose language the n-gram counts must tell (None)
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
NOT_LATIN = re.compile("[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufefe]")
SHARED_SCRIPTS = {"ar", "ru", "hi"}


def language(text: str) -> str | None:
    """Return the language of a text, None where it is too short or too mixed to tell.

    >>> language("The ferry was late, and the passengers had to wait for it on the pier.")
    'en'
    >>> language("Die Fähre kam zu spät, und die Fahrgäste mussten am Kai auf das nächste Schiff der Reederei warten, "
    ...          "wie ein Sprecher des Hafens am Dienstag der Zeitung sagte.")
    'de'
    >>> language("Oslo 3, Riga 1") is None
    True
    """
    sample = _sample(text)
    words = [word.lower() for word in WORD.findall(sample)]
    letters = sum(map(len, words))
    if not letters:
        return None
    if script := _script(sample, letters):
        return script if script not in SHARED_SCRIPTS else _by_words(words)[0] or _counted(sample) or script
    name, share = _by_words(words)
    if name == "en" and share >= ENGLISH and len(words) >= 3:
        return "en"
    listed = name is not None and share >= ENGLISH
    guess = name if listed else _counted(sample)
    english = sum(word in _lists()["en"] for word in words) / len(words)
    if guess == "en":
        return "en" if english >= FOREIGN or len(words) < 20 else None
    return guess if letters >= LONG and english < (FOREIGN if listed else UNLISTED) else None


def _sample(text: str) -> str:
    """The beginning and the middle: a foreign menu before an English report must not decide alone."""
    if len(text) <= SAMPLE:
        return text
    half, middle = SAMPLE // 2, len(text) // 2
    return text[:half] + "\n" + text[middle : middle + half]


def _script(sample: str, letters: int) -> str | None:
    if sample.isascii() or len(NOT_LATIN.findall(sample)) * 3 < letters:
        return None
    counts = [(name, len(pattern.findall(sample))) for name, pattern in SCRIPTS]
    if counts[0][1] * 20 > letters:  # kana among Chinese characters: Japanese
        return "ja"
    name, count = max(counts, key=lambda pair: pair[1])
    return name if count * 2 > letters else None


def _by_words(words: list[str]) -> tuple[str | None, float]:
    """The language most of whose frequent words stand in the text, and their share of all; ties go to the first by code."""
    counts = [(sum(word in known for word in words), name) for name, known in sorted(_lists().items())]
    count, name = max(counts, key=lambda pair: pair[0])
    return (name, count / len(words)) if count else (None, 0.0)


def _counted(sample: str) -> str | None:
    """What resiliparse's n-gram counts say, for languages without a word list."""
    from resiliparse.parse.lang import detect_fast

    name = str(detect_fast(sample)[0])
    return name if len(name) == 2 else None


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lexicon.groups("language").items()}
