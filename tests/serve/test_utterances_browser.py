"""The pages of utterances in Chromium: axe finds nothing in light, in the dark, on a phone, and nothing is wider than the screen."""

import shutil

import pytest

from tests.serve.test_browser import LOOKS, violations


@pytest.fixture(scope="module")
def room(linked, serving, tmp_path_factory):
    """A served record of the sample story, linked."""
    yield from serving(shutil.copy(linked, tmp_path_factory.mktemp("served") / "lake.db"))


@pytest.fixture
def path(room, request):
    """The address of the page that a test names."""
    if request.param == "list":
        return "/utterances"
    from onrecord.ask.sayings import listed
    from onrecord.serve.addresses import utterance

    return utterance(max(listed(room.record.store)[1], key=lambda one: (len(one.rows), one.id)).id)


@pytest.mark.parametrize("path", ["list", "one"], indirect=True)
def test_axe_finds_nothing(window, path):
    assert violations(window.open(path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", ["list", "one"], indirect=True)
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_axe_finds_nothing_in_any_look_and_no_page_is_too_wide(chromium, room, path, look):
    context = chromium.new_context(**LOOKS[look])
    page = context.new_page()
    page.goto(room.url + path)
    found = violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert (found, wide) == ([], 0)
