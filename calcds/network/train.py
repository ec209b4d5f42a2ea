"""Descending: with any update rule, on batches, and the perceptron algorithm.

Every random choice takes an `rng`.

Imports: calcds.network.rules, mlp, losses, arrays.  Imported by: update_quantities, experiments.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array, matrix, numbers, size
from calcds.network.losses import Loss
from calcds.network.mlp import MLP
from calcds.network.rules import Named, Rule


def descend(gradient: Callable[[Named], Named], start: Named, rule: Rule, steps: int) -> list[Named]:
    """The points that `rule` visits from `start`, steps + 1 of them.   nogga-075

    >>> from calcds.network.rules import GradientDescent
    >>> path = descend(lambda p: {"x": 2 * p["x"]}, {"x": np.array(8.0)}, GradientDescent(0.25), 3)
    >>> [float(p["x"]) for p in path]
    [8.0, 4.0, 2.0, 1.0]
    """
    points: list[Named] = [start]
    state: Named = {}
    for _ in range(steps):
        point, state = rule.step(points[-1], gradient(points[-1]), state)
        points.append(point)
    return points


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """A trained network and its mean loss over all examples, before the first epoch and after each."""

    network: MLP
    losses: tuple[float, ...]


def train(
    network: MLP, X: ArrayLike, Y: ArrayLike, loss: Loss, rule: Rule, *,
    epochs: int, batch: int | None = None, rng: np.random.Generator | None = None,
) -> Training:  # fmt: skip
    """Train on minibatches of `batch` examples in an order drawn from `rng`; None is all examples at once.

    The loops of sadiku-187, nogga-102, oh-048 and oh-050.

    X: N x d   Y: N x k.  A loss or weight that stops being finite raises ValueError.
    """
    X, Y = matrix(X, "X"), matrix(Y, "Y")
    if len(X) != len(Y):
        raise ValueError(f"X has {len(X)} rows but Y has {len(Y)}: one row for each example.")
    if batch is not None and (batch < 1 or rng is None):
        raise ValueError("Minibatches need batch >= 1 and an rng that draws them.")
    losses = [float(network.loss(X, Y, loss))]
    state: Named = {}
    for _ in range(epochs):
        order = np.arange(len(X)) if batch is None or rng is None else rng.permutation(len(X))
        for start in range(0, len(X), batch or len(X)):
            rows = order[start : start + (batch or len(X))]
            gradients = network.gradients(X[rows], Y[rows], loss)
            parameters, state = rule.step(network.parameters, gradients, state)
            network = network.with_parameters(parameters)
        losses.append(float(network.loss(X, Y, loss)))
    return Training(network, tuple(losses))


@dataclass(frozen=True, slots=True, eq=False)
class Perceptron:
    """A line w.x + b = 0, how many corrections found it, and whether it separates the examples."""

    w: Array
    b: float
    updates: int
    separates: bool


def perceptron_update(w: Array, b: float, x: Array, t: float, rate: float = 1.0) -> tuple[Array, float]:
    """Visit one example: if it is misclassified, add rate t x to w and rate t to b.   w, x: n   t: +1 or -1

    On the line, w.x + b = 0, the example counts as misclassified whatever t is, so that the algorithm leaves
    w = 0. Off the line (sadiku-131 makes no exception) this is one step of gradient descent on the loss max(0, -t (w.x + b)).

    >>> perceptron_update(np.zeros(2), 0.0, np.array([1.0, 2.0]), -1.0)
    (array([-1., -2.]), -1.0)
    """
    if t * (x @ w + b) > 0:
        return w, b
    return w + rate * t * x, b + rate * t


def perceptron(X: ArrayLike, t: ArrayLike, *, rate: float = 1.0, epochs: int = 1000) -> Perceptron:
    """Run the perceptron algorithm: from w = 0, b = 0, visit the examples in turn until all are right.

    sadiku-128 is the update, sadiku-129 where it stops.

    X: N x n   t: N labels, +1 or -1.   Stops after `epochs` rounds when the examples cannot be separated.

    >>> perceptron([[0.0], [1.0], [3.0]], [-1, -1, 1]).separates
    True
    """
    X, labels = matrix(X, "X"), numbers(t, "t")
    if labels.shape != (len(X),) or not np.all(abs(labels) == 1):
        raise ValueError(f"t must hold +1 or -1 for each of the {len(X)} rows of X; it is {size(labels)}.")
    w, b, updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(epochs):
        before = updates
        for x, label in zip(X, labels, strict=True):
            moved, b = perceptron_update(w, b, x, float(label), rate)
            updates += moved is not w
            w = moved
        if updates == before:
            return Perceptron(w, b, updates, separates=True)
    return Perceptron(w, b, updates, separates=bool(np.all(labels * (X @ w + b) > 0)))
