"""Stands: takes what one statement says, gives what its speaker wants, offers or rules out, and of what; compares nothing.

The act decides what kind of stand it is, as far as its cue or its rule names one: who "called for" a thing wants it, who
"reminded" somebody of it does not. The way of the stand, for or against, follows from the kind and from the aim (see `aims`): to
demand an end of a thing is to be against it. Where the two do not settle it the way is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord import lexicon
from onrecord.link import aims
from onrecord.verbs import Phrases, inflections, negated, spell

Way = Literal["for", "against", "unclear"]
Does = Literal[
    "wants", "offers", "commits to", "accepts", "supports", "opposes", "criticizes", "rules out", "threatens", "drops"
]

KINDS: dict[str, Does] = {
    "demand": "wants",
    "offer": "offers",
    "commit": "commits to",
    "agree": "accepts",
    "support": "supports",
    "condemn": "criticizes",
    "deny": "opposes",
    "refuse": "rules out",
    "threaten": "threatens",
}
YES = frozenset({"wants", "offers", "commits to", "accepts", "supports", "threatens"})
NO = frozenset({"opposes", "criticizes", "rules out"})
SURE = 0.6  # an act that was weighed and is less sure than this states no stand
RULES = frozenset(
    {
        "harm by the speaker", "harm on a condition", "no by the speaker", "no unless", "there will be no", "does not want",
        "ready to", "offers", "must", "asks of others", "should", "own plan", "own plan, spoken", "agreement reached",
    }
)  # fmt: skip
MARKERS = {
    "wants": (
        "must",
        "should",
        "need",
        "needs",
        "ought",
        "let's",
        "let",
        "want",
        "demand",
        "urge",
        "call",
        "please",
        "have",
    ),
    "offers": ("ready", "willing", "offer", "offers", "propose", "open", "prepared", "happy", "would", "will"),
    "commits to": ("will", "'ll", "going", "shall", "would", "plan", "intend", "promise", "vow"),
    "rules out": ("not", "n't", "never", "no", "cannot", "neither", "refuse", "refuses"),
    "threatens": ("will", "'ll", "would", "going"),
}
_INFINITIVE = re.compile(r"(?:^|\s)to$", re.IGNORECASE)
_OFFER = re.compile(
    r"[’']s? (?:\w+ )?(?:offer|compromise|concession)\b|\b(?:the|an) (?:offer|compromise|concession)\b", re.IGNORECASE
)
_IS = re.compile(r"\W*(?:[\w’'.-]+\s){1,6}?(?:is|are|was|were|has|have|had|will|would)\b")
_FULL_CLAUSE = re.compile(r"\b(?:he|she|it|they|we|i|is|are|was|were|has|had|have)\b", re.IGNORECASE)

_CLAUSE = re.compile(r"\W*(?:I|we|he|she|they|it|you|there)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as far as a stand can be read from it: `then` is the part that depends on `if_`, where it has a condition."""

    text: str
    cue: str = ""
    act: str = "assert"
    by: str = ""
    sure: float | None = None
    if_: str | None = None
    then: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """What a speaker does about some issues: each with its way; `words` and `verb` are the aim's, `if_` its condition."""

    does: Does
    about: tuple[tuple[aims.Phrase, Way], ...]
    words: frozenset[str]
    if_: str | None = None
    negated: bool = False
    verb: str = ""


@cache
def _drops() -> Phrases[bool]:
    return Phrases(dict.fromkeys(lexicon.words("positions", "drops"), True))


def read(said: Spoken) -> Stand | None:
    """Return the stand a statement states, None where it states none.

    >>> stand = read(Spoken("two gates be opened", "called for", "demand", "acts-1/cue call for"))
    >>> stand.does, [(phrase.key, way) for phrase, way in stand.about]
    ('wants', [('gate', 'for')])
    >>> read(Spoken("the rain", "reminded them of", "demand", "acts-1/cue remind")) is None
    True
    """
    does = kind(said)
    if does is None:
        return None
    cue = spell(said.cue)
    tail = _behind(cue, _lemma(said))
    if _dropping(cue, said.text):
        does = "drops"
    text = _wanted(said, does)
    front = " ".join(tail[:-1] if tail[-1:] == ("to",) else tail)
    apart = "" if text[:1] in "’'" else " "  # the content may begin in a word: "decried her | ’s plan"
    text = f"{front}{apart}{text}" if front else text
    infinitive = bool(_INFINITIVE.search(said.cue)) or text.split(" ", 1)[0].endswith("ing")
    aim = aims.read(text, infinitive=infinitive)
    if does == "commits to" and not _lemma(said) and aim.verb in aims.listed("idle"):
        return None  # "we will do well" is no plan
    unclear = _turned_before(cue, _lemma(said))
    about = tuple((phrase, "unclear" if unclear else _way(does, way, said)) for phrase, way in aim.phrases)
    verb = "" if aim.verb in aims.listed("idle") else aim.verb
    return Stand(does, about, aim.words, said.if_, said.negated, verb) if about else None


def kind(said: Spoken) -> Does | None:
    """Return what a statement does by its act and what decided that, None where it states no stand."""
    does = KINDS.get(said.act) if not said.cue.endswith(" at") else None
    lemma, rule = _lemma(said), said.by.partition("/rule ")[2]
    if does is None or said.text.rstrip(" ”\"'’").endswith("?"):
        return None
    if lemma:
        return _by_cue(does, lemma, said)
    if "/" not in said.by:
        return does if does in MARKERS or said.by == "person" else None
    if negated(spell(said.cue), len(spell(said.cue))):
        return None  # "has never said that she would"
    if rule:
        return does if rule in RULES else None
    return does if (said.sure or 0.0) >= SURE and does in MARKERS else None


def _by_cue(does: Does, lemma: str, said: Spoken) -> Does | None:
    if lemma in aims.listed("opposes"):
        against: Does = "criticizes" if does == "criticizes" else "opposes"
        return against if not _FULL_CLAUSE.search(said.text[:60]) else None
    if does in {"supports", "accepts"}:
        fits = lemma in aims.listed(does) and not re.search(r"\b(?:was|were|is|are|be|been) (?:\w+ )?allow", said.cue)
        grants = lemma in {"agree", "agreement"} and not _to(said)
        return does if fits and not grants and not _CLAUSE.match(said.text) and not _finite(said.text) else None
    if does in {"opposes", "criticizes"} or lemma in aims.listed("no_stand"):
        return None
    if lemma in aims.listed("forbids"):
        return "rules out"
    return does


def _finite(text: str) -> bool:
    """Say whether a text begins like a clause of its own, and not like what somebody is for: "that plan is a trick"."""
    found = _IS.match(text)
    return found is not None and not re.search(r"\b(?:who|which|whose|that)\b", found[0][5:])


def _to(said: Spoken) -> bool:
    return bool(_INFINITIVE.search(said.cue)) or bool(re.match(r"(?:to|on)\b", said.text)) or said.cue.endswith(" on")


def _lemma(said: Spoken) -> str:
    """Return the listed phrase of a cue that named the act: as was noted, else, where a person gave the act, found in the cue."""
    if "/" in said.by:
        return said.by.partition("/cue ")[2]
    return next((found.lemma for found in _cues(said.act).all(spell(said.cue))), "")


@cache
def _cues(act: str) -> Phrases[bool]:
    return Phrases(dict.fromkeys(lexicon.words("acts", act), True))


def _behind(cue: Sequence[str], lemma: str) -> tuple[str, ...]:
    """Return the words of a cue behind what names the act: in "proposed a ban on" the ban."""
    if not lemma:
        return ()
    first, *rest = lemma.split()
    forms = inflections(first)
    at = next((at for at, word in enumerate(cue) if word in forms), None)
    if at is None:
        return ()
    return tuple(word for word in cue[at + 1 :] if word not in rest or word == "to")


def _turned_before(cue: Sequence[str], lemma: str) -> bool:
    """Say whether a cue turns what it names ("avoided criticizing"); its plain negations are in the act already."""
    forms = inflections(lemma.split()[0]) if lemma else ()
    at = next((at for at, word in enumerate(cue) if word in forms), 0)
    return bool(aims.ends_things().all(cue[:at])) or not aims.listed("fails").isdisjoint(cue[:at])


def _wanted(said: Spoken, does: str) -> str:
    if said.then and (said.then in said.text or len(said.then.split()) >= 3):
        return said.then
    if len(said.text) < 160 and not re.search(r"[.!?;] ", said.text):
        return said.text
    return aims.best_sentence(said.text, MARKERS.get(does, ()))


def _dropping(cue: Sequence[str], text: str) -> bool:
    """Say whether a demand or an offer is given up: a verb of dropping with such a noun behind it."""
    words = (*cue, *spell(text[:60]))[:12]
    return any(
        not aims.listed("dropped").isdisjoint(words[found.end : found.end + 4]) and not negated(words, found.start)
        for found in _drops().all(words[:8])
    )


def _way(does: str, way: int, said: Spoken) -> Way:
    if does == "drops" or not way:
        return "unclear"
    if does in NO and _OFFER.search(f"{said.cue} {said.text[:60]}"):
        return "unclear"  # who turns down an offer may want the thing, and on other terms
    if does in NO and not _lemma(said):
        return "against"  # the "not" in it is what made it a refusal
    signed = way if does in YES else -way
    return "for" if signed > 0 else "against"
