"""Short programs and recipes of the documents that are not about networks: midpoints, sliding sums, splits of data.

Imports: calcds.network.arrays.  Imported by: update_quantities, experiments.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array, numbers

State = TypeVar("State")


def approximate_integral(a: float, b: float, n: int, f: Callable[[float], float]) -> float:
    """The area of n rectangles of one width, each as high as f at its midpoint.   sadiku-063, sadiku-062

    >>> round(approximate_integral(2, 3, 5, lambda x: x**2 + 1), 12)
    7.33
    """
    if n < 1:
        raise ValueError(f"At least one rectangle is needed, but n is {n}.")
    width = (b - a) / n
    total = 0.0
    for i in range(1, n + 1):
        midpoint = 0.5 * (2 * a + width * (2 * i - 1))
        total += f(midpoint)
    return total * width


def convolve(x: ArrayLike, y: ArrayLike) -> Array:
    """Flip y and slide it over x; 0 beyond the ends.   x, y: of any number of axes   nogga-201, nogga-213, nogga-215

    Entry n is the sum over k of x[k] y[n - k]; along each axis the lengths add up to one more than the result's.

    >>> convolve([1, 2, 3], [4, 5, 6])
    array([ 4., 13., 28., 27., 18.])
    """
    x, y = _signals(x, y)
    result = np.zeros([m + n - 1 for m, n in zip(x.shape, y.shape, strict=True)], np.result_type(x, y))
    for k in np.ndindex(x.shape):
        for i in np.ndindex(y.shape):
            result[tuple(np.add(k, i))] += x[k] * y[i]
    return result


def correlate(x: ArrayLike, y: ArrayLike) -> Array:
    """Slide y over x without flipping it: the convolution of x flipped with y.   nogga-204, nogga-214

    Entry n, counted from -(length of x - 1), is the sum over k of x[k] y[n + k].

    >>> correlate([1, 2, 3], [4, 5, 6])
    array([12., 23., 32., 17.,  6.])
    """
    x, y = _signals(x, y)
    return convolve(np.flip(x), y)


def _signals(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    x, y = numbers(x, "x"), numbers(y, "y")
    if x.ndim != y.ndim or 0 in (x.size, y.size) or not x.ndim:
        raise ValueError(f"Two signals need the same number of axes, but have {x.ndim} and {y.ndim}.")
    return x, y


def folds(examples: int, parts: int, rng: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Cross validation: rows to train on and rows to test on, each row tested once.   nogga-004

    >>> [len(test) for _, test in folds(7, 3, np.random.default_rng(0))]
    [3, 2, 2]
    """
    if not 2 <= parts <= examples:
        raise ValueError(f"{examples} examples cannot be split into {parts} parts.")
    split = np.array_split(rng.permutation(examples), parts)
    for number, test in enumerate(split):
        yield np.concatenate([part for other, part in enumerate(split) if other != number]), test


def bootstrap(examples: int, rng: np.random.Generator) -> Array:
    """As many rows as there are examples, drawn with replacement: some twice, about 1/e of them never.   nogga-185"""
    return rng.integers(examples, size=examples)


def stop_early(states: Iterable[tuple[State, float]], patience: int = 1) -> tuple[State, float]:
    """The best state before the validation error rose `patience` times in a row above it.   nogga-177

    >>> stop_early([("a", 3.0), ("b", 2.0), ("c", 2.5), ("d", 1.0)]), stop_early([("a", 3.0), ("b", 2.0)])
    (('b', 2.0), ('b', 2.0))
    """
    best: tuple[State, float] | None = None
    waited = 0
    for state, error in states:
        if best is None or error < best[1]:
            best, waited = (state, error), 0
        else:
            waited += 1
        if waited == patience:
            break
    if best is None:
        raise ValueError("Nothing was trained: there is no state to choose from.")
    return best
