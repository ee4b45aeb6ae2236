"""Whom a surname alone means: the one person of its story who is called so in full, and nobody where there is doubt."""

import pytest

from onrecord.link import speakers, surnames
from onrecord.link.speakers import Seen
from onrecord.record import Record
from tests.link.test_linking import report

FULL = Seen("Ada Moss", "d1", "mayor of Port Sel", story=7)


@pytest.mark.parametrize(
    "others",
    [
        [Seen("Moss", "d2", story=7)],
        [Seen("Moss", "d2", "Port Sel mayor", story=7)],
        [Seen("Moss", "d2", spellings=("Ms. Moss",), story=7)],
        [Seen("Moss", "d2", story=7), Seen("Ada B. Moss", "d3", story=7)],
        [Seen("Moss", "d2", story=7), Seen("Eve Moss", "d3", story=8)],
    ],
)
def test_a_surname_means_the_one_person_whom_its_story_calls_so(others):
    assert surnames.meant([FULL, *others])["Moss", "d2"][0] in {"Ada Moss", "Ada B. Moss"}


@pytest.mark.parametrize(
    "others",
    [
        [Seen("Moss", "d2", story=8)],
        [Seen("Moss", "d2")],
        [Seen("Moss", "d2", "striker", story=7)],
        [Seen("Moss", "d2", spellings=("Mr. Moss",), story=7), Seen("Ada Moss", "d3", "spokeswoman", story=7)],
        [Seen("Moss", "d2", story=7), Seen("Eve Moss", "d3", story=7)],
        [Seen("Moss", "d2", story=7, is_body=True)],
        [Seen("Mossley", "d2", story=7)],
        [Seen("Ada", "d2", story=7)],
    ],
)
def test_a_surname_means_nobody_where_the_story_leaves_a_doubt(others):
    assert surnames.meant([FULL, *others]) == {}


def test_two_stories_can_mean_two_people_by_one_surname():
    seen = [FULL, Seen("Moss", "d2", story=7), Seen("Eve Moss", "d3", story=8), Seen("Moss", "d4", story=8)]
    meant = surnames.meant(seen)
    found = speakers.bearers(seen, meant)
    assert [(who.number, who.documents) for who in found if who.name == "Moss"] == [(0, ["d2"]), (1, ["d4"])]
    edges = {(one.a, one.b) for one in speakers.in_stories(found, meant)}
    assert edges == {(("Ada Moss", 0), ("Moss", 0)), (("Eve Moss", 0), ("Moss", 1))}


GATE = (
    "{} said the fish market at Port Sel would stay shut until divers had looked at the four wrecks in the inner basin.\n"
    "The storm had taken the roof off the market before dawn and thrown the boats against the old customs house."
)


def test_a_report_that_has_only_the_surname_is_read_beside_those_of_its_story_alone():
    told = [
        report("a", "Ada Moss", "mayor", GATE),
        report("b", "Moss", None, GATE.replace("before dawn", "in the night")),
        report(
            "c",
            "Moss",
            None,
            "{} said the orchard had never borne so many pears as it did in that dry year.",
            day="2033-05-01",
        ),
    ]
    found = []
    for docs in (told, told[::-1]):
        rec = Record.open(":memory:")
        for doc in docs:
            rec.store.put(doc)
        rec.link()
        found.append(sorted((who.name, who.names, who.statements) for who in rec.identities()))
    assert found[0] == found[1] == [("Ada Moss", ("Ada Moss", "Moss"), 2), ("Moss", ("Moss",), 1)]
