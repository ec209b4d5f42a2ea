"""Update rules step by step, training, and the perceptron algorithm."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network.activations import activation
from calcds.network.arrays import Array
from calcds.network.layers import Dense
from calcds.network.losses import loss
from calcds.network.mlp import MLP
from calcds.network.rules import (
    AdaGrad,
    Adam,
    GradientDescent,
    Inertia,
    Momentum,
    Named,
    Penalised,
    RMSProp,
    Rule,
    Step,
    clip_norm,
    clip_values,
    moving_average,
    newton_step,
)
from calcds.network.train import descend, perceptron, perceptron_update, train


def bowl(p: Named) -> dict[str, Array]:
    """The gradient of x_1^2/2 + x_2^2 + 2 x_1 + x_2, the exercise of the slide deck."""
    return {"x": np.array([p["x"][0] + 2, 2 * p["x"][1] + 1])}


def test_rate_1_gets_stuck_between_two_points() -> None:
    """The worked exercise: (0, 0), (-2, -1), (-2, 0), (-2, -1), ... and never the minimum (-2, -1/2)."""
    path = [p["x"] for p in descend(bowl, {"x": np.zeros(2)}, GradientDescent(1.0), 4)]
    assert_array_equal(path, [[0, 0], [-2, -1], [-2, 0], [-2, -1], [-2, 0]])


RULES = [GradientDescent(0.3), Momentum(0.1, 0.5), Inertia(0.2, 0.5), AdaGrad(0.8)]


@pytest.mark.parametrize("rule", RULES)
def test_a_smaller_rate_finds_the_minimum(rule: Rule) -> None:
    assert_allclose(descend(bowl, {"x": np.zeros(2)}, rule, 200)[-1]["x"], [-2, -0.5], atol=1e-6)


@pytest.mark.parametrize("rule", [GradientDescent(-0.1), GradientDescent(1.1)])
def test_the_wrong_direction_and_a_rate_too_large_do_not(rule: Rule) -> None:
    assert np.abs(descend(bowl, {"x": np.zeros(2)}, rule, 50)[-1]["x"]).max() > 100


def test_two_steps_of_every_rule_by_hand() -> None:
    """theta = 1, gradients 2 and then 1, rate 1/2."""
    given = [{"x": np.array(2.0)}, {"x": np.array(1.0)}]
    expected = [(GradientDescent(0.5), [0.0, -0.5]), (Momentum(0.5, 0.5), [0.0, -1.0]),
                (Inertia(0.5, 0.5), [0.5, 0.0]),
                (AdaGrad(0.5, 0.0), [0.5, 0.5 - 0.5 / np.sqrt(5)]),
                (RMSProp(0.5, 0.75, 0.0), [0.0, -1 / (2 * np.sqrt(1.0))]),
                (Adam(0.5, 0.5, 0.75, 0.0), [0.5, 0.5 - 0.5 * (4 / 3) / np.sqrt(16 / 7)]),
                (Penalised(GradientDescent(0.5), l2=1.0), [-0.5, -0.75]),
                (Penalised(GradientDescent(0.5), l1=1.0), [-0.5, -0.5])]  # fmt: skip
    for rule, points in expected:
        theta: Named = {"x": np.array(1.0)}
        state: Named = {}
        for g, point in zip(given, points, strict=True):
            theta, state = rule.step(theta, g, state)  # type: ignore[attr-defined]
            assert_allclose(theta["x"], point)


def test_inertia_is_momentum_at_another_rate(rng: np.random.Generator) -> None:
    given = [{"x": rng.normal(size=3)} for _ in range(5)]
    ends = []
    for rule in (Inertia(0.5, 0.8), Momentum(0.5 * (1 - 0.8), 0.8), Momentum(0.5, 0.8)):
        theta: Named = {"x": np.zeros(3)}
        state: Named = {}
        for g in given:
            theta, state = rule.step(theta, g, state)
        ends.append(theta["x"])
    assert_allclose(ends[0], ends[1], rtol=1e-12)
    assert not np.allclose(ends[0], ends[2])


def test_adam_and_adagrad_begin_with_the_sign(rng: np.random.Generator) -> None:
    """However large the gradient; without its correction Adam would begin with another step."""
    g = {"x": rng.normal(size=4) * 10.0 ** np.arange(4)}
    for rule in (Adam(0.1, 0.9, 0.999, 0.0), AdaGrad(0.1, 0.0)):
        moved, _ = rule.step({"x": np.zeros(4)}, g, {})
        assert_allclose(moved["x"], -0.1 * np.sign(g["x"]), rtol=1e-12)


def test_rmsprop_forgets_and_adagrad_does_not() -> None:
    """A constant gradient of 2: one keeps its pace, the other slows down like 1/sqrt(t)."""
    steps = {}
    for rule in (RMSProp(0.1, 0.5, 0.0), AdaGrad(0.1, 0.0)):
        path = descend(lambda _: {"x": np.array(2.0)}, {"x": np.array(0.0)}, rule, 50)
        steps[type(rule)] = float(path[-2]["x"] - path[-1]["x"])
    assert_allclose(steps[RMSProp], 0.1, rtol=1e-12)
    assert_allclose(steps[AdaGrad], 0.1 / np.sqrt(50), rtol=1e-12)


def test_clipping() -> None:
    """By value the direction changes; by norm it does not, and all parameters count together."""
    g = {"a": np.array([3.0, 0.5]), "b": np.array([[4.0]])}
    assert_array_equal(clip_values(g, 1.0)["a"], [1.0, 0.5])
    scaled = clip_norm(g, 1.0)
    assert_allclose(sum((v**2).sum() for v in scaled.values()), 1.0)
    assert_allclose(scaled["a"] / scaled["b"][0], g["a"] / g["b"][0])
    assert all(np.array_equal(v, g[name]) for name, v in clip_norm(g, 100.0).items())


def test_one_newton_step_reaches_the_stationary_point_even_if_it_is_a_maximum() -> None:
    H, m = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, -2.0])
    for sign in (1.0, -1.0):
        theta = np.array([7.0, 5.0])
        assert_allclose(newton_step(theta, sign * H @ (theta - m), sign * H), m)


def test_a_moving_average_keeps_its_share() -> None:
    old, new = {"x": np.array([1.0])}, {"x": np.array([3.0])}
    assert [moving_average(old, new, share)["x"].item() for share in (0.0, 0.25, 1.0)] == [1.0, 1.5, 3.0]


XOR = (np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]]))


def test_two_layers_learn_xor_and_one_layer_cannot(rng: np.random.Generator) -> None:
    """The deep network separates what no line separates; the single layer stays at log 2."""
    X, Y = XOR
    deep = MLP.random([2, 6, 1], [activation("tanh"), activation("identity")], rng)
    flat = MLP((Dense(np.zeros((2, 1)), np.zeros(1)),))
    learned = train(deep, X, Y, loss("sigmoid_cross_entropy"), GradientDescent(0.5), epochs=400)
    stuck = train(flat, X, Y, loss("sigmoid_cross_entropy"), GradientDescent(0.5), epochs=400)
    assert np.all((learned.network.forward(X).output > 0) == (Y > 0.5))
    assert learned.losses[-1] < 0.05
    assert stuck.losses[-1] > 0.69


def test_minibatches_visit_every_example_once_and_repeat_with_the_seed(rng: np.random.Generator) -> None:
    """Seven examples in batches of two: the gradients of one epoch, each -y, add up to all the targets."""
    X, Y = np.ones((7, 1)), np.arange(7.0)[:, None]
    net, cost = MLP((Dense(np.zeros((1, 1))),)), loss("perceptron")
    runs = [train(net, X, np.where(Y > 2, 1.0, -1.0), cost, GradientDescent(0.1), epochs=3, batch=2,
                  rng=np.random.default_rng(5)) for _ in range(2)]  # fmt: skip
    assert runs[0].losses == runs[1].losses
    seen: list[float] = []

    class Recorder:
        def step(self, p: Named, g: Named, s: Named) -> Step:
            seen.append(g["W1"].item())
            return dict(p), dict(s)

    train(net, X, Y, loss("half_squared"), Recorder(), epochs=1, batch=2, rng=rng)
    assert len(seen) == 4
    # Three batches of two and one of one: means weighted by their sizes give minus the sum of all targets.
    assert_allclose(np.dot(seen, [2, 2, 2, 1]), -21)


def separable(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
    """Points with a gap of width 0.2 on both sides of a random line."""
    X = rng.normal(size=(200, n))
    line, offset = rng.normal(size=n), rng.normal()
    margin = (X @ line + offset) / np.linalg.norm(line)
    return X[abs(margin) > 0.2], np.sign(margin[abs(margin) > 0.2])


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_perceptron_converges_on_separable_data(n: int, rng: np.random.Generator) -> None:
    X, t = separable(rng, n)
    found = perceptron(X, t, rate=0.5)
    assert found.separates
    assert np.all(np.sign(X @ found.w + found.b) == t)


def test_the_perceptron_says_when_it_fails() -> None:
    """XOR has no separating line."""
    found = perceptron(XOR[0], [-1, 1, 1, -1], epochs=50)
    assert not found.separates
    assert found.updates > 50


def test_an_update_is_a_gradient_step_of_the_perceptron_loss(rng: np.random.Generator) -> None:
    """Off the line, for examples on both sides of it; the hinge loss takes other steps."""
    differences = 0
    for _ in range(30):
        w, b, x, rate = rng.normal(size=3), float(rng.normal()), rng.normal(size=3), 0.7
        t = float(rng.choice([-1, 1]))
        layer, steps = MLP((Dense(w[:, None], np.array([b])),)), {}
        for name in ("perceptron", "binary_hinge"):
            gradients = layer.gradients(x[None, :], [[t]], loss(name))
            steps[name], _ = GradientDescent(rate).step(layer.parameters, gradients, {})
        moved, bias = perceptron_update(w, b, x, t, rate)
        assert_allclose(moved, steps["perceptron"]["W1"][:, 0])
        assert_allclose(bias, steps["perceptron"]["b1"][0])
        differences += not np.allclose(moved, steps["binary_hinge"]["W1"][:, 0])
    assert differences > 0


def test_on_the_line_the_update_moves_and_the_gradient_step_does_not() -> None:
    """At w = 0 the loss has a kink: the algorithm must leave it, the gradient there is 0."""
    moved, _ = perceptron_update(np.zeros(2), 0.0, np.array([1.0, 2.0]), 1.0)
    assert_array_equal(moved, [1.0, 2.0])
    layer = MLP((Dense(np.zeros((2, 1))),))
    assert not np.any(layer.gradients([[1.0, 2.0]], [[1.0]], loss("perceptron"))["W1"])


def run(targets: int = 3, rate: float = 1.0, epochs: int = 1, batch: int | None = None) -> object:
    """Train one linear neuron on three equal examples."""
    X, Y, net = np.full((3, 2), 1e3), np.ones((targets, 1)), MLP((Dense(np.ones((2, 1))),))
    return train(net, X, Y, loss("squared"), GradientDescent(rate), epochs=epochs, batch=batch)


WRONG = [
    (lambda: perceptron([[1.0]], [0]), "t must hold .1 or -1 for each of the 1 rows"),
    (lambda: perceptron([[1.0]], [1, -1]), "t must hold .1 or -1 for each of the 1 rows of X; it is 2"),
    (lambda: perceptron([1.0], [1]), "X must be a matrix"),
    (lambda: run(targets=2), "X has 3 rows but Y has 2"),
    (lambda: run(batch=0), "batch >= 1"),
    (lambda: run(batch=2), "an rng"),
    (lambda: run(rate=1e60, epochs=9), "holds nan or infinity"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
@pytest.mark.filterwarnings("ignore:overflow")
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
