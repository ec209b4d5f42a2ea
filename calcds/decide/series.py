"""Infinite sums in closed form, each with the condition under which it converges to it.

A summand is written as a sum of terms R(k) q^k/(a k)!, k = 0, 1, 2, ..., a = 0, 1 or 2, R a rational function.

    sum over k >= 0                              value                                    holds where
    k (k-1) ... (k-j+1) q^k                      j! q^j/(1-q)^(j+1)                       |q| < 1
    q^k/(k+c), c = 1, 2, ...                     q^-c (-log(1-q) - q - ... - q^(c-1)/(c-1))   |q| <= 1, q != 0, 1
    q^k/(2k+1), q = -s^2                         atan(s)/s                                |s| <= 1, s != 0 real
    q^k/(2k+1), q = s^2                          (log(1+s) - log(1-s))/(2 s)              0 < s < 1
    A_1/(k+c_1) + ..., A_1 + ... = 0             -A_1 digamma(c_1) - ...                  c_i not 0, -1, ...  (DLMF 5.7.6)
    1/(k+1)^m, m even                            zeta(m) by Bernoulli numbers             always               (DLMF 25.6.2)
    (-1)^k/(k+1)^m                               (1 - 2^(1-m)) zeta(m), log 2 for m = 1   always               (DLMF 25.2.3)
    (-1)^k/(2k+1)^m, m = 1, 3, 5                 pi/4, pi^3/32, 5 pi^5/1536               always               (DLMF 25.11)
    n (n-1) ... (n-j+1) r^n/n!, all, even, odd n r^j (e^r, and its even and odd parts)    always               (DLMF 4.2.19)

Conditions. A sum that stands alone is asked for its value only where it converges, so for one geometric term |q| < 1 is
no condition on the claim: it diverges elsewhere. With several terms |q| < 1 must follow from the hypotheses. q != 0 is
asked for as a case distinction. What has no closed form stays a formal sum, linear in its terms.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb, factorial
from typing import TYPE_CHECKING

from calcds.decide.antiderivatives import coefficients
from calcds.decide.bound import BOUND, depth
from calcds.decide.continuity import is_nonzero
from calcds.decide.facts import NEG, NONNEG, POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.limits import Infinite
from calcds.decide.powers import E_BASE, PI
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import INDEX
from calcds.expr.term import ONE, ZERO, Term, number, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

OO = Term("const", (), "oo")
DEGREE = 8  # of the polynomials beside a power
SHIFT = 12  # poles as far from 0 as this
BETA = {1: (Fraction(1, 4), 1), 3: (Fraction(1, 32), 3), 5: (Fraction(5, 1536), 5)}  # Dirichlet's beta by powers of pi


def infinite_sum(sums: Sums, t: Term) -> Ratio:
    """The normal form of a sum to infinity. Raises Infinite where it diverges to oo or -oo."""
    body, k, low, _ = t.args
    index = sums.entries.index()
    kept = len(sums.facts.known)
    sums.facts.state(sums.field.kernel(index), NONNEG)
    before, sums.normal.splitting = sums.normal.splitting, False
    try:
        work = _Series(sums, index, may_ask=before)
        return work.value(substitute(body, {k: index + low if low is not ZERO else index}))
    finally:
        sums.normal.splitting = before
        sums.facts.forget(kept)


@dataclass
class Group:
    """R(k) q^k/(a k)!."""

    q: Ratio
    a: int
    rational: Ratio


class _Series:
    """The work on one sum; k runs from 0."""

    def __init__(self, sums: Sums, k: Term, *, may_ask: bool) -> None:
        self.sums, self.k, self.may_ask = sums, k, may_ask
        self.normal, self.field, self.facts = sums.normal, sums.field, sums.facts
        self.here = self.field.kernel(k)

    def value(self, body: Term, *, first: bool = True) -> Ratio:
        """The sum of a body over k."""
        try:
            f = self.field.reduce(self.normal(body))
        except Infinite:
            raise NoRule("sum infinite terms:", str(body)) from None
        except NoRule:  # 0^k: split off k = 0
            if not first:
                raise
            head, tail = (substitute(body, {self.k: where}) for where in (ZERO, self.k + ONE))
            return self.normal(head) + self.value(tail, first=False)
        groups: list[Group] = []
        formal = self.field.zero
        for c, monomial in f.monomials():
            scaled = self.field.constant(c) * monomial
            try:
                self._add(groups, self._read(scaled))
            except (NoRule, TooBig):
                formal = formal + self._formal(scaled)
        groups = [g for g in groups if not g.rational.is_zero]
        several = len([g for g in groups if g.a == 0]) > 1 or not formal.is_zero
        whole = formal
        for group in groups:
            try:
                whole = whole + (self._factorial(group) if group.a else self._geometric(group, several=several))
            except Infinite:
                if len(groups) == 1 and formal.is_zero:
                    raise
                raise NoRule("sum", "several terms of which one diverges") from None
            except (NoRule, TooBig):
                whole = whole + self._formal(self._written(group))
        return whole

    # -- reading -----------------------------------------------------------------------------------------------

    def _read(self, term: Ratio) -> Group:
        """A monomial as a group. Raises NoRule if it is none."""
        content, factors = term.factors()
        group = Group(self.field.one, 0, self.field.constant(content))
        for factor, e in factors:
            kernels = list(factor.kernels())
            only = kernels[0] if len(factor.num) == 1 else None
            if not any(self.k in x.free for x in kernels):
                group.rational = group.rational * factor**e
            elif only is not None and only.head == "pow" and self.k not in only.args[0].free:
                self._power(group, only, e)
            elif only is not None and only.head == "fn" and only.data == "gamma" and e == -1 and not group.a:
                self._gamma(group, only.args[0])
            else:
                coefficients(self.sums, factor, self.k)  # a polynomial in k, or no rule
                group.rational = group.rational * factor**e
        return group

    def _power(self, group: Group, kernel: Term, e: int) -> None:
        base, exponent = kernel.args
        parts = coefficients(self.sums, self.normal(exponent), self.k)
        if max(parts) > 1:
            raise NoRule("sum", str(kernel))
        value = [self.normal.exponential(p) if base is E_BASE else self.normal.power(self.normal(base), p)
                 for p in (parts.get(1, self.field.zero), parts.get(0, self.field.zero))]  # fmt: skip
        group.q = self.field.reduce(group.q * value[0] ** e)
        group.rational = group.rational * value[1] ** e

    def _gamma(self, group: Group, argument: Term) -> None:
        """1/gamma(a k + b) = (a k + b) ... (a k)/(a k)! for b = 1 - 1, 1 - 2, ..., and the reciprocal for b > 1."""
        u = self.normal(argument)
        parts = {d: c.value for d, c in coefficients(self.sums, u, self.k).items()}
        a, b = parts.get(1), parts.get(0, Fraction(0))
        if a not in (1, 2) or b is None or b.denominator != 1 or abs(b) > SHIFT:
            raise NoRule("sum with", f"gamma({argument})")
        assert a is not None
        group.a = int(a)
        top = self.here * self.field.constant(a)
        for j in range(int(b), 1):
            group.rational = group.rational * (top + self.field.constant(j))
        for j in range(1, int(b)):
            group.rational = group.rational / (top + self.field.constant(j))

    def _add(self, groups: list[Group], new: Group) -> None:
        for old in groups:
            if old.a == new.a and self.field.reduce(old.q - new.q).is_zero:
                old.rational = self.field.reduce(old.rational + new.rational)
                return
        groups.append(new)

    def _written(self, group: Group) -> Ratio:
        whole = group.rational * self.normal.power(group.q, self.here)
        if not group.a:
            return whole
        return whole / self.normal(fn("gamma", (self.here * self.field.constant(group.a) + self.field.one).term))

    def _formal(self, term: Ratio) -> Ratio:
        """A sum without a value: what does not depend on k in front, the rest under a canonical index."""
        content, factors = term.factors()
        outside, inside = self.field.constant(content), self.field.one
        for factor, e in factors:
            if any(self.k in x.free for x in factor.kernels()):
                inside = inside * factor**e
            else:
                outside = outside * factor**e
        level = 1 + max((depth(x) for x in inside.kernels()), default=0)
        bound = INDEX.symbol(f"{BOUND}s{level}")
        self.sums.facts.state(self.field.kernel(bound), NONNEG)
        body = self.normal(substitute(inside.term, {self.k: bound})).term
        return outside * self.field.kernel(Term("sum", (body, bound, ZERO, OO)))

    # -- helpers -----------------------------------------------------------------------------------------------

    def at(self, u: Ratio, value: Ratio) -> Ratio:
        """u where k is a value."""
        return self.field.reduce(self.normal(substitute(u.term, {self.k: value.term})))

    def nonzero(self, u: Ratio) -> None:
        """Make sure that u is not 0, by a case distinction where that is allowed."""
        if not is_nonzero(self.sums, u, ask=self.may_ask):
            raise NoRule("be sure that it is not 0:", str(u.term))

    def falling(self, polynomial: Ratio) -> list[Ratio]:
        """The coefficients of k (k-1) ... (k-j+1), j = 0, 1, ..., by differences at 0, 1, 2, ..."""
        if any(self.k in x.free for x in Ratio(self.field, polynomial.den, self.field.one_poly).kernels()):
            raise NoRule("sum with", str(polynomial.term))
        degree = max(coefficients(self.sums, polynomial, self.k), default=0)
        if degree > DEGREE:
            raise TooBig("a sum with a long polynomial")
        values = [self.at(polynomial, self.field.constant(j)) for j in range(degree + 1)]
        out = []
        for j in range(degree + 1):
            out.append(values[0] / self.field.constant(factorial(j)))
            values = [b - a for a, b in pairwise(values)]
        return out

    def partial_fractions(self, rational: Ratio) -> tuple[Ratio, list[tuple[Fraction, int, Ratio]]]:
        """R as a polynomial plus A/(k + c)^m: [(c, m, A), ...]. Poles must be rational numbers."""
        poles: list[tuple[Fraction, int]] = []
        for factor, e in rational.factors()[1]:
            parts = coefficients(self.sums, factor, self.k)
            if e > 0 or max(parts, default=0) == 0:
                continue
            c = (parts.get(0, self.field.zero) / parts[1]).value if max(parts) == 1 else None
            if c is None or abs(c) > SHIFT:
                raise NoRule("split into partial fractions", str(rational.term))
            if c.denominator == 1 and c <= 0:
                raise Undefined("a summand with a pole")
            poles.append((c, -e))
        found = []
        for c, m in poles:
            pole = self.here + self.field.constant(c)
            local = rational * pole**m
            for j in range(m, 0, -1):
                a = self.at(local, self.field.constant(-c))
                if not a.is_zero:
                    found.append((c, j, a))
                local = self.field.reduce((local - a) / pole)
        rest = rational
        for c, j, a in found:
            rest = rest - a / (self.here + self.field.constant(c)) ** j
        return self.field.reduce(rest), found

    # -- geometric sums and their integrals ----------------------------------------------------------------------

    def _geometric(self, group: Group, *, several: bool) -> Ratio:
        q, one = group.q, self.field.one
        polynomial, poles = self.partial_fractions(group.rational)
        if q == one:
            return self._rational(polynomial, poles)
        if q == -one:
            if not polynomial.is_zero:
                raise NoRule("sum", "terms that do not fall to 0")
            return self._total([a * self._alternating(c, m) for c, m, a in poles])
        inside = self._inside(q)
        if (several and not inside) or (inside is False):
            raise NoRule("be sure of convergence for", str(q.term))
        if len(poles) > 1 and not inside:
            self.nonzero(one - q)
        whole = self.field.zero
        if not polynomial.is_zero:
            for j, weight in enumerate(self.falling(polynomial)):
                whole = whole + weight * self.field.constant(factorial(j)) * q**j / (one - q) ** (j + 1)
        for c, m, a in poles:
            if m > 1:
                raise NoRule("sum", "a power series with a double pole")
            self.nonzero(q)
            whole = whole + a * self._logarithmic(q, c)
        return whole

    def _inside(self, q: Ratio) -> bool | None:
        """Whether |q| < 1 by the hypotheses; False if |q| > 1, None if that is open."""
        one = self.field.one
        signs = [self.facts.sign(one - q), self.facts.sign(one + q)]
        if all(s == POS for s in signs) or self.facts.sign(one - q * q) == POS:
            return True
        size = self.normal.absolute(q)  # |r e^(i x)| = |r|
        if self.facts.is_real(size) and self.facts.sign(one - size) == POS:
            return True
        return False if NEG in signs else None

    def _logarithmic(self, q: Ratio, c: Fraction) -> Ratio:
        """sum q^k/(k + c) by S(c + 1) = (S(c) - 1/c)/q from c = 1 or c = 1/2."""
        start = Fraction(1, c.denominator)
        if c.denominator == 1:
            value = -self.normal.logarithm(self.field.one - q) / q
        elif c.denominator == 2:
            value = self._arc(q)
        else:
            raise NoRule("sum", f"a power series with the pole {-c}")
        while start > c:
            start -= 1
            value = self.field.one / self.field.constant(start) + q * value
        while start < c:
            value = (value - self.field.one / self.field.constant(start)) / q
            start += 1
        return value

    def _arc(self, q: Ratio) -> Ratio:
        """sum q^k/(k + 1/2)."""
        two = self.field.constant(2)
        sign = self.facts.sign(q)
        if sign is not None and sign <= frozenset({-1, 0}):
            s = self.root(-q)
            if not self.facts.is_real(s):
                raise NoRule("take a real root of", str(q.term))
            return two * self.normal(fn("atan", s.term)) / s
        if sign is not None and sign <= NONNEG:
            s, one = self.normal.power(q, self.field.constant(Fraction(1, 2))), self.field.one
            return (self.normal.logarithm(one + s) - self.normal.logarithm(one - s)) / s
        raise NoRule("find the sign of", str(q.term))

    def root(self, q: Ratio) -> Ratio:
        """One r with r^2 = q."""
        content, factors = q.factors()
        half = self.field.constant(Fraction(1, 2))
        r = self.normal.power(self.field.constant(content), half)
        for factor, e in factors:
            r = r * (factor ** (e // 2) if e % 2 == 0 else self.normal.power(factor, half) ** e)
        return r

    # -- sums of rational functions --------------------------------------------------------------------------------

    def _rational(self, polynomial: Ratio, poles: list[tuple[Fraction, int, Ratio]]) -> Ratio:
        simple = self._total([a for _, m, a in poles if m == 1])
        if not polynomial.is_zero:
            degrees = coefficients(self.sums, polynomial, self.k)
            self._diverges(degrees[max(degrees)])
        if not simple.is_zero:
            self._diverges(simple)
        return self._total([-a * self.digamma(c) if m == 1 else a * self._hurwitz(c, m) for c, m, a in poles])

    def _diverges(self, lead: Ratio) -> None:
        sign = self.facts.sign(lead)
        if sign in (POS, NEG):
            raise Infinite(1 if sign == POS else -1)
        raise NoRule("sum", "a series that diverges")

    def _total(self, parts: list[Ratio]) -> Ratio:
        whole = self.field.zero
        for part in parts:
            whole = whole + part
        return self.field.reduce(whole)

    def digamma(self, c: Fraction) -> Ratio:
        """digamma(c), DLMF 5.4.14, 5.4.15 and the recurrence."""
        start = c - (c.numerator // c.denominator)
        start = start or Fraction(1)
        if start == 1:
            value = -self.normal(Term("const", (), "gamma"))
        elif start == Fraction(1, 2):
            value = -self.normal(Term("const", (), "gamma")) - self.field.constant(2) * self.normal(fn("log", number(2)))
        else:
            value = self.field.kernel(fn("digamma", number(start)))
        return self._shifted(start, c, value, lambda x: -1 / x)

    def _shifted(self, start: Fraction, c: Fraction, value: Ratio, term: Callable[[Fraction], Fraction]) -> Ratio:
        """S(c) from S(start), where S(x) = term(x) + S(x + 1)."""
        while start > c:
            start -= 1
            value = value + self.field.constant(term(start))
        while start < c:
            value = value - self.field.constant(term(start))
            start += 1
        return value

    def _hurwitz(self, c: Fraction, m: int) -> Ratio:
        """sum 1/(k + c)^m."""
        if c.denominator > 2:
            raise NoRule("sum", f"1/(k + {c})^{m}")
        scale = 1 if c.denominator == 1 else 2**m - 1
        start = Fraction(1, c.denominator)
        return self._shifted(start, c, self.zeta(m) * self.field.constant(scale), lambda x: 1 / x**m)

    def zeta(self, m: int) -> Ratio:
        """zeta(m) for m > 1: a multiple of pi^m for even m, else the sum itself."""
        if m % 2 == 0:
            share = abs(_bernoulli(m)) * Fraction(2 ** (m - 1), factorial(m))
            return self.field.constant(share) * self.normal(PI) ** m
        return self._formal(self.field.one / (self.here + self.field.one) ** m)

    def _alternating(self, c: Fraction, m: int) -> Ratio:
        """sum (-1)^k/(k + c)^m by S(c + 1) = 1/c^m - S(c)."""
        if c.denominator == 1:
            value = self.normal(fn("log", number(2))) if m == 1 else self.zeta(m) * self.field.constant(1 - Fraction(2, 2**m))
        elif c.denominator == 2 and m in BETA:
            share, power = BETA[m]
            value = self.field.constant(share * 2**m) * self.normal(PI) ** power
        else:
            raise NoRule("sum", f"(-1)^k/(k + {c})^{m}")
        start = Fraction(1, c.denominator)
        while start > c:
            start -= 1
            value = self.field.constant(1 / start**m) - value
        while start < c:
            value = self.field.constant(1 / start**m) - value
            start += 1
        return value

    # -- the exponential family --------------------------------------------------------------------------------------

    def _factorial(self, group: Group) -> Ratio:
        """sum R(k) q^k/(a k)!: with n = a k + N so large that R (a k + 1) ... (a k + N) is a polynomial."""
        a, r = group.a, group.q if group.a == 1 else self.root(group.q)
        rational, n_shift = group.rational, 0
        top = self.here * self.field.constant(a)
        while any(self.k in x.free for x in Ratio(self.field, rational.den, self.field.one_poly).kernels()):
            n_shift += 1
            if n_shift > SHIFT:
                raise NoRule("sum with", str(group.rational.term))
            rational = self.field.reduce(rational * (top + self.field.constant(n_shift)))
        if n_shift:
            self.nonzero(group.q)
        in_n = self.at(rational, (self.here - self.field.constant(n_shift)) / self.field.constant(a))
        weights = self.falling(in_n)
        whole = self._exponential(weights, r)
        if a == 2:
            other = self._exponential(weights, -r)
            whole = (whole + other if n_shift % 2 == 0 else whole - other) / self.field.constant(2)
        for n in range(n_shift - a, -1, -a):  # the terms before k = 0
            whole = whole - self.at(in_n, self.field.constant(n)) * r**n / self.field.constant(factorial(n))
        return self.field.reduce(whole / r**n_shift)

    def _exponential(self, weights: list[Ratio], r: Ratio) -> Ratio:
        """sum p(n) r^n/n! for p given by falling powers."""
        return self._total([c * r**j for j, c in enumerate(weights)]) * self.normal.exponential(r)


def _bernoulli(n: int) -> Fraction:
    numbers = [Fraction(1)]
    for m in range(1, n + 1):
        numbers.append(-sum((comb(m + 1, j) * numbers[j] for j in range(m)), Fraction(0)) / (m + 1))
    return numbers[n]


__all__ = ["infinite_sum"]
