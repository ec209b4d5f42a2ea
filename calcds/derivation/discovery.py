"""From paths to derivation files, in one deterministic order. Reads text, runs nothing.

Imports: calcds.derivation.scan, calcds.errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from calcds.derivation.scan import Text, read_text
from calcds.errors import CannotLoad

SKIPPED = {"__pycache__", "node_modules", "build", "dist", "site-packages", "venv"}


@dataclass(frozen=True, slots=True)
class Found:
    """What stands under some paths.

    files:    those with derivations and those that cannot be read, in order
    texts:    files with derivations
    broken:   files that cannot be read, each with "file:line: sentence"
    without:  files that have no derivation
    problems: sentences about paths that lead nowhere
    """

    files: tuple[Path, ...] = ()
    texts: tuple[Text, ...] = ()
    broken: tuple[tuple[Path, str], ...] = ()
    without: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()


def shipped() -> Path:
    """The derivations that come with calcds: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_derivations"
    return inside if inside.is_dir() else package.parent / "derivations"


def discover(paths: Iterable[Path] = (), beside: frozenset[Path] = frozenset()) -> Found:
    """The derivation files under some paths; by default the shipped ones.

    beside: directories that hold something else to check; it is no problem if they have no derivation
    """
    seen: dict[Path, Path] = {}  # by resolved path: `.` and `./notes` may lead to the same file
    texts: list[Text] = []
    broken: list[tuple[Path, str]] = []
    without: list[Path] = []
    problems: list[str] = []
    for path in tuple(paths) or (shipped(),):
        files, problem = _files(path)
        if problem:
            problems += [] if path in beside else [problem]
            continue
        holds_any = path in beside
        for file in files:
            if seen.setdefault(file.resolve(), file) is file and _sort_in(file, texts, broken):
                without.append(file)
            holds_any |= file not in without
        if not holds_any:
            nothing = (
                "no function in it is decorated with @derivation or @erratum"
                if path.is_file()
                else "no file in this directory has a derivation, and none is a document with equations"
            )
            problems.append(f"{path}: {nothing}")
    files_in_order = tuple(file for file in seen.values() if file not in without)
    return Found(files_in_order, tuple(texts), tuple(broken), tuple(without), tuple(problems))


def _sort_in(file: Path, texts: list[Text], broken: list[tuple[Path, str]]) -> bool:
    """Put a file where it belongs; true if it has no derivation."""
    try:
        text = read_text(file)
    except CannotLoad as error:
        broken.append((file, str(error)))
        return False
    if text.functions:
        texts.append(text)
    return not text.functions


def _files(path: Path) -> tuple[Sequence[Path], str]:
    """The files a path stands for, and what is wrong with it."""
    if path.is_file():
        said = "only .py files hold derivations; documents end in .md, .tex, .ipynb or .txt"
        return ([path], "") if path.suffix == ".py" else ([], f"{path}: {said}")
    if not path.is_dir():
        return [], f"{path}: there is no such file or directory"
    found = [
        file
        for file in sorted(path.rglob("*.py"))
        if file.is_file() and not is_skipped(file.relative_to(path))
    ]
    return found, "" if found else f"{path}: this directory has no .py file and no document with equations"


def is_skipped(inside: Path) -> bool:
    """Whether a path within a directory leads through a folder of tools: hidden, built, installed."""
    return any(part in SKIPPED or part.startswith((".", "__")) for part in inside.parts)
