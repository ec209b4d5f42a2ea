"""Values put in for names that a derivative is taken by: it is taken at the value."""

from __future__ import annotations

import pytest

from calcds.decide import engine
from calcds.decide.verdict import Outcome
from calcds.document.words.putting_in import put_in
from calcds.expr import operators as op
from calcds.expr.kinds import FunctionSymbol, Index, Matrix, Real, Vector
from calcds.expr.term import Term, entry

W, X, U = Matrix[2, 2].symbol("W"), Vector[2].symbol("x"), Vector[2].symbol("u")
J = Index[2].symbol("j")
E, F = FunctionSymbol("E", 1, ((2, 1),)), FunctionSymbol("F", 1, ((2, 1),), (2, 1))
Z = Real.symbol("z")


def outcome(left: Term, right: Term) -> Outcome:
    return engine.decide_terms(left, right, (), 5.0).outcome


@pytest.mark.parametrize("value", [W * X, F(X)], ids=["a formula", "a function without one"])
def test_by_an_entry(value: Term) -> None:
    slope, chain = put_in(op.diff(E(U), entry(U, J, 0)), {U: value}), op.diff(E(value), entry(X, J, 0))
    total = op.jacobian(value, X).T * put_in(op.grad(E(U), U), {U: value})
    assert outcome(entry(total, J, 0), chain) is Outcome.PROVED
    assert outcome(slope, entry(put_in(op.grad(E(U), U), {U: value}), J, 0)) is Outcome.PROVED
    assert outcome(slope, chain) is not Outcome.PROVED


def test_by_a_number() -> None:
    assert outcome(put_in(op.diff(Z**2, Z), {Z: Z + 3}), 2 * (Z + 3)) is Outcome.PROVED
    assert outcome(put_in(op.diff(Z**2, Z), {Z: Z + 3}), 2 * Z) is Outcome.REFUTED
