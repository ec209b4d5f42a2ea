"""Losses and likelihoods from statistics and learning: their gradients as they are printed, checked with numbers."""

from __future__ import annotations

import pytest

import calcds
from calcds.expr.term import Term
from calcds.notation import *

n, m, d, k = map(Dim, "nmdk")
x, mu, w, y, c = (Vector[n].symbol(name) for name in ("x", "mu", "w", "y", "c"))
S, A, K = PositiveDefinite[n].symbol("S"), Matrix[n, n].symbol("A"), Symmetric[m].symbol("K")
X, R, M = (Matrix[m, n].symbol(name) for name in "XRM")
U, V, P = Matrix[m, d].symbol("U"), Matrix[n, d].symbol("V"), Matrix[n, d].symbol("P")
t, label, a = Vector[m].symbol("t"), Vector[m].symbol("l"), Vector[m].symbol("a")
lam, s = Positive.symbol("lam"), Positive.symbol("s")
margin = ones(m) - hadamard(label, X*w)
hinge = Max(margin, zeros(m))

LOSSES = [
    (-(x - mu).T*S.I*(x - mu)/2, mu, "S.I*(x - mu)"),
    (-(x - mu).T*S.I*(x - mu)/2 - log(det(S))/2, S, "(1/2)*(S.I*(x - mu)*(x - mu).T*S.I - S.I)"),
    (-total(entry_power(t - lam*ones(m), 2))/(2*s**2) - m*log(s), s,
     "s**(-3)*(t - lam*ones(m)).T*(t - lam*ones(m)) - m/s"),
    (sqrt((x - mu).T*S.I*(x - mu)), x, "((x - mu).T*S.I*(x - mu))**(-1/2)*S.I*(x - mu)"),
    (norm(R - U*V.T)**2/2 + lam*norm(U)**2/2, U, "(U*V.T - R)*V + lam*U"),
    (norm(hadamard(M, R - U*V.T))**2, V, "2*hadamard(entry_power(M, 2), U*V.T - R).T*U"),
    (total(U*V.T - hadamard(R, log(U*V.T))), U, "(ones(m, n) - hadamard(R, entry_power(U*V.T, -1)))*V"),
    (total(softplus(-hadamard(label, X*w))) + lam*w.T*w/2, w, "lam*w - X.T*hadamard(l, sigmoid(-hadamard(l, X*w)))"),
    (lam*total(hinge) + w.T*w/2, w, "w - lam*X.T*hadamard(l, heaviside(ones(m) - hadamard(l, X*w)))"),
    (total(entry_power(hinge, 2)), w, "-2*X.T*hadamard(l, max(ones(m) - hadamard(l, X*w), zeros(m)))"),
    (total(log(cosh(X*w - t))), w, "X.T*tanh(X*w - t)"),
    (norm(X*w - t)**2/(2*m) + lam*norm(w, 1), w, "(1/m)*X.T*(X*w - t) + lam*sign(w)"),
    ((K*a - t).T*(K*a - t) + lam*a.T*K*a, a, "2*K*(K*a - t + lam*a)"),
    (-trace(P.T*X.T*X*P), P, "-2*X.T*X*P"),
    (trace((P.T*S*P).I*P.T*A*P), P, "(A + A.T - S*P*(P.T*S*P).I*P.T*(A + A.T))*P*(P.T*S*P).I"),
    (-trace(log_softmax_rows(M*X.T/lam)), M, "(1/lam)*(softmax_rows((1/lam)*M*X.T) - eye(m))*X"),
    (Max(norm(x - y)**2 - norm(x - c)**2 + lam, 0), x, "2*heaviside(norm(x - y)**2 - norm(x - c)**2 + lam)*(c - y)"),
    (total(exp(X*w)) - t.T*X*w, w, "X.T*(exp(X*w) - t)"),
    (log(det(P.T*P)), P, "2*P*(P.T*P).I"),
    (norm(A.I)**2, A, "-2*A.I.T*A.I*A.I.T"),
    (total(hadamard(x, log(x) - log(y))), x, "log(x) - log(y) + ones(n)"),
    (c.T*hadamard(x, sigmoid(x)), x, "hadamard(sigmoid(x), c + hadamard(x, c, ones(n) - sigmoid(x)))"),
    (det(A*A.T), A, "2*det(A*A.T)*A.I.T"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "place", "printed"), LOSSES, ids=lambda v: str(v)[:40])
def test_the_gradient_of_a_loss(f: Term, place: Term, printed: str) -> None:
    assert str(calcds.gradient(f, place)) == printed


def test_a_norm_without_a_gradient_is_refused_by_name() -> None:
    with pytest.raises(calcds.CalcdsError, match="largest absolute value"):
        calcds.gradient(norm(X, "oo"), X)
