"""Every layer of a document can be read: no statement is left out, nesting is drawn, makers are named."""

import io
from dataclasses import replace

import pytest

from onrecord.cli.layers import DRAW, in_order, layer, notes, reading
from onrecord.cli.report import report
from onrecord.document import Condition, Credit, Figure, Note, Quotation, Span, Speaker, TimeMention
from onrecord.stage import Stage


def words(lines):
    return "\n".join(f"{line.label} {''.join(piece for piece, _ in line.words)} {line.by}".rstrip() for line in lines)


@pytest.fixture
def told(doc):
    """A statement inside another, with most of what a statement can have."""
    d = doc("[S1 The port office] [C1 said] [T1 [S2 pilots] [C2 had warned] [T2 of ice unless the locks open]].")
    outer, inner = d.statements
    at = d.text.index
    inner = replace(
        inner,
        speaker="pilots",
        act="assess",
        act_confidence=0.75,
        via=("Radio Two", "The Courier"),
        confidence=0.5,
        condition=Condition(Span(at("the locks"), at("the locks") + 14), Span(at("ice"), at("ice") + 3), negated=True),
        by={"statement": "model-1", "act": "rule-2"},
    )
    return replace(d, statements=(outer, inner))


def test_a_statement_inside_another_stands_below_it_with_its_pieces_marked(told):
    first, second = words(layer(told, "statements")).splitlines()
    assert first.startswith("s1 indirect [S The port office] [C said] [T pilots had warned")
    assert second == "└─ s2 indirect 0.50 [S pilots] [C had warned] [T of ice unless the locks open] model-1"


def test_a_source_that_is_not_stated_is_said_so(doc):
    assert "[S not stated]" in words(layer(doc("It [C is feared] [T that the dam leaks]."), "statements"))


def test_a_group_of_fields_names_its_maker_and_leaves_empty_ones_out(told):
    assert words(layer(told, "statements.act")).splitlines() == ["s1 assert", "└─ s2 assess 0.75 rule-2"]
    assert words(layer(told, "statements.speaker")).splitlines() == ["s1 not known", "└─ s2 pilots (unnamed)"]
    assert words(layer(told, "statements.relay")) == "└─ s2 via Radio Two → The Courier"
    assert "if: the locks open / then: ice" in words(layer(told, "statements.condition"))


def test_children_follow_their_parent_and_none_is_lost_when_parents_are_missing(told):
    orphaned = replace(told, statements=tuple(replace(s, parent="s9") for s in told.statements))
    assert [(depth, s.id) for depth, s in in_order(told)] == [(0, "s1"), (1, "s2")]
    assert sorted(s.id for _, s in in_order(orphaned)) == ["s1", "s2"]


def test_statements_that_are_each_others_parents_are_shown_all_the_same(told):
    turned = replace(told, statements=tuple(replace(s, parent={"s1": "s2", "s2": "s1"}[s.id]) for s in told.statements))
    assert sorted(s.id for _, s in in_order(turned)) == ["s1", "s2"]


def test_what_the_reader_found_is_shown_and_what_it_did_not_find_too(doc):
    d = doc("LPA - The gate is shut. Read more", outlet="The Courier")
    d = replace(d, credit=(Credit(Span(0, 5), agency="Lake Press", by="dateline"),), boilerplate=(Span(24, 33),))
    shown = words(reading(d))
    assert "outlet The Courier" in shown
    assert "published not found" in shown
    assert "credit LPA - [0:5] Lake Press dateline" in shown
    assert "boilerplate Read more [24:33]" in shown


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        (
            {"quotations": (Quotation((Span(0, 5), Span(6, 8)), closed=False),)},
            "quotations",
            "“1 Three [0:5] … of [6:8] (never closed)",
        ),
        (
            {"speakers": (Speaker("e1", "Mara Venn", "person", True, role="minister", by="names"),)},
            "speakers",
            "e1 Mara Venn (person; named; role: minister) names",
        ),
        (
            {"figures": (Figure("f1", Span(0, 14), 3, "boat", measures="boats", by="numbers"),)},
            "figures",
            "f1 “Three of boats” [0:14]: exact 3 boat; measures boats; the reporter's own numbers",
        ),
        ({"times": (TimeMention(Span(0, 5), "2024-03", by="dates"),)}, "times", "2024-03 “Three” [0:5] dates"),
        ({"tokens": (Span(0, 5), Span(6, 8))}, "tokens", "tokens 2"),
    ],
)
def test_each_layer_has_its_drawing(doc, fields, name, expected):
    assert words(layer(doc("Three of boats", **fields), name)) == expected


def test_paragraphs_show_their_sentences(doc):
    d = doc("Ice came. Boats stayed.", paragraphs=(Span(0, 23),), sentences=(Span(0, 9), Span(10, 23)))
    assert words(layer(d, "paragraphs")).splitlines()[1:] == ["  1.1 Ice came. [0:9]", "  1.2 Boats stayed. [10:23]"]


def test_notes_point_to_their_words(doc):
    d = doc("A “gate", notes=(Note("unbalanced-quotation", "a mark never closes", Span(2, 3), "marks"),))
    assert words(notes(d)) == "unbalanced-quotation a mark never closes: ““” [2:3] marks"


def test_every_layer_can_be_drawn_while_it_is_empty(doc):
    assert [name for name in DRAW if list(layer(doc("Rain."), name))] == []


def test_what_a_stage_adds_is_a_layer_that_can_be_shown(told):
    from onrecord.pipeline import STAGES

    step: Stage
    for step in STAGES:
        for name in step.adds:
            list(layer(told, name))


def test_a_report_for_people_names_the_speaker_the_words_and_the_way(told):
    from rich.console import Console

    out = Console(width=200, file=io.StringIO())
    for part in report(told):
        out.print(part)
    text = out.file.getvalue()
    assert "pilots · had warned" in text
    assert "of ice unless the locks open" in text
    assert "assess · indirect · via Radio Two → The Courier · 0.50" in text
