"""Networks of any wiring, and the slide deck's network as one of them."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose

from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.gradcheck import check_gradient
from calcds.network.graph import DECK, GraphNetwork, Node
from calcds.network.layers import Dense
from calcds.network.mlp import MLP

TANH, IDENTITY = ACTIVATIONS["tanh"], ACTIVATIONS["identity"]

# Not layered: a connection that skips, a bias, a node with two outgoing edges, two outputs.
SKIPPING = GraphNetwork(
    inputs=("x", "u"),
    nodes={"h": ACTIVATIONS["silu"], "k": ACTIVATIONS["softplus"], "y": TANH, "v": IDENTITY},
    edges={"a": ("x", "h"), "b": ("u", "h"), "c": ("h", "k"), "d": ("x", "k"),
           "e": ("h", "y"), "f": ("k", "y"), "g": ("k", "v")},
    biases={"bias_h": "h", "bias_v": "v"},
)  # fmt: skip


def weights_of(net: GraphNetwork, rng: np.random.Generator) -> dict[str, Array]:
    return {name: np.asarray(rng.normal()) for name in (*net.edges, *net.biases)}


NETS: list[tuple[GraphNetwork, tuple[Node, ...]]] = [(DECK, ("out",)), (SKIPPING, ("y", "v"))]


@pytest.mark.parametrize(("net", "outputs"), NETS, ids=["deck", "skipping"])
@pytest.mark.parametrize("batch", [(), (5,)])
def test_backward_is_the_complex_step(
    net: GraphNetwork, outputs: tuple[Node, ...], batch: tuple[int, ...], rng: np.random.Generator
) -> None:
    """By every weight and bias, and by every input, alone and in a batch."""
    w = weights_of(net, rng)
    x = {f"x{node}": rng.normal(size=batch) for node in net.inputs}
    seeds = {node: rng.normal(size=batch) for node in outputs}

    def total(p: dict[str, Array]) -> Array:
        values = net.forward({node: p[f"x{node}"] for node in net.inputs}, {name: p[name] for name in w})
        return np.asarray(sum((seeds[node] * values.a[node]).sum() for node in outputs))

    values = net.forward({node: x[f"x{node}"] for node in net.inputs}, w)
    back = net.backward(w, values, seeds)
    gradient = back.weights | {f"x{node}": back.da[node] for node in net.inputs}
    worst = check_gradient(lambda p: total(dict(p)), gradient, {**w, **x})
    assert worst.agrees, str(worst)
    wrong = {name: value + (1e-6 if name in w else 0) for name, value in gradient.items()}
    assert not check_gradient(lambda p: total(dict(p)), wrong, {**w, **x}).agrees


def test_the_deck_is_a_masked_network_of_layers(rng: np.random.Generator) -> None:
    """The same weights in masked matrices give the same values and gradients, computed by other code."""
    w = weights_of(DECK, rng)
    W1, mask1 = np.array([[w["w13"], w["w14"]], [9.0, w["w24"]]]), np.array([[True, True], [False, True]])
    W2, mask2 = np.array([[w["w35"], 9.0], [w["w45"], w["w46"]]]), np.array([[True, False], [True, True]])
    W3 = np.array([[w["v5"]], [w["v6"]]])
    layered = MLP((Dense(W1, None, TANH, mask1), Dense(W2, None, TANH, mask2), Dense(W3)))
    x = rng.normal(size=2)
    trace = layered.forward(x[None, :])
    values = DECK.forward({1: x[0], 2: x[1]}, w)
    assert_allclose([values.z[3], values.z[4]], trace.Z[1][0])
    assert_allclose([values.a[5], values.a[6]], trace.A[2][0])
    assert_allclose(values.a["out"], trace.output.item())
    one, two, three = layered.backward(trace, [[1.0]])
    back = DECK.backward(w, values, {"out": 1.0})
    g = back.weights
    assert_allclose([g["w13"], g["w14"], 0.0 * g["w24"], g["w24"]], one.W.ravel())
    assert_allclose([g["w35"], 0.0 * g["w24"], g["w45"], g["w46"]], two.W.ravel())
    assert_allclose([[g["v5"]], [g["v6"]]], three.W)
    assert_allclose([back.da[3], back.da[4]], two.X[0])
    assert_allclose([back.dz[5], back.dz[6]], two.Z[0])


ENDS = [(DECK, 1, "out"), (DECK, 4, "out"), (SKIPPING, "x", "y")]


@pytest.mark.parametrize(("net", "source", "target"), ENDS)
def test_the_sum_over_paths_is_the_backward_pass(
    net: GraphNetwork, source: Node, target: Node, rng: np.random.Generator
) -> None:
    w = weights_of(net, rng)
    values = net.forward({node: rng.normal() for node in net.inputs}, w)
    assert len(list(net.paths(source, target))) > 1
    swept = net.backward(w, values, {target: 1.0}).da[source]
    assert_allclose(net.path_derivative(w, values, source, target), swept)


def test_there_is_no_path_backwards(rng: np.random.Generator) -> None:
    w = weights_of(DECK, rng)
    assert list(DECK.paths(2, 3)) == []
    assert DECK.path_derivative(w, DECK.forward({1: 1.0, 2: 1.0}, w), 2, 3) == 0


def net(**changes: object) -> GraphNetwork:
    """x -> y with one thing changed."""
    arguments = {"inputs": ("x",), "nodes": {"y": IDENTITY}, "edges": {"w": ("x", "y")}} | changes
    return GraphNetwork(**arguments)  # type: ignore[arg-type]


TINY, WIDE = net(), net(inputs=("x", "u"))
CROSSED = {"w": ("q", "y"), "v": ("x", "q")}
SEEN = TINY.forward({"x": 1.0}, {"w": 1.0})
WRONG = [
    (lambda: net(nodes={"x": IDENTITY}), "listed twice"),
    (lambda: net(edges={"w": ("x", "q")}), "Edge w, x to q, must join nodes"),
    (lambda: net(edges={"w": ("y", "x")}), "Edge w, y to x, must join nodes, not enter an input"),
    (lambda: net(nodes={"y": TANH, "q": TANH}, edges=CROSSED), "against the order"),
    (lambda: net(nodes={"y": TANH, "q": TANH}), "Node q has no incoming edge"),
    (lambda: net(nodes={"y": ACTIVATIONS["softmax"]}), "Node y: softmax is not a function of one number"),
    (lambda: net(biases={"b": "q"}), "which is not a node"),
    (lambda: net(biases={"w": "y"}), "w names both a weight and a bias"),
    (lambda: TINY.forward({}, {"w": 1.0}), "The inputs are x, but values came for nothing"),
    (lambda: TINY.forward({"x": 1.0}, {"v": 1.0}), "The weights are w, but values came for v"),
    (lambda: TINY.forward({"x": np.nan}, {"w": 1.0}), "Input x holds nan"),
    (lambda: TINY.forward({"x": 1.0}, {"w": [1.0]}), "Weight w must be a single number, but is 1"),
    (lambda: DECK.forward({1: [1.0, 2.0], 2: 1.0}, {}), "The weights are w13"),
    (lambda: WIDE.forward({"x": [1.0, 2.0], "u": 1.0}, {"w": 1.0}), "Input u is a single number but"),
    (lambda: TINY.backward({"w": 1.0}, SEEN, {"y": [1.0]}), "dL/da of node y is 1 but the node is a single"),
    (lambda: TINY.backward({"w": 1.0}, SEEN, {"z": 1.0}), "No node is called z"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_a_network_that_makes_no_sense_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
