"""Derivation files and documents as pytest items."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "from calcds.notation import *\n"
GOOD = "@derivation('G')\ndef {name}(x: Real):\n    yield x + x\n    yield 2*x, 'collect'\n"
BAD = "@derivation('B')\ndef bad(x: Real):\n    yield x + x\n    yield 3*x, 'miscounted'\n"


def collected(folder: Path, *options: str, paths: tuple[str, ...] = (".",), ini: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text(f"[pytest]\n{ini}")
    command = [sys.executable, "-m", "pytest", "-p", "calcds.pytest_plugin", "-c", str(folder / "pytest.ini"), *options]
    where = [str(folder / path) for path in paths]
    return subprocess.run([*command, *where], capture_output=True, text=True, check=False)


def test_every_derivation_is_an_item_and_a_wrong_one_fails_with_its_counterexample(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text(HEAD + GOOD.format(name="one") + BAD + GOOD.format(name="one_more"))
    (tmp_path / "helper.py").write_text("x = 1\n")
    done = collected(tmp_path, "-v")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 passed" in done.stdout
    assert "1 failed" in done.stdout
    assert "notes.py::bad FAILED" in done.stdout
    assert "at x = 1, left = 2, right = 3" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_broken_file_fails_with_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text(HEAD + "@derivation('T')\ndef f(x: Real):\n    yield x 'r'\n")
    done = collected(tmp_path)
    assert done.returncode == 1
    assert "a comma is missing" in done.stdout


NOTES = """For all real $x$:

$$x + x = 2x$$

$$\\sqrt{x^2} = x$$

<!-- calcds: expect refuted -->
$$x + x = 3x$$

<!-- calcds: expect refuted -->
$$x + x + x = 3x$$

$$x + \\weird{x} = 5$$
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for name in ("notes.md", "docs/more.md", "docs/other.tex"):
        (tmp_path / name).write_text(NOTES)
    return tmp_path


def test_a_document_that_is_named_has_an_item_for_every_claim(notes: Path) -> None:
    done = collected(notes, "-v", paths=("notes.md",))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 passed" in done.stdout
    assert "2 failed" in done.stdout
    assert "notes.md::3[1] PASSED" in done.stdout
    assert "notes.md::5[1] FAILED" in done.stdout
    assert "at x = -1, left = 1, right = -1" in done.stdout
    assert "it would hold if x is nonnegative" in done.stdout
    assert "notes.md::8[1] PASSED" in done.stdout
    assert "notes.md::11[1] FAILED" in done.stdout, "an erratum that is right"
    assert "notes.md::13" not in done.stdout, "what was not read is no item"
    assert "5 equations, 80% read" in done.stdout
    assert "Traceback" not in done.stdout


def test_one_claim_alone(notes: Path) -> None:
    done = collected(notes, paths=("notes.md::3[1]",))
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_other_documents_are_left_alone_unless_they_are_asked_for(notes: Path) -> None:
    (notes / "test_one.py").write_text("def test_one():\n    pass\n")
    done = collected(notes)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "equations" not in done.stdout
    done = collected(notes, "-v", ini="calcds_documents =\n    docs/*.md\n")
    assert done.returncode == 1
    assert "docs/more.md::5[1] FAILED" in done.stdout
    assert "other.tex" not in done.stdout
    assert "notes.md" not in done.stdout


SILENT = """
from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
engine.decide_terms = lambda *_: Verdict(Outcome.UNDECIDED, "", "no stage had an answer")
"""


def test_an_undecided_claim_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALCDS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "conftest.py").write_text(SILENT)
    (tmp_path / "notes.md").write_text("$$x + x = 2x$$\n")
    done = collected(tmp_path, "-rs", paths=("notes.md",))
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "undecided: notes.md::1[1]" in done.stdout


def test_a_document_that_cannot_be_read_fails_with_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.ipynb").write_text("{")
    done = collected(tmp_path, paths=("notes.ipynb",))
    assert done.returncode == 1, done.stdout
    assert "notes.ipynb" in done.stdout
    assert "Traceback" not in done.stdout
