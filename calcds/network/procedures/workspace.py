"""The variables that the procedures of the notes share.

Layers count from 0, the input, to L. Entry 0 of every layer is the constant neuron, a_0 = 1, so that column 0 of
W is the bias; row 0 of W is (1, 0, ..., 0) and hands the 1 on:

    a[k], s[k], d[k], r[k]: 1 + n_k      W[k], C[k], C_prev[k]: (1 + n_k) x (1 + n_(k-1))      f[k]: a function

What belongs to layer 0 alone (W[0], C[0], f[0]) is never read. The notes print (1, 1, ..., 1) for row 0; then
a_0 would be the sum of all activations instead of 1 (see `printed.constant_rows`).

Imports: calcds.network.activations, arrays.  Imported by: expanded, matrix_form, loops, printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.activations import Entrywise
from calcds.network.arrays import Array, matrix, numbers, size


@dataclass(slots=True, eq=False)
class Workspace:
    """One network with everything that a training step writes down.

    >>> from calcds.network.activations import ACTIVATIONS
    >>> net = Workspace.of([[[2.0]]], [[0.5]], [ACTIVATIONS["identity"]])
    >>> net.W[1]
    array([[1. , 0. ],
           [0.5, 2. ]])
    >>> net.L, net.n
    (1, (1, 1))
    """

    W: list[Array]
    f: list[Entrywise]
    C: list[Array] = field(init=False)  # nabla C, the gradient of the batch
    C_prev: list[Array] = field(init=False)  # of the batch before, for inertia
    a: list[Array] = field(init=False)
    s: list[Array] = field(init=False)  # what arrives at a neuron
    d: list[Array] = field(init=False)  # dC/ds
    r: list[Array] = field(init=False)  # the masks of dropout

    def __post_init__(self) -> None:
        """Make room for everything that is computed."""
        kind = np.result_type(*self.W)
        self.C = [np.zeros(W.shape, kind) for W in self.W]
        self.C_prev = [np.zeros(W.shape, kind) for W in self.W]
        self.a, self.s, self.d = ([np.zeros(n + 1, kind) for n in self.n] for _ in range(3))
        self.r = [np.ones(n + 1) for n in self.n]
        for a in self.a:
            a[0] = 1.0

    @classmethod
    def of(cls, W: Sequence[ArrayLike], b: Sequence[ArrayLike], f: Sequence[Entrywise]) -> "Workspace":
        """A network with given weights and biases.   W[k - 1]: n_k x n_(k-1)   b[k - 1]: n_k   f[k - 1]"""
        if not len(W) == len(b) == len(f) or not W:
            raise ValueError(f"Each layer needs W, b and f, but {len(W)}, {len(b)} and {len(f)} came.")
        weights = [matrix(w, f"W{k}") for k, w in enumerate(W, start=1)]
        for k, (before, after) in enumerate(pairwise(weights), start=2):
            if after.shape[1] != before.shape[0]:
                raise ValueError(f"W{k} is {size(after)} but layer {k - 1} has {before.shape[0]} neurons.")
        extended = [np.ones((weights[0].shape[1] + 1, 1))]  # only its number of rows is used
        for k, (w, bias) in enumerate(zip(weights, b, strict=True), start=1):
            column = numbers(bias, f"b{k}")
            if column.shape != w.shape[:1]:
                raise ValueError(f"b{k} is {size(column)} but W{k} is {size(w)}.")
            lower = np.column_stack([column, w])
            extended.append(np.vstack([constant_row(lower.shape[1]), lower]))
        return cls(extended, [f[0], *f])

    @property
    def L(self) -> int:
        """The number of the output layer."""
        return len(self.W) - 1

    @property
    def n(self) -> tuple[int, ...]:
        """How many neurons each layer has, the constant ones not counted."""
        return tuple(len(W) - 1 for W in self.W)

    @property
    def output(self) -> Array:
        """What the network says: a[L] without its constant entry."""
        return self.a[self.L][1:]

    @property
    def parameters(self) -> dict[str, Array]:
        """Weights and biases by name, W1: n_k x (1 + n_(k-1)) with the biases in column 0; without row 0."""
        return {f"W{k}": self.W[k][1:].copy() for k in range(1, self.L + 1)}

    @property
    def gradient(self) -> dict[str, Array]:
        """nabla C under the names of `parameters`."""
        return {f"W{k}": self.C[k][1:].copy() for k in range(1, self.L + 1)}

    def at(self, parameters: Mapping[str, Array]) -> "Workspace":
        """A new workspace with other parameters and the same masks, for numerical derivatives."""
        rows = [np.vstack([W[:1], parameters[f"W{k}"]]) for k, W in enumerate(self.W) if k]
        other = Workspace([self.W[0], *rows], self.f)
        other.r = [r.copy() for r in self.r]
        return other

    def half_square(self, y: Array) -> Array:
        """C = 1/2 |y - a^(L)|^2, the error of the example that was evaluated last."""
        return np.asarray(((y - self.output) ** 2).sum() / 2)


def constant_row(width: int) -> Array:
    """(1, 0, ..., 0): the row of W that keeps a_0 = 1."""
    return np.eye(1, width)


def values(vector: ArrayLike, length: int, place: str) -> Array:
    """A vector of `length` numbers, or a sentence."""
    array = numbers(vector, place)
    if array.shape != (length,):
        raise ValueError(f"{place} must hold {length} numbers, but is {size(array)}.")
    return array
