"""What stands under some paths: documents, and places where derivations may be.

A document that is named is checked. Of a directory those documents are taken that hold an equation: an `=` in a formula
that is marked as mathematics, outside of code; so a README with prices and shell variables in code costs nothing. Text
files (.txt) are taken only where they are named. Hidden folders, built ones and installed ones are left out.

Imports: calcds.document.source.extract, calcds.derivation.discovery, calcds.errors.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from calcds.derivation.discovery import is_skipped
from calcds.document.source.extract import SUFFIXES, load
from calcds.errors import CannotLoad

NAMED_ONLY = {".txt"}


def is_document(path: Path) -> bool:
    """Whether a path is one document."""
    return path.suffix in SUFFIXES and path.is_file()


def sort_paths(places: Iterable[Path]) -> tuple[list[Path], list[Path], frozenset[Path]]:
    """The documents, each once; the paths where derivations are to be looked for; the directories in both."""
    documents: dict[Path, Path] = {}  # by resolved path
    others: list[Path] = []
    beside: set[Path] = set()
    for place in places:
        if is_document(place):
            documents.setdefault(place.resolve(), place)
            continue
        others.append(place)
        for file in documents_in(place) if place.is_dir() else ():
            documents.setdefault(file.resolve(), file)
            beside.add(place)
    return list(documents.values()), others, frozenset(beside)


def documents_in(directory: Path) -> Iterator[Path]:
    """The documents of a directory that hold an equation, in order."""
    for folder, inner, names in os.walk(directory):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if not is_skipped(Path(name)))
        for name in sorted(names):
            file = here / name
            if (
                file.suffix not in NAMED_ONLY
                and is_document(file)
                and not is_skipped(Path(name))
                and has_equation(file)
            ):
                yield file


def has_equation(file: Path) -> bool:
    """Whether something in a document can be checked."""
    try:
        if b"=" not in file.read_bytes():
            return False
        return any("=" in segment.text for segment in load(file).segments)
    except (CannotLoad, OSError):
        return False
