"""`calcds list`. Reads the files without running them.

Imports: click, calcds.derivation.discovery, .statements.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from calcds.cli.statements import page, read_index
from calcds.derivation.discovery import discover


@click.command("list")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--statements", is_flag=True, help="Where each statement of the cited documents stands, in Markdown.")
@click.option(
    "--report",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --statements: take outcomes from this JSON report of `calcds verify`.",
)
def command(paths: tuple[Path, ...], statements: bool, report: Path | None) -> None:
    """List the derivations under PATHS (default: the shipped ones)."""
    found = discover(paths)
    if statements:
        try:
            index = read_index(found)
            outcomes = json.loads(report.read_text(encoding="utf-8")) if report else None
            click.echo(page(index, outcomes), nl=False)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise click.ClickException(f"the statements cannot be listed: {error}") from error
        faults = (*index.problems, *(() if paths else index.forgotten))
        for sentence in faults:
            click.echo(f"Error: {sentence}", err=True)
        sys.exit(2 if faults else 0)
    for text in found.texts:
        click.echo(text.file.name)
        for name in text.functions:
            mark = "  (erratum)" if text.is_erratum(name) else ""
            click.echo(f"    {name:34}  {text.title_of(name)}{mark}")
    problems = (*found.problems, *(sentence for _, sentence in found.broken))
    for sentence in problems:
        click.echo(f"Error: {sentence}", err=True)
    sys.exit(2 if problems else 0)
