"""Every page and every correction in Chromium, with no way out: nothing is asked of anybody else, and axe finds nothing."""

import json
from importlib.resources import files

import pytest

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="session")
def paths(ids):
    """Every page, by name."""
    a, b = ids["lpa-gate-offer"], ids["monitor-gate-offer"]
    return {
        "home": "/",
        "statements": "/statements?condition=yes",
        "search": "/search?q=gate",
        "reports": "/reports",
        "report": f"/report/{ids['courier-gate-report']}",
        "hostile report": f"/report/{ids['monitor-blockade']}",
        "garbled report": f"/report/{ids['monitor-gate-offer']}",
        "lit": f"/statement/{a}/s2",
        "speakers": "/speakers",
        "speaker": "/speaker/Vastria",
        "figures": "/figures?unit=bargeman",
        "positions": "/positions",
        "issue": "/issue/gate",
        "compare": f"/compare?report={a}&report={b}",
        "choose": "/compare",
        "adding": f"/report/{a}?add=yes",
        "divide": "/speakers/divide?name=Vastria",
        "judgements": "/judgements",
        "wrong": "/nothing",
    }


NAMES = (
    *(
        "home",
        "statements",
        "search",
        "reports",
        "report",
        "hostile report",
        "garbled report",
        "lit",
        "speakers",
        "speaker",
    ),
    *("positions", "issue", "figures", "compare", "choose", "adding", "divide", "judgements", "wrong"),
)


def violations(page):
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_on_any_page(window, paths, name):
    page = window.open(paths[name])
    if name == "wrong":
        window.wrong.clear()  # Chromium itself complains of the 404
    assert violations(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", ["dark", "phone"])
def test_axe_finds_nothing_in_the_dark_and_on_a_phone(chromium, room, paths, name, look):
    context = chromium.new_context(**LOOKS[look])
    page = context.new_page()
    page.goto(room.url + paths[name])
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize(
    "name", ["home", "statements", "report", "speaker", "figures", "positions", "issue", "compare"]
)
def test_no_page_is_wider_than_a_phone(chromium, room, paths, name):
    context = chromium.new_context(**LOOKS["phone"])
    page = context.new_page()
    page.goto(room.url + paths[name])
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 390


def test_a_statements_address_scrolls_to_the_passage(window, paths):
    page = window.open(paths["lit"])
    box = page.locator("#s2").bounding_box()
    assert 0 <= box["y"] < 700
    assert page.evaluate("document.querySelector(':target').id") == "s2"


def test_pages_are_read_without_scripts(chromium, room, paths):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in ("home", "statements", "report", "lit", "speaker"):
        page.goto(room.url + paths[name])
        assert page.locator("h1").first.is_visible()
    context.close()


def test_j_and_k_step_through_the_statements_and_can_be_switched_off(window, paths):
    page = window.open(paths["report"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".content.now").first.get_attribute("data-s") == "s2"
    page.keyboard.press("k")
    lit = page.locator(".content.now").first.get_attribute("data-s")
    page.locator("#keys-on").uncheck()
    page.locator("body").click()
    page.keyboard.press("j")
    assert page.locator(".content.now").first.get_attribute("data-s") == lit


def test_the_slash_goes_to_the_search_and_keys_typed_there_are_letters(window, paths):
    page = window.open(paths["report"])
    page.keyboard.press("/")
    page.keyboard.type("jak")
    assert page.locator("#q").input_value() == "jak"
    assert page.locator(".now").count() == 0


def test_hidden_words_tell_where_statements_begin_and_end_and_can_be_silenced(window, paths):
    page = window.open(paths["report"])
    assert "statement 3, a source close to the talks, assert:" in page.locator(".pair").nth(1).text_content()
    page.locator("#announce").click()
    assert page.locator(".pair .sr:not([hidden])").count() == 0
    assert page.locator("#said").text_content() == "Statements are not announced."


def test_nothing_is_got_to_by_the_mouse_alone(window, paths):
    page = window.open(paths["lit"])
    reached = set()
    for _ in range(160):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.textContent || document.activeElement.name || '').trim()"))
    assert {"Accept", "Reject", "Set the speaker", "Set the act", "Copy the citation"} <= reached


def lit(window, ids):
    page = window.open(f"/statement/{ids['lpa-gate-offer']}/s2")
    page.locator("#judge input[name=author]").fill("Ruth")
    return page


@pytest.mark.parametrize(("button", "seen"), [("Accept", "accepted by a person"), ("Reject", "rejected by a person")])
def test_a_person_accepts_or_rejects_in_the_page(own_window, ids, button, seen):
    page = lit(own_window, ids)
    page.get_by_role("button", name=button, exact=True).click()
    assert page.locator("#m-s2 .verdict").text_content() == seen
    assert page.evaluate("location.hash") == "#s2"


def test_a_person_sets_speaker_and_act_in_the_page_and_undoes_them(own_window, ids):
    page = lit(own_window, ids)
    page.locator("#judge input[name=name]").fill("The cabinet")
    page.get_by_role("button", name="Set the speaker").click()
    assert "The cabinet" in page.locator("#m-s2").text_content()
    page.locator("#judge select[name=act]").select_option("demand")
    page.get_by_role("button", name="Set the act").click()
    assert page.locator("#m-s2 .act").first.text_content() == "demand"
    page = own_window.open("/judgements")
    for _ in range(2):
        page.locator("tr:not(.undone) form button").last.click()
    page = own_window.open(f"/statement/{ids['lpa-gate-offer']}/s2")
    assert "The cabinet" not in page.locator("#m-s2").text_content()
    assert page.locator("#m-s2 .act").first.text_content() == "offer"


def test_a_person_says_two_statements_are_the_same(own_window, own_room, ids):
    page = lit(own_window, ids)
    page.locator("#judge input[name=other]").fill(f"{own_window.url}/statement/{ids['monitor-gate-offer']}/s2")
    page.get_by_role("button", name="The same", exact=True).click()
    assert "same" in page.locator(".panel ul.plain").last.text_content()


def test_a_person_merges_and_splits_speakers_in_the_page(own_window):
    page = own_window.open("/speaker/Ondelle")
    page.locator("input[name=main]").first.fill("Vastria")
    page.locator("input[name=author]").first.fill("Ruth")
    page.get_by_role("button", name="Merge").click()
    assert page.locator("h1").text_content() == "Vastria"
    page.get_by_role("button", name="Split off").click()
    page = own_window.open("/speaker/Ondelle")
    assert page.locator("h1").text_content() == "Ondelle"


def test_a_person_renames_a_speaker_in_the_page(own_window):
    page = own_window.open("/speaker/Ondelle")
    row = page.locator("form.row", has=page.get_by_role("button", name="Rename"))
    row.locator("input[name=main]").fill("The Republic of Ondelle")
    row.locator("input[name=author]").fill("Ruth")
    row.get_by_role("button").click()
    assert page.locator("h1").text_content() == "The Republic of Ondelle"


def test_a_person_merges_those_ticked_and_undoes_it(own_window, own_room):
    before = own_room.record.count(speaker="Vastria")
    page = own_window.open("/speakers")
    for name in ("Vastria", "Ondelle"):
        page.get_by_label(f"merge {name}", exact=True).check()
    page.locator(".merging input[name=main]").fill("Vastria")
    page.locator(".merging input[name=author]").fill("Ruth")
    page.get_by_role("button", name="Merge those ticked").click()
    assert page.get_by_label("merge Ondelle", exact=True).count() == 0
    assert own_room.record.count(speaker="Vastria") > before
    own_window.open("/judgements").locator("form.undo button").first.click()
    assert own_room.record.count(speaker="Vastria") == before


def test_a_person_divides_a_speaker_in_two(own_window, own_room):
    page = own_window.open("/speaker/Vastria")
    page.get_by_role("link", name="Divide").click()
    for box in page.locator("input[name=statement]").all()[:3]:
        box.check()
    page.locator("input[name=main]").fill("the Vastrian parliament")
    page.locator("input[name=author]").fill("Ruth")
    page.get_by_role("button", name="Divide").click()
    assert own_room.record.count(speaker="the Vastrian parliament") == 3


def test_m_leads_to_where_the_speaker_is_merged(window, ids):
    page = window.open(f"/statement/{ids['lpa-gate-offer']}/s2")
    page.locator("body").click(position={"x": 3, "y": 3})
    with page.expect_navigation():
        page.keyboard.press("m")
    assert page.url.endswith("/speaker/Vastria#same")


def test_keys_judge_the_lit_statement(own_window, ids):
    page = lit(own_window, ids)
    page.locator("body").click(position={"x": 3, "y": 3})
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("#m-s2 .verdict").text_content() == "accepted by a person"


def test_a_dossier_opens_by_itself_and_runs_nothing(chromium, reader, tmp_path):
    (tmp_path / "dossier.html").write_bytes(reader.get("/export?format=html").content)
    context, asked = chromium.new_context(), []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "dossier.html").as_uri())
    found = violations_without_policy(page)
    context.close()
    assert (found, asked) == ([], [(tmp_path / "dossier.html").as_uri()])


def violations_without_policy(page):
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [json.dumps(each["id"]) for each in found]
