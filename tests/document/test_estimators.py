# ruff: noqa: E501  (a row is a text)
r"""Estimators of linear models: their means and variances, given X or not, with primes for transposes."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line

OLS = r"""Consider the linear model $y = X\beta + u$ where $X$ is an $n \times p$ matrix of full column rank, $E(u) = 0$ and
$E(uu') = \sigma^2 I_n$. We treat $X$ as fixed. The OLS estimator is $\hat\beta = (X'X)^{-1}X'y$. Let $M = I_n - X(X'X)^{-1}X'$
and let $e = y - X\hat\beta$ be the residuals."""
GLS = r"""Let $y = X\beta + u$ with $E(u \mid X) = 0$ and $E(uu' \mid X) = \sigma^2\Omega$, $\Omega$ symmetric
positive definite. The GLS estimator is $\tilde\beta = (X'\Omega^{-1}X)^{-1}X'\Omega^{-1}y$, and $\hat\beta = (X'X)^{-1}X'y$."""
OMITTED = r"""Suppose the true model is $y = X_1\beta_1 + X_2\beta_2 + u$ with $E(u \mid X_1, X_2) = 0$, but we
regress on $X_1$ only: $\tilde\beta_1 = (X_1'X_1)^{-1}X_1'y$."""
WEIGHTED = r"Let $W$ be symmetric. We minimise $$S(\beta) = (y - X\beta)'W(y - X\beta).$$"
RIDGE = OLS + r" The ridge estimator is $\hat\beta_\lambda = (X'X + \lambda I)^{-1}X'y$."

PAIRS = [
    (RIDGE, r"E(\hat\beta_\lambda) = (X'X + \lambda I)^{-1}X'X\beta", r"E(\hat\beta_\lambda) = (X'X - \lambda I)^{-1}X'X\beta"),
    (RIDGE, r"E(\hat\beta_\lambda) - \beta = -\lambda(X'X + \lambda I)^{-1}\beta",
     r"E(\hat\beta_\lambda) - \beta = \lambda(X'X + \lambda I)^{-1}\beta"),
    (r"Let $\mathbf{y} = A\mathbf{w} + \mathbf{u}$ with $E[\mathbf{u}] = 0$.", r"E[\mathbf{y}] = A\mathbf{w}",
     r"E[\mathbf{y}] = -A\mathbf{w}"),
    (OLS, r"E(\hat\beta) = \beta", r"E(\hat\beta) = -\beta"),
    (OLS, r"\operatorname{Var}(\hat\beta) = \sigma^2(X'X)^{-1}", r"\operatorname{Var}(\hat\beta) = \sigma(X'X)^{-1}"),
    (OLS, r"\operatorname{Var}(\hat\beta) = \sigma^2(X'X)^{-1}", r"\operatorname{Var}(\hat\beta) = \sigma^2X'X"),
    (OLS, r"E(e'e) = \sigma^2(n - p)", r"E(e'e) = \sigma^2(n + p)"),
    (OLS, r"\operatorname{Var}(e) = \sigma^2M", r"\operatorname{Var}(e) = \sigma M"),
    (GLS, r"E(\tilde\beta \mid X) = \beta", r"E(\tilde\beta \mid X) = 2\beta"),
    (GLS, r"\operatorname{Var}(\tilde\beta \mid X) = \sigma^2(X'\Omega^{-1}X)^{-1}",
     r"\operatorname{Var}(\tilde\beta \mid X) = \sigma^2(X'\Omega X)^{-1}"),
    (GLS, r"\operatorname{Var}(\hat\beta \mid X) = \sigma^2(X'X)^{-1}X'\Omega X(X'X)^{-1}",
     r"\operatorname{Var}(\hat\beta \mid X) = \sigma^2(X'X)^{-1}X'\Omega^{-1}X(X'X)^{-1}"),
    (OMITTED, r"E(\tilde\beta_1 \mid X_1, X_2) = \beta_1 + (X_1'X_1)^{-1}X_1'X_2\beta_2",
     r"E(\tilde\beta_1 \mid X_1, X_2) = \beta_1 - (X_1'X_1)^{-1}X_1'X_2\beta_2"),
    (WEIGHTED, r"\nabla S(\beta) = -2X'W(y - X\beta)", r"\nabla S(\beta) = 2X'W(y - X\beta)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_estimators_are_told_apart(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


VARIABLES = r"Let $X$ and $Y$ be random variables."
SAMPLED = r"""# The variance of a sample

For the data $\hat\sigma^2 = \frac1n\sum_{i=1}^n (x_i - \bar x)^2$.

# Bias of estimators

For a sample of independent observations $\mathbb{E}[\bar X] = \mu$. The estimator has a variance that falls:
$$\operatorname{Var}(\bar X) = \frac{1}{n^2}\sum_{i=1}^n \operatorname{Var}(X_i) = \frac{\sigma^2}{n}.$$
"""
CONVENTIONS = [  # what the letters of means and variances stand for where nobody says it
    (VARIABLES, r"\operatorname{Cov}(X, Y) = \mathbb{E}[(X - \mu_X)(Y - \mu_Y)]", r"\operatorname{Cov}(X, Y) = \mathbb{E}[(X - \mu_Y)(Y + \mu_Y)]"),
    (VARIABLES, r"\operatorname{Var}(X + Y) = \mathbb{E}[((X - \mu_X) + (Y - \mu_Y))^2]", r"\operatorname{Var}(X + Y) = \mathbb{E}[((X - \mu_X) - (Y - \mu_Y))^2]"),
    (VARIABLES, r"\mathbb{E}[X^2] = \sigma_X^2 + \mu_X^2", r"\mathbb{E}[X^2] = \sigma_X^2 - \mu_X^2"),
    (VARIABLES, r"\operatorname{Cov}(X, Y) = \mathbb{E}[XY] - \mu_X\mu_Y", r"\operatorname{Cov}(X, Y) = \mathbb{E}[XY] + \mu_X\mu_Y"),
    (SAMPLED, r"\mathbb{E}[X_i^2] = \sigma^2 + \mu^2", r"\mathbb{E}[X_i^2] = \sigma^2 - \mu^2"),
    (SAMPLED, r"\mathbb{E}[s^2] = \sigma^2", r"\mathbb{E}[s^2] = \frac{n-1}{n}\sigma^2"),
    (SAMPLED, r"\mathbb{E}[\hat\sigma^2] = \frac{n-1}{n}\sigma^2", r"\mathbb{E}[\hat\sigma^2] = \frac{n}{n-1}\sigma^2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), CONVENTIONS)
def test_lines_in_the_usual_letters_are_proved_and_their_slips_are_not(before: str, line: str, slip: str) -> None:
    assert all(one.outcome in RIGHT for one in own_line(before, line))
    assert all(one.outcome not in RIGHT for one in own_line(before, slip))


OTHER_MEANINGS = [  # letters that stand for something else, in true lines
    (r"Let the random variable $X$ be such that its logarithm has location $\mu_X$.", r"\mathbb{E}[X] = e^{\mu_X + \sigma_X^2/2}"),
    (r"Let $X$ be a random variable with mode $\mu_X$.", r"\mathbb{E}[X] = \mu_X + 1"),
    (r"Let $\mu_X = 3$ for the random variable $X$ with $\mathbb{E}[X] = 4$.", r"\mathbb{E}[X] = \mu_X + 1"),
    (SAMPLED + r"The data are centred in what follows.", r"\mathbb{E}[X_i^2] = \sigma^2"),
    (SAMPLED + r"We divide by $n$ in $s^2$.", r"\mathbb{E}[s^2] = \frac{n-1}{n}\sigma^2"),
    (SAMPLED + r"Let $s^2 = \frac1n\sum_{i=1}^n (X_i - \bar X)^2$.", r"\mathbb{E}[s^2] = \frac{n-1}{n}\sigma^2"),
    (SAMPLED.replace("independent", "correlated"), r"\mathbb{E}[s^2] = \sigma^2 - c"),
]


@pytest.mark.parametrize(("before", "line"), OTHER_MEANINGS)
def test_other_meanings_are_not_called_wrong(before: str, line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line(before, line))


NOT_HELD = [  # false lines that held for a reading in which a matrix has one entry, or a sum no summand
    (OMITTED, r"\tilde\beta_1 = \beta_1 + (X_1'X_1)^{-1}X_2'X_1\beta_2 + (X_1'X_1)^{-1}X_1'u"),
    (r"Let $C = UDV^\top$ be the SVD and $C_r = \sum_{j=1}^r d_ju_jv_j^\top$.", r"\|C - C_r\|_F^2 = \sum_{j > r} d_j"),
]


@pytest.mark.parametrize(("before", "line"), NOT_HELD)
def test_what_holds_for_no_reason_is_not_proved(before: str, line: str) -> None:
    assert all(one.outcome not in RIGHT or one.role != "claim" for one in own_line(before, line))


LEFT_OPEN = [  # an energy is no expectation; a random X is not fixed
    r"$E(w) = \frac12\|w\|^2$ is the error. If the noise has variance $1$, then", r"E(w) = 0",
    r"Let $X$ and $u$ be random variables with $E(u \mid X) = 0$. Then", r"E(u X \mid X) = X",
]


@pytest.mark.parametrize(("before", "line"), [LEFT_OPEN[:2], LEFT_OPEN[2:]])
def test_other_letters_are_left_alone(before: str, line: str) -> None:
    assert all(one.outcome is not Outcome.PROVED or one.role != "claim" for one in own_line(before, line))
