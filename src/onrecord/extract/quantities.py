"""Numbers in running text: takes a text, gives every number with its currency, scale and range, whatever it counts.

What is no quantity (years, ages, telephone numbers, names with numbers) and what a number's unit is are decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord import lexicon
from onrecord.numbers import DIGITS, VULGAR, number_value

ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS = "twenty|thirty|fourty|forty|fifty|sixty|seventy|eighty|ninety"
SCALE_WORDS = "hundred|thousand|million|billion|trillion|lakh|crore|dozen"
SCALE = (
    rf"(?:[\s-](?:{SCALE_WORDS}|[Mm]illion|[Bb]illion|[Tt]rillion|[Tt]housand|[Hh]undred|mln"
    rf"|bln|bn|mn|tn)\b\.?(?![\w]))"
)
SHORT = r"(?:\s?(?:bn|mn|mln|tn|BN|MN)\b|[kKmMbBtT]\b)"
SMALL = rf"(?:(?:{TENS})(?:[-\s](?:{ONES})\b)?|{TEENS}|{ONES}|zero)"
GROUP = rf"(?:{SMALL}(?:[\s-]hundred(?:\s(?:and\s)?{SMALL})?)?)"
PART = r"(?:half|third|thirds|quarter|quarters|fourth|fourths|fifth|fifths|sixth|sixths|tenth|tenths)"
WORDS = (
    rf"(?i:(?:three[\s-]quarters|(?:a\s)?quarter|half)(?:\sof)?(?:\san?)?\s(?:{SCALE_WORDS})"
    rf"|(?:an?\s)?half(?:\sa)?\s(?:{SCALE_WORDS})"
    r"|an?(?=\s(?:year|decade|month|week|day|hour|century|fortnight)\b)"
    rf"|(?:{ONES})[\s-](?:thirds|quarters|fourths|fifths|sixths|sevenths|eighths|tenths)"
    rf"|(?:{ONES}|an?)[\s-]{PART}(?=[\s-](?:of|the|majority|stake|share|interest)\b)"
    rf"|{GROUP}(?:[\s-]and\sa\s(?:half|quarter))?(?:[\s-](?:{SCALE_WORDS}))++(?:\s{GROUP}(?:[\s-](?:{SCALE_WORDS}))*+"
    rf"|(?<=sand)\sand\s{GROUP}|(?<=dred)\sand\s{GROUP}(?:[\s-](?:{SCALE_WORDS}))*+){{0,3}}"
    rf"|{GROUP}(?:[\s-]and\sa\s(?:half|quarter))?"
    rf"|an?\s(?:{SCALE_WORDS})(?:\s(?:{SCALE_WORDS}))?(?!s)"
    r")(?![\w])"
)


@cache
def _currency_prefix() -> str:
    signs = sorted(lexicon.table("units", "currency_signs"), key=len, reverse=True)
    small = [re.escape(code) for code in lexicon.table("units", "currency_codes_small")]
    codes = "|".join(sorted([*lexicon.words("units", "currency_codes"), *small], key=len, reverse=True))
    return f"(?:{'|'.join(re.escape(sign) for sign in signs)}|(?:{codes})(?=[\\s\\d]))"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<currency>(?<![^\W\d_]){_currency_prefix()})\s?|(?<![\w.,/@#:])(?<![^\W\d_][-‑]))"
        rf"(?P<sign>[-−+](?=\d)|(?:negative|(?<!plus or )minus)\s(?=\d))?"
        rf"(?P<number>(?P<digits>(?!\d/\d){DIGITS}(?:[{VULGAR}]|\s\d/\d{{1,2}}(?!\d|/))?)(?P<scale>{SCALE}|{SHORT})?"
        rf"|(?P<ratio>(?<!\d)\d/(?:2|3|4|5|8|10|16)(?=[\s-][a-z]))"
        rf"|[{VULGAR}](?:\s(?:{SCALE_WORDS})\b)?"
        rf"|(?<![\w-]){WORDS})"
    )


JOIN = re.compile(
    r"[^\S\n]?[-–—]\s?|\s?(?:%|percent|per cent)?\s(?:to|or)\s|\s?(?:%|percent|per cent)[^\S\n]?[-–]\s?"  # no dash of a list
    r"|\s(?P<and>and)\s"
)
SHARE = re.compile(
    rf"\s(?:in|out of)\s(?:every\s)?(?P<whole>\d{{1,4}}|{SMALL})(?![\w.,:%-])(?=\s[^\W\d_])"
    r"(?!\s(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|games|matches)\b)"
)
SCALE_AT_END = re.compile(rf"(?:{SCALE}|{SHORT})$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number where it stands: `start` to `end` with its sign and currency sign; `high` is the upper end of a range."""

    start: int
    end: int
    value: int | float
    high: int | float | None = None
    currency: str | None = None
    spelled: bool = False
    suffix: str = ""


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text in order, ranges as one.

    >>> [(q.value, q.high, q.currency) for q in find_quantities("$5-10 million, two dozen, from 3 to 4")]
    [(5000000, 10000000, 'USD'), (24, None, None), (3, 4, None)]
    """
    number, at = _number(), 0
    while match := number.search(text, at):
        found = _read(match)
        at = max(match.end(), at + 1)
        if found is None:
            continue
        joined = _share(text, found) or _joined(text, match, found)
        if joined is not None:
            found = joined
            at = joined.end
        found = _with_currency_behind(text, found)
        at = max(at, found.end)
        yield found


def _read(match: re.Match[str]) -> Quantity | None:
    value = number_value(match["number"])
    if value is None:
        return None
    sign = (match["sign"] or "").strip()
    if sign in {"-", "−", "negative", "minus"}:
        value = -value
    currency = match["currency"]
    code = _code(currency) if currency else None
    scale = (match["scale"] or "").strip() if match["digits"] else ""
    return Quantity(
        match.start(), match.end(), value, None, code, match["digits"] is None and match["ratio"] is None, scale
    )


def _share(text: str, first: Quantity) -> Quantity | None:
    """Read "three in 10 voters" and "one out of five" as the share they are; "two in five days" is none."""
    match = None if first.currency or first.suffix else SHARE.match(text, first.end)
    whole = number_value(match["whole"]) if match else None
    if match is None or whole not in {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000} or not 0 < first.value < whole:
        return None
    return replace(first, end=match.end("whole"), value=first.value / whole)


def _code(written: str) -> str:
    table = lexicon.table("units", "currency_signs", "currency_codes_small")
    return str(table.get(written) or table.get(written.strip()) or written)


@cache
def _after() -> re.Pattern[str]:
    """A currency sign or code behind a number, with a scale behind that: "5 €", "75 USD million"."""
    return re.compile(rf"\s?(?P<currency>{_currency_prefix().replace('(?=[', '(?![')})(?!\d|\w)(?P<scale>{SCALE})?")


def _with_currency_behind(text: str, found: Quantity) -> Quantity:
    match = None if found.currency else _after().match(text, found.end)
    if match is None:
        return found
    scale = number_value(match["scale"].strip(" -")) if match["scale"] else 1
    high = found.high * (scale or 1) if found.high is not None else None
    return replace(
        found, end=match.end(), value=found.value * (scale or 1), high=high, currency=_code(match["currency"])
    )


def _joined(text: str, match: re.Match[str], first: Quantity) -> Quantity | None:
    """Join two numbers to a range where the second is the greater: "10 to 100", "5-10 million", "between 3 and 4"."""
    join = JOIN.match(text, match.end())
    if join is None or (
        join["and"] and not text[max(0, match.start() - 12) : match.start()].casefold().rstrip().endswith("between")
    ):
        return None
    other = _number().match(text, join.end())
    second = _read(other) if other else None
    if second is None or other is None or (second.currency and not first.currency):
        return None
    low = first.value
    scale = SCALE_AT_END.search(other["number"])
    if scale and not first.suffix and low < 1000:
        scaled = number_value(f"{match['number']} {scale.group().strip(' -')}")
        if scaled is not None and scaled <= second.value:
            low = scaled
    if (
        low >= second.value
        or (not scale and second.value > 1000 * max(low, 1))
        or ("or" in join.group() and second.value - low > 1)
    ):
        return None
    return Quantity(first.start, second.end, low, second.value, first.currency, first.spelled, second.suffix)
