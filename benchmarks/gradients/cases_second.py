# ruff: noqa: PLW0108  (the parameter names of a truth are the names of the case's symbols)
"""Second derivatives, Jacobians with respect to matrices, and derivatives under facts.

A Hessian with respect to a matrix and a Jacobian with a matrix on either side stack columns (vec), rows for
outputs: the convention of Magnus and Neudecker. An answer with four axes in the order (row, column of the
output, row, column of the variable) is stacked in the same way before it is compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import reference as ref
import sympy as sp
from model import Case, c, d, f, g, i, j, k, lam, m, matrix, n, ones, s, t, vector
from reference import inner, sigmoid, softplus
from words import entrywise

inv, det = np.linalg.inv, np.linalg.det
x, y, a, b, v = (vector(name, n) for name in "xyabv")
A, S, R, X = matrix("A", n, n), matrix("X", n, n), matrix("A", m, n), matrix("X", m, n)
w, u, bm = vector("w", n), vector("u", m), vector("b", m)
W, W1, z = matrix("W", k, n), matrix("W1", k, n), vector("z", k)
Tr = sp.Trace
ANALYSIS, BOYD = "elementary", "Boyd and Vandenberghe, section A.4"
LEARNING = "Bishop, Pattern Recognition and Machine Learning, section 4.3"


def second(name: str, build: Any, truth: Any, textbook: str, source: str = ANALYSIS,
           where: Any = None) -> Case:
    return Case(name, build, truth, textbook, source, "hessian", where or {})


HESSIANS = (
    second("h-squared-norm", lambda _: (x.T*x, x), lambda x: inner(x, x), "2*eye(n)", "sadiku-110"),
    second("h-linear", lambda _: (b.T*x, x), lambda b, x: b.T @ x, "zeros(n, n)", "sadiku-102"),
    second("h-ridge", lambda _: ((X*w - u).T*(X*w - u) + lam*w.T*w, w),
           lambda X, w, u, lam: inner(X @ w - u, X @ w - u) + lam*inner(w, w), "2*X.T*X + 2*lam*eye(n)",
           "nogga-167"),
    second("h-weighted-least-squares", lambda _: ((R*x - bm).T*matrix("D", m, m)*(R*x - bm), x),
           lambda A, x, b, D: (A @ x - b).T @ D @ (A @ x - b), "A.T*(D + D.T)*A", "sadiku-115"),
    second("h-logistic", lambda N: (N.total(N.softplus(X*w)) - Tr(u.T*X*w), w),
           lambda X, w, u: np.sum(softplus(X @ w)) - u.T @ X @ w,
           "q = sigmoid(X*w); X.T*diag(hadamard(q, 1 - q))*X", LEARNING),
    second("h-logistic-log-sigmoid", lambda N: (-N.total(N.log(N.sigmoid(X*w))), w),
           lambda X, w: -np.sum(np.log(sigmoid(X @ w))),
           "q = sigmoid(X*w); X.T*diag(hadamard(q, 1 - q))*X", LEARNING),
    second("h-poisson", lambda N: (N.total(N.exp(X*w)) - Tr(u.T*X*w), w),
           lambda X, w, u: np.sum(np.exp(X @ w)) - u.T @ X @ w, "X.T*diag(exp(X*w))*X", LEARNING,
           {"X": "unit"}),
    second("h-logsumexp", lambda N: (N.logsumexp(x), x), lambda x: ref.logsumexp(x),
           "q = softmax(x); diag(q) - q*q.T",
           BOYD),
    second("h-logsumexp-affine", lambda N: (N.logsumexp(R*x + bm), x), lambda A, x,
           b: ref.logsumexp(A @ x + b),
           "q = softmax(A*x + b); A.T*(diag(q) - q*q.T)*A", BOYD),
    second("h-cross-entropy", lambda N: (-y.T*N.log_softmax(x), x), lambda y, x: -(y.T @ ref.log_softmax(x)),
           "q = softmax(x); diag(q) - q*q.T", LEARNING, {"y": "one-hot"}),
    second("h-norm", lambda N: (N.norm(x), x), lambda x: ref.norm(x), "r = norm(x); eye(n)/r - x*x.T/r**3"),
    second("h-norm-residual", lambda N: (N.norm(R*x - bm), x), lambda A, x, b: ref.norm(A @ x - b),
           "q = A*x - b; r = norm(q); A.T*(eye(m)/r - q*q.T/r**3)*A"),
    second("h-quartic", lambda _: (Tr(x.T*x)**2, x), lambda x: inner(x, x)**2, "8*x*x.T + 4*(x.T*x)*eye(n)"),
    second("h-squared-form", lambda _: (Tr(x.T*A*x)**2, x), lambda x, A: (x.T @ A @ x)**2,
           "r = A + A.T; 2*r*x*x.T*r + 2*(x.T*A*x)*r"),
    second("h-exp-linear", lambda N: (N.exp(Tr(b.T*x)), x), lambda b, x: np.exp(b.T @ x), "exp(b.T*x)*b*b.T"),
    second("h-log-linear", lambda N: (N.log(Tr(b.T*x)), x), lambda b, x: np.log(b.T @ x), "-b*b.T/(b.T*x)**2",
           where={"b": "positive", "x": "positive"}),
    second("h-exp-quadratic", lambda N: (N.exp(-Tr(x.T*x)/2), x), lambda x: np.exp(-inner(x, x)/2),
           "exp(-x.T*x/2)*(x*x.T - eye(n))"),
    second("h-sqrt-one-plus", lambda _: (sp.sqrt(1 + Tr(x.T*x)), x), lambda x: np.sqrt(1 + inner(x, x)),
           "r = sqrt(1 + x.T*x); eye(n)/r - x*x.T/r**3"),
    second("h-inverse-square", lambda _: (1/Tr(x.T*x), x), lambda x: 1/inner(x, x),
           "r = x.T*x; 8*x*x.T/r**3 - 2*eye(n)/r**2"),
    second("h-log-barrier", lambda N: (-N.total(N.log(bm - R*x)), x), lambda A, x,
           b: -np.sum(np.log(b - A @ x)),
           "A.T*diag(power(b - A*x, -2))*A", BOYD, {"A": "small", "b": "positive", "x": "unit"}),
    second("h-entropy", lambda N: (x.T*N.log(x), x), lambda x: x.T @ np.log(x), "diag(power(x, -1))", BOYD,
           {"x": "positive"}),
    second("h-exp-sum", lambda N: (N.total(N.exp(x)), x), lambda x: np.sum(np.exp(x)), "diag(exp(x))"),
    second("h-cubes", lambda N: (N.total(entrywise(lambda q: q**3, x)), x), lambda x: np.sum(x**3),
           "6*diag(x)"),
    second("h-undefined", lambda _: (ones(1, n)*x.applyfunc(f), x), lambda x: np.sum(ref.f(x)),
           "diag(ddf(x))",
           "nogga-087"),
    second("h-undefined-affine", lambda _: (ones(1, k)*(W*x).applyfunc(f), x), lambda W,
           x: np.sum(ref.f(W @ x)),
           "W.T*diag(ddf(W*x))*W", "nogga-087"),
    second("h-undefined-sum", lambda _: (sp.Sum(f(x[i, 0]), (i, 0, n - 1)), x), lambda x: np.sum(ref.f(x)),
           "diag(ddf(x))", "nogga-087"),
    second("h-quadratic-sum", lambda _: (sp.Sum(A[i, j]*x[i, 0]*x[j, 0], (i, 0, n - 1), (j, 0, n - 1)), x),
           lambda A, x: x.T @ A @ x, "A + A.T", "sadiku-109"),
    second("h-product-of-forms", lambda _: ((a.T*x)*(b.T*x), x), lambda a, b, x: (a.T @ x)*(b.T @ x),
           "a*b.T + b*a.T"),
    second("h-rayleigh", lambda _: (Tr(x.T*A*x)/Tr(x.T*x), x), lambda x, A: (x.T @ A @ x)/inner(x, x),
           "r = x.T*x; q = A + A.T; u = (x.T*A*x)/r; "
           "(q - 2*u*eye(n) - 2*(q*x*x.T + x*x.T*q)/r + 8*u*x*x.T/r)/r",
           "nogga-089"),
    second("h-gaussian", lambda _: ((x - a).T*S.I*(x - a)/2, x), lambda x, a,
           X: (x - a).T @ inv(X) @ (x - a)/2,
           "(X.I + X.I.T)/2", "Matrix Cookbook, section 8.1", {"X": "dominant"}),
    second("h-tanh-unit", lambda N: (v.T*N.tanh(A*x), x), lambda v, A, x: v.T @ np.tanh(A @ x),
           "r = tanh(A*x); -2*A.T*diag(hadamard(v, r, 1 - power(r, 2)))*A"),
    second("h-output-weights", lambda N: (N.total(entrywise(lambda q: q**2, W*x - z)), x),
           lambda W, x, z: np.sum((W @ x - z)**2), "2*W.T*W", "nogga-071"),
    second("h-squared-sigmoid", lambda N: ((N.sigmoid(W*x) - z).T*(N.sigmoid(W*x) - z)/2, x),
           lambda W, x, z: np.sum((sigmoid(W @ x) - z)**2)/2,
           "q = sigmoid(W*x); r = hadamard(q, 1 - q); W.T*diag(power(r, 2) + hadamard(q - z, r, 1 - 2*q))*W"),
    second("h-huber", lambda N: (N.total(entrywise(lambda q: sp.Piecewise((q**2/2, sp.Abs(q) < 1),
                                                                         (sp.Abs(q) - sp.Rational(1, 2),
                                                                          True)), R*x)), x),
           lambda A, x: np.sum(np.where(np.abs(np.real(A @ x)) < 1, (A @ x)**2/2, ref.absolute(A @ x) - 0.5)),
           "A.T*diag(step(1 - power(A*x, 2)))*A"),
    second("h-relu-squared", lambda N: (N.total(entrywise(lambda q: sp.Max(0, q)**2, R*x)), x),
           lambda A, x: np.sum(ref.relu(A @ x)**2), "2*A.T*diag(step(A*x))*A"),
    second("h-variance", lambda N: (N.total(entrywise(lambda q: q**2, x - N.mean(x)*ones(n)))/n, x),
           lambda x: np.mean((x - np.mean(x))**2), "2/n*(eye(n) - ones(n, n)/n)", "nogga-037"),
    second("h-scalar-chain", lambda _: (f(g(t)), t), lambda t: ref.f(ref.g(t)),
           "ddf(g(t))*dg(t)**2 + df(g(t))*ddg(t)",
           "sadiku-094"),
    second("h-scalar-polynomial", lambda _: (c*t**3 + s*t, t), lambda c, t, s: c*t**3 + s*t, "6*c*t",
           "sadiku-111"),
    second("h-scalar-log-det", lambda _: (sp.log(sp.Determinant(S + t*A)), t), lambda X, t,
           A: np.log(det(X + t*A)),
           "r = (X + t*A).I*A; -trace(r*r)", "Matrix Cookbook, section 2.1", {"X": "definite", "A": "small"}),
    second("h-log-sum-exp-regression", lambda N: (N.logsumexp(W*x) - Tr(z.T*W*x), x),
           lambda W, x, z: ref.logsumexp(W @ x) - z.T @ W @ x, "q = softmax(W*x); W.T*(diag(q) - q*q.T)*W",
           LEARNING,
           {"z": "one-hot"}),
)

KRONECKER = (
    Case("k-affine-weights", lambda _: (W*x, W), lambda W, x: W @ x, "kron(x.T, eye(k))", "oh-073",
         "jacobian"),
    Case("k-product", lambda _: (matrix("A", k, m)*X*matrix("B", n, d), X), lambda A, X, B: A @ X @ B,
         "kron(B.T, A)",
         "Magnus and Neudecker, table 9.6", "jacobian"),
    Case("k-left", lambda _: (matrix("A", k, m)*X, X), lambda A, X: A @ X, "kron(eye(n), A)",
         "Magnus and Neudecker, table 9.6", "jacobian"),
    Case("k-inverse", lambda _: (S.I, S), lambda X: inv(X), "-kron(X.I.T, X.I)",
         "Magnus and Neudecker, table 9.6",
         "jacobian", {"X": "dominant"}),
    Case("k-square", lambda _: (S**2, S), lambda X: X @ X, "kron(X.T, eye(n)) + kron(eye(n), X)",
         "Magnus and Neudecker, table 9.6", "jacobian"),
    Case("k-transpose", lambda _: (X.T, X), lambda X: X.T, "commutation(m, n)",
         "Magnus and Neudecker, section 3.7",
         "jacobian"),
    Case("k-entrywise-layer", lambda N: (N.tanh(W*x), W), lambda W, x: np.tanh(W @ x),
         "kron(x.T, diag(1 - power(tanh(W*x), 2)))", "nogga-162", "jacobian"),
    Case("k-matrix-of-vector", lambda N: (N.diag(x), x), lambda x: np.diag(x.ravel()), "", "elementary",
         "jacobian"),
    Case("k-outer", lambda _: (x*y.T, x), lambda x, y: x @ y.T, "kron(y, eye(n))",
         "Magnus and Neudecker, table 9.6",
         "jacobian"),
    Case("k-gram", lambda _: (X.T*X, X), lambda X: X.T @ X, "", "Magnus and Neudecker, table 9.6",
         "jacobian"),
    Case("k-hessian-trace", lambda _: (Tr(X.T*matrix("D", m, m)*X), X), lambda X, D: np.trace(X.T @ D @ X),
         "kron(eye(n), D + D.T)", "Magnus and Neudecker, section 10.6", "hessian"),
    Case("k-hessian-trace-two", lambda _: (Tr(X.T*matrix("D", m, m)*X*A), X), lambda X, D,
         A: np.trace(X.T @ D @ X @ A),
         "kron(A.T, D) + kron(A, D.T)", "Magnus and Neudecker, section 10.6", "hessian"),
    Case("k-hessian-frobenius", lambda _: (Tr((X*w - u).T*(X*w - u)), X), lambda X, w,
         u: inner(X @ w - u, X @ w - u),
         "2*kron(w*w.T, eye(m))", "Magnus and Neudecker, section 10.6", "hessian"),
    Case("k-hessian-log-det", lambda _: (sp.log(sp.Determinant(S)), S), lambda X: np.log(det(X)),
         "-commutation(n, n)*kron(X.I.T, X.I)", "Magnus and Neudecker, section 10.6", "hessian",
         {"X": "dominant"}),
    Case("k-scalar-times-matrix", lambda _: (lam*X + t**2*matrix("B", m, n), t), lambda lam, X, t,
         B: lam*X + t**2*B,
         "vec(2*t*B)", "elementary", "jacobian"),
)

CASES_SECOND, CASES_KRONECKER = HESSIANS, KRONECKER
