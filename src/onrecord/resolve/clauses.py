"""The edges of clauses, without a parser: takes a run of text in pieces, gives its words and where clauses begin and end.

Punctuation, subordinators, pronouns and finite auxiliaries decide. What the clauses mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon
from onrecord.document import Span

TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*|[^\w\s]")
QUOTES = frozenset("\"“”„‘’'«»`")
BREAK = "¦"
COMMAS = frozenset({",", BREAK, "—", "–", ":"})
STOPS = frozenset({";", "(", ")", "…"})
JOINERS = frozenset({"and", "or", "but", "nor"})
LONGEST = 400
NEGATORS = frozenset(
    {
        "no",
        "not",
        "never",
        "cannot",
        "nothing",
        "nobody",
        "none",
        "neither",
        "nor",
        "refuse",
        "refuses",
        "refused",
        "rejects",
        "hardly",
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark: `low` is how it reads in lower case, with straight apostrophes; `span` where it stands."""

    low: str
    span: Span


@cache
def listed(*groups: str) -> frozenset[str]:
    """Return the words of groups of `data/conditions.toml`."""
    return frozenset(lexicon.words("conditions", *groups))


def line(text: str, pieces: Sequence[Span]) -> tuple[Word, ...]:
    """Return the words of the pieces, a break mark between two pieces.

    >>> [word.low for word in line("No deal, she said, unless", (Span(0, 8), Span(19, 25)))]
    ['no', 'deal', ',', '¦', 'unless']
    """
    words: list[Word] = []
    for piece in pieces:
        if words:
            words.append(Word(BREAK, Span(piece.start, piece.start)))
        for match in TOKEN.finditer(text, piece.start, piece.end):
            words.append(Word(match.group().casefold().replace("’", "'"), Span(*match.span())))
            if len(words) >= LONGEST:
                return _without_asides(words)
    return _without_asides(words)


def _without_asides(words: list[Word]) -> tuple[Word, ...]:
    """Leave out what stands in closed brackets, up to twelve words: an aside is no edge of a clause."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        shut = (
            next((k for k in range(at + 1, min(at + 14, len(words))) if words[k].low == ")"), None)
            if words[at].low == "("
            else None
        )
        if shut is None:
            kept.append(words[at])
        at = at + 1 if shut is None else shut + 1
    return tuple(kept)


def negated(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether a negator stands among words `start` to `end`."""
    return any(word.low in NEGATORS or word.low.endswith("n't") for word in words[start:end])


def finite(word: Word) -> bool:
    """Tell whether a word is a finite auxiliary, or ends in one ("they'll")."""
    return word.low in listed("modal") or word.low.endswith(("'ll", "'re", "n't", "'ve", "'d", "'m"))


def opens_clause(words: Sequence[Word], at: int, reach: int = 9) -> bool:
    """Tell whether a main clause begins at `at`: a pronoun, or a noun phrase that comes to a finite auxiliary soon."""
    at = after_marks(words, at)
    if at >= len(words):
        return False
    if words[at].low in listed("subject"):
        return True
    for word in words[at : at + reach]:
        if word.low in COMMAS or word.low in STOPS:
            return False
        if finite(word):
            return True
    return False


def after_marks(words: Sequence[Word], at: int) -> int:
    """Return the first position from `at` on that is no quotation mark."""
    while at < len(words) and words[at].low in QUOTES:
        at += 1
    return at


def boundaries(words: Sequence[Word], start: int) -> Iterator[int]:
    """Yield the positions of commas, breaks and dashes from `start` on, up to the first stop."""
    for at in range(start, len(words)):
        if words[at].low in STOPS:
            return
        if words[at].low in COMMAS:
            yield at


def clause_start(words: Sequence[Word], before: int) -> int:
    """Return where the clause that ends before `before` begins: after a stop, or a comma that opens a clause of its own."""
    for at in range(before - 2, -1, -1):
        low = words[at].low
        if low in STOPS or low in {"—", "–", ":", "!", "?"}:
            return at + 1
        if low in {",", BREAK} and words[at + 1].low in JOINERS and opens_clause(words, at + 2) and at + 4 < before:
            return at + 1
    return 0


def trim(words: Sequence[Word], start: int, end: int) -> Span | None:
    """Return the span of words `start` to `end` less leading joiners and marks and trailing marks, None if nothing is left.

    Of a run over a break the longer part is taken.
    """
    best: tuple[int, int] | None = None
    for part_start, part_end in _parts(words, start, end):
        while part_start < part_end and (words[part_start].low in listed("leading") or _mark(words[part_start])):
            part_start += 1
        while part_start < part_end and (
            _mark(words[part_end - 1]) or words[part_end - 1].low in {"and", "or", "but", "only", "even"}
        ):
            part_end -= 1
        if part_end > part_start and (best is None or part_end - part_start > best[1] - best[0]):
            best = part_start, part_end
    return Span(words[best[0]].span.start, words[best[1] - 1].span.end) if best else None


def _parts(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for k in range(start, end):
        if words[k].low == BREAK:
            yield at, k
            at = k + 1
    yield at, end


def _mark(word: Word) -> bool:
    return not word.low[0].isalnum() and word.low not in {"$", "€", "£", "#", "@"}
