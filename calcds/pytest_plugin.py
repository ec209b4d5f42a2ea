"""Derivation files as tests: `pytest -p calcds.pytest_plugin derivations/` has an item for every derivation.

An item fails if a claim of its derivation is refuted or malformed, or if an erratum is not refuted; it is skipped where
nothing fails but a claim is undecided. Files without derivations are left to pytest.

Imports: pytest, calcds.derivation, calcds.report.junit, calcds.verify.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calcds.decide.verdict import Outcome
from calcds.derivation.scan import read_text
from calcds.errors import CannotLoad
from calcds.report.junit import plain
from calcds.verify.run import verify


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for a file that has derivations, or that names calcds.notation and cannot be read."""
    if file_path.suffix != ".py":
        return None
    try:
        has_derivations = bool(read_text(file_path).functions)
    except CannotLoad:
        has_derivations = "calcds.notation" in file_path.read_text(encoding="utf-8", errors="replace")
    return DerivationFile.from_parent(parent, path=file_path) if has_derivations else None


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


class DerivationFails(Exception):
    """Carries the claims that fail."""


class DerivationItem(pytest.Item):
    """One derivation."""

    def runtest(self) -> None:
        """Check it in a process of its own."""
        rows = (
            verify(self.path, select=f"{self.path.name}::{self.name}", jobs=1).results
            or verify(self.path).results
        )
        mine = [row for row in rows if row.id.partition("::")[2].partition("[")[0] in ("", self.name)]
        if failing := [row for row in mine if row.fails]:
            raise DerivationFails("\n\n".join(f"{row.outcome.value}\n{plain(row)}" for row in failing))
        if silent := [row for row in mine if row.outcome is Outcome.UNDECIDED]:
            pytest.skip(f"undecided: {', '.join(row.id for row in silent)}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The claims, without a traceback."""
        if isinstance(excinfo.value, DerivationFails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the derivation begins."""
        try:
            node = read_text(self.path).functions.get(self.name)
        except CannotLoad:
            node = None
        return self.path, node.lineno - 1 if node else 0, f"derivation {self.name}"
