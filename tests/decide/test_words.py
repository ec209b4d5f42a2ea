"""Matrix words: transposes, inverses, traces, and the facts that kinds state."""

from __future__ import annotations

import pytest

from calcds.expr.term import Term
from calcds.notation import *
from tests.strategies import proofs

x, y, a, b, u, t, s = (Real.symbol(c) for c in "xyabuts")
z, w = Complex.symbol("z"), Complex.symbol("w")
p, q, r = Positive.symbol("p"), Nonnegative.symbol("q"), Negative.symbol("r")
n, m = Dim("n"), Dim("m")
N, M, K, L = Natural.symbol("N"), Natural.symbol("M"), Integer.symbol("K"), Integer.symbol("L")
i, j, k, l = (Index(c) for c in "ijkl")
ii, jj = Index[n].symbol("ii"), Index[n].symbol("jj")
f = Function.symbol("f")
half = Rational(1, 2)
A, B, C, Z, D = (Matrix[n, n].symbol(c) for c in "ABCZD")
X, V = Matrix[m, n].symbol("X"), Orthonormal[m, n].symbol("V")
S, Q, J, W = (
    Symmetric[n].symbol("S"),
    Orthogonal[n].symbol("Q"),
    Projection[n].symbol("J"),
    PositiveDefinite[n].symbol("W"),
)
v = Vector[n].symbol("v")

TRUE_CLAIMS = (
    ((A * B).I, B.I * A.I),
    ((A * B * C).T, C.T * B.T * A.T),
    ((A * Z + 3 * C * D).I.T, (A * Z + 3 * C * D).T.I),
    ((2 * A + B).I, (A + B / 2).I / 2),
    ((A * B + C).I.T, ((A * B).T + C.T).I),
    ((eye(m) + X * X.T).I, eye(m) - X * (eye(n) + X.T * X).I * X.T),
    (X * (eye(n) + X.T * X).I, (eye(m) + X * X.T).I * X),
    (trace(A * B * C), trace(C * A * B)),
    (trace(A * B * C), trace(C.T * B.T * A.T)),
    (V.T * V, eye(n)),
    (Q.T * Q, eye(n)),
    (Q * Q.T, eye(n)),
    (J * J * A, J * A),
    (S.T, S),
    (v.T * A * v, v.T * A.T * v),
    (trace(v * v.T), v.T * v),
    ((A.I).I, A),
    (A.T.I, A.I.T),
    (Q.I, Q.T),
    (A.I + B.I, A.I * (A + B) * B.I),
)

FALSE_CLAIMS = (
    ((A * B).I, A.I * B.I),
    ((A * B).T, A.T * B.T),
    ((A + B).I, A.I + B.I),
    ((A * Z + 3 * C * D).I.T, (A * Z + 3 * C * D).T.I / 3),
    ((2 * A + B).I, (A + B / 2).I / 4),
    ((A * B + C).I.T, ((A * B).T + C).I),
    ((eye(m) + X * X.T).I, eye(m) - X * (eye(n) - X.T * X).I * X.T),
    (X * (eye(n) + X.T * X).I, (eye(m) - X * X.T).I * X),
    (A * B, B * A),
    (trace(A * B * C), trace(A * C * B)),
    (trace(A * B), trace(A) * trace(B)),
    (V * V.T, eye(m)),
    (J * A * J, J * A),
    ((S * W).T, S * W),
    (v.T * A * v, v.T * v),
    (trace(v * v.T), 1),
    (A.T, A),
    (A.T.I, A.I),
    (Q.T, Q),
    (X.T * X * (X.T * X).I, zeros(n, n)),
    (A.I + B.I, A.I * (A - B) * B.I),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)
