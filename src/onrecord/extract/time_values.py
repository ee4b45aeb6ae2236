"""What date expressions mean: takes one match of `time_words.TIME` and the days to count from, gives an EDTF value.

Where a weekday or month could lie on either side of the anchor, words about things to come before it decide; else it is
the past one, as news reports what has happened. Nothing is searched for here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.dates import SEASONS, PartialDate, as_partial, decade, quarter, week_of, weekday_near
from onrecord.extract.time_words import HOLIDAYS, MONTHS, UNIT, WEEKDAYS, YEAR
from onrecord.numbers import UNITS as NUMBERS
from onrecord.numbers import number_value

NUMBER = re.compile(r"\d+")
WORDS = re.compile(r"[^\W\d_]+|\d+")
YEAR_IN = re.compile(rf"(?<!\d){YEAR}(?!\d)")
UNIT_IN = re.compile(rf"\b({UNIT})s?\b")
ORDERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "q1": 1,
    "q2": 2,
    "q3": 3,
    "q4": 4,
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is counted from: the publication date, the last date the text gave, and on which side it must lie."""

    published: PartialDate | None
    last: str | None = None
    coming: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Impossible:
    """A date no calendar has."""

    written: str


Value = str | Impossible | None


def value_of(kind: str, written: str, anchor: Anchor) -> Value:
    """Return the value of an expression found as `kind`; None where it stays unresolved.

    >>> value_of("weekday", "Friday night", Anchor(PartialDate(2024, 3, 27)))
    '2024-03-22'
    >>> value_of("ago", "two months ago", Anchor(PartialDate(2024, 3, 27)))
    '2024-01'
    >>> value_of("iso", "1992-95", Anchor(None)), value_of("iso", "2024-03", Anchor(None))
    ('1992/1995', '2024-03')
    """
    read = READERS.get(kind)
    return read(" ".join(written.casefold().replace("’", "'").split()), anchor) if read else None


def _edtf(found: PartialDate | None) -> str | None:
    return found.edtf() if found else None


def _possible(found: PartialDate, written: str) -> Value:
    return found.edtf() if found.is_possible() else Impossible(written)


def _iso(text: str, anchor: Anchor) -> Value:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 2 and (until := _until(*parts)):
        return f"{parts[0]}/{until}"
    return _possible(PartialDate(*parts), text) if parts[1] else Impossible(text)


def _until(year: int, short: int) -> int:
    """The last year of "1992-95" and "1999-00", 0 where the second number is a month: reports seldom write months so."""
    until = year - year % 100 + short + (100 if short == 0 else 0)
    return until if until - year in range(1, 100) and (short or until - year == 1) else 0


def _slashed(text: str, anchor: Anchor) -> Value:
    """Month first as in America, day first where the first number can be no month."""
    first, second, year = (int(part) for part in NUMBER.findall(text))
    if year < 100:
        year += 1900 if year > 50 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    return _possible(PartialDate(year, month, day), text) if month and day else Impossible(text)


def _month_in(text: str) -> int:
    return next((MONTHS[word] for word in WORDS.findall(text) if word in MONTHS), 0)


def _year_in(text: str) -> int:
    found = YEAR_IN.search(text)
    return int(found.group()) if found else 0


def _day_of_month(text: str, anchor: Anchor) -> Value:
    month, year = _month_in(text), _year_in(text)
    days = [int(n) for n in NUMBER.findall(YEAR_IN.sub("", text)) if 0 < int(n) < 32]
    if not days:
        return None
    if not year:
        year = _nearest_year(month, days[0], anchor.published)
        if year and anchor.published and text.startswith("last "):
            year -= PartialDate(year, month, days[0]) >= anchor.published
        if year and anchor.published and anchor.past:
            year -= PartialDate(year, month, days[0]) > anchor.published
    if not year:
        return None
    found = PartialDate(year, month, days[0])
    if len(days) > 1 and found.is_possible():
        until = PartialDate(year, month, days[1])
        return f"{found.edtf()}/{until.edtf()}" if until.is_possible() and until > found else found.edtf()
    return _possible(found, text)


def _nearest_year(month: int, day: int, published: PartialDate | None) -> int:
    """The year that puts a day of the year nearest to the publication date."""
    if published is None:
        return 0
    here = (published.month or 7) * 31 + published.day
    away = month * 31 + day - here
    return published.year - 1 if away > 200 else published.year + 1 if away < -200 else published.year


def _month(text: str, anchor: Anchor) -> Value:
    month, year = _month_in(text), _year_in(text)
    if year:
        return _edtf(PartialDate(year, month))
    published = anchor.published
    if published is None or not published.month:
        return None
    if anchor.coming:
        return _edtf(PartialDate(published.year + (month < published.month), month))
    return _edtf(PartialDate(published.year - (month > published.month), month))


def _year(text: str, anchor: Anchor) -> Value:
    return f"{_year_in(text):04}"


def _spoken(text: str, anchor: Anchor) -> Value:
    value = number_value(text.replace("-", " ").partition(" ")[2])
    return f"{1900 + int(value or 0) % 100:04}"


def _decade(text: str, anchor: Anchor) -> Value:
    digits = NUMBER.findall(text)[0]
    return decade(int(digits) if len(digits) == 4 else 1900 + int(digits))


def _weekday(text: str, anchor: Anchor) -> Value:
    weekday = next((WEEKDAYS[word] for word in WORDS.findall(text) if word in WEEKDAYS), None)
    if weekday is None or anchor.published is None:
        return None
    if text.startswith("next ") or (anchor.coming and not text.startswith("last ")):
        start = anchor.published.shifted(1, "day") if text.startswith("next ") else anchor.published
        return _edtf(weekday_near(start, weekday, 1)) if start else None
    start = anchor.published.shifted(-1, "day") if text.startswith("last ") else anchor.published
    return _edtf(weekday_near(start, weekday, -1)) if start else None


def _near(text: str, anchor: Anchor) -> Value:
    if anchor.published is None:
        return None
    by = -1 if "yesterday" in text else 1 if "tomorrow" in text else 0
    by += -1 if "day before" in text else 1 if "day after" in text else 0
    return _edtf(anchor.published.shifted(by, "day"))


def _part(text: str, anchor: Anchor) -> Value:
    if anchor.published is None:
        return None
    return _edtf(anchor.published.shifted(-1 if text.startswith("last") else 0, "day"))


def _which(text: str, anchor: Anchor) -> Value:
    """ "last year", "this week", "earlier this month", "last March", "next Tuesday", "the same day"."""
    words = WORDS.findall(text)
    if any(word in WEEKDAYS for word in words):
        return _weekday(" ".join(word for word in words if word != "the"), anchor)
    month = _month_in(text)
    if month:
        return _which_month(words, month, anchor.published)
    unit = UNIT_IN.search(text)
    if unit is None:
        return None
    name = "century" if unit[1] == "centurie" else unit[1]
    if name == "quarter" and {"same", "that"} & set(words) and _is_quarter(anchor.last):
        return anchor.last
    if {"same", "that", "previous", "following"} & set(words):
        return _from_last(words, name, anchor)
    if text.rstrip().endswith("s") and name != "centurie":
        return None  # "the last years": vague
    return _shifted_unit(anchor.published, _step(words), name)


def _which_month(words: list[str], month: int, published: PartialDate | None) -> Value:
    if published is None or not published.month:
        return None
    if "next" in words or "coming" in words:
        return _edtf(PartialDate(published.year + (month <= published.month), month))
    if "last" in words or "past" in words:
        return _edtf(PartialDate(published.year - (month >= published.month), month))
    return _edtf(PartialDate(published.year, month))


def _step(words: list[str]) -> int:
    return -1 if {"last", "past"} & set(words) else 1 if {"next", "coming"} & set(words) else 0


def _shifted_unit(start: PartialDate | None, by: int, unit: str) -> Value:
    """The whole unit (week, weekend, month, quarter, year, decade) that lies `by` units from a day."""
    if start is None:
        return None
    if unit in {"week", "weekend"}:
        day = start.shifted(by, "week")
        return None if day is None else week_of(day) if unit == "week" else _weekend(day)
    if unit == "quarter":
        there = start.shifted(by, "quarter")
        return quarter(there.year, (there.month + 2) // 3) if there and there.month else None
    there = start.shifted(by, unit)
    if there is None:
        return None
    if unit == "decade":
        return decade(there.year)
    return (
        _edtf(PartialDate(there.year, there.month if unit == "month" else 0))
        if unit in {"month", "year"}
        else _edtf(there)
    )


def _weekend(day: PartialDate) -> str | None:
    sunday = weekday_near(day, 6, -1)
    saturday = sunday.shifted(-1, "day") if sunday else None
    return f"{saturday.edtf()}/{sunday.edtf()}" if saturday and sunday else None


def _from_last(words: list[str], unit: str, anchor: Anchor) -> Value:
    """ "the same day", "the following month": counted from the last date in the text."""
    start = PartialDate.read(as_partial(anchor.last)) or anchor.published
    step = -1 if "previous" in words else 1 if "following" in words else 0
    return _shifted_unit(start, step, unit)


def _ago(text: str, anchor: Anchor) -> Value:
    """ "two weeks ago" from the publication date; "a day earlier", "the day before" from the last date in the text."""
    words = WORDS.findall(text)
    unit = UNIT_IN.search(text)
    count = 1 if words[0] in {"the", "a", "an"} and "few" not in words and "couple" not in words else None
    if count is None and (
        words[0].isdigit() or words[0] in NUMBERS or words[0] in {"twenty", "thirty", "forty", "fifty"}
    ):
        value = number_value(text[: unit.start()].replace("and a half", "") if unit else "")
        count = int(value) if value is not None else None
    if unit is None or count is None:
        return None
    if unit[1] == "year" and count == 1 and words[-1] in {"ago", "earlier"} and _is_quarter(anchor.last):
        return _year_before(anchor.last)
    step = 1 if words[-1] in {"later", "after", "now"} else -1
    from_text = words[-1] not in {"ago", "now"}
    start = PartialDate.read(as_partial(anchor.last)) if from_text and anchor.last else anchor.published
    name = "century" if unit[1] == "centurie" else unit[1]
    return _edtf(start.shifted(step * count, name)) if start else None


def _is_quarter(value: str | None) -> bool:
    return bool(value) and len(value or "") == 7 and int((value or "")[5:] or 0) > 32


def _year_before(value: str | None) -> str | None:
    return f"{int(value[:4]) - 1:04}{value[4:]}" if value else None


def _quarter(text: str, anchor: Anchor) -> Value:
    number = next((ORDERS[word] for word in re.findall(r"\w+", text) if word in ORDERS), 0)
    year = _year_in(text)
    if not year and anchor.published is not None:
        year = anchor.published.year - ("last year" in text)
        current = ((anchor.published.month or 12) + 2) // 3
        if number > current and "year" not in text:
            year -= 1
    return quarter(year, number) if year and number else None


def _the_quarter(text: str, anchor: Anchor) -> Value:
    here = anchor.last if _is_quarter(anchor.last) else _shifted_unit(anchor.published, -1, "quarter")
    if not isinstance(here, str):
        return None
    return _year_before(here) if "year" in text else here


def _year_ago(text: str, anchor: Anchor) -> Value:
    if _is_quarter(anchor.last):
        return _year_before(anchor.last)
    if anchor.published is None:
        return None
    if "quarter" in text or "period" in text:
        return _the_quarter(text, anchor)
    return _edtf(PartialDate(anchor.published.year - 1))


def _season(text: str, anchor: Anchor) -> Value:
    words = WORDS.findall(text)
    season = next(SEASONS[word] for word in words if word in SEASONS)
    year = _year_in(text)
    if not year and anchor.published is not None:
        year = anchor.published.year
        begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
        if "last" in words and begins + 2 >= (anchor.published.month or 12):
            year -= 1
        if "next" in words and begins <= (anchor.published.month or 1):
            year += 1
    return f"{year:04}-{season}" if year else None


def _end(text: str, anchor: Anchor) -> Value:
    if _year_in(text):
        return f"{_year_in(text):04}"
    if _month_in(text):
        return _month(text, anchor)
    unit = UNIT_IN.search(text)
    return _shifted_unit(anchor.published, _step(WORDS.findall(text)), unit[1] if unit else "year")


def _holiday(text: str, anchor: Anchor) -> Value:
    day = next((HOLIDAYS[name] for name in sorted(HOLIDAYS, key=len, reverse=True) if name in text), None)
    if day is None:
        return None
    year = _year_in(text) or _nearest_year(*day, anchor.published)
    return _edtf(PartialDate(year, *day)) if year else None


def _weekend_here(text: str, anchor: Anchor) -> Value:
    return _weekend(anchor.published) if anchor.published else None


READERS: dict[str, Callable[[str, Anchor], Value]] = {
    "iso": _iso,
    "slashed": _slashed,
    "mdy": _day_of_month,
    "dmy": _day_of_month,
    "my": _month,
    "quarter": _quarter,
    "thequarter": _the_quarter,
    "yearago": _year_ago,
    "season": _season,
    "which": _which,
    "part": _part,
    "near": _near,
    "ago": _ago,
    "weekday": _weekday,
    "holiday": _holiday,
    "nine11": lambda text, anchor: "2001-09-11",
    "decade": _decade,
    "end": _end,
    "month": _month,
    "year": _year,
    "spoken": _spoken,
    "weekend": _weekend_here,
}
