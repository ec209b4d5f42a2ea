"""Numbers with printed decimals in them: every decimal is a rounded number, and rounding errors add up.

`0.343 * 0.3215 = 0.1103` was computed from rounded numbers. A decimal with k digits behind the point stands for every
number within half a unit of its last digit; the two sides are enclosed in balls over all of them. Balls that overlap say
that the line may be right; balls that are far apart say that no rounding explains the difference.

A short decimal that something is computed from was chosen, a rate of 0.9 is 9/10. As an entry of a result it is rounded like
any other: `(1/11, 10/11) = (0.09, 0.91)`.

Imports: calcds.decide.looking, calcds.expr, calcds.values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import acb, arb, ctx, fmpq

from calcds.decide.looking import as_printed, is_printed, slack_of
from calcds.errors import CalcdsError
from calcds.expr.kinds import Real
from calcds.expr.term import Term, number, replace, subterms
from calcds.values.evaluate import open_scope
from calcds.values.numbers import primal
from calcds.values.points import Point

GIVEN = 2  # decimals with so few digits are numbers that were chosen: a rate of 0.9 is 9/10
SHARP = 50  # a side that rounding moves by more than one part in so many tells nothing
_WHOLE = 10  # a number with two digits, of which rounding leaves so much
NEAR = fmpq(1, 4)  # of its smallest addend a sum may leave out
FEW = 2  # numbers that are no series yet
_ON = 2  # next terms: of sqrt(1 + x) the next one is twice as large as the quotient of the last two tells
_LONG = 12  # digits
_SAME = arb("1e-30")  # what is no further apart is the same number
WIDER = arb("1.999999")  # so many times the possible rounding error apart, two sides are different: a unit of the last digit


def has_decimals(term: Term) -> bool:
    """Whether a decimal stands in a term, and is not all of it."""
    return slack_of(term) is None and any(t.head == "decimal" for t in subterms(term))


def is_computed_from_rounded(term: object) -> bool:
    """Whether a number is computed from decimals of which one has more digits than those that are chosen."""
    if not isinstance(term, Term):
        return False
    decimals = [t for t in subterms(term) if t.head == "decimal"]
    return term.is_scalar and not term.free and has_decimals(term) and any(_digits(t) > GIVEN for t in decimals)


def may_agree(left: Term, right: Term) -> bool | None:
    """Whether rounding explains the difference of two numbers; None where it cannot be told.

    >>> from calcds.expr.term import Term, mul
    >>> printed = lambda said: Term("decimal", (), said)
    >>> may_agree(mul(printed("0.343"), printed("0.3215")), printed("0.1103"))
    True
    >>> may_agree(mul(printed("0.343"), printed("0.3215")), printed("0.1203"))
    False
    """
    decimals = {t for side in (left, right) for t in subterms(side) if t.head == "decimal"}
    results = [_results(side) for side in (left, right)]
    rounded = decimals if _is_endless(left) or _is_endless(right) else set[Term]()
    rounded = rounded | {t for entries in results for one in entries.values() for t in subterms(one) if t.head == "decimal"}
    table = {t: Real.symbol(f"printed {t.data}") for t in decimals}
    growing = {t for side in (left, right) for one in subterms(side) if (t := _grown(one)) is not None}
    values = {table[t]: acb(arb(str(t.data))) if t in growing else _ball(t, chosen=t not in rounded) for t in decimals}
    before = ctx.prec
    try:
        ctx.prec = 96
        scope = open_scope(Point(values=values))
        grids = [scope.grid(replace(side, table)) for side in (left, right)]
        entries = [
            _agree(acb(primal(x)), acb(primal(y)), result=any((i, j) in entries for entries in results))
            for i, (p, q) in enumerate(zip(*grids, strict=True))
            for j, (x, y) in enumerate(zip(p, q, strict=True))
        ]
    except (CalcdsError, ValueError, OverflowError, ZeroDivisionError, MemoryError):
        return None
    finally:
        ctx.prec = before
    return False if False in entries else None if None in entries else True


def rounds_to_whole(value: Term, whole: Term) -> bool:
    """Whether a number, as far as its decimals tell it, is nearer to a whole number of two digits or more than to any other.

    >>> from calcds.expr.term import Term, number
    >>> printed = lambda said: Term("decimal", (), said)
    >>> [rounds_to_whole(number(500) * printed("0.1373"), number(n)) for n in (69, 68)]
    [True, False]
    """
    if whole.head != "num" or whole.data.denominator != 1 or abs(whole.data) < _WHOLE or not value.is_scalar or value.free:
        return False
    decimals = {t for t in subterms(value) if t.head == "decimal"}
    table = {t: Real.symbol(f"printed {t.data}") for t in decimals}
    values = {table[t]: _ball(t, chosen=True) for t in decimals}
    found = _entries([replace(value, table)], 96, values)
    return found is not None and arb((found[0][0] - whole.data.numerator).abs_upper()) <= arb(fmpq(1, 2))


def has_one_more_digit(value: Term, printed: Term) -> bool:
    """Whether a number is a decimal that ends with one digit more than the one or two that are printed of it.

    Who writes an equality, and rounds, leaves out more than that: 0.3333 = 0.3, but 0.25 = 0.25.

    >>> from calcds.expr.term import Term, number
    >>> printed = Term("decimal", (), "0.3")
    >>> [has_one_more_digit(number(1) / number(n), printed) for n in (4, 3)]
    [True, False]
    """
    said = as_printed(printed)
    if said is None or "e" in said or sum(c.isdigit() for c in said.lstrip("-0.")) > GIVEN or value.free or not value.is_scalar:
        return False
    places = len(said.partition(".")[2])
    scaled = as_exact(value) * number(10 ** (places + 1))
    found = _entries([scaled], 256)
    if found is None:
        return False
    near = arb(found[0][0].real.mid())
    digit = near.floor() if (near - near.floor()) < arb(1) / 2 else near.ceil()
    return bool(abs(near - digit) < _SAME) and not agree_as_printed(value, printed)


def falls_short(value: Term, addends: Sequence[Term]) -> Fraction | None:
    """How far a sum is from a number, relative to its smallest addend and rounded up, where it is near enough; else None.

    Near enough is a quarter of that addend: then every addend counts, with its sign and to within some part of itself. Without
    the smallest one, twice it, or with another sign, the sum would be farther away than that. Of a series, of which the terms
    t_0, ..., t_k fall, the next one is about t_k^2 / t_{k-1}, and no more than twice this may be left out.

    >>> from calcds.expr import operators as op
    >>> from calcds.expr.term import number
    >>> tenth = number(1) / number(10)
    >>> [near] = [falls_short(op.function("exp")(tenth), [number(1), tenth, tenth * tenth / k]) for k in [number(2)]]
    >>> near < Fraction(1, 20)
    True
    >>> falls_short(op.function("exp")(tenth), [number(1), tenth, tenth * tenth])
    """
    found = _values([value, *addends])
    if found is None:
        return None
    sizes = [arb(part.abs_lower()) for part in found[1:]]
    least = min(sizes)
    missing = arb((found[0] - sum(found[1:], acb(0))).abs_upper())
    near = arb(NEAR)
    if len(sizes) > FEW and least is sizes[-1] and 2 * least < sizes[-2]:
        near = min(near, _ON * least / sizes[-2])
    return Fraction(math.ceil(float(missing / least) * 1000), 1000) if missing < least * near else None


def is_falling(addends: Sequence[Term]) -> bool:
    """Whether a sum looks like the beginning of a series: several numbers, each at most half of the one before.

    Only the last of them has more digits than a number that was chosen: `0.2 - 0.02 + 0.002667`. Of `7.389 + 2.718 + 1` every
    digit counts.
    """
    long = [any(t.head == "decimal" and _digits(t) > GIVEN for t in subterms(one)) for one in addends]
    found = _values(addends)
    if found is None or len(found) <= FEW or any(long[:-1]):
        return False
    return all(2 * arb(after.abs_upper()) <= arb(one.abs_lower()) for one, after in pairwise(found))


def as_exact(term: Term) -> Term:
    """A term with every printed decimal as an exact number."""
    return replace(term, {t: number(Fraction(str(t.data))) for t in subterms(term) if t.head == "decimal"})


def agree_as_printed(left: Term, right: Term) -> bool:
    """Whether two numbers are the same to all digits that are computed, with every printed decimal as an exact number.

    >>> from calcds.expr.term import Term, mul
    >>> printed = lambda said: Term("decimal", (), said)
    >>> agree_as_printed(mul(printed("13.5"), printed("0.4")), printed("5.4"))
    True
    >>> agree_as_printed(mul(printed("13.5"), printed("0.4")), printed("5"))
    False
    """
    found = _entries([as_exact(left), as_exact(right)], 256)
    pairs = zip(*found, strict=True) if found is not None else ()
    return found is not None and all(x.overlaps(y) and max(abs(x - y).upper(), arb(0)) < _SAME for x, y in pairs)


def _values(terms: Sequence[Term]) -> list[acb] | None:
    """Numbers with enough digits, their decimals as they are printed; None where one has no value."""
    found = _entries(terms, 96)
    return None if found is None else [value for value, *_ in found]


def _entries(terms: Sequence[Term], bits: int, values: Mapping[Term, acb] | None = None) -> list[list[acb]] | None:
    """The entries of terms with values for their names, row by row; None where one has no value."""
    before = ctx.prec
    try:
        ctx.prec = bits
        scope = open_scope(Point(values={} if values is None else dict(values)))
        return [[acb(primal(x)) for row in scope.grid(one) for x in row] for one in terms]
    except (CalcdsError, ValueError, OverflowError, ZeroDivisionError, MemoryError):
        return None
    finally:
        ctx.prec = before


def _results(side: Term) -> dict[tuple[int, int], Term]:
    """The entries of a printed matrix that are decimals, by their places."""
    if side.head != "matrix" or not all(one.is_scalar for one in side.args):
        return {}
    columns = side.data[1]
    return {divmod(k, columns): one for k, one in enumerate(side.args) if is_printed(one)}


def _agree(a: acb, b: acb, *, result: bool) -> bool | None:
    """result: one of them is printed as a result, so that its rounding error is what it may be."""
    blur = arb(a.real.rad()) + arb(b.real.rad())
    if a.overlaps(b):
        return None if not result and blur > abs(a.mid()) / SHARP and blur > abs(b.mid()) / SHARP and blur != 0 else True
    return False if abs(a.mid() - b.mid()) > WIDER * blur else None


def _ball(decimal: Term, *, chosen: bool) -> acb:
    half = fmpq(0) if chosen and _digits(decimal) <= GIVEN else slack_of(decimal) or fmpq(0)
    return acb(arb(str(decimal.data)) + arb(0, arb(half)))


def _grown(power: Term) -> Term | None:
    """The decimal in a power so high that nothing would be left of a rounded number, 0.999^{1000}: it was chosen; else None."""
    if power.head != "pow" or power.args[1].head != "num" or (slack := slack_of(power.args[0])) is None:
        return None
    base, exponent = power.args[0], abs(power.args[1].data)
    moved = exponent * Fraction(int(slack.p), int(slack.q))
    return base if base.head == "decimal" and moved > abs(Fraction(str(base.data))) / 4 else None


def _is_endless(side: Term) -> bool:
    """Whether a side without decimals has more digits than anybody writes: 1/3 + 1/3, a logarithm, a root."""
    parts = [*subterms(side)]
    if any(t.head == "decimal" for t in parts):
        return False
    below = [t.data.denominator for t in parts if t.head == "num"]
    below += [t.args[0].data.numerator for t in parts if t.head == "pow" and t.args[0].head == "num" and t.args[1].head == "num"
              and (t.args[1].data < 0 or t.args[1].data.denominator > 1)]  # fmt: skip
    return any(t.head in {"fn", "const"} for t in parts) or any(10**_LONG % abs(n) for n in below if n)


def _digits(decimal: Term) -> int:
    """How many digits of a decimal count."""
    return sum(c.isdigit() for c in str(decimal.data).lstrip("-0.").partition("e")[0])
