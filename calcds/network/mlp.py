"""A network of dense layers, one after the other: forward, hand-written backward, loss.

    A_0 = X,    Z_l = A_(l-1) W_l + b_l,    A_l = s_l(Z_l)         l = 1 .. L

Backward runs the same line from right to left; what leaves layer l as dL/dX enters layer l - 1 as dL/dA.
Parameters and their gradients go by name, "W1", "b1", "W2", ..., which is what gradcheck and train work on.

Imports: calcds.network.layers, losses, arrays.  Imported by: train, quantities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.activations import Activation
from calcds.network.arrays import Array, matrix
from calcds.network.layers import Adjoints, Dense
from calcds.network.losses import Loss


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything a forward pass computed.   A[0] is X; Z[l] and A[l] belong to layer l; Z[0] is X too."""

    Z: tuple[Array, ...]
    A: tuple[Array, ...]

    @property
    def output(self) -> Array:
        """What the last layer says, N x k."""
        return self.A[-1]


@dataclass(frozen=True, slots=True, eq=False)
class MLP:
    """A chain of layers: perceptrons stacked, with any activation function.   sadiku-134

    >>> net = MLP((Dense([[2.0]]), Dense([[3.0]])))
    >>> net.forward([[1.0]]).output
    array([[6.]])
    >>> [layer.W.item() for layer in net.backward(net.forward([[1.0]]), [[1.0]])]
    [3.0, 2.0]
    """

    layers: tuple[Dense, ...]

    def __post_init__(self) -> None:
        """Check that each layer takes what the layer before it gives."""
        if not self.layers:
            raise ValueError("A network needs at least one layer.")
        for number, (before, after) in enumerate(pairwise(self.layers), start=2):
            if after.W.shape[0] != before.W.shape[1]:
                gives, takes = before.W.shape[1], after.W.shape[0]
                raise ValueError(f"Layer {number} takes {takes} values but layer {number - 1} gives {gives}.")

    @classmethod
    def random(cls, sizes: Sequence[int], kinds: Sequence[Activation], rng: np.random.Generator) -> "MLP":
        """Normal weights of variance 1/d, so that a layer of d inputs keeps the variance; biases 0.

        >>> from calcds.network.activations import activation
        >>> net = MLP.random([3, 4, 2], [activation("tanh"), activation("softmax")], np.random.default_rng(0))
        >>> [layer.W.shape for layer in net.layers]
        [(3, 4), (4, 2)]
        """
        if len(kinds) != len(sizes) - 1:
            raise ValueError(f"{len(sizes)} sizes need one activation fewer, but {len(kinds)} came.")
        return cls(tuple(
            Dense(rng.normal(size=(d, h)) / np.sqrt(d), np.zeros(h), s)
            for (d, h), s in zip(pairwise(sizes), kinds, strict=True)
        ))  # fmt: skip

    @property
    def parameters(self) -> dict[str, Array]:
        """The weights and biases by name; a layer without bias has no entry for it."""
        named: dict[str, Array] = {}
        for number, layer in enumerate(self.layers, start=1):
            named[f"W{number}"] = layer.W
            if layer.b is not None:
                named[f"b{number}"] = layer.b
        return named

    def with_parameters(self, parameters: Mapping[str, Array]) -> "MLP":
        """The same network with other weights: all of them, under the names of `parameters`."""
        if set(parameters) != set(self.parameters):
            raise ValueError(f"The parameters are {', '.join(self.parameters)}, not {', '.join(parameters)}.")
        return MLP(tuple(
            layer.with_parameters(parameters[f"W{number}"], parameters.get(f"b{number}"))
            for number, layer in enumerate(self.layers, start=1)
        ))  # fmt: skip

    def forward(self, X: ArrayLike) -> Trace:
        """Every Z and A.   X: N x d"""
        X = matrix(X, "X")
        Z, A = [X], [X]
        for layer in self.layers:
            z, a = layer.forward(A[-1])
            Z.append(z)
            A.append(a)
        return Trace(tuple(Z), tuple(A))

    def backward(self, trace: Trace, dA: ArrayLike) -> tuple[Adjoints, ...]:
        """From dL/d(output), N x k, to the derivatives by everything in every layer, first layer first."""
        found: list[Adjoints] = []
        dA = matrix(dA, "dA")
        for number in range(len(self.layers), 0, -1):
            found.append(self.layers[number - 1].backward(trace.A[number - 1], trace.Z[number], dA))
            dA = found[-1].X
        return tuple(reversed(found))

    def loss(self, X: ArrayLike, Y: ArrayLike, loss: Loss) -> Array:
        """The mean loss of the examples, an array without axes.   X: N x d   Y: N x k"""
        return loss(self.forward(X).output, Y)

    def gradients(self, X: ArrayLike, Y: ArrayLike, loss: Loss) -> dict[str, Array]:
        """The gradient of the mean loss by every parameter, under the names of `parameters`."""
        trace = self.forward(X)
        adjoints = self.backward(trace, loss.gradient(trace.output, Y))
        named = {f"{field}{number}": getattr(adjoint, field)
                 for number, adjoint in enumerate(adjoints, start=1) for field in "Wb"}  # fmt: skip
        return {name: named[name] for name in self.parameters}
