"""The group `calcds`: commands by name, imported when they are called.

`calcds --help` imports neither SymPy nor NumPy nor flint, so that it answers at once.

Imports: click, calcds.errors, calcds.version.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from calcds.errors import CalcdsError
from calcds.version import VERSION

COMMANDS = {
    # name       module in calcds.cli, sentence for --help
    "verify": ("verify", "Check every line of derivations and documents."),
    "list": ("listing", "List derivations with their titles."),
    "errata": ("errata", "What the sources print wrong, with the smallest counterexample."),
    "explain": ("explain", "Explain an outcome, a stage, a kind, a function or a word."),
    "new": ("new", "Write a starter derivation file."),
    "gradient": ("gradient", "The closed form of a gradient, for any sizes."),
    "lsp": ("lsp", "Start the language server, for editors."),
    "handout": ("handout", "Print derivations as LaTeX, PDF or HTML, with exercises."),
}


class LazyGroup(click.Group):
    """Imports a command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"calcds.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="calcds")
def cli() -> None:
    """Check derivations line by line: proved, refuted with the smallest counterexample, or honestly silent."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error is a sentence, never a traceback."""
    # Threads of a BLAS library would only stand in the way of the worker processes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="calcds")
    except CalcdsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `calcds list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
