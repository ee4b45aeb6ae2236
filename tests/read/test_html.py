"""Pages: main text, and what a page states about itself, with the traps of JSON-LD, zones and related articles."""

from __future__ import annotations

import json

import pytest

from onrecord.document import Document
from onrecord.read import read_bytes
from onrecord.read.stated_date import date_in_url, stated_date

PARAGRAPHS = [
    "The harbour council of Port Sellen put off its vote on the new ferry on Tuesday, after engineers asked for more time.",
    "“We will not sign what we have not read,” said Mara Tolliver, who leads the council, and left the hall by a side door.",
    "The shipyard said that the hull was nearly done and that each month of delay would cost the town two million crowns.",
    "A spokesman for the port workers asked the council to publish the report that it had been given in the spring.",
]


def page(head: str = "", body: str = "", lang: str = "en") -> bytes:
    story = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    menu = "".join(f'<li><a href="/s/{at}">Section {at}</a></li>' for at in range(30))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body><nav><ul>{menu}</ul></nav>'
        f"<article><h1>Council puts off ferry vote</h1>{body}{story}</article><footer><ul>{menu}</ul></footer></body></html>"
    ).encode()


def read(data: bytes, **given: bytes) -> Document:
    (doc,) = read_bytes(data, path="pages/ferry.html", **given)  # type: ignore[arg-type]
    assert isinstance(doc, Document), doc
    return doc


def ld(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else nodes)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Council puts off ferry vote",
    "datePublished": "2031-05-04T23:40:00-05:00",
    "dateModified": "2031-05-06T01:10:00Z",
    "author": [{"@type": "Person", "name": "Ann Roe"}, {"@type": "Person", "name": "Cy Poe"}],
    "publisher": {"@type": "Organization", "name": "Lakeside Post"},
}


def test_the_text_is_the_title_and_the_paragraphs_a_line_each() -> None:
    doc = read(page())
    assert doc.text.split("\n") == ["Council puts off ferry vote", *PARAGRAPHS]
    assert doc.title_span is not None and doc.title_span.of(doc.text) == doc.title == "Council puts off ferry vote"
    assert (doc.name, doc.language, doc.notes) == ("ferry", "en", ())


def test_json_ld_gives_both_dates_in_the_outlets_own_zone() -> None:
    doc = read(page(ld(ARTICLE)))
    assert (doc.published, doc.modified) == ("2031-05-04", "2031-05-06")
    assert (doc.outlet, doc.authors) == ("Lakeside Post", ("Ann Roe", "Cy Poe"))


def test_a_graph_is_followed_from_node_to_node() -> None:
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Site"},
        {"@type": "Organization", "@id": "#post", "name": "Lakeside Post"},
        {"@type": "Person", "@id": "#ann", "name": "Ann Roe"},
        {"@type": ["WebPage"], "datePublished": "1999-01-01", "headline": "Home"},
        ARTICLE | {"publisher": {"@id": "#post"}, "author": {"@id": "#ann"}, "@type": ["Article", "NewsArticle"]},
    ]
    doc = read(page(ld({"@context": "https://schema.org", "@graph": graph})))
    assert (doc.outlet, doc.authors, doc.published) == ("Lakeside Post", ("Ann Roe",), "2031-05-04")


def test_the_article_with_the_pages_address_wins_over_a_related_one() -> None:
    other = ARTICLE | {"url": "https://post.example/other", "datePublished": "2020-01-01", "headline": "Other"}
    own = ARTICLE | {"mainEntityOfPage": {"@id": "https://post.example/ferry"}}
    doc = read(page('<link rel="canonical" href="https://www.post.example/ferry/">' + ld(other, own)))
    assert (doc.published, doc.url) == ("2031-05-04", "https://post.example/ferry")


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '{"@type": 3, "datePublished": {}}', "<!-- {} -->", '"x"', ""])
def test_broken_json_ld_costs_nothing(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script><meta property="article:published_time" content="2031-05-04">'
    assert read(page(head)).published == "2031-05-04"


@pytest.mark.parametrize("id", [["https://a.example/x"], {"@id": "#ann"}, 7, None, ""])
def test_an_author_pointed_to_by_what_is_no_address_is_nobody(id: object) -> None:
    doc = read(page(ld([{"@id": "#ann", "@type": "Person", "name": "Ann Roe"}, ARTICLE | {"author": {"@id": id}}])))
    assert (doc.authors, doc.published, doc.outlet) == ((), "2031-05-04", "Lakeside Post")


def test_a_publication_date_of_400_digits_is_none() -> None:
    assert read(page(ld(ARTICLE | {"datePublished": 10**400, "dateCreated": "2031-05-03"}))).published == "2031-05-03"


def test_meta_tags_give_publication_and_modification_apart() -> None:
    doc = read(
        page(
            '<meta property="article:modified_time" content="2031-05-09T10:00:00+02:00">'
            '<meta property="article:published_time" content="2031-05-04T10:00:00+02:00">'
            '<meta property="og:site_name" content="Lakeside Post"><meta name="author" content="By Ann Roe and Cy Poe">'
            '<meta property="article:author" content="https://social.example/ann">'
            '<meta property="og:url" content="https://post.example/ferry">'
        )
    )
    assert (doc.published, doc.modified, doc.outlet) == ("2031-05-04", "2031-05-09", "Lakeside Post")
    assert (doc.authors, doc.url) == (("Ann Roe", "Cy Poe"), "https://post.example/ferry")


def test_only_a_modification_date_is_no_publication_date() -> None:
    doc = read(page('<meta property="article:modified_time" content="2031-05-09">'))
    assert (doc.published, doc.modified) == (None, "2031-05-09")


def test_time_elements_say_what_they_date() -> None:
    doc = read(
        page(
            body='<p>Updated <time datetime="2031-05-09T08:00Z">9 May</time></p>'
            '<p class="published-date"><time datetime="2031-05-04T08:00Z">4 May</time></p>'
        )
    )
    assert (doc.published, doc.modified) == ("2031-05-04", "2031-05-09")


def test_dates_of_related_articles_are_not_this_ones() -> None:
    cards = "".join(f'<div><time datetime="2031-04-{day:02}">x</time></div>' for day in range(1, 9))
    assert read(page(body=cards)).published is None


def test_the_outlets_name_behind_the_title_is_taken_off() -> None:
    head = '<title>Vote put off again - Lakeside Post</title><meta property="og:site_name" content="The Lakeside Post">'
    assert read(page(head)).title == "Vote put off again"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[x/y", "http://post.example]/a", "https:///ferry"])
def test_an_address_that_is_none_of_the_web_is_not_taken(url: str) -> None:
    assert read(page(f'<meta property="og:url" content="{url}"><link rel="canonical" href="{url}">')).url is None


def test_an_address_by_number_is_taken() -> None:
    url = "http://[2001:db8::1]:8080/ferry"
    assert read(page(f'<meta property="og:url" content="{url}">')).url == url


def test_a_page_in_another_encoding_is_read_as_it_declares() -> None:
    data = page().replace(b'charset="utf-8"', b'charset="windows-1252"').decode().encode("cp1252")
    doc = read(data)
    assert PARAGRAPHS[1] in doc.text
    assert doc.origin.encoding == "cp1252" and doc.notes == ()


def test_a_page_without_main_text_gives_all_its_words_with_a_note() -> None:
    doc = read(b"<html><body><table><tr><td><font>Ferry sank.</font></td></tr></table></body></html>")
    assert "Ferry sank." in doc.text


def test_a_page_in_another_language_is_noted() -> None:
    words = "<p>Der Hafenrat hat die Abstimmung über die neue Fähre am Dienstag verschoben, weil die Ingenieure mehr Zeit wollten.</p>"
    doc = read(f"<html lang='de'><body><article>{words * 4}</article></body></html>".encode())
    assert doc.language == "de"
    assert "not-english" in [note.kind for note in doc.notes]


def test_the_sidecar_wins_over_the_page() -> None:
    doc = read(page(ld(ARTICLE)), sidecar=b'{"published": "2031-05-05", "outlet": "Harbour Times"}')
    assert (doc.published, doc.outlet, doc.authors) == ("2031-05-05", "Harbour Times", ("Ann Roe", "Cy Poe"))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T23:59:59.000-0800", "2031-05-04"),
        ("2031-05-04 07:00", "2031-05-04"),
        ("20310504T0700Z", "2031-05-04"),
        ("2031/5/4", "2031-05-04"),
        ("Sun, 04 May 2031 23:00:00 -0500", "2031-05-04"),
        ("4 May 2031", "2031-05-04"),
        ("May 4th, 2031 at 7 am", "2031-05-04"),
        ("Sunday, May 4, 2031", "2031-05-04"),
        ("Published: May 4, 2031", "2031-05-04"),
        ("May 2031", "2031-05"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        (1935619200, "2031-05-04"),
        ("1935619200000", "2031-05-04"),
        ("05/04/2031", None),
        ("2031-02-30", None),
        ("2031-13-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        (10**30, None),
        pytest.param(10**400, None, id="400 digits"),
        pytest.param(-(10**400), None, id="400 digits below zero"),
        (float("inf"), None),
        (-1935619200, None),
        (0, None),
        ([], None),
    ],
)
def test_stated_dates_are_partial_iso_or_none(value: object, day: str | None) -> None:
    assert stated_date(value) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2031/05/04/ferry.html", "2031-05-04"),
        ("https://post.example/news/2031-05-04-ferry", "2031-05-04"),
        ("https://post.example/2031/may/04/ferry", "2031-05-04"),
        ("https://post.example/2031/05/ferry", None),
        ("https://post.example/id-20319999", None),
        (None, None),
    ],
)
def test_a_date_is_read_from_an_address_only_where_it_has_a_day(url: str | None, day: str | None) -> None:
    url = url.replace("2031", "2030") if url else url
    assert date_in_url(url) == (day.replace("2031", "2030") if day else day)
