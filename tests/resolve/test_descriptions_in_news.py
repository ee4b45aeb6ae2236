"""Sources that are only described: how the description is cut, what type it has, and whom it points back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.document import Document, Statement
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment

Build = Callable[..., Document]


def said(build: Build, notation: str) -> list[Statement]:
    """The statements of a bracketed text with their speakers."""
    return list(speakers(segment(build(notation))).statements or ())


@pytest.mark.parametrize(
    ("notation", "speaker", "kind"),
    [
        ("[S Many in the hall] [C said] [T no].", "many in the hall", "group"),
        ("[S About three in 10] [C said] [T no].", "about three in 10", "group"),
        ("[S The driver himself] [C said] [T no].", "the driver", "person"),
        ("[S Ten Ohio Republicans] [C said] [T no].", "ten Ohio Republicans", "group"),
        ("[S Speeches of that year] [C show] [T so].", "speeches of that year", "document"),
        ("[S A copy of a memo seen by Reuters] [C said] [T so].", "a copy of a memo", "document"),
        ("[S Anyone who was there] [C said] [T no].", "anyone", "group"),
        ("[S A flight attendant] [C said] [T no].", "a flight attendant", "person"),
    ],
)
def test_a_description_is_cut_and_typed_by_its_head(doc: Build, notation: str, speaker: str, kind: str) -> None:
    stmt = said(doc, notation)[0]
    assert (stmt.speaker, stmt.speaker_type, stmt.named) == (speaker, kind, False)


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("State TV accused Lund police of theft. [S Police] [C said] [T no].", "Lund police"),
        ("[S0 A harbour report] [C0 said] [T0 so]. [S The report] [C said] [T no].", "a harbour report"),
        ("[S0 Ada Brook] [C0 sang] [T0 so]. [S The actress] [C said] [T no].", "Ada Brook"),
        ("[S0 Pres. Osei] [C0 said] [T0 so]. [S The president] [C said] [T no].", "Osei"),
        ("Tom Ford, a carpenter, left. [S The actor] [C said] [T no].", "the actor"),
        ("Ohio Senator Ada Brook left. Tom Ford stayed. [S The Ohio Republican] [C said] [T no].", "Ada Brook"),
        ("Ada Brook came. She met a guard. [S The woman] [C said] [T no].", "Ada Brook"),
    ],
)
def test_a_definite_description_points_back(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, notation)[-1].speaker == speaker


def test_who_says_it_is_not_the_rival_it_is_said_of(doc: Build) -> None:
    text = "[S1 Tom Ford] [C1 said] [T1 that [S2 the Labour front-runner] [C2 denied] [T2 it]]."
    assert [stmt.speaker for stmt in said(doc, text)] == ["Tom Ford", "the Labour front-runner"]


def test_a_candidates_we_is_not_the_party(doc: Build) -> None:
    text = "[S1 GOP candidate Tom Ford] [C1 said]: [T1 “[S2 We] [C2 need] [T2 rain].”]"
    assert [stmt.speaker for stmt in said(doc, text)] == ["Tom Ford", "Tom Ford"]


def test_a_presidents_we_is_not_the_state_most_spoken_of(doc: Build) -> None:
    text = (
        "Iran is far. Iran denies it. Iran is angry, and so are Republicans. "
        "[S1 President Ford] [C1 said]: [T1 “[S2 We] [C2 want] [T2 rain].”]"
    )
    assert said(doc, text)[1].speaker == "United States"
