"""The report as SARIF 2.1.0, for code hosts and editors: a result a claim that is not proved.

Beyond the schema it keeps to what code hosts ask for: rules with texts and levels, relative URIs, at most 25,000 results,
the severe ones first, and fingerprints that do not change when lines are put in above.

Imports: calcds.verify.result, calcds.report.junit, calcds.version.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TextIO
from urllib.parse import quote

from calcds.decide.verdict import Outcome
from calcds.report.junit import plain, without_surrogates
from calcds.verify.result import Report, Result
from calcds.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000  # code hosts refuse a run with more
LONGEST = 8_000  # characters of a message
ERRATUM = "erratum-not-refuted"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code host shows of an outcome."""

    level: str
    name: str
    short: str
    full: str
    help: str


RULES = {
    Outcome.REFUTED.value: Rule(
        "error", "RefutedClaim", "The two sides are provably different at a point of the stated domain.",
        "Exact or ball arithmetic gives the two sides values at one point of the domain that have no number in common.",
        "Put the numbers of the counterexample in. Then mend the line, or state the hypothesis under which it holds.",
    ),
    Outcome.MALFORMED.value: Rule(
        "error", "MalformedLine", "The line makes no sense: shapes, unknown symbols, indices, syntax.",
        "The line has no value for any numbers, so nothing can be said of its truth.",
        "The message names the part that does not fit and where its shape comes from.",
    ),
    Outcome.UNDECIDED.value: Rule(
        "warning", "UndecidedClaim", "No stage had an answer.",
        "The claim was neither proved nor refuted; the message says why each stage was silent.",
        "Split the step into smaller ones, or state more of what is known of its symbols.",
    ),
    Outcome.SUPPORTED.value: Rule(
        "note", "SupportedClaim", "Agreed at many points; there is no proof.",
        "The two sides agree at all points that were tried, to many digits. That is evidence, not a proof.",
        "Split the step into smaller ones, each of which can be proved.",
    ),
    Outcome.UNREAD.value: Rule(
        "note", "UnreadLine", "The reader did not understand the line; nothing is said about its truth.",
        "Documents are read exactly or not at all; the message says where reading stopped.",
        "An annotation beside the line may say what the text does not, for example: calcds: A: Matrix[m, n].",
    ),
    ERRATUM: Rule(
        "error", "ErratumNotRefuted", "A line stated as an error of its source was not refuted.",
        "The line is marked as an error, and the run fails unless it is shown to be one.",
        "Write the line as the source prints it, or take away the mark.",
    ),
}  # fmt: skip
_IDS = list(RULES)
_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}


def write(report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False) -> None:  # noqa: ARG001
    """Write the SARIF log; with strict everything that is not proved is an error."""
    json.dump(as_object(report, strict=strict), stream, indent=1, ensure_ascii=False)
    stream.write("\n")


def as_object(report: Report, *, strict: bool = False) -> dict[str, object]:
    """The whole log as plain data."""
    failed = {row.id for row in report.failures(strict=strict)}
    prints = fingerprints(report.results)
    results = [
        _result(row, said, failed=row.id in failed)
        for row, said in zip(report.results, prints, strict=True)
        if _speaks(row)
    ]
    notices = [("error", sentence) for sentence in report.problems] + [("note", said) for said in report.notes]
    if len(results) > MOST_RESULTS:
        notices.append(("warning", f"{len(results) - MOST_RESULTS} results are left out, the least severe ones"))
        results.sort(key=lambda result: list(_SEVERITY).index(str(result["level"])))
    invocation = {
        "executionSuccessful": not report.problems and not report.interrupted,
        "toolExecutionNotifications": [
            {"level": level, "message": {"text": without_surrogates(said)[:LONGEST]}} for level, said in notices
        ],
    }
    rules = [_rule(name, rule) for name, rule in RULES.items()]
    run = {
        "tool": {"driver": {"name": "calcds", "version": VERSION, "rules": rules}},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results[:MOST_RESULTS],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def fingerprints(rows: Iterable[Result]) -> list[str]:
    """What a claim is recognised by when lines above it come and go: its text, and which of several like it it is."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows:
        said = f"{row.left} {row.link} {row.right}" if row.left or row.right else row.detail
        seen[row.file, said] += 1
        text = " ".join(said.split()).encode("utf-8", "replace")
        found.append(f"{sha256(text).hexdigest()[:16]}:{seen[row.file, said]}")
    return found


def _rule(name: str, rule: Rule) -> dict[str, object]:
    return {
        "id": name,
        "name": rule.name,
        "shortDescription": {"text": rule.short},
        "fullDescription": {"text": rule.full},
        "help": {"text": rule.help, "markdown": rule.help},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": ["mathematics"], "problem.severity": _SEVERITY[rule.level]},
    }


def _speaks(row: Result) -> bool:
    return row.fails if row.role == "erratum" else row.outcome is not Outcome.PROVED


def _result(row: Result, fingerprint: str, *, failed: bool) -> dict[str, object]:
    rule = ERRATUM if row.role == "erratum" else row.outcome.value
    said = without_surrogates(plain(row))
    return {
        "ruleId": rule,
        "ruleIndex": _IDS.index(rule),
        "level": "error" if failed else RULES[rule].level,
        "message": {"text": said if len(said) <= LONGEST else said[: LONGEST - 4] + " ..."},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(row.file)}, "region": _region(row)}},
        ],
        "partialFingerprints": {"calcdsClaim/v2": fingerprint},
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
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
