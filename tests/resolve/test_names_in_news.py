"""Names as news prints them: headlines, captions, offices that are family names, several callings of one person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.document import Document
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment

Build = Callable[..., Document]


def names(build: Build, notation: str) -> list[str | None]:
    """The speakers of a bracketed text."""
    return [stmt.speaker for stmt in speakers(segment(build(notation))).statements or ()]


HEADLINE = "Nina Falk Refuses To Back Omar Haddad Proposal After Port Strike\n\n"


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        (HEADLINE + "Dockers left. Nina Falk refuses a deal. [S Falk] [C said] [T no].", "Nina Falk"),
        (HEADLINE + "Dockers met Nina Falk and Omar Haddad. [S Haddad] [C said] [T no].", "Omar Haddad"),
        ("Karl Blocher left. Later Blocher came. [S Interestingly Blocher] [C said] [T no].", "Karl Blocher"),
        ("Splash News Ada Brook is leaving. Later [S Ada Brook] [C said] [T no].", "Ada Brook"),
        ("LUND. Rain fell on Lund. Now Lund waits. [S Lund] [C said] [T no].", "Lund"),
    ],
)
def test_a_headline_or_a_credit_puts_no_words_to_a_name(doc: Build, notation: str, speaker: str) -> None:
    assert names(doc, notation) == [speaker]


@pytest.mark.parametrize(
    ("notation", "speakers"),
    [
        ("[S Rep. Tomas B. King, who won,] [C said] [T no]. [S2 King] [C2 said] [T2 yes].", ["Tomas B. King"] * 2),
        ("[S Larry Bishop] [C said] [T no]. [S2 Bishop] [C2 said] [T2 yes].", ["Larry Bishop"] * 2),
        ("[S Don Falk, the chairman,] [C said] [T no].", ["Don Falk"]),
        ("[S Will Falk, the chairman,] [C said] [T no].", ["Will Falk"]),
        ("[S Thein Aung May, 60, a doctor,] [C said] [T no].", ["Thein Aung May"]),
        ("[S Harbour Rights Watch] [C said] [T no].", ["Harbour Rights Watch"]),
        ("[S Judge James A. Falk] [C said] [T no].", ["James A. Falk"]),
        ("[S The U.N.] [C said] [T no].", ["United Nations"]),
    ],
)
def test_a_name_may_look_like_an_office_or_a_common_word(doc: Build, notation: str, speakers: list[str]) -> None:
    assert names(doc, notation) == speakers


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        ("[S Secretary of State Karl F. Brook] [C said] [T no].", "Karl F. Brook"),
        ("[S The former chief of staff Nina Falk] [C said] [T no].", "Nina Falk"),
        ("[S Front-runner and former secretary of state Nina Falk] [C said] [T no].", "Nina Falk"),
        ("[S Norwegian journalist and author Nina Falk] [C said] [T no].", "Nina Falk"),
        ("[S The two rivals, Nina Falk and Mayor Karl Brook,] [C said] [T no].", "Nina Falk and Karl Brook"),
        ("[S Novelists Nina Falk, Ada Moor and Karl Brook] [C said] [T no].", "Nina Falk, Ada Moor and Karl Brook"),
        ("[S Supporters of state senator Nina Falk] [C said] [T no].", "supporters of state senator Nina Falk"),
        ("[S The mayor and Nina Falk] [C said] [T no].", "the mayor and Nina Falk"),
    ],
)
def test_offices_lead_up_to_the_name_of_their_bearer(doc: Build, notation: str, speaker: str) -> None:
    assert names(doc, notation) == [speaker]


@pytest.mark.parametrize(
    ("notation", "role"),
    [
        ("The plan is to force Sen. Nina Falk out. [S Falk] [C said] [T no].", "Sen."),
        ("They hope to bolster Nina Falk. [S Falk] [C said] [T no].", None),
        ("He fought an action President Falk took. [S President Falk] [C said] [T no].", "President"),
        ("[S Harbour Board press secretary Nina Falk] [C said] [T no].", "Harbour Board press secretary"),
        ("[T It rained], [C according to] [S election lawyer Nina Falk].", "election lawyer"),
    ],
)
def test_a_verb_before_a_name_is_no_role(doc: Build, notation: str, role: str | None) -> None:
    stmts = speakers(segment(doc(notation))).statements or ()
    assert stmts[0].role == role


def test_a_row_of_brackets_is_a_word_like_another(doc: Build) -> None:
    assert names(doc, "[S Ada Brook] [C said] [T no].\n[[[[[[[[") == ["Ada Brook"]
