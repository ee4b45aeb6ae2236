"""`onrecord demo`: takes a folder, writes the sample story there, makes a record of it and shows what can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.cli.exits import Exit
    from onrecord.record import Record


@click.command()
@click.argument("folder", metavar="[DIR]", default="onrecord-demo", type=click.Path(path_type=Path, file_okay=False))
def demo(folder: Path) -> Exit:
    """Build the record of the sample story in DIR (onrecord-demo) and show it.

    The story is invented: two republics quarrel over a lake, in twelve reports of five outlets.

    \b
    Example:
      onrecord demo
      onrecord statements onrecord-demo/lake.db --speaker Wrenik
    """
    import shutil

    from onrecord.cli.add import told
    from onrecord.cli.console import progress, tell
    from onrecord.demo import reports_folder
    from onrecord.record import Record

    reports = folder / "reports"
    shutil.copytree(reports_folder(), reports, dirs_exist_ok=True)
    tell(f"the sample story lies in {reports}; its record is {folder / 'lake.db'}")
    with Record.open(folder / "lake.db") as rec:
        with progress("adding") as show:
            code = told(rec.add([reports], progress=show))
        with progress("linking") as show:
            rec.link(progress=show)
        _show(rec)
    return code


def _show(rec: Record) -> None:
    from onrecord.cli.console import console
    from onrecord.cli.listing import show_speakers, show_statements
    from onrecord.cli.positions import show_steps

    out, path = console(), rec.path
    out.print(f"\n$ onrecord speakers {path} --limit 6", style="bold")
    show_speakers(rec.identities(limit=6), "table")
    out.print(f"$ onrecord statements {path} --speaker Maravy --limit 6", style="bold")
    show_statements(rec.statements(speaker="Maravy", limit=6), "table")
    out.print(f'$ onrecord search {path} "crews home" --limit 3', style="bold")
    show_statements(rec.search("crews home", limit=3), "table")
    out.print(f"$ onrecord positions {path} --party Vastria --issue gate --parties", style="bold")
    show_steps([step for step in rec.positions(party="Vastria", issue="gate", parties=True) if step.is_party])
    out.print(f"Next: onrecord statements {path} --condition, and docs/getting-started.md", style="dim")
