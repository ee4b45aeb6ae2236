"""What bad input gets: a named failure or a note, never an exception, a hang, or a lost neighbour."""

from __future__ import annotations

import gzip
import json
import os
import socket
import time
from pathlib import Path

import pytest

from onrecord.document import Document
from onrecord.errors import BadForm, InputError, NotReadable, NotText, TooLarge
from onrecord.read import read_bytes, read_one, read_path, read_source, sources
from onrecord.read.raw import MAX_BYTES

GOOD = "The ferry sank off Port Sellen on Monday, the coast guard said.\n"


def only(data: bytes, path: str = "a.txt") -> Document | InputError:
    found = list(read_bytes(data, path=path))
    assert len(found) == 1
    return found[0]


def read(data: bytes, path: str = "a.txt") -> Document:
    found = only(data, path)
    assert isinstance(found, Document), found
    return found


def names(folder: Path) -> list[str]:
    """What a folder gives: names of documents, and for failures the error's class."""
    return [found.name if isinstance(found, Document) else type(found).__name__ for found in read_path(folder)]


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.xml", "a.jsonl", "a.json", "a"])
def test_an_empty_file_is_named(path: str) -> None:
    assert str(only(b"", path)) == f"{path}: it is empty; give a file with text"


@pytest.mark.parametrize("data", [b" \r\n\t \n", "\ufeff".encode(), "\u200b \u2060".encode()])
def test_a_file_of_white_space_is_named(data: bytes) -> None:
    found = only(data)
    assert isinstance(found, BadForm) and "only white space" in found.found


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.xml", "a.jsonl", "a.json", "a"])
def test_a_binary_is_no_text(path: str) -> None:
    found = list(read_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", path=path))
    assert all(isinstance(error, NotText | BadForm) for error in found) and found


def test_nul_bytes_are_no_text() -> None:
    assert isinstance(only(b"The ferry\x00 sank."), NotText)


def test_a_wrong_encoding_is_guessed_and_noted() -> None:
    doc = read("He said “no” to the café.".encode("cp1252") + b" It rained." * 20)
    assert doc.text.startswith("He said “no” to the café.")
    assert [note.kind for note in doc.notes] == ["encoding-guessed"]


def test_mixed_encodings_are_read_and_noted() -> None:
    doc = read("She said “yes” at the café.\n".encode() + b"He said \x93no\x94.\n")
    assert doc.text.endswith("He said “no”.\n")
    assert [note.kind for note in doc.notes] == ["mixed-encoding"]


def test_lone_surrogates_become_replacement_characters_with_a_note() -> None:
    doc = read(b'{"text": "The ferry \\ud83d sank.", "title": "A \\udc00"}\n', "a.jsonl")
    assert doc.text == "The ferry \ufffd sank."
    assert doc.title == "A \ufffd"
    assert [note.kind for note in doc.notes] == ["replaced-character"]
    doc.text.encode("utf-8")


def test_20_megabytes_on_one_line_are_read_in_seconds() -> None:
    data = (b"word " * 4_000_000)[:20_000_000]
    start = time.process_time()
    assert len(read(data).text) == 20_000_000
    assert time.process_time() - start < 8


def test_more_than_the_limit_is_refused_and_the_limit_named() -> None:
    found = only(b"x" * (MAX_BYTES + 1))
    assert isinstance(found, TooLarge) and "20 MB" in str(found)


def test_100000_nested_divs_are_read_without_a_tree() -> None:
    start = time.process_time()
    doc = read(b"<html><body>" + b"<div>" * 100_000 + GOOD.encode() + b"</div>" * 100_000, "a.html")
    assert doc.text == GOOD.strip()
    assert [note.kind for note in doc.notes] == ["html-fallback"]
    assert time.process_time() - start < 5


def test_60000_elements_are_read_in_bounded_time() -> None:
    start = time.process_time()
    doc = read(b"<html><body>" + b"<p>Rain <b>fell</b>.</p>" * 30_000, "a.html")
    assert doc.text.count("Rain fell.") == 30_000
    assert time.process_time() - start < 8


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><rss><channel><item><title>&j;</title><description>&j;</description></item></channel></rss>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_at_once(encoding: str) -> None:
    start = time.process_time()
    found = only(LAUGHS.encode(encoding), "a.xml")
    assert isinstance(found, BadForm) and "entities" in found.found
    assert time.process_time() - start < 1


def test_an_external_entity_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    bomb = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    assert isinstance(only(bomb.encode(), "a.xml"), BadForm)


def test_an_entity_bomb_in_a_page_stays_small() -> None:
    doc = read(LAUGHS.replace("<rss>", "<html><body><p>The ferry sank.</p>").encode(), "a.html")
    assert len(doc.text) < 2_000 and "The ferry sank." in doc.text


def test_a_page_of_scripts_has_no_text() -> None:
    page = b"<html><head><script>var a = 'words';</script></head><body>" + b"<script>f('words')</script>" * 500
    found = only(page, "a.html")
    assert isinstance(found, BadForm) and found.found == "it has no text"


def test_a_quotation_never_closed_reads_fine() -> None:
    text = "“The ferry was old, said the mayor.\n\nNobody had looked at it for years.\n"
    assert read(text.encode()).text == text


@pytest.mark.parametrize(
    "text",
    [
        "The crew 👩‍🚀👨🏽‍🚒 was late 🇳🇴.\n",
        "قال الوزير إن العبارة غرقت. ‏“نعم”‏\n",
        "e\u0301te\u0301 \u202etxt.exe\u202c\r\n",
        "a\x0bb\x0cc\x1dd e\u2028f\n",
    ],
)
def test_emoji_right_to_left_and_combining_marks_stay_to_the_character(text: str) -> None:
    doc = read(text.encode())
    assert doc.text == text
    assert all(0 <= span.start < span.end <= len(text) for span in doc.boilerplate)


def test_a_folder_loop_through_links_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "c.txt").write_text(GOOD)
    assert names(tmp_path) == ["a", "NotReadable", "c"]


def test_a_link_to_itself_and_a_link_to_nothing_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "c.txt").write_text(GOOD)
    found = list(read_path(tmp_path))
    assert [str(error).rpartition(": ")[2] for error in found[:2]] == [
        "a loop of links; remove the link",
        "a link to nothing; check the name",
    ]
    assert isinstance(found[2], Document)


def test_a_file_that_vanishes_between_listing_and_reading_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text(json.dumps({"text": GOOD}) if name.endswith("jsonl") else GOOD)
    listed = list(sources([tmp_path]))
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.jsonl").unlink()
    found = [next(read_source(source)) for source in listed if not isinstance(source, InputError)]
    assert [type(each) for each in found] == [Document, NotReadable, NotReadable]
    assert "it is not there" in str(found[1])


def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything: permission cannot be refused here")
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    path.chmod(0)
    (error,) = read_path(path)
    assert isinstance(error, NotReadable) and "permission" in error.found


def test_a_folder_named_like_a_file_is_walked(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "inner.txt").write_text(GOOD)
    assert names(tmp_path) == ["inner"]


def test_a_file_replaced_by_a_folder_after_listing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    (source,) = sources([path])
    path.unlink()
    path.mkdir()
    assert not isinstance(source, InputError)
    (error,) = read_source(source)
    assert isinstance(error, NotReadable)


def test_pipes_and_sockets_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "b.txt"))
        (tmp_path / "c.txt").symlink_to("/dev/zero")
        assert names(tmp_path) == ["NotReadable"] * 3


def test_a_file_that_becomes_a_pipe_after_listing_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    (source,) = sources([path])
    path.unlink()
    os.mkfifo(path)
    assert not isinstance(source, InputError)
    (error,) = read_source(source)
    assert isinstance(error, NotReadable)


def test_a_missing_file_is_named_and_read_one_raises_it() -> None:
    with pytest.raises(NotReadable, match="it is not there"):
        read_one("no/such/file.txt")


def test_one_bad_file_costs_no_neighbour(tmp_path: Path) -> None:
    for at in range(20):
        (tmp_path / f"{at:02}.txt").write_text(GOOD)
    (tmp_path / "07.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "11.html").write_bytes(b"")
    found = names(tmp_path)
    assert found.count("NotText") == 1 and found.count("BadForm") == 1
    assert [name for name in found if name.isdigit()] == [f"{at:02}" for at in range(20) if at != 7]


def test_a_gzip_bomb_is_refused() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 1)
    start = time.process_time()
    assert isinstance(only(bomb, "a.html.gz"), TooLarge)
    assert time.process_time() - start < 2


def test_a_gzip_file_of_several_members_is_read_to_its_end() -> None:
    first, second = GOOD, "Nobody was hurt.\n"
    data = b"".join(gzip.compress(part.encode()) for part in (first, "", second))
    assert read(data, "a.txt.gz").text == first + second
    assert read(data + b"\0" * 512, "a.txt.gz").text == first + second  # tapes and disks fill a block with zeros


def test_the_limit_holds_for_all_members_of_a_gzip_file_together() -> None:
    half = gzip.compress(b"x" * (MAX_BYTES // 2 + 1), 1)
    assert isinstance(only(half + half, "a.txt.gz"), TooLarge)
    assert len(read(half, "a.txt.gz").text) == MAX_BYTES // 2 + 1


def test_a_hundred_thousand_members_cost_no_more_than_their_bytes() -> None:
    data = gzip.compress(b"") * 100_000 + gzip.compress(GOOD.encode())
    start = time.process_time()
    assert read(data, "a.txt.gz").text == GOOD
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (gzip.compress(GOOD.encode())[:-3], "breaks off"),
        (gzip.compress(GOOD.encode()) * 2 + gzip.compress(b"Rain.")[:-9], "breaks off"),
        (gzip.compress(GOOD.encode()) + b"and more", "no gzip file"),
        (GOOD.encode(), "no gzip file"),
        (gzip.compress(GOOD.encode())[:-8] + b"12345678", "no gzip file"),
        (gzip.compress(GOOD.encode())[:10] + b"\xff" * 9, "no gzip file"),
    ],
    ids=["cut", "cut in the third", "words after it", "words", "a wrong sum", "no such block"],
)
def test_a_gzip_file_that_is_damaged_is_named(data: bytes, found: str) -> None:
    error = only(data, "a.txt.gz")
    assert isinstance(error, BadForm) and found in error.found


def test_a_file_name_that_is_no_utf8_can_still_be_written_down(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123  # pathlib takes no bytes
        file.write(GOOD.encode())
    (doc,) = read_path(tmp_path)
    assert isinstance(doc, Document)
    doc.name.encode("utf-8")
    doc.origin.path.encode("utf-8")
