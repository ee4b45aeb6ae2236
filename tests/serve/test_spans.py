"""Source, cue and content that a person moved, and statements that were missed: they win, can be undone, and outlive the machine."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.demo.gold import spans as spans_of_gold
from onrecord.document import Document, Origin, Span, Statement
from onrecord.errors import NotFound, QueryError
from onrecord.judgements import Judge, log, places
from onrecord.record import Record
from onrecord.store import placing
from onrecord.store.check import check
from onrecord.store.find import StatementFilter
from onrecord.store.judgements import draw, judged, main_names

TEXT = "Ada Moss told reporters the weir would hold. 🙂 “Nobody has to leave,” the miller added, said Jon Reed."


def report(text=TEXT, name="weir", statements=None, digest="ab"):
    at = text.index("the weir")
    found = Statement("s1", (Span(at, at + 14),), (Span(0, 8),), (Span(9, 13),), speaker="Ada Moss", named=True)
    stmts = (found,) if statements is None else statements
    return Document(
        name, text, Origin(f"{name}.txt", digest * 32), outlet="The Sluice", published="2024-05-06", statements=stmts
    )


def span(words, text=TEXT):
    at = text.index(words)
    return Span(at, at + len(words))


@pytest.fixture
def weir():
    with Record.open(":memory:") as rec:
        rec.store.put(report())
        yield rec


@pytest.fixture
def judge(weir):
    return Judge(weir.store, "Ruth")


def ids(weir):
    return [row.id.partition("#")[2] for row in weir.statements(sort="document")]


def document(weir):
    return weir.documents()[0].id


def sound(weir):
    return [problem for problem in check(weir.store) if problem.kind != "missing"]


def moved(judge, weir, words="the weir would hold."):
    return judge.spans("weir#s1", [span(words)], [span("Ada Moss")], [span("told reporters")])


def test_places_that_a_person_set_are_shown_found_and_undone(weir, judge):
    line = moved(judge, weir)
    row = weir.statement("weir#s1")
    assert (row.text, row.cue, row.statement.by["statement"]) == ("the weir would hold.", "told reporters", "person")
    assert row.found.content == report().statements[0].content != row.statement.content
    judge.undo(line.n)
    assert weir.statement("weir#s1").statement == weir.statement("weir#s1").found


def test_words_that_a_person_took_in_are_searched_and_those_left_out_are_not(weir, judge):
    judge.spans("weir#s1", [span("Nobody has to leave")], [], [])
    assert [len(list(weir.search(word))) for word in ("leave", "weir")] == [1, 0]
    assert sound(weir) == []
    judge.undo(1)
    assert [len(list(weir.search(word))) for word in ("leave", "weir")] == [0, 1]
    assert sound(weir) == []


def test_the_kind_follows_from_the_marks_in_the_new_places(weir, judge):
    judge.spans("weir#s1", [span("“Nobody has to leave,”")], [span("the miller")], [span("added")])
    assert weir.statement("weir#s1").kind == "direct"
    assert [row.kind for row in weir.statements(kind="direct")] == ["direct"]
    assert weir.count(kind="indirect") == 0


def test_judgements_after_a_move_are_of_the_same_statement(weir, judge):
    judge.spans("weir#s1", [span("Nobody has to leave")], [], [])
    judge.act("weir#s1", "commit")
    judge.accept("weir#s1")
    row = weir.statement("weir#s1")
    assert (row.act, row.judgement.verdict, row.text) == ("commit", "accepted", "Nobody has to leave")


def added(judge, weir):
    at = ([span("“Nobody has to leave,”")], [span("the miller")], [span("added")])
    return judge.add(document(weir), at, "the miller", "assert")


def test_a_statement_that_was_missed_is_one_of_the_record_until_it_is_taken_back(weir, judge):
    before = weir.speakers()
    line = added(judge, weir)
    row = weir.statement(f"weir#p{line.n}")
    assert (row.speaker, row.kind, row.named, row.statement.by) == (
        "the miller",
        "direct",
        False,
        {"statement": "person"},
    )
    assert [row.text for row in weir.search("leave")] == ["“Nobody has to leave,”"]
    assert weir.count(speaker="the miller") == 1
    assert weir.documents()[0].statements == 2
    assert sound(weir) == []
    judge.undo(line.n)
    assert (ids(weir), weir.speakers(), weir.documents()[0].statements, sound(weir)) == (["s1"], before, 1, [])


def test_an_added_statement_is_judged_like_any_other_and_has_its_place_inside_others(weir, judge):
    outer = judge.add(
        document(weir),
        ([span("“Nobody has to leave,” the miller added")], [span("Jon Reed")], []),
        "Jon Reed",
        "assert",
    )
    inner = added(judge, weir)
    judge.act(f"weir#p{inner.n}", "commit")
    row = weir.statement(f"weir#p{inner.n}")
    assert (row.parent, row.act) == (f"p{outer.n}", "commit")


def again(weir, change):
    key = weir.store.key(document(weir))
    doc = weir.store.load(key)
    with weir.store.db.transaction():
        weir.store.remove(key)
        weir.store.put(change(replace(doc, statements=tuple(s for s in doc.statements if s.id.startswith("s")))))


def test_moved_and_added_ones_outlive_a_new_extraction(weir, judge):
    moved(judge, weir)
    line = added(judge, weir)
    judge.speaker(f"weir#p{line.n}", "Tam the miller")
    again(weir, lambda doc: replace(doc, statements=(replace(doc.statements[0], id="s9"),)))
    texts = {row.id.partition("#")[2]: (row.speaker, row.text) for row in weir.statements()}
    assert texts == {
        "s9": ("Ada Moss", "the weir would hold."),
        f"p{line.n}": ("Tam the miller", "“Nobody has to leave,”"),
    }
    assert sound(weir) == []


def test_what_the_machine_finds_at_last_is_not_there_twice(weir, judge):
    line = added(judge, weir)
    own = weir.store.load(1).statements[-1]
    again(
        weir, lambda doc: replace(doc, statements=(*doc.statements, replace(own, id="s2", by={"statement": "model-2"})))
    )
    assert ids(weir) == ["s1", "s2"]
    judge.undo(line.n)
    assert ids(weir) == ["s1", "s2"]


def test_an_added_one_that_the_machine_has_says_who_spoke_and_what_it_does(weir, judge):
    judge.reject("weir#s1")
    line = judge.add(
        document(weir), ([span("the weir would")], [span("Ada Moss")], [span("told reporters")]), "Eve Vane", "commit"
    )
    row = weir.statement("weir#s1")
    assert (row.speaker, row.act, row.cue, row.judgement.verdict) == ("Eve Vane", "commit", "told reporters", None)
    assert (ids(weir), line.statement, len(list(weir.search("speaker:Vane")))) == (["s1"], "s1", 1)
    judge.act("weir#s1", "deny")
    assert weir.statement("weir#s1").act == "deny"
    assert sound(weir) == []
    judge.undo(line.n)
    row = weir.statement("weir#s1")
    assert (row.speaker, row.act, row.cue, row.judgement.verdict) == ("Ada Moss", "deny", "told", "rejected")


def test_what_two_people_added_is_there_once_and_goes_when_both_took_it_back(weir, judge):
    first, second = added(judge, weir), added(judge, weir)
    assert ids(weir) == ["s1", f"p{first.n}"]
    judge.undo(first.n)
    assert ids(weir) == ["s1", f"p{second.n}"]
    judge.undo(3)
    assert ids(weir) == ["s1", f"p{first.n}"]
    judge.undo(second.n)
    judge.undo(first.n)
    assert (ids(weir), sound(weir)) == (["s1"], [])


def twins(name="weir", digest="ab"):
    """Two statements with one content, of two speakers."""
    at, who = span("the weir would hold"), [("s1", "Ada Moss"), ("s2", "Jon Reed")]
    stmts = tuple(Statement(id, (at,), (span(name),), speaker=name) for id, name in who)
    return report(name=name, statements=stmts, digest=digest)


def verdicts(rec):
    return [row.judgement.verdict for row in rec.statements(document="weir")]


def test_of_two_statements_of_one_content_the_one_that_was_meant_is_judged(tmp_path):
    with Record.open(":memory:") as rec:
        for doc in (twins(), twins("lock", "cd")):
            rec.store.put(doc)
        judge = Judge(rec.store, "Ruth")
        judge.reject("weir#s1")
        judge.accept("weir#s2")
        judge.same("weir#s1", "lock#s2")
        assert verdicts(rec) == ["rejected", "accepted"]
        draw(rec.store)
        assert verdicts(rec) == ["rejected", "accepted"]
        rec.export("gold", tmp_path / "gold.json")
        assert json.loads((tmp_path / "gold.json").read_text())["same"] == [["lock#s2", "weir#s1"]]


def test_in_a_changed_source_a_place_is_found_by_its_words_or_not_at_all(weir, judge):
    moved(judge, weir)
    line = added(judge, weir)
    weir.store.remove(1)
    weir.store.put(report("New lead. " + TEXT, digest="cd"))
    assert {row.text for row in weir.statements()} == {"the weir would hold.", "“Nobody has to leave,”"}
    weir.store.remove(weir.store.key(document(weir)))
    weir.store.put(report(TEXT.replace("leave", "go"), digest="ef"))
    assert f"p{line.n}" not in ids(weir)
    assert len(log(weir.store)) == 2


def test_words_that_stand_twice_are_not_guessed():
    text = "He left. He left."
    line = placing.written(placing.Places((Span(0, 8),)), text)
    assert placing.read(line, "So: He left! He left. Then: He left.") is None
    assert placing.read(line, "So: He left. He left.").content == (Span(4, 12),)
    assert placing.read(line, text).content == (Span(0, 8),)


@given(st.text(min_size=1, max_size=60), st.text(max_size=10), st.data())
def test_a_place_that_is_found_again_has_the_words_it_had(text, more, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = placing.read(placing.written(placing.Places((Span(start, end),)), text), more + text)
    if found is not None:
        assert found.content[0].of(more + text) == text[start:end]
    else:
        assert more


@pytest.mark.parametrize(
    "content",
    [[], [Span(5, 5)], [Span(7, 3)], [Span(-1, 4)], [Span(0, 10_000)], [Span(0, 9), Span(4, 12)], [Span(0, 1)] * 51],
)
def test_places_that_cannot_be_are_refused(content):
    with pytest.raises(QueryError):
        places(report(), content, [], [])


def test_pieces_are_put_in_the_order_of_the_text():
    assert places(report(), [Span(20, 24), Span(0, 3)], [], []).content == (Span(0, 3), Span(20, 24))


def test_moved_and_added_ones_leave_as_gold_and_in_every_export(weir, judge, tmp_path):
    moved(judge, weir)
    line = added(judge, weir)
    weir.export("gold", tmp_path / "gold.json")
    gold = spans_of_gold(json.loads((tmp_path / "gold.json").read_text()), {"weir": TEXT})
    found = {s["id"]: [Span(*each).of(TEXT) for each in s["content"]] for s in gold["articles"]["weir"]["statements"]}
    assert found == {"s1": ["the weir would hold."], f"p{line.n}": ["“Nobody has to leave,”"]}
    weir.export("jsonl", tmp_path / "out.jsonl", StatementFilter(speaker="Ada Moss"))
    (stmt,) = json.loads((tmp_path / "out.jsonl").read_text())["statements"]
    assert [Span(*each).of(TEXT) for each in stmt["content"]] == ["the weir would hold."]


def test_a_speaker_that_a_person_set_has_no_role_of_the_other(weir, judge):
    judge.speaker("weir#s1", "the lock keeper")
    row = weir.statement("weir#s1")
    assert (row.speaker, row.named, row.role, row.found.named) == ("the lock keeper", False, None, True)
    assert [found.id for found in weir.search("speaker:keeper")] == [row.id]
    assert sound(weir) == []


def version(n):
    """Three versions of one file, and a report of another, with what stands in each of the statements of one extraction."""
    text = (TEXT, "New lead. " + TEXT, TEXT.replace("leave", "go"), TEXT)[n]
    said = [("the weir would", "Ada Moss"), ("the weir would", "Jon Reed"), ("“Nobody has to leave,”", "the miller")]
    stmts = tuple(
        Statement(f"s{k}", (span(words, text),), (span(name, text),), speaker=name)
        for k, (words, name) in enumerate(said, 1)
        if words in text
    )
    return report(text, "lock" if n == 3 else "weir", stmts, ("ab", "cd", "ef", "01")[n])


def step(rec, what, one, other):
    """Do one thing to a record: put or remove a version, judge, or take a judgement back; what cannot be is left."""
    judge, rows, docs = Judge(rec.store, "Ruth"), list(rec.statements(sort="document")), rec.documents()
    names, words = ("Ada Moss", "Jon Reed", "the miller"), ("the weir would", "would hold", "Nobody has to leave,”")
    if what == "put":
        rec.store.put(version(one % 4))
    elif what == "undo":
        judge.undo(one)
    elif what in {"merge", "split"}:
        getattr(judge, what)(names[one % 3], names[other % 3])
    elif what == "remove" and docs:
        rec.store.remove(rec.store.key(docs[one % len(docs)].id))
    elif what == "add" and docs:
        doc = rec.document(docs[one % len(docs)].id)
        at = ([span(words[other % 3], doc.text)], [span(names[other % 2], doc.text)], [])
        judge.add(docs[one % len(docs)].id, at, names[one % 3], "deny")
    elif what == "spans" and rows:
        row = rows[one % len(rows)]
        judge.spans(row.id, [span(words[other % 3], rec.document(row.document_id).text)], [], [])
    elif rows and what in {"accept", "reject"}:
        getattr(judge, what)(rows[one % len(rows)].id)
    elif rows and what in {"speaker", "act"}:
        getattr(judge, what)(rows[one % len(rows)].id, names[other % 3] if what == "speaker" else "deny")


def follows(rec):
    """What follows from the log of a record, and which statements people added to it."""
    ids = {key: f"{document}#{id}" for key, document, id in rec.store.db.run(IDS)}
    people = {ids[key]: found for key, found in judged(rec.store, sorted(ids)).items()}
    people = {id: replace(found, named=False, speaker_type=None) for id, found in people.items()}
    added = {row.id: (row.found.content, row.found.speaker) for row in rec.statements() if "#p" in row.id}
    return people, main_names(rec.store), added


IDS = "SELECT s.key, d.id, s.id FROM statements s JOIN documents d ON d.key = s.document"
STEPS = (*("put", "add", "undo") * 2, "remove", "accept", "reject", "speaker", "act", "spans", "merge", "split")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.integers(0, 11)), max_size=16))
def test_judging_one_by_one_is_drawing_all_anew(steps):
    with Record.open(":memory:") as rec, Record.open(":memory:") as other:
        rec.store.put(version(0))
        for each in steps:
            with suppress(QueryError, NotFound, ValueError):
                step(rec, *each)
        for doc in rec.store.documents():
            other.store.put(replace(doc, statements=tuple(s for s in doc.statements if s.id.startswith("s"))))
        for row in rec.store.db.run("SELECT * FROM judgements"):
            other.store.db.run(f"INSERT INTO judgements VALUES ({','.join('?' * len(row))})", row)
        draw(other.store)
        assert follows(rec) == follows(other)
        before = follows(rec)
        draw(rec.store)
        assert follows(rec) == before
        assert sound(rec) == sound(other) == []


def test_a_judgement_writes_as_much_when_many_stand_as_when_none_does(weir, judge):
    written = []
    for n in range(30):
        before = weir.store.db.run("SELECT total_changes()")[0][0]
        (judge.accept if n % 2 else judge.reject)("weir#s1")
        added(judge, weir) if n == 10 else None
        written.append(weir.store.db.run("SELECT total_changes()")[0][0] - before)
    assert written[2:10] == written[12:20] == written[20:28]
