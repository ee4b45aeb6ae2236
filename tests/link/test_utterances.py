"""Which statements are one utterance: whatever their order, only near candidates, and never more pairs than a report can bear."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.link.allegiance import states
from onrecord.link.comparing import ALIKE, MOST_ALIKE, Said, Story, alike, overlaps, pairs
from onrecord.link.rivals import rivals
from onrecord.link.signs import signs
from onrecord.link.utterances import Same, compare, group, trees

LINES = (
    "the ferry will sail on Monday if the pilots agree",
    "“The ferry sails on Monday,”",
    "boats to the island leave again at the start of the week",
    "the council has paid 40,000 crowns for the new roof",
    "the roof cost 40,000 crowns",
    "nobody was hurt when the crane fell",
    "the crane fell and hurt no one",
)


def said(n, text, document="a", speaker="Mara Venn", **more):
    return Said(f"s{n}", document, n, text, speaker, True, day=100, start=n * 1000, end=n * 1000 + len(text), **more)


STATEMENTS = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from("abc"), st.sampled_from(["Mara Venn", "Oskar Lind", None])),
    max_size=9,
).map(lambda rows: [said(n, *row) for n, row in enumerate(rows)])


def grouped(some):
    return sorted(sorted(some[at].id for at in members) for members in group(len(some), compare(some)))


@settings(max_examples=25, deadline=None)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(some, random):
    shuffled = list(some)
    random.shuffle(shuffled)
    first = {(some[one.a].id, some[one.b].id): one.likely for one in compare(some)}
    again = {(shuffled[one.a].id, shuffled[one.b].id): one.likely for one in compare(shuffled)}
    assert {tuple(sorted(pair)): value for pair, value in first.items()} == {
        tuple(sorted(pair)): value for pair, value in again.items()
    }


@settings(max_examples=25, deadline=None)
@given(STATEMENTS)
def test_comparing_twice_is_comparing_once(some):
    assert compare(some) == compare(some)
    assert grouped(some) == grouped(some)


SAMES = st.lists(
    st.builds(lambda a, d, p: Same(a, a + d, p, ()), st.integers(0, 6), st.integers(1, 5), st.floats(0, 1)),
    max_size=14,
    unique_by=lambda one: (one.a, one.b),
)


@given(SAMES)
def test_trees_hold_each_group_together_and_no_more(some):
    groups = group(12, some)
    joins = trees(12, some)
    assert len(joins) == sum(len(members) - 1 for members in groups)
    assert {at for a, b, _ in joins for at in (a, b)} == {at for members in groups for at in members}


def test_one_speaker_is_compared_with_himself_where_the_meaning_is_near_though_no_word_is():
    story = Story([said(0, LINES[0]), said(1, "ships depart next week", "b"), said(2, LINES[3], "c")])
    likeness = story.vectors @ story.vectors.T
    near = {(i, j) for i in range(3) for j in range(i + 1, 3) if likeness[i, j] >= ALIKE}
    assert alike(story) == near
    assert near <= set(pairs(story))


def test_of_a_thousand_copies_each_is_compared_with_a_few():
    story = Story([said(0, LINES[0], str(n)) for n in range(1000)])
    before = time.process_time()
    assert len(alike(story)) <= 1000 * (MOST_ALIKE + 1)
    assert time.process_time() - before < 10


@settings(max_examples=25, deadline=None)
@given(STATEMENTS)
def test_what_speaks_for_a_pair_does_not_hang_on_which_comes_first(some):
    story = Story(some)
    for i, j in pairs(story):
        assert signs(story, i, j) == pytest.approx(signs(story, j, i))


@given(SAMES)
def test_rivals_are_found_for_each_pair_whichever_way_the_statements_are_numbered(some):
    spoken = [said(n, LINES[n % len(LINES)], "abc"[n % 3]) for n in range(12)]
    last = len(spoken) - 1
    likely = {(one.a, one.b): one.likely for one in some}
    turned = {(last - b, last - a): value for (a, b), value in likely.items()}
    assert rivals(spoken, likely) == rivals(spoken[::-1], turned)


def test_a_statement_and_one_inside_it_are_never_one_not_even_by_way_of_a_third():
    around = Said("s1", "a", 0, LINES[0], "Mara Venn", start=0, end=90)
    inside = Said("s2", "a", 1, LINES[0], "Mara Venn", start=20, end=90)
    third = Said("s1", "b", 0, LINES[0], "Mara Venn", start=0, end=60)
    apart = overlaps([around, inside, third])
    assert apart == [(0, 1)]
    assert group(3, [Same(0, 2, 0.9, ()), Same(1, 2, 0.8, ())], apart) == [[0, 2]]


def test_of_a_statement_and_one_around_it_the_less_like_knows_that_the_other_level_is_better():
    around = Said("s1", "a", 0, LINES[0], "Mara Venn", start=0, end=90)
    inside = Said("s2", "a", 1, LINES[0], "Mara Venn", start=20, end=90)
    other = Said("s1", "b", 0, LINES[0], "Mara Venn", start=0, end=60)
    outer, inner = rivals([around, inside, other], {(0, 2): 0.4, (1, 2): 0.7})
    assert (outer["other level better"], inner["other level better"]) == (1.0, 0.0)
    assert outer["rival of one"] == inner["rival of one"] == 0.0


def test_cues_that_tell_more_than_that_something_was_said_speak_for_or_against():
    cues = ["rejected", "has rejected", "claimed responsibility for", "said"]
    story = Story([said(n, LINES[n], "abcd"[n], cue=cue) for n, cue in enumerate(cues)])
    found = {pair: signs(story, *pair) for pair in ((0, 1), (0, 2), (0, 3))}
    assert [(row["same cue"], row["other cue"]) for row in found.values()] == [(1, 0), (0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("Teodor Vrenik", "Theodor Wrenick", "speaker letters"),
        ("the Kremlin", "a Russian general", "one side"),
        ("the Kremlin", "Belgian farmers", "two sides"),
        ("the harbour’s board", "Harbour's board", "same speaker"),
    ],
)
def test_speakers_are_compared_by_more_than_their_names(one, other, sign):
    found = signs(Story([said(0, LINES[0], "a", one), said(1, LINES[0], "b", other)]), 0, 1)
    assert found[sign] > 0.5


def test_a_newspaper_named_after_a_capital_is_no_government():
    assert states("Washington Courier", ()) == frozenset()


def test_words_in_quotation_marks_are_looked_for_in_the_other():
    call = said(0, "the plan is a “reckless gamble”", "a", kind="mixed")
    same = said(1, "such a reckless gamble would sink the port", "b")
    others = said(2, "the plan is a “waste of time”", "c", kind="mixed")
    story = Story([call, same, others])
    assert signs(story, 0, 1)["quoted in"] == 1.0
    assert signs(story, 0, 2)["both quoted out"] == 1.0
