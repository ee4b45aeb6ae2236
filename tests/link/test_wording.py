"""Wording: what reports call things, in whose voice, and which words set one side apart."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Figure, Mention, Origin, Span, Speaker
from onrecord.link import wordings
from onrecord.link.distinctive import log_odds
from onrecord.link.exchanged import exchanges
from onrecord.link.wording import Voices, calls, counted, forms, terms
from onrecord.link.wordings import packed, unpacked
from onrecord.record import Record
from onrecord.segment import segment
from onrecord.store import links
from onrecord.store.links import Edge


def read(doc, notation, **fields):
    return segment(doc(notation, **fields))


def test_a_word_has_the_voice_of_those_who_say_it(doc):
    found = terms(
        read(
            doc,
            "The hostages came home. [S1 Ms Okafor] [C1 said] [T1 the captives were well]. "
            "“[T2 Our prisoners are thin],” [S2 she] [C2 said].",
        )
    )
    assert [(one.word, one.voice, one.statement) for one in found] == [
        ("hostage", "own", None),
        ("captive", "attributed", "s1"),
        ("prisoner", "quoted", "s2"),
    ]


def test_a_word_in_marks_of_its_own_is_quoted_where_nobody_is_said_to_say_it(doc):
    (one,) = terms(read(doc, "The so-called “terrorists” were fishermen."))
    assert (one.word, one.voice) == ("terrorist", "quoted")


def test_quotations_inside_attributed_words_are_quoted(doc):
    found = terms(read(doc, "[S He] [C said] [T the rebels were “terrorists” to him]."))
    assert [(one.word, one.voice) for one in found] == [("rebel", "attributed"), ("terrorist", "quoted")]


def test_names_and_boilerplate_hold_no_words(doc):
    text = "On March 3 they read of the Truce Party. Sign up: hostages daily."
    some = replace(segment(doc(text)), boilerplate=(Span(41, len(text)),))
    assert terms(some) == ()


@pytest.mark.parametrize(
    ("word", "plural"), [("gunman", "gunmen"), ("refugee", "refugees"), ("levy", "levies"), ("child", "children")]
)
def test_plurals_are_found_with_their_singular(word, plural):
    assert forms(word) == (word, plural)


def test_what_a_named_speaker_is_called_is_the_office_before_the_name_too(doc):
    text = "Water Minister Teodor Wrenik spoke. The strongman left. Mr. Wrenik’s car stood there."
    mentions = (
        Mention(Span(15, 28), "name", "e1"),
        Mention(Span(36, 49), "description", "e1"),
        Mention(Span(60, 68), "name", "e1"),
        Mention(Span(0, 3), "pronoun", "e1"),
    )
    some = replace(segment(doc(text)), speakers=(Speaker("e1", "Teodor Wrenik", "person", True, mentions=mentions),))
    assert [one.words for one in calls(some)] == ["Water Minister Teodor Wrenik", "strongman", "Mr. Wrenik"]


def test_an_office_that_ends_the_sentence_before_a_name_is_none_of_its_words(doc):
    text = "The crews had seen a doctor. Vastria was told so by Dr. Moss."
    mentions = (Mention(Span(29, 36), "name", "e1"),)
    others = (Mention(Span(56, 60), "name", "e2"),)
    speakers = (
        Speaker("e1", "Vastria", "organisation", True, mentions=mentions),
        Speaker("e2", "Moss", "person", True, mentions=others),
    )
    some = replace(segment(doc(text)), speakers=speakers)
    assert [one.words for one in calls(some)] == ["Vastria", "Dr. Moss"]


def test_what_a_figure_counts_stands_by_it(doc):
    text = "The ministry said 38 bargemen had been held."
    figure = Figure("f1", Span(18, 29), 38, "bargeman", measures="bargemen held in Port Haldis")
    money, few = replace(figure, unit="USD"), replace(figure, value=3)
    (one,) = counted(replace(segment(doc(text)), figures=(money, figure, few)))
    assert (one.n, one.word, one.span.of(text), one.voice) == (2, "bargeman", "bargemen", "own")


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("They freed the hostages today.", "They freed the detainees today.", [("hostages", "detainees")]),
        ("They freed the 36 hostages.", "They freed the 36 captive sailors.", [("hostages", "captive sailors")]),
        ("They opened the gates today.", "They opened the gate today.", []),
        ("Two metres of water fell.", "Two meters of water fell.", []),
        ("They slowly freed them.", "They quickly freed them.", []),
        ("They met Ada Moss today.", "They met Ada Venn today.", []),
        ("They freed the 36 men.", "They freed the 41 men.", []),
        ("The grass roots gave money today.", "The grassroots gave money today.", []),
        ("They freed the hostages today.", "Nobody saw the detainees since.", []),
    ],
)
def test_nouns_that_stand_in_one_anothers_place_are_exchanged(a, b, found):
    assert [(one.words_a, one.words_b) for one in exchanges(a, b)] == found


@settings(deadline=None)
@given(st.text(alphabet="the a gate men 3.", max_size=120), st.text(alphabet="the a gate men 3.", max_size=120))
def test_exchanged_words_stand_where_they_are_said_to(a, b):
    for one in exchanges(a, b):
        assert (one.a.of(a).casefold(), one.b.of(b).casefold()) == (one.words_a, one.words_b)


COUNTS = st.dictionaries(
    st.sampled_from("abc"),
    st.dictionaries(st.sampled_from(["gate", "door", "men", "crew"]), st.integers(1, 40), min_size=1),
    min_size=2,
)


@settings(deadline=None)
@given(COUNTS)
def test_scores_do_not_depend_on_the_order_of_sides_or_words(counts):
    turned = {side: dict(reversed(counts[side].items())) for side in reversed(counts)}
    assert log_odds(turned) == log_odds(counts)


@settings(deadline=None)
@given(COUNTS)
def test_of_two_sides_one_prefers_what_the_other_does_not(counts):
    two = dict(list(counts.items())[:2])
    scores = log_odds(two)
    (a, b) = sorted(two)
    for word in two[a].keys() & two[b].keys():
        assert scores[a][word] == pytest.approx(-scores[b][word], abs=1e-3)


STORY = {
    "lpa": (
        "Lakeshore Press",
        "The [S ministry] [C said] [T the guards had freed the hostages at the northern gate on Monday].",
    ),
    "courier": (
        "The Courier",
        "[S The ministry] [C said] [T the guards had freed the detainees at the northern gate on Monday].",
    ),
    "radio": ("Orrin Radio", "The detainees came through the northern gate. “Our hostages are free,” one man cried."),
}


def made(doc, order):
    record = Record.open(":memory:")
    for name in order:
        outlet, notation = STORY[name]
        origin = Origin(f"{name}.txt", name.encode().hex().ljust(64, "0"))
        record.store.put(doc(notation, name=name, outlet=outlet, published="2024-03-04", origin=origin, speakers=()))
    record.link()
    return record


def told(record):
    return [
        (row.referent, row.how, row.word, row.outlet, row.own, row.attributed, row.quoted) for row in record.wording()
    ]


def test_each_outlets_words_for_one_referent_are_counted_by_voice(doc):
    with made(doc, STORY) as record:
        rows = told(record)
        assert ("people held", "known words", "hostage", "Lakeshore Press", 0, 1, 0) in rows
        assert ("people held", "known words", "detainee", "Orrin Radio", 1, 0, 0) in rows
        assert ("people held", "known words", "hostage", "Orrin Radio", 0, 0, 1) in rows
        texts = {row.document: record.document(row.document).text for row in record.documents()}
        for row in record.wording():
            assert len(row.places) == row.own + row.attributed + row.quoted
            assert {place.span.of(texts[place.document]).casefold() for place in row.places} <= {
                row.word,
                f"{row.word}s",
            }


def test_the_order_in_which_reports_come_does_not_matter(doc):
    with made(doc, STORY) as one, made(doc, reversed(STORY)) as other:
        assert told(one) == told(other)


@pytest.mark.parametrize("order", [STORY, list(STORY)[::-1]])
def test_which_of_many_copies_are_compared_does_not_hang_on_the_order_of_adding(doc, order, monkeypatch):
    monkeypatch.setattr(wordings, "VERSIONS", 1)
    with made(doc, order) as record:
        keys, why = record.store.keys(), ("edited", "a", "1", "")
        links.replace_edges(
            record.store, "copy", [Edge("copy", *sorted(two), 0.9, why) for two in combinations(keys, 2)]
        )
        ids = dict(record.store.db.run("SELECT key, id FROM documents"))
        together = [[id for id, *_ in pair] for kind, pair in wordings._together(record.store, ids) if kind == "copy"]
        assert together == [sorted(ids.values())[:2]]


def test_linking_again_changes_nothing_and_a_new_report_adds(doc):
    with made(doc, ("lpa", "courier")) as record:
        before = told(record)
        record.link()
        assert told(record) == before
        outlet, notation = STORY["radio"]
        record.store.put(
            doc(notation, name="radio", outlet=outlet, published="2024-03-04", origin=Origin("r", "1" * 64))
        )
        record.link()
        assert len(told(record)) > len(before)


def test_voices_are_found_in_adversarial_text_in_good_time(doc):
    some = segment(doc("“the " * 20_000))
    assert Voices(some).of(Span(0, 4)) in {"own", "quoted"}
    assert terms(some) == ()


ROWS = st.lists(
    st.tuples(
        st.text(max_size=8), st.text(max_size=8), st.integers(0, 9000), st.integers(0, 40), st.integers(0, 2),
        st.none() | st.sampled_from(["s1", "s12", "s0", "s01", "t7", ""]),
    ).map(lambda row: [row[0], row[1], row[2], row[2] + row[3], row[4], row[5]])
)  # fmt: skip


@settings(deadline=None)
@given(ROWS, ROWS, ROWS, st.integers(0, 9))
def test_what_is_kept_of_a_report_comes_back_as_it_was(some, others, more, n):
    found = {"terms": some, "calls": others, "counted": [[n, *row[1:]] for row in more]}
    assert unpacked(packed(found)) == found


def test_words_are_kept_by_document_and_go_with_it(doc):
    with Record.open(":memory:") as record:
        key, _ = record.store.put(doc("The hostages came home. [S Ms Okafor] [C said] [T the captives were well]."))
        record.link()
        kept = "SELECT document FROM wordings"
        assert record.store.db.run(kept) == [(key,)]
        record.store.remove(key)
        assert record.store.db.run(kept) == []
