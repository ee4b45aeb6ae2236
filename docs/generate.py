"""Writes docs/commands.md and docs/api.md from the code, and the outputs shown in README.md and docs/getting-started.md.

`make docs` writes all of it; `make check` refuses references that are older than the code. Outputs are not compared there: a
model's numbers differ a little from processor to processor.

Usage: python docs/generate.py [--check]
"""

from __future__ import annotations

import dataclasses
import enum
import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import onrecord
from onrecord import errors
from onrecord.cli import COMMANDS, main

DOCS = Path(__file__).parent
MADE = "<!-- Made by docs/generate.py from the code: change it there and run `make docs`. -->"
COMMANDS_HEAD = f"""{MADE}
# The commands

Data goes to standard output, progress and warnings to standard error. Colour and bars appear only on a terminal, and never
where `NO_COLOR` is set.

| exit code | means |
|---|---|
| 0 | fine |
| 1 | it failed, and the message says why |
| 2 | wrong usage |
| 3 | some inputs failed, each named with its reason; the others are done |
| 130 | interrupted; what was finished is kept |

A `RECORD` is the one SQLite file that holds everything. A `PATH` is a file (text, HTML, feed, JSONL), a folder of them, or `-`
for standard input.
"""
API_HEAD = f"""{MADE}
# The Python API

Every name here is in `onrecord.__all__`; what is not here may change without notice. All spans are half-open `[start, end)`
code point offsets into `Document.text`.
"""


def commands() -> str:
    """Return docs/commands.md: every command with its usage, help and options."""
    parts = [COMMANDS_HEAD]
    with click.Context(main, info_name="onrecord") as ctx:
        for name in COMMANDS:
            command = main.get_command(ctx, name)
            with click.Context(command, parent=ctx, info_name=name) as below:
                usage = " ".join(("onrecord", name, *command.collect_usage_pieces(below)))
                parts += [f"## {name}", f"```\n{usage}\n```"]
                parts += [_prose(command.help or ""), *_options(command)]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _prose(help_text: str) -> str:
    r"""Return click's help as Markdown: blocks marked `\b` are kept as they stand, in code fences."""
    blocks = []
    for block in inspect.cleandoc(help_text).split("\n\n"):
        if block.startswith("\b\n"):
            head, _, body = block[2:].partition("\n")
            blocks.append(f"{head}\n\n```\n{inspect.cleandoc(body)}\n```")
        else:
            blocks.append(block)
    return "\n\n".join(blocks)


def _options(command: click.Command) -> Iterator[str]:
    rows = [(f"`{_typed(option)}`", option.help or "") for option in command.params if isinstance(option, click.Option)]
    if rows:
        yield _table(("option", "what it does"), rows)


def _typed(option: click.Option) -> str:
    """Return an option as it is typed; click writes choices differently from version to version, this does not."""
    spelt = ", ".join([*option.opts, *option.secondary_opts])
    if option.is_flag:
        return spelt
    choices = isinstance(option.type, click.Choice) and not option.metavar
    return f"{spelt} {'|'.join(option.type.choices) if choices else option.metavar or 'FILE'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell would end it, so it is escaped."""
    lines = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def api() -> str:
    """Return docs/api.md: every public name with its signature or fields and its docstring."""
    parts = [API_HEAD]
    for name in onrecord.__all__:
        parts += _described(name, getattr(onrecord, name))
    parts += ["## The errors", f"```\n{errors.__doc__.partition(chr(10) * 2)[2].strip()}\n```"]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _described(name: str, thing: object) -> Iterator[str]:
    yield f"## {name}"
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        yield _docstring(thing)
        if dataclasses.is_dataclass(thing):
            yield _fields(thing)
        for method, function in _methods(thing):
            yield f"### {name}.{method}"
            yield f"```python\n{method}{_signature(function)}\n```"
            yield _docstring(function)
    elif callable(thing) and not inspect.isclass(thing):
        yield f"```python\n{name}{_signature(thing)}\n```"
        yield _docstring(thing)
    else:
        yield _docstring(thing) if inspect.isclass(thing) else f"`{thing!r}`"


def _methods(thing: type) -> list[tuple[str, object]]:
    if issubclass(thing, (tuple, enum.Enum)):
        return []
    return [
        (name, getattr(thing, name))
        for name, member in vars(thing).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, classmethod | staticmethod))
    ]


def _fields(thing: type) -> str:
    return _table(("field", "type"), [(f"`{field.name}`", f"`{field.type}`") for field in dataclasses.fields(thing)])


def _signature(function: object) -> str:
    try:
        return str(inspect.signature(function)).replace("'", "")
    except (TypeError, ValueError):
        return "(...)"


def _docstring(thing: object) -> str:
    """Return a docstring as Markdown: examples are fenced, what it takes and raises becomes a list."""
    text = inspect.getdoc(thing) or ""
    text = re.sub(r"(?m)^(Args|Raises):$", r"\1:\n", text)
    text = re.sub(r"(?m)^    (\w+): ", r"- `\1`: ", text)
    text = re.sub(r"(?m)^ {8}(?=\S)", "  ", text)
    return re.sub(r"(?m)(^>>> (?:.+\n?)+)", lambda found: f"```python\n{found[0].rstrip()}\n```\n", text)


def with_outputs(page: str) -> str:
    """Return a page whose `console` blocks show what their commands (lines that begin with "$ ") print now."""
    with tempfile.TemporaryDirectory() as folder:

        def shown(block: re.Match[str]) -> str:
            typed = [line for line in block[1].splitlines() if line.startswith("$ ")]
            outputs = (f"{line}\n{_printed(line[2:], folder)}".strip() for line in typed)
            spaced = "\n".join(f"{output}\n" if "\n" in output else output for output in outputs)
            return f"```console\n{spaced.rstrip()}\n```\n"

        return re.sub(r"(?ms)^```console\n(.*?)^```\n", shown, page)


def _printed(command: str, folder: str) -> str:
    paths = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "PATH": paths, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def generated(check: bool) -> int:
    """Write every page, or say which reference is old; 1 where one is."""
    old = 0
    for page, text in (("commands.md", commands()), ("api.md", api())):
        if check and (DOCS / page).read_text(encoding="utf-8") != text:
            print(f"docs/{page} is older than the code: run `make docs`", file=sys.stderr)
            old = 1
        elif not check:
            (DOCS / page).write_text(text, encoding="utf-8")
    for page in () if check else (DOCS / "getting-started.md", DOCS.parent / "README.md"):
        page.write_text(with_outputs(page.read_text(encoding="utf-8")), encoding="utf-8")
    return old


if __name__ == "__main__":
    sys.exit(generated("--check" in sys.argv))
