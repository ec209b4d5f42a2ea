"""Descending: update rules, training by batches, and the perceptron algorithm.

An update rule keeps its memory (velocity, squared gradients) in a state that goes in and comes out, so a rule
is a constant and a run can be repeated:

    parameters, state = rule.step(parameters, gradients, state)         all three by name, any shapes

Every random choice takes an `rng`.

Imports: calcds.network.mlp, losses, arrays.  Imported by: quantities.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array, matrix, numbers, size
from calcds.network.losses import Loss
from calcds.network.mlp import MLP

Named = Mapping[str, Array]
Step = tuple[dict[str, Array], dict[str, Array]]  # the new parameters, the new state


class Rule(Protocol):
    """How parameters move, given their gradients."""

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """The new parameters and the new state; the first state is empty."""


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """theta <- theta - rate g

    >>> GradientDescent(0.5).step({"x": np.array(1.0)}, {"x": np.array(1.0)}, {})
    ({'x': np.float64(0.5)}, {})
    """

    rate: float

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        return {name: theta - self.rate * gradients[name] for name, theta in parameters.items()}, dict(state)


@dataclass(frozen=True, slots=True)
class Momentum:
    """v <- keep v - rate g,   theta <- theta + v.   State: v, at first 0.

    The averaged form  v <- keep v + (1 - keep) g,  theta <- theta - rate v,
    is Momentum(rate (1 - keep), keep).
    """

    rate: float
    keep: float = 0.9

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        v = {
            name: self.keep * state.get(name, np.zeros_like(g)) - self.rate * g
            for name, g in gradients.items()
        }
        return {name: theta + v[name] for name, theta in parameters.items()}, v


@dataclass(frozen=True, slots=True)
class AdaGrad:
    """r <- r + g o g,   theta <- theta - rate g/(delta + sqrt r).   State: r, at first 0."""

    rate: float
    delta: float = 1e-7

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        r = {name: state.get(name, np.zeros_like(g)) + g * g for name, g in gradients.items()}
        return {
            name: theta - self.rate * gradients[name] / (self.delta + np.sqrt(r[name]))
            for name, theta in parameters.items()
        }, r


def moving_average(average: Named, parameters: Named, share: float) -> dict[str, Array]:
    """The exponential moving average of parameters:  (1 - share) average + share theta."""
    return {name: (1 - share) * average[name] + share * theta for name, theta in parameters.items()}


def descend(gradient: Callable[[Named], Named], start: Named, rule: Rule, steps: int) -> list[Named]:
    """The points that `rule` visits from `start`, steps + 1 of them.

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
    w = 0. Off the line this is one step of gradient descent on the loss max(0, -t (w.x + b)).

    >>> perceptron_update(np.zeros(2), 0.0, np.array([1.0, 2.0]), -1.0)
    (array([-1., -2.]), -1.0)
    """
    if t * (x @ w + b) > 0:
        return w, b
    return w + rate * t * x, b + rate * t


def perceptron(X: ArrayLike, t: ArrayLike, *, rate: float = 1.0, epochs: int = 1000) -> Perceptron:
    """Run the perceptron algorithm: from w = 0, b = 0, visit the examples in turn until all are right.

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
