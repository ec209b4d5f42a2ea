"""The networks of the runtime benchmark and the gradients that are written by hand.

A network is a tuple of widths. Samples are rows: Z = A W + 1 b', tanh in the hidden layers, a linear last
layer, half the squared distance from Y. Every contender takes (X, Y, W1, b1, W2, b2, ...) and returns the
gradients in the order W1, b1, W2, b2, ...; a bias is a column of shape (width, 1), as it is in the symbolic
expression.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Arrays = Sequence[Any]
Gradient = Callable[..., Any]

NETWORKS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((2, 3, 1), (1, 64, 256)),
    ((4, 16, 16, 3), (1, 64, 256)),
    ((784, 128, 10), (1, 64, 256)),
    ((1024, 1024, 1024, 10), (256,)),
)


def inputs(widths: Sequence[int], batch: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    values = [rng.standard_normal((batch, widths[0])), rng.standard_normal((batch, widths[-1]))]
    for before, after in itertools.pairwise(widths):
        values += [rng.standard_normal((before, after)) / np.sqrt(before),
                   rng.standard_normal((after, 1)) / 10]
    return values


def multiplications(widths: Sequence[int], batch: int) -> int:
    """Of the matrix products in one gradient: forward, weights, and back except into the input."""
    pairs = list(itertools.pairwise(widths))
    return batch * (2 * sum(a * b for a, b in pairs) + sum(a * b for a, b in pairs[1:]))


def bare(widths: Sequence[int], batch: int) -> Gradient:
    """Only the matrix products of backpropagation, into buffers: the limit on this BLAS."""
    depth = len(widths) - 1
    activations = [np.zeros((batch, width)) for width in widths]
    gradients = [np.zeros((a, b)) for a, b in itertools.pairwise(widths)]

    def call(x: Any, _: Any, *parameters: Any) -> Any:
        activations[0] = x
        for q in range(depth):
            np.dot(activations[q], parameters[2*q], out=activations[q + 1])
        for q in range(depth - 1, -1, -1):
            np.dot(activations[q].T, activations[q + 1], out=gradients[q])
            if q:
                np.dot(activations[q + 1], parameters[2*q].T, out=activations[q])
        return gradients

    return call


def buffered(widths: Sequence[int], batch: int) -> Gradient:
    """Backpropagation as a careful author writes it: every array allocated once, every operation in place.

    The arrays returned belong to the function and are overwritten by the next call.
    """
    depth = len(widths) - 1
    activations = [np.empty((batch, width)) for width in widths]
    deltas = [np.empty((batch, width)) for width in widths]
    weights = [np.empty((a, b)) for a, b in itertools.pairwise(widths)]
    biases = [np.empty((width, 1)) for width in widths[1:]]
    rows = [bias.reshape(-1) for bias in biases]
    results = [part for pair in zip(weights, biases, strict=True) for part in pair]

    def call(x: Any, y: Any, *parameters: Any) -> Any:
        activations[0] = x
        for q in range(depth):
            a = activations[q + 1]
            np.dot(activations[q], parameters[2*q], out=a)
            np.add(a, parameters[2*q + 1].reshape(-1), out=a)
            if q < depth - 1:
                np.tanh(a, out=a)
        delta = deltas[depth]
        np.subtract(activations[depth], y, out=delta)
        for q in range(depth - 1, -1, -1):
            a = activations[q]
            np.dot(a.T, delta, out=weights[q])
            np.add.reduce(delta, axis=0, out=rows[q])
            if q:
                before = deltas[q]
                np.dot(delta, parameters[2*q].T, out=before)
                np.multiply(a, a, out=a)
                np.subtract(1.0, a, out=a)
                np.multiply(before, a, out=before)
                delta = before
        return results

    return call


def naive(widths: Sequence[int], _: int) -> Gradient:
    """Backpropagation as it stands in a textbook, a new array for every operation."""
    depth = len(widths) - 1

    def call(x: Any, y: Any, *parameters: Any) -> Any:
        activations = [x]
        for q in range(depth):
            z = activations[-1] @ parameters[2*q] + parameters[2*q + 1].T
            activations.append(np.tanh(z) if q < depth - 1 else z)
        delta, gradients = activations[-1] - y, []
        for q in range(depth - 1, -1, -1):
            gradients = [activations[q].T @ delta, delta.sum(axis=0, keepdims=True).T, *gradients]
            if q:
                delta = (delta @ parameters[2*q].T) * (1 - activations[q]**2)
        return gradients

    return call


def loss(np_like: Any, depth: int, x: Any, y: Any, *parameters: Any) -> Any:
    """The loss on any array namespace; the automatic differentiators take it from here."""
    z = x
    for q in range(depth):
        z = z @ parameters[2*q] + parameters[2*q + 1].T
        z = np_like.tanh(z) if q < depth - 1 else z
    return 0.5 * ((z - y)**2).sum()
