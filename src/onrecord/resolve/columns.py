"""A document's tokens as columns: takes a segmented `Document`, gives words with their sentence and quotation, and finds nothing.

Rules over words read these lists instead of spans: it is the one place where offsets become token numbers and back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.document import Document, Quotation, Span

QUOTE_MARKS = frozenset("\"“”„«»‹›'‘’`´")
# Written right to left or joined: marks that no reader sees and that must not become part of a name
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Token by token: the word, the same in lower case, its offsets, its sentence, and its outermost quotation (-1 for none).

    `opens` says that the token is the first word of its sentence or of a quotation in it; `cased` that its sentence has a
    mixture of capitals and small letters, so that a capital means something; `breaks` that a line ends before it. `stretch`
    numbers the paragraphs. `small` are the words that stand somewhere in small letters.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    stretch: list[int]
    quoted: list[int]
    opens: list[bool]
    breaks: list[bool]
    cased: list[bool]
    small: frozenset[str]

    def at(self, offset: int) -> int:
        """Return the number of the first token that ends after `offset`."""
        return bisect_right(self.ends, offset)

    def within(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of tokens that touch the span."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, end: int) -> Span:
        """Return the offsets of the tokens `first` to `end`, the last not included."""
        return Span(self.starts[first], self.ends[end - 1])

    def sentence_of(self, at: int) -> tuple[int, int]:
        """Return the half-open range of the sentence that token `at` is in; empty past the end."""
        if at >= len(self.words):
            return at, at
        number = self.sentence[at]
        return bisect_left(self.sentence, number), bisect_right(self.sentence, number)

    def phrase(self, first: int, end: int) -> str:
        """Return the words of a token range on one line, as they stand, without marks nobody sees."""
        if first >= end:
            return ""
        return " ".join(self.text[self.starts[first] : self.ends[end - 1]].translate(INVISIBLE).split())


def columns(doc: Document) -> Columns:
    """Return the columns of a segmented document."""
    text, tokens = doc.text, _whole(doc.text, doc.tokens or ())
    words = [
        text[start:end]
        if end - start < 3
        else text[start:end].replace("[", "").replace("]", "") or text[start:end]  # a row of brackets is a token, too
        for start, end in tokens
    ]
    starts = [start for start, _ in tokens]
    sentence = _number(starts, doc.sentences or ())
    return Columns(
        text=text,
        words=words,
        lower=[word.lower() for word in words],
        starts=starts,
        ends=[end for _, end in tokens],
        sentence=sentence,
        stretch=_number(starts, doc.paragraphs or ()),
        quoted=_quoted(starts, doc.quotations or ()),
        opens=_opens(words, sentence),
        breaks=[start > 0 and text[start - 1] == "\n" for start in starts],
        cased=_cased(words, sentence),
        small=frozenset(word for word in words if word[0].islower()),
    )


def _whole(text: str, tokens: Sequence[Span]) -> list[Span]:
    """The tokens, with a word whose first letter an editor put in brackets as one: "[W]e", "[t]he".

    >>> tokens = [Span(0, 1), Span(1, 2), Span(2, 3), Span(3, 4), Span(5, 7)]
    >>> [span.of("[W]e go") for span in _whole("[W]e go", tokens)]
    ['[W]e', 'go']
    """
    found: list[Span] = []
    joined = 0  # tokens still to be passed over
    for at, token in enumerate(tokens):
        if joined:
            joined -= 1
        elif text[token.start] == "[" and _letter_in_brackets(text, tokens[at : at + 4]):
            found.append(Span(token.start, tokens[at + 3].end))
            joined = 3
        else:
            found.append(token)
    return found


def _letter_in_brackets(text: str, run: Sequence[Span]) -> bool:
    """ "[", a letter, "]" and the rest of the word, with nothing in between."""
    letters = "".join(text[start:end] for start, end in run[:3])
    whole = len(run) == 4 and all(one.end == other.start for one, other in pairwise(run))
    return whole and len(letters) == 3 and letters[1].isalpha() and letters[2] == "]" and text[run[3].start].isalpha()


def _number(starts: list[int], spans: Sequence[Span]) -> list[int]:
    """Number of the last span that begins at or before each token; what lies between two belongs to the first."""
    numbers, at = [], 0
    for start in starts:
        while at + 1 < len(spans) and spans[at + 1].start <= start:
            at += 1
        numbers.append(at)
    return numbers


def _quoted(starts: list[int], quotations: Sequence[Quotation]) -> list[int]:
    inside = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        if quotation.depth == 0:
            for piece in quotation.pieces:
                for token in range(bisect_left(starts, piece.start), bisect_left(starts, piece.end)):
                    inside[token] = number
    return inside


def _opens(words: list[str], sentence: list[int]) -> list[bool]:
    opens, fresh, last = [], True, -1
    for word, number in zip(words, sentence, strict=True):
        if number != last or word in QUOTE_MARKS or word == ":":
            fresh, last = True, number
        is_word = word[:1].isalnum()
        opens.append(fresh and is_word)
        if is_word:
            fresh = False
    return opens


def _cased(words: list[str], sentence: list[int]) -> list[bool]:
    """A capital means nothing where nearly every long word has one and no full stop follows (headlines), or none has."""
    small: dict[int, int] = {}
    large: dict[int, int] = {}
    for word, number in zip(words, sentence, strict=True):
        if len(word) > 3 and word.isalpha():
            count = large if word[0].isupper() else small
            count[number] = count.get(number, 0) + 1
    last = {number: word for word, number in zip(words, sentence, strict=True) if word not in QUOTE_MARKS}

    def mixed(number: int) -> bool:
        low, high = small.get(number, 0), large.get(number, 0)
        if last[number] in (".", "?", "!"):
            return low > 0 or high < 5
        return low * 4 >= high or high < 3

    told = {number: mixed(number) for number in small | large}
    return [told.get(number, True) for number in sentence]
