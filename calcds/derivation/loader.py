"""Import one derivation file safely and give back its blackboards.

The module gets a name of its own, no bytecode is written or read, and whatever goes wrong comes back as CannotLoad with
file, line and a sentence. A file is Python and may do what Python may do; run files only from people you trust.

Imports: calcds.derivation.board, .scan, .slips.
"""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import sys
import warnings
from pathlib import Path

from calcds.derivation.board import Board
from calcds.derivation.model import Derivation
from calcds.derivation.scan import Text, read_text
from calcds.derivation.slips import explain_exception, raised_at
from calcds.errors import CannotLoad


class _FreshLoader(importlib.machinery.SourceFileLoader):
    """Reads the source every time: a file that changed within a second must not be taken from a cache."""

    def path_stats(self, path: str) -> dict[str, float]:
        raise OSError(path)


def load(file: Path) -> tuple[Text, dict[str, Board]]:
    """The text of a file and its derivations by name, in the order of the file.

    Raises CannotLoad: it cannot be read, is not Python, raises while it is imported, or names two derivations alike.
    """
    text = read_text(file)
    check_names(text)
    try:
        module = _import(text.file)
    except (Exception, SystemExit) as error:
        raise CannotLoad(_where(error, text)) from error
    return text, {name: board for name in text.functions if isinstance(board := module.get(name), Board)}


def read(file: Path) -> list[Derivation]:
    """Every derivation of a file, read with symbols. Raises CannotLoad."""
    text, boards = load(file)
    return [board.read(text) for board in boards.values()]


def check_names(text: Text) -> None:
    """Raise CannotLoad where two derivations of a file have one name."""
    lines: dict[str, int] = {}
    for node in text.decorated:
        if node.name in lines:
            first = lines[node.name]
            raise CannotLoad(
                f"{text.file}:{node.lineno}: the name {node.name!r} is taken by the derivation in line {first}"
            )
        lines[node.name] = node.lineno


def _import(file: Path) -> dict[str, object]:
    name = f"calcds_derivation_file_{abs(hash(str(file)))}"
    loader = _FreshLoader(name, str(file))
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
    if spec is None:
        raise ImportError(str(file))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # while it runs: dataclasses of a file look their module up
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(sys.stderr):
            warnings.simplefilter("ignore")
            loader.exec_module(module)
    finally:
        sys.modules.pop(name, None)
    return vars(module)


def _where(error: BaseException, text: Text) -> str:
    """File, line and sentence for an exception at import."""
    number, known = raised_at(error, text.file)
    place = f"{text.file}:{number or 1}"
    if isinstance(error, SystemExit):
        return f"{place}: this file ends the program while it is read"
    return f"{place}: {explain_exception(error, text.line(number), known)}"
