"""Numbers as written, and partial dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dates import PartialDate, as_partial, decade, quarter, week_of, weekday_near
from onrecord.numbers import digits_value, number_value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,000", 1000),
        ("1,000.5", 1000.5),
        ("1.000,50", 1000.5),
        ("1.000.000", 1000000),
        ("1,00,000", 100000),
        ("12,34,567.89", 1234567.89),
        ("3,5", 3.5),
        ("１２３", 123),
        ("٣٬٥٠٠", 3500),
        ("٣٫٥", 3.5),
        ("12\u202f000", 12000),
        ("1,2,3.4.5", None),
    ],
)
def test_digits_of_every_custom_are_read(written: str, value: float | None) -> None:
    assert digits_value(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("zero", 0),
        ("twenty-one", 21),
        ("two dozen", 24),
        ("half a million", 500000),
        ("a quarter of a billion", 250000000),
        ("one and a half million", 1500000),
        ("three hundred and five", 305),
        ("two hundred thousand", 200000),
        ("five million two hundred thousand", 5200000),
        ("1.5 million", 1500000),
        ("5bn", 5000000000),
        ("10k", 10000),
        ("2 1/2", 2.5),
        ("3½", 3.5),
        ("½", 0.5),
        ("two-thirds", 2 / 3),
        ("three quarters", 0.75),
        ("negative 7", -7),
        ("−5", -5),
        ("harbour", None),
        ("", None),
    ],
)
def test_number_words_have_values(written: str, value: float | None) -> None:
    assert number_value(written) == value


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_a_number_raise(text: str) -> None:
    assert number_value(text) is None or isinstance(number_value(text), int | float)
    assert digits_value(text) is None or isinstance(digits_value(text), int | float)


@pytest.mark.parametrize("text", ["", "x", "2024-13", "2024-02-30", "0000", "24-01-01", None, "2024-1"])
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert PartialDate.read(text) is None


def test_dates_shift_by_what_they_know() -> None:
    assert PartialDate(2024, 1, 31).shifted(1, "month") == PartialDate(2024, 2)
    assert PartialDate(2024, 1).shifted(-1, "month") == PartialDate(2023, 12)
    assert PartialDate(2024).shifted(1, "day") is None
    assert PartialDate(2024, 2, 28).shifted(1, "week") == PartialDate(2024, 3, 6)
    assert PartialDate(9999, 12, 31).shifted(1, "day") is None
    assert PartialDate(1, 1).shifted(-1, "year") is None


def test_weeks_quarters_and_decades_are_edtf() -> None:
    assert week_of(PartialDate(2024, 3, 27)) == "2024-03-25/2024-03-31"
    assert week_of(PartialDate(2024, 3)) is None
    assert quarter(1989, 3) == "1989-35"
    assert decade(1987) == "198X"
    assert weekday_near(PartialDate(2024), 0, -1) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2024-03-25/2024-03-31", "2024-03"),
        ("2024-12-30/2025-01-05", None),
        ("2024-23", "2024"),
        ("2024-10/..", "2024-10"),
        ("198X", None),
        (None, None),
    ],
)
def test_only_what_is_sure_is_said(value: str | None, said: str | None) -> None:
    assert as_partial(value) == said


@pytest.mark.parametrize("written", ["1" * 310 + ".5", "9" * 60, "one" + " hundred" * 2200])
def test_a_number_beyond_all_reports_is_none(written):
    assert number_value(written) is None
