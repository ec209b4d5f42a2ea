"""Where training starts: zero weights, symmetric weights, and weights that keep the variance.

Imports: calcds.network: activations, arrays, layers, losses, mlp, rules, train.
"""

from itertools import permutations, product

import numpy as np

from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.experiments.measured import Measured
from calcds.network.layers import Dense
from calcds.network.losses import loss
from calcds.network.mlp import MLP
from calcds.network.rules import GradientDescent
from calcds.network.train import train

HALF = loss("half_squared")


def zero_initialisation(rng: np.random.Generator, epochs: int = 60) -> tuple[Measured, ...]:
    """Two layers that start with all weights 0, trained: largest weight, difference of hidden units, mean output.

    nogga-160: with tanh the weights do stay 0 and only the output bias learns; with sigmoids they move at once,
    but all hidden units stay alike. In neither does the output stay 0: it learns the mean of the targets.
    """
    X, Y = rng.normal(size=(12, 3)), rng.normal(size=(12, 1)) + 1
    rows = []
    for name in ("tanh", "sigmoid"):
        s = ACTIVATIONS[name]
        net = MLP((Dense(np.zeros((3, 4)), np.zeros(4), s), Dense(np.zeros((4, 1)), np.zeros(1))))
        after = train(net, X, Y, HALF, GradientDescent(0.3), epochs=epochs).network
        W, V = after.parameters["W1"], after.parameters["W2"]
        rows += [
            Measured(f"{name}, largest weight", float(max(abs(W).max(), abs(V).max()))),
            Measured(f"{name}, hidden units differ", float(max(np.ptp(W, axis=1).max(), np.ptp(V)))),
            Measured(f"{name}, mean output over mean target", float(after.forward(X).output.mean() / Y.mean())),
        ]  # fmt: skip
    return tuple(rows)


def symmetries(rng: np.random.Generator, M: int = 3) -> tuple[Measured, ...]:
    """Different weights of one tanh network with M hidden units: how many, and how far their functions are apart.

    nogga-131, nogga-134, nogga-135, nogga-136: 2^M M! points of the weight space, one function, so every minimum
    of the loss occurs that often. Half-way between two of them the loss is another one: it is not convex in the
    weights (sadiku-142).
    """
    W, b, v = rng.normal(size=(2, M)), rng.normal(size=M), rng.normal(size=(M, 1))
    X = rng.normal(size=(50, 2))

    def outputs(W: Array, b: Array, v: Array) -> Array:
        return MLP((Dense(W, b, ACTIVATIONS["tanh"]), Dense(v))).forward(X).output

    targets = outputs(W, b, v)
    points, apart = set(), 0.0
    for order in permutations(range(M)):
        for signs in product((1.0, -1.0), repeat=M):
            u, c, w = W[:, order] * signs, b[list(order)] * signs, v[list(order)] * np.array(signs)[:, None]
            points.add(tuple(np.concatenate([u.ravel(), c, w[:, 0]])))
            apart = max(apart, float(abs(outputs(u, c, w) - targets).max()))
    half_way = outputs(0 * W, 0 * b, 0 * v)  # between (W, b, v) and (-W, -b, -v)
    return (
        Measured("points", len(points)),
        Measured("largest difference of outputs", apart),
        Measured("loss half-way between two minima of loss 0", float(HALF(half_way, targets))),
    )


def variance_in_depth(rng: np.random.Generator, layers: int = 10, width: int = 200) -> tuple[Measured, ...]:
    """The standard deviation behind the last of many linear layers, by that of the weights; inputs have 1.

    nogga-163: only 1/sqrt(n) keeps it.
    """
    rows = []
    for name, scale in (("1/(2 sqrt n)", 0.5), ("1/sqrt n", 1.0), ("2/sqrt n", 2.0)):
        A = rng.normal(size=(200, width))
        for _ in range(layers):
            A = A @ (rng.normal(size=(width, width)) * scale / np.sqrt(width))
        rows.append(Measured(name, float(A.std())))
    return tuple(rows)


def positive_bias(rng: np.random.Generator, N: int = 4000) -> tuple[Measured, ...]:
    """The share of standard normal inputs that pass a ReLU, by the bias.   nogga-164"""
    z = rng.normal(size=N)
    relu = ACTIVATIONS["relu"]
    return tuple(Measured(f"bias {b:g}", float(np.mean(relu(z + b) > 0))) for b in (0.0, 0.5, 1.0))


def universal_approximation(sizes: tuple[int, ...] = (4, 8, 16, 32)) -> tuple[Measured, ...]:
    """The largest error of two layers with M hidden ReLUs for sin 2 pi x on [0, 1], by M.   nogga-137

    Weights by construction, not by training: the broken line through M + 1 points, one kink for each unit.
    """
    rows = []
    x = np.linspace(0, 1, 2001)
    for M in sizes:
        knots = np.linspace(0, 1, M + 1)
        slopes = np.diff(np.sin(2 * np.pi * knots)) * M
        hidden = Dense(np.ones((1, M)), -knots[:-1], ACTIVATIONS["relu"])
        output = Dense(np.diff(slopes, prepend=0.0)[:, None], np.zeros(1))
        found = MLP((hidden, output)).forward(x[:, None]).output[:, 0]
        rows.append(Measured(f"{M} units", float(abs(found - np.sin(2 * np.pi * x)).max())))
    return tuple(rows)
