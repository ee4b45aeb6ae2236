"""What act a statement performs, and what decided."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin, Span, Statement
from onrecord.resolve.acts import ACTS, acts, read
from onrecord.resolve.cues import read_cue
from onrecord.verbs import spell

Build = Callable[..., Document]


@pytest.mark.parametrize(
    ("notation", "act"),
    [
        ("[S The guild] [C denied] [T that its vans were used].", "deny"),
        ("[S The lender] [C turned down] [T a second loan].", "refuse"),
        ("[S The port authority] [C has not ruled out] [T a night curfew].", "assert"),
        ("[S Villagers] [C called for] [T a public inquiry].", "demand"),
        ("[S The coach] [C hit out at] [T the referee].", "condemn"),
        ("[S The board] [C pledged] [T to publish the accounts].", "commit"),
        ("[S The union] [C threatened] [T to walk out on Friday].", "threaten"),
        ("[S The prosecutor] [C accused] [T the clerk of hiding files].", "accuse"),
        ("[S The mayor] [C thanked] [T the volunteers].", "support"),
        ("[S The two towns] [C agreed] [T to share the bridge].", "agree"),
        ("[S A broker] [C offered] [T to store the grain].", "offer"),
        ("[S Auditors] [C questioned] [T whether the sum was right].", "question"),
        ("[S Growers] [C expect] [T a poor harvest].", "assess"),
        ("[S The agency] [C declined] [T to comment].", "refuse"),
    ],
)
def test_a_cue_that_names_an_act_decides(doc: Build, notation: str, act: str) -> None:
    (stmt,) = acts(doc(notation)).statements or ()
    assert stmt.act == act


@pytest.mark.parametrize(
    ("notation", "act"),
    [
        ("[S The firm] [C said] [T it was prepared to sell two of its mills].", "offer"),
        ("[S The firm] [C said] [T it would withdraw its bid if the vote was put off].", "threaten"),
        ("[S The rebels] [C said] [T “We will not negotiate under fire”].", "refuse"),
        ("[S The rebels] [C said] [T the prisoners will not be released unless the siege ends].", "refuse"),
        ("[S Ms Oduya] [C said] [T “Our thoughts are with the miners and their families”].", "support"),
        ("[S Mr Lind] [C said] [T “It is a disgrace and an outrageous waste”].", "condemn"),
        ("[S The council] [C said] [T the barrier must be removed by spring].", "demand"),
        ("[S The ministry] [C said] [T the report was baseless].", "deny"),
        ("[S The ministry] [C said] [T it had reached an agreement with the growers on prices].", "agree"),
        ("[S The airline] [C said] [T it would begin an inquiry on Monday].", "commit"),
        ("[S The chief engineer] [C said] [T “No sluice will open while the inquiry lasts”].", "refuse"),
        ("[S Mr Lind] [C said] [T that he hoped the ferry had turned back].", "assess"),
        ("[S The harbour office] [C said] [T it could not be ruled out that more boats were missing].", "assess"),
        ("[S The envoy] [C said] [T the northern road was vital to the valley].", "assess"),
        ("[S Growers] [C warned] [T dearer water would hurt the orchards].", "assess"),
    ],
)
def test_the_content_decides_where_the_cue_leaves_it_open(doc: Build, notation: str, act: str) -> None:
    (stmt,) = acts(doc(notation)).statements or ()
    assert stmt.act == act


def test_a_warning_of_a_danger_is_no_threat(doc: Build) -> None:
    (stmt,) = acts(doc("[S Doctors] [C warned] [T that the fever could spread to the coast].")).statements or ()
    assert stmt.act == "assess"


def test_a_warning_of_what_the_speaker_would_do_is_a_threat(doc: Build) -> None:
    (stmt,) = acts(doc("[S The junta] [C warned] [T that it would retaliate].")).statements or ()
    assert stmt.act == "threaten"


def test_every_act_says_what_decided_and_how_sure(doc: Build) -> None:
    done = acts(doc("[S1 He] [C1 denied] [T1 it]. [S2 She] [C2 said] [T2 it was hers]."))
    first, second = done.statements or ()
    assert first.by["act"] == "acts-1/cue deny"
    assert second.by["act"] == "acts-1/weights"
    assert all(stmt.act_confidence is not None and 0 < stmt.act_confidence <= 1 for stmt in (first, second))


def test_asked_to_do_is_a_demand_and_asked_whether_a_question() -> None:
    assert read_cue(("asked",), ("to", "leave")).act == "demand"
    assert read_cue(("asked",), ("whether", "it", "rained")).act == "question"
    assert read_cue(("asked",), ("the", "towns", "to", "wait")).act == "demand"


def test_a_statement_without_cue_or_words_still_has_an_act() -> None:
    doc = Document("a", "x", Origin("a", ""), statements=(Statement("s1", (Span(0, 1),)), Statement("s2", ())))
    assert all(stmt.act in ACTS for stmt in acts(doc).statements or ())


def test_a_document_without_statements_stays_as_it_is() -> None:
    doc = Document("a", "x", Origin("a", ""), statements=())
    assert acts(doc) is doc


def test_only_act_fields_change(doc: Build) -> None:
    before = doc("[S1 He] [C1 vowed] [T1 to stay]. [S2 She] [C2 said] [T2 no].")
    after = acts(before)
    same = [replace(s, act="assert", act_confidence=None, by={}) for s in after.statements or ()]
    assert same == list(before.statements or ())


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_the_reading(content: str, cue: str) -> None:
    text = content + cue
    stmt = Statement("s1", (Span(0, len(content)),), (), (Span(len(content), len(text)),))
    (done,) = acts(Document("a", text, Origin("a", ""), statements=(stmt,))).statements or ()
    assert done.act in ACTS
    assert 0 < (done.act_confidence or 0) <= 1


@pytest.mark.parametrize(
    "piece", ["we will not ", "if it would ", "(((", "“", "a", "will be there no any unless ", "thank "]
)
def test_a_content_of_a_hundred_thousand_letters_is_read_quickly(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    doc = Document("a", text, Origin("a", ""), statements=(Statement("s1", (Span(0, len(text)),)),))
    acts(doc)
    start = time.process_time()
    acts(doc)
    assert time.process_time() - start < 0.5


def test_reading_keeps_the_words_in_order(doc: Build) -> None:
    done = doc("[T “We will stay”], [S she] [C said], [T “and wait”].")
    assert read(done.text, (done.statements or ())[0]).words == spell("we will stay and wait")
