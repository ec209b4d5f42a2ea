"""Terms written by their entries: derivatives, integrals, points, and names that must not be captured."""

from __future__ import annotations

import pytest

from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

v, vm = Vector[n].symbol("v"), Vector[m].symbol("vm")
A, B = (Matrix[n, n].symbol(c) for c in "AB")
X, T = Matrix[m, n].symbol("X"), OneHot[n].symbol("T")
g, xi = Function[n].symbol("g"), Vector[n].symbol("xi")
t1 = Real.symbol("t1")
h2 = FunctionSymbol("h", 2, ((n, 1), (n, 1)))  # of two vectors

TRUE_CLAIMS = (
    (grad(v.T * A * v, v), (A + A.T) * v),
    (hessian(v.T * A * v, v), A + A.T),
    (grad(trace(A * B), A), B.T),
    (grad(trace(A * A), A), 2 * A.T),
    (grad(log(det(A)), A), A.I.T),
    (grad(norm(v), v), v / norm(v)),
    (jacobian(softmax(v), v), diag(softmax(v)) - softmax(v) * softmax(v).T),
    (grad(-Sum(T[k] * log(softmax(v)[k]), (k, n)), v), softmax(v) - T),
    (diff(A.I[i, j], A[ii, jj]), -A.I[i, ii] * A.I[jj, j]),
    (diff(A[i, j] * A[j, i], A[i, j]), A[j, i] + A[i, j] * delta(i, j)),
    (grad(g(A * v), v), A.T * at(grad(g(v), v), v, A * v)),
    (grad(h2(A * v, xi), v), A.T * at(grad(h2(v, xi), v), v, A * v)),
    (hessian(g(v), v)[ii, jj], hessian(g(v), v)[jj, ii]),
    (diff(integral(exp(s * t), (s, 0, x)), x), exp(x * t)),
    (diff(integral(sin(s * x), (s, 0, 1)), x), integral(s * cos(s * x), (s, 0, 1))),
    (diff(integral(f(s), (s, a, x)), x), f(x)),
    (at(diff(x**3, x), x, 2 * y), 12 * y**2),
    (diff(at(x**3, x, 2 * y), y), 24 * y**2),
    (Sum(at(x**2, x, v[k]), (k, n)), v.T * v),
    (diff(f(x**2), x), 2 * x * f.prime()(x**2)),
    (grad(norm(X * v - vm) ** 2, v), 2 * X.T * (X * v - vm)),
    (diff(integral(x, x), x), x),
    (det(2 * A), 2**n * det(A)),
    (matrix([a, b], [t, s]).I, matrix([s, -b], [-t, a]) / (a * s - b * t)),
    (total(vec(A)), total(A)),
    (det(A * B), det(B) * det(A)),
)

FALSE_CLAIMS = (
    (grad(v.T * A * v, v), 2 * A * v),
    (hessian(v.T * A * v, v), 2 * A),
    (grad(trace(A * B), A), B),
    (grad(trace(A * A), A), 2 * A),
    (grad(log(det(A)), A), A.I),
    (grad(norm(v), v), v),
    (jacobian(softmax(v), v), diag(softmax(v)) + softmax(v) * softmax(v).T),
    (diff(A.I[i, j], A[ii, jj]), -A.I[i, jj] * A.I[ii, j]),
    (diff(A[i, j] * A[j, i], A[i, j]), A[j, i]),
    (grad(g(A * v), v), A * at(grad(g(v), v), v, A * v)),
    (grad(h2(A * v, v), v), A.T * at(grad(h2(xi, v), xi), xi, A * v)),
    (grad(h2(A * v, xi), v), A.T * at(grad(h2(xi, v), v), v, A * v)),
    (hessian(h2(A * v, v), v), A.T * at(hessian(h2(xi, v), xi), xi, A * v) * A),
    (at(grad(g(v), v), v, 2 * v), 2 * grad(g(v), v)),
    (
        integral(integral(exp(s * t), (s, 0, 1)), (t, 0, 2)),
        integral(integral(exp(s * s), (s, 0, 1)), (t, 0, 2)),
    ),
    (integral(exp(t * t1), (t, 0, 1)), integral(exp(t * t), (t, 0, 1))),
    (integral(f(t * t1), (t, 0, 1)), integral(f(t * t), (t, 0, 1))),
    (integral(x, x), integral(y, y)),
    (diff(integral(x, x), x), 0),
    (diff(integral(sign(x - t), (t, 0, 1)), x), 0),
    (diff(integral(Abs(x - t), (t, 0, 1)), x, x), 0),
    (
        diff(integral(x**3 / t**2 * exp(-(x**2) / t), (t, 0, 1)), x),
        integral(diff(x**3 / t**2 * exp(-(x**2) / t), x), (t, 0, 1)),
    ),
    (diff(at(grad(g(xi) * y, xi), xi, v)[0], y), 0),
    (Sum(at(x**2, x, v[k]), (k, n)), Sum(at(x**2, x, v[0]), (k, n))),
    (at(Sum(x * v[k], (k, n)), x, k), Sum(k * v[k], (k, n))),
    (at(diff(x**3, x), x, 2 * y), 6 * y**2),
    (diff(at(x**3, x, 2 * y), y), 12 * y**2),
    (diff(f(2 * x), x), f.prime()(2 * x)),
    (det(2 * A), 2 * det(A)),
    (det(A + B), det(A) + det(B)),
    (det(A.I), det(A)),
    (matrix([a, b], [t, s]).I, matrix([s, b], [-t, a]) / (a * s - b * t)),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)
