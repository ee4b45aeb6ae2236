"""One encoding for each file, decided once."""

from __future__ import annotations

import codecs

import pytest

from onrecord.errors import NotText
from onrecord.read.decode import decode, known_encoding

WORDS = "“The café in Zürich is shut,” said Zoë Brontë."


def kinds(data: bytes, declared: str | None = None) -> list[str]:
    return [note.kind for note in decode(data, "a.txt", declared).notes]


def test_utf8_is_read_without_a_note() -> None:
    assert decode(WORDS.encode(), "a.txt").text == WORDS
    assert kinds(WORDS.encode()) == []


def test_the_utf8_mark_stays_as_python_keeps_it() -> None:
    data = codecs.BOM_UTF8 + WORDS.encode()
    assert decode(data, "a.txt").text == data.decode("utf-8") == "\ufeff" + WORDS


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_marked_wide_encodings_are_read_without_their_mark(name: str) -> None:
    assert decode(WORDS.encode(name), "a.txt").text == WORDS


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_that_lost_its_mark_is_guessed_with_a_note(name: str) -> None:
    data = (WORDS * 3).encode(name)
    assert decode(data, "a.txt").text == WORDS * 3
    assert kinds(data) == ["encoding-guessed"]


def test_a_declared_charset_is_used_where_utf8_fails() -> None:
    data = "Прибытие парома отложено".encode("koi8-r")
    assert decode(data, "a.html", "koi8-r").text == "Прибытие парома отложено"
    assert kinds(data, "koi8-r") == []


def test_utf8_wins_over_a_declaration_that_lies() -> None:
    assert decode(WORDS.encode(), "a.html", "iso-8859-1").text == WORDS


def test_windows_1252_is_guessed_with_a_note() -> None:
    data = (WORDS + " It rained on the pier all night, and no boat came." * 3).encode("cp1252")
    assert decode(data, "a.txt").text.startswith(WORDS)
    assert kinds(data) == ["encoding-guessed"]


def test_stray_bytes_in_utf8_are_read_as_windows_1252_and_located() -> None:
    data = WORDS.encode() + b" He said \x93no\x94."
    decoded = decode(data, "a.txt")
    assert decoded.text == WORDS + " He said “no”."
    assert [note.kind for note in decoded.notes] == ["mixed-encoding"]
    assert decoded.notes[0].span is not None and decoded.notes[0].span.of(decoded.text) == "“"


@pytest.mark.parametrize(
    "data", [b"rain\x00fell", b"%PDF-1.7 rain", b"PK\x03\x04rain", bytes(range(32)) * 20, codecs.BOM_UTF16_LE + b"abc"]
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(NotText, match=r"^a\.txt: "):
        decode(data, "a.txt")


@pytest.mark.parametrize("name", ["rot13", "hex", "zlib", "unicode_escape", "idna", "no such", "", None, "x" * 10_000])
def test_a_page_cannot_name_a_codec_that_is_no_encoding(name: str | None) -> None:
    assert known_encoding(name) is None
