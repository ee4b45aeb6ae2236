"""`onrecord serve`: takes a record, opens its reading room on this machine, and stays until interrupted."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.filters import record, there


@click.command()
@record
@click.option("--port", metavar="N", type=click.IntRange(1, 65535), default=8001, help="The port (8001).")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help="The address; any but this machine's own wants a token from everybody.",
)
@click.option("--name", "names", metavar="HOST", multiple=True, help="A host name under which the room may be called.")
@click.option("--read-only", is_flag=True, help="Take no corrections; the file is not changed by a byte.")
@click.option("--author", metavar="NAME", default="", help="Whose name corrections bear where a reader gives none.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def serve(
    record: Path, port: int, host: str, names: tuple[str, ...], read_only: bool, author: str, no_open: bool
) -> None:
    """Open the record's reading room: pages to read, check and correct it, on this machine.

    \b
    Example:
      onrecord serve talks.db
      onrecord serve talks.db --read-only --no-open --port 8080
    """
    there(record)  # before the room is loaded, which takes a while
    from onrecord.cli.console import tell
    from onrecord.serve.run import Opening
    from onrecord.serve.run import serve as run

    opening = Opening(host=host, port=port, read_only=read_only, open_browser=not no_open, author=author, names=names)
    run(record, opening, tell)
