"""Two hundred strings that want to be more than text, in every place a report has for text: they stay text."""

import hashlib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from onrecord.document import Document, Figure, Note, Origin, Span, Speaker, Statement


def strings():
    """The strings of hostile.py, which lies beside this file: tests are no package."""
    spec = spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.HOSTILE


HOSTILE = strings()


def document(n, string):
    """A report that has `string` as its title, author, outlet, address, file name, speaker, words, figure, note and relay."""
    text = f"{string}\n\n{string} said {string} and left 3 men."
    first = len(string) + 2
    source, content = Span(first, first + len(string)), Span(first + len(string) + 6, first + 2 * len(string) + 6)
    number = Span(text.index("3 men", content.end), text.index("3 men", content.end) + 5)
    own = {"role": string, "addressee": string, "channel": string, "via": (string,), "said_on": string[:10]}
    return Document(
        f"hostile-{n}",
        text,
        Origin(f"{string}.html", hashlib.sha256(f"{n}{string}".encode("utf-8", "replace")).hexdigest(), entry=string),
        title=string,
        outlet=string,
        url=string,
        published="2024-03-04",
        authors=(string,),
        language="en",
        title_span=Span(0, len(string)),
        notes=(Note("garbled-text", string, source),),
        statements=(
            Statement("s1", (content,), (source,), (Span(source.end + 1, source.end + 5),), speaker=string, **own),
        ),
        speakers=(Speaker("e1", string, role=string, spellings=(string,)),),
        figures=(Figure("f1", number, 3, unit=string, measures=string, statement="s1"),),
    )


@pytest.fixture(scope="session")
def hostile_room(tmp_path_factory, filling, serving):
    path = filling(tmp_path_factory.mktemp("hostile") / "hostile.db", [document(n, s) for n, s in enumerate(HOSTILE)])
    yield from serving(path)


@pytest.fixture
def hostile_window(chromium, hostile_room, watching):
    watched = watching(chromium, hostile_room.url)
    yield watched
    watched.context.close()
    assert [wrong for wrong in watched.wrong if "status of 4" not in wrong] == []


def test_there_are_at_least_two_hundred():
    assert len(set(HOSTILE)) >= 200


OWN = ("head", "svg", "script", "style", "iframe", "object", "embed", "base", "img", "form")


def unbroken(page):
    """Whether the page has only the elements and attributes the room itself makes, and was not taken over."""
    assert page.title().endswith("· OnRecord")
    assert (
        page.evaluate(
            "document.querySelectorAll('iframe, object, embed, base, img, video, audio, style, marquee').length"
        )
        == 0
    )
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    handlers = "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on') || n == 'style')"
    assert page.evaluate(handlers) == []
    links = "[...document.links].map(a => a.protocol).filter(p => !['http:', 'https:', 'mailto:'].includes(p))"
    assert page.evaluate(links) == []
    outside = (
        "[...document.links].filter(a => a.origin != location.origin && !(a.rel || '').includes('noopener')).length"
    )
    assert page.evaluate(outside) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/", "/statements?limit=1000", "/reports?limit=1000", "/speakers?limit=1000", "/figures?limit=1000", "/compare",
        "/search?q=said", "/judgements",
    ],
)  # fmt: skip
def test_lists_of_hostile_strings_are_lists(hostile_window, path):
    unbroken(hostile_window.open(path))


@pytest.mark.parametrize("n", range(0, len(HOSTILE), 17))
def test_a_hostile_report_is_a_report(hostile_window, hostile_room, n):
    name = f"hostile-{n}"
    page = hostile_window.open(f"/statement/{name}/s1")
    unbroken(page)
    assert page.locator("#s1").count() == 1


@pytest.mark.slow
def test_every_hostile_string_stays_text_in_its_report_and_on_its_speakers_page(hostile_window, hostile_room):
    for n in range(len(HOSTILE)):
        unbroken(hostile_window.open(f"/statement/hostile-{n}/s1"))
    for k, row in enumerate(hostile_room.record.speakers()):
        from onrecord.serve import addresses

        unbroken(hostile_window.open(addresses.speaker(row.name)))
        if k % 9 == 0:
            unbroken(hostile_window.open(f"/speakers/divide?name={addresses.part(row.name)}"))
            unbroken(hostile_window.open(f"/report/hostile-{k}?add=yes"))


@pytest.mark.parametrize("string", HOSTILE[::7])
def test_hostile_strings_in_an_address_stay_text(hostile_window, string):
    from urllib.parse import quote

    unbroken(hostile_window.open(f"/search?q={quote(string)}"))
    unbroken(hostile_window.open(f"/statements?speaker={quote(string)}&act={quote(string)}"))


def test_a_dossier_of_hostile_strings_runs_nothing(chromium, hostile_room, tmp_path):
    hostile_room.record.export("html", tmp_path / "dossier.html")
    context, wrong = chromium.new_context(), []
    page = context.new_page()
    page.on("request", lambda request: wrong.append(request.url))
    page.on("dialog", lambda dialogue: (wrong.append(dialogue.message), dialogue.dismiss()))
    page.goto((tmp_path / "dossier.html").as_uri())
    assert page.locator("article").count() == len(HOSTILE)
    assert page.evaluate("document.querySelectorAll('script, iframe, img, base, object, link').length") == 0
    context.close()
    assert wrong == [(tmp_path / "dossier.html").as_uri()]


@pytest.mark.parametrize(
    "format", ["json", "jsonl", "csv", "bibtex", "csl", "webannotation", "jsonld", "brat", "gold", "parquet"]
)
def test_hostile_strings_leave_in_every_form(hostile_room, tmp_path, format):
    hostile_room.record.export(format, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 0
