"""Gold written as strings becomes gold with places, by the rules of the guidelines, or says what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.demo.gold import occurrences, spans
from onrecord.errors import BadForm


def gold(*statements, figures=(), **across):
    """A story of one report, "a"."""
    numbered = [{"id": f"s{n}", "source": None, "cue": None, **stmt} for n, stmt in enumerate(statements, 1)]
    return {"story": "test", "articles": {"a": {"statements": numbered, "figures": list(figures)}}, **across}


def placed(text, *statements, **more):
    return spans(gold(*statements, **more), {"a": text})["articles"]["a"]


def test_a_string_that_stands_twice_is_taken_behind_the_statement_before():
    text = "They hope to win. We hope to win."
    one, two = placed(text, {"content": ["to win"]}, {"content": ["to win"]})["statements"]
    assert (one["content"], two["content"]) == ([[10, 16]], [[26, 32]])


def test_nth_counts_from_one_over_the_whole_text():
    (stmt,) = placed("to win, to win, to win", {"content": ["to win"], "nth": {"content": 3}})["statements"]
    assert stmt["content"] == [[16, 22]]
    assert "nth" not in stmt


def test_nth_can_say_the_place_of_each_piece():
    (stmt,) = placed("a b a b a", {"content": ["a", "a"], "nth": {"content": [2, 3]}})["statements"]
    assert stmt["content"] == [[4, 5], [8, 9]]


def test_source_and_cue_are_the_nearest_to_the_content():
    text = "He said no. The gates, he said, are shut."
    (stmt,) = placed(text, {"content": ["The gates", "are shut"], "source": "he", "cue": "said"})["statements"]
    assert (stmt["source"], stmt["cue"]) == ([[23, 25]], [[26, 30]])


def test_a_source_is_not_looked_for_inside_the_content():
    text = "Ferries wait. Ferries said Ferries wait for rain."
    (stmt,) = placed(text, {"content": ["Ferries wait for rain"], "source": "Ferries", "cue": "said"})["statements"]
    assert stmt["source"] == [[14, 21]]


def test_a_word_is_not_found_inside_another():
    assert occurrences("the heron, he; she. He", "he") == [(11, 13)]
    assert occurrences("said: no: yes", ":") == [(4, 5), (8, 9)]


def test_a_condition_is_looked_for_in_the_content_first():
    text = "It rains. She said it stays if it rains."
    told = {"content": ["it stays if it rains"], "source": "She", "condition": {"if": "it rains", "then": "it stays"}}
    (stmt,) = placed(text.replace("It", "it"), told)["statements"]
    assert stmt["condition"] == {"if": [31, 39], "then": [19, 27]}


def test_a_figure_is_taken_behind_the_figure_before_and_keeps_its_words():
    figures = [{"id": "f1", "text": "two", "statement": None}, {"id": "f2", "text": "two", "statement": None}]
    found = placed("two gates, two boats", figures=figures)["figures"]
    assert [fig["span"] for fig in found] == [[0, 3], [11, 14]]
    assert found[0]["text"] == "two"


STMT = {"content": ["it rains"]}


@pytest.mark.parametrize(
    ("story", "named"),
    [
        (gold({"content": ["it snows"]}), "a#s1: content 'it snows' does not stand in the text"),
        (gold({**STMT, "source": "Ann"}), "a#s1: source 'Ann' does not stand in the text"),
        (gold({**STMT, "cue": "sai"}), "a#s1: cue 'sai' does not stand in the text"),
        (gold({**STMT, "nth": {"content": 5}}), "a#s1: content 'it rains' stands 2 times, nth is 5"),
        (gold({"content": ["x"]}, STMT, STMT, STMT), "a#s4: content 'it rains' stands 2 times, each before"),
        (gold({**STMT, "parent": "s7"}), "a#s1: parent 's7' is no statement of this report"),
        (gold({**STMT, "parent": "s2"}, {"content": ["x"]}), "a#s1: its content does not lie in that of s2"),
        (gold({**STMT, "condition": {"if": "snow", "then": "rains"}}), "a#s1: if 'snow' does not stand in the text"),
        (gold(figures=[{"id": "f1", "text": "3", "statement": None}]), "a#f1: text '3' does not stand in the text"),
        (gold(figures=[{"id": "f1", "text": "x", "statement": "s1"}]), "a#f1: statement 's1' is none of this report"),
        (gold(STMT, figures=[{"id": "f1", "text": "x", "statement": "s1"}]), "a#f1: the figure does not stand in"),
        (gold(STMT, same=[["a#s1", "b#s1"]]), "test: same names 'b#s1', which is not in it"),
        (gold(STMT, figures_same=[{"ids": ["a#f1"]}]), "test: figures_same names 'a#f1', which is not in it"),
        (gold(STMT, copies=[{"a": "a", "b": "c"}]), "test: copies names 'c', which is not in it"),
    ],
)
def test_gold_that_does_not_fit_says_where_and_why(story, named):
    with pytest.raises(BadForm) as caught:
        spans(story, {"a": "x it rains, she said: it rains"})
    assert str(caught.value).startswith(named)


def test_boilerplate_and_credits_must_stand_in_the_text():
    story = gold(STMT)
    story["articles"]["a"]["boilerplate"] = ["Read on"]
    with pytest.raises(BadForm, match="boilerplate 'Read on' does not stand"):
        spans(story, {"a": "it rains"})


def test_a_report_without_its_text_is_named():
    with pytest.raises(BadForm, match="a: the gold speaks of it, and no such report was read"):
        spans(gold(STMT), {})


@given(st.text("ab .,:", max_size=40), st.text("ab .,:", max_size=4))
def test_every_place_found_holds_the_string(text, string):
    assert all(place.of(text) == string for place in occurrences(text, string))
