"""Wording in a record: takes a `Store`, keeps of each report what it calls things, and what passages that tell the same exchange.

A report is read once; pairs of passages are compared once. What follows from many reports (which of them tell one story, how
often an outlet has a word) is asked anew each time in `onrecord.ask.wording`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, islice
from typing import Any

from onrecord.document import Document, Span
from onrecord.link.copies import body
from onrecord.link.exchanged import exchanges
from onrecord.link.parted import parted
from onrecord.link.rewriting import compare
from onrecord.link.wording import VOICES, Voices, calls, counted, terms
from onrecord.store import links, packing
from onrecord.store import rows as columns
from onrecord.store.store import Store

VERSION = 1  # of what is kept; another makes all anew
VERSIONS = 8  # of an utterance that are compared each with each, and copies of a report that are compared with it
HELD = 64  # documents in memory
TEXTS = 1000  # texts in memory
_USUAL = re.compile(r"s[1-9]\d{0,8}")


def draw(store: Store) -> None:
    """Read what is new, and compare the passages that are newly known to tell the same."""
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents ORDER BY key"))
    known = {key for (key,) in store.db.run("SELECT document FROM wordings")}
    rows = [(key, packed(read(parted(store.load(key))))) for key in ids if key not in known]
    store.db.run_many("INSERT INTO wordings VALUES (?, ?)", rows)
    links.set_state(store, "exchanged", json.dumps(_exchanged(store, ids), separators=(",", ":")))


Found = dict[str, list[list[Any]]]
KINDS = ("terms", "calls", "counted")


def packed(found: Found) -> bytes:
    """Return what of one report is kept, as it is kept, for a record is to stay small: each word once, and small numbers.

    A statement's number stands in place of its id where the id is that of most ("s3"), else the id among the words. What all
    things have of one kind, such as whose voice, stands together.
    """
    words: dict[str, int] = {}
    things: list[tuple[int, ...]] = []
    for kind in KINDS:
        at = 0
        for first, word, start, end, voice, stmt in found[kind]:
            one = first if isinstance(first, int) else words.setdefault(first, len(words))
            told = 0 if stmt is None else _number(stmt) or -1 - words.setdefault(stmt, len(words))
            things.append((one, words.setdefault(word, len(words)), start - at, end - start, voice, told))
            at = start
    listed = json.dumps(list(words), ensure_ascii=True, separators=(",", ":")).encode()
    sizes = [len(found[kind]) for kind in KINDS]
    numbers = [*sizes, *(number for column in zip(*things, strict=True) for number in column)]
    return packing.pack(listed + b"\n" + columns.packed(numbers))


def _number(stmt: str) -> int:
    return int(stmt[1:]) if _USUAL.fullmatch(stmt) else 0


def unpacked(column: bytes) -> Found:
    """Return what `packed` packed.

    >>> found = {"terms": [["held", "captive", 4, 11, 2, "s3"]], "calls": [], "counted": [[1, "sailor", 9, 15, 0, None]]}
    >>> unpacked(packed(found)) == found
    True
    """
    listed, _, rest = packing.unpack(column).partition(b"\n")
    words, numbers = json.loads(listed), columns.unpacked(rest)
    sizes, numbers = numbers[: len(KINDS)], numbers[len(KINDS) :]
    many = sum(sizes)
    things = zip(*(numbers[n * many : (n + 1) * many] for n in range(6)), strict=True)
    found: Found = {}
    for kind, often in zip(KINDS, sizes, strict=True):
        found[kind], at = [], 0
        for one, word, gap, size, voice, told in islice(things, often):
            at += gap
            first = one if kind == "counted" else words[one]
            stmt = words[-1 - told] if told < 0 else f"s{told}" if told else None
            found[kind].append([first, words[word], at, at + size, voice, stmt])
    return found


def read(doc: Document) -> Found:
    """Return what of one report is kept: its terms as (group, word, start, end, voice, statement), the rest likewise."""
    names = {who.id: who.name for who in doc.speakers or ()}
    return {
        "terms": [[t.group, t.word, *t.span, VOICES.index(t.voice), t.statement] for t in terms(doc)],
        "calls": [[names[c.speaker], c.words, *c.span, VOICES.index(c.voice), c.statement] for c in calls(doc)],
        "counted": [[c.n, c.word, *c.span, VOICES.index(c.voice), c.statement] for c in counted(doc)],
    }


def _exchanged(store: Store, ids: Mapping[int, str]) -> dict[str, list[list[Any]]]:
    """Return what passages exchange, by a digest of where they come from, so that it is worked out once."""
    before = json.loads(links.state(store, "exchanged") or "{}")
    texts = _Texts(store)
    found: dict[str, list[list[Any]]] = {}
    story = links.clusters(store, "story")
    every = sorted(_together(store, ids), key=lambda one: story.get(one[1][0][1], one[1][0][1]))
    for why, parts in every:  # story by story: each text is unpacked once
        signature = hashlib.sha256(json.dumps([VERSION, why, parts]).encode()).hexdigest()[:16]
        found[signature] = before[signature] if signature in before else list(_of(why, parts, ids, texts))
    return {signature: rows for signature, rows in found.items() if rows} | {
        signature: [] for signature, rows in found.items() if not rows
    }


def _together(store: Store, ids: Mapping[int, str]) -> Iterator[tuple[str, list[tuple[str, int, str]]]]:
    """Yield what tells the same: an utterance's versions as (document id, its key, content spans), or a copy and its original."""
    rows = store.db.run(
        "SELECT c.cluster, s.document, s.content FROM clusters c JOIN statements s ON s.key = c.node"
        " WHERE c.kind = 'utterance' ORDER BY c.cluster, s.document, s.n"
    )
    groups: dict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for cluster, document, content in rows:
        groups[cluster].append((ids[document], document, columns.spans_column(columns.spans_from(content))))
    for versions in groups.values():
        if len({id for id, _, _ in versions}) > 1:
            yield "utterance", sorted(versions)[:VERSIONS]
    told: Counter[int] = Counter()
    pairs = [(sorted((ids[key], key, "") for key in (edge.a, edge.b)), edge) for edge in links.edges(store, "copy")]
    for pair, edge in sorted(pairs, key=lambda one: one[0]):  # by ids: the numbers say only what was added first
        told.update((edge.a, edge.b))
        if edge.reasons[0] != "verbatim" and max(told[edge.a], told[edge.b]) <= VERSIONS:  # a thousand tell no more
            yield "copy", pair


def _of(why: str, parts: Sequence[tuple[str, int, str]], ids: Mapping[int, str], texts: _Texts) -> Iterator[list[Any]]:
    for (id_a, a, content_a), (id_b, b, content_b) in combinations(parts, 2):
        if id_a == id_b:
            continue
        if why == "copy":
            passages: Iterable[tuple[Span, Span]] = texts.passages(a, b)
        else:
            passages = [(_whole(content_a), _whole(content_b))]
        for x, y in passages:
            for one in exchanges(x.of(texts.text(a)), y.of(texts.text(b))):
                mine, theirs = _moved(one.a, x), _moved(one.b, y)
                voices = (VOICES.index(texts.voices(key).of(span)) for key, span in ((a, mine), (b, theirs)))
                yield [why, id_a, *mine, one.words_a, next(voices), id_b, *theirs, one.words_b, next(voices)]


def _whole(content: str) -> Span:
    """Return from where to where a column of spans goes."""
    numbers = [int(part) for span in content.split() for part in span.split("-")]
    return Span(min(numbers), max(numbers)) if numbers else Span(0, 0)


def _moved(span: Span, by: Span) -> Span:
    return Span(span.start + by.start, span.end + by.start)


class _Texts:
    """Documents that are compared, some of them held: most only for their text, for few passages exchange a word."""

    def __init__(self, store: Store) -> None:
        self.text = lru_cache(maxsize=TEXTS)(lambda key: store.load(key, bare=True).text)
        self.of = lru_cache(maxsize=HELD)(lambda key: parted(store.load(key)))
        self.body = lru_cache(maxsize=HELD)(lambda key: body("", parted(store.load(key, bare=True))))
        self.told = lru_cache(maxsize=HELD)(lambda key: self.body(key).told())
        self.voices = lru_cache(maxsize=HELD)(lambda key: Voices(self.of(key)))

    def passages(self, a: int, b: int) -> Iterator[tuple[Span, Span]]:
        """Yield the sentences that tell the same, as places in the two documents."""
        one, other, mine, theirs = self.body(a), self.body(b), self.told(a), self.told(b)
        for passage in compare(mine, theirs).passages:
            x, y = mine[slice(*passage.a)], theirs[slice(*passage.b)]
            yield (
                Span(one.place(x[0].span).start, one.place(x[-1].span).end),
                Span(other.place(y[0].span).start, other.place(y[-1].span).end),
            )
