"""Wording in the reading room: words by outlets, each count with its places."""

import pytest
from lxml import html

import onrecord
from onrecord.ask.wording import Place, WordingRow
from onrecord.serve.wording import bars


def tree(answer):
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def test_words_of_a_machine_translation_stand_beside_those_it_translates(linked_reader):
    rows = linked_reader.get("/wording.json?referent=sides").json()["rows"]
    found = {(row["word"], row["outlet"]) for row in rows if row["how"] == "exchanged"}
    assert {("parts", "Basin Monitor"), ("sides", "Lakeshore Press Agency")} <= found


def test_every_count_is_the_number_of_its_places(linked_reader):
    for row in linked_reader.get("/wording.json?limit=1000").json()["rows"]:
        assert row["own"] + row["attributed"] + row["quoted"] == len(row["places"])
        found = linked_reader.get(row["address"].replace("/wording/places?", "/wording/places.json?")).json()
        assert found["count"] == len(row["places"])


def test_each_count_on_the_page_leads_to_places_that_show_the_word(linked_reader):
    page = tree(linked_reader.get("/wording?referent=sides"))
    link = page.xpath("//ul[@class='counts']//a")[0]
    there = tree(linked_reader.get(link.get("href")))
    marked = there.xpath("//li[@class='statement']//mark")
    assert len(marked) == int(link.text_content().split(": ")[1].split()[0])
    word = there.xpath("string(//h1)").split("”")[0].strip("“")
    assert all(mark.text_content().casefold().startswith(word) for mark in marked)


def test_a_place_opens_its_report_at_the_passage(linked_reader):
    row = linked_reader.get("/wording.json?referent=sides").json()["rows"][0]
    place = linked_reader.get(row["address"].replace("/wording/places?", "/wording/places.json?")).json()["rows"][0]
    assert linked_reader.get(place["address"].partition("#")[0]).status_code == 200


def test_words_that_set_an_outlet_apart_have_their_places(linked_reader):
    rows = linked_reader.get("/wording/apart.json").json()["rows"]
    for row in rows[:3]:
        query = f"apart=yes&word={row['word']}&outlet={row['outlet']}&voice=own"
        assert linked_reader.get(f"/wording/places.json?{query}").json()["count"] == min(row["n"], 30)


@pytest.mark.parametrize(
    "path", ["/wording.json?how=magic", "/wording/apart.json?voice=loud", "/wording/places.json?voice=x"]
)
def test_what_cannot_be_asked_is_refused_in_words(linked_reader, path):
    answer = linked_reader.get(path)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


@pytest.mark.parametrize("path", ["/wording.csv", "/wording/apart.csv", "/wording/places.csv?word=door"])
def test_wording_is_a_table_too(linked_reader, path):
    assert linked_reader.get(path).headers["content-type"].startswith("text/csv")


def test_a_comparison_says_what_each_report_calls_the_same(linked_reader):
    page = tree(linked_reader.get("/compare?report=lpa-gate-offer&report=monitor-gate-offer"))
    cells = page.xpath("//div[@class='worded']//tbody/tr")
    assert any("release" in row.text_content() and "liberation" in row.text_content() for row in cells)


def test_the_picture_says_each_bar_in_words_and_escapes_them():
    def row(word, outlet, own, quoted):
        places = tuple(Place("a", "a", onrecord.Span(n, n + 1), "own") for n in range(own + quoted))
        return WordingRow("x", "known words", 1, word, outlet, own, 0, quoted, 1, places, "by")

    picture = bars([row("hostage", "<b>Herald", 6, 2), row("detainee", "Courier", 3, 0)])
    titles = [title.text for title in html.fromstring(picture).xpath("//rect/title")]
    assert sorted(titles) == [
        "<b>Herald: hostage, 2 in what others say",
        "<b>Herald: hostage, 6 in its own voice",
        "Courier: detainee, 3 in its own voice",
    ]
    assert "<b>" not in picture


def test_few_places_make_no_picture():
    assert bars([]) == ""
