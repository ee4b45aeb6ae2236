"""Places set in the page: by the mouse, by keys, by plain forms; a code point is a code point on both sides of the web."""

import pytest

from onrecord.document import Document, Origin, Span, Statement

TEXTS = {
    "emoji": "🙂🙃 Ada Moss said 👨‍👩‍👧 the weir would hold 🏳️‍🌈 and 𝒩obody need leave.",
    "carriage returns": "One line.\r\nAda Moss said the weir would hold and\r\nnobody need leave.",
    "combining": "E\u0301te\u0301: Ada Moss said the weir would hold a\u0308nd nobody need leave.",
    "hebrew": "דוברת אמרה: Ada Moss said the weir would hold ואיש לא יעזוב nobody need leave.",
    "nul and mark": "\ufeffA\x00b Ada Moss said the weir would hold\u2028 nobody\x7f need leave.",
    "surrogate": "A\udc80b Ada Moss said the weir would hold \ud83d nobody need leave.",
    "markup": "<b>&amp;</b> Ada Moss said the weir would hold </p> nobody need leave.",
}


def document(name, text):
    at, of = text.index("the weir"), text.index("Ada Moss")
    inner = text.index("would hold")
    outer = Statement("s1", (Span(at, at + 19),), (Span(of, of + 8),), (Span(of + 9, of + 13),), speaker="Ada Moss")
    return Document(
        name.replace(" ", "-"), text, Origin(f"{name}.txt", f"{len(name):02}" * 32), language="en",
        statements=(outer, Statement("s2", (Span(inner, inner + 10),), parent="s1")),
    )  # fmt: skip


@pytest.fixture(scope="session")
def odd_room(tmp_path_factory, filling, serving):
    path = filling(tmp_path_factory.mktemp("odd") / "odd.db", [document(*each) for each in TEXTS.items()])
    yield from serving(path)


@pytest.fixture
def odd_window(chromium, odd_room, watching):
    watched = watching(chromium, odd_room.url)
    yield watched
    watched.context.close()
    assert watched.wrong == []


SELECT = """([from, to]) => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.sr, a.n, .margin, header, .legend')) texts.push(walker.currentNode);
  const place = (words, end) => { for (const t of texts) { const at = t.data.indexOf(words); if (at >= 0) return [t, at + (end ? words.length : 0)]; } };
  const range = document.createRange();
  range.setStart(...place(from, false)); range.setEnd(...place(to, true));
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_selected_in_the_page_is_what_the_record_keeps(odd_window, odd_room, name):
    page = odd_window.open(f"/statement/{name.replace(' ', '-')}/s1")
    page.evaluate(SELECT, ["Ada", "weir"])
    page.locator(".move .place[data-role=content] [data-take=set]").click()
    start, _, end = page.locator(".move input[name=content]").input_value().partition("-")
    text = odd_room.record.document(name.replace(" ", "-")).text
    assert (
        text[int(start) : int(end)] == "Ada Moss said the weir"
        if name != "emoji"
        else "👨‍👩‍👧 the weir" in text[int(start) : int(end)]
    )
    page.evaluate(SELECT, ["nobody" if "nobody" in text else "𝒩obody", "leave."])
    page.locator(".move .place[data-role=source] [data-take=set]").click()
    start, _, end = page.locator(".move input[name=source]").input_value().partition("-")
    assert text[int(start) : int(end)].lstrip("𝒩n").startswith("obody")
    assert text[: int(end)].endswith("leave.")


# The middle of a passage's longest line, once the page no longer scrolls to it.
WIDEST_LINE = """async passage => {
    passage.scrollIntoView({behavior: "instant", block: "center"});
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const [line] = [...passage.getClientRects()].sort((a, b) => b.width - a.width);
    return [line.x + line.width / 2, line.y + line.height / 2];
}"""


def open_statement(window, ids):
    page = window.open(f"/statement/{ids['lpa-gate-offer']}/s2")
    page.locator(".move input[name=author]").fill("Ruth")
    return page


def test_a_person_moves_the_content_with_the_mouse(own_window, own_room, ids):
    page = open_statement(own_window, ids)
    words = page.locator("#s2").evaluate(
        "e => [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data).join('')"
    )
    page.mouse.dblclick(*page.locator("#s2").evaluate(WIDEST_LINE))
    chosen = page.evaluate("getSelection().toString().trim()")
    page.locator(".move .place[data-role=content] [data-take=set]").click()
    assert page.locator(".move .place[data-role=content] output").text_content() == chosen
    page.get_by_role("button", name="Set the places").click()
    row = own_room.record.statement(f"{ids['lpa-gate-offer']}#s2")
    assert chosen and row.text == chosen != words
    page.locator("form.undo button").first.click()
    row = own_room.record.statement(f"{ids['lpa-gate-offer']}#s2")
    assert row.statement.content == row.found.content


def test_a_person_moves_the_source_with_the_keyboard_alone(own_window, own_room, ids):
    page = open_statement(own_window, ids)
    page.locator(".move [data-caret]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.start") is not None
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.type("nothing is typed here")
    first = page.evaluate("document.activeElement.dataset.start")
    page.locator(".move .place[data-role=source] [data-take=set]").focus()
    page.keyboard.press("Enter")
    taken = page.locator(".move input[name=source]").input_value()
    assert taken.startswith(f"{first}-")
    page.get_by_role("button", name="Set the places").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    row = own_room.record.statement(f"{ids['lpa-gate-offer']}#s2")
    assert f"{row.statement.source[0].start}-{row.statement.source[0].end}" == taken


def test_axe_finds_nothing_while_there_is_a_caret(own_window, ids):
    from importlib.resources import files

    page = open_statement(own_window, ids)
    page.locator(".move [data-caret]").click()
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [(each["id"], each["nodes"][0]["html"][:90]) for each in found["violations"]] == []


def test_a_person_adds_what_was_missed_and_takes_it_back(own_window, own_room, ids):
    page = own_window.open(f"/report/{ids['lpa-gate-offer']}")
    page.get_by_role("link", name="Add a missed statement").click()
    text = own_room.record.document("lpa-gate-offer").text
    words = " ".join([line for line in text.split("\n") if line.strip()][2].split()[:4])
    page.locator("#adding input[name=content]").fill(words)
    page.locator("#adding input[name=name]").fill("the lock keeper")
    page.locator("#adding input[name=author]").fill("Ruth")
    page.get_by_role("button", name="Add the statement").click()
    (row,) = own_room.record.statements(speaker="the lock keeper")
    assert row.text == words
    assert "set by a person" in page.locator(f"#m-{row.statement.id}").text_content()
    page = own_window.open("/judgements")
    page.locator("form.undo button").first.click()
    assert own_room.record.count(speaker="the lock keeper") == 0


def test_places_are_set_without_scripts(chromium, own_room, ids):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_room.url}/statement/{ids['lpa-gate-offer']}/s2")
    page.locator(".move input[name=content]").fill("0-5, 10-12")
    page.locator(".move input[name=author]").fill("Ruth")
    page.get_by_role("button", name="Set the places").click()
    row = own_room.record.statement(f"{ids['lpa-gate-offer']}#s2")
    assert row.statement.content == (Span(0, 5), Span(10, 12))
    context.close()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"content": ""}, "a statement has a content"),
        ({"content": "9-5"}, "pieces that have words"),
        ({"content": "0-99999999"}, "lie in the"),
        ({"content": "words that nobody said"}, "does not stand in the text"),
        ({"content": "the"}, "times in the text"),
    ],
)
def test_places_that_cannot_be_are_refused_in_words(client, ids, form, said):
    given = {
        "kind": "spans",
        "author": "Ruth",
        "statement": f"{ids['lpa-gate-offer']}#s2",
        "source": "",
        "cue": "",
        **form,
    }
    answer = client.post("/judge", data=given)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert client.get("/judgements.json").json()["count"] == 0
