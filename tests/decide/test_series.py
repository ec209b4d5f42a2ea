"""Infinite sums: the table of closed forms, where each converges, and sums that diverge."""

from __future__ import annotations

import pytest

from calcds.expr.term import Term
from calcds.notation import *
from tests.strategies import proofs

x, y, a, b = (Real.symbol(v) for v in "xyab")
p = Positive.symbol("p")
n, k = Dim("n"), Index("k")
half = Rational(1, 2)


def S(body: Term, low: object = 0) -> Term:
    """The sum over k from low to infinity."""
    return Sum(body, (k, low, oo))


TRUE_CLAIMS = (
    (S(x**k), 1 / (1 - x)),
    (S(x**k, n), x**n / (1 - x)),
    (S(k * x**k), x / (1 - x) ** 2),
    (S(k * (k - 1) * x**k), 2 * x**2 / (1 - x) ** 3),
    (S((-1) ** k * x ** (2 * k)), 1 / (1 + x**2)),
    (S(k**2 / 2**k), 6),
    (S(exp(-k * p)), 1 / (1 - exp(-p))),
    (S(x**k + y**k), 1 / (1 - x) + 1 / (1 - y), x > 0, x < 1, y > 0, y < 1),
    (S(cos(k * x) * p**k), (1 - p * cos(x)) / (1 - 2 * p * cos(x) + p**2), p < half),
    (S(x**k / k, 1), -log(1 - x)),
    (S(1 / (k * 2**k), 1), log(2)),
    (S((-1) ** k * x ** (2 * k + 1) / (2 * k + 1)), atan(x)),
    (S(x ** (2 * k + 1) / (2 * k + 1)), atanh(x), x > 0, x < 1),
    (S(x**k / factorial(k)), exp(x)),
    (S(x**k / factorial(k + 1)), (exp(x) - 1) / x),
    (S(k**2 * p**k * exp(-p) / factorial(k)), p**2 + p),
    (S((-1) ** k * x ** (2 * k) / factorial(2 * k)), cos(x)),
    (S(x ** (2 * k + 1) / factorial(2 * k + 1)), sinh(x)),
    (S(1 / (k * (k + 1)), 1), 1),
    (S(1 / (4 * k**2 - 1), 1), half),
    (S(1 / k**2, 1), pi**2 / 6),
    (S(1 / (2 * k + 1) ** 2), pi**2 / 8),
    (S((-1) ** (k + 1) / k**2, 1), pi**2 / 12),
    (S((-1) ** k / (2 * k + 1)), pi / 4),
    (S((-1) ** k / (2 * k + 1) ** 3), pi**3 / 32),
    (S(1 / (k + 1) ** 3), S(1 / k**3, 1)),
    (S(a / k**3, 1), a * S(1 / k**3, 1)),
    (S(1 / k, 1), oo),
    (-3 * S(1 / (2 * k + 1)), -oo),
)

FALSE_CLAIMS = (
    (S(x**k), 1 / (1 - 2 * x)),
    (S(x**k, 1), 1 / (1 - x)),
    (S(2**k), -1),
    (S((-1) ** k), half),
    (S(k), -Rational(1, 12)),
    (S(k * x**k), 1 / (1 - x) ** 2),
    (S(k**2 * x**k), x / (1 - x) ** 3),
    (S(x**k - y**k), 1 / (1 - x) + 1 / (1 - y)),
    (S(exp(-k * p)), 1 / (1 + exp(-p))),
    (S(x**k / k, 1), log(1 - x)),
    (S(x**k / (k + 1)), -log(1 - x)),
    (S((-1) ** k * x**k / k, 1), log(1 + x)),
    (S((-1) ** k * x ** (2 * k + 1) / (2 * k + 1)), atan(x) / x),
    (S(x**k / factorial(k)), exp(x) - 1),
    (S(x**k / factorial(k + 1)), exp(x)),
    (S(k * x**k / factorial(k)), exp(x)),
    (S((-1) ** k * x ** (2 * k) / factorial(2 * k)), sin(x)),
    (S(x ** (2 * k) / factorial(2 * k)), cos(x)),
    (S(1 / (k * (k + 1)), 1), 2),
    (S(1 / (k + a)), 0),
    (S(cos(k * x)), half),
    (S(cos(k * x) * p**k), (1 + p * cos(x)) / (1 - 2 * p * cos(x) + p**2), p < half),
    (S(1 / (k**2 - 4), 1), 0),
    (S(1 / k**2, 1), pi**2 / 8),
    (S(1 / k**3, 1), pi**3 / 26),
    (S((-1) ** k / (2 * k + 1)), pi / 2),
    (S(1 / k**2, 1), oo),
    (S((-1) ** k), oo),
    (S(1 / k - 2**k, 1), oo),
    (-3 * S(1 / k, 1), oo),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)
