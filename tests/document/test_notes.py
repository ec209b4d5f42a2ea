"""The notes of the benchmark: every line of them is true, so not one is called wrong, and most are decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.source.extract import load

FOLDER = Path(__file__).parents[2] / "benchmarks" / "documents"
NOTES = sorted((FOLDER / "notes").iterdir())


TESTED = NOTES[::3]  # the benchmark reads all of them, which takes some minutes


@pytest.mark.parametrize("file", TESTED, ids=[file.name for file in TESTED])
def test_no_true_line_is_called_wrong(file: Path) -> None:
    found = findings(load(file))
    assert [(one.line, one.left, one.right) for one in found if one.outcome in {Outcome.REFUTED, Outcome.MALFORMED}] == []
    decided = [one for one in found if one.outcome in {Outcome.PROVED, Outcome.SUPPORTED} or one.role == "definition"]
    assert len(decided) > 0.6 * len(found)


def test_every_slip_stands_once_in_its_document() -> None:
    rows = [json.loads(line) for line in (FOLDER / "slips.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 600
    texts = {file.name: file.read_text(encoding="utf-8") for file in NOTES}
    assert [row for row in rows if texts[row["file"]].count(row["from"]) != 1 or row["from"] == row["to"]] == []
