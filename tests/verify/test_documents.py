"""Documents as results: what is claimed gets an outcome, what is not does not."""

from __future__ import annotations

from pathlib import Path

from calcds.verify.run import verify


def test_what_is_taken_as_a_definition_is_no_result(tmp_path: Path) -> None:
    """A definition claims nothing: it gets no outcome, so a line taken as one by mistake is never called proved."""
    notes = tmp_path / "notes.md"
    notes.write_text("Let $s(x) = x^2 + 1$.\n\n$$s(2) = 5$$\n", encoding="utf-8")
    report = verify(notes)
    assert [(row.line, row.outcome.value) for row in report.results] == [(3, "proved")]
