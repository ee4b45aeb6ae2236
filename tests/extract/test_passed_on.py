"""Who is quoted by another: "the agency quoted Venn as saying", "Venn was quoted as saying"."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.extract.page import Draft, Page
from onrecord.extract.passed_on import passed_on, places


def page_of(text):
    whole = (Span(0, len(text)),)
    return Page(text, (), (), (), whole, whole)


def spans(text, words):
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in words.split(" | ") if part)


def draft(text, source, cue, content):
    return Draft(spans(text, cue), spans(text, source), spans(text, content))


def told(found, text):
    return [" / ".join(" | ".join(s.of(text) for s in part) for part in (d.source, d.cue, d.content)) for d in found]


@pytest.mark.parametrize(
    ("text", "read", "wanted"),
    [
        (
            "The Courier quoted the pilot, Ada Moss, on Friday as saying: “It is over.”",
            ("The Courier", "quoted", "the pilot, Ada Moss, on Friday as saying: “It is over.”"),
            "the pilot, Ada Moss / as saying / “It is over.”",
        ),
        (
            "“It is over,” the Courier quoted her as saying.",
            ("the Courier", "quoted", "“It is over,”"),
            "her / as saying / “It is over,”",
        ),
        (
            "“It is over,” Moss was quoted as saying by the Courier.",
            ("the Courier", "was quoted as saying", "“It is over,” | Moss"),
            "Moss / was quoted as saying / “It is over,”",
        ),
        (
            "Ada Moss, a pilot, is quoted in the Courier as saying the lock has failed.",
            None,
            "Ada Moss, a pilot / is quoted | as saying / the lock has failed",
        ),
        (
            "Moss is quoted in the Courier on Friday, March 3, 2031, as saying the lock has failed.",
            ("the Courier", "is quoted", "Moss"),
            "Moss / is quoted | as saying / the lock has failed",
        ),
        (
            "``It is over,'' Moss was quoted as saying by the agency.",
            ("the agency", "was quoted as saying", "``It is over,'' | Moss"),
            "Moss / was quoted as saying / ``It is over,''",
        ),
        (
            "The pilot has been quoted by the Courier as telling lawmakers that it is over.",
            ("the Courier", "has been quoted", "as telling lawmakers that it is over"),
            "The pilot / has been quoted | as telling / that it is over",
        ),
    ],
)
def test_who_is_quoted_speaks(text, read, wanted):
    found = passed_on([draft(text, *read)] if read else [], page_of(text))
    assert wanted in told(found, text)
    assert sum(" as saying" not in one for one in told(found, text)) < 2


def test_what_another_quotes_holds_who_is_quoted_and_what_they_say():
    text = "“It is over,” the Courier quoted her as saying."
    outer = passed_on([draft(text, "the Courier", "quoted", "“It is over,”")], page_of(text))[0]
    assert [span.of(text) for span in outer.content] == ["“It is over,”", "her as saying"]


def test_a_passive_that_was_read_right_stays():
    text = "Moss was quoted as saying that it is over."
    right = draft(text, "Moss", "was quoted as saying", "that it is over")
    assert passed_on([right], page_of(text)) == [right]


@pytest.mark.parametrize(
    "text", ["The Courier quoted Moss at length.", "As saying goes, it is over.", "quoted as saying"]
)
def test_where_nobody_is_quoted_as_saying_anything_nothing_changes(text):
    assert passed_on([], page_of(text)) == []


@given(
    st.lists(st.sampled_from("Moss was quoted as saying by the , “ ” . : that when cited is x".split()), max_size=30)
)
def test_places_and_drafts_lie_in_the_text(words):
    text = " ".join(words) or "x"
    where = page_of(text)
    for one in places(where):
        assert 0 <= one.who.start < one.who.end <= len(text)
    for one in passed_on([], where):
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.cue, *one.source, *one.content))


def test_a_hundred_thousand_characters_take_no_time(within=0.5):
    for text in ("quoted " * 15_000, "is quoted as saying " * 5_000, "was " * 25_000 + "quoted as saying x y"):
        before = process_time()
        places(page_of(text))
        assert process_time() - before < within


def test_thousands_of_sentences_that_quote_are_read_one_by_one(within=1.0):
    one = "Moss is quoted as saying it was so. "
    sentences = tuple(Span(at, at + len(one) - 1) for at in range(0, 2_800 * len(one), len(one)))
    where = Page(one * 2_800, (), (), (), sentences, (Span(0, 2_800 * len(one)),))
    before = process_time()
    assert len(passed_on([], where)) == 2_800
    assert process_time() - before < within
