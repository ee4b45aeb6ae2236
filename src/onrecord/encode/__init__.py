"""The one pass through the network: takes a segmented `Document`, gives its `Encoding` with what the shared heads found.

The text goes through once; all heads read the same output. `Encoding.heads` holds, one row a piece: `tags` (probabilities
of cue and role tags), `goes_on` (the piece continues a word), `paragraph` (its number); and, one item a possible cue:
`cues` (`ReadCue`). What these mean together is decided in `extract`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from onrecord.document import Document, Note, Quotation, Span
from onrecord.encode.cues import Candidate, candidates, probabilities
from onrecord.encode.features import cases, is_heading, piece_features, quote_places, quote_segments, relations
from onrecord.encode.network import TAGS, Network, network, run_encoder, run_roles
from onrecord.encode.windows import Window, batches, windows
from onrecord.encoding import Encoding
from onrecord.stage import stage

__all__ = ["ReadCue", "encode", "encode_text"]

WIDTH = 384
WORD = re.compile(r"[^\W_]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST = 500_000  # characters that are encoded, some 80,000 words: the vectors of more would not fit a laptop's memory
BEYOND = "only the first {:,} characters were searched for statements"


@dataclass(frozen=True, slots=True)
class ReadCue:
    """A possible cue and how it reads its surroundings, in pieces of the document.

    The cue is [start, end); `roles` has a row of scores for every piece from `low` on: O, source, content; source starts,
    source ends; content starts, content ends. `none` is the score of having no source.
    """

    start: int
    end: int
    top: float
    any: float
    low: int
    roles: Any
    none: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a document: ids, spans (n, 2), features (n, 3), paragraph numbers, and whether each goes on a word."""

    ids: Any
    spans: Any
    features: Any
    paragraph: Any
    goes_on: Any
    windows: list[Window]


@stage(needs=("text", "paragraphs", "sentences", "quotations"), adds=("encoding", "notes"))
def encode(doc: Document) -> Document:
    """Add the encoding of the document's text."""
    spans = [p for p in doc.paragraphs or () if p.end <= LONGEST]
    sentences = [s.start for s in doc.sentences or ()]
    encoding = encode_text(doc.text, spans, sentences, doc.quotations or (), network())
    if len(spans) == len(doc.paragraphs or ()):
        return replace(doc, encoding=encoding)
    end = spans[-1].end if spans else 0
    note = Note("too-long", BEYOND.format(end), Span(end, len(doc.text)), encoding.by)
    return replace(doc, encoding=encoding, notes=(*doc.notes, note))


def encode_text(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[int], quotations: Sequence[Quotation], net: Network
) -> Encoding:
    """Return the encoding of a text whose paragraphs, starts of sentences and quotations are known."""
    pieces = _pieces(text, paragraphs, sentences, quotations, net)
    count = len(pieces.ids)
    vectors, tags = np.zeros((count, WIDTH), np.float32), np.zeros((count, TAGS), np.float32)
    cues: list[ReadCue] = []
    for batch in batches([w.end - w.start for w in pieces.windows]):
        group = [pieces.windows[i] for i in batch]
        ids, feats = ([array[w.start : w.end] for w in group] for array in (pieces.ids, pieces.features))
        states, shared, of_cue, scores = run_encoder(net, ids, feats)
        known = probabilities(scores)
        found: list[tuple[int, Candidate]] = []
        for row, window in enumerate(group):
            own = slice(window.own_start, window.own_end)
            here = slice(window.own_start - window.start + 1, window.own_end - window.start + 1)
            vectors[own], tags[own] = states[row, here], known[row, here]
            of_window = known[row, 1 : window.end - window.start + 1]
            for cue in candidates(of_window, pieces.goes_on[window.start : window.end]):
                if window.own_start <= window.start + cue.start < window.own_end:
                    found.append((row, cue))
        cues += _read(net, shared, of_cue, group, feats, found)
    cues.sort(key=lambda cue: (cue.start, cue.end))
    heads = {"tags": tags, "goes_on": pieces.goes_on, "paragraph": pieces.paragraph, "cues": cues}
    return Encoding(pieces.spans, vectors, heads, net.version)


def _pieces(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[int], quotations: Sequence[Quotation], net: Network
) -> Pieces:
    text = LONE_SURROGATE.sub("\ufffd", text)  # the tokenizer takes no text that UTF-8 cannot hold
    quote, case = quote_places(len(text), quotations), cases(text)
    ids, spans, feats, numbers, plan = [], [], [], [], []
    count = 0
    for number, para in enumerate(paragraphs):
        part = para.of(text)
        if WORD.search(part) is None:
            continue  # a rule of dashes, or worse: pages of brackets
        encoded = net.tokenizer.encode(part, add_special_tokens=False)
        if not encoded.ids:
            continue
        offsets = np.array(encoded.offsets, np.int64) + para.start
        ids.append(np.array(encoded.ids, np.int64))
        spans.append(offsets)
        feats.append(piece_features(case, quote, offsets[:, 0], is_heading(part)))
        numbers.append(np.full(len(offsets), number, np.int64))
        stops = _stops(offsets[:, 0], sentences, para, count)
        plan += windows(count, count + len(offsets), stops)
        count += len(offsets)
    if not ids:
        empty = np.zeros(0, np.int64)
        return Pieces(empty, np.zeros((0, 2), np.int64), np.zeros((0, 3), np.int64), empty, empty.astype(bool), [])
    all_ids = np.concatenate(ids)
    goes_on = _continuations()[all_ids]
    return Pieces(all_ids, np.concatenate(spans), np.concatenate(feats), np.concatenate(numbers), goes_on, plan)


def _stops(starts: Any, sentences: Sequence[int], para: Span, count: int) -> list[int]:
    """The pieces, counted in the document, at which the sentences of a paragraph begin."""
    inside = sentences[bisect_left(sentences, para.start) : bisect_left(sentences, para.end)]
    return (np.searchsorted(starts, np.array(inside, np.int64)) + count).tolist() if inside else []


@cache
def _continuations() -> Any:
    """For every word-piece id, whether the piece continues a word."""
    vocabulary = network().tokenizer.get_vocab()
    out = np.zeros(max(vocabulary.values()) + 1, bool)
    for piece, number in vocabulary.items():
        out[number] = piece.startswith("##")
    return out


def _read(
    net: Network, text: Any, of_cue: Any, group: list[Window], feats: list[Any], found: list[tuple[int, Candidate]]
) -> list[ReadCue]:
    """Let every possible cue of a batch read its window; `text` and `of_cue` are what the encoder gives for that."""
    if not found:
        return []
    rows = np.array([row for row, _ in found])
    starts, ends = (np.array([getattr(cue, edge) + 1 for _, cue in found]) for edge in ("start", "end"))
    quotes, at = np.zeros(text.shape[:2], np.int64), np.arange(text.shape[1])
    for row, of_window in enumerate(feats):
        quotes[row, 1 : len(of_window) + 1] = of_window[:, 1]
    far, same = relations(quotes[rows], quote_segments(quotes)[rows], starts, ends)
    lengths = np.array([len(of_window) for of_window in feats])[rows, None]
    here = ((at >= 1) & (at <= lengths)).astype(np.float32)
    means = of_cue[rows, starts]
    for i in np.flatnonzero(ends - starts > 1).tolist():
        means[i] = of_cue[rows[i], starts[i] : ends[i]].mean(0)
    scores = run_roles(net, {"text": text, "row": rows, "cue": means[:, :-1], "here": here, "far": far, "same": same})
    out = []
    for i, (row, cue) in enumerate(found):
        low, n = group[row].start, len(feats[row])
        roles, none = scores[i, 1 : n + 1], float(means[i, -1])
        out.append(ReadCue(low + cue.start, low + cue.end, cue.top, cue.any, low, roles, none))
    return out
