"""The check itself: it confirms right gradients, and names the entry of a wrong one."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from numpy.testing import assert_allclose

from calcds.network.arrays import Array
from calcds.network.gradcheck import check_gradient, numerical_gradient

A = np.array([[2.0, 1.0, 0.5], [-1.0, 3.0, 0.0], [4.0, 0.25, 1.0]])  # not symmetric: 2 A x is wrong
X = np.array([0.3, -1.2, 0.7])


def quadratic(p: Mapping[str, Array]) -> Array:
    return np.asarray(p["x"] @ A @ p["x"])


def exponential(p: Mapping[str, Array]) -> Array:
    return np.asarray(np.exp(p["x"]).sum())


def product(p: Mapping[str, Array]) -> Array:
    return np.asarray(p["x"][0] * p["x"][1])


Function = Callable[[Mapping[str, Array]], Array]
METHODS = ["complex", "differences"]
RIGHT = [(quadratic, A @ X + A.T @ X), (exponential, np.exp(X)), (product, [-1.2, 0.3, 0])]
FALSE = [
    (quadratic, 2 * A @ X),
    (quadratic, A @ X + A.T @ X + 1e-5),
    (quadratic, [np.nan, 0, 0]),
    (exponential, -np.exp(X)),
    (product, [0.3, -1.2, 0]),
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("f", "gradient"), RIGHT)
def test_a_right_gradient_agrees(f: Function, gradient: Array, method: str) -> None:
    worst = check_gradient(f, {"x": np.asarray(gradient)}, {"x": X}, method)
    assert worst.agrees, str(worst)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("f", "gradient"), FALSE)
def test_a_wrong_gradient_does_not(f: Function, gradient: Array, method: str) -> None:
    assert not check_gradient(f, {"x": np.asarray(gradient)}, {"x": X}, method).agrees


@pytest.mark.parametrize("method", METHODS)
def test_the_worst_entry_is_named(method: str) -> None:
    """Two parameters, one of them a matrix with one bad entry."""
    p = {"x": X, "M": A}
    gradient = {"x": (A.T @ np.ones(3)), "M": np.outer(np.ones(3), X)}
    gradient["M"][1, 2] += 0.5
    worst = check_gradient(lambda q: (q["M"] @ q["x"]).sum(), gradient, p, method)
    assert (worst.name, worst.index) == ("M", (1, 2))
    assert str(worst).startswith("M[1, 2] is 1.2, numerically 0.7")


def test_nan_is_the_worst_entry_wherever_it_stands() -> None:
    """Compared as numbers, nan is never the larger one and would hide behind any other error."""
    worst = check_gradient(
        lambda p: p["x"].sum() + p["y"].sum(),
        {"x": np.ones(3), "y": np.array([1.0, np.nan])},
        {"x": X, "y": X[:2]},
    )
    assert (worst.name, worst.index, worst.agrees) == ("y", (1,), False)


def test_differences_work_where_the_complex_step_cannot() -> None:
    """abs drops the imaginary part; the complex step says so instead of returning 0."""
    f = lambda p: np.abs(p["x"]).sum()  # noqa: E731
    assert_allclose(numerical_gradient(f, {"x": X}, "differences")["x"], np.sign(X), atol=1e-10)
    with pytest.raises(ValueError, match="drops the imaginary part"):
        numerical_gradient(f, {"x": X})


def test_richardson_has_ten_digits() -> None:
    found = numerical_gradient(lambda p: np.sin(p["x"]).sum(), {"x": X}, "differences")["x"]
    assert_allclose(found, np.cos(X), rtol=1e-10)


WRONG = [
    (lambda: numerical_gradient(quadratic, {"x": X}, "exact"), "complex or differences, not exact"),
    (lambda: numerical_gradient(lambda p: p["x"], {"x": X}), "must return one number, not 3"),
    (lambda: numerical_gradient(quadratic, {"x": np.array([np.inf])}), "x holds nan or infinity"),
    (lambda: check_gradient(quadratic, {"y": X}, {"x": X}), "The gradient is for y, the parameters are x"),
    (lambda: check_gradient(quadratic, {"x": X[:, None]}, {"x": X}), "The gradient of x is 3 x 1 but x is 3"),
]


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
