"""`onrecord schema`: takes nothing, gives the JSON Schema of one line of `extract --format jsonl`."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the published form.

    \b
    Example:
      onrecord schema > onrecord.schema.json
    """
    import json

    from onrecord.form import schema as published

    click.echo(json.dumps(published(), indent=2, sort_keys=True))
