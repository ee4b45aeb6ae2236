"""From drafts to statements: takes the drafts of all cues of a text, gives those that stand, with confidence and parent.

Two drafts that read the same words leave the better one; a draft inside the content of another is its child. A quotation
that nobody has claimed goes to the statement it carries on. The confidence is a calibrated probability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document import Span
from onrecord.extract.antecedents import with_antecedent
from onrecord.extract.carry_on import carry_on
from onrecord.extract.decode import read
from onrecord.extract.lines import lines, names_a_report, posts, reads_a_turn, runs_over, transcript, unlabelled
from onrecord.extract.no_words import is_ahead, is_origin, is_picture, is_stray, is_unlisted
from onrecord.extract.page import Beside, Cue, Draft, Page, hull, less, overlap, size
from onrecord.extract.passed_on import passed_on
from onrecord.extract.second_cue import second_cues
from onrecord.extract.settings import Settings

INSIDE = 0.8  # of a content that must lie in another's for the one to be inside the other
SAME = 0.7  # of two contents that must be common for them to be readings of the same words
FIRST_PERSON = frozenset({"i", "we"})


def decode(page: Page, cues: Sequence[Cue], to: Settings) -> list[Draft]:
    """Return all statements of a text in text order, `parent` their place in the list."""
    drafts = [d for cue in cues if max(cue.top, cue.any) >= to.hopeless and (d := read(cue, page, to)) is not None]
    spoken = transcript(page)
    posted, turns = Beside(page, ((d, d.cue) for d in posts(page))), Beside(page, ((d, d.content) for d in spoken))
    drafts = [d for d in drafts if not runs_over(d, posted)]
    drafts = [d for d in distinct(drafts, to) if not is_no_statement(d, page) and not reads_a_turn(d, turns)]
    outer = apart([d for d in drafts if confidence(d, to) >= least(d, False, page, to)], page)
    outer = passed_on(carry_on([*spoken, *second_cues(outer, page)], page), page)
    outer += lines(page, outer)
    outer = [unlabelled(d, page) for d in outer]
    known, ruled = {d.cue for d in outer}, Beside(page, ((d, d.cue) for d in outer if d.rule))
    free = [d for d in drafts if d.cue not in known and not any(overlap(d.cue, one.cue) for one in ruled.near(d.cue))]
    return nest(outer + free, page, to)


def logit(p: float) -> float:
    """Return the log odds of a probability, kept finite.

    >>> logit(0.5)
    0.0
    """
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def features(draft: Draft, nested: bool = False) -> list[float]:
    """Return what the confidence of a statement is computed from, in the order of its weights."""
    return [logit(draft.any if nested else draft.top), logit(draft.any), *draft.signs]


def confidence(draft: Draft, to: Settings, nested: bool = False) -> float:
    """Return how probable it is that a draft is a statement with its content and source right; 1 for one made by a rule."""
    if draft.rule:
        return 1.0
    total = to.base + sum(w * x for w, x in zip(to.weights, features(draft, nested), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def neighbours(drafts: Sequence[Draft]) -> list[list[int]]:
    """Return for every draft the numbers of those whose hull overlaps its own; long texts have many drafts, near ones few."""
    hulls = [hull(d) for d in drafts]
    order = sorted(range(len(drafts)), key=lambda i: hulls[i])
    out: list[list[int]] = [[] for _ in drafts]
    active: list[int] = []
    for i in order:
        active = [j for j in active if hulls[j].end > hulls[i].start]
        for j in active:
            out[i].append(j)
            out[j].append(i)
        active.append(i)
    return out


def distinct(drafts: list[Draft], to: Settings) -> list[Draft]:
    """Return the drafts without those that share their cue, or read the same words, with a better one; in text order."""
    near = neighbours(drafts)
    value = [max(confidence(d, to), confidence(d, to, nested=True)) for d in drafts]
    kept: set[int] = set()
    for i in sorted(range(len(drafts)), key=lambda i: (-value[i], drafts[i].cue)):
        d = drafts[i]
        if not any(j in kept and (overlap(d.cue, drafts[j].cue) or same(d, drafts[j])) for j in near[i]):
            kept.add(i)
    return sorted((drafts[i] for i in sorted(kept)), key=lambda d: (hull(d), d.cue))


def same(a: Draft, b: Draft) -> bool:
    """Tell whether two drafts read the same words as what was said, neither of them inside the other."""
    if overlap(a.content, b.content) <= SAME * max(size(a.content), size(b.content)):
        return False
    return not overlap(a.cue, b.content) and not overlap(b.cue, a.content)


def apart(drafts: Sequence[Draft], page: Page) -> list[Draft]:
    """Return the drafts so that a quotation that two of them read stays with the one whose cue is in its sentence.

    In “No,” she said. “Never again” is what he told her, the second quotation is his. Statements inside others share on.
    """
    if not page.regions:
        return list(drafts)
    near = neighbours(drafts)
    out = []
    for i, draft in enumerate(drafts):
        content = list(draft.content)
        for where, home in _whole_regions(draft, page):
            rivals = [drafts[j] for j in near[i] if _is_in(drafts[j].cue[0], home)]
            if any(overlap(r.content, [where]) and not overlap(r.cue, draft.content) for r in rivals):
                content = less(content, where)
        out.append(replace(draft, content=tuple(content)) if content else draft)
    return out


def _whole_regions(draft: Draft, page: Page) -> list[tuple[Span, Span]]:
    """The quotations that lie wholly in a draft's content and in a sentence that is not its cue's, with that sentence."""
    found = []
    for region in (r for span in draft.content for r in page.regions_within(*span) if not r.depth):
        where, home = Span(region.start, region.end), page.sentence_at(region.start)
        if home is None or _is_in(draft.cue[0], home) or page.sentence_at(region.end - 1) != home:
            continue
        if overlap(draft.content, [where]) == where.end - where.start:
            found.append((where, home))
    return found


def _is_in(span: Span, home: Span) -> bool:
    return home.start <= span.start < home.end


def inside(a: Draft, b: Draft) -> bool:
    """Tell whether `a` lies inside the content of `b`: its cue does, and nearly all of its content."""
    return overlap(a.cue, b.content) > 0 and overlap(a.content, b.content) >= INSIDE * size(a.content)


def nest(drafts: list[Draft], page: Page, to: Settings) -> list[Draft]:
    """Return the drafts that are sure enough where they stand, each with its confidence and the one around it."""
    near = neighbours(drafts)
    chosen: dict[int, tuple[int | None, float]] = {}
    for i in sorted(range(len(drafts)), key=lambda i: (-size(drafts[i].content), drafts[i].cue)):
        around = [j for j in near[i] if j in chosen and inside(drafts[i], drafts[j])]
        parent = min(around, key=lambda j: (size(drafts[j].content), drafts[j].cue), default=None)
        score = confidence(drafts[i], to, nested=parent is not None)
        if score >= least(drafts[i], parent is not None, page, to):
            chosen[i] = parent, score
    order = sorted(chosen, key=lambda i: (hull(drafts[i]).start, chosen[i][0] is not None, drafts[i].cue))
    place = {i: n for n, i in enumerate(order)}
    return [
        replace(
            drafts[i],
            parent=None if (p := chosen[i][0]) is None else place[p],
            score=chosen[i][1],
            source=_full_source(drafts[i], page),
        )
        for i in order
    ]


def _full_source(draft: Draft, page: Page) -> tuple[Span, ...]:
    para = page.paragraph_at(draft.cue[0].start)
    return with_antecedent(page.text, draft.source, para.start if para else 0)


def is_no_statement(draft: Draft, page: Page) -> bool:
    """Tell whether a draft is of a kind that is no statement: a picture, what is yet to be done, who is cited, a scrap."""
    cue, source = page.words_of(draft.cue), page.words_of(draft.source)
    if names_a_report(draft, page) or is_picture(source, cue) or is_origin(cue, page.words_of(draft.content[:1])):
        return True
    return is_ahead(cue) or is_stray(cue)


def least(draft: Draft, nested: bool, page: Page, to: Settings) -> float:
    """Return how sure a statement must be, where its cue is a listed one and where not.

    One inside another in the first person ("I hope that ...", "we believe ...") needs far less: reporters' own text, which
    is all that was labelled for the training, has next to none, so the network is shy of them.
    """
    if draft.rule:
        return 0.0
    if is_unlisted(page.words_of(draft.cue)):
        return to.unlisted
    if nested and page.words_of(draft.source).casefold() in FIRST_PERSON:
        return to.first_person
    return to.nested if nested else to.outer
