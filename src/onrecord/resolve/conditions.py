"""Conditions: takes a document's statements, gives each the first thing in its content that is made to depend on another.

"No deal unless the siege ends" becomes the two clauses without the marker, `negated` where the marker turns the `if_` round.
A condition goes to the innermost statement that holds it. Whether a condition was met is not known here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from onrecord.document import Condition, Document, Span, Statement
from onrecord.resolve.clauses import (
    BREAK,
    COMMAS,
    JOINERS,
    QUOTES,
    STOPS,
    Word,
    after_marks,
    boundaries,
    clause_start,
    finite,
    line,
    listed,
    negated,
    opens_clause,
    trim,
)
from onrecord.resolve.condition_markers import Marker, markers
from onrecord.stage import stage

BY = "conditions-1"
WHETHER_CUES = frozenset({"question"})
Reading = tuple[tuple[int, int], tuple[int, int]]


@stage(needs=("text", "sentences", "statements", "statements.act"), adds=("statements.condition",))
def conditions(doc: Document) -> Document:
    """Give every statement its condition, where its content states one."""
    stmts = doc.statements or ()
    inner: dict[str, list[Span]] = {}
    for stmt in stmts:
        if stmt.parent:
            inner.setdefault(stmt.parent, []).extend(stmt.content)
    return replace(doc, statements=tuple(_with_condition(stmt, doc, inner.get(stmt.id, ())) for stmt in stmts))


def _with_condition(stmt: Statement, doc: Document, inner: Sequence[Span]) -> Statement:
    found = next(find(doc.text, stmt, doc.sentences or (), inner), None)
    return replace(stmt, condition=found, by=stmt.by | {"condition": BY}) if found else stmt


def find(text: str, stmt: Statement, sentences: Sequence[Span], inner: Sequence[Span] = ()) -> Iterator[Condition]:
    """Yield the conditions in a statement's content, sentence by sentence; those whose marker lies in `inner` are left out."""
    for pieces in _by_sentence(stmt.content, sentences):
        words = line(text, pieces)
        for marker in markers(words):
            here = words[marker.start].span
            if any(span.start <= here.start and here.end <= span.end for span in inner):
                continue
            reading = read(words, marker, stmt)
            condition = reading and _condition(words, marker, reading)
            if condition:
                yield condition


def _by_sentence(content: Sequence[Span], sentences: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the pieces of each sentence; a piece that goes on in the same sentence after the cue stays with its beginning."""
    rows: dict[int, list[Span]] = {}
    for piece in content:
        at = piece.start
        first, behind = (bisect_right(sentences, offset, key=itemgetter(0)) for offset in (piece.start, piece.end - 1))
        for k in range(max(0, first - 1), behind):
            end = min(piece.end, sentences[k + 1].start) if k + 1 < len(sentences) else piece.end
            if end > at:
                rows.setdefault(k, []).append(Span(at, end))
            at = max(at, end)
        if at < piece.end:
            rows.setdefault(len(sentences), []).append(Span(at, piece.end))
    yield from (tuple(rows[k]) for k in sorted(rows))


def read(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    """Return the word ranges of the `if_` and the `then` that a marker stands between, None where it marks no condition."""
    return READERS[marker.kind](words, marker, stmt)


def _clause(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    """If and its kind: the `then` follows where the marker opens the sentence or a clause, else it stands before."""
    if words[marker.end - 1].low == "if" and _not_a_condition(words, marker, stmt):
        return None
    if words[marker.end - 1].low == "as" and _is_time(words, marker):
        return None
    if words[marker.end - 1].low in {"provided", "providing", "assuming"} and not _at_edge(words, marker):
        return None
    opening = _opens(words, marker)
    if opening or words[marker.start - 1].low in JOINERS | {BREAK, "that", "because", "—", "–", ":"} | QUOTES:
        forward = _forward(words, marker)
        if forward or opening:
            return forward
    return _backward(words, marker)


def _at_edge(words: Sequence[Word], marker: Marker) -> bool:
    """The verb "provided" makes a condition after a comma or at the start only."""
    return marker.start == 0 or words[marker.start - 1].low in COMMAS


def _opens(words: Sequence[Word], marker: Marker) -> bool:
    start = clause_start(words, marker.start) if marker.start else 0
    before = [
        word for word in words[start : marker.start] if word.low not in listed("leading") and word.low[0].isalnum()
    ]
    return not before or (len(before) == 1 and before[0].low.endswith("ly"))


def _forward(words: Sequence[Word], marker: Marker) -> Reading | None:
    split = _inverted_main(words, marker) or _if_ends(words, marker.end)
    return ((marker.end, split), (split, len(words))) if split is not None else None


def _inverted_main(words: Sequence[Word], marker: Marker) -> int | None:
    """Only after they leave will talks begin: `only` at the front turns the main clause round, its auxiliary opens it."""
    if words[marker.start].low != "only":
        return None
    turned = {"will", "would", "can", "could", "do", "does", "may", "shall", "should", "is", "are"}
    return next((at for at in range(marker.end + 2, len(words) - 1) if words[at].low in turned), None)


def _if_ends(words: Sequence[Word], start: int) -> int | None:
    """Return where an opening condition ends: a comma before a main clause, else a pronoun with an auxiliary, else a comma."""
    commas = [at for at in boundaries(words, start) if at > start]
    for at in commas:
        after = after_marks(words, at + 1)
        if after < len(words) and words[after].low not in JOINERS | listed("stops") and opens_clause(words, after):
            return at
    for at in range(start + 1, len(words) - 1):
        if words[at].low in STOPS:
            break
        if words[at].low == "then" or (at > start + 1 and _second_subject(words, at, start)):
            return at
    return commas[-1] if commas and commas[-1] < len(words) - 2 else None


# After these a pronoun with an auxiliary opens a clause of theirs, not the main clause.
NOT_SECOND = frozenset(
    "what which who than that think thinks believe believes want wants say says said know knows feel feels hope hopes mean means "
    "decide decides see sees like when where how as because until after before why".split()
)


def _second_subject(words: Sequence[Word], at: int, start: int) -> bool:
    """Tell whether a new subject begins at `at` without a comma: "if it loses it will fight", "only after that will they"."""
    low = words[at].low
    if low in listed("subject") and low != "that" and at + 1 < len(words):
        return (finite(words[at + 1]) or finite(words[at])) and words[at - 1].low not in JOINERS | NOT_SECOND
    return low in {"will", "would", "can"} and at > start + 1 and words[at + 1].low in listed("subject")


def _backward(words: Sequence[Word], marker: Marker) -> Reading | None:
    start = clause_start(words, marker.start)
    end = _tail_ends(words, marker.end)
    if end <= marker.end or marker.start - start < 1:
        return None
    if words[marker.start - 1].low == "," and end < len(words) - 1 and words[end].low == "," and finite(words[end + 1]):
        rest = len(words) - end
        return (marker.end, end), ((start, marker.start) if marker.start - start > rest else (end, len(words)))
    return ((marker.end, end), (start, marker.start)) if marker.start - start >= 2 else None


def _tail_ends(words: Sequence[Word], start: int) -> int:
    """Return where a condition that follows its main clause ends; a comma inside a quotation that opens in it does not end it."""
    quoted = False
    for at in range(start, len(words)):
        low = words[at].low
        if low in QUOTES:
            quoted = low not in "”’»" and not (quoted and low in "\"'")
        if at == start or (quoted and low != BREAK):
            continue
        if low in STOPS | {BREAK, "—", "–", "!", "?"} or (low in {"while", "though"} and at > start + 2):
            return at
        if low in {",", ":"} and _something_else(words, at + 1):
            return at
    return len(words)


def _something_else(words: Sequence[Word], at: int) -> bool:
    at = after_marks(words, at)
    if at >= len(words):
        return True
    low = words[at].low
    if low in {"and", "or"}:
        return opens_clause(words, at + 1) and low == "and"
    return low in listed("stops") or (low.endswith("ing") and low != "including") or opens_clause(words, at, reach=6)


def _not_a_condition(words: Sequence[Word], marker: Marker, stmt: Statement) -> bool:
    """An `if` that means whether, or stands in a set phrase."""
    after = words[marker.end].low if marker.end < len(words) else ""
    if not after or after in listed("not_after_if") or after in COMMAS:
        return True
    if marker.end - marker.start > 1:
        return False
    before = words[marker.start - 1].low if marker.start else ""
    return before in listed("not_if") or (
        marker.start == 0 and stmt.act in WHETHER_CUES and _if_ends(words, marker.end) is None
    )


def _after_no(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    """Until, without, before: a condition only where the clause before is negated, or where it follows and is."""
    start = clause_start(words, marker.start)
    if _is_time(words, marker):
        return None
    before = words[marker.start - 1].low if marker.start else ""
    if negated(words, start, marker.start) and not _past(words, start, marker.start) and before not in NOT_BEFORE:
        return _backward(words, marker)
    if words[marker.start].low == "before" and _must(words, start, marker.start):
        return _before(words, marker, start)
    if _opens(words, marker):
        forward = _forward(words, marker)
        if forward and negated(words, *forward[1]):
            return forward
    return None


NOT_BEFORE = frozenset({"not", "than", "never", "ever", "day", "night", "week", "year", "month", "years", "long"})


def _past(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether a clause tells of what was: "nobody came until noon" makes no condition, "nobody will come until ..." does."""
    lows = [word.low for word in words[start:end]]
    return not listed("past").isdisjoint(lows) and listed("to_come").isdisjoint(lows)


def _is_time(words: Sequence[Word], marker: Marker) -> bool:
    """Tell whether a date or hour follows: until Friday, before 2009, as long as 18 years."""
    rest = [word.low for word in words[marker.end : marker.end + 3]]
    return bool(rest) and (rest[0][0].isdigit() or not listed("times").isdisjoint(rest[:2]))


def _must(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether something must be done: a verb of need, or "has to"."""
    lows = [word.low for word in words[start:end]]
    had_to = any(one in {"has", "have", "had"} and two == "to" for one, two in pairwise(lows))
    return had_to or not listed("must").isdisjoint(lows)


def _before(words: Sequence[Word], marker: Marker, start: int) -> Reading | None:
    """They must disarm before talks begin: what must come first is the condition."""
    end = _tail_ends(words, marker.end)
    return ((start, marker.start), (marker.end, end)) if end > marker.end + 1 else None


def _when(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    return _forward(words, marker) if _opens(words, marker) else None


def _exchange(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    """A in exchange for B: B is the condition of A, unless A is what is demanded; then A is the condition of B."""
    reading = _backward(words, marker)
    if reading is None or marker.end - marker.start < 3:
        return None
    if_, then = reading
    then = _after_subject(words, then) if stmt.act == "demand" else then
    return (then, if_) if stmt.act == "demand" else (if_, then)


def _after_subject(words: Sequence[Word], run: tuple[int, int]) -> tuple[int, int]:
    """Leave out what stands before the last `to` of a demand ("South Korea to limit exports")."""
    breaks = [at for at in range(*run) if words[at].low in {"to", BREAK}]
    return (breaks[0] + 1, run[1]) if breaks and breaks[0] - run[0] < 5 else run


# Too dependent on, a town that depends on: these tell of a state, not of a condition.
PEOPLE = frozenset(
    "people persons residents inhabitants families households farmers villagers workers men women children patients "
    "refugees citizens consumers customers communities towns villages cities".split()
)
NOT_RESTING = frozenset({"too", "heavily", "so", "more", "overly", "increasingly", "less", "who", "which"})


def _rests_on(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    reading = _backward(words, marker)
    if reading is None or words[marker.start - 1].low in NOT_RESTING:
        return None
    if_, (start, end) = reading
    if words[marker.start].low.startswith("depend") and any(word.low in PEOPLE for word in words[start:end]):
        return None
    while end > start and (finite(words[end - 1]) or words[end - 1].low in {"be", "been", "also", "only"}):
        end -= 1
    return (if_, (start, end)) if end > start else None


def _or_else(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    end = _tail_ends(words, marker.end)
    return ((clause_start(words, marker.start), marker.start), (marker.end, end)) if end > marker.end else None


def _first_then(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    start = clause_start(words, marker.start)
    end = _tail_ends(words, marker.end)
    follows = words[marker.end].low if marker.end < len(words) else ""
    if follows in {"in", "at", "as", "on", "by", "to", "for", "from", "with"} or negated(words, start, marker.start):
        return None
    if_end = marker.start
    while if_end > start and words[if_end - 1].low in {"first", "and", ",", "only"}:
        if_end -= 1
    if_start = start + 1 if words[start].low == "first" else start
    return ((if_start, if_end), (marker.end, end)) if if_end > if_start and end > marker.end else None


def _goal_read(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    musts = [at for at in range(max(0, marker.start - 9), marker.start) if words[at].low in listed("must")]
    end = _tail_ends(words, marker.end)
    return ((musts[-1] + 1, marker.start), (marker.end, end)) if musts and marker.start - musts[-1] > 1 else None


def _ransom(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    return (clause_start(words, marker.start), marker.start), (marker.end, _tail_ends(words, marker.end))


def _bare_read(words: Sequence[Word], marker: Marker, stmt: Statement) -> Reading | None:
    start = clause_start(words, marker.start)
    return (start, marker.start), (marker.end, _sentence_ends(words, marker.end))


def _sentence_ends(words: Sequence[Word], start: int) -> int:
    return next((at for at in range(start, len(words)) if words[at].low in STOPS), len(words))


READERS: dict[str, Callable[[Sequence[Word], Marker, Statement], Reading | None]] = {
    "clause": _clause,
    "negative": _clause,
    "negative_after_no": _after_no,
    "when_opening": _when,
    "exchange": _exchange,
    "rests_on": _rests_on,
    "or_else": _or_else,
    "first_then": _first_then,
    "goal": _goal_read,
    "ransom": _ransom,
    "bare": _bare_read,
}
TURNED = frozenset({"negative", "negative_after_no", "or_else"})


def _condition(words: Sequence[Word], marker: Marker, reading: Reading) -> Condition | None:
    if_, then = trim(words, *reading[0]), trim(words, *reading[1])
    if if_ is None or then is None:
        return None
    shown = Span(words[marker.start].span.start, words[marker.end - 1].span.end)
    must_first = marker.kind == "negative_after_no" and reading[0][0] < reading[1][0]
    return Condition(if_, then, shown, marker.kind in TURNED and not must_first, BY)
