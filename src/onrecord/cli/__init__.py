"""The command line: takes arguments, gives data on standard output and all else on standard error, and asks the rooms below.

Each command is one small module here, named once in `COMMANDS`; a module imports only click at its top and the rooms inside its
function, so that `onrecord --help` starts fast. No command reads, extracts or queries by itself.
"""

from __future__ import annotations

from importlib import import_module

import click

from onrecord.cli.exits import Exit, Guarded

# The one place where commands are registered, in the order of the help. `name: module:function`.
COMMANDS = {
    "demo": "onrecord.cli.demo:demo",
    "add": "onrecord.cli.add:add",
    "link": "onrecord.cli.link:link",
    "statements": "onrecord.cli.statements:statements",
    "speakers": "onrecord.cli.speakers:speakers",
    "speaker": "onrecord.cli.speaker:speaker",
    "merge": "onrecord.cli.merge:merge",
    "split": "onrecord.cli.split:split",
    "copies": "onrecord.cli.copies:copies",
    "utterances": "onrecord.cli.utterances:utterances",
    "figures": "onrecord.cli.figures:figures",
    "positions": "onrecord.cli.positions:positions",
    "issues": "onrecord.cli.issues:issues",
    "issue": "onrecord.cli.issue:issue",
    "wording": "onrecord.cli.wording:wording",
    "compare": "onrecord.cli.compare:compare",
    "timeline": "onrecord.cli.timeline:timeline",
    "search": "onrecord.cli.search:search",
    "export": "onrecord.cli.export:export",
    "check": "onrecord.cli.check:check",
    "serve": "onrecord.cli.serve:serve",
    "extract": "onrecord.cli.extract:extract",
    "steps": "onrecord.cli.steps:steps",
    "schema": "onrecord.cli.schema:schema",
    "completion": "onrecord.cli.completion:completion",
}


class Lazy(Guarded):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Read news reports and keep the record of who said what, on whose word.

    \b
    Begin with:  onrecord demo
    Then:        onrecord add talks.db reports/
                 onrecord statements talks.db --speaker "Mara Venn"
    """


__all__ = ["COMMANDS", "Exit", "main"]
