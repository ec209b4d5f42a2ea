"""Definite integrals: cut where the integrand has a kink, each piece by a checked antiderivative, the rest formally.

1. Kinks. abs, sign, max, case distinctions switch where some u(x) changes its sign. The interval is cut at the zeros
   of u (linear factors of u; sin and cos of linear arguments), and on each piece the switch is thrown.
2. Named integrals (`named_integrals`), each with its condition.
3. An antiderivative F, proposed by `antiderivatives` and used only if F' - f reduces to 0, F is continuous on the
   interval, and every divisor of F that does not depend on x is nonzero. The integral is F(b) - F(a), or the
   difference of the limits of F from inside (fundamental theorem; improper integrals are those limits).
4. What is left, if f is continuous on the closed interval and falls faster than |x|^(-3/2) at infinite ends, is written
   K(b) - K(a) with one formal antiderivative K for each monomial: points a, b are linked if f is integrable between
   them; K is an antiderivative with K(0) = 0 on the points linked to 0, and any other elsewhere. K of f(-x) at -b is
   -K of f at b. So orientation, additivity, linearity and symmetry hold by arithmetic.
5. An integral that is not known to exist is equal to nothing but itself.

A condition that the hypotheses leave open is asked for as a case distinction.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.decide.antiderivatives import proposals
from calcds.decide.asking import NeedCase
from calcds.decide.bound import BOUND, depth
from calcds.decide.continuity import (
    is_continuous,
    is_continuous_ratio,
    is_infinite,
    is_nonzero,
    rests_on_known_divisors,
)
from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.limits import Infinite
from calcds.decide.named_integrals import named_integral
from calcds.decide.switches import Cut, first_switch, sign_between, thrown
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import Real
from calcds.expr.term import ONE, ZERO, Term, number, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

PIECES = 24  # an interval is cut into at most so many
TRIED = 6  # proposals for one antiderivative
OO = Term("const", (), "oo")


def integral(sums: Sums, t: Term) -> Ratio:
    """The normal form of an integral node. Raises Infinite where it is known to diverge to oo or -oo."""
    body, x, low, high = t.args
    here = Real.symbol(sums.entries.index("x").data[0])  # its own name: the facts stated of it are this interval's
    work = _Integral(sums, here)
    before, sums.normal.splitting = sums.normal.splitting, False
    work.may_ask = before
    try:
        return work.over(substitute(body, {x: here}), work.end(low), work.end(high))
    except Infinite:
        if work.whole:
            raise
        raise NoRule("add up infinite pieces of", str(t)) from None
    finally:
        sums.normal.splitting = before


@dataclass(frozen=True)
class End:
    """An end of an interval: a value, or infinite (sign 1 or -1)."""

    term: Term
    value: Ratio | None = None
    sign: int = 0


class _Integral:
    """The work on one integral; x is a name of its own."""

    def __init__(self, sums: Sums, x: Term) -> None:
        self.sums, self.x = sums, x
        self.normal, self.field, self.facts = sums.normal, sums.field, sums.facts
        self.may_ask = False
        self.pieces = 0
        self.whole = True  # no pieces, no change of direction: an infinite value is that of the integral

    def end(self, t: Term) -> End:
        """An end as it stands in the term."""
        if sign := is_infinite(t):
            return End(OO if sign > 0 else -OO, None, sign)
        value = self.normal(t)
        if not self.facts.is_real(value):
            raise NoRule("integrate along a path to", str(t))
        return End(value.term, value)

    def order(self, a: End, b: End) -> frozenset[int]:
        """The possible signs of b - a."""
        if a.sign or b.sign:
            return frozenset({(b.sign > a.sign) - (b.sign < a.sign)})
        assert a.value is not None
        assert b.value is not None
        return self.facts.sign(b.value - a.value) or frozenset({-1, 0, 1})

    def ask(self, u: Ratio) -> int:
        """The sign of u, by a case distinction where that is allowed."""
        before, self.normal.splitting = self.normal.splitting, self.may_ask
        try:
            return self.normal.sign_of(u) if not u.is_zero else 0
        finally:
            self.normal.splitting = before

    @contextmanager
    def between(self, a: End, b: End, *, closed: bool = False) -> Iterator[None]:
        """Facts about x between the two ends, as far as their order is known; closed: the ends themselves too."""
        self._forget_normal_forms()
        kept = len(self.facts.known)
        here, order = self.field.kernel(self.x), self.order(a, b)
        if order <= NONPOS:
            a, b, order = b, a, frozenset(-s for s in order)
        if order <= NONNEG:
            for end, direction in ((a, 1), (b, -1)):
                if end.value is not None:
                    strict = not closed and order == POS and not any(k.free for k in end.value.kernels())
                    gap = (here - end.value) if direction > 0 else (end.value - here)
                    self.facts.state(gap, POS if strict else NONNEG)
        else:
            signs = [self.facts.sign(e.value) if e.value is not None else None for e in (a, b)]
            for common in (POS, NEG, NONNEG, NONPOS):
                if all(s is not None and s <= common for s in signs):
                    self.facts.state(here, common)
                    break
        try:
            yield
        finally:
            self.facts.forget(kept)
            self._forget_normal_forms()

    def _forget_normal_forms(self) -> None:
        """Normal forms in x hold under the facts about x they were found with, and under no others."""
        for t in [t for t in self.normal.memo if self.x in t.free]:
            del self.normal.memo[t]

    # -- pieces ------------------------------------------------------------------------------------------------

    def over(self, body: Term, a: End, b: End) -> Ratio:
        """The integral of a body from a to b."""
        if self.order(a, b) == NIL:
            return self.field.zero
        switch = first_switch(body, self.x)
        if switch is None:
            return self.smooth(body, a, b)
        order = self.order(a, b)
        if len(order) > 1:
            assert a.value is not None
            assert b.value is not None
            order = frozenset({self.ask(b.value - a.value)})
        if order == NIL:
            return self.field.zero
        if order == NEG:
            self.whole = False
            return -self.over(body, b, a)
        try:
            with self.between(a, b):
                sign = sign_between(self, switch, a, b)
        except Cut as cut:
            self.pieces, self.whole = self.pieces + 1, False
            if self.pieces > PIECES:
                raise NoRule("cut into so many pieces", str(body)) from None
            middle = End(cut.place.term, cut.place)
            return self.over(body, a, middle) + self.over(body, middle, b)
        return self.over(thrown(body, switch, sign), a, b)

    def smooth(self, body: Term, a: End, b: End) -> Ratio:
        """The integral of a body without kinks: as a whole if that works, else by its monomials."""
        with self.between(a, b):
            try:
                f = self.field.reduce(self.normal(body))
            except Infinite:
                raise NoRule("integrate an infinite", str(body)) from None
        if f.is_zero:
            return f
        if (whole := self.known(body, f, a, b)) is not None:
            return whole
        if not self.exists(f, a, b):
            return self._opaque(f, a, b)
        if a.sign < 0 < b.sign and (folded := self._folded(f)) is not None:
            return folded
        return self.formal(f, b) - self.formal(f, a)

    def exists(self, f: Ratio, a: End, b: End) -> bool:
        """Whether f is continuous from end to end, whatever undefined functions are, and |x|^(3/2) f -> 0 at infinity."""
        with self.between(a, b, closed=True):
            below = Ratio(self.field, f.den, self.field.one_poly)
            known = [k for k in f.kernels() if k.head != "apply"]
            if not is_nonzero(self.sums, below, ask=False) and any(self.x in k.free for k in below.kernels()):
                return False
            if not all(is_continuous_ratio(self.sums, self.field.kernel(k), self.x) for k in known):
                return False
        return all(self._decays(f, end) for end in (a, b) if end.sign)

    def _decays(self, f: Ratio, end: End) -> bool:
        weight = Term("pow", (fn("abs", self.x), number(Fraction(3, 2))))
        try:
            return self.normal(Term("limit", (f.term * weight, self.x, end.term), "-")).is_zero
        except (NoRule, Undefined, TooBig):
            return False

    def _opaque(self, f: Ratio, a: End, b: End) -> Ratio:
        """An integral that is not known to exist: equal only to itself."""
        whole = self._kernel(f, b)
        ((_, kernel),) = whole.monomials()
        body, bound = next(kernel.kernels()).args[:2]
        return self.field.kernel(Term("integral", (body, bound, a.term, b.term)))

    def _folded(self, f: Ratio) -> Ratio | None:
        """From -oo to oo: f(x) + f(-x) from 0 to oo."""
        both = self.field.reduce(f + self.mirrored(f))
        return both if both.is_zero else self.known(both.term, both, End(ZERO, self.field.zero), End(OO, None, 1))

    def mirrored(self, f: Ratio) -> Ratio:
        """f(-x)."""
        return self.field.reduce(self.normal(substitute(f.term, {self.x: -self.x})))

    def known(self, body: Term, f: Ratio, a: End, b: End) -> Ratio | None:
        """The value by the table or by a checked antiderivative."""
        if (named := named_integral(self, f, a, b)) is not None:
            return named
        seen: list[Ratio] = []
        with self.between(a, b):
            for proposal in proposals(self.sums, body, f, self.x):
                try:
                    whole = self.normal(proposal)
                    if whole in seen:
                        continue
                    seen.append(whole)
                    if self.is_antiderivative(proposal, whole, f, a, b):
                        return self.difference(proposal, a, b)
                except Infinite:
                    raise
                except (NoRule, Undefined, TooBig):
                    pass
                if len(seen) >= TRIED:
                    break
        return None

    def is_antiderivative(self, proposal: Term, whole: Ratio, f: Ratio, a: End, b: End) -> bool:
        """Whether F' = f, F is continuous between the ends, and F is defined for all values of the parameters."""
        slope = self.normal(self.sums.entries.derive(proposal, self.x))
        if not self.field.reduce(slope - f).is_zero:
            return False
        if not rests_on_known_divisors(self.sums, whole, f, self.x, ask=self.may_ask):
            return False
        if is_continuous_ratio(self.sums, whole, self.x) or is_continuous(self.sums, proposal, self.x):
            return True
        if self.may_ask and a.value is not None and b.value is not None and len(self.order(a, b)) > 1:
            raise NeedCase(b.value - a.value)
        return False

    def difference(self, f: Term, a: End, b: End) -> Ratio:
        """F(b) - F(a), an infinite value only on one side."""
        values: list[Ratio | Infinite] = []
        for end, side in ((b, "-"), (a, "+")):
            try:
                values.append(self._value_at(f, end, side, a, b))
            except Infinite as found:
                values.append(found)
        upper, lower = values
        if isinstance(upper, Infinite):
            if isinstance(lower, Infinite):
                raise NoRule("integrate", "a function whose integral diverges at both ends")
            raise upper
        if isinstance(lower, Infinite):
            raise Infinite(-lower.sign)
        return upper - lower

    def _value_at(self, f: Term, end: End, side: str, a: End, b: End) -> Ratio:
        if end.value is not None:
            try:
                return self.normal(substitute(f, {self.x: end.term}))
            except Undefined:
                order = self.order(a, b)
                if order == NEG:
                    side = "+" if side == "-" else "-"
                elif order != POS:
                    raise NoRule("evaluate at an end of the interval", str(f)) from None
        return self.normal(Term("limit", (f, self.x, end.term), side))

    # -- formal antiderivatives --------------------------------------------------------------------------------

    def formal(self, f: Ratio, end: End) -> Ratio:
        """The formal antiderivatives of the monomials of f, at one end."""
        if end.sign < 0 or (end.value is not None and not end.value.is_zero and end.value.num.leading_coefficient() < 0):
            other = End(OO, None, 1) if end.sign else End((-end.value).term, -end.value)  # type: ignore[operator]
            return -self.formal(self.mirrored(f), other)
        whole = self.field.zero
        if end.value is not None and end.value.is_zero:
            return whole
        several = len(f.num) > 1
        for c, monomial in f.monomials():
            outside, inside = self._without_constants(monomial)
            value = None
            if several and (end.value is not None or inside.term is not ONE):
                try:
                    value = self.known(inside.term, inside, End(ZERO, self.field.zero), end)
                except (NoRule, NeedCase):
                    value = None
            whole = whole + self.field.constant(c) * outside * (value if value is not None else self._kernel(inside, end))
        return whole

    def _without_constants(self, monomial: Ratio) -> tuple[Ratio, Ratio]:
        """A monomial as (what does not depend on x, the rest)."""
        content, factors = monomial.factors()
        outside, inside = self.field.constant(content), self.field.one
        for factor, e in factors:
            if any(self.x in k.free for k in factor.kernels()):
                inside = inside * factor**e
            else:
                outside = outside * factor**e
        return outside, inside

    def _kernel(self, inside: Ratio, end: End) -> Ratio:
        bound = Real.symbol(f"{BOUND}t{1 + max((depth(k) for k in inside.kernels()), default=0)}")
        body = self.normal(substitute(inside.term, {self.x: bound})).term
        return self.field.kernel(Term("integral", (body, bound, ZERO, end.term)))


__all__ = ["End", "integral"]
