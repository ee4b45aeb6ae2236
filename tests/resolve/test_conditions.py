"""What depends on what: the clauses, their polarity, and whose condition it is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Condition, Document, Origin, Span, Statement
from onrecord.resolve.conditions import conditions

Build = Callable[..., Document]


def found(content: str, act: str = "assert") -> tuple[Document, Condition | None]:
    whole = Span(0, len(content))
    stmt = Statement("s1", (whole,), act=act)  # type: ignore[arg-type]
    doc = conditions(Document("a", content, Origin("a", ""), sentences=(whole,), tokens=(), statements=(stmt,)))
    return doc, (doc.statements or ())[0].condition


@pytest.mark.parametrize(
    ("content", "if_", "then", "negated"),
    [
        ("we will lift the ban if they disarm", "they disarm", "we will lift the ban", False),
        ("If the rain stops, the game goes on", "the rain stops", "the game goes on", False),
        ("if it loses the case it will appeal", "it loses the case", "it will appeal", False),
        ("There will be no truce unless the roads are opened", "the roads are opened", "There will be no truce", True),
        ("Unless the wage is raised, nobody will come back", "the wage is raised", "nobody will come back", True),
        ("the boats will not leave until the fee is paid", "the fee is paid", "the boats will not leave", True),
        ("No deal without a date for elections", "a date for elections", "No deal", True),
        ("we will talk only if they stop shelling", "they stop shelling", "we will talk", False),
        ("Only after the army leaves will talks begin", "the army leaves", "will talks begin", False),
        ("the grant stays as long as the school stays open", "the school stays open", "the grant stays", False),
        ("we can sign, provided that the price holds", "the price holds", "we can sign", False),
        ("they would free ten men in exchange for medicine", "medicine", "they would free ten men", False),
        ("it would reopen the mine in return for a tax cut", "a tax cut", "it would reopen the mine", False),
        ("he spoke on condition that his name be kept out", "his name be kept out", "he spoke", False),
        ("the merger depends on a permit", "a permit", "the merger", False),
        ("A truce would require a full pullout", "a full pullout", "A truce", False),
        ("any real talks must begin with an apology", "an apology", "any real talks", False),
        ("the pullout first, then the talks", "the pullout", "the talks", False),
        ("should the dam fail, the town would flood", "the dam fail", "the town would flood", False),
        ("she would resign should the vote fail", "the vote fail", "she would resign", False),
        ("were it to fail, we would sue", "it to fail", "we would sue", False),
        ("had they asked, we would have helped", "they asked", "we would have helped", False),
        ("pay the toll or else turn back", "pay the toll", "turn back", True),
        (
            "the sides must lay down their arms before aid can flow",
            "the sides must lay down their arms",
            "aid can flow",
            False,
        ),
        ("once the snow melts, the pass will open", "the snow melts", "the pass will open", False),
        ("no aid (of any sort) unless the siege ends", "the siege ends", "no aid", True),
    ],
)
def test_a_construction_gives_its_two_clauses(content: str, if_: str, then: str, negated: bool) -> None:
    doc, condition = found(content)
    assert condition is not None
    assert condition.if_.of(doc.text) == if_
    assert condition.then.of(doc.text).startswith(then)
    assert condition.negated is negated


@pytest.mark.parametrize(
    "content",
    [
        "he asked if the bridge was open",
        "the wound was minor, if any",
        "nobody came until noon on Friday",
        "it happened before the war",
        "they provided a list of names",
        "it is as if nothing had changed",
        "he lived there for as long as 18 years",
        "the two are too dependent on imports",
        "she asked what should the council do",
        "nor should the gate be shut",
    ],
)
def test_what_only_looks_like_a_condition_is_none(content: str) -> None:
    assert found(content)[1] is None


def test_a_demand_in_exchange_reads_the_other_way_round() -> None:
    doc, condition = found("that firms hand over their plans in exchange for a licence", act="demand")
    assert condition is not None
    assert (condition.if_.of(doc.text), condition.then.of(doc.text)) == ("firms hand over their plans", "a licence")


def test_a_condition_runs_across_the_edge_of_a_quotation() -> None:
    doc, condition = found(
        "captives will not be freed unless the aims of “ending the raids, opening the gates” are met"
    )
    assert condition is not None
    assert condition.if_.of(doc.text) == "the aims of “ending the raids, opening the gates” are met"


def test_the_clauses_may_stand_on_both_sides_of_the_cue(doc: Build) -> None:
    built = doc("[T If the levy stays], [S growers] [C said], [T they will switch to barley].", tokens=())
    done = conditions(replace_sentences(built))
    condition = (done.statements or ())[0].condition
    assert condition is not None
    assert condition.if_.of(done.text) == "the levy stays"
    assert condition.then.of(done.text) == "they will switch to barley"


def test_only_the_innermost_statement_has_the_condition(doc: Build) -> None:
    built = doc("[S1 Radio] [C1 said] [T1 [S2 the crew] [C2 vowed] [T2 to leave unless they are paid]].", tokens=())
    outer, inner = conditions(replace_sentences(built)).statements or ()
    assert outer.condition is None
    assert inner.condition is not None and inner.by["condition"] == "conditions-1"


def replace_sentences(doc: Document) -> Document:
    from dataclasses import replace

    return replace(doc, sentences=(Span(0, len(doc.text)),))


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('if unles only, after “”".?() would we no in exchange for the'), max_size=120))
def test_clauses_lie_in_the_content_apart_from_the_marker(content: str) -> None:
    _, condition = found(content)
    if condition:
        assert condition.marker is not None
        for span in (condition.if_, condition.then):
            assert 0 <= span.start < span.end <= len(content)
            assert span.end <= condition.marker.start or condition.marker.end <= span.start


@pytest.mark.parametrize("piece", ["if ", "no unless ", "((((", ", and ", "should he ", "first then ", "to be must "])
def test_a_content_of_a_hundred_thousand_letters_is_read_quickly(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    found(text)
    start = time.process_time()
    found(text)
    assert time.process_time() - start < 0.5


def test_people_who_depend_on_a_thing_live_off_it_and_set_no_condition() -> None:
    assert found("About 9,000 people in the delta depend on the spring")[1] is None
