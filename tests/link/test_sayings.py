"""Utterances and figures: what was said once is one, what differs in speaker or number is not."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.judgements import Judge
from onrecord.link import sayings
from onrecord.link.comparing import Said, read
from onrecord.link.figures import find
from onrecord.link.measuring import Measured
from onrecord.link.signs import longest_run
from onrecord.link.utterances import compare, group
from onrecord.record import Record
from onrecord.store import links
from onrecord.store.links import Edge
from tests.figured import report as figured


def said(id, document, text, speaker="Mara Venn", n=0, **more):
    return Said(id, document, n, text, speaker, True, day=100, start=n * 1000, end=n * 1000 + len(text), **more)


OTHERS = [
    said("x1", "a", "the fish market reopens once the council has paid for a new roof", "Oskar Lind", 1),
    said("x2", "b", "two barges ran aground below the bridge last night", "a pilot", 1),
    said("x3", "c", "schools in Port Sel stay closed for the rest of the week", "Ada Moss", 1),
]


def groups(*some):
    every = [*some, *OTHERS]
    return [[every[at].id for at in members] for members in group(len(every), compare(every))]


def test_the_same_words_of_one_speaker_in_two_reports_are_one_utterance():
    words = "“The gate stays shut until every barge has paid its dues,”"
    assert groups(said("s1", "a", words), said("s2", "b", words)) == [["s1", "s2"]]


def test_a_statement_inside_another_is_not_another_report_of_it():
    whole = said("s1", "a", "the ministry said the gate stays shut until dues are paid")
    part = said("s2", "a", "the gate stays shut until dues are paid", "the ministry")
    assert groups(whole, part) == []


def test_numbers_written_in_words_are_numbers():
    assert read("Twenty-one barges and 3,500 crates").numbers == frozenset({21.0, 3500.0})


def test_letters_that_stand_for_thousands_behind_digits_are_no_numbers_alone():
    assert read("They don't pay, Mr. T said, and B. K. Moss doesn't either").numbers == frozenset()


def test_the_longest_common_run_is_counted_in_words():
    assert longest_run("a b c d".split(), "x b c d y".split()) == 3
    assert longest_run([], ["a"]) == 0


def fig(id, document, value, unit="barge", measures="barges held at the gate", **more):
    return Measured(id, document, value, unit, measures=measures, **more)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (fig("a", "d1", 40), fig("b", "d2", 40), [False]),
        (fig("a", "d1", 40), fig("b", "d2", 45), [True]),
        (fig("a", "d1", 40), fig("b", "d2", 45, qualifier="more_than"), [True]),
        (fig("a", "d1", 50), fig("b", "d2", 45, qualifier="more_than"), [False]),
        (fig("a", "d1", 40), fig("b", "d2", 40, "EUR", "price of a crate"), []),
        (fig("a", "d1", 40), fig("b", "d1", 45), []),
    ],
)
def test_figures_that_measure_one_thing_agree_or_are_in_conflict(one, other, found):
    assert [thing.conflict for thing in find([one, other])] == found


FIGURES = st.builds(
    Measured, st.uuids().map(str), st.sampled_from("abc"), st.sampled_from([12, 40, (3, 5)]), st.sampled_from([None, "barge", "EUR"]),
    measures=st.sampled_from([None, "barges held", "price of a crate"]),
)  # fmt: skip


@given(st.lists(FIGURES, max_size=10))
def test_no_two_values_of_one_report_are_one_thing(figures):
    for thing in find(figures):
        values = [(figures[at].document, figures[at].value) for at in thing.members]
        assert len({document for document, _ in values}) == len(set(values))


APART = {
    "a": ("Ada Moss", "Schools in Port Sel stay closed for the rest of the week."),
    "b": ("Oskar Lind", "Two barges ran aground below the bridge last night."),
    "c": ("Mara Venn", "The council will pay for the roof of the fish market."),
}


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_which_of_two_equal_edges_is_kept_does_not_hang_on_the_order_of_adding(order):
    docs = {name: figured(name, told, who=who) for name, (who, told) in APART.items()}
    with Record.open(":memory:") as rec:
        for name in order:
            rec.store.put(docs[name])
        sayings.draw(rec.store)
        of = "SELECT d.name, s.key FROM documents d JOIN statements s ON s.document = d.key"
        at = dict(rec.store.db.run(of))
        links.put_edges(rec.store, [Edge("utterance", *sorted((at["b"], at[end])), 0.9) for end in "ac"])
        Judge(rec.store, "Ruth").different("a#s1", "c#s1")
        sayings.draw(rec.store)
        found = links.clusters(rec.store, "utterance")
        assert (found.keys(), set(found.values())) == ({at["a"], at["b"]}, {min(at["a"], at["b"])})
