"""Derivation files as pytest items."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAD = "from calcds.notation import *\n"
GOOD = "@derivation('G')\ndef {name}(x: Real):\n    yield x + x\n    yield 2*x, 'collect'\n"
BAD = "@derivation('B')\ndef bad(x: Real):\n    yield x + x\n    yield 3*x, 'miscounted'\n"


def collected(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "calcds.pytest_plugin", "-c", str(folder / "pytest.ini"), *options]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)


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
