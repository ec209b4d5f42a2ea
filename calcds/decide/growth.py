"""The scale above powers: what grows or falls faster than every power of t, what oscillates, and t^p for a symbol p.

A normal form is written as a sum of parts e^S t^p R as t -> 0 from the right:

    S   the divergent part of an exponent: terms c t^e with e < 0 (c may hold log t); imaginary terms oscillate
    p   an exponent that is no number
    R   an expansion in powers of t

    factor                               becomes
    exp(u), b^u                          S + p log t + (what stays finite, expanded)
    gamma(u), u -> oo                    exp((u - 1/2) log u - u + log(2 pi)/2 + 1/(12 u) - ...), DLMF 5.11.1

Parts compare by the real part of S, then by the exponent of t. A part that is smaller does not change a limit. Parts of
one size that oscillate differently are only bounded: such a sum may stand above, never below, and its limit is known
only where it is 0. A sign that the hypotheses leave open is asked for as a case distinction.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calcds.decide.asking import NeedCase
from calcds.decide.continuity import imaginary_parts
from calcds.decide.facts import NEG, POS
from calcds.decide.field import Ratio
from calcds.errors import NoRule
from calcds.expr.term import Term

if TYPE_CHECKING:
    from calcds.decide.expansions import Expansion

BERNOULLI = (Fraction(1, 6), Fraction(-1, 30), Fraction(1, 42), Fraction(-1, 30), Fraction(5, 66), Fraction(-691, 2730))


class Cancelled(Exception):
    """All kept terms cancelled: expand further."""


class Series:
    """A finite sum of coefficient * t^exponent, exact up to terms of order t^end and beyond."""

    __slots__ = ("end", "terms")

    def __init__(self, terms: dict[Fraction, Ratio], end: Fraction) -> None:
        self.terms = {e: c for e, c in terms.items() if e < end and not c.is_zero}
        self.end = end

    @property
    def start(self) -> Fraction:
        """The exponent of the leading term."""
        if not self.terms:
            raise Cancelled
        return min(self.terms)


@dataclass
class Part:
    """e^fast t^slope rest."""

    fast: dict[Fraction, Ratio]
    slope: Ratio
    rest: Series


@dataclass
class Lead:
    """The leading behaviour: e^fast t^power coefficient; coefficient None: no more than a bounded multiple.

    vanished: all terms that were kept cancelled, and the bound is that of what was dropped.
    """

    fast: dict[Fraction, Ratio]
    power: Ratio
    coefficient: Ratio | None
    vanished: bool = False


class Growth:
    """Parts of normal forms and their comparison, for one expansion."""

    def __init__(self, expansion: Expansion) -> None:
        self.x = expansion
        self.field, self.facts = expansion.field, expansion.facts
        self.kinds: dict[Term, Part | None] = {}

    # -- parts -------------------------------------------------------------------------------------------------

    def special(self, kernel: Term) -> Part | None:
        """The kernel as a part, if it is no expansion in powers of t."""
        if kernel not in self.kinds:
            self.kinds[kernel] = self._special(kernel)
        return self.kinds[kernel]

    def _special(self, kernel: Term) -> Part | None:
        x = self.x
        if x.near not in kernel.free:
            return None
        if kernel.head == "pow" and kernel.args[1].head != "num":
            exponent = x.exponent(kernel)
        elif kernel.head == "fn" and kernel.data == "gamma":
            u = x.term(kernel.args[0])
            if u.start >= 0 or self.facts.sign(u.terms[u.start]) != POS:
                return None
            exponent = self.stirling(u)
        else:
            return None
        if exponent.end <= 0:
            raise Cancelled
        fast = {e: c for e, c in exponent.terms.items() if e < 0}
        constant, slope = self.without_log(exponent.terms.get(Fraction(0), self.field.zero))
        if not fast and slope.value is not None:
            return None
        if slope.value is not None:  # a rational power of t belongs to the expansion
            constant, slope = exponent.terms.get(Fraction(0), self.field.zero), self.field.zero
        finite = {e: c for e, c in exponent.terms.items() if e > 0}
        finite[Fraction(0)] = constant
        return Part(fast, slope, x.exponential(Series(finite, exponent.end)))

    def without_log(self, c: Ratio) -> tuple[Ratio, Ratio]:
        """(a, b) for c = a + b log t."""
        index = self.field.numbers.get(self.x.log_near)
        if index is None or not c.num.degrees()[index]:
            return c, self.field.zero
        if c.num.degrees()[index] > 1 or c.den.degrees()[index]:
            raise NoRule("expand", "a power of a logarithm in an exponent")
        slope = {(*e[:index], 0, *e[index + 1 :]): v for e, v in c.num.to_dict().items() if e[index]}
        b = self.field.ratio(self.field.context.from_dict(slope), c.den)
        return self.field.reduce(c - b * self.field.kernel(self.x.log_near)), b

    def stirling(self, u: Series) -> Series:
        """log gamma(u) for u -> oo."""
        x, half = self.x, self.field.constant(Fraction(1, 2))
        whole = x.times(x.plus(u, x.constant(-half)), x.log(u))
        whole = x.plus(whole, x.scaled(u, self.field.constant(-1)))
        two_pi = x.normal(Term("const", (), "pi")) * self.field.constant(2)
        whole = x.plus(whole, x.constant(x.normal.logarithm(two_pi) * half))
        inverse = x.inverse(u)
        power, square = inverse, x.times(inverse, inverse)
        for k, b in enumerate(BERNOULLI, 1):
            whole = x.plus(whole, x.scaled(power, self.field.constant(b / (2 * k * (2 * k - 1)))))
            power = x.times(power, square)
        return Series(whole.terms, min(whole.end, power.start if power.terms else power.end))

    def parts(self, poly: Any) -> list[Part]:
        """A polynomial in kernels as parts, those with one S and p put together."""
        groups: dict[tuple[tuple[int, int], ...], dict[tuple[int, ...], Any]] = {}
        for exponents, c in poly.to_dict().items():
            here = tuple((n, e) for n, e in enumerate(exponents) if e and self.special(self.field.kernels[n]) is not None)
            rest = list(exponents)
            for n, _ in here:
                rest[n] = 0
            groups.setdefault(here, {})[tuple(rest)] = c
        found: list[Part] = []
        for here, terms in groups.items():
            part = Part({}, self.field.zero, self.x.poly(self.field.context.from_dict(terms)))
            for n, e in here:
                kernel = self.special(self.field.kernels[n])
                assert kernel is not None
                part = self._times(part, kernel, int(e))
            for other in found:
                if self._same_scale(part, other):
                    other.rest = self.x.plus(other.rest, part.rest)
                    break
            else:
                found.append(part)
        return found

    def _times(self, part: Part, factor: Part, k: int) -> Part:
        n = self.field.constant(k)
        fast = {e: self.field.reduce(c) for e in part.fast | factor.fast
                if not (c := part.fast.get(e, self.field.zero) + n * factor.fast.get(e, self.field.zero)).is_zero}  # fmt: skip
        return Part(fast, part.slope + n * factor.slope, self.x.times(part.rest, self.x.integer_power(factor.rest, k)))

    def difference(self, a: dict[Fraction, Ratio], b: dict[Fraction, Ratio]) -> dict[Fraction, Ratio]:
        """a - b, terms that are 0 left out."""
        out = {e: self.field.reduce(a.get(e, self.field.zero) - b.get(e, self.field.zero)) for e in a | b}
        return {e: c for e, c in out.items() if not c.is_zero}

    def _same_scale(self, a: Part, b: Part) -> bool:
        return not self.difference(a.fast, b.fast) and self.field.reduce(a.slope - b.slope).is_zero

    # -- comparison --------------------------------------------------------------------------------------------

    def growth(self, fast: dict[Fraction, Ratio]) -> int:
        """1 if e^S grows faster than every power, -1 if it falls, 0 if its modulus does neither."""
        for e in sorted(fast):
            parts = imaginary_parts(self.x.sums, fast[e])
            if parts is None:
                raise NoRule("compare the growth of", str(fast[e].term))
            if not parts[0].is_zero:
                sign = self.x.sign_with_log(parts[0])
                if sign == POS:
                    return 1
                if sign == NEG:
                    return -1
                return self._ask(parts[0])
        return 0

    def _ask(self, u: Ratio) -> int:
        sign = self.facts.sign(u)
        if sign is not None and len(sign) == 1:
            return next(iter(sign))
        if sign is None or not self.x.normal.splitting:
            raise NoRule("find the sign of", str(u.term))
        raise NeedCase(u)

    def _power(self, part: Part) -> Ratio:
        return part.slope + self.field.constant(part.rest.start)

    def dominance(self, a: Part, b: Part) -> int:
        """1 if a outgrows b as t -> 0, -1 if b outgrows a, 0 if they are of one size."""
        if (found := self.growth(self.difference(a.fast, b.fast))) != 0:
            return found
        gap = self.field.reduce(self._power(b) - self._power(a))
        return 0 if gap.is_zero else self._ask(gap)

    def largest(self, parts: list[Part]) -> list[Part]:
        """The parts that no other outgrows."""
        best: list[Part] = []
        for part in parts:
            signs = [self.dominance(part, other) for other in best]
            if any(s < 0 for s in signs):
                continue
            best = [other for other, s in zip(best, signs, strict=True) if s == 0]
            best.append(part)
        return best

    def lead(self, poly: Any) -> Lead:
        """The leading behaviour of a polynomial in kernels."""
        parts = self.parts(poly)
        if len(parts) == 1 and not parts[0].rest.terms:
            return Lead(parts[0].fast, parts[0].slope + self.field.constant(parts[0].rest.end), None, vanished=True)
        best = self.largest(parts)
        first = best[0]
        if len(best) > 1:
            return Lead(first.fast, self._power(first), None)
        return Lead(first.fast, self._power(first), first.rest.terms[first.rest.start])

    # -- answers -----------------------------------------------------------------------------------------------

    def as_series(self, f: Ratio) -> tuple[dict[Fraction, Ratio], Ratio, Series]:
        """f = e^S t^p R (1 + smaller than every power): what a further function is applied to."""
        if f.is_zero:
            return {}, f, Series({}, self.x.order)
        above, below = (self._one_part(poly) for poly in (f.num, f.den))
        fast = self.difference(above.fast, below.fast)
        rest = self.x.times(above.rest, self.x.inverse(below.rest)) if not f.den.is_one() else above.rest
        return fast, self.field.reduce(above.slope - below.slope), rest

    def _one_part(self, poly: Any) -> Part:
        """The part beside which the others are smaller than every power."""
        parts = self.parts(poly)
        best = parts[0]
        for part in parts[1:]:
            sign = self.growth(self.difference(part.fast, best.fast))
            if sign == 0:
                raise NoRule("expand", "a sum of different scales")
            best = part if sign > 0 else best
        if len(parts) > 1 and not best.rest.terms:
            raise Cancelled
        return best


__all__ = ["Cancelled", "Growth", "Lead", "Part", "Series"]
