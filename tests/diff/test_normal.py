"""The normal form is short and keeps the value, at every step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from calcds.diff import differential, gradient
from calcds.diff.check import points
from calcds.diff.normal import Context, _simplify, normal
from calcds.diff.numbers import Scope
from calcds.diff.signs import one_sign
from calcds.errors import Undefined
from calcds.expr.term import Term
from calcds.notation import *
from tests.diff.cases import (
    GRADIENTS,
    HESSIANS,
    JACOBIANS,
    A,
    B,
    D,
    Q,
    S,
    W,
    X,
    b,
    f,
    i,
    j,
    lam,
    m,
    n,
    s,
    t,
    w,
    x,
    y,
)

P, T, C = Projection[n].symbol("P"), Probability[n].symbol("T"), Stochastic[m, n].symbol("C")

FORMS = [
    (A*x + A.T*x, "(A + A.T)*x"),
    (2*X.T*X*w - 2*X.T*y, "2*X.T*(X*w - y)"),
    (-2*X.T*(y - X*w), "2*X.T*(X*w - y)"),
    (S.T*x, "S*x"),
    (Q.T*Q*x, "x"),
    (Q.I, "Q.T"),
    (P*P*x, "P*x"),
    (C*ones(n), "ones(m)"),
    (A.I*A*x, "x"),
    ((A*B).I*A*B*x, "x"),
    (x.T*A.T*w + w.T*A*x, "2*w.T*A*x"),
    (total(T)*x, "x"),
    (ones(n).T*t, "1"),
    (t.T*t, "1"),
    (trace(x*w.T), "w.T*x"),
    (trace(A*B*A.I), "trace(B)"),
    (trace(eye(n)), "n"),
    (diag(x)*w, "hadamard(x, w)"),
    (hadamard(x, ones(n)), "x"),
    (exp(x)/total(exp(x)), "softmax(x)"),
    (hadamard(exp(x), w)/total(exp(x)), "hadamard(softmax(x), w)"),
    (1/(1 + exp(-s)), "sigmoid(s)"),
    (exp(s)/(1 + exp(s)), "sigmoid(s)"),
    (log(1 + exp(s)), "softplus(s)"),
    (log(softmax(x)), "log_softmax(x)"),
    (hadamard(sigmoid(x), hadamard(b, entry_power(sigmoid(x), -1)) + w), "b + hadamard(sigmoid(x), w)"),
    (s*(1 - s) + s*s, "s"),
    (s*s**-1, "1"),
    ((x.T*x)**Rational(1, 2)*(x.T*x)**-1, "(x.T*x)**(-1/2)"),
    (x - x, "zeros(n)"),
    ((X*w - y).T - (w.T*X.T - y.T), "zeros(1, m)"),
    (Sum(x[i]*w[i], (i, n)), "x.T*w"),
    (Sum(A[i, j]*x[j], (j, n)), "(A*x)[i]"),
    (Sum(x[i]*delta(i, j), (i, n)), "x[j]"),
    (Sum(2, (i, n)), "2*n"),
    (by_entries((n, n), lambda p, q: x[p]*w[q]), "x*w.T"),
    (D.T, "D"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "printed"), FORMS, ids=lambda v: str(v)[:40])
def test_the_short_form(term: Term, printed: str) -> None:
    assert str(normal(term)) == printed


KEPT = [
    (s + 1)*(s + 2),  # not multiplied out
    log(s**2),  # 2*log(s) only for positive s
    (s**2)**Rational(1, 2),  # |s|
    A*B - B*A,
    Sum(x[i + 1]*x[i], (i, 0, n - 2)),  # not over all entries
    (A + B).I,
    det(A + B),
    hadamard(A, B),
]


@pytest.mark.parametrize("term", KEPT, ids=str)
def test_what_is_left_alone(term: Term) -> None:
    assert normal(term) is term


def _value(term: Term, env: dict[Term, Any]) -> np.ndarray | None:
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(Scope(env).value(term))
    except (Undefined, np.linalg.LinAlgError):
        return None
    return value if np.all(np.isfinite(value)) else None


def _same_value(before: Term, after: Term) -> None:
    for env, _ in points(before.free | after.free):
        left, right = _value(before, env), _value(after, env)
        if left is not None and right is not None:
            assert left.shape == right.shape, (before, after)
            np.testing.assert_allclose(left, right, rtol=1e-7, atol=1e-9, err_msg=f"{before}  ->  {after}")
            return


def _watched(ctx: Context, t: Term) -> Term:
    result = _simplify(ctx, t)
    _same_value(t, result)
    return result


HARD = [
    x.T*A*x/(x.T*x),
    exp(-x.T*S*x/2)*(b.T*x)**3,
    norm(A*x - b)*log(1 + exp(b.T*x)),
    (x.T*A*x)**Rational(3, 2)/(lam + norm(x)**2),
    total(hadamard(tanh(W*x + b), softmax(x))),
    -t.T*log(softmax(W*tanh(A*x + b))),
    Sum(log(Sum(exp(X[i, j]*x[j]), (j, n))), (i, m)),
    total(f(A*x))**2*det(A),
]


@pytest.mark.parametrize("function", HARD, ids=lambda v: str(v)[:50])
def test_every_single_step_keeps_the_value(function: Term) -> None:
    """The gradient and its differential are normalised node by node; each node before and after has one value."""
    g = gradient(function, x)
    direction = Vector[n].symbol("d")
    for term in (function, g, differential(g, x, direction)):
        Context(_watched).normal(term)


@pytest.mark.parametrize("case", [*GRADIENTS, *HESSIANS, *JACOBIANS], ids=lambda c: str(c[0])[:40])
def test_normal_is_idempotent(case: Any) -> None:
    once = normal(case[0])
    assert normal(once) is once


SHORTER = [
    (ones(m, m)*(X - ones(m, m)*X/m), "zeros(m, n)"),
    ((x - mean(x)*ones(n)).T*(eye(n) - ones(n, n)/n), "(x - total(x)/n*ones(n)).T"),
    (ones(n, n)*x, "total(x)*ones(n)"),
    (tanh(x.T*W.T), "tanh(W*x).T"),
    (tanh(A.T*B.T), "tanh(B*A).T"),
    (f(x.T*W.T) - w.T, "(f(W*x) - w).T"),
    (A*(B*A).I, "B.I"),
    (A.T*(B*A).I.T, "A.T*(B*A).I.T"),
    ((A*B).I*A, "B.I"),
    (W**2*(W**3).I, "W.I"),
    ((W**3).I*W, "W.I**2"),
    (W**-2*W.T, "W.I**2*W.T"),
    ((W**2).I*W**3, "W"),
    (W.T**2*(W**3).I.T, "W.I.T"),
    (X.T*(X*X.T).I*X, "X.T*(X*X.T).I*X"),
    (X.T*X*(X.T*X).I, "eye(n)"),
    (hadamard(sinh(x), entry_power(cosh(x), -1)), "tanh(x)"),
    (sin(s)/cos(s)**2, "tan(s)/cos(s)"),
    (sinh(s)/cosh(2*s), "sinh(s)/cosh(2*s)"),
    (hadamard(relu(x), heaviside(x)), "relu(x)"),
    (hadamard(Max(x, zeros(n)), heaviside(x), w), "hadamard(max(x, zeros(n)), w)"),
    (hadamard(relu(x), heaviside(w)), "hadamard(relu(x), heaviside(w))"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "printed"), SHORTER, ids=lambda v: str(v)[:40])
def test_products_shorten_where_parts_cancel(term: Term, printed: str) -> None:
    assert str(normal(term)) == printed


def test_a_sum_and_its_negative_are_one_sum() -> None:
    c, u = x - b, (b - x)*w.T
    assert str(one_sign(hadamard(c, c)*w.T + u)) == "hadamard(x - b, x - b)*w.T - (x - b)*w.T"
    assert one_sign(c*c.T) is c*c.T
    for term in (hadamard(c, c)*w.T + u, 2*(b - x) + c):
        assert normal(one_sign(term) - term).head == "zeros"
