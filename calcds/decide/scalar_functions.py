"""Named functions in normal form: one method `_fn_NAME` for each that has rules of its own.

    rule                                              holds where                                 used for
    atan(tan u) = u, asin(sin u) = u                  -pi/2 <= u <= pi/2                          inverse functions
    asin(cos u) = pi/2 - u                            0 <= u <= pi                                inverse functions
    atan v, asin v = k pi/12                          tan, sin of k pi/12 is v, |k| <= 5, 6       special values
    atan2(y, x) = atan(y/x), + pi or - pi             x > 0; x < 0 and y >= 0; x < 0 and y < 0    angles
    cos, sin, tan, cosh, ... by exp                   everywhere both sides are defined           trigonometry
    gamma(u + 1) = u gamma(u)                         everywhere both sides are defined           factorials

A function without a method is written by its definition in `calcds.expr.functions`; without one it is a kernel.

Imports: calcds.expr, calcds.decide.field, .facts, .powers.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.decide.facts import NONNEG, NONPOS, POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.powers import PI, Powers
from calcds.errors import Undefined
from calcds.expr.functions import TABLE, fn
from calcds.expr.term import ONE, Term, number


class Functions(Powers):
    """The functions of the table in `calcds.expr.functions`, as ratios."""

    def _function(self, t: Term) -> Ratio:
        name = t.data
        row = TABLE[name]
        if self.closed and (name in ("sin", "cos") or (row.definition is not None and not row.kinks)):
            return self._opaque(t)
        special = getattr(self, f"_fn_{name}", None)
        if special is not None:
            found: Ratio = special(t)
            return found
        if row.definition is not None:
            return self(row.definition(*t.args))
        return self._opaque(t)

    def _opaque(self, t: Term) -> Ratio:
        """A kernel over arguments in normal form."""
        return self.field.kernel(Term(t.head, tuple(self(a).term for a in t.args), t.data))

    def _odd(self, t: Term) -> Ratio:
        """A kernel of an odd function: the sign of the argument goes in front."""
        u = self(t.args[0])
        if u.is_zero:
            return u
        if u.num.leading_coefficient() < 0:
            return -self.field.kernel(fn(t.data, (-u).term))
        return self.field.kernel(fn(t.data, u.term))

    _fn_erf = _odd

    def _fn_atan(self, t: Term) -> Ratio:
        return self._inverse(t, "tan")

    def _fn_asin(self, t: Term) -> Ratio:
        inner = t.args[0]
        if inner.head == "fn" and inner.data == "cos":
            u, pi = self(inner.args[0]), self(PI)
            if self._at_least_zero(u) and self._at_least_zero(pi - u):
                return pi / self.field.constant(2) - u
        return self._inverse(t, "sin")

    def _inverse(self, t: Term, name: str) -> Ratio:
        """atan or asin: the angle itself where it is known to be one of the principal branch, known values, odd."""
        inner = t.args[0]
        if inner.head == "fn" and inner.data == name:
            u, quarter = self(inner.args[0]), self(PI) / self.field.constant(2)
            if self._at_least_zero(quarter - u) and self._at_least_zero(quarter + u):
                return u
        value = self(inner)
        if not any(k.free for k in value.kernels()) and (known := self._known_angle(value, name)) is not None:
            return known
        return self._odd(t)

    def _at_least_zero(self, u: Ratio) -> bool:
        sign = self.facts.sign(u)
        return sign is not None and sign <= NONNEG

    def _known_angle(self, value: Ratio, name: str) -> Ratio | None:
        """k pi/12 with |k| <= 6 and tan or sin of it the value, by exact arithmetic."""
        pi = self(PI)
        for k in range(-5 if name == "tan" else -6, 6 if name == "tan" else 7):
            angle = self.field.constant(Fraction(k, 12)) * pi
            try:
                if self.field.reduce(self(fn(name, angle.term)) - value).is_zero:
                    return angle
            except Undefined:
                continue
        return None

    def _fn_atan2(self, t: Term) -> Ratio:
        """The angle of (x, y): atan(y/x) for x > 0, moved by pi for x < 0; undefined at the origin."""
        y, x = (self(a) for a in t.args)
        pi, sign = self(PI), self.sign_of(x)
        if sign > 0:
            return self(fn("atan", (y / x).term))
        half_turns = self.field.constant(self.sign_of(y))
        if sign == 0:
            if y.is_zero:
                raise Undefined("the angle of the origin")
            return half_turns * pi / self.field.constant(2)
        return self(fn("atan", (y / x).term)) + (pi if half_turns.is_zero else half_turns * pi)

    def _fn_exp(self, t: Term) -> Ratio:
        return self.exponential(self(t.args[0]))

    def _fn_log(self, t: Term) -> Ratio:
        return self.logarithm(self(t.args[0]))

    def _circle(self, t: Term) -> tuple[Ratio, Ratio]:
        turn = self.exponential(self.i * self(t.args[0]))
        return turn, self.field.one / turn

    def _fn_sin(self, t: Term) -> Ratio:
        if (ready := self._whole_turns(t)) is not None:
            return ready
        turn, back = self._circle(t)
        return (turn - back) / (self.field.constant(2) * self.i)

    def _fn_cos(self, t: Term) -> Ratio:
        if (ready := self._whole_turns(t)) is not None:
            return ready
        turn, back = self._circle(t)
        return (turn + back) / self.field.constant(2)

    def _whole_turns(self, t: Term) -> Ratio | None:
        """sin(n pi) = 0 and cos(2 n pi) = 1 for integers n."""
        u = self(t.args[0]) / self(PI)
        if u.value is None and self.facts.is_integer(u):
            if t.data == "sin":
                return self.field.zero
            return self.power(self.field.constant(-1), u) if not self._even(u) else self.field.one
        return None

    def _fn_abs(self, t: Term) -> Ratio:
        u = self(t.args[0])
        if self.facts.sign(u) is None and not u.is_zero and self.facts.of_kernel(t.args[0]) is not None:
            # real as written (sin x), though its exponentials are not
            return self.field.kernel(fn("abs", u.term), (2, self.field.reduce(u * u)))
        return self.absolute(u)

    def _fn_sign(self, t: Term) -> Ratio:
        u = self(t.args[0])
        if not self.splitting:
            sign = self.facts.sign(u)
            if sign is None or len(sign) != 1:
                return self._odd_of(u)
        return self.field.constant(self.sign_of(u))

    def _odd_of(self, u: Ratio) -> Ratio:
        if u.is_zero:
            return u
        content, factors = u.factors()
        result = self.field.one if content > 0 else -self.field.one
        for factor, e in factors:
            sign = self.facts.sign(factor)
            if sign is not None and len(sign) == 1:
                result = result * self.field.constant(next(iter(sign)) ** abs(e))
            else:  # for real numbers sign(1/u) = sign(u); for others it is 1/sign(u)
                result = result * self.field.kernel(fn("sign", factor.term)) ** (e if sign is None else abs(e))
        return result

    def _fn_heaviside(self, t: Term) -> Ratio:
        if not self.splitting:
            return (self._odd_of(self(t.args[0])) + self.field.one) / self.field.constant(2)
        return self.field.constant(Fraction(1 + self.sign_of(self(t.args[0])), 2))

    def _fn_max(self, t: Term) -> Ratio:
        return self._extreme(t, 1)

    def _fn_min(self, t: Term) -> Ratio:
        return self._extreme(t, -1)

    def _extreme(self, t: Term, direction: int) -> Ratio:
        best = self(t.args[0])
        for a in t.args[1:]:
            other = self(a)
            sign = self.facts.sign(other - best)
            if sign is not None and sign <= NONNEG:
                best = other if direction > 0 else best
            elif sign is not None and sign <= NONPOS:
                best = best if direction > 0 else other
            else:  # max(a, b) = (a + b + |a - b|)/2
                spread = self.absolute(other - best)
                both = best + other
                best = (both + spread if direction > 0 else both - spread) / self.field.constant(2)
        return best

    def _fn_floor(self, t: Term) -> Ratio:
        u = self(t.args[0])
        if u.value is not None:
            return self.field.constant(u.value.numerator // u.value.denominator)
        return u if self.facts.is_integer(u) else self._opaque(t)

    def _fn_ceil(self, t: Term) -> Ratio:
        return -self._fn_floor(fn("floor", Term("mul", (number(-1), t.args[0]))))

    def _fn_gamma(self, t: Term) -> Ratio:
        """gamma(u + k) = (u + k - 1) ... u gamma(u): the whole part of the argument goes in front."""
        u = self(t.args[0])
        value = u.value
        if value is not None and value.denominator == 1:
            if value <= 0:
                raise Undefined("gamma at a pole")
            if value > 200:
                raise TooBig("a factorial of this claim is too long to write out")
        if value is not None and value.denominator == 2 and abs(value) < 50:
            base, shift = self.field.constant(Fraction(1, 2)), int(value - Fraction(1, 2))
        else:
            shift = _whole_part(u)
            base = u - self.field.constant(shift)
            if base.is_zero:
                base, shift = self.field.one, shift - 1
        result = self.field.one
        for k in range(abs(shift)):
            above, below = base + self.field.constant(k), base - self.field.constant(k + 1)
            result = result * above if shift > 0 else result / below
        if base == self.field.one:
            return result
        if base.value == Fraction(1, 2):
            return result * self.power(self(PI), base)
        return result * self.field.kernel(fn("gamma", base.term))

    def _fn_digamma(self, t: Term) -> Ratio:
        u = self(t.args[0])
        shift = _whole_part(u) if u.value is None else 0
        base = u - self.field.constant(shift)
        result = self.field.kernel(fn("digamma", base.term))
        for k in range(abs(shift)):
            above, below = base + self.field.constant(k), base - self.field.constant(k + 1)
            result = result + (self.field.one / above if shift > 0 else -(self.field.one / below))
        return result

    def _fn_loggamma(self, t: Term) -> Ratio:
        u = self(t.args[0])
        if self.facts.sign(u) == POS:
            return self.logarithm(self(fn("gamma", t.args[0])))
        return self._opaque(t)

    def _fn_binomial(self, t: Term) -> Ratio:
        n, k = t.args
        value = self(k).value
        if value is not None and value.denominator == 1:
            if value < 0:
                return self.field.zero
            if value <= 60:  # n (n-1) ... (n-k+1) / k!
                result = self.field.one
                for j in range(int(value)):
                    result = result * (self(n) - self.field.constant(j)) / self.field.constant(j + 1)
                return result
        try:
            top, low, gap = (self(fn("gamma", a)) for a in (n + ONE, k + ONE, n - k + ONE))
        except Undefined:  # a pole of gamma, where the binomial coefficient itself may well exist
            return self._opaque(t)
        for argument, below in ((k, low), (n - k, gap)):  # 1/gamma is 0 at a pole
            sign = self.facts.sign(self(argument))
            if sign is None or not sign <= NONNEG:
                self.loose.update(u for u in below.kernels() if u.head == "fn")
        return top / (low * gap)

    def _fn_conj(self, t: Term) -> Ratio:
        u = self(t.args[0])
        return u if self.facts.is_real(u) else self._opaque(t)

    def _fn_re(self, t: Term) -> Ratio:
        u = self(t.args[0])
        return u if self.facts.is_real(u) else self._opaque(t)

    def _fn_im(self, t: Term) -> Ratio:
        u = self(t.args[0])
        return self.field.zero if self.facts.is_real(u) else self._opaque(t)

    def _fn_relu(self, t: Term) -> Ratio:
        u = self(t.args[0])
        return (u + self.absolute(u)) / self.field.constant(2)


def _whole_part(u: Ratio) -> int:
    """The integer constant among the terms of a ratio, which gamma's recurrence may take out."""
    value = sum((c * v for c, m in u.monomials() if (v := m.value) is not None), Fraction(0))
    whole = value.numerator // value.denominator
    return whole if abs(whole) <= 40 else 0
