"""How exact a figure is: takes a text and a number in it, gives the qualifier and how far its words reach to both sides."""

from __future__ import annotations

import re
from functools import cache

from onrecord import lexicon
from onrecord.document import Qualifier, Span
from onrecord.extract.quantities import Quantity

REACH = 45  # characters before a number in which its qualifier may begin
GROUPS: tuple[tuple[str, Qualifier], ...] = (
    ("qualifier_at_least", "at_least"),
    ("qualifier_at_most", "at_most"),
    ("qualifier_more_than", "more_than"),
    ("qualifier_less_than", "less_than"),
    ("qualifier_about", "about"),
)
AFTER: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (
        re.compile(r"\s?(?:\+|-plus\b)|\sor more\b|\sand (?:more|up|above|over)\b|,? at (?:the )?(?:very )?least\b"),
        "at_least",
    ),
    (re.compile(r"\sor (?:less|fewer|under)\b|,? at (?:the )?(?:very )?most\b"), "at_most"),
    (re.compile(r"-odd\b|-ish\b|\sor so\b|,? give or take\b|,? more or less\b"), "about"),
)
# what may stand between a qualifier and its number
BETWEEN = r"(?:\s(?:the|a|an|an additional|another|estimated|total of|its|their|other|only|only about))?"


@cache
def _before() -> re.Pattern[str]:
    parts = []
    for group, qualifier in GROUPS:
        words = sorted(lexicon.words("units", group), key=len, reverse=True)
        parts.append(f"(?P<{qualifier}>{'|'.join(re.escape(word) for word in words)})")
    exact = "|".join(re.escape(word) for word in sorted(lexicon.words("units", "exactly"), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:(?:{'|'.join(parts)}){BETWEEN}|(?P<exact>{exact}))\s*$", re.IGNORECASE)


def qualify(text: str, quantity: Quantity, counted_end: int, sent: Span) -> tuple[Qualifier, int, int]:
    """Return the qualifier of a number, and the start and end of the figure with the qualifier's words.

    >>> from onrecord.extract.quantities import find_quantities
    >>> text = "no fewer than 30 boats or so"
    >>> qualify(text, next(find_quantities(text)), 22, Span(0, 28))
    ('at_least', 0, 22)
    """
    start, end = quantity.start, max(quantity.end, counted_end)
    base = max(sent.start, start - REACH)
    found = _before().search(text[base:start])
    qualifier: Qualifier = "exact"
    if found:
        start = base + found.start()
        name = found.lastgroup
        qualifier = next((q for _, q in GROUPS if q == name), "exact")
    if qualifier == "exact":
        for pattern, after in AFTER:
            match = pattern.match(text, quantity.end, sent.end) or pattern.match(text, end, sent.end)
            if match:
                return after, start, max(end, match.end())
    if quantity.high is not None and qualifier in {"exact", "about"}:
        qualifier = "range"
    return qualifier, start, end
