"""`calcds handout`.

Imports: click, rich, calcds.handout.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from calcds.errors import CalcdsError
from calcds.handout.assemble import Wanted, formats, produce
from calcds.handout.book import produce_book
from calcds.handout.library import Choice, Library, open_library
from calcds.verify.result import Report


@click.command("handout")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Directory for the documents.",
)
@click.option("--pdf", is_flag=True, help="PDF through latexmk; where it is not installed, HTML instead.")
@click.option("--html", is_flag=True, help="One HTML page with MathML; needs no network.")
@click.option("--exercises", is_flag=True, help="Append exercises.")
@click.option("--solutions", is_flag=True, help="Append exercises and their solutions.")
@click.option("--variant", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Which exercises: every number is another sheet.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="One book of all the shipped derivations.")
@click.option("--markdown", is_flag=True, help="Markdown with formulas in dollar signs.")
@click.option("--notebook", is_flag=True, help="A Jupyter notebook.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
def command(
    names: tuple[str, ...],
    output: Path,
    pdf: bool,
    html: bool,
    exercises: bool,
    solutions: bool,
    variant: int,
    everything: bool,
    markdown: bool,
    notebook: bool,
    jobs: int | None,
) -> None:
    """Print checked derivations as handouts: LaTeX, PDF, HTML, Markdown, notebooks.

    NAME is a derivation (quadratic_form), a topic (sigmoid) or a derivation file. Without a format: PDF.

    Exit code: 0 printed and every line holds; 1 printed, but a line is refuted or makes no sense; 2 could not be printed.
    """
    if bool(names) == everything:
        raise click.UsageError(
            "say which derivations (calcds list shows their names), or --all for the whole book"
        )
    library, wanted_names = open_library(names)
    choices = [library.choose(name) for name in dict.fromkeys(wanted_names)] if names else library.topics()
    wanted = formats(Wanted(output, pdf, html, exercises, solutions, variant, markdown, notebook, _note))
    report, failed = _print(library, choices, wanted, jobs, book=everything)
    for row in report.failures():
        click.echo(f"{row.file}:{row.line}: {row.outcome.value}: {row.said}", err=True)
    sys.exit(2 if failed else report.exit_code())


def _note(sentence: str) -> None:
    click.echo(f"Note: {sentence}", err=True)


def _print(
    library: Library, choices: list[Choice], wanted: Wanted, jobs: int | None, *, book: bool
) -> tuple[Report, bool]:
    """Check, then write; the bar shows both."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        console=console, transient=True, disable=not console.is_terminal, auto_refresh=False,
    )  # fmt: skip
    failed = False
    with bar:
        line = bar.add_task("checking", total=None)

        def advance(done: int, total: int, name: str) -> None:
            bar.update(line, completed=done, total=total, description=name, refresh=True)

        report = library.check(choices, jobs=jobs, progress=advance)
        if report.interrupted:
            return report, False
        if book:
            for path in produce_book(library, choices, report, wanted, advance):
                click.echo(path)
            return report, False
        for k, choice in enumerate(choices):
            advance(k, len(choices), choice.name)
            try:
                for path in produce(library, choice, wanted):
                    click.echo(path)
            except CalcdsError as error:
                click.echo(f"Error: {error}", err=True)
                failed = True
    return report, failed
