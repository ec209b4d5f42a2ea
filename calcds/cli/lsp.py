"""`calcds lsp`.

Imports: click, calcds.errors; calcds.lsp when it is started.
"""

from __future__ import annotations

import importlib.util

import click

from calcds.errors import CalcdsError


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output; it does so in any case.")
def command(stdio: bool) -> None:  # noqa: ARG001  (some editors pass it to every server)
    """Start the language server, for editors: verdicts in Markdown, LaTeX and notebooks as one types.

    An editor starts it; docs/editors.md says how to tell it to.
    """
    if importlib.util.find_spec("pygls") is None:
        raise CalcdsError("the language server needs pygls; install it with: pip install 'calcds[lsp]'")
    from calcds.lsp.server import serve

    serve()
