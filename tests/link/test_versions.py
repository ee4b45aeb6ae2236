"""How versions of one utterance differ: what is cut, paraphrased, translated, and what each leaves out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.versions import Version, carried, differences, kind_of, shares, tell

FULL = "“The ferry will sail on Monday if the pilots agree, and 300 people will be let across,”"
WORDS = st.lists(st.sampled_from("the gate will not open for forty barges , . “ ”".split()), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("text", "direct", "kind"),
    [
        (FULL, True, "verbatim"),
        ("the ferry will sail on Monday if the pilots agree, and 300 people will be let across", False, "verbatim"),
        ("“The ferry will sail on Monday,”", True, "cut"),
        ("boats are to leave again next week, with room for hundreds", False, "paraphrased"),
        ("“On Monday the boat goes when pilots say yes; three hundred persons pass,”", True, "translated"),
    ],
)
def test_a_version_is_told_by_its_words_beside_the_fullest(text, direct, kind):
    assert kind_of(Version(text, direct), Version(FULL, True))[0] == kind


def test_what_a_version_leaves_out_is_a_condition_a_hedge_a_number_or_a_denial():
    told = tell(
        [
            Version("the pilots may let 300 people across if the fog lifts", if_="the fog lifts"),
            Version("the pilots let people across"),
            Version("300 people cross, the pilots said, and not before the fog lifts"),
        ]
    )
    facts = {(fact.kind, fact.words): fact.carried for fact in told.facts}
    assert facts == {
        ("condition", "the fog lifts"): (True, False, True),
        ("hedge", "may"): (True, False, False),
        ("denial", "not"): (False, False, True),
        ("number", "300"): (True, False, True),
    }
    assert [len(one.left_out) for one in told.versions] == [1, 4, 1]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On December 27, 2031 the gate opens, on 3 May it shuts, and they don't say why", []),
        ("Twelve barges and 3,500 crates came in 2031", ["Twelve", "2031", "3,500"]),
    ],
)
def test_numbers_are_told_as_written_and_days_of_the_month_are_none(text, numbers):
    facts = carried([Version(text), Version("the gate opens")])
    assert [fact.words for fact in facts if fact.kind == "number"] == numbers


def test_numbers_in_words_and_in_digits_are_one():
    assert carried([Version("forty barges wait"), Version("40 barges wait")]) == ()


def test_a_version_is_closest_to_the_earlier_one_whose_words_it_has():
    told = tell([Version("the ice is thin"), Version("boats leave at noon today"), Version("boats leave at noon")])
    assert [one.closest for one in told.versions] == [None, None, 1]


def test_changes_are_marked_where_they_stand():
    pieces = differences("The ferry sails Monday.", "The old ferry sails on Monday.")
    assert [(piece.change, piece.text) for piece in pieces] == [
        ("same", "The "),
        ("left out", "old "),
        ("same", "ferry sails "),
        ("left out", "on "),
        ("same", "Monday."),
    ]


@given(WORDS, WORDS)
def test_no_word_is_lost_or_made_up_by_setting_versions_side_by_side(mine, other):
    pieces = differences(mine, other)
    assert "".join(piece.text for piece in pieces if piece.change != "left out") == mine
    assert [piece for piece in pieces if not piece.text] == []


@given(WORDS, WORDS)
def test_shares_are_shares_and_the_same_from_either_side(mine, other):
    one, two = shares(mine, other)
    assert 0 <= one <= 1
    assert 0 <= two <= 1
    assert shares(mine, mine)[0] in {0.0, 1.0}


@given(st.lists(st.builds(Version, WORDS, st.booleans()), min_size=1, max_size=5))
def test_every_version_is_told_and_one_is_the_fullest(versions):
    told = tell(versions)
    assert [one.kind for one in told.versions].count("fullest") == 1
    assert len(told.versions) == len(versions)
    assert all(any(fact.carried) and not all(fact.carried) for fact in told.facts)


def test_long_hostile_words_take_no_time():
    a, b = "ab " * 20_000, "aab b " * 15_000
    before = time.process_time()
    tell([Version(a), Version(b), Version("x " * 30_000)])
    assert time.process_time() - before < 5


def test_a_thousand_copies_are_told_quickly():
    before = time.process_time()
    told = tell([Version("the gate stays shut until the dues are paid")] * 1000)
    assert {one.kind for one in told.versions} == {"fullest", "verbatim"}
    assert time.process_time() - before < 5
