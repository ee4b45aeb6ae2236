"""What leaves a record: the same bytes for the same inputs, in forms others can read."""

import csv
import io
import json
import re
from dataclasses import replace

import jsonschema
import pytest

from onrecord.ask.statements import StatementFilter
from onrecord.document import Condition, Credit, Figure, Note, Origin, Span
from onrecord.errors import QueryError, RecordError
from onrecord.export import export
from onrecord.export.citations import bibtex
from onrecord.export.dossier import original
from onrecord.form import schema
from onrecord.judgements import Judge
from onrecord.store.connection import Connection
from onrecord.store.store import Store


@pytest.fixture
def store(doc):
    db = Connection(":memory:")
    store = Store(db)
    gate = doc(
        "“[T1 The gate opens if the levy is paid],” [S1 Ines Tallow] [C1 said]. [S2 A clerk] [C2 denied] [T2 it].",
        name="gate",
        origin=Origin("gate.txt", "11" * 32),
        outlet="Bay Post",
        boilerplate=(Span(0, 1),),
        credit=(Credit(Span(1, 4), "Wave Wire"),),
        notes=(Note("unbalanced-quotation", "one mark"),),
        figures=(Figure("f1", Span(5, 9), (2, 3.5), "barge", "range", None, "s1"), Figure("f2", Span(5, 9), 2)),
    )
    first = replace(
        gate.statements[0],
        speaker="=SUM(A1)",
        via=("a", "b"),
        confidence=0.5,
        condition=Condition(Span(19, 35), Span(1, 15)),
    )
    store.put(replace(gate, statements=(first, gate.statements[1])))
    store.put(doc("[S -They-] [C said]: [T +1 555 barges].", name="abc", origin=Origin("abc.txt", "22" * 32)))
    yield store
    db.close()


def exported(store, form, asked=None, **options):
    out = io.BytesIO()
    export(store, form, out, asked, **options)
    return out.getvalue().decode()


def test_json_has_the_form_of_the_guidelines_with_spans_as_offsets(store):
    found = json.loads(exported(store, "json", story="levy"))
    assert (found["story"], list(found["articles"])) == ("levy", ["abc", "gate"])
    assert (found["same"], found["figures_same"], found["copies"]) == ([], [], [])
    gate = found["articles"]["gate"]
    stmt = gate["statements"][0]
    assert (stmt["id"], stmt["content"], stmt["source"], stmt["cue"]) == ("s1", [[1, 35]], [[38, 49]], [[50, 54]])
    assert stmt["condition"] == {"if": [19, 35], "then": [1, 15], "marker": None, "negated": False}
    assert (stmt["via"], stmt["act"], stmt["parent"]) == (["a", "b"], "assert", None)
    figure = gate["figures"][0]
    assert [figure[field] for field in ("id", "span", "text", "value", "unit")] == [
        "f1",
        [5, 9],
        "gate",
        [2, 3.5],
        "barge",
    ]
    assert [figure[field] for field in ("qualifier", "measures", "statement")] == ["range", None, "s1"]
    assert (gate["boilerplate"], gate["credit"][0]["agency"], gate["notes"][0]["kind"]) == (
        ["“"],
        "Wave Wire",
        "unbalanced-quotation",
    )
    assert "text" not in gate


def test_jsonl_is_the_published_form_one_document_a_line(store):
    lines = [json.loads(line) for line in exported(store, "jsonl").splitlines()]
    assert [line["id"] for line in lines] == ["abc", "gate"]
    for line in lines:
        jsonschema.validate(line, schema())
    stmt = lines[1]["statements"][1]
    assert [lines[1]["text"][start:end] for start, end in stmt["content"]] == ["it"]


def test_csv_has_a_line_a_statement_and_nothing_a_spreadsheet_would_run(store):
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv"), newline="")))
    assert [row["id"] for row in rows] == ["abc#s1", "gate#s1", "gate#s2"]
    assert (rows[0]["source"], rows[0]["text"], rows[1]["speaker"]) == ("'-They-", "'+1 555 barges", "'=SUM(A1)")
    assert (rows[1]["via"], rows[1]["confidence"], rows[1]["if"], rows[1]["named"]) == (
        "a; b",
        "0.5000",
        "the levy is paid",
        "false",
    )


def test_csv_can_be_had_as_it_is(store):
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv", raw=True), newline="")))
    assert (rows[0]["source"], rows[1]["speaker"]) == ("-They-", "=SUM(A1)")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\x00"])
def test_every_beginning_of_a_formula_is_made_harmless(start):
    from onrecord.export.csv_ import safe

    assert safe(f"{start}cmd") == f"'{start}cmd"


def test_a_filter_leaves_what_it_picks(store):
    asked = StatementFilter(outlet="Bay Post", confidence=0.4, text="levy")
    gate = json.loads(exported(store, "json", asked))["articles"]
    assert list(gate) == ["gate"]
    assert ([s["id"] for s in gate["gate"]["statements"]], [f["id"] for f in gate["gate"]["figures"]]) == (
        ["s1"],
        ["f1"],
    )
    assert exported(store, "csv", asked).count("\r\n") == 2


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_the_same_record_gives_the_same_bytes(store, form):
    assert exported(store, form) == exported(store, form)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_text_utf_8_cannot_hold_leaves_all_the_same(store, doc, form):
    store.put(doc("[S He] [C said] [T no\ud800pe\x00].", name="odd", origin=Origin("odd.txt", "33" * 32)))
    assert "odd" in exported(store, form)
    if form == "jsonl":
        assert json.loads(exported(store, form).splitlines()[2])["text"] == "He said no\ud800pe\x00."


def test_a_file_has_all_of_it_or_is_left_alone(store, tmp_path):
    path = tmp_path / "out.json"
    path.write_text("before")
    store.db.run("UPDATE documents SET layers = 'broken' WHERE name = 'gate'")
    with pytest.raises(Exception, match=r"malformed|invalid"):
        export(store, "json", path)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("before", [path])


def test_a_place_that_cannot_be_written_is_said(store, tmp_path):
    with pytest.raises(RecordError, match="cannot be written"):
        export(store, "json", tmp_path / "nowhere" / "out.json")


def test_a_format_that_is_not_there_is_said_with_those_that_are(store):
    with pytest.raises(QueryError, match=r"choose one of .*\bcsv\b.*\bjson\b.*\bjsonl\b"):
        export(store, "xml", io.BytesIO())


def test_an_empty_record_is_still_a_story():
    db = Connection(":memory:")
    assert json.loads(exported(Store(db), "json"))["articles"] == {}
    assert exported(Store(db), "jsonl") == ""
    db.close()


# RFC 3987: "%" with two hexadecimal digits, and of what is ASCII no more than this.
IRI = re.compile(r"[a-z]+:(?:%[0-9A-F]{2}|[A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|[^\x00-\x7f])*")
ODD = "talks, part 2 #3 100% “{é}”"


def identifiers(thing):
    """Every value under "@id" or "id", however deep."""
    for name, value in thing.items() if isinstance(thing, dict) else enumerate(thing):
        if name in {"@id", "id"}:
            yield value
        elif isinstance(value, dict | list):
            yield from identifiers(value)


@pytest.fixture
def odd(doc):
    """A record whose report and whose makers have names that are no part of an IRI as they stand."""
    db = Connection(":memory:")
    store = Store(db)
    for name, digest in ((ODD, "44"), (ODD.replace("#", "?"), "55")):
        d = doc(
            "[S He] [C said] [T no].", name=name, origin=Origin("o.txt", digest * 32), url="https://post.example/{a} b"
        )
        stmt = replace(d.statements[0], by={"statement": "eye 4 <trial>", "speaker": "rule:speakers-1"})
        store.put(replace(d, statements=(stmt,)))
    yield store
    db.close()


@pytest.mark.parametrize("form", ["jsonld", "webannotation"])
def test_every_identifier_of_linked_data_is_an_iri_and_names_one_thing(odd, form):
    found = json.loads(exported(odd, form, story="lake & weir.db"))
    told = list(identifiers(found))
    assert [iri for iri in told if not IRI.fullmatch(iri) or iri.count("#") > 1] == []
    things = [thing.get("@id") or thing["id"] for thing in found.get("@graph") or found["items"]]
    assert len(things) == len(set(things)) == (6 if form == "jsonld" else 2)


def test_what_linked_data_calls_a_plain_name_is_that_name(store):
    graph = json.loads(exported(store, "jsonld"))["@graph"]
    assert {"onrecord:gate", "onrecord:gate#s1", "onrecord:gate/extraction"} <= {thing["@id"] for thing in graph}


def cited(doc, **fields):
    made = doc("[S He] [C said] [T no].", **fields)
    return bibtex(made, made.statements[0], made.name)


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("https://post.example/a_b/~c?x=1&y=50%25#top", "https://post.example/a_b/~c?x=1&y=50%25#top"),
        ("https://post.example/{a}\\b", "https://post.example/%7Ba%7D%5Cb"),
        ("https://post.example/é", "https://post.example/é"),
    ],
)
def test_bibtex_has_the_address_as_biblatex_reads_it(doc, url, field):
    assert f"\n  url = {{{field}}},\n" in cited(doc, url=url)


def test_keys_of_names_without_latin_letters_are_told_apart_and_plain_ones_stay(doc):
    names = ["переговоры", "заявление-", "محادثات", "a_b", "a-b", "a b"]
    keys = [cited(doc, name=name).partition(",")[0] for name in names]
    assert len(set(keys)) == len(keys)
    assert keys[4] == "@article{a-b:s1"
    assert [key for key in keys if not re.fullmatch(r"@article\{[A-Za-z0-9:.-]+", key)] == []


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://post.example/a", True),
        ("http://[x/y", False),
        ("http://post.example]/a", False),
        ("javascript:alert(1)", False),
        ("https://post.example/<b>", False),
        (None, False),
    ],
)
def test_a_dossier_links_to_addresses_of_the_web_only_and_to_none_it_cannot_read(doc, url, linked):
    assert ("<a href=" in original(doc("Rain.", url=url))) == linked


def test_a_dossier_of_a_record_with_an_address_that_is_none_is_written(doc):
    db = Connection(":memory:")
    store = Store(db)
    store.put(doc("[S He] [C said] [T no].", url="http://[x/y"))
    assert "http://[x/y sha256" in exported(store, "html")
    db.close()


def test_gold_has_what_people_judged_and_no_figure_that_nobody_did(store):
    Judge(store, "Ruth").accept("gate#s1")
    articles = json.loads(exported(store, "gold"))["articles"]
    assert list(articles) == ["gate"]
    assert [stmt["id"] for stmt in articles["gate"]["statements"]] == ["s1"]
    assert [articles["gate"][part] for part in ("figures", "boilerplate", "credit")] == [[], [], []]
