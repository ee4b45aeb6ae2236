"""Quoted regions: every style, nesting, paragraphs, and marks out of place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.segment.quotations import find_quotations

MARKS = "\"“”„‘’'‚«»‹›`"
dirty = st.text(st.one_of(st.sampled_from(MARKS + " \n.,a"), st.characters()), max_size=80)


def quoted(text: str) -> list[tuple[int, bool, list[str]]]:
    found, _ = find_quotations(text, find_paragraphs(text))
    return [(q.depth, q.closed, [piece.of(text) for piece in q.pieces]) for q in found]


def orphans(text: str) -> list[str]:
    return [mark.of(text) for mark in find_quotations(text, find_paragraphs(text))[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"No," she said.', '"No,"'),
        ("“No,” she said.", "“No,”"),
        ("„Nein“, she said.", "„Nein“"),
        ("„Nie”, she said.", "„Nie”"),
        ("« Non », she said.", "« Non »"),
        ("«Non», she said.", "«Non»"),
        ("»Nej«, she said.", "»Nej«"),
        ("»Nej», she said.", "»Nej»"),
        ("‘No,’ she said.", "‘No,’"),
        ("'No,' she said.", "'No,'"),
        ("``No,'' she said.", "``No,''"),
        ("''No,'' she said.", "''No,''"),
        ("”Nej”, she said.", "”Nej”"),
        ("‚Nein‘, she said.", "‚Nein‘"),
        ("She said:“No.” Then she left.", "“No.”"),
        ('She said:"No." Then she left.', '"No."'),
        ("It was rated a ‘D-‘ twice.", "‘D-‘"),
        ("'The growers' demands were met,' she said.", "'The growers' demands were met,'"),
        ("So (“no”) it was.", "“no”"),
        ("A plan—“no”—it was.", "“no”"),
    ],
)
def test_every_style_is_read(text: str, expected: str) -> None:
    assert quoted(text) == [(0, True, [expected])]
    assert orphans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It's the growers' land, isn't it?",
        "It’s the growers’ land, isn’t it?",
        "Tell 'em the '90s are over.",
        "Tell ’em the ’90s are over.",
        "He is 6'2\" tall and she 5’10” at most.",
        "Grain Inc.’s silos stand open.",
        "They met 'round the corner and the O'Neills' car.",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert quoted(text) == []
    assert orphans(text) == []


def test_a_quotation_inside_another_is_one_deeper() -> None:
    assert quoted("“He told me, ‘Stay,’” she said.") == [(0, True, ["“He told me, ‘Stay,’”"]), (1, True, ["‘Stay,’"])]


def test_the_same_marks_may_nest_when_all_close() -> None:
    assert [depth for depth, _, _ in quoted("“She said “no” to me,” he said.")] == [0, 1]


def test_three_single_marks_close_single_then_double() -> None:
    assert quoted("''She said, 'Stay,''' he said.") == [
        (0, True, ["''She said, 'Stay,'''"]),
        (1, True, ["'Stay,'"]),
    ]


def test_a_quotation_over_paragraphs_is_one_with_a_piece_for_each() -> None:
    assert quoted("“One.\n“Two.\n“Three,” she said.\nFour.") == [(0, True, ["“One.", "“Two.", "“Three,”"])]


def test_a_nested_quotation_may_go_on_over_paragraphs_too() -> None:
    assert [pieces for _, _, pieces in quoted("“A ‘b.\n“‘C,’ d,” she said.")] == [
        ["“A ‘b.", "“‘C,’ d,”"],
        ["‘b.", "‘C,’"],
    ]


def test_boilerplate_between_the_paragraphs_does_not_cut_a_quotation() -> None:
    text = "“One.\nRead more\n“Two,” she said."
    found, _ = find_quotations(text, find_paragraphs(text), (Span(6, 15),))
    assert [piece.of(text) for q in found for piece in q.pieces] == ["“One.", "“Two,”"]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    assert quoted("“One, she said.\nTwo.\n“Three,” she said.") == [
        (0, False, ["“One, she said."]),
        (0, True, ["“Three,”"]),
    ]


def test_an_open_quotation_ends_where_the_next_one_opens() -> None:
    assert quoted("“One, she said. “Two,” she said.") == [(0, False, ["“One, she said."]), (0, True, ["“Two,”"])]


@pytest.mark.parametrize("text", ["They met.” She left.", 'They met." She left.', "They met.» She left."])
def test_a_mark_that_closes_nothing_is_an_orphan(text: str) -> None:
    assert quoted(text) == []
    assert len(orphans(text)) == 1


def test_a_long_row_of_marks_is_an_ornament() -> None:
    assert quoted("“““““““““““ “Yes,” she said.") == [(0, True, ["“Yes,”"])]
    assert orphans("“““““““““““ “Yes,” she said.") == ["“““““““““““"]


@pytest.mark.parametrize("unit", ["“", '"', "'", "“‘", "(((", "a'", "«»"])
def test_a_megabyte_of_marks_takes_less_than_a_second(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    paras = find_paragraphs(text)
    began = time.process_time()
    find_quotations(text, paras)
    assert time.process_time() - began < 1


@settings(deadline=None)
@given(dirty)
def test_pieces_stand_in_paragraphs_in_order(text: str) -> None:
    paras = find_paragraphs(text)
    found, marks = find_quotations(text, paras)
    assert [q.pieces[0].start for q in found] == sorted(q.pieces[0].start for q in found)
    for q in found:
        assert list(q.pieces) == sorted(q.pieces)
        for piece in q.pieces:
            assert piece.start < piece.end
            assert sum(para.start <= piece.start and piece.end <= para.end for para in paras) == 1
        # no two pieces of one quotation share a paragraph
        assert len({next(p for p in paras if p.start <= piece.start < p.end) for piece in q.pieces}) == len(q.pieces)
    assert all(set(mark.of(text)) <= set(MARKS + "‟〝〞＂‛") for mark in marks)


@settings(deadline=None)
@given(dirty)
def test_quotations_nest_or_stand_apart(text: str) -> None:
    found, _ = find_quotations(text, find_paragraphs(text))
    pieces = sorted((piece.start, -piece.end) for q in found for piece in q.pieces)
    around: list[int] = []
    for start, end in pieces:
        while around and around[-1] <= start:
            around.pop()
        assert not around or -end <= around[-1]
        around.append(-end)
