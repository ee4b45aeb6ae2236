"""How alike two sentences are in what they say: takes texts, gives small vectors and a number, and knows no document.

A sentence's vector is the weighted mean of small vectors of its word pieces, learned so that cosines come out as those of
all-MiniLM-L6-v2 do (`training/similarity.py`); the word pieces are the shared encoder's. Words are looked up and not encoded
again, so that no vector need be kept in a record. Two sentences are set beside each other word by word: one stem is one word
whatever its vector, numbers go by their value, and a name spelt otherwise by its letters. Likeness is no sameness: "it fell" and
"it did not fall" are alike.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from onrecord.numbers import number_value
from onrecord.vocabulary import stem

FILE, TOKENIZER = "similarity.npz", "tokenizer.json"
LONGEST = 4000  # characters of a text that are looked at
WORDS = 128  # words of a text that are set beside another's
LONGEST_WORD = 40
# How words are set beside each other was chosen on MSR paraphrases and the STS sets of 2012 and 2013 that are not headlines.
TAMED = 0.7  # power of words' weights: rare ones count for less
OTHER_NUMBER = 0.3  # what is left of the nearness of two numbers that differ: the vectors of "40" and "50" are near
NO_NUMBER = 0.5  # what a number and another word are near at most
SPELT = 0.5  # share of letter pairs from which on a rare word can be another, spelt otherwise
SHORTEST_SPELT = 5  # letters
WHOLE = 0.15  # how much the whole vectors count beside the words
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_NOT_LATIN = re.compile("[\u0300-\U0010ffff]")  # where accents are, taken apart from their letters


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The small vectors by word piece, scaled, with their weights; the vocabulary gives the row of a piece."""

    by: str
    rows: dict[str, int]
    vectors: Any
    weights: Any

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self.vectors.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The words of a text, as they are set beside another's: each once, with its unit vector and weight.

    `places` says where a stem is found, `numbers` which words have a value, `spelt` which are long enough for their letters to
    tell, with whether the vocabulary has them in pieces only.
    """

    vectors: Any
    weights: Any
    places: dict[str, list[int]]
    numbers: dict[int, float]
    spelt: dict[int, tuple[str, bool]]


@cache
def table() -> Table:
    """Return what was learned, loaded once a process."""
    folder = files("onrecord") / "models" / "en"
    vocabulary = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))["model"]["vocab"]
    with (folder / FILE).open("rb") as opened, np.load(opened) as kept:
        place, vectors = kept["rows"], kept["table"].astype(np.float32) * kept["scale"]
        rows = {piece: int(place[n]) for piece, n in vocabulary.items() if place[n]}
        return Table(str(kept["by"]), rows, vectors, kept["weight"].astype(np.float32))


def pieces(word: str) -> list[str]:
    """Return the word pieces of a case-folded word, the longest first (WordPiece: Wu et al. 2016); none where one is not known.

    >>> pieces("ceasefire"), pieces("bargemen")
    (['ceasefire'], ['barge', '##men'])
    """
    known, found, at = table().rows, [], 0
    while at < len(word):
        for end in range(len(word), at, -1):
            piece = word[at:end] if at == 0 else f"##{word[at:end]}"
            if piece in known:
                found.append(piece)
                at = end
                break
        else:
            return []
    return found


@lru_cache(maxsize=100_000)
def _word(word: str) -> tuple[Any, float]:
    """Return the weighted sum of the vectors of a word's pieces, and the sum of their weights."""
    known = table()
    some = [known.rows[piece] for piece in (pieces(word) if len(word) <= LONGEST_WORD else ())]
    weights = known.weights[some]
    return weights @ known.vectors[some], float(weights.sum())


def words(text: str) -> list[str]:
    """Return the words and marks of a text as the vocabulary has them: lower case, without accents.

    >>> words("Café “closed”")
    ['cafe', '“', 'closed', '”']
    """
    plain = text[:LONGEST].lower()
    if not plain.isascii():
        plain = _NOT_LATIN.sub(_unless_accent, unicodedata.normalize("NFD", plain))
    return [word for found in _WORD.findall(plain) for word in ([found] if len(found) <= LONGEST_WORD else [])]


def _unless_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found.group()) == "Mn" else found.group()


def vectors(texts: Sequence[str]) -> Any:
    """Return an array with a row of length 1 a text; a text without a known word has a row of zeros."""
    out = np.zeros((len(texts), table().width), np.float32)
    for row, text in enumerate(texts):
        some = [_word(word)[0] for word in words(text)]
        if some:
            out[row] = np.add.reduce(some, axis=0)
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    return out / np.where(lengths > 0, lengths, 1)


def similarity(a: str, b: str) -> float:
    """Return how alike two sentences are, 0 to 1: how near their words come to each other, and a little their vectors.

    >>> alike = similarity("The dam was shut on Monday", "On Monday they closed the dam")
    >>> alike > similarity("The dam was shut on Monday", "The minister resigned")
    True
    """
    one, other = vectors([a, b])
    return (1 - WHOLE) * paired(a, b) + WHOLE * max(0.0, float(one @ other))


def paired(a: str, b: str, least: float = 0.0) -> float:
    """Return how near the words of two sentences are to the nearest in the other, on average by their weights, 0 to 1.

    A word whose nearest is less near than `least` has none. As in word alignment for likeness (Sultan et al., DLS@CU, SemEval
    2014), with learned vectors in place of a thesaurus.
    """
    first, second = _side(a), _side(b)
    if first is None or second is None:
        return 0.0
    like = nearness(first, second)
    like *= like >= least
    found = first.weights @ like.max(1) + second.weights @ like.max(0)
    return float(found / (first.weights.sum() + second.weights.sum()))


def nearness(one: Side, other: Side) -> Any:
    """Return how near each word of one text is to each of another, 0 to 1: by stems, values, letters, and vectors."""
    like = np.clip(one.vectors @ other.vectors.T, 0, 1)
    _by_letters(like, one.spelt, other.spelt)
    if one.numbers or other.numbers:
        _by_value(like, one.numbers, other.numbers)
    for shared in one.places.keys() & other.places.keys():
        for i in one.places[shared]:
            like[i, other.places[shared]] = 1
    return like


def _by_letters(like: Any, one: dict[int, tuple[str, bool]], other: dict[int, tuple[str, bool]]) -> None:
    for i, (word, rare) in one.items():
        for j, (another, as_rare) in other.items():
            if rare or as_rare:
                share = _spelt_alike(word, another)
                if share >= SPELT:
                    like[i, j] = max(like[i, j], share)


def _by_value(like: Any, one: dict[int, float], other: dict[int, float]) -> None:
    counted = like.copy()
    some, others = list(one), list(other)
    like[some] = np.minimum(like[some], NO_NUMBER)
    like[:, others] = np.minimum(like[:, others], NO_NUMBER)
    for i, value in one.items():
        for j, another in other.items():
            like[i, j] = 1 if value == another else OTHER_NUMBER * counted[i, j]


@lru_cache(maxsize=100_000)
def _spelt_alike(a: str, b: str) -> float:
    """Return what share of their letter pairs two words have in common, their ends counted."""
    one, other = (set(pairwise(f"<{word}>")) for word in (a, b))
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=50_000)
def _value(word: str) -> float | None:
    value = number_value(word)
    return None if value is None else float(value)


@lru_cache(maxsize=8192)
def _side(text: str) -> Side | None:
    known = [(word, *_word(word)) for word in dict.fromkeys(words(text)[:WORDS]) if word[0].isalnum()]
    some = [(word, vector, weight) for word, vector, weight in known if weight > 0]
    if not some:
        return None
    rows = np.stack([vector for _, vector, _ in some])
    places: dict[str, list[int]] = {}
    for at, (word, _, _) in enumerate(some):
        places.setdefault(stem(word), []).append(at)
    return Side(
        rows / np.linalg.norm(rows, axis=1, keepdims=True),
        np.array([weight for *_, weight in some], np.float32) ** TAMED,
        places,
        {at: value for at, (word, _, _) in enumerate(some) if (value := _value(word)) is not None},
        {
            at: (word, len(pieces(word)) > 1)
            for at, (word, _, _) in enumerate(some)
            if len(word) >= SHORTEST_SPELT and word.isalpha()
        },
    )
