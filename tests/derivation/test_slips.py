"""Every row of the table of common slips is recognised by its own example."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.derivation.loader import read
from calcds.derivation.slips import COMMON_SLIPS, Slip
from calcds.errors import CannotLoad

FILE = """from calcds.notation import *
import math
n = Dim("n")

@derivation("T")
def slipped(x: Real, y: Real):
    A = x
    {line}
"""


@pytest.mark.parametrize("slip", COMMON_SLIPS, ids=lambda slip: slip.example)
def test_a_slip_is_answered_with_its_sentence(tmp_path: Path, slip: Slip) -> None:
    signature = "x: Vector[n], y: Vector[n]" if "x[" in slip.example else "x: Real, y: Real"
    file = tmp_path / "slip.py"
    file.write_text(FILE.format(line=slip.example).replace("x: Real, y: Real", signature))
    try:
        (found,) = read(file)
        line, sentence = found.claims[0].line.span.line, found.claims[0].line.fault
    except CannotLoad as error:
        _, number, sentence = str(error).split(":", 2)
        line = int(number)
    assert slip.says in sentence
    assert line == 8


def test_a_good_line_is_no_slip(tmp_path: Path) -> None:
    file = tmp_path / "good.py"
    file.write_text(FILE.format(line="yield A*x + 2*y\n    yield 2*y + A*x, 'it commutes'"))
    (found,) = read(file)
    assert [claim.kind for claim in found.claims] == ["equal"]
