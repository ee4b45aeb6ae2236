"""One person under all spellings: what lists, facets and pages count is the same, before and after people and linking judge."""

import pytest
from lxml import html

from onrecord.document import Document, Origin, Span, Speaker, Statement
from onrecord.link.linking import link
from onrecord.record import Record
from onrecord.serve.room import Room
from onrecord.store import whose
from onrecord.store.find import StatementFilter


def report(n, names, role=None):
    """A report in which each of these names says one thing."""
    text, stmts, speakers = "", [], []
    for k, name in enumerate(names, 1):
        start = len(text)
        text += f"{name} said that lock {k} leaks.\n"
        content = Span(start + len(name) + 6, len(text) - 2)
        stmts.append(
            Statement(f"s{k}", (content,), (Span(start, start + len(name)),), speaker=name, speaker_type="person", named=True,
                      role=role, speaker_id=f"e{k}")
        )  # fmt: skip
        speakers.append(Speaker(f"e{k}", name, "person", True, role, spellings=(name,)))
    return Document(
        f"r{n}", text, Origin(f"r{n}.txt", f"{n:064x}"), published=f"2024-0{n}-05", outlet="The Sluice", statements=tuple(stmts),
        speakers=tuple(speakers),
    )  # fmt: skip


@pytest.fixture
def locks(tmp_path):
    """Khaled Venn is spelt twice; two people are called Ada Moss, one a vet, one a judge."""
    with Record.open(tmp_path / "locks.db") as rec:
        for doc in (
            report(1, ["Khaled Venn", "Ada Moss", "Jon Reed"], "harbour minister"),
            report(2, ["Khalid Venn", "Jon Reed"], "harbour minister"),
            report(3, ["Khaled Venn"], "harbour minister"),
            report(4, ["Ada Moss", "Tom Pell"], "judge"),
        ):
            rec.store.put(doc)
        yield rec


@pytest.fixture
def client(locks, asking):
    return asking(Room(locks, author="Ruth"))


def judged(client, path="/judge", **form):
    answer = client.post(path, data={"author": "Ruth", **form})
    assert answer.status_code == 303, answer.text


def listed(client):
    return {row["address"]: row for row in client.get("/speakers.json?limit=1000").json()["rows"]}


def agree(client):
    """Every count of a speaker, wherever it stands, is how many statements that speaker's page and filter have."""
    rows = listed(client)
    assert sum(row["statements"] for row in rows.values()) == client.get("/statements.json").json()["count"]
    for address, row in rows.items():
        page = client.get(address.replace("?", ".json?") if "?" in address else f"{address}.json").json()
        assert (page["count"], page["name"]) == (row["statements"], row["name"])
        query = {"speaker": row["name"]} | ({} if row["bearer"] is None else {"bearer": row["bearer"]})
        assert client.get("/statements.json", params=query).json()["count"] == row["statements"]
        assert {one["speaker"] for one in page["rows"]} == {row["name"]}
        days = [one["published"] for one in page["rows"]]
        assert (row["first"], row["last"], row["documents"]) == (
            min(days),
            max(days),
            len({one["document"] for one in page["rows"]}),
        )
    home = html.fromstring(client.get("/").content)
    shown = {
        row.xpath("string(th/a)"): int(row.xpath("string(td[1])"))
        for row in home.xpath("//section[@aria-labelledby='who']//tbody/tr")
    }
    assert set(shown.items()) <= {(row["name"], row["statements"]) for row in rows.values()}
    facet = html.fromstring(client.get("/statements").content).xpath("//details[summary='Speaker']//li")
    for item in facet:
        narrowed = client.get(item.xpath("a/@href")[0].replace("/statements", "/statements.json")).json()
        assert narrowed["count"] == int(item.xpath("string(span)"))


def test_counts_agree_in_a_record_that_was_never_linked(client):
    agree(client)
    assert len(listed(client)) == 5


def test_one_person_under_all_spellings_is_one_row_with_all_their_statements(client, locks):
    link(locks.store)
    agree(client)
    row = listed(client)["/speaker/Khaled%20Venn"]
    assert (row["statements"], row["documents"], row["names"]) == (3, 3, ["Khaled Venn", "Khalid Venn"])
    assert client.get("/speaker/Khalid%20Venn.json").json()["name"] == "Khaled Venn"


def test_two_people_of_one_name_are_two_rows_with_a_page_each(client, locks):
    link(locks.store)
    rows = {address: row for address, row in listed(client).items() if row["name"] == "Ada Moss"}
    assert sorted(row["role"] for row in rows.values()) == ["harbour minister", "judge"]
    assert [row["statements"] for row in rows.values()] == [1, 1]
    page = html.fromstring(client.get(next(iter(rows))).content)
    assert "Others are called so too" in page.text_content()


@pytest.mark.parametrize("linked", [False, True])
def test_counts_agree_after_every_kind_of_judgement_and_after_taking_each_back(client, locks, linked):
    if linked:
        link(locks.store)
    before = listed(client)
    judged(client, kind="merge", name="Jon Reed", main="Tom Pell")
    agree(client)
    assert listed(client)["/speaker/Tom%20Pell"]["statements"] == 3
    judged(client, kind="rename", name="Tom Pell", main="Thomas Pell")
    agree(client)
    judged(client, kind="speaker", statement="r2#s1", name="the lock keeper")
    agree(client)
    judged(client, kind="split", name="Khalid Venn", main="Khaled Venn")
    agree(client)
    judged(client, kind="add", document="r3", content="0-6", source="", cue="", name="Jon Reed", act="deny")
    agree(client)
    for n in (5, 4, 3, 2, 1):
        judged(client, kind="undo", n=n)
        agree(client)
    assert listed(client) == before


def test_several_are_merged_at_once_and_each_can_be_undone(client, locks):
    link(locks.store)
    judged(client, "/judge/many", kind="merge", name=["Jon Reed", "Tom Pell"], main="Jon Reed")
    agree(client)
    assert listed(client)["/speaker/Jon%20Reed"]["statements"] == 3
    judged(client, kind="undo", n=1)
    assert listed(client)["/speaker/Tom%20Pell"]["statements"] == 1


@pytest.mark.parametrize("linked", [False, True])
def test_spellings_and_statements_of_a_speaker_are_divided_into_two(client, locks, linked):
    if linked:
        link(locks.store)
    else:
        judged(client, kind="merge", name="Khalid Venn", main="Khaled Venn")
    page = html.fromstring(client.get("/speakers/divide?name=Khaled+Venn").content)
    assert page.xpath("//input[@name='name']/@value") == ["Khalid Venn"]
    ids = page.xpath("//input[@name='statement']/@value")
    assert len(ids) == 3
    third = next(id for id in ids if id.startswith("r3"))
    judged(
        client,
        "/judge/many",
        kind="divide",
        other="Khaled Venn",
        name=["Khalid Venn"],
        statement=[third],
        main="Kilian Venn",
    )
    agree(client)
    rows = listed(client)
    assert (rows["/speaker/Khaled%20Venn"]["statements"], rows["/speaker/Kilian%20Venn"]["statements"]) == (1, 2)


def test_dividing_without_a_tick_or_a_name_is_refused_and_nothing_kept(client):
    for form in ({"main": "X"}, {"name": "Jon Reed"}, {"kind": "praise", "main": "X", "name": "Jon Reed"}):
        assert (
            client.post(
                "/judge/many", data={"author": "Ruth", "kind": "divide", "other": "Jon Reed", **form}
            ).status_code
            == 400
        )
    assert (
        client.post(
            "/judge/many", data={"author": "R", "kind": "merge", "name": ["Jon Reed", "Nobody"], "main": "Tom Pell"}
        ).status_code
        == 404
    )
    assert client.get("/judgements.json").json()["count"] == 0


def test_a_form_that_fails_half_way_leaves_no_name_behind(client, locks):
    both = {"author": "R", "kind": "merge", "name": ["Jon Reed", "Nobody"], "main": "Jon the Elder"}
    assert client.post("/judge/many", data=both).status_code == 404
    judged(client, "/judge/many", kind="merge", name=["Jon Reed"], main="Jon the Elder")
    agree(client)
    assert listed(client)["/speaker/Jon%20the%20Elder"]["statements"] == 2


def test_every_facet_says_how_many_there_will_be(client, locks, record, asking):
    for page in ("/statements", "/statements?kind=indirect", "/statements?published=2024"):
        for room in (client, asking(Room(record, author="Ruth"))):
            tree = html.fromstring(room.get(page).content)
            links = tree.xpath("//aside//details/details//li")
            assert links
            for item in links:
                narrowed = room.get(item.xpath("a/@href")[0].replace("/statements", "/statements.json")).json()
                assert narrowed["count"] == int(item.xpath("string(span)"))


def test_the_issues_facets_are_all_there(reader):
    tree = html.fromstring(reader.get("/statements").content)
    assert {"Speaker", "Outlet", "Act", "Kind", "Via", "Said on", "Condition", "Figure"} <= set(
        tree.xpath("//aside//summary/text()")
    )


def test_facets_of_acts_and_judgements_follow_what_people_set(record, asking):
    client = asking(Room(record, author="Ruth"))
    row = client.get("/statements.json?act=offer").json()["rows"][0]
    judged(client, kind="act", statement=row["id"], act="demand")
    judged(client, kind="reject", statement=row["id"])
    for page in ("/statements", "/statements?published=2024"):
        tree = html.fromstring(client.get(page).content)
        for item in tree.xpath("//aside//details[summary='Act' or summary='Judged']//li"):
            narrowed = client.get(item.xpath("a/@href")[0].replace("/statements", "/statements.json")).json()
            assert narrowed["count"] == int(item.xpath("string(span)"))


def test_a_page_of_speakers_is_a_part_of_the_list(locks):
    n, all_ = whose.speakers(locks.store)
    assert n == len(all_) == 5
    assert whose.speakers(locks.store, limit=2, offset=1)[1] == all_[1:3]
    assert locks.count(StatementFilter(speaker="Ada Moss")) == 2


@pytest.mark.parametrize("bearer", [0, 1])
def test_what_a_page_of_one_of_two_people_leads_to_is_that_ones(client, locks, bearer):
    link(locks.store)
    page = html.fromstring(client.get(f"/speaker/Ada%20Moss?bearer={bearer}").content)
    own = page.xpath("//blockquote[contains(@class, 'words')]/a/@href")
    as_json, as_csv = page.xpath("//p[@class='forms']/a/@href")
    assert [row["address"] for row in client.get(as_json).json()["rows"]] == own
    assert client.get(as_csv).text.count(own[0]) == 1
    (divide,) = page.xpath("//a[starts-with(@href, '/speakers/divide')]/@href")
    form = html.fromstring(client.get(divide).content).xpath("//form[@class='divide']")[0]
    ids = form.xpath(".//input[@name='statement']/@value")
    assert [f"/statement/{id.replace('#', '/')}" for id in ids] == own
    back = client.post(
        "/judge/many", data={"author": "Ruth", "main": "Ida Moss", "statement": ids, **dict(form.form_values())}
    )
    assert back.headers["location"] == f"/speaker/Ada%20Moss?bearer={bearer}"


def test_dividing_one_of_two_people_does_not_touch_the_other(client, locks):
    link(locks.store)
    assert client.get("/speakers/divide?name=Ada+Moss&bearer=2").status_code == 404
    assert client.get("/speakers/divide?name=Ada+Moss&bearer=x").status_code == 400
