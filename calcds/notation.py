"""The words a derivation file may use: `from calcds.notation import *`. Re-exports, nothing else.

Everything here builds unevaluated terms; nothing computes.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.derivation.board import assume, derivation, erratum, holds, start
from calcds.derivation.model import Network
from calcds.derivation.sources import document, magyar, nogga, oh, sadiku
from calcds.expr.functions import cases
from calcds.expr.kinds import (
    Antisymmetric,
    Complex,
    Diagonal,
    Dim,
    Even,
    Function,
    Index,
    Integer,
    Interval,
    Invertible,
    LowerTriangular,
    Matrix,
    Natural,
    Negative,
    Nonnegative,
    Nonpositive,
    Nonzero,
    Odd,
    OneHot,
    OneOrMinusOne,
    Orthogonal,
    Orthonormal,
    Positive,
    PositiveDefinite,
    PositiveInteger,
    PositiveSemidefinite,
    Probability,
    Projection,
    FullRank,
    Real,
    RowVector,
    Stochastic,
    Symmetric,
    UnitVector,
    UpperTriangular,
    Vector,
)
from calcds.expr.operators import (
    And,
    Eq,
    Ne,
    Not,
    Or,
    Product,
    Sum,
    at,
    by_entries,
    column,
    delta,
    det,
    diag,
    diagonal,
    diff,
    entry_divide,
    entry_power,
    entrywise,
    eye,
    function,
    grad,
    hadamard,
    hessian,
    indicator,
    integral,
    is_eigenvector,
    is_positive_definite,
    is_positive_semidefinite,
    is_stationary,
    is_symmetric,
    jacobian,
    kron,
    limit,
    log_softmax,
    logsumexp,
    matrix,
    mean,
    named,
    norm,
    ones,
    piecewise,
    pullback,
    softmax,
    total,
    trace,
    unit,
    vec,
    zeros,
)
from calcds.expr.term import Term, as_term, number, size

pi, E, oo, I = (Term("const", (), name) for name in ("pi", "e", "oo", "I"))
exp, log, sin, cos, tan, cot, sec, csc = map(function, ("exp", "log", "sin", "cos", "tan", "cot", "sec", "csc"))
asin, acos, atan, sinh, cosh, tanh, coth = map(function, ("asin", "acos", "atan", "sinh", "cosh", "tanh", "coth"))
sech, csch, asinh, acosh, atanh = map(function, ("sech", "csch", "asinh", "acosh", "atanh"))
sign, heaviside, factorial, gamma, erf, binomial = map(function, ("sign", "heaviside", "factorial", "gamma", "erf", "binomial"))
sigmoid, softplus, relu, floor, ceil = map(function, ("sigmoid", "softplus", "relu", "floor", "ceil"))
Abs, Max, Min = map(function, ("abs", "max", "min"))
ln, Piecewise, Trace, Heaviside = log, piecewise, trace, heaviside


def Rational(p: int | str, q: int = 1) -> Term:
    """The number p/q as a term: `(1 + Rational(1, 10**7))**10**7` stays as written."""
    return number(Fraction(p) / q)


def sqrt(x: object) -> Term:
    """Principal square root; entry by entry on a matrix."""
    term = as_term(x)
    return term ** Rational(1, 2) if term.is_scalar else entry_power(term, Rational(1, 2))


__all__ = [  # noqa: PLE0604
    *(name for name in dir() if not name.startswith("_") and name not in {"annotations", "function", "Term", "as_term", "number", "Fraction"}),
    "Term",
]
