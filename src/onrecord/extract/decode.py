"""From the scores of one cue to the spans of its statement: takes a cue and the page, gives a draft or nothing.

Every cue has read its paragraph for itself, so one source may serve several cues and statements may lie inside each other.
Here the scores become spans that respect the text: whole words, whole quotations, one sentence unless quoted, a content in
pieces where its source and cue interrupt it. Which drafts are statements is decided in `settle`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from onrecord.document import Span
from onrecord.extract.page import Cue, Draft, Page, has_words, join, less, trim
from onrecord.extract.settings import Settings

STARTS, LONGEST_SOURCE = 8, 60  # how many beginnings of a source are tried, and how many pieces it may have
OPENING = '“"«„‘'
SURE = 8.0  # log odds beyond which a piece is no surer
SOURCE, CONTENT, SOURCE_START, SOURCE_END, CONTENT_START = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Scores:
    """A cue's role scores made ready, one item a piece of its window.

    `content` is the gain of taking a piece in, `opens` and `closes` the price of an edge before and after it; `source` the
    logarithm of how probably it is source, capped; `probable` how probably it is content.
    """

    content: list[float]
    opens: list[float]
    closes: list[float]
    source: list[float]
    source_start: Any
    source_end: list[float]
    probable: list[float]


def scores_of(cue: Cue, to: Settings) -> Scores:
    """Return the scores of a cue."""
    roles = cue.roles
    exp = np.exp(roles[:, :3] - roles[:, :3].max(1, keepdims=True))
    prob = np.clip(exp / exp.sum(1, keepdims=True), 1e-9, 1 - 1e-7)
    gain = np.clip(np.log(prob[:, CONTENT]) - np.log1p(-prob[:, CONTENT]), -SURE, SURE) + to.bias
    edges = -np.logaddexp(0, -roles[:, CONTENT_START:]) * to.edge
    return Scores(
        gain.tolist(),
        (edges[:, 0] - to.jump).tolist(),
        edges[:, 1].tolist(),
        np.minimum(0, np.log(prob[:, SOURCE]) - math.log(0.3)).tolist(),
        roles[:, SOURCE_START],
        roles[:, SOURCE_END].tolist(),
        prob[:, CONTENT].tolist(),
    )


def best_source(cue: Cue, scores: Scores, to: Settings) -> tuple[int, int] | None:
    """Return the source's pieces [start, end) in the window, None where "no source" scores better than every span."""
    best, at = 2 * cue.none + to.no_source, None
    a, b = cue.start - cue.low, cue.end - cue.low
    highest = max(scores.source_end)
    for s in np.argsort(-scores.source_start, kind="stable")[:STARTS].tolist():
        begin = float(scores.source_start[s])
        if begin + highest <= best:
            continue
        run = 0.0
        for e in range(s, min(len(scores.source), s + LONGEST_SOURCE)):
            if a <= e < b:
                break
            run += scores.source[e]
            score = begin + scores.source_end[e] + run / (e - s + 1)
            if score > best:
                best, at = score, (s, e + 1)
    return at


def best_content(scores: Scores, taken: set[int]) -> list[tuple[int, int]]:
    """Return the runs of pieces [start, end) that are the content: the best-scoring set of runs that leaves out `taken`."""
    inside, outside, close = -1e9, 0.0, 0.0
    stays_in, stays_out = [], []
    for t, (gain, opening, closing) in enumerate(zip(scores.content, scores.opens, scores.closes, strict=True)):
        enter, leave = outside + opening, inside + close
        stays_in.append(inside >= enter)
        stays_out.append(outside >= leave)
        inside = -1e9 if t in taken else (inside if inside >= enter else enter) + gain
        outside = outside if outside >= leave else leave
        close = closing
    now = inside + close > outside
    marks = [False] * len(stays_in)
    for t in range(len(marks) - 1, -1, -1):
        marks[t] = now
        now = stays_in[t] if now else not stays_out[t]
    return runs(marks)


def runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Return runs of true as [start, end).

    >>> runs([False, True, True, False, True])
    [(1, 3), (4, 5)]
    """
    out, start = [], None
    for i, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = i
        elif not mark and start is not None:
            out.append((start, i))
            start = None
    return out


def read(cue: Cue, page: Page, to: Settings) -> Draft | None:
    """Return one cue's statement; None where it has no content."""
    scores = scores_of(cue, to)
    low = cue.low
    source = best_source(cue, scores, to)
    found = best_content(scores, {*range(cue.start - low, cue.end - low), *(range(*source) if source else ())})
    cue_span = page.words(cue.start, cue.end)
    source_spans = [page.words(source[0] + low, source[1] + low)] if source else []
    source_spans = [s for s in source_spans if s.end <= cue_span.start or s.start >= cue_span.end]
    below = below_colon(cue_span, page)
    if below and (not found or page.text[below[0].start] in OPENING):
        signs = signs_of(cue, scores, source, [], below)
        return Draft((cue_span,), tuple(source_spans), tuple(below), cue.top, cue.any, signs)
    if not found:
        return None
    content = one_sentence([page.words(a + low, b + low) for a, b in found], cue_span, page)
    content = quotations(content, [cue_span, *source_spans], page, to)
    if not content:
        return None
    signs = signs_of(cue, scores, source, found, content)
    return Draft((cue_span,), tuple(source_spans), tuple(content), cue.top, cue.any, signs)


def signs_of(
    cue: Cue, scores: Scores, source: tuple[int, int] | None, found: list[tuple[int, int]], content: list[Span]
) -> tuple[float, ...]:
    """Return what tells a good reading from a poor one: how sure the content is, how much was left, how sure the source."""
    if not found:  # read off the lay-out: as sure as the surest, of a middling length
        found, probable = [(0, 1)], [1.0]
    else:
        probable = scores.probable
    count = sum(b - a for a, b in found)
    held = sum(sum(probable[a:b]) for a, b in found)
    lost = sum(probable) - held
    margin = at = 0.0
    if source:
        margin = float(scores.source_start[source[0]]) + scores.source_end[source[1] - 1] - 2 * cue.none
        at = math.exp(sum(scores.source[slice(*source)]) / (source[1] - source[0]))
    sure, left = held / count, min(1.0, lost / count)
    return (sure, left, math.log(count), max(-8.0, min(8.0, margin)) / 8, at, float(not source), float(len(content)))


def below_colon(cue: Span, page: Page) -> list[Span]:
    """Return the paragraph below one that ends with a cue and a colon ("He wrote:"), the quoted part of it if it opens so.

    The network reads one paragraph at a time and cannot see it.
    """
    para = page.paragraph_at(cue.start)
    if para is None or page.text[cue.end - 1 : para.end].strip(" \u00a0:") not in {"", page.text[cue.end - 1]}:
        return []
    if page.text[para.end - 1] != ":":
        return []
    after = page.paragraph_after(para)
    if after is None:
        return []
    quoted = [r for r in page.regions_within(*after) if r.start == after.start and not r.depth]
    return [Span(quoted[0].start, quoted[0].end) if quoted else after]


def one_sentence(content: list[Span], cue: Span, page: Page) -> list[Span]:
    """Return the content with runs over the end of a sentence cut there, unless the end is quoted.

    Of a run that is cut, what stands in the cue's own sentence is kept, else the longest part.
    """
    out = []
    for span in content:
        cuts = _sentence_starts(span, page)
        if not cuts:
            out.append(span)
            continue
        edges = [span.start, *cuts, span.end]
        parts = [trim(Span(a, b), page.text) for a, b in pairwise(edges)]
        home = page.sentence_at(cue.start)
        own = [p for p in parts if home is not None and p.start < home.end and p.end > home.start]
        out.append(own[0] if own else max(parts, key=lambda p: p.end - p.start))
    return out


def _sentence_starts(span: Span, page: Page) -> list[int]:
    """Where sentences begin inside a span, outside quotation marks."""
    starts, place = [], span.start
    while (home := page.sentence_at(place)) is not None and home.end < span.end:
        place = home.end
        while place < span.end and page.sentence_at(place) is None:
            place += 1
        if place < span.end:
            starts.append(place)
    regions = page.regions_within(*span) if starts else ()
    return [s for s in starts if not any(r.start < s < r.end for r in regions)]


def quotations(content: list[Span], others: list[Span], page: Page, to: Settings) -> list[Span]:
    """Return the content with each quoted region taken whole or left, and never over its own cue or source.

    A cue that is itself quoted stays within its marks. `others` are the cue and the source.
    """
    out = list(content)
    cue = others[0]
    for region in page.regions_within(out[0].start, out[-1].end):
        where = Span(region.start, region.end)
        if where.start <= cue.start and cue.end <= where.end:
            out = [Span(max(s, where.start), min(e, where.end)) for s, e in out if s < where.end and e > where.start]
        elif not any(where.start < o.end and where.end > o.start for o in others):
            out = _whole_or_none(out, where, to.whole)
        if not out:
            return []
    pieces = join(out, page.text)
    for other in others:
        pieces = less(pieces, other)
    return [p for p in (trim(p, page.text) for p in pieces) if has_words(p, page.text)]


def _whole_or_none(content: list[Span], region: Span, share: float) -> list[Span]:
    parts = [(s, e) for s, e in content if s < region.end and e > region.start]
    covered = sum(min(e, region.end) - max(s, region.start) for s, e in parts)
    if not covered:
        return content
    if covered >= share * (region.end - region.start):
        return [*content, region]
    if any(s < region.start or e > region.end for s, e in parts):
        return less(content, region)
    return content
