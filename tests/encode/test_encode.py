"""One pass through the network: pieces, vectors and possible cues, whatever the text."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin
from onrecord.encode import LONGEST, encode
from onrecord.encode.windows import CONTEXT, MOST, TOGETHER, batches, windows
from onrecord.segment import segment

pytestmark = pytest.mark.model
REPORT = "Ferry strike ends\n\nThe union said members would return on Monday.\n\n“We got what we asked for,” Ms Okafor told reporters."


def encoded(text):
    return encode(segment(Document("a", text, Origin("a", "0" * 64))))


def test_pieces_lie_in_text_order_and_hold_text():
    spans = encoded(REPORT).encoding.spans
    assert all(0 <= a < b <= len(REPORT) for a, b in spans.tolist())
    assert (np.diff(spans[:, 0]) > 0).all()


def test_every_piece_has_a_vector_and_tags_that_add_up():
    encoding = encoded(REPORT).encoding
    assert encoding.vectors.shape == (len(encoding.spans), 384)
    assert np.abs(encoding.vectors).sum(1).min() > 0
    tags = encoding.heads["tags"]
    assert np.allclose(tags[:, :3].sum(1), 1, atol=1e-4) and np.allclose(tags[:, 6:].sum(1), 1, atol=1e-4)


def test_verbs_of_saying_are_possible_cues():
    encoding = encoded(REPORT).encoding
    cues = [
        REPORT[encoding.spans[c.start][0] : encoding.spans[c.end - 1][1]] for c in encoding.heads["cues"] if c.any > 0.5
    ]
    assert "said" in cues and any(cue.startswith("told") for cue in cues)


def test_the_same_text_is_encoded_the_same_twice():
    first, second = encoded(REPORT).encoding, encoded(REPORT).encoding
    assert np.array_equal(first.vectors, second.vectors)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "“", "((( )))\n---", "\ud800 said so.", "\u202e\u200b", "é" * 2000, "a" * 3000]
)
def test_odd_text_is_encoded_without_complaint(text):
    assert encoded(text).encoding is not None


def test_a_document_beyond_the_limit_gets_a_note_and_keeps_its_beginning():
    text = "\n".join(["The mayor said it rained."] * 3 + ["-" * 80] * (LONGEST // 80))
    doc = encoded(text)
    assert [note.kind for note in doc.notes if note.kind == "too-long"] == ["too-long"]
    assert len(doc.encoding.spans) >= 18


def test_a_paragraph_longer_than_a_window_is_read_whole():
    text = " ".join(f"The clerk said that house {i} had been sold to a buyer from the coast." for i in range(60))
    encoding = encoded(text).encoding
    said = [c for c in encoding.heads["cues"] if text[encoding.spans[c.start][0] :].startswith("said") and c.any > 0.5]
    assert len(said) == 60


@given(st.integers(1, 2000), st.lists(st.integers(0, 2000), max_size=40))
def test_windows_own_every_piece_once(length, stops):
    plan = windows(0, length, sorted(s for s in set(stops) if s < length))
    assert plan[0].own_start == 0 and plan[-1].own_end == length
    assert all(a.own_end == b.own_start for a, b in pairwise(plan))
    assert all(w.start <= w.own_start <= w.own_end <= w.end and w.end - w.start <= MOST for w in plan)
    assert all(a.end - b.start >= min(CONTEXT, a.end - a.start) for a, b in pairwise(plan))


@settings(max_examples=50)
@given(st.lists(st.integers(1, 300), max_size=80))
def test_batches_hold_every_window_once_and_are_bounded(lengths):
    plan = batches(lengths)
    assert sorted(i for batch in plan for i in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[i] for i in batch) <= max(TOGETHER, 300) for batch in plan)


def test_a_document_with_no_paragraphs_has_an_empty_encoding():
    doc = replace(segment(Document("a", "", Origin("a", "0" * 64))), paragraphs=())
    assert len(encode(doc).encoding.vectors) == 0
