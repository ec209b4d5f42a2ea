"""The words of the expression grammar: name -> what builds the term. `calcds.notation` has the same words in Python.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from calcds.errors import Malformed
from calcds.expr import operators as op
from calcds.expr.functions import TABLE
from calcds.expr.term import Term, inverse, mul, number, power

CONSTANTS = {
    "pi": Term("const", (), "pi"),
    "E": Term("const", (), "e"),
    "e": Term("const", (), "e"),
    "I": Term("const", (), "I"),
    "oo": Term("const", (), "oo"),
    "EulerGamma": Term("const", (), "gamma"),
    "True": Term("truth", (), True),
    "False": Term("truth", (), False),
}

_HALF = number(Fraction(1, 2))


def _sqrt(a: Term) -> Term:
    return power(a, _HALF) if a.is_scalar else op.entry_power(a, _HALF)


def _norm(a: Any, p: Any = 2) -> Term:
    """The second argument is a number, oo or 'oo'."""
    if isinstance(p, Term):
        p = "oo" if p is CONSTANTS["oo"] else p.data if p.head == "num" else str(p)
    if not isinstance(a, Term):
        raise Malformed("norm takes a vector or a matrix")
    return op.norm(a, p if isinstance(p, str) else int(p) if p == int(p) else p)


# words whose arguments are terms
WORDS: dict[str, Callable[..., Term]] = {name: op.function(name) for name in TABLE} | {
    "ln": op.function("log"), "Abs": op.function("abs"), "Max": op.function("max"), "Min": op.function("min"),
    "Heaviside": op.function("heaviside"), "ceiling": op.function("ceil"), "conjugate": op.function("conj"),
    "sqrt": _sqrt, "hadamard": op.hadamard, "entry_power": op.entry_power, "entry_divide": op.entry_divide,
    "diag": op.diag, "diagonal": op.diagonal, "trace": op.trace, "tr": op.trace, "Trace": op.trace, "det": op.det,
    "total": op.total, "mean": op.mean, "kron": op.kron, "vec": op.vec, "unit": op.unit, "eye": op.eye,
    "zeros": op.zeros, "ones": op.ones, "softmax": op.softmax, "log_softmax": op.log_softmax, "logsumexp": op.logsumexp,
    "softmax_rows": op.softmax_rows, "log_softmax_rows": op.log_softmax_rows, "logsumexp_rows": op.logsumexp_rows,
    "delta": op.delta, "indicator": op.indicator, "transpose": lambda a: a.T, "inv": inverse, "inverse": inverse,
    "dot": lambda a, b: mul(a.T, b), "Eq": op.Eq, "Ne": op.Ne, "And": op.And, "Or": op.Or, "Not": op.Not,
    "grad": op.grad, "jacobian": op.jacobian, "hessian": op.hessian, "pullback": op.pullback, "column": op.column,
    "is_symmetric": op.is_symmetric, "is_positive_definite": op.is_positive_definite,
    "is_positive_semidefinite": op.is_positive_semidefinite, "is_stationary": op.is_stationary,
    "is_eigenvector": op.is_eigenvector,
}  # fmt: skip

# words whose arguments may be tuples, lists or texts
SHAPED: dict[str, Callable[..., Term]] = {
    "matrix": op.matrix, "piecewise": op.piecewise, "Piecewise": op.piecewise, "norm": _norm,
}  # fmt: skip
