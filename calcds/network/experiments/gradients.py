"""Gradients in depth: how they shrink, how many paths they sum over, what they cost without backpropagation.

Imports: calcds.network: activations, graph, layers, losses, mlp, gradcheck.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from calcds.network.activations import ACTIVATIONS, Activation, activation
from calcds.network.arrays import Array
from calcds.network.experiments.measured import Measured
from calcds.network.gradcheck import Named, numerical_gradient
from calcds.network.graph import GraphNetwork, Node
from calcds.network.layers import Dense
from calcds.network.losses import loss
from calcds.network.mlp import MLP

WIDTH = 40


def vanishing_gradients(rng: np.random.Generator, layers: int = 20) -> tuple[Measured, ...]:
    """First layer over last layer: the lengths of delta = dL/dz and of dL/dW. Weights have variance g^2/n.

    sadiku-174, sadiku-175, sadiku-177, sadiku-178, nogga-161: delta vanishes for small g, explodes for large g and
    is kept for g near 1 (ReLU: sqrt 2), so the slope of tanh alone does not decide. dL/dW is delta times what
    comes in, which shrinks in the other direction: to the left it vanishes for sigmoids, whose activations stay
    near 1/2, but not for small weights in tanh, where all layers get equally little.
    """
    regimes = [("tanh", 0.3), ("tanh", 1.0), ("identity", 0.3), ("identity", 2.0), ("sigmoid", 1.0),
               ("relu", 1.0), ("relu", float(np.sqrt(2)))]  # fmt: skip
    rows = []
    for name, g in regimes:
        delta, weights = first_over_last(rng, activation(name), g, layers)
        rows += [
            Measured(f"delta, {name}, g = {g:.2g}", delta),
            Measured(f"dW, {name}, g = {g:.2g}", weights),
        ]
    return tuple(rows)


def first_over_last(rng: np.random.Generator, s: Activation, g: float, layers: int) -> tuple[float, float]:
    """|dL/dz_1| / |dL/dz_L| and |dL/dW_1| / |dL/dW_L| in one random network of square layers."""
    net = MLP(
        tuple(Dense(rng.normal(size=(WIDTH, WIDTH)) * g / np.sqrt(WIDTH), None, s) for _ in range(layers))
    )
    X, Y = rng.normal(size=(10, WIDTH)), rng.normal(size=(10, WIDTH))
    trace = net.forward(X)
    found = net.backward(trace, loss("half_squared").gradient(trace.output, Y))
    first, last = found[0], found[-1]
    return (float(np.linalg.norm(first.Z) / np.linalg.norm(last.Z)),
            float(np.linalg.norm(first.W) / np.linalg.norm(last.W)))  # fmt: skip


def dense_graph(width: int, depth: int) -> GraphNetwork:
    """One input, `depth` full layers of `width` tanh nodes, one linear output."""
    hidden: list[list[Node]] = [[f"h{k},{j}" for j in range(width)] for k in range(depth)]
    levels: list[list[Node]] = [["in"], *hidden, ["out"]]
    edges: dict[str, tuple[Node, Node]] = {
        f"{source} -> {target}": (source, target)
        for before, after in pairwise(levels)
        for source in before
        for target in after
    }
    tanh = {node: ACTIVATIONS["tanh"] for level in hidden for node in level}
    return GraphNetwork(("in",), {**tanh, "out": ACTIVATIONS["identity"]}, edges)


def paths(
    rng: np.random.Generator, width: int = 3, depths: tuple[int, ...] = (1, 2, 3, 4)
) -> tuple[Measured, ...]:
    """Paths and edges from input to output, and how far the sum over paths is from one backward sweep.

    sadiku-146, sadiku-148, sadiku-189, magyar-083: width^depth paths, but a number of edges linear in the depth,
    and the same derivative.
    """
    rows = []
    for depth in depths:
        net = dense_graph(width, depth)
        weights = {name: np.array(rng.normal()) for name in net.edges}
        values = net.forward({"in": 0.3}, weights)
        swept = net.backward(weights, values, {"out": 1.0}).da["in"]
        summed = net.path_derivative(weights, values, "in", "out")
        rows += [
            Measured(f"paths, depth {depth}", sum(1 for _ in net.paths("in", "out"))),
            Measured(f"edges, depth {depth}", len(net.edges)),
            Measured(f"difference, depth {depth}", float(abs(swept - summed))),
        ]
    return tuple(rows)


def cost_of_differences(
    rng: np.random.Generator, widths: tuple[int, ...] = (2, 4, 8)
) -> tuple[Measured, ...]:
    """Forward passes that a numerical gradient takes, per parameter; counted while it runs.

    sadiku-139, sadiku-140, sadiku-188, nogga-139, sadiku-186: one for each parameter (complex step) or more
    (differences), where backpropagation takes one forward and one backward pass, however many there are.
    """
    rows = []
    for n in widths:
        net = MLP.random([n, n, 1], [activation("tanh"), activation("identity")], rng)
        X, Y, calls = rng.normal(size=(3, n)), rng.normal(size=(3, 1)), 0

        def cost(parameters: Named, net: MLP = net, X: Array = X, Y: Array = Y) -> Array:
            nonlocal calls
            calls += 1
            return net.with_parameters(dict(parameters)).loss(X, Y, loss("half_squared"))

        size = sum(value.size for value in net.parameters.values())
        for method in ("complex", "differences"):
            calls = 0
            numerical_gradient(cost, net.parameters, method)
            rows.append(Measured(f"{method}, {size} parameters", calls / size))
    return tuple(rows)


def cancellation(steps: tuple[float, ...] = (1e-2, 1e-8, 1e-14)) -> tuple[Measured, ...]:
    """The error of (f(x + h) - f(x))/h for f = exp at 1, by the step h.   sadiku-141

    It falls with h until the numerator has no digits left; the complex step does not subtract.
    """
    rows = [Measured(f"h = {h:g}", float(abs((np.exp(1 + h) - np.exp(1)) / h - np.e))) for h in steps]
    complex_step = float(np.exp(1 + 1e-20j).imag / 1e-20)
    return (*rows, Measured("complex step", abs(complex_step - np.e)))


def dying_units(rng: np.random.Generator, steps: int = 200) -> tuple[Measured, ...]:
    """The loss after training one unit that is inactive on every example, over its loss before.

    magyar-019: a ReLU has no gradient there and stays as it is, one with a slope on the left comes back.
    """
    X = rng.uniform(0.5, 1.5, size=(20, 2))
    Y = X.sum(axis=1, keepdims=True)
    rows = []
    for name in ("relu", "parametric_relu"):
        net = MLP((Dense(np.full((2, 1), -1.0), np.array([-1.0]), activation(name)),))
        before = float(net.loss(X, Y, loss("half_squared")))
        for _ in range(steps):
            g = net.gradients(X, Y, loss("half_squared"))
            net = net.with_parameters({key: value - 0.2 * g[key] for key, value in net.parameters.items()})
        rows.append(Measured(name, float(net.loss(X, Y, loss("half_squared"))) / before))
    return tuple(rows)


def informative_slopes(rng: np.random.Generator, N: int = 4000) -> tuple[Measured, ...]:
    """How many usual inputs have a slope of at least 1/100, and how many of those slopes tell the way.

    sadiku-183, sadiku-184, sadiku-185: max(0, z - 100) and the step have no slope; that of sin 100 z says what
    the function does over a step of up to one unit as often as a coin would. Inputs standard normal, steps uniform.
    """
    z, h = rng.normal(size=N), rng.uniform(size=N) / 2
    relu, step, tanh = activation("relu"), activation("threshold"), activation("tanh")
    kinds: dict[str, tuple[Callable[[Array], Array], Array]] = {
        "max(0, z - 100)": (lambda u: relu(u - 100), (z > 100) * 1.0),
        "step": (step, np.zeros(N)),
        "sin(100 z)": (lambda u: np.sin(100 * u), 100 * np.cos(100 * z)),
        "tanh": (tanh, 1 - np.tanh(z) ** 2),
        "relu": (relu, (z > 0) * 1.0),
    }
    rows = []
    for name, (s, slope) in kinds.items():
        steep = abs(slope) > 0.01
        rows.append(Measured(f"{name}, has a slope", float(np.mean(steep))))
        if np.any(steep):
            tells = slope * (s(z + h) - s(z - h)) > 0
            rows.append(Measured(f"{name}, it tells the way", float(np.mean(tells[steep]))))
    return tuple(rows)
