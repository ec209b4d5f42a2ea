"""Normal forms of scalars: every rule with claims on both sides of its side condition."""

from __future__ import annotations

import pytest

from calcds.expr.operators import function
from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

conj, re, im = (function(name) for name in ("conj", "re", "im"))
F = named("F", lambda v: v * x)

TRUE_CLAIMS = (
    (exp(x) ** z, exp(x * z)),
    ((p**a) ** z, p ** (a * z)),
    (log(p * q), log(p) + log(q)),
    (log(x**2), 2 * log(Abs(x))),
    (log(p**a), a * log(p)),
    (sqrt(x**2), Abs(x)),
    (sqrt(p * z), sqrt(p) * sqrt(z)),
    ((x * y) ** K, x**K * y**K),
    (((-1) ** K) ** 2, 1),
    ((-1) ** (2 * K), 1),
    (exp(2 * log(z)), z**2),
    (Abs(x * z), Abs(x) * Abs(z)),
    (Abs(exp(I * x)), 1),
    (sin(x) ** 2 + cos(x) ** 2, 1),
    (sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
    (cos(asin(x)), sqrt(1 - x**2)),
    (sin(atan(x)), x / sqrt(1 + x**2)),
    (tanh(x), 2 * sigmoid(2 * x) - 1),
    (gamma(x + 2), (x + 1) * x * gamma(x)),
    (binomial(x, 3), x * (x - 1) * (x - 2) / 6),
    (Max(x, y) + Min(x, y), x + y),
    (Max(x, y) * Min(x, y), x * y),
    (piecewise((x, x > 0), (-x, True)), Abs(x)),
    (diff(Abs(x), x), sign(x)),
    (diff(relu(x), x), heaviside(x)),
    (sign(x) * Abs(x), x),
    (softplus(x) - softplus(-x), x),
    (diff(F(y), x), y),
    (diff(piecewise((x**2, x >= 0), (-(x**2), True)), x), 2 * Abs(x)),
    ((x + I) * (x - I), x**2 + 1),
    (sqrt(p) ** 3, p ** Rational(3, 2)),
    (x**a, y**a, Eq(x, y)),
    (x**N * x, 1, Eq(x ** (N + 1), 1)),
    (sqrt(q ** (2 * N)), q**N),
    (diff(x**n, x), n * x ** (n - 1)),
)

FALSE_CLAIMS = (
    (sqrt(x**2), x),
    (sqrt(x * y), sqrt(x) * sqrt(y)),
    (sqrt(1 / x), 1 / sqrt(x)),
    (sqrt(x / y), sqrt(x) / sqrt(y)),
    (sqrt(z**2), z),
    (sqrt(x - 1) * sqrt(x + 1), sqrt(x**2 - 1)),
    ((x**a) ** b, x ** (a * b)),
    ((x**2) ** y, x ** (2 * y)),
    ((x * y) ** a, x**a * y**a),
    ((x**3) ** Rational(1, 3), x),
    ((-x) ** Rational(1, 3), -(x ** Rational(1, 3))),
    ((x**2) ** (K / 2), x**K),
    (exp(z) ** w, exp(z * w)),
    (exp(z) ** a, exp(a * z)),
    (log(exp(z)), z),
    (log(x * y), log(x) + log(y)),
    (log(x**2), 2 * log(x)),
    (log(1 / z), -log(z)),
    (log(x**y), y * log(x)),
    (log(x**y), y * log(x), x**y > 0),
    (log(-x), log(x) + I * pi),
    (asin(sin(x)), x),
    (acos(cos(x)), x),
    (atan(tan(x)), x),
    (acosh(cosh(x)), x),
    (atan(x) + atan(y), atan((x + y) / (1 - x * y))),
    (atan(x) + atan(1 / x), pi / 2),
    (cos(2 * acos(x)), 1 - 2 * x**2),
    (Abs(z) ** 2, z**2),
    (Abs(x + y), Abs(x) + Abs(y)),
    (Abs(f(z)) ** 2, f(z) ** 2),
    (sign(x + y), sign(x) * sign(y)),
    (sign(x) ** 2, 1),
    (heaviside(x) ** 2, heaviside(x)),
    ((-1) ** K, 1),
    ((-1) ** (2 * K + 1), 1),
    (gamma(x + 1), gamma(x)),
    (factorial(2 * N), 2 * factorial(N)),
    (binomial(N, M) * factorial(M), gamma(N + 1)),
    (Max(x, y), x + y),
    (piecewise((x, x > 0), (0, True)), x),
    (piecewise((1, x > 0), (-1, True)), sign(x)),
    (piecewise((1, Or(1 / x > 0, Eq(x, 0))), (2, True)), piecewise((1, x > 0), (2, True))),
    (diff(Abs(x), x), 1),
    (diff(relu(x), x), 1),
    (diff(piecewise((x**2, x >= 0), (-(x**2), True)), x), 2 * x),
    (diff(F(y), x), 0),
    (diff(F(x), x), x),
    (diff(x**0, x), piecewise((0, Ne(x, 0)), (7, True))),
    (Sum(heaviside(0), (k, 0, n - 1)), Sum(heaviside(-1), (k, 0, n - 1))),
    (piecewise((0, y < 1), (binomial(-2, x), True)), 0),
    (q**a, 0, Eq(q ** (a - b), 0)),
    (piecewise((1, q ** (a - b) > 0), (2, True)), piecewise((1, q**a > 0), (2, True))),
    (piecewise((1, q ** (N - M) > 0), (2, True)), piecewise((1, q**N > 0), (2, True))),
    (Nonzero.symbol("h"), 2, Eq(binomial(0, Nonzero.symbol("h")), 0)),
    (conj(z), z),
    (re(z) + im(z), z),
    (Abs(integral(sqrt(t + x), (t, -1, 1))) ** 2, integral(sqrt(t + x), (t, -1, 1)) ** 2),
    (floor(2 * x), 2 * floor(x)),
    (exp(x), (1 + x / K) ** K),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)
