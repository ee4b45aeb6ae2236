"""To whom, in which medium, and through which outlets a statement came."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Mention, Origin, Span, Speaker, Statement
from onrecord.resolve.outlets import is_own, outlet_named
from onrecord.resolve.relay import relay
from onrecord.segment import segment

Build = Callable[..., Document]


def heard(built: Document, **fields: Any) -> tuple[Statement, ...]:
    given_statements = built.statements
    doc = replace(segment(replace(built, statements=None)), statements=given_statements, **fields)
    return relay(doc).statements or ()


@pytest.mark.parametrize(
    ("notation", "addressee"),
    [
        ("[S Ms Roe] [C told] reporters after the vote [T that she would stay].", "reporters"),
        ("[S Ms Roe] [C told] the harbour committee [T it was late].", "the harbour committee"),
        ("[T “It is late”], [S Ms Roe] [C told] a crowd in the square.", "a crowd"),
        ("[S The guild] [C urged] parliament [T to act].", "parliament"),
        ("In a letter to the board, [S the guild] [C called] [T the plan weak].", "the board"),
        ("[S Ms Roe], speaking to local farmers, [C said] [T the well was dry].", "local farmers"),
        ("[S Ms Roe] [C revealed] to the panel [T that she had left].", "the panel"),
        ("[S Ms Roe] [C said] [T the well was dry].", None),
        ("[S Ms Roe] [C told] on Monday [T what she saw].", None),
        ("[T Talks to resume on Monday], [S mediators] [C warn].", None),
    ],
)
def test_the_hearer_is_named_in_the_frame(doc: Build, notation: str, addressee: str | None) -> None:
    assert heard(doc(notation))[0].addressee == addressee


@pytest.mark.parametrize(
    ("notation", "channel"),
    [
        ("[S Ms Roe] [C said] in a televised speech aired on Tuesday [T that it was late].", "televised speech"),
        ("In a statement, [S the guild] [C said] [T it was late].", "statement"),
        ("[S The guild] [C said] in a brief statement on Monday [T that it was late].", "statement"),
        ("[T “It is late”], [S Ms Roe] [C wrote] on Facebook.", "Facebook"),
        ("[S Ms Roe] [C said] in a statement posted on Telegram [T that it was late].", "Telegram"),
        ("[S Ms Roe] [C said] by telephone [T that it was late].", "phone"),
        ("[S Ms Roe] [C said] in a telephone interview [T that it was late].", "phone interview"),
        ("At a news conference, [S Ms Roe] [C said] [T it was late].", "news conference"),
        ("[S Ms Roe] [C said] in a court filing [T that it was late].", "court filing"),
        ("[S Ms Roe] [C tweeted] [T it is late].", "Twitter"),
        ("[S A letter from the guild] [C says] [T it was late].", "letter"),
        ("[S The guild's secretary] [C said] [T it was late].", None),
        ("[S Ms Roe] [C said] on Monday in Leith [T that it was late].", None),
    ],
)
def test_the_medium_is_named_in_the_frame(doc: Build, notation: str, channel: str | None) -> None:
    assert heard(doc(notation))[0].channel == channel


@pytest.mark.parametrize(
    ("notation", "via"),
    [
        ("[S Ms Roe] [C told] AFP [T that it was late].", ("AFP",)),
        ("[S Ms Roe] [C told] the AP [T that it was late].", ("The Associated Press",)),
        ("[S Ms Roe] [C told] state television [T that it was late].", ("state television",)),
        ("[S Ms Roe] [C told] the Northport Herald [T that it was late].", ("Northport Herald",)),
        ("[S Ms Roe] [C told] the state news agency Sunna [T that it was late].", ("Sunna",)),
        ("[S Ms Roe] [C told] reporters [T that it was late].", ()),
        (
            "[T The ferry sank], [C according to] [S a witness], as reported by Harbour News on Friday and relayed by Reuters.",
            ("Harbour News", "Reuters"),
        ),
        ("[T “It is late”], [S Ms Roe] [C said], quoted by the daily Le Monde.", ("Le Monde",)),
        (
            "[S1 Ms Roe] [C1 was quoted] on Friday in the Daily Harbour [C1 as saying] [T1 it is late].",
            ("Daily Harbour",),
        ),
        ("[T “It is late”], [S Ms Roe] [C was quoted as saying] by state television.", ("state television",)),
        ("[S1 Reuters] [C1 reported] [T1 [S2 a witness] [C2 said] [T2 it was late]].", ()),
    ],
)
def test_outlets_that_carried_it_stand_in_via(doc: Build, notation: str, via: tuple[str, ...]) -> None:
    assert heard(doc(notation))[0].via == via


def test_a_statement_inside_an_outlets_report_came_through_it(doc: Build) -> None:
    built = doc("[S1 Reuters] [C1 reported] [T1 [S2 a witness] [C2 told] state television [T2 it was late]].")
    outer, inner = heard(built)
    assert outer.via == ()
    assert inner.via == ("state television", "Reuters")


def test_the_documents_own_outlet_never_stands_in_via(doc: Build) -> None:
    built = doc("[S Ms Roe] [C told] Reuters [T that it was late].")
    (stmt,) = heard(built, outlet="uk.reuters.com")
    assert stmt.addressee == "Reuters"
    assert stmt.via == ()


def test_adding_goes_on_in_the_same_medium_to_the_same_hearer(doc: Build) -> None:
    built = doc("[S1 Ms Roe] [C1 told] reporters by phone [T1 it was late], [C2 adding] [T2 that it was cold].")
    first, second = heard(built)
    assert (second.addressee, second.channel) == (first.addressee, first.channel) == ("reporters", "phone")


def test_the_next_words_of_the_same_speaker_keep_the_medium(doc: Build) -> None:
    built = doc("[S1 Ms Roe] [C1 said] in an interview [T1 that it was late]. [T2 “And cold”], [S2 she] [C2 said].")
    named = tuple(replace(stmt, speaker="Ann Roe") for stmt in built.statements or ())
    assert [stmt.channel for stmt in heard(replace(built, statements=named))] == ["interview", "interview"]


def test_another_speaker_does_not_keep_the_medium(doc: Build) -> None:
    built = doc("[S1 Ms Roe] [C1 said] in an interview [T1 that it was late]. [S2 Mr Lind] [C2 said] [T2 it was not].")
    named = tuple(replace(stmt, speaker=who) for stmt, who in zip(built.statements or (), ("Roe", "Lind"), strict=True))
    assert [stmt.channel for stmt in heard(replace(built, statements=named))] == ["interview", None]


def test_a_question_goes_to_who_answers(doc: Build) -> None:
    built = doc("When [C1 asked] [T1 if the well was dry], [S2 Ms Roe] [C2 said] [T2 it was].")
    first, second = built.statements or ()
    stmts = heard(replace(built, statements=(first, replace(second, speaker="Ann Roe"))))
    assert stmts[0].addressee == "Ann Roe"


def test_a_pronoun_is_shown_as_whom_it_points_to(doc: Build) -> None:
    built = doc("[S Ms Roe] [C told] him [T that it was late].")
    at = built.text.index("him")
    who = Speaker("e1", "Per Lind", mentions=(Mention(Span(at, at + 3), "pronoun"),))
    assert heard(built, speakers=(who,))[0].addressee == "Per Lind"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Reuters news agency", "Reuters"),
        ("the Wall Street Journal", "The Wall Street Journal"),
        ("Egypt's state news agency MENA", "MENA"),
        ("Israeli media", "Israeli media"),
        ("Page Six", "Page Six"),
        ("the Harbour Gazette", "Harbour Gazette"),
        ("a local radio station", "local radio station"),
        ("Ann Roe", None),
        ("the harbour board", None),
        ("", None),
    ],
)
def test_an_outlet_is_known_by_name_shape_or_noun(words: str, name: str | None) -> None:
    assert outlet_named(words) == name


@pytest.mark.parametrize(
    ("outlet", "name", "own"),
    [
        ("foxnews.com", "Fox News", True),
        ("The Guardian", "Guardian", True),
        ("dailymail.co.uk", "Daily Mail", True),
        ("foxnews.com", "Fox Business", False),
        (None, "Reuters", False),
    ],
)
def test_a_document_knows_its_own_outlet(outlet: str | None, name: str, own: bool) -> None:
    assert is_own(name, Document("a", "", Origin("a", ""), outlet=outlet)) is own


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_no_text_breaks_the_relay(text: str, one: int, two: int) -> None:
    one, two = sorted((min(one, len(text)), min(two, len(text))))
    stmt = Statement("s1", (Span(two, len(text)),), (Span(0, one),), (Span(one, two),))
    done = heard(Document("a", text, Origin("a", ""), language="en", statements=(stmt,)))
    assert done[0].content == stmt.content


@pytest.mark.parametrize("piece", ["in a ", "told a ", "state ", "reported by A ", "((", "A News ", "on Facebook via "])
def test_a_sentence_of_a_hundred_thousand_letters_is_read_quickly(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    stmt = Statement("s1", (Span(90_000, 100_000),), (Span(0, 1),), (Span(50_000, 50_004),))
    doc = Document("a", text, Origin("a", ""), sentences=(Span(0, len(text)),), statements=(stmt,))
    relay(doc)
    start = time.process_time()
    relay(doc)
    assert time.process_time() - start < 0.5


def test_a_thousand_statements_in_one_sentence_do_not_take_long(doc: Build) -> None:
    text = "he said so, " * 1000
    stmts = tuple(
        Statement(
            f"s{k}", (Span(12 * k + 8, 12 * k + 10),), (Span(12 * k, 12 * k + 2),), (Span(12 * k + 3, 12 * k + 7),)
        )
        for k in range(1000)
    )
    start = time.process_time()
    relay(Document("a", text, Origin("a", ""), sentences=(Span(0, len(text)),), statements=stmts))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("notation", "addressee"),
    [
        ("[S Ms Roe] [C told reporters] [T she would stay].", "reporters"),
        ("[S The guild] [C urged] [T the harbour towns to wait].", "the harbour towns"),
        ("[S The harbour towns] [C were asked] [T to wait].", "The harbour towns"),
        ("[S The judge] [C ordered] [T a review of the rules].", None),
    ],
)
def test_a_hearer_caught_in_cue_or_content_is_still_the_hearer(
    doc: Build, notation: str, addressee: str | None
) -> None:
    assert heard(doc(notation))[0].addressee == addressee
