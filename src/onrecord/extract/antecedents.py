"""What a relative pronoun stands for: takes a source that is "who", "which" or "that", gives the words it points back to.

The source of a relative clause is its antecedent ("lawyers, who say": "lawyers", says docs/annotation-guidelines.md). It is
the run of words right before the pronoun, back to a word or mark that cannot be in a noun phrase. Who that is, is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document import Span

PRONOUNS = frozenset({"who", "which", "that", "whom"})
LONGEST = 8  # words
TOKEN = re.compile(r"[\w@#$%]+(?:[’'.\-&][\w]+)*\.?|[^\w\s]")
# Words that end a noun phrase looked at from its right end; "of" is left out: "residents of the town, who".
BREAKS = frozenset(
    "and or but nor for to from by with at on in into onto about against after before between among during under over "
    "through as than like via per is are was were be been being has have had do does did will would can could may might "
    "shall should must said says say told tells asked called named including because if when while where since until "
    "although though so yet it he she they we you i him them us me there here then who whom which that whose what how "
    "why not also only even just meanwhile however".split()
)

# Words that begin a noun phrase: nothing before them belongs to it, unless "of" ties it ("the names of the girls").
OPENERS = frozenset(
    "the a an this these those my your his her its our their some several many few both each every".split()
)


def antecedent(text: str, pronoun: Span, floor: int) -> Span | None:
    """Return the span of what a relative pronoun points to, not before `floor`; None where nothing fit is there.

    >>> text = "It was agreed by many local lawyers, who say so"
    >>> antecedent(text, Span(37, 40), 0).of(text)
    'many local lawyers'
    >>> text = "The ministry published the names of the miners, which showed a gap"
    >>> antecedent(text, Span(48, 53), 0).of(text)
    'the names of the miners'
    """
    before = [m.span() for m in TOKEN.finditer(text, max(floor, pronoun.start - 160), pronoun.start)]
    if before and text[slice(*before[-1])] in {",", "—", "–"}:
        before.pop()
    start = end = None
    opened = False
    for s, e in reversed(before[-LONGEST:]):
        word = text[s:e].casefold()
        if _breaks(word) or (opened and word not in {"of", "all", "both"}):
            break
        start, end, opened = s, end or e, word in OPENERS
    if start is None or end is None or text[start:end].casefold() in {"of", "the", "a", "an"}:
        return None
    return Span(start, end)


def _breaks(word: str) -> bool:
    return not (word[0].isalnum() or word[0] in "@#$") or word.casefold() in BREAKS


def with_antecedent(text: str, source: Sequence[Span], floor: int) -> tuple[Span, ...]:
    """Return a source that is a relative pronoun with its antecedent before it; any other source as it is."""
    if len(source) != 1 or source[0].of(text).casefold() not in PRONOUNS:
        return tuple(source)
    found = antecedent(text, source[0], floor)
    return (found, *source) if found else tuple(source)
