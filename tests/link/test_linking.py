"""Linking a record: twice is once, order does not matter, what people judged wins and stays, what is removed takes its links with it."""

import io
from dataclasses import replace

import pytest

from onrecord.document import Document, Origin, Span, Speaker, Statement
from onrecord.errors import BadForm, NotFound
from onrecord.judgements import Judge
from onrecord.link import aliases
from onrecord.link.linking import redraw_speakers
from onrecord.record import Record
from onrecord.store import links, whose
from onrecord.store.facets import facets
from onrecord.store.find import StatementFilter
from onrecord.store.links import Edge

STORM = (
    "The storm took the roof off the fish market at Port Sel and sank four boats at their moorings before dawn.\n"
    "Nobody was hurt, but the harbourmaster closed the inner basin until divers have looked at the wrecks below.\n"
    "Traders carried what they could save to the old customs house, where the council let them set up stalls."
)


def report(name, speaker, role=None, text="{} said the ice was thin.", type="person", day="2031-03-04", **more):
    text = text.format(speaker)
    said = Statement(
        "s1", (Span(len(speaker) + 6, len(text)),), (Span(0, len(speaker)),), speaker=speaker, speaker_id="e1", named=True,
        speaker_type=type, **more,
    )  # fmt: skip
    who = Speaker("e1", speaker, type, named=True, role=role, spellings=(speaker,))
    return Document(
        name,
        text,
        Origin(f"{name}.txt", f"{abs(hash_of(name + text)):064x}"),
        published=day,
        statements=(said,),
        speakers=(who,),
        figures=(),
    )


def hash_of(text):
    return int.from_bytes(text.encode()[:24], "big")


DAYS = ("2031-03-04", "2031-03-04", "2033-03-04")
REPORTS = (
    report("a", "Khaled Meshaal", "movement leader"),
    report("b", "Khalid Mashal", "leader of the movement"),
    report("c", "Israel Defense Forces", type="organisation"),
    report("d", "IDF", type="organisation"),
    report("e", "Mara Venn", "harbourmaster"),
)


def record(docs):
    rec = Record.open(":memory:")
    for doc in docs:
        rec.store.put(doc)
    return rec


def known(rec):
    return sorted((who.name, who.names, who.statements) for who in rec.identities())


def edges(rec):
    at = rec.store.names.at
    return sorted(
        (kind, *sorted((at(e.a // links.PERSONAS), at(e.b // links.PERSONAS))), e.score, e.reasons)
        for kind in ("speaker",)
        for e in links.edges(rec.store, kind)
    )


def test_speakers_are_one_under_all_their_spellings():
    rec = record(REPORTS)
    rec.link()
    assert ("Khaled Meshaal", ("Khaled Meshaal", "Khalid Mashal"), 2) in known(rec)
    assert [row.speaker for row in rec.statements(speaker="Khalid Mashal")] == ["Khaled Meshaal"] * 2
    assert [row.found.speaker for row in rec.statements(speaker="IDF")] == ["Israel Defense Forces", "IDF"]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_speaker_is_exported_under_one_name_in_all_reports(form):
    rec = record(REPORTS[:2])
    rec.link()
    out = io.BytesIO()
    rec.export(form, out)
    assert (
        out.getvalue().count(b"Khaled Meshaal") > 1,
        b'"speaker":"Khalid Mashal"' in out.getvalue().replace(b": ", b":"),
    ) == (
        True,
        False,
    )


def test_linking_twice_is_linking_once():
    rec = record(REPORTS)
    first = rec.link()
    before = edges(rec)
    assert (first.new, rec.link().new, edges(rec)) == (True, False, before)


def test_adding_bit_by_bit_in_any_order_ends_the_same():
    whole = record(REPORTS)
    whole.link()
    rec = record(())
    for doc in reversed(REPORTS):
        rec.store.put(doc)
        rec.link()
    assert (edges(rec), known(rec)) == (edges(whole), known(whole))


def test_a_document_that_is_removed_takes_its_links_with_it():
    rec = record(REPORTS)
    rec.link()
    rec.store.remove(rec.store.keys()[1])
    rec.link()
    rest = record((REPORTS[0], *REPORTS[2:]))
    rest.link()
    assert (edges(rec), known(rec)) == (edges(rest), known(rest))


def test_links_can_be_dropped_and_made_again():
    rec = record(REPORTS)
    rec.link()
    before = (edges(rec), known(rec))
    links.drop(rec.store)
    assert edges(rec) == []
    rec.link()
    assert (edges(rec), known(rec)) == before


def test_a_merge_wins_survives_relinking_and_reading_again_and_can_be_undone():
    rec = record(REPORTS)
    rec.link()
    line = Judge(rec.store, "Ruth").merge("Mara Venn", "Khaled Meshaal")
    redraw_speakers(rec.store)
    assert rec.identities("Mara Venn")[0].names == ("Khaled Meshaal", "Khalid Mashal", "Mara Venn")
    rec.store.remove(rec.store.keys()[4])
    rec.store.put(REPORTS[4])
    links.drop(rec.store)
    rec.link()
    assert rec.identities("Mara Venn")[0].names == ("Khaled Meshaal", "Khalid Mashal", "Mara Venn")
    Judge(rec.store, "Ruth").undo(line.n)
    rec.link()
    assert rec.identities("Mara Venn")[0].names == ("Mara Venn",)


def test_a_split_keeps_two_apart_whatever_their_names_say():
    rec = record(REPORTS)
    line = Judge(rec.store, "Ruth").split("Khalid Mashal", "Khaled Meshaal")
    rec.link()
    assert rec.identities("Khalid Mashal")[0].names == ("Khalid Mashal",)
    Judge(rec.store, "Ruth").undo(line.n)
    rec.link()
    assert len(rec.identities("Khalid Mashal")[0].names) == 2


def test_one_document_can_be_split_from_a_name():
    other = replace(REPORTS[4], name="f", origin=Origin("f.txt", "f" * 64))
    rec = record((*REPORTS, other))
    rec.link()
    assert [who.documents for who in rec.identities("Mara Venn")] == [("e", "f")]
    id = rec.store.db.run("SELECT id FROM documents WHERE name = 'f'")[0][0]
    Judge(rec.store, "Ruth").split_document("Mara Venn", id)
    rec.link()
    assert sorted(who.documents for who in rec.identities("Mara Venn")) == [("e",), ("f",)]


def test_two_people_of_one_name_are_two_speakers():
    one = report("a", "John Reed", "baker in Sel")
    other = report("b", "John Reed", "appeal judge")
    rec = record((one, other))
    rec.link()
    assert sorted((who.documents, who.roles) for who in rec.identities("John Reed")) == [
        (("a",), (("baker in Sel", 1),)),
        (("b",), (("appeal judge", 1),)),
    ]


def test_unnamed_speakers_are_never_joined():
    docs = [report(name, words) for name, words in (("a", "a senior official"), ("b", "the senior official"))]
    docs = [replace(doc, speakers=(replace(doc.speakers[0], named=False),)) for doc in docs]
    rec = record(docs)
    rec.link()
    assert edges(rec) == []


def test_copies_are_found_and_say_who_was_first():
    late = report("late", "Mara Venn", text=STORM + "\n{} said so.", day="2031-03-05")
    early = report("early", "Mara Venn", text=STORM + "\n{} said so.", day="2031-03-04")
    rec = record((late, early))
    rec.link()
    assert [(row.first, row.second, row.kind, row.share) for row in rec.copies()] == [
        ("early", "late", "verbatim", 1.0)
    ]


def test_a_thousand_copies_of_one_document_are_linked_in_no_time():
    docs = [report(f"d{n}", "Mara Venn", text=STORM + "\n{} said so.") for n in range(150)]
    rec = record(docs)
    rec.link()
    assert 149 <= len(rec.copies()) <= 150 * 24


def test_a_report_printed_hundreds_of_times_is_one_story_and_what_it_says_one_utterance():
    storm = STORM + "\n{} said that all nets had been saved from the quay."
    docs = [report(f"d{n:03}", "Mara Venn", text=storm) for n in range(450)]
    other = report(
        "other", "Mara Venn", text="Storm sinks four boats at Port Sel. {} said all nets were saved from the quay."
    )
    rec = record([*docs, other])
    rec.link()
    assert {row.reports for row in rec.timeline()} == {451}
    assert {(row.utterance, row.reports) for row in rec.utterances()} == {(1, 451)}


def test_prints_of_one_text_on_far_days_are_two_stories():
    docs = [
        report(name, "Mara Venn", text=STORM + "\n{} said so.", day=day) for name, day in zip("abc", DAYS, strict=True)
    ]
    rec = record(docs)
    rec.link()
    assert [(row.story, row.document) for row in rec.timeline()] == [(1, "a"), (1, "b"), (2, "c")]


@pytest.mark.parametrize("day", [None, "2031", "not a date"])
def test_a_record_without_dates_is_linked(day):
    rec = record([report(name, "Mara Venn", text=STORM + "\n{} said so.", day=day) for name in "ab"])
    rec.link()
    assert [(row.first, row.second) for row in rec.copies()] == [("a", "b")]
    assert [row.document for row in rec.timeline()] == ["a", "b"]


def test_documents_of_one_name_from_different_folders_are_told_apart():
    one = report("a", "Mara Venn", text=STORM + "\n{} said so.")
    rec = record((one, replace(one, origin=Origin("other/a.txt", "e" * 64))))
    rec.link()
    assert len({rec.copies()[0].first, rec.copies()[0].second}) == 2


def test_an_alias_file_joins_what_no_rule_would(tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("name,alias,wikidata\nMara Venn,Khalid Mashal,Q42\n", encoding="utf-8")
    rec = record(REPORTS)
    rec.link(file)
    who = rec.identities("Mara Venn")[0]
    assert (who.names, who.wikidata) == (("Khaled Meshaal", "Khalid Mashal", "Mara Venn"), "Q42")
    assert rec.link().new is False


@pytest.mark.parametrize("text", ["one cell\n", "a,\n", ",b\n", "a,b,c,d\n", "a," + "x" * 400 + "\n", '"open'])
def test_an_alias_file_that_is_none_is_said_to_be_none(tmp_path, text):
    file = tmp_path / "names.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadForm, match=r"line|CSV"):
        aliases.read(file)


def test_nobody_of_that_name_is_not_found():
    with pytest.raises(NotFound):
        record(REPORTS).identities("Nobody")


JUDGED = {
    "nothing": lambda judge: None,
    "a speaker": lambda judge: judge.speaker("a#s1", "Ida Moss"),
    "a speaker of many": lambda judge: judge.speaker("c#s1", "Khalid Mashal"),
    "one of two of a name": lambda judge: judge.speaker("h#s1", "Mara Venn"),
    "one to the first of a name": lambda judge: judge.speaker("h#s1", "John Reed"),
    "a merge": lambda judge: judge.merge("Mara Venn", "Khalid Mashal"),
    "a merge with a new name": lambda judge: judge.merge("Mara Venn", "Mara Venn-Holt"),
}


@pytest.mark.parametrize("judged", JUDGED)
@pytest.mark.parametrize("when", ["never linked", "judged before", "judged after"])
def test_every_list_of_speakers_counts_the_same(judged, when):
    rec = record((*REPORTS, report("g", "John Reed", "baker in Sel"), report("h", "John Reed", "appeal judge")))
    if when == "judged after":
        rec.link()
    JUDGED[judged](Judge(rec.store, "Ruth"))
    if when == "judged before":
        rec.link()
    room = sorted((who.name, who.statements) for who in whose.speakers(rec.store)[1])
    people = rec.identities()
    assert sorted((who.name, who.statements) for who in people) == room
    assert sorted((row.name, row.statements) for row in rec.speakers()) == room
    assert sorted((name, n) for name, _, n in facets(rec.store, StatementFilter(named=True)).speaker) == room
    assert sum(n for _, n in room) == 7
    for who in people:
        said = {row.id for row in rec.statements(speaker=who.name, bearer=who.bearer)}
        assert {row.id for row in rec.said_by(who)} == said
        assert len(said) == who.statements
        assert who in rec.identities(who.name)


def test_a_speaker_whom_a_person_named_is_found_with_what_is_known():
    rec = record(REPORTS)
    Judge(rec.store, "Ruth").speaker("e#s1", "Ida Moss")
    who = rec.identities("Ida Moss")[0]
    assert (who.named, who.roles, who.documents, who.statements) == (True, (), ("e",), 1)
    assert (rec.identities("Mara Venn")[0].statements, rec.identities("Mara Venn")[0].documents) == (0, ("e",))
    assert [row.name for row in rec.speakers()].count("Mara Venn") == 0


@pytest.mark.parametrize("judged", [False, True])
def test_no_edge_is_left_that_leads_to_a_removed_report(judged):
    rec = record(REPORTS[:3])
    nodes = [key for (key,) in rec.store.db.run("SELECT key FROM statements ORDER BY key")]
    docs = rec.store.keys()
    figs = [links.figure_node(key, 1) for key in docs]
    for kind, (a, b, c) in (("utterance", nodes), ("figure", figs), ("conflict", figs), ("copy", docs)):
        links.put_edges(rec.store, [Edge(kind, a, b, 0.9), Edge(kind, b, c, 0.8), Edge(kind, a, c, 0.7)])
    links.replace_clusters(rec.store, "figure", dict.fromkeys(figs, figs[0]))
    links.replace_clusters(rec.store, "utterance", dict.fromkeys(nodes[: 2 if judged else 3], nodes[0]))
    links.set_state(rec.store, "judged", "yes" if judged else "")
    rec.store.remove(rec.store.keys()[2])
    kinds = ("utterance", "figure", "conflict", "copy")
    assert [[edge.score for edge in links.edges(rec.store, kind)] for kind in kinds] == [[0.9]] * 4
