"""However a command ends, the process gets one code and the person one message."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli.exits import Exit, Guarded
from onrecord.errors import InputError, NotARecord

ENDS = {
    "nothing": (lambda: None, Exit.OK),
    "some failed": (lambda: Exit.SOME_FAILED, Exit.SOME_FAILED),
    "our error": (lambda: (_ for _ in ()).throw(NotARecord("a.db is a picture; give a record")), Exit.FAILED),
    "an input error": (lambda: next(iter(()), None) or _raise(InputError("a", "it is empty")), Exit.FAILED),
    "wrong usage": (lambda: _raise(click.UsageError("no such thing")), Exit.USAGE),
    "an interruption": (lambda: _raise(KeyboardInterrupt()), Exit.INTERRUPTED),
    "a reader that left": (lambda: _raise(BrokenPipeError()), Exit.OK),
    "a full disk": (lambda: _raise(OSError(28, "No space left on device", "talks.db")), Exit.FAILED),
}


def _raise(error):
    raise error


def ended(run):
    group = Guarded("onrecord", commands=[click.Command("go", callback=run)])
    return CliRunner().invoke(group, ["go"])


@pytest.mark.parametrize(("run", "code"), ENDS.values(), ids=ENDS)
def test_every_end_has_its_exit_code_and_no_traceback(run, code):
    result = ended(run)
    assert result.exit_code == code
    assert "Traceback" not in result.stderr


def test_an_error_of_ours_is_one_line_for_people():
    result = ended(lambda: _raise(NotARecord("a.db: it is a picture; give a record")))
    assert result.stderr == "onrecord: a.db: it is a picture; give a record\n"
    assert result.stdout == ""


def test_a_full_disk_is_named_with_its_file():
    assert "talks.db: No space left on device" in ended(ENDS["a full disk"][0]).stderr


def test_control_characters_in_a_file_name_do_not_reach_the_terminal():
    assert "\x1b" not in ended(lambda: _raise(InputError("a\x1b[2Jb.txt", "it is empty"))).stderr


def test_a_fault_of_the_program_is_not_hidden():
    assert isinstance(ended(lambda: _raise(ZeroDivisionError())).exception, ZeroDivisionError)


def run(*args, **options):
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *args], capture_output=True, text=True, check=False, **options
    )


def test_the_package_runs_as_a_module():
    assert run("--version").stdout.startswith("onrecord ")


def test_a_pipe_that_closes_early_ends_quietly():
    piped = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m onrecord schema | head -n 1; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert piped.stdout == "{\n0\n"
    assert piped.stderr == ""


def test_a_full_standard_output_is_said_and_fails():
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == Exit.FAILED
    assert done.stderr == "onrecord: standard output: No space left on device\n"


def test_an_unknown_command_is_wrong_usage():
    done = run("frobnicate")
    assert done.returncode == Exit.USAGE
    assert "No such command 'frobnicate'" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_that_names_the_program(shell):
    done = run("completion", shell)
    assert done.returncode == Exit.OK
    assert "_ONRECORD_COMPLETE" in done.stdout


def test_completion_offers_the_commands():
    asked = {**os.environ, "_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": "onrecord s", "COMP_CWORD": "1"}
    offered = run(env=asked).stdout.split()
    assert {"plain,steps", "plain,schema"} <= set(offered)
    assert "plain,add" not in offered


def test_every_encoding_of_standard_output_can_be_written_to():
    done = run("--help", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == Exit.OK


def waits_for_input(process):
    """Whether a process stands in read(0, ...), as Linux tells on x86-64 and arm64."""
    try:
        call = Path(f"/proc/{process.pid}/syscall").read_text().split()
    except OSError:
        pytest.skip("this system does not tell what a process waits for")
    return call[:2] in (["0", "0x0"], ["63", "0x0"])


def test_an_interrupted_command_ends_with_130_and_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell without job control starts what runs behind it with interrupts ignored, and that would be passed on
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    latest = time.monotonic() + 60
    while process.poll() is None and not waits_for_input(process) and time.monotonic() < latest:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == Exit.INTERRUPTED
    assert said.strip() == "onrecord: interrupted; what was finished is kept"
