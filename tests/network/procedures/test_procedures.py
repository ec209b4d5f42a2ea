"""The 21 algorithms of the notes: expanded against matrix form, both against complex steps, entry by entry."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network import losses
from calcds.network.activations import ACTIVATIONS, Entrywise
from calcds.network.arrays import Array
from calcds.network.gradcheck import check_gradient
from calcds.network.layers import Dense
from calcds.network.mlp import MLP
from calcds.network.procedures import expanded, matrix_form, printed
from calcds.network.procedures.workspace import Workspace

SIZES = (3, 4, 3, 2)
FORMS = [expanded, matrix_form]
RATE = 0.3


def entrywise(name: str) -> Entrywise:
    row = ACTIVATIONS[name]
    assert isinstance(row, Entrywise)
    return row


def network(rng: np.random.Generator, kind: str = "tanh") -> Workspace:
    W = [rng.normal(size=(n, m)) for m, n in pairwise(SIZES)]
    b = [rng.normal(size=n) for n in SIZES[1:]]
    return Workspace.of(W, b, [entrywise(kind), entrywise("softplus"), entrywise("sigmoid")])


def example(rng: np.random.Generator) -> tuple[Array, Array]:
    return rng.normal(size=SIZES[0]), rng.normal(size=SIZES[-1])


def as_mlp(net: Workspace) -> MLP:
    rows = ((net.W[k][1:, 1:].T, net.W[k][1:, 0], net.f[k]) for k in range(1, net.L + 1))
    return MLP(tuple(Dense(W, b, f) for W, b, f in rows))


def cost(
    net: Workspace, evaluate: Callable[[Workspace, Array], None], x: Array, y: Array
) -> Callable[[Mapping[str, Array]], Array]:
    """The error as a function of the parameters, masks frozen."""

    def at(parameters: Mapping[str, Array]) -> Array:
        moved = net.at(parameters)
        evaluate(moved, x)
        return moved.half_square(y)

    return at


@pytest.mark.parametrize("form", FORMS)
def test_evaluate_is_the_network_of_layers(form: ModuleType, rng: np.random.Generator) -> None:
    """Algorithms 5 and 6: every s and a."""
    net, (x, _) = network(rng), example(rng)
    form.evaluate(net, x)
    trace = as_mlp(net).forward(x[None, :])
    for k in range(net.L + 1):
        assert_allclose(net.a[k], [1.0, *trace.A[k][0]], rtol=1e-14)
        assert k == 0 or np.allclose(net.s[k][1:], trace.Z[k][0], rtol=1e-14)


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_entry_by_entry(form: ModuleType, rng: np.random.Generator) -> None:
    """Algorithms 7 and 8 against a complex step; every d against the layers' own backward pass."""
    net, (x, y) = network(rng), example(rng)
    form.evaluate(net, x)
    form.adjust_gradient(net, y)
    compared = check_gradient(cost(net, form.evaluate, x, y), net.gradient, net.parameters)
    assert compared.agrees, str(compared)
    layers = as_mlp(net)
    trace = layers.forward(x[None, :])
    dA = losses.loss("half_squared").gradient(trace.output, y[None, :])
    for k, adjoints in enumerate(layers.backward(trace, dA), start=1):
        assert_allclose(net.d[k][1:], adjoints.Z[0], rtol=1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_a_batch_adds_up_and_is_cleared(form: ModuleType, rng: np.random.Generator) -> None:
    """Algorithms 3, 4, 7 and 8: the sum over two examples, then nothing."""
    net, first, second = network(rng), example(rng), example(rng)
    single = []
    for x, y in (first, second):
        form.clear_gradient(net)
        form.evaluate(net, x)
        form.adjust_gradient(net, y)
        single.append(net.gradient)
    form.evaluate(net, first[0])
    form.adjust_gradient(net, first[1])
    for name, found in net.gradient.items():
        assert_allclose(found, single[0][name] + single[1][name], rtol=1e-12)
    form.clear_gradient(net)
    assert not any(np.any(C) for C in net.C)


@pytest.mark.parametrize("form", FORMS)
def test_a_step_moves_every_weight_and_keeps_the_constant_neuron(
    form: ModuleType, rng: np.random.Generator
) -> None:
    """Algorithms 9 and 10."""
    net, (x, y) = network(rng), example(rng)
    form.evaluate(net, x)
    form.adjust_gradient(net, y)
    before, g = net.parameters, net.gradient
    form.apply_gradient(net, RATE)
    for name, after in net.parameters.items():
        assert_allclose(after, before[name] - RATE * g[name], rtol=1e-14)
    for W in net.W[1:]:
        assert_array_equal(W[0], np.eye(1, W.shape[1])[0])


PENALTIES = [
    (expanded.l1_penalty, lambda w: np.sum(np.sign(w.real) * w)),
    (expanded.l2_penalty, lambda w: np.sum(w**2) / 2),
]


@pytest.mark.parametrize(("penalty", "norm"), PENALTIES)
def test_the_penalised_gradient(
    penalty: expanded.Penalty, norm: Callable[[Array], Array], rng: np.random.Generator
) -> None:
    """Algorithms 12 to 14 against a complex step of the penalised error."""
    net, (x, y), strength = network(rng), example(rng), 0.7
    expanded.evaluate(net, x)
    expanded.adjust_gradient(net, y, penalty, strength)
    error = cost(net, expanded.evaluate, x, y)

    def penalised(parameters: Mapping[str, Array]) -> Array:
        return np.asarray(error(parameters) + strength * sum(norm(w) for w in parameters.values()))

    compared = check_gradient(penalised, net.gradient, net.parameters)
    assert compared.agrees, str(compared)


def test_the_l1_slope_at_zero_is_zero(rng: np.random.Generator) -> None:
    net = network(rng)
    net.W[1][2, 1], net.W[1][2, 2], net.W[1][2, 3] = 0.0, 3.0, -3.0
    assert [float(expanded.l1_penalty(net, 1, 2, i)) for i in (1, 2, 3)] == [0.0, 1.0, -1.0]


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_with_dropout_under_frozen_masks(form: ModuleType, rng: np.random.Generator) -> None:
    """Algorithms 16 to 19, for masks that drop some neurons but not a whole layer."""
    net, (x, y) = network(rng), example(rng)
    expanded.draw_masks(net, 0.4, rng)
    net.r[1], net.r[2] = np.array([1, 0, 2.5, 0, 2.5]), np.array([1, 2.5, 0, 2.5])
    form.evaluate_with_dropout(net, x)
    form.adjust_gradient_with_dropout(net, y)
    compared = check_gradient(cost(net, form.evaluate_with_dropout, x, y), net.gradient, net.parameters)
    assert compared.agrees, str(compared)
    assert not np.any(net.gradient["W1"][[0, 2]])
    assert np.any(net.gradient["W1"][[1, 3]])


def test_masks_are_right_on_average_and_spare_the_output(rng: np.random.Generator) -> None:
    net, drop, total = network(rng), 0.25, [np.zeros(n + 1) for n in SIZES]
    for _ in range(4000):
        expanded.draw_masks(net, drop, rng)
        assert set(np.round(net.r[1][1:], 12)) <= {0.0, round(1 / (1 - drop), 12)}
        total = [t + r for t, r in zip(total, net.r, strict=True)]
    # 4000 masks of variance drop/(1 - drop) = 1/3: a standard error of 0.009, five of which are 0.046
    for k, t in enumerate(total):
        assert_allclose(t / 4000, 1.0, atol=0.0 if k == net.L else 0.046)
        assert t[0] == 4000


def test_without_dropped_neurons_dropout_changes_nothing(rng: np.random.Generator) -> None:
    net, (x, _) = network(rng), example(rng)
    expanded.draw_masks(net, 0.0, rng)
    expanded.evaluate_with_dropout(net, x)
    masked = net.output.copy()
    expanded.evaluate(net, x)
    assert_array_equal(masked, net.output)


@pytest.mark.parametrize("form", FORMS)
def test_inertia_averages_all_earlier_gradients(form: ModuleType, rng: np.random.Generator) -> None:
    """Algorithms 20 and 21 over three batches: the weights of the three gradients are those of the derivation."""
    net, keep = network(rng), 0.6
    given = [{f"W{k}": rng.normal(size=net.W[k][1:].shape) for k in range(1, net.L + 1)} for _ in range(3)]
    before = net.parameters
    steps: dict[str, Array] = {name: np.zeros_like(w) for name, w in before.items()}
    average: dict[str, Array] = dict(steps)
    for g in given:
        form.clear_gradient_with_inertia(net)
        for k in range(1, net.L + 1):
            net.C[k][1:] += g[f"W{k}"]
        form.apply_gradient_with_inertia(net, RATE, keep)
        average = {name: keep * average[name] + (1 - keep) * g[name] for name in average}
        steps = {name: steps[name] - RATE * average[name] for name in steps}
    for name, weights in net.parameters.items():
        first, second, third = (g[name] for g in given)
        assert_allclose(
            net.gradient[name], (1 - keep) * (keep**2 * first + keep * second + third), rtol=1e-12
        )
        assert_allclose(weights, before[name] + steps[name], rtol=1e-12)


def test_initialise_draws_every_weight_and_bias(rng: np.random.Generator) -> None:
    """Algorithm 2, with the row (1, 0, ..., 0)."""
    net, (x, _) = network(rng), example(rng)
    before = net.parameters
    net.C[1] += 1.0
    expanded.initialise(net, rng)
    assert all(np.all(net.parameters[name] != w) for name, w in before.items())
    assert not any(np.any(C[1:]) for C in net.C)
    matrix_form.evaluate(net, x)
    assert [a[0] for a in net.a] == [1.0] * (net.L + 1)


# What is printed wrong, as printed: each fails the test that its correction passes.


def test_printed_constant_rows_spoil_both_forms(rng: np.random.Generator) -> None:
    """Algorithm 2: a_0 is no longer 1, and the expanded gradient is no gradient."""
    net, (x, y) = network(rng), example(rng)
    printed.constant_rows(net)
    matrix_form.evaluate(net, x)
    assert abs(net.a[1][0] - 1) > 0.01
    net = network(rng)
    printed.constant_rows(net)
    expanded.evaluate(net, x)
    expanded.adjust_gradient(net, y)
    assert not check_gradient(cost(net, expanded.evaluate, x, y), net.gradient, net.parameters).agrees


def test_the_printed_error_climbs(rng: np.random.Generator) -> None:
    """Algorithm 7: exactly minus the gradient."""
    net, (x, y) = network(rng), example(rng)
    expanded.evaluate(net, x)
    printed.adjust_gradient(net, y)
    climbing = {name: -g for name, g in net.gradient.items()}
    assert check_gradient(cost(net, expanded.evaluate, x, y), climbing, net.parameters).agrees
    before = float(net.half_square(y))
    expanded.apply_gradient(net, 0.01)
    expanded.evaluate(net, x)
    assert float(net.half_square(y)) > before


def test_no_sign_saves_the_printed_penalty(rng: np.random.Generator) -> None:
    """Algorithm 12: neither the gradient of the penalised error nor minus it."""
    net, (x, y) = network(rng), example(rng)
    expanded.evaluate(net, x)
    printed.adjust_gradient_with_penalty(net, y, expanded.l2_penalty, 0.7)
    error = cost(net, expanded.evaluate, x, y)

    def penalised(parameters: Mapping[str, Array]) -> Array:
        return np.asarray(error(parameters) + 0.35 * sum((w**2).sum() for w in parameters.values()))

    for sign in (1, -1):
        signed = {name: sign * g for name, g in net.gradient.items()}
        assert not check_gradient(penalised, signed, net.parameters).agrees


def test_the_printed_mask_on_the_output_has_another_gradient(rng: np.random.Generator) -> None:
    """Algorithm 16: Algorithm 18 is the gradient of the network without that mask only."""
    net, (x, y) = network(rng), example(rng)
    expanded.draw_masks(net, 0.2, rng)
    mask = np.array([1.0, 1.25, 0.0])

    def evaluate(moved: Workspace, x: Array) -> None:
        printed.evaluate_with_dropout(moved, x, mask)

    evaluate(net, x)
    expanded.adjust_gradient_with_dropout(net, y)
    assert not check_gradient(cost(net, evaluate, x, y), net.gradient, net.parameters).agrees


def test_the_printed_mask_inside_the_function_is_another_network(rng: np.random.Generator) -> None:
    """Algorithm 17 is said to be Algorithm 16; where a neuron is kept, its input is scaled too."""
    net, (x, _) = network(rng), example(rng)
    net.r[1], net.r[2] = np.array([1, 0, 2.5, 0, 2.5]), np.array([1, 2.5, 0, 2.5])
    expanded.evaluate_with_dropout(net, x)
    right = net.output.copy()
    printed.evaluate_with_dropout_matrix_form(net, x)
    assert np.abs(net.output - right).max() > 1e-3


def test_the_matrix_form_read_literally_trains_the_constant_row(rng: np.random.Generator) -> None:
    """Why d_0 is set to 0: with it as it comes, row 0 of the gradient of a hidden layer is not 0."""
    net, (x, y) = network(rng), example(rng)
    matrix_form.evaluate(net, x)
    matrix_form.adjust_gradient(net, y)
    k = net.L - 1
    literal = (net.W[net.L].T @ net.d[net.L]) * matrix_form.slope(net, k)
    assert np.abs(np.outer(literal, net.a[k - 1])[0]).min() > 0
    assert_allclose(literal[1:], net.d[k][1:])


WRONG = [
    (lambda: Workspace.of([[[1.0]]], [[1.0, 2.0]], [entrywise("tanh")]), "b1 is 2 but W1 is 1 x 1"),
    (lambda: Workspace.of([[[1.0]]], [], [entrywise("tanh")]), "Each layer needs W, b and f"),
    (lambda: Workspace.of([[[1.0]], [[1.0, 2.0]]], [[0.0], [0.0]], [entrywise("tanh")] * 2),
     "W2 is 1 x 2 but layer 1 has 1 neurons"),
    (lambda: expanded.evaluate(network(np.random.default_rng(1)), [1.0]), "x must hold 3 numbers, but is 1"),
    (lambda: matrix_form.adjust_gradient(network(np.random.default_rng(1)), [1.0]), "y must hold 2 numbers"),
    (lambda: expanded.draw_masks(network(np.random.default_rng(1)), 1.0, np.random.default_rng(1)),
     "must lie in .0, 1."),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
