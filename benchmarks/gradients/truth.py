"""Numerical derivatives: complex step for the first, Richardson differences of complex steps for the second.

    first(f, arrays, name)    J with rows = outputs, columns = inputs, both stacked column by column
    second(f, arrays, name)   Hessian of a scalar f, inputs stacked column by column

The complex step (h = 1e-20) has no subtraction and is exact to rounding; the outer difference of the second
derivative leaves about ten digits, which TOLERANCE allows for.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

H = 1e-20                    # small enough that h^2 underflows against 1
OUTER = 1e-3                 # outer step; three Richardson levels remove the error terms up to OUTER^6
TOLERANCE = {"gradient": 1e-8, "jacobian": 1e-8, "hessian": 1e-6}


def column(value: Any) -> np.ndarray:
    """Stack an output column by column."""
    return np.asarray(value).reshape(-1, order="F")


def _moved(arrays: Mapping[str, Any], name: str, q: int, by: complex) -> dict[str, Any]:
    base = np.array(arrays[name], dtype=complex if isinstance(by, complex) else float)
    flat = base.reshape(-1, order="F").copy()
    flat[q] += by
    return {**arrays, name: flat.reshape(base.shape, order="F")}


def first(f: Callable[..., Any], arrays: Mapping[str, Any], name: str) -> np.ndarray:
    """Jacobian by complex step."""
    columns = [column(f(**_moved(arrays, name, q, 1j * H))).imag / H for q in range(np.size(arrays[name]))]
    return np.stack(columns, axis=1)


def richardson(f: Callable[..., Any], arrays: Mapping[str, Any], name: str,
               step: float = OUTER) -> np.ndarray:
    """Jacobian of a real function by central differences, three Richardson levels."""
    columns = []
    for q in range(np.size(arrays[name])):
        rows = []
        for level in range(3):
            delta = step / 2**level
            above, below = (column(f(**_moved(arrays, name, q, sign * delta))) for sign in (1.0, -1.0))
            rows.append((above - below) / (2 * delta))
        once = [(4 * fine - coarse) / 3 for coarse, fine in itertools.pairwise(rows)]
        columns.append((16 * once[1] - once[0]) / 15)
    return np.stack(columns, axis=1)


def second(f: Callable[..., Any], arrays: Mapping[str, Any], name: str) -> np.ndarray:
    """Hessian: central differences of the complex-step gradient."""
    return richardson(lambda **moved: first(f, moved, name), arrays, name)


def derivative(kind: str, f: Callable[..., Any], arrays: Mapping[str, Any], name: str) -> np.ndarray:
    """What an answer is compared with: shape of the variable for a gradient, else rows x columns."""
    if kind == "hessian":
        return second(f, arrays, name)
    jacobian = first(f, arrays, name)
    if kind == "jacobian":
        return jacobian
    shape = np.shape(arrays[name]) or (1, 1)
    return jacobian.reshape(shape, order="F")
