"""What reaches a terminal is safe and fits it; what reaches a pipe is plain."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.console import CONTROL, Column, console, days, one_line, printable, table

COLUMNS = (Column("said on"), Column("words", share=1))


@given(st.text())
def test_printable_text_holds_no_control_character_and_loses_none(text):
    shown = printable(text)
    assert not CONTROL.search(shown)
    assert len(shown) >= len(text)


@pytest.mark.parametrize("hostile", ["\x1b]0;title\x07", "\x9b2J", "\u202egnp.exe", "\ud800", "a\rb"])
def test_characters_that_command_a_terminal_are_written_out(hostile):
    assert not CONTROL.search(printable(hostile))


@given(st.text())
def test_one_line_is_one_line(text):
    assert "\n" not in one_line(text)


def drawn(monkeypatch, rows, width="60", terminal=False):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setenv("COLUMNS", width)
    console().print(table(COLUMNS, rows))
    return stream.getvalue()


def test_a_table_in_a_pipe_has_no_colour_and_keeps_to_its_width(monkeypatch):
    text = drawn(
        monkeypatch, [("2031-03-02", "The levy stays until the gates are repaired, whatever the upper towns say. " * 3)]
    )
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 60


def test_no_word_of_a_wrapped_cell_is_lost(monkeypatch):
    words = "The levy stays until the gates are repaired, whatever the upper towns may say about it in winter."
    text = drawn(monkeypatch, [("2031", words)], width="40")
    assert [word for word in words.split() if word not in text] == []


def test_a_terminal_gets_colour_and_one_with_no_color_does_not(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" in drawn(monkeypatch, [("2031", "words")], terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in drawn(monkeypatch, [("2031", "words")], terminal=True)


def test_square_brackets_in_a_report_are_words_and_no_markup(monkeypatch):
    assert "[bold]the dam[/bold]" in drawn(monkeypatch, [("2031", "[bold]the dam[/bold]")])


def test_in_a_hundred_columns_no_word_of_a_position_is_broken(monkeypatch):
    columns = (
        Column("issue", share=3), Column("who", share=3), Column("now"), Column("does"),
        Column("when"), Column("steps", right=True), Column("changes", share=2),
    )  # fmt: skip
    moved = "softened, reversed, unclear"
    row = (
        "Reservoir levy",
        "Representative Tolvanen",
        "against",
        "commits to",
        days("2031-03-02", "2031-11-19"),
        12,
        moved,
    )
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setenv("COLUMNS", "100")
    console().print(table(columns, [row]))
    shown = set(stream.getvalue().replace(",", " ").split())
    assert {"Reservoir", "Representative", "Tolvanen", "softened", "reversed", "unclear", "–2031-11-19"} <= shown
