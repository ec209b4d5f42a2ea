# ruff: noqa: E501  (a row is a text)
"""Derivatives of what a linear equation gives: true lines, and slips of them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line, read

RIDGE = r"""Let $X\in\mathbb{R}^{n \times d}$ and $y \in \mathbb{R}^n$. The ridge estimate solves
$$(X^\top X+\lambda I)\hat w_\lambda = X^\top y.$$
Differentiating it,
"""
SYSTEM = r"""Let $A \in \mathbb{R}^{n \times n}$ and $b, c \in \mathbb{R}^n$. The solution $u$ of $(A + t I) u = b + t c$ depends on $t$, and
"""
FORMULA = r"""Let $A\in\mathbb{R}^{m\times n}$ have full column rank. With $\tfrac\mu2\|x\|^2$ added, $\hat x=(A^TA+\mu I)^{-1}A^Tb$, and
"""

PAIRS = [
    (RIDGE, r"\frac{d \hat w_\lambda}{d\lambda} = -(X^\top X+\lambda I)^{-1} \hat w_\lambda",
     r"\frac{d \hat w_\lambda}{d\lambda} = (X^\top X+\lambda I)^{-1} \hat w_\lambda"),
    (RIDGE, r"\frac{d \hat w_\lambda}{d\lambda} = -(X^\top X+\lambda I)^{-2} X^\top y",
     r"\frac{d \hat w_\lambda}{d\lambda} = -(X^\top X+\lambda I)^{-1} X^\top y"),
    (SYSTEM, r"\frac{du}{dt} = (A + t I)^{-1} (c - u)", r"\frac{du}{dt} = (A + t I)^{-1} (c + u)"),
    (FORMULA, r"\frac{d\hat x}{d\mu}=-(A^TA+\mu I)^{-1}\hat x", r"\frac{d\hat x}{d\mu}=(A^TA+\mu I)^{-1}\hat x"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_a_solution_is_differentiated(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in RIGHT for one in last_line(before, wrong)] == [False]


NEVER_WRONG = [
    RIDGE + r"$$\frac{d\hat w_\lambda}{dy} = (X^\top X + \lambda I)^{-1} X^\top$$",
    r"An eigenvector $v$ of $A \in \mathbb{R}^{n\times n}$ has $(A - \lambda I) v = 0$. Then $\frac{dv}{d\lambda} = 3 v$ for a path.",
    r"Let $B q = r$ with $B \in \mathbb{R}^{m \times n}$. Along a curve $\frac{dq}{dt} = q + r$.",
]  # fmt: skip


@pytest.mark.parametrize("text", NEVER_WRONG)
def test_other_equations_are_not_solved(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text + "\n") if one.outcome in WRONG] == []
