"""Paragraphs, sentences and tokens: where they begin and end, and that nothing falls between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.segment.paragraphs import INVISIBLE, find_paragraphs
from onrecord.segment.sentences import find_sentences
from onrecord.segment.tokens import find_tokens

ANY = st.one_of(st.sampled_from(".!?… \n\r\"”“’'aA.1,-\u0301\ufeff\u200d🙂ب۔。"), st.characters())
dirty = st.text(ANY, max_size=80)


def parts(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(text, find_paragraphs(text))]


def tokens(text: str) -> list[str]:
    return [span.of(text) for span in find_tokens(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["“No,” he said.", "He left."],
        ["“Really?” he asked.", "“Yes!” Ms. Adler said.", "They left."],
        ["“No.", "Never,” he said."],
        ["Gen. Hart and J. K. Lowe met at 5 p.m. on Jan. 3 in St. Amber.", "Nobody came."],
        ["He lives in the U.S. Army barracks.", "She does not."],
        ["They moved to the U.S.", "The others stayed."],
        ["It cost 3.5 million.", "Nobody paid."],
        ["Wait… what?", "No."],
        ["Well ... maybe.", "No."],
        ["See No. 12 for it.", "She said no.", "He said yes."],
        ["Was it you?", "“It was.”", "“Fine.”"],
        ["The firm, Grain Co. of Amber, paid.", "So did we."],
        ["They met again. .", "Talks go on."],
        ["Talks were held.", "he admitted.", "“Good,” she said."],
        ["The talks ended.The next day was quiet."[:16], "The next day was quiet."],
        ["Done!", "#More came.", "It is 🙂."],
        ["It is over.)", "(It was long.)"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    assert parts(" ".join(sentences)) == sentences


def test_a_missing_space_still_ends_a_sentence() -> None:
    assert parts("The talks ended.The next day was quiet.") == ["The talks ended.", "The next day was quiet."]


def test_no_sentence_crosses_a_paragraph() -> None:
    assert parts("A headline without a stop\nThe first line.") == ["A headline without a stop", "The first line."]


def test_lines_are_paragraphs() -> None:
    text = "\ufeffTitle\r\n\r\n  One. \u2029Two.\x85Three.\rFour.\n\u200b\n"
    assert [para.of(text) for para in find_paragraphs(text)] == ["Title", "One.", "Two.", "Three.", "Four."]


def test_a_wrapped_text_is_joined() -> None:
    first = "The harbour board met in Port Amber on the first day of\nthe month and found that nobody had brought the maps that"
    second = (
        "were needed, which made the whole of the morning's work\nimpossible for everyone but the cook and her dog, and so on\n"
        "until noon."
    )
    text = f"{first}\n{second}\n\n{second}\n"
    assert [para.of(text) for para in find_paragraphs(text)] == [f"{first}\n{second}", second]


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    assert len(find_paragraphs("a list of\nshort things\nthat go on\nand on\nand on")) == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okafor's boats don't, isn’t", ["Okafor", "'s", "boats", "do", "n't", ",", "is", "n’t"]),
        ("1,000.5 and 10bn, U.S. too", ["1,000.5", "and", "10bn", ",", "U.S.", "too"]),
        ("$5—£6%", ["$", "5", "—", "£", "6", "%"]),
        ("well-known O'Neill", ["well-known", "O'Neill"]),
        ("cafe\u0301 👩‍🚀🏽 🇳🇴🇸🇪!", ["cafe\u0301", "👩‍🚀🏽", "🇳🇴", "🇸🇪", "!"]),
        ("\ufeffa\u200bb\u202e", ["a", "b"]),
        ("“‘No…’”", ["“", "‘", "No", "…", "’", "”"]),
        ("(" * 100, ["(" * 100]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@settings(deadline=None)
@given(dirty)
def test_sentences_partition_each_paragraph(text: str) -> None:
    paras = find_paragraphs(text)
    sents = find_sentences(text, paras)
    covered = [False] * len(text)
    for sent in sents:
        assert any(para.start <= sent.start < sent.end <= para.end for para in paras)
        for at in range(sent.start, sent.end):
            assert not covered[at]
            covered[at] = True
    inside = [at for para in paras for at in range(*para)]
    assert not "".join(text[at] for at in inside if not covered[at]).strip()


@settings(deadline=None)
@given(dirty)
def test_paragraphs_leave_only_space(text: str) -> None:
    paras = find_paragraphs(text)
    left, at = "", 0
    for para in paras:
        assert at <= para.start < para.end <= len(text)
        left, at = left + text[at : para.start], para.end
    assert not (left + text[at:]).translate(dict.fromkeys(map(ord, INVISIBLE))).strip()


@settings(deadline=None)
@given(dirty)
def test_tokens_leave_only_space_and_invisible_marks(text: str) -> None:
    left, at = "", 0
    for token in find_tokens(text):
        assert at <= token.start < token.end <= len(text)
        left, at = left + text[at : token.start], token.end
    assert not (left + text[at:]).translate(dict.fromkeys(map(ord, INVISIBLE))).strip()


def test_a_title_ends_its_paragraph_in_a_wrapped_text() -> None:
    body = (
        "The harbour board met in Port Amber on the first day of\nthe month and found that nobody had brought the maps that\n"
        "were needed, which made the whole of the morning's work\nuseless."
    )
    text = f"A day without any maps for the harbour board\n{body}"
    assert find_paragraphs(text, Span(0, 44))[0] == Span(0, 44)
