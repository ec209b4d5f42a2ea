"""The words a case may use, in two readings.

    Notation()   the words of calcds.notation, one by one; a word that is not there raises MissingWordError
    with its name
    Plain()      the same words written in plain SymPy, for the comparison with SymPy's own derivatives

A case never asks which of the two it was given.
"""

from __future__ import annotations

import importlib
from typing import Any

import sympy as sp


class MissingWordError(Exception):
    """calcds.notation does not have a word that a case needs."""


class Notation:
    """Looks every word up in calcds.notation."""

    def __init__(self) -> None:
        try:
            self._module = importlib.import_module("calcds.notation")
        except ModuleNotFoundError as missing:
            message = f"cannot import calcds.notation: {missing}"
            raise MissingWordError(message) from missing

    def softmax(self, z: Any) -> Any:
        """Column: over the whole column. Matrix: each row."""
        return self._of_rows("softmax", z)

    def log_softmax(self, z: Any) -> Any:
        return self._of_rows("log_softmax", z)

    def logsumexp(self, z: Any) -> Any:
        return self._of_rows("logsumexp", z)

    def _of_rows(self, name: str, z: Any) -> Any:
        return self.__getattr__(name if z.shape[1] == 1 else f"{name}_rows")(z)

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            message = f"calcds.notation has no word {name}"
            raise MissingWordError(message) from None


def as_sympy(e: Any) -> Any:
    """The SymPy expression of an object that has one: the words of calcds.notation build their own."""
    return e._sympy_() if hasattr(e, "_sympy_") else e


def entrywise(function: Any, z: Any) -> Any:
    """A function of a number, applied to a number or to every entry of a matrix."""
    z = as_sympy(z)
    if not getattr(z, "is_Matrix", False):
        return function(z)
    u = sp.Dummy("u", real=True)
    return z.applyfunc(sp.Lambda(u, function(u)))


class Plain:
    """The same words in plain SymPy; matrices hold one sample per row."""

    def exp(self, z: Any) -> Any:
        return entrywise(sp.exp, z)

    def log(self, z: Any) -> Any:
        return entrywise(sp.log, z)

    def tanh(self, z: Any) -> Any:
        return entrywise(sp.tanh, z)

    def sigmoid(self, z: Any) -> Any:
        return entrywise(lambda u: 1/(1 + sp.exp(-u)), z)

    def softplus(self, z: Any) -> Any:
        return entrywise(lambda u: sp.log(1 + sp.exp(u)), z)

    def relu(self, z: Any) -> Any:
        return entrywise(lambda u: sp.Max(0, u), z)

    def total(self, z: Any) -> Any:
        rows, columns = z.shape
        return sp.Trace(sp.OneMatrix(1, rows)*z*sp.OneMatrix(columns, 1))

    def mean(self, z: Any) -> Any:
        rows, columns = z.shape
        return self.total(z)/(rows*columns)

    def norm(self, z: Any) -> Any:
        return sp.sqrt(sp.Trace(z.T*z))

    def trace(self, z: Any) -> Any:
        return sp.Trace(z)

    def hadamard(self, *factors: Any) -> Any:
        return sp.hadamard_product(*factors)

    def diag(self, v: Any) -> Any:
        return sp.DiagMatrix(v)

    def softmax(self, z: Any) -> Any:
        """Column: over the whole column. Matrix: each row."""
        columns = z.shape[1]
        e = self.exp(z)
        if columns == 1:
            return e/self.total(e)
        sums = e*sp.OneMatrix(columns, columns)
        return sp.hadamard_product(e, entrywise(lambda u: 1/u, sums))

    def logsumexp(self, z: Any) -> Any:
        """Column: a number. Matrix: a column with one value for each row."""
        e = self.exp(z)
        if z.shape[1] == 1:
            return sp.log(self.total(e))
        return self.log(e*sp.OneMatrix(z.shape[1], 1))

    def log_softmax(self, z: Any) -> Any:
        rows, columns = z.shape
        if columns == 1:
            return z - self.logsumexp(z)*sp.OneMatrix(rows, 1)
        return z - self.logsumexp(z)*sp.OneMatrix(1, columns)
