"""Descriptions and short names of whom a report is about: named below, of a kind, spelt by initials; titles of films are nobody."""

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


HEAD = "Quay plan stirs anger\n\nHALVEN — "


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("[S A dock union boss] [C has attacked] [T the plan]. Rainer Holt, head of the dock workers' union, left.", "Rainer Holt"),
        ("[S An assistant coach] [C hinted] [T so]. Tom Ford, the assistant coach, was there. Ada Brook sang.", "Tom Ford"),
        ("[S A Marland woman] [C says] [T so]. The Quay Times reports that Mary Oakes saw it.", "Mary Oakes"),
        ("[S A Marland woman] [C says] [T so]. Mary Oakes came. Anna Lund went.", "a Marland woman"),
        ("[S A White House official] [C says] [T so]. Tom Ford, a White House official, went.", "a White House official"),
        ("[S A union boss] [C says] [T so]. Tom Ford, a party boss, went.", "a union boss"),
        ("One. Two. Three. Four. Five. [S A dock union boss] [C says] [T so]. Rainer Holt, head of the dock union, left.",
         "a dock union boss"),
    ],
)  # fmt: skip
def test_whom_a_report_opens_with_can_be_named_below(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Vesper Airways turned a flight back. Vesper Airways flew to Sel. One had a ticket of Union Airlines. [S The airline] [C said] [T no].",
         "Vesper Airways"),
        ("Vesper Airways was late. Union Airlines took over. [S The airline] [C said] [T no].", "Union Airlines"),
        ("Dunmore Zoo opened. Dunmore Zoo grew. A boy came from Sel Zoo in Arden. [S The zoo] [C said] [T no].", "Dunmore Zoo"),
        ("Quay Bancorp fell. [S The bank] [C said] [T no].", "Quay Bancorp"),
        ("The Quay Enquirer wrote of Marland Oil. [S The tabloid] [C said] [T no].", "Quay Enquirer"),
        ("The Harbour Safety Administration inspected several cranes of Marland Oil. [S The agency] [C said] [T no].", "Harbour Safety Administration"),
    ],
)  # fmt: skip
def test_a_body_of_a_kind_is_the_one_the_text_is_about(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("The crew of All Vesper Airways slept. [S AVA] [C said] [T no].", "All Vesper Airways"),
        ("Tom met the group People for the Fair Care of Horses. [S PFCH] [C said] [T no].", "People for the Fair Care of Horses"),
        ("Tom met People for tea. [S PFT] [C said] [T no].", "PFT"),
        ("Italian Airlines fell. [S Italian] [C pledged] [T to help].", "Italian Airlines"),
        ("Italian Airlines fell. [S Italians] [C pledged] [T to help].", "Italians"),
    ],
)  # fmt: skip
def test_initials_and_first_words_are_short_for_the_name_in_the_text(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Ada Brook wrote “Low Tide”. [S She] [C said] [T it hurt].", "Ada Brook"),
        ("Ada Brook was in “Low Tide,” which failed. “Low Tide” ran long. [S She] [C said] [T it hurt].", "Ada Brook"),
        ("Tom Ford built it. The Tall Reach is a rocket. The Tall Reach flew. [S He] [C said] [T it was late].", "Tom Ford"),
        ("Tom Ford made a film. In a talk with Quay Deadline, [S the director] [C said] [T no].", "Tom Ford"),
        ("Ada Brook met Tom Ford in “Low Tide”. Tom Ford was late. [S The actress] [C said] [T no].", "Ada Brook"),
    ],
)  # fmt: skip
def test_what_a_film_or_a_rocket_is_called_is_nobody_who_speaks(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Vesper Airlines fell. [S1 Airline spokesman Tom Ford] [C1 said]: [T1 “[S2 We] [C2 hope] [T2 so].”]", "Vesper Airlines"),
        ("It fell. [S1 Airline spokesman Tom Ford] [C1 said]: [T1 “[S2 We] [C2 hope] [T2 so].”]", "Tom Ford"),
    ],
)  # fmt: skip
def test_we_of_a_kind_of_body_is_the_body_in_the_text(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[1].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("[S People magazine] [C said] [T no].", "People"),
        ("[S Both Tom Ford and Ada Brook] [C said] [T no].", "Tom Ford and Ada Brook"),
        ("The Japanese government met. [S Kenya, Japan and Chile] [C said] [T no].", "Kenya, Japan and Chile"),
    ],
)
def test_a_list_names_its_members(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Tom Ford and Ada Brook wed in May. [S The couple] [C said] [T no].", "Tom Ford and Ada Brook"),
        (
            "Tom Ford, 30, and the painter Ada Brook came. Lea Lund sang. [S The pair] [C said] [T no].",
            "Tom Ford and Ada Brook",
        ),
        ("Tom Ford came. [S The couple] [C said] [T no].", "couple"),
        ("Tom Ford and Ada Brook wed. [S A couple in the street] [C said] [T no].", "a couple in the street"),
    ],
)
def test_a_couple_are_the_two_named_side_by_side(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, HEAD + notation)[0].speaker == speaker
