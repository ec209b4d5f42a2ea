# ruff: noqa: E501  (a row is a text)
"""A second formula for a name in another section; what names mean again behind an example."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

DATA = r"Throughout, $X\in\mathbb R^{n\times p}$ has full column rank and $y\in\mathbb R^n$ is the response." + "\n\n"
HAT = DATA + r"# Projection" + "\n" + r"Put $H = X(X^TX)^{-1}X^T$." + "\n\n"
EXAMPLE = HAT + r"# Example" + "\n" + r"Here $X = \begin{pmatrix} 1&1\\1&2\\1&3\\1&4 \end{pmatrix}$." + "\n\n"
NUMBERS = r"\frac1{10}\begin{pmatrix} 7 & 4 & 1 & -2 \\ 4 & 3 & 2 & 1 \\ 1 & 2 & 3 & 4 \\ -2 & 1 & 4 & 7 \end{pmatrix}"
THIN = r"""# Decomposition
Let $X=UDV^T$ be the thin singular value decomposition, where $U\in\mathbb R^{n\times p}$, $V\in\mathbb R^{p\times p}$ and $D=\operatorname{diag}(d_1,\dots,d_p)$.
"""
RIDGE = DATA + r"# Ridge" + "\n" + r"For $\lambda>0$ let $b = (X^TX+\lambda I)^{-1}X^Ty$." + "\n\n"
COVARIANCE = r"""# Data
Let $S = \frac1m X^\top X$ for $X\in\mathbb R^{m\times d}$.

# Decomposition
With the SVD $X = U\Sigma V^\top$ we have """
FOLLOWS = [  # a text of which the last line follows from what an earlier section says, and slips with which it does not
    (HAT + THIN + r"So $H = UU^T$.", [("$H = UU^T", "$H = U^TU"), ("$H = UU^T", "$H = UDU^T"), ("$H = UU^T", "$H = VV^T")]),
    (EXAMPLE + THIN + r"So $H = UU^T$.", [("$H = UU^T", "$H = UDU^T")]),
    (EXAMPLE + f"So $H = {NUMBERS}$.", [("4 & 3 & 2 & 1", "4 & 3 & 2 & -1"), (r"\frac1{10}", r"\frac1{5}")]),
    (RIDGE + THIN + r"Hence $b = V(D^2+\lambda I)^{-1}DU^Ty$.", [("(D^2+", "(D+"), ("DU^Ty", "U^Ty")]),
    (RIDGE + "# Dual\n" + r"Hence $b = X^T(XX^T + \lambda I_n)^{-1}y$.", [("XX^T +", "XX^T -"), (r"I_n)^{-1}y", "I_n)y")]),
    (COVARIANCE + r"$S = \frac1m V\Sigma^2V^\top$.", [(r"V\Sigma^2V^\top$", r"V\Sigma V^\top$"), (r"\frac1m V", "V")]),
    ("# One\nLet $y = 2x + 1$ and $z = y^2$.\n\n# Two\nThen $z = 4x^2 + 4x + 1$.", [("4x +", "2x +")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slips"), FOLLOWS)
def test_it_follows_from_the_earlier_formula(text: str, slips: list[tuple[str, str]]) -> None:
    """It is a claim that holds; with a slip it is a definition, and nothing is called wrong."""
    last = read(text + "\n")[-1]
    assert (last.outcome in RIGHT, last.role) == (True, "claim"), last
    for right, slip in slips:
        assert text.count(right) == 1, right
        found = read(text.replace(right, slip) + "\n")
        assert found[-1].outcome not in RIGHT or found[-1].role == "definition", slip
        assert not [one for one in found if one.outcome in WRONG], slip


ANEW = [  # another meaning, numbers of another example, and what says that it is a definition
    r"# One" + "\n" + r"Let $y = 2x + 1$." + "\n\n# Two\n" + r"Put $y := 1 + 2x$.",
    r"# One" + "\n" + r"Let $y = 2x + 1$." + "\n\n# Two\n" + r"Let $y = 3x$.",
    r"# One" + "\n" + r"Let $y = 2x + 1$." + "\n\n# Two\n" + r"At $x = 2$ it is $y = 5$.",
    EXAMPLE + "# Other\n" + r"Let $H = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$.",
    EXAMPLE + "# Other\n" + f"Let $H = {NUMBERS}$.",  # those of the example before: nothing says so
]


@pytest.mark.parametrize("text", ANEW)
def test_what_may_be_another_meaning_is_a_definition(text: str) -> None:
    last = read(text + "\n")[-1]
    assert (last.outcome, last.role) == (Outcome.PROVED, "definition") or last.outcome is Outcome.UNDECIDED, last


LINE = HAT + r"## Example" + "\n" + r"We fit $y = \beta_0 + \beta_1 x$ with $X = \begin{pmatrix} 1&1\\1&2\\1&3\\1&4 \end{pmatrix}$ and " + f"$H = {NUMBERS}$.\n\n"
CLASSES = r"""# Notes

## The sigmoid
Let $p = \frac{1}{1 + e^{-z}}$.

## Softmax
For $z = (z_1, \dots, z_K)$ let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. In the example $z = (2, 1, 0)^T$ and $p = (0.6652, 0.2447, 0.0900)^T$.

## Cross-entropy
With a one-hot $y$ the loss is $L = -\sum_{k=1}^K y_k \log p_k$. """
BEHIND = [  # what stands behind an example, and a slip in it that is not proved
    (LINE + "# Properties\n" + r"We have $HX = X$.", "HX = X$", "HX = 2X$"),
    (LINE + "# Properties\n" + r"We have $\|y - Hy\|^2 = y^T(I - H)y$.", "y^T(I - H)y$", "y^T(H - I)y$"),
    (CLASSES + r"Then $\frac{\partial L}{\partial z} = p - y$.", "p - y$", "y - p$"),
    (LINE + "# Model\n" + r"We have $y^T y = \sum_i y_i^2$.", "y_i^2", "y_i"),
]


@pytest.mark.parametrize(("text", "right", "slip"), BEHIND)
def test_names_mean_again_what_they_meant_before_the_example(text: str, right: str, slip: str) -> None:
    assert text.count(right) == 1
    assert read(text + "\n")[-1].outcome in RIGHT
    assert read(text.replace(right, slip) + "\n")[-1].outcome not in RIGHT


GOES_ON = [  # the text goes on with what another section said last
    "# Notes\nLet $y = 2x$.\n\n## One\nNow let $y = x^3$.\n\n## Two\nThen $\\frac{dy}{dx} = 3x^2$.",
    "# Notes\nLet $y = 2x$.\n\n## One\nNow $y = 7$.\n\n## Two\nHere $y^2 = 49$ and $y + 1 = 8$.",
    HAT + "# Example\nLet $H = \\begin{pmatrix} 2 & 0 \\\\ 0 & 3 \\end{pmatrix}$.\n\n# More\nThen $\\det H = 6$ and $H^2 = \\begin{pmatrix} 4 & 0 \\\\ 0 & 9 \\end{pmatrix}$.",
]


@pytest.mark.parametrize("text", GOES_ON)
def test_no_true_line_behind_an_example_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


MATRIX = "# One\nLet $A = \\begin{pmatrix} 3 & 1 \\\\ 1 & 3 \\end{pmatrix}$.\n\n# Two\nFor this matrix we have "
OTHER = MATRIX.partition("For")[0] + "Now let $A$ have the rows $(3, 0)$ and $(1, 3)$. Then "
UNIT = "# One\nLet $A = \\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}$ and $v = (1, 0)^T$.\n\n# Two\nFor any $A$ we have "
ELSEWHERE = [  # what is printed can be about the numbers of the other section only, or may be meant in general
    (MATRIX + r"$\det(A - \lambda I) = (3 - \lambda)^2 - 1$.", True),
    (MATRIX + r"$x^T A x = 3x_1^2 + 2x_1x_2 + 3x_2^2$.", True),
    (MATRIX + r"$\det(A - \lambda I) = (3 - \lambda)^2 - 4$.", False),
    (MATRIX + r"$x^T A x = 3x_1^2 + x_1x_2 + 3x_2^2$.", False),
    (MATRIX + r"$A^T x = A x$.", False),
    (MATRIX + r"$A^T A = A A^T$.", False),
    (OTHER + r"$x^T A x = 3x_1^2 + x_1x_2 + 3x_2^2$.", False),
    (OTHER + r"$\det A = 9$.", False),
    (UNIT + r"$x^T A x = x^T x$.", False),
    (UNIT + r"$\det(A - \lambda I) = (1 - \lambda)^2$.", False),
    (UNIT + r"$A v = v$.", False),
]


@pytest.mark.parametrize(("text", "holds"), ELSEWHERE)
def test_the_numbers_of_another_section_are_meant_where_nothing_else_can_be(text: str, holds: bool) -> None:
    last = read(text + "\n")[-1]
    assert (last.outcome in RIGHT) is holds, last
    assert last.outcome not in WRONG, last


ASKED = [  # what is asked for, where other sections have numbers for the name
    "# One\nAt the point $x = (1,2)^T$ we have $x^T x = 5$.\n\n# Two\nWe maximise $x^T A x$ subject to $x^T x = 1$.",
    "# One\nAt $x = 2$ we have $x^2 = 4$.\n\n# Two\nThe points of interest are those with $x^2 = 9$.",
]


@pytest.mark.parametrize("text", ASKED)
def test_what_is_asked_for_is_a_condition_whatever_the_numbers_elsewhere(text: str) -> None:
    last = read(text + "\n")[-1]
    assert (last.outcome, last.role) == (Outcome.UNDECIDED, "definition"), last
