r"""Entropies and divergences of distributions with names, in closed form.

    H(N(m, v)) = \log(2 \pi e v)/2                      KL(N(m, v) || N(n, w)) = \log(w/v)/2 + (v + (m - n)^2)/(2 w) - 1/2
    H(N(m, S)) = d \log(2 \pi e)/2 + \log\det S/2        KL(N(m, S) || N(n, T)) = (tr(T^{-1} S) + (n - m)^T T^{-1} (n - m)
                                                                                  - d + \log\det T - \log\det S)/2
    H(Bernoulli(p)) = -p \log p - (1-p) \log(1-p)        KL = p \log(p/q) + (1-p) \log((1-p)/(1-q))
    H(exponential(a)) = 1 - \log a                       KL = \log(a/b) + b/a - 1
    H(uniform on [a, b]) = \log(b - a)
    H(geometric(p)) = the entropy of Bernoulli(p) / p    KL = that of Bernoulli(p) and Bernoulli(q) / p
    H(equal on a, ..., b) = \log(b - a + 1)
    H(Laplace(m, b)) = 1 + \log(2b)
                                                         KL(Poisson(a) || Poisson(b)) = a \log(a/b) + b - a

Those of a geometric law do not depend on where it begins. Logarithms are natural. Source: Cover and Thomas, Elements of
Information Theory, table 17.1.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.term import ONE, Term, as_term, number

_TWO = number(2)
CLOSED = {"normal", "bernoulli", "geometric from 1", "geometric from 0", "exponential", "exponential by its mean", "uniform",
          "equal", "laplace", "poisson"}  # fmt: skip
_log = op.function("log")


def entropy_of_law(law: str, values: Sequence[Term]) -> Term | None:
    """The entropy of a distribution, a differential one where it has a density; None where no formula is known."""
    if not values:
        return None
    a, b = values[0], values[-1]
    if law == "normal" and b.shape == (1, 1):
        return HALF * (_log(_TWO * PI * b) + ONE)
    if law == "normal" and 1 not in b.shape:
        return HALF * (as_term(b.shape[0]) * (_log(_TWO * PI) + ONE) + _log(op.det(b)))
    if not all(v.is_scalar for v in values):
        return None
    match law:
        case "bernoulli":
            return -a * _log(a) - (ONE - a) * _log(ONE - a)
        case "geometric from 1" | "geometric from 0":
            return (-a * _log(a) - (ONE - a) * _log(ONE - a)) / a
        case "exponential":
            return ONE - _log(a)
        case "exponential by its mean":
            return ONE + _log(a)
        case "uniform":
            return _log(b - a)
        case "equal":
            return _log(b if a is ONE else b - a + ONE)
        case "laplace":
            return ONE + _log(_TWO * b)
    return None


def divergence_of_laws(law: str, first: Sequence[Term], other: str, second: Sequence[Term]) -> Term | None:
    """The divergence of a distribution from another one of the same family; None where no formula is known."""
    if law != other or not all(v.is_scalar for v in (*first, *second)):
        return None
    a, b = first[0], second[0]
    binary = a * _log(a / b) + (ONE - a) * _log((ONE - a) / (ONE - b))
    match law:
        case "normal":
            v, w = first[1], second[1]
            return HALF * (_log(w) - _log(v)) + (v + (a - b) ** _TWO) / (_TWO * w) - HALF
        case "bernoulli":
            return binary
        case "geometric from 1" | "geometric from 0":
            return binary / a
        case "exponential":
            return _log(a / b) + b / a - ONE
        case "exponential by its mean":
            return _log(b / a) + a / b - ONE
        case "poisson":
            return a * _log(a / b) + b - a
    return None


def divergence_of_vectors(m: Term, s: Term, n: Term, t: Term) -> Term:
    """The divergence of N(m, s) from N(n, t) for random vectors of the same length."""
    inverse, gap = t.I, n - m
    form = (gap.T @ inverse @ gap) - as_term(s.shape[0])
    return HALF * (op.trace(inverse @ s) + form + _log(op.det(t)) - _log(op.det(s)))
