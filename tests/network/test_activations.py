"""Every row of the table of activation functions is a test."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network.activations import ACTIVATIONS, ENTRYWISE, Entrywise, Softmax, activation
from calcds.network.arrays import Array

POINTS = np.array([-7.3, -4.1, -2.6, -1.9, -1.3, -0.8, -0.55, -0.3, -0.12, -0.01,
                   0.02, 0.11, 0.37, 0.61, 0.92, 1.2, 1.7, 2.8, 4.4, 6.9])  # fmt: skip
STEP = 1e-20

# The same functions with parameters other than the defaults, so that a forgotten parameter is seen.
OTHERS = [
    activation("sigmoid", beta=2.5, gamma=-3.0), activation("silu", beta=0.7, gamma=2.0),
    activation("softplus", beta=-1.5, gamma=2.0), activation("mish", beta=2.0), activation("mish", beta=-0.5),
    activation("elu", beta=0.3), activation("squareplus", beta=4.0), activation("squareplus", beta=0.0),
    activation("leaky_relu", beta=-0.2),
]  # fmt: skip
ROWS = [*ENTRYWISE, *(row for row in OTHERS if isinstance(row, Entrywise))]


def label(row: Entrywise) -> str:
    return "-".join([row.name, *(f"{parameter.name}={parameter.value}" for parameter in row.parameters)])


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_the_slope_is_the_complex_step(row: Entrywise) -> None:
    """At twenty points away from the kinks, Im s(z + ih)/h is s'(z)."""
    assert min(abs(POINTS - kink).min() for kink in (*row.kinks, 99.0)) > STEP
    assert_allclose(row.slope(POINTS), row(POINTS + 1j * STEP).imag / STEP, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_the_slope_is_a_difference_quotient(row: Entrywise) -> None:
    """The same without complex numbers, so that a mistake in their handling cannot confirm itself."""
    h = 1e-5
    assert_allclose(row.slope(POINTS), (row(POINTS + h) - row(POINTS - h)) / (2 * h), rtol=1e-6, atol=1e-8)


def sigma(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


# Mistakes seen in print and in student work, with parameters that expose them.
MISTAKES: list[tuple[str, dict[str, float], Callable[[Array], Array]]] = [
    ("sigmoid", {"beta": 2.0}, lambda z: sigma(2 * z) * (1 - sigma(2 * z))),
    ("sigmoid", {"gamma": 3.0}, lambda z: 3 * sigma(z) * (1 - 3 * sigma(z))),
    ("silu", {"beta": 2.0}, lambda z: sigma(2 * z) * (1 + z - sigma(2 * z))),  # as magyar prints it
    ("silu", {}, lambda z: sigma(z) * (1 + z - sigma(z))),
    ("softplus", {"beta": 2.0}, lambda z: 2 * sigma(2 * z)),
    ("tanh", {}, lambda z: 1 - np.tanh(z)),
    ("elu", {"beta": 0.5}, lambda z: np.where(z > 0, 1, np.exp(z))),
    ("mish", {}, lambda z: np.tanh(np.log(1 + np.exp(z))) + z / np.cosh(np.log(1 + np.exp(z))) ** 2),
    ("squareplus", {"beta": 2.0}, lambda z: 0.5 + z / np.sqrt(z**2 + 2)),
    ("hard_tanh", {}, lambda z: 1 - np.tanh(z) ** 2),
    ("leaky_relu", {"beta": 0.1}, lambda z: (z > 0) * 1.0),
]


@pytest.mark.parametrize(("name", "parameters", "mistake"), MISTAKES)
def test_a_common_mistake_is_not_the_slope(
    name: str, parameters: dict[str, float], mistake: Callable[[Array], Array]
) -> None:
    row = activation(name, **parameters)
    assert isinstance(row, Entrywise)
    assert not np.allclose(mistake(POINTS), row.slope(POINTS), rtol=1e-6)


NAIVE: list[tuple[str, dict[str, float], Callable[[Array], Array]]] = [
    ("sigmoid", {"beta": 2.0, "gamma": 3.0}, lambda z: 3 / (1 + np.exp(-2 * z))),
    ("tanh", {}, lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))),
    ("silu", {"beta": 2.0, "gamma": 3.0}, lambda z: 3 * z / (1 + np.exp(-2 * z))),
    ("elu", {"beta": 0.5}, lambda z: np.where(z > 0, z, 0.5 * (np.exp(z) - 1))),
    ("softplus", {"beta": 2.0, "gamma": 3.0}, lambda z: 1.5 * np.log(1 + np.exp(2 * z))),
    ("mish", {"beta": 2.0}, lambda z: z * np.tanh(np.log(1 + np.exp(2 * z)) / 2)),
    ("squareplus", {"beta": 2.0}, lambda z: (z + np.sqrt(z**2 + 2)) / 2),
    ("relu", {}, lambda z: np.maximum(0, z)),
    ("leaky_relu", {"beta": 0.1}, lambda z: np.where(z > 0, z, 0.1 * z)),
    ("parametric_relu", {"beta": 0.4}, lambda z: np.where(z > 0, z, 0.4 * z)),
    ("hard_tanh", {}, lambda z: np.maximum(-1, np.minimum(1, z))),
    ("threshold", {}, lambda z: (z > 0) * 1.0),
    ("sign", {}, np.sign),
    ("identity", {}, lambda z: z),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "formula"), NAIVE, ids=[row[0] for row in NAIVE])
def test_the_stable_form_is_the_formula_of_the_notes(
    name: str, parameters: dict[str, float], formula: Callable[[Array], Array]
) -> None:
    """Where the textbook formula does not overflow, it gives the same values."""
    assert_allclose(activation(name, **parameters)(POINTS), formula(POINTS), rtol=1e-12, atol=1e-14)


def test_every_row_has_a_naive_formula() -> None:
    """A new row must be compared with its formula, too."""
    assert {row[0] for row in NAIVE} == {row.name for row in ENTRYWISE}


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_nothing_overflows(row: Entrywise) -> None:
    """Far out, values and slopes are finite and no warning is raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        far = np.array([-1e6, -800.0, 800.0, 1e6])
        assert np.all(np.isfinite([row(far), row.slope(far)]))


KINKS = [("relu", 0.0, 0.0, 0.0), ("leaky_relu", 0.0, 0.0, 0.01), ("parametric_relu", 0.0, 0.0, 0.25),
         ("elu", 0.0, 0.0, 1.0), ("squareplus", 0.0, 0.5, 0.5), ("threshold", 0.0, 0.0, 0.0),
         ("sign", 0.0, -1.0, 0.0), ("hard_tanh", 1.0, 1.0, 0.0), ("hard_tanh", -1.0, -1.0, 0.0)]  # fmt: skip


@pytest.mark.parametrize(("name", "kink", "value", "slope"), KINKS)
def test_the_convention_at_a_kink(name: str, kink: float, value: float, slope: float) -> None:
    """The documented values; Sign(0) is -1, as in the notes, not 0 as in NumPy."""
    row = ACTIVATIONS[name]
    assert isinstance(row, Entrywise)
    assert (float(row(kink)), float(row.slope(kink))) == (value, slope)
    assert kink in row.kinks
    assert row.convention


def test_squareplus_of_beta_0_is_relu_with_slope_one_half_at_0() -> None:
    """beta = 0 divides 0 by 0 in the formula of the slope."""
    row = activation("squareplus", beta=0.0)
    assert isinstance(row, Entrywise)
    assert_array_equal(row([-2.0, 0.0, 2.0]), [0.0, 0.0, 2.0])
    assert_array_equal(row.slope([-2.0, 0.0, 2.0]), [0.0, 0.5, 1.0])


def test_small_tails_keep_their_digits() -> None:
    """Where p(1 - p) and x + sqrt(x^2 + beta) cancel to 0, the stable forms do not."""
    sigmoid, squareplus = ACTIVATIONS["sigmoid"], ACTIVATIONS["squareplus"]
    assert isinstance(sigmoid, Entrywise)
    assert_allclose(sigmoid.slope(40.0), np.exp(-40.0), rtol=1e-12)
    assert_allclose(squareplus(-1e9), 0.25e-9, rtol=1e-12)


def test_softmax_jacobian_and_pullback_agree_with_the_complex_step(rng: np.random.Generator) -> None:
    """Column j of the Jacobian is the complex step in z_j; the pullback is its transpose times delta."""
    softmax, z, delta = Softmax(), rng.normal(size=4), rng.normal(size=4)
    columns = [softmax(z + 1j * STEP * e).imag / STEP for e in np.eye(4)]
    assert_allclose(softmax.jacobian(z), np.stack(columns, axis=1), rtol=1e-12, atol=1e-16)
    assert_allclose(softmax.pullback(z, delta), softmax.jacobian(z).T @ delta, rtol=1e-12, atol=1e-16)
    assert not np.allclose(softmax.jacobian(z), np.diag(softmax(z) * (1 - softmax(z))))


def test_softmax_does_not_mix_rows_and_ignores_a_shift(rng: np.random.Generator) -> None:
    """Each row sums to 1, alone or in a batch, with 1000 added or not."""
    Z = rng.normal(size=(5, 3))
    assert_allclose(Softmax()(Z).sum(axis=1), 1)
    assert_allclose(Softmax()(Z)[2], Softmax()(Z[2]))
    assert_allclose(Softmax()(Z + 1000), Softmax()(Z))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_pullback_is_the_transposed_jacobian(name: str, rng: np.random.Generator) -> None:
    """For every function, entrywise or not."""
    s, z, delta = ACTIVATIONS[name], rng.normal(size=3), rng.normal(size=3)
    assert_allclose(s.pullback(z, delta), s.jacobian(z).T @ delta, atol=1e-15)


WRONG = [
    (lambda: activation("tanhh"), "No activation function is called tanhh. Did you mean tanh"),
    (lambda: activation("elu", beta=-1.0), "elu: beta must be not negative, but is -1.0"),
    (lambda: activation("softplus", beta=0.0), "softplus: beta must be not zero"),
    (lambda: activation("sigmoid", beta=float("nan")), "sigmoid: beta must be any real number, but is nan"),
    (lambda: activation("relu", beta=1.0), "relu has no parameter beta; it has none"),
    (lambda: activation("softmax", beta=1.0), "softmax has no parameters"),
    (lambda: ACTIVATIONS["tanh"]([1.0, np.inf]), "Z holds nan or infinity"),
    (lambda: ACTIVATIONS["tanh"](["one"]), "Z must hold numbers"),
    (lambda: ACTIVATIONS["tanh"]([[1.0], [1.0, 2.0]]), "Z must be a rectangular array"),
    (lambda: ACTIVATIONS["tanh"].pullback(np.ones(2), np.ones(3)), "dA is 3 but Z is 2"),
    (lambda: ACTIVATIONS["tanh"].jacobian([[1.0]]), "at one vector z"),
    (lambda: Softmax()(1.0), "softmax needs a vector"),
    (lambda: Softmax().pullback(np.ones((2, 3)), np.ones(3)), "dA is 3 but Z is 2 x 3"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("(", r"\(")):
        call()
