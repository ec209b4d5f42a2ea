"""`calcds errata`: what the sources print wrong, each checked while it is listed.

Imports: click, calcds.verify, calcds.report.terminal, calcds.derivation.
"""

from __future__ import annotations

import sys

import click

from calcds.derivation.sources import DOCUMENTS
from calcds.report.drawing import wrapped
from calcds.report.terminal import claim_lines, counterexample_lines
from calcds.verify.result import Result
from calcds.verify.run import verify

WIDTH = 80


@click.command("errata")
@click.argument("document", required=False, default="")
def command(document: str) -> None:
    """What the sources print wrong: as printed, why it is false, and where it stands corrected.

    DOCUMENT is the key of a source, such as sadiku; by default all of them.
    """
    report = verify(errata=True)
    found = [row for row in report if row.role == "erratum"]
    known = {row.source[0] for row in found if row.source} | set(DOCUMENTS)
    if document and document not in known:
        raise click.BadParameter(f"no document is called {document!r}; there are {', '.join(sorted(known))}")
    rows = [row for row in found if not document or (row.source and row.source[0] == document)]
    for key in sorted({row.source[0] if row.source else "" for row in rows}):
        click.echo(str(DOCUMENTS.get(key, key)) + "\n")
        for row in rows:
            if (row.source[0] if row.source else "") == key:
                _print(row)
    click.echo(
        f"{len(rows)} errat{'um' if len(rows) == 1 else 'a'}" + (f" in {document}" if document else "")
    )
    sys.exit(1 if any(row.fails for row in rows) else 2 if report.problems else 0)


def _print(row: Result) -> None:
    place = f"{row.source[1]}" if row.source else row.file
    cited = f" ({', '.join(row.statements)})" if row.statements else ""
    for line in wrapped(f"{row.title}: {place}{cited}", WIDTH, "  "):
        click.echo(line)
    click.echo("    printed:")
    for line in claim_lines(row, WIDTH):
        click.echo("    " + line)
    if row.fails:
        click.echo(f"    NOT REFUTED: it came out {row.outcome.value}")
    if row.counterexample:
        for line in counterexample_lines(row.counterexample, WIDTH):
            click.echo(line)
    elif row.detail:
        click.echo("\n".join(wrapped(row.detail, WIDTH, "    ")))
    if row.holds_if:
        click.echo(f"    It would hold if {row.holds_if}.")
    if row.corrected:
        click.echo(f"    Corrected in: {row.corrected}")
    click.echo()
