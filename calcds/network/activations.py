"""Activation functions: a table of functions and their slopes.

One row of ENTRYWISE is a function s of one real number, its slope s', its parameters and its `kinks`, where s
has no derivative and `slope` returns a convention. softmax mixes the entries of a row and is a class
of its own. Both kinds answer the same three questions:

    s(Z)                A, the activations; Z of any shape (softmax: along the last axis)
    s.pullback(Z, dA)   dL/dZ from dL/dA
    s.jacobian(z)       the n x n matrix of da_i/dz_j at one vector z

Nothing overflows for large |z|. Every value is analytic between the kinks and takes complex z, so that the
complex step  Im s(z + ih)/h  is the exact slope.

Imports: calcds.network.arrays.  Imported by: layers, graph, quantities.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array, near, numbers, same_shape

CONDITIONS: dict[str, Callable[[float], bool]] = {
    "any real number": lambda _: True,
    "not zero": lambda value: value != 0,
    "not negative": lambda value: value >= 0,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A constant in the formula of an activation function, such as the steepness beta."""

    name: str
    value: float
    condition: str = "any real number"  # a key of CONDITIONS


@dataclass(frozen=True, slots=True)
class Entrywise:
    """One activation function of one variable, applied to every entry of an array.

    >>> s = activation("sigmoid", beta=2.0)
    >>> float(s(0.0)), float(s.slope(0.0))
    (0.5, 0.5)
    """

    name: str
    value: Callable[..., Array]  # z and the parameters -> s(z)
    derivative: Callable[..., Array]  # z and the parameters -> s'(z)
    formula: str
    parameters: tuple[Parameter, ...] = ()
    kinks: tuple[float, ...] = ()  # no derivative there, at least for some parameters
    convention: str = ""  # what value and slope are at a kink

    def __call__(self, Z: ArrayLike) -> Array:
        """The activations s(Z), in the shape of Z."""
        return self.value(numbers(Z, "Z"), **self._constants())

    def slope(self, Z: ArrayLike) -> Array:
        """The slopes s'(Z), in the shape of Z; at a kink what `convention` says."""
        return self.derivative(numbers(Z, "Z"), **self._constants())

    def pullback(self, Z: Array, dA: Array) -> Array:
        """Carry dL/dA back to dL/dZ.   Z, dA: any one shape, the result too:   dA o s'(Z)."""
        same_shape(dA, "dA", Z, "Z")
        return dA * self.slope(Z)

    def jacobian(self, z: ArrayLike) -> Array:
        """The matrix diag(s'(z)).   z: n;  returns n x n."""
        return np.diag(self.slope(_vector(z)))

    def at(self, **parameters: float) -> "Entrywise":
        """The same function with other parameters.

        >>> activation("elu").at(beta=-1.0)
        Traceback (most recent call last):
        ValueError: elu: beta must be not negative, but is -1.0.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in parameters.items():
            if name not in known:
                raise ValueError(f"{self.name} has no parameter {name}; it has {', '.join(known) or 'none'}.")
            if not np.isfinite(value) or not CONDITIONS[known[name].condition](value):
                raise ValueError(f"{self.name}: {name} must be {known[name].condition}, but is {value}.")
            known[name] = replace(known[name], value=float(value))
        return replace(self, parameters=tuple(known.values()))

    def _constants(self) -> dict[str, float]:
        return {parameter.name: parameter.value for parameter in self.parameters}


@dataclass(frozen=True, slots=True)
class Softmax:
    """a_i = e^(z_i) / sum_j e^(z_j), along the last axis: every row of Z becomes a probability vector.

    >>> Softmax()([[0.0, 0.0], [1000.0, 0.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """

    name: str = "softmax"
    formula: str = "e^(z_i) / sum_j e^(z_j)"

    def __call__(self, Z: ArrayLike) -> Array:
        """The rows of probabilities, in the shape of Z (N x n, or n)."""
        Z = numbers(Z, "Z")
        if Z.ndim == 0:
            raise ValueError("softmax needs a vector or rows of vectors, not a single number.")
        # Subtracting the largest entry changes nothing and keeps every exponent at or below 0.
        e = np.exp(Z - Z.real.max(axis=-1, keepdims=True))
        return np.asarray(e / e.sum(axis=-1, keepdims=True))

    def pullback(self, Z: Array, dA: Array) -> Array:
        """Carry dL/dA back to dL/dZ.   Z, dA: N x n (or n):   a o (dA - <dA, a>) in every row."""
        same_shape(dA, "dA", Z, "Z")
        A = self(Z)
        return np.asarray(A * (dA - (dA * A).sum(axis=-1, keepdims=True)))

    def jacobian(self, z: ArrayLike) -> Array:
        """The matrix diag(a) - a a^T.   z: n;  returns n x n."""
        a = self(_vector(z))
        return np.asarray(np.diag(a) - np.outer(a, a))


Activation = Entrywise | Softmax


def _vector(z: ArrayLike) -> Array:
    z = numbers(z, "z")
    if z.ndim != 1:
        raise ValueError(f"The Jacobian is taken at one vector z, but z has the shape {z.shape}.")
    return z


def logistic(u: Array) -> Array:
    """1/(1 + e^-u): the exponential is taken only of numbers with real part <= 0."""
    right = u.real >= 0
    e = np.exp(np.where(right, -u, u))
    return np.asarray(np.where(right, 1.0, e) / (1.0 + e))


def bump(u: Array) -> Array:
    """logistic'(u) = e^-u/(1 + e^-u)^2, an even function; without the cancellation of p(1 - p)."""
    e = np.exp(np.where(u.real >= 0, -u, u))
    return np.asarray(e / (1.0 + e) ** 2)


def log1pexp(u: Array) -> Array:
    """log(1 + e^u), written as max(u, 0) + log(1 + e^-|u|)."""
    right = u.real >= 0
    return np.asarray(np.where(right, u, 0.0) + np.log1p(np.exp(np.where(right, -u, u))))


def _parametric_relu(z: Array, beta: float) -> Array:
    return np.where(z.real > 0, z, beta * z)


def _parametric_relu_slope(z: Array, beta: float) -> Array:
    return np.where(z.real > 0, 1.0, beta)


def _elu(z: Array, beta: float) -> Array:
    return np.where(z.real > 0, z, beta * np.expm1(np.where(z.real > 0, 0.0, z)))


def _elu_slope(z: Array, beta: float) -> Array:
    return np.where(z.real > 0, 1.0, beta * np.exp(np.where(z.real > 0, 0.0, z)))


def _mish_slope(z: Array, beta: float) -> Array:
    softplus = log1pexp(beta * z) / beta
    return np.asarray(np.tanh(softplus) + z * logistic(beta * z) * 4 * bump(2 * softplus))


def _squareplus(z: Array, beta: float) -> Array:
    root = np.sqrt(z * z + beta)
    # For z < 0 the sum z + root cancels; multiplied by root - z it is beta, which does not.
    left = z.real < 0
    return np.where(left, beta / (2 * np.where(left, root - z, 1.0)), (z + root) / 2)


def _squareplus_slope(z: Array, beta: float) -> Array:
    root = np.sqrt(z * z + beta)
    return np.where(root == 0, 0.5, _squareplus(z, beta) / np.where(root == 0, 1.0, root))


BETA, GAMMA = Parameter("beta", 1.0), Parameter("gamma", 1.0)
NOT_NEGATIVE, NOT_ZERO = replace(BETA, condition="not negative"), replace(BETA, condition="not zero")

ENTRYWISE = (
    Entrywise("identity", lambda z: z, np.ones_like, "z"),
    Entrywise("sigmoid", lambda z, beta, gamma: gamma * logistic(beta * z),
              lambda z, beta, gamma: gamma * beta * bump(beta * z),
              "gamma/(1 + e^(-beta z)); beta is the steepness, gamma the height", (BETA, GAMMA)),
    Entrywise("tanh", np.tanh, lambda z: 4 * bump(2 * z), "(e^z - e^-z)/(e^z + e^-z)"),
    Entrywise("hard_tanh", lambda z: np.where(abs(z.real) < 1, z, np.sign(z.real)),
              lambda z: np.where(abs(z.real) < 1, 1.0, 0.0), "max(-1, min(1, z))",
              kinks=(-1.0, 1.0), convention="slope 0 at -1 and 1"),
    Entrywise("relu", lambda z: np.where(z.real > 0, z, 0.0), lambda z: np.where(z.real > 0, 1.0, 0.0),
              "max(0, z)", kinks=(0.0,), convention="slope 0 at 0"),
    Entrywise("leaky_relu", _parametric_relu, _parametric_relu_slope, "z if z > 0, else beta z",
              (replace(BETA, value=0.01),), (0.0,), "slope beta at 0"),
    Entrywise("parametric_relu", _parametric_relu, _parametric_relu_slope, "z if z > 0, else beta z",
              (replace(BETA, value=0.25),), (0.0,), "slope beta at 0"),
    Entrywise("silu", lambda z, beta, gamma: gamma * z * logistic(beta * z),
              lambda z, beta, gamma: gamma * (logistic(beta * z) + beta * z * bump(beta * z)),
              "gamma z/(1 + e^(-beta z))", (BETA, GAMMA)),
    Entrywise("elu", _elu, _elu_slope, "z if z > 0, else beta (e^z - 1)",
              (NOT_NEGATIVE,), (0.0,), "slope beta at 0; smooth there when beta = 1"),
    Entrywise("softplus", lambda z, beta, gamma: gamma / beta * log1pexp(beta * z),
              lambda z, beta, gamma: gamma * logistic(beta * z),
              "(gamma/beta) log(1 + e^(beta z))", (NOT_ZERO, GAMMA)),
    Entrywise("mish", lambda z, beta: z * np.tanh(log1pexp(beta * z) / beta), _mish_slope,
              "z tanh(log(1 + e^(beta z))/beta)", (NOT_ZERO,)),
    Entrywise("squareplus", _squareplus, _squareplus_slope, "(z + sqrt(z^2 + beta))/2",
              (NOT_NEGATIVE,), (0.0,), "slope 1/2 at 0; smooth there when beta > 0"),
    Entrywise("threshold", lambda z: np.where(z.real > 0, 1.0, 0.0).astype(z.dtype), np.zeros_like,
              "1 if z > 0, else 0", kinks=(0.0,), convention="value 0 and slope 0 at 0"),
    Entrywise("sign", lambda z: np.where(z.real > 0, 1.0, -1.0).astype(z.dtype), np.zeros_like,
              "1 if z > 0, else -1", kinks=(0.0,), convention="value -1 and slope 0 at 0"),
)  # fmt: skip

ACTIVATIONS: dict[str, Activation] = {row.name: row for row in (*ENTRYWISE, Softmax())}


def activation(name: str, **parameters: float) -> Activation:
    """Look up an activation function by name.

    >>> activation("relu")([-1.0, 2.0])
    array([0., 2.])
    >>> activation("sigmo")
    Traceback (most recent call last):
    ValueError: No activation function is called sigmo. Did you mean sigmoid?
    """
    if name not in ACTIVATIONS:
        raise ValueError(f"No activation function is called {name}." + near(name, ACTIVATIONS))
    row = ACTIVATIONS[name]
    if not parameters:
        return row
    if isinstance(row, Softmax):
        raise ValueError("softmax has no parameters.")  # noqa: TRY004
    return row.at(**parameters)
