"""How often some terms go into another one, at one place: a guess at a number, which has to be proved.

Imports: calcds.expr, calcds.values, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from flint import acb, fmpq

from calcds.decide.question import Question
from calcds.decide.streams import stream
from calcds.errors import CalcdsError
from calcds.expr.term import Term
from calcds.values.evaluate import open_scope
from calcds.values.grids import Grid
from calcds.values.numbers import Inseparable, primal
from calcds.values.points import Point

PLACES = 3  # at which the terms are looked at, until one tells
LARGEST = 1000  # denominator of a number that is no fraction as it was computed
_SILENT = (CalcdsError, Inseparable, ArithmeticError, ValueError)


def ratios(whole: Term, units: Sequence[Term]) -> list[Fraction | None]:
    """The numbers c with `whole = c unit` at one place; None for a unit that is 0 there, or of which it is no multiple.

    >>> from calcds.expr.kinds import Real
    >>> x, y = Real.symbol("x"), Real.symbol("y")
    >>> ratios(3*x*y, [x*y, y*x*2])
    [Fraction(3, 1), Fraction(3, 2)]
    """
    for point in islice(stream(Question(whole, sum(units, start=whole)).survey), PLACES):
        try:
            grid = open_scope(point).grid(whole)
        except _SILENT:
            continue
        return [_ratio(grid, unit, point) for unit in units]
    return [None] * len(units)


def _ratio(whole: Grid, unit: Term, point: Point) -> Fraction | None:
    try:
        pairs = [pair for rows in zip(whole, open_scope(point).grid(unit), strict=True) for pair in zip(*rows, strict=True)]
        found = {_quotient(a, b) for a, b in pairs if not _is_zero(b)}
    except _SILENT:
        return None
    return found.pop() if len(found) == 1 else None


def _is_zero(value: Any) -> bool:
    return value == 0 if type(value) is fmpq else bool(acb(primal(value)).contains(0))


def _quotient(a: Any, b: Any) -> Fraction:
    if type(a) is fmpq and type(b) is fmpq:
        exact = a / b
        return Fraction(int(exact.p), int(exact.q))
    return Fraction(float((acb(primal(a)) / acb(primal(b))).real.mid())).limit_denominator(LARGEST)
