"""Data and chance: batches, capacity, masks, averages, consistency.

Imports: calcds.network: activations, arrays, layers, losses, mlp, rules, train, listings.
"""

from itertools import combinations, product

import numpy as np

from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.experiments.measured import Measured
from calcds.network.layers import Dense
from calcds.network.listings import folds
from calcds.network.losses import loss
from calcds.network.mlp import MLP
from calcds.network.rules import GradientDescent, moving_average
from calcds.network.train import descend


def unbiased_batches(rng: np.random.Generator, N: int = 7, k: int = 3) -> tuple[Measured, ...]:
    """All batches of k out of N examples: the mean of their gradients, and their variance, against the formulas.

    nogga-096, nogga-097, nogga-099, nogga-100, oh-050: the mean is the full gradient. The variance is sigma^2/k
    times (N - k)/(N - 1), because a batch holds no example twice; sigma^2/k needs independent draws.
    """
    net = MLP.random([2, 3, 1], [ACTIVATIONS["tanh"], ACTIVATIONS["identity"]], rng)
    X, Y = rng.normal(size=(N, 2)), rng.normal(size=(N, 1))

    def gradient(rows: tuple[int, ...]) -> Array:
        named = net.gradients(X[list(rows)], Y[list(rows)], loss("half_squared"))
        return np.concatenate([g.ravel() for g in named.values()])

    full = gradient(tuple(range(N)))
    sigma2 = sum(((gradient((i,)) - full) ** 2).sum() for i in range(N)) / N
    without = np.array([gradient(rows) for rows in combinations(range(N), k)])
    drawn = np.array([gradient(rows) for rows in product(range(N), repeat=k)])
    return (
        Measured("bias, without repetition", float(abs(without.mean(axis=0) - full).max())),
        Measured("bias, independent draws", float(abs(drawn.mean(axis=0) - full).max())),
        Measured("variance over sigma^2/k, without repetition",
                 float(((without - full) ** 2).sum(axis=1).mean() / (sigma2 / k))),
        Measured("variance over sigma^2/k, independent draws",
                 float(((drawn - full) ** 2).sum(axis=1).mean() / (sigma2 / k))),
    )  # fmt: skip


def capacity(rng: np.random.Generator, orders: tuple[int, ...] = (1, 3, 12)) -> tuple[Measured, ...]:
    """Polynomials fitted to 13 noisy points of a smooth curve: mean squared errors by order.

    oh-008, oh-009, nogga-002, nogga-003, magyar-099: the training error falls with the order, to 0 at order 12, so
    that it would always choose the largest; the test error falls and rises again. Order 1 underfits: both are high.
    """

    def sample(N: int) -> tuple[Array, Array]:
        x = np.sort(rng.uniform(-1, 1, size=N))
        return x, np.sin(3 * x) + 0.2 * rng.normal(size=N)

    (x, y), (x_test, y_test) = sample(13), sample(500)
    rows = []
    for order in orders:
        fitted = np.polynomial.Chebyshev.fit(x, y, order, domain=[-1, 1])
        rows.append(Measured(f"training, order {order}", float(np.mean((fitted(x) - y) ** 2))))
        rows.append(Measured(f"test, order {order}", float(np.mean((fitted(x_test) - y_test) ** 2))))
    return tuple(rows)


def cross_validation(
    rng: np.random.Generator, orders: tuple[int, ...] = (0, 1, 3, 9)
) -> tuple[Measured, ...]:
    """The mean test error over 5 folds of 40 points, by the order of a polynomial.   nogga-004

    The order that it chooses is that of the function the data come from, 3.
    """
    x = rng.uniform(-1, 1, size=40)
    y = 4 * x**3 - 3 * x + 0.1 * rng.normal(size=40)
    split = list(folds(40, 5, rng))

    def error(order: int) -> float:
        found = []
        for rows, test in split:
            fitted = np.polynomial.Chebyshev.fit(x[rows], y[rows], order, domain=[-1, 1])
            found.append(np.mean((fitted(x[test]) - y[test]) ** 2))
        return float(np.mean(found))

    return tuple(Measured(f"order {order}", error(order)) for order in orders)


def weight_scaling(rng: np.random.Generator, drop: float = 0.5) -> tuple[Measured, ...]:
    """The mean over all masks of six hidden units against one network with scaled weights, by the output.

    nogga-186, nogga-187, nogga-188, nogga-189: 2^6 sub-networks. Equal for a linear output; behind a sigmoid the
    scaling is an approximation.
    """
    hidden, v = rng.normal(size=6), rng.normal(size=6) * 3
    masks = np.array(list(product((0.0, 1.0), repeat=6)))
    chances = np.prod(np.where(masks == 1, 1 - drop, drop), axis=1)
    rows = [Measured("sub-networks", len(masks))]
    for name in ("identity", "sigmoid"):
        s = ACTIVATIONS[name]
        mean = float(chances @ s((masks * hidden) @ v))
        rows.append(
            Measured(f"{name}, difference", abs(mean - float(s(np.array(hidden @ ((1 - drop) * v))))))
        )
    return tuple(rows)


def cost_of_masks(widths: tuple[int, ...] = (10, 100, 1000)) -> tuple[Measured, ...]:
    """Numbers in the mask of one example over the neurons of the layer, and over its weights.   nogga-190"""
    rows = []
    for n in widths:
        layer, mask = Dense(np.zeros((n, n))), np.ones(n)
        rows += [Measured(f"per neuron, n = {n}", mask.size / n),
                 Measured(f"per weight, n = {n}", mask.size / layer.W.size)]  # fmt: skip
    return tuple(rows)


def averaged_noise(rng: np.random.Generator, steps: int = 20000) -> tuple[Measured, ...]:
    """The variance of an exponential moving average of noise, over that of the noise, by its share.

    nogga-178, nogga-179: share/(2 - share), so 1 for share 1: the parameters themselves.
    """
    noise, rows = rng.normal(size=steps), []
    for share in (1.0, 0.5, 0.1):
        average, path = {"x": np.array(0.0)}, []
        for value in noise:
            average = moving_average(average, {"x": np.array(value)}, share)
            path.append(float(average["x"]))
        rows.append(Measured(f"share {share:g}", float(np.var(path[200:]))))
    return tuple(rows)


def consistency(rng: np.random.Generator, sizes: tuple[int, ...] = (10, 100, 1000)) -> tuple[Measured, ...]:
    """How often the maximum-likelihood mean of m normal numbers is off by more than 0.2.   nogga-040, nogga-043"""
    return tuple(
        Measured(f"m = {m}", float(np.mean(abs(rng.normal(size=(2000, m)).mean(axis=1)) > 0.2)))
        for m in sizes
    )


def learning_rates(steps: int = 40) -> tuple[Measured, ...]:
    """The distance from the minimum after some steps of the slides' exercise, by the learning rate.

    sadiku-075, sadiku-076, nogga-084, magyar-056, nogga-068: too small is slow, 1 goes in circles, more diverges.
    """

    def distance(rate: float) -> float:
        path = descend(lambda p: {"x": np.array([p["x"][0] + 2, 2 * p["x"][1] + 1])}, {"x": np.zeros(2)},
                       GradientDescent(rate), steps)  # fmt: skip
        return float(np.linalg.norm(path[-1]["x"] - np.array([-2, -0.5])))

    return tuple(Measured(f"rate {rate:g}", distance(rate)) for rate in (0.001, 0.5, 1.0, 1.1))
