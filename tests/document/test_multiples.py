# ruff: noqa: E501  (a row is a text)
"""Conditions that follow from one or two that stand before them."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

RIDGE = r"Stationarity is $$2X^\top(Xw - y) + 2\mu w = 0 \quad\Longleftrightarrow\quad (X^\top X + \mu I) w = X^\top y.$$"
KKT = r"""The conditions are
\begin{align*}
2(x-2)+\mu &= 0,\\
2(y-1)+\mu &= 0 .
\end{align*}
"""
EIGEN = r"At a stationary point $2Ax - 2\lambda x = 0$. This is the eigenvalue equation $Ax = \lambda x$."
FOLLOWS = [  # the last line follows, and does not with a slip
    (RIDGE, [(r"+ \mu I", r"- \mu I"), (r"+ \mu I", r"+ 2\mu I"), (r"= X^\top y", r"= -X^\top y"), ("X + ", "")]),
    (EIGEN, [(r"\lambda x$.", r"2\lambda x$."), ("$Ax", "$A^2x"), ("$Ax =", "$-Ax =")]),
    (KKT + r"Adding the two we get the condition $2(x+y) - 6 + 2\mu = 0$.", [(r"+ 2\mu", r"+ \mu"), ("- 6", "- 3"), ("(x+y)", "(x-y)")]),
    (KKT + r"Subtracting them we get the condition $2(x - y) - 2 = 0$.", [("- 2 =", "+ 2 ="), ("(x - y)", "(x + y)")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slips"), FOLLOWS)
def test_a_multiple_and_a_sum_follow(text: str, slips: list[tuple[str, str]]) -> None:
    """It is proved; with a slip it stays a condition, and is not called wrong."""
    last = read(text + "\n")[-1]
    assert (last.outcome, last.role) == (Outcome.PROVED, "claim"), last
    for right, slip in slips:
        assert text.count(right) == 1, right
        found = read(text.replace(right, slip) + "\n")[-1]
        assert found.outcome not in RIGHT | WRONG, (slip, found)


CONDITIONS = [  # another condition, the same once more, and two that nothing combines
    r"We solve $Ax = \lambda x$. As before, we look for solutions of $Ax = \lambda x$.",
    r"At a stationary point $2Ax - 2\lambda x = 0$. The other equation is $Bx = \lambda x$.",
    KKT + r"The last condition is $2(x+y) - 6 + 2\mu = 0$.",
    r"We solve $2x + 3y = 4$ and the equation $4x + 6y = 7$.",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_another_condition_stays_one(text: str) -> None:
    last = read(text + "\n")[-1]
    assert last.outcome is Outcome.UNDECIDED, last
