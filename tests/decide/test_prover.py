"""Proving: case distinctions, ranges of free indices, induction, hypotheses."""

from __future__ import annotations

import pytest

from calcds.decide.prover import Proof, prove_condition
from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

c, label = Nonzero.symbol("c"), OneOrMinusOne.symbol("label")
v = Vector[n].symbol("v")
D = Probability[n].symbol("D")
W = PositiveDefinite[n].symbol("W")
A2 = Matrix[2, 2].symbol("A2")

hidden = Real.symbol("hidden")


def chained(slope: Term | int) -> Term:
    """The derivative of a hinge loss by the value of a hidden unit, times the slope of that unit."""
    loss = Max(0, -(tanh(hidden * y) * a + b) * label)
    return slope * at(diff(loss, hidden), hidden, tanh(x))


TRUE_CLAIMS = (
    (Sum(k * factorial(k), (k, 0, N)), factorial(N + 1) - 1),
    (x**2, y**2, Eq(x, -y)),
    (Abs(x - y), y - x, y >= x),
    (A2 * A2 - trace(A2) * A2 + det(A2) * eye(2), zeros(2, 2)),
    (A2.I * A2, eye(2)),
    (piecewise((v[ii], ii < n), (5, True)), v[ii]),
    (delta(i, j) * v[i], delta(i, j) * v[j]),
    (Sum(1 / (k * (k + 1)), (k, 1, n)), n / (n + 1)),
    (Max(x, y), (x + y + Abs(x - y)) / 2),
    (sqrt(x**2 + 2 * x * y + y**2), Abs(x + y)),
    # a kink whose place may stand still: with x = 0 the case is the same all around
    (diff(Max(0, -(y + x * a)), a), -x * indicator(-(y + x * a) > 0)),
    (diff(Max(0, x * y), y), x * indicator(x * y > 0)),
    (diff(Max(0, x * y) + y, y), 1, Eq(x, 0)),
    (diff(piecewise((x, x > 0), (0, x < 0)), x), piecewise((1, x > 0), (0, x < 0))),
    (diff(piecewise((x**2, x > 0), (0, True)), x), piecewise((2 * x, x > 0), (0, True))),
    # a chain rule through a kink: whether the slope is 0 there is all that has to be told apart
    (diff(Max(0, -(tanh(tanh(x) * y) * a + b) * label), x), chained(1 - tanh(x) ** 2)),
    # labels are known as soon as their sign is
    (Max(0, -c * label), indicator(-c * label > 0) * Abs(c)),
    (indicator(-c * label > 0), indicator(Ne(sign(c), label))),
)

FALSE_CLAIMS = (
    (Sum(k * delta(k, ii), (k, n)), 0),
    (Sum(v[k] * delta(k, ii), (k, n)), v[0]),
    (Sum(k * factorial(k), (k, 0, N)), factorial(N + 1) - 1 + M, Eq(N, M)),
    (Sum(k * factorial(k), (k, 0, N)), factorial(N + 1) - 1 + (1 + Abs(N - 2) / (N - 2)) / 2),
    (Sum(k * factorial(k), (k, 0, N)), factorial(N + 1)),
    (piecewise((v[k], k < n), (5, True)), piecewise((v[k], k < n), (7, True))),
    (Sum(v[k], (k, n)) + piecewise((0, k < n), (1, True)), Sum(v[k], (k, n))),
    (x**2, y**2, Eq(x, -y + 1)),
    (A2 * A2 - trace(A2) * A2 - det(A2) * eye(2), zeros(2, 2)),
    (delta(i, j) * v[i], v[i]),
    (Abs(x - y), y - x, y >= x - 1),
    (A2.I * A2, zeros(2, 2)),
    (diff(Max(0, -(y + x * a)), a), x * indicator(-(y + x * a) > 0)),
    (diff(Max(0, x * y), y), indicator(x * y > 0)),
    (diff(Max(0, x * y) + y, y), 0, Eq(x, 0)),
    (diff(Abs(x * y + a), y), x),
    (diff(Max(0, -(tanh(tanh(x) * y) * a + b) * label), x), chained(1 + tanh(x) ** 2)),
    (diff(Max(0, -(tanh(tanh(x) * y) * a + b) * label), x), chained(1)),
    (diff(piecewise((x, x > 0), (0, x < 0)), x), piecewise((1, x > 0), (1, x < 0))),
    (diff(piecewise((x**2, x > 0), (x, True)), x), piecewise((2 * x, x > 0), (0, True))),
    (diff(piecewise((x, x > 0), (x, x < 0)), x), piecewise((1, x > 0), (0, True))),
    (Max(0, -c * label), Abs(c)),
    (Max(0, -x * label), indicator(Ne(sign(x), label))),
    (label, 1),
    (Abs(x - label), Abs(x) - 1),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)


TRUE_CONDITIONS = (
    (x**2 >= 0,),
    (x**2 + y**2 >= 2 * x * y,),
    (Abs(z) >= 0,),
    (x >= y, x >= a, a >= y),
    (n >= 1,),
    (exp(x) > 0,),
    (Sum(v[k] ** 2, (k, n)) >= 0,),
    (Sum(exp(v[k]), (k, n)) > 0,),
    (W[i, i] > 0,),
    (D[i] <= 1,),
    (gamma(p) > 0,),
    (x**2 + x + 1 > 0,),
    (Ne(x - y, 0), Ne(x, y)),
)
FALSE_CONDITIONS = (
    (x**2 > 0,),
    (x * y <= x**2,),
    (z * z >= 0,),
    (Abs(z) > 0,),
    (x >= y, x >= 0, y >= 0),
    (Ne(x, 0), x >= 0),
    (n > 1,),
    (exp(x) > 1,),
    (exp(I * x) > 0,),
    (Sum(v[k], (k, n)) >= 0,),
    (Sum(exp(v[k]), (k, N)) > 0,),
    (log(p) > 0,),
    (sqrt(q) > 0,),
    (W[i, j] > 0,),
    (Eq(x**2, y**2), Eq(Abs(x), y + 1)),
    (D[i] > 0,),
    (binomial(x, y) >= 0,),
    (gamma(x) > 0,),
    (floor(x) >= x,),
    (Eq(floor(z), z),),
    (x**2 + 3 * x + 2 > 0,),
    (Ne(x**2 - y**2, 0), Ne(x, y)),
)


@pytest.mark.parametrize("claim", TRUE_CONDITIONS, ids=str)
def test_true_conditions_are_proved(claim: tuple[Term, ...]) -> None:
    assert isinstance(prove_condition(claim[0], claim[1:]), Proof)


@pytest.mark.parametrize("claim", FALSE_CONDITIONS, ids=str)
def test_no_false_condition_is_proved(claim: tuple[Term, ...]) -> None:
    assert not isinstance(prove_condition(claim[0], claim[1:]), Proof)


def test_a_matrix_with_an_undefined_entry_is_no_proof() -> None:
    whole = matrix([1 / (x - x), 1])
    assert not proofs(whole, matrix([2, 1]))
