"""Quantities of one layer, of networks of any depth, and of the multivariate chain rule.

No formula is typed again here: every row builds a layer or a network, runs it forward and backward, and hands
out one of the numbers it computed. Claims speak of columns (z = W a + b with W: k x h), so this is where the
rows of the rest of the room are transposed.

Imports: activations, graph, layers, losses, mlp, quantity.  Imported by: quantities.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

from calcds.network import activations, losses
from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.graph import GraphNetwork, Node, NodeAdjoints, NodeValues
from calcds.network.layers import Adjoints, Dense
from calcds.network.mlp import MLP, Trace
from calcds.network.quantity import Quantity, inputs

# One layer: z = W a + b, a_next = s(z), and the step from z to the next layer.


def _layer(W: Array, b: Array | None = None, s: str = "identity") -> Dense:
    return Dense.from_columns(W, np.zeros((len(W), 1)) if b is None else b, activations.activation(s))


def _from_z(activation: str, W: Array, z: Array, b: Array | None = None) -> tuple[MLP, Trace]:
    """Forward through z -> s(z) -> W s(z) + b: a network whose first layer passes z on as it is."""
    network = MLP((_layer(np.eye(len(z)), s=activation), _layer(W, b)))
    return network, network.forward(z.T)


def _pullback(delta: Array, **given: Any) -> Array:
    network, trace = _from_z(**given)
    return network.backward(trace, delta.T)[0].T.Z


def _derivative(field: str, *, from_to: bool = False) -> Callable[..., Array]:
    """The derivative by `field` of a layer s(W a + b), from delta = dL/ds(z).

    A claim may give z by itself, as notes do that write s'(z); otherwise the forward pass computes it. What
    the derivative does not depend on may be left out. from_to: W is h x k, from row to column.
    """

    def compute(
        activation: str, delta: Array, z: Array | None = None, a: Array | None = None,
        W: Array | None = None, b: Array | None = None,
    ) -> Array:  # fmt: skip
        if z is None and (a is None or W is None) and activation != "identity":
            raise ValueError(f"The slope of {activation} needs z, or W and a from which to compute it.")
        W = W.T if W is not None and from_to else W
        a = np.zeros((1 if W is None else W.shape[1], 1)) if a is None else a
        layer = _layer(np.zeros((len(delta), len(a))) if W is None else W, b, activation).columns
        found = layer.backward(a, layer.forward(a)[0] if z is None else z, delta)
        return np.asarray(found.W.T if field == "W" and from_to else getattr(found, field))

    return compute


def _batch(field: str) -> Callable[..., Array]:
    """One derivative of Z = X W + 1 b^T in the convention of this room, examples as rows."""

    def compute(X: Array, W: Array, dZ: Array) -> Array:
        layer = Dense(W, np.zeros(W.shape[1]))
        adjoints = layer.backward(X, layer.forward(X)[0], dZ)
        return np.asarray(adjoints.b[:, None] if field == "b" else getattr(adjoints, field))

    return compute


_SIGMOID, _IDENTITY, _TANH = ({"activation": name} for name in ("sigmoid", "identity", "tanh"))
_NEXT = "W: k x h, z: h x 1, b?: k x 1"
_GIVEN = "delta: k x 1, z?: k x 1, b?: k x 1, "
_FROM_TO = "delta: k x 1, z?: k x 1, "
_ROWS = inputs("X: N x d, W: d x h, dZ: N x h")

LAYER_QUANTITIES = (
    Quantity("dense.forward", inputs("W: k x h, a: h x 1, b?: k x 1"),
             lambda W, a, b=None: _layer(W, b).columns.forward(a)[0], "z = W a + b"),
    Quantity("dense.activation", inputs("W: k x h, a: h x 1, b?: k x 1"),
             lambda W, a, activation, b=None: _layer(W, b, activation).columns.forward(a)[1],
             "s(W a + b)", _SIGMOID),
    Quantity("dense.next", inputs(_NEXT), lambda **given: _from_z(**given)[1].Z[-1].T,
             "z_next = W s(z) + b", _SIGMOID),
    Quantity("dense.pullback", inputs(_NEXT + ", delta: k x 1"), _pullback,
             "dL/dz = s'(z) o W^T delta, where z_next = W s(z) + b and delta = dL/dz_next", _SIGMOID),
    Quantity("dense.delta", inputs(_GIVEN + "a?: h x 1, W?: k x h"), _derivative("Z"),
             "dL/dz = s'(z) o delta, where z = W a + b and delta = dL/ds(z)", _IDENTITY),
    Quantity("dense.input_gradient", inputs(_GIVEN + "a?: h x 1, W: k x h"), _derivative("X"),
             "dL/da = W^T (s'(z) o delta), where z = W a + b and delta = dL/ds(z)", _IDENTITY),
    Quantity("dense.weight_gradient", inputs(_GIVEN + "a: h x 1, W?: k x h"), _derivative("W"),
             "dL/dW = (s'(z) o delta) a^T, where z = W a + b and delta = dL/ds(z)", _IDENTITY),
    Quantity("dense.bias_gradient", inputs(_GIVEN + "a?: h x 1, W?: k x h"), _derivative("b"),
             "dL/db = s'(z) o delta, where z = W a + b and delta = dL/ds(z)", _IDENTITY),
    Quantity("dense.from_to.input_gradient", inputs(_FROM_TO + "a?: h x 1, W: h x k"),
             _derivative("X", from_to=True), "dL/da = W (s'(z) o delta), where z = W^T a", _TANH),
    Quantity("dense.from_to.weight_gradient", inputs(_FROM_TO + "a: h x 1, W?: h x k"),
             _derivative("W", from_to=True), "dL/dW = a (s'(z) o delta)^T, where z = W^T a", _TANH),
    Quantity("batch.forward", inputs("X: N x d, W: d x h, b?: h x 1"),
             lambda X, W, b=None: _layer(W.T, b).forward(X)[0], "Z = X W + 1 b^T"),
    Quantity("batch.input_gradient", _ROWS, _batch("X"), "dL/dX = dZ W^T"),
    Quantity("batch.weight_gradient", _ROWS, _batch("W"), "dL/dW = X^T dZ"),
    Quantity("batch.bias_gradient", _ROWS, _batch("b"), "dL/db = dZ^T 1"),
)  # fmt: skip


# Networks of any depth: W1, b1, W2, b2, ... say how deep.


def _network(weights: dict[str, Array], activation: str, output: str) -> MLP:
    depth = next(number for number in count(1) if f"W{number + 1}" not in weights)
    if unused := [name for name in weights if int(name[1:]) > depth]:
        raise ValueError(f"{', '.join(unused)} came without W{depth + 1}.")
    return MLP(tuple(
        _layer(weights[f"W{number}"], weights.get(f"b{number}"), output if number == depth else activation)
        for number in range(1, depth + 1)
    ))  # fmt: skip


def _forward(pick: Callable[[Trace, int], Array]) -> Callable[..., Array]:
    """One number of a forward pass, at the layer that the option names."""

    def compute(x: Array, layer: str, activation: str, output: str, **weights: Array) -> Array:
        network = _network(weights, activation, output)
        return pick(network.forward(x.T), _number(layer, network)).T

    return compute


def _backward(pick: Callable[[Adjoints], Array]) -> Callable[..., Array]:
    """One number of a backward pass from the loss, at the layer that the option names."""

    def compute(
        x: Array, y: Array, layer: str, activation: str, output: str, loss: str, **weights: Array
    ) -> Array:
        network = _network(weights, activation, output)
        trace = network.forward(x.T)
        adjoints = network.backward(trace, losses.loss(loss).gradient(trace.output, y.T))
        return pick(adjoints[_number(layer, network) - 1].T)

    return compute


def _number(layer: str, network: MLP) -> int:
    depth = len(network.layers)
    if layer != "last" and layer not in map(str, range(1, depth + 1)):
        raise ValueError(f"layer must be a number from 1 to {depth}, or last, not {layer}.")
    return depth if layer == "last" else int(layer)


def _mlp_loss(x: Array, y: Array, activation: str, output: str, loss: str, **weights: Array) -> Array:
    return _network(weights, activation, output).loss(x.T, y.T, losses.loss(loss))


_DEEP = inputs("x: n x 1, W#: k x h, b#?: k x 1")
_TRAINED = inputs("x: n x 1, y: m x 1, W#: k x h, b#?: k x 1")
_KINDS = {"activation": "sigmoid", "output": "identity"}
_AT, _LOSS = {"layer": "last"} | _KINDS, {"loss": "half_squared"}
_AT_LOSS = _AT | _LOSS

MLP_QUANTITIES = (
    Quantity("mlp.z", _DEEP, _forward(lambda trace, number: trace.Z[number]), "z_l = W_l a_(l-1) + b_l", _AT),
    Quantity("mlp.a", _DEEP, _forward(lambda trace, number: trace.A[number]), "a_l = s_l(z_l)", _AT),
    Quantity("mlp.loss", _TRAINED, _mlp_loss, "the loss of one example", _KINDS | _LOSS),
    Quantity("mlp.delta", _TRAINED, _backward(lambda adjoints: adjoints.Z), "dL/dz_l", _AT_LOSS),
    Quantity("mlp.input_gradient", _TRAINED, _backward(lambda adjoints: adjoints.X), "dL/da_(l-1)", _AT_LOSS),
    Quantity("mlp.weight_gradient", _TRAINED, _backward(lambda adjoints: adjoints.W), "dL/dW_l", _AT_LOSS),
    Quantity("mlp.bias_gradient", _TRAINED, _backward(lambda adjoints: adjoints.b), "dL/db_l", _AT_LOSS),
)  # fmt: skip


# The multivariate chain rule as a network of identity nodes  theta -> a_i -> b_j -> z  whose weights are the
# local derivatives p_i = da_i/dtheta, J_ji = db_j/da_i, q_j = dz/db_j.


def _chain(p: Array, J: Array, q: Array) -> tuple[GraphNetwork, dict[str, Array], NodeValues]:
    a, b = [f"a{i}" for i in range(len(p))], [f"b{j}" for j in range(len(q))]
    edges: dict[str, tuple[Node, Node]] = {f"p{i}": ("theta", node) for i, node in enumerate(a)}
    edges |= {f"J{j},{i}": (a[i], b[j]) for j, i in np.ndindex(J.shape)}
    edges |= {f"q{j}": (node, "z") for j, node in enumerate(b)}
    network = GraphNetwork(("theta",), dict.fromkeys((*a, *b, "z"), ACTIVATIONS["identity"]), edges)
    weights = dict(zip(edges, np.concatenate([p[:, 0], J.ravel(), q[:, 0]]), strict=True))
    return network, weights, network.forward({"theta": 1.0}, weights)


def _over_paths(p: Array, J: Array, q: Array) -> Array:
    network, weights, values = _chain(p, J, q)
    return network.path_derivative(weights, values, "theta", "z")


def _factored(p: Array, J: Array, q: Array) -> NodeAdjoints:
    network, weights, values = _chain(p, J, q)
    return network.backward(weights, values, {"z": 1.0})


def _chain_delta(p: Array, J: Array, q: Array) -> Array:
    found = _factored(p, J, q)
    return np.array([[found.da[f"a{i}"]] for i in range(len(p))])


_LOCAL = inputs("p: m x 1, J: n x m, q: n x 1")

CHAIN_QUANTITIES = (
    Quantity("chain.paths", _LOCAL, _over_paths, "dz/dtheta = the sum over all paths i, j of p_i J_ji q_j"),
    Quantity("chain.factored", _LOCAL, lambda **given: _factored(**given).da["theta"],
             "dz/dtheta = sum_i p_i delta_i, in one backward sweep"),
    Quantity("chain.delta", _LOCAL, _chain_delta, "delta_i = dz/da_i = sum_j J_ji q_j, as a column"),
)  # fmt: skip
