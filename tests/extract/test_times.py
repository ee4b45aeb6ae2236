"""Dates in the text and their values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin
from onrecord.extract.times import times
from onrecord.segment import segment

PIECES = st.sampled_from(
    [
        "May",
        " ",
        "5",
        "2016",
        "-",
        "Monday",
        "last",
        "week",
        "two",
        "years ago",
        ",",
        "the end of",
        "\n",
        "31/02/",
        "Q3",
    ]
)
dirty = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=20).map("".join)


def read(text: str, published: str | None = "2024-03-27") -> Document:
    return times(segment(Document("a", text, Origin("a.txt", "0" * 64), published=published)))


def values(text: str, published: str | None = "2024-03-27") -> list[str | None]:
    return [time.value for time in read(text, published).times or ()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on March 25, 2024.", "2024-03-25"),
        ("They met on 25 March.", "2024-03-25"),
        ("They met on Dec. 30.", "2023-12-30"),
        ("They met in October 2023.", "2023-10"),
        ("They met in October.", "2023-10"),
        ("They met in 1998.", "1998"),
        ("They met in the 1980s.", "198X"),
        ("They met on Monday.", "2024-03-25"),
        ("They met on Thursday evening.", "2024-03-21"),
        ("They are expected to meet on Thursday.", "2024-03-28"),
        ("They met yesterday.", "2024-03-26"),
        ("They met last month.", "2024-02"),
        ("They meet next week.", "2024-04-01/2024-04-07"),
        ("They met earlier this year.", "2024"),
        ("They met last March.", "2023-03"),
        ("They met two weeks ago.", "2024-03-13"),
        ("Since October 7 it has been quiet.", "2023-10-07/.."),
        ("Sales fell in the third quarter of 2023.", "2023-35"),
        ("They met last summer.", "2023-22"),
        ("It was made on 2024-02-29.", "2024-02-29"),
        ("It was made on 31/12/2023.", "2023-12-31"),
        ("It lasted from May 8-10.", "2024-05-08/2024-05-10"),
    ],
)
def test_a_date_has_its_value(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_day_is_counted_from_the_last_date_told() -> None:
    assert values("The vote was on March 4, 2023. A day earlier nobody knew.") == ["2023-03-04", "2023-03-03"]


@pytest.mark.parametrize("text", ["on February 30, 2023", "on 31/02/2023", "on 2023-13-01"])
def test_an_impossible_date_is_noted(text: str) -> None:
    doc = read(f"They met {text}.")
    assert [time.value for time in doc.times or ()] == [None]
    assert [note.kind for note in doc.notes] == ["impossible-date"]


def test_without_a_publication_date_relative_ones_stay_open_with_one_note() -> None:
    doc = read("They met on Monday, last week and on March 3, 2024.", None)
    assert [time.value for time in doc.times or ()] == [None, None, "2024-03-03"]
    assert [note.kind for note in doc.notes] == ["no-publication-date"]


def test_a_publication_date_that_is_none_says_so() -> None:
    assert "“soon” is none" in read("They met on Monday.", "soon").notes[0].message


def test_a_publication_date_in_the_future_is_taken_as_given() -> None:
    assert values("They met yesterday.", "2999-01-01") == ["2998-12-31"]


def test_a_text_without_a_date_has_none_and_no_note() -> None:
    doc = read("They met.", None)
    assert doc.times == () and doc.notes == ()


def test_may_is_no_month_by_itself() -> None:
    assert values("May I go? They may.") == []


@settings(deadline=None)
@given(dirty, st.sampled_from([None, "2024", "2024-03", "2024-03-27", "0001-01-01", "9999-12-31", "x"]))
def test_no_text_and_no_date_makes_it_raise(text: str, published: str | None) -> None:
    doc = read(text, published)
    assert all(0 <= time.span.start < time.span.end <= len(text) for time in doc.times or ())
    assert list(doc.times or ()) == sorted(doc.times or (), key=lambda time: time.span)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 1992-95 war", ["1992/1995"]),
        ("the 2010-11 season", ["2010/2011"]),
        ("the 1999-00 season", ["1999/2000"]),
        ("filed under 2024-03", ["2024-03"]),
        ("born in nineteen\u00a0eighty-four", ["1984"]),
        ("closed last\u00a0Monday", ["2024-03-25"]),
        ("Talks go on in March\n12 boats sank", ["2024-03"]),
    ],
)
def test_ranges_of_years_odd_spaces_and_ends_of_lines_are_read(text, expected):
    done = read(text)
    assert ([time.value for time in done.times], done.notes) == (expected, ())
