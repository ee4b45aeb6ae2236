"""On a real terminal there is colour and a bar; with NO_COLOR there is neither colour nor any other style."""

import os
import pty
import subprocess
import sys

import pytest


def on_terminal(*args, **env):
    """Run a command whose output and errors go to a pseudo-terminal; return what the terminal got."""
    leader, follower = pty.openpty()
    given = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**given, "TERM": "xterm-256color", **env},
    )
    os.close(follower)
    got = b""
    try:
        while piece := os.read(leader, 65536):
            got += piece
    except OSError:  # how Linux says that the other side has closed
        pass
    os.close(leader)
    assert process.wait() == 0
    return got.decode("utf-8")


def test_a_terminal_gets_colour(record):
    assert "\x1b[36m" in on_terminal("statements", record)


@pytest.mark.parametrize("value", ["1", ""])
def test_no_color_is_honoured(record, value):
    shown = on_terminal("statements", record, NO_COLOR=value)
    assert ("\x1b[" in shown) is (value == "")


def test_long_work_shows_a_bar_and_leaves_none_behind(tmp_path, reports):
    (reports / "photo.txt").unlink()
    shown = on_terminal("add", tmp_path / "bar.db", reports)
    assert "adding" in shown
    assert "2 added" in shown.splitlines()[-1]


def test_words_of_a_report_cannot_command_the_terminal(tmp_path):
    (tmp_path / "red.txt").write_text("“Stay \x1b[31mcalm\x1b]0;owned\x07,” she said.", encoding="utf-8")
    for command in ("steps", "extract"):
        shown = on_terminal(command, tmp_path / "red.txt")
        assert "\x1b]0;" not in shown
        assert "\x1b[31mcalm" not in shown
