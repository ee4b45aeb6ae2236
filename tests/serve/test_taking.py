"""What is taken away says what the record says, in the words of each form."""

import csv
import io
import json
import zipfile

import pytest
from lxml import html

from onrecord.export.citations import bibtex, citation, csl
from onrecord.judgements import Judge
from onrecord.record import Record
from onrecord.serve.room import Room
from onrecord.store.find import StatementFilter


@pytest.fixture
def taken(record, tmp_path):
    def take(format, asked=None):
        record.export(format, tmp_path / "out", asked)
        return (tmp_path / "out").read_bytes()

    return take


def test_an_annotation_finds_its_words_by_quote_and_by_place(taken, by_hand):
    texts = {doc.name: doc.text for doc in by_hand}
    items = json.loads(taken("webannotation"))["items"]
    assert len(items) == sum(len(doc.statements) for doc in by_hand)
    for item in items:
        text = texts[item["id"].removeprefix("urn:onrecord:").partition("#")[0]]
        for target in item["target"]:
            quote = target["selector"]
            start, end = quote["refinedBy"]["start"], quote["refinedBy"]["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


def references(thing):
    """Every {"@id": ...} that stands alone under a word of PROV-O or isPartOf."""
    for name, value in thing.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and set(each) == {"@id"}:
                yield name, each["@id"]


def test_linked_data_has_a_thing_for_each_report_and_statement_and_no_loose_ends(taken, by_hand):
    graph = json.loads(taken("jsonld"))["@graph"]
    ids = {thing["@id"] for thing in graph}
    assert len(ids) == len(graph) == 2 * len(by_hand) + sum(len(doc.statements) for doc in by_hand)
    assert {id for thing in graph for _, id in references(thing)} <= ids


def test_linked_data_says_how_each_was_made_and_who_judged_it_when(taken, record):
    judge = Judge(record.store, "Ruth")
    judge.act("lpa-damages#s1", "deny")
    line = judge.accept("lpa-damages#s1")
    graph = {thing["@id"]: thing for thing in json.loads(taken("jsonld"))["@graph"]}
    stmt = graph["onrecord:lpa-damages#s1"]
    made = graph[stmt["prov:wasGeneratedBy"]["@id"]]
    assert (made["@type"], made["prov:used"]) == ("prov:Activity", {"@id": "onrecord:lpa-damages"})
    by = graph[stmt["prov:wasInfluencedBy"][-1]["@id"]]
    assert (by["name"], by["prov:wasAssociatedWith"]["name"], by["prov:endedAtTime"]["@value"]) == (
        "accept",
        "Ruth",
        line.at,
    )
    assert {"onrecord:by/person"} <= {agent["@id"] for agent in stmt["prov:wasAttributedTo"]}


def test_what_people_set_leaves_in_every_form(taken, record):
    judge = Judge(record.store, "Ruth")
    judge.speaker("lpa-damages#s1", "Nobody Before")
    judge.reject("lpa-damages#s2")
    asked = StatementFilter(document="lpa-damages")
    for format in ("json", "jsonl", "csv", "webannotation", "jsonld", "html", "bibtex", "csl", "brat"):
        data = taken(format, asked)
        if format == "brat":
            archive = zipfile.ZipFile(io.BytesIO(data))
            data = b"".join(archive.read(name) for name in archive.namelist())
        assert b"Nobody Before" in data, format
    lines = [json.loads(line) for line in taken("jsonl", asked).splitlines()]
    assert [s["by"].get("verdict") for s in lines[0]["statements"]][:2] == [None, "person: rejected"]
    assert "rejected by a person" in taken("html", asked).decode()


def test_a_dossier_of_a_speaker_says_whose_it_is_and_what_was_asked(taken):
    page = html.fromstring(taken("html", StatementFilter(speaker="Vastria", act="offer")))
    assert page.xpath("string(//h1)") == "Dossier: Vastria"
    assert "speaker Vastria, act offer" in page.xpath("string(//main/p)")


def test_a_dossier_of_a_comparison_has_every_statement_and_marks_what_is_new(client, ids):
    reports = [ids["lpa-gate-offer"], ids["monitor-gate-offer"]]
    answer = client.get("/export", params={"format": "html", "report": reports})
    page = html.fromstring(answer.content)
    n = sum(len(client.get(f"/report/{id}.json").json()["statements"]) for id in reports)
    assert len(page.xpath("//td//li")) == n
    assert page.xpath("//ins")
    assert len(page.xpath("//ul/li[contains(., 'sha256:')]")) == 2
    assert not page.xpath("//script | //link | //img")


def test_a_dossier_of_an_issue_has_each_step_with_its_statements(record, asking):
    record.link()
    client = asking(Room(record))
    issue = client.get("/api/issues").json()["rows"][0]
    page = html.fromstring(client.get("/export", params={"format": "html", "issue": issue["id"]}).content)
    assert page.xpath("string(//h1)") == f"Dossier: {issue['name']}"
    assert len(page.xpath("//article")) >= issue["statements"]
    assert len(set(page.xpath("//article/@id"))) == len(page.xpath("//article"))


def test_brat_has_the_text_and_places_that_say_what_stands_there(taken):
    archive = zipfile.ZipFile(io.BytesIO(taken("brat")))
    names = [name for name in archive.namelist() if name.endswith(".ann")]
    assert len(names) == 12
    for name in names:
        text = archive.read(name.replace(".ann", ".txt")).decode()
        for line in archive.read(name).decode().splitlines():
            if line.startswith("T"):
                _, places, words = line.split("\t")
                spans = [tuple(map(int, place.split())) for place in places.partition(" ")[2].split(";")]
                assert " ".join(text[start:end] for start, end in spans) == words


def test_parquet_has_the_lines_of_the_csv(taken):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: the parquet extra is not tested")
    table = parquet.read_table(io.BytesIO(taken("parquet"))).to_pylist()
    lines = list(csv.DictReader(io.StringIO(taken("csv").decode())))
    assert sorted(row["id"] for row in table) == sorted(line["id"] for line in lines)
    assert {row["id"]: row["via"] for row in table}["courier-gate-report#s3"] == [
        "Orrin Radio",
        "Lakeshore Press Agency",
    ]


@pytest.mark.parametrize("format", ["webannotation", "jsonld", "brat", "html", "bibtex", "csl", "parquet", "gold"])
def test_the_same_record_gives_the_same_bytes(taken, format):
    assert taken(format) == taken(format)


@pytest.mark.parametrize("format", ["webannotation", "jsonld", "html", "bibtex", "csl", "csv"])
def test_what_is_filtered_is_what_leaves(taken, record, format):
    asked = StatementFilter(act="threaten")
    words = [row.text[:20] for row in record.statements(asked)]
    out = taken(format, asked).decode()
    assert all(json.dumps(word)[1:-1] in out or word in out for word in words)
    assert len(out) < len(taken(format).decode()) / 4


def test_a_citation_has_words_speaker_date_outlet_address_and_digest(by_hand):
    doc = next(doc for doc in by_hand if doc.name == "lpa-gate-offer")
    line = citation(doc, doc.statements[1])
    for part in (doc.statements[1].speaker, doc.outlet, doc.published, doc.url, doc.origin.digest, doc.title):
        assert part in line


def test_citations_for_managers_have_a_type_and_a_date(by_hand):
    doc = by_hand[0]
    item = csl(doc, doc.statements[0], doc.name)
    assert (item["type"], item["issued"]) == ("article-newspaper", {"date-parts": [[2024, 4, 9]]})
    entry = bibtex(doc, doc.statements[0], doc.name)
    assert entry.startswith("@article{courier-gate-report:s1,")
    assert entry.count("{") == entry.count("}")


def test_a_dossier_says_every_statement_under_its_speaker(taken, by_hand):
    page = taken("html").decode()
    assert page.count("<article ") == sum(len(doc.statements) for doc in by_hand)
    assert "<script" not in page


def test_a_dossier_of_an_issue_keeps_two_people_of_one_name_apart(namesakes, asking):
    with Record.open(namesakes) as rec:
        page = html.fromstring(asking(Room(rec)).get("/export?format=html&issue=ferry-toll").content)
    sections = {section.xpath("string(h2)"): section.xpath("h3/text()") for section in page.xpath("//section")}
    assert {name: ["for" in step for step in steps] for name, steps in sections.items()} == {
        "Ada Moss (1)": [True],
        "Ada Moss (2)": [False],
        "Jon Reed": [True],
    }
    assert len(set(page.xpath("//article/@id"))) == len(page.xpath("//article")) == 3
