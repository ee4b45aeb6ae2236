"""Two reports beside each other, sentence by sentence: takes a `Store` and two documents, gives the passages that tell the same.

Whether they are copies was decided when the record was linked (`onrecord.link.copies`); here the sentences are aligned again to
be shown, with what only one has, the words that one has and the other not, and the figures of both. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from onrecord.ask.across import CopyRow, copies, document_key, labels
from onrecord.document import Document, Figure, Span
from onrecord.errors import QueryError
from onrecord.link.copies import body
from onrecord.link.rewriting import VERBATIM, Sentence, compare
from onrecord.segment import segment
from onrecord.store.store import Store
from onrecord.vocabulary import telling_words

SAME = 0.999  # likeness from which on nothing but small words can differ
_WORD = re.compile(r"\w+")

Told = Literal["same words", "nearly the same words", "other words", "only the first", "only the second"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one report has in a passage: `span` is in its text; `new` are the places in `text` of words the other has not."""

    span: Span
    text: str
    new: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage of one report, of the other, or of both: `alike` is 0 to 1, `shared` the figures and names that both have."""

    told: Told
    first: Side | None
    second: Side | None
    alike: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Figures that stand in one passage: of the same value, or `differs`; None where one report has no such figure there."""

    first: Figure | None
    second: Figure | None
    first_text: str
    second_text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two reports as copies: `row` is None where the record does not hold them to be; `first` is the earlier one."""

    row: CopyRow | None
    first_id: str
    second_id: str
    first: Document
    second: Document
    passages: tuple[Beside, ...]
    figures: tuple[FigurePair, ...]


def pair(store: Store, a: str, b: str) -> CopyPair:
    """Return two reports passage by passage, in the order of the earlier one; give them by id or by name.

    Raises:
        NotFound: one of them is not in the record.
        QueryError: they are one.
    """
    keys = [document_key(store, id) for id in (a, b)]
    if keys[0] == keys[1]:
        raise QueryError("a report cannot be compared with itself; give two")
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents WHERE key IN (?, ?)", keys))
    names = labels(store, keys)
    known = next((row for row in copies(store) if {row.first, row.second} == set(names.values())), None)
    docs = {key: segment(store.load(key)) for key in keys}
    keys.sort(key=lambda key: (docs[key].published or "9999", ids[key]))
    if known is not None and known.first != names[keys[0]]:
        keys.reverse()
    first, second = (docs[key] for key in keys)
    passages = beside(first, second)
    figures = figure_pairs(first, second, passages)
    return CopyPair(known, ids[keys[0]], ids[keys[1]], first, second, passages, figures)


def beside(first: Document, second: Document) -> tuple[Beside, ...]:
    """Return the passages of two segmented documents, in the order of the first; what only the second has, where it has it."""
    one, other = body("first", first), body("second", second)
    mine, theirs = one.told(), other.told()
    found: list[Beside] = []
    at, there = 0, 0
    for passage in compare(mine, theirs).passages:
        found += _alone(first, [one.place(s.span) for s in mine[at : passage.a.start]], "only the first")
        found += _alone(second, [other.place(s.span) for s in theirs[there : passage.b.start]], "only the second")
        a, b = _side(first, one.place, mine[slice(*passage.a)]), _side(second, other.place, theirs[slice(*passage.b)])
        told: Told = "nearly the same words" if passage.alike >= VERBATIM else "other words"
        small = told == "nearly the same words"
        new_a, new_b = _new(a.text, b.text, small), _new(b.text, a.text, small)
        if passage.alike >= SAME and not new_a and not new_b:
            told = "same words"
        shared = tuple(mark[1:] for mark in passage.shared if mark[0] == "#")
        found.append(Beside(told, Side(a.span, a.text, new_a), Side(b.span, b.text, new_b), passage.alike, shared))
        at, there = passage.a.end, passage.b.end
    found += _alone(first, [one.place(s.span) for s in mine[at:]], "only the first")
    found += _alone(second, [other.place(s.span) for s in theirs[there:]], "only the second")
    return tuple(found)


def _side(doc: Document, place: Callable[[Span], Span], some: Sequence[Sentence]) -> Side:
    spans = [place(one.span) for one in some]
    span = Span(spans[0].start, spans[-1].end)
    return Side(span, span.of(doc.text))


def _alone(doc: Document, spans: Sequence[Span], told: Told) -> Iterator[Beside]:
    for span in spans:
        side = Side(span, span.of(doc.text))
        yield Beside(told, side, None, 0.0) if told == "only the first" else Beside(told, None, side, 0.0)


def _new(text: str, other: str, small: bool) -> tuple[Span, ...]:
    """Return the places of words that the other text has not, case and endings left aside; function words only if `small`."""
    theirs = {word.casefold() for word in _WORD.findall(other)} | set(telling_words(other))
    found = (word for word in _WORD.finditer(text) if word[0].casefold() not in theirs)
    return tuple(Span(*word.span()) for word in found if small or set(telling_words(word[0])) - theirs)


def figure_pairs(first: Document, second: Document, passages: Sequence[Beside]) -> tuple[FigurePair, ...]:
    """Return the figures of the passages that both have: those of one value beside each other, what is left in their order."""
    found: list[FigurePair] = []
    for passage in passages:
        if passage.first is None or passage.second is None:
            continue
        mine, theirs = _in(first, passage.first.span), _in(second, passage.second.span)
        for figure in list(mine):
            same = next((other for other in theirs if other.value == figure.value), None)
            if same is not None:
                mine.remove(figure)
                theirs.remove(same)
                found.append(_figures(first, second, figure, same))
        found += [_figures(first, second, figure, other) for figure, other in zip_longest(mine, theirs)]
    return tuple(found)


def _in(doc: Document, span: Span) -> list[Figure]:
    return [figure for figure in doc.figures or () if span.start <= figure.span.start and figure.span.end <= span.end]


def _figures(first: Document, second: Document, mine: Figure | None, theirs: Figure | None) -> FigurePair:
    differs = mine is not None and theirs is not None and mine.value != theirs.value
    words = mine.span.of(first.text) if mine else ""
    return FigurePair(mine, theirs, words, theirs.span.of(second.text) if theirs else "", differs)
