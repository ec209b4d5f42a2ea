"""One dense layer, forward and backward.

The convention of shapes, here and in the whole room: examples are rows.

    Z = X W + b,   A = s(Z)         X: N x d    W: d x h    b: h    Z, A: N x h

Lecture notes mostly write one example as a column, z = W a + b with W: h x d. `Dense.from_columns` takes
their W and b, and `layer.columns` shows a layer in their convention; both only transpose.

A boolean mask names the connections that exist. Where it is False the weight is 0 and so is its gradient, so
no training step brings the connection back.

Imports: calcds.network.activations, arrays.  Imported by: mlp, quantities.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.activations import ACTIVATIONS, Activation
from calcds.network.arrays import Array, matrix, numbers, same_shape, size

IDENTITY = ACTIVATIONS["identity"]


@dataclass(frozen=True, slots=True)
class Adjoints:
    """The derivatives of one number L: field W is dL/dW, and has the shape of W."""

    X: Array
    Z: Array  # what lecture notes call the delta of the layer, or d
    W: Array
    b: Array

    @property
    def T(self) -> "Adjoints":
        """The same in the column convention: X, Z, W transposed, b a column."""
        return Adjoints(self.X.T, self.Z.T, self.W.T, self.b[:, None])


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """One layer:  Z = X W + b,  A = s(Z).      X: N x d   W: d x h   b: h   Z, A: N x h

    b = None means no bias: it is 0 and its gradient is reported as 0.

    >>> layer = Dense([[1.0], [2.0]], [0.5])
    >>> Z, A = layer.forward([[1.0, 1.0], [0.0, 2.0]])
    >>> Z
    array([[3.5],
           [4.5]])
    >>> layer.backward([[1.0, 1.0], [0.0, 2.0]], Z, np.ones((2, 1))).W
    array([[1.],
           [3.]])
    """

    W: Array
    b: Array | None = None
    s: Activation = IDENTITY
    mask: Array | None = None

    def __post_init__(self) -> None:
        """Read W, b and mask as arrays, and cut the connections that the mask denies."""
        W = matrix(self.W, "W")
        if self.mask is not None:
            mask = np.asarray(self.mask)
            if mask.dtype != np.bool_:
                raise ValueError(f"The mask must hold True and False, not {mask.dtype}.")
            same_shape(mask, "The mask", W, "W")
            W = np.where(mask, W, 0.0)
            object.__setattr__(self, "mask", mask)
        object.__setattr__(self, "W", W)
        if self.b is not None:
            b = numbers(self.b, "b")
            if b.shape != (W.shape[1],):
                raise ValueError(f"b is {size(b)} but W is {size(W)}: b needs one entry per column of W.")
            object.__setattr__(self, "b", b)

    @classmethod
    def from_columns(cls, W: ArrayLike, b: ArrayLike | None = None, s: Activation = IDENTITY) -> "Dense":
        """The layer that lecture notes write  a' = s(W a + b).   W: h x d   b: h x 1

        >>> Dense.from_columns([[1.0, 2.0]], [[0.5]]).columns.forward([[1.0], [1.0]])[0]
        array([[3.5]])
        """
        b = None if b is None else matrix(b, "b")
        if b is not None and b.shape[1] != 1:
            raise ValueError(f"b must be a column, but is {size(b)}.")
        return cls(matrix(W, "W").T, None if b is None else b[:, 0], s)

    @property
    def columns(self) -> "Columns":
        """This layer in the column convention."""
        return Columns(self)

    def forward(self, X: ArrayLike) -> tuple[Array, Array]:
        """Z and A, both N x h.   X: N x d"""
        X = self._checked(X)
        Z = X @ self.W
        if self.b is not None:
            Z = Z + self.b
        return Z, self.s(Z)

    def backward(self, X: ArrayLike, Z: ArrayLike, dA: ArrayLike) -> Adjoints:
        """From dL/dA to dL/dX, dL/dZ, dL/dW, dL/db.   X: N x d   Z, dA: N x h

        dZ = s.pullback(Z, dA)     dX = dZ W^T     dW = X^T dZ     db = the sum of the rows of dZ
        """
        X, Z, dA = self._checked(X), matrix(Z, "Z"), matrix(dA, "dA")
        if Z.shape != (len(X), self.W.shape[1]):
            raise ValueError(f"Z is {size(Z)} but X W is {len(X)} x {self.W.shape[1]}.")
        dZ = self.s.pullback(Z, dA)
        dW = X.T @ dZ
        return Adjoints(
            X=dZ @ self.W.T,
            Z=dZ,
            W=dW if self.mask is None else np.where(self.mask, dW, 0.0),
            b=dZ.sum(axis=0) if self.b is not None else np.zeros(dZ.shape[1]),
        )

    def with_parameters(self, W: Array, b: Array | None) -> "Dense":
        """The same layer with other weights."""
        return replace(self, W=W, b=b)

    def _checked(self, X: ArrayLike) -> Array:
        X = matrix(X, "X")
        if X.shape[1] != self.W.shape[0]:
            raise ValueError(f"X is {size(X)} but W is {size(self.W)}: X needs one column for each row of W.")
        return X


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A layer seen in the column convention:  z = W a + b.     W: h x d   a: d x N   b: h x 1   z: h x N"""

    layer: Dense

    def forward(self, a: ArrayLike) -> tuple[Array, Array]:
        """z and s(z), both h x N.   a: d x N"""
        Z, A = self.layer.forward(matrix(a, "a").T)
        return Z.T, A.T

    def backward(self, a: ArrayLike, z: ArrayLike, da: ArrayLike) -> Adjoints:
        """From dL/ds(z), h x N, to the derivatives by a (field X), z, W and b, each in its own shape."""
        return self.layer.backward(matrix(a, "a").T, matrix(z, "z").T, matrix(da, "da").T).T
