"""A named quantity of a network: what a claim about networks states and is checked against.

A Quantity has named inputs with shapes, written as one line:

    "W: k x h, z: h x 1, delta: k x 1, b?: k x 1, rate"

Letters are sizes, equal letters equal sizes; no shape means a single number; `any` is any shape; ? marks an
input that may be left out; # stands for the number of a layer, W# for W1, W2, ...; vectors are columns.
A result that is one number by nature (a loss, a node's delta) has no axes; a vector of one entry is 1 x 1.

Imports: calcds.network.arrays.  Imported by: quantities.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array, near, numbers, size


class UnknownQuantity(KeyError):
    """No quantity has this name. The message lists near names."""

    def __str__(self) -> str:
        """The sentence as it is: KeyError would print it in quotes."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a quantity."""

    name: str
    shape: tuple[str, ...] | None  # ("k", "1"); () is a single number; None is any shape
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, vector or matrix of a network, as a function of named arrays.

    >>> double = Quantity("double", inputs("x: n x 1"), lambda x: 2 * x, "2 x")
    >>> double(x=[[1.0], [2.0]])
    array([[2.],
           [4.]])
    >>> double(x=[1.0, 2.0])
    Traceback (most recent call last):
    ValueError: double: x must be n x 1, but is 2.
    """

    name: str
    inputs: tuple[Input, ...]
    compute: Callable[..., Array]  # the inputs and options by keyword
    doc: str  # the formula, for people; compute does not read it
    options: Mapping[str, str] = field(default_factory=dict)  # chosen in brackets, with defaults

    def __call__(self, **arrays: ArrayLike) -> Array:
        """Check the inputs by name and shape and compute."""
        return np.asarray(self.compute(**self.bind(arrays), **self.options))

    def with_options(self, text: str) -> "Quantity":
        """Choose options:  "tanh"  (the first option) or  "layer=2, activation=relu"."""
        chosen = dict(self.options)
        for part in filter(None, (part.strip() for part in text.split(","))):
            key, _, value = part.rpartition("=")
            key = key.strip() or next(iter(self.options), "")
            if key not in self.options:
                names = ", ".join(self.options) or "none"
                raise ValueError(f"{self.name} has no option {key or part}; it has {names}.")
            chosen[key] = value.strip()
        return replace(self, name=f"{self.name}[{text}]" if text else self.name, options=chosen)

    def bind(self, arrays: Mapping[str, ArrayLike]) -> dict[str, Array]:
        """The arrays as numbers, after the names and shapes were checked against `inputs`."""
        bound: dict[str, Array] = {}
        sizes: dict[str, tuple[int, str]] = {}
        for name, value in arrays.items():
            wanted = self._find(name)
            if wanted is None:
                known = (row.name for row in self.inputs)
                raise ValueError(f"{self.name} has no input {name}." + near(name, known))
            array = numbers(value, f"{self.name}: {name}")
            if wanted.shape is not None:
                array = self._fit(name, array, wanted, sizes)
            bound[name] = array
        missing = [
            row.name for row in self.inputs
            if not row.optional and row.name not in bound and row.name.replace("#", "1") not in bound
        ]  # fmt: skip
        if missing:
            raise ValueError(f"{self.name} needs {', '.join(missing)}.")
        return bound

    def accepts(self, name: str) -> bool:
        """Whether `name` is an input; a claim may have variables that its quantity does not know."""
        return self._find(name) is not None

    def _find(self, name: str) -> Input | None:
        known = {row.name: row for row in self.inputs if not row.name.endswith("#")}
        repeated = {row.name: row for row in self.inputs if row.name.endswith("#")}
        return known.get(name) or repeated.get(re.sub(r"[1-9]\d*$", "#", name) if name[-1:] != "#" else "")

    def _fit(self, name: str, array: Array, wanted: Input, sizes: dict[str, tuple[int, str]]) -> Array:
        """Check one shape, remembering in `sizes` which array fixed which letter."""
        shape = wanted.shape or ()
        if not shape and array.size == 1:
            return array.reshape(())
        if array.ndim != len(shape) or 0 in array.shape:
            expected = " x ".join(shape) or "a single number"
            raise ValueError(f"{self.name}: {name} must be {expected}, but is {size(array)}.")
        if wanted.name.endswith("#"):
            return array  # each layer has sizes of its own; the network compares them
        for letter, length in zip(shape, array.shape, strict=True):
            fixed, by = (int(letter), "") if letter.isdigit() else sizes.setdefault(letter, (length, name))
            if length != fixed:
                expected = " x ".join(shape) + (f" with {letter} = {fixed} as in {by}" if by else "")
                raise ValueError(f"{self.name}: {name} must be {expected}, but is {size(array)}.")
        return array


def inputs(signature: str) -> tuple[Input, ...]:
    """Read a line of inputs.

    >>> inputs("W#: k x h, b?: k x 1, z: any, rate")[1:3]
    (Input(name='b', shape=('k', '1'), optional=True), Input(name='z', shape=None, optional=False))
    """
    rows = []
    for part in filter(None, (part.strip() for part in signature.split(","))):
        name, _, shape = (piece.strip() for piece in part.partition(":"))
        letters = None if shape == "any" else tuple(re.findall(r"\w+", shape.replace(" x ", " ")))
        rows.append(Input(name.rstrip("?"), letters, optional=name.endswith("?")))
    return tuple(rows)
