"""Figures that measure one thing: what rises is updated, what cannot all be right is in conflict, and all of it can be asked for."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.same_figures import counts, stands, thing, things
from onrecord.errors import NotFound, QueryError
from onrecord.judgements import Judge
from onrecord.link.figures import relation
from onrecord.link.measuring import Measured, moment, sense
from onrecord.record import Record
from onrecord.store import links
from onrecord.store.links import Edge, figure_node
from onrecord.store.overview import FigureFilter
from onrecord.store.overview import figures as listed
from tests.figured import FLOOD, report


def linked(docs):
    rec = Record.open(":memory:")
    for doc in docs:
        rec.store.put(doc)
    rec.link()
    return rec


def told(day, value, qualifier="exact", words=" people were killed"):
    return Measured(f"{day}", f"d{day}", value, "person", qualifier, None, "", "", words, None, day)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (told(1, 9), told(1, 9), "agreeing"),
        (told(1, 9), told(1, 14), "conflict"),
        (told(1, 9), told(2, 14), "updated"),
        (told(1, 14), told(2, 9), "conflict"),
        (told(1, 9, "at_least"), told(1, 14), "agreeing"),
        (told(1, 9, "at_least"), told(2, 14), "updated"),
        (told(1, 9, words=" boats lay there"), told(2, 14, words=" boats lay there"), "conflict"),
        (told(1, 9, "at_least", " boats lay there"), told(2, 14, words=" boats lay there"), "updated"),
        (told(None, 9), told(2, 14), "conflict"),
        (told(1, 100, "about"), told(1, 104), "agreeing"),
        (told(1, (9, 12), "range"), told(1, 10), "agreeing"),
    ],
)
def test_two_figures_agree_rise_or_disagree(one, other, found):
    assert relation(one, other, sense(one), sense(other)) == found


def test_a_number_that_fell_once_is_no_toll_that_rises():
    one, other = told(1, 9), told(2, 14)
    assert relation(one, other, sense(one), sense(other), rises=False) == "conflict"


VALUES = st.integers(0, 40)
QUALIFIERS = st.sampled_from(["exact", "about", "at_least", "at_most", "more_than", "less_than"])


@given(VALUES, VALUES, QUALIFIERS, QUALIFIERS, st.integers(1, 3), st.integers(1, 3))
def test_how_two_figures_stand_does_not_hang_on_which_is_named_first(a, b, one, other, first, second):
    x, y = told(first, a, one), told(second, b, other)
    assert relation(x, y, sense(x), sense(y)) == relation(y, x, sense(y), sense(x))


def test_miles_and_kilometres_in_parentheses_are_one_length():
    rec = linked(
        [
            report("a", "The wreck lies {15 kilometre} ({9 mile}) from the port."),
            report("b", "It lies {9 mile} from the port."),
        ]
    )
    assert len(rec.figure_things()) == 1
    assert rec.figure_things()[0].status == "agreeing"


def test_a_count_of_people_is_no_count_of_minutes():
    a = report("a", "The ferry sank {10 minutes} after leaving, killing {10 people}.")
    b = report("b", "The ferry sank, killing {10 people}, {10 minutes} after leaving.")
    units = [{row.unit for row in one.rows} for one in linked([a, b]).figure_things()]
    assert sorted(map(sorted, units)) == [["minute"], ["people"]]


def test_the_time_of_day_counts():
    assert moment("2031-03-04T18:00:00+00:00") > moment("2031-03-04T06:00:00+00:00") > moment("2031-03-03T23:00:00Z")


def test_a_toll_that_rises_is_updated_and_two_counts_of_one_day_are_in_conflict():
    rec = linked(FLOOD)
    found = {one.status: one for one in rec.figure_things()}
    assert [row.value for row in found["updated"].rows] == [9, 9, 14, 21]
    assert found["updated"].values == (("at least 9", 2), ("14", 1), ("21", 1))
    assert [row.value for row in found["conflict"].rows] == [230, 180]
    assert {pair.status for pair in found["conflict"].differing} == {"conflict"}
    assert next((pair.earlier, pair.later) for pair in found["updated"].differing) == ("a#f1", "c#f1")
    assert counts(rec.store) == {"conflict": 1, "updated": 1, "agreeing": 0}


def test_figures_are_asked_for_by_how_they_stand():
    rec = linked(FLOOD)
    assert {row.id for row in rec.figures(conflicts=True)} == {"e#f1", "f#f1"}
    assert {row.id for row in rec.figures(updated=True)} == {"a#f1", "b#f1", "c#f1", "d#f1"}
    assert len(list(rec.figures(conflicts=True, updated=True))) == len(list(rec.figures())) == 6
    with pytest.raises(QueryError):
        things(rec.store, status="wrong")


def test_a_thing_is_known_by_the_figure_that_was_first():
    rec = linked(FLOOD)
    one = thing(rec.store, "d#f1")
    assert one.id.endswith("#f1")
    assert one.id.startswith("a~")
    assert one.asserters == (("Harbour Office", 1), ("the reporter", 1), ("Coast Guard", 2))
    assert [stands(one, row) for row in one.rows] == ["updated"] * 4
    with pytest.raises(NotFound):
        thing(rec.store, "a#f9")


def test_a_figure_that_nothing_else_measures_stands_alone():
    rec = linked([report("a", "Nobody saw the {3 barges} that left before dawn.")])
    assert (thing(rec.store, "a#f1").reports, next(iter(rec.figures())).thing) == (1, None)


def test_the_export_says_which_figures_are_one_and_which_pairs_differ():
    out = io.BytesIO()
    linked(FLOOD).export("json", out)
    found = json.loads(out.getvalue())["figures_same"]
    assert [(group["ids"], group["conflict"], group["status"]) for group in found] == [
        (["a#f1", "b#f1", "c#f1", "d#f1"], False, "updated"),
        (["e#f1", "f#f1"], True, "conflict"),
    ]
    assert found[1]["pairs"] == [["e#f1", "f#f1", "conflict"]]


def test_things_have_the_same_numbers_whichever_report_was_added_first():
    told = [
        (
            [(row.id, row.thing) for row in rec.figures()],
            [(one.id, one.thing, one.differing) for one in rec.figure_things()],
            {row.id: thing(rec.store, row.id).thing for row in rec.figures()},
        )
        for rec in map(linked, (FLOOD, FLOOD[::-1], FLOOD[3:] + FLOOD[:3]))
    ]
    assert told[0] == told[1] == told[2]
    assert told[0][2] == dict(told[0][0])


def test_of_things_with_many_figures_no_conflict_is_lost():
    rec = Record.open(":memory:")
    rec.store.put(report("a", "Crews counted " + "{3 boats} and " * 1200))
    nodes = [figure_node(rec.store.keys()[0], n) for n in range(1, 1201)]
    links.replace_clusters(rec.store, "figure", dict.fromkeys(nodes, nodes[0]))
    links.put_edges(rec.store, [Edge("conflict", nodes[-2], nodes[-1], 0.9, ("a",))])
    found = thing(rec.store, "a#f7")
    assert (len(found.rows), found.status, len(found.differing)) == (1200, "conflict", 1)


def asserted(rec, speaker=None):
    n, rows = listed(rec.store, FigureFilter(speaker=speaker))
    assert n == len(rows)
    return [(row.document.partition("~")[0], row.speaker) for row in rows]


def test_the_list_of_figures_knows_speakers_as_people_and_linking_do():
    rec = Record.open(":memory:")
    for doc in FLOOD:
        rec.store.put(doc)
    judge = Judge(rec.store, "Ruth")
    judge.speaker("a#s1", "Ida Moss")
    judge.merge("Sel Lines", "The Sel Line")
    assert asserted(rec, "Ida Moss") == [("a", "Ida Moss")]
    assert asserted(rec, "Harbour Office") == [("f", "Harbour Office")]
    assert asserted(rec, "Sel Lines") == asserted(rec, "The Sel Line") == [("e", "The Sel Line")]
    assert asserted(rec, "Nobody") == []
    assert dict(asserted(rec)) == {
        "a": "Ida Moss",
        "b": None,
        "c": "Coast Guard",
        "d": "Coast Guard",
        "e": "The Sel Line",
        "f": "Harbour Office",
    }
