"""Text to statements, through the trained network: what must be found, and what must hold whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin
from onrecord.encode import encode
from onrecord.extract.statements import statements
from onrecord.segment import segment

pytestmark = pytest.mark.model


def found(text):
    return statements(encode(segment(Document("a", text, Origin("a", "0" * 64))))).statements


def rows(text):
    return [
        (*(" ".join(s.of(text) for s in part) for part in (stmt.source, stmt.cue)), [s.of(text) for s in stmt.content])
        for stmt in found(text)
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("“The bridge will open in May,” the mayor said.", ("the mayor", "said", ["“The bridge will open in May,”"])),
        ("The mayor said the bridge would open in May.", ("The mayor", "said", ["the bridge would open in May"])),
        (
            "According to the harbour office, two boats sank.",
            ("the harbour office", "According to", ["two boats sank"]),
        ),
        (
            "“We will rebuild,” Ms Okafor said, “and we will do it soon.”",
            ("Ms Okafor", "said", ["“We will rebuild,”", "“and we will do it soon.”"]),
        ),
        (
            "The union leader, who has led it since 2009, denied that talks had failed.",
            ("The union leader, who has led it since 2009,", "denied", ["that talks had failed"]),
        ),
    ],
)
def test_a_plain_statement_is_found(text, row):
    assert row in [(s.rstrip(","), c, t) for s, c, t in rows(text)] or row in rows(text)


def test_one_source_serves_two_cues():
    got = rows("The minister said the port was safe, adding that ferries would sail again on Friday.")
    assert [row[0] for row in got if row[1] in {"said", "adding"}] == ["The minister", "The minister"]


def test_a_statement_inside_another_has_it_as_parent():
    text = "The ministry said witnesses had reported that shots were fired."
    outer, inner = found(text)
    assert inner.parent == outer.id and inner.source[0].of(text) == "witnesses"


def test_the_first_person_inside_a_quotation_is_found():
    text = "“I believe that the vote was fair,” Mr Lindqvist said."
    assert any(row[0] == "I" for row in rows(text))


def test_a_passive_has_no_source():
    text = "The driver is believed to have fled across the border."
    assert [s.source for s in found(text)] == [()]


def test_kinds_are_told_by_the_marks():
    text = "“No deal,” she said.\n\nHe called the offer “a joke” that nobody wanted.\n\nThey said they would walk."
    assert [s.kind for s in found(text)] == ["direct", "mixed", "indirect"]


def test_a_quotation_over_paragraphs_is_one_statement():
    text = "“We walked for a day.\n\n“Then the boats came,” said Ms Haddad."
    assert [[s.of(text) for s in stmt.content] for stmt in found(text) if stmt.parent is None] == [
        ["“We walked for a day.\n\n“Then the boats came,”"]
    ]


def test_a_signed_quotation_has_its_dash_as_cue():
    text = "“The fish are back.”\n— Ann Lee, fisher"
    assert ("Ann Lee, fisher", "—", ["“The fish are back.”"]) in rows(text)


def test_an_unclosed_mark_does_not_swallow_what_follows():
    text = "“The road is closed, the sheriff said.\n\nRain fell on Tuesday and the river rose.\n\nShops stayed open."
    assert all(span.end <= text.index("\n") for stmt in found(text) for span in stmt.content)


def test_confidence_is_a_probability_and_a_rule_has_none():
    text = "The mayor said it rained.\n\n“The fish are back.”\n— Ann Lee"
    by = {stmt.by["statement"].split()[0]: stmt.confidence for stmt in found(text)}
    assert 0 < by["eye"] <= 1 and by["line:"] is None


def test_a_paragraph_is_read_alike_wherever_it_stands():
    one = "The coach said the team was ready for the final."
    other = "Prices rose by a tenth in March, the statistics office reported, after a dry winter."
    assert [r for r in rows(f"{other}\n\n{one}") if r[0] == "The coach"] == rows(one)


ALPHABET = st.sampled_from(
    ["“", "”", '"', "‘", "’", " said ", " she ", "The mayor", " told ", ".", ",", "\n", "—", ":", "😀", " rain ", "("]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_whatever_the_text_statements_are_well_formed(text):
    got = found(text)
    known = {stmt.id for stmt in got}
    for stmt in got:
        assert stmt.content and stmt.cue
        assert all(0 <= s < e <= len(text) for s, e in (*stmt.content, *stmt.source, *stmt.cue))
        assert all(a.end <= b.start for a, b in pairwise(stmt.content))
        assert stmt.parent is None or (stmt.parent in known and stmt.parent != stmt.id)
