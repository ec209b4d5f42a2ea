"""Rational functions over kernels: the exact arithmetic every proof rests on.

A kernel is a scalar term that the arithmetic does not look into: a variable, an entry of a matrix, exp of something,
a root, a sum over an index. `Field` numbers the kernels of one question; a `Ratio` is a quotient of two polynomials in
them (python-flint), kept in lowest terms. Two ratios over algebraically independent kernels are equal exactly if
they are the same ratio; kernels that are not independent carry relations, `r**d = P` for a root, and are reduced.

Why a difference that reduces to 0 is a proof: at any point where both sides of a claim are defined, every divisor that
occurs in them is nonzero there, so evaluating at the point is a ring homomorphism on all the quotients that occur, and
each relation holds at the point. The homomorphic image of 0 is 0.

Imports: calcds.expr, python-flint.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from calcds.errors import CalcdsError, Undefined
from calcds.expr.term import MINUS_ONE, ONE, Term, number

Poly: TypeAlias = Any  # flint.fmpq_mpoly, which ships no types

TERMS = 4_000  # polynomials longer than this are too big: the stage stays silent
DEGREE = 600
FACTORED = 400  # longer polynomials are not factored: a polynomial is a factor of itself
UNITS = 40_000  # of work for one stage on one claim: about two seconds of a small machine
CAPACITIES = (12, 32, 96)  # kernels per question; small contexts are faster


class TooBig(CalcdsError):
    """An intermediate expression outgrew the budget of the stage."""


class Full(Exception):
    """More kernels than the context holds: start again with a larger one."""


class Purse:
    """Units of work that may still be spent. Work is counted, not timed, so that a verdict never depends on the machine."""

    __slots__ = ("left", "outer")

    def __init__(self, units: int, outer: Purse | None) -> None:
        self.left, self.outer = units, outer

    def spend(self, units: int) -> None:
        """Pay here and in every purse around; raises TooBig when one is empty."""
        purse: Purse | None = self
        while purse is not None:
            purse.left -= units
            if purse.left < 0:
                raise TooBig("the work that this claim may cost is done")
            purse = purse.outer


_PURSE: ContextVar[Purse | None] = ContextVar("purse", default=None)


@contextmanager
def budget(units: int) -> Iterator[Purse]:
    """Work inside ends with TooBig when the units are spent; it also counts for the budgets around."""
    purse = Purse(units, _PURSE.get())
    token = _PURSE.set(purse)
    try:
        yield purse
    finally:
        _PURSE.reset(token)


def is_limited() -> bool:
    """Whether the work is counted against a budget around it: then what is not found may be found elsewhere."""
    return _PURSE.get() is not None


class Field:
    """The kernels of one question and arithmetic over them."""

    def __init__(self, capacity: int) -> None:
        self.context = fmpq_mpoly_ctx.get([f"k{i}" for i in range(capacity)], Ordering.lex)
        self.generators = self.context.gens()
        self.purse = _PURSE.get() or Purse(UNITS, None)
        self.kernels: list[Term] = []
        self.numbers: dict[Term, int] = {}
        self.relations: dict[int, tuple[int, Ratio]] = {}  # generator -> (d, P): generator**d = P
        self.one_poly = self.context.constant(1)
        self.zero = Ratio(self, self.context.constant(0), self.one_poly)
        self.one = Ratio(self, self.one_poly, self.one_poly)

    def constant(self, value: Fraction | int) -> Ratio:
        """An exact number."""
        value = Fraction(value)
        return Ratio(self, self.context.constant(fmpq(value.numerator, value.denominator)), self.one_poly)

    def kernel(self, term: Term, relation: tuple[int, Ratio] | None = None) -> Ratio:
        """The generator of a kernel, with its relation `generator**d = P` if it has one."""
        index = self.numbers.get(term)
        if index is None:
            index = len(self.kernels)
            if index >= len(self.generators):
                raise Full
            self.kernels.append(term)
            self.numbers[term] = index
            if relation is not None:
                self.relations[index] = relation
        return Ratio(self, self.generators[index], self.one_poly)

    def ratio(self, num: Poly, den: Poly) -> Ratio:
        """num/den in lowest terms with a monic denominator."""
        if den.is_zero():
            raise Undefined("division by zero")
        if num.is_zero():
            return self.zero
        if den.is_one():
            self.purse.spend(1 + len(num) // 4)
            if len(num) > TERMS:
                raise TooBig("the polynomials of this claim are too long")
            return Ratio(self, num, self.one_poly)
        terms = len(num) + len(den)
        self.purse.spend(1 + terms // 4 + (0 if den.is_constant() else len(num) * len(den) // 16))
        if terms > 3 * TERMS:
            raise TooBig("the polynomials of this claim are too long")
        if not den.is_constant():
            g = num.gcd(den)
            if not g.is_one():
                num, den = num // g, den // g
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        if len(num) > TERMS or len(den) > TERMS:
            raise TooBig("the polynomials of this claim are too long")
        return Ratio(self, num, self.one_poly if den.is_one() else den)

    def reduce(self, ratio: Ratio) -> Ratio:
        """Use the relations of the kernels until no generator stands in its own degree or above."""
        if not self.relations:
            return ratio
        for _ in range(8):  # relations nest (a root of a root), each pass lowers one level
            again = ratio
            above, below = ratio.num.degrees(), ratio.den.degrees()
            for index, (degree, value) in reversed(self.relations.items()):
                if above[index] >= degree or below[index] >= degree:
                    again = self._reduce_one(again, index, degree, value)
                    above, below = again.num.degrees(), again.den.degrees()
            if again is ratio or again == ratio:
                return ratio
            ratio = again
        return ratio

    def _reduce_one(self, ratio: Ratio, index: int, degree: int, value: Ratio) -> Ratio:
        num = self._reduce_poly(ratio.num, index, degree, value)
        den = self._reduce_poly(ratio.den, index, degree, value)
        if num is None and den is None:
            return ratio
        above = num if num is not None else Ratio(self, ratio.num, self.one_poly)
        below = den if den is not None else Ratio(self, ratio.den, self.one_poly)
        return above / below

    def _reduce_poly(self, poly: Poly, index: int, degree: int, value: Ratio) -> Ratio | None:
        if poly.degrees()[index] < degree:
            return None
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in poly.to_dict().items():
            times, rest = divmod(exponents[index], degree)
            key = (*exponents[:index], rest, *exponents[index + 1 :])
            parts.setdefault(times, {})[key] = coefficient
        whole = self.zero
        for times, terms in parts.items():
            whole = whole + Ratio(self, self.context.from_dict(terms), self.one_poly) * value**times
        return whole

    # -- back to terms -----------------------------------------------------------------------------------------

    def term(self, ratio: Ratio) -> Term:
        """The ratio as a term, in an order fixed by the order of kernels."""
        num = self.poly_term(ratio.num)
        if ratio.den.is_one():
            return num
        den = Term("pow", (self.poly_term(ratio.den), MINUS_ONE))
        if num is ONE:
            return den
        return Term("mul", (*(num.args if num.head == "mul" else (num,)), den))

    def poly_term(self, poly: Poly) -> Term:
        """A polynomial as a term."""
        parts = [self.monomial_term(e, c) for e, c in poly.to_dict().items()]
        if not parts:
            return number(0)
        return parts[0] if len(parts) == 1 else Term("add", tuple(parts))

    def monomial_term(self, exponents: tuple[int, ...], coefficient: Any) -> Term:
        """A monomial as a term."""
        factors = [
            self.kernels[i] if e == 1 else Term("pow", (self.kernels[i], number(int(e))))
            for i, e in enumerate(exponents)
            if e
        ]
        c = fraction(coefficient)
        if c != 1 or not factors:
            factors.insert(0, number(c))
        return factors[0] if len(factors) == 1 else Term("mul", tuple(factors))


class Ratio:
    """A quotient of polynomials in the kernels of a field, in lowest terms."""

    __slots__ = ("den", "field", "num")

    def __init__(self, field: Field, num: Poly, den: Poly) -> None:
        self.field, self.num, self.den = field, num, den

    def __add__(self, other: Ratio) -> Ratio:
        if self.den is other.den or self.den == other.den:
            return self.field.ratio(self.num + other.num, self.den)
        return self.field.ratio(self.num * other.den + other.num * self.den, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(self.field, -self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        _check_product(self.num, other.num)
        if self.den is other.den is self.field.one_poly:
            return self.field.ratio(self.num * other.num, self.den)
        _check_product(self.den, other.den)
        return self.field.ratio(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        _check_product(self.num, other.den)
        return self.field.ratio(self.num * other.den, self.den * other.num)

    def __pow__(self, k: int) -> Ratio:
        if k < 0:
            if self.num.is_zero():
                raise Undefined("a negative power of zero")
            return self.field.ratio(_power(self.den, -k), _power(self.num, -k))
        return self.field.ratio(_power(self.num, k), _power(self.den, k))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and bool(self.num == other.num and self.den == other.den)

    __hash__ = None  # type: ignore[assignment]

    @property
    def is_zero(self) -> bool:
        """Identically zero."""
        return bool(self.num.is_zero())

    @property
    def value(self) -> Fraction | None:
        """The number, if it is one."""
        if self.num.is_constant() and self.den.is_constant():
            c = self.num.leading_coefficient() if not self.num.is_zero() else fmpq(0)
            return fraction(c)
        return None

    @property
    def term(self) -> Term:
        """As a term."""
        return self.field.term(self)

    def kernels(self) -> Iterator[Term]:
        """The kernels that occur."""
        degrees = self.num.degrees()
        if self.den is not self.field.one_poly:
            degrees = [max(a, b) for a, b in zip(degrees, self.den.degrees(), strict=True)]
        return (self.field.kernels[i] for i, d in enumerate(degrees) if d > 0)

    def monomials(self) -> list[tuple[Fraction, Ratio]]:
        """The ratio as a sum of rational multiples of monomials over the common denominator."""
        field = self.field
        out = []
        for exponents, c in self.num.to_dict().items():
            one = Ratio(field, field.context.from_dict({exponents: fmpq(1)}), self.den)
            if not self.den.is_one():
                one = field.ratio(one.num, one.den)
            out.append((fraction(c), one))
        return out

    def factors(self) -> tuple[Fraction, list[tuple[Ratio, int]]]:
        """The ratio as a rational number times powers of polynomials, irreducible ones unless they are very long."""
        field = self.field
        if self.num.is_zero():
            return Fraction(0), []
        found: list[tuple[Ratio, int]] = []
        content = Fraction(1)
        field.purse.spend(1 + (len(self.num) + len(self.den)) // 2)
        for poly, sign in ((self.num, 1), (self.den, -1)):
            if len(poly) == 1:
                c, parts = _monomial(poly, field.generators)
            else:
                c, parts = poly.factor() if len(poly) <= FACTORED else _whole(poly)
            content *= fraction(c) ** sign
            for p, e in parts:
                lead = p.leading_coefficient()
                if lead < 0:  # one sign for every factor, so that equal factors meet
                    p, content = -p, content * (-1) ** int(e)  # noqa: PLW2901
                found.append((Ratio(field, p, field.one_poly), sign * int(e)))
        return content, found


def fraction(c: Any) -> Fraction:
    """A number of flint as one of Python."""
    return Fraction(int(c.p)) if c.q == 1 else Fraction(int(c.p), int(c.q))


def _monomial(poly: Poly, generators: tuple[Poly, ...]) -> tuple[Any, list[tuple[Poly, int]]]:
    ((exponents, c),) = poly.to_dict().items()
    return c, [(generators[i], e) for i, e in enumerate(exponents) if e]


def _whole(poly: Poly) -> tuple[Any, list[tuple[Poly, int]]]:
    lead = poly.leading_coefficient()
    return lead, [(poly / lead, 1)]


def _check_product(a: Poly, b: Poly) -> None:
    if len(a) * len(b) > TERMS * 25:
        raise TooBig("the product of two polynomials of this claim is too long")


def _power(poly: Poly, k: int) -> Poly:
    length = len(poly)
    if length > 1 and (k > DEGREE or length * k > TERMS or length ** min(k, 6) > TERMS * 2_000):
        raise TooBig("a power of this claim is too long to multiply out")
    if length == 1:
        bits = poly.leading_coefficient()
        if k > 20_000 or max(int(bits.p).bit_length(), int(bits.q).bit_length()) * k > 100_000:
            raise TooBig("a number of this claim is too long to write out")
    return poly**k
