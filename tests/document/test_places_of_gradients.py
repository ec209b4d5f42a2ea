# ruff: noqa: E501  (a row is a text)
"""Where a gradient or a Hessian is taken: at a place that is no variable, at an image, by the operator of Hessians."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line

ANY = r"Let $G(\mathbf{x})$ be smooth, and $\mathbf{h}$ a small step."
SQUARE = r"Let $A \in \mathbb{R}^{m \times n}$ and $f(x) = \|Ax - b\|^2$."
IMAGE = r"Let $A \in \mathbb{R}^{m \times n}$ and $g(z) = f(Az)$ with a smooth $f : \mathbb{R}^m \to \mathbb{R}$."
OF_X = r"Let $h(x) = \|x\|^2$ and $B \in \mathbb{R}^{m \times n}$."
HESSIAN = "The Hessian of a function is written with $\\mathbf{H}$. Let $f(x, y) = x^2 y + y^3$."
LINES = [  # (what stands before, a true line, a false one, whether it is called wrong)
    (ANY, r"G(\mathbf{x}_0 + \mathbf{h}) \approx G(\mathbf{x}_0) + \mathbf{h}\cdot \nabla_{\mathbf{x}} G(\mathbf{x}_0)",
     r"G(\mathbf{x}_0 + \mathbf{h}) \approx G(\mathbf{x}_0) - \mathbf{h}\cdot \nabla_{\mathbf{x}} G(\mathbf{x}_0)", False),
    (SQUARE, r"\nabla_x f(x_0) = 2A^\top (A x_0 - b)", r"\nabla_x f(x_0) = 2A^\top (A x - b)", False),
    (SQUARE, r"\nabla_x f(\hat x) = 2A^\top (A \hat x - b)", r"\nabla_x f(\hat x) = 2A (A \hat x - b)", False),
    (SQUARE, r"\nabla_x^2 f(x_0) = 2A^\top A", r"\nabla_x^2 f(x_0) = 2 A A^\top", True),
    (IMAGE, r"\nabla_z g(z) = A^\top \nabla_x f(Az)", r"\nabla_z g(z) = A \nabla_x f(Az)", True),
    (IMAGE, r"\nabla_z^2 g(z) = A^\top \nabla_x^2 f(Az) A", r"\nabla_z^2 g(z) = A \nabla_x^2 f(Az) A^\top", False),
    (OF_X, r"\nabla_x h(Bz) = 2Bz", r"\nabla_x h(Bz) = 2B^\top B z", False),
    (HESSIAN, r"\mathbf{H} f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}",
     r"\mathbf{H} f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 3y \end{pmatrix}", True),
    (HESSIAN, r"\mathbf{H} f(0, 1) = \begin{pmatrix} 2 & 0 \\ 0 & 6 \end{pmatrix}",
     r"\mathbf{H} f(0, 1) = \begin{pmatrix} 0 & 2 \\ 2 & 6 \end{pmatrix}", True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false", "wrong"), LINES, ids=[true[:60] for _, true, _, _ in LINES])
def test_a_line_is_told_from_a_false_one(before: str, true: str, false: str, *, wrong: bool) -> None:
    (right,), (slip,) = own_line(before, true), own_line(before, false)
    assert (right.outcome in RIGHT, right.role) == (True, "claim"), right.detail
    assert slip.outcome not in RIGHT or slip.role != "claim", slip.detail
    assert (slip.outcome in WRONG) is wrong, slip.detail


def test_a_gradient_by_parameters_is_none_at_a_place() -> None:
    """A loss of theta is not differentiated by its argument."""
    for line in (r"\nabla_{\theta} f(x_0) = 2x_0", r"\nabla_{\theta} f(Ax) = 2Ax"):
        (found,) = own_line(r"Let $f(x) = \|x\|^2$ and $A \in \mathbb{R}^{n \times n}$.", line)
        assert found.outcome not in RIGHT, found.detail


SEVERAL = r"Let $f(x, y) = x^2 + 3 x y$ and $u = (3, 4)^T$."
ROWS = [  # a gradient in several numbers that is printed as a row, and a slip
    (r"\nabla f(x, y) = \begin{bmatrix} 2x + 3y & 3x \end{bmatrix}", r"\nabla f(x, y) = \begin{bmatrix} 2x + 3y & 4x \end{bmatrix}"),
    (r"\nabla f(1, 2) = \begin{bmatrix} 8 & 3 \end{bmatrix}", r"\nabla f(1, 2) = \begin{bmatrix} 8 & 4 \end{bmatrix}"),
    (r"\vec{\nabla} f(1, 2) = \begin{bmatrix} 8 & 3 \end{bmatrix}", r"\vec{\nabla} f(1, 2) = \begin{bmatrix} 7 & 3 \end{bmatrix}"),
    (r"\boldsymbol{\nabla} f(x, y) = (2x + 3y, 3x)", r"\boldsymbol{\nabla} f(x, y) = (2x + 3y, 3y)"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), ROWS)
def test_a_gradient_in_several_numbers_may_be_printed_as_a_row(true: str, false: str) -> None:
    (right,), (slip,) = own_line(SEVERAL, true), own_line(SEVERAL, false)
    assert right.outcome in RIGHT, right.detail
    assert slip.outcome in WRONG, slip.detail


def test_a_product_with_such_a_gradient_needs_its_transpose() -> None:
    for line in (r"\nabla f(1, 2) u = 36", r"\nabla f(x, y) u = 18 x + 9 y"):
        (found,) = own_line(SEVERAL, line)
        assert found.outcome not in RIGHT, found.detail
    (found,) = own_line(SEVERAL, r"\nabla f(x, y)^T u = 18 x + 9 y")
    assert found.outcome in RIGHT, found.detail
