"""Numbers that are no figures: takes a number in a text, tells ages, clock times, ordinals, scores, telephone and name numbers.

Vague small words ("one of the best") and bare numbers that count nothing are told apart here too. Dates are found in `times`.
"""

from __future__ import annotations

import re

from onrecord.document import Qualifier, Span
from onrecord.extract.counted import Counted
from onrecord.extract.quantities import Quantity

AGE_AFTER = re.compile(r"[-\s](?:years?|months?|weeks?|days?)[-\s](?:old\b|of age\b)|[-‐]?something\b|s\b(?!\w)")
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|aged between|age of|aged about|turn(?:s|ed|ing)?)\s$|\b[A-Z][\w’'-]+,\s$" r"|\b[A-Z][\w’'-]+\s\($"
)
AGE_END = re.compile(r"\s?(?:[,.;)”\"]|$|\s(?:was|who|and|from|of|told|said|years old)\b)")
CLOCK_AFTER = re.compile(
    r"[:.]\d\d\b|\s?(?:[ap]\.?m\b|[AP]\.?M\b|o[’']clock\b|GMT\b|EST\b|EDT\b|CET\b|BST\b|hours " r"(?:GMT|local))"
)
CLOCK_BEFORE = re.compile(r"\d:$|\d[:.]\d\d\s?[-–]\s?$")
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
AND_OLDER = re.compile(r"\s(?:and|or) (?:over|older|up|under|younger)\b")
LINE_NUMBER = re.compile(r"[.)]\s")
NAMED_BEFORE = re.compile(
    r"(?:\b(?:[Nn]o|[Nn]os|[Nn]umbers?|[Cc]hapters?|[Aa]rticles?|[Ss]ections?|[Pp]ages?|[Ff]lights?"
    r"|[Cc]hannel|[Rr]esolutions?|[Rr]oute|[Rr]oom|[Hh]ighway"
    r"|Interstate|Boeing|Airbus|Apollo|Type|Model|Version|[Ll]evel|[Pp]hase|[Gg]rade|Title|Amendment"
    r"|Proposition|Windows|iPhone|Formula|Group of|Super Bowl"
    r"|[Ww]eek|[Dd]ay|[Rr]ound|[Ss]tage|[Gg]roup|[Ss]eason|[Ee]pisode|[Pp]art|[Vv]olume|[Cc]lass "
    r"of|Rule|[Pp]aragraph|Annex|[Pp]oint|Area|Unit|[Bb]uilding"
    r"|[Tt]erminal|[Gg]ate|Brigade|Division|[Dd]istrict|[Pp]recinct|[Vv]ersus|Category|[Cc]ategory"
    r"|[Tt]ier|Bill|Act|Order|Pier|Box|Suite|Apt|Figure|Table"
    r"|Channel|Radio|MSP|Mach|Agenda|Covid|Vision|Horizon|Catch|Top|Big|Forbes|Fortune|Russell"
    r"|Standard & Poor[’']s|S&P|FTSE|Nikkei|CAC|DAX)\.?|#|№|§)\s$"
)
SCORE = re.compile(r"\s?[-–]\s?\d{1,3}\b(?!%)")
PHONE = re.compile(r"[-.\s)]{1,2}\d{3,4}[-.\s]\d{3,4}\b|[-.]\d{2,4}[-.]\d{2,4}")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
# "one" is a pronoun or an adverb more often than a number
NO_ONE = re.compile(
    r"(?:\b(?:no|any|some|every|this|the|each|which|big|number|day|day|not|or|last|first|good"
    r"|another|only the|new)[\s-]|-)$",
    re.IGNORECASE,
)
ONE_WORD = re.compile(
    r"[-\s](?:another|by|day|night|way|time|thing|reason|point|can|could|would|should|may|might"
    r"|must|has|had|is|was|that|who|to|more|or|in|on|side|hand|another’s|such|where|after)\b"
    r"|-|[,.;:?!”\"]|$"
)
ONE_OF = re.compile(
    r"\sof\s(?!(?:them|whom|us|those|these)\b|the\s(?:\w+\s)?(?:girls|boys|men|women|children"
    r"|students|victims|schoolgirls|hostages|soldiers|officers|suspects|attackers|gunmen|prisoners"
    r"|passengers|dead|wounded|two|three|four|five|bodies|workers|members)\b)"
)
# "the two leaders", "our two nations": not a count but a name for those already named
KNOWN_GROUP = re.compile(r"\b(?:the|our|these|those|both|your|all)\s$", re.IGNORECASE)


def is_no_figure(text: str, quantity: Quantity, sent: Span) -> bool:
    """Tell whether the words around a number make it something else than a quantity.

    >>> from onrecord.extract.quantities import find_quantities
    >>> texts = ("Okafor, 34, said", "Flight 302 left", "at 5 p.m. sharp", "the 5th boat", "12 boats")
    >>> [is_no_figure(t, next(find_quantities(t)), Span(0, len(t))) for t in texts]
    [True, True, True, True, False]
    """
    if quantity.currency:
        return False
    start, end = quantity.start, quantity.end
    before = text[max(sent.start, start - 25) : start]
    if AGE_AFTER.match(text, end, sent.end) and not text[start:end].endswith("0s"):
        return True
    if (
        not quantity.spelled
        and AGE_BEFORE.search(before)
        and quantity.value < 120
        and AGE_END.match(text, end, sent.end)
    ):
        return True
    if CLOCK_AFTER.match(text, end, sent.end) or CLOCK_BEFORE.search(before):
        return True
    return NAMED_BEFORE.search(before) is not None or _is_digits_of_a_name(text, quantity, sent)


def _is_digits_of_a_name(text: str, quantity: Quantity, sent: Span) -> bool:
    """Ordinals, scores, telephone numbers, item numbers at the start of a line, years, numbers glued to letters."""
    start, end = quantity.start, quantity.end
    if quantity.spelled:
        return False
    if ORDINAL.match(text, end) or (
        quantity.high is None and (SCORE.match(text, end, sent.end) or PHONE.match(text, end, sent.end))
    ):
        return True
    if text[start - 1 : start] in {"-", "–", "/", "+", "(", "."} and text[start - 2 : start - 1].isdigit():
        return True
    if (start == sent.start and LINE_NUMBER.match(text, end)) or text[end : end + 1] in {"/", "@", "_"}:
        return True
    if YEAR.match(text[start:end]) and "," not in text[start:end] and quantity.high is None:
        return not re.match(
            r"\s(?:[a-z]+\s)?(?:people|troops|soldiers|men|women|jobs|miles|kilomet|euros|dollars|tons"
            r"|tonnes)|\s?%|\spercent",
            text[end : end + 30],
        )
    return False


def is_weak(
    text: str, quantity: Quantity, counted: Counted, unit: str | None, qualifier: Qualifier, sent: Span
) -> bool:
    """Tell whether a number says too little to be checked: a bare one that counts nothing, "one" that is a pronoun."""
    if counted.how in {"currency", "percent"}:
        return False
    if counted.how == "glued":
        return True
    written = text[quantity.start : quantity.end].casefold()
    if written.strip() in {"a", "an"}:
        return qualifier == "exact" and not _is_a_term(text, quantity, sent)
    if written == "one":
        return _is_pronoun_one(text, quantity, counted, qualifier, sent)
    if (
        quantity.spelled
        and quantity.value in (2, 3)
        and KNOWN_GROUP.search(text[max(sent.start, quantity.start - 12) : quantity.start])
    ):
        return True
    if counted.how == "hyphen":
        return not _hyphen_counts(counted, quantity)
    if 0 < quantity.value < 1 and quantity.spelled:
        return False
    if unit is None and (AND_OLDER.match(text, quantity.end, sent.end) or (len(written) > 9 and written.isdigit())):
        return True  # an age group, a serial number
    return unit is None and qualifier == "exact" and abs(quantity.value) < 10**6


def _is_pronoun_one(text: str, quantity: Quantity, counted: Counted, qualifier: Qualifier, sent: Span) -> bool:
    before = text[max(sent.start, quantity.start - 12) : quantity.start]
    if qualifier != "exact":
        return False
    if (
        (counted.unit is None and counted.how != "them")
        or NO_ONE.search(before)
        or ONE_WORD.match(text, quantity.end, sent.end)
    ):
        return True
    return ONE_OF.match(text, quantity.end, sent.end) is not None


def _is_a_term(text: str, quantity: Quantity, sent: Span) -> bool:
    """Tell whether "a year" is a length of time that is claimed: "within a year", "a year after the vote"."""
    if re.search(r"\bwithin\s$", text[max(sent.start, quantity.start - 10) : quantity.start]):
        return True
    return re.match(r"\s\w+\safter\s", text[quantity.end : min(sent.end, quantity.end + 20)]) is not None


def _hyphen_counts(counted: Counted, quantity: Quantity) -> bool:
    """ "a 28-member bloc" counts, "a two-way street" and "a four-star general" do not."""
    return counted.unit in {
        "member",
        "nation",
        "country",
        "seat",
        "person",
        "people",
        "page",
        "man",
        "point",
        "state",
        "story",
        "party",
        "vessel",
        "unit",
        "bed",
        "room",
    }
