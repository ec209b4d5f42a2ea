"""The report as JUnit XML, for continuous integration: a suite a file, a case a claim.

refuted, malformed      <failure>
an erratum not refuted  <failure>
undecided, unread       <skipped>, with the reason; <failure> with --strict
supported               passes, its output says so; <failure> with --strict
what could not be run   <error>, in a suite of its own

The schema is that of Jenkins (junit-10.xsd), which other servers accept too: times have three decimals, a case has no
properties.

Imports: calcds.verify.result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TextIO
from xml.etree import ElementTree as ET

from calcds.decide.verdict import Outcome
from calcds.report.drawing import number
from calcds.verify.result import Report, Result

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SKIPPED = (Outcome.UNDECIDED, Outcome.UNREAD)


def write(report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False) -> None:  # noqa: ARG001
    """Write the XML document."""
    failed = {row.id for row in report.failures(strict=strict)}
    counts = _counts(report.results, failed, errors=len(report.problems))
    del counts["skipped"]  # the schema knows it for suites only
    root = ET.Element("testsuites", {"name": "calcds", **counts})
    for file, rows in groupby(report, key=lambda row: row.file):
        cases = list(rows)
        suite = ET.SubElement(root, "testsuite", {"name": _clean(file), **_counts(cases, failed)})
        for row in cases:
            suite.append(_case(row, failed=row.id in failed))
    if report.problems:
        suite = ET.SubElement(root, "testsuite", {"name": "calcds", **_counts((), failed, errors=len(report.problems))})
        for sentence in report.problems:
            case = ET.SubElement(suite, "testcase", classname="calcds", name=_clean(sentence), time="0.000")
            ET.SubElement(case, "error", message=_clean(sentence), type="could not be run")
    ET.indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n")


def _counts(rows: Sequence[Result], failed: set[str], errors: int = 0) -> dict[str, str]:
    skipped = sum(row.outcome in _SKIPPED and row.id not in failed for row in rows)
    return {
        "tests": str(len(rows) + errors),
        "failures": str(sum(row.id in failed for row in rows)),
        "errors": str(errors),
        "skipped": str(skipped),
        "time": f"{sum(row.seconds for row in rows):.3f}",
    }


def _case(row: Result, *, failed: bool) -> ET.Element:
    name = row.id.partition("::")[2] or row.id
    case = ET.Element("testcase", classname=_clean(row.file), name=_clean(name), time=f"{row.seconds:.3f}")
    if failed:
        kind = "erratum not refuted" if row.role == "erratum" else row.outcome.value
        failure = ET.SubElement(case, "failure", message=_clean(f"{kind}: {row.said}"), type=kind)
        failure.text = _clean(plain(row))
    elif row.outcome in _SKIPPED:
        ET.SubElement(case, "skipped", message=_clean(f"{row.outcome.value}: {row.said}"))
    shown = {"outcome": row.outcome.value, "stage": row.stage, "role": row.role, "place": row.place}
    said = ET.SubElement(case, "system-out")
    said.text = _clean("\n".join(f"{key}: {value}" for key, value in shown.items() if value))
    return case


def plain(row: Result) -> str:
    """A claim and its counterexample in a few lines of text."""
    lines = [row.place, f"{row.left}  {row.link}  {row.right}".strip(), row.said]
    if row.counterexample:
        found = row.counterexample
        point = {**found.sizes, **found.values, "left": found.left, "right": found.right}
        lines.append("at " + ", ".join(f"{name} = {_flat(value)}" for name, value in point.items()))
    return "\n".join(line for line in lines if line)


def _flat(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flat(part) for part in value) + "]"
    return number(value)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)


def without_surrogates(text: str) -> str:
    """A text that can be written as UTF-8: half a character, as in the name of a file that is not UTF-8, becomes `?`."""
    return text.encode("utf-8", "replace").decode()
