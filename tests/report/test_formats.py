"""JSON, JUnit and SARIF: the contract, and nothing lost between them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from calcds.decide.verdict import Outcome
from calcds.report import REPORTERS
from calcds.verify.result import Report
from tests.report.examples import ALL, BROKEN, GOOD, PROVED, REFUTED, SUPPORTED, UNDECIDED
from tests.report.schema import complaints

ROOT = Path(__file__).parents[2]
CONTRACT = [
    "id", "title", "file", "line", "statements", "source", "lhs", "rhs", "reason", "given", "role", "outcome", "stage",
    "detail", "counterexample", "network", "seconds",
]  # fmt: skip


def written(name: str, report: Report, *, strict: bool = False) -> str:
    stream = io.StringIO()
    REPORTERS[name](report, stream, strict=strict)
    return stream.getvalue()


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((ROOT / "docs" / "report.schema.json").read_text())


# -- JSON -----------------------------------------------------------------------------------------------------


def test_the_json_report_has_exactly_the_keys_of_the_contract() -> None:
    found = json.loads(written("json", ALL))
    assert list(found) == ["calcds", "summary", "results"]
    assert list(found["summary"]) == ["proved", "supported", "refuted", "undecided", "malformed", "unread"]
    assert all(list(result) == CONTRACT for result in found["results"])
    assert sum(found["summary"].values()) == len(found["results"]) == len(ALL)


@pytest.mark.parametrize("report", [ALL, GOOD, Report()], ids=["all", "good", "empty"])
def test_the_json_report_fits_its_schema(schema: Any, report: Report) -> None:
    assert complaints(json.loads(written("json", report)), schema, schema) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("line", 0), ("line", "3"), ("role", "theorem"), ("outcome", "correct"), ("statements", "sadiku-081"),
        ("source", {"document": "sadiku"}), ("network", {"quantity": "x", "max_error": -1}), ("extra", 1),
        ("counterexample", {"sizes": {}}),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_not_in_the_contract(schema: Any, key: str, value: object) -> None:
    found = json.loads(written("json", GOOD))
    found["results"][0][key] = value
    assert complaints(found, schema, schema)


def test_a_row_says_what_it_knows() -> None:
    found = {r["id"]: r for r in json.loads(written("json", ALL))["results"]}
    proved, refuted, broken = found[PROVED.id], found[REFUTED.id], found[BROKEN.id]
    assert proved["source"] == {"document": "sadiku", "section": "Gradients"}
    assert proved["network"] == {"quantity": "deck.a5", "max_error": 1e-15}
    assert refuted["counterexample"]["values"]["A"] == [["0", "0"], ["1", "0"]]
    assert refuted["detail"] == "different at a point; it would hold if A is symmetric"
    assert broken["source"] is None
    assert broken["network"] is None


# -- JUnit ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strict", "failures", "skipped"), [(False, 5, 1), (True, 7, 0)])
def test_junit_counts_failures_and_skips(strict: bool, failures: int, skipped: int) -> None:
    root = ET.fromstring(written("junit", ALL, strict=strict))
    found = sum(int(suite.get("skipped", "")) for suite in root)
    assert (int(root.get("tests", "")), int(root.get("failures", "")), found) == (
        10,
        failures,
        skipped,
    )
    assert len(root.findall(".//failure")) == failures
    assert len(root.findall(".//skipped")) == skipped
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))


def test_junit_shows_the_counterexample() -> None:
    failure = ET.fromstring(written("junit", ALL)).find(".//testcase[@name='quadratic_form[2]']/failure")
    assert failure is not None
    assert failure.get("type") == "refuted"
    assert "at n = 2, A = [[0, 0], [1, 0]], x = [[0], [1]], left = [[1], [0]]" in (failure.text or "")


def test_junit_is_xml_whatever_stands_in_it() -> None:
    assert "strange &lt;&amp;&gt; ?.py" in written("junit", ALL)


# -- SARIF ----------------------------------------------------------------------------------------------------


def test_sarif_has_a_result_for_everything_that_is_not_proved() -> None:
    log = json.loads(written("sarif", ALL))
    (run,) = log["runs"]
    rules = [(r["ruleId"], r["level"]) for r in run["results"]]
    assert log["version"] == "2.1.0"
    assert rules == [
        ("refuted", "error"),
        ("undecided", "warning"),
        ("malformed", "error"),
        ("supported", "note"),
        ("erratum-not-refuted", "error"),
        ("refuted", "error"),
        ("malformed", "error"),
    ]
    assert {rule for rule, _ in rules} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_points_at_the_line_and_column() -> None:
    first = json.loads(written("sarif", ALL))["runs"][0]["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "notes.py"}, "region": {"startLine": 12, "startColumn": 5}}
    assert list(first["partialFingerprints"]) == ["calcdsClaim/v2"]
    assert "it would hold if A is symmetric" in first["message"]["text"]


def test_sarif_of_a_good_run_is_empty_and_strict_turns_doubt_into_errors() -> None:
    assert json.loads(written("sarif", GOOD))["runs"][0]["results"] == []
    strict = json.loads(written("sarif", Report((SUPPORTED, UNDECIDED)), strict=True))
    assert [r["level"] for r in strict["runs"][0]["results"]] == ["error", "error"]


def test_a_file_name_becomes_a_uri() -> None:
    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in json.loads(written("sarif", ALL))["runs"][0]["results"]
    ]
    assert "strange%20%3C%26%3E%20%01.py" in uris


# -- all of them ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(REPORTERS))
@pytest.mark.parametrize("report", [Report(), ALL, GOOD], ids=["empty", "all", "good"])
def test_every_reporter_writes_every_report(name: str, report: Report) -> None:
    assert written(name, report).endswith("\n")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_is_called_correct(outcome: Outcome) -> None:
    report = Report(tuple(r for r in ALL if r.outcome is outcome))
    assert "correct" not in "".join(written(name, report) for name in REPORTERS).lower()


def test_a_comparison_that_could_not_be_made_is_not_reported_as_one() -> None:
    from dataclasses import replace

    from calcds.verify.result import Comparison

    unmade = replace(
        PROVED, outcome=Outcome.MALFORMED, network=Comparison("deck.b", 0.0, 0, Outcome.MALFORMED, "no")
    )
    found = json.loads(written("json", Report((unmade,))))["results"][0]
    assert found["network"] is None
    assert "against the network" not in written("terminal", Report((unmade,)))


# -- documents ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ((3, 0, -1, -1), (3, 1)),
        ((3, 7, 3, 20), (3, 8, 3, 21)),
        ((3, 7, 5, 0), (3, 8, 5, 1)),
        ((3, 7, 3, 7), (3, 8)),  # nothing in between
        ((3, 7, 2, 9), (3, 8)),  # it ends before it begins
    ],
)
def test_a_claim_of_a_document_has_its_exact_place(place: tuple[int, int, int, int], region: tuple[int, ...]) -> None:
    line, column, end_line, end_column = place
    row = replace(REFUTED, file="notes.md", line=line, column=column, end_line=end_line, end_column=end_column)
    (result,) = json.loads(written("sarif", Report((row,))))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == dict(
        zip(("startLine", "startColumn", "endLine", "endColumn"), region, strict=False)
    )
    case = ET.fromstring(written("junit", Report((row,)))).find("testsuite/testcase")
    assert case is not None
    assert f"place: notes.md:{row.line}:{row.column + 1}" in (case.findtext("system-out") or "").splitlines()
    failure = case.find("failure")
    assert failure is not None
    assert (failure.text or "").startswith(f"notes.md:{row.line}:{row.column + 1}\n")
