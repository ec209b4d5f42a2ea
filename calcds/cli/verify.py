"""`calcds verify`.

Imports: click, rich, calcds.errors, calcds.verify, calcds.report.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from calcds.errors import CannotLoad
from calcds.report import REPORTERS
from calcds.verify.documents import explain_reading
from calcds.verify.folders import sort_paths
from calcds.verify.places import said_path
from calcds.verify.result import Report
from calcds.verify.run import TIMEOUT, verify


@click.command("verify")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(list(REPORTERS)), default="terminal", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@click.option("--strict", is_flag=True, help="Everything that is not proved counts as a failure.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=TIMEOUT, show_default=True,
              help="Seconds for one claim.")  # fmt: skip
@click.option("--select", default="", metavar="TEXT", help="Only derivations with this in their id or title.")
@click.option("--verbose", is_flag=True, help="List the proved claims too.")
@click.option("--annotations", type=click.Path(path_type=Path),
              help="Annotations for documents: a file for all of them, or a directory with a file notes.md.calcds for "
              "each notes.md.  [default: the file beside each]")  # fmt: skip
@click.option("--fix-annotations", "suggest", is_flag=True,
              help="Write annotations that would settle equations into that file, commented out, for review.")  # fmt: skip
@click.option(
    "--explain-reading",
    "explain",
    is_flag=True,
    help="Show how each equation of documents was read, and stop.",
)
@click.option("--no-cache", "fresh", is_flag=True,
              help="Check documents that have not changed again, and keep nothing.")  # fmt: skip
def command(
    paths: tuple[Path, ...],
    format_: str,
    output: Path | None,
    strict: bool,
    jobs: int | None,
    timeout: float,
    select: str,
    verbose: bool,
    annotations: Path | None,
    suggest: bool,
    explain: bool,
    fresh: bool,
) -> None:
    """Check every line of derivations, and the equations of documents.

    PATHS are files and directories: .py holds derivations, .md, .tex, .ipynb and .txt are documents. Of a directory its
    derivations are checked, and the documents that hold an equation: an = in a formula that is marked as mathematics,
    outside of code. Hidden folders, build, dist, node_modules, venv and site-packages are left out, and .txt is read only
    where it is named. Default: the derivations that come with calcds.

    Documents that have not changed are answered from a cache (CALCDS_CACHE, or the cache directory of the user).

    Exit code: 0 nothing refuted or malformed and every erratum refuted; 1 otherwise; 2 something could not be run.
    """
    target = annotations
    if annotations is not None and not annotations.exists():
        if not suggest:
            raise click.BadParameter(f"File '{annotations}' does not exist.", param_hint="'--annotations'")
        annotations = None  # it is written at the end
    if suggest:
        _may_suggest(paths, target, explain=explain)
    if explain:
        _explain(paths, jobs or os.cpu_count() or 1, timeout, annotations, cache=not fresh)
        return
    report = _run(paths, select=select, jobs=jobs, timeout=timeout, annotations=annotations, cache=not fresh)
    text = io.StringIO()
    if output is None and format_ == "terminal":
        REPORTERS[format_](report, sys.stdout, strict=strict, verbose=verbose)
    else:
        REPORTERS[format_](report, text, strict=strict, verbose=verbose)
        _deliver(text.getvalue(), output)
    for sentence in report.problems:
        click.echo(f"Error: {sentence}", err=True)
    if suggest and not report.interrupted:
        for sentence in _suggest(report, paths, target):
            click.echo(sentence, err=output is None and format_ != "terminal")
    sys.exit(report.exit_code(strict=strict))


def _explain(
    paths: tuple[Path, ...], jobs: int, timeout: float, annotations: Path | None, *, cache: bool
) -> None:
    documents, others, _ = sort_paths(paths)
    if missing := [path for path in others if not path.is_dir()]:
        raise CannotLoad(
            f"{missing[0]}: no such document; --explain-reading is for .md, .tex, .ipynb and .txt"
        )
    if not documents:
        raise CannotLoad("there is no document to read; name one: .md, .tex, .ipynb or .txt")
    for line in explain_reading(documents, jobs=jobs, timeout=timeout, annotations=annotations, cache=cache):
        click.echo(line)


def _may_suggest(paths: tuple[Path, ...], target: Path | None, *, explain: bool) -> None:
    if explain:
        raise CannotLoad(
            "--fix-annotations writes what --explain-reading does not look for; use one of the two"
        )
    documents, _, _ = sort_paths(paths)
    if not documents:
        raise CannotLoad("--fix-annotations is for documents; name one: .md, .tex, .ipynb or .txt")
    if target is not None and not target.is_dir() and len(documents) > 1:
        raise CannotLoad(
            "the lines of --annotations FILE belong to one document; with --fix-annotations name one"
        )


def _suggest(report: Report, paths: tuple[Path, ...], target: Path | None) -> Iterator[str]:
    """Write what would settle the results of each document; sentences that say how much and where."""
    from calcds.verify.suggesting import append, formulas_of, suggestions

    for document in sort_paths(paths)[0]:
        rows = [row for row in report if row.file == said_path(document)]
        sidecar = document.name + ".calcds"
        file = target / sidecar if target is not None and target.is_dir() else target or document.with_name(sidecar)
        try:
            suggested = suggestions(rows, formulas_of(document)) if rows else []
            count = append(file, suggested) if suggested else 0
        except OSError as error:
            raise CannotLoad(f"{file}: the suggestions cannot be written: {error.strerror}") from error
        if count:
            yield f"{said_path(file)}: {count} suggestion{'s' if count > 1 else ''} written, commented out"
        elif suggested:
            yield f"{said_path(file)}: no new suggestion; all {len(suggested)} stand in it"
        else:
            yield f"{said_path(document)}: no suggestion"


def _run(
    paths: tuple[Path, ...],
    *,
    select: str,
    jobs: int | None,
    timeout: float,
    annotations: Path | None,
    cache: bool,
) -> Report:
    """Verify, with a progress bar where it is a terminal that would show it."""
    if not sys.stderr.isatty():
        return verify(
            paths or None, select=select, jobs=jobs, timeout=timeout, annotations=annotations, cache=cache
        )
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        console=console, transient=True, disable=not console.is_terminal,
        auto_refresh=False,  # its thread must not run while workers are forked
    )  # fmt: skip
    with bar:
        line = bar.add_task("checking", total=None)

        def advance(done: int, total: int, name: str) -> None:
            bar.update(line, completed=done, total=total, description=name, refresh=True)

        return verify(paths or None, select=select, jobs=jobs, timeout=timeout, annotations=annotations, cache=cache,
                      progress=advance)  # fmt: skip


def _deliver(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output}: cannot be written: {error.strerror}") from error
