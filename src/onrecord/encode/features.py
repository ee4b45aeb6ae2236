"""What the network is told beside the words: takes text and spans, gives small numbers per word piece, and knows no model.

The word pieces are lower-cased, so the case of a word is told apart; and a piece is told whether it stands in quotation
marks, at the start of its paragraph, and in a heading. Training and running call the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from onrecord.document import Quotation

WORD = re.compile(r"\w+")
# case of the word a piece stands in
LOWER, CAPITAL, UPPER, MIXED, DIGITS, SIGN = 1, 2, 3, 4, 5, 6
# place of a piece to quotation marks: outer ones, then those inside others
INSIDE, OPENING, CLOSING, DEEP_INSIDE, DEEP_OPENING, DEEP_CLOSING = 1, 2, 3, 4, 5, 6
# place in the paragraph; two are added in a heading
FIRST, LATER, HEADING = 1, 2, 2
HEADING_WORDS = 25
SENTENCE_ENDS = tuple(".!?”\"'’:;,")
REACH = 16
BUCKETS = 32


def case_of(word: str) -> int:
    """Return the class of a word's case.

    >>> [case_of(w) for w in ("talks", "Geneva", "UN", "McKay", "2024")]
    [1, 2, 3, 4, 5]
    """
    if word.islower():
        return LOWER
    if word.isdigit():
        return DIGITS
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    return CAPITAL if word[0].isupper() and word[1:].islower() else MIXED


def cases(text: str) -> Any:
    """Return the case class of every character's word."""
    out = np.full(len(text), SIGN, np.int64)
    for match in WORD.finditer(text):
        out[match.start() : match.end()] = case_of(match.group())
    return out


def quote_places(length: int, quotations: Iterable[Quotation]) -> Any:
    """Return, for every character of a text of `length`, where it stands to quotation marks.

    >>> from onrecord.document import Span
    >>> quote_places(6, (Quotation((Span(1, 5),)),)).tolist()
    [0, 2, 1, 1, 3, 0]
    """
    out = np.zeros(length, np.int64)
    for quotation in sorted(quotations, key=lambda q: q.depth):
        deep = DEEP_INSIDE - INSIDE if quotation.depth else 0
        for i, (start, end) in enumerate(quotation.pieces):
            out[start:end] = INSIDE + deep
            out[start] = OPENING + deep
            if quotation.closed and i == len(quotation.pieces) - 1:
                out[end - 1] = CLOSING + deep
    return out


def is_heading(paragraph: str) -> bool:
    """Tell whether a paragraph reads like a heading: short, and without the end of a sentence.

    >>> is_heading("Talks end without a deal"), is_heading("Talks ended without a deal.")
    (True, False)
    """
    return not paragraph.endswith(SENTENCE_ENDS) and len(paragraph.split()) <= HEADING_WORDS


def piece_features(case: Any, quote: Any, starts: Any, heading: bool) -> Any:
    """Return an array (pieces, 3): case, quotation, place, for pieces of one paragraph that start at `starts`."""
    out = np.empty((len(starts), 3), np.int64)
    out[:, 0] = case[starts]
    out[:, 1] = quote[starts]
    out[:, 2] = LATER + (HEADING if heading else 0)
    out[:1, 2] -= LATER - FIRST
    return out


def quote_segments(quote: Any) -> Any:
    """Return a number for every piece that changes with every quotation mark."""
    opens = (quote == OPENING).astype(np.int64)
    after = np.concatenate([[0], (quote[:-1] == CLOSING).astype(np.int64)])
    return np.cumsum(opens + after)


def buckets(distance: Any) -> Any:
    """Return signed distances in pieces as numbers 0 to 31, finer near the cue; 0 is the cue itself.

    >>> buckets(np.array([0, 1, 5, 60, -1])).tolist()
    [0, 1, 5, 12, 17]
    """
    far = np.abs(distance)
    wide = 6 + np.floor(np.log2(np.maximum(far, 1) / 6) * 2)
    out = np.where(far < 6, far, np.minimum(REACH - 1, wide))
    return np.where(distance < 0, REACH + out, out).astype(np.int64)


def relations(quote: Any, segments: Any, starts: Any, ends: Any) -> tuple[Any, Any]:
    """Return distance buckets and relation numbers (cues, pieces) of every piece to cues [starts, ends).

    A relation is 0 in the same stretch between quotation marks as the cue, 1 in another that is quoted, 2 in another
    that is not.
    """
    at = np.arange(len(quote))[None, :]
    a, b = starts[:, None], ends[:, None]
    distance = np.where(at < a, at - a, np.where(at >= b, at - b + 1, 0))
    same = segments[None, :] == segments[starts][:, None]
    return buckets(distance), np.where(same, 0, np.where(quote[None, :] > 0, 1, 2))
