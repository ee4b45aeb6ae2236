"""How alike sentences are: a number between two of them, the same either way, and no more for nonsense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import sts
from onrecord.similarity import paired, pieces, similarity, table, vectors, words

SENTENCE = st.lists(st.sampled_from("ferries sail at noon the pilots refuse 40 zzqx 漢 “ ”".split()), max_size=9).map(
    " ".join
)


@given(SENTENCE, SENTENCE)
def test_likeness_is_the_same_from_either_side(a, b):
    assert similarity(a, b) == pytest.approx(similarity(b, a), abs=1e-5)
    assert 0 <= similarity(a, b) <= 1.0001


@given(SENTENCE)
def test_a_sentence_is_as_like_itself_as_can_be(a):
    known = any(pieces(word) for word in words(a))
    assert paired(a, a) == pytest.approx(1.0 if known else 0.0, abs=1e-5)


def test_the_order_of_texts_does_not_change_their_vectors():
    some = ["boats leave at noon", "", "漢字", "the pilots refuse"]
    assert np.allclose(vectors(some)[::-1], vectors(some[::-1]))
    assert np.linalg.norm(vectors(some), axis=1).round(3).tolist()[:2] == [1.0, 0.0]


def test_words_near_in_meaning_are_more_alike_than_others():
    near = similarity("the fighters freed two hostages", "militants released a pair of captives")
    assert near > similarity("the fighters freed two hostages", "the bank raised its rates")


@pytest.mark.parametrize(
    ("same", "other"),
    [
        (
            "the fleet lost 40 boats / the fleet lost forty boats",
            "the fleet lost 40 boats / the fleet lost fifty boats",
        ),
        ("Vasilenkov resigned / Wassilenkow resigned", "Vasilenkov resigned / Oberhuber resigned"),
        ("they are closing the port / they closed the port", "they are closing the port / they opened the port"),
    ],
)
def test_numbers_go_by_value_names_by_letters_and_words_by_stem(same, other):
    assert similarity(*same.split(" / ")) > similarity(*other.split(" / ")) + 0.04


def test_a_number_is_less_like_another_than_like_itself_in_words():
    assert paired("40", "forty") == pytest.approx(1)
    assert paired("40", "50") < 0.4


def test_words_that_are_not_near_enough_count_for_nothing():
    assert paired("harbour", "port", least=0.9) == 0
    assert paired("harbour", "port") > 0


def test_a_hostile_text_is_looked_at_as_far_as_it_is_a_text():
    assert similarity("a" * 100_000, "b " * 50_000) <= 1
    assert len(words("a" * 100_000)) == 0


def test_the_weights_are_small():
    from importlib.resources import files

    assert (files("onrecord") / "models/en/similarity.npz").stat().st_size < 2_000_000
    assert table().width <= 96


@pytest.mark.slow
def test_our_likeness_follows_that_of_people():
    if not sts.SHARED.is_dir():
        pytest.skip("../shared does not exist here: there are no judged pairs of sentences")
    assert sts.pearson("2014/headlines")[0] >= 0.75
