"""Partial dates: takes years, months and days as far as known, gives their place in time as EDTF, and reads no running text.

EDTF is ISO 8601-2:2019: "2024", "2024-03", "2024-03-27", seasons "2024-21" to "2024-24", quarters "2024-33" to "2024-36",
decades "202X", intervals "2024-03-25/2024-03-31" and open ones "2024-10/..". No clock is ever asked.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:$|[T ])")
SEASONS = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
QUARTER_BASE = 32  # ISO 8601-2 numbers quarters from 33


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps its month, perhaps its day.

    >>> PartialDate(2024, 3).edtf(), PartialDate(2024, 3, 27).shifted(-1, "month").edtf()
    ('2024-03', '2024-02')
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def read(cls, text: str | None) -> PartialDate | None:
        """Return the date that an ISO string begins with, None where it is none or impossible.

        >>> PartialDate.read("2024-02-30") is None, PartialDate.read("2018-05-01T10:00Z")
        (True, PartialDate(year=2018, month=5, day=1))
        """
        match = ISO.match(text or "")
        if match is None:
            return None
        found = cls(int(match[1]), int(match[2] or 0), int(match[3] or 0))
        return found if found.is_possible() else None

    def is_possible(self) -> bool:
        """Tell whether the calendar has this date."""
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12:
            return False
        return self.day == 0 or (self.month > 0 and 1 <= self.day <= calendar.monthrange(self.year, self.month)[1])

    def edtf(self) -> str:
        """Return the date as EDTF, as far as it is known."""
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}" + (f"-{self.day:02}" if self.day else "")

    def shifted(self, by: int, unit: str) -> PartialDate | None:
        """Return the date `by` units on, as exact as the unit allows; None where it is not exact enough or out of range."""
        if unit in {"day", "week"}:
            return self._days_on(by * (7 if unit == "week" else 1))
        if unit in {"month", "quarter"} and self.month:
            months = self.year * 12 + self.month - 1 + by * (3 if unit == "quarter" else 1)
            return _checked(PartialDate(months // 12, months % 12 + 1)) if months > 11 else None
        years = {"year": 1, "decade": 10, "century": 100}.get(unit)
        return _checked(PartialDate(self.year + by * years)) if years else None

    def _days_on(self, days: int) -> PartialDate | None:
        if not self.day:
            return None
        try:
            return from_date(self.as_date() + timedelta(days=days))
        except OverflowError:
            return None

    def as_date(self) -> date:
        """Return the day; a missing month or day counts as the first."""
        return date(self.year, self.month or 1, self.day or 1)


def _checked(found: PartialDate) -> PartialDate | None:
    return found if found.is_possible() else None


def from_date(day: date) -> PartialDate:
    """Return a full date."""
    return PartialDate(day.year, day.month, day.day)


def weekday_near(anchor: PartialDate, weekday: int, direction: int) -> PartialDate | None:
    """Return the day with that weekday (Monday is 0) at or nearest before (-1) or after (1) `anchor`; None if it has no day.

    >>> weekday_near(PartialDate(2024, 3, 27), 0, -1).edtf(), weekday_near(PartialDate(2024, 3, 27), 2, 1).edtf()
    ('2024-03-25', '2024-03-27')
    """
    if not anchor.day:
        return None
    off = (weekday - anchor.as_date().weekday()) % 7
    return anchor.shifted(off if direction > 0 or off == 0 else off - 7, "day")


def week_of(anchor: PartialDate) -> str | None:
    """Return the week around a day, Monday to Sunday, as an interval.

    >>> week_of(PartialDate(2018, 2, 1))
    '2018-01-29/2018-02-04'
    """
    monday = weekday_near(anchor, 0, -1)
    sunday = monday.shifted(6, "day") if monday else None
    return f"{monday.edtf()}/{sunday.edtf()}" if monday and sunday else None


def quarter(year: int, number: int) -> str:
    """Return a quarter of a year, 1 to 4, as EDTF.

    >>> quarter(1989, 3)
    '1989-35'
    """
    return f"{year:04}-{QUARTER_BASE + number}"


def decade(year: int) -> str:
    """Return the decade that holds a year as EDTF.

    >>> decade(1987)
    '198X'
    """
    return f"{year // 10:03}X"


def as_partial(edtf: str | None) -> str | None:
    """Return what an EDTF value says for sure as YYYY, YYYY-MM or YYYY-MM-DD; None where not even the year is.

    An interval gives what its ends share, a season or quarter its year, an open interval its known end.

    >>> [as_partial(x) for x in ("2018-01-29/2018-02-04", "2018-23", "2024-10/..", "2018-02-05", "198X", None)]
    ['2018', '2018', '2024-10', '2018-02-05', None, None]
    """
    if not edtf:
        return None
    ends = [end for end in edtf.split("/") if end != ".."]
    parts = [end.split("-") for end in ends]
    shared = [a for a, *others in zip(*parts, strict=False) if all(a == b for b in others)]
    while shared and parts and any(p[: len(shared)] != shared for p in parts):
        shared.pop()
    if not shared or "X" in shared[0]:
        return None
    if len(shared) > 1 and int(shared[1]) > 12:
        shared = shared[:1]
    return "-".join(shared)
