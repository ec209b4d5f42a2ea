"""What came out of a run: one row a claim, a tally, an exit code. Plain data that survives a pipe between processes.

Imports: calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calcds.decide.verdict import Counterexample, Outcome

FAILURES = (Outcome.REFUTED, Outcome.MALFORMED)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain of lines against the numbers of the NumPy network."""

    quantity: str
    max_error: float  # the largest relative difference that was seen
    points: int = 0  # at which they agreed
    outcome: Outcome | None = None  # None: they agree; refuted: they differ; else they cannot be compared
    fault: str = ""  # where they differ, or why they cannot be compared

    @property
    def made(self) -> bool:
        """Whether there were numbers to compare."""
        return self.outcome in (None, Outcome.REFUTED)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one claim, with everything a report may want to show."""

    id: str  # "quadratic_form.py::quadratic_form[1]"
    file: str
    line: int
    outcome: Outcome
    detail: str = ""
    title: str = ""
    statements: tuple[str, ...] = ()
    source: tuple[str, str] | None = None  # document, section
    lhs: str = ""  # LaTeX
    rhs: str = ""
    reason: str = ""
    given: tuple[str, ...] = ()  # "A: Matrix[n, n]", "x > 0"
    role: str = "claim"  # "claim", "erratum" or "definition"
    stage: str = ""
    counterexample: Counterexample | None = None
    network: Comparison | None = None
    seconds: float = 0.0
    # for people
    left: str = ""  # as the author typed it
    right: str = ""
    link: str = "="  # what the claim says of the two: "=", "<=>", an order, or "" for a single relation
    conditions: tuple[str, ...] = ()
    holds_if: str = ""
    expect: str = "refuted"  # of an erratum
    corrected: str = ""  # of an erratum: where it stands right; of a refuted equation of a document: a right side, in LaTeX
    column: int = 0  # from 0
    end_line: int = -1  # where the claim ends, exclusive; -1: not known
    end_column: int = -1

    @property
    def fails(self) -> bool:
        """Whether this row alone makes the run fail."""
        if self.role == "erratum":
            return self.outcome.value != self.expect
        return self.outcome in FAILURES

    @property
    def is_of_document(self) -> bool:
        """Whether it stands in a document, where the column is exact; lines of derivations have none."""
        return not self.file.endswith(".py")

    @property
    def place(self) -> str:
        """`file:line` of a derivation, `file:line:column` of a document, both counted from 1."""
        return f"{self.file}:{self.line}:{self.column + 1}" if self.is_of_document else f"{self.file}:{self.line}"

    def as_json(self) -> dict[str, Any]:
        """The row of the public contract."""
        return {
            "id": self.id,
            "title": self.title,
            "file": self.file,
            "line": self.line,
            "statements": list(self.statements),
            "source": {"document": self.source[0], "section": self.source[1]} if self.source else None,
            "lhs": self.lhs,
            "rhs": self.rhs,
            "reason": self.reason,
            "given": list(self.given),
            "role": self.role,
            "outcome": self.outcome.value,
            "stage": self.stage,
            "detail": self.said,
            "counterexample": self.counterexample.as_json() if self.counterexample else None,
            "network": {"quantity": self.network.quantity, "max_error": self.network.max_error}
            if self.network and self.network.made
            else None,
            "seconds": round(self.seconds, 6),
        }

    @property
    def said(self) -> str:
        """The evidence in one sentence, with the hypothesis that is missing."""
        extra = (
            f"it would hold if {self.holds_if}" if self.holds_if and self.holds_if not in self.detail else ""
        )
        return "; ".join(part for part in (self.detail, extra) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a run in the order of the files, whatever the number of workers.

    problems: sentences about what could not be run: a path that leads nowhere, a file without a derivation
    notes:    sentences worth knowing that make nothing fail
    """

    results: tuple[Result, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    interrupted: bool = False
    seconds: float = 0.0

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def with_more(self, other: Report) -> Report:
        """This report, and behind it another."""
        return Report(
            results=(*self.results, *other.results),
            problems=(*self.problems, *other.problems),
            notes=(*self.notes, *other.notes),
            interrupted=self.interrupted or other.interrupted,
            seconds=self.seconds + other.seconds,
        )

    @property
    def summary(self) -> dict[str, int]:
        """How many rows came out how; errata count under their own outcome."""
        return {outcome.value: sum(row.outcome is outcome for row in self.results) for outcome in Outcome}

    def failures(self, *, strict: bool = False) -> tuple[Result, ...]:
        """The rows that make the run fail; with strict also claims that are not proved."""
        weak = {
            r.id for r in self.results if strict and r.role != "erratum" and r.outcome is not Outcome.PROVED
        }
        return tuple(row for row in self.results if row.fails or row.id in weak)

    def exit_code(self, *, strict: bool = False) -> int:
        """0 all is well, 1 something failed, 2 something could not be run, 130 interrupted."""
        if self.interrupted:
            return 130
        if self.problems:
            return 2
        return 1 if self.failures(strict=strict) else 0
