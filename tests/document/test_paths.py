# ruff: noqa: E501  (a row is a text)
"""Matrices that depend on a number: what holds for all of them is proved, and nothing is read as if they were numbers."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

ONE = r"Let $K(s)$ be an invertible matrix that depends smoothly on $s$. Then "
TWO = r"For differentiable matrix functions $F(u)$ and $G(u)$ we have "
LAST = r"The covariance matrix $S(\tau)$ depends on a parameter, and "

LINES = [  # what stands before, a line, and slips of it
    (ONE, r"\frac{d}{ds} K^{-1} = -K^{-1} \dot K K^{-1}", [r"\frac{d}{ds} K^{-1} = K^{-1} \dot K K^{-1}", r"\frac{d}{ds} K^{-1} = -K \dot K K^{-1}"]),
    (ONE, r"\frac{d}{ds} K^{-1}(s) = -K(s)^{-1} K'(s) K(s)^{-1}", [r"\frac{d}{ds} K^{-1}(s) = K(s)^{-1} K'(s) K(s)^{-1}"]),
    (ONE, r"(K^2)' = K'K + K K'", [r"(K^2)' = K'K - K K'"]),
    (ONE, r"\frac{dK^{-1}}{ds} = -K^{-1} \frac{dK}{ds} K^{-1}", [r"\frac{dK^{-1}}{ds} = K^{-1} \frac{dK}{ds} K^{-1}"]),
    (ONE, r"\frac{d}{ds} \ln \det K = \operatorname{tr}(K^{-1} \dot K)", [r"\frac{d}{ds} \ln \det K = \operatorname{tr}(K \dot K)"]),
    (ONE, r"\frac{d}{ds} \operatorname{tr}(K^3) = 3 \operatorname{tr}(K^2 \dot K)", [r"\frac{d}{ds} \operatorname{tr}(K^3) = 2 \operatorname{tr}(K^2 \dot K)"]),
    (TWO, r"(FG)' = F'G + FG'", [r"(FG)' = F'G + G'F"]),
    (TWO, r"\frac{d}{du}(FG) = \frac{dF}{du} G + F \frac{dG}{du}", [r"\frac{d}{du}(FG) = \frac{dF}{du} G + \frac{dG}{du} F"]),
    (LAST, r"\frac{\partial S^{-1}}{\partial \tau} = -S^{-1} \frac{\partial S}{\partial \tau} S^{-1}", [r"\frac{\partial S^{-1}}{\partial \tau} = S^{-1} \frac{\partial S}{\partial \tau} S^{-1}"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slips"), LINES, ids=[row[1][:40] for row in LINES])
def test_derivatives_of_matrices(before: str, line: str, slips: list[str]) -> None:
    assert [one.outcome in RIGHT for one in read(f"{before}${line}$.\n")] == [True]
    for slip in slips:
        assert [one.outcome in WRONG for one in read(f"{before}${slip}$.\n")] == [True]


NEITHER = [  # true of numbers, or of special matrices: never proved of any, and not called wrong where they may be special
    ONE + r"$\frac{\partial K^{-1}}{\partial s} = -K^{-2} \frac{\partial K}{\partial s}$.",
    ONE + r"$\frac{d}{ds} \det K = 0$.",
    r"Let $F(u)$ and $G(u)$ be matrices that commute. Then $\frac{d}{du}(FG) = \frac{dF}{du} G + \frac{dG}{du} F$.",
    r"Let $z(u)$ obey $\dot z = Cz$ and let $P(u)$ be a matrix. Then $\frac{d}{du}(z^T P z) = z^T \dot P z$.",
    r"Let $c \in \mathbb{R}^n$, $z = uc$ and let $P(u)$ be a square matrix. Then $\frac{d}{du}(z^T P z) = z^T \dot P z$.",
    r"The matrix $R(u)$ is orthogonal. Then $\frac{d}{du}(R^T R) = 2 \dot R^T R$.",
]  # fmt: skip


@pytest.mark.parametrize("text", NEITHER)
def test_what_holds_for_some_matrices_only(text: str) -> None:
    assert read(text + "\n")[-1].outcome is Outcome.UNDECIDED


def test_functions_with_numbers_as_values_stay_what_they_are() -> None:
    text = r"Let $F(x)$ be the distribution function. The matrix $X$ is fixed. Then $\frac{d}{dx} F(x)^2 = 2 F(x) F'(x)$."
    assert read(text + "\n")[-1].outcome in RIGHT
