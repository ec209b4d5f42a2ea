
"""The gradients, Jacobians and Hessians that the five documents state or work out.

Sources are catalog ids. Where a document prints a formula under an extra hypothesis (a symmetric A) or with
a slip, the case asks for the derivative of the function as defined, and the textbook form is the correct
one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import reference as ref
import sympy as sp
from model import Case, a, beta, c, f, g, h, i, j, k, lam, m, matrix, n, ones, s, t, vector
from reference import inner, sigmoid, softmax, step
from words import entrywise

x, b, v = vector("x", n), vector("b", n), vector("v", n)
A, R, bm = matrix("A", n, n), matrix("A", m, n), vector("b", m)
X, w, y = matrix("X", m, n), vector("w", n), vector("y", m)
W, W2, bk, yk, z = matrix("W", k, n), matrix("W2", k, h), vector("b", k), vector("y", k), vector("z", k)
q_, x2, A2 = vector("q", k), matrix("x", 2, 1), matrix("A", 2, 2)
half = sp.Rational(1, 2)

w13, w14, w24, w35, w45, w46, v5, v6, p1, p2 = sp.symbols("w13 w14 w24 w35 w45 w46 v5 v6 p1 p2", real=True)
_a3, _a4 = sp.tanh(p1*w13), sp.tanh(p1*w14 + p2*w24)
_a5, _a6 = sp.tanh(_a3*w35 + _a4*w45), sp.tanh(_a4*w46)
HINGE_NET = sp.Max(0, -t*(_a5*v5 + _a6*v6))
HINGE_LETS = ("a3 = tanh(p1*w13); a4 = tanh(p1*w14 + p2*w24); a5 = tanh(a3*w35 + a4*w45); a6 = tanh(a4*w46); "
              "r = -t*step(-t*(a5*v5 + a6*v6)); ")


def hinge_net(w13: Any, w14: Any, w24: Any, w35: Any, w45: Any, w46: Any,
              v5: Any, v6: Any, p1: Any, p2: Any, t: Any) -> Any:
    a3, a4 = np.tanh(p1*w13), np.tanh(p1*w14 + p2*w24)
    return ref.relu(-t*(np.tanh(a3*w35 + a4*w45)*v5 + np.tanh(a4*w46)*v6))


def hinge_case(number: str, variable: sp.Symbol, textbook: str) -> Case:
    return Case(f"hinge-net-{variable}", lambda _: (HINGE_NET, variable), hinge_net, HINGE_LETS + textbook,
                number)


def square(e: sp.MatrixExpr) -> sp.MatrixExpr:
    return e.T*e


def camel(x: Any) -> Any:
    u, q = x[0, 0], x[1, 0]
    return (4 - 2.1*u**2 + u**4/3)*u**2 + u*q + (-4 + 4*q**2)*q**2


_u, _q = x2[0, 0], x2[1, 0]
CAMEL = (4 - sp.Rational(21, 10)*_u**2 + _u**4/3)*_u**2 + _u*_q + (-4 + 4*_q**2)*_q**2
JACOBIAN_EXAMPLE = sp.ImmutableMatrix([2*_u + _q**2, -_u**2 + 3*_q, 4*_u*_q])

LINEAR_AND_QUADRATIC = (
    Case("linear", lambda _: (b.T*x, x), lambda b, x: b.T @ x, "b", "sadiku-102"),
    Case("linear-sum", lambda _: (sp.Sum(b[i, 0]*x[i, 0], (i, 0, n - 1)), x), lambda b, x: b.T @ x, "b",
         "sadiku-101"),
    Case("quadratic", lambda _: (x.T*A*x, x), lambda A, x: x.T @ A @ x, "(A + A.T)*x", "sadiku-107"),
    Case("quadratic-sum", lambda _: (sp.Sum(A[i, j]*x[i, 0]*x[j, 0], (i, 0, n - 1), (j, 0, n - 1)), x),
         lambda A, x: x.T @ A @ x, "(A + A.T)*x", "sadiku-105"),
    Case("quadratic-entry", lambda _: ((x.T*A*x)[0, 0], x), lambda A, x: x.T @ A @ x, "(A + A.T)*x",
         "sadiku-107"),
    Case("quadratic-trace", lambda _: (sp.Trace(x.T*A*x), x), lambda A, x: x.T @ A @ x, "(A + A.T)*x",
         "sadiku-107"),
    Case("quadratic-hessian", lambda _: (x.T*A*x, x), lambda A, x: x.T @ A @ x, "A + A.T", "sadiku-110",
         "hessian"),
    Case("quadratic-gradient-entry", lambda _: (((A + A.T)*x)[i, 0], x),
         lambda A, x, i: ((A + A.T) @ x)[int(i), 0], "", "sadiku-096", where={"i": "index"}),
    Case("squared-norm", lambda _: (x.T*x, x), lambda x: x.T @ x, "2*x", "sadiku-085"),
    Case("squared-norm-of-ax", lambda _: (square(R*x), x), lambda A, x: inner(A @ x, A @ x), "2*A.T*A*x",
         "sadiku-087"),
    Case("additive-homogeneous", lambda _: (t*x.T*A*x + b.T*x, x), lambda t, A, b,
         x: t*(x.T @ A @ x) + b.T @ x,
         "t*(A + A.T)*x + b", "sadiku-084"),
    Case("lagrangian", lambda _: (x.T*A*x - lam*x.T*x, x), lambda A, x, lam: x.T @ A @ x - lam*(x.T @ x),
         "(A + A.T)*x - 2*lam*x", "sadiku-120"),
    Case("lagrangian-constraint", lambda _: (sp.Trace(x.T*A*x) + lam*(1 - sp.Trace(x.T*x)), x),
         lambda A, x, lam: x.T @ A @ x + lam*(1 - x.T @ x), "(A + A.T)*x - 2*lam*x", "sadiku-119"),
    Case("lagrangian-multiplier", lambda _: (sp.Trace(x.T*A*x) + lam*(1 - sp.Trace(x.T*x)), lam),
         lambda A, x, lam: x.T @ A @ x + lam*(1 - x.T @ x), "1 - x.T*x", "sadiku-119"),
    Case("hessian-as-jacobian-of-gradient", lambda _: ((A + A.T)*x, x), lambda A, x: (A + A.T) @ x, "A + A.T",
         "nogga-092", "jacobian"),
    Case("second-directional", lambda _: ((x + t*v).T*A*(x + t*v), t), lambda A, x, t,
         v: (x + t*v).T @ A @ (x + t*v),
         "v.T*(A + A.T)*v", "nogga-088", "hessian"),
    Case("steepest-direction", lambda N: (sp.Trace(b.T*v)/N.norm(v), v), lambda b, v: inner(b, v)/ref.norm(v),
         "r = norm(v); b/r - (b.T*v)*v/r**3", "nogga-082"),
)

LEAST_SQUARES = (
    Case("least-squares", lambda _: (square(R*x - bm), x), lambda A, b, x: inner(A @ x - b, A @ x - b),
         "2*A.T*(A*x - b)", "sadiku-115"),
    Case("least-squares-expanded", lambda _: (x.T*R.T*R*x - 2*bm.T*R*x + bm.T*bm, x),
         lambda A, b, x: inner(A @ x - b, A @ x - b), "2*A.T*A*x - 2*A.T*b", "sadiku-114"),
    Case("least-squares-entry", lambda _: (square(R*x - bm)[0, 0], x),
         lambda A, b, x: inner(A @ x - b, A @ x - b), "2*A.T*(A*x - b)", "sadiku-115"),
    Case("least-squares-hessian", lambda _: (square(R*x - bm), x), lambda A, b,
         x: inner(A @ x - b, A @ x - b),
         "2*A.T*A", "sadiku-115", "hessian"),
    Case("least-squares-mean", lambda _: (square(X*w - y)/m, w), lambda X, w, y,
         m: inner(X @ w - y, X @ w - y)/m,
         "2*X.T*(X*w - y)/m", "nogga-071"),
    Case("average-of-gradients",
         lambda _: (sp.Sum((sp.Sum(X[i, j]*w[j, 0], (j, 0, n - 1)) - y[i, 0])**2, (i, 0, m - 1))/m, w),
         lambda X, w, y, m: inner(X @ w - y, X @ w - y)/m, "2*X.T*(X*w - y)/m", "nogga-095"),
    Case("least-squares-l2", lambda _: (square(X*w - y) + lam/2*w.T*w, w),
         lambda X, w, y, lam: inner(X @ w - y, X @ w - y) + lam/2*(w.T @ w), "2*X.T*(X*w - y) + lam*w",
         "nogga-167"),
    Case("least-squares-l1", lambda N: (sp.Trace(square(X*w - y)) + lam*N.total(entrywise(sp.Abs, w)), w),
         lambda X, w, y, lam: inner(X @ w - y, X @ w - y) + lam*np.sum(ref.absolute(w)),
         "2*X.T*(X*w - y) + lam*sign(w)", "nogga-170"),
    Case("mse-constant", lambda _: (sp.Sum((x[i, 0] - c)**2, (i, 0, n - 1))/n, c),
         lambda x, c, n: np.sum((x - c)**2)/n, "2*(c - mean(x))", "nogga-057"),
    Case("mae-constant", lambda _: (sp.Sum(sp.Abs(x[i, 0] - c), (i, 0, n - 1)), c),
         lambda x, c: np.sum(ref.absolute(x - c)), "-total(sign(x - c))", "nogga-061"),
    Case("squared-error-sum", lambda _: (sp.Sum(half*(x[j, 0] - b[j, 0])**2, (j, 0, n - 1)), x),
         lambda x, b: np.sum((x - b)**2)/2, "x - b", "magyar-059"),
    Case("regression-loss", lambda _: (square(b - x), x), lambda x, b: inner(b - x, b - x), "-2*(b - x)",
         "oh-094"),
)

SCALAR = (
    Case("partial", lambda _: (2*s**3 + 3*t**3, s), lambda s, t: 2*s**3 + 3*t**3, "6*s**2", "sadiku-048"),
    Case("chain", lambda _: ((t**2 + 1)**3 - 2, t), lambda t: (t**2 + 1)**3 - 2, "6*t*(t**2 + 1)**2",
         "sadiku-056"),
    Case("parabola", lambda _: (t**2 - 4*t + 3, t), lambda t: t**2 - 4*t + 3, "2*t - 4", "oh-055"),
    Case("chain-of-two", lambda _: (3*(2*t**2 - 1)**2 - 2*(2*t**2 - 1) + c, t),
         lambda t, c: 3*(2*t**2 - 1)**2 - 2*(2*t**2 - 1) + c, "4*t*(6*(2*t**2 - 1) - 2)", "oh-066"),
    Case("cubic", lambda _: ((t + 1)**3 - (t - 1)**2 - 12*t, t), lambda t: (t + 1)**3 - (t - 1)**2 - 12*t,
         "3*(t + 1)**2 - 2*(t - 1) - 12", "magyar-179"),
    Case("chain-square", lambda _: (s**2 + 1, s), lambda s: s**2 + 1, "2*s", "nogga-145"),
    Case("general-exponential", lambda _: (lam**t, t), lambda lam, t: lam**t, "lam**t*log(lam)", "magyar-172",
         where={"lam": "positive"}),
    Case("product-rule", lambda _: (f(t)*g(t), t), lambda t: ref.f(t)*ref.g(t), "df(t)*g(t) + f(t)*dg(t)",
         "magyar-175"),
    Case("quotient-rule", lambda _: (f(t)/g(t), t), lambda t: ref.f(t)/ref.g(t),
         "(df(t)*g(t) - f(t)*dg(t))/g(t)**2", "magyar-176"),
    Case("chain-rule", lambda _: (f(g(t)), t), lambda t: ref.f(ref.g(t)), "df(g(t))*dg(t)", "magyar-177"),
    Case("neuron-weight", lambda _: ((f(s*t + c) - a)**2, s), lambda s, t, c, a: (ref.f(s*t + c) - a)**2,
         "r = s*t + c; 2*(f(r) - a)*df(r)*t", "nogga-147"),
    Case("neuron-bias", lambda _: ((f(s*t + c) - a)**2, c), lambda s, t, c, a: (ref.f(s*t + c) - a)**2,
         "r = s*t + c; 2*(f(r) - a)*df(r)", "nogga-151"),
    Case("six-hump-camel", lambda _: (CAMEL, x2), camel,
         "[[2*x[0]**5 - 8.4*x[0]**3 + 8*x[0] + x[1]], [16*x[1]**3 - 8*x[1] + x[0]]]", "oh-058"),
    Case("six-hump-camel-hessian", lambda _: (CAMEL, x2), camel,
         "[[10*x[0]**4 - 25.2*x[0]**2 + 8, 1], [1, 48*x[1]**2 - 8]]", "oh-062", "hessian"),
    Case("jacobian-example", lambda _: (JACOBIAN_EXAMPLE, x2),
         lambda x: np.stack([2*x[0] + x[1]**2, -x[0]**2 + 3*x[1], 4*x[0]*x[1]]),
         "[[2, 2*x[1]], [-2*x[0], 3], [4*x[1], 4*x[0]]]", "oh-060", "jacobian"),
    Case("two-by-two", lambda _: (sp.Rational(3, 2)*A2[0, 0] + 5*A2[0, 1]**2 + A2[1, 0]*A2[1, 1], A2),
         lambda A: 1.5*A[0, 0] + 5*A[0, 1]**2 + A[1, 0]*A[1, 1], "[[3/2, 10*A[0, 1]], [A[1, 1], A[1, 0]]]",
         "sadiku-082"),
    Case("descent-exercise", lambda _: (half*_u**2 + _q**2 + 2*_u + _q, x2),
         lambda x: x[0, 0]**2/2 + x[1, 0]**2 + 2*x[0, 0] + x[1, 0], "[[x[0] + 2], [2*x[1] + 1]]",
         "sadiku-071"),
    Case("surface", lambda _: (((_u - 1)**3 - 5*_q**2)/50 + 3, x2),
         lambda x: ((x[0, 0] - 1)**3 - 5*x[1, 0]**2)/50 + 3, "[[3*(x[0] - 1)**2/50], [-x[1]/5]]",
         "magyar-191"),
    Case("binary-hinge", lambda _: (sp.Max(0, 1 - t*s), s), lambda s, t: ref.relu(1 - t*s),
         "-t*step(1 - t*s)", "oh-085",
         where={"t": "signs"}),
    hinge_case("sadiku-158", v6, "a6*r"),
    hinge_case("sadiku-162", w46, "a4*(1 - a6**2)*v6*r"),
    hinge_case("sadiku-163", w45, "a4*(1 - a5**2)*v5*r"),
    hinge_case("sadiku-167", w24, "p2*(1 - a4**2)*(w46*(1 - a6**2)*v6 + w45*(1 - a5**2)*v5)*r"),
    hinge_case("sadiku-169", w13, "p1*(1 - a3**2)*w35*(1 - a5**2)*v5*r"),
)

LAYERS = (
    Case("score-weight-row", lambda _: (w.T*x + matrix("b", 1, 1), w), lambda w, x, b: w.T @ x + b, "x",
         "oh-070"),
    Case("score-bias", lambda _: (W*x + bk, bk), lambda W, x, b: W @ x + b, "eye(k)", "oh-072", "jacobian"),
    Case("score-input", lambda _: (W*x + bk, x), lambda W, x, b: W @ x + b, "W", "oh-076", "jacobian"),
    Case("sigmoid-jacobian", lambda N: (N.sigmoid(z), z), sigmoid, "q = sigmoid(z); diag(hadamard(q, 1 - q))",
         "oh-078", "jacobian"),
    Case("softmax-jacobian", lambda N: (N.softmax(z), z), softmax, "q = softmax(z); diag(q) - q*q.T",
         "oh-080",
         "jacobian"),
    Case("multiclass-hinge", lambda N: (N.total(N.relu(z - ones(k)*(yk.T*z) + ones(k))), z),
         lambda z, y: np.sum(ref.relu(z - y.T @ z + 1)),
         "r = step(z - ones(k)*(y.T*z) + 1); r - total(r)*y", "oh-088", where={"y": "one-hot"}),
    Case("log-likelihood", lambda N: (-yk.T*N.log(q_), q_), lambda y, q: -y.T @ np.log(q),
         "-hadamard(y, power(q, -1))", "oh-089", where={"q": "probability", "y": "one-hot"}),
    Case("binary-cross-entropies", lambda N: (-yk.T*N.log(q_) - (ones(k) - yk).T*N.log(ones(k) - q_), q_),
         lambda y, q: -(y.T @ np.log(q)) - (1 - y).T @ np.log(1 - q),
         "hadamard(1 - y, power(1 - q, -1)) - hadamard(y, power(q, -1))", "oh-092",
         where={"q": "unit", "y": "one-hot"}),
    Case("perceptron-weights", lambda N: (square(N.sigmoid(W*x + bk) - yk), W),
         lambda W, x, b, y: np.sum((sigmoid(W @ x + b) - y)**2),
         "q = sigmoid(W*x + b); 2*hadamard(q - y, q, 1 - q)*x.T", "oh-068"),
    Case("perceptron-bias", lambda N: (square(N.sigmoid(W*x + bk) - yk), bk),
         lambda W, x, b, y: np.sum((sigmoid(W @ x + b) - y)**2),
         "q = sigmoid(W*x + b); 2*hadamard(q - y, q, 1 - q)", "oh-067"),
    Case("activation-jacobian", lambda _: ((W*x).applyfunc(f), x), lambda W, x: ref.f(W @ x),
         "diag(df(W*x))*W",
         "nogga-085", "jacobian"),
    Case("tanh-layer-jacobian", lambda N: (N.tanh(W*x), x), lambda W, x: np.tanh(W @ x),
         "diag(1 - power(tanh(W*x), 2))*W", "nogga-162", "jacobian"),
    Case("layer-sensitivity", lambda _: (square((W*x + bk).applyfunc(f) - yk), x),
         lambda W, x, b, y: np.sum((ref.f(W @ x + b) - y)**2),
         "r = W*x + b; 2*W.T*hadamard(df(r), f(r) - y)", "nogga-154"),
    Case("output-layer", lambda _: (half*square((W*x).applyfunc(f) - yk), W),
         lambda W, x, y: np.sum((ref.f(W @ x) - y)**2)/2, "hadamard(f(W*x) - y, df(W*x))*x.T", "magyar-068"),
    Case("output-layer-sum",
         lambda _: (sp.Sum(half*(f(sp.Sum(W[j, i]*x[i, 0], (i, 0, n - 1))) - yk[j, 0])**2, (j, 0, k - 1)), W),
         lambda W, x, y: np.sum((ref.f(W @ x) - y)**2)/2, "hadamard(f(W*x) - y, df(W*x))*x.T", "magyar-069"),
    Case("last-hidden-layer",
         lambda _: (half*square((W2*(matrix("W1", h, n)*x).applyfunc(g)).applyfunc(f) - yk),
                    matrix("W1", h, n)),
         lambda W1, W2, x, y: np.sum((ref.f(W2 @ ref.g(W1 @ x)) - y)**2)/2,
         "z1 = W1*x; z2 = W2*g(z1); hadamard(W2.T*hadamard(f(z2) - y, df(z2)), dg(z1))*x.T", "magyar-076"),
    Case("l1-penalty", lambda N: (lam*N.total(entrywise(sp.Abs, W)), W), lambda W,
         lam: lam*np.sum(ref.absolute(W)),
         "lam*sign(W)", "magyar-104"),
    Case("l2-penalty-sum", lambda _: (lam/2*sp.Sum(W[j, i]**2, (i, 0, n - 1), (j, 0, k - 1)), W),
         lambda W, lam: lam/2*np.sum(W**2), "lam*W", "magyar-109"),
    Case("sigmoid-steepness", lambda _: (c/(1 + sp.exp(-beta*t)), t), lambda c, beta,
         t: c/(1 + np.exp(-beta*t)),
         "r = c/(1 + exp(-beta*t)); beta*r*(1 - r/c)", "magyar-009",
         where={"c": "positive", "beta": "positive"}),
    Case("threshold", lambda _: (sp.Piecewise((1, t > 0), (0, True))*s, t), lambda t, s: step(t)*s, "0",
         "magyar-005"),
)

CASES = LINEAR_AND_QUADRATIC + LEAST_SQUARES + SCALAR + LAYERS
