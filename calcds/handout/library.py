"""Derivations by name: which ones a person means, their results, and their sheets.

A name is a function (`quadratic_rule`), an id (`sigmoid.py::logistic`), a topic (`sigmoid`, the name of a file) or a path.

Imports: calcds.derivation, calcds.verify.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from calcds.derivation.board import Board
from calcds.derivation.discovery import discover, shipped
from calcds.derivation.loader import load
from calcds.derivation.scan import Text
from calcds.errors import CannotLoad, Malformed
from calcds.handout.page import View, view
from calcds.handout.prose import Rich, note
from calcds.handout.sheet import Sheet, sheet
from calcds.verify.result import Report, Result
from calcds.verify.run import Progress, verify

WORDS = (
    5  # "Gradient descent: the update, ..." is called by what stands before the colon, if it is that short
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One derivation of a file."""

    text: Text = field(repr=False)
    name: str

    @property
    def id(self) -> str:
        """The permanent name."""
        return f"{self.text.file.name}::{self.name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes one document: derivations in order, under one name."""

    name: str
    title: str
    about: str  # the docstring of the file, where the whole file is meant
    entries: tuple[Entry, ...]


class Library:
    """The derivations under some paths; files are imported when they are needed."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        found = discover(tuple(paths))
        if found.broken:
            raise CannotLoad(found.broken[0][1])
        if found.problems:
            raise CannotLoad(found.problems[0])
        self.texts = {text.file: text for text in found.texts}
        self._boards: dict[Path, dict[str, Board]] = {}
        self._rows: dict[tuple[Path, str], dict[int, Result]] = {}
        self._sheets: dict[tuple[Path, str], Sheet] = {}

    def topics(self) -> list[Choice]:
        """Every file as one document, in the order of the files."""
        return [_whole(text) for text in self.texts.values()]

    def choose(self, name: str) -> Choice:
        """What a person means by a name. Raises Malformed with what is near it."""
        for text in self.texts.values():
            if name in (text.file.stem, text.file.name, str(text.file)):
                return _whole(text)
        entries = [Entry(text, f) for text in self.texts.values() for f in text.functions]
        exact = [e for e in entries if name in (e.id, e.name)]
        if len(exact) > 1:
            raise Malformed(
                f"{name} is the name of {len(exact)} derivations: say {' or '.join(e.id for e in exact)}"
            )
        if not exact:
            known = [*(e.name for e in entries), *(text.file.stem for text in self.texts.values())]
            near = difflib.get_close_matches(name, known, 3, 0.6)
            raise Malformed(
                f"no derivation and no topic is called {name}"
                + (f"; near it: {', '.join(near)}" if near else "")
            )
        (one,) = exact
        return Choice(one.name, one.text.title_of(one.name) or one.name, "", (one,))

    def check(
        self, choices: Sequence[Choice], *, jobs: int | None = None, progress: Progress | None = None
    ) -> Report:
        """Verify what is chosen, and remember the results."""
        files = list(dict.fromkeys(e.text.file for choice in choices for e in choice.entries))
        single = choices[0].entries[0] if len(choices) == 1 and len(choices[0].entries) == 1 else None
        report = verify(files, select=f"::{single.name}" if single else "", jobs=jobs, progress=progress)
        by_name = {file.resolve(): file for file in files}
        for row in report:
            label, _, number = row.id.rstrip("]").rpartition("[")
            file = by_name.get(Path(row.file).resolve())
            if file is not None and number.isdigit():
                name = label.rpartition("::")[2]
                self._rows.setdefault((file, name), {})[int(number)] = row
        return report

    def sheet(self, entry: Entry) -> Sheet:
        """The sheet of a derivation, with the results that are known."""
        key = (entry.text.file, entry.name)
        if key not in self._sheets:
            if entry.text.file not in self._boards:
                self._boards[entry.text.file] = load(entry.text.file)[1]
            derivation = self._boards[entry.text.file][entry.name].read(entry.text)
            self._sheets[key] = sheet(derivation, entry.text, self._rows.get(key, {}))
        return self._sheets[key]

    def view(self, entry: Entry) -> View:
        """The sentences of a derivation; an erratum shows what is right."""
        page = self.sheet(entry)
        corrected = page.disproof.corrected if page.disproof else ""
        right = self._named(corrected, entry.text) if corrected else None
        return view(page, self.sheet(right) if right else None)

    def _named(self, name: str, near: Text) -> Entry | None:
        """A derivation by name, best in the same file."""
        for text in (near, *self.texts.values()):
            if name in text.functions:
                return Entry(text, name)
        return None


def open_library(names: Sequence[str]) -> tuple[Library, list[str]]:
    """The shipped derivations and the files among the names; names of files become topics."""
    files = [Path(name) for name in names if name.endswith(".py") or Path(name).is_dir()]
    files = [file for file in files if file.exists()]
    library = Library([shipped(), *files]) if files else Library()
    wanted: list[str] = []
    for name in names:
        path = Path(name)
        inside = [str(f) for f in library.texts if path in files and (f == path or path in f.parents)]
        wanted += inside or [name]
    return library, wanted


def _whole(text: Text) -> Choice:
    about = (ast.get_docstring(text.tree) or "").split("\n\n")[0]
    title, colon, rest = about.partition(": ")
    if not colon or len(title.split()) > WORDS or not re.fullmatch(r"[^\W\d][\w', -]*", title):
        title, rest = text.file.stem.replace("_", " "), about
    return Choice(
        text.file.stem, _sentence(title), _sentence(rest), tuple(Entry(text, f) for f in text.functions)
    )


def _sentence(said: str) -> str:
    """With a capital letter, unless a formula stands first."""
    word = said.split(" ", 1)[0].rstrip(",;:.")
    return said[:1].upper() + said[1:] if word.replace("'", "").replace("-", "").isalpha() else said


def about(choice: Choice) -> Rich:
    """What the docstring of a topic says of it."""
    names = {a.arg for entry in choice.entries for a in entry.text.functions[entry.name].args.args}
    return note(choice.about, names)
