# ruff: noqa: E501  (a row is a text)
r"""Notations of lectures on functions of several numbers, on integrals and on inverse functions: true lines and slips of them.

PAIRS: what stands before, a true line, a slip of it that is called wrong. OPEN: lines on which nothing is said. TRUE: texts in which no
line is wrong.
"""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, last_line, own_line, read

CUBIC = r"Let $f(x,y) = x^2 y + y^3$."
QUADRATIC = r"On the other hand $g(x,y) = x^2 + 3xy + y^2$."
NORM = r"Let $f(x) = \|x\|^2$ for $x \in \mathbb{R}^n$."
FORM = r"Let $A \in \mathbb{R}^{n \times n}$ and $q(x) = x^\top A x$. For $A = \begin{pmatrix} 3 & 1 \\ 1 & 3 \end{pmatrix}$ it has these values."
LOGSUM = r"For $z = (z_1, \dots, z_K)$ let $\operatorname{LSE}(z) = \log\sum_j e^{z_j}$."
BOLD = r"Let $q(\mathbf x) = \mathbf x^\top A \mathbf x$ with $A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$."
SIGMOID = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$."
GELU = r"$g(x) = x\,\Phi(x)$, where $\Phi$ is the standard normal CDF and $\Phi'(x) = \varphi(x)$."

PAIRS = [
    # the gradient and the Hessian of a function of several numbers, which are not printed again
    (CUBIC, r"\nabla f = (2xy, x^2 + 3y^2)", r"\nabla f = (2xy, x^2 + 3y)"),
    (CUBIC, r"\nabla f = \begin{pmatrix} 2xy \\ x^2 + 3y^2 \end{pmatrix}", r"\nabla f = \begin{pmatrix} 2xy \\ x + 3y^2 \end{pmatrix}"),
    (CUBIC, r"\operatorname{grad} f = (2xy, x^2 + 3y^2)", r"\operatorname{grad} f = (xy, x^2 + 3y^2)"),
    (CUBIC, r"\operatorname{grad} f(2,1) = (4,7)", r"\operatorname{grad} f(2,1) = (4,5)"),
    (CUBIC, r"\mathrm{grad}\, f(2,1) = (4,7)", r"\mathrm{grad}\, f(2,1) = (7,4)"),
    (QUADRATIC, r"\nabla^2 g = \begin{pmatrix} 2 & 3 \\ 3 & 2 \end{pmatrix}", r"\nabla^2 g = \begin{pmatrix} 2 & 3 \\ 3 & 4 \end{pmatrix}"),
    (QUADRATIC, r"\det\nabla^2 g = -5", r"\det\nabla^2 g = 5"),
    (QUADRATIC, r"\|\nabla g\|^2 = (2x + 3y)^2 + (3x + 2y)^2", r"\|\nabla g\|^2 = (2x + 3y)^2 - (3x + 2y)^2"),
    (r"Let $u(x,y) = x^2 - y^2$.", r"\nabla^2 u = 0", r"\nabla^2 u = 4"),
    # a function of a vector of any length at numbers
    (NORM, r"f(3, 4) = 25", r"f(3, 4) = 5"),
    (NORM, r"\nabla f(3, 4) = (6, 8)^\top", r"\nabla f(3, 4) = (6, 4)^\top"),
    (NORM, r"\nabla^2 f(3, 4) = \begin{pmatrix} 2 & 0 \\ 0 & 2 \end{pmatrix}", r"\nabla^2 f(3, 4) = \begin{pmatrix} 2 & 0 \\ 0 & 1 \end{pmatrix}"),
    (FORM, r"q(1, -1) = 4", r"q(1, -1) = 2"),
    (FORM, r"\nabla q(1, 2) = \begin{pmatrix} 10 \\ 14 \end{pmatrix}", r"\nabla q(1, 2) = \begin{pmatrix} 5 \\ 7 \end{pmatrix}"),
    # a function of vectors at the numbers of one
    (LOGSUM, r"\operatorname{LSE}(2,1,0) = 2 + \log(1 + e^{-1} + e^{-2})", r"\operatorname{LSE}(2,1,0) = 2 + \log(1 + e^{-1} + e^{-3})"),
    (LOGSUM, r"\operatorname{LSE}(2,1,0) \approx 2.4076", r"\operatorname{LSE}(2,1,0) \approx 2.4067"),
    (BOLD, r"q(1,-1) = 2 - 2 + 3", r"q(1,-1) = 2 + 2 + 3"),
    (BOLD, r"\nabla q(1,2) = \begin{pmatrix} 8 \\ 14 \end{pmatrix}", r"\nabla q(1,2) = \begin{pmatrix} 8 \\ 13 \end{pmatrix}"),
    # brackets whose bounds say the variable, within an integral, and up to infinity
    ("", r"\int_0^1 \int_0^2 (x^2 + xy) \,dy\,dx = \int_0^1 \left[x^2 y + \tfrac12 xy^2\right]_{y=0}^{2} dx", r"\int_0^1 \int_0^2 (x^2 + xy) \,dy\,dx = \int_0^1 \left[x^2 y + xy^2\right]_{y=0}^{2} dx"),
    ("", r"\int_0^1 \left[x^2 y + \tfrac12 xy^2\right]_{y=0}^{2} dx = \int_0^1 (2x^2 + 2x) \,dx", r"\int_0^1 \left[x^2 y + \tfrac12 xy^2\right]_{y=0}^{2} dx = \int_0^1 (2x^2 + x) \,dx"),
    ("", r"2\pi \left[-\tfrac12 e^{-r^2}\right]_0^\infty = \pi", r"2\pi \left[-\tfrac12 e^{-r^2}\right]_0^\infty = 2\pi"),
    ("", r"\int_0^{2\pi} \int_0^\infty e^{-r^2} r \,dr\,d\theta = 2\pi \left[-\tfrac12 e^{-r^2}\right]_0^\infty", r"\int_0^{2\pi} \int_0^\infty e^{-r^2} r \,dr\,d\theta = 2\pi \left[-e^{-r^2}\right]_0^\infty"),
    ("", r"\int_1^\infty \frac{1}{x^2} \,dx = \left[-\frac1x\right]_1^\infty = 1", r"\int_1^\infty \frac{1}{x^2} \,dx = \left[-\frac1x\right]_1^\infty = 2"),
    # a sum of rounded numbers
    ("", r"\frac14\ln\frac12 + \frac34\ln\frac32 \approx -0.1733 + 0.3041", r"\frac14\ln\frac12 + \frac34\ln\frac32 \approx 0.1733 + 0.3041"),
    # percent
    ("", r"\frac67 \approx 85.7\,\%", r"\frac67 \approx 87.5\,\%"),
    ("", r"\frac18 = 12.5\%", r"\frac18 = 15\%"),
    # the density that is called so by the derivative of its distribution function
    (GELU, r"g''(x) = 2\varphi(x) + x\,\varphi'(x)", r"g''(x) = \varphi(x) + x\,\varphi'(x)"),
    (GELU, r"\varphi'(x) = -x\,\varphi(x)", r"\varphi'(x) = x\,\varphi(x)"),
    # inverse functions
    (SIGMOID, r"\sigma^{-1}(p) = \ln\frac{p}{1-p}", r"\sigma^{-1}(p) = \ln\frac{1-p}{p}"),
    (SIGMOID, r"\sigma^{-1}(y) = \ln y - \ln(1 - y)", r"\sigma^{-1}(y) = \ln y + \ln(1 - y)"),
    (r"Let $g(x) = e^x + 1$.", r"g^{-1}(y) = \ln(y - 1)", r"g^{-1}(y) = \ln(y + 1)"),
    (r"Let $g(x) = 2x + 1$.", r"g^{-1}(x) = \frac{x - 1}{2}", r"g^{-1}(x) = \frac{x + 1}{2}"),
]  # fmt: skip

NEAR = [  # an approximation by what is computed from printed decimals: it leaves out the rest of a series, digits, or more
    (r"\frac14\ln\frac12 + \frac34\ln\frac32 \approx -0.1733 + 0.3041", True), (r"1 - \tanh^2(0.5) \approx 1 - 0.2136", True),
    (r"\ln 1.2 \approx 0.2 - 0.02 + 0.00267", True), (r"\sqrt{1.1} \approx 1 + 0.05 - 0.00125", True),  # series
    (r"e^{0.1} \approx 1 + 0.1 + 0.005", True), (r"e^{0.1} \approx 1 + 0.1 + 0.006", False), (r"\cos 0.2 \approx 1 - 0.02 + 0.0000667", True),
    (r"\cos 0.2 \approx 1 - 0.02 + 0.0000767", False),
    (r"\ln 1.2 \approx 0.2 - 0.02 + 0.00367", False), (r"\sqrt{1.1} \approx 1 + 0.05 + 0.00125", False),
    (r"1 - \tanh^2(0.5) \approx 1 - 0.2163", False),
]  # fmt: skip

BESIDE_VECTORS = r"""# Gradients

The gradient of $q: \mathbb{R}^n \to \mathbb{R}$ is
$$\nabla q(\mathbf{u}) = \begin{bmatrix} \frac{\partial q}{\partial u_1} \\ \vdots \\ \frac{\partial q}{\partial u_n} \end{bmatrix}.$$

## An example

Let $q(u_1, u_2) = 3u_1^2 + u_1 u_2$."""
ENTRIES = [  # u_1 is an entry of u in the section, and a number where q is defined
    (r"\begin{bmatrix} \frac{\partial q}{\partial u_1} \\ \frac{\partial q}{\partial u_2} \end{bmatrix} = \begin{bmatrix} 6u_1 + u_2 \\ u_1 \end{bmatrix}", r"u_1 \end", r"u_2 \end"),
    (r"\nabla q = \begin{bmatrix} 6u_1 + u_2 \\ u_1 \end{bmatrix}", "6u_1", "3u_1"),
    (r"\frac{\partial q}{\partial u_2} = u_1", "= u_1", "= u_2"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "right", "slip"), ENTRIES)
def test_parameters_are_entries_where_the_section_has_a_vector(line: str, right: str, slip: str) -> None:
    assert right in line
    assert_told_apart(BESIDE_VECTORS, line, line.replace(right, slip))


OPEN = [  # a function that takes its values twice, one without a formula, and a reciprocal
    (r"Let $f(x) = x^2$ for $x > 0$.", r"f^{-1}(y) = \sqrt{y}"),
    (r"Let $f(x) = x^2$ for $x < 0$.", r"f^{-1}(y) = -\sqrt{y}"),
    (r"Let $f$ be strictly increasing.", r"f^{-1}(y) = \ln y"),
    (r"Let $g(x) = 2x + 1$.", r"g^{-1}(x) = \frac{1}{2x + 1}"),
    (r"Let $f(x) = \sin x$.", r"f^{-1}(y) = \arcsin y"),
    ("", r"\left[x^2 y\right]_0^1 = x^2"),
    ("", r"\sqrt 2 \approx 1.4 \cdot 1"),  # of numbers that were chosen
    ("", r"f(1.1) \approx 2 + 0.9"),
    ("", r"[i^2]_{i=1}^3 = 8"),  # a list of entries
    ("", r"[c]_{k=1}^3 = 0"),
    ("", r"[x]_{y=0}^1 = x"),
    (r"Let $u(x,t) = e^{-t}\sin x$.", r"u_t = \nabla^2 u"),  # in space, not in time
    (r"Let $u(x,t) = e^{-t}\sin x$.", r"\nabla u = 0"),
]  # fmt: skip

LONG = [  # a function of vectors with two entries takes no three numbers, and no vector of three
    (r"Let $x \in \mathbb{R}^2$ and $g(x) = \|x\|^2$.", r"g(1,2,2) = 9"),
    (r"Let $h(x) = x_1^2 + x_2^2$ for $x \in \mathbb{R}^2$.", r"h(1,2,2) = 5"),
    (r"Let $x \in \mathbb{R}^2$, $f(x) = \|x\|^2$ and $v = (1, 2, 2)^\top$.", r"f(v) = 9"),
]  # fmt: skip

TRUE = [
    r"Let $J(\theta) = \|\theta\|^2$ for $\theta \in \mathbb{R}^n$. Now $J(w, b) = w^2 + 2b^2$, so $J(1, 2) = 9$.",
    r"Let $d(x) = \|x\|$ for $x \in \mathbb{R}^n$, and let $d(a, b) = |a - b|$. Then $d(3, 4) = 1$.",
    r"Let $f(x,y) = x^2 + y^2$ and $g(x,y) = x + 2y - 5$. At the extremum $\nabla f = \lambda\nabla g$. At $(1,2)$ we have $\nabla f = (2,4)^T$.",
    r"Let $f(x,y) = x^2 + y^2$. At the origin $\nabla f = 0$.",
    r"Let $g(x,y) = x^2 + 3xy + y^2$. With the Laplacian $\nabla^2 g = 4$.",
    r"Let $L(w, b) = \sum_{i=1}^n (w x_i + b - y_i)^2$. Then $\nabla L = (2\sum_i (w x_i + b - y_i)x_i, 2\sum_i (w x_i + b - y_i))$.",
    r"Accuracy rose from $80\%$ to $90\%$, and $\frac12 = 50\%$.",
    r"$[x^2 y]_{y=0}^{1} = x^2$ and $[x^2 y]_{x=0}^{1} = y$.",
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS, ids=[row[2][:50] for row in PAIRS])
def test_a_true_line_is_proved_and_its_slip_called_wrong(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize(("before", "line"), OPEN)
def test_nothing_is_said_of_what_is_not_certain(before: str, line: str) -> None:
    assert not [one for one in own_line(before, line) if one.outcome in RIGHT | WRONG and one.role == "claim"]


@pytest.mark.parametrize(("before", "line"), LONG)
def test_a_function_of_short_vectors_has_no_value_at_a_long_one(before: str, line: str) -> None:
    assert not [one for one in own_line(before, line) if one.outcome in RIGHT and one.role == "claim"]


@pytest.mark.parametrize(("line", "near"), NEAR)
def test_an_approximation_is_supported_or_left_open(line: str, near: bool) -> None:
    (found,) = last_line("", line)
    assert found.outcome not in WRONG
    assert (found.outcome in RIGHT) is near


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]
