"""Positions in the room: speakers by issues, an issue's steps, a speaker's; as pages, as data, named by people, safe."""

import csv
import io
from dataclasses import replace

import pytest
from lxml import html

from onrecord.document import Document, Origin, Span, Statement
from onrecord.link import positioning
from onrecord.record import Record
from onrecord.serve.moves import Lane, picture
from onrecord.serve.room import Room

EVIL = "<img src=x onerror=alert(1)>\"'&=cmd"


def tree(answer):
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def test_the_table_has_who_stands_where_and_each_cell_leads_to_the_steps(reader):
    page = tree(reader.get("/positions"))
    heads = [head.text_content().strip() for head in page.xpath("//table[contains(@class, 'positions')]/thead//th")]
    assert heads[0] == "issue"
    assert "Vastria" in heads
    link = page.xpath("//a[@class='stand'][contains(@href, 'by-vastria')]/@href")[0]
    path, _, anchor = link.partition("#")
    assert tree(reader.get(path)).xpath(f"//tr[@id='{anchor}']")


def test_an_issue_shows_its_steps_with_words_conditions_and_changes(reader):
    page = tree(reader.get("/issue/gate"))
    said = page.xpath("string(//table[contains(@class, 'steps')])")
    assert "softened" in said
    assert "if Ondelle frees crews" in " ".join(said.split())
    assert [link for link in page.xpath("//td[@class='said']//a/@href") if not link.startswith("/statement/")] == []


def test_the_picture_says_what_the_table_says(reader):
    page = tree(reader.get("/issue/gate"))
    svg = page.xpath("//figure/svg")[0]
    assert svg.get("role") == "img"
    assert svg.xpath("./title")[0].text == "Who stood where on Gate, over time"
    marks = [title.text for title in svg.xpath(".//g/title")]
    dated = [row for row in reader.get("/issue/gate.json").json()["steps"] if row["day"]]
    assert len(marks) == len(dated)
    assert any("Vastria, 2024-04-18: for, offers; softened" in mark for mark in marks)


def test_a_speakers_page_has_positions_over_time_with_every_statement(reader):
    page = tree(reader.get("/speaker/Vastria"))
    assert page.xpath("//section[@aria-labelledby='stands']//svg")
    assert "Gate" in page.xpath("string(//section[@aria-labelledby='stands']//table)")
    assert page.xpath("//section[@aria-labelledby='stands']//a[starts-with(@href, '/statement/')]")


@pytest.mark.parametrize("path", ["/positions", "/issue/gate"])
def test_pages_are_data_with_every_step(reader, path):
    found = reader.get(f"{path}.json").json()
    steps = found["rows"] if "rows" in found else found["steps"]
    lines = list(csv.DictReader(io.StringIO(reader.get(f"{path}.csv").text)))
    assert [line["holder"] for line in lines] == [step["holder"] for step in steps]
    assert all(step["statements"] for step in steps)
    assert {line["change"] for line in lines} >= {"new", "softened"}


def test_positions_are_narrowed_by_speaker_and_issue(reader):
    rows = reader.get("/api/positions?speaker=Vastria&issue=gate").json()["rows"]
    assert {(row["holder"], row["issue"]) for row in rows} == {("Vastria", "gate")}
    assert reader.get("/api/positions?issue=moon").status_code == 404
    assert reader.get("/api/positions?limit=x").status_code == 400


def test_an_issue_is_named_by_a_form_and_unnamed(client):
    sent = {"kind": "issue", "name": "gate", "main": "The sluice gates", "author": "Ruth", "back": "/issue/gate"}
    headers = {"origin": "http://127.0.0.1", "host": "127.0.0.1"}
    assert client.post("/judge", data=sent, headers=headers).status_code == 303
    page = tree(client.get("/issue/gate"))
    assert page.xpath("string(//h1)") == "The sluice gates"
    assert "named by Ruth" in page.text_content()
    n = client.get("/api/judgements").json()["rows"][-1]["n"]
    assert client.post(f"/api/judgements/{n}/undo", json={"author": "Ruth"}).status_code == 201
    assert tree(client.get("/issue/gate")).xpath("string(//h1)") == "Gate"


def test_a_room_for_reading_only_offers_no_naming(reader):
    assert tree(reader.get("/issue/gate")).xpath("//form[@action='/judge']") == []


def test_before_linking_the_pages_say_how_to_link(tmp_path, by_hand, asking):
    with Record.open(tmp_path / "bare.db") as rec:
        rec.store.put(by_hand[0])
        client = asking(Room(rec))
        assert "onrecord link" in client.get("/positions").text
        assert client.get("/issue/gate").status_code == 404


def hostile(n):
    text = f"{EVIL} demands {EVIL} ferry {n}."
    at = len(EVIL) + 1
    said = Statement(
        "s1", (Span(at + 8, len(text) - 1),), (Span(0, len(EVIL)),), (Span(at, at + 7),), speaker=EVIL, named=True,
        speaker_type="person", act="demand", by={"act": "acts-1/cue demand"},
    )  # fmt: skip
    return Document(
        f"evil{n}",
        text,
        Origin(f"evil{n}.txt", f"{n:064x}"),
        outlet=EVIL,
        published=f"2031-01-0{n}",
        statements=(said,),
    )


def test_hostile_words_are_escaped_on_every_page_of_positions(tmp_path, asking):
    with Record.open(tmp_path / "evil.db") as rec:
        for n in (1, 2):
            rec.store.put(hostile(n))
        with rec.store.db.transaction():
            positioning.draw(rec.store)
        client = asking(Room(rec, author=EVIL))
        ids = [row["id"] for row in client.get("/api/issues").json()["rows"]]
        assert ids
        client.post("/api/judgements", json={"kind": "issue", "name": ids[0], "main": EVIL, "author": EVIL})
        for path in ("/positions", *(f"/issue/{id}" for id in ids), f"/positions?speaker={EVIL}"):
            page = tree(client.get(path))
            assert page.xpath("//img") == []
            assert page.xpath("//*[@onerror]") == []


def test_a_picture_needs_a_day(reader):
    assert picture([], "x") == ""
    row = next(iter(reader_rows(reader)))
    assert picture([Lane("a", (replace(row, day=None),))], "x") == ""
    assert 'class="against"' in picture([Lane("a", (replace(row, day="2031-02", way="against"),))], "x")


def reader_rows(reader):
    from onrecord.ask.positions import positions

    return positions(reader.app.state.room.record.store)


def test_a_table_of_more_than_a_thousand_steps_leaves_whole(tmp_path, asking):
    with Record.open(tmp_path / "many.db") as rec:
        for n in range(1001):
            rec.store.put(stand(n))
        with rec.store.db.transaction():
            positioning.draw(rec.store)
        client = asking(Room(rec))
        assert client.get("/positions.json").json()["count"] == 1001
        assert len(list(csv.DictReader(io.StringIO(client.get("/positions.csv").text)))) == 1001
        assert len(list(csv.DictReader(io.StringIO(client.get("/positions.csv?limit=7").text)))) == 7


def stand(n):
    """A report in which a speaker of this number demands a toll."""
    name = f"Ada{n} Moss{n}"
    text = f"{name} demands a ferry toll."
    at = len(name) + 1
    said = Statement(
        "s1", (Span(at + 8, len(text) - 1),), (Span(0, len(name)),), (Span(at, at + 7),), speaker=name, named=True,
        speaker_type="person", act="demand", by={"act": "acts-1/cue demand"},
    )  # fmt: skip
    return Document(f"r{n}", text, Origin(f"r{n}.txt", f"{n:064x}"), published="2031-01-01", statements=(said,))


@pytest.fixture
def two(namesakes, asking):
    with Record.open(namesakes) as rec:
        yield asking(Room(rec, author="Ruth"))


def test_two_holders_of_one_name_have_a_lane_an_address_and_a_link_each(two):
    steps = two.get("/issue/ferry-toll.json").json()["steps"]
    ways = {step["address"]: step["way"] for step in steps if step["holder"] == "Ada Moss"}
    assert ways == {"/issue/ferry-toll#by-ada-moss": "for", "/issue/ferry-toll#by-ada-moss-2": "against"}
    issue = tree(two.get("/issue/ferry-toll"))
    for address, way in ways.items():
        (row,) = issue.xpath(f"//tr[@id='{address.partition('#')[2]}']")
        (link,) = row.xpath("th/a/@href")
        page = tree(two.get(link))
        assert page.xpath("//section[@aria-labelledby='stands']//span[starts-with(@class, 'way')]/text()") == [way]
    assert len(set(issue.xpath("//svg[contains(@class, 'moves')]/text[@class='lane']/text()"))) == 3
    table = tree(two.get("/positions"))
    assert set(table.xpath("//a[@class='stand']/@href")) >= set(ways)
    links = [link for link in table.xpath("//thead//a/@href") if link.startswith("/speaker/Ada")]
    assert len(set(links)) == 2


def test_steps_of_two_holders_of_one_name_do_not_run_into_each_other(tmp_path, asking, doc):
    from onrecord.ask.positions import PositionFilter, positions

    with Record.open(tmp_path / "same-day.db") as rec:
        for n, (role, cue, act) in enumerate(
            [("minister", "demands", "demand"), ("judge", "rejects", "refuse")] * 2, 1
        ):
            rec.store.put(twin(n, role, cue, act))
        with rec.store.db.transaction():
            rec.store.db.run("INSERT INTO personas SELECT s.speaker, s.document, 1 FROM statements s WHERE s.act ="
                             " (SELECT key FROM words WHERE word = 'refuse')")  # fmt: skip
            positioning.draw(rec.store)
        rows = positions(rec.store, PositionFilter())
    assert [(row.way, row.n) for row in rows] == [("for", 1), ("for", 2), ("against", 1), ("against", 2)]


def twin(n, role, cue, act):
    text = f"Ada Moss {cue} a ferry toll."
    end = 9 + len(cue)
    said = Statement(
        "s1", (Span(end + 1, len(text) - 1),), (Span(0, 8),), (Span(9, end),), speaker="Ada Moss", named=True, role=role,
        speaker_type="person", act=act, by={"act": f"acts-1/cue {act}"},
    )  # fmt: skip
    return Document(
        f"r{n}", text, Origin(f"r{n}.txt", f"{n:064x}"), published=f"2031-01-0{(n + 1) // 2}", statements=(said,)
    )


def test_what_a_person_says_is_another_speakers_stands_with_that_speakers_positions(two):
    said = {"kind": "speaker", "statement": "r2#s1", "name": "Jon Reed", "author": "Ruth"}
    assert two.post("/judge", data=said).status_code == 303
    steps = tree(two.get("/speaker/Jon%20Reed")).xpath("//section[@aria-labelledby='stands']//tbody/tr")
    assert [step.xpath("string(td[2]/span)") for step in steps] == ["against", "for"]
