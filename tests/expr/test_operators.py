"""The words of the blackboard: shapes they give, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from calcds.errors import CalcdsError, Malformed, ShapeError
from calcds.expr.term import Term
from calcds.notation import *

m, n, k = map(Dim, "mnk")
x, y, z = Vector[n].symbol("x"), Vector[n].symbol("y"), Vector[m].symbol("z")
A, X = Matrix[n, n].symbol("A"), Matrix[m, n].symbol("X")
t, u = Real.symbol("t"), Real.symbol("u")
i, j = Index("i"), Index("j")

BUILT = [
    (hadamard(x, y), "hadamard(x, y)", "(n, 1)"), (hadamard(x, hadamard(x, y)), "hadamard(x, x, y)", "(n, 1)"),
    (entry_divide(x, y), "hadamard(x, entry_power(y, -1))", "(n, 1)"), (diag(x), "diag(x)", "(n, n)"),
    (diagonal(A), "diagonal(A)", "(n, 1)"), (trace(A), "trace(A)", "(1, 1)"), (det(A), "det(A)", "(1, 1)"),
    (total(X), "total(X)", "(1, 1)"), (mean(x), "total(x)/n", "(1, 1)"), (norm(x, 1), "norm(x, 1)", "(1, 1)"),
    (norm(x, "oo"), "norm(x, 'oo')", "(1, 1)"), (eye(n), "eye(n)", "(n, n)"), (zeros(m, n), "zeros(m, n)", "(m, n)"),
    (ones(n), "ones(n)", "(n, 1)"), (unit(n, 0), "unit(n, 0)", "(n, 1)"), (column(t, 1), "matrix([t], [1])", "(2, 1)"),
    (matrix([A, x], [x.T, t]), "matrix([A, x], [x.T, t])", "(n + 1, n + 1)"),
    (by_entries((m, n), lambda i, j: X[i, j]), "by_entries((m, n), lambda i, j: X[i, j])", "(m, n)"),
    (by_entries(n, lambda i: x[i]), "by_entries(n, lambda i: x[i])", "(n, 1)"), (kron(A, x), "kron(A, x)", "(n**2, n)"),
    (vec(X), "vec(X)", "(m*n, 1)"), (softmax(x), "softmax(x)", "(n, 1)"), (logsumexp(x), "log(total(exp(x)))", "(1, 1)"),
    (Sum(x[i], (i, n)), "Sum(x[i], (i, 0, n - 1))", "(1, 1)"), (Sum(i*A, (i, 1, m)), "Sum(i*A, (i, 1, m))", "(n, n)"),
    (Sum(A[i, j], (i, n), (j, n)), "Sum(Sum(A[i, j], (i, 0, n - 1)), (j, 0, n - 1))", "(1, 1)"),
    (Product(i, (i, 1, n)), "Product(i, (i, 1, n))", "(1, 1)"), (delta(i, j), "delta(i, j)", "(1, 1)"),
    (piecewise((t, t > 0), (0, True)), "piecewise((t, t > 0), (0, True))", "(1, 1)"),
    (indicator(t > 0), "piecewise((1, t > 0), (0, True))", "(1, 1)"), (diff(t**2, t), "diff(t**2, t)", "(1, 1)"),
    (diff(diff(t*u, t), u), "diff(t*u, t, u)", "(1, 1)"), (diff(t**3, (t, 2)), "diff(t**3, t, t)", "(1, 1)"),
    (diff(t*x, t), "diff(t*x, t)", "(n, 1)"), (grad(x.T*x, x), "grad(x.T*x, x)", "(n, 1)"),
    (grad(total(X), X), "grad(total(X), X)", "(m, n)"),
    (jacobian(X*x, x), "jacobian(X*x, x)", "(m, n)"), (hessian(x.T*x, x), "hessian(x.T*x, x)", "(n, n)"),
    (pullback(z, X*x, x), "pullback(z, X*x, x)", "(n, 1)"), (at(x.T*x, x, y), "at(x.T*x, x, y)", "(1, 1)"),
    (integral(t, (t, 0, 1)), "integral(t, (t, 0, 1))", "(1, 1)"), (integral(t, t), "integral(t, t)", "(1, 1)"),
    (limit(t, t, 0, "+"), "limit(t, t, 0, '+')", "(1, 1)"), (Max(t, u, 0), "max(t, u, 0)", "(1, 1)"),
    (Max(x, 0), "max(x, 0)", "(n, 1)"), (sqrt(x), "entry_power(x, 1/2)", "(n, 1)"), (Eq(A*x, y), "A*x == y", "(1, 1)"),
    (is_symmetric(A), "A == A.T", "(1, 1)"), (is_eigenvector(A, x, t), "A*x == t*x", "(1, 1)"),
    (is_stationary(x.T*x, x, zeros(n)), "at(grad(x.T*x, x), x, zeros(n)) == zeros(n)", "(1, 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "shape"), BUILT, ids=[row[1] for row in BUILT])
def test_a_word_builds_its_term(term: Term, text: str, shape: str) -> None:
    assert (str(term), str(term.shape)) == (text, shape)


REFUSED: list[tuple[str, Any, type[CalcdsError], str]] = [
    ("hadamard", lambda: hadamard(x, z), ShapeError, "equal shapes"),
    ("entry_power", lambda: entry_power(x, y), ShapeError, "scalar"),
    ("diag of a matrix", lambda: diag(A), ShapeError, "column"),
    ("diagonal of a rectangle", lambda: diagonal(X), ShapeError, "square"),
    ("trace of a rectangle", lambda: trace(X), ShapeError, "square"),
    ("det of a rectangle", lambda: det(X), ShapeError, "square"),
    ("norm 3", lambda: norm(x, 3), Malformed, "norms known"),
    ("rows of different length", lambda: matrix([1, 2], [3]), ShapeError, "same number"),
    ("no rows", matrix, ShapeError, "same number"),
    ("blocks that do not fit", lambda: matrix([A, x], [x, t]), ShapeError, "does not fit"),
    ("matrix entries", lambda: by_entries(n, lambda i: x), ShapeError, "scalar"),
    ("softmax of a matrix", lambda: softmax(A), ShapeError, "column"),
    ("sum without range", lambda: Sum(x[i], i), Malformed, "not stated"),
    ("sum over a number", lambda: Sum(t, (2, n)), Malformed, "not a variable"),
    ("sum with too many bounds", lambda: Sum(t, (i, 0, 1, 2)), Malformed, "bounds"),
    ("product of matrices", lambda: Product(A, (i, n)), ShapeError, "scalar"),
    ("delta of vectors", lambda: delta(x, y), ShapeError, "scalar"),
    ("piecewise without condition", lambda: piecewise((t, u)), Malformed, "not a condition"),
    ("piecewise of two shapes", lambda: piecewise((t, t > 0), (x, True)), ShapeError, "one shape"),
    ("piecewise of nothing", piecewise, Malformed, "at least one"),
    ("diff in an expression", lambda: diff(t**2, t**2), Malformed, "variable"),
    ("diff in a vector", lambda: diff(x.T*x, x), ShapeError, "grad"),
    ("diff in nothing", lambda: diff(t), Malformed, "missing"),
    ("grad of a vector", lambda: grad(x, x), ShapeError, "scalar"),
    ("grad in an expression", lambda: grad(t, t + 1), Malformed, "variable"),
    ("jacobian of a row", lambda: jacobian(x.T, x), ShapeError, "column"),
    ("jacobian in a matrix", lambda: jacobian(X*x, X), ShapeError, "column"),
    ("hessian in a matrix", lambda: hessian(total(X), X), ShapeError, "column"),
    ("pullback of another shape", lambda: pullback(x, X*x, x), ShapeError, "one shape"),
    ("at in an expression", lambda: at(t, t + 1, 2), Malformed, "not a variable"),
    ("at with another shape", lambda: at(t, t, x), ShapeError, "at:"),
    ("limit from nowhere", lambda: limit(t, t, 0, "?"), Malformed, "side"),
    ("exp of two", lambda: exp(t, u), Malformed, "1 argument"),
    ("max of nothing", Max, Malformed, "needs an argument"),
    ("max of two shapes", lambda: Max(x, z), ShapeError, "one shape"),
    ("equation of two shapes", lambda: Eq(x, z), ShapeError, "cannot compare"),
]


@pytest.mark.parametrize(("build", "error", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_word_refuses_what_makes_no_sense(build: Any, error: type[CalcdsError], says: str) -> None:
    with pytest.raises(error, match=says):
        build()
