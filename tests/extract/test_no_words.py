"""Cues that name nobody's words are told from those that do, and more is asked of them."""

from itertools import pairwise

import numpy as np
import pytest

from onrecord.document import Span
from onrecord.extract.no_words import is_ahead, is_picture, is_stray, is_unlisted
from onrecord.extract.page import Page
from onrecord.extract.settings import Settings
from onrecord.extract.settle import decode

PLAIN = Settings(edge=0.0, no_source=0.0, weights=(1.0, *(0.0,) * 8), base=0.0, outer=0.5, nested=0.5, unlisted=0.8)


class Reading:
    """The reading of one cue, the second of four words: source, cue, content, content."""

    start, end, low, none = 1, 2, 0, 0.0

    def __init__(self, sure):
        self.top = self.any = sure
        self.roles = np.full((4, 7), -4.0, np.float32)
        self.roles[[0, 1, 2, 3], [1, 0, 2, 2]] = 4
        self.roles[0, 3] = self.roles[0, 4] = 5


def found(text, sure):
    edges = [0, *(i + 1 for i, c in enumerate(text) if c == " "), len(text) + 1]
    words = [(a, b - 1) for a, b in pairwise(edges)]
    whole = (Span(0, len(text)),)
    return decode(Page(text, words, [False] * len(words), (), whole, whole), [Reading(sure)], PLAIN)


@pytest.mark.parametrize(
    ("text", "count"), [("Lee citing two officials", 0), ("Lee citing low growth", 1), ("Lee cites more witnesses", 0)]
)
def test_who_is_cited_is_no_statement(text, count):
    assert len(found(text, 0.9)) == count


@pytest.mark.parametrize(("text", "count"), [("Lee denied the theft", 1), ("Lee rebuilt the barn", 0)])
def test_more_is_asked_of_a_cue_that_is_no_listed_word_of_speech(text, count):
    assert len(found(text, 0.7)) == count
    assert len(found(text, 0.9)) == 1


@pytest.mark.parametrize(("text", "count"), [("Photos show the barn", 0), ("Surveys show the barn", 1)])
def test_what_pictures_show_is_no_statement_however_sure_the_reading(text, count):
    assert len(found(text, 0.99)) == count


@pytest.mark.parametrize("cue", ["delayed", "has cut", "last week", "shall", "’"])
def test_deeds_and_scraps_are_unlisted(cue):
    assert is_unlisted(cue) is any(c.isalpha() for c in cue)


@pytest.mark.parametrize(
    "cue", ["told", "has ruled out", "According to", ":", "—", "fears that", "is believed to", "To"]
)
def test_words_of_speech_and_thought_and_signs_are_not_unlisted(cue):
    assert not is_unlisted(cue)


@pytest.mark.parametrize(
    ("source", "cue", "told"),
    [
        ("A video taken by a neighbour", "shows", True),
        ("Footage", "showed", True),
        ("X-ray images", "reveal", True),
        ("The video’s maker", "said", False),
        ("The survey", "shows", False),
    ],
)
def test_pictures_that_show_are_told_from_people_and_papers(source, cue, told):
    assert is_picture(source, cue) is told


@pytest.mark.parametrize(
    ("cue", "told"),
    [("must choose by May", True), ("is due to announce", True), ("would announce", False), ("says", False)],
)
def test_what_lies_ahead_is_told_from_what_was_said(cue, told):
    assert is_ahead(cue) is told


def test_a_cue_of_a_hundred_thousand_letters_is_read_at_once():
    assert is_unlisted("x" * 100_000) and not is_picture("video " * 20_000, "said")


@pytest.mark.parametrize(("cue", "told"), [("’", True), ("(", True), (":", False), ("–", False), ("told", False)])
def test_a_mark_that_attributes_nothing_is_a_scrap(cue, told):
    assert is_stray(cue) is told
