"""Acts that the content alone gives away: takes the words of a content and of its source, gives an act and the rule, or nothing.

"We are ready to pay" is an offer, "it would withdraw its bid if ..." a threat, whoever says so with whatever cue. The rules are
tried in the order of `rules`, the rarer acts first. What no rule knows is weighed in `acts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord import lexicon
from onrecord.document import Act

LONGEST = 120
BODIES = (
    "company|firm|government|administration|ministry|board|group|army|party|club|country|city|bank|airline|team|school|police|movement|"
    "military|authorities|state|council|union|court|church|agency|commission|president|minister|organisation|organization|resistance"
)
PRONOUNS = frozenset({"it", "he", "she", "they"})
SELF = r"(?:self|we|i)"
BE = r"(?:is|are|was|were|am)"
WILL = rf"(?:will|would|shall|{BE} (?:going|prepared|ready) to)"
IF = r"\b(?:if|unless|until|should|once)\b"
ADVERB = r"(?:\w+ly )?"


@cache
def _any_of(group: str) -> str:
    """Return a pattern for the words of a group of `data/act_rules.toml`; a word that ends in * stands for all that begin so."""
    words = sorted(lexicon.words("act_rules", group), key=lambda word: (-len(word), word))
    return (
        "(?:"
        + "|".join(re.escape(word[:-1]) + r"[\w\-]*" if word[-1] == "*" else re.escape(word) for word in words)
        + ")"
    )


@cache
def rules() -> tuple[tuple[str, Act, re.Pattern[str]], ...]:
    """Return the rules: name, act, and the pattern that the content, as `spoken` writes it, has to hold."""
    table = (*_hostile(), *_kind(), *_answers(), *_plans(), *_stances())
    order = {name: at for at, name in enumerate(ORDER)}
    return tuple((name, act, re.compile(text)) for name, act, text in sorted(table, key=lambda row: order[row[0]]))


# The first that fits decides: what is rare and plain before what is common.
ORDER = (
    "asks",
    "harm by the speaker",
    "harm on a condition",
    "price to pay",
    "price on a condition",
    "no by the speaker",
    "no unless",
    "there will be no",
    "does not want",
    "ready to",
    "offers",
    "warm words",
    "harsh words",
    "not true",
    "agreement reached",
    "must",
    "asks of others",
    "should",
    "wrong done",
    "own plan",
    "own plan, spoken",
    "own hope",
    "judgement",
)


def _hostile() -> tuple[tuple[str, Act, str], ...]:
    harm, force, price, ill = (_any_of(group) for group in ("harm", "force", "price", "ill"))
    return (
        ("harm by the speaker", "threaten", rf"\b{SELF} {WILL} {ADVERB}(?:also )?(?:{force}\b|{harm}\b.*{IF})"),
        ("harm on a condition", "threaten", rf"{IF}.{{1,200}}\b{SELF} {WILL} {ADVERB}{harm}\b"),
        ("price to pay", "threaten", rf"\b(?:will|would|going to|shall)\b.{{0,60}}\b{price}\b"),
        ("price on a condition", "threaten", rf"\b{ill}\b.{{0,40}}{IF}|{IF}.{{1,200}}\b{ill}\b"),
        ("harsh words", "condemn", rf"\b{_any_of('harsh')}\b"),
        ("wrong done", "accuse", rf"\b{_any_of('wrong')}\b"),
    )


def _kind() -> tuple[tuple[str, Act, str], ...]:
    offers = r"(?:offer(?:ed|s|ing)?|propos(?:e|es|ed)|invit(?:e|es|ed))\b"
    own = r"^its (?:\w+ )?offer\b|^(?:its|his|her|their) (?:willingness|readiness) to\b"
    ready = r"(?:also |still |fully |very )?(?:willing|prepared|ready|open|happy)\b"
    return (
        ("ready to", "offer", rf"\b{SELF} (?:{BE}|would be|will be) {ready}"),
        (
            "offers",
            "offer",
            rf"\b{SELF} (?:{WILL} |ha(?:s|ve|d) (?:also )?)?{offers}|\bhave been invited to\b|{own}",
        ),
        ("warm words", "support", rf"\b{_any_of('warm')}\b"),
    )


def _answers() -> tuple[tuple[str, Act, str], ...]:
    things = "issue|truth|evidence|deal|true|the case|plan|plot|link|connection|basis|problem|intention"
    denies = r"(?:this|it|that|there) (?:is|was|were) (?:not|no|absolutely no|nothing)(?: an?| any)?(?: \w+)?"
    no_such = rf"^(?:that )?{denies} (?:{things})\b"
    settled = r"(?:reached|struck|signed|made) (?:\w+ ){0,3}(?:agreements?|deal|accord|pact)"
    parties = r"(?:self|we|i|administration|government|sides|parties|company|both|they)"
    yes = r"(?:agreed (?:to|on|in)|accepted|approved|conceded|made concessions"
    refused = rf"(?:will|would|shall|can|{BE} going to) (?:not|never) {ADVERB}(?:ever )?{_any_of('refusable')}"
    done = r"(?:released|freed|lifted|handed over|allowed|accepted|signed|reopened|withdrawn|exchanged|resumed?|resume|end|stop)"
    no = rf"(?:will|would|can|shall) (?:not|never) (?:be )?(?:{done}|{_any_of('refusable')})\b"
    unless = r"(?:unless|until)"
    nothing = (
        r"\bthere (?:will|would|can|could) (?:not )?be (?:no|any)\b|\bno intention of\b|\bha[ds] no plans?\b"
        r"|\bout of the question\b"
        r"|^(?:that )?no (?:\w+ ){1,4}(?:will|would|can|shall) .{1,150}\b(?:while|until|unless|before|without|as long as)\b"
    )
    return (
        ("asks", "question", rf"^(?:\S+ ){{2,30}}\?$|\b{_any_of('asking')}\b"),
        ("not true", "deny", rf"{no_such}|\b{_any_of('untrue')}\b"),
        ("agreement reached", "agree", rf"\b{parties} (?:had |has |have )?(?:now |finally |also )?{yes}|{settled})\b"),
        ("no by the speaker", "refuse", rf"(?:\b{SELF}|^(?:that )?the (?:{BODIES})) {refused}\b"),
        ("no unless", "refuse", rf"\b{no}.{{0,200}}\b{unless}\b|\b{unless}\b.{{0,200}}\b{no}"),
        ("there will be no", "refuse", nothing),
        ("does not want", "refuse", rf"\b{SELF} (?:do|does|did) not want to\b"),
    )


def _plans() -> tuple[tuple[str, Act, str], ...]:
    should = r"(?<!i )(?<!we )\b(?:ought to|has to|have to|need to|needs to|should)"
    now = r"(?:not |also |now |immediately |either |\w+ly )?(?:be )?"
    done = r"(?:\w+(?:ed|en)|made|held|kept|done|put|set|brought|met|sent|paid|told|found|built|lost|cut)\b"
    asks = r"(?:want|wants|wanted|need|ask|have asked|urge|call on|demand) (?!to\b)(?:\w+ ){1,6}to\b"
    doing = r"(?:committed to|determined to|working to|moving|preparing to|planning to|extending)"
    engaged = rf"{BE} (?:fully |still |strongly )?{doing}"
    wills = r"(?:plan|planned|plans|intend|intended|intends|aim|aimed|aims|want|wanted|wants|vow|vowed|vows|(?:has )?decided) to"
    plans = rf"(?:{WILL}|{wills}|{engaged})"
    spoken_plans = r"(?:will|shall|are going to|am going to|intend to|plan to|want to)"
    idle = _any_of("no_action")
    return (
        ("must", "demand", rf"\bmust (?:now |also |\w+ly )?(?:not )?(?:be {done}|(?!be\b|have\b|say\b|not\b)\w+)"),
        ("asks of others", "demand", rf"\b{SELF} {asks}"),
        (
            "should",
            "demand",
            rf"{should} {now}{_any_of('demanded')}\b|^(?:so )?let us\b|\bplease (?!note)\w+",
        ),
        (
            "own plan",
            "commit",
            rf"^(?:that )?(?:self|we|i|its \w+|the (?:{BODIES})) (?:also )?{plans} {ADVERB}(?!{idle}\b)\w",
        ),
        (
            "own plan, spoken",
            "commit",
            rf"\b(?:we|i) {spoken_plans} {ADVERB}(?:continue to |always |also |not rest )?(?!not\b|never\b|{idle}\b)\w",
        ),
    )


def _stances() -> tuple[tuple[str, Act, str], ...]:
    """What the speaker hopes or holds, and what is called important or likely: of the labels 4 in 5 are judged so."""
    links = (
        r"(?:is|are|was|were|remains?|remained|would be|will be|be) (?:an? |the |too |not |very |so |more )*(?:\w+ly )?"
    )
    helps = r"(?:(?:is|was|am|are|had|has|have|also|still|do|does|did|not|been|\w+ly) ){0,4}"
    open_still = r"\b(?:can|could) not be ruled out\b"
    return (
        ("own hope", "assess", rf"^(?:that )?{SELF} {helps}{_any_of('stance')}\b|{open_still}"),
        ("judgement", "assess", rf"^(?:\S+ ){{1,12}}?{links}{_any_of('weighty')}\b"),
    )


def spoken(words: Sequence[str], source: Sequence[str]) -> str:
    """Return the words as one string, the speaker's own name or pronoun written ``self``.

    >>> spoken(("that", "acme", "would", "pay"), ("acme", "corp"))
    'that self would pay'
    """
    start = 1 if words[:1] == ("that",) else 0
    said = list(words[:LONGEST])
    source = [word.removesuffix("'s") for word in source]
    if start < len(said) and (said[start] in PRONOUNS or (said[start] in source and len(said[start]) > 3)):
        said[start] = "self"
    return " ".join("self" if at > start and word in {"it", "they"} else word for at, word in enumerate(said))


def by_content(words: Sequence[str], source: Sequence[str]) -> tuple[str, Act] | None:
    """Return the name and the act of the first rule that fits, None if none does.

    >>> by_content(("it", "was", "prepared", "to", "pay"), ("the", "firm"))
    ('ready to', 'offer')
    """
    said = spoken(words, source)
    return next(((name, act) for name, act, pattern in rules() if pattern.search(said)), None)
