"""Dates as publishers state them in metadata: takes a string or number, gives a partial ISO date or None.

The day is the one the publisher wrote, in the publisher's own zone: "2024-03-27T23:30:00-05:00" is 27 March, though it is
the 28th in London. Nothing is guessed: an order that cannot be told ("03/04/2024") is no date. Dates inside the report's
sentences are not read here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
FORMS = (
    re.compile(rf"{YEAR}[-/.](?P<number>\d{{1,2}})[-/.]{DAY}(?!\d)"),
    re.compile(rf"{YEAR}(?P<number>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(rf"{YEAR}[-/](?P<number>\d{{1,2}})(?![\d-])"),
    re.compile(rf"{YEAR}(?![\d-])"),
    re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+)?{DAY}[\s-]+{MONTH},?[\s-]+{YEAR}(?!\d)"),
    re.compile(rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?{MONTH}\s+{DAY},?\s+{YEAR}(?!\d)"),
    re.compile(rf"{MONTH}\s+{YEAR}(?!\d)"),
)
LABEL = re.compile(
    r"(?:(?:first|last)\s+)?(?:published|posted|updated|modified|created)?(?:\s+(?:on|at))?\s*:?\s*", re.I
)
IN_URL = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?:/|-)?(?P<number>(?<=/)[a-z]{3}(?=/)|[01]\d)(?:/|-)?(?P<day>[0-3]\d)(?=[/_.-]|$)",
    re.I,
)


def stated_date(value: object) -> str | None:
    """Return the partial ISO date that a metadata value states, None where it states none.

    >>> stated_date("2024-03-27T23:30:00-05:00"), stated_date("Wed, 27 Mar 2024 10:00:00 GMT"), stated_date("March 2024")
    ('2024-03-27', '2024-03-27', '2024-03')
    >>> stated_date(1711540800000), stated_date("03/04/2024"), stated_date("2024-02-31")
    ('2024-03-27', None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    if not isinstance(value, str):
        return None
    text = value.strip()[:100]
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _since_1970(int(text))
    text = text[LABEL.match(text).end() :]  # type: ignore[union-attr]  # it can match nothing, so it matches always
    found = (form.match(text) for form in FORMS)
    match = next((match for match in found if match), None)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    number = _month(parts.get("number") or parts.get("month"))
    if number is None:
        return None if parts.get("number") or parts.get("month") else f"{year:04}"
    try:
        day = date(year, number, int(parts.get("day") or 1))
    except ValueError:
        return None
    return day.isoformat() if parts.get("day") else day.isoformat()[:7]


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    if name.isdigit():
        return int(name)
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else None


def _since_1970(value: float) -> str | None:
    if not 0 < value < 4e12:  # first, for a number of hundreds of digits fits no float
        return None
    seconds = value / 1000 if value >= 1e11 else value
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds < 4e9 else None


def date_in_url(url: str | None) -> str | None:
    """Return the day a URL's path states, which is a last resort: some outlets move the address with each update.

    >>> date_in_url("https://example.org/2024/03/27/ferry"), date_in_url("https://example.org/2024/mar/27/ferry")
    ('2024-03-27', '2024-03-27')
    >>> date_in_url("https://example.org/news/20240327-ferry"), date_in_url("https://example.org/story-1234567890")
    ('2024-03-27', None)
    """
    match = IN_URL.search((url or "")[:2000])
    return _iso(match) if match else None
