"""SARIF and JUnit against the schemas of others, and against what code hosts ask for beyond them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from calcds.decide.verdict import Outcome
from calcds.report import REPORTERS, sarif
from calcds.verify.result import Report
from calcds.verify.run import verify
from tests.report.examples import ALL, GOOD, REFUTED, UNDECIDED

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))

NOTES = r"""# Ünïcode, 数学 and a control sign: {sign}

$$(a+b)^2 = a^2 + b^2$$ and $$(a+b)^2 = a^2 + 2ab + b^2$$

$$α + {sign} = \unknown{{x}}$$ and $\sum ! = 1$

<!-- calcds: expect refuted -->
$$(a-b)^2 = a^2 - b^2$$

<!-- calcds: nonsense -->
<!-- calcds: expect refuted -->
$$(a-b)(a+b) = a^2 - b^2$$

$$ not closed
"""
STRANGE = Report(
    (
        replace(REFUTED, id="ü <&>\ud800\x00::\x1b[1]", file="a folder/ünï <&> \udcff\x07.md", left="x\ud800\x00]]>"),
        replace(REFUTED, id="b", detail="long " * 100_000, line=0, column=0),
        replace(REFUTED, id="c", file="/absolute/a b.md", seconds=123456.789),
        replace(UNDECIDED, id="d", outcome=Outcome.UNREAD, left="", right="", detail="the sign '\x01' is not known"),
    ),
    problems=("nowhere \ud800: there is no such file\x00",), notes=("a note \x02",), interrupted=True,
)  # fmt: skip


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A real run over documents whose names and texts are strange."""
    folder = tmp_path_factory.mktemp("a folder with spaces")
    (folder / "ünï codé.md").write_text(NOTES.format(sign="\x01"), encoding="utf-8")
    (folder / "half.ipynb").write_text('{"cells": [', encoding="utf-8")
    cell = {"cell_type": "markdown", "source": ["$(a+b)^2 = a^2 + \ud800$"]}
    (folder / "surrogate.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (folder / "mistake.py").write_text("from calcds.derive import *\n\n@derivation('no'\n", encoding="utf-8")
    report = verify([*sorted(folder.iterdir()), folder / "nowhere.md"])
    assert {row.outcome for row in report} >= {Outcome.PROVED, Outcome.REFUTED, Outcome.UNREAD, Outcome.MALFORMED}
    assert {row.role for row in report} == {"claim", "erratum"}
    assert report.problems
    return report


@pytest.fixture(params=["all", "good", "empty", "strange", "documents"])
def report(request: pytest.FixtureRequest) -> Report:
    made = {"all": ALL, "good": GOOD, "empty": Report(), "strange": STRANGE}
    found: Report = made[request.param] if request.param in made else request.getfixturevalue(request.param)
    return found


def written(name: str, report: Report, *, strict: bool) -> str:
    stream = io.StringIO()
    REPORTERS[name](report, stream, strict=strict)
    text = stream.getvalue()
    assert text.encode("utf-8").decode() == text
    return text


@pytest.mark.parametrize("strict", [False, True])
def test_sarif_fits_its_schema(report: Report, strict: bool) -> None:
    log = json.loads(written("sarif", report, strict=strict))
    assert [f"{error.json_path}: {error.message}" for error in SARIF.iter_errors(log)] == []
    assert [complaint for run in log["runs"] for complaint in what_hosts_refuse(run)] == []


@pytest.mark.parametrize("strict", [False, True])
def test_junit_fits_its_schema(report: Report, strict: bool) -> None:
    text = written("junit", report, strict=strict)
    assert [str(error.reason) for error in JUNIT.iter_errors(text)] == []


def test_the_json_report_can_be_written_as_utf8(report: Report) -> None:
    json.loads(written("json", report, strict=False))


def what_hosts_refuse(run: dict[str, Any]) -> list[str]:
    """What the documentation of code scanning asks for beyond the schema."""
    found: list[str] = []
    prints: list[tuple[str, ...]] = []
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        wanted = {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        found += [f"{rule['id']}: no {key}" for key in wanted - set(rule)]
        found += [f"{rule['id']}: too long" for key in wanted if len(json.dumps(rule.get(key))) > 1000]
    for result in run["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        start = region["startLine"], region.get("startColumn", 1)
        end = region.get("endLine", start[0]), region.get("endColumn", start[1])
        if min(*start, *end) < 1 or end < start:
            found.append(f"a region of {region}")
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            found.append(f"rule {result['ruleIndex']} is not {result['ruleId']}")
        if not result["message"]["text"] or not result["partialFingerprints"]:
            found.append("no message or no fingerprint")
        uri = place["artifactLocation"]["uri"]
        if not uri.isascii() or any(c in uri for c in ' <>\\"'):
            found.append(f"no URI: {uri}")
        prints.append((uri, *result["partialFingerprints"].values()))
    if len(set(prints)) < len(prints):
        found.append("two results have one fingerprint")
    if len(prints) > 25_000:
        found.append("more than 25,000 results")
    return found


@pytest.mark.parametrize(
    "damage",
    [
        lambda log: log["runs"][0]["results"][0].pop("message"),
        lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda log: log["runs"][0]["results"][0].update(level="fatal"),
        lambda log: log.update(version="2.2.0"),
        lambda log: log["runs"][0].update(extra=1),
    ],
)
def test_the_schema_of_sarif_refuses_what_is_wrong(damage: Any) -> None:
    log = json.loads(written("sarif", ALL, strict=False))
    damage(log)
    assert list(SARIF.iter_errors(log))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<testcase ", "<testcase line='1' "), ('classname="', 'class="'), ("<system-out>", "<properties/><system-out>"),
        (' errors="0"', ""), ('time="0.250"', 'time="0.250000"'),
    ],
)  # fmt: skip
def test_the_schema_of_junit_refuses_what_is_wrong(before: str, after: str) -> None:
    text = written("junit", Report((REFUTED,)), strict=False)
    assert before in text
    assert JUNIT.is_valid(text)
    assert not JUNIT.is_valid(text.replace(before, after))


def test_fingerprints_stay_when_lines_are_put_in_above(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    wrong = "$$(a+b)^2 = a^2 + b^2$$\n\n$$(a-b)^2 = a^2 - b^2$$\n\n$$(a+b)^2 = a^2 + b^2$$\n"
    seen = []
    for text in (wrong, "# New\n\nAnd $x > 0$, $(a+b)^1 = a+b$.\n\n" + wrong):
        file.write_text(text)
        seen.append([r["partialFingerprints"] for r in log_of(verify(file))["results"]])
    assert seen[0] == seen[1]
    assert len({str(one) for one in seen[0]}) == 3


def test_a_run_of_too_many_results_keeps_the_severe_ones() -> None:
    many = tuple(replace(UNDECIDED, id=str(k), left=str(k)) for k in range(sarif.MOST_RESULTS + 5))
    run = log_of(Report((*many, REFUTED)))
    assert len(run["results"]) == sarif.MOST_RESULTS
    assert run["results"][0]["ruleId"] == "refuted"
    assert "6 results are left out" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


def test_what_could_not_be_run_is_an_error_in_junit() -> None:
    root = ET.fromstring(written("junit", ALL, strict=False))
    assert root.get("errors") == "1"
    (error,) = root.findall(".//error")
    assert error.get("message") == "nowhere: there is no such file or directory"


def log_of(report: Report) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(written("sarif", report, strict=False))["runs"][0]
    return run
