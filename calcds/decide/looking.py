"""One point: whether the two sides of a claim differ there, and to how many digits they agree.

Two exact values that differ, or two enclosures that are disjoint, are a refutation. Everything is computed again with more
precision until it tells or the precisions are used up. A side that is a decimal as a whole is a rounded number: equal
means within half a unit of its last digit.

Imports: calcds.expr, calcds.values, calcds.decide.question.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import acb, ctx, fmpq

from calcds.decide.question import Question
from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.term import CONDITIONS, TRUE, Term
from calcds.values.evaluate import Scope, open_scope, truth
from calcds.values.grids import Grid
from calcds.values.hypotheses import certainly
from calcds.values.numbers import Inseparable, primal, rational, show
from calcds.values.points import Point

PRECISIONS = (96, 512, 2048)
ENOUGH_DIGITS = 15  # a point with fewer common digits is no support
EXACT_DIGITS = 10**6  # stands for equal rationals


@dataclass(frozen=True)
class Look:
    """What one point says: differs (True), agrees to some digits (False), or nothing (None) and why."""

    differs: bool | None
    digits: int = EXACT_DIGITS
    left: Any = None
    right: Any = None
    entry: tuple[int, int] | None = None
    why: Exception | None = None


def as_equation(question: Question) -> Question:
    """The claim that an equation is true is the claim that its sides are equal."""
    left = question.left
    if question.right is TRUE and left.head == "rel" and left.data == "=":
        return Question(left.args[0], left.args[1], question.given)
    return question


def look(question: Question, point: Point, precisions: tuple[int, ...] = PRECISIONS) -> Look:
    """What the claim looks like at a point, with as much precision as it takes."""
    before = ctx.prec
    seen = Look(None, why=Inseparable("too little precision"))
    try:
        for ctx.prec in precisions:
            try:
                seen = _look(question, point)
            except Inseparable as why:
                seen = Look(None, why=why)
                continue
            if seen.differs is not None and (seen.differs or seen.digits >= ENOUGH_DIGITS):
                return seen
            seen = Look(None, why=Inseparable(f"the two sides agree to {seen.digits} digits only"))
    except (Undefined, NoRule, Malformed) as why:
        return Look(None, why=why)
    except (OverflowError, MemoryError, ZeroDivisionError, ValueError) as why:
        return Look(None, why=NoRule("evaluate", "the claim at a point", str(why)))
    finally:
        ctx.prec = before
    return seen


def replay(question: Question, point: Point) -> bool:
    """Whether the point certainly refutes the claim: it meets the hypotheses, and both sides differ there."""
    question = as_equation(question)
    return all(certainly(g, point) for g in question.given) and look(question, point).differs is True


def _look(question: Question, point: Point) -> Look:
    scope = open_scope(point)
    left, right = question.left, question.right
    if left.head in CONDITIONS or right.head in CONDITIONS:
        return _look_at_truth(left, right, scope)
    a, b = scope.grid(left), scope.grid(right)
    slack = slack_of(left) or slack_of(right)
    digits = EXACT_DIGITS
    numbers = not question.symbols and not question.functions
    doubtful: Exception | None = None
    for i, (p, q) in enumerate(zip(a, b, strict=True)):
        for j, (x, y) in enumerate(zip(p, q, strict=True)):
            try:
                common = _common(x, y, numbers=numbers) if slack is None else _within(x, y, slack)
            except Inseparable as why:
                doubtful = why
                continue
            if common < 0:
                matrix = len(a) > 1 or len(a[0]) > 1
                digits = _shown(x, y)
                if matrix:
                    return Look(True, 0, _rows(a, digits), _rows(b, digits), (i, j))
                return Look(True, 0, show(x, digits), show(y, digits))
            digits = min(digits, common)
    if doubtful:
        raise doubtful
    return Look(False, digits)


def _rows(a: Grid, digits: int = 20) -> list[list[str]]:
    return [[show(x, digits) for x in row] for row in a]


def _shown(x: Any, y: Any) -> int:
    """How many digits to print so that one sees where two values part."""
    x, y = acb(primal(x)), acb(primal(y))
    return max(20, _digits(x - y, x) + 6 if y.abs_upper() >= 1 else 20)


def _common(x: Any, y: Any, *, numbers: bool) -> int:
    """To how many digits two values agree; -1 if they certainly differ. Of numbers, the last digit before the point counts."""
    if type(x) is fmpq and type(y) is fmpq:
        return EXACT_DIGITS if x == y else -1
    x, y = acb(primal(x)), acb(primal(y))
    if not x.overlaps(y):
        return -1 if x.is_finite() and y.is_finite() else 0
    if x.is_exact() and y.is_exact():
        return EXACT_DIGITS
    if numbers and not (x - y).abs_upper() < 1:
        raise Inseparable("the values are too large to tell whether they differ by 1")
    return _digits(x - y, x)


def _digits(difference: acb, value: acb) -> int:
    """Decimal digits that the ball around 0 leaves, relative to the value if that is large, else absolute."""
    if not difference.is_finite():
        return 0
    size, scale = difference.abs_upper(), value.abs_upper()
    if size.is_zero():
        return EXACT_DIGITS
    ratio = size if scale < 1 else size / scale
    _, exponent = ratio.man_exp() if ratio.is_exact() else ratio.abs_upper().man_exp()
    bits = (
        -int(exponent) - int(abs((ratio.mid() if not ratio.is_exact() else ratio).man_exp()[0])).bit_length()
    )
    return max(0, int(bits * math.log10(2)))


def _within(x: Any, y: Any, slack: fmpq) -> int:
    """Whether two values differ by at most the slack: its digits, or -1. A half may be rounded up or down."""
    if type(x) is fmpq and type(y) is fmpq:
        return ENOUGH_DIGITS if abs(x - y) <= slack else -1
    gap = abs(acb(primal(x)) - acb(primal(y)))
    if gap <= slack:
        return ENOUGH_DIGITS
    if gap > slack:
        return -1
    raise Inseparable("a value on the edge of rounding")


def slack_of(term: Term) -> fmpq | None:
    """Half a unit of the last digit, if the term is a decimal as a whole."""
    said = as_printed(term)
    if said is None:
        return None
    mantissa, _, exponent = said.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return rational(Fraction(1, 2) / Fraction(10) ** places)


def is_printed(term: Term) -> bool:
    """Whether a side is a decimal as a whole: a rounded number."""
    return as_printed(term) is not None


def as_printed(term: Term) -> str | None:
    """The digits of a term that is a decimal as a whole, perhaps negated."""
    if term.head == "mul" and len(term.args) == 2 and term.args[0].head == "num" and term.args[0].data == -1:
        said = as_printed(term.args[1])
        return None if said is None else "-" + said
    return str(term.data) if term.head == "decimal" else None


def _look_at_truth(left: Term, right: Term, scope: Scope) -> Look:
    a, b = truth(left, scope), truth(right, scope)
    if a is b:
        return Look(False)
    if right is TRUE and left.head == "rel":
        sides = [scope.grid(side) for side in left.args]
        said = [show(g[0][0]) if len(g) == len(g[0]) == 1 else _rows(g) for g in sides]
        return Look(True, 0, said[0], said[1])
    return Look(True, 0, str(a), str(b))
