"""The pages of numbers told more than once: who says what, what rose, what disagrees, by shape and word and as data."""

import shutil

import pytest
from lxml import html

from onrecord.record import Record
from onrecord.serve.room import Room
from onrecord.serve.told import Point, picture
from tests.figured import FLOOD
from tests.serve.test_browser import LOOKS, violations


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    """The path of a linked record of a ferry that sank."""
    path = tmp_path_factory.mktemp("flood") / "flood.db"
    with Record.open(path) as rec:
        for doc in FLOOD:
            rec.store.put(doc)
        rec.link()
    return path


@pytest.fixture(scope="module")
def asked(flood, asking):
    """Asks a room of that record."""
    with Record.open(flood, read_only=True) as rec:
        yield asking(Room(rec, read_only=True))


@pytest.fixture(scope="module")
def served_flood(flood, tmp_path_factory):
    """A room of that record on a port of this machine."""
    from tests.serve.conftest import served

    yield from served(shutil.copy(flood, tmp_path_factory.mktemp("served") / "flood.db"))


def toll(asked):
    return asked.get("/api/figures/same?status=updated").json()["rows"][0]


def test_the_list_says_how_many_agree_rose_or_disagree(asked):
    page = html.fromstring(asked.get("/figures/same").content)
    words = " ".join(page.xpath("string(//ul[@class='chosen'])").split())
    assert "◆ in conflict 1" in words
    assert "▲ updated 1" in words
    assert len(page.xpath("//tbody/tr")) == 2


def test_the_list_is_narrowed_by_how_figures_stand(asked):
    rows = asked.get("/figures/same.json?status=conflict").json()
    assert (rows["count"], rows["rows"][0]["values"]) == (1, ["230 (1)", "180 (1)"])
    assert asked.get("/figures/same?status=odd").status_code == 400


def test_a_things_page_names_who_gives_which_number_and_marks_it_in_words(asked):
    page = html.fromstring(asked.get(toll(asked)["address"]).content)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows[0][0::2][:2] == ["2031-03-04", "at least 9"]
    assert (
        rows[0][1]
        == "sank off Port Sel in the storm on Monday night, killing at least 9 people, the harbour office said."
    )
    assert rows[0][3:5] == ["▲ updated", "Harbour Office"]
    assert [row[2] for row in rows] == ["at least 9", "at least 9", "14", "21"]
    assert page.xpath("//svg/title/text()")[0].endswith("the numbers told over time")


def test_each_mark_of_the_picture_has_its_words_and_its_shape(asked):
    page = html.fromstring(asked.get(toll(asked)["address"]).content)
    marks = page.xpath("//svg//g[contains(@class, 'mark')]")
    assert [mark.get("class") for mark in marks] == ["mark updated"] * 3
    assert "×2" in marks[0].text_content()
    assert "Coast Guard in Wire (updated)" in marks[1].text_content()


def test_a_thing_is_data_too(asked):
    where = toll(asked)
    found = asked.get(f"/api/figures/{where['id'].replace('#', '%23')}").json()
    assert [row["stands"] for row in found["rows"]] == ["updated"] * 4
    assert asked.get(f"{where['address']}.json").json() == found
    assert asked.get(f"{where['address']}.csv").text.count("\n") == 5
    assert asked.get("/api/figures/nothing%23f1").status_code == 404


def test_every_link_of_these_pages_leads_somewhere(asked):
    for path in ("/figures", "/figures/same", toll(asked)["address"]):
        links = {link for link in html.fromstring(asked.get(path).content).xpath("//a/@href") if link.startswith("/")}
        assert [link for link in sorted(links) if asked.get(link).status_code not in {200, 303}] == []


def test_what_a_report_says_is_escaped_in_the_picture():
    points = [Point("2031-03-04", 9, "exact", "agreeing", "<script>"), Point("2031-03-05", 9, "exact", "agreeing", "b")]
    assert "<script>" not in picture(points, "<b>")


@pytest.mark.parametrize("values", [(0, 0), (5, 5), (-3, 4), (1e12, 1.2e12), ((3, 9), 4)])
def test_a_picture_is_drawn_of_any_numbers(values):
    points = [Point(f"2031-03-0{n}", value, "exact", "conflict", "x") for n, value in enumerate(values, 1)]
    drawn = str(picture(points, "t"))
    assert drawn.count("<g ") == 2
    assert "nan" not in drawn


def test_nothing_is_drawn_without_dates():
    assert str(picture([Point(None, 1, "exact", "agreeing", "a")] * 3, "t")) == ""


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_axe_finds_nothing_on_these_pages(chromium, served_flood, asked, look):
    context = chromium.new_context(**LOOKS[look])
    page = context.new_page()
    for path in ("/figures/same", toll(asked)["address"]):
        page.goto(served_flood.url + path)
        assert violations(page) == []
        assert look != "phone" or page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
