"""Numbers as written: takes the words or digits of one number, gives its value, and finds nothing in running text.

English number words, digits of any script, grouping by thousands or in the Indian way, decimal points and commas, scales,
fractions. Which unit a number has, and whether it is a figure at all, is decided in `extract`.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12, "quadrillion": 10**15, "mln": 10**6, "bln": 10**9, "trln": 10**12, "bn": 10**9, "mn": 10**6,
    "tn": 10**12, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12, "score": 20,
}  # fmt: skip
PARTS = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fourth": Fraction(1, 4),
    "fifth": Fraction(1, 5), "sixth": Fraction(1, 6), "seventh": Fraction(1, 7), "eighth": Fraction(1, 8),
    "ninth": Fraction(1, 9), "tenth": Fraction(1, 10), "twelfth": Fraction(1, 12), "hundredth": Fraction(1, 100),
}  # fmt: skip
VULGAR = "".join(chr(code) for code in (0xBC, 0xBD, 0xBE, *range(0x2150, 0x215F)))
NO_VULGAR = dict.fromkeys(map(ord, VULGAR))
# between the digits of one number: Western, Arabic and full-width marks, and the spaces that French and ISO 31-0 put there
LONGEST = 40  # characters of a number in digits
GREATEST = 10**30  # what is beyond it is no number of a report, and beyond a float soon
DIGITS = r"\d++(?:[.,٫٬，．'’\u00a0\u202f\u2009]\d++)*+"
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
SIGN = re.compile(r"^(?:minus |negative |[-−+])")
RATIO = re.compile(r"\s?(\d{1,2})/(\d{1,2})")
WORD = re.compile(r"[^\W\d_]+")


def digits_value(written: str) -> int | float | None:
    """Return the value of a number in digits; None where its marks make no sense ("1,2.3,4").

    A mark that stands more than once groups, the last of two kinds is the decimal mark, and a comma before three digits
    groups: English usage, with the continental and the Indian way understood where they are unmistakable.

    >>> [digits_value(x) for x in ("1,000.5", "1.000,50", "1,00,000", "٣٫٥", "12 000", "3,5")]
    [1000.5, 1000.5, 100000, 3.5, 12000, 3.5]
    """
    plain = unicodedata.normalize("NFKC", written).replace("٫", ".").replace("٬", ",")
    for mark in "'’ \u00a0\u202f\u2009":
        plain = plain.replace(mark, "")
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        decimal = "." if plain.rfind(".") > plain.rfind(",") else ","
        if plain.count(decimal) > 1:
            return None
        plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif commas:
        plain = plain.replace(",", "") if GROUPED.fullmatch(plain) else plain.replace(",", ".")
    elif points > 1:
        plain = plain.replace(".", "")
    return _tidy(plain)


def _tidy(plain: str) -> int | float | None:
    if len(plain) >= LONGEST:
        return None
    try:
        return _whole(Fraction(plain)) if "." in plain else int(plain)
    except ValueError:
        return None


def _whole(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def number_value(written: str) -> int | float | None:
    """Return the value of a number in words, digits or both; None where it is none.

    >>> [number_value(x) for x in ("two dozen", "half a million", "three hundred and five", "1.5 million", "two-thirds")]
    [24, 500000, 305, 1500000, 0.6666666666666666]
    >>> [number_value(x) for x in ("twenty-one", "a third", "one and a half", "2½", "three quarters of a billion")]
    [21, 0.3333333333333333, 1.5, 2.5, 750000000]
    """
    text = written.casefold().strip()
    sign = -1 if text.startswith(("-", "−", "minus ", "negative ")) else 1
    text = SIGN.sub("", text)
    digits = None if RATIO.fullmatch(text) else re.match(DIGITS, text)
    start: Fraction | None = None
    if digits:
        value = digits_value(digits.group())
        if value is None:
            return None
        start, text = Fraction(str(value)), text[digits.end() :]
    ratio = RATIO.match(text)
    if ratio and int(ratio[2]):
        start, text = (start or Fraction(0)) + Fraction(int(ratio[1]), int(ratio[2])), text[ratio.end() :]
    for char in text:
        if char in VULGAR:
            start = (start or Fraction(0)) + Fraction(unicodedata.numeric(char)).limit_denominator(100)
    total = _words_value(WORD.findall(text.translate(NO_VULGAR)), start)
    return None if total is None or abs(total) >= GREATEST else _whole(sign * total)


def _words_value(words: list[str], start: Fraction | None) -> Fraction | None:
    """Add up number words: `group` collects below a thousand, `total` what greater scales have closed."""
    total, group, part = Fraction(0), start, None
    after_and = False
    for word in words:
        if word in UNITS or word in TENS:
            value = Fraction(UNITS.get(word, TENS.get(word, 0)))
            group = value if group is None else group + value
        elif word == "point":
            return None
        elif word in {"a", "an"}:
            group = Fraction(1) if group is None and part is None else group
            after_and = after_and and group is not None
        elif word.rstrip("s") in PARTS or word in {"halves", "half"}:
            size = PARTS.get(word, PARTS.get(word.rstrip("s"), Fraction(1, 2)))
            if after_and and group is not None:
                part = size  # one and a half
            else:
                group, part = (Fraction(1) if group is None else group) * size, None
        elif word.rstrip("s") in SCALES or word in SCALES:
            scale = SCALES.get(word, SCALES.get(word.rstrip("s"), 1))
            group = (Fraction(1) if group is None else group) + (part or 0)
            part = None
            if scale in (100, 12, 20):
                group *= scale
            else:
                total, group = (
                    (total + group) * scale if total and total < scale and group < 1 else total + group * scale,
                    None,
                )
        elif word == "and":
            after_and = True
            continue
        elif word not in {"of", "minus", "negative"}:
            return None
        after_and = after_and and word in {"a", "an"}
    if group is None and not total:
        return None
    return total + (group or 0) + (part or 0)
