"""The segment stage as a whole, and its notes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Note, Origin, Span
from onrecord.segment import segment

ORIGIN = Origin("a.txt", "0" * 64)
dirty = st.text(
    st.one_of(st.sampled_from("\"“”‘’' .,?\r\n\ufeffab\0\u202e\ud800é"), st.characters(codec=None)), max_size=120
)


def notes(text: str) -> list[tuple[str, str]]:
    return [(note.kind, note.span.of(text)) for note in segment(Document("a", text, ORIGIN)).notes if note.span]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("“We go on,” she said. Wet,” he added.", "Wet,”"),
        ("They met in the hall. . Then they left.", "."),
        ("They met in the hall. he admitted. “No,” she said.", "he admitted."),
        ("The sides met in the hall. It pointed out.", "It pointed out."),
        ("He said, “It is about the water,” he said. meadow. She left.", "meadow."),
        ("“The dam will hold for a year. ” She left.", "”"),
        ("“ The dam will hold,” she said.", "“"),
        ("The dam will hold,, she said.", ",,"),
        ("The dam was old. declared that it had been closed.", "declared that it had been closed."),
    ],
)
def test_broken_translation_is_noted(text: str, span: str) -> None:
    assert ("garbled-text", span) in notes(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We will go on,” she said. “We must.”\nHe left at 5 p.m. and came back. . . . Then he slept.",
        "« Oui », dit-elle. „Ja“, sagte er.",
        "“She told me, ‘Stay.’ ” He did.",
        "Read it on example.org. iPhones were sold.\nwww.example.org",
        "“Really?” he asked. “Yes!” Adler said... and that was that.",
    ],
)
def test_clean_text_has_no_notes(text: str) -> None:
    assert notes(text) == []


def test_marks_out_of_balance_are_noted_with_their_place() -> None:
    assert notes("“We go on, she said.\nThe end.” It was.") == [
        ("unbalanced-quotation", "“We go on, she said."),
        ("unbalanced-quotation", "”"),
    ]


def test_notes_in_one_paragraph_are_bounded_and_counted() -> None:
    found = segment(Document("a", "x” " * 1000, ORIGIN)).notes
    assert len([note for note in found if note.kind == "unbalanced-quotation"]) == 21
    assert any(note.message == "and 980 more such places in this paragraph" for note in found)


def test_notes_are_appended_and_boilerplate_has_none() -> None:
    before = Note("not-english", "x")
    doc = Document("a", "“Sign up, now\nThe end.”", ORIGIN, boilerplate=(Span(0, 13),), notes=(before,))
    assert [note.span for note in segment(doc).notes] == [None, Span(22, 23)]


@pytest.mark.parametrize("text", ["", "\n\n", "\0", "\ud800", "\u202e“ب” قال", "a\r\nb", "\ufeff"])
def test_odd_texts_pass(text: str) -> None:
    assert segment(Document("a", text, ORIGIN)).text == text


@settings(deadline=None)
@given(dirty)
def test_only_its_own_layers_change_and_every_span_is_inside(text: str) -> None:
    doc = Document("a", text, ORIGIN, title="t")
    done = segment(doc)
    assert replace(done, paragraphs=None, sentences=None, tokens=None, quotations=None, notes=()) == doc
    for spans in (done.paragraphs, done.sentences, done.tokens):
        assert spans is not None
        assert list(spans) == sorted(spans)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(note.span is None or note.span.of(text) for note in done.notes)


def test_it_is_fast() -> None:
    text = ("“The harbour board’s plan,” Ms. Okafor said, “isn’t ready: we've 1,200 boats to move.” " * 6 + "\n") * 400
    began = time.process_time()
    segment(Document("a", text, ORIGIN))
    # 366,000 words a second on a free core; a busy neighbour on the same core takes most of that away.
    assert len(text.split()) / (time.process_time() - began) > 30_000
