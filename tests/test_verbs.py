"""The forms of verbs, and phrases found by them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.verbs import Phrases, inflections, negated, spell


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("deny", "denied"),
        ("vow", "vowed"),
        ("slam", "slammed"),
        ("admit", "admitting"),
        ("refer", "referred"),
        ("die", "dying"),
        ("agree", "agreeing"),
        ("pass", "passes"),
        ("go", "went"),
        ("swear", "sworn"),
        ("insist", "insists"),
        ("signal", "signalled"),
        ("signal", "signaled"),
    ],
)
def test_a_verb_has_its_forms(lemma: str, form: str) -> None:
    assert form in inflections(lemma)


@pytest.mark.parametrize(
    ("lemma", "wrong"), [("vow", "vowwed"), ("reveal", "revealled"), ("free", "freed ed"), ("threaten", "threatenned")]
)
def test_a_verb_has_no_misspelt_form(lemma: str, wrong: str) -> None:
    assert wrong not in inflections(lemma)


def test_clitics_are_written_out() -> None:
    assert spell("We won’t, they can't, she'll") == ("we", "will", "not", "they", "can", "not", "she", "will")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("has", "ruled", "out"), ["rule out"]),
        (("ruling", "it", "out"), ["rule out"]),
        (("ruled",), []),
        (("out",), []),
        (("called", "again", "for"), ["call for"]),
        (("calls", "on"), ["call on"]),
    ],
)
def test_phrases_are_found_inflected_and_parted(words: tuple[str, ...], found: list[str]) -> None:
    phrases = Phrases({"rule out": 1, "call for": 2, "call on": 3})
    assert [one.lemma for one in phrases.all(words)] == found


def test_the_longest_phrase_wins() -> None:
    assert [one.lemma for one in Phrases({"stand": 1, "stand by": 2}).all(("stands", "by"))] == ["stand by"]


def test_a_negator_counts_only_shortly_before() -> None:
    assert negated(("has", "not", "ruled"), 2)
    assert not negated(("not", "a", "b", "c", "d", "ruled"), 5)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_spelt_in_lower_case_words(text: str) -> None:
    assert all(word and word == word.casefold() for word in spell(text))
