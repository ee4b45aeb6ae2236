"""Whatever bytes come, every reader gives documents or named failures, in bounded time, with spans inside the text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.document import Document
from onrecord.errors import InputError
from onrecord.read import READERS, read_bytes, read_path
from onrecord.read.lines import lines
from onrecord.read.markup import paragraphs
from onrecord.read.naming import slug
from onrecord.read.stated_date import date_in_url, stated_date

ENDINGS = {"feed": ".xml", "html": ".html", "json": ".json", "jsonl": ".jsonl", "text": ".txt"}
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<rss><channel>",
            "<item>",
            "</item>",
            "<title>",
            "<entry>",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&#xD800;",
            "&#0;",
            "<meta charset=utf-16>",
            "<time datetime='2031-05-04'>",
            "<a b='",
            ">",
            '<script type="application/ld+json">{"@graph":[',
            "<feed>",
            "<html lang=x>",
            "“Rain,” she said.",
            "\x00",
            "\r\n",
            "é",
            "ש",
        ]
    ),
    max_size=30,
).map("".join)
FRAMED = st.lists(
    st.sampled_from(
        [
            "By Ann Roe",
            "OSLO (AP) -",
            "Rain fell.",
            "Read more:",
            "(Reporting by",
            ")",
            "REUTERS/",
            "Advertisement",
            "“",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\u2028",
            "\ufeff",
            "\u200b",
            "👩\u200d🚀",
            "Image caption",
            "CLOSE ",
            "/",
            "(AFP)",
            "AP",
            "©",
            "[",
            "]",
        ]
    ),
    max_size=40,
).map("".join)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(data: bytes, kind: str) -> None:
    start = time.process_time()
    for found in read_bytes(data, path="a" + ENDINGS[kind]):
        assert isinstance(found, Document | InputError)
        if isinstance(found, Document):
            check_document(found)
    assert time.process_time() - start < 5


def check_document(doc: Document) -> None:
    size = len(doc.text)
    spans = [*doc.boilerplate, *(credit.span for credit in doc.credit), *([doc.title_span] if doc.title_span else [])]
    assert all(0 <= span.start < span.end <= size and span.of(doc.text).strip() for span in spans)
    assert list(doc.boilerplate) == sorted(doc.boilerplate)
    assert all(a.end <= b.start for a, b in zip(doc.boilerplate, doc.boilerplate[1:], strict=False))
    assert doc.text.strip() and doc.name
    json.dumps([doc.name, doc.text, doc.title, doc.outlet, doc.url, doc.authors], ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("kind", sorted(READERS))
@given(data=st.binary(max_size=300))
@MANY
def test_random_bytes_end_in_documents_or_failures(kind: str, data: bytes) -> None:
    check(data, kind)


@pytest.mark.parametrize("kind", sorted(READERS))
@given(text=MARKUP, encoding=st.sampled_from(["utf-8", "utf-16", "cp1255"]))
@MANY
def test_random_markup_ends_in_documents_or_failures(kind: str, text: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"), kind)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "@graph",
                        "@id",
                        "author",
                        "name",
                        "publisher",
                        "datePublished",
                        "headline",
                        "text",
                        "id",
                        "url",
                        "title",
                        "authors",
                        "published",
                        "mainEntityOfPage",
                    ]
                ),
                inner,
            )
        ),
    )
)
@MANY
def test_random_json_ends_in_documents_or_failures(value: object) -> None:
    text = json.dumps(value)
    given_text = json.dumps(
        {
            "text": "Rain.",
            "title": value,
            "url": value,
            "authors": value,
            "published": value,
            "id": value,
            "language": value,
        }
    )
    check(text.encode(), "jsonl")
    check(given_text.encode(), "jsonl")
    article = text.replace("</", "<\\/")
    check(f'<script type="application/ld+json">{article}</script><p>Rain fell on the pier.</p>'.encode(), "html")


def json_of(keys: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    """Any JSON: objects have some of `keys`; numbers are too large for a float at times, and lists stand where names should."""
    numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 17e11, 0])
    return st.recursive(
        st.none() | st.booleans() | numbers | st.text(max_size=20) | st.sampled_from(["https://a.example/x", "#1"]),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


SAID_OF_ARTICLES = st.sampled_from(
    "@id @type @value @graph hasPart author creator name publisher sourceOrganization datePublished dateCreated "
    "dateModified headline inLanguage url mainEntityOfPage".split()
)


@given(article=st.dictionaries(SAID_OF_ARTICLES, json_of(SAID_OF_ARTICLES)), beside=json_of(SAID_OF_ARTICLES))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_article_described_by_any_json_is_still_a_document(article: dict[str, object], beside: object) -> None:
    graph = json.dumps([{"@type": "NewsArticle", "headline": "Rain"} | article, beside]).replace("</", "<\\/")
    page = f'<script type="application/ld+json">{graph}</script><p>Rain fell on the pier, the warden said.</p>'
    (doc,) = read_bytes(page.encode(), path="a.html")
    assert isinstance(doc, Document)
    check_document(doc)


@given(
    fields=st.dictionaries(
        st.sampled_from("id title outlet published modified url authors language".split()),
        json_of(st.sampled_from(["name", "text"])),
    )
)
@MANY
def test_fields_of_any_json_beside_a_text_are_still_a_document(fields: dict[str, object]) -> None:
    beside = json.dumps(fields).encode()
    line = json.dumps({**fields, "text": "Rain fell."}).encode()
    for found in [*read_bytes(line, path="a.jsonl"), *read_bytes(b"Rain fell.", path="a.txt", sidecar=beside)]:
        assert isinstance(found, Document)
        check_document(found)


@given(text=FRAMED)
@settings(max_examples=400, deadline=None)
def test_plain_text_stays_to_the_character_and_spans_lie_inside(text: str) -> None:
    for found in read_bytes(text.encode(), path="a.txt"):
        if isinstance(found, Document):
            assert found.text == text
            check_document(found)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_file_reads_as_python_reads_it(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(newline.join(["\ufeffFerry sinks", "", " “Rain,” she said. ", "👩‍🚀", ""]).encode())
    (doc,) = read_path(path)
    with path.open(newline="", encoding="utf-8") as file:
        assert isinstance(doc, Document) and doc.text == file.read()


LONG = 100_000
ATTACKS = [
    "(",
    "((Reporting by ",
    "A ",
    "AP/",
    "REUTERS/A ",
    "By A and ",
    "“",
    " ",
    "\t",
    "\u00a0",
    "[",
    "Read more: ",
    "Photo: A, ",
    "OSLO, A ",
    "A.",
    "a-",
    "- ",
    "©",
    "sign up ",
    "\n",
    "\n\n ",
    "<",
    "<a ",
    "<!--",
    "&",
    "&#",
    "</",
    "{",
    "\\u",
    "2031-",
    "/2031/",
    "1",
]


@pytest.mark.parametrize("unit", ATTACKS)
def test_100_kilobytes_of_an_attack_cost_little(unit: str) -> None:
    text = (unit * LONG)[:LONG]
    list(read_bytes(b"Warm.", path="a.txt"))
    start = time.process_time()
    for words in (text, "Ferry sinks\n" + text, "By " + text, "OSLO (" + text):
        list(read_bytes(words.encode(), path="a.txt"))
    lines(text), paragraphs(text), slug(text), stated_date(text), date_in_url(text)
    assert time.process_time() - start < 2.0  # six passes over it; lines of one character are the dearest


def test_the_same_input_gives_the_same_documents_in_the_same_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html", "d.jsonl"):
        (tmp_path / name).write_text('{"text": "Rain fell."}\n' if name.endswith("l") else "Rain fell on the pier.")
    first, second = ([repr(found) for found in read_path(tmp_path)] for _ in range(2))
    assert first == second and len(first) == 4
