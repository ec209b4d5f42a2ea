"""Integrals: antiderivatives and their conditions, kinks, improper integrals, and those without a closed form."""

from __future__ import annotations

import sys
import threading

import pytest

from calcds.decide.antiderivatives import within
from calcds.expr.term import Term
from calcds.notation import *
from tests.strategies import proofs

x, y, a, b, c, t = (Real.symbol(s) for s in "xyabct")
p, q, s = (Positive.symbol(v) for v in "pqs")
n, k = Dim("n"), Integer.symbol("k")
f = Function.symbol("f")
half = Rational(1, 2)


def J(body: Term, low: object, high: object, variable: Term = t) -> Term:
    """The integral over t."""
    return integral(body, variable, low, high)


TRUE_CLAIMS = (
    # antiderivatives with parameters, and where they need a case
    (J(cos(a * t), 0, x), sin(a * x) / a),
    (J(a * exp(a * t), 0, 1), exp(a) - 1),
    (J(p**t, 0, 1), (p - 1) / log(p)),
    (J(1 / (1 + t**2), 0, x), atan(x)),
    (J(tan(t), 0, x), -log(cos(x)), x > -1, x < 1),
    (J(asin(t), 0, x), x * asin(x) + sqrt(1 - x**2) - 1, x > -1, x < 1),
    (J(1 / (t * log(t)), E, p), log(log(p)), p > E),
    (J(log(t), 0, 1), -1),
    (J(1 / sqrt(t), 0, p), 2 * sqrt(p)),
    (J(sin(n * t) ** 2, 0, pi), pi / 2),
    (J(cos(t) * cos(4 * t), 0, pi), 0),
    (J(t * exp(-(t**2)), 0, x), (1 - exp(-(x**2))) / 2),
    (J(t**2 * log(t), 0, 1), -Rational(1, 9)),
    (J(1 / (t * (t + 1)), 1, oo), log(2)),
    (J(1 / (t**2 + t + 1), 0, 1), pi / (3 * sqrt(3))),
    (J(1 / cosh(t), -oo, oo), pi),
    # improper
    (J(exp(-t) * cos(2 * t), 0, oo), Rational(1, 5)),
    (J(exp(-p * t) * sin(q * t), 0, oo), q / (p**2 + q**2)),
    (J(sin(t) / t, 0, oo), pi / 2),
    (J(sin(p * t) / t, 0, oo), pi / 2),
    (J(t ** (p - 1) * exp(-q * t), 0, oo), gamma(p) / q**p),
    (J(t**2 * (1 - t) ** 3, 0, 1), Rational(1, 60)),
    (J(exp(-((t - x) ** 2) / (2 * s**2)), -oo, oo), s * sqrt(2 * pi)),
    (J(t * exp(-((t - x) ** 2) / 2) / sqrt(2 * pi), -oo, oo), x),
    (J(exp(-p * t**2) * cos(x * t), 0, oo), sqrt(pi / p) / 2 * exp(-(x**2) / (4 * p))),
    (J(1 / t, 1, oo), oo),
    (J(-1 / t, 0, 1), -oo),
    # kinks
    (J(Abs(t), -1, 2), Rational(5, 2)),
    (J(Abs(t), 0, x), x * Abs(x) / 2),
    (J(Abs(t - a), 0, 1), a**2 - a + half, a > 0, a < 1),
    (J(heaviside(t), -1, x), Max(x, 0), x > -1),
    (J(sign(t), a, b), Abs(b) - Abs(a)),
    (J(Abs(sin(t)), 0, 2 * pi), 4),
    (J(piecewise((t, t > 0), (t**2, True)), -1, 1), Rational(5, 6)),
    (J(exp(-Abs(t) / p), -oo, oo), 2 * p),
    # no closed form, or an unknown function
    (J(cos(t**2), a, b) + J(cos(t**2), b, a), 0),
    (J(f(t), a, b) + J(f(t), b, c), J(f(t), a, c)),
    (J(f(t) + y * t, a, b), J(f(t), a, b) + y * (b**2 - a**2) / 2),
    (J(f(-t), -a, 0), J(f(t), 0, a)),
    (J(sin(t**3), -x, x), 0),
    (J(cos(t**2), -x, x), 2 * J(cos(t**2), 0, x)),
)

FALSE_CLAIMS = (
    # a pole inside the interval, divergence, principal values
    (J(1 / t, -1, 1), 0),
    (J(1 / t**2, -1, 1), -2),
    (J(1 / t**3, -1, 1), 0),
    (J(1 / (t - 1), 0, 3), log(2)),
    (J(1 / (t**2 - 1), 0, 2), -log(3) / 2),
    (J(1 / t**2, -1, x), -1 / x - 1, x > -2),
    (J(1 / (t * log(t)), half, 2), 0),
    (J(t, -oo, oo), 0),
    (J(t / (1 + t**2), -oo, oo), 0),
    (J(t + exp(-(t**2)), -oo, oo), sqrt(pi)),
    (J(sin(t), 0, oo), 1),
    (J(exp(t) * cos(2 * t), 0, oo), -Rational(1, 5)),
    (J(1 / t**2, 1, oo), oo),
    (J(1 / t, 1, oo), -oo),
    (J(sign(t) / t**2, -1, 1), -oo),
    (J(J(-1 / x, 1, oo, x), 1, 0), -oo),
    (J(1 / (t * (t + 1)), 0, 1), log(2)),
    (J(1 / (t**2 + t - 1), 0, 1), 0),
    (J(t**2 * log(t), 0, 1), Rational(1, 9)),
    (J(log(t) / t, 0, 1), 0),
    (J(1 / sinh(t), -oo, oo), 0),
    # wrong branch of an antiderivative
    (J(1 / (2 + cos(t)), 0, 2 * pi), 0),
    (J(1 / (2 + cos(t)), 0, x), 2 / sqrt(3) * atan(tan(x / 2) / sqrt(3))),
    (J(tan(t), 0, x), -log(cos(x))),
    # parameters of unknown sign
    (J(exp(-a * t), 0, oo), 1 / a),
    (J(exp(-a * t**2), -oo, oo), sqrt(pi / a)),
    (J(sin(a * t) / t, 0, oo), pi / 2),
    (J(t**a, 0, 1), 1 / (a + 1)),
    (J(sin(k * t) ** 2, 0, pi), pi / 2),
    (J(cos(k * t), 0, 2 * pi), 0),
    # wrong constants, signs, symmetry
    (J(cos(a * t), 0, x), sin(a * x)),
    (J(exp(-t) * cos(a * t), 0, oo), 1 / (1 + a)),
    (J(t ** (p - 1) * exp(-2 * t), 0, oo), gamma(p)),
    (J(Abs(t), 0, x), x**2 / 2),
    (J(sign(t), a, b), b - a),
    (J(Max(t, a), 0, 1), a),
    (J(1 / (1 + t) - 2 / (1 + 2 * t), 0, oo), 0),
    (J(exp(-(t**2)), a, b), J(exp(-(t**2)), b, a)),
    (J(f(t), -a, a), 0),
    (J(f(-t), -a, 0), -J(f(t), 0, a)),
    (J(sin(t**3), -x, x), 2 * J(sin(t**3), 0, x)),
    (J(cos(t**2), -x, x), 0),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)


def test_work_in_sympy_stops_at_its_budget_in_any_thread() -> None:
    from sympy import Symbol, expand

    u = Symbol("u")
    found: list[object] = []

    def long() -> object:
        for _ in range(10**6):
            expand((u + len(found)) ** 5)
        return "done"

    thread = threading.Thread(target=lambda: found.append(within(20_000, long)))
    thread.start()
    thread.join()
    assert found == [None]
    assert sys.getprofile() is None
    assert within(10**6, lambda: str(expand((u + 1) ** 2))) == "u**2 + 2*u + 1"
