"""How a position moves: takes what one speaker stated on one issue, gives steps in time and what changed from each to the next.

A step is what was stated one way (for, against or unclear) on one day. The rules, the first that fits (docs/positions.md):
new; dropped, where the words say so; unclear, where way or order is not known; reversed, softened or hardened, by way, condition,
figure or threat; unclear, where signs point both ways; held. Silence changes nothing. Speaker and issue are not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.link.stands import Does, Way
from onrecord.vocabulary import telling_words

Change = Literal["new", "held", "hardened", "softened", "reversed", "dropped", "unclear"]
GIVES = frozenset({"offers", "commits to", "accepts"})
ASKS = frozenset({"wants", "threatens"})
ALIKE = 0.5  # share of the fewer words that two aims must have in common to speak of the same thing asked
UNDATED = 99_999_999


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement's stand on one issue: `day` as `rows.day_number` has it; `once` tells reports of one utterance.

    `figures` are the values in it with their units; `words` those of its aim, without the issue's own, `verb` its verb's stem.
    """

    statement: int
    day: int | None
    does: Does
    way: Way
    if_: str | None = None
    negated: bool = False
    figures: tuple[tuple[float, str], ...] = ()
    words: frozenset[str] = frozenset()
    once: int | None = None
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What was stated one way on one day, and how that differs from the step before; `why` says it in words."""

    day: int | None
    way: Way
    does: tuple[Does, ...]
    change: Change
    why: str
    stated: tuple[Stated, ...]

    @property
    def if_(self) -> str | None:
        """The first condition among its statements, None where none has one."""
        return next((one.if_ for one in self.stated if one.if_), None)


def steps(stated: Iterable[Stated]) -> list[Step]:
    """Return the steps in the order of time, undated ones last; the order in which statements are given does not matter.

    >>> no = Stated(1, 20240304, "rules out", "against", if_="the crews are home", negated=True)
    >>> yes = Stated(2, 20240411, "offers", "for", if_="the crews are freed")
    >>> flat = Stated(3, 20240516, "accepts", "for")
    >>> [(step.way, step.change) for step in steps([flat, yes, no])]
    [('against', 'new'), ('for', 'softened'), ('for', 'softened')]
    """
    groups: dict[tuple[int, Way], list[Stated]] = defaultdict(list)
    for one, day in _dated(sorted(stated, key=_order)):
        groups[day, one.way].append(one)
    found: list[Step] = []
    for (day, way), some in sorted(groups.items(), key=lambda item: (item[0][0], _ways(item[0][1]))):
        known = [step for step in found if step.way != "unclear" or step.change == "dropped"] or found[-1:]
        before = [step for step in known if step.day == known[-1].day]
        change, why = _change(before, day, way, some)
        does = tuple(dict.fromkeys(one.does for one in some))
        found.append(Step(None if day == UNDATED else day, way, does, change, why, tuple(some)))
    return found


def _order(one: Stated) -> tuple[object, ...]:
    """An order that does not hang on numbers of a record, which follow the order of adding."""
    return (one.day or UNDATED, one.way, one.does, one.if_ or "", one.verb, sorted(one.words), one.figures)


def _ways(way: Way) -> int:
    return ("for", "against", "unclear").index(way)


def _dated(stated: Sequence[Stated]) -> list[tuple[Stated, int]]:
    """Return each with its day: reports of one utterance have the first of theirs."""
    first: dict[int, int] = {}
    for one in stated:
        if one.once is not None:
            first[one.once] = min(first.get(one.once, UNDATED), one.day or UNDATED)
    return [(one, (one.day or UNDATED) if one.once is None else first[one.once]) for one in stated]


def _change(before: Sequence[Step], day: int, way: Way, now: Sequence[Stated]) -> tuple[Change, str]:
    if any(one.does == "drops" for one in now):
        return "dropped", "says it is given up"
    if not before or before[-1].change == "dropped":
        return "new", "first said" if not before else "said after it was dropped"
    if day in {before[-1].day, UNDATED}:
        return "unclear", "the order is not known"
    if "unclear" in {way, before[-1].way}:
        return "unclear", "for or against is not settled"
    if len({step.way for step in before}) > 1:
        return "unclear", "both ways on one day before"
    then = before[-1].stated
    if before[-1].way != way:
        return _turned(then, now, way)
    return _moved(then, now, way)


def _turned(then: Sequence[Stated], now: Sequence[Stated], way: Way) -> tuple[Change, str]:
    """For became against, or against for: with a condition it is a hardening or softening, without one a reversal."""
    if not _alike(then, now):
        return "unclear", "the other way, but perhaps on another matter"
    if any(all(one.does == "criticizes" for one in some) for some in (then, now)):
        return "unclear", "blame, and perhaps no stand on the matter"
    if any(one.if_ for one in now):
        return (
            ("softened", "now yes, on a condition")
            if way == "for"
            else ("hardened", "now no, unless a condition is met")
        )
    return "reversed", f"{'against' if way == 'for' else 'for'} before, {way} now"


def _moved(then: Sequence[Stated], now: Sequence[Stated], way: Way) -> tuple[Change, str]:
    signs = [sign for sign in (_condition(then, now, way), _figure(then, now, way), _threat(then, now)) if sign]
    changes = {change for change, _ in signs}
    if len(changes) > 1:
        return "unclear", "; ".join(why for _, why in signs)
    return signs[0] if signs else ("held", "as before")


def _condition(then: Sequence[Stated], now: Sequence[Stated], way: Way) -> tuple[Change, str] | None:
    """A condition added to a yes hardens, to a no or as a way out ("unless") softens; without it, the other way round.

    One left out is dropped only where the same is asked again.
    """
    was, has = [one for one in then if one.if_], [one for one in now if one.if_]
    binds = way == "for" and not any(one.negated for one in (*was, *has))
    if has and not was:
        return ("hardened" if binds else "softened"), "a condition added"
    if was and not has:
        if not _alike(was, now):
            return "unclear", "a condition not repeated"
        return ("softened" if binds else "hardened"), "a condition dropped"
    if was and has and not _same_condition(was, has):
        return "unclear", "another condition"
    return None


def _same_condition(was: Sequence[Stated], has: Sequence[Stated]) -> bool:
    return any(set(telling_words(a.if_ or "")) & set(telling_words(b.if_ or "")) for a in was for b in has)


def _figure(then: Sequence[Stated], now: Sequence[Stated], way: Way) -> tuple[Change, str] | None:
    """More asked hardens, more offered softens; only where each names one figure of that unit, for the same thing."""
    if way != "for" or not _alike(then, now):
        return None
    for gives in (False, True):
        kinds = GIVES if gives else ASKS
        was, has = (
            _one_each(one for one in then if one.does in kinds),
            _one_each(one for one in now if one.does in kinds),
        )
        for unit in sorted(was.keys() & has.keys()):
            if was[unit] != has[unit]:
                more = has[unit] > was[unit]
                change: Change = "softened" if more == gives else "hardened"
                return change, f"{was[unit]:g} {unit} before, {has[unit]:g} now"
    return None


def _one_each(stated: Iterable[Stated]) -> dict[str, float]:
    values: dict[str, set[float]] = defaultdict(set)
    for one in stated:
        for value, unit in one.figures:
            values[unit].add(value)
    return {unit: next(iter(some)) for unit, some in values.items() if len(some) == 1}


def _threat(then: Sequence[Stated], now: Sequence[Stated]) -> tuple[Change, str] | None:
    if any(one.does == "threatens" for one in now) and not any(one.does == "threatens" for one in then):
        return "hardened", "now a threat"
    return None


def _alike(then: Sequence[Stated], now: Sequence[Stated]) -> bool:
    """Say whether two steps ask for the same: by verb, by half the words of the shorter aim, or both name the issue alone."""
    return any((a.verb and a.verb == b.verb) or _share(a.words, b.words) >= ALIKE for a in then for b in now)


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return float(not a and not b)
    return len(a & b) / min(len(a), len(b))
