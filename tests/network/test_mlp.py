"""Layers and networks: backward against the complex step, and the two conventions of shapes."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network.activations import activation
from calcds.network.arrays import Array
from calcds.network.gradcheck import check_gradient
from calcds.network.layers import Dense
from calcds.network.losses import loss
from calcds.network.mlp import MLP

SIZES = [3, 5, 4, 6, 2]
KINDS = ["tanh", "relu", "silu", "mish", "elu", "softplus"]


def random_net(depth: int, rng: np.random.Generator, *, masked: bool, output: str) -> MLP:
    """A network with all its sizes different, random weights and biases; every second layer without bias."""
    sizes = [*SIZES[:depth], SIZES[-1]]
    layers = []
    for number, (d, h) in enumerate(pairwise(sizes), start=1):
        name = output if number == depth else KINDS[int(rng.integers(len(KINDS)))]
        mask = rng.uniform(size=(d, h)) < 0.7 if masked else None
        bias = rng.normal(size=h) if number % 2 else None
        layers.append(Dense(rng.normal(size=(d, h)), bias, activation(name), mask))
    return MLP(tuple(layers))


ENDS = [("softmax", "log_likelihood"), ("identity", "multiclass_hinge"), ("sigmoid", "half_squared")]


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize(("output", "cost"), ENDS)
def test_backward_is_the_complex_step(
    depth: int, masked: bool, output: str, cost: str, rng: np.random.Generator
) -> None:
    """A batch of seven examples; every weight, every bias."""
    net = random_net(depth, rng, masked=masked, output=output)
    X, Y = rng.normal(size=(7, 3)), np.eye(2)[rng.integers(2, size=7)]
    gradients = net.gradients(X, Y, loss(cost))
    worst = check_gradient(lambda p: net.with_parameters(p).loss(X, Y, loss(cost)), gradients, net.parameters)
    assert worst.agrees, str(worst)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_derivatives_by_the_inputs_and_by_every_z(depth: int, rng: np.random.Generator) -> None:
    """dL/dX of the first layer by complex step; dL/dZ of layer l by moving its bias."""
    net = random_net(depth, rng, masked=False, output="tanh")
    X, Y, cost = rng.normal(size=(1, 3)), rng.normal(size=(1, 2)), loss("squared")
    trace = net.forward(X)
    adjoints = net.backward(trace, cost.gradient(trace.output, Y))
    worst = check_gradient(lambda p: net.loss(p["X"], Y, cost), {"X": adjoints[0].X}, {"X": X})
    assert worst.agrees, str(worst)
    for adjoint, layer in zip(adjoints, net.layers, strict=True):
        assert_allclose(adjoint.b, adjoint.Z[0] if layer.b is not None else 0)


def break_transpose(gradients: dict[str, Array]) -> None:
    gradients["W2"] = gradients["W2"].reshape(gradients["W2"].shape[::-1]).T


def break_sign(gradients: dict[str, Array]) -> None:
    gradients["b1"] = -gradients["b1"]


def break_factor(gradients: dict[str, Array]) -> None:
    gradients["W3"] = 2 * gradients["W3"]


def break_one_entry(gradients: dict[str, Array]) -> None:
    gradients["W1"] = gradients["W1"].copy()
    gradients["W1"][2, 1] += 1e-6


def break_mean(gradients: dict[str, Array]) -> None:
    gradients["b3"] = 7 * gradients["b3"]


BREAKS = [
    (break_transpose, "W2"),
    (break_sign, "b1"),
    (break_factor, "W3"),
    (break_one_entry, "W1"),
    (break_mean, "b3"),
]


@pytest.mark.parametrize("depth", [3, 4])
@pytest.mark.parametrize(("break_it", "name"), BREAKS)
def test_a_wrong_backward_is_caught_and_named(
    break_it: Callable[[dict[str, Array]], None], name: str, depth: int, rng: np.random.Generator
) -> None:
    """Five mistakes of the kind made by hand; the report names the parameter that is wrong."""
    net = random_net(depth, rng, masked=False, output="tanh")
    X, Y, cost = rng.normal(size=(7, 3)), rng.normal(size=(7, 2)), loss("squared")
    gradients = net.gradients(X, Y, cost)
    break_it(gradients)
    worst = check_gradient(lambda p: net.with_parameters(p).loss(X, Y, cost), gradients, net.parameters)
    assert not worst.agrees
    assert worst.name == name


def test_a_masked_connection_stays_cut(rng: np.random.Generator) -> None:
    """Its weight is 0, its gradient is 0, and new weights cannot bring it back."""
    mask = np.array([[True, False], [True, True]])
    layer = Dense(np.ones((2, 2)), None, mask=mask)
    X = rng.normal(size=(3, 2))
    assert_array_equal(layer.forward(X)[0][:, 1], X[:, 1])
    assert layer.backward(X, layer.forward(X)[0], np.ones((3, 2))).W[0, 1] == 0
    assert layer.with_parameters(np.full((2, 2), 9.0), None).W[0, 1] == 0


def test_a_batch_is_its_examples_one_by_one(rng: np.random.Generator) -> None:
    """Outputs row by row, gradients as the mean."""
    net = random_net(3, rng, masked=False, output="softmax")
    X, Y, cost = rng.normal(size=(4, 3)), np.eye(2)[[0, 1, 1, 0]], loss("cross_entropy")
    assert_allclose(net.forward(X).output[2:3], net.forward(X[2:3]).output)
    alone = [net.gradients(X[i : i + 1], Y[i : i + 1], cost)["W2"] for i in range(4)]
    assert_allclose(net.gradients(X, Y, cost)["W2"], np.mean(alone, axis=0))


def test_the_column_convention_only_transposes(rng: np.random.Generator) -> None:
    """z = W a + b and its derivatives, in the shapes of lecture notes."""
    W, b, a, delta = (rng.normal(size=shape) for shape in ((4, 3), (4, 1), (3, 1), (4, 1)))
    layer = Dense.from_columns(W, b, activation("tanh")).columns
    z, s = layer.forward(a)
    assert_allclose(z, W @ a + b)
    assert_allclose(s, np.tanh(W @ a + b))
    back = layer.backward(a, z, delta)
    dz = delta / np.cosh(z) ** 2
    assert_allclose(back.Z, dz)
    assert_allclose(back.X, W.T @ dz)
    assert_allclose(back.W, dz @ a.T)
    assert_allclose(back.b, dz)


def test_parameters_go_out_and_come_back(rng: np.random.Generator) -> None:
    net = random_net(4, rng, masked=True, output="tanh")
    again = net.with_parameters(net.parameters)
    assert list(net.parameters) == ["W1", "b1", "W2", "W3", "b3", "W4"]
    assert_array_equal(again.forward(np.ones((1, 3))).output, net.forward(np.ones((1, 3))).output)


NET = MLP((Dense(np.ones((3, 2)), np.ones(2)), Dense(np.ones((2, 1)))))
ONE = Dense(np.ones((3, 2)))
WRONG = [
    (lambda: Dense(np.ones(3)), "W must be a matrix"),
    (lambda: Dense(np.ones((3, 2)), np.ones(3)), "b is 3 but W is 3 x 2: b needs one entry per column"),
    (lambda: Dense(np.ones((3, 2)), mask=np.ones((3, 2))), "The mask must hold True and False, not float64"),
    (lambda: Dense(np.ones((3, 2)), mask=np.ones((2, 3), dtype=bool)), "The mask is 2 x 3 but W is 3 x 2"),
    (lambda: Dense.from_columns(np.ones((3, 2)), np.ones((3, 2))), "b must be a column, but is 3 x 2"),
    (lambda: ONE.forward(np.ones((4, 2))), "X is 4 x 2 but W is 3 x 2: X needs one column for each row of W"),
    (lambda: ONE.forward(np.full((1, 3), np.nan)), "X holds nan"),
    (lambda: ONE.backward(np.ones((4, 3)), np.ones((4, 3)), np.ones((4, 3))), "Z is 4 x 3 but X W is 4 x 2"),
    (lambda: ONE.backward(np.ones((4, 3)), np.ones((4, 2)), np.ones((1, 2))), "dA is 1 x 2 but Z is 4 x 2"),
    (lambda: MLP(()), "at least one layer"),
    (lambda: MLP((ONE, ONE)), "Layer 2 takes 3 values but layer 1 gives 2"),
    (lambda: MLP.random([3, 2], [], np.random.default_rng(0)), "2 sizes need one activation fewer"),
    (lambda: NET.with_parameters({"W1": np.ones((3, 2))}), "The parameters are W1, b1, W2, not W1"),
    (lambda: NET.loss(np.ones((4, 3)), np.ones((3, 1)), loss("squared")), "A is 4 x 1 but Y is 3 x 1"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
