"""What an array must be before the network computes with it.

Every public function of this room passes its arguments through `numbers` or `matrix`, so that a wrong one is
refused here with a sentence that names the place, and not ten lines later by NumPy.

Imports: numpy.  Imported by: every module of calcds.network.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

LISTED = 20  # names an error message lists when none is near; there are hundreds of quantities

Array = NDArray[Any]  # float64, or complex128 when somebody takes a complex step


def numbers(value: ArrayLike, place: str) -> Array:
    """Read `value` as an array of finite real or complex numbers.

    >>> numbers([1, 2], "x")
    array([1., 2.])
    >>> numbers(["a"], "x")
    Traceback (most recent call last):
    ValueError: x must hold numbers, not <U1.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{place} must be a rectangular array of numbers.") from error
    if array.dtype.kind in "biu":
        array = array.astype(np.float64)
    if array.dtype.kind not in "fc":
        raise ValueError(f"{place} must hold numbers, not {array.dtype}.")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{place} holds nan or infinity.")
    return array


def matrix(value: ArrayLike, place: str) -> Array:
    """Read `value` as a matrix: two axes, neither of them empty.

    >>> matrix([1, 2], "X")
    Traceback (most recent call last):
    ValueError: X must be a matrix with rows and columns, but has the shape (2,).
    """
    array = numbers(value, place)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{place} must be a matrix with rows and columns, but has the shape {array.shape}.")
    return array


def same_shape(left: Array, left_name: str, right: Array, right_name: str) -> None:
    """Refuse two arrays of different shapes: broadcasting would hide the mistake."""
    if left.shape != right.shape:
        raise ValueError(f"{left_name} is {size(left)} but {right_name} is {size(right)}.")


def size(array: Array) -> str:
    """The shape in words.

    >>> size(np.zeros((3, 2))), size(np.zeros(4)), size(np.zeros(()))
    ('3 x 2', '4', 'a single number')
    """
    return " x ".join(map(str, array.shape)) or "a single number"


def near(name: str, known: Iterable[str]) -> str:
    """The end of an error message: which known names look like `name`.

    >>> near("tanhh", ["tanh", "relu"])
    ' Did you mean tanh?'
    """
    names = sorted(known)
    longer = [candidate for candidate in names if name and name in candidate]
    close = list(dict.fromkeys([*longer, *get_close_matches(name, names, n=4, cutoff=0.7)]))[:4]
    if close:
        return f" Did you mean {', '.join(close)}?"
    return f" Known: {', '.join(names[:LISTED])}{', ...' if len(names) > LISTED else ''}."
