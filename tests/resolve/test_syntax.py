"""Trees of sentences: what is read off a tree put together by hand, and what the parser may give whatever its weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, Origin
from onrecord.encoding import Encoding
from onrecord.resolve.columns import columns
from onrecord.resolve.syntax import FAR, LONGEST, RELATIONS, Syntax, Tree, heads, placed, syntax
from onrecord.resolve.vectors import form
from onrecord.segment import segment

# word, its governor's place (-1 for none), its relation
GREETED = [
    ("Brook", 1, "nsubj"), ("greeted", -1, "root"), ("Okoro", 1, "obj"), ("and", 4, "cc"), ("thanked", 1, "conj"),
    ("him", 4, "obj"), (".", 1, "punct"),
]  # fmt: skip
URGED = [
    ("Brook", 1, "nsubj"), ("urged", -1, "root"), ("Okoro", 1, "obj"), ("to", 4, "mark"), ("call", 1, "xcomp"),
    ("her", 6, "nmod:poss"), ("sister", 4, "obj"), (".", 1, "punct"),
]  # fmt: skip


def trees(some: list[tuple[str, int, str]]) -> Syntax:
    doc = segment(Document("a", " ".join(word for word, _, _ in some), Origin("a.txt", "0" * 64)))
    governors = {at: governor for at, (_, governor, _) in enumerate(some)}
    relations = {at: relation for at, (*_, relation) in enumerate(some)}
    below: dict[int, list[int]] = {}
    for at, governor in governors.items():
        below.setdefault(governor, []).append(at)
    nothing = Encoding(np.zeros((0, 2), int), np.zeros((0, 4), np.float32), {}, "none")
    return Syntax(columns(doc), nothing, {}, dict.fromkeys(governors, Tree(governors, relations, below)))


def test_a_second_verb_has_the_first_ones_subject() -> None:
    found = trees(GREETED)
    assert found.clause(5) == 4
    assert found.subject(4) == 0


def test_the_subject_of_an_object_pronoun_is_told_from_the_object_before() -> None:
    found = trees(GREETED)
    assert placed(found, 5, 0, 1)["tree, subject of obj"] == 1.0
    assert placed(found, 5, 2, 3)["tree, other subject of obj"] == 1.0


def test_who_is_urged_to_do_something_is_its_subject() -> None:
    assert trees(URGED).subject(4) == 2


def test_a_ring_of_governors_comes_to_an_end() -> None:
    found = trees([("Brook", 1, "nmod"), ("met", 0, "nmod"), ("him", 1, "obj")])
    assert found.clause(2) in (0, 1, 2)
    assert set(placed(found, 2, 0, 1).values()) <= {0.0, 1.0}


@given(st.integers(1, 30), st.integers(0, 9))
def test_no_word_governs_itself_and_every_governor_is_a_word(count: int, seed: int) -> None:
    rng, width = np.random.default_rng(seed), 4
    shapes = {
        "shift": (width,), "scale": (width,), "root": (3,), "far": (2 * FAR + 1,), "governor": (width, 3),
        "governor bias": (3,), "dependent": (width, 3), "dependent bias": (3,), "both": (3, 3), "both bias": (3,),
        "relation": (width, 3), "relation bias": (3,), "name": (3, len(RELATIONS)), "name bias": (len(RELATIONS),),
    }  # fmt: skip
    arrays = {f"parse {key}": rng.normal(size=shape) for key, shape in shapes.items()}
    governors, relations = heads(arrays, rng.normal(size=(count, width)))
    assert all(0 <= one <= count and one != at for at, one in enumerate(governors, 1))
    assert all(0 <= one < len(RELATIONS) for one in relations)


@pytest.mark.parametrize("by", ["another encoder"])
def test_there_are_no_trees_for_another_encoder(by: str) -> None:
    doc = segment(Document("a", "She left.", Origin("a.txt", "0" * 64)))
    encoding = Encoding(np.array([[0, 3]]), np.zeros((1, 4), np.float32), {}, by)
    assert form() is None or syntax(encoding, columns(doc)) is None


def test_a_sentence_of_a_thousand_words_is_parsed_in_part() -> None:
    learned = form()
    if learned is None or not learned.parser:
        pytest.skip("the pronouns' weights have no parser")
    doc = segment(Document("a", "Brook " * 1000 + "left.", Origin("a.txt", "0" * 64)))
    cols = columns(doc)
    width = len(learned.parser["parse shift"])
    encoding = Encoding(np.array([[0, 5]]), np.ones((1, width), np.float32), {}, learned.by)
    found = syntax(encoding, cols)
    assert found is not None
    assert found.governor(LONGEST + 1) == -1
