r"""A sum in which one number is not right, and what it should be.

Where `c_1 m_1 + ... + c_n m_n` should be some value and c_k alone is wrong, the value differs from the sum by `(c - c_k) m_k`.
So the right c is `c_k` and the difference divided by m_k, at any one place where m_k is not 0. Whether it is right everywhere
has to be proved. A sum of two summands says nothing: one number soon makes it right. In one of three or more the others are
evidence that the line was understood.

    >>> from calcds.expr.kinds import Real
    >>> x, y = Real.symbol("x"), Real.symbol("y")
    >>> [str(one) for one in with_another_number(3*x**2 + 7*x + y, 3*x**2 + 4*x + y, lambda term: term)][1]
    '3*x**2 + 7*x + y'

Imports: calcds.decide, calcds.expr.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from calcds.decide.ratios import ratios
from calcds.errors import CalcdsError
from calcds.expr.term import MINUS_ONE, ONE, Term, add, as_term, mul, number, rebuild, same_shape

LEAST = 3  # summands
_NUMBERS = {"num", "decimal"}


def with_another_number(value: Term, side: Term, expand: Callable[[Term], Term]) -> Iterator[Term]:
    """Sides with the number of one summand changed to what makes it right at one place.

    value: what the side should be
    expand: puts in what is known of the names
    """
    summands, whole = _linear(side)
    if len(summands) < LEAST or not same_shape(value.shape, side.shape):
        return
    parted = [_parted(one) for one in summands]
    try:
        gap, units = expand(value + side * MINUS_ONE), [expand(whole((rest,))) for _, rest in parted]
    except CalcdsError:  # formulas for names of other sizes
        return
    for k, more in enumerate(ratios(gap, units)):
        if more:
            numbers, rest = parted[k]
            yield whole((*summands[:k], mul(_like(numbers, more), rest), *summands[k + 1 :]))


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


def _like(printed: Sequence[Term], more: Fraction) -> Term:
    """The product of printed numbers with something added: a decimal where one of them was."""
    value = more + math.prod(map(_value, printed), start=Fraction(1))
    decimal = any(one.head == "decimal" for one in printed)
    return as_term(float(value)) if decimal and Fraction(repr(float(value))) == value else number(value)
