"""Random vectors beside fixed matrices: true lines are proved, the same lines with a slip are called wrong."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

NORMAL = (r"Let $x \in \mathbb{R}^n$ be a random vector, $x \sim \mathcal{N}(\mu, \Sigma)$. For a constant matrix "
          r"$A \in \mathbb{R}^{k \times n}$ and a vector $b \in \mathbb{R}^k$,")  # fmt: skip
NAMED = (r"Let $X$ be a random vector in $\mathbb{R}^d$ with mean $\mu$ and covariance matrix $\Sigma$. "
         r"For a constant matrix $A$ and a fixed $w \in \mathbb{R}^d$")  # fmt: skip
IMAGE = r"If $y = Ax + b$ with $x \sim \mathcal{N}(\mu, \Sigma)$, then"
FREE = r"Let $X \in \mathbb{R}^d$ be a random vector. For $A \in \mathbb{R}^{k \times d}$ and $b \in \mathbb{R}^k$"
FORMULA = (r"For a random vector $X\in\mathbb{R}^d$ with covariance matrix $\Sigma = E[(X-\mu)(X-\mu)^T]$ and a constant "
           r"matrix $A \in \mathbb{R}^{k \times d}$")  # fmt: skip
NUMBER = "# Numbers\n\n" r"For a random variable put $\mu = E[X]$." "\n\n## Vectors\n\n"  # the letter means a vector since

PAIRS = [
    (NUMBER + FORMULA, r"E[AX] = A \mu", r"E[AX] = 2 A \mu"),
    (NORMAL, r"\operatorname{Cov}(Ax + b) = A \Sigma A^T", r"\operatorname{Cov}(Ax + b) = A^T \Sigma A"),
    (NORMAL, r"E[Ax + b] = A \mu + b", r"E[Ax + b] = A \mu"),
    (NORMAL, r"E[x^T B x] = \mu^T B \mu + \operatorname{tr}(B \Sigma)",
     r"E[x^T B x] = \mu^T B \mu - \operatorname{tr}(B \Sigma)"),
    (NAMED, r"\operatorname{Var}(w^T X) = w^T \Sigma w", r"\operatorname{Var}(w^T X) = 2 w^T \Sigma w"),
    (NAMED, r"\operatorname{Cov}(AX) = A \Sigma A^T", r"\operatorname{Cov}(AX) = 2 A \Sigma A^T"),
    (NAMED, r"E[X^T X] = \mu^T \mu + \operatorname{tr}(\Sigma)", r"E[X^T X] = \operatorname{tr}(\Sigma) - \mu^T \mu"),
    (NAMED, r"E[\|X - \mu\|^2] = \operatorname{tr}(\Sigma)", r"E[\|X - \mu\|^2] = 2 \operatorname{tr}(\Sigma)"),
    (IMAGE, r"E[y] = A \mu + b", r"E[y] = A \mu"),
    (IMAGE, r"\operatorname{Cov}(y) = A \Sigma A^T", r"\operatorname{Cov}(y) = A \Sigma A^T + b b^T"),
    (FREE, r"\operatorname{Cov}(AX + b) = A \operatorname{Cov}(X) A^T",
     r"\operatorname{Cov}(AX + b) = A^T \operatorname{Cov}(X) A"),
    (FORMULA, r"\operatorname{Cov}(AX) = E[A(X-\mu)(X-\mu)^T A^T] = A \Sigma A^T",
     r"\operatorname{Cov}(AX) = E[A(X-\mu)(X-\mu)^T A^T] = 2 A \Sigma A^T"),
    (r"Let $x \sim \mathcal{N}(0, \sigma^2 I)$ in $\mathbb{R}^n$ and $\sigma > 0$.", r"\operatorname{Cov}(Qx) = \sigma^2 Q Q^T",
     r"\operatorname{Cov}(Qx) = \sigma Q Q^T"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_images_of_a_random_vector(before: str, line: str, wrong: str) -> None:
    assert all(one.outcome in RIGHT for one in last_line(before, line))
    assert any(one.outcome in WRONG for one in last_line(before, wrong))


MODEL = (r"Let $y = X\beta + u$ with $X \in \mathbb{R}^{n \times k}$ of rank $k$ and $b = (X^T X)^{-1} X^T y$. ")
GIVEN = r"Assume $\mathrm{E}[u \mid X] = 0$ and $\mathrm{Var}[u \mid X] = \sigma^2 I$, where $\sigma > 0$."
OTHER = r"Suppose now $\mathrm{E}[u] = 0$ and $\mathrm{Var}[u] = \sigma^2 \Omega$ with $\Omega$ positive definite."
SPREAD = r"\mathrm{Var}[b] = (X^T X)^{-1} X^T \mathrm{E}[u u^T] X (X^T X)^{-1} = "
ERRORS = [
    (GIVEN, r"\mathrm{Var}[b] = \sigma^2 (X^T X)^{-1}", r"\mathrm{Var}[b] = \sigma^2 X^T X"),
    (GIVEN, r"\mathrm{E}[b] = \beta", r"\mathrm{E}[b] = 2 \beta"),
    (GIVEN, SPREAD + r"\sigma^2 (X^T X)^{-1}", r"\mathrm{Var}[b] = 2 \sigma^2 (X^T X)^{-1}"),
    (OTHER, r"\mathrm{Var}[b] = \sigma^2 (X^T X)^{-1} X^T \Omega X (X^T X)^{-1}",
     r"\mathrm{Var}[b] = \sigma^2 (X^T X)^{-1} X^T \Omega^{-1} X (X^T X)^{-1}"),
    (OTHER, r"\mathrm{Var}[C u] = \sigma^2 C \Omega C^T", r"\mathrm{Var}[C u] = \sigma C \Omega C^T"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "line", "wrong"), ERRORS)
def test_the_errors_of_a_linear_model(said: str, line: str, wrong: str) -> None:
    assert all(one.outcome in RIGHT for one in last_line(MODEL + said, line))
    assert any(one.outcome in WRONG for one in last_line(MODEL + said, wrong))


def test_errors_that_are_correlated_are_no_longer_spherical() -> None:
    found = last_line(MODEL + GIVEN + "\n\n" + OTHER, r"\mathrm{Var}[b] = \sigma^2 (X^T X)^{-1}")
    assert [one.outcome in RIGHT for one in found] == [False]


LAID = r"Let $\operatorname{Var}(X) = 4$, $\operatorname{Var}(Y) = 9$ and $\operatorname{Cov}(X, Y) = 3$. Then"
MEANS = r"Let $E[X] = 2$ and $\operatorname{Var}(X) = 5$. Then"
GIVEN_MOMENTS = [
    (LAID, r"\operatorname{Var}(2X - Y) = 4 \cdot 4 - 4 \cdot 3 + 9",
     r"\operatorname{Var}(2X - Y) = 4 \cdot 4 + 4 \cdot 3 + 9"),
    (LAID, r"\operatorname{Var}(X + Y) = 19", r"\operatorname{Var}(X + Y) = 13"),
    (LAID, r"\operatorname{Cov}(X, X + Y) = 7", r"\operatorname{Cov}(X, X + Y) = 5"),
    (MEANS, r"E[X^2] = 9", r"E[X^2] = 7"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "line", "wrong"), GIVEN_MOMENTS)
def test_moments_that_a_sentence_lays_down(said: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(said, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(said, wrong)] == [True]


HARMLESS = [  # the last line is not called wrong, and not proved
    (r"Let $X \in \mathbb{R}^d$ be a random vector and $A$ a random matrix.",
     r"\operatorname{Cov}(AX) = A \operatorname{Cov}(X) A^T"),
    (r"Let $X$ be a random vector with covariance matrix $\Sigma$.", r"E[X^T X] = \operatorname{tr}(\Sigma) + \mu^T \mu"),
    (r"Let $X \sim N(\mu, V)$ be a random vector.", r"\operatorname{Var}(X) = 2 V"),
    (r"Let $X$ be a random vector and $Y$ another one with $E[Y] = 0$.", r"E[Y X] = 0"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line"), HARMLESS)
def test_what_is_not_known_of_a_random_vector(before: str, line: str) -> None:
    assert {one.outcome for one in last_line(before, line)} <= {Outcome.UNDECIDED, Outcome.UNREAD}


def test_a_number_with_a_normal_law_is_no_vector() -> None:
    before = r"Let $x \sim \mathcal{N}(\mu, \Sigma)$ be a random vector. Now let $Z \sim N(\mu, \sigma^2)$ with $\sigma > 0$."
    assert [one.outcome in RIGHT for one in last_line(before, r"E[Z^2] = \mu^2 + \sigma^2")] == [True]
    assert [one.outcome in WRONG for one in last_line(before, r"E[Z^2] = \mu^2 - \sigma^2")] == [True]
    assert not [one for one in read(before) if one.outcome in WRONG]
