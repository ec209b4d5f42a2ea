
"""Layers on a batch: one sample per row, the bias a row broadcast with a column of ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import reference as ref
import sympy as sp
from cases_networks import GOODFELLOW, VASWANI, np_standardised
from model import Case, d, eps, h, k, lam, m, matrix, n, ones, p, vector
from reference import inner, sigmoid, softmax, softplus
from words import entrywise

half = sp.Rational(1, 2)
X, Y, W, b = matrix("X", m, n), matrix("Y", m, k), matrix("W", n, k), vector("b", k)
W1, W2, b1, b2 = matrix("W1", n, h), matrix("W2", h, k), vector("b1", h), vector("b2", k)
w, y = vector("w", n), vector("y", m)
V, G, gain, shift = matrix("V", m, n), matrix("G", m, k), vector("g", n), vector("e", n)


def frobenius(e: Any) -> Any:
    return sp.Trace(e.T*e)


def linear(_: Any) -> Any:
    return half*frobenius(X*W + ones(m)*b.T - Y)


def np_linear(X: Any, W: Any, b: Any, Y: Any) -> Any:
    return np.sum((X @ W + b.T - Y)**2)/2


def entropy(N: Any) -> Any:
    return -N.trace(Y.T*N.log_softmax(X*W + ones(m)*b.T))/m


def np_entropy(X: Any, W: Any, b: Any, Y: Any, m: int) -> Any:
    return -inner(Y, ref.log_softmax(X @ W + b.T))/m


def hidden(N: Any) -> Any:
    return N.tanh(X*W1 + ones(m)*b1.T)*W2 + ones(m)*b2.T


def squared(N: Any) -> Any:
    return half*frobenius(hidden(N) - Y)


def np_squared(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, Y: Any) -> Any:
    return np.sum((np.tanh(X @ W1 + b1.T) @ W2 + b2.T - Y)**2)/2


def deep_entropy(N: Any) -> Any:
    return -N.trace(Y.T*N.log_softmax(hidden(N)))/m


def np_deep_entropy(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, Y: Any, m: int) -> Any:
    return -inner(Y, ref.log_softmax(np.tanh(X @ W1 + b1.T) @ W2 + b2.T))/m


LETS = ("A1 = tanh(X*W1 + ones(m)*b1.T); D2 = A1*W2 + ones(m)*b2.T - Y; "
        "D1 = hadamard(D2*W2.T, 1 - power(A1, 2)); ")
LETS_ENTROPY = ("A1 = tanh(X*W1 + ones(m)*b1.T); D2 = (softmax(A1*W2 + ones(m)*b2.T) - Y)/m; "
                "D1 = hadamard(D2*W2.T, 1 - power(A1, 2)); ")
ROWS = {"Y": "one-hot rows"}

DENSE = (
    Case("batch-linear-W", lambda N: (linear(N), W), np_linear, "X.T*(X*W + ones(m)*b.T - Y)", "nogga-071"),
    Case("batch-linear-b", lambda N: (linear(N), b), np_linear, "(X*W + ones(m)*b.T - Y).T*ones(m)",
         "nogga-071"),
    Case("batch-linear-X", lambda N: (linear(N), X), np_linear, "(X*W + ones(m)*b.T - Y)*W.T", "nogga-071"),
    Case("batch-entropy-W", lambda N: (entropy(N), W), np_entropy, "X.T*(softmax(X*W + ones(m)*b.T) - Y)/m",
         GOODFELLOW + "6.2", where=ROWS),
    Case("batch-entropy-b", lambda N: (entropy(N), b), np_entropy,
         "(softmax(X*W + ones(m)*b.T) - Y).T*ones(m)/m",
         GOODFELLOW + "6.2", where=ROWS),
    Case("batch-entropy-X", lambda N: (entropy(N), X), np_entropy, "(softmax(X*W + ones(m)*b.T) - Y)*W.T/m",
         GOODFELLOW + "6.2", where=ROWS),
    Case("batch-squared-2-W1", lambda N: (squared(N), W1), np_squared, LETS + "X.T*D1", GOODFELLOW + "6.5"),
    Case("batch-squared-2-b1", lambda N: (squared(N), b1), np_squared, LETS + "D1.T*ones(m)",
         GOODFELLOW + "6.5"),
    Case("batch-squared-2-W2", lambda N: (squared(N), W2), np_squared, LETS + "A1.T*D2", GOODFELLOW + "6.5"),
    Case("batch-squared-2-b2", lambda N: (squared(N), b2), np_squared, LETS + "D2.T*ones(m)",
         GOODFELLOW + "6.5"),
    Case("batch-entropy-2-W1", lambda N: (deep_entropy(N), W1), np_deep_entropy, LETS_ENTROPY + "X.T*D1",
         GOODFELLOW + "6.5", where=ROWS),
    Case("batch-entropy-2-b1", lambda N: (deep_entropy(N), b1), np_deep_entropy,
         LETS_ENTROPY + "D1.T*ones(m)",
         GOODFELLOW + "6.5", where=ROWS),
    Case("batch-entropy-2-W2", lambda N: (deep_entropy(N), W2), np_deep_entropy, LETS_ENTROPY + "A1.T*D2",
         GOODFELLOW + "6.5", where=ROWS),
)

REGRESSION = (
    Case("logistic", lambda N: (N.total(N.softplus(X*w)) - sp.Trace(y.T*X*w), w),
         lambda X, w, y: np.sum(softplus(X @ w)) - y.T @ X @ w, "X.T*(sigmoid(X*w) - y)",
         "Bishop, Pattern Recognition and Machine Learning, section 4.3", where={"y": "unit"}),
    Case("logistic-bernoulli",
         lambda N: (-y.T*N.log(N.sigmoid(X*w)) - (ones(m) - y).T*N.log(ones(m) - N.sigmoid(X*w)), w),
         lambda X, w, y: -(y.T @ np.log(sigmoid(X @ w))) - (1 - y).T @ np.log(1 - sigmoid(X @ w)),
         "X.T*(sigmoid(X*w) - y)", "Bishop, Pattern Recognition and Machine Learning, section 4.3",
         where={"y": "unit"}),
    Case("softmax-regression-decay", lambda N: (entropy(N) + lam/2*frobenius(W), W),
         lambda X, W, b, Y, m, lam: np_entropy(X, W, b, Y, m) + lam/2*np.sum(W**2),
         "X.T*(softmax(X*W + ones(m)*b.T) - Y)/m + lam*W", GOODFELLOW + "7.1", where=ROWS),
    Case("factorisation",
         lambda _: (frobenius(matrix("R", m, n) - matrix("U", m, d)*matrix("V", n, d).T), matrix("U", m, d)),
         lambda R, U, V: np.sum((R - U @ V.T)**2), "2*(U*V.T - R)*V", "elementary"),
    Case("masked-factorisation",
         lambda N: (frobenius(N.hadamard(V, matrix("R", m, n) - matrix("U", m, d)*matrix("F", n, d).T)),
                    matrix("F", n, d)),
         lambda V, R, U, F: np.sum((V*(R - U @ F.T))**2), "2*hadamard(V, V, U*F.T - R).T*U", "elementary"),
    Case("gram-kernel", lambda N: (N.total(N.exp(X*X.T/n)), X), lambda X, n: np.sum(np.exp(X @ X.T/n)),
         "2*exp(X*X.T/n)*X/n", "elementary"),
    Case("row-softmax-weighted", lambda N: (N.trace(G.T*N.softmax(X*W)), W), lambda G, X,
         W: inner(G, softmax(X @ W)),
         "Q = softmax(X*W); R = hadamard(Q, G); X.T*(R - hadamard(R*ones(k, k), Q))", "oh-080"),
    Case("row-logsumexp", lambda N: (N.total(N.logsumexp(X*W)), W), lambda X, W: np.sum(ref.logsumexp(X @ W)),
         "X.T*softmax(X*W)", "oh-080"),
    Case("contrastive", lambda N: (-N.trace(N.log_softmax(X*V.T)), X), lambda X,
         V: -np.trace(ref.log_softmax(X @ V.T)),
         "(softmax(X*V.T) - eye(m))*V", "van den Oord, Li and Vinyals 2018"),
)


def batch_norm(N: Any) -> Any:
    """Each column minus its mean, over the root of its variance plus eps."""
    centred = X - ones(m, m)*X/m
    variance = ones(1, m)*N.hadamard(centred, centred)/m
    return N.hadamard(centred, ones(m)*entrywise(lambda q: (q + eps)**-half, variance))


def row_norm(N: Any) -> Any:
    """The same for rows: layer normalisation of a batch."""
    centred = X - X*ones(n, n)/n
    variance = N.hadamard(centred, centred)*ones(n)/n
    return N.hadamard(centred, entrywise(lambda q: (q + eps)**-half, variance)*ones(1, n))


def affine_batch_norm(N: Any) -> Any:
    return N.trace(V.T*(N.hadamard(batch_norm(N), ones(m)*gain.T) + ones(m)*shift.T))


def np_affine(V: Any, X: Any, g: Any, e: Any, eps: float) -> Any:
    return inner(V, np_standardised(X, eps, 0)*g.T + e.T)


COLUMN_LETS = ("C = X - ones(m, m)*X/m; r = power(ones(1, m)*power(C, 2)/m + eps, -1/2); "
               "Q = hadamard(C, ones(m)*r); ")
ROW_LETS = ("C = X - X*ones(n, n)/n; r = power(power(C, 2)*ones(n)/n + eps, -1/2); "
            "Q = hadamard(C, r*ones(1, n)); ")
IOFFE = "Ioffe and Szegedy 2015, section 3"

NORMALISATION = (
    Case("batch-norm-X", lambda N: (N.trace(V.T*batch_norm(N)), X), lambda V, X,
         eps: inner(V, np_standardised(X, eps, 0)),
         COLUMN_LETS + "hadamard(ones(m)*r, V - ones(m, m)*V/m - hadamard(Q, ones(m, m)*hadamard(V, Q))/m)",
         IOFFE,
         where={"eps": "unit"}),
    Case("batch-norm-gain", lambda N: (affine_batch_norm(N), gain), np_affine,
         COLUMN_LETS + "hadamard(V, Q).T*ones(m)",
         IOFFE, where={"eps": "unit"}),
    Case("batch-norm-shift", lambda N: (affine_batch_norm(N), shift), np_affine, "V.T*ones(m)", IOFFE,
         where={"eps": "unit"}),
    Case("batch-norm-affine-X", lambda N: (affine_batch_norm(N), X), np_affine,
         COLUMN_LETS + "U = hadamard(V, ones(m)*g.T); "
         "hadamard(ones(m)*r, U - ones(m, m)*U/m - hadamard(Q, ones(m, m)*hadamard(U, Q))/m)", IOFFE,
         where={"eps": "unit"}),
    Case("row-norm-X", lambda N: (N.trace(V.T*row_norm(N)), X), lambda V, X,
         eps: inner(V, np_standardised(X, eps, 1)),
         ROW_LETS + "hadamard(r*ones(1, n), V - V*ones(n, n)/n - hadamard(Q, hadamard(V, Q)*ones(n, n))/n)",
         "Ba, Kiros and Hinton 2016", where={"eps": "unit"}),
)

Q, K, Z = matrix("Q", m, n), matrix("K", p, n), matrix("V", p, k)


def attention(N: Any) -> Any:
    return N.trace(G.T*N.softmax(Q*K.T/sp.sqrt(n))*Z)


def np_attention(G: Any, Q: Any, K: Any, V: Any, n: int) -> Any:
    return inner(G, softmax(Q @ K.T/np.sqrt(n)) @ V)


ATTENTION_LETS = "P = softmax(Q*K.T/sqrt(n)); R = hadamard(P, G*V.T); D = R - hadamard(P, R*ones(p, p)); "

ATTENTION = (
    Case("attention-Q", lambda N: (attention(N), Q), np_attention, ATTENTION_LETS + "D*K/sqrt(n)", VASWANI),
    Case("attention-K", lambda N: (attention(N), K), np_attention, ATTENTION_LETS + "D.T*Q/sqrt(n)", VASWANI),
    Case("attention-V", lambda N: (attention(N), Z), np_attention, "softmax(Q*K.T/sqrt(n)).T*G", VASWANI),
    Case("self-attention-query-weights",
         lambda N: (N.trace(V.T*N.softmax(X*matrix("A", n, d)*matrix("B", n, d).T*X.T)*X), matrix("A", n, d)),
         lambda V, X, A, B: inner(V, softmax(X @ A @ B.T @ X.T) @ X),
         "P = softmax(X*A*B.T*X.T); R = hadamard(P, V*X.T); D = R - hadamard(P, R*ones(m, m)); X.T*D*X*B",
         VASWANI),
)

CASES = DENSE + REGRESSION + NORMALISATION + ATTENTION
