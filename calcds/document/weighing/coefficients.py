r"""A sum in which one number is not right, and what it should be.

Where `c_1 m_1 + ... + c_n m_n` should be some value and c_k alone is wrong, the value differs from the sum by `(c - c_k) m_k`.
So the right c is `c_k` and the difference divided by m_k, at any one place where m_k is not 0. Whether it is right everywhere
has to be proved. A sum of two summands says nothing: one number soon makes it right. In one of three or more the others are
evidence that the line was understood.

    >>> from calcds.expr.kinds import Real
    >>> x, y = Real.symbol("x"), Real.symbol("y")
    >>> [str(one) for one in with_another_number(3*x**2 + 7*x + y, 3*x**2 + 4*x + y, lambda term: term)][1]
    '3*x**2 + 7*x + y'

Imports: calcds.decide, calcds.document, calcds.expr, calcds.values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from flint import acb, fmpq

from calcds.decide.question import Question
from calcds.decide.streams import stream
from calcds.errors import CalcdsError
from calcds.expr.term import MINUS_ONE, ONE, Term, add, as_term, mul, number, rebuild
from calcds.values.evaluate import open_scope
from calcds.values.grids import Grid
from calcds.values.numbers import Inseparable, primal
from calcds.values.points import Point

LEAST = 3  # summands
PLACES = 3  # at which the sides are looked at, until one tells
LARGEST = 1000  # denominator of a number that is no fraction as it was computed
_NUMBERS = {"num", "decimal"}


def with_another_number(value: Term, side: Term, expand: Callable[[Term], Term]) -> Iterator[Term]:
    """Sides with the number of one summand changed to what makes it right at one place.

    value: what the side should be
    expand: puts in what is known of the names
    """
    summands, whole = _linear(side)
    if len(summands) < LEAST:
        return
    for point in islice(stream(Question(expand(value), expand(side)).survey), PLACES):
        try:
            gap = open_scope(point).grid(expand(value + whole(summands) * MINUS_ONE))
        except (CalcdsError, Inseparable, ArithmeticError, ValueError):
            continue
        for k, one in enumerate(summands):
            numbers, rest = _parted(one)
            if more := _ratio(gap, expand(whole((rest,))), point):
                yield whole((*summands[:k], mul(_like(numbers, more), rest), *summands[k + 1 :]))
        return


def _linear(side: Term) -> tuple[tuple[Term, ...], Callable[[tuple[Term, ...]], Term]]:
    """The summands of a side, and how it is made of such: a sum, a multiple of one, or a sum over an index of one."""
    inner = [k for k, part in enumerate(side.args) if part.head in {"add", "sum"}] if side.head == "mul" else []
    if side.head == "sum" or len(inner) == 1:
        k = inner[0] if inner else 0
        parts, build = _linear(side.args[k])
        return parts, lambda some: rebuild(side, (*side.args[:k], build(some), *side.args[k + 1 :]))
    return (side.args if side.head == "add" else (side,)), lambda some: add(*some) if len(some) > 1 else some[0]


def _parted(summand: Term) -> tuple[list[Term], Term]:
    """The numbers of a summand, and the rest."""
    parts = summand.args if summand.head == "mul" else (summand,)
    rest = [part for part in parts if not _is_number(part)]
    return [part for part in parts if _is_number(part)], mul(*rest) if len(rest) > 1 else (*rest, ONE)[0]


def _is_number(t: Term) -> bool:
    return t.head in _NUMBERS or (t.head == "pow" and all(part.head == "num" for part in t.args) and t.args[1].data == -1)


def _value(t: Term) -> Fraction:
    return 1 / _value(t.args[0]) if t.head == "pow" else Fraction(t.data)


def _ratio(gap: Grid, unit: Term, point: Point) -> Fraction | None:
    """How often a unit goes into a difference; None where it does not, or nobody knows."""
    try:
        pairs = [pair for rows in zip(gap, open_scope(point).grid(unit), strict=True) for pair in zip(*rows, strict=True)]
        found = {_quotient(a, b) for a, b in pairs if not _is_zero(b)}
    except (CalcdsError, Inseparable, ArithmeticError, ValueError):
        return None
    return found.pop() if len(found) == 1 else None


def _is_zero(value: Any) -> bool:
    return value == 0 if type(value) is fmpq else bool(acb(primal(value)).contains(0))


def _quotient(a: Any, b: Any) -> Fraction:
    if type(a) is fmpq and type(b) is fmpq:
        exact = a / b
        return Fraction(int(exact.p), int(exact.q))
    return Fraction(float((acb(primal(a)) / acb(primal(b))).real.mid())).limit_denominator(LARGEST)


def _like(printed: Sequence[Term], more: Fraction) -> Term:
    """The product of printed numbers with something added: a decimal where one of them was."""
    value = more + math.prod(map(_value, printed), start=Fraction(1))
    decimal = any(one.head == "decimal" for one in printed)
    return as_term(float(value)) if decimal and Fraction(repr(float(value))) == value else number(value)
