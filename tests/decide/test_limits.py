"""Limits: values, infinite limits, parameters that may vanish, functions that are not analytic at the point."""

from __future__ import annotations

import pytest

from calcds.decide.prover import Proof, Silence, prove_equal
from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

G = named("G", lambda v: 1 / v)

TRUE_CLAIMS = (
    (limit(sin(x) / x, x, 0), 1),
    (limit((1 + 1 / x) ** x, x, oo), E),
    (limit((1 + a * x) ** (1 / x), x, 0), exp(a)),
    (limit((exp(x) - 1 - x) / x**2, x, 0), half),
    (limit((cos(x) - 1) / x**2, x, 0), -half),
    (limit(log(1 + exp(x)) / x, x, oo), 1),
    (limit(exp(-p * x), x, oo), 0),
    (limit(x * log(x), x, 0, "+"), 0),
    (limit(f(x), x, a), f(a)),
    (limit(1 / x, x, 0, "+"), oo),
    (limit(1 / x, x, 0, "-"), -oo),
    (limit(1 / x**2, x, 0), oo),
    (limit(-1 / x**2, x, 0), -oo),
    (limit(x * cot(x), x, 0), 1),
    (limit((x - pi / 2) * tan(x), x, pi / 2), -1),
    (limit(limit(x / (x + y), y, 0, "+"), x, 0, "+"), 1),
    (limit(atan(x), x, -oo), -pi / 2),
    (limit(x**3 * exp(-x), x, oo), 0),
    (limit((sqrt(x + 1) - 1) / x, x, 0), half),
    (limit(tanh(x), x, oo), 1),
)

FALSE_CLAIMS = (
    (limit(1 / x, x, 0), oo),
    (limit(1 / x, x, 0), -oo),
    (-limit(1 / x**2, x, 0), oo),
    (1 / limit(1 / x**2, x, 0), oo),
    (exp(-limit(1 / x**2, x, 0)), oo),
    (0 * limit(1 / x**2, x, 0), oo),
    (Sum(-limit(1 / x**2, x, 0), (k, n)), oo),
    (integral(-limit(1 / x**2, x, 0), (t, 0, 1)), oo),
    (limit(x * limit(1 / y**2, y, 0), x, 0), oo),
    (limit(limit(x / (x + y), y, 0, "+"), x, 0, "+"), half),
    (limit(limit(x / (x + y), y, 0, "+"), x, 0, "+"), limit(limit(y / (x + y), y, 0, "+"), x, 0, "+")),
    (limit(limit(x**y, y, 0, "+"), x, 0, "+"), limit(limit(x**y, x, 0, "+"), y, 0, "+")),
    (limit(x / (sqrt(q) + x), x, 0, "+"), 0),
    (limit((a * x + 1) / (b * x + 1), x, oo), a / b),
    (limit(x / (x + q), x, 0, "+"), 1),
    (limit((sqrt(q + x) - sqrt(q)) / sqrt(x), x, 0, "+"), 0),
    (limit(sin(x), x, oo), 0),
    (limit(exp(I * x), x, oo), 0),
    (limit(exp(a * x), x, oo), 0),
    (limit(exp(-q * x), x, oo), 0),
    (limit(atan(x / a), x, oo), pi / 2),
    (limit(erf(q * x), x, oo), 1),
    (limit(sqrt(x**2) / x, x, 0), 1),
    (limit(Abs(x) / x, x, 0, "-"), 1),
    (limit(Abs(x - a), x, 0), a),
    (limit(floor(x), x, 1, "-"), 1),
    (limit(heaviside(x), x, 0, "+"), half),
    (limit(piecewise((1, x > a), (0, True)), x, a), 1),
    (limit(f(x), x, oo), f(0)),
    (limit(x * cot(x), x, 0), 0),
    (limit((x - pi / 2) * tan(x), x, pi / 2), 0),
    (limit((x - pi / 2) * sec(x), x, pi / 2), 0),
    (limit(x * csc(x), x, 0), 0),
    (limit(x * G(x), x, 0), 0),
    (limit((1 + 2 / x) ** x, x, oo), E),
    (limit((exp(x) - 1 - x) / x**2, x, 0), 1),
    (limit(x**y, x, 0, "+"), 0),
    (limit(Sum(x**k, (k, n)), x, 1), 1),
    (limit(tan(x), x, pi / 2, "-"), -oo),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)


def test_directional_derivatives_of_functions_of_a_vector() -> None:
    """The limit of the difference quotient is the gradient times the direction, not the gradient times something else."""
    n = Dim("n")
    x, u = Vector[n].symbol("x"), Vector[n].symbol("u")
    f, h = Function[n].symbol("f"), Real.symbol("h")
    quotient = limit((f(x + h * u) - f(x)) / h, h, 0)
    assert isinstance(prove_equal(quotient, grad(f(x), x).T * u), Proof)
    assert isinstance(prove_equal(quotient, grad(f(x), x).T * x), Silence)


def test_partial_derivatives_as_limits() -> None:
    x, y, h = map(Real.symbol, "xyh")
    f = Function(2).symbol("f")
    quotient = limit((f(x + h, y) - f(x, y)) / h, h, 0)
    assert isinstance(prove_equal(quotient, diff(f(x, y), x)), Proof)
    assert isinstance(prove_equal(quotient, diff(f(x, y), y)), Silence)
