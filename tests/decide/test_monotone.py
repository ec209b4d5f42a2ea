"""The derivative stage: inverse functions on the intervals where their identities hold, and just outside them."""

from __future__ import annotations

import pytest

from calcds.decide.monotone import prove_by_derivative
from calcds.decide.prover import Proof
from calcds.expr.functions import fn
from calcds.expr.term import Term, as_term
from calcds.notation import *
from tests.strategies import proofs

x, y, t = (Real.symbol(v) for v in "xyt")
p = Positive.symbol("p")
half = Rational(1, 2)

TRUE_CLAIMS = (
    (atan(x) + atan(1 / x), pi / 2 * sign(x)),
    (atan(p) + atan(1 / p), pi / 2),
    (atan(x), asin(x / sqrt(1 + x**2))),
    (atan(x), 2 * atan(x / (1 + sqrt(1 + x**2)))),
    (asin(x), atan(x / sqrt(1 - x**2)), x > -1, x < 1),
    (atan(x) + atan(y), atan((x + y) / (1 - x * y)), x * y < 1),
    (atan(x) - atan(y), atan((x - y) / (1 + x * y)), x * y > -1),
    (atan(x) + atan(y), fn("atan2", x + y, 1 - x * y)),
    (atan(x), I / 2 * (log(1 - I * x) - log(1 + I * x))),
    (2 * atan(tanh(x / 2)), atan(sinh(x))),
    (log(sqrt(x**2 + 1) - x), -log(sqrt(x**2 + 1) + x)),
    (integral(cos(t**2), t, -x, x), 2 * integral(cos(t**2), t, 0, x)),
    (integral(exp(-(t**2)), t, 0, x), sqrt(pi) / 2 * erf(x)),
)

FALSE_CLAIMS = (
    (atan(x) + atan(1 / x), pi / 2),
    (atan(x) + atan(1 / x), -pi / 2 * sign(x)),
    (atan(x) + atan(y), atan((x + y) / (1 - x * y))),
    (atan(x) + atan(y), atan((x + y) / (1 - x * y)), x * y < 2),
    (atan(x) + atan(y), atan((x + y) / (1 - x * y)), x * y > 1),
    (atan(x) + atan(y), fn("atan2", x + y, x * y - 1)),
    (asin(x), atan(x / sqrt(1 - x**2)) + pi, x > -1, x < 1),
    (atan(tan(x)), x),
    (atan(tan(x)), x, x > -pi / 2, x < pi),
    (asin(sin(x)), x, x >= 0, x <= pi),
    (acos(cos(x)), x, x >= -1, x <= 1),
    (atan(x), acos(1 / sqrt(1 + x**2))),
    (log(x**2), 2 * log(x)),
    (log(sqrt(x**2 + 1) - x), log(sqrt(x**2 + 1) + x)),
    (integral(1 / t, t, 1, x), log(x) + 1),
    (integral(cos(t**2), t, -x, x), integral(cos(t**2), t, 0, x)),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    left, right, *given = claim
    assert proofs(*claim) or isinstance(prove_by_derivative(as_term(left), as_term(right), tuple(given)), Proof)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    left, right, *given = claim
    assert not proofs(*claim)
    assert not isinstance(prove_by_derivative(as_term(left), as_term(right), tuple(given)), Proof)
