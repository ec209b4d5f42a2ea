"""How far the two sides of a claim are apart at a point, and how much of that may be error of the method.

Imports: numeric, point.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from benchmarks.decide.linear import distance
from benchmarks.decide.model import Claim
from benchmarks.decide.numeric import Evaluator
from benchmarks.decide.point import Point, Undefined

TROUBLE = (Undefined, ZeroDivisionError, ValueError, OverflowError, TypeError, mpmath.libmp.NoConvergence)


#: an antiderivative is compared at x and at 5/4 x, on one side of 0
STRETCH = Fraction(5, 4)


def parts(claim: Claim) -> list[sp.Basic]:
    return [sp.sympify(p) for p in claim[:2]]


def is_rough(claim: Claim) -> bool:
    """Whether quadrature, limits or infinite series take part: then 10 digits are asked, not 50."""
    sides = parts(claim)
    series = [s for side in sides for s in side.atoms(sp.Sum, sp.Product)]
    return any(side.has(sp.Integral, sp.Limit) for side in sides) or any(sp.oo in limit for s in series for limit in s.limits)


def antiderivative(claim: Claim) -> sp.Symbol | None:
    """The variable of an indefinite integral: the sides are compared up to a constant in it."""
    found = [i for side in parts(claim) for i in side.atoms(sp.Integral) if len(i.limits[0]) == 1]
    outside = [i for i in found if any(s.has(i) and not isinstance(s, sp.Derivative) for s in parts(claim))]
    return outside[0].limits[0][0] if outside else None


def gap(claim: Claim, point: Point, digits: int) -> Any:
    """Distance of the two sides at the point, worked out with this many digits. Raises one of TROUBLE."""
    with mpmath.workdps(digits):
        return gap_in(mpmath.mp, claim, point)


def gap_in(ctx: Any, claim: Claim, point: Point) -> Any:
    """The same in a context: `mpmath.mp` at its present precision, or `mpmath.fp`."""
    variable = antiderivative(claim)
    if variable is not None:
        point.start[variable] = point.numbers[variable]
    first = [Evaluator(ctx, point).value(side) for side in parts(claim)]
    if variable is None:
        return distance(ctx, *first)
    point.numbers[variable] *= STRETCH
    try:
        second = [Evaluator(ctx, point).value(side) for side in parts(claim)]
    finally:
        point.numbers[variable] /= STRETCH
    return distance(ctx, first[0] - first[1], second[0] - second[1])


def digits_for(claim: Claim) -> tuple[int, int]:
    """Two working precisions: a difference must stand at both."""
    return (20, 30) if is_rough(claim) else (50, 70)
