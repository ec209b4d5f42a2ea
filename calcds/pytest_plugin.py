"""Derivation files and documents as tests: `pytest -p calcds.pytest_plugin derivations/ notes.md`.

A derivation file has an item for every derivation, a document one for every claim that was read. An item fails if a claim
is refuted or malformed, or if an erratum is not refuted; it is skipped where nothing fails but a claim is undecided. What
could not be read is no item; a line at the end says how much of each document was read.

Documents are taken where they are named on the command line, or match a line of the option `calcds_documents`:

    [pytest]
    calcds_documents =
        docs/*.md

Files without derivations are left to pytest.

Imports: pytest, calcds.derivation, calcds.report.junit, calcds.verify.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from calcds.decide.verdict import Outcome
from calcds.derivation.scan import read_text
from calcds.errors import CannotLoad
from calcds.report.junit import plain
from calcds.verify.folders import is_document
from calcds.verify.result import Result
from calcds.verify.run import verify

_NOTES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that names documents."""
    parser.addini("calcds_documents", "documents to check, as patterns from the root directory: docs/*.md", type="linelist")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for a document that is wanted, a file that has derivations, or one that means to and cannot be read."""
    if is_document(file_path):
        return DocumentFile.from_parent(parent, path=file_path) if _is_wanted(file_path, parent) else None
    if file_path.suffix != ".py":
        return None
    try:
        has_derivations = bool(read_text(file_path).functions)
    except CannotLoad:
        has_derivations = "calcds.notation" in file_path.read_text(encoding="utf-8", errors="replace")
    return DerivationFile.from_parent(parent, path=file_path) if has_derivations else None


def _is_wanted(file: Path, parent: pytest.Collector) -> bool:
    """Whether a document is named, or matches a pattern; a README is not checked by surprise."""
    if parent.session.isinitpath(file):
        return True
    root = parent.config.rootpath
    inside = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    return any(fnmatch(inside, pattern) for pattern in parent.config.getini("calcds_documents"))


class DerivationFile(pytest.File):
    """One derivation file."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for every derivation; one that fails where the file cannot be read."""
        try:
            names = list(read_text(self.path).functions)
        except CannotLoad:
            names = [self.path.stem]
        for name in names:
            yield DerivationItem.from_parent(self, name=name)


class Fails(Exception):
    """Carries the claims that fail."""


class ClaimsItem(pytest.Item):
    """Claims that pass or fail together."""

    def judge(self, rows: Iterable[Result]) -> None:
        """Fail or skip as the rows say."""
        known = list(rows)
        if failing := [row for row in known if row.fails]:
            raise Fails("\n\n".join(f"{row.outcome.value}\n{plain(row)}" for row in failing))
        if silent := [row for row in known if row.outcome is Outcome.UNDECIDED and row.role != "erratum"]:
            pytest.skip(f"undecided: {', '.join(row.id for row in silent)}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The claims, without a traceback."""
        if isinstance(excinfo.value, Fails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class DerivationItem(ClaimsItem):
    """One derivation."""

    def runtest(self) -> None:
        """Check it in a process of its own."""
        rows = (
            verify(self.path, select=f"{self.path.name}::{self.name}", jobs=1).results
            or verify(self.path).results
        )
        self.judge(row for row in rows if row.id.partition("::")[2].partition("[")[0] in ("", self.name))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the derivation begins."""
        try:
            node = read_text(self.path).functions.get(self.name)
        except CannotLoad:
            node = None
        return self.path, node.lineno - 1 if node else 0, f"derivation {self.name}"


class DocumentFile(pytest.File):
    """One document; it is read while items are collected, since only then is it known what it claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for every claim that was read, named by its line; one that fails where the document cannot be read."""
        report = verify(self.path, cache=True)
        self.config.stash.setdefault(_NOTES, []).extend(report.notes)
        for sentence in report.problems:
            yield ProblemItem.from_parent(self, name="document", sentence=sentence)
        for row in report:
            if row.outcome is not Outcome.UNREAD or row.role == "erratum":
                yield ClaimItem.from_parent(self, name=row.id.rpartition("::")[2], row=row)


class ClaimItem(ClaimsItem):
    """One claim of a document."""

    def __init__(self, *, row: Result, **rest: Any) -> None:
        super().__init__(**rest)
        self.row = row

    def runtest(self) -> None:
        """Say what came out."""
        self.judge([self.row])

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        sides = f"{self.row.left} {self.row.link} {self.row.right}"
        return self.path, self.row.line - 1, f"{self.path.name} line {self.row.line}: {sides}"


class ProblemItem(ClaimsItem):
    """A document that could not be read to its end."""

    def __init__(self, *, sentence: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.sentence = sentence

    def runtest(self) -> None:
        """Fail with the sentence."""
        raise Fails(self.sentence)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How much of each document was read."""
    if notes := config.stash.get(_NOTES, []):
        terminalreporter.section("calcds documents")
        for note in notes:
            terminalreporter.line(note)
