"""From paths to sources: order, sidecars, standard input."""

from __future__ import annotations

import io
import json
import pickle
import sys
from pathlib import Path

import pytest

from onrecord.document import Document
from onrecord.errors import InputError
from onrecord.read import Source, read_one, read_path, sources

TEXT = "The harbour council met on Tuesday and put off its vote.\n"


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"outlet": "Lakeside Post"}) if name.endswith(".json") else TEXT)
    return folder


def paths(folder: Path, *given: Path) -> list[str]:
    return [
        str(Path(source.path).relative_to(folder)) if isinstance(source, Source) else f"! {source.found}"
        for source in sources(given or [folder])
    ]


def test_a_folder_is_walked_in_sorted_order_with_all_below_it(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.txt", "a/c.md", "Z.txt", "a.txt")
    assert paths(tmp_path) == ["Z.txt", "a/c.md", "a/z.txt", "a.txt", "b.txt"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    assert paths(fill(tmp_path, ".git/a.txt", ".b.txt", "c.txt")) == ["c.txt"]


def test_an_ending_without_reader_is_named_in_a_folder_and_read_when_given(tmp_path: Path) -> None:
    fill(tmp_path, "a.csv", "b.txt")
    assert paths(tmp_path) == ["! no reader for .csv files", "b.txt"]
    assert read_one(tmp_path / "a.csv").text == TEXT


def test_a_sidecar_is_no_source_of_its_own(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "a.json", "b.html", "b.json")
    found = [source for source in sources([tmp_path]) if isinstance(source, Source)]
    assert [(Path(source.path).name, Path(source.sidecar or "-").name) for source in found] == [
        ("a.txt", "a.json"),
        ("b.html", "b.json"),
    ]


def test_a_sidecar_given_beside_its_report_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "a.json")
    assert paths(tmp_path, tmp_path / "a.json", tmp_path / "a.txt") == ["a.txt"]


def test_a_sidecar_given_alone_says_whose_it_is(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "a.json")
    assert paths(tmp_path, tmp_path / "a.json") == ["! it is the sidecar of a.txt"]


def test_json_that_is_neither_report_nor_sidecar_is_named(tmp_path: Path) -> None:
    (found,) = read_path(fill(tmp_path, "a.json"))
    assert isinstance(found, InputError) and found.found == "it is JSON without `text`"


def test_a_source_can_go_to_another_process(tmp_path: Path) -> None:
    (source,) = sources([fill(tmp_path, "a.txt")])
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_link_to_a_folder_inside_is_not_read_twice(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.txt")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert paths(tmp_path) == ["a/x.txt"]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT.encode(), ["stdin"]),
        (b'{"id": "a", "text": "Rain."}\n{"id": "b", "text": "Snow."}\n', ["a", "b"]),
        (b"<!doctype html><title>Rain</title><p>Rain fell on the pier.</p>", ["stdin"]),
        (b"<rss><channel><item><guid>g</guid><description>Rain.</description></item></channel></rss>", ["g"]),
    ],
)
def test_standard_input_is_told_from_its_bytes(data: bytes, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(read_path("-"))
    assert [doc.name for doc in found if isinstance(doc, Document)] == names


def test_a_sidecar_gives_what_the_text_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vote put off\n\n" + TEXT)
    given = {
        "outlet": "Lakeside Post",
        "published": "2031-05-04T22:00:00-05:00",
        "title": "Vote put off",
        "url": "https://post.example/vote",
        "authors": ["Ann Roe"],
    }
    (tmp_path / "a.json").write_text(json.dumps(given))
    doc = read_one(tmp_path / "a.txt")
    assert (doc.outlet, doc.published, doc.url, doc.authors) == (
        "Lakeside Post",
        "2031-05-04",
        "https://post.example/vote",
        ("Ann Roe",),
    )
    assert doc.title_span is not None and doc.title_span.of(doc.text) == "Vote put off"
    assert doc.origin.sidecar is not None and doc.notes == ()


@pytest.mark.parametrize("data", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_sidecar_is_a_note(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_bytes(data)
    doc = read_one(tmp_path / "a.txt")
    assert doc.text == TEXT
    assert [note.kind for note in doc.notes] == ["broken-sidecar"]


def test_a_date_that_cannot_be_told_and_an_address_that_is_no_link_are_notes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(json.dumps({"published": "03/04/2031", "url": "javascript:alert(1)"}))
    doc = read_one(tmp_path / "a.txt")
    assert (doc.published, doc.url) == (None, None)
    assert [note.kind for note in doc.notes] == ["unreadable-date", "unsafe-url"]


def test_a_date_in_the_address_is_a_last_resort_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(json.dumps({"url": "https://post.example/2031/05/04/vote"}))
    doc = read_one(tmp_path / "a.txt")
    assert doc.published == "2031-05-04"
    assert [note.kind for note in doc.notes] == ["date-from-url"]
