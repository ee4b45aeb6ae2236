"""Positions: stands read from a statement, issues that stay, changes by plain rules, whatever the order and whatever else is added."""

import gc
import json
import re
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ask.positions import PositionFilter, issue_named, issues, positions
from onrecord.document import Condition, Document, Figure, Origin, Span, Speaker, Statement
from onrecord.errors import NotFound
from onrecord.judgements import Judge
from onrecord.link import aims, identities, positioning, stands
from onrecord.link.changes import Stated, steps
from onrecord.link.stands import Spoken
from onrecord.record import Record
from onrecord.store import links

WAYS = {1: "for", -1: "against", 0: "unclear"}


def report(name, day, speaker, cue, words, act="demand", by=None, party=None, if_=None, figure=None, kind="indirect"):
    text = f"{speaker} {cue} {words}."
    at = len(speaker) + 1
    content = Span(at + len(cue) + 1, len(text) - 1)
    condition = None
    if if_:
        place = text.index(if_)
        condition = Condition(Span(place, place + len(if_)), Span(content.start, text.index(" if ")))
    said = Statement(
        "s1", (content,), (Span(0, len(speaker)),), (Span(at, at + len(cue)),), kind, speaker=speaker, speaker_type="person",
        named=True, speaker_id="e1", act=act, condition=condition, by={"act": by or f"acts-1/cue {cue}"},
    )  # fmt: skip
    figures = ()
    if figure:
        place = text.index(str(figure[0]))
        figures = (Figure("f1", Span(place, place + len(str(figure[0]))), figure[0], figure[1], statement="s1"),)
    who = Speaker("e1", speaker, "person", named=True, affiliation=party, spellings=(speaker,))
    origin = Origin(f"{name}.txt", f"{int.from_bytes((name + text).encode()[:28], 'big'):064x}"[:64])
    return Document(name, text, origin, published=day, statements=(said,), speakers=(who,), figures=figures)


STRAITS = (
    report("a", "2031-03-04", "Ida Moss", "rule out", "a ferry to the island", "refuse", party="Arden Council"),
    report("b", "2031-03-20", "Ida Moss", "offer", "a ferry if the pier is mended", "offer", if_="the pier is mended"),
    report("c", "2031-04-02", "Ida Moss", "offer", "a ferry at once", "offer", party="Arden Council"),
    report("d", "2031-04-09", "Ida Moss", "offer", "a ferry at once", "offer"),
    report("e", "2031-03-09", "Kit Vane", "demand", "a ferry", party="Arden Council"),
    report("f", "2031-03-09", "Kit Vane", "demand", "lower pier fees"),
    report("g", "2031-03-30", "Jon Reed", "call for", "an end to the pier fees"),
)
ELSEWHERE = (
    report("x", "2031-03-04", "Ola Brand", "demand", "a new school roof"),
    report("y", "2031-03-07", "Ola Brand", "demand", "a school roof at once"),
    report("z", "2031-03-08", "Per Lund", "support", "the orchestra", "support"),
)


def record(docs):
    rec = Record.open(":memory:")
    for doc in docs:
        rec.store.put(doc)
    return rec


def drawn(docs, *, bit_by_bit=False):
    rec = record(() if bit_by_bit else docs)
    for doc in docs if bit_by_bit else ():
        rec.store.put(doc)
        draw(rec)
    draw(rec)
    return rec


def draw(rec):
    with rec.store.db.transaction():
        positioning.draw(rec.store)


def told(rec, **asked):
    """What positions say, without the record's own numbers."""
    ids = dict(
        rec.store.db.run("SELECT s.key, d.name || '#' || s.id FROM statements s JOIN documents d ON d.key = s.document")
    )
    return [
        replace(row, node=None, keys=tuple(sorted(ids[key] for key in row.keys)))
        for row in positions(rec.store, PositionFilter(**asked))
    ]


@pytest.mark.parametrize(
    ("words", "key", "way"),
    [
        ("it would open two gates at once", "gate", "for"),
        ("the gates must stay open", "gate", "for"),
        ("the gates must be closed", "gate", "against"),
        ("an end to the blockade", "blockade", "against"),
        ("not to raise the toll", "toll", "against"),
        ("the ban must be lifted", "ban", "against"),
        ("they should repeal the bridge levy", "bridge levy", "against"),
        ("the minister to publish her tax returns", "tax return", "for"),
        ("to consider a toll", "toll", "unclear"),
        ("it will trash the old toll rules and build a bridge", "toll rule", "against"),
        ("it will close the pit", "pit", "against"),
        ("No gate will move while our people wait", "gate", "against"),
        ("all of the gates, not some, to be raised", "gate", "for"),
    ],
)
def test_an_aim_has_a_phrase_and_a_way(words, key, way):
    assert (key, way) in [(phrase.key, WAYS[sign]) for phrase, sign in aims.read(words).phrases]


def test_the_gates_of_a_named_lock_are_about_both():
    assert [phrase.key for phrase, _ in aims.read("it will open the gates of the Kestrel Sluice").phrases] == [
        "gate",
        "kestrel sluice",
        "sluice",
    ]


@pytest.mark.parametrize(
    ("act", "cue", "words", "does", "way"),
    [
        ("demand", "demand", "a ferry", "wants", "for"),
        ("refuse", "reject", "a ferry", "rules out", "against"),
        ("refuse", "oppose", "the ferry", "opposes", "against"),
        ("support", "endorse", "the ferry", "supports", "for"),
        ("condemn", "criticize", "the ferry", "criticizes", "against"),
        ("threaten", "threaten", "to stop the ferry", "threatens", "against"),
        ("demand", "forbid", "the ferry", "rules out", "against"),
        ("refuse", "reject", "the council’s offer of a ferry", "rules out", "unclear"),
        ("demand", "drop", "its demand for a ferry", "drops", "unclear"),
    ],
)
def test_a_stand_follows_from_act_and_aim(act, cue, words, does, way):
    stand = stands.read(Spoken(words, cue, act, f"acts-1/cue {cue}"))
    assert stand is not None
    assert (stand.does, [found for phrase, found in stand.about if phrase.key == "ferry"]) == (does, [way])


@pytest.mark.parametrize(
    ("act", "cue", "words"),
    [
        ("deny", "deny", "that the ferry sank"),
        ("assert", "say", "the ferry left"),
        ("demand", "remind", "them of the ferry"),
        ("agree", "admit", "that the ferry was late"),
        ("support", "thank", "the ferry crew"),
        ("condemn", "slam", "he let the ferry sink"),
        ("demand", "demand", "who will pay for the ferry?"),
    ],
)
def test_what_states_no_stand_is_none(act, cue, words):
    assert stands.read(Spoken(words, cue, act, f"acts-1/cue {cue}")) is None


def test_an_act_that_was_weighed_and_is_unsure_states_no_stand():
    sure, unsure = (Spoken("we must have a ferry", "said", "demand", "acts-1/weights", chance) for chance in (0.8, 0.4))
    assert stands.read(sure) is not None
    assert stands.read(unsure) is None


def said(day, does="wants", way="for", **more):
    return Stated(day, day, does, way, **more)


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        (said(20310101), said(20310201), "held"),
        (said(20310101), said(20310201, "opposes", "against"), "reversed"),
        (said(20310101, "rules out", "against"), said(20310201, "offers", "for", if_="they pay"), "softened"),
        (said(20310101, "offers"), said(20310201, "rules out", "against", if_="they leave"), "hardened"),
        (said(20310101, "offers"), said(20310201, "offers", if_="they pay"), "hardened"),
        (said(20310101, "offers", if_="they pay"), said(20310201, "offers"), "softened"),
        (said(20310101, "rules out", "against"), said(20310201, "rules out", "against", if_="they pay"), "softened"),
        (said(20310101, "rules out", "against", if_="they pay"), said(20310201, "rules out", "against"), "hardened"),
        (said(20310101, figures=((60.0, "USD"),)), said(20310201, figures=((75.0, "USD"),)), "hardened"),
        (
            said(20310101, "offers", figures=((1.0, "gate"),)),
            said(20310201, "offers", figures=((2.0, "gate"),)),
            "softened",
        ),
        (said(20310101), said(20310201, "threatens"), "hardened"),
        (said(20310101), said(20310201, "drops", "unclear"), "dropped"),
        (said(20310101), said(20310201, way="unclear"), "unclear"),
        (said(20310101, "supports"), said(20310201, "criticizes", "against"), "unclear"),
        (said(20310101, "commits to", if_="they leave", negated=True), said(20310201, "commits to"), "hardened"),
        (said(20310101), said(None), "unclear"),
        (said(20310101), said(20310101, way="against"), "unclear"),
        (
            said(20310101, words=frozenset({"toll"})),
            said(20310201, "opposes", "against", words=frozenset({"oak"})),
            "unclear",
        ),
        (said(20310101, if_="they pay"), said(20310201, if_="it rains"), "unclear"),
        (said(20310101, "offers", if_="they pay"), said(20310201, "threatens"), "unclear"),
    ],
)
def test_each_change_follows_its_rule(first, second, change):
    assert [step.change for step in steps([second, first])] == ["new", change]


def test_reports_of_one_utterance_are_one_step_on_its_first_day():
    found = steps([said(20310102, once=7), said(20310101, once=7), said(20310109, once=None)])
    assert [(step.day, len(step.stated), step.change) for step in found] == [
        (20310101, 2, "new"),
        (20310109, 1, "held"),
    ]


def test_what_was_dropped_and_is_said_again_is_new():
    found = steps([said(20310101), said(20310102, "drops", "unclear"), said(20310103)])
    assert [step.change for step in found] == ["new", "dropped", "new"]


def test_a_position_moves_step_by_step_with_its_statements():
    rows = told(drawn(STRAITS), speaker="Ida Moss")
    assert [(row.issue, row.day, row.way, row.change, row.keys) for row in rows] == [
        ("ferry", "2031-03-04", "against", "new", ("a#s1",)),
        ("ferry", "2031-03-20", "for", "unclear", ("b#s1",)),
        ("ferry", "2031-04-02", "for", "softened", ("c#s1",)),
        ("ferry", "2031-04-09", "for", "held", ("d#s1",)),
    ]
    assert [(row.does, row.if_, row.last) for row in rows][1::2] == [
        (("offers",), "the pier is mended", False),
        (("offers",), None, True),
    ]


def test_a_body_has_a_position_of_its_own_where_several_belong_to_it():
    rows = [row for row in told(drawn(STRAITS), parties=True) if row.is_party]
    assert {(row.holder, row.issue) for row in rows} == {("Arden Council", "ferry")}
    assert [row.day for row in rows] == ["2031-03-04", "2031-03-09", "2031-03-20", "2031-04-02", "2031-04-09"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(STRAITS + ELSEWHERE))
def test_the_order_of_adding_does_not_matter(docs):
    whole = drawn(STRAITS + ELSEWHERE)
    other = drawn(docs, bit_by_bit=True)
    assert told(other, parties=True) == told(whole, parties=True)
    assert [(issue.id, issue.name) for issue in issues(other.store)] == [
        (issue.id, issue.name) for issue in issues(whole.store)
    ]


def test_drawing_twice_is_drawing_once():
    rec = drawn(STRAITS)
    before = links.edges(rec.store, "stand")
    draw(rec)
    assert links.edges(rec.store, "stand") == before


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(ELSEWHERE), unique=True))
def test_unrelated_reports_change_no_issue_and_no_step(more):
    alone = {(row.issue, row.issue_name, row.holder, row.n): row for row in told(drawn(STRAITS), parties=True)}
    rows = {(row.issue, row.issue_name, row.holder, row.n): row for row in told(drawn((*more, *STRAITS)), parties=True)}
    assert {key: rows.get(key) for key in alone} == alone


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(STRAITS + ELSEWHERE), unique=True))
def test_an_issue_keeps_its_id_and_name_when_reports_are_added(some):
    before = {(issue.id, issue.name) for issue in issues(drawn(some).store)}
    assert before <= {(issue.id, issue.name) for issue in issues(drawn(STRAITS + ELSEWHERE).store)}


def test_a_document_that_is_removed_takes_its_stands_with_it():
    rec = drawn(STRAITS + ELSEWHERE)
    for key in [
        rec.store.key(doc) for (doc,) in rec.store.db.run("SELECT id FROM documents WHERE name IN ('x', 'y', 'z')")
    ]:
        rec.store.remove(key)
    draw(rec)
    assert told(rec) == told(drawn(STRAITS))


def test_an_issue_can_be_named_and_unnamed():
    rec = drawn(STRAITS)
    line = Judge(rec.store, "Ruth").issue("ferry", "The crossing")
    found = issue_named(rec.store, "The crossing")
    assert (found.id, found.name, found.named_by) == ("ferry", "The crossing", "Ruth")
    assert issue_named(rec.store, "ferry").id == "ferry"
    Judge(rec.store, "Ruth").undo(line.n)
    assert issue_named(rec.store, "ferry").name == "Ferry"
    with pytest.raises(NotFound):
        issue_named(rec.store, "The crossing")


def test_issues_of_one_name_are_one_until_the_name_is_taken_back():
    rec = drawn(STRAITS)
    judge = Judge(rec.store, "Ruth")
    line = judge.issue("pier fee", "Ferry")
    assert {row.issue for row in told(rec)} == {"ferry"}
    assert [issue.words for issue in issues(rec.store) if issue.id == "ferry"] == [("ferry", "pier fee")]
    judge.issue("ferry", "The strait")
    assert [issue.words for issue in issues(rec.store) if issue.name == "The strait"] == [("ferry", "pier fee")]
    judge.undo(line.n)
    assert [issue.words for issue in issues(rec.store) if issue.name == "The strait"] == [("ferry",)]


def test_what_people_judge_of_a_statement_decides_its_stand():
    rec = drawn(STRAITS)
    id = rec.store.db.run("SELECT id FROM documents WHERE name = 'e'")[0][0]
    Judge(rec.store, "Ruth").act(f"{id}#s1", "refuse")
    draw(rec)
    assert [row.way for row in told(rec, speaker="Kit Vane") if row.issue == "ferry"] == ["against"]
    Judge(rec.store, "Ruth").reject(f"{id}#s1")
    assert [row for row in told(rec, speaker="Kit Vane") if row.issue == "ferry"] == []


def test_whom_a_person_named_holds_one_position_whoever_the_machine_took_them_for():
    reed = (
        report("r", "2031-04-20", "Jon Reed", "demand", "a ferry"),
        report("s", "2031-04-21", "Jon Reed", "demand", "a ferry"),
    )
    roles = ("baker in Sel", "appeal judge")
    reed = [
        replace(doc, speakers=(replace(doc.speakers[0], role=role),)) for doc, role in zip(reed, roles, strict=True)
    ]
    rec = record((*STRAITS[:6], *reed))
    with rec.store.db.transaction():
        identities.draw(rec.store)
    assert rec.store.db.run("SELECT count(*) FROM personas") == [(1,)]
    for name in "rs":
        Judge(rec.store, "Ruth").speaker(f"{name}#s1", "Kit Vane")
    draw(rec)
    rows = [row for row in positions(rec.store, PositionFilter(speaker="Kit Vane")) if row.issue == "ferry"]
    assert [row.day for row in rows] == ["2031-03-09", "2031-04-20", "2031-04-21"]
    assert len({row.node for row in rows}) == 1


def unnamed(doc):
    said = replace(doc.statements[0], speaker=None, named=False, speaker_id=None)
    return replace(doc, statements=(said,), speakers=())


def test_a_statement_whose_speaker_a_person_named_states_a_stand():
    rec = drawn([*STRAITS[:4], unnamed(STRAITS[4])])
    assert told(rec, speaker="Kit Vane") == []
    Judge(rec.store, "Ruth").speaker("e#s1", "Kit Vane")
    draw(rec)
    assert [(row.issue, row.way) for row in told(rec, speaker="Kit Vane")] == [("ferry", "for")]


def test_a_stand_is_read_where_a_person_says_the_statement_stands():
    rec = drawn(STRAITS)
    row = rec.statement("f#s1")
    (content,) = row.statement.content
    at = row.text.index("pier")
    Judge(rec.store, "Ruth").spans(
        "f#s1", [Span(content.start, content.start + at - 1)], row.statement.source, row.statement.cue
    )
    draw(rec)
    assert [one.issue for one in told(rec, speaker="Kit Vane")] == ["ferry"]


def test_a_record_that_is_closed_is_let_go():
    rec = drawn(STRAITS)
    issues(rec.store)
    kept = weakref.ref(rec.store)
    rec.close()
    del rec
    gc.collect()
    assert kept() is None


def test_a_record_without_dates_has_positions_and_no_guess_at_their_order():
    rec = drawn([replace(doc, published=None) for doc in STRAITS])
    rows = told(rec, speaker="Ida Moss")
    assert [(row.day, row.way, row.change) for row in rows] == [(None, "for", "new"), (None, "against", "unclear")]


def test_what_is_kept_of_a_stand_is_plain_data():
    rec = drawn(STRAITS)
    for edge in links.edges(rec.store, "stand"):
        assert json.loads(edge.reasons[0])["does"] in stands.KINDS.values()


@pytest.mark.parametrize(
    "text", ["(" * 100_000, "no " * 50_000, "to to to " * 30_000, ", not " * 30_000, "a’" * 50_000]
)
@pytest.mark.parametrize(
    ("act", "cue"), [("demand", "demand"), ("support", "endorse"), ("refuse", "oppose"), ("commit", "plan")]
)
def test_reading_a_stand_of_hostile_text_stays_fast(text, act, cue):
    import time

    start = time.process_time()
    stands.read(Spoken(text, cue, act, f"acts-1/cue {cue}", then=text, if_=text))
    assert time.process_time() - start < 0.1


def test_the_example_of_the_docs_comes_out_as_they_say():
    name = "Ida Moss"
    docs = (
        report("a", "2031-03-04", name, "ruled out", "a ferry to the island", "refuse", by="acts-1/cue rule out"),
        report(
            "b",
            "2031-03-20",
            name,
            "offered",
            "a ferry to the island if the pier is mended",
            "offer",
            by="acts-1/cue offer",
            if_="the pier is mended",
        ),
        report("c", "2031-04-02", name, "offered", "a ferry to the island", "offer", by="acts-1/cue offer"),
        report("d", "2031-04-09", name, "dropped", "her offer of a ferry", "commit", by="acts-1/cue plan"),
    )
    rows = told(drawn(docs))
    page = (Path(__file__).parents[2] / "docs" / "positions.md").read_text(encoding="utf-8")
    example = [line for line in page.splitlines() if re.match(r"\| \d+ (?:March|April) ", line)]
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in example]
    assert [[row.way, row.does[0], row.change, row.why] for row in rows] == [
        [way, does.partition(",")[0], change, why] for _, way, does, change, why in shown
    ]
