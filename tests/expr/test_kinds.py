"""Kinds: hypotheses that know their shape, their facts and their name."""

from __future__ import annotations

from typing import Any

import pytest

from calcds.errors import Malformed, ShapeError
from calcds.expr.kinds import IMPLIES, FunctionSymbol, Kind, closure
from calcds.notation import *

m, n = Dim("m"), Dim("n")

SAID = [
    (Real, "Real", (1, 1)), (Vector[n], "Vector[n]", (n, 1)), (RowVector[n], "RowVector[n]", (1, n)),
    (Matrix[m, n], "Matrix[m, n]", (m, n)), (Symmetric[n], "Symmetric[n]", (n, n)), (FullRank[m, n], "FullRank[m, n]", (m, n)),
    (Vector[n, Positive], "Vector[n, Positive]", (n, 1)), (Vector(3), "Vector[3]", (3, 1)),
    (Matrix[n + 1, 2*n], "Matrix[n + 1, 2*n]", (n + 1, 2*n)),
    (Interval(0, 1), "Interval(0, 1)", (1, 1)), (Index[n], "Index[n]", (1, 1)), (OneHot[3], "OneHot[3]", (3, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "shape"), SAID, ids=[row[1] for row in SAID])
def test_a_kind_says_itself_and_knows_its_shape(kind: Kind, text: str, shape: Any) -> None:
    assert str(kind) == text
    assert kind.symbol("v").shape == shape


FACTS = [
    (Positive, "nonnegative", True), (Positive, "nonzero", True), (Nonnegative, "nonzero", False), (Odd, "nonzero", True),
    (Complex, "real", False), (PositiveDefinite[n], "symmetric", True), (PositiveDefinite[n], "invertible", True),
    (PositiveSemidefinite[n], "invertible", False), (Orthogonal[n], "invertible", True), (Orthogonal[n], "symmetric", False),
    (Diagonal[n], "symmetric", True), (FullRank[m, n], "square", False), (Probability[n], "sums to one", True),
    (OneHot[n], "integer", True), (Interval(0, 1), "positive", True), (Interval(-1, 1), "positive", False),
    (Vector[n, Positive], "positive", True), (Natural, "positive", False), (OneOrMinusOne, "odd", True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fact", "holds"), FACTS, ids=[f"{k} {f}" for k, f, _ in FACTS])
def test_facts_follow(kind: Kind, fact: str, holds: bool) -> None:
    assert kind.has(fact) is holds


def test_every_fact_implies_known_facts() -> None:
    assert all(consequence in IMPLIES for consequences in IMPLIES.values() for consequence in consequences)
    assert closure(closure(frozenset({"odd"}))) == closure(frozenset({"odd"}))


WRONG = [
    (lambda: Vector[n, m], "1 size"), (lambda: Matrix[n], "2 size"), (lambda: Vector.symbol("x"), "needs its sizes"),
    (lambda: Interval(1, 0), "empty"), (lambda: Interval(1, 1), "empty"), (lambda: Function[n, m, 2], "Function"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "says"), WRONG, ids=[row[1] for row in WRONG])
def test_a_kind_that_makes_no_sense(build: Any, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        build()


def test_functions_know_their_arguments_and_values() -> None:
    u, x = Real.symbol("u"), Vector[n].symbol("x")
    f, g, h = Function.symbol("f"), Function(2).symbol("g"), Function[n, m].symbol("h")
    assert (f(u).shape, f(x).shape, g(u, u).shape, h(x).shape) == ((1, 1), (n, 1), (1, 1), (m, 1))
    assert str(f.prime()(u)) == "f'(u)"
    assert str(g.prime(1)(u, u)) == "D[0,1]g(u, u)"
    assert f.prime(times=2) == f.prime().prime()


WRONG_CALLS = [
    (lambda f, g, h, x: f(x, x), Malformed), (lambda f, g, h, x: g(x), Malformed), (lambda f, g, h, x: h(x.T), ShapeError),
    (lambda f, g, h, x: g(x, x.T), ShapeError),
]  # fmt: skip


@pytest.mark.parametrize(("call", "error"), WRONG_CALLS)
def test_functions_refuse_wrong_arguments(call: Any, error: type[Exception]) -> None:
    f, g, h = Function.symbol("f"), Function(2).symbol("g"), Function[n, m].symbol("h")
    with pytest.raises(error):
        call(f, g, h, Vector[n].symbol("x"))


def test_functions_with_equal_description_are_equal() -> None:
    assert FunctionSymbol("f") == Function.symbol("f")
    assert FunctionSymbol("f") != FunctionSymbol("f", 2)
