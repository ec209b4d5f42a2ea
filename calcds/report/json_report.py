"""The report for programs: one JSON object, described by `docs/report.schema.json`.

Imports: calcds.report.junit, calcds.verify.result, calcds.version.
"""

from __future__ import annotations

import json
from typing import TextIO

from calcds.report.junit import without_surrogates
from calcds.verify.result import Report
from calcds.version import VERSION


def write(report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False) -> None:  # noqa: ARG001
    """Write the object; strict and verbose change nothing in it."""
    stream.write(without_surrogates(json.dumps(as_object(report), indent=1, ensure_ascii=False, allow_nan=False)) + "\n")


def as_object(report: Report) -> dict[str, object]:
    """The whole report as plain data."""
    return {"calcds": VERSION, "summary": report.summary, "results": [row.as_json() for row in report]}
