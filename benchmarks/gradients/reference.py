"""Reference functions in NumPy: complex-safe, entrywise or over rows, shared by truths and evaluator.

Complex-safe means: for arguments x + i h with a tiny h the result is f(x) + i h f'(x) to first order, so
the complex step reads off a derivative without subtraction. Comparisons therefore look at real parts, and
no conjugate, modulus or norm of complex numbers occurs.

Matrices hold one sample per row: softmax, log_softmax and logsumexp of an m x n matrix with n > 1 work on
each row; of a column they work on the whole column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any


def relu(z: Array) -> Array:
    return np.where(np.real(z) > 0, z, 0.0)


def step(z: Array) -> Array:
    return np.where(np.real(z) > 0, 1.0, 0.0)


def absolute(z: Array) -> Array:
    return np.where(np.real(z) > 0, z, -np.asarray(z))


def sign(z: Array) -> Array:
    return np.sign(np.real(z))


def maximum(a: Array, b: Array) -> Array:
    return np.where(np.real(a) > np.real(b), a, b)


def minimum(a: Array, b: Array) -> Array:
    return np.where(np.real(a) < np.real(b), a, b)


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-np.asarray(z)))


def softplus(z: Array) -> Array:
    return np.log(1 + np.exp(z))


def _axis(z: Array) -> int:
    return 0 if np.shape(z)[1] == 1 else 1


def softmax(z: Array) -> Array:
    axis = _axis(z)
    e = np.exp(z - np.max(np.real(z), axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def logsumexp(z: Array) -> Array:
    """1x1 for a column, one column of row values for a matrix of rows."""
    axis = _axis(z)
    top = np.max(np.real(z), axis=axis, keepdims=True)
    return top + np.log(np.sum(np.exp(z - top), axis=axis, keepdims=True))


def log_softmax(z: Array) -> Array:
    return z - logsumexp(z)


def norm(z: Array) -> Array:
    """Euclidean norm of a vector, Frobenius norm of a matrix."""
    return np.sqrt(np.sum(np.asarray(z)**2))


def trace(a: Array) -> Array:
    return np.trace(a)


def total(z: Array) -> Array:
    return np.sum(z)


def mean(z: Array) -> Array:
    return np.mean(z)


def diag(v: Array) -> Array:
    """Diagonal matrix of a column."""
    return np.diag(np.asarray(v).ravel())


def diagonal(a: Array) -> Array:
    """Diagonal of a square matrix as a column."""
    return np.diag(a).reshape(-1, 1)


def hadamard(*factors: Array) -> Array:
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


def inner(a: Array, b: Array) -> Array:
    """Sum of the entrywise product."""
    return np.sum(np.asarray(a) * b)


# Stand-ins for the undefined functions of the cases: f, f', f'', f''' as four rows of NumPy.
UNDEFINED: dict[str, tuple[Callable[[Array], Array], ...]] = {
    "f": (lambda t: np.sin(1.3*t) + t**2/2, lambda t: 1.3*np.cos(1.3*t) + t,
          lambda t: -1.69*np.sin(1.3*t) + 1, lambda t: -2.197*np.cos(1.3*t)),
    "g": (lambda t: np.exp(0.4*t) + t**3/5, lambda t: 0.4*np.exp(0.4*t) + 3*t**2/5,
          lambda t: 0.16*np.exp(0.4*t) + 6*t/5, lambda t: 0.064*np.exp(0.4*t) + 6/5),
}
UNDEFINED["phi"] = UNDEFINED["f"]
f, df, ddf, _ = UNDEFINED["f"]
g, dg, ddg, _ = UNDEFINED["g"]

# By the lower-case name of a head without underscores: SymPy's functions and the named heads of calcds.
NAMED: dict[str, Callable[..., Array]] = {
    "exp": np.exp, "log": np.log, "ln": np.log, "sqrt": np.sqrt, "log1p": np.log1p, "expm1": np.expm1,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "cot": lambda t: 1/np.tan(t), "sec": lambda t: 1/np.cos(t),
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "sech": lambda t: 1/np.cosh(t),
                                          "coth": lambda t: 1/np.tanh(t),
    "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh,
    "abs": absolute, "sign": sign, "heaviside": lambda t, _=0.0: step(t), "step": step, "unitstep": step,
    "relu": relu, "sigmoid": sigmoid, "logistic": sigmoid, "softplus": softplus,
                                          "square": lambda t: np.asarray(t)**2,
    "softmax": softmax, "logsoftmax": log_softmax, "logsumexp": logsumexp,
    "softmaxrows": softmax, "logsoftmaxrows": log_softmax,    # no case has rows of length 1
    "norm": norm, "total": total, "mean": mean, "trace": trace, "diag": diag, "diagonal": diagonal,
    "hadamard": hadamard, "logdet": lambda a: np.log(np.linalg.det(a)),
}
