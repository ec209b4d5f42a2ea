"""Algorithms 1, 11 and 15: what one iteration of a loop does, recomputed by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from calcds.network.activations import ACTIVATIONS, Entrywise
from calcds.network.arrays import Array
from calcds.network.procedures import expanded, learn, learn_with_validation, loops, matrix_form
from calcds.network.procedures.workspace import Workspace

TANH = ACTIVATIONS["tanh"]


def network(seed: int = 1) -> Workspace:
    assert isinstance(TANH, Entrywise)
    rng = np.random.default_rng(seed)
    return Workspace.of(
        [rng.normal(size=(3, 2)), rng.normal(size=(1, 3))], [np.zeros(3), np.zeros(1)], [TANH] * 2
    )


def examples(rng: np.random.Generator, N: int) -> list[tuple[Array, Array]]:
    return [(x, np.array([np.tanh(x[0] - x[1])])) for x in rng.normal(size=(N, 2))]


@pytest.mark.parametrize("do", [loops.EXPANDED, loops.MATRIX_FORM])
def test_an_iteration_applies_the_sum_over_its_batch(do: loops.Procedures, rng: np.random.Generator) -> None:
    """All examples in one batch: the step can be computed without knowing the draw."""
    known, net, by_hand = examples(rng, 4), network(), network()
    learn(net, known, [0.1], batch=4, rng=rng, do=do)
    for x, y in known:
        expanded.evaluate(by_hand, x)
        expanded.adjust_gradient(by_hand, y)
    expanded.apply_gradient(by_hand, 0.1)
    for name, w in net.parameters.items():
        assert_allclose(w, by_hand.parameters[name], rtol=1e-12)


def test_the_sum_is_the_average_at_another_rate(rng: np.random.Generator) -> None:
    known, summed = examples(rng, 4), network()
    learn(summed, known, [0.05], batch=4, rng=rng)
    mean = {name: w * 0.0 for name, w in summed.parameters.items()}
    net = network()
    for x, y in known:
        expanded.clear_gradient(net)
        expanded.evaluate(net, x)
        expanded.adjust_gradient(net, y)
        mean = {name: m + net.gradient[name] / 4 for name, m in mean.items()}
    for name, w in summed.parameters.items():
        assert_allclose(w, network().parameters[name] - 0.2 * mean[name], rtol=1e-12)


def test_both_errors_are_sums_over_their_batches(rng: np.random.Generator) -> None:
    """E_t belongs to the network before the step, E_v to the one after it."""
    trainers, validators, net, by_hand = examples(rng, 3), examples(rng, 2), network(), network()
    (found,) = learn_with_validation(net, trainers, validators, [0.1], batch=2, rng=np.random.default_rng(9))
    again = np.random.default_rng(9)
    trained, checked = loops.draw(trainers, 2, again), loops.draw(validators, 2, again)
    before = 0.0
    for x, y in trained:
        expanded.evaluate(by_hand, x)
        before += float(((y - by_hand.output) ** 2).sum() / 2)
        expanded.adjust_gradient(by_hand, y)
    expanded.apply_gradient(by_hand, 0.1)
    after = 0.0
    for x, y in checked:
        expanded.evaluate(by_hand, x)
        after += float(((y - by_hand.output) ** 2).sum() / 2)
    assert_allclose((found.training, found.validation), (before, after), rtol=1e-12)


def test_validation_leaves_the_network_alone(rng: np.random.Generator) -> None:
    net = network()
    before = net.parameters
    loops.validate(net, examples(rng, 3))
    assert all(np.array_equal(before[name], w) for name, w in net.parameters.items())


def test_inertia_without_memory_is_a_plain_step(rng: np.random.Generator) -> None:
    known, plain, inert, kept = examples(rng, 3), network(), network(), network()
    for net, do in (
        (plain, loops.MATRIX_FORM),
        (inert, loops.with_inertia(0.0)),
        (kept, loops.with_inertia(0.9)),
    ):
        learn(net, known, [0.1, 0.1], batch=3, rng=np.random.default_rng(1), do=do)
    assert all(np.allclose(plain.parameters[name], w, rtol=1e-12) for name, w in inert.parameters.items())
    assert not any(np.allclose(plain.parameters[name], w) for name, w in kept.parameters.items())


def test_dropout_is_for_training_only(rng: np.random.Generator) -> None:
    """The error of validation is that of the whole network; that of training depends on the masks."""
    known, net = examples(rng, 3), network()
    do = loops.with_dropout(0.5, rng)
    assert loops.validate(net, known, do) == loops.validate(net, known)
    assert len({loops.calculate_gradient(net, known, do) for _ in range(5)}) > 1


@pytest.mark.parametrize("do", [loops.EXPANDED, loops.MATRIX_FORM, loops.with_inertia(0.5)])
def test_every_loop_learns_a_function_that_it_can_represent(
    do: loops.Procedures, rng: np.random.Generator
) -> None:
    errors = learn_with_validation(network(), examples(rng, 20), examples(rng, 10), [0.1] * 150, 5, rng, do)
    assert np.mean([e.validation for e in errors[-10:]]) < np.mean([e.validation for e in errors[:10]]) / 5


def test_the_draw_is_random_and_without_repetition(rng: np.random.Generator) -> None:
    known = examples(rng, 6)
    drawn = [[id(x) for x, _ in loops.draw(known, 4, rng)] for _ in range(20)]
    assert all(len(set(batch)) == 4 for batch in drawn)
    assert len({tuple(batch) for batch in drawn}) > 10
    with pytest.raises(ValueError, match="A batch of 7 cannot be drawn from 6 examples"):
        loops.draw(known, 7, rng)


def test_matrix_form_and_expanded_form_stay_together(rng: np.random.Generator) -> None:
    """Ten iterations of both: the same weights, masks included."""
    known, one, two = examples(rng, 6), network(), network()
    learn(one, known, [0.2] * 10, 3, np.random.default_rng(3), loops.EXPANDED)
    learn(two, known, [0.2] * 10, 3, np.random.default_rng(3), loops.MATRIX_FORM)
    for name, w in one.parameters.items():
        assert_allclose(w, two.parameters[name], rtol=1e-10)
    expanded.draw_masks(one, 0.3, rng)
    two.r = [r.copy() for r in one.r]
    x, y = known[0]
    for net, form in ((one, expanded), (two, matrix_form)):
        form.clear_gradient(net)
        form.evaluate_with_dropout(net, x)
        form.adjust_gradient_with_dropout(net, y)
    for name, g in one.gradient.items():
        assert_allclose(g, two.gradient[name], rtol=1e-10, atol=1e-14)
