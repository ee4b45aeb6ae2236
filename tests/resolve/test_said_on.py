"""When it was said, and who asserts a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.document import Document
from onrecord.extract.figures import figures
from onrecord.extract.times import times
from onrecord.resolve.asserters import asserters
from onrecord.resolve.said_on import said_on
from onrecord.segment import segment


def dates(doc: Document, speaker: str = "Ada Okafor") -> list[str | None]:
    doc = times(segment(doc))
    stmts = tuple(replace(stmt, speaker=speaker) for stmt in doc.statements or ())
    return [stmt.said_on for stmt in said_on(replace(doc, statements=stmts)).statements or ()]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[S Okafor] [C said] on Monday [T that the dam would hold].", "2024-03-25"),
        ("On Monday, [S officials] [C said] [T that the dam would hold].", "2024-03-25"),
        ("[T “It will hold,”] [S Okafor] [C said] last month.", "2024-02"),
        ("[S Okafor] [C announced] [T the sale] on March 8.", "2024-03-08"),
        ("[S Okafor], who was elected in 2016, [C said] [T the dam would hold].", None),
        ("[S Okafor] [C said] [T the dam would open on Monday].", None),
        ("[S Okafor] [C said] [T the dam would hold]. On Monday it broke.", None),
        ("[T It holds. All is well] [C —] [S Ada Okafor] March 20, 2024", "2024-03-20"),
        ("[S Okafor] [C said] [T the 1994 dam act was old].", None),
        ("Speaking on Monday, [S Okafor] [C said] [T the dam would hold].", "2024-03-25"),
        ("In a letter dated March 8, [S the guild] [C said] [T the dam would hold].", "2024-03-08"),
        ("[S Okafor], elected on Monday, [C said] [T the dam would hold].", None),
    ],
)
def test_a_date_counts_where_it_stands_with_the_reporting_words(
    doc: Callable[..., Document], notation: str, expected: str | None
) -> None:
    assert dates(doc(notation, published="2024-03-27")) == [expected]


def test_words_that_go_on_have_the_same_date(doc: Callable[..., Document]) -> None:
    text = "[S1 Okafor] [C1 said] on Monday [T1 that the dam would hold]. [S2 She] [C2 added] [T2 that it was old]."
    assert dates(doc(text, published="2024-03-27")) == ["2024-03-25", "2024-03-25"]


@pytest.mark.parametrize(
    "credit", ["REUTERS/Ida Lund", "Photograph: Ida Lund/Quay Press", "(AP Photo/Ida Lund)", "Getty Images"]
)
def test_nobody_goes_on_from_the_words_under_a_picture(doc: Callable[..., Document], credit: str) -> None:
    text = f"Okafor as [S1 she] [C1 announced] [T1 the sale], March 8, 2024. {credit}\n\n[S2 She] [C2 said] [T2 the dam would hold]."
    assert dates(doc(text, published="2024-03-27"))[1] is None
    assert dates(doc(text.replace(credit, "It rained."), published="2024-03-27"))[1] == "2024-03-08"


def test_a_standing_view_takes_no_date_from_before(doc: Callable[..., Document]) -> None:
    text = "[S1 Okafor] [C1 said] on Monday [T1 that the dam would hold]. [S2 She] [C2 believes] [T2 that it is old]."
    assert dates(doc(text, published="2024-03-27")) == ["2024-03-25", None]


def test_a_figure_belongs_to_the_innermost_statement(doc: Callable[..., Document]) -> None:
    text = "[S1 He] [C1 said] [T1 [S2 police] [C2 counted] [T2 40 boats] and 3 lorries]. Only 5 carts came."
    done = asserters(figures(times(segment(doc(text, published="2024-03-27")))))
    assert [(figure.value, figure.statement) for figure in done.figures or ()] == [(40, "s2"), (3, "s1"), (5, None)]
