"""Documents as results: what is claimed gets an outcome, what is not does not."""

from __future__ import annotations

import re
from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.verify.documents import tally
from calcds.verify.run import verify


def test_what_is_taken_as_a_definition_is_no_result(tmp_path: Path) -> None:
    """A definition claims nothing: it gets no outcome, so a line taken as one by mistake is never called proved."""
    notes = tmp_path / "notes.md"
    notes.write_text("Let $s(x) = x^2 + 1$.\n\n$$s(2) = 5$$\n", encoding="utf-8")
    report = verify(notes)
    assert [(row.line, row.outcome.value) for row in report.results] == [(3, "proved")]


def test_a_directory_of_annotations_has_a_file_for_each_document(tmp_path: Path) -> None:
    """One that has none there is read with those beside it, or without any."""
    beside = tmp_path / "annotations"
    beside.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text("$$(x + y)^2 = x^2 + y^2$$\n", encoding="utf-8")
    (beside / "a.md.calcds").write_text("1: expect refuted\n", encoding="utf-8")
    (tmp_path / "b.md.calcds").write_text("1: skip\n", encoding="utf-8")
    files = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    report = verify(files, annotations=beside)
    assert [(Path(row.file).name, row.role) for row in report.results] == [("a.md", "erratum"), ("c.md", "claim")]
    assert report.exit_code() == 1
    assert verify(files[:2], annotations=beside).exit_code() == 0


def test_the_tally_counts_every_equation_once() -> None:
    """Each kind of row, once: the parts add up to the equations, and what is decided is among the claims."""
    rows = [
        Finding(1, 0, outcome, "", role=role, stage=stage)
        for role in ("claim", "definition", "erratum")
        for stage in ("", "definition")
        for outcome in Outcome
        if (not stage if role != "definition" else stage or outcome in {Outcome.UNDECIDED, Outcome.UNREAD})
    ]
    equations, claims, decided, definitions, conditions, unread = map(int, re.findall(r"\b(\d+)\b(?!%)", tally(rows)))
    assert equations == len(rows) == claims + definitions + conditions + unread
    open_ones = sum(one.role != "definition" and one.outcome is Outcome.UNDECIDED for one in rows)
    assert decided == claims - open_ones


def test_what_is_said_later_of_a_row_is_reported(tmp_path: Path) -> None:
    """A process that reads a document sends its rows one by one; what lines further behind make of one is sent, too."""
    notes = tmp_path / "notes.md"
    notes.write_text("A. $7 \\cdot 8 = 54$   B. $7 \\cdot 8 = 56$\n", encoding="utf-8")
    assert [row.outcome for row in verify(notes).results] == [Outcome.UNDECIDED, Outcome.PROVED]
