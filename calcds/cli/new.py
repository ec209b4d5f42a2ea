"""`calcds new NAME`: a starter file that passes, to be changed.

Imports: click.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

STARTER = '''"""{title}. Say in a sentence what this file derives."""

from calcds.notation import *

n = Dim("n")


@derivation("{title}")
def {name}(x: Vector[n], A: Matrix[n, n]):
    """What a reader should know before the first line."""
    yield grad(x.T*A*x, x)
    yield A*x + A.T*x,                      "product rule: x occurs twice"
    yield (A + A.T)*x,                      "collect x"
'''


@click.command("new")
@click.argument("name")
def command(name: str) -> None:
    """Write NAME.py with a derivation to start from. An existing file is never overwritten."""
    path = Path(name if name.endswith(".py") else f"{name}.py")
    word = path.stem
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", word):
        raise click.BadParameter(
            f"{word!r} cannot name a derivation: use small letters, digits and _, as in chain_rule"
        )
    text = STARTER.format(title=word.replace("_", " ").capitalize(), name=word)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{path} exists; nothing was changed") from None
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written: {error.strerror}") from error
    click.echo(f"{path} written. Check it with:  calcds verify {path}")
