"""Least and greatest values, and where they are taken."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

SQUARE = r"\frac12 (x - v)^2"
THRESHOLD = r"\begin{cases} v - \lambda & v > \lambda \\ 0 & |v| \le \lambda \\ v + \lambda & v < -\lambda \end{cases}"
FORM = r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric and positive definite and $x, b \in \mathbb{R}^n$. Then"
RIDGE = r"\arg\min_w \left(\|Xw - y\|^2 + \lambda\|w\|^2\right)"
EXTREMA = [  # (text, what is right in it, a slip)
    (r"$\arg\min_x (x^2 - 4x + 7) = 2$.", "= 2", "= 4"),
    (r"$\operatorname*{arg\,min}_{x \in \mathbb{R}} x^2 - 4x = 2$.", "= 2", "= -2"),
    (r"$\min_u (u^2 - 4u + 1) = -3$.", "= -3", "= 3"),
    (r"$\max_x (6x - x^2) = 9$.", "= 9", "= -9"),
    (r"$\min_{u,v} (u^2 + v^2 - 2u - 4v) = -5$.", "= -5", "= 5"),
    (r"With $f(x) = x^2 + 3x$ the least value is $\min_x f(x) = -\frac94$.", r"-\frac94", r"\frac94"),
    (rf"$$\arg\min_x \left({SQUARE} + \lambda |x|\right) = {THRESHOLD}$$", r"v + \lambda", r"v - \lambda"),
    (rf"$$\arg\min_x \left(\frac{{c}}{{2}}x^2 + {SQUARE}\right) = \frac{{v}}{{1 + c}}$$", "1 + c", "1 - c"),
    (r"$\sup_x (sx - \frac12 x^2) = \frac{s^2}{2}$.", r"\frac{s^2}{2}", "s^2"),
    (r"$\arg\max_x (sx - e^x) = \log s$.", r"\log s", r"-\log s"),
    (rf"{FORM} $\min_x (\frac12 x^T A x - b^T x) = -\frac12 b^T A^{{-1}} b$.", r"-\frac12 b", r"\frac12 b"),
    (rf"{FORM} $\arg\min_x (\frac12 x^T A x - b^T x) = A^{{-1}} b$.", r"A^{-1} b$", r"-A^{-1} b$"),
    (rf"The estimate is ${RIDGE} = (X^T X + \lambda I)^{{-1}} X^T y$.", r"+ \lambda I", r"- \lambda I"),
    (r"Least squares: $\arg\min_w \|Xw - y\|^2 = (X^T X)^{-1} X^T y$.", "X^T y", "2 X^T y"),
    (r"The mean: $\arg\min_c \sum_{i=1}^n (x_i - c)^2 = \frac1n \sum_{i=1}^n x_i$.", r"\frac1n", r"\frac2n"),
]


@pytest.mark.parametrize(("text", "right", "slip"), EXTREMA)
def test_a_least_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The value holds; with a slip in it, it is called wrong."""
    assert text.count(right) == 1
    found = [one for one in read(text + "\n") if one.stage == "extremum"]
    assert found
    assert all(one.outcome in RIGHT for one in found)
    assert read(text.replace(right, slip) + "\n")[-1].outcome in WRONG


NOT_CALLED_WRONG = [  # what is not printed below the sign may stand in the words
    r"Subject to $x \ge 3$ we have $\min_x (x^2 - 4x + 7) = 4$.",
    r"Over the interval $[0, 1]$ we have $\arg\min_x (x^2 - 4x + 7) = 1$.",
    r"On the unit ball $\arg\min_x (x^2 - 4x + 7) = 1$.",
    r"The projection is $\arg\min_x \frac12 (x - v)^2 = \max(v, 0)$.",
    r"For $|v| > \lambda$ and $v > 0$ we have $\arg\min_x (\frac12 (x - v)^2 + \lambda |x|) = v - \lambda$.",
    r"If $v > 0$, then $\max_x (vx - x^2) = \frac{v^2}{4}$.",
    r"We set $\min_x (x^2 - 4x + 7) = m$ and $\arg\min_x (x^2 - 4x + 7) = x^\star$.",
    r"$\min_{x \ge 3} (x^2 - 4x + 7) = 4$.",
    r"$\min_{x} (x^2 - 4x + 7) + 3 = 6$ and $\max_x x(1 - x) = \frac14$.",
    r"It is not true that $\min_x (x^2 - 4x + 7) = -3$.",
]


@pytest.mark.parametrize("text", NOT_CALLED_WRONG)
def test_what_may_be_restricted_is_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


FALSE = [
    r"$\max_x (x^2 - 4x + 7) = 3$.",  # it is the least value
    r"$\arg\max_x (x^2 - 4x + 7) = 2$.",
    r"$\arg\min_x (x^3 - 3x) = 1$.",  # there are smaller values
    r"$\min_x (x^2 - 4x + 7) = 2$.",  # it is never that small
    r"$\arg\min_x |x - 2| = 1$.",
    r"$\max_x (\frac12 x^T A x - b^T x) = -\frac12 b^T A^{-1} b$ for a positive definite $A$.",
]


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_does_not_hold(text: str) -> None:
    """Nothing of these is said to hold."""
    assert not [one for one in read(text + "\n") if one.outcome in {Outcome.PROVED, Outcome.SUPPORTED}]
