"""JSON lines: a line, a document."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from onrecord.document import Document, Span, Statement
from onrecord.errors import BadForm, InputError, TooLarge
from onrecord.form import document_form
from onrecord.read import read_bytes, read_one, read_path
from onrecord.read.raw import MAX_BYTES


def read(data: bytes, path: str = "a/reports.jsonl") -> list[Document | InputError]:
    return list(read_bytes(data, path=path))


def test_each_line_is_a_document_with_its_metadata() -> None:
    line = {
        "id": "r 1/2",
        "title": "Rain",
        "text": "Rain\r\nIt “rained”.",
        "outlet": "Lakeside Post",
        "published": "2031-05-04",
        "url": "https://post.example/1",
        "authors": ["Ann Roe"],
    }
    (doc,) = read(json.dumps(line).encode())
    assert isinstance(doc, Document)
    assert (doc.name, doc.text, doc.title, doc.outlet) == ("r-1-2", line["text"], "Rain", "Lakeside Post")
    assert (doc.published, doc.url, doc.authors, doc.origin.entry) == ("2031-05-04", line["url"], ("Ann Roe",), "1")


def test_a_bad_line_is_named_by_its_number_and_its_neighbours_are_read() -> None:
    lines = [b'{"text": "One."}', b"{", b"", b"[1]", b'{"text": ""}', b'{"text": 5}', b'\xff\xfe"', b'{"text": "Two."}']
    found = read(b"\n".join(lines))
    assert [each.text if isinstance(each, Document) else str(each).split(": ")[0] for each in found] == [
        "One.",
        *(f"a/reports.jsonl:{number}" for number in (2, 4, 5, 6, 7)),
        "Two.",
    ]


def test_documents_without_id_are_named_by_their_line_and_double_ids_are_told_apart() -> None:
    found = read(b'{"text": "A."}\n\n{"id": 7, "text": "B."}\n{"id": "7", "text": "C."}\n')
    assert [each.name for each in found if isinstance(each, Document)] == ["reports-1", "7", "7-2"]


def test_our_own_output_is_read_back_without_its_statements() -> None:
    (doc,) = read(b'{"id": "a_1.b", "title": "Rain", "text": "Rain\\nIt rained, she said.", "published": "2031-05"}')
    assert isinstance(doc, Document)
    line = msgspec.json.encode(document_form(replace(doc, statements=(Statement("s1", (Span(5, 14),)),))))
    (again,) = read(line)
    assert isinstance(again, Document)
    assert (again.name, again.text, again.title, again.published) == (doc.name, doc.text, doc.title, doc.published)
    assert again.statements is None


def test_a_file_and_its_bytes_give_the_same(tmp_path: Path) -> None:
    data = "\ufeff".encode() + b'{"id": "a", "text": "Rain."}\nnonsense\n{"id": "b", "text": "Snow."}'
    path = tmp_path / "r.jsonl"
    path.write_bytes(data)
    streamed, whole = list(read_path(path)), read(data, str(path))
    assert [each for each in streamed if isinstance(each, Document)] == [
        each for each in whole if isinstance(each, Document)
    ]
    assert [str(each) for each in streamed] == [str(each) for each in whole]


def test_a_line_over_the_limit_is_named_and_the_next_one_read() -> None:
    found = read(b'{"text": "' + b"x" * (MAX_BYTES * 2) + b'"}\n{"text": "Rain."}\n')
    assert [type(each) for each in found] == [TooLarge, Document]


def test_a_json_object_with_text_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": "Rain", "text": "It rained."}')
    doc = read_one(tmp_path / "a.json")
    assert (doc.name, doc.title, doc.text) == ("a", "Rain", "It rained.")


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("9" * 400, "'" + "9" * 60 + "'"),
        ('"soon"', "'soon'"),
        ("[" * 600 + "]" * 600, "a list"),
        ('{"on": 1}', "an object"),
    ],
    ids=["400 digits", "a word", "nested lists", "an object"],
)
def test_a_date_that_is_none_is_noted_with_what_stands_there(published: str, told: str) -> None:
    doc, neighbour = read(b'{"text": "Rain.", "published": ' + published.encode() + b'}\n{"text": "Snow."}')
    assert isinstance(doc, Document) and isinstance(neighbour, Document)
    assert [note.message for note in doc.notes] == [f"published: {told} is no date we can tell"]


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b'{"text": "\\u"}', b"null", b'{"text": ["a"]}'])
def test_hostile_json_is_a_named_failure(data: bytes) -> None:
    for path in ("a.jsonl", "a.json"):
        (error,) = read(data, path)
        assert isinstance(error, BadForm)
