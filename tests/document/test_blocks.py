# ruff: noqa: E501  (a row is a formula)
r"""Matrices of blocks with an identity and a 0 of which the other blocks tell the sizes."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line

SADDLE = r"Let $K \in \mathbb{R}^{m \times n}$, $u \in \mathbb{R}^m$ and $v \in \mathbb{R}^n$."
SPLIT = r"Let $P \in \mathbb{R}^{m \times n}$, $S \in \mathbb{R}^{m \times k}$, $T \in \mathbb{R}^{n \times n}$, $d \in \mathbb{R}^m$ and $y \in \mathbb{R}^n$."
PRODUCT = r"\begin{bmatrix} I & K \\ K^T & 0 \end{bmatrix} \begin{bmatrix} u \\ v \end{bmatrix} = \begin{bmatrix} u + K v \\ K^T u \end{bmatrix}"
NORM = r"\left\| \begin{bmatrix} P^T d \\ S^T d \end{bmatrix} - \begin{bmatrix} T \\ 0 \end{bmatrix} y \right\|^2 = \|P^T d - T y\|^2 + \|S^T d\|^2"
PAIRS = [  # what stands before, a line, what is right in it, a slip
    (SADDLE, PRODUCT, "u + K v", "u - K v"),
    (SADDLE, PRODUCT, r"\\ K^T u \end", r"\\ 2 K^T u \end"),
    (SPLIT, NORM, r"+ \|S^T", r"+ \|P^T"),
    (SPLIT, NORM, r"+ \|S^T", r"- \|S^T"),
    (SADDLE, r"\begin{bmatrix} I & 0 \\ K^T & I \end{bmatrix} \begin{bmatrix} I & 0 \\ -K^T & I \end{bmatrix} = I", "-K^T", "K^T"),
]
OPEN = [  # a system of equations asks for its unknowns, and the 0 below numbers is a number
    (SADDLE, r"\begin{bmatrix} I & K \\ K^T & 0 \end{bmatrix} \begin{bmatrix} u \\ v \end{bmatrix} = \begin{bmatrix} d \\ 0 \end{bmatrix}"),
    (r"Let $w \in \mathbb{R}^2$ and $z = (1, 2, 0)$.", r"\begin{bmatrix} w \\ 0 \end{bmatrix} = z"),
    (r"Let $w \in \mathbb{R}^n$ and $z \in \mathbb{R}^{n + 1}$.", r"\begin{bmatrix} w \\ 0 \end{bmatrix} = z"),
]


@pytest.mark.parametrize(("before", "line", "right", "slip"), PAIRS)
def test_blocks_get_their_sizes(before: str, line: str, right: str, slip: str) -> None:
    assert line.count(right) == 1
    assert_told_apart(before, line, line.replace(right, slip))


@pytest.mark.parametrize(("before", "line"), OPEN)
def test_nothing_is_said_of_what_may_be_asked_for(before: str, line: str) -> None:
    assert not [one for one in own_line(before, line) if one.outcome in RIGHT | WRONG and one.role == "claim"]
