"""Copies in the reading room: the list, and two reports passage by passage."""

import csv
import io

import pytest
from lxml import html

PAIR = "/copies/lpa-gate-offer/monitor-gate-offer"


def tree(answer):
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def test_the_list_says_who_was_first_how_and_whose_credit(linked_reader):
    rows = {(row["first"], row["second"]): row for row in linked_reader.get("/copies.json").json()["rows"]}
    syndicated, rewritten = rows["lpa-sluice-shut", "monitor-sluice-shut"], rows["lpa-gate-offer", "monitor-gate-offer"]
    assert (syndicated["kind"], syndicated["credit"]) == ("cut", "Lakeshore Press Agency")
    assert rewritten["kind"] == "rewritten"
    assert len(tree(linked_reader.get("/copies")).xpath("//tbody/tr")) == len(rows)


@pytest.mark.parametrize(("query", "count"), [("kind=rewritten", 1), ("kind=verbatim", 0), ("outlet=Basin+Monitor", 2)])
def test_the_list_is_narrowed_by_kind_and_outlet(linked_reader, query, count):
    assert linked_reader.get(f"/copies.json?{query}").json()["count"] == count


def test_a_kind_that_there_is_not_is_refused_in_words(linked_reader):
    answer = linked_reader.get("/copies.json?kind=stolen")
    assert (answer.status_code, "verbatim" in answer.json()["error"]) == (400, True)


def test_a_pair_stands_passage_by_passage_whole_on_both_sides(linked_reader, by_hand):
    found = linked_reader.get(f"{PAIR}.json").json()
    texts = {doc.name: doc.text for doc in by_hand}
    for side, name in (("first", "lpa-gate-offer"), ("second", "monitor-gate-offer")):
        for one in found["passages"]:
            if one[side] is not None:
                assert texts[name][one[f"{side}_start"] : one[f"{side}_end"]] == one[side]
    told = [one["told"] for one in found["passages"]]
    assert told.count("other words") >= 6
    page = tree(linked_reader.get(PAIR))
    assert len(page.xpath("//ol[@class='passages']/li")) == len(told)


def test_the_order_in_which_two_are_given_does_not_matter(linked_reader):
    turned = linked_reader.get("/copies/monitor-gate-offer/lpa-gate-offer.json").json()
    assert turned == linked_reader.get(f"{PAIR}.json").json()


def test_figures_stand_beside_each_other(linked_reader):
    figures = linked_reader.get(f"{PAIR}.json").json()["figures"]
    values = [(one["first"] and one["first"]["value"], one["second"] and one["second"]["value"]) for one in figures]
    assert (36, 36) in values
    assert all(
        one["differs"] == (None not in pair and pair[0] != pair[1]) for one, pair in zip(figures, values, strict=True)
    )


def test_words_of_a_copy_lead_to_their_place_in_the_report(linked_reader):
    page = tree(linked_reader.get(PAIR))
    link = page.xpath("//ol[@class='passages']//a[@class='to']/@href")[0]
    address, _, place = link.partition("#")
    report = tree(linked_reader.get(address))
    assert report.xpath(f"//*[@id='{place.split(':~:')[0]}']")


def test_the_passages_are_a_table_too(linked_reader):
    rows = list(csv.DictReader(io.StringIO(linked_reader.get(f"{PAIR}.csv").text)))
    assert {row["told"] for row in rows} <= {
        *("same words", "nearly the same words", "other words", "only the first", "only the second")
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/copies/lpa-gate-offer", 404),
        ("/copies/lpa-gate-offer/nothing", 404),
        ("/copies/lpa-gate-offer/lpa-gate-offer", 400),
    ],
)
def test_what_is_no_pair_is_said_to_be_none(linked_reader, path, status):
    assert linked_reader.get(path).status_code == status


def test_two_reports_that_are_no_copies_can_be_laid_side_by_side(linked_reader):
    page = tree(linked_reader.get("/copies/lpa-damages/herald-trial-threat"))
    assert "does not hold these two to be copies" in page.text_content()
