"""The pages of what was said once: versions side by side, who left what out, the way it travelled, and saying that two are one."""

import shutil

import pytest
from lxml import html

from onrecord.record import Record
from onrecord.serve.room import Room


@pytest.fixture
def room(linked, tmp_path, asking):
    with Record.open(shutil.copy(linked, tmp_path / "lake.db")) as rec:
        yield asking(Room(rec, author="Ruth"))


@pytest.fixture
def offer(room):
    """The address of an utterance that came back badly translated."""
    rows = room.get("/utterances.json?speaker=wrenik&outlets=2").json()["rows"]
    return next(row["address"] for row in rows if "Saturday" in row["words"])


def tree(answer):
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def test_the_list_counts_utterances_and_links_each(room):
    page, rows = tree(room.get("/utterances")), room.get("/utterances.json").json()
    assert f"{rows['count']} utterances" in page.text_content()
    assert rows["rows"][0]["address"] in page.xpath("//a/@href")
    assert [row["number"] for row in rows["rows"]] == list(range(1, rows["count"] + 1))


def test_what_reports_of_no_known_outlet_carry_is_listed_too(tmp_path, asking):
    texts = {
        "a": "“Every barge pays at the gate from Monday on,” the harbourmaster Ada Moss said.",
        "b": "“Every barge pays at the gate from Monday on,” Ada Moss, the harbourmaster, told traders.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Record.open(tmp_path / "gate.db") as rec:
        rec.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        rec.link()
        room = asking(Room(rec))
        assert [row["reports"] for row in room.get("/utterances.json").json()["rows"]] == [2]
        assert "outlets not known" in tree(room.get("/utterances")).text_content()


@pytest.mark.parametrize(
    "query", ["outlets=2", "reports=2", "speaker=vastria", "act=offer", "q=gate", "published=2024-04"]
)
def test_a_filter_narrows_the_list(room, query):
    every, some = (room.get(f"/utterances.json?{part}").json()["count"] for part in ("", query))
    assert 0 < some < every


def test_a_page_of_the_list_follows_another(room):
    whole = room.get("/utterances.json").json()["rows"]
    assert room.get("/utterances.json?limit=2&offset=1").json()["rows"] == whole[1:3]


def test_versions_stand_side_by_side_with_their_changes(room, offer):
    page = tree(room.get(offer))
    assert len(page.xpath("//li[contains(@class, 'version')]")) >= 2
    assert "translated" in page.text_content()
    assert page.xpath("//ins[.//span[@class='sr']]")
    assert page.xpath("//del[.//span[@class='sr']]")
    assert page.xpath("//*[contains(@class, 'flag') and text()='first seen']")


def test_the_way_is_a_picture_and_a_table_that_says_the_same(room, offer):
    page = tree(room.get(offer))
    lines = page.xpath("//*[local-name()='svg' and contains(@class, 'travel')]//*[local-name()='g']")
    rows = page.xpath("//section[@aria-labelledby='way']//tbody/tr")
    assert len(lines) == len(rows) == len(room.get(f"{offer}.json").json()["rows"])
    assert all(row.text_content().strip() for row in rows)


def test_every_statement_of_an_utterance_leads_to_it(room, offer):
    known = room.get(f"{offer}.json").json()
    for row in known["rows"]:
        assert room.get(row["address"].replace("/statement/", "/utterance/") + ".json").json()["id"] == known["id"]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_utterance_is_data_too(room, offer, form):
    answer = room.get(f"{offer}.{form}")
    assert answer.headers["content-type"].startswith({"json": "application/json", "csv": "text/csv"}[form])


def test_the_api_gives_the_same_as_the_page(room, offer):
    known = room.get(f"{offer}.json").json()
    assert room.get(f"/api/utterances/{known['id'].replace('#', '%23')}").json() == known
    assert room.get("/api/utterances/nothing%23s1").status_code == 404
    assert room.get("/api/utterances?reports=x").status_code == 400


def test_a_statement_that_nobody_else_reports_has_a_page(room):
    alone = next(
        row["address"]
        for row in room.get("/api/statements?limit=1000").json()["rows"]
        if room.get(row["address"].replace("/statement/", "/utterance/") + ".json").json()["versions"] == 1
    )
    assert "No other statement" in tree(room.get(alone.replace("/statement/", "/utterance/"))).text_content()


def test_saying_that_two_are_not_the_same_parts_them_at_once(room, offer):
    first, second, *_ = (row["id"] for row in room.get(f"{offer}.json").json()["rows"])
    said = {"kind": "different", "author": "Ruth", "statement": second, "other": first, "back": offer}
    answer = room.post("/judge", data=said, headers={"origin": "http://127.0.0.1"})
    assert (answer.status_code, answer.headers["location"]) == (303, offer)
    assert second not in {row["id"] for row in room.get(f"{offer}.json").json()["rows"]}


def test_a_report_leads_to_the_utterances_in_it(room, offer):
    own = room.get(f"{offer}.json").json()["rows"][0]
    document = own["id"].partition("#")[0]
    links = tree(room.get(f"/report/{document}")).xpath("//a/@href")
    assert [link for link in links if link.startswith("/utterance/")]
