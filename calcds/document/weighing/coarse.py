r"""Numbers that are rounded to whole ones, to tens or to a power of ten, without a point that says how far.

    85 \approx 90,   2^{10} \approx 10^3      of tens a tenth of the number
    7/2 \approx 4,   1217 \approx 1215       others half of the last unit, or of 5
    2 \cdot 6.022 \cdot 10^{23} = 1.2 \cdot 10^{24}      half of the last unit of the mantissa
    \arctan 2 = 63^\circ     half a degree
    10 \log_{10} 2 = 3,   \sqrt{10} = 3     what is irrational is no whole number: it was rounded to one, by 1/2 at most
    10 \log 2 - \log 288 \approx 1.268     not 1.269: 6.931 - 5.663 was computed, and the last digit is off by less than one

Imports: calcds.decide, calcds.document.reading.examples, calcds.expr.term.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction

from calcds.decide.looking import as_printed
from calcds.decide.verdict import Verdict
from calcds.document.reading.examples import fraction
from calcds.expr.term import Term, subterms

_COARSE = re.compile(r"-?(?:(\d+)|(?:(\d+)\s*\\(?:cdot|times)\s*)?10\^\s*\{?\s*(-?\d+)\s*\}?|\d*\.(\d+))")
_POWER = re.compile(r"-?\d+(?:\.(\d+))?\s*\\(?:cdot|times)\s*10\^\s*\{?\s*(-?\d+)\s*\}?")
_DEGREES = re.compile(r"-?\d+\s*\^\s*\{?\s*\\circ\s*\}?")
_HALF = 0.501  # of the last unit
_ENDS_IN = " .,;"
_TWICE = Fraction(11, 20)  # of the last unit: 1/2 of it, and 1/2 of the one behind it
_LONG = 10**12  # a number with more digits than that has no end


def is_coarse(said: str, verdict: Verdict, *, about: bool) -> bool:
    """Whether a value that is refuted is a coarse rounding of the other side.

    said: the right side as it is printed
    about: whether it is said to be about equal
    """
    found = None if verdict.at_values else verdict.counterexample
    values = _values(verdict) if found is not None and not found.values and not found.sizes else None
    if found is None or values is None:
        return False
    left, right = values
    if _DEGREES.fullmatch(said.strip(_ENDS_IN)):
        return abs(left - right) <= math.radians(_HALF)
    power = _POWER.fullmatch(said.strip(_ENDS_IN))
    if power is not None:  # the last digit of the mantissa is rounded
        return abs(left - right) <= 10.0 ** (int(power[2]) - len(power[1] or "")) * _HALF
    printed = _COARSE.fullmatch(said.strip(_ENDS_IN))
    if printed is None:
        return False
    if about and printed[4]:
        return abs(left - right) <= 10.0 ** -len(printed[4]) * _HALF
    if about:
        digits = printed[1] or "10"
        unit = 10.0 ** (len(digits) - len(digits.rstrip("0")))
        tens = abs(right) / 10 if digits.endswith("0") else 5 * _HALF if len(digits) > 1 and digits.endswith("5") else 0
        return abs(left - right) <= max(unit * _HALF, tens)
    return printed[1] is not None and "+/-" in str(found.left) and abs(left - right) < 1 / 2 and right != 0


def is_off_in_the_last_digit(terms: Sequence[Term | None], verdict: Verdict, *, about: bool) -> bool:
    r"""Whether printed decimals differ from the values they stand for by less than one unit of their last digit.

    Who computes on with rounded numbers gets such digits, and who rounds a single number twice is off by 0.55 at most. What is
    set equal to a short decimal that has an end, `1.2^2 = 1.5`, was not rounded; and of one digit nothing would be left.

    terms: the two sides
    about: whether they are said to be about equal
    """
    found = None if verdict.at_values else verdict.counterexample
    if found is None or found.sizes:
        return False
    sides = [(terms[1], terms[0], found.right, found.left), (terms[0], terms[1], found.left, found.right)]
    for printed, other, shown, value in sides:
        entries = printed.args if printed is not None and printed.head == "matrix" else (printed,)
        digits = [as_printed(one) for one in entries if one is not None]
        if digits and all(digits):
            most = _TWICE if other is not None and not other.free and _roundings(other) <= 1 else Fraction(1)
            pairs = zip(digits, _flat(shown), _flat(value), strict=False)
            return all(_is_near(str(said), *pair, most=most, about=about) for said, *pair in pairs)
    return False


def _roundings(term: Term) -> int:
    """How many numbers of a term have digits without end, so that they are rounded before one computes on with them."""
    return sum(map(_is_endless, subterms(term)))


def _is_endless(term: Term) -> bool:
    if term.head == "num":
        return bool(_LONG % term.data.denominator)
    return term.head in {"fn", "const"} or (term.head == "pow" and term.args[1].head == "num" and _is_root(term))


def _is_root(power: Term) -> bool:
    base, exponent = power.args
    quotient = exponent.data < 0 and base.head == "num" and _LONG % base.data.numerator != 0
    return bool(quotient or exponent.data.denominator != 1)


def _flat(value: object) -> list[str]:
    return [str(one) for row in value for one in row] if isinstance(value, list) else [str(value)]


def _is_near(digits: str, shown: str, value: str, *, most: Fraction, about: bool) -> bool:
    mantissa, _, exponent = digits.lower().partition("e")
    unit = Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    try:
        gap, exact = abs(fraction(shown) - fraction(value)), fraction(value) * 100 / unit
    except (ValueError, ZeroDivisionError):
        return False
    endless = "+/-" in value or exact.denominator != 1
    several = sum(c.isdigit() for c in mantissa.lstrip("-0.")) > 1
    return gap <= unit / 2 or (gap < most * unit and several and (about or endless))


def is_namesake(said: str, verdict: Verdict) -> bool:
    r"""Whether `e` or `\pi` gets a value that is far from the number of this name: a charge, a profit."""
    values = _values(verdict) if said in {"e", "\\pi"} else None
    return values is not None and abs(values[0] - values[1]) > 1 / 2


def differs_in_sign(verdict: Verdict) -> bool:
    r"""Whether two numbers differ in their sign only: words may say which root is meant, `\sqrt 4 = -2`."""
    values = _values(verdict)
    return values is not None and math.isclose(values[0], -values[1], rel_tol=1e-3)


def is_far(verdict: Verdict) -> bool:
    """Whether two numbers differ by so much that none of them approximates the other: by a quarter of the larger one."""
    values = _values(verdict)
    return values is not None and abs(values[0] - values[1]) > max(map(abs, values)) / 4


def _values(verdict: Verdict) -> tuple[float, float] | None:
    """The two sides at the point where they differ, as they are printed there: exact or with a bound of their error."""
    found = verdict.counterexample
    if found is None or not isinstance(found.left, str) or not isinstance(found.right, str):
        return None
    try:
        left, right = (float(fraction(value.split(" +/-")[0])) for value in (found.left, found.right))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return left, right


__all__ = ["differs_in_sign", "is_coarse", "is_far", "is_namesake", "is_off_in_the_last_digit"]
