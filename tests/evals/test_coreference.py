"""Scores of coreference: the worked examples of the papers, and what must hold for all clusters."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.coreference import Cluster, Score, assign, b_cubed, ceaf_e, clusters, conll, mean_f1, muc


def of(*groups: str) -> list[Cluster]:
    return [frozenset(group) for group in groups]


# Pradhan et al., "Scoring Coreference Partitions of Predicted Mentions", ACL 2014, figure 1: one mention missed, two put in
KEY, RESPONSE = of("abc", "defg"), of("ab", "cd", "fghi")
# Luo, "On Coreference Resolution Performance Metrics", EMNLP 2005, table 1: clusters of the truth and system answers a to d
TRUTH = of("12345", "67", "89abc")
ANSWERS = {
    "a": of("12345", "6789abc"),
    "b": of("1234589abc", "67"),
    "c": of("123456789abc"),
    "d": of("1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c"),
}


@pytest.mark.parametrize(
    ("measure", "recall", "precision", "f1"),
    [(muc, 0.40, 0.40, 0.40), (b_cubed, 0.42, 0.50, 0.46), (ceaf_e, 0.65, 0.43, 0.52)],
)
def test_the_reference_scorers_example_comes_out_as_published(
    measure: Score, recall: float, precision: float, f1: float
) -> None:
    score = measure(KEY, RESPONSE)
    assert (round(score.recall, 2), round(score.precision, 2)) == (recall, precision)
    assert score.f1 == pytest.approx(f1, abs=0.006)  # the paper's F1 is that of the rounded figures


@pytest.mark.parametrize(
    ("answer", "measure", "f1"),
    [
        ("a", muc, 0.947), ("b", muc, 0.947), ("c", muc, 0.900), ("d", muc, 0.0),
        ("a", b_cubed, 0.865), ("b", b_cubed, 0.737), ("c", b_cubed, 0.545), ("d", b_cubed, 0.400),
        ("a", ceaf_e, 0.733), ("b", ceaf_e, 0.667), ("c", ceaf_e, 0.294), ("d", ceaf_e, 0.178),
    ],
)  # fmt: skip
def test_luos_answers_get_their_published_f1(answer: str, measure: Score, f1: float) -> None:
    assert measure(TRUTH, ANSWERS[answer]).f1 == pytest.approx(f1, abs=0.0015)


GROUPS = st.lists(st.integers(0, 3), min_size=1, max_size=8).map(lambda homes: clusters(enumerate(homes)))


@given(GROUPS)
def test_the_key_itself_is_right(key: list[Cluster]) -> None:
    assert b_cubed(key, key).f1 == ceaf_e(key, key).f1 == 1.0
    assert muc(key, key).f1 in (0.0, 1.0)


@given(GROUPS, GROUPS)
def test_recall_turned_round_is_precision(one: list[Cluster], other: list[Cluster]) -> None:
    for measure in (muc, b_cubed, ceaf_e):
        assert measure(one, other).recall == pytest.approx(measure(other, one).precision)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_no_assignment_is_worth_more(value: list[list[float]]) -> None:
    rows, columns = len(value), len(value[0])
    wide = value if rows <= columns else [[value[r][c] for r in range(rows)] for c in range(columns)]
    best = max(sum(wide[r][c] for r, c in enumerate(some)) for some in permutations(range(len(wide[0])), len(wide)))
    assert sum(value[r][c] for r, c in assign(value)) == pytest.approx(best)


def test_documents_are_added_up_before_they_are_divided() -> None:
    scores = conll([(KEY, RESPONSE), (KEY, KEY)])
    assert scores["MUC"].recall == (2 + 5) / 10
    assert mean_f1(scores) == pytest.approx(sum(score.f1 for score in scores.values()) / 3)
