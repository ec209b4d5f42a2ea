# ruff: noqa: E501  (a row is a formula)
r"""Conditional expectations: what holds for all random variables, and what the text may have a reason for."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import WRONG, assert_told_apart, own_line

PAIR = "Let $X$ and $Y$ be random variables and $a$, $b$ constants."
TOLD_APART = [  # a true line, a slip
    (r"\mathbb{E}[X^2] = \mathbb{E}[\mathbb{E}[X^2 \mid Y]]", r"\mathbb{E}[X^2] = \mathbb{E}[\mathbb{E}[X \mid Y]^2]"),
    (
        r"\operatorname{Var}(X) = \mathbb{E}[\operatorname{Var}(X \mid Y)] + \operatorname{Var}(\mathbb{E}[X \mid Y])",
        r"\operatorname{Var}(X) = \mathbb{E}[\operatorname{Var}(X \mid Y)] - \operatorname{Var}(\mathbb{E}[X \mid Y])",
    ),
    (
        r"\operatorname{Var}(X) = \mathbb{E}[\operatorname{Var}(X \mid Y)] + \operatorname{Var}(\mathbb{E}[X \mid Y])",
        r"\operatorname{Var}(X) = \operatorname{Var}(\operatorname{Var}(X \mid Y)) + \operatorname{Var}(\mathbb{E}[X \mid Y])",
    ),
    (r"\operatorname{Var}(X|Y) = E[X^2|Y] - (E[X|Y])^2", r"\operatorname{Var}(X|Y) = E[X^2|Y] - E[X|Y]"),
    (r"\operatorname{Var}(X|Y) = E[(X - E[X|Y])^2|Y]", r"\operatorname{Var}(X|Y) = E[X - E[X|Y]|Y]"),
    (
        r"E[(X - g(Y))^2] = E[(X - E[X|Y])^2] + E[(E[X|Y] - g(Y))^2]",
        r"E[(X - g(Y))^2] = E[(X - E[X|Y])^2] - E[(E[X|Y] - g(Y))^2]",
    ),
    (r"E[aX + b \mid Y] = a E[X \mid Y] + b", r"E[aX + b \mid Y] = a^2 E[X \mid Y] + b"),
]
PROVED = [
    r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[X]",
    r"\mathbb{E}_Y[\mathbb{E}[X|Y]] = \mathbb{E}[X]",
    r"E[XY] = E[Y E[X|Y]]",
    r"E[XY \mid Y] = Y E[X \mid Y]",
    r"E[(X - E[X|Y]) Y] = 0",
    r"E[(X - E[X|Y])^2] = E[\operatorname{Var}(X|Y)]",
    r"\operatorname{Cov}(X, Y) = \operatorname{Cov}(E[X|Y], Y)",
]
NEVER_WRONG = [  # what stands before, and a line that is true there
    ("Random variables. Once $Z$ is known, $X$ tells nothing of $Y$:", r"E[XY|Z] = E[X|Z] E[Y|Z]"),
    ("Random variables. Once $Z$ is known, $X$ tells nothing of $Y$:", r"E[XY] = E[E[X|Z] E[Y|Z]]"),
    ("Random variables. Once $Z$ is known, $X$ tells nothing of $Y$:", r"\operatorname{Cov}(X,Y) = \operatorname{Cov}(E[X|Z],E[Y|Z])"),
    ("Random variables. Once $Z$ is known, $X$ tells nothing of $Y$:", r"\operatorname{Var}(X+Y|Z) = \operatorname{Var}(X|Z) + \operatorname{Var}(Y|Z)"),
    ("The two random variables have nothing to do with each other.", r"E[X|Y] = E[X]"),
    ("The two random variables have nothing to do with each other.", r"\operatorname{Var}(X) = E[\operatorname{Var}(X|Y)]"),
    ("For a martingale of random variables", r"E[M_{n+1}|M_n] = M_n"),
    ("For jointly normal random variables", r"E[X|Y] = \mu_X + \rho\frac{\sigma_X}{\sigma_Y}(Y - \mu_Y)"),
    (r"Let $X|Y \sim N(Y, 1)$ be random.", r"E[X] = E[E[X|Y]] = E[Y]"),
    (
        r"Let $X|\theta \sim N(\theta, 1)$ be random.",
        r"\operatorname{Var}(X) = E[\operatorname{Var}(X|\theta)] + \operatorname{Var}(E[X|\theta]) = 1 + \operatorname{Var}(\theta)",
    ),
    (r"The random variable $Y = g(X)$ is a function of $X$.", r"E[Y|X] = Y"),
    ("Regression with random $X$ and $Y$:", r"E[Y|X] = X\beta"),
    ("The random errors have", r"\operatorname{Var}(Y|X) = \operatorname{Var}(\varepsilon|X) = \sigma^2"),
    ("By symmetry of the random variables", r"E[X|X+Y] = E[Y|X+Y] = \frac{X+Y}{2}"),
    ("Random variables with the same conditional mean:", r"E[X|Z] = E[Y|Z]"),
    ("For a random sum", r"E[S] = E[E[S|N]] = E[N \mu] = \mu E[N]"),
]


@pytest.mark.parametrize(("line", "slip"), TOLD_APART)
def test_told_apart(line: str, slip: str) -> None:
    assert_told_apart(PAIR, line, slip)


@pytest.mark.parametrize("line", PROVED)
def test_proved(line: str) -> None:
    (found,) = own_line(PAIR, line)
    assert found.outcome is Outcome.PROVED


@pytest.mark.parametrize(("before", "line"), NEVER_WRONG)
def test_never_wrong(before: str, line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line(before, line))


def test_what_holds_for_independent_variables_is_not_proved() -> None:
    (found,) = own_line(PAIR, r"E[X|Y] = E[X]")
    assert found.outcome is Outcome.UNDECIDED


def test_a_conditional_expectation_is_no_formula_of_a_name() -> None:
    (found,) = own_line(PAIR, r"\tilde\theta = E[X|Y]")
    assert found.outcome is Outcome.UNREAD


LATENT = r"We look at the likelihood with a latent variable $z$ of finitely many values, and the parameters $\theta$."
OF_A_PARAMETER = [  # laws that hold for every value of the parameter below a density, and slips
    (r"p_\theta(x, z) = p_\theta(x \mid z) \, p_\theta(z)", r"p_\theta(x, z) = p_\theta(x \mid z) \, p_\theta(x)"),
    (r"p_{\theta}(x, z) = P_{\theta}(z \mid x) \, p_{\theta}(x)", r"p_{\theta}(x, z) = P_{\theta}(z \mid x) \, p_{\theta}(z)"),
    (r"\log p_\theta(x, z) - \log p_\theta(z \mid x) = \log p_\theta(x)", r"\log p_\theta(x, z) - \log p_\theta(x \mid z) = \log p_\theta(x)"),
    (
        r"p_\theta(z \mid x) = \frac{p_\theta(x \mid z) p_\theta(z)}{\sum_{z'} p_\theta(x \mid z') p_\theta(z')}",
        r"p_\theta(z \mid x) = \frac{p_\theta(x \mid z) p_\theta(x)}{\sum_{z'} p_\theta(x \mid z') p_\theta(z')}",
    ),
]


@pytest.mark.parametrize(("line", "slip"), OF_A_PARAMETER)
def test_a_parameter_below_a_density(line: str, slip: str) -> None:
    assert_told_apart(LATENT, line, slip)


@pytest.mark.parametrize("line", [
    r"p_\theta(z \mid x) = \frac{p_\theta(x \mid z) p_{\phi}(z)}{p_\theta(x)}",
    r"p_\theta(x, z) = p_\theta(x \mid z) \, p(z)",  # of a model in which the law of z does not depend on it
    r"p(x) = p_\theta(x)",
])  # fmt: skip
def test_laws_of_two_parameters_are_two_or_one(line: str) -> None:
    assert all(one.outcome in {Outcome.UNDECIDED, Outcome.UNREAD} or one.role == "definition" for one in own_line(LATENT, line))
