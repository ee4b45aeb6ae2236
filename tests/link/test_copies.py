"""Copies: documents that share their text, however it was cut, and not those that share a quotation."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin, Span
from onrecord.link import copying
from onrecord.link.alignment import align
from onrecord.link.copies import Body, body, find, hashed, pairs_of
from onrecord.link.parted import parted
from onrecord.link.rewriting import tied
from onrecord.link.shingles import CROWD, candidates, fingerprints, words
from onrecord.record import Record
from onrecord.segment import segment

REPORT = (
    "The ferry company stopped all crossings to the northern islands after the third breakdown in a week.\n"
    "Engineers found water in both engine rooms, and the older of the two ships was towed to Port Sel.\n"
    "About 400 travellers spent the night in the terminal, where volunteers handed out blankets and soup.\n"
    "The regional council meets this evening to decide who pays for the replacement boats."
)
OTHER = (
    "Grain prices rose for a fourth month as the rains came late to the eastern plain.\n"
    "Millers said they would buy abroad unless the ministry opened its own stores before the harvest."
)


def pairs(*bodies):
    return [(copy.earlier, copy.later, copy.kind) for copy in find(bodies)]


def test_the_same_report_in_two_outlets_is_a_verbatim_copy():
    assert pairs(Body("b", REPORT, date="2024-01-02"), Body("a", REPORT, date="2024-01-03")) == [("b", "a", "verbatim")]


def test_a_report_cut_to_its_first_half_is_a_cut_copy():
    half = "\n".join(REPORT.split("\n")[:2])
    assert pairs(Body("whole", REPORT), Body("half", half)) == [("half", "whole", "cut")]


def test_a_report_with_a_paragraph_of_its_own_is_an_edited_copy():
    edited = "\n".join(REPORT.split("\n")[:3]) + "\nOur reporter counted eleven buses waiting outside the closed gates."
    assert pairs(Body("a", REPORT), Body("b", edited)) == [("a", "b", "edited")]


def test_reports_of_different_things_are_no_copies():
    assert pairs(Body("a", REPORT), Body("b", OTHER)) == []


def test_two_reports_that_share_only_a_quotation_are_no_copies():
    quoted = (
        "“We will not sail again until both ships have been through the dry dock and every pump has been replaced,”"
    )
    a = quoted + " the captain said while the council was still sitting behind closed doors in the old town hall."
    b = "Passengers shrugged when they heard it on the radio at breakfast. " + quoted + " said the captain."
    start = b.index("“")
    quotes = (Span(0, len(quoted)),), (Span(start, start + len(quoted)),)
    assert pairs(Body("a", a, quotes[0]), Body("b", b, quotes[1])) == []


def test_a_line_that_recurs_through_the_record_makes_no_copies():
    line = "This newspaper is free to read because of its members and of nobody else in the whole wide world."
    bodies = [Body(f"d{n}", f"Item {n} of the council's long list was put off.\n{line}") for n in range(8)]
    assert pairs(*bodies) == []


def test_a_thousand_copies_give_about_a_thousand_edges():
    assert len(find([Body(f"d{n:04}", REPORT) for n in range(1000)])) == 999


@settings(deadline=None)
@given(st.permutations([Body("a", REPORT), Body("b", REPORT[:260]), Body("c", OTHER), Body("d", OTHER + " " + REPORT)]))
def test_the_order_of_documents_does_not_matter(bodies):
    assert find(bodies) == find(sorted(bodies, key=lambda item: item.id))


@settings(deadline=None)
@given(st.text(alphabet="ab c\n", max_size=200), st.text(alphabet="ab c\n", max_size=200))
def test_common_stretches_are_the_same_words_in_both(a, b):
    for stretch in align(a, b).stretches:
        assert words(stretch.a.of(a)) == words(stretch.b.of(b))


@pytest.mark.parametrize("text", ["", "one", "five words are not here", "\x00" * 50])
def test_texts_too_short_to_compare_have_no_candidates(text):
    prints = fingerprints(words(text))
    assert candidates({"a": prints, "b": prints}, least=2) == {}


def counted_one_by_one(prints, least):
    holders = defaultdict(list)
    for name in sorted(prints):
        for value in prints[name].tolist():
            holders[value].append(name)
    shared = Counter()
    for names in holders.values():
        shared.update(combinations(names, 2) if len(names) <= CROWD else pairwise(names))
    return {pair: often for pair, often in shared.items() if often >= least}


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 12)), max_size=60), st.integers(1, 3))
def test_common_fingerprints_are_counted_as_one_by_one(some, least):
    prints = {f"d{n:02}": np.array(sorted(values), np.uint64) for n, values in enumerate(some)}
    found = candidates(prints, least)
    assert found == counted_one_by_one(prints, least)
    assert list(found) == sorted(found)


def test_a_sketch_keeps_what_a_body_says():
    told = REPORT.replace("northern", "Brannock").replace("older", "Selma Arden")
    with Record.open(":memory:") as record:
        key, _ = record.store.put(Document("a", told, Origin("a.txt", "00" * 32)))
        copying.draw(record.store)
        sketch = copying._sketches(record.store)[key]
        whole = body("a", parted(record.store.load(key)))
    low = copying.LOWEST
    lines = [sorted({value & low for value in fingerprints(words(line)).tolist()}) for line in whole.text.split("\n")]
    assert sketch.prints.tolist() == [value for some in lines for value in some]
    assert sketch.at.tolist() == [n for n, some in enumerate(lines) for _ in some]
    marks = [[hashed(mark) & low for mark in row] for row in tied(whole.told())]
    assert sketch.ties.tolist() == pairs_of(marks).tolist()
    assert len(sketch.ties)


def test_linking_finds_the_parts_that_segmentation_finds():
    doc = Document("a", f"“{REPORT}\n“{OTHER}”\n\nThe end.", Origin("a.txt", "00" * 32))
    some, whole = parted(doc), segment(doc)
    for part in ("paragraphs", "sentences", "quotations"):
        assert getattr(some, part) == getattr(whole, part)
