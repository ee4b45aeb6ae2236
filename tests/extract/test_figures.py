"""Figures: value, unit, qualifier, and the numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Figure, Origin, Span
from onrecord.extract.figures import figures
from onrecord.extract.quantities import find_quantities
from onrecord.extract.times import times
from onrecord.segment import segment

dirty = st.text(st.one_of(st.sampled_from("0123456789.,%$€-–/ \n٣１½ao"), st.characters()), max_size=80)


def found(text: str) -> tuple[Figure, ...]:
    doc = Document("a", text, Origin("a.txt", "0" * 64), published="2024-03-27")
    return figures(times(segment(doc))).figures or ()


def values(text: str) -> list[tuple[object, str | None, str]]:
    return [(f.value, f.unit, f.qualifier) for f in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 40 boats left.", (40, "boat", "about")),
        ("At least two dozen growers came.", (24, "grower", "at_least")),
        ("More than half a million people marched.", (500000, "person", "more_than")),
        ("No more than 12 members may vote.", (12, "member", "at_most")),
        ("Fewer than 300 sheep were left.", (300, "sheep", "less_than")),
        ("It cost $1.5 million.", (1500000, "USD", "exact")),
        ("It cost about €2bn in all.", (2000000000, "EUR", "about")),
        ("They asked for 3.2 million pounds sterling.", (3200000, "GBP", "exact")),
        ("He paid 3 dollars 50 cents.", (3.5, "USD", "exact")),
        ("It fell 12 percent.", (12, "percent", "exact")),
        ("It fell by 12% on the day.", (12, "percent", "exact")),
        ("Rates rose 25 basis points.", (25, "basis point", "exact")),
        ("It takes 10 to 12 weeks.", ((10, 12), "week", "range")),
        ("Between 5 and 7 million tons were shipped.", ((5000000, 7000000), "ton", "range")),
        ("The 28-member union met.", (28, "member", "exact")),
        ("A 30-day truce was agreed.", (30, "day", "exact")),
        ("Six of its ferries sank.", (6, "ferry", "exact")),
        ("The flood killed 120.", (120, "person", "exact")),
        ("Police found four dead and 30 wounded.", (4, "person", "exact")),
        ("The town lies 13 metres under water.", (13, "metre", "exact")),
        ("They drove for nearly two decades.", (20, "year", "about")),
        ("It must end within a year.", (1, "year", "exact")),
        ("１２ boats came.", (12, "boat", "exact")),
        ("١٢ boats came.", (12, "boat", "exact")),
        ("It holds 1,00,000 tonnes.", (100000, "tonne", "exact")),
        ("It weighs 1.000,50 tonnes.", (1000.5, "tonne", "exact")),
        ("Only 1.8m tall, she won.", (1.8, "metre", "exact")),
        ("Returns were negative 7 percent.", (-7, "percent", "exact")),
        ("A crowd of 5,000 or more came.", (5000, "person", "at_least")),
    ],
)
def test_a_quantity_has_value_unit_and_qualifier(text: str, expected: tuple[object, str, str]) -> None:
    assert values(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Okafor, 34, said so.",
        "The 34-year-old left, aged 35.",
        "They met at 5 p.m. and at 17:30.",
        "They met on May 5, 2023, and in 2021.",
        "It was his 5th term and the 21st century.",
        "Flight 302 and a Boeing 737 were at gate 12.",
        "See No. 12, page 3 and Article 5.",
        "They won 3-2 at home.",
        "Call 555-123-4567 now.",
        "One of the best, one day, no one else.",
        "The two leaders met.",
        "A 5G network and an F-16.",
        "Dozens came, thousands stayed away.",
        "Two years ago nobody knew.",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Officials said grain prices rose 3.5% in April.", ["grain prices"]),
        ("Turnout was 61 percent, down from 67 percent four years ago.", ["Turnout", "Turnout"]),
        ("The fine could reach $50,000.", ["fine"]),
        ("The truce has lasted 40 days.", ["truce"]),
        ("It rose 3.5%.", [None]),
        ("The port lost 12 percent of its income.", ["income"]),
        ("At least 45 people were killed on the quay.", ["people killed"]),
        ("A third of the city's 900,000 people left.", ["city's 900,000 people left", "people left"]),
    ],
)
def test_a_figure_says_what_it_is_of(text: str, measures: list[str | None]) -> None:
    assert [f.measures for f in found(text)] == measures


def test_a_margin_of_plus_or_minus_is_no_negative_number() -> None:
    assert values("The margin is plus or minus 3 points.") == [(3, "point", "exact")]


def test_a_number_of_some_of_them_counts_the_same() -> None:
    assert values("She met 21 girls. One of them was ill.")[1] == (1, "girl", "exact")


def test_two_numbers_of_one_phrase_are_two_figures() -> None:
    assert [f.value for f in found("They freed 21 of the more than 200 hostages.")] == [21, 200]


def test_a_paragraph_of_a_thousand_numbers_is_read() -> None:
    text = " ".join(f"{n} boats," for n in range(1, 1001))
    assert [f.value for f in found(text)][:3] == [1, 2, 3]
    assert len(found(text)) == 1000


def test_boilerplate_holds_no_figures() -> None:
    text = "Read 20 stories more"
    doc = Document("a", text, Origin("a.txt", "0" * 64), sentences=(Span(0, 20),), times=(), boilerplate=(Span(0, 20),))
    assert figures(doc).figures == ()


@settings(deadline=None)
@given(dirty)
def test_figures_stand_in_the_text_in_order_with_ids(text: str) -> None:
    layer = found(text)
    assert [f.id for f in layer] == [f"f{i + 1}" for i in range(len(layer))]
    for figure in layer:
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.by.startswith("figures.")
        if isinstance(figure.value, tuple):
            assert figure.value[0] < figure.value[1]


@pytest.mark.parametrize(
    ("text", "share"), [("About four in 10 voters stayed away.", 0.4), ("One out of five left.", 0.2)]
)
def test_so_many_in_so_many_are_a_share(text: str, share: float) -> None:
    assert [f.value for f in found(text)] == [share]


def test_a_dash_that_opens_a_line_of_a_list_is_no_range():
    assert [(q.value, q.high) for q in find_quantities("Members: 12\n- 40 expected")] == [(12, None), (40, None)]
