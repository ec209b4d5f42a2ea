# ruff: noqa: ARG005, PLW0108  (the parameter names of a truth are the names of the case's symbols)
"""Layers and networks on one sample.

Dense networks of depth 1 to 4, normalisation, attention, residual and recurrent cells.

Samples are columns here; `cases_batches.py` has the same with one sample per row. The textbook forms are
written with named intermediates, as backpropagation is: z_l, a_l, delta_l.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import reference as ref
import sympy as sp
from model import Case, d, eps, f, h, k, lam, m, matrix, n, ones, p, s, t, vector
from reference import inner, sigmoid, softmax

half = sp.Rational(1, 2)
GOODFELLOW = "Goodfellow, Bengio and Courville, Deep Learning, section "
WIDTHS = {1: (n, k), 2: (n, h, k), 3: (n, h, d, k), 4: (n, h, d, p, k)}

# Activation: the layer in words, in NumPy, and its derivative in terms of z and a.
ACTIVATIONS: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any], Any], str, str]] = {
    "tanh": (lambda N, z: N.tanh(z), np.tanh, "tanh({z})", "1 - power({a}, 2)"),
    "sigmoid": (lambda N, z: N.sigmoid(z), sigmoid, "sigmoid({z})", "hadamard({a}, 1 - {a})"),
    "relu": (lambda N, z: N.relu(z), ref.relu, "relu({z})", "step({z})"),
    "f": (lambda _, z: z.applyfunc(f), ref.f, "f({z})", "df({z})"),
}


def dense(depth: int, activation: str, loss: str, wanted: str, source: str = GOODFELLOW + "6.5") -> Case:
    """Hidden layers with an activation, a linear last layer, a loss on its output."""
    widths = WIDTHS[depth]
    weights = [matrix(f"W{q}", widths[q], widths[q - 1]) for q in range(1, depth + 1)]
    biases = [vector(f"b{q}", widths[q]) for q in range(1, depth + 1)]
    x, y = vector("x", n), vector("y", k)
    layer, numpy, _, _ = ACTIVATIONS[activation]
    variable = {v.name: v for v in [*weights, *biases, x]}[wanted]

    def build(N: Any) -> tuple[Any, Any]:
        z = x
        for q, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
            z = weight*z + bias
            z = layer(N, z) if q < depth else z
        return (half*(z - y).T*(z - y) if loss == "squared" else -y.T*N.log_softmax(z)), variable

    def forward(x: Any, y: Any, **parameters: Any) -> Any:
        z = x
        for q in range(1, depth + 1):
            z = parameters[f"W{q}"] @ z + parameters[f"b{q}"]
            z = numpy(z) if q < depth else z
        return inner(z - y, z - y)/2 if loss == "squared" else -(y.T @ ref.log_softmax(z))

    names = ["x", "y", *[f"W{q}" for q in range(1, depth + 1)], *[f"b{q}" for q in range(1, depth + 1)]]
    return Case(f"{activation}-{loss}-{depth}-{wanted}", build, named(forward, names),
                backpropagation(depth, activation, loss, wanted), source,
                where={"y": "one-hot"} if loss == "entropy" else {})


def named(function: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    """Give a function of keywords the signature that a truth needs."""
    def truth(**arrays: Any) -> Any:
        return function(**arrays)

    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    truth.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return truth


def backpropagation(depth: int, activation: str, loss: str, wanted: str) -> str:
    """The textbook form: forward lets, backward lets down to the wanted quantity."""
    _, _, value, slope = ACTIVATIONS[activation]
    lines, last = [], "x"
    for q in range(1, depth + 1):
        lines.append(f"z{q} = W{q}*{last} + b{q}")
        if q < depth:
            last = f"a{q}"
            lines.append(f"a{q} = {value.format(z=f'z{q}')}")
    lines.append(f"d{depth} = " + (f"z{depth} - y" if loss == "squared" else f"softmax(z{depth}) - y"))
    target = int(wanted[1:]) if wanted != "x" else 1
    lines += [f"d{q} = hadamard(W{q + 1}.T*d{q + 1}, {slope.format(z=f'z{q}', a=f'a{q}')})"
              for q in range(depth - 1, target - 1, -1)]
    inward = "x" if target == 1 else f"a{target - 1}"
    result = {"W": f"d{target}*{inward}.T", "b": f"d{target}", "x": f"W{target}.T*d{target}"}[wanted[0]]
    return "; ".join([*lines, result])


DENSE = (
    *(dense(1, "tanh", "squared", q) for q in ("W1", "b1", "x")),
    *(dense(2, "tanh", "squared", q) for q in ("W1", "b1", "W2", "b2", "x")),
    *(dense(3, "tanh", "squared", q) for q in ("W1", "b1", "W2", "x")),
    *(dense(4, "tanh", "squared", q) for q in ("W1", "b2", "W3", "x")),
    *(dense(1, "sigmoid", "entropy", q) for q in ("W1", "b1", "x")),
    *(dense(2, "sigmoid", "entropy", q) for q in ("W1", "b1", "W2", "x")),
    *(dense(3, "sigmoid", "entropy", q) for q in ("W1", "W2", "b3")),
    *(dense(4, "sigmoid", "entropy", q) for q in ("W1", "b1")),
    *(dense(2, "relu", "squared", q) for q in ("W1", "b1")),
    *(dense(3, "relu", "entropy", q) for q in ("W1",)),
    *(dense(2, "f", "squared", q, "magyar-076") for q in ("W1", "x")),
    *(dense(3, "f", "squared", q, "magyar-082") for q in ("W1", "b2")),
)

x, y, z, v, g1 = vector("x", n), vector("y", k), vector("z", n), vector("v", n), vector("g", n)
W, U, W1, W2, b = matrix("W", k, n), matrix("U", n, h), matrix("W1", h, n), matrix("W2", n, h), vector("b", k)
bh, yn = vector("b", h), vector("y", n)
H, Hx, h0 = matrix("W", n, n), matrix("U", n, k), vector("h0", n)
x1, x2, bn = vector("x1", k), vector("x2", k), vector("b", n)


def standardised(N: Any, z: Any) -> tuple[Any, Any]:
    """(z - mean) / sqrt(variance + eps) and the root."""
    centred = z - N.mean(z)*ones(n)
    root = sp.sqrt(sp.Trace(centred.T*centred)/n + eps)
    return centred/root, root


def np_standardised(z: Any, eps: float, axis: int | None = None) -> Any:
    centred = z - np.mean(z, axis=axis, keepdims=axis is not None)
    return centred/np.sqrt(np.mean(centred**2, axis=axis, keepdims=axis is not None) + eps)


NORM_LETS = "c = z - mean(z)*ones(n); r = sqrt(c.T*c/n + eps); q = c/r; "

NORMALISATION = (
    Case("layer-norm-input", lambda N: (v.T*standardised(N, z)[0], z), lambda v, z,
         eps: v.T @ np_standardised(z, eps),
         NORM_LETS + "(v - mean(v)*ones(n) - (v.T*q)*q/n)/r", "Ba, Kiros and Hinton 2016",
         where={"eps": "unit"}),
    Case("layer-norm-gain", lambda N: (v.T*(N.hadamard(g1, standardised(N, z)[0]) + bn), g1),
         lambda v, g, z, b, eps: v.T @ (g*np_standardised(z, eps) + b), NORM_LETS + "hadamard(v, q)",
         "Ba, Kiros and Hinton 2016", where={"eps": "unit"}),
    Case("layer-norm-input-gain", lambda N: (v.T*(N.hadamard(g1, standardised(N, z)[0]) + bn), z),
         lambda v, g, z, b, eps: v.T @ (g*np_standardised(z, eps) + b),
         NORM_LETS + "u = hadamard(v, g); (u - mean(u)*ones(n) - (u.T*q)*q/n)/r", "Ba, Kiros and Hinton 2016",
         where={"eps": "unit"}),
    Case("layer-norm-jacobian", lambda N: (standardised(N, z)[0], z), lambda z, eps: np_standardised(z, eps),
         NORM_LETS + "(eye(n) - ones(n, n)/n - q*q.T/n)/r", "Ba, Kiros and Hinton 2016", "jacobian",
         {"eps": "unit"}),
    Case("layer-norm-of-dense", lambda N: (v.T*standardised(N, H*x)[0], H),
         lambda v, W, x, eps: v.T @ np_standardised(W @ x, eps),
         "z = W*x; " + NORM_LETS + "(v - mean(v)*ones(n) - (v.T*q)*q/n)/r*x.T", "Ba, Kiros and Hinton 2016",
         where={"eps": "unit"}),
    Case("rms-norm", lambda N: (v.T*z/sp.sqrt(sp.Trace(z.T*z)/n + eps), z),
         lambda v, z, eps: v.T @ z/np.sqrt(np.mean(z**2) + eps),
         "r = sqrt(z.T*z/n + eps); (v - (v.T*z)*z/(n*r**2))/r", "Zhang and Sennrich 2019",
         where={"eps": "unit"}),
    Case("unit-norm", lambda N: (v.T*z/N.norm(z), z), lambda v, z: v.T @ z/ref.norm(z),
         "r = norm(z); (v - (v.T*z)*z/r**2)/r", "elementary"),
    Case("weight-norm-scale", lambda N: (s*sp.Trace(v.T*z)/N.norm(v), s), lambda s, v,
         z: s*inner(v, z)/ref.norm(v),
         "v.T*z/norm(v)", "Salimans and Kingma 2016"),
)

K, V, q0, u = matrix("K", m, n), matrix("V", m, k), vector("q", n), vector("u", k)


def attend(N: Any) -> Any:
    return u.T*V.T*N.softmax(K*q0/sp.sqrt(n))


def np_attend(u: Any, V: Any, K: Any, q: Any, n: int) -> Any:
    return u.T @ V.T @ softmax(K @ q/np.sqrt(n))


ATTEND_LETS = "r = softmax(K*q/sqrt(n)); e = V*u; d = hadamard(r, e) - (r.T*e)*r; "
VASWANI = "Vaswani et al. 2017, section 3.2.1"

ATTENTION = (
    Case("attention-query", lambda N: (attend(N), q0), np_attend, ATTEND_LETS + "K.T*d/sqrt(n)", VASWANI),
    Case("attention-keys", lambda N: (attend(N), K), np_attend, ATTEND_LETS + "d*q.T/sqrt(n)", VASWANI),
    Case("attention-values", lambda N: (attend(N), V), np_attend, "softmax(K*q/sqrt(n))*u.T", VASWANI),
    Case("attention-output-jacobian", lambda N: (V.T*N.softmax(K*q0), q0), lambda V, K,
         q: V.T @ softmax(K @ q),
         "r = softmax(K*q); V.T*(diag(r) - r*r.T)*K", VASWANI, "jacobian"),
    Case("additive-attention", lambda N: (u.T*N.tanh(W*x + b), W), lambda u, W, x,
         b: u.T @ np.tanh(W @ x + b),
         "hadamard(u, 1 - power(tanh(W*x + b), 2))*x.T", "Bahdanau, Cho and Bengio 2015"),
)


def residual(N: Any) -> Any:
    out = x + W2*N.tanh(W1*x + bh)
    return half*(out - yn).T*(out - yn)


def np_residual(x: Any, W1: Any, W2: Any, b: Any, y: Any) -> Any:
    out = x + W2 @ np.tanh(W1 @ x + b)
    return inner(out - y, out - y)/2


def two_blocks(N: Any) -> Any:
    first = x + W2*N.tanh(W1*x)
    return v.T*(first + W2*N.tanh(W1*first))


def np_two_blocks(x: Any, W1: Any, W2: Any, v: Any) -> Any:
    first = x + W2 @ np.tanh(W1 @ x)
    return v.T @ (first + W2 @ np.tanh(W1 @ first))


RES_LETS = "q = tanh(W1*x + b); e = x + W2*q - y; d = hadamard(W2.T*e, 1 - power(q, 2)); "
BLOCK_LETS = ("q1 = tanh(W1*x); a1 = x + W2*q1; q2 = tanh(W1*a1); d2 = hadamard(W2.T*v, 1 - power(q2, 2)); "
              "e = v + W1.T*d2; d1 = hadamard(W2.T*e, 1 - power(q1, 2)); ")
HE = "He et al. 2016, section 3.1"

RESIDUAL = (
    Case("residual-input", lambda N: (residual(N), x), np_residual, RES_LETS + "e + W1.T*d", HE),
    Case("residual-inner", lambda N: (residual(N), W1), np_residual, RES_LETS + "d*x.T", HE),
    Case("residual-outer", lambda N: (residual(N), W2), np_residual, RES_LETS + "e*q.T", HE),
    Case("residual-jacobian", lambda N: (x + W2*N.tanh(W1*x), x), lambda x, W1, W2: x + W2 @ np.tanh(W1 @ x),
         "eye(n) + W2*diag(1 - power(tanh(W1*x), 2))*W1", HE, "jacobian"),
    Case("two-blocks-input", lambda N: (two_blocks(N), x), np_two_blocks, BLOCK_LETS + "e + W1.T*d1", HE),
    Case("two-blocks-shared", lambda N: (two_blocks(N), W1), np_two_blocks, BLOCK_LETS + "d2*a1.T + d1*x.T",
         HE),
)


def recurrent(N: Any) -> Any:
    first = N.tanh(H*h0 + Hx*x1 + bn)
    second = N.tanh(H*first + Hx*x2 + bn)
    return half*(second - yn).T*(second - yn)


def np_recurrent(W: Any, U: Any, h0: Any, x1: Any, x2: Any, b: Any, y: Any) -> Any:
    second = np.tanh(W @ np.tanh(W @ h0 + U @ x1 + b) + U @ x2 + b)
    return inner(second - y, second - y)/2


RNN_LETS = ("h1 = tanh(W*h0 + U*x1 + b); h2 = tanh(W*h1 + U*x2 + b); "
            "d2 = hadamard(h2 - y, 1 - power(h2, 2)); d1 = hadamard(W.T*d2, 1 - power(h1, 2)); ")


def gated(N: Any) -> Any:
    """An update gate between the old state and a candidate."""
    gate = N.sigmoid(H*h0)
    return v.T*(N.hadamard(gate, h0) + N.hadamard(ones(n) - gate, N.tanh(matrix("V", n, n)*h0)))


def np_gated(W: Any, V: Any, h0: Any, v: Any) -> Any:
    gate = sigmoid(W @ h0)
    return v.T @ (gate*h0 + (1 - gate)*np.tanh(V @ h0))


GATE_LETS = ("q = sigmoid(W*h0); c = tanh(V*h0); d = hadamard(v, h0 - c, q, 1 - q); "
             "e = hadamard(v, 1 - q, 1 - power(c, 2)); ")

RECURRENT = (
    Case("recurrent-state-weights", lambda N: (recurrent(N), H), np_recurrent, RNN_LETS + "d2*h1.T + d1*h0.T",
         GOODFELLOW + "10.2.2"),
    Case("recurrent-input-weights", lambda N: (recurrent(N), Hx), np_recurrent,
         RNN_LETS + "d2*x2.T + d1*x1.T",
         GOODFELLOW + "10.2.2"),
    Case("recurrent-bias", lambda N: (recurrent(N), bn), np_recurrent, RNN_LETS + "d2 + d1",
         GOODFELLOW + "10.2.2"),
    Case("recurrent-state", lambda N: (recurrent(N), h0), np_recurrent, RNN_LETS + "W.T*d1",
         GOODFELLOW + "10.2.2"),
    Case("gate-weights", lambda N: (gated(N), H), np_gated, GATE_LETS + "d*h0.T", GOODFELLOW + "10.10.2"),
    Case("gate-state", lambda N: (gated(N), h0), np_gated, GATE_LETS + "hadamard(v, q) + W.T*d + V.T*e",
         GOODFELLOW + "10.10.2"),
)

MIXED = (
    Case("network-jacobian", lambda N: (W2*N.tanh(W1*x + bh), x), lambda W1, W2, x,
         b: W2 @ np.tanh(W1 @ x + b),
         "W2*diag(1 - power(tanh(W1*x + b), 2))*W1", GOODFELLOW + "6.5", "jacobian"),
    Case("tied-autoencoder", lambda N: (half*N.norm(W.T*N.tanh(W*x) - x)**2, W),
         lambda W, x: np.sum((W.T @ np.tanh(W @ x) - x)**2)/2,
         "q = tanh(W*x); e = W.T*q - x; q*e.T + hadamard(W*e, 1 - power(q, 2))*x.T", GOODFELLOW + "14.1"),
    Case("dropout-mask", lambda N: (u.T*N.hadamard(y, N.tanh(W*x)), W), lambda u, y, W,
         x: u.T @ (y*np.tanh(W @ x)),
         "hadamard(u, y, 1 - power(tanh(W*x), 2))*x.T", GOODFELLOW + "7.12"),
    Case("weight-decay", lambda N: (-y.T*N.log_softmax(W*x) + lam/2*sp.Trace(W.T*W)*sp.Identity(1), W),
         lambda y, W, x, lam: -(y.T @ ref.log_softmax(W @ x)) + lam/2*np.sum(W**2),
         "(softmax(W*x) - y)*x.T + lam*W",
         "nogga-167", where={"y": "one-hot"}),
    Case("soft-labels", lambda N: (-N.softmax(b).T*N.log_softmax(W*x), W),
         lambda b, W, x: -(softmax(b).T @ ref.log_softmax(W @ x)), "(softmax(W*x) - softmax(b))*x.T",
         GOODFELLOW + "6.2"),
    Case("general-labels", lambda N: (-y.T*N.log_softmax(W*x + b), W),
         lambda y, W, x, b: -(y.T @ ref.log_softmax(W @ x + b)), "(total(y)*softmax(W*x + b) - y)*x.T",
         GOODFELLOW + "6.2"),
    Case("log-of-softmax", lambda N: (-y.T*N.log(N.softmax(W*x + b)), W),
         lambda y, W, x, b: -(y.T @ np.log(softmax(W @ x + b))), "(softmax(W*x + b) - y)*x.T", "oh-089",
         where={"y": "one-hot"}),
    Case("bilinear", lambda N: (N.sigmoid(x.T*W.T*y), W), lambda x, W, y: sigmoid(x.T @ W.T @ y),
         "q = sigmoid(y.T*W*x); q*(1 - q)*y*x.T", "elementary"),
    Case("triplet", lambda N: (sp.Max(0, sp.Trace((x - v).T*(x - v)) - sp.Trace((x - z).T*(x - z)) + t), x),
         lambda x, v, z, t: ref.relu(inner(x - v, x - v) - inner(x - z, x - z) + t),
         "2*step((x - v).T*(x - v) - (x - z).T*(x - z) + t)*(z - v)",
         "Schroff, Kalenichenko and Philbin 2015",
         where={"t": "positive", "v": "small"}),
    Case("embedding", lambda N: (v.T*N.tanh(matrix("E", n, m)*vector("w", m)), matrix("E", n, m)),
         lambda v, E, w: v.T @ np.tanh(E @ w), "hadamard(v, 1 - power(tanh(E*w), 2))*w.T", "elementary",
         where={"w": "one-hot"}),
)

CASES = DENSE + NORMALISATION + ATTENTION + RESIDUAL + RECURRENT + MIXED
