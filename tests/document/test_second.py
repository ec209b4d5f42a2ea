"""Hessians and Jacobians under a name of their own are claims about the function that has a formula."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import WRONG, read

CUBIC = "Let $f(x, y) = x^2 y + y^3$. "
SQUARE = "Let $g(u, v) = (u^2 - v^2, 2uv)^T$. "
FORM = r"Let $q(x) = \frac12 x^T A x - b^T x$ with a symmetric $A$. "
PAIRS = [
    (CUBIC + r"The Hessian is $H_f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$.", "6y", "3y"),
    (CUBIC + r"The Hessian is $H_f = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$.", "& 2x", "& 2y"),
    (CUBIC + r"Its Hessian matrix is $H = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$.", "{pmatrix} 2y", "{pmatrix} 2x"),
    (SQUARE + r"The Jacobian is $J_g(u, v) = \begin{pmatrix} 2u & -2v \\ 2v & 2u \end{pmatrix}$.", "-2v", "2v"),
    (SQUARE + r"The Jacobian matrix is $J = \begin{pmatrix} 2u & -2v \\ 2v & 2u \end{pmatrix}$.", "-2v", "-v"),
    (FORM + "Its Hessian is $H = A$.", "$H = A$", "$H = 2A$"),
]
OTHERS = [  # another matrix, another layout, another function
    CUBIC + r"Let $H = \begin{pmatrix} 2y & 2x \\ 2x & 3y \end{pmatrix}$.",
    CUBIC + r"The Hessian of $h$ is $H_h = \begin{pmatrix} 2y & 2x \\ 2x & 3y \end{pmatrix}$.",
    SQUARE + r"The transposed Jacobian is $J_g = \begin{pmatrix} 2u & 2v \\ -2v & 2u \end{pmatrix}$.",
    CUBIC + r"A Hessian with other entries is $H = \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}$.",
]


@pytest.mark.parametrize(("text", "right", "slip"), PAIRS)
def test_derivatives_under_a_name_and_a_slip_in_them(text: str, right: str, slip: str) -> None:
    """They are proved; with a slip in them they are called wrong."""
    assert text.count(right) == 1
    found = read(text + "\n")[-1]
    assert (found.outcome, found.role) == (Outcome.PROVED, "claim"), found
    assert read(text.replace(right, slip) + "\n")[-1].outcome in WRONG


@pytest.mark.parametrize("text", OTHERS)
def test_what_may_be_another_matrix_is_not_called_wrong(text: str) -> None:
    """Nothing says that it is the one of the function with the formula."""
    assert not any(one.outcome in WRONG for one in read(text + "\n"))
