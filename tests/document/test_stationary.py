"""Points of which the words say that a derivative, or an expression, vanishes there."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from tests.document.lines import RIGHT, WRONG, read

LOSS = r"Let $X \in \mathbb{R}^{n\times d}$, $y \in \mathbb{R}^n$ and $L(w) = \|y - Xw\|^2$."
PEAK = r"Maximise $f(x,y) = xy$ subject to $x + y = 10$ with the Lagrangian $L(x,y,\lambda) = xy - \lambda(x+y-10)$."
LINE = r"""Let $S_{xx} = \sum_i (x_i - \bar x)^2$ and $S_{xy} = \sum_i (x_i - \bar x)(y_i - \bar y)$. The sum of squares
$Q(a,b) = \sum_i (y_i - a - b x_i)^2$ is minimal for $$b = \frac{S_{xy}}{S_{xx}}, \qquad a = \bar y - b\bar x.$$"""
LIKELIHOOD = r"""The log-likelihood is $\ell(\lambda) = n\log\lambda - \lambda\sum_{i=1}^n x_i$.
The maximum likelihood estimate is $\hat\lambda = \frac{n}{\sum_{i=1}^n x_i}$."""
PROXIMAL = r"Let $v \in \mathbb{R}^n$. The minimiser of $\frac12\|x-v\|^2 + \frac{t}{2}\|x\|^2$ is $x = \frac{v}{1+t}$."
POINTS = [  # (text, what is right in it, a slip)
    (rf"{LOSS} Setting the gradient to zero gives $\hat w = (X^T X)^{{-1}} X^T y$.", "w = (X^T X)", "w = 2(X^T X)"),
    (r"For $f(x) = x^2 - 6x + 10$, the minimum is attained at $x = 3$.", "x = 3$", "x = 2$"),
    (r"For $f(x) = x^3 - 3x$ the derivative vanishes at $x = 1$ and $x = -1$.", "x = 1$", "x = 2$"),
    (LIKELIHOOD, r"\frac{n}", r"\frac{2n}"),
    (rf"{PEAK} Its derivatives vanish for $x = y = \lambda = 5$.", r"\lambda = 5", r"\lambda = 4"),
    (LINE, r"\bar y - b", r"\bar y + b"),
    (PROXIMAL, "{1+t}", "{1-t}"),
    (r"The roots of $x^2 - 5x + 6$ are $x_1 = 2$ and $x_2 = 3$.", "x_2 = 3", "x_2 = 4"),
    (r"Let $v(t) = 3t^2 - 12t + 9$. The velocity vanishes at $t = 1$.", "t = 1", "t = 1/2"),
    (r"Let $f(x,y) = x^2 + xy + y^2 - 3x$. Its gradient vanishes at $(x, y) = (2, -1)$.", "(2, -1)", "(2, 1)"),
]


def test_another_form_of_the_value_is_no_point() -> None:
    text = r"""The minimiser of $\|A x - b\|^2 + \alpha \|x\|^2$ is
$$x_\alpha = (A^T A + \alpha I)^{-1} A^T b = 2 A^T (A A^T + \alpha I)^{-1} b.$$"""
    point, form = read(text + "\n")
    assert (point.outcome, point.stage) == (Outcome.PROVED, "solution")
    assert form.outcome is not Outcome.PROVED


def last(text: str) -> Finding:
    """The last equation of a text, or the one before where that is a definition."""
    return read(text + "\n")[-1]


@pytest.mark.parametrize(("text", "right", "slip"), POINTS)
def test_a_point_and_its_slip(text: str, right: str, slip: str) -> None:
    """The point is proved; with a slip in it something is called wrong."""
    assert text.count(right) == 1
    assert any(one.stage == "solution" and one.outcome is Outcome.PROVED for one in read(text + "\n"))
    assert not any(one.outcome in WRONG for one in read(text + "\n"))
    assert any(one.outcome in WRONG for one in read(text.replace(right, slip) + "\n"))


ELSEWHERE = [  # a value of which nothing is said that could be wrong
    r"It tends to $-\alpha$ as $x \to -\infty$ and is differentiable at zero exactly when $\alpha=1$.",
    r"The slope at zero is $\beta$, which is as steep as the others when $\beta=2$.",
    "Let $L(m) = m^2$. Averages $m_k = \\beta m_{k-1} + (1 - \\beta) g$ started at zero are $m_k = (1 - \\beta^k) g$.",
    "To find the minimum of $f(x) = x^2 - 6x + 10$ we start at $x = 2$.",
    "The function $f(x) = x^2 - 6x + 10$ is minimal on the interval $[0, 2]$ at $x = 2$.",
    "Minimise $f(x) = x^2 - 6x + 10$ subject to $x \\le 2$: the minimum is at $x = 2$.",
    "Let $f(x) = x^2 - 6x + 10$. The first step towards the minimum ends at $x = 2.5$.",
    r"Let $f(x) = x - \ln x$. For root finding on $x^2 = 2$ the rule is another one.",
    "Let $f(x) = x^2 - 6x + 10$. Now $x$ is not the minimum; take $x = 4$.",
    "Let $f(x) = |x - 2|$. It is minimal at $x = 2$.",
    "Let $f(x) = (x-2)^2 + 1$. It is minimal at $x = 2$. On $[3, 5]$ it is minimal at $x = 3$.",
    "Let $f(x) = x^2 + 2x$ and $x \\geq 0$. Then the minimum is at $x = 0$.",
    "The profit $f(q) = 8q - q^2$ is maximal at $q = 4$. If the capacity is 3, the maximum is at $q = 3$.",
    "The revenue $R(x) = x(20 - x)$ for whole numbers of seats in rows of 3 is maximal for $x = 9$.",
    "Let $f(x) = x^2$ and $g(x) = (x-1)^2$. The second is minimal at $x = 1$, the sum at $x = 1/2$.",
    "$H(p) = -p\\log p - (1-p)\\log(1-p)$ is maximal at $p = 1/2$ and minimal at $p = 0$ and $p = 1$.",
    "Let $f(x,y) = x^2 - y^2$. On the circle $x^2 + y^2 = 1$ it is maximal at $(x,y) = (1,0)$.",
    "Newton's method finds the zero of $f(x) = x^2 - 2$ from $x_0 = 1$: $x_1 = 3/2$.",
    "Let $f(x) = x - \\log x$. For root finding on $x^2 = 2$ the idea is the same.",
    r"The parabola is $y = x^2 + 2x$. The zeros are $x = 0$ and $x = -2$.",
    r"We have $\ell(\lambda) = n\log\lambda - \lambda\sum_i x_i$, which is maximal at $\hat\lambda = 1/\bar x$.",
    r"The common zero of $f(x) = x^2 - 3x + 2$ and $g(x) = x^2 - 4$ is $x = 2$.",
    r"Let $v(t) = 3t^2 - 12t + 9$. This is zero at $t = 2$.",
    "Let $f(x) = x^2$ and $g(y) = y^2 - 4y$. The second one is minimal at $y = 2$.",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_no_value_is_called_wrong_of_which_something_else_may_be_said(text: str) -> None:
    """Another point, or a point on the boundary of what is allowed."""
    assert not any(one.outcome in WRONG for one in read(text + "\n")), read(text + "\n")


def test_all_derivatives_vanish_at_a_point() -> None:
    """A first value that is wrong is not made right by the second one."""
    wrong = read(LINE.replace(r"\frac{S_{xy}}{S_{xx}}", r"\frac{S_{xx}}{S_{xy}}") + "\n")
    assert not any(one.stage == "solution" and one.outcome in RIGHT for one in wrong)


FOLLOWING = [  # (a slope and what is concluded from it, what is right, a slip, whether it is called wrong)
    (r"Let $q(t) = t^2 - 6 c t$. Then $q'(t) = 2t - 6c$, so $t = 3c$.", "t = 3c", "t = 2c", False),
    (r"Let $q(t) = t^2 - 6 c t$. Then $q'(t) = 2t - 6c$, hence $t^* = 3c$.", "t^* = 3c", "t^* = 6c", True),
    ((r"The log-likelihood $\ell(r) = n \log r - r \sum_{i=1}^n t_i$ has $\ell'(r) = \frac{n}{r} - \sum_{i=1}^n t_i$, "
     r"so that $\hat r = 1/\bar t$."), r"\hat r = 1/\bar t", r"\hat r = \bar t", False),
    (r"Let $S(b) = \|y - X b\|^2$. Then $\nabla S(b) = -2 X^\top (y - X b)$, so $b = (X^\top X)^{-1} X^\top y$.",
     r"b = (X^\top X)^{-1} X^\top y", r"b = (X X^\top)^{-1} X^\top y", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "slip", "wrong"), FOLLOWING)
def test_a_value_that_is_concluded_from_a_slope(text: str, right: str, slip: str, wrong: bool) -> None:
    true = read(text + "\n")[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    false = read(text.replace(right, slip) + "\n")[-1]
    told = false.outcome in WRONG if wrong else false.role != "claim" or false.outcome not in RIGHT
    assert told, false


@pytest.mark.parametrize("words", ["so $t = 5$ gives the slope $10$", "so $y = q(t) + 3$", "so that $\\hat t = u + v$"])
def test_other_conclusions_are_no_mistakes(words: str) -> None:
    assert not any(one.outcome in WRONG for one in read(f"Let $q(t) = t^2$. Then $q'(t) = 2t$, {words}.\n"))
