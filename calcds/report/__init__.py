"""Reporters by name: each is a function `write(report, stream, strict=..., verbose=...)`."""

from __future__ import annotations

from typing import Protocol, TextIO

from calcds.report import json_report, junit, sarif, terminal
from calcds.verify.result import Report


class Reporter(Protocol):
    """Writes a report to a stream."""

    def __call__(
        self, report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False
    ) -> None:
        """Write the report."""


REPORTERS: dict[str, Reporter] = {
    "terminal": terminal.write,
    "json": json_report.write,
    "junit": junit.write,
    "sarif": sarif.write,
}
