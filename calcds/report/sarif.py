"""The report as SARIF 2.1.0, for code hosts and editors: a result a claim that is not proved.

Imports: calcds.verify.result, calcds.report.junit, calcds.version.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TextIO
from urllib.parse import quote

from calcds.decide.verdict import Outcome
from calcds.report.junit import plain
from calcds.verify.result import Report, Result
from calcds.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES = {
    Outcome.REFUTED: ("error", "The two sides are provably different at a point of the stated domain."),
    Outcome.MALFORMED: ("error", "The line makes no sense: shapes, unknown symbols, indices, syntax."),
    Outcome.UNDECIDED: ("warning", "No stage had an answer."),
    Outcome.SUPPORTED: ("note", "Agreed at many points; there is no proof."),
    Outcome.UNREAD: ("note", "The reader did not understand the line; nothing is said about its truth."),
}
ERRATUM = "erratum-not-refuted"


def write(report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False) -> None:  # noqa: ARG001
    """Write the SARIF log; with strict everything that is not proved is an error."""
    json.dump(as_object(report, strict=strict), stream, indent=1, ensure_ascii=False)
    stream.write("\n")


def as_object(report: Report, *, strict: bool = False) -> dict[str, object]:
    """The whole log as plain data."""
    failed = {row.id for row in report.failures(strict=strict)}
    rules = [{"id": o.value, "shortDescription": {"text": text}} for o, (_, text) in RULES.items()]
    rules.append(
        {
            "id": ERRATUM,
            "shortDescription": {"text": "A line stated as an error of its source was not refuted."},
        }
    )
    driver = {"name": "calcds", "version": VERSION, "rules": rules}
    results = [_result(row, failed=row.id in failed) for row in report if _speaks(row)]
    invocation = {"executionSuccessful": not report.problems and not report.interrupted}
    if report.problems:
        notices = [{"level": "error", "message": {"text": sentence}} for sentence in report.problems]
        invocation["toolExecutionNotifications"] = notices  # type: ignore[assignment]
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _speaks(row: Result) -> bool:
    return row.fails if row.role == "erratum" else row.outcome is not Outcome.PROVED


def _result(row: Result, *, failed: bool) -> dict[str, object]:
    rule = ERRATUM if row.role == "erratum" else row.outcome.value
    return {
        "ruleId": rule,
        "level": "error" if failed else RULES[row.outcome][0],
        "message": {"text": plain(row)},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(row.file)}, "region": _region(row)}},
        ],
        "partialFingerprints": {"calcdsClaim/v1": row.id},
    }


def _region(row: Result) -> dict[str, int]:
    """Where a claim stands; lines and columns from 1, the end exclusive."""
    region = {"startLine": max(1, row.line)}
    if row.column or row.is_of_document:
        region["startColumn"] = row.column + 1
    if row.end_line >= row.line and (row.end_line, row.end_column) > (row.line, row.column):
        region |= {"endLine": row.end_line, "endColumn": row.end_column + 1}
    return region


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
