"""What a figure measures: takes a number and what it counts, gives the phrase that says what the number is of, by form."""

from __future__ import annotations

import re

from onrecord.document import Span
from onrecord.extract.counted import Counted
from onrecord.extract.quantities import Quantity

REACH = 150  # characters behind the counted words that are looked at
MOST = 12  # words in a phrase
# a clause or sentence edge ends the phrase, and so does the verb that the counted words are the subject of
EDGE = re.compile(
    r"[,;:.!?()\[\]“”\"—–]|\s-\s|\s(?:and|but|or|while|who|which|that|when|as|after|before|said"
    r"|says|is|are|was|were|has|have|had|will|would)\s"
)
OF = re.compile(r"\s(?:in|of|on|for|per|a|at|from|to|over|by)\s")
PREVIOUS = re.compile(
    r"(?P<noun>(?:[\w’'-]+\s){1,4})(?:of|to|at|by|worth|for)\s(?:(?:just|only|some|about|nearly"
    r"|almost|more than|less than|up to|at least|as much as|a|an|the)\s)*$"
)


def measured(text: str, quantity: Quantity, counted: Counted, sent: Span) -> str | None:
    """Return the counted words with their complement; for money and shares, what is of that size; None where nothing says it.

    >>> from onrecord.extract.quantities import find_quantities
    >>> text = "It sold 20 boats from the north in May."
    >>> measured(text, next(find_quantities(text)), Counted("boat", 16, "noun"), Span(0, 39))
    'boats from the north in May'
    """
    limit = min(sent.end, counted.end + REACH)
    edge = EDGE.search(text, counted.end, limit)
    behind = text[
        quantity.end if counted.how in {"noun", "hyphen", "them"} else counted.end : edge.start() if edge else limit
    ]
    if counted.how in {"percent", "currency", "measure"}:
        before = PREVIOUS.search(text[max(sent.start, quantity.start - 70) : quantity.start])
        if before and not re.match(r"\s(?:of|in)\s", behind):
            return _clean(before["noun"] + (behind if OF.match(behind) else ""))
        behind = re.sub(r"^\s(?:of|in)\s", "", behind)
    return _clean(behind)


def _clean(phrase: str) -> str | None:
    words = phrase.strip(" -,'’\n\t").split()[:MOST]
    while words and words[0].casefold() in {"of", "the", "a", "an", "in", "its"}:
        words = words[1:]
    while words and words[-1].casefold() in {
        "of",
        "the",
        "a",
        "an",
        "in",
        "to",
        "on",
        "for",
        "by",
        "with",
        "from",
        "at",
    }:
        words = words[:-1]
    return " ".join(words) or None
