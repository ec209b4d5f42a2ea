# ruff: noqa: PLW0108  (the parameter names of a truth are the names of the case's symbols)
"""Entrywise functions, broadcasts, sums over entries, kinks.

An entrywise function F of a vector appears as v'F(x), whose gradient is v o F'(x), so that a wrong F'
cannot hide in a sum; a few appear as Jacobians diag(F'(x)). The activation functions are those of the
documents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import reference as ref
import sympy as sp
from model import Case, a, beta, c, f, g, i, j, k, lam, m, matrix, n, ones, s, t, vector
from reference import inner, sigmoid, softmax, softplus, step
from words import entrywise

x, y, v, b = vector("x", n), vector("y", n), vector("v", n), vector("b", n)
X, Y, B = matrix("X", m, n), matrix("Y", m, n), matrix("B", m, n)
u, w, A = vector("u", m), vector("w", n), matrix("A", n, n)
Xk, W = matrix("X", n, k), matrix("W", k, n)


def weighted(name: str, function: Callable[[Any], Any], numpy: Callable[[Any], Any], textbook: str,
             source: str,
             domain: str = "real") -> Case:
    """v'F(x) with F written out over SymPy's own functions."""
    return Case(f"v-{name}", lambda _: (v.T*entrywise(function, x), x), lambda v, x: v.T @ numpy(x),
                textbook, source, where={"x": domain})


def by_word(name: str, textbook: str, source: str = "elementary") -> Case:
    """v'F(x) with F a word of the notation."""
    return Case(f"word-{name}", lambda N: (v.T*getattr(N, name)(x), x), lambda v, x: v.T @ ref.NAMED[name](x),
                textbook, source, where={"x": "positive"} if name == "log" else {})


FUNCTIONS = (
    weighted("exp", sp.exp, np.exp, "hadamard(v, exp(x))", "magyar-171"),
    weighted("log", sp.log, np.log, "hadamard(v, power(x, -1))", "magyar-173", "positive"),
    weighted("square", lambda q: q**2, lambda q: q**2, "2*hadamard(v, x)", "magyar-170"),
    weighted("cube", lambda q: q**3, lambda q: q**3, "3*hadamard(v, power(x, 2))", "magyar-170"),
    weighted("reciprocal", lambda q: 1/q, lambda q: 1/q, "-hadamard(v, power(x, -2))", "magyar-170",
             "positive"),
    weighted("sqrt", sp.sqrt, np.sqrt, "hadamard(v, power(x, -1/2))/2", "elementary", "positive"),
    weighted("sin", sp.sin, np.sin, "hadamard(v, cos(x))", "elementary"),
    weighted("cos-of-double", lambda q: sp.cos(2*q), lambda q: np.cos(2*q), "-2*hadamard(v, sin(2*x))",
             "elementary"),
    weighted("atan", sp.atan, np.arctan, "hadamard(v, power(1 + power(x, 2), -1))", "elementary"),
    weighted("tanh", sp.tanh, np.tanh, "hadamard(v, 1 - power(tanh(x), 2))", "elementary"),
    weighted("silu", lambda q: q/(1 + sp.exp(-q)), lambda q: q*sigmoid(q),
             "r = sigmoid(x); hadamard(v, r + hadamard(x, r, 1 - r))", "magyar-021"),
    weighted("softplus", lambda q: sp.log(1 + sp.exp(q)), softplus, "hadamard(v, sigmoid(x))", "magyar-026"),
    weighted("mish", lambda q: q*sp.tanh(sp.log(1 + sp.exp(q))), lambda q: q*np.tanh(softplus(q)),
             "r = tanh(softplus(x)); hadamard(v, r + hadamard(x, sigmoid(x), 1 - power(r, 2)))",
             "magyar-029"),
    weighted("squareplus", lambda q: (q + sp.sqrt(q**2 + 1))/2, lambda q: (q + np.sqrt(q**2 + 1))/2,
             "hadamard(v, 1 + hadamard(x, power(power(x, 2) + 1, -1/2)))/2", "magyar-033"),
    weighted("gauss", lambda q: sp.exp(-q**2/2), lambda q: np.exp(-q**2/2),
             "-hadamard(v, x, exp(-power(x, 2)/2))",
             "elementary"),
    weighted("undefined", f, ref.f, "hadamard(v, df(x))", "magyar-067"),
    weighted("undefined-product", lambda q: f(q)*g(q), lambda q: ref.f(q)*ref.g(q),
             "hadamard(v, hadamard(df(x), g(x)) + hadamard(f(x), dg(x)))", "magyar-175"),
    by_word("exp", "hadamard(v, exp(x))"),
    by_word("log", "hadamard(v, power(x, -1))"),
    by_word("tanh", "hadamard(v, 1 - power(tanh(x), 2))"),
    by_word("sigmoid", "r = sigmoid(x); hadamard(v, r, 1 - r)", "magyar-009"),
    by_word("relu", "hadamard(v, step(x))", "magyar-014"),
    by_word("softplus", "hadamard(v, sigmoid(x))", "magyar-026"),
    Case("v-sigmoid-steep", lambda _: (v.T*entrywise(lambda q: lam/(1 + sp.exp(-beta*q)), x), x),
         lambda v, x, lam, beta: v.T @ (lam*sigmoid(beta*x)),
         "r = lam*sigmoid(beta*x); beta*hadamard(v, r, 1 - r/lam)", "magyar-012",
         where={"lam": "positive", "beta": "positive"}),
)

KINKS = (
    weighted("relu", lambda q: sp.Max(0, q), ref.relu, "hadamard(v, step(x))", "magyar-014", "away"),
    weighted("abs", sp.Abs, ref.absolute, "hadamard(v, sign(x))", "magyar-105", "away"),
    weighted("sign", sp.sign, ref.sign, "zeros(n)", "magyar-007", "away"),
    weighted("leaky-relu", lambda q: sp.Piecewise((q, q > 0), (q/10, True)),
             lambda q: np.where(np.real(q) > 0, q, q/10), "hadamard(v, step(x) + step(-x)/10)", "magyar-017",
             "away"),
    weighted("elu", lambda q: sp.Piecewise((q, q > 0), (sp.exp(q) - 1, True)),
             lambda q: np.where(np.real(q) > 0, q, np.exp(q) - 1),
             "hadamard(v, step(x) + hadamard(step(-x), exp(x)))", "magyar-023", "away"),
    weighted("clipped", lambda q: sp.Min(1, sp.Max(-1, q)), lambda q: ref.minimum(1, ref.maximum(-1, q)),
             "hadamard(v, step(1 - power(x, 2)))", "elementary", "away"),
    weighted("huber", lambda q: sp.Piecewise((q**2/2, sp.Abs(q) < 1), (sp.Abs(q) - sp.Rational(1, 2), True)),
             lambda q: np.where(np.abs(np.real(q)) < 1, q**2/2, ref.absolute(q) - 0.5),
             "hadamard(v, maximum(-1, minimum(1, x)))", "nogga-061", "away"),
    Case("prelu-slope", lambda _: (v.T*entrywise(lambda q: sp.Piecewise((q, q > 0), (c*q, True)), x), c),
         lambda v, x, c: v.T @ np.where(np.real(x) > 0, x, c*x), "-v.T*relu(-x)", "magyar-017"),
    Case("l1-residual", lambda N: (N.total(entrywise(sp.Abs, X*w - u)), w),
         lambda X, w, u: np.sum(ref.absolute(X @ w - u)), "X.T*sign(X*w - u)", "nogga-061"),
    Case("l1-sum", lambda _: (sp.Sum(sp.Abs(x[i, 0]), (i, 0, n - 1)), x), lambda x: np.sum(ref.absolute(x)),
         "sign(x)",
         "magyar-104"),
    Case("hinge-losses", lambda N: (N.total(N.relu(ones(m) - N.hadamard(u, X*w))), w),
         lambda X, u, w: np.sum(ref.relu(1 - u*(X @ w))),
         "-X.T*hadamard(u, step(1 - hadamard(u, X*w)))", "oh-085", where={"u": "signs"}),
    Case("squared-hinge",
         lambda N: (N.total(entrywise(lambda q: sp.Max(0, q)**2, ones(m) - N.hadamard(u, X*w))), w),
         lambda X, u, w: np.sum(ref.relu(1 - u*(X @ w))**2),
         "-2*X.T*hadamard(u, relu(1 - hadamard(u, X*w)))", "elementary", where={"u": "signs"}),
    Case("perceptron", lambda N: (N.total(N.relu(-N.hadamard(u, X*w))), w),
         lambda X, u, w: np.sum(ref.relu(-u*(X @ w))), "-X.T*hadamard(u, step(-hadamard(u, X*w)))",
         "sadiku-132",
         where={"u": "signs"}),
)

SUMS = (
    Case("total-matrix", lambda N: (N.total(X), X), lambda X: np.sum(X), "ones(m, n)", "elementary"),
    Case("total-word-vector", lambda N: (N.total(N.exp(x)), x), lambda x: np.sum(np.exp(x)), "exp(x)",
         "elementary"),
    Case("mean-vector", lambda N: (N.mean(x), x), lambda x: np.mean(x), "ones(n)/n", "nogga-057"),
    Case("mean-matrix-square", lambda N: (N.mean(N.hadamard(X, X)), X), lambda X: np.mean(X**2), "2*X/(m*n)",
         "nogga-037"),
    Case("variance", lambda N: (N.total(entrywise(lambda q: q**2, x - N.mean(x)*ones(n)))/n, x),
         lambda x: np.mean((x - np.mean(x))**2), "2*(x - mean(x)*ones(n))/n", "nogga-037"),
    Case("ones-row-matrix", lambda _: (ones(1, m)*X*ones(n), X), lambda X: np.sum(X), "ones(m, n)",
         "elementary"),
    Case("ones-row-entrywise", lambda _: (ones(1, m)*(X*w).applyfunc(sp.exp), w), lambda X,
         w: np.sum(np.exp(X @ w)),
         "X.T*exp(X*w)", "elementary"),
    Case("row-sums-squared", lambda _: ((X*ones(n)).T*(X*ones(n)), X), lambda X: np.sum(np.sum(X, axis=1)**2),
         "2*X*ones(n, n)", "elementary"),
    Case("geometric", lambda N: (N.exp(N.mean(N.log(x))), x), lambda x: np.exp(np.mean(np.log(x))),
         "exp(mean(log(x)))/n*power(x, -1)", "elementary", where={"x": "positive"}),
    Case("harmonic", lambda N: (n/N.total(entrywise(lambda q: 1/q, x)), x), lambda x, n: n/np.sum(1/x),
         "n*power(x, -2)/total(power(x, -1))**2", "elementary", where={"x": "positive"}),
    Case("entropy", lambda N: (-x.T*N.log(x), x), lambda x: -(x.T @ np.log(x)), "-log(x) - ones(n)",
         "nogga-032",
         where={"x": "probability"}),
    Case("kl", lambda N: (x.T*(N.log(x) - N.log(y)), y), lambda x, y: x.T @ (np.log(x) - np.log(y)),
         "-hadamard(x, power(y, -1))", "nogga-032", where={"x": "probability", "y": "probability"}),
    Case("cross-entropy-probabilities", lambda N: (-v.T*N.log(x), x), lambda v, x: -(v.T @ np.log(x)),
         "-hadamard(v, power(x, -1))", "nogga-046", where={"x": "probability", "v": "probability"}),
    Case("p-norm", lambda N: (N.total(entrywise(lambda q: q**4, x))**sp.Rational(1, 4), x),
         lambda x: np.sum(x**4)**0.25,
         "total(power(x, 4))**(-3/4)*power(x, 3)", "elementary"),
)

SOFT = (
    Case("logsumexp", lambda N: (N.logsumexp(x), x), lambda x: ref.logsumexp(x), "softmax(x)", "oh-080"),
    Case("logsumexp-plain", lambda N: (sp.log(N.total(entrywise(sp.exp, x))), x),
         lambda x: np.log(np.sum(np.exp(x))),
         "softmax(x)", "oh-080"),
    Case("logsumexp-sum", lambda _: (sp.log(sp.Sum(sp.exp(x[i, 0]), (i, 0, n - 1))), x),
         lambda x: np.log(np.sum(np.exp(x))), "softmax(x)", "oh-080"),
    Case("logsumexp-affine", lambda N: (N.logsumexp(W*x + vector("b", k)), x),
         lambda W, x, b: ref.logsumexp(W @ x + b), "W.T*softmax(W*x + b)",
         "Boyd and Vandenberghe, section A.4"),
    Case("softmax-weighted", lambda N: (v.T*N.softmax(x), x), lambda v, x: v.T @ softmax(x),
         "q = softmax(x); hadamard(q, v) - (v.T*q)*q", "oh-080"),
    Case("softmax-temperature", lambda N: (v.T*N.softmax(x/lam), x), lambda v, x, lam: v.T @ softmax(x/lam),
         "q = softmax(x/lam); (hadamard(q, v) - (v.T*q)*q)/lam", "oh-080", where={"lam": "positive"}),
    Case("log-softmax-jacobian", lambda N: (N.log_softmax(x), x), lambda x: ref.log_softmax(x),
         "eye(n) - ones(n)*softmax(x).T", "oh-080", "jacobian"),
    Case("softmax-affine-jacobian", lambda N: (N.softmax(W*x), x), lambda W, x: softmax(W @ x),
         "q = softmax(W*x); (diag(q) - q*q.T)*W", "oh-080", "jacobian"),
    Case("softmax-entropy", lambda N: (-N.softmax(x).T*N.log_softmax(x), x),
         lambda x: -(softmax(x).T @ ref.log_softmax(x)),
         "q = softmax(x); r = log_softmax(x); (q.T*r)*q - hadamard(q, r)", "nogga-032"),
    Case("softmax-kl", lambda N: (N.softmax(y).T*(N.log_softmax(y) - N.log_softmax(x)), x),
         lambda x, y: softmax(y).T @ (ref.log_softmax(y) - ref.log_softmax(x)), "softmax(x) - softmax(y)",
         "nogga-032"),
)

HADAMARD = (
    Case("hadamard-quadratic", lambda N: (v.T*N.hadamard(x, x), x), lambda v, x: v.T @ (x*x),
         "2*hadamard(v, x)",
         "elementary"),
    Case("hadamard-matrix", lambda N: (N.trace(B.T*N.hadamard(X, Y)), X), lambda B, X, Y: inner(B, X*Y),
         "hadamard(B, Y)", "Matrix Cookbook, section 2.5"),
    Case("hadamard-three", lambda N: (N.total(N.hadamard(X, Y, B)), X), lambda X, Y, B: np.sum(X*Y*B),
         "hadamard(Y, B)", "elementary"),
    Case("hadamard-of-products", lambda N: (N.total(N.hadamard(W*x, W*y)), W), lambda W, x,
         y: np.sum((W @ x)*(W @ y)),
         "W*(x*y.T + y*x.T)", "elementary"),
    Case("hadamard-jacobian", lambda N: (N.hadamard(x, A*x), x), lambda x, A: x*(A @ x),
         "diag(A*x) + diag(x)*A",
         "elementary", "jacobian"),
    Case("diag-quadratic", lambda N: (v.T*N.diag(x)*v, x), lambda v, x: v.T @ np.diag(x.ravel()) @ v,
         "power(v, 2)",
         "elementary"),
    Case("diag-sandwich", lambda N: (N.trace(X*N.diag(x)*Y.T), x), lambda X, x,
         Y: np.trace(X @ np.diag(x.ravel()) @ Y.T),
         "hadamard(X, Y).T*ones(m)", "elementary"),
    Case("diag-log-det", lambda N: (N.trace(N.diag(N.log(x))), x), lambda x: np.sum(np.log(x)),
         "power(x, -1)",
         "elementary", where={"x": "positive"}),
    Case("scaled-columns", lambda N: (u.T*X*N.diag(v)*w, v), lambda u, X, v,
         w: u.T @ X @ np.diag(v.ravel()) @ w,
         "hadamard(X.T*u, w)", "elementary"),
    Case("outer-product", lambda _: (sp.Trace((x*v.T).T*A*(x*v.T)), x), lambda x, v,
         A: np.trace((x @ v.T).T @ A @ (x @ v.T)),
         "(v.T*v)*(A + A.T)*x", "elementary"),
    Case("broadcast-bias", lambda N: (N.trace(Y.T*(X + ones(m)*b.T)), b), lambda Y, X, b: inner(Y, X + b.T),
         "Y.T*ones(m)",
         "elementary"),
    Case("broadcast-bias-tanh", lambda N: (N.total(N.tanh(X + ones(m)*b.T)), b), lambda X,
         b: np.sum(np.tanh(X + b.T)),
         "(1 - power(tanh(X + ones(m)*b.T), 2)).T*ones(m)", "elementary"),
    Case("pairwise-differences",
         lambda N: (N.total(entrywise(lambda q: q**2, x*ones(1, n) - ones(n)*x.T)), x),
         lambda x: np.sum((x - x.T)**2), "4*(n*x - total(x)*ones(n))", "elementary"),
    Case("nested-entrywise", lambda N: (v.T*N.tanh(N.exp(A*x)), x), lambda v, A,
         x: v.T @ np.tanh(np.exp(A @ x)),
         "r = exp(A*x); A.T*hadamard(v, 1 - power(tanh(r), 2), r)", "elementary"),
    Case("entrywise-quotient", lambda N: (N.total(N.hadamard(x, entrywise(lambda q: 1/q, y))), y),
         lambda x, y: np.sum(x/y), "-hadamard(x, power(y, -2))", "elementary", where={"y": "positive"}),
)

SCALARS = (
    Case("exp-of-quadratic", lambda N: (N.exp(sp.Trace(x.T*A*x)/2), x), lambda x, A: np.exp((x.T @ A @ x)/2),
         "exp(x.T*A*x/2)/2*(A + A.T)*x", "elementary", where={"A": "small"}),
    Case("log-of-linear", lambda N: (N.log(sp.Trace(b.T*x)), x), lambda b, x: np.log(b.T @ x), "b/(b.T*x)",
         "elementary",
         where={"b": "positive", "x": "positive"}),
    Case("rayleigh", lambda _: (sp.Trace(x.T*A*x)/sp.Trace(x.T*x), x), lambda x, A: (x.T @ A @ x)/(x.T @ x),
         "r = x.T*x; ((A + A.T)*x - 2*(x.T*A*x)/r*x)/r", "nogga-089"),
    Case("rayleigh-entry", lambda _: ((x.T*A*x)[0, 0]/(x.T*x)[0, 0], x), lambda x, A: (x.T @ A @ x)/(x.T @ x),
         "r = x.T*x; ((A + A.T)*x - 2*(x.T*A*x)/r*x)/r", "nogga-089"),
    Case("cosine", lambda N: (sp.Trace(x.T*y)/(N.norm(x)*N.norm(y)), x),
         lambda x, y: inner(x, y)/(ref.norm(x)*ref.norm(y)),
         "r = norm(x); (y - (x.T*y)/r**2*x)/(r*norm(y))", "elementary"),
    Case("sqrt-one-plus", lambda _: (sp.sqrt(1 + sp.Trace(x.T*x)), x), lambda x: np.sqrt(1 + inner(x, x)),
         "x/sqrt(1 + x.T*x)", "elementary"),
    Case("scaled-vector", lambda _: (x*sp.Trace(b.T*x), x), lambda x, b: x*(b.T @ x),
         "(b.T*x)*eye(n) + x*b.T",
         "elementary", "jacobian"),
    Case("quadratic-times-vector", lambda _: (sp.Trace(x.T*A*x)*A*x, x), lambda x, A: (x.T @ A @ x)*(A @ x),
         "(x.T*A*x)*A + A*x*x.T*(A + A.T)", "elementary", "jacobian"),
    Case("time-derivative", lambda _: (A*x*sp.exp(lam*t), t), lambda A, x, lam, t: A @ x*np.exp(lam*t),
         "lam*exp(lam*t)*A*x", "elementary", "jacobian", where={"lam": "positive"}),
    Case("product-of-forms", lambda _: ((a*b.T*x)*(x.T*A*x), x), lambda a, b, x, A: a*(b.T @ x)*(x.T @ A @ x),
         "a*((x.T*A*x)*b + (b.T*x)*(A + A.T)*x)", "elementary"),
    Case("max-of-forms", lambda _: (sp.Max(sp.Trace(b.T*x), sp.Trace(v.T*x)), x),
         lambda b, v, x: ref.maximum(b.T @ x, v.T @ x), "step((b - v).T*x)*b + step((v - b).T*x)*v",
         "elementary"),
    Case("piecewise-of-forms", lambda _: (sp.Piecewise((sp.Trace(x.T*x), s > 0), (sp.Trace(b.T*x), True)), x),
         lambda x, b, s: step(s)*(x.T @ x) + (1 - step(s))*(b.T @ x), "2*step(s)*x + (1 - step(s))*b",
         "elementary"),
    Case("undefined-of-form", lambda _: (f(sp.Trace(b.T*x)), x), lambda b, x: ref.f(b.T @ x), "df(b.T*x)*b",
         "elementary"),
    Case("distance-kernel", lambda N: (N.exp(-sp.Trace((x - y).T*(x - y))/(2*lam**2)), x),
         lambda x, y, lam: np.exp(-inner(x - y, x - y)/(2*lam**2)),
         "-exp(-(x - y).T*(x - y)/(2*lam**2))/lam**2*(x - y)", "elementary", where={"lam": "positive"}),
)

INDEX_SUMS = (
    Case("sum-of-squares", lambda _: (sp.Sum(X[i, j]**2, (i, 0, m - 1), (j, 0, n - 1)), X),
         lambda X: np.sum(X**2),
         "2*X", "magyar-109"),
    Case("bilinear-sum", lambda _: (sp.Sum(u[i, 0]*X[i, j]*w[j, 0], (i, 0, m - 1), (j, 0, n - 1)), X),
         lambda u, X, w: u.T @ X @ w, "u*w.T", "sadiku-101"),
    Case("entrywise-sum", lambda _: (sp.Sum(f(x[i, 0]), (i, 0, n - 1)), x), lambda x: np.sum(ref.f(x)),
         "df(x)",
         "nogga-078"),
    Case("log-sum", lambda _: (sp.Sum(sp.log(x[i, 0]), (i, 0, n - 1)), x), lambda x: np.sum(np.log(x)),
         "power(x, -1)",
         "nogga-045", where={"x": "positive"}),
    Case("weighted-square-sum", lambda _: (sp.Sum(v[i, 0]*(x[i, 0] - y[i, 0])**2, (i, 0, n - 1)), x),
         lambda v, x, y: np.sum(v*(x - y)**2), "2*hadamard(v, x - y)", "nogga-045"),
    Case("diagonal-sum", lambda _: (sp.Sum(A[i, i], (i, 0, n - 1)), A), lambda A: np.trace(A), "eye(n)",
         "elementary"),
    Case("adjacent-sum", lambda _: (sp.Sum((x[i + 1, 0] - x[i, 0])**2, (i, 0, n - 2)), x),
         lambda x: np.sum((x[1:] - x[:-1])**2), "", "elementary"),
    Case("logistic-sum",
         lambda _: (sp.Sum(sp.log(1 + sp.exp(-u[i, 0]*sp.Sum(X[i, j]*w[j, 0], (j, 0, n - 1)))),
                           (i, 0, m - 1)), w),
         lambda u, X, w: np.sum(softplus(-u*(X @ w))), "-X.T*hadamard(u, sigmoid(-hadamard(u, X*w)))",
         "nogga-045",
         where={"u": "signs"}),
    Case("double-sum-exp", lambda _: (sp.Sum(sp.exp(x[i, 0]*y[j, 0]), (i, 0, n - 1), (j, 0, n - 1)), x),
         lambda x, y: np.sum(np.exp(x @ y.T)), "exp(x*y.T)*y", "elementary"),
    Case("sum-with-scalar", lambda _: (sp.Sum((t*x[i, 0] - y[i, 0])**2, (i, 0, n - 1)), t),
         lambda t, x, y: np.sum((t*x - y)**2), "2*x.T*(t*x - y)", "nogga-071"),
    Case("hinge-sum", lambda _: (sp.Sum(sp.Max(0, 1 - y[i, 0]*x[i, 0]), (i, 0, n - 1)), x),
         lambda x, y: np.sum(ref.relu(1 - x*y)), "-hadamard(y, step(1 - hadamard(y, x)))", "oh-086",
         where={"y": "signs"}),
    Case("matrix-product-sum",
         lambda _: (sp.Sum(W[i, j]*Xk[j, i], (i, 0, k - 1), (j, 0, n - 1)), W), lambda W, X: np.trace(W @ X),
         "X.T",
         "Matrix Cookbook, section 2.5"),
)

CASES = FUNCTIONS + KINKS + SUMS + SOFT + HADAMARD + SCALARS + INDEX_SUMS
