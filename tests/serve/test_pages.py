"""What the pages say, asked without a browser."""

import csv
import io
import re

import pytest
from lxml import html

import onrecord
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
