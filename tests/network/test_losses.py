"""Every row of the table of losses is a test."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose

from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.gradcheck import check_gradient
from calcds.network.losses import INSIDE, LOSSES, ONE_HOT, POSITIVE, SIGNS, Loss, loss


def example(row: Loss, rng: np.random.Generator) -> tuple[Array, Array]:
    """Six examples of three entries that satisfy what the loss requires."""
    A, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    if POSITIVE in row.requires or INSIDE in row.requires:
        A = rng.uniform(0.1, 0.9, size=(6, 3))
    if SIGNS in row.requires:
        return A, np.sign(Y)
    if ONE_HOT in row.requires:
        return A, np.eye(3)[rng.integers(3, size=6)]
    return A, rng.uniform(0, 1, size=(6, 3)) if row.requires else Y


@pytest.mark.parametrize("row", LOSSES.values(), ids=lambda row: row.name)
@pytest.mark.parametrize("method", ["complex", "differences"])
def test_the_gradient_is_the_numerical_gradient(row: Loss, method: str, rng: np.random.Generator) -> None:
    A, Y = example(row, rng)
    worst = check_gradient(lambda p: row(p["A"], Y), {"A": row.gradient(A, Y)}, {"A": A}, method)
    assert worst.agrees, str(worst)


@pytest.mark.parametrize("row", LOSSES.values(), ids=lambda row: row.name)
def test_a_wrong_gradient_is_noticed(row: Loss, rng: np.random.Generator) -> None:
    """The sum instead of the mean, the opposite sign."""
    A, Y = example(row, rng)
    for wrong in (row.slope(A, Y), -row.gradient(A, Y)):
        assert not check_gradient(lambda p: row(p["A"], Y), {"A": wrong}, {"A": A}).agrees


ONE_EXAMPLE = [
    ("squared", [1.0, 4.0], [0.0, 2.0], 5.0, [2.0, 4.0]),
    ("half_squared", [1.0, 4.0], [0.0, 2.0], 2.5, [1.0, 2.0]),
    ("mean_squared", [1.0, 4.0], [0.0, 2.0], 2.5, [1.0, 2.0]),
    ("absolute", [1.0, 4.0], [0.0, 5.0], 2.0, [1.0, -1.0]),
    ("cross_entropy", [0.5, 0.5], [0.25, 0.75], np.log(2), [-0.5, -1.5]),
    ("log_likelihood", [0.3, 0.7], [0.0, 1.0], -np.log(0.7), [0.0, -1 / 0.7]),
    ("binary_cross_entropy", [0.3, 0.7], [0.0, 1.0], -2 * np.log(0.7), [1 / 0.7, -1 / 0.7]),
    ("softmax_cross_entropy", [0.0, 0.0], [0.0, 1.0], np.log(2), [0.5, -0.5]),
    ("sigmoid_cross_entropy", [0.0], [1.0], np.log(2), [-0.5]),
    ("binary_hinge", [0.5, 2.0, -1.0], [1.0, 1.0, 1.0], 2.5, [-1.0, 0.0, -1.0]),
    ("multiclass_hinge", [3.2, 5.1, -1.7], [1.0, 0.0, 0.0], 2.9, [-1.0, 1.0, 0.0]),
    ("multiclass_hinge", [1.3, 4.9, 2.0], [0.0, 1.0, 0.0], 0.0, [0.0, 0.0, 0.0]),
    ("perceptron", [0.5, -2.0], [1.0, 1.0], 2.0, [0.0, -1.0]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "a", "y", "value", "gradient"), ONE_EXAMPLE)
def test_one_example_by_hand(
    name: str, a: list[float], y: list[float], value: float, gradient: list[float]
) -> None:
    assert_allclose(loss(name)([a], [y]), value, atol=1e-15)
    assert_allclose(loss(name).gradient([a], [y]), [gradient], atol=1e-15)


def test_every_loss_is_calculated_by_hand_once() -> None:
    assert {row[0] for row in ONE_EXAMPLE} == set(LOSSES)


def test_the_multiclass_hinge_of_a_batch_is_the_mean() -> None:
    """The worked example of the notes (oh): losses 2.9, 0, 12.9 with mean 5.27."""
    scores, classes = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]], np.eye(3)
    assert_allclose(loss("multiclass_hinge")(scores, classes), 15.8 / 3)


FUSED = [
    ("softmax_cross_entropy", "softmax", "cross_entropy"),
    ("sigmoid_cross_entropy", "sigmoid", "binary_cross_entropy"),
]


@pytest.mark.parametrize(("fused", "name", "plain"), FUSED)
def test_a_loss_of_scores_is_the_loss_of_the_activations(
    fused: str, name: str, plain: str, rng: np.random.Generator
) -> None:
    """Value, and gradient pulled back through the activation; targets need not sum to 1."""
    s, Z, Y = ACTIVATIONS[name], rng.normal(size=(4, 3)), rng.uniform(size=(4, 3))
    assert_allclose(loss(fused)(Z, Y), loss(plain)(s(Z), Y))
    assert_allclose(loss(fused).gradient(Z, Y), s.pullback(Z, loss(plain).gradient(s(Z), Y)), atol=1e-15)


def test_losses_of_scores_do_not_overflow() -> None:
    assert float(loss("softmax_cross_entropy")([[1000.0, 0.0]], [[0.0, 1.0]])) == 1000.0
    assert float(loss("sigmoid_cross_entropy")([[-1000.0]], [[1.0]])) == 1000.0


FLAT = [("binary_hinge", [1.0], [1.0]), ("perceptron", [0.0], [1.0]), ("absolute", [2.0], [2.0]),
        ("multiclass_hinge", [2.0, 1.0], [1.0, 0.0])]  # fmt: skip


@pytest.mark.parametrize(("name", "a", "y"), FLAT)
def test_the_gradient_at_a_kink_is_0(name: str, a: list[float], y: list[float]) -> None:
    assert not np.any(loss(name).gradient([a], [y]))


def test_certainty_that_is_right_costs_nothing() -> None:
    """0 log 0 is 0, and so is its gradient."""
    assert float(loss("binary_cross_entropy")([[0.0, 1.0]], [[0.0, 1.0]])) == 0
    assert float(loss("cross_entropy")([[0.0, 1.0]], [[0.0, 1.0]])) == 0


WRONG = [
    (lambda: loss("crossentropy"), "No loss is called crossentropy. Did you mean cross_entropy"),
    (lambda: loss("squared")([[1.0, 2.0]], [[1.0], [2.0]]), "squared: A is 1 x 2 but Y is 2 x 1"),
    (lambda: loss("squared")([1.0], [1.0]), "squared: A must be a matrix"),
    (lambda: loss("binary_hinge")([[1.0]], [[0.0]]), "binary_hinge: every y must be"),
    (lambda: loss("multiclass_hinge").gradient([[1.0, 2.0]], [[1.0, 1.0]]), "every row of Y must be one-hot"),
    (lambda: loss("log_likelihood")([[0.5, 0.5]], [[0.5, 0.5]]), "every row of Y must be one-hot"),
    (lambda: loss("cross_entropy")([[0.5]], [[2.0]]), "every y must lie in"),
    (lambda: loss("cross_entropy")([[-0.5]], [[1.0]]), "a must be positive where y is not 0"),
    (lambda: loss("binary_cross_entropy")([[1.0]], [[0.0]]), "a must lie in"),
    (lambda: loss("perceptron")([[np.nan]], [[1.0]]), "perceptron: A holds nan"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
