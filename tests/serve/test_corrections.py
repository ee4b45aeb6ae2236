"""What people judge: it wins, it is kept apart, it can be undone, it outlives a new extraction, and it leaves as gold."""

import json
from dataclasses import replace

import pytest

from onrecord.demo.gold import spans
from onrecord.document import Span
from onrecord.judgements import Judge, log
from onrecord.store.judgements import standing


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
