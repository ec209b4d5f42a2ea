"""`calcds gradient`: under construction in `calcds.cli.gradient`."""

from __future__ import annotations

import click


@click.command("gradient")
def command() -> None:
    """The closed form of a gradient."""
    raise click.ClickException("not in this version")
