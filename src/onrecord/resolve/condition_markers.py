"""The words that mark a condition: takes the words of a sentence, gives the markers in it, each with its kind.

Listed markers ("unless", "in exchange for") and constructions without one ("were it to", "they do it, they will pay"). Where
the two clauses lie is read in `conditions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon
from onrecord.resolve.clauses import COMMAS, QUOTES, Word, after_marks, clause_start, finite, listed

DETERMINERS = frozenset(("the", "a", "an", "any", "his", "her", "its", "their", "our", "my", "your"))
QUESTIONS = frozenset(
    ("what", "why", "how", "when", "where", "who", "whom", "which", "nor", "neither", "so", "as", "than")
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker found at words `start` to `end`, of the `kind` its list names."""

    start: int
    end: int
    kind: str


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the markers by their first word, longest first, with the list they stand in."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in ("clause", "negative", "negative_after_no", "when_opening", "exchange", "rests_on"):
        for phrase in lexicon.words("conditions", kind):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, kind))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


def markers(words: Sequence[Word]) -> Iterator[Marker]:
    """Yield the markers in text order; where two begin at one word the longer is taken."""
    lows = tuple(word.low for word in words)
    at = 0
    while at < len(lows):
        for parts, kind in _phrases().get(lows[at], ()):
            if lows[at : at + len(parts)] == parts:
                yield Marker(at, at + len(parts), kind)
                at += len(parts) - 1
                break
        else:
            if special := _special(words, at):
                yield special
        at += 1


def _special(words: Sequence[Word], at: int) -> Marker | None:
    low = words[at].low
    if low in {"should", "were", "had"} and _inverted(words, at):
        return Marker(at, at + 1, "clause")
    if low in {"or"} and words[at + 1 : at + 2] and words[at + 1].low == "else":
        return Marker(at, at + 2, "or_else")
    if low == "then" and any(word.low == "first" for word in words[max(0, at - 12) : at]):
        return Marker(at, at + 1, "first_then")
    if low == "to" and _goal(words, at):
        return Marker(at, at + 1, "goal")
    if low == "for" and any(word.low == "ransom" for word in words[max(0, at - 6) : at]):
        return Marker(at, at + 1, "ransom")
    if low == "," and _bare(words, at):
        return Marker(at, at + 1, "bare")
    return None


def _inverted(words: Sequence[Word], at: int) -> bool:
    """Should Iran restart, were it to, had they known: at a clause's edge, and no question."""
    before = words[at - 1].low if at else ","
    asks = words[-1].low == "?" and at == 0
    if words[at].low == "should" and not asks and _turned(words, at, before):
        return True
    if asks or before not in COMMAS | QUOTES | {"be", "that", "but", "and"}:
        return False
    rest = words[at + 1 : at + 7]
    if not rest or rest[0].low in {"not", "be", "have", "to"} or rest[0].low in COMMAS or finite(rest[0]):
        return False
    low = words[at].low
    if low == "should":
        return len(rest) > 1 and before != "and"
    pronoun = rest[0].low in listed("subject")
    return (low == "were" and any(word.low == "to" for word in rest[1:4])) or (
        low == "had" and pronoun and before in COMMAS
    )


def _turned(words: Sequence[Word], at: int, before: str) -> bool:
    """They will sail should the gate open: behind "should" stands a subject, and no question word before it."""
    after = words[at + 1].low if at + 2 < len(words) else ""
    return (after in DETERMINERS or after in listed("subject")) and before not in QUESTIONS


def _goal(words: Sequence[Word], at: int) -> bool:
    """They must cut output to keep their quota: a need, what is needed, and what for; "needs to be done to" is none."""
    after = words[at + 1].low if at + 1 < len(words) else ""
    must = next((k for k in range(at - 2, max(-1, at - 10), -1) if words[k].low in listed("must")), None)
    if after not in listed("goal_verbs") or must is None:
        return False
    needed = [word.low for word in words[must + 1 : at] if word.low != "to"]
    return bool(needed) and needed[0] not in {"be", "have", "do"} and COMMAS.isdisjoint(needed)


def _bare(words: Sequence[Word], at: int) -> bool:
    """They restart it, they're going to have problems: a short clause, then the same pronoun with a future."""
    opening = after_marks(words, clause_start(words, at))
    follow = words[at + 1 : at + 4]
    return (
        2 < at - opening < 9
        and words[opening].low in {"they", "you", "he", "she", "we"}
        and not any(finite(word) or word.low.endswith("ed") for word in words[opening : opening + 3])
        and any(
            word.low in {"will", "they'll", "you'll", "he'll", "we'll", "they're", "you're", "gonna"} for word in follow
        )
        and bool(follow)
        and follow[0].low.startswith(words[opening].low)
    )
