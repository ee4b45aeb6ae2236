"""What a number counts: takes a text and the place behind a number, gives unit and counted words, and decides on no figure.

A unit is a percentage, a currency, a unit of measurement, or the head of the noun phrase that follows; by form alone, with
the word lists of `data/units.toml`: no parser runs here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon

PERCENT = re.compile(
    r"[\s-]?(?:%|％|٪|(?:[Pp]ercent|[Pp]er cent|pct\.?|PERCENT)\b)(?P<points>(?:age)?[-\s]points?\b)?(?!age)"
)
DEGREES = re.compile(r"\s?°\s?(?:(?P<scale>[CF])(?:elsius|ahrenheit)?\b)?")
BRACKETED = re.compile(r"\s?[(\[{<](?P<unit>\w{1,3})[)\]}>]")
POINTS = re.compile(r"[\s-](?:percentage|basis)[-\s]points?\b")
WORD = re.compile(r"(?P<gap>[\s-]?\s?)(?P<word>[#@]?[^\W\d_][\w.’'&]*(?:[-‑][\w’'&]+)*)")
OF_THE = re.compile(
    r"\sof\s(?:(?P<them>them|whom|us|these|those|which|you)\b"
    r"|(?:the|our|its|their|his|her|your|my|these|those|all the|all)\s(?:more than |at least "
    r"|about |nearly |some )?(?:\d[\d,]*\s|two\s|three\s)?)"
)
RATE = re.compile(
    r"\s?(?:/|\sper\s|\sa\s|\san\s)(?P<per>hour|second|day|week|month|year|minute|millisecond"
    r"|share|barrel|gallon|tonne|ton|head|person|dozen|unit|gram)\b"
)
STOPS = frozenset(
    "a an the of in on at for to by with from into onto over under about after before during "
    "since until than as and or but nor if when while "
    "because although though that which who whom whose what where why how this these those "
    "it its he his she her they their we our you your i "
    "my is are was were be been being am has have had do does did will would can could shall "
    "should may might must not no n't so then there here "
    "per via amid among between through across against within without toward towards including "
    "plus around up down out off near behind "
    "above below beyond despite except like said says saying according also already yet ever "
    "never once just even still now later earlier ago "
    "each apiece both together more-than less today yesterday tomorrow were’nt worth alone".split()
)
STATES = frozenset("dead wounded injured killed missing".split())  # "two soldiers dead": the head is before them
MODIFIERS = frozenset("other more new additional further different separate such same own total".split())
NOT_PLURAL = re.compile(r"(?:ss|us|is|’s|'s|ous)$")
PERSONS_AFTER = re.compile(
    r"\s(?:other\s|others\s|more\s|of\s(?:them|whom)\s)?(?:(?:were|was|have|had|has|are|been|people)\s){0,3}"
    r"(?:killed|dead|wounded|injured|hurt|died|dies|die|missing|arrested|detained|hospitali[sz]ed"
    r"|survived|drowned|displaced|infected|feared)\b"
)
PERSONS_BEFORE = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|wound(?:s|ed|ing)?|injur(?:es?|ed|ing)|hurt(?:s|ing)?|family of"
    r"|group of|crew of|crowd of|leav(?:es?|ing) (?:at least )?|left"
    r"|deaths? of|dead|death toll (?:\w+ ){0,3}(?:to|at|of)|toll (?:\w+ ){0,3}(?:to|at|of)|arrest(?:s"
    r"|ed|ing)?|detain(?:s|ed|ing)?"
    r"|rescu(?:es?|ed|ing)|evacuat(?:es?|ed|ing)|hospitali[sz](?:es?|ed|ing)|claimed)\s(?:\w+\s){0,3}?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands behind a number: `unit`, where its words end, and how it was found."""

    unit: str | None
    end: int
    how: str


@cache
def _longest(group: str) -> int:
    return max(word.count(" ") for word in lexicon.table("units", group)) + 1


def counted_by(text: str, at: int, limit: int, value: float, *, hyphened_only: bool = False) -> Counted:
    """Return what the number that ends at `at` counts; nothing behind `limit` is read.

    >>> counted_by("12 percent of it", 2, 16, 12).unit, counted_by("5 metric tons", 1, 13, 5).unit
    ('percent', 'metric ton')
    >>> counted_by("28-member bloc", 2, 14, 28).unit, counted_by("6 of its patents", 1, 16, 6).unit
    ('member', 'patent')
    """
    percent = PERCENT.match(text, at, limit)
    if percent:
        return Counted("percentage point" if percent["points"] else "percent", percent.end(), "percent")
    points = POINTS.match(text, at, limit)
    if points:
        return Counted("basis point" if "basis" in points.group() else "percentage point", points.end(), "percent")
    marked = _marked(text, at, limit)
    if marked:
        return marked
    words = _words(text, at, limit)
    listed = _listed(text, words)
    if listed:
        return listed
    if words and not words[0]["gap"]:
        return Counted(None, at, "glued")
    if words and words[0]["gap"].strip() == "-":
        unit = singular(words[0]["word"].split("-")[0])
        return Counted(unit, words[0].start("word") + len(words[0]["word"].split("-")[0]), "hyphen")
    of_the = OF_THE.match(text, at, limit)
    if of_the:
        if of_the["them"]:
            return Counted(None, of_the.end(), "them")
        head = _head(_words(text, of_the.end() - 1, limit), 2)
        if head and re.search(r"\d|two|three", of_the.group()):
            return Counted(head.unit, at, head.how)  # "21 of the 200 boats": the words belong to the second number
        return head or Counted(None, at, "none")
    return _head(words, value) or Counted(None, at, "none")


def _marked(text: str, at: int, limit: int) -> Counted | None:
    """Degrees, and units in brackets: "100° C", "20 [kg]"."""
    degrees = DEGREES.match(text, at, limit)
    if degrees:
        scale = {"C": " Celsius", "F": " Fahrenheit"}.get(degrees["scale"] or "", "")
        return Counted(f"degree{scale}", degrees.end(), "measure")
    bracketed = BRACKETED.match(text, at, limit)
    unit = lexicon.table("units", "measures").get(bracketed["unit"].casefold()) if bracketed else None
    return Counted(unit, bracketed.end(), "measure") if bracketed and unit else None


def _words(text: str, at: int, limit: int) -> list[re.Match[str]]:
    """The next words, up to seven, as long as only single spaces (or one hyphen at the start) part them."""
    words: list[re.Match[str]] = []
    while len(words) < 7:
        match = WORD.match(text, at, limit)
        if match is None or (words and match["gap"].strip()) or (words and not match["gap"]):
            break
        words.append(match)
        at = match.end()
    return words


def _listed(text: str, words: list[re.Match[str]]) -> Counted | None:
    """A currency or unit of measurement from the lists, the longest name first."""
    for group, how in (("currency_names", "currency"), ("measures", "measure")):
        table = lexicon.table("units", group)
        for length in range(min(_longest(group), len(words)), 0, -1):
            name = " ".join(match["word"] for match in words[:length]).casefold().rstrip(".")
            name = name.split("-")[0] if length == 1 else name
            unit = table.get(name) or table.get(name.removesuffix("s"))
            if unit is None or (length == 1 and len(name) < 3 and not _is_symbol(words[0])):
                continue
            end = words[length - 1].start("word") + len(name) if length == 1 else words[length - 1].end()
            rate = RATE.match(text, end) if how == "measure" else None
            if rate and unit not in {"year", "month", "day", "hour", "week", "minute"}:
                return Counted(f"{unit} per {rate['per']}", rate.end(), how)
            return Counted(unit, end, how)
    return None


def _is_symbol(match: re.Match[str]) -> bool:
    """Tell "5 m" and "5m" from "5 M" and the article in "5 a day"."""
    return match["word"] not in {"a", "A", "M", "L", "G"}


def _head(words: list[re.Match[str]], value: float) -> Counted | None:
    """The head of the noun phrase: its last plural, or its last word where one thing is counted."""
    phrase: list[re.Match[str]] = []
    for match in words:
        word = match["word"]
        if word.casefold().rstrip("’'") in STOPS and word not in {"US", "IT"}:
            break
        phrase.append(match)
        if word.endswith((".", "’", "'")) and not _dotted(word):
            break
    if not phrase:
        return None
    if value == 1:
        return _one(phrase)
    found = None
    for i, match in enumerate(phrase):
        if is_plural(match["word"]) and (found is None or match["word"] not in STATES):
            found = i
        elif found is not None:
            break
    if found is None:
        return None
    return Counted(
        _with_compound(phrase, found), phrase[found].start("word") + len(phrase[found]["word"].rstrip(".’'")), "noun"
    )


def _dotted(word: str) -> bool:
    return word.count(".") > 1


def _one(phrase: list[re.Match[str]]) -> Counted | None:
    end = 1
    while end < len(phrase) and not re.search(r"(?:ed|ing|s)$", phrase[end]["word"]):
        end += 1
    head = phrase[end - 1]["word"].rstrip(".’',")
    if head.casefold() in MODIFIERS or head[:1].isupper():
        return None
    return Counted(singular(head), phrase[end - 1].start("word") + len(head), "noun")


def _with_compound(phrase: list[re.Match[str]], at: int) -> str:
    """A head that says little by itself takes the noun before it: crew member, family member, board member."""
    head = singular(phrase[at]["word"])
    if (
        head in {"member", "official", "body"}
        and at > 0
        and phrase[at - 1]["word"].islower()
        and not phrase[at - 1]["word"].endswith(("al", "ed"))
    ):
        return f"{phrase[at - 1]['word']} {head}"
    return head


def is_plural(word: str) -> bool:
    """Tell whether a word has the form of a plural noun.

    >>> [is_plural(word) for word in ("girls", "people", "bus", "US", "crisis", "Chibok")]
    [True, True, False, False, False, False]
    """
    bare = word.strip("#.’'")
    folded = bare.casefold()
    if folded in lexicon.table("units", "plurals", "plurals_compared"):
        return True
    return (
        len(bare) > 3
        and folded.endswith("s")
        and not NOT_PLURAL.search(folded)
        and not bare.isupper()
        and not word.endswith(("’s", "'s"))
    )


def singular(word: str) -> str:
    """Return a noun in the singular, in small letters unless it is all capitals.

    >>> [singular(word) for word in ("girls", "parties", "boxes", "people", "aircraft", "businesses")]
    ['girl', 'party', 'box', 'person', 'aircraft', 'business']
    """
    bare = word.strip("#.’'")
    folded = bare.casefold()
    listed = lexicon.table("units", "plurals", "plurals_compared").get(folded)
    if listed:
        return str(listed)
    if not folded.endswith("s") or NOT_PLURAL.search(folded) or len(folded) < 4 or bare.isupper():
        return bare if bare.isupper() else folded
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return folded[:-2]
    return folded[:-1]
