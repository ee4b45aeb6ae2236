"""How alike two sentences are in what they say: takes texts, gives small vectors and a number, and knows no document.

A sentence's vector is the weighted mean of small vectors of its word pieces, learned so that cosines come out as those of
all-MiniLM-L6-v2 do (`training/similarity.py`); the word pieces are the shared encoder's. Words are looked up and not encoded
again, so that no vector need be kept in a record. Likeness is no sameness: "it fell" and "it did not fall" are alike.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.vocabulary import telling_words

FILE, TOKENIZER = "similarity.npz", "tokenizer.json"
LONGEST = 4000  # characters of a text that are looked at
WORDS = 128  # words of a text that are set beside another's
LONGEST_WORD = 40
NEAR = 0.6  # cosine from which on two words stand for each other; chosen on MSR paraphrases
PAIRED = 0.6  # how much paired words count against shared stems; chosen there too
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
    """Return how alike two sentences are, 0 to 1: how well their words pair off, and how many stems they share.

    >>> alike = similarity("The dam was shut on Monday", "On Monday they closed the dam")
    >>> alike > similarity("The dam was shut on Monday", "The minister resigned")
    True
    """
    one, other = set(telling_words(a[:LONGEST])), set(telling_words(b[:LONGEST]))
    shared = 2 * len(one & other) / max(1, len(one) + len(other))
    return PAIRED * paired(a, b) + (1 - PAIRED) * shared


def paired(a: str, b: str) -> float:
    """Return what share of the weight of two sentences' words has a near word in the other, 0 to 1.

    The nearest stands for a word where its cosine is `NEAR` or more, as in word alignment for likeness (Sultan et al., DLS@CU,
    SemEval 2014), with learned vectors in place of a thesaurus.
    """
    first, second = _matrix(a), _matrix(b)
    if first is None or second is None:
        return 0.0
    (x, p), (y, q) = first, second
    like = x @ y.T
    mine, theirs = like.max(1), like.max(0)
    found = (p * (mine * (mine >= NEAR))).sum() + (q * (theirs * (theirs >= NEAR))).sum()
    return float(found / (p.sum() + q.sum()))


@lru_cache(maxsize=8192)
def _matrix(text: str) -> tuple[Any, Any] | None:
    some = [_word(word) for word in dict.fromkeys(words(text)[:WORDS])]
    some = [(vector, weight) for vector, weight in some if weight > 0]
    if not some:
        return None
    rows = np.stack([vector for vector, _ in some])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), np.array([weight for _, weight in some], np.float32)
