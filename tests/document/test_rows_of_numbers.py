"""Vectors of numbers as rows: matrices of one row, and lists that the document writes before its matrices."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

WEIGHTS = r"$$V = \begin{pmatrix} 1 & -1 \\ 2 & 0 \\ 0 & 3 \end{pmatrix}$$ "
ONE_ROW = r"$$u = \begin{pmatrix} 2 & 1 & 4 \end{pmatrix}, \quad c = \begin{pmatrix} 0.5 \\ 1 \end{pmatrix}$$ " + WEIGHTS
LISTED = "Take $u = [2, 1, 4]$ and $c = [0.5, 1]$. " + WEIGHTS
BEHIND = "Take $v = [2, 5]$. " + WEIGHTS

PAIRS = [  # a text, a true line and a wrong one, which is called so
    (ONE_ROW, r"u V + c^\top = \begin{pmatrix} 4.5 & 11 \end{pmatrix}",
     r"u V + c^\top = \begin{pmatrix} 4.5 & 10 \end{pmatrix}"),
    (ONE_ROW, r"u^\top u = \begin{pmatrix} 4 & 2 & 8 \\ 2 & 1 & 4 \\ 8 & 4 & 16 \end{pmatrix}",
     r"u^\top u = \begin{pmatrix} 4 & 2 & 8 \\ 2 & 1 & 4 \\ 8 & 4 & 15 \end{pmatrix}"),
    (LISTED, "u V + c = [4.5, 11]", "u V + c = [4.5, 12]"),
    (LISTED, "[4, 10] + [0.5, 1] = [4.5, 11]", "[4, 10] + [0.5, 1] = [4.5, 9]"),
    (LISTED, "u V - 0.5 [2, -4] = [3, 12]", "u V - 0.5 [2, -4] = [3, 8]"),
    (BEHIND, "V v = [-3, 4, 15]", "V v = [-3, 4, 10]"),
    (BEHIND, "V v - [1, 1, 1] = [-4, 3, 14]", "V v - [1, 1, 1] = [-4, 3, 16]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_rows_of_numbers(text: str, right: str, wrong: str) -> None:
    before = "The layer is $u V + c$. " if text is LISTED else ""  # where it is written how a list stands
    true, false = (read(f"{text}\n\n{before}Then $${line}$$\n") for line in (right, wrong))
    assert not [row for row in true if row.outcome in WRONG]
    assert true[-1].outcome in RIGHT, true[-1].detail
    assert false[-1].outcome is Outcome.REFUTED, false[-1].detail


@pytest.mark.parametrize("text", [
    "Take $u = [2, 1]$, $t \\in [0, 1]$, an interval $I = [1, 3]$. Then $x + [0, 1] = [1, 2]$.",  # sums of intervals, too
    "The commutator is $[A, B] = AB - BA$ with $[A, B] + [B, A] = 0$.",
    "Take $u = [2, 1, 4]$. Then $u V$ and $V u$ are two things.",
])  # fmt: skip
def test_other_brackets_are_left_alone(text: str) -> None:
    assert not [row for row in read(text + "\n") if row.outcome in WRONG]
