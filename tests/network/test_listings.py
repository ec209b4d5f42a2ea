"""The programs of the documents against what they print, against NumPy, and against wrong input."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network.listings import approximate_integral, bootstrap, convolve, correlate, folds, stop_early


def parabola(x: float) -> float:
    return x**2 + 1


PRINTED = [(5, 7.330000000000002), (1000, 7.333333250000001), (1_000_000, 7.333333333333075)]


@pytest.mark.parametrize(("n", "printed"), PRINTED)
def test_the_rectangles_give_what_the_slides_print(n: int, printed: float) -> None:
    """To 12 digits: the last ones depend on the order of the rounded additions."""
    assert_allclose(approximate_integral(2, 3, n, parabola), printed, rtol=1e-12)


def test_the_error_of_midpoints_falls_with_the_square_of_their_number() -> None:
    errors = [abs(approximate_integral(2, 3, n, parabola) - 22 / 3) for n in (5, 10, 20)]
    assert_allclose([before / after for before, after in pairwise(errors)], 4, rtol=1e-6)


@pytest.mark.parametrize("shapes", [((5,), (3,)), ((1,), (4,)), ((2, 3), (2, 2))])
def test_convolution_is_the_product_of_polynomials(
    shapes: tuple[tuple[int, ...], ...], rng: np.random.Generator
) -> None:
    """Signals as coefficients: the transforms at one point multiply, the convolution theorem on finite lists."""
    x, y = (rng.normal(size=shape) for shape in shapes)

    def at(signal: np.ndarray, point: float) -> float:
        weights = [point**k * 1.3 ** sum(i[1:]) for k, i in ((i[0], i) for i in np.ndindex(signal.shape))]
        return float(np.dot(signal.ravel(), weights))

    assert_allclose(at(convolve(x, y), 0.7), at(x, 0.7) * at(y, 0.7))
    assert_allclose(convolve(x, y), convolve(y, x))


def test_convolution_flips_and_correlation_does_not(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=4), rng.normal(size=3)
    assert_allclose(convolve(x, y), np.convolve(x, y))
    assert_allclose(correlate(x, y), np.correlate(y, x, mode="full"))
    assert not np.allclose(correlate(x, y), correlate(y, x))
    assert_allclose(correlate(x, y), np.flip(correlate(y, x)))


def test_a_shifted_signal_gives_a_shifted_convolution(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=4), rng.normal(size=3)
    assert_allclose(convolve([0, 0, *x], y), [0, 0, *convolve(x, y)])
    assert_allclose(correlate(x, [0, 0, *y]), [0, 0, *correlate(x, y)])
    # translating the other factor moves a correlation the other way
    assert_allclose(correlate([0, 0, *x], y), [*correlate(x, y), 0, 0])


@pytest.mark.parametrize(("examples", "parts"), [(7, 3), (6, 2), (4, 4)])
def test_every_example_is_tested_once(examples: int, parts: int, rng: np.random.Generator) -> None:
    split = list(folds(examples, parts, rng))
    assert len(split) == parts
    assert sorted(np.concatenate([test for _, test in split])) == list(range(examples))
    for rows, test in split:
        assert sorted([*rows, *test]) == list(range(examples))
    assert max(len(test) for _, test in split) - min(len(test) for _, test in split) <= 1


def test_a_bootstrap_misses_one_in_e(rng: np.random.Generator) -> None:
    """3000 examples: the share of those missed has a standard deviation of about 0.006."""
    drawn = bootstrap(3000, rng)
    assert drawn.shape == (3000,)
    assert abs(1 - len(set(drawn.tolist())) / 3000 - np.exp(-1)) < 0.03


def test_training_stops_where_validation_gets_worse() -> None:
    """Nothing behind the stop is trained; patience looks beyond a bump."""
    errors = [5.0, 3.0, 4.0, 2.0, 2.5, 2.6, 1.0]
    visited: list[int] = []

    def states() -> object:
        for number, error in enumerate(errors):
            visited.append(number)
            yield number, error

    assert stop_early(states()) == (1, 3.0)  # type: ignore[arg-type]
    assert visited == [0, 1, 2]
    assert stop_early(states(), patience=2) == (3, 2.0)  # type: ignore[arg-type]
    assert stop_early(states(), patience=9) == (6, 1.0)  # type: ignore[arg-type]


WRONG = [
    (lambda: approximate_integral(0, 1, 0, parabola), "At least one rectangle"),
    (lambda: convolve([1.0], [[1.0]]), "the same number of axes, but have 1 and 2"),
    (lambda: correlate([], [1.0]), "the same number of axes"),
    (lambda: list(folds(3, 1, np.random.default_rng(1))), "3 examples cannot be split into 1 parts"),
    (lambda: list(folds(3, 4, np.random.default_rng(1))), "cannot be split into 4 parts"),
    (lambda: stop_early([]), "Nothing was trained"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()


def test_arrays_of_integers_are_signals_too() -> None:
    assert_array_equal(convolve(np.array([1, 2, 3]), np.array([4, 5, 6])), [4, 13, 28, 27, 18])
