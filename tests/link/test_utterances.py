"""Which statements are one utterance: whatever their order, only near candidates, and never more pairs than a report can bear."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.link.comparing import ALIKE, MOST_ALIKE, Said, Story, alike, pairs
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
