"""`onrecord completion`: takes the name of a shell, gives the script that completes commands and options in it."""

from __future__ import annotations

import click

HOW = {
    "bash": 'eval "$(onrecord completion bash)"        # in ~/.bashrc',
    "zsh": 'eval "$(onrecord completion zsh)"         # in ~/.zshrc',
    "fish": "onrecord completion fish > ~/.config/fish/completions/onrecord.fish",
}


@click.command()
@click.argument("shell", metavar="|".join(HOW), type=click.Choice(list(HOW)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in your shell.

    \b
    Example:
      eval "$(onrecord completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None, "click knows bash, zsh and fish"
    script = found(ctx.find_root().command, {}, "onrecord", "_ONRECORD_COMPLETE")
    # Not `script.source()`: for bash it starts a bash to ask its version, and a script can be printed where there is none.
    click.echo(script.source_template % script.source_vars())
