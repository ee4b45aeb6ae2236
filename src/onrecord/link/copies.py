"""Copies: takes documents, gives which share their text, how much of the shorter stands in the longer, and who was first.

What stands inside quotation marks in both is the same utterance, not the same report, so a pair needs common words in the
reporter's own voice as well. Boilerplate is left out: the documents' own, and paragraphs that recur through the record. Where two
share no text, they can still be one report in other words: that is found in `rewriting`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import Literal, get_args

import numpy as np

from onrecord.document import Document, Span
from onrecord.link.alignment import Alignment, align
from onrecord.link.rewriting import Sentence, Telling, retold, sentences, tied
from onrecord.link.shingles import Prints, candidates, fingerprints, words

BY = "rule:copies-2"
LEAST_SHARE = 0.3  # GUIDELINES count a pair of articles as copies from here on
LEAST_OWN = 0.25  # of the common words' counterpart outside quotation marks
LEAST_WORDS = 30  # common words from which on two texts are an edited copy; fewer are a line or a caption
VERBATIM = 0.95
RECURRENT = 5  # a line in more documents than this is a publisher's, not a report's
OPENING = 80  # characters by which documents are told apart for that
HELD = 500  # documents whose sentences are held while pairs are judged
HOOKS = 4  # pairs of figures and names in one sentence that two tellings of one report share at least
HOOKED = 0.2  # and at least so much of what the shorter has of them

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9], np.uint64)  # odd, of no other meaning
_POST = re.compile(r"\(@\w{1,20}\) ?[A-Z][a-z]{2,8} \d{1,2}, \d{4}\s*$")

CopyKind = Literal["verbatim", "cut", "edited", "rewritten"]
KINDS: tuple[CopyKind, ...] = get_args(CopyKind)


@dataclass(frozen=True, slots=True)
class Body:
    """A document as far as copying goes: its `text` without boilerplate, and how much of that is quoted.

    `quoted` and `sentences` are spans of `text`. `date` is partial ISO or None; documents without a date come after all others.
    `starts` say where parts of `text` begin in it and in the document.
    """

    id: str
    text: str
    quoted: tuple[Span, ...] = ()
    date: str | None = None
    agencies: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    starts: tuple[tuple[int, int], ...] = ((0, 0),)

    def place(self, span: Span) -> Span:
        """Return where a span of `text` that crosses no line stands in the document.

        >>> Body("a", "One.\\nTwo.", starts=((0, 4), (5, 20))).place(Span(5, 8))
        Span(start=20, end=23)
        """
        here, there = max(start for start in self.starts if start[0] <= span.start)
        return Span(span.start - here + there, span.end - here + there)

    def told(self) -> tuple[Sentence, ...]:
        """Return its sentences, as `rewriting` compares them; lines where there are none."""
        return sentences(self.text, self.sentences or _lines(self.text), self.quoted)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share text: `earlier` was first, or is first by id where dates do not tell.

    `share` is how much of the shorter stands in the longer, 0 to 1; `own` the same outside quotation marks. `reasons`
    is readable: what was found, in words. `kind` is verbatim (both almost whole), cut (the shorter almost whole in the
    longer), edited, or rewritten: the same report in other words, `share` of the shorter in sentences that tell the same.
    """

    earlier: str
    later: str
    share: float
    own: float
    kind: CopyKind
    agency: str | None = None
    reasons: tuple[str, ...] = ()
    by: str = BY


def body(doc_id: str, doc: Document) -> Body:
    """Return what of `doc` counts for copying: paragraphs outside boilerplate and credits, joined by newlines."""
    parts: list[str] = []
    quoted, told, starts, at = [], [], [], 0
    pieces = [piece for quotation in doc.quotations or () if quotation.depth == 0 for piece in quotation.pieces]
    pieces = sorted({*pieces, *_posts(doc)})
    for span in _paragraphs(doc):
        quoted += _within(span, pieces, at)
        told += _within(span, doc.sentences or (), at)
        starts.append((at, span.start))
        parts.append(span.of(doc.text))
        at += len(parts[-1]) + 1
    agencies = tuple(sorted({credit.agency for credit in doc.credit if credit.agency}))
    return Body(
        doc_id, "\n".join(parts), tuple(quoted), doc.published, agencies, tuple(told), tuple(starts) or ((0, 0),)
    )


def _posts(doc: Document) -> list[Span]:
    """Return the paragraphs that are somebody's post, shown as it stands: they end "— Name (@name) Month 1, 2024"."""
    return [span for span in doc.paragraphs or () if _POST.search(doc.text[max(span.start, span.end - 120) : span.end])]


def _paragraphs(doc: Document) -> list[Span]:
    """Return the paragraphs that tell something: without boilerplate and without headlines, the first line left as it is.

    Headlines among the paragraphs are those of other reports; where there is nothing else they are the report.
    """
    whole = doc.paragraphs or (Span(0, len(doc.text)),)
    some = [
        one for one in whole if not any(skip.start <= one.start and one.end <= skip.end for skip in doc.boilerplate)
    ]
    kept = [one for n, one in enumerate(some) if not n or not headline(one.of(doc.text))]
    return kept if len(kept) > 1 else some


def headline(text: str) -> bool:
    """Say whether a line is written as headlines are: four of five of its longer words, of four at least, with a capital.

    >>> headline("Rand Paul Scores Direct Hit On Donald Trump."), headline("Mr. Paul met Mr. Trump in Drovna.")
    (True, False)
    """
    longer = [word for word in words_of(text[:400]) if len(word) > 3]
    capital = sum(word[0].isupper() for word in longer)
    return len(longer) >= 4 and len(text) <= 200 and capital >= 0.8 * len(longer)


def words_of(text: str) -> list[str]:
    """Return the words of `text` as they are written."""
    return re.findall(r"\w+", text)


def _within(span: Span, some: Iterable[Span], at: int) -> list[Span]:
    """Return those of `some` that lie in `span`, as they lie where `span` begins at `at`."""
    moved = at - span.start
    return [Span(s.start + moved, s.end + moved) for s in some if span.start <= s.start and s.end <= span.end]


def _lines(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def find(bodies: Iterable[Body]) -> tuple[Copy, ...]:
    """Return every pair of copies, sorted by ids; the order of `bodies` does not matter.

    >>> text = "The locks at Arden closed at noon and no barge has passed since, the port office said on Monday."
    >>> pair = find([Body("b", text, date="2024-02-02"), Body("a", text + " Nobody was hurt.", date="2024-02-03")])[0]
    >>> pair.earlier, pair.later, pair.kind, pair.share
    ('b', 'a', 'cut', 1.0)
    """
    ordered = without_recurrent(sorted(bodies, key=lambda item: item.id))
    by_id = {item.id: item for item in ordered}
    prints = {item.id: fingerprints(words(item.text)) for item in ordered}
    ties = {item.id: tie(item.told()) for item in ordered}
    near = sorted({*candidates(prints), *related(ties)})
    told = lru_cache(maxsize=HELD)(lambda id: by_id[id].told())
    found = (judge(by_id[a], by_id[b], lambda item: told(item.id)) for a, b in near)
    return tuple(copy for copy in found if copy is not None)


def tie(told: Sequence[Sentence]) -> Prints:
    """Return the hashes of what two tellings of one report have in common, sorted, each once."""
    return pairs_of([[hashed(mark) for mark in marks] for marks in tied(told)])


def pairs_of(some: Sequence[Sequence[int]]) -> Prints:
    """Return a hash for every two that stand together in a row, whichever comes first, sorted, each once.

    >>> pairs_of([[7, 9, 8]]).tolist() == pairs_of([[8, 9], [9, 7], [8, 7]]).tolist()
    True
    """
    both = np.array([pair for row in some for pair in combinations(row, 2)], np.uint64).reshape(-1, 2)
    both.sort(axis=1)
    with np.errstate(over="ignore"):
        found = (both[:, 0] * _FACTORS[0] + both[:, 1]) * _FACTORS[1]
        return np.unique(found ^ found >> np.uint64(29))


def related(ties: Mapping[str, Prints]) -> list[tuple[str, str]]:
    """Return the pairs of documents that can be tellings of one report, by what ties each has."""
    found = candidates(ties, HOOKS)
    return [(a, b) for (a, b), n in found.items() if n >= HOOKED * min(len(ties[a]), len(ties[b]))]


def hashed(text: str) -> int:
    """Return a hash of 32 bits that is the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=4).digest(), "little")


def without_recurrent(bodies: Sequence[Body]) -> list[Body]:
    """Blank out, in place of their words, lines that stand in many otherwise different documents.

    Documents that open alike count once: a thousand copies of one report do not make its lines a publisher's.
    """
    openings: dict[str, set[str]] = defaultdict(set)
    for item in bodies:
        for line in item.text.split("\n"):
            if line.strip():
                openings[line.strip()].add(item.text[:OPENING])
    recurrent = {line for line, opens in openings.items() if len(opens) > RECURRENT}
    return [blank(item, recurrent) for item in bodies] if recurrent else list(bodies)


def blank(item: Body, recurrent: Collection[str]) -> Body:
    """Return a body with these lines left blank; places in it stay what they are."""
    lines = (" " * len(line) if line.strip() in recurrent else line for line in item.text.split("\n"))
    return replace(item, text="\n".join(lines))


def judge(a: Body, b: Body, told: Callable[[Body], Sequence[Sentence]] = Body.told) -> Copy | None:
    """Return the copy edge between two bodies, or None where they share too little, in the same words and in others.

    `told` gives a body's sentences: who judges many pairs can hold them.
    """
    found = align(a.text, b.text)
    enough = sum(stretch.words for stretch in found.stretches) >= LEAST_WORDS or found.share >= VERBATIM
    if enough and found.share >= LEAST_SHARE and (own := _own_share(a, b, found)) >= LEAST_OWN:
        said = f"{len(found.stretches)} common stretches, {found.share:.0%} of the shorter text"
        return _copy(a, b, found.share, own, _kind(found), said)
    telling = retold(told(a), told(b))
    return _copy(a, b, telling.share, telling.own, "rewritten", _told(telling)) if telling else None


def _told(telling: Telling) -> str:
    tied = sum(bool(passage.shared) for passage in telling.passages)
    many = f"{len(telling.passages)} passages tell the same, {tied} of them with common figures or names"
    return f"{many}, {telling.share:.0%} of the shorter text, order {telling.order:.2f}, likeness {telling.mean:.2f}"


def _copy(a: Body, b: Body, share: float, own: float, kind: CopyKind, said: str) -> Copy:
    first, second = sorted((a, b), key=lambda item: (item.date or "9999", item.id))
    both = sorted(set(a.agencies) | set(b.agencies))
    reasons = (said, *(f"credits {agency}" for agency in both))
    return Copy(first.id, second.id, round(share, 3), round(own, 3), kind, both[0] if both else None, reasons)


def _kind(found: Alignment) -> CopyKind:
    if min(found.share_a, found.share_b) >= VERBATIM:
        return "verbatim"
    return "cut" if found.share >= VERBATIM else "edited"


def _own_share(a: Body, b: Body, found: Alignment) -> float:
    """The share of the shorter text's words outside quotation marks that stand in the other."""
    if len(a.text) <= len(b.text):
        spans, item = [stretch.a for stretch in found.stretches], a
    else:
        spans, item = [stretch.b for stretch in found.stretches], b
    whole = _words_outside(item, (Span(0, len(item.text)),))
    return _words_outside(item, _joined(spans)) / whole if whole else found.share


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans that lie in one another as one: a stretch of the other text can stand here twice."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _words_outside(item: Body, spans: Iterable[Span]) -> int:
    count = 0
    for span in spans:
        kept, at = [], span.start
        for quote in item.quoted:
            if quote.start < span.end and quote.end > span.start:
                kept.append(item.text[at : max(at, quote.start)])
                at = max(at, quote.end)
        kept.append(item.text[at : span.end] if at < span.end else "")
        count += sum(len(words(part)) for part in kept)
    return count
