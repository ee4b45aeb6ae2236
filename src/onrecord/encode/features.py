"""What the network is told beside the words: takes text and spans, gives small numbers per word piece, and knows no model.

The word pieces are lower-cased, so the case of a word is told apart; and a piece is told whether it stands in quotation
marks, at the start of its paragraph, and in a heading. Training and running call the same functions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
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
FARTHEST = 255  # pieces; all that is farther shares the last bucket


@lru_cache(1 << 14)
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
    edges, kinds = [0], [SIGN]
    for match in WORD.finditer(text):
        edges += match.span()
        kinds += (case_of(match.group()), SIGN)
    edges.append(len(text))
    bounds: Any = np.array(edges, np.int64)
    return np.repeat(np.array(kinds, np.int64), np.diff(bounds))


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
    """Return a number for every piece that changes with every quotation mark; of each row by itself."""
    marks = (quote == OPENING).astype(np.int64)
    marks[..., 1:] += quote[..., :-1] == CLOSING
    return np.cumsum(marks, axis=-1)


def _bucket(distance: int) -> int:
    """The number of a distance: one each up to 5, then two for every doubling."""
    return distance if distance < 6 else min(REACH - 1, 6 + math.floor(math.log2(distance / 6) * 2))


_BUCKETS = np.array([_bucket(distance) for distance in range(FARTHEST + 1)])


def buckets(distance: Any) -> Any:
    """Return signed distances in pieces as numbers 0 to 31, finer near the cue; 0 is the cue itself.

    >>> buckets(np.array([0, 1, 5, 60, -1])).tolist()
    [0, 1, 5, 12, 17]
    """
    return _BUCKETS[np.minimum(np.abs(distance), FARTHEST)] + REACH * (distance < 0)


def relations(quote: Any, segments: Any, starts: Any, ends: Any) -> tuple[Any, Any]:
    """Return distance buckets and relation numbers (cues, pieces) of every piece to cues [starts, ends).

    `quote` and `segments` are those of one window, or have a row for every cue. A relation is 0 in the same stretch between
    quotation marks as the cue, 1 in another that is quoted, 2 in another that is not.
    """
    at, a, b = np.arange(quote.shape[-1]), starts[:, None], ends[:, None]
    distance = np.minimum(at - a, 0) + np.maximum(at - b + 1, 0)
    own = np.broadcast_to(segments, distance.shape)[np.arange(len(starts)), starts]
    return buckets(distance), np.where(segments == own[:, None], 0, np.where(quote > 0, 1, 2))
