"""What the pages say, asked without a browser."""

import csv
import io
import re

import pytest
from lxml import html

import onrecord
from onrecord.document import Document, Origin, Span, Statement
from onrecord.serve.room import Room

PAGES = (
    "/",
    "/statements",
    "/search?q=gate",
    "/reports",
    "/speakers",
    "/speaker/Vastria",
    "/figures",
    "/positions",
    "/issue/gate",
    "/compare",
    "/judgements",
)


@pytest.fixture(params=PAGES)
def path(request):
    return request.param


def tree(answer):
    return html.fromstring(answer.content)


def test_every_page_is_there_with_one_heading_and_a_language(reader, path):
    page = tree(reader.get(path))
    assert len(page.xpath("//h1")) == 1
    assert page.get("lang") == "en"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_every_page_is_data_too(reader, path, form):
    address, _, query = path.partition("?")
    answer = reader.get(f"{'/home' if address == '/' else address}.{form}?{query}")
    if address == "/compare":
        assert answer.status_code == 200
    assert answer.headers["content-type"].startswith({"json": "application/json", "csv": "text/csv"}[form])


def test_every_link_in_the_room_leads_somewhere(reader, path):
    links = {link for link in tree(reader.get(path)).xpath("//a/@href") if link.startswith("/")}
    some = sorted(links)[:: max(1, len(links) // 12)]
    assert [link for link in some if reader.get(link).status_code not in {200, 303}] == []


def test_the_count_is_the_number_of_statements_picked(reader):
    whole = reader.get("/statements.json?act=refuse&limit=1000").json()
    assert whole["count"] == len(whole["rows"]) > 10
    assert f"{whole['count']} statements" in tree(reader.get("/statements?act=refuse")).xpath(
        "string(//h2[@id='count'])"
    )


def test_facets_say_how_many_there_will_be(reader):
    page = tree(reader.get("/statements?condition=yes"))
    for item in page.xpath("//aside//details/details[1]//li")[:4]:
        narrowed = reader.get(item.xpath("a/@href")[0].replace("/statements", "/statements.json")).json()
        assert narrowed["count"] == int(item.xpath("string(span)"))


def test_the_figure_facet_leaves_statements_with_a_figure(reader, by_hand):
    with_figure = {(doc.name, fig.statement) for doc in by_hand for fig in doc.figures if fig.statement}
    assert reader.get("/statements.json?figure=yes").json()["count"] == len(with_figure)


def test_a_report_is_the_text_of_its_source_to_the_letter(reader, by_hand, ids):
    for doc in by_hand:
        page = tree(reader.get(f"/report/{ids[doc.name]}"))
        for hidden in page.xpath("//*[contains(@class, 'sr')] | //a[@class='n']"):
            hidden.drop_tree()
        shown = "".join(part.text_content() for part in page.xpath("//div[@class='pair']/*[self::p or self::h1]"))
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", doc.text)


def test_every_statement_is_lit_where_it_stands(reader, by_hand, ids):
    for doc in by_hand:
        page = tree(reader.get(f"/report/{ids[doc.name]}"))
        for hidden in page.xpath("//div[@class='pair']//*[contains(@class, 'sr')] | //a[@class='n']"):
            hidden.drop_tree()
        for stmt in doc.statements:
            pieces = page.xpath(f"//span[contains(@class, 'content')][@data-s='{stmt.id}']")
            shown = "".join(piece.text_content() for piece in pieces)
            assert shown == "".join(span.of(doc.text) for span in stmt.content)
            assert len(page.xpath(f"//span[@id='{stmt.id}']")) == 1


def test_a_statements_address_opens_its_report_at_the_passage(reader, ids):
    id = ids["lpa-gate-offer"]
    answer = reader.get(f"/statement/{id}/s2")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/report/{id}?statement=s2#s2")
    assert tree(reader.get(f"/report/{id}?statement=s2")).xpath("//aside[@class='panel']")


def test_an_id_with_its_hash_escaped_is_an_address_too(reader, ids):
    assert reader.get(f"/statement/{ids['lpa-gate-offer']}%23s2").headers["location"].endswith("#s2")


def test_relay_is_drawn_hop_by_hop(reader, ids):
    page = tree(reader.get(f"/report/{ids['courier-gate-report']}"))
    chain = page.xpath("//li[@id='m-s3']//ol[@class='chain']/li")
    assert [hop.text_content().strip() for hop in chain] == [
        "a source close to the talks",
        "Orrin Radio",
        "Lakeshore Press Agency",
        "The Haldis Courier",
    ]


def test_pictures_have_a_title_and_a_table_that_says_the_same(reader):
    page = tree(reader.get("/speaker/Vastria"))
    (picture,) = page.xpath("//section[@aria-labelledby='time']//svg")
    dots = [title.text for title in picture.xpath(".//circle/title")]
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//section[@aria-labelledby='time']//tbody/tr")]
    assert picture.get("aria-label") == "What Vastria did, over time"
    assert len(dots) == len(rows)
    assert all(dot.startswith(f"{day}: {act}, {n} ") for dot, (day, act, n) in zip(dots, rows, strict=True))


def test_compare_lets_each_report_speak(reader, ids):
    a, b = ids["lpa-gate-offer"], ids["monitor-gate-offer"]
    rows = reader.get(f"/compare.json?report={a}&report={b}").json()["rows"]
    assert {row["report"] for row in rows} == {a, b}
    assert len(rows) == sum(reader.get(f"/api/reports/{id}").json()["statements"].__len__() for id in (a, b))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/report/nothing", 404),
        ("/speaker/Nobody", 404),
        ("/statement/lpa-gate-offer/s999", 404),
        ("/statements?act=sing", 400),
        ("/statements?limit=many", 400),
        ("/statements?limit=1001", 400),
        ("/statements?condition=perhaps", 400),
        ("/statements?q=(", 400),
        ("/statements?published=yesterday", 400),
        ("/compare?report=a", 400),
        ("/export?format=docx", 400),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(reader, path, status):
    answer = reader.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert tree(answer).xpath("string(//main/p)").strip()


def test_csv_is_read_back_by_the_csv_module(reader):
    text = reader.get("/statements.csv?limit=1000").text
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == reader.get("/statements.json").json()["count"]
    assert not [cell for line in lines for cell in line.values() if cell.startswith(("=", "+", "-", "@"))]


def test_an_empty_record_has_a_home(tmp_path, asking):
    with onrecord.open(tmp_path / "empty.db") as rec:
        client = asking(Room(rec))
        some = [path for path in PAGES if not path.startswith(("/speaker/", "/issue/"))]
        assert {path: client.get(path).status_code for path in some} == dict.fromkeys(some, 200)


def test_every_passage_says_its_language_and_direction(reader, by_hand, ids):
    rows = tree(reader.get("/statements?limit=1000")).xpath("//blockquote[contains(@class, 'words')]")
    assert rows and {(row.get("lang") is not None, row.get("dir")) for row in rows} == {(True, "auto")}
    report = tree(reader.get(f"/report/{ids['lpa-gate-offer']}"))
    assert report.xpath("//article/@lang") and set(report.xpath("//div[@class='pair']/p/@dir")) == {"auto"}


@pytest.mark.parametrize("name", ["José", "Ministère", "A/B", "What? #1", "50 %", "a~b:c@d"])
def test_a_correction_leads_back_to_the_page_of_a_speaker_of_any_name(client, ids, name):
    from onrecord.serve import addresses

    statement = {"author": "Ruth", "statement": f"{ids['lpa-damages']}#s1"}
    client.post("/judge", data={**statement, "kind": "speaker", "name": name})
    path = addresses.speaker(name)
    (back,) = set(
        tree(client.get(f"{path}?offset=0&limit=5")).xpath("//section[@class='correct']//input[@name='back']/@value")
    )
    answer = client.post("/judge", data={**statement, "kind": "accept", "back": back})
    there = tree(client.get(answer.headers["location"]))
    assert answer.headers["location"].endswith("?offset=0&limit=5")
    assert there.xpath("string(//h1)") == name


def dated(n, day):
    text = "It rains, Ada Moss said."
    said = Statement("s1", (Span(0, 8),), (Span(10, 18),), (Span(19, 23),), speaker="Ada Moss", said_on=day)
    return Document(f"r{n}", text, Origin(f"r{n}.txt", f"{n:064x}"), statements=(said,))


@pytest.mark.parametrize(
    ("days", "drawn", "words"),
    [
        (
            ["1963-11-22", "1963-11-23", "2024-02-01", "2024-03-01"],
            ["2024-02", "2024-03"],
            "2 earlier statements are not",
        ),
        (["1963-11", "2024-02"], ["2024-02"], "1 earlier statement is not"),
        (["1974-04", "2024-03"], ["1974-04", "2024-03"], None),
        (["2024-02-01", "2024-02-03"], ["2024-02-01", "2024-02-03"], None),
    ],
)
def test_the_picture_of_when_has_the_last_fifty_years_and_says_how_many_are_earlier(
    tmp_path, asking, days, drawn, words
):
    with onrecord.open(tmp_path / "long.db") as rec:
        for n, day in enumerate(days):
            rec.store.put(dated(n, day))
        (section,) = tree(asking(Room(rec)).get("/")).xpath("//section[@aria-labelledby='when']")
    assert [title.text.partition(":")[0] for title in section.xpath(".//rect/title")] == drawn
    assert sum(int(cell) for cell in section.xpath(".//tbody//td/text()")) == len(days)
    said = section.xpath("string(p)")
    assert (words or "") in said
    assert bool(words) == bool(said)


def data_links(page):
    return page.xpath("//p[@class='forms']/a/@href")


@pytest.mark.parametrize(
    "path", ["/utterances?outlets=1&offset=3&limit=4", "/speaker/Vastria?offset=4&limit=3", "/speaker/Vastria?offset=2"]
)
def test_a_page_as_data_is_that_page(linked_reader, path):
    page = tree(linked_reader.get(path))
    as_json, as_csv = data_links(page)
    shown = page.xpath("//li[@class='statement']//blockquote")
    found = linked_reader.get(as_json).json()
    assert len(found["rows"]) == len(shown)
    assert found["offset"] == int(re.search(r"offset=(\d)", path)[1])
    texts = [row.get("text") or row["words"] for row in found["rows"]]
    assert texts == [row.text_content().strip() for row in shown]
    assert len(list(csv.DictReader(io.StringIO(linked_reader.get(as_csv).text)))) == len(shown)


def test_a_comparison_as_data_has_the_shared_text_and_the_wording_too(linked_reader, ids):
    a, b = ids["lpa-gate-offer"], ids["monitor-gate-offer"]
    page = tree(linked_reader.get(f"/compare?report={a}&report={b}"))
    as_json, as_csv = data_links(page)
    found, lines = linked_reader.get(as_json).json(), list(csv.DictReader(io.StringIO(linked_reader.get(as_csv).text)))
    parts = [line["part"] for line in lines]
    assert len(found["wording"]) == len(page.xpath("//table[.//th='referent']/tbody/tr")) > 0
    sailor = next(call for one in found["wording"] for call in one["calls"] if call["words"] == "sailor")
    assert (sailor["report"], sailor["own"] + sailor["attributed"] + sailor["quoted"] > 0) == (b, True)
    assert parts.count("wording") == sum(len(one["calls"]) for one in found["wording"])
    assert {line["report"] for line in lines if line["part"] == "wording"} == {a, b}


def test_text_that_two_reports_share_is_in_every_form_of_their_comparison(linked_reader, ids):
    pair = linked_reader.get("/api/copies").json()["rows"][0]
    path = f"/compare{{}}?report={pair['first']}&report={pair['second']}"
    shown = tree(linked_reader.get(path.format(""))).xpath("//section[@aria-labelledby='shared']//li")
    found = linked_reader.get(path.format(".json")).json()["shared"]
    lines = [
        line
        for line in csv.DictReader(io.StringIO(linked_reader.get(path.format(".csv")).text))
        if line["part"] == "text"
    ]
    assert len(shown) == len(found) == len(lines) > 0
    assert [(line["report"], line["words"]) for line in lines] == [
        (" = ".join(one["reports"]), one["words"]) for one in found
    ]
    assert {ids[pair["first"]], ids[pair["second"]]} == set(found[0]["reports"])
