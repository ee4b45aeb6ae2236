"""Pronouns and names by their parts: the words lists, titles and features, on the project's own sentences."""

from __future__ import annotations

import time

import numpy as np
import pytest

from onrecord.document import Document, Origin, Span
from onrecord.encoding import Encoding
from onrecord.resolve.columns import columns
from onrecord.resolve.names import find_names
from onrecord.resolve.scene import reading
from onrecord.resolve.vectors import Form, Pairs, pairs
from onrecord.resolve.vocabulary import vocabulary
from onrecord.segment import segment


def document(text: str) -> Document:
    return segment(Document("a", text, Origin("a.txt", "0" * 64)))


def found(text: str) -> list[tuple[str, str, str]]:
    cols = columns(document(text))
    return [
        (cols.phrase(name.title, name.first), cols.phrase(name.first, name.end), name.kind) for name in find_names(cols)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We met Kenyan Vice President Grace Otieno there.", ("Kenyan Vice President", "Grace Otieno", "person")),
        ("We met Fishing and Waters Committee Chairman Karl Brook there.",
         ("Fishing and Waters Committee Chairman", "Karl Brook", "person")),
        ("We met Secretary of State Karl Brook there.", ("Secretary of State", "Karl Brook", "person")),
        ("We met Ursula van der Meer there.", ("", "Ursula van der Meer", "person")),
        ("We met Khalil al-Haddad there.", ("", "Khalil al-Haddad", "person")),
        ("We met Dr. Karl P. Brook Jr. there.", ("Dr.", "Karl P. Brook Jr.", "person")),
        ("We asked the Department of Lakes and Rivers there.", ("", "Department of Lakes and Rivers", "organisation")),
        ("We asked the International Board of the Grey Seal there.", ("", "International Board of the Grey Seal", "organisation")),
        ("We saw Theresa May there.", ("", "Theresa May", "person")),
        ("We went to Kenya then.", ("", "Kenya", "state")),
    ],
)  # fmt: skip
def test_a_name_is_parted_from_its_title_and_gets_its_kind(text: str, name: tuple[str, str, str]) -> None:
    assert name in found(text)


@pytest.mark.parametrize("text", ["On Monday we left.", "The lake-based firm left.", "In May we left.", "I left."])
def test_days_months_and_compounds_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_headline_in_capitals_does_not_run_names_together() -> None:
    text = "Brook Rejects Harbour Plan Again\n\nMayor Ada Brook rejected the plan. Brook said so."
    assert ("", "Brook", "unsure") in found(text)


def test_capitals_of_states_are_unique() -> None:
    vocab = vocabulary()
    assert all(vocab.state_of[capital] for capital in sorted(vocab.capitals))


def test_no_first_name_has_two_genders_at_once() -> None:
    assert set(vocabulary().first_names.values()) == {"m", "f", None}


@pytest.mark.parametrize("piece", ["A. ", "Mr. ", "Aa-", "O'", "de la ", "Ada Brook, ", "“", "the ", "\u200f"])
def test_a_hundred_kilobytes_of_one_thing_cost_little(piece: str) -> None:
    text = (piece * (100_000 // len(piece)))[:100_000]
    doc = document(text)
    start = time.process_time()
    reading(doc)
    assert time.process_time() - start < 4.0


def test_without_an_encoding_or_with_another_encoder_the_vectors_are_silent() -> None:
    spans = np.array([[0, 3]], np.int32)
    other = Encoding(spans, np.zeros((1, 384), np.float32), {}, "another encoder")
    assert pairs(None) is None
    assert pairs(other) is None


def network(hidden: np.ndarray) -> Form:
    """A network over one feature and two dimensions of each vector, with one unit inside."""
    zero, project = np.zeros(4, np.float32), np.eye(4, 2, dtype=np.float32)
    return Form("e", {"near": 0}, np.ones(1), zero, project, zero, project, hidden, np.zeros(1), np.ones(1))


def test_a_candidate_is_scored_by_its_features_and_by_how_its_vector_goes_with_the_pronouns() -> None:
    vectors = np.array([[1, 2, 0, 0], [3, 1, 0, 0]], np.float32)
    encoding = Encoding(np.array([[0, 3], [4, 7]], np.int32), vectors, {}, "e")
    products = np.array([[0], [0], [0], [0], [0], [1], [1]], np.float32)
    scores = Pairs(encoding, network(products)).scores(Span(0, 3), [Span(4, 7), None], [{"near": 2.0, "new": 9.0}, {}])
    assert scores == pytest.approx([2 + 1 * 3 + 2 * 1, 0.0])


def test_a_span_without_vectors_scores_by_its_features_alone() -> None:
    encoding = Encoding(np.array([[0, 3]], np.int32), np.ones((1, 4), np.float32), {}, "e")
    scorer = Pairs(encoding, network(np.ones((7, 1), np.float32)))
    assert scorer.scores(Span(20, 25), [Span(30, 35)], [{}]) == [0.0]
