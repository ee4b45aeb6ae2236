"""Tokens: takes a text, gives the span of every word, number and mark, in order; white space and invisible marks are in none.

A possessive or clitic is a token of its own ("Okafor" + "'s", "do" + "n't"), a hyphenated word is one, a number keeps its
points and commas, an emoji its modifiers, a letter its combining marks.
"""

from __future__ import annotations

import re

from onrecord.document import Span
from onrecord.segment.paragraphs import INVISIBLE

# Python's \w leaves combining marks out, which would tear "é" apart where it is written with one; blocks from Unicode 15
COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
LETTER = rf"[\w{COMBINING}]"
HYPHENED = rf"(?:[-\u2010\u2011]{LETTER}++)*+"
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}+"  # U.S.
    rf"|\d++(?:[.,]\d++)*+{LETTER}*+{HYPHENED}"  # 1,000.5 and 5bn and 30-year
    rf"|({LETTER}++{HYPHENED}(?:['’]{LETTER}++)++)"  # don't
    rf"|{LETTER}++{HYPHENED}"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|([^\w\s])\2{7,}+"  # a ruled line or an ornament is one token, or 50 MB of brackets would be 50 million
    r"|''|``|\.{2,}+|-{2,}+"
    r"|[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    rf"|[^\s{INVISIBLE}][{COMBINING}]*+(?:\u200d[^\s{INVISIBLE}\w][{COMBINING}]*+)*+"
)
CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)


def find_tokens(text: str) -> tuple[Span, ...]:
    """Return the spans of the tokens.

    >>> [span.of("They don't pay $1,000.50.") for span in find_tokens("They don't pay $1,000.50.")]
    ['They', 'do', "n't", 'pay', '$', '1,000.50', '.']
    """
    tokens: list[Span] = []
    add, make = tokens.append, Span._make
    for match in TOKEN.finditer(text):
        if match.lastindex == 1:
            tokens += _split_clitic(match)
        else:
            add(make(match.span()))
    return tuple(tokens)


def _split_clitic(match: re.Match[str]) -> list[Span]:
    start, end = match.span()
    clitic = CLITIC.search(match.group(), max(0, end - start - 4))
    if clitic is None or clitic.start() == 0:
        return [Span(start, end)]
    return [Span(start, start + clitic.start()), Span(start + clitic.start(), end)]
