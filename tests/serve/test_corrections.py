"""What people judge: it wins, it is kept apart, it can be undone, it outlives a new extraction, and it leaves as gold."""

import json
import shutil
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.demo.gold import spans
from onrecord.document import Span
from onrecord.errors import NotFound
from onrecord.judgements import Judge, log
from onrecord.link.clusters import components
from onrecord.record import Record
from onrecord.serve.room import Room
from onrecord.store.judgements import Judgement, keep, main_names, standing


@pytest.fixture
def judge(record):
    return Judge(record.store, "Ruth")


def judged(client, **form):
    answer = client.post("/judge", data={"author": "Ruth", **form})
    assert answer.status_code == 303, answer.text
    return answer


def first(client, query):
    return client.get(f"/statements.json?{query}").json()["rows"][0]


@pytest.mark.parametrize(("kind", "verdict"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_statement_is_accepted_or_rejected_and_the_list_can_be_narrowed_by_it(client, kind, verdict):
    row = first(client, "act=offer")
    judged(client, kind=kind, statement=row["id"])
    found = client.get(f"/statements.json?judgement={verdict}").json()
    assert [(each["id"], each["verdict"]) for each in found["rows"]] == [(row["id"], verdict)]
    assert (
        client.get("/statements.json?judgement=open").json()["count"]
        == client.get("/statements.json").json()["count"] - 1
    )


def test_a_speaker_that_a_person_set_is_found_under_the_new_name_and_not_under_the_old(client):
    row = first(client, "speaker=Vastria&act=offer")
    before = client.get("/statements.json?speaker=Vastria").json()["count"]
    judged(client, kind="speaker", statement=row["id"], name="The Vastrian cabinet")
    found = client.get("/statements.json?speaker=The+Vastrian+cabinet").json()
    assert [(each["id"], each["speaker"], each["found"]["speaker"]) for each in found["rows"]] == [
        (row["id"], "The Vastrian cabinet", "Vastria")
    ]
    assert client.get("/statements.json?speaker=Vastria").json()["count"] == before - 1
    assert client.get("/speaker/The%20Vastrian%20cabinet").status_code == 200


def test_an_act_that_a_person_set_moves_the_statement_in_every_list(client):
    row = first(client, "act=accuse")
    before = {act: client.get(f"/statements.json?act={act}").json()["count"] for act in ("accuse", "condemn")}
    judged(client, kind="act", statement=row["id"], act="condemn")
    after = {act: client.get(f"/statements.json?act={act}").json()["count"] for act in ("accuse", "condemn")}
    assert after == {"accuse": before["accuse"] - 1, "condemn": before["condemn"] + 1}


def test_merged_speakers_are_one_until_they_are_split(client):
    counts = {name: client.get(f"/statements.json?speaker={name}").json()["count"] for name in ("Vastria", "Ondelle")}
    judged(client, kind="merge", name="Ondelle", main="Vastria")
    assert client.get("/statements.json?speaker=Ondelle").json()["count"] == sum(counts.values())
    assert {row["speaker"] for row in client.get("/statements.json?speaker=Ondelle").json()["rows"]} == {"Vastria"}
    assert client.get("/speaker/Ondelle.json").json()["merged"] == ["Ondelle"]
    judged(client, kind="split", name="Ondelle", main="Vastria")
    assert client.get("/statements.json?speaker=Ondelle").json()["count"] == counts["Ondelle"]


NAMES = ("Moss", "Ada Moss", "Eve Vane", "E. Vane")
NAMED = ("merge", "split")


def name_judged(store, kind, before, after):
    return keep(store, Judgement(0, "2031-05-06T00:00:00Z", "Ruth", kind, before=before, after=after))


@pytest.mark.parametrize(
    ("said", "mains"),
    [
        ([("merge", 0, 1), ("merge", 1, 0)], {1: 0}),
        ([("merge", 0, 2), ("merge", 1, 2), ("merge", 0, 1)], {0: 1, 2: 1}),
        ([("merge", 0, 1), ("merge", 0, 2)], {0: 2, 1: 2}),
        ([("merge", 0, 1), ("merge", 2, 0)], {1: 0, 2: 0}),
        ([("merge", 0, 1), ("split", 1, 0)], {}),
        ([("merge", 0, 1), ("split", 0, 2)], {0: 1}),
        ([("merge", 0, 2), ("merge", 1, 2), ("split", 0, 1)], {1: 2}),
        ([("merge", 3, 0), ("merge", 0, 1), ("split", 0, 1)], {3: 0}),
        ([("merge", 0, 1), ("split", 0, 1), ("merge", 0, 1)], {0: 1}),
    ],
)
def test_of_merges_and_splits_the_later_wins_and_touches_no_other(record, said, mains):
    for kind, before, after in said:
        name_judged(record.store, kind, NAMES[before], NAMES[after])
    assert main_names(record.store) == {NAMES[name]: NAMES[main] for name, main in mains.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMED), st.permutations(NAMES)), max_size=8))
def test_who_is_one_with_whom_is_the_same_to_the_record_and_to_linking(said):
    with Record.open(":memory:") as rec:
        for kind, (before, after, *_) in said:
            name_judged(rec.store, kind, before, after)
        groups = defaultdict(set)
        for name, main in main_names(rec.store).items():
            groups[main] |= {name, main}
    lines = [(before, after, kind == "merge") for kind, (before, after, *_) in said]
    assert sorted(map(sorted, groups.values())) == components([], lines)


def test_several_judged_together_are_kept_all_or_none_and_are_drawn(record, judge):
    with judge.together() as several:
        several.merge("Ondelle", "Vastria")
        several.merge("Vastria", "The Republic")
        several.merge("The Republic", "Vastria and Ondelle")
    assert main_names(record.store) == dict.fromkeys(["Ondelle", "Vastria", "The Republic"], "Vastria and Ondelle")
    with pytest.raises(NotFound), judge.together() as several:
        several.split("Ondelle", "Vastria")
        several.merge("Nobody", "Vastria")
    assert (len(log(record.store)), len(main_names(record.store))) == (3, 3)


@pytest.mark.parametrize("kind", ["same", "different"])
def test_two_statements_are_judged_the_same_utterance_or_not(client, record, kind):
    rows = client.get("/statements.json?speaker=Vastria").json()["rows"]
    judged(client, kind=kind, statement=rows[0]["id"], other=f"http://127.0.0.1{rows[1]['address']}")
    line = log(record.store)[-1]
    pair = {f"{line.document}#{line.statement}", f"{line.other_document}#{line.other_statement}"}
    assert (line.kind, pair) == (kind, {rows[0]["id"], rows[1]["id"]})


def test_undoing_brings_back_what_stood_there_and_undoing_that_the_judgement(client, record):
    row = first(client, "act=offer")
    judged(client, kind="act", statement=row["id"], act="demand")
    judged(client, kind="undo", n=1)
    assert client.get(f"{row['address']}.json").json()["act"] == "offer"
    assert client.post("/judge", data={"author": "Ruth", "kind": "undo", "n": 1}).status_code == 400
    judged(client, kind="undo", n=2)
    assert client.get(f"{row['address']}.json").json()["act"] == "demand"
    assert len(log(record.store)) == 3


def test_every_judgement_has_its_time_its_author_and_what_stood_before(client):
    row = first(client, "act=offer")
    judged(client, kind="act", statement=row["id"], act="demand")
    line = client.get("/judgements.json").json()["rows"][0]
    assert (line["author"], line["kind"], line["before"], line["after"]) == ("Ruth", "act", "offer", "demand")
    assert line["at"].endswith("Z")


def test_what_the_machine_found_is_not_touched(client, record):
    row = first(client, "act=offer")
    document = row["id"].partition("#")[0]
    before = record.store.document(document)
    judged(client, kind="reject", statement=row["id"])
    judged(client, kind="act", statement=row["id"], act="demand")
    assert record.store.document(document) == before


def extracted_again(record, id, change):
    """Take a report out and put it in again with other statements, as a new version of the extraction would."""
    doc = record.store.document(id)
    with record.store.db.transaction():
        record.store.remove(record.store.key(id))
        record.store.put(change(doc))


def test_judgements_hold_when_the_record_is_extracted_again(client, record, ids):
    id = ids["lpa-gate-offer"]
    judged(client, kind="act", statement=f"{id}#s2", act="demand")
    words = client.get(f"/statement/{id}/s2.json").json()["text"]

    def otherwise(doc):
        moved = {stmt.id: f"s{n + 50}" for n, stmt in enumerate(doc.statements)}
        stmts = tuple(
            replace(
                s,
                id=moved[s.id],
                parent=moved.get(s.parent),
                content=(Span(s.content[0].start, s.content[0].end - 1), *s.content[1:]),
            )
            for s in doc.statements
        )
        return replace(doc, statements=stmts, figures=())

    extracted_again(record, id, otherwise)
    rows = client.get(f"/statements.json?document={id}&act=demand&judgement=changed").json()["rows"]
    assert [(row["text"], row["id"]) for row in rows] == [(words[:-1], f"{id}#s51")]


def test_a_judgement_on_a_statement_that_is_found_no_more_stays_in_the_log_and_in_the_gold(client, record, ids):
    id = ids["lpa-gate-offer"]
    judged(client, kind="accept", statement=f"{id}#s2")
    extracted_again(record, id, lambda doc: replace(doc, statements=(), figures=()))
    assert client.get("/judgements").status_code == 200
    assert standing(log(record.store))[0].words
    gold = json.loads(client.get("/export?format=gold").content)
    assert gold["orphans"][0]["words"] == standing(log(record.store))[0].words


def test_judgements_leave_as_gold_that_says_its_places_by_itself(client, record, by_hand, ids):
    for doc in by_hand:
        for stmt in doc.statements:
            judged(client, kind="accept", statement=f"{ids[doc.name]}#{stmt.id}")
    judged(client, kind="act", statement=f"{ids['lpa-damages']}#s1", act="deny")
    judged(client, kind="reject", statement=f"{ids['lpa-damages']}#s2")
    judged(client, kind="same", statement=f"{ids['lpa-sluice-shut']}#s1", other=f"{ids['monitor-sluice-shut']}#s2")
    gold = json.loads(client.get("/export?format=gold").content)
    placed = spans(gold, {doc.name: doc.text for doc in by_hand})
    for doc in by_hand:
        kept = {stmt.id: stmt for stmt in doc.statements if (doc.name, stmt.id) != ("lpa-damages", "s2")}
        found = {stmt["id"]: stmt for stmt in placed["articles"][doc.name]["statements"]}
        assert {id: [list(s) for s in stmt.content] for id, stmt in kept.items()} == {
            id: stmt["content"] for id, stmt in found.items()
        }
    assert placed["articles"]["lpa-damages"]["statements"][0]["act"] == "deny"
    assert gold["same"] == [["lpa-sluice-shut#s1", "monitor-sluice-shut#s2"]]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "accept"}, 400),
        ({"kind": "accept", "statement": "nothing#s1"}, 404),
        ({"kind": "praise", "statement": "x"}, 400),
        ({"kind": "act", "statement": "lpa-damages#s1", "act": "sing"}, 400),
        ({"kind": "speaker", "statement": "lpa-damages#s1", "name": "x" * 201}, 400),
        ({"kind": "merge", "name": "Vastria", "main": "Vastria"}, 400),
        ({"kind": "merge", "name": "Nobody", "main": "Vastria"}, 404),
        ({"kind": "same", "statement": "lpa-damages#s1", "other": "lpa-damages#s1"}, 400),
        ({"kind": "undo", "n": "99"}, 404),
        ({"kind": "undo", "n": "first"}, 400),
        ({"kind": "accept", "statement": "lpa-damages#s1", "author": " "}, 400),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_and_nothing_is_kept(client, record, form, status):
    client.app.state.room = replace(client.app.state.room, author="")
    answer = client.post("/judge", data={"author": "Ruth"} | form)
    assert answer.status_code == status
    assert log(record.store) == []


def test_a_name_longer_than_a_line_is_no_name(judge):
    from onrecord.errors import QueryError

    with pytest.raises(QueryError, match="give 1 to 200"):
        judge.speaker("lpa-damages#s1", "  ")


@pytest.mark.parametrize(("field", "many"), [("name", 100), ("statement", 500), ("statement", 1990)])
def test_as_many_are_judged_at_once_as_a_page_has_to_tick(client, record, field, many):
    row = first(client, "speaker=Vastria")
    real = {"name": "Ondelle", "statement": row["id"]}[field]
    ticked = [real, *(f"n{n}" for n in range(many - 1))]
    form = {"author": "Ruth", "kind": "divide", "main": "The fleet", "other": "Vastria", field: ticked}
    answer = client.post("/judge/many", data=form)
    assert (answer.status_code, "n0" in answer.text) == (404, True)  # it was read, and the second is not in the record
    assert log(record.store) == []


def test_a_form_with_more_fields_than_any_page_has_is_refused_for_that_reason(client):
    form = {"author": "Ruth", "kind": "merge", "main": "The fleet", "name": [f"{n}" for n in range(2000)]}
    answer = client.post("/judge/many", data=form)
    assert (answer.status_code, "2003 fields" in answer.text) == (400, True)


@pytest.fixture
def own(linked, tmp_path):
    """A linked record of one's own."""
    with Record.open(shutil.copy(linked, tmp_path / "linked.db")) as rec:
        yield rec


def drawn(record, kind):
    """What linking, and people, made one."""
    return record.store.db.run("SELECT node, cluster FROM clusters WHERE kind = ? ORDER BY node", (kind,))


def pair_of(client, kind):
    """What a judgement of this kind needs: two speakers, or two statements that are not yet one utterance."""
    if kind == "merge":
        return {"name": "Ondelle", "main": "Vastria"}
    rows = client.get("/statements.json?speaker=Vastria&limit=1000").json()["rows"]
    return {"statement": rows[0]["id"], "other": rows[-1]["id"]}


@pytest.mark.parametrize(("kind", "what"), [("merge", "speaker"), ("same", "utterance")])
def test_what_a_program_takes_back_is_drawn_anew_and_what_it_brings_back_too(own, asking, kind, what):
    client = asking(Room(own, author="Ruth"))
    before = drawn(own, what)
    said = client.post("/api/judgements", json={"kind": kind, **pair_of(client, kind)})
    after = drawn(own, what)
    assert (said.status_code, before != after) == (201, True)
    assert client.post("/api/judgements/1/undo", json={}).status_code == 201
    assert drawn(own, what) == before
    assert client.post("/api/judgements/2/undo", json={}).status_code == 201
    assert drawn(own, what) == after


def test_taking_back_what_links_do_not_follow_from_draws_nothing_anew(own, asking):
    client = asking(Room(own, author="Ruth"))
    judged(client, kind="accept", statement=first(client, "act=offer")["id"])
    own.store.db.run("INSERT INTO clusters VALUES ('speaker', 999999999, 999999999)")  # gone once speakers are drawn
    before = drawn(own, "speaker")
    judged(client, kind="undo", n=1)
    judged(client, kind="undo", n=2)
    assert drawn(own, "speaker") == before
    assert client.get("/statements.json?judgement=accepted").json()["count"] == 1


@pytest.mark.parametrize("name", ["Zoë Müller", "陳小姐", "O'Neil, Ruth; a=b", "50 % Ruth %41"])
def test_a_reader_is_known_again_by_the_whole_name(client, name):
    judged(client, kind="accept", statement=first(client, "act=offer")["id"], author=name)
    page = html.fromstring(client.get("/speaker/Vastria").content)
    assert set(page.xpath("//input[@name='author']/@value")) == {name}
    judged(client, kind="undo", n=1, author="")
    many = {"kind": "merge", "name": ["Ondelle"], "main": "Vastria"}
    assert client.post("/judge/many", data=many).status_code == 303
    assert {line["author"] for line in client.get("/judgements.json").json()["rows"]} == {name}


def test_a_reader_who_gave_no_name_is_asked_for_one_and_undoes_in_nobody_elses(own, asking):
    row = asking(Room(own)).get("/api/utterances").json()["rows"][0]
    statement = asking(Room(own)).get(f"{row['address']}.json").json()["id"]
    Judge(own.store, "Ruth").accept(statement)
    client = asking(Room(own))
    document, _, id = statement.partition("#")
    for path, action in (
        ("/judgements", "undo"),
        (f"/report/{document}?statement={id}", "undo"),
        (row["address"], "apart"),
    ):
        forms = html.fromstring(client.get(path).content).xpath(f"//form[@class='{action}']")
        assert forms
        assert {
            (f.fields["author"] or "", f.inputs["author"].get("type"), "required" in f.inputs["author"].attrib)
            for f in forms
        } == {("", None, True)}
    assert client.post("/judge", data={"kind": "undo", "n": "1", "author": ""}).status_code == 400
    assert len(log(own.store)) == 1
