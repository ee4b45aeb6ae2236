"""What reports call the same: takes a linked `Store`, gives which outlet uses which word for it, in whose voice, and where.

A referent is known in one of four ways: words of a known group in the reports of one story ("known words": that they mean one
thing is likely, not sure), words that stand in one another's place in passages that tell the same ("exchanged"), what figures
count that measure one thing ("counted"), and what a named speaker is called ("names"). Every count is a list of places. Which
words set an outlet apart is asked in `distinctive`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from onrecord.ask.across import labels
from onrecord.document import Document, Span
from onrecord.errors import QueryError
from onrecord.link import exchanged
from onrecord.link.clusters import components
from onrecord.link.distinctive import log_odds
from onrecord.link.wording import BY, VOICES, Voice, Voices
from onrecord.link.wordings import unpacked
from onrecord.segment import segment
from onrecord.store import links
from onrecord.store.links import FIGURES, figure_node, speaker_node
from onrecord.store.once import once
from onrecord.store.store import Store
from onrecord.vocabulary import telling_words

How = Literal["known words", "exchanged", "counted", "names"]
HOWS: tuple[How, ...] = get_args(How)
AROUND = 70  # characters of a place's surroundings on each side
LEAST = 5  # times a word must stand in all sides together to set one apart
PLAIN = frozenset({"not", "no", "nor"})
KEPT = 30  # words that set a side apart, at most


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: `document` is what exports call it, `statement` the innermost one that holds it ("s3")."""

    document: str
    document_id: str
    span: Span
    voice: Voice
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class WordingRow:
    """How often an outlet calls a referent by a word: in its reporters' own voice, in what it lets others say, in quotations.

    `story` counts stories as `timeline` does, None for a referent of the whole record; `reports` are documents with the word.
    """

    referent: str
    how: How
    story: int | None
    word: str
    outlet: str | None
    own: int
    attributed: int
    quoted: int
    reports: int
    places: tuple[Place, ...]
    by: str


@dataclass(frozen=True, slots=True)
class DistinctiveRow:
    """A word that an outlet has more often than the others on the same stories: `score` is a z-score (see `link.distinctive`).

    `n` is how often it stands there in `voice`, `others` how often elsewhere; the places are the first of the outlet's.
    """

    outlet: str
    voice: Voice
    word: str
    score: float
    n: int
    others: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    referent: str
    how: How
    story: int | None
    word: str
    outlet: str | None
    place: Place


def wording(
    store: Store, *, referent: str | None = None, outlet: str | None = None, how: str | None = None
) -> list[WordingRow]:
    """Return what outlets call referents that at least two words are used for, by referent, then by word and outlet.

    Args:
        referent: only those whose name or one of whose words has these words.
        outlet: only the rows of this outlet; the referent is still one that others call otherwise.
        how: only referents known in this way.

    Raises:
        QueryError: there is no such way.
    """
    if how is not None and how not in HOWS:
        raise QueryError(f"how is {how[:80]!r}; write one of {', '.join(HOWS)}")
    groups: dict[tuple[str, str, int], list[_Use]] = defaultdict(list)
    for use in uses(store):
        if how in {None, use.how}:
            groups[use.how, use.referent, use.story or 0].append(use)
    found: list[WordingRow] = []
    for key in sorted(groups, key=lambda key: (HOWS.index(key[0]), key[1], key[2])):
        members = groups[key]
        if len({use.word for use in members}) > 1 and len({use.place.document_id for use in members}) > 1:
            found += _rows(members)
    asked = (referent or "").casefold().split()
    if asked:
        kept = {(row.referent, row.story) for row in found if _has(row, asked)}
        found = [row for row in found if (row.referent, row.story) in kept]
    return [row for row in found if outlet in {None, row.outlet}]


def _has(row: WordingRow, asked: Sequence[str]) -> bool:
    return any(all(word in text.casefold() for word in asked) for text in (row.referent, row.word))


def _rows(members: Iterable[_Use]) -> Iterator[WordingRow]:
    cells: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in members:
        cells[use.word, use.outlet or ""].append(use)
    total = Counter(use.word for some in cells.values() for use in some)
    for word, outlet in sorted(cells, key=lambda cell: (-total[cell[0]], cell[0], cell[1])):
        some = cells[word, outlet]
        places = tuple(sorted({use.place for use in some}, key=lambda place: (place.document, place.span)))
        voices = Counter(place.voice for place in places)
        first = some[0]
        reports = len({place.document_id for place in places})
        made = exchanged.BY if first.how == "exchanged" else BY
        counts = (voices["own"], voices["attributed"], voices["quoted"], reports)
        yield WordingRow(first.referent, first.how, first.story, word, outlet or None, *counts, places, made)


def uses(store: Store, within: Collection[str] | None = None) -> Iterator[_Use]:
    """Yield every place at which a report calls a referent something; nothing before the record is linked.

    Args:
        within: ids of documents: all places in these, and those elsewhere that say what a referent of theirs is called.
    """
    docs = once(store, "documents with wordings", lambda: _Documents(store))
    counted: list[tuple[int, _Use]] = []
    for id, found in _kept(store, docs, within):
        read = unpacked(found)
        for group, word, start, end, voice, stmt in read["terms"]:
            if docs.shared(id):
                place = docs.place(id, Span(start, end), VOICES[voice], stmt)
                yield _Use(group.replace("_", " "), "known words", docs.stories[id], word, docs.outlets[id], place)
        for name, words, start, end, voice, stmt in read["calls"]:
            place = docs.place(id, Span(start, end), VOICES[voice], stmt)
            yield _Use(docs.called(name), "names", None, words, docs.outlets[id], place)
        for n, word, start, end, voice, stmt in read["counted"]:
            if (cluster := docs.things.get(figure_node(docs.keys[id], n))) is not None:
                place = docs.place(id, Span(start, end), VOICES[voice], stmt)
                counted.append((cluster, _Use("", "counted", docs.stories[id], word, docs.outlets[id], place)))
    yield from _exchanged(store, docs)
    yield from _things(counted)


def _kept(store: Store, docs: _Documents, within: Collection[str] | None) -> list[tuple[str, bytes]]:
    """Return what is kept of all documents, or of those `within` and those that tell of a figure of theirs."""
    sql = "SELECT d.id, w.found FROM wordings w JOIN documents d ON d.key = w.document{} ORDER BY d.id"
    if within is None:
        return [(id, found) for id, found in store.db.run(sql.format(""))]
    keys = {docs.keys[id] for id in within if id in docs.keys}
    shared = {cluster for node, cluster in docs.things.items() if node // FIGURES in keys}
    keys |= {node // FIGURES for node, cluster in docs.things.items() if cluster in shared}
    some = ",".join(map(str, sorted(keys)))
    return [(id, found) for id, found in store.db.run(sql.format(f" WHERE w.document IN ({some})"))]


def _things(counted: Sequence[tuple[int, _Use]]) -> Iterator[_Use]:
    """Yield the nouns that figures of one thing count, the thing named by them."""
    words: dict[int, set[str]] = defaultdict(set)
    for cluster, use in counted:
        words[cluster].add(use.word)
    for cluster, use in counted:
        yield replace(use, referent=" / ".join(sorted(words[cluster])[:4]))


def _exchanged(store: Store, docs: _Documents) -> Iterator[_Use]:
    rows = [row for row in once(store, "exchanged", lambda: _read_exchanged(store)) if row[1] in docs.keys]
    rows = [row for row in rows if row[6] in docs.keys]
    pairs = {_in_order(_node(docs, row[1], row[4]), _node(docs, row[6], row[9])) for row in rows}
    names: dict[tuple[int, str], str] = {}
    for members in components([(a, b, 1.0) for a, b in sorted(pairs)]):
        name = " / ".join(word for _, word in members[:4])
        names.update(dict.fromkeys(members, name))
    for row in rows:
        for id, start, end, word, voice in (row[1:6], row[6:11]):
            referent = names.get(_node(docs, id, word))
            if referent is not None:
                place = docs.place(id, Span(start, end), VOICES[voice], None)
                yield _Use(referent, "exchanged", docs.stories[id], word, docs.outlets[id], place)


def _read_exchanged(store: Store) -> list[list[Any]]:
    return [row for some in json.loads(links.state(store, "exchanged") or "{}").values() for row in some]


def _in_order(a: tuple[int, str], b: tuple[int, str]) -> tuple[tuple[int, str], tuple[int, str]]:
    return (a, b) if a < b else (b, a)


def _node(docs: _Documents, id: str, word: str) -> tuple[int, str]:
    return docs.stories[id], word


class _Documents:
    """What of the record's documents is asked again and again."""

    def __init__(self, store: Store) -> None:
        rows: list[Any] = store.db.run(
            "SELECT key, id, outlet, coalesce(published, '9999') FROM documents ORDER BY key"
        )
        self.keys: dict[str, int] = {id: key for key, id, _, _ in rows}
        self.outlets = {id: store.words.at(outlet) for _, id, outlet, _ in rows}
        self._labels = labels(store, list(self.keys.values()))
        clusters = links.clusters(store, "story")
        members: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for key, _, _, published in rows:
            members[clusters.get(key, key)].append((published, self._labels[key]))
        ordered = sorted(members, key=lambda cluster: min(members[cluster]))
        numbers = {cluster: n for n, cluster in enumerate(ordered, 1)}
        self.stories = {id: numbers[clusters.get(key, key)] for key, id, _, _ in rows}
        self._many = {numbers[cluster] for cluster, some in members.items() if len(some) > 1}
        names: dict[str, int] = dict(store.db.run("SELECT name, key FROM names"))
        speakers = links.clusters(store, "speaker")
        canonical: dict[int, int] = dict(store.db.run("SELECT node, name FROM canonical"))
        self.things = links.clusters(store, "figure")
        self._called: dict[str, str] = {}
        for name, key in names.items():
            main = canonical.get(speakers.get(speaker_node(key), -1))
            self._called[name] = str(store.names.at(main)) if main is not None else name

    def shared(self, id: str) -> bool:
        """Say whether a document is one of several of its story."""
        return self.stories[id] in self._many

    def called(self, name: str) -> str:
        """Return what a speaker is called across the record."""
        return self._called.get(name, name)

    def place(self, id: str, span: Span, voice: Voice, stmt: str | None) -> Place:
        """Return a place in a document."""
        return Place(self._labels[self.keys[id]], id, span, voice, stmt)


def distinctive(
    store: Store, *, outlet: str | None = None, voice: str = "own", documents: Sequence[str] = ()
) -> list[DistinctiveRow]:
    """Return the words that set outlets apart on the same stories, those that do so most first, outlet by outlet.

    Only stories that at least two outlets report are counted, so that no outlet is told by what it alone reports on.

    Args:
        outlet: only this one's words, against all others'.
        voice: in whose voice the words are counted.
        documents: ids of documents to stay within, as `compare` does; else the whole record.

    Raises:
        QueryError: there is no such voice.
    """
    if voice not in VOICES:
        raise QueryError(f"voice is {voice[:80]!r}; write one of {', '.join(VOICES)}")
    chosen = VOICES[VOICES.index(voice)]
    docs = once(store, "documents with wordings", lambda: _Documents(store))
    within = [id for id in sorted(docs.keys) if (not documents or id in set(documents)) and docs.outlets[id]]
    sides: dict[int, set[str | None]] = defaultdict(set)
    for id in within:
        sides[docs.stories[id]].add(docs.outlets[id])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for id in within:
        if len(sides[docs.stories[id]]) > 1:
            doc, side = segment(store.load(docs.keys[id])), str(docs.outlets[id])
            voices = Voices(doc)
            for word, stemmed, span in _told(doc, voices, chosen):
                counts[side][stemmed] += 1
                spelt[stemmed][word] += 1
                if len(places[side, stemmed]) < KEPT:
                    places[side, stemmed].append(docs.place(id, span, chosen, voices.statement(span)))
    names = {stemmed: min(some, key=lambda word: (-some[word], word)) for stemmed, some in spelt.items()}
    return list(_apart(counts, places, names, outlet, chosen))


def _told(doc: Document, voices: Voices, voice: Voice) -> Iterator[tuple[str, str, Span]]:
    """Yield the telling words of a document in one voice, with their stems; names and what leads to statements are none."""
    for span in doc.tokens or ():
        word = span.of(doc.text)
        stemmed = _telling(word) if len(word) > 1 and word.isalpha() and word.islower() else None
        if stemmed and not voices.names(span) and voices.of(span) == voice:
            yield word, stemmed, span


@lru_cache(maxsize=50_000)
def _telling(word: str) -> str | None:
    """Return the stem of a word that tells something, None of one that does not."""
    return None if word in PLAIN else next(iter(telling_words(word)), None)


def _apart(
    counts: dict[str, Counter[str]],
    places: dict[tuple[str, str], list[Place]],
    names: dict[str, str],
    outlet: str | None,
    voice: Voice,
) -> Iterator[DistinctiveRow]:
    total: Counter[str] = Counter()
    for some in counts.values():
        total.update(some)
    often = {side: {word: n for word, n in some.items() if total[word] >= LEAST} for side, some in counts.items()}
    for side, scores in sorted(log_odds(often).items()):
        if outlet in {None, side}:
            best = sorted(scores, key=lambda word: (-scores[word], word))[:KEPT]
            for word in best:
                if scores[word] > 0:
                    n, there = counts[side][word], tuple(places[side, word])
                    yield DistinctiveRow(side, voice, names[word], round(scores[word], 2), n, total[word] - n, there)


@dataclass(frozen=True, slots=True)
class Between:
    """What some reports call one referent: for each report, in the order given, its words with their places."""

    referent: str
    how: How
    calls: tuple[tuple[tuple[str, tuple[Place, ...]], ...], ...]


def between(store: Store, ids: Sequence[str]) -> list[Between]:
    """Return the referents that at least two of these documents name, and not all by the same words; `ids` are document ids."""
    groups: dict[tuple[str, str, int], dict[str, dict[str, set[Place]]]] = {}
    for use in uses(store, ids):
        if use.place.document_id in ids:
            group = groups.setdefault((use.how, use.referent, use.story or 0), {id: defaultdict(set) for id in ids})
            group[use.place.document_id][use.word].add(use.place)
    found = []
    for key in sorted(groups, key=lambda key: (HOWS.index(key[0]), key[1], key[2])):
        how, referent, _ = key
        cells = groups[key]
        named = [frozenset(words) for words in cells.values() if words]
        if len(named) > 1 and len(set(named)) > 1:
            calls = tuple(tuple((word, _placed(cells[id][word])) for word in sorted(cells[id])) for id in ids)
            found.append(Between(referent, HOWS[HOWS.index(how)], calls))
    return found


def _placed(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (place.document, place.span)))


def shown(store: Store, places: Sequence[Place]) -> list[tuple[Place, str, Span]]:
    """Return places with their surroundings, and where in those the word stands."""
    found = []
    texts: dict[str, str] = {}
    for place in places:
        if place.document_id not in texts:
            texts[place.document_id] = store.document(place.document_id).text
        text = texts[place.document_id]
        start = max(0, place.span.start - AROUND, text.rfind("\n", 0, place.span.start) + 1)
        end = min(len(text), place.span.end + AROUND)
        stop = text.find("\n", place.span.end, end)
        around = Span(start, stop if stop >= 0 else end)
        found.append((place, around.of(text), Span(place.span.start - around.start, place.span.end - around.start)))
    return found


__all__ = ["HOWS", "Between", "DistinctiveRow", "Place", "WordingRow", "between", "distinctive", "shown", "wording"]
