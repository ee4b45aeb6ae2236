"""How a command ends: takes what a command returns or raises, gives one exit code and one message for people, never a traceback.

Codes: 0 fine, 1 failed, 2 wrong usage, 3 some inputs failed, 130 interrupted. An error that is no `OnRecordError` is a fault in
this program and is shown with its traceback, so that it can be reported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from typing import Any, NoReturn

import click

from onrecord.cli.console import tell
from onrecord.errors import OnRecordError


class Exit(IntEnum):
    """The exit codes; a command returns one, or nothing for `OK`."""

    OK = 0
    FAILED = 1
    USAGE = 2
    SOME_FAILED = 3
    INTERRUPTED = 130


class Guarded(click.Group):
    """A group whose commands end with the codes of `Exit`, whatever they raise."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command line and leave the process with its exit code."""
        _write_anything(sys.stdout, sys.stderr)
        sys.exit(_code(lambda: super(Guarded, self).main(*args, **{**extra, "standalone_mode": False})))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that left (`| head`) is caught here, since click would make a failure of it."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except BrokenPipeError:
            _drop_output()
            return Exit.OK


def _code(run: Callable[[], object]) -> int:
    try:
        code = run()
        return int(code) if isinstance(code, int) else Exit.OK
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("onrecord: interrupted; what was finished is kept", err=True)
        return Exit.INTERRUPTED
    except OnRecordError as wrong:
        return _failed(str(wrong))
    except OSError as wrong:
        _drop_output()
        return _failed(f"{wrong.filename or 'standard output'}: {wrong.strerror or wrong}")


def _failed(message: str) -> int:
    tell(f"onrecord: {message}")
    return Exit.FAILED


def _drop_output() -> None:
    """Send what is still buffered to nowhere: Python would try to write it again at its exit, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_anything(*streams: Any) -> None:
    """Let no character stop the output: what the stream's encoding cannot write is written as an escape."""
    for stream in streams:
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")
