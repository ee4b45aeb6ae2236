"""What a cue says of the act: takes the words of a cue and of its content, gives the listed phrase, its act and its negation.

The phrases and their acts are in `data/acts.toml`. An act of `open` means that the cue leaves it to the content; which act
that then is, is weighed in `acts`, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon
from onrecord.verbs import Found, Phrases, negated

OPEN = "open"
# Groups that say little of the act: a cue that holds a phrase of another group as well is read by that one.
PALE = frozenset({"open", "assess", "assert"})
FUTURE = frozenset({"will", "would"})


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """What the open cue `cue` does when its content `starts` with, or `holds`, one of the words (a string of words)."""

    cue: str
    act: str
    starts: str | None = None
    holds: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class CueReading:
    """How a cue was read: the listed `lemma` ("" if none), its `group`, whether it is `negated`, and the `act` that makes.

    `act` is ``open`` where the content has to decide; `listed` tells whether any listed phrase was found.
    """

    lemma: str = ""
    group: str = OPEN
    negated: bool = False
    act: str = OPEN

    @property
    def listed(self) -> bool:
        """Whether the cue holds a listed phrase."""
        return bool(self.lemma)


@cache
def phrases() -> Phrases[str]:
    """Return the matcher of all cue phrases, with their group."""
    listed: dict[str, str] = {}
    for group, members in lexicon.groups("acts").items():
        for phrase in members:
            listed.setdefault(phrase, group)
    return Phrases(listed)


@cache
def rows_by_cue() -> dict[str, tuple[ObjectRow, ...]]:
    """Return the rows of `objects`, by their cue."""
    rows = lexicon.rows("acts", ObjectRow, "objects")
    return {row.cue: tuple(other for other in rows if other.cue == row.cue) for row in rows}


def read_cue(cue: Sequence[str], content: Sequence[str]) -> CueReading:
    """Read a cue: a phrase that names an act wins over paler ones, of two the first.

    >>> read_cue(("has", "not", "ruled", "out"), ("a", "strike"))
    CueReading(lemma='rule out', group='refuse', negated=True, act='assert')
    >>> read_cue(("asked",), ("whether", "it", "was", "over")).act
    'question'
    """
    found = phrases().all(cue)
    if not found:
        return CueReading()
    telling = next((one for one in found if one.value not in PALE), None)
    chosen = telling or next((one for one in found if one.value != OPEN), found[0])
    turned = negated(cue, chosen.start)
    return CueReading(chosen.lemma, chosen.value, turned, _act(chosen, turned, content))


def _act(found: Found[str], turned: bool, content: Sequence[str]) -> str:
    named = next((row.act for row in rows_by_cue().get(found.lemma, ()) if _fits(row, content)), found.value)
    return str(lexicon.table("acts", "turned").get(named, named)) if turned else named


def _fits(row: ObjectRow, content: Sequence[str]) -> bool:
    if not content:
        return False
    if row.form == "gerund" and not content[0].endswith("ing"):
        return False
    if row.form == "future" and FUTURE.isdisjoint(content[:25]):
        return False
    if row.form == "infinitive" and "to" not in content[1:9]:
        return False
    if row.starts:
        return content[0] in row.starts.split()
    if row.holds:
        return not set(content[:12]).isdisjoint(row.holds.split())
    return True
