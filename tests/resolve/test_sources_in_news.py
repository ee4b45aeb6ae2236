"""Sources as extraction gives them and news words them: cut short, with times and brackets, several at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.document import Document, Statement
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment

Build = Callable[..., Document]


def last(build: Build, notation: str) -> Statement:
    """The last statement of a bracketed text with its speaker."""
    return (speakers(segment(build(notation))).statements or ())[-1]


@pytest.mark.parametrize(
    ("notation", "speaker", "kind"),
    [
        ("[S Former Port House Chief Of Staff Nina Falk] [C said] [T no].", "Nina Falk", "person"),
        ("[S Lund County (Ohio) Sheriff Nina Falk, one of many,] [C said] [T no].", "Nina Falk", "person"),
        ("[S One of his advisers, Nina Falk,] [C said] [T no].", "Nina Falk", "person"),
        ("[S Nina Falk last night] [C said] [T no].", "Nina Falk", "person"),
        ("Nina Holder left. [S Holder] [C said] [T no].", "Nina Holder", "person"),
        ("Lund Steel won. [S The company that made it] [C said] [T no].", "company", "organisation"),
        ("Chairman Tom Moor left. [S The chairman's bill] [C says] [T no].", "Tom Moor", "person"),
        ("[S1 Nina Falk and Tom Moor] [C1 said] [T1 no]. [S2 The two] [C2 said] [T2 so].", "Nina Falk and Tom Moor", "group"),
        ("[S Northport.co.uk] [C said] [T no].", "Northport.co.uk", "organisation"),
        ("[S A harbour official she spoke to] [C said] [T no].", "a harbour official", "person"),
        ("Harbour workers, [S who like many] [C feared] [T it], left.", "harbour workers", "group"),
        ("[S Independents alone] [C said] [T no].", "independents", "group"),
        ("[S The bulk of those present] [C said] [T no].", "bulk of those present", "group"),
        ("[S The answer] [C said] [T no].", "the answer", "unknown"),
        ("[S A harbour poll reported by Reuters] [C said] [T no].", "a harbour poll", "document"),
    ],
)  # fmt: skip
def test_a_source_is_read_with_all_its_words(doc: Build, notation: str, speaker: str, kind: str) -> None:
    stmt = last(doc, notation)
    assert (stmt.speaker, stmt.speaker_type) == (speaker, kind)


@pytest.mark.parametrize(
    "notation",
    [
        'Nina speaks for the "Clean Our Harbour" [S movement, which] [C asks for] [T fish].',
        'The "[S Clean Our Harbour" movement] [C said] [T no].',
        "The [S “Clean Our Harbour” movement] [C said] [T no].",
        'The [S1 "Clean Our Harbour" movement] [C1 said] [T1 no]. [S2 A post on the group\'s page] [C2 said] [T2 so].',
    ],
)
def test_a_name_in_marks_belongs_to_the_body_behind_it(doc: Build, notation: str) -> None:
    assert last(doc, notation).speaker == "Clean Our Harbour"
