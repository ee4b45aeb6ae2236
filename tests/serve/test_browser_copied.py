"""Copies and wording in Chromium: axe finds nothing, no page is wider than a phone, everything is got to by keyboard."""

import shutil
from importlib.resources import files

import pytest

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
PAIR = "/copies/lpa-gate-offer/monitor-gate-offer"
PATHS = {
    "copies": "/copies",
    "pair": PAIR,
    "wording": "/wording",
    "apart": "/wording/apart",
    "places": "/wording/places?referent=door+%2F+gate&how=exchanged&story=2&word=door",
    "compare": "/compare?report=lpa-gate-offer&report=monitor-gate-offer",
}


@pytest.fixture(scope="module")
def served(linked, serving, tmp_path_factory):
    """A room over the sample story, linked."""
    yield from serving(shutil.copy(linked, tmp_path_factory.mktemp("served") / "lake.db"))


def opened(watching, chromium, served, look, path):
    window = watching(chromium, served.url, **LOOKS[look])
    return window, window.open(path)


@pytest.mark.parametrize(
    "look", [pytest.param(look, marks=pytest.mark.slow) if look == "dark" else look for look in LOOKS]
)
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing_and_nothing_is_too_wide(watching, chromium, served, look, name):
    window, page = opened(watching, chromium, served, look, PATHS[name])
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    window.context.close()
    assert [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]] == []
    assert (width, window.wrong) == (0, [])


def test_a_passage_leads_to_its_place_in_the_report_by_keyboard(watching, chromium, served):
    window, page = opened(watching, chromium, served, "light", PAIR)
    page.locator(".passages a.to").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    assert page.evaluate("location.hash").startswith("#p")
    window.context.close()
    assert window.wrong == []


def test_the_pair_is_printed_in_two_columns(watching, chromium, served):
    window, page = opened(watching, chromium, served, "light", PAIR)
    page.emulate_media(media="print")
    boxes = [page.locator(".passages .two").first.locator(".told").nth(n).bounding_box() for n in (0, 1)]
    window.context.close()
    assert boxes[1]["x"] > boxes[0]["x"] + 100
