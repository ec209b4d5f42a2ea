r"""Regression with one variable before regression with matrices: $x_i$ is a number in one section, a row in another."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

ROWS = r"""# Regression

A prime denotes the transpose. The rows of the matrix $X \in \mathbb{R}^{n\times p}$ are $x_i'$, and $\eta_i = x_i'\beta$
with $\beta \in \mathbb{R}^p$.
"""
DECLARED = r"""# Regression

We have $n$ observations $(x_i, y_i)$ with $x_i \in \mathbb{R}^p$. A prime denotes the transpose, so $\eta_i = x_i'\beta$
for $\beta \in \mathbb{R}^p$.
"""
LINE = r"""
## One variable

Let $S(a,b) = \sum_{i=1}^n (y_i - a - b x_i)^2$, $\bar x = \frac1n\sum_i x_i$ and $S_{xx} = \sum_i (x_i - \bar x)^2$. """
FIT = r"""
## One variable

The residual sum of squares is $S(a,b) = \sum_{i=1}^n (y_i - a - b x_i)^2$. Its partial derivatives are
$$\frac{\partial S}{\partial a} = -2\sum_{i=1}^n (y_i - a - bx_i), \qquad
\frac{\partial S}{\partial b} = -2\sum_{i=1}^n x_i\,(y_i - a - bx_i).$$
Setting the first one to zero gives $\hat a = \bar y - \hat b\,\bar x$, where $\bar x = \frac1n\sum_i x_i$ and
$\bar y = \frac1n\sum_i y_i$. Let $S_{xx} = \sum_i (x_i - \bar x)^2$."""
LATER = r"""

## The logistic model

Let $\pi_i = \frac{1}{1 + e^{-x_i'\beta}}$. """
TEXTS = [  # (what stands before, a true line, a slip)
    (LINE, r"\partial S/\partial b = -2\sum_i x_i(y_i - a - b x_i)", r"\partial S/\partial b = 2\sum_i x_i(y_i - a - b x_i)"),
    (LINE, r"S_{xx} = \sum_i x_i^2 - n\bar x^2", r"S_{xx} = \sum_i x_i^2 - n\bar x"),
    (LINE + LATER, r"\pi_i = \frac{e^{x_i'\beta}}{1+e^{x_i'\beta}}", r"\pi_i = \frac{e^{x_i'\beta}}{1-e^{x_i'\beta}}"),
]  # fmt: skip


@pytest.mark.parametrize("introduction", [ROWS, DECLARED])
@pytest.mark.parametrize(("before", "true", "false"), TEXTS, ids=[true for _, true, _ in TEXTS])
def test_a_section_that_squares_the_members_is_about_numbers(introduction: str, before: str, true: str, false: str) -> None:
    right, slip = (read(f"{introduction}{before}${line}$.\n") for line in (true, false))
    assert right[-1].outcome is Outcome.PROVED, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT or slip[-1].role == "definition", slip[-1].detail


@pytest.mark.parametrize("introduction", ["", ROWS])
def test_an_estimate_in_which_another_one_stands_is_a_point_of_both(introduction: str) -> None:
    """The derivative in a vanishes at the estimates of a and b, the second of which is found later on."""
    assert not any(one.outcome in WRONG for one in read(introduction + FIT + "\n"))
    assert any(one.role == "claim" and one.left == r"\hat a" for one in read(introduction + FIT + "\n"))
    slip = read(introduction + FIT.replace(r"\bar y - \hat b", r"\bar y + \hat b") + "\n")
    assert any(one.outcome in WRONG for one in slip)


DESIGN = r"""A prime denotes the transpose. The inputs are rows $x_i'$ of the **design matrix** $X$, which is $n\times p$
and has full column rank. Let $H = X(X'X)^{-1}X'$ and let $\beta \in \mathbb{R}^p$. """
IDENTITY = DESIGN + r"In the following $I$ is the $n\times n$ identity. "
SIZES = [  # (what stands before, a true line, a slip)
    (IDENTITY, r"\operatorname{tr}(I - H) = n - p", r"\operatorname{tr}(I - H) = n + p"),
    (IDENTITY, "(I - H)X = 0", "(I + H)X = 0"),
    (IDENTITY, r"\operatorname{tr}(H) = \operatorname{tr}(I_p)", r"\operatorname{tr}(H) = \operatorname{tr}(I_n)"),
    (DESIGN, r"\sum_{i=1}^n (x_i'\beta)^2 = \beta'X'X\beta", r"\sum_{i=1}^n (x_i'\beta)^2 = \beta'XX'\beta"),
]


@pytest.mark.parametrize(("before", "true", "false"), SIZES, ids=[true for _, true, _ in SIZES])
def test_what_a_relative_clause_says_of_a_matrix(before: str, true: str, false: str) -> None:
    r"""`$X$, which is $n\times p$` says how large it is; `$I$ is the $n\times n$ identity` that it is no other matrix."""
    right, slip = (read(f"{before}Then ${line}$.\n") for line in (true, false))
    assert right[-1].outcome is Outcome.PROVED, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT, slip[-1].detail


MODEL = r"""A prime denotes the transpose. Let $X\in\mathbb{R}^{n\times p}$ have full column rank, $\beta\in\mathbb{R}^p$ and
$y = X\beta + \varepsilon$ with $\mathrm{E}(\varepsilon) = 0$ and $\operatorname{Cov}(\varepsilon) = \sigma^2 I$. Let
$H = X(X'X)^{-1}X'$, $\hat y = Hy$ and $e = y - \hat y$. """
MOMENTS = [
    (r"\operatorname{Cov}(e) = \sigma^2(I-H)", r"\operatorname{Cov}(e) = \sigma^2(I+H)"),
    (r"\operatorname{Cov}(y - \hat y) = \sigma^2(I-H)", r"\operatorname{Cov}(y - \hat y) = \sigma^2(2I-H)"),
    (r"\operatorname{Var}(e_i) = \sigma^2(1-h_{ii})", r"\operatorname{Var}(e_i) = \sigma^2(1+h_{ii})"),
    (r"\mathrm{E}\Bigl(\sum_{i=1}^n e_i^2\Bigr) = (n-p)\sigma^2", r"\mathrm{E}\Bigl(\sum_{i=1}^n e_i^2\Bigr) = (n-1)\sigma^2"),
]


@pytest.mark.parametrize(("true", "false"), MOMENTS, ids=[true for true, _ in MOMENTS])
@pytest.mark.parametrize("letter", ["e", "r"])
def test_moments_of_residuals(letter: str, true: str, false: str) -> None:
    """The identity beside a variance is no random variable, and an entry of the residuals is as random as they are."""
    texts = (f"{MODEL}Then ${line}$.\n".replace("$e =", f"${letter} =").replace("(e)", f"({letter})") for line in (true, false))
    right, slip = (read(text.replace("e_i", f"{letter}_i")) for text in texts)
    assert right[-1].outcome in RIGHT, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT, slip[-1].detail


def test_a_deviation_before_a_random_variable_stays_open() -> None:
    text = r"Let $X$ and $Y$ be independent random variables with $\operatorname{Var}(X) = 2$. Then $\sigma^2(X) = 2$."
    assert read(text + "\n")[-1].outcome not in WRONG


DATA = r"""A prime denotes the transpose. The first column of the $n\times p$ matrix $X$ is the column of ones, for the
intercept, and $\hat\beta = (X'X)^{-1}X'y$ with $y \in \mathbb{R}^n$.

| $x_i$ | 0 | 1 | 2 | 3 | 4 |
|---|---|---|---|---|---|
| $y_i$ | 1 | 3 | 4 | 4 | 6 |

We find """
LIST = r"""A prime denotes the transpose. The $n\times p$ matrix $X$ has an intercept. Five students studied
for $x = 0, 1, 2, 3, 4$ hours. Here """
DESIGNS = [
    (DATA, r"X'X = \begin{pmatrix} 5 & 10\\ 10 & 30\end{pmatrix}", r"X'X = \begin{pmatrix} 5 & 10\\ 10 & 20\end{pmatrix}"),
    (DATA, r"X'y = \begin{pmatrix} 18\\ 47\end{pmatrix}", r"X'y = \begin{pmatrix} 18\\ 74\end{pmatrix}"),
    (DATA, r"\det(X'X) = 5\cdot 30 - 10^2", r"\det(X'X) = 5\cdot 30 - 10"),
    (DATA, r"\hat\beta = \begin{pmatrix} 1.4\\ 1.1\end{pmatrix}", r"\hat\beta = \begin{pmatrix} 1.4\\ 1.2\end{pmatrix}"),
    (LIST, r"X'X = \begin{pmatrix} 5 & 10\\ 10 & 30\end{pmatrix}", r"X'X = \begin{pmatrix} 5 & 10\\ 10 & 20\end{pmatrix}"),
]


@pytest.mark.parametrize(("before", "true", "false"), DESIGNS, ids=[true for _, true, _ in DESIGNS])
def test_the_design_matrix_of_data_with_an_intercept(before: str, true: str, false: str) -> None:
    """The rows of X are (1, x_i); a text without an intercept says nothing of what they are."""
    right, slip = (read(f"{before}${line}$.\n") for line in (true, false))
    assert right[-1].outcome in RIGHT, right[-1].detail
    assert right[-1].role == "claim"
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT or slip[-1].role == "definition", slip[-1].detail
    plain = before.replace("The first column of the", "The").replace("is the column of ones, for the\nintercept,", "is given")
    other = read(f"{plain.replace('has an intercept', 'is given')}${true}$.\n")
    assert other[-1].outcome not in RIGHT or other[-1].role == "definition"


LOGISTIC = r"""# Logistic regression

A prime denotes the transpose. The inputs are rows $x_i'$ of the matrix $X$, which is $n\times p$, and $y \in \mathbb{R}^n$.

## Before

The residuals are $e = y - Xb$.

## The model

Let $\beta\in\mathbb{R}^p$ and $\pi_i = \frac{1}{1+e^{-x_i'\beta}}$.

## Score

Let $\ell(\beta) = \sum_{i=1}^n\bigl[y_i\,x_i'\beta - \ln(1+e^{x_i'\beta})\bigr]$ and $\pi = (\pi_1,\dots,\pi_n)'$. Then
"""


def test_a_vector_lists_entries_of_another_section() -> None:
    r"""The \pi_i of the section before are the entries of \pi; and e^x is no power of residuals e elsewhere."""
    true = r"$$\frac{\partial\ell}{\partial\beta} = X'(y-\pi).$$"
    right, slip = read(LOGISTIC + true + "\n"), read(LOGISTIC + true.replace("y-", "y+") + "\n")
    assert right[-1].outcome is Outcome.PROVED, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT, slip[-1].detail
