# ruff: noqa: E501  (a row is a text)
r"""Notes on linear algebra: projections, eigenvalues, singular values, principal components; true lines, and slips of them.

PAIRS: what stands before, a true line, a slip of it that does not pass.
"""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, last_line, read

LINE = r"$$a^T (b - ta) = 0 \quad\Longrightarrow\quad t = \frac{a^T b}{a^T a}.$$ Take $a_1 = (3, 4)^T$ and $a_2 = (1, 2)^T$. Then"
INNER = r"""# Notes

The length is $\|x\| = \sqrt{x^T x}$.

## Inner products

For $x, y \in \mathbb{R}^n$ we have $x^T y = \sum_{i=1}^n x_i y_i$.

## Components

Let $x_1, \dots, x_n \in \mathbb{R}^d$ be data with mean $\bar x = \frac1n\sum_{i=1}^n x_i$ and
$$ S = \frac1n \sum_{i=1}^n (x_i - \bar x)(x_i - \bar x)^T. $$
The scores in a direction $w$ are $z_i = w^T(x_i - \bar x)$. Their variance is
"""

REFLECTED = r"For a Householder reflection $H = I - 2uu^T$ with $\|u\| = 1$ show $H^2 = I$. *Answer:*"
UNIT = r"Let $u \in \mathbb{R}^n$ with $u^T u = 1$ and $H = I - 2uu^T$. Then"

PROJECTION = r"Let $X \in \mathbb{R}^{m \times n}$ have linearly independent columns and $P = X (X^T X)^{-1} X^T$. Then"

TRACES = r"Let $A$ be $m \times n$ and $B$ be $n \times m$. Then $\operatorname{tr}(AB) = \operatorname{tr}(BA)$." "\n\n"
SQUARE = TRACES + r"Two gradients: for constant $a \in \mathbb{R}^n$ and a square $A$"
SYMMETRIC = SQUARE + r" we have $\nabla_x (x^T A x) = (A + A^T) x$. If the square $A$ is symmetric, then"

ATTENTION = r"Let $A$ be $n \times m$, $V$ be $m \times d$ and $O = AV$. In components"
LINEAR = r"Let $A \in \mathbb{R}^{n \times m}$ and $B \in \mathbb{R}^{n \times m}$. Then"

PAIRS = [
    # any letter beside an index of a matrix is an index; letters below a sum without a comma
    (ATTENTION, r"O_{ic} = \sum_j A_{ij}V_{jc}", r"O_{ic} = \sum_j A_{ij}V_{cj}"),
    (LINEAR, r"\sum_{ij} A_{ij} B_{ij} = \operatorname{tr}(A^T B)", r"\sum_{ij} A_{ij} B_{ij} = \operatorname{tr}(A^T A)"),
    (LINEAR, r"\sum_{ab} A_{ab}^2 = \|A\|_F^2", r"\sum_{ab} A_{ab} = \|A\|_F^2"),
    # a matrix of any shape that is square later
    (SQUARE, r"\nabla_x (x^T A x) = (A + A^T)x", r"\nabla_x (x^T A x) = 2Ax"),
    (SYMMETRIC, r"\nabla_x (x^T A x) = 2Ax", r"\nabla_x (x^T A x) = Ax"),
    # what a part in a brace comes to stands below it
    (PROJECTION, r"P^2 = X (X^T X)^{-1} \underbrace{X^T X (X^T X)^{-1}}_{=\,I} X^T", r"P^2 = X (X^T X)^{-1} \underbrace{X^T X (X^T X)^{-1}}_{=\,I} X^T X"),
    (PROJECTION, r"P^2 = X \underbrace{(X^T X)^{-1} X^T X}_{= I} (X^T X)^{-1} X^T = P", r"P^2 = X \underbrace{(X^T X)^{-1} X^T X}_{= I} (X^T X)^{-1} X^T = P + P"),
    # a length that is printed in formulas
    (REFLECTED, r"I - 4uu^T + 4u(u^Tu)u^T = I - 4uu^T + 4uu^T", r"I - 4uu^T + 4u(u^Tu)u^T = I + 4uu^T - 4uu^T + uu^T"),
    (REFLECTED, r"Hu = u - 2u", r"Hu = u + 2u"), (UNIT, r"H^2 = I", r"H^2 = 2I"),
    # a name with an index that has the numbers of a column is no entry of a vector with the same letter
    (LINE, r"a_1/\|a_1\| = (0.6, 0.8)^T", r"a_1/\|a_1\| = (0.8, 0.6)^T"),
    (LINE, r"a_1^T a_2 = 11", r"a_1^T a_2 = 10"),
    # the members of a list in its own section are no entries of a vector of the introduction
    (INNER, r"\frac1n\sum_{i=1}^n z_i^2 = w^T S w", r"\frac1n\sum_{i=1}^n z_i^2 = w^T S^2 w"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_a_line_passes_and_its_slip_does_not(before: str, line: str, slip: str) -> None:
    assert {one.outcome in RIGHT for one in last_line(before, line)} == {True}
    assert not all(one.outcome in RIGHT for one in last_line(before, slip))


NOT_SAID = [r"Let $u \in \mathbb{R}^n$ and $H = I - 2uu^T$. Then $H^2 = I$.",
            r"Let $v \in \mathbb{R}^n$ with $\|v\| = 1$, $u \in \mathbb{R}^n$ and $H = I - 2uu^T$. Then $H^2 = I$.",
            r"Let $u \in \mathbb{R}^n$ with $\|u\| = 2$ and $H = I - 2uu^T$. Then $H^2 = I$."]  # fmt: skip


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_holds_for_a_length_that_is_not_said_does_not_pass(text: str) -> None:
    assert read(text + "\n")[-1].outcome not in RIGHT


def test_the_columns_of_a_basis_are_named_like_it() -> None:
    """The u_k of U are its columns, the x_k of X its rows."""
    basis = (
        "Suppose that $U$ is $n \\times k$ with a basis in it.\n\n$$P y = U (U' U)^{-1} U' y$$\n\nHence\n\n"
        r"$$P y = %s y = \sum_{i=1}^k \langle u_i, y \rangle u_i$$"
    )
    rows = r"The examples are $x_1, \dots, x_n$. Hence $$%s = \sum_{i=1}^n x_i x_i'$$"
    assert [read(basis % one)[-1].outcome in RIGHT for one in ("U U'", "U' U")] == [True, False]
    assert [read(rows % one)[-1].outcome in RIGHT for one in ("X' X", "X X'")] == [True, False]
