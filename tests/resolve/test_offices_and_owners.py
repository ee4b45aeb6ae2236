"""Whose office, whose lawyer, and which form of a name: what tells two with one surname or one office apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.document import Document, Origin, Statement
from onrecord.resolve.columns import columns
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment

Build = Callable[..., Document]
HEAD = "Quay plan stirs anger\n\nHALVEN — "


def said(build: Build, notation: str) -> list[Statement]:
    """The statements of a bracketed text with their speakers."""
    return list(speakers(segment(build(HEAD + notation))).statements or ())


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("[S Mr. Oaken's lawyer] [C said] [T no]. Tom Oaken was in court. Ada Brook, a lawyer for Mr. Oaken, left.", "Ada Brook"),
        ("Tom Oaken was in court. [S His lawyer] [C said] [T no]. Ada Brook, Oaken's lawyer, left.", "Ada Brook"),
        ("Tom Oaken met Ada Brook, Rainer Holt's lawyer. [S His lawyer] [C said] [T no].", "Tom Oaken's lawyer"),
        ("Tom Oaken's lawyer, Ada Brook, and another lawyer of Oaken, Mary Lund, left. [S Oaken's banker] [C said] [T no].",
         "Oaken's banker"),
    ],
)  # fmt: skip
def test_whose_lawyer_it_is_says_who_it_is_wherever_the_text_names_them(
    doc: Build, notation: str, speaker: str
) -> None:
    assert said(doc, notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("President Ada Brook spoke. Vice President Tom Ford came. [S The president] [C said] [T no].", "Ada Brook"),
        ("Vice President Tom Ford came. [S The vice president] [C said] [T no].", "Tom Ford"),
        ("Vice President Tom Ford came. [S The president] [C said] [T no].", "the president"),
        ("Deputy Mayor Tom Ford came. [S The mayor] [C said] [T no].", "Tom Ford"),
    ],
)  # fmt: skip
def test_the_president_is_no_vice_president(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Glenn Oaken spoke on Monday. Pointing to his time, [S the Quay News host] [C said] [T no].", "Glenn Oaken"),
        ("Glenn Oaken was at Quay Rocket. [S The Quay Rocket frontman] [C said] [T no].", "Glenn Oaken"),
        ("Rick Oaken of Texas broadcast an ad. [T “No war,”] [S the Texas governor] [C continues].", "Rick Oaken"),
        ("To Rick Oaken and Tom Ford they sang. [T “No war,”] [S the Texas governor] [C continues].", "the Texas governor"),
    ],
)  # fmt: skip
def test_a_body_or_a_place_before_a_calling_points_to_the_one_spoken_of(
    doc: Build, notation: str, speaker: str
) -> None:
    assert said(doc, notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("Charles Oaken came. Chuck Oaken sang. [S Oaken] [C said] [T no].", "Charles Oaken"),
        ("Chuck Oaken sang. Charles Oaken came. [S Oaken] [C said] [T no].", "Charles Oaken"),
        ("Charles Oaken came. Rob Oaken sang. [S Rob Oaken] [C said] [T no].", "Rob Oaken"),
        ("Former Vice President Dick Oaken came with Liz Oaken. Liz Oaken sang. [S Former Vice President Oaken] [C said] [T no].",
         "Dick Oaken"),
        ("Attorney General Eric Holder came. Tom Ford told a paper that [S Holder] [C said] [T no].", "Eric Holder"),
        ("Joseph diGenova came. [S DiGenova] [C said] [T no].", "Joseph diGenova"),
    ],
)  # fmt: skip
def test_forms_of_one_name_are_one_person(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("[S a small but growing group of dockers] [C said] [T no].", "a small but growing group of dockers"),
        ("[S a large, loyal following] [C said] [T no].", "a large, loyal following"),
        ("[S the owner, loyal to Brook,] [C said] [T no].", "the owner"),
        ("His quiet Halven house prompted critics to [C ask] [T why]. [S Critics] left.", "critics"),
        ("[S An Interior Ministry inspector general report] [C said] [T no].", "Interior Ministry inspector general"),
    ],
)  # fmt: skip
def test_a_description_ends_where_its_words_do(doc: Build, notation: str, speaker: str) -> None:
    assert said(doc, notation)[0].speaker == speaker


@pytest.mark.parametrize(
    ("notation", "inner"),
    [
        ("House Leader Ada Brook left. [T1 “[S2 We] [C2 want] [T2 more],”] [S1 Ada Brook] [C1 said].", "Ada Brook"),
        ("[T1 “[S2 All of us] [C2 want] [T2 more],”] [S1 Ada Brook] [C1 said].", "Ada Brook"),
        ("Sheriff Ada Brook of Lund, Neb., left. [T1 “[S2 We] [C2 want] [T2 more],”] [S1 Ada Brook] [C1 said].", "Ada Brook"),
    ],
)  # fmt: skip
def test_we_in_the_mouth_of_a_member_is_the_one_quoted(doc: Build, notation: str, inner: str) -> None:
    assert said(doc, notation)[1].speaker == inner


def test_a_letter_in_brackets_is_part_of_its_word() -> None:
    text = "Ada Brook wrote: “[W]e go [now], a[1] b.”"
    read = columns(segment(Document(name="a", text=text, origin=Origin("a", "0" * 64), language="en")))
    assert "We" in read.words and read.words.count("[") == 2
    assert read.phrase(read.words.index("We"), read.words.index("We") + 2) == "[W]e go"
