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


@pytest.mark.parametrize(
    "second",
    ["The Moor campaign", "Moor's campaign", "Tom Moor’s campaign"],
)
def test_somebodys_campaign_is_one_body_however_its_owner_is_called(doc: Build, second: str) -> None:
    text = f"[S1 Tom Moor's campaign] [C1 said] [T1 no]. [S2 {second}] [C2 said] [T2 yes]."
    assert {(stmt.speaker, stmt.named) for stmt in said(doc, text)} == {("Tom Moor's campaign", True)}


def test_his_campaign_is_the_one_named_by_its_owner(doc: Build) -> None:
    text = "[S1 The Moor campaign] [C1 said] [T1 no]. Tom Moor left. [S2 His campaign] [C2 said] [T2 yes]."
    assert [stmt.speaker for stmt in said(doc, text)] == ["Moor campaign", "Moor campaign"]


@pytest.mark.parametrize(
    ("notation", "speaker", "kind", "named"),
    [
        ("[S The Lund Sailing Guild (LUSA)] [C said] [T no]. [S2 LUSA] [C2 said] [T2 no].", "Lund Sailing Guild", "organisation", True),
        ("[S All Lund Airways (ALA)] [C said] [T no]. [S2 ALA] [C2 said] [T2 no].", "All Lund Airways", "organisation", True),
        ("[S A CNN/ORC poll] [C said] [T no].", "CNN/ORC", "organisation", True),
        ("The council met at night. “[T No],” [S it] [C said] in a statement.", "council", "organisation", False),
        ("[S Dock union boss] [C quits:] [T no]\n\nAda Brook, boss of the dock union, left.", "Ada Brook", "person", True),
        ("[S Officials here] [C said] [T no].", "officials", "group", False),
        ("[S Her parents and brother] [C said] [T no].", "her parents and brother", "group", False),
        ("[S Family Life magazine] [C said] [T no].", "Family Life magazine", "organisation", True),
        ("[S Local police] [C said] [T no].", "local police", "organisation", False),
        ("[S news agency lpa] [C said] [T no].", "news agency lpa", "organisation", False),
        ("Ada Brook left. [S The 46-year-old South African] [C said] [T no].", "Ada Brook", "person", True),
        ("[S Garden Zoo] [C said] [T no].", "Garden Zoo", "organisation", True),
    ],
)  # fmt: skip
def test_a_body_or_a_group_is_named_as_the_text_names_it(
    doc: Build, notation: str, speaker: str, kind: str, named: bool
) -> None:
    stmt = said(doc, notation)[-1]
    assert (stmt.speaker, stmt.speaker_type, stmt.named) == (speaker, kind, named)


@pytest.mark.parametrize(
    ("notation", "body"),
    [
        ("[S1 Tom Ford, head of the Securities and Fish Commission,] [C1 said]: [T1 “[S2 We] [C2 doubt] [T2 it].”]", "Securities and Fish Commission"),
        ("[S1 Tom Ford, a grocery store worker,] [C1 said]: [T1 “[S2 We] [C2 doubt] [T2 it].”]", "Tom Ford"),
        ("[S1 Tom Ford, the secretary of state,] [C1 said]: [T1 “[S2 We] [C2 doubt] [T2 it].”]", "Tom Ford"),
    ],
)  # fmt: skip
def test_we_is_the_body_only_of_whoever_speaks_for_one(doc: Build, notation: str, body: str) -> None:
    assert said(doc, notation)[1].speaker == body


@pytest.mark.parametrize(
    ("notation", "speaker", "kind"),
    [
        ("The Northport Post wrote. [S The Post] [C said] [T no].", "Northport Post", "organisation"),
        ("The Northport Post wrote. [S The tabloid] [C said] [T no].", "Northport Post", "organisation"),
        ("The Rijn Institute wrote. [S The tabloid] [C said] [T no].", "tabloid", "organisation"),
        ("The Rijn Institute wrote. [S The Institute] [C said] [T no].", "Rijn Institute", "organisation"),
        ("The White House wrote. [S The House] [C said] [T no].", "House", "organisation"),
        ("The Justice Department won. [S The company] [C said] [T no].", "company", "organisation"),
        ("Lund Steel won. [S The police union] [C said] [T no].", "police union", "organisation"),
        ("[S An inside source] [C said] [T no].", "an inside source", "person"),
        ("[S Two outside groups] [C said] [T no].", "two outside groups", "group"),
        ("Tom Moor spoke. [S The Ohio senator] [C said] [T no].", "Tom Moor", "person"),
        ("[S Article 33] [C said] [T no].", "article 33", "document"),
        ("[S A study documenting fish] [C said] [T no].", "a study documenting fish", "document"),
        ("[S Moor’s speaking firm] [C said] [T no].", "Moor’s speaking firm", "organisation"),
    ],
)
def test_a_description_means_what_its_noun_can_mean(doc: Build, notation: str, speaker: str, kind: str) -> None:
    stmt = said(doc, notation)[0]
    assert (stmt.speaker, stmt.speaker_type) == (speaker, kind)
