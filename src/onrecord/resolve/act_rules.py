"""Acts that the content alone gives away: takes the words of a content and of its source, gives an act and the rule, or nothing.

"We are ready to pay" is an offer, "it would withdraw its bid if ..." a threat, whoever says so with whatever cue. The rules are
tried in the order of `RULES`, the rarer acts first. What no rule knows is weighed in `acts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord import lexicon
from onrecord.document import Act

LONGEST = 120
BODIES = "company|firm|government|administration|ministry|board|group|army|party|club|country|city|bank|airline|team|school|police|military|authorities|state|council|union|court|church|agency|commission|president|minister"


@cache
def _any_of(group: str) -> str:
    """Return a pattern for the words of a group of `data/act_rules.toml`; a word that ends in * stands for all that begin so."""
    words = sorted(lexicon.words("act_rules", group), key=len, reverse=True)
    return (
        "(?:"
        + "|".join(re.escape(word[:-1]) + r"[\w\-]*" if word.endswith("*") else re.escape(word) for word in words)
        + ")"
    )


@cache
def rules() -> tuple[tuple[str, Act, re.Pattern[str]], ...]:
    """Return the rules: name, act, and the pattern that the content, as `spoken` writes it, has to hold."""
    self_ = r"(?:self|we|i)"
    will = r"(?:will|would|shall|(?:is|are|was|were|am) going to|(?:is|are|was|were|am) prepared to|(?:is|are|was|were|am) ready to)"
    condition = r"\b(?:if|unless|until|should|once)\b"
    harm, force = _any_of("harm"), _any_of("force")
    table: tuple[tuple[str, Act, str], ...] = (
        ("asks", "question", r"^(?:\S+ ){2,30}\?$|" + _any_of("asking")),
        (
            "harm by the speaker",
            "threaten",
            rf"\b{self_} {will} (?:\w+ly )?(?:also )?(?:{force}\b|{harm}\b.*{condition})",
        ),
        ("harm on a condition", "threaten", rf"{condition}.{{1,200}}\b{self_} {will} (?:\w+ly )?{harm}\b"),
        ("price to pay", "threaten", rf"\b(?:will|would|going to|shall)\b.{{0,60}}\b{_any_of('price')}\b"),
        ("price on a condition", "threaten", rf"\b{_any_of('price')}\b.{{0,40}}{condition}"),
        (
            "no by the speaker",
            "refuse",
            rf"\b{self_} (?:will|would|shall|can|(?:is|are|was|were|am) going to) (?:not|never) (?:\w+ly )?(?:ever )?{_any_of('refusable')}\b",
        ),
        (
            "there will be no",
            "refuse",
            r"\bthere (?:will|would|can|could) (?:not )?be (?:no|any)\b|\bno intention of\b|\bhad no plans?\b|\bhas no plans?\b|\bout of the question\b",
        ),
        ("does not want", "refuse", rf"\b{self_} (?:do|does|did) not want to\b"),
        (
            "ready to",
            "offer",
            rf"\b{self_} (?:(?:is|are|was|were|am|would be|will be) )(?:also |still |fully |very )?(?:willing|prepared|ready|open|happy)\b",
        ),
        (
            "offers",
            "offer",
            rf"\b{self_} (?:{will} |(?:has|have|had) (?:also )?)?(?:offer(?:ed|s|ing)?|propos(?:e|es|ed)|invit(?:e|es|ed))\b|\b(?:has|have) been invited to\b|^its (?:\w+ )?offer\b|^(?:its|his|her|their) (?:willingness|readiness) to\b|\bpay a (?:\w+ ){{0,3}}fee\b",
        ),
        ("warm words", "support", _any_of("warm")),
        ("harsh words", "condemn", _any_of("harsh")),
        (
            "not true",
            "deny",
            r"^(?:that )?(?:please note that )?(?:this|it|that|there) (?:is|was|were) (?:not|no|absolutely no|nothing)(?: a| an| any)? (?:swap|issue|truth|evidence|deal|true|the case|plan|plot|link|connection|basis|problem|intention)\b|"
            + _any_of("untrue"),
        ),
        (
            "agreement reached",
            "agree",
            r"\b(?:self|we|i|administration|government|sides|parties|company|both|they) (?:had |has |have )?(?:now |finally |also )?(?:agreed (?:to|on|in)|accepted|approved|conceded|made concessions|(?:reached|struck|signed|made) (?:\w+ ){0,3}(?:agreement|agreements|deal|accord|pact))\b",
        ),
        (
            "must",
            "demand",
            rf"\b(?:must|ought to|should|has to|have to|need to|needs to) (?:not |also |now |immediately |either |\w+ly )?(?:be )?{_any_of('demanded')}\b|\b(?:we|i|self) (?:want|wants|wanted|need|ask|urge|call on|demand) (?!to\b)(?:\w+ ){{1,4}}to\b|^(?:so )?let us\b|\bplease (?!note)\w+",
        ),
        ("wrong done", "accuse", _any_of("wrong")),
        (
            "own plan",
            "commit",
            rf"^(?:that )?(?:self|we|i|its \w+|the (?:{BODIES})) (?:also )?(?:{will}|plans? to|planned to|intends? to|intended to|aims? to|(?:is|are|was|were|am) (?:fully |still |strongly )?(?:committed to|determined to|working to|moving|preparing to|planning to|extending)|wants? to|wanted to|vows? to|vowed to|has decided to|decided to) (?:\w+ly )?(?!{_any_of('no_action')}\b)\w",
        ),
        (
            "own plan, spoken",
            "commit",
            rf"\b(?:we|i) (?:will|shall|are going to|am going to|intend to|plan to|want to) (?:\w+ly )?(?:continue to |always |also |not rest )?(?!not\b|never\b|{_any_of('no_action')}\b)\w",
        ),
    )
    return tuple((name, act, re.compile(pattern)) for name, act, pattern in table)


def spoken(words: Sequence[str], source: Sequence[str]) -> str:
    """Return the words as one string, the speaker's own name or pronoun at its beginning written ``self``.

    >>> spoken(("that", "acme", "would", "pay"), ("acme", "corp"))
    'that self would pay'
    """
    start = 1 if words[:1] == ("that",) else 0
    said = list(words[:LONGEST])
    if words[start : start + 1] and words[start] in {"it", "he", "she", "they"}:
        said[start] = "self"
    elif words[start : start + 1] and words[start] in source and len(words[start]) > 3:
        said[start] = "self"
    return " ".join("self" if at > start and word in {"it", "they"} else word for at, word in enumerate(said))


def by_content(words: Sequence[str], source: Sequence[str]) -> tuple[str, Act] | None:
    """Return the name and the act of the first rule that fits, None if none does.

    >>> by_content(("it", "was", "prepared", "to", "pay"), ("the", "firm"))
    ('ready to', 'offer')
    """
    said = spoken(words, source)
    return next(((name, act) for name, act, pattern in rules() if pattern.search(said)), None)
