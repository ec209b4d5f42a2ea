"""The examples of docs/gradients.md run as they stand."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

import calcds

PAGE = Path(calcds.__file__).parents[1] / "docs" / "gradients.md"


def test_the_examples_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    assert len(blocks) == 4
    script = tmp_path / "page.py"
    script.write_text("\n".join(blocks))
    found = runpy.run_path(str(script))
    printed = capsys.readouterr().out
    assert "let a1 = tanh" in printed
    promised = re.findall(r"^# (.*)", blocks[-1], flags=re.MULTILINE)
    assert printed.splitlines()[-len(promised) :] == promised
    assert str(found["g"]) == "X.T*(Sigmoid.(X*w) - y)"
