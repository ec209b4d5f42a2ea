"""Inequalities: right ones proved, wrong ones and merely unsettled ones silent."""

from __future__ import annotations

import pytest

from calcds.decide.inequality import prove_inequality
from calcds.decide.prover import Proof, Silence, prove_condition, prove_same_truth
from calcds.expr.term import TRUE, Term
from calcds.notation import *

x, y, t = map(Real.symbol, "xyt")
p, q = map(Positive.symbol, "pq")
k = PositiveInteger.symbol("k")

HOLDS = [
    (exp(x) >= x + 1, ()),
    (log(p) <= p - 1, ()),
    (p / (p + 1) < log(p + 1), ()),
    (cos(x) >= 1 - x**2 / 2, ()),
    (p + q >= 2 * sqrt(p * q), ()),
    (p * log(p / q) >= p - q, ()),
    (abs(x + y) <= abs(x) + abs(y), ()),
    (tanh(x) < 1, ()),
    (x**2 + y**2 >= 2 * x * y, ()),
    (x > 0, (x > 1,)),
    (sin(x) <= x, (x >= 0,)),
]
FAILS = [
    (exp(x) > x + 1, ()),
    (log(p) < p - 1, ()),
    (p / (p + 1) < log(p), ()),
    (cos(x) >= 1 - x**2 / 3, ()),
    (p + q > 2 * sqrt(p * q), ()),
    (p * log(p / q) > p - q, ()),
    (abs(x + y) >= abs(x) + abs(y), ()),
    (tanh(x) < Rational(1, 2), ()),
    (x**2 + y**2 > 2 * x * y, ()),
    (x > 0, (x >= 0,)),
    (sin(x) <= x, ()),
    (x >= 1, (x > y,)),
    (x * (x - 1) >= 0, (x >= 0,)),
    (x**3 >= 0, ()),
]


def settled(condition: Term, given: tuple[Term, ...]) -> bool:
    answers = (prove_condition(condition, given), prove_inequality(condition, TRUE, given))
    return any(isinstance(a, Proof) for a in answers)


@pytest.mark.parametrize(("condition", "given"), HOLDS, ids=str)
def test_an_inequality_that_holds_is_proved(condition: Term, given: tuple[Term, ...]) -> None:
    assert settled(condition, given)


@pytest.mark.parametrize(("condition", "given"), FAILS, ids=str)
def test_an_inequality_that_fails_is_not(condition: Term, given: tuple[Term, ...]) -> None:
    assert not settled(condition, given)


def test_equations_and_whole_numbers_are_left_alone() -> None:
    assert isinstance(prove_inequality(Eq(x, x), TRUE), Silence)
    assert isinstance(prove_inequality(2**k > k, TRUE), Silence)


SAME = [
    (x**2 < 4, And(x > -2, x < 2)),
    (Eq((x - 1) * (x + 2), 0), Or(Eq(x, 1), Eq(x, -2))),
    (x * y > 0, Or(And(x > 0, y > 0), And(x < 0, y < 0))),
    (Eq(x**2 + y**2, 0), And(Eq(x, 0), Eq(y, 0))),
    (abs(x) < 1, And(x > -1, x < 1)),
]
OTHER = [
    (x**2 < 4, x < 2),
    (Eq((x - 1) * (x + 2), 0), Eq(x, 1)),
    (x * y > 0, And(x > 0, y > 0)),
    (Eq(x**2 - y**2, 0), Eq(x, y)),
    (abs(x) < 1, x < 1),
]


@pytest.mark.parametrize(("first", "second"), SAME, ids=str)
def test_conditions_true_at_the_same_points(first: Term, second: Term) -> None:
    assert isinstance(prove_same_truth(first, second), Proof)


@pytest.mark.parametrize(("first", "second"), OTHER, ids=str)
def test_conditions_true_at_different_points(first: Term, second: Term) -> None:
    assert isinstance(prove_same_truth(first, second), Silence)
