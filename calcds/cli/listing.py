"""`calcds list`. Reads the files without running them.

Imports: click, calcds.derivation.discovery.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from calcds.derivation.discovery import discover


@click.command("list")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> None:
    """List the derivations under PATHS (default: the shipped ones)."""
    found = discover(paths)
    for text in found.texts:
        click.echo(text.file.name)
        for name in text.functions:
            mark = "  (erratum)" if text.is_erratum(name) else ""
            click.echo(f"    {name:34}  {text.title_of(name)}{mark}")
    problems = (*found.problems, *(sentence for _, sentence in found.broken))
    for sentence in problems:
        click.echo(f"Error: {sentence}", err=True)
    sys.exit(2 if problems else 0)
