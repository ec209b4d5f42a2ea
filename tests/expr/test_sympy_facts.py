"""Hypotheses given as SymPy assumptions: facts of symbols, conditions on expressions, refusals."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from calcds.errors import CalcdsError, Malformed, NoRule
from calcds.expr.bridge import bridge_question, facts_from
from calcds.expr.sympy_facts import read_given
from calcds.notation import Real

Q = sp.Q
n = sp.Symbol("n")
A, X, x = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("X", sp.Symbol("m"), n), sp.MatrixSymbol("x", n, 1)
t, s = sp.symbols("t s")

KINDS = [
    (A, Q.symmetric(A), "Symmetric[n]"),
    (A, Q.positive_definite(A), "PositiveDefinite[n]"),
    (A, [Q.symmetric(A), Q.positive_definite(A)], "PositiveDefinite[n]"),
    (A, Q.invertible(A), "Invertible[n]"),
    (A, Q.fullrank(A), "Invertible[n]"),
    (A, Q.orthogonal(A), "Orthogonal[n]"),
    (A, Q.diagonal(A), "Diagonal[n]"),
    (A, Q.upper_triangular(A), "UpperTriangular[n]"),
    (X, Q.fullrank(X), "FullRank[m, n]"),
    (A, Q.real_elements(A), "Matrix[n, n]"),
    (A, Q.symmetric(A) & Q.invertible(A), "InvertibleSymmetric[n]"),
    (t, Q.positive(t), "Positive"),
    (t, t > 0, "Positive"),
    (t, sp.Lt(0, t, evaluate=False), "Positive"),
    (t, t >= 0, "Nonnegative"),
    (t, sp.Ne(t, 0), "Nonzero"),
    (t, Q.integer(t) & Q.positive(t), "PositiveInteger"),
    (t, Q.gt(t, 0), "Positive"),
    (t, Q.complex(t), "Complex"),
    (t, [], "Real"),
    (t, [Q.finite(t), Q.positive(s)], "Real"),
]


@pytest.mark.parametrize(("symbol", "given", "kind"), KINDS, ids=[f"{row[1]}" for row in KINDS])
def test_a_fact_of_a_symbol_is_its_kind(symbol: Any, given: Any, kind: str) -> None:
    term, _, conditions = bridge_question(symbol, symbol, given)
    assert str(term.data[1]) == kind
    assert conditions == ()


CONDITIONS = [
    (Q.positive(t - s), "t - s > 0"),
    (t > s, "t > s"),
    (t >= 1, "t >= 1"),
    (Q.nonzero(t*s), "s*t != 0"),
    (Q.zero(t), "t == 0"),
    (Q.symmetric(A*A), "A**2 == (A**2).T"),
    (Q.invertible(X.T*X), "det(X.T*X) != 0"),
    (Q.fullrank(X*A), "det((X*A).T*X*A) != 0"),
    (Q.orthogonal(A.T), "A.T.T*A.T == eye(n)"),
    (Q.positive_definite(A + A.T), "is_positive_definite(A + A.T)"),
    (Q.singular(A), "det(A) == 0"),
    ((t > 1) | (t < s), "Or(t > 1, t < s)"),
    (Real.symbol("t") > 3, "t > 3"),
]


@pytest.mark.parametrize(("given", "says"), CONDITIONS, ids=[row[1] for row in CONDITIONS])
def test_what_is_said_of_an_expression_is_a_condition(given: Any, says: str) -> None:
    _, _, conditions = bridge_question(t, t, given)
    assert [str(c) for c in conditions] == [says]


REFUSED = [
    (Q.prime(t), NoRule, "Q.prime"),
    (Q.irrational(t), NoRule, "Q.irrational"),
    (Q.triangular(A), NoRule, "Q.triangular"),
    (Q.complex_elements(A), NoRule, "Q.complex_elements"),
    (Q.integer(t*s), NoRule, "Q.integer"),
    (Q.upper_triangular(A*A), NoRule, "Q.upper_triangular"),
    (Q.symmetric(X), CalcdsError, "square"),
    (t, Malformed, "not a condition"),
    ("t > 0", Malformed, "not a condition"),
    (Real.symbol("t"), Malformed, "not a condition"),
    (3, Malformed, "not a condition"),
]


@pytest.mark.parametrize(("given", "error", "says"), REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_what_cannot_be_used_is_refused(given: Any, error: type[CalcdsError], says: str) -> None:
    with pytest.raises(error, match=says):
        bridge_question(A*x, X, given)


def test_facts_alone() -> None:
    assert facts_from([Q.symmetric(A), t > 0, t > s]) == {A: {"symmetric"}, t: {"positive"}}


def test_what_is_always_true_says_nothing() -> None:
    assert read_given([True, sp.true, Q.finite(t)]) == ({}, [])


def test_what_is_false_stays_a_condition() -> None:
    assert len(read_given([False])[1]) == 1
