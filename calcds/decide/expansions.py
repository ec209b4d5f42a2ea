"""Expansions of normal forms in powers of t as t -> 0 from the right, with logarithms and exponentials.

    sums, products, quotients     of expansions; the leading coefficient of a divisor must be provably nonzero
    exp(c log t + c0 + v)         = t^c e^c0 (1 + v + v^2/2 + ...),  v -> 0
    exp(c t^-p + ...), c != 0     outgrows (or falls below) every power: the term with its highest power decides
    log(c t^e (1 + v))            = log c + e log t + v - v^2/2 + ..., c > 0
    (c t^e (1 + v))^q             = c^q t^(q e) (1 + q v + ...), c > 0
    asin(1 - v), v > 0            = pi/2 - 2 asin(sqrt(v/2))
    gamma(n + v), n whole         by gamma(1 + v) = 1 - gamma v + (gamma^2/2 + pi^2/12) v^2 - ... and the recurrence
    digamma(u), u -> oo           = log u - 1/(2 u) - 1/(12 u^2) + ...
    f(u0 + v)                     = f(u0) + f'(u0) v + f''(u0) v^2/2 + ..., f analytic at u0, or undefined and smooth
    atan u, u -> oo               = pi/2 - atan(1/u), and likewise for -oo; erf(u) -> 1

Coefficients are normal forms in the other variables; log t is a kernel of its own. Whatever is not covered is refused, and
so are expansions whose leading coefficient might vanish.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq

from calcds.decide.asking import NeedCase
from calcds.decide.continuity import imaginary_parts, is_nonzero
from calcds.decide.facts import NEG, NIL, NONZERO, POS, times
from calcds.decide.field import Ratio
from calcds.decide.growth import BERNOULLI, Cancelled, Growth, Series
from calcds.decide.powers import E_BASE, IMAGINARY
from calcds.errors import NoRule
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import Real
from calcds.expr.term import ZERO, Term, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

LOG = "log "
TAYLOR = 12
POLES = 12  # gamma is expanded around whole numbers below this


ENTIRE = frozenset({"exp", "sin", "cos", "sinh", "cosh", "erf"})  # analytic everywhere
REAL_ANALYTIC = frozenset({"atan", "asinh", "tanh", "sech", "sigmoid", "softplus"})  # analytic at all real arguments


class Infinite(NoRule):
    """The limit is infinite; `sign` says which way."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        super().__init__("write as a number the limit", "oo" if sign > 0 else "-oo")


class Expansion:
    """Expansions of normal forms, `order` powers beyond the leading one."""

    def __init__(self, sums: Sums, order: int, near: Term) -> None:
        self.near, self.log_near = near, Real.symbol(LOG + near.data[0])
        self.sums, self.normal, self.field, self.facts = sums, sums.normal, sums.field, sums.facts
        self.order = Fraction(order)
        self.memo: dict[Term, Series] = {}
        self.growth = Growth(self)

    # -- the limit ---------------------------------------------------------------------------------------------

    def limit(self, f: Ratio) -> Ratio:
        """The limit of a normal form as t -> 0."""
        if f.is_zero:
            return f
        above, below = self.growth.lead(f.num), self.growth.lead(f.den)
        if below.vanished:
            raise Cancelled
        if below.coefficient is None:
            raise NoRule("find the limit of", str(f.term))
        self._nonzero(below.coefficient)
        fast = self.growth.difference(above.fast, below.fast)
        growth = self.growth.growth(fast)
        if growth < 0:  # beats every power and logarithm
            return self.field.zero
        power = self.field.reduce(above.power - below.power)
        sign = self.facts.sign(power) if not power.is_zero else NIL
        if growth == 0 and sign == POS:
            return self.field.zero
        if above.vanished:
            raise Cancelled
        if above.coefficient is None or (fast and (growth == 0 or not self._all_real(fast))):
            raise NoRule("find the limit of", f"the oscillating {f.term}")
        c = self.field.reduce(above.coefficient / below.coefficient)
        if growth > 0 or sign == NEG:
            self._infinite(c)
        if sign != NIL:
            if sign is not None and self.normal.splitting:
                raise NeedCase(power)
            raise NoRule("find the sign of", str(power.term))
        return self._at_power_zero(c)

    def _all_real(self, fast: dict[Fraction, Ratio]) -> bool:
        return all((parts := imaginary_parts(self.sums, c)) is not None and parts[1].is_zero for c in fast.values())

    def _infinite(self, c: Ratio) -> None:
        """The limit of c times something that grows to oo."""
        sign = self.sign_with_log(c)
        if sign in (POS, NEG):
            raise Infinite(1 if sign == POS else -1)
        if sign is not None and sign != NIL and self.normal.splitting and not any(self.log_near in k.free for k in c.kernels()):
            raise NeedCase(c)
        raise NoRule("find the sign of", str(c.term))

    def _at_power_zero(self, c: Ratio) -> Ratio:
        """The limit of c, a quotient of polynomials in log t."""
        if any(self.near in k.free or (self.log_near in k.free and k is not self.log_near) for k in c.kernels()):
            raise NoRule("find the limit of", str(c.term))
        index = self.field.numbers.get(self.log_near)
        if index is None:
            return c
        above, below = int(c.num.degrees()[index]), int(c.den.degrees()[index])
        if above < below:
            return self.field.zero
        if above > below:
            self._infinite(c)
        if above:
            num, den = self._leading_log(c)
            return num / self._nonzero(den)
        return c

    def _leading_log(self, c: Ratio) -> tuple[Ratio, Ratio]:
        """The coefficients of the highest power of log t above and below."""
        index = self.field.numbers[self.log_near]
        leads = []
        for poly in (c.num, c.den):
            degree = poly.degrees()[index]
            lead = {(*e[:index], 0, *e[index + 1 :]): v for e, v in poly.to_dict().items() if e[index] == degree}
            leads.append(Ratio(self.field, self.field.context.from_dict(lead), self.field.one_poly))
        return leads[0], leads[1]

    def sign_with_log(self, c: Ratio) -> frozenset[int] | None:
        """The sign of a quotient of polynomials in log t as log t -> -oo: that of its leading terms."""
        index = self.field.numbers.get(self.log_near)
        if index is None:
            return self.facts.sign(c)
        num, den = self._leading_log(c)
        sign = times(self.facts.sign(num), self.facts.sign(den))
        odd = (c.num.degrees()[index] - c.den.degrees()[index]) % 2
        return frozenset(-s for s in sign) if odd and sign is not None else sign

    def exponent(self, kernel: Term) -> Series:
        """The exponent of a power of e, or that of any power written as one."""
        base, power = kernel.args
        exponent = self.term(power)
        return exponent if base is E_BASE else self.times(exponent, self.log_of(base))

    def log_of(self, t: Term) -> Series:
        """log(e^S t^p R) = S + p log t + log R."""
        fast, slope, rest = self.growth.as_series(self.normal(t))
        if fast and not self._all_real(fast):
            raise NoRule("take the logarithm of", str(t))
        found = self.plus(Series(fast, self.order), self.log(rest))
        return found if slope.is_zero else self.plus(found, self.constant(slope * self.field.kernel(self.log_near)))

    # -- expansions --------------------------------------------------------------------------------------------

    def ratio(self, f: Ratio) -> Series:
        """The expansion of a normal form; what is smaller than every power is dropped."""
        if f.is_zero:
            return Series({}, self.order)
        fast, slope, rest = self.growth.as_series(f)
        growth = self.growth.growth(fast)
        if growth < 0:
            return Series({}, self.order)
        if growth > 0 or fast or not slope.is_zero:
            raise NoRule("expand", str(f.term))
        return rest

    def poly(self, poly: Any) -> Series:
        """The expansion of a polynomial in kernels."""
        whole = self.constant(self.field.zero)
        for exponents, c in poly.to_dict().items():
            product = self.constant(self.field.constant(Fraction(int(c.p), int(c.q))))
            fixed = list(exponents)
            for index, e in enumerate(exponents):
                if e and self.near in self.field.kernels[index].free:
                    product = self.times(product, self.integer_power(self.term(self.field.kernels[index]), int(e)))
                    fixed[index] = 0
            monomial = Ratio(self.field, self.field.context.from_dict({tuple(fixed): fmpq(1)}), self.field.one_poly)
            whole = self.plus(whole, self.scaled(product, monomial))
        return whole

    def term(self, t: Term) -> Series:
        """The expansion of a kernel or of an argument of one."""
        if t not in self.memo:
            self.memo[t] = self._term(t)
        return self.memo[t]

    def _term(self, t: Term) -> Series:
        if self.near not in t.free:
            return self.constant(self.normal(t))
        if t is self.near:
            return Series({Fraction(1): self.field.one}, 1 + self.order)
        match t.head:
            case "add" | "mul":
                return self.ratio(self.normal(t))
            case "pow":
                return self._power(*t.args)
            case "fn" if t.data == "log":
                return self.log_of(t.args[0])
            case "fn" if t.data == "asin":
                return self._arcsine(t)
            case "fn" if t.data == "gamma":
                return self._gamma(self.term(t.args[0]))
            case "fn" if t.data == "digamma":
                return self._digamma(self.term(t.args[0]))
            case "fn" if t.data == "abs":
                u = self.term(t.args[0])
                return u if self._sign_of(u) == 1 else self.scaled(u, self.field.constant(-1))
            case "fn" if t.data in ENTIRE or t.data in REAL_ANALYTIC:
                return self._taylor(t, lambda a: fn(t.data, a))
            case "fn" if (definition := TABLE[t.data].definition) is not None:
                return self.term(definition(*t.args))
            case "apply" if t.data.entrywise and t.data.body is not None:
                return self.term(self.sums.entries.opened(t.data, t.args))
            case "apply" if t.data.entrywise and t.data.arity == 1:
                return self._taylor(t, lambda a: Term("apply", (a,), t.data))
            case "apply":
                return self._along(t)
            case "entry" if t.args[0].head in ("apply", "at"):
                return self._along(t)
        raise NoRule("expand", str(t))

    def _along(self, t: Term) -> Series:
        """An undefined function of several numbers or of a vector, as often as it can be differentiated along the way."""
        terms: dict[Fraction, Ratio] = {}
        slope, factorial, n = t, 1, 0
        while n < self.order:
            terms[Fraction(n)] = self.normal(substitute(slope, {self.near: ZERO})) / self.field.constant(factorial)
            n += 1
            factorial *= n
            try:
                slope = self.sums.entries.derive(slope, self.near)
            except NoRule:
                break
        return Series(terms, Fraction(n))

    def constant(self, c: Ratio) -> Series:
        """A constant."""
        return Series({Fraction(0): c}, self.order)

    def plus(self, a: Series, b: Series) -> Series:
        """The sum."""
        terms = dict(a.terms)
        for e, c in b.terms.items():
            terms[e] = self.field.reduce(terms[e] + c) if e in terms else c
        return Series(terms, min(a.end, b.end))

    def scaled(self, a: Series, c: Ratio) -> Series:
        """c times the expansion."""
        return Series({e: self.field.reduce(v * c) for e, v in a.terms.items()}, a.end)

    def times(self, a: Series, b: Series) -> Series:
        """The product."""
        low_a = min(a.terms, default=a.end)
        low_b = min(b.terms, default=b.end)
        end = min(a.end + low_b, b.end + low_a)
        terms: dict[Fraction, Ratio] = {}
        for ea, ca in a.terms.items():
            for eb, cb in b.terms.items():
                e = ea + eb
                if e < end:
                    terms[e] = terms[e] + ca * cb if e in terms else ca * cb
        return Series({e: self.field.reduce(c) for e, c in terms.items()}, end)

    def integer_power(self, a: Series, k: int) -> Series:
        """a^k for k = 1, 2, ..."""
        result = a
        for _ in range(k - 1):
            result = self.times(result, a)
        return result

    def _nonzero(self, c: Ratio) -> Ratio:
        """c, which is not 0; log t is not 0 for small t."""
        if c.value is None and not self._surely_nonzero(c):
            below = Ratio(self.field, c.num, self.field.one_poly)
            if any(self.log_near in k.free for k in c.kernels()) or not is_nonzero(self.sums, below, ask=self.normal.splitting):
                raise NoRule("be sure that it is not 0:", str(c.term))
        return c

    def _surely_nonzero(self, c: Ratio) -> bool:
        """A number times i, a power of e, ... that cannot vanish; a polynomial in log t is not 0 for small t."""
        for factor, _ in c.factors()[1]:
            kernels = list(factor.kernels())
            if self.log_near in kernels and all(k is self.log_near or self.log_near not in k.free for k in kernels):
                if not self._surely_nonzero(self._leading_log(factor)[0]):
                    return False
            elif len(factor.num) != 1:
                sign = self.facts.sign(factor)
                if (sign is None or not sign <= NONZERO) and not self._is_gaussian(factor):
                    return False
            elif kernels[0] is not IMAGINARY and kernels[0].args[:1] != (E_BASE,):
                sign = self.facts.of_kernel(kernels[0])
                if sign is None or not sign <= NONZERO:
                    return False
        return True

    def _is_gaussian(self, factor: Ratio) -> bool:
        """Whether this is a + b i with a and b real and not 0."""
        index = self.field.numbers.get(IMAGINARY)
        real = [self.facts.of_kernel(k) for k in factor.kernels() if k is not IMAGINARY]
        if index is None or any(s is None or not s <= NONZERO for s in real):
            return False
        return sorted(e[index] for e in factor.num.to_dict()) == [0, 1]

    def _split(self, a: Series) -> tuple[Fraction, Ratio, Series]:
        """a = c t^e (1 + v) with v -> 0."""
        e = a.start
        c = self._nonzero(a.terms[e])
        rest = {k - e: self.field.reduce(v / c) for k, v in a.terms.items() if k != e}
        return e, c, Series(rest, a.end - e)

    def inverse(self, a: Series) -> Series:
        """1/a, the leading coefficient of a being nonzero."""
        e, c, v = self._split(a)
        whole = self._compose(v, lambda n: Fraction((-1) ** n))
        shifted = {k - e: x for k, x in whole.terms.items()}
        return self.scaled(Series(shifted, whole.end - e), self.field.one / c)

    def _compose(self, v: Series, coefficient: object) -> Series:
        """sum of coefficient(n) v^n for v -> 0."""
        whole = Series({Fraction(0): self.field.one * self.field.constant(coefficient(0))}, v.end)  # type: ignore[operator]
        power = Series({Fraction(0): self.field.one}, v.end)
        step = min(v.terms, default=v.end)
        n = 0
        while v.terms and step * (n + 1) < v.end and n < TAYLOR * 2:
            n += 1
            power = self.times(power, v)
            whole = self.plus(whole, self.scaled(power, self.field.constant(coefficient(n))))  # type: ignore[operator]
        if v.terms and step * (n + 1) < v.end:  # not all powers that count
            return Series(whole.terms, min(whole.end, step * (n + 1)))
        return Series(whole.terms, min(whole.end, v.end))

    def log(self, a: Series) -> Series:
        """log a, the leading coefficient of a being positive."""
        e, c, v = self._split(a)
        if self.facts.sign(c) != POS:
            raise NoRule("take the logarithm of", str(c.term))
        tail = self._compose(v, lambda n: Fraction((-1) ** (n + 1), n) if n else Fraction(0))
        lead = self.normal.logarithm(c) + self.field.constant(e) * self.field.kernel(self.log_near)
        return self.plus(tail, Series({Fraction(0): lead}, tail.end))

    def _power(self, base: Term, exponent: Term) -> Series:
        if exponent.head == "num" and exponent.data.denominator == 1:
            one = self.term(base)
            k = int(exponent.data)
            return self.integer_power(one if k > 0 else self.inverse(one), abs(k))
        if self.near not in exponent.free and base is not E_BASE:
            q = self.normal(exponent)
            if q.value is None:
                return self.exponential(self.exponent(Term("pow", (base, exponent))))
            return self._root(self.term(base), q.value)
        return self.exponential(self.exponent(Term("pow", (base, exponent))))

    def exponential(self, a: Series) -> Series:
        """e^a for an exponent that stays finite up to a multiple of log t."""
        if a.end <= 0:
            raise Cancelled
        c0 = a.terms.get(Fraction(0), self.field.zero)
        if any(e < 0 for e in a.terms):
            raise NoRule("expand", "an exponential that outgrows every power")
        slope = self.field.zero
        if self.field.numbers.get(self.log_near) is not None:
            log_t = self.field.kernel(self.log_near)
            index = self.field.numbers[self.log_near]
            if c0.num.degrees()[index] > 1 or c0.den.degrees()[index]:
                raise NoRule("expand", "a power of a logarithm in an exponent")
            parts = {e: c for e, c in c0.num.to_dict().items() if e[index]}
            slope = Ratio(self.field, self.field.context.from_dict(parts), c0.den) / log_t if parts else slope
            c0 = c0 - slope * log_t
        if slope.value is None:
            raise NoRule("expand a power with exponent", str(slope.term))
        v = Series({e: c for e, c in a.terms.items() if e > 0}, a.end)
        factorial = 1
        coefficients = [Fraction(1)]
        for n in range(1, TAYLOR * 2 + 1):
            factorial *= n
            coefficients.append(Fraction(1, factorial))
        whole = self._compose(v, lambda n: coefficients[n])
        shifted = {e + slope.value: c for e, c in whole.terms.items()}
        return self.scaled(Series(shifted, whole.end + slope.value), self.normal.exponential(c0))

    def _sign_of(self, u: Series) -> int:
        c = u.terms[u.start]
        sign = self.facts.sign(c)
        if sign not in (POS, NEG):
            raise NoRule("find the sign of", str(c.term))
        return 1 if sign == POS else -1

    def _taylor(self, t: Term, build: Callable[[Term], Term]) -> Series:
        """f(u0 + v) by Taylor's formula with derivatives at u0."""
        if t.data in ("atan", "erf") and (flat := self._at_fast_infinity(t)) is not None:
            return flat
        u = self.term(t.args[0])
        if u.terms and u.start < 0:
            return self._at_infinity(t, u)
        u0 = u.terms.get(Fraction(0), self.field.zero)
        if any(self.log_near in k.free for k in u0.kernels()):
            raise NoRule("expand", str(t))
        if t.data not in ENTIRE and not self.facts.is_real(u0):
            raise NoRule("expand around a value that may not be real", str(t))
        v = Series({e: c for e, c in u.terms.items() if e > 0}, u.end)
        point = Real.symbol("u->0")
        derivative = build(point)
        step = min(v.terms, default=v.end)
        whole = Series({}, v.end)
        power = Series({Fraction(0): self.field.one}, v.end)
        factorial = 1
        n = 0
        while True:
            value = self.normal(substitute(derivative, {point: u0.term}))
            whole = self.plus(whole, self.scaled(power, value / self.field.constant(factorial)))
            n += 1
            if not v.terms or step * n >= v.end or n > TAYLOR:
                return Series(whole.terms, min(whole.end, step * n))
            # in normal form, so that no power of the point is left that the slope of a power has made negative
            derivative = self.normal(self.sums.entries.derive(derivative, point)).term
            power = self.times(power, v)
            factorial *= n

    def _at_fast_infinity(self, t: Term) -> Series | None:
        """atan and erf of what grows faster than every power: +-pi/2, +-1 up to what is smaller than every power."""
        fast, _, rest = self.growth.as_series(self.normal(t.args[0]))
        if not fast or not self._all_real(fast) or self.growth.growth(fast) <= 0:
            return None
        sign = self.field.constant(self._sign_of(rest))
        half = self.normal(Term("const", (), "pi")) * self.field.constant(Fraction(1, 2))
        return self.constant(sign * half if t.data == "atan" else sign)

    def _at_infinity(self, t: Term, u: Series) -> Series:
        sign = self._sign_of(u)
        if t.data == "atan":
            half = self.normal(Term("const", (), "pi")) * self.field.constant(Fraction(sign, 2))
            inverse = self.inverse(u)
            tail = self._compose(inverse, lambda n: Fraction((-1) ** ((n - 1) // 2), n) if n % 2 else Fraction(0))
            return self.plus(Series({Fraction(0): half}, tail.end), self.scaled(tail, self.field.constant(-1)))
        if t.data == "erf":
            return self.constant(self.field.constant(sign))  # up to a term smaller than every power
        raise NoRule("expand at infinity", str(t))


    def _arcsine(self, t: Term) -> Series:
        """asin u at |u0| < 1 by Taylor's formula; asin(1 - v) = pi/2 - 2 asin(sqrt(v/2)) for small v > 0."""
        u = self.term(t.args[0])
        if u.terms and u.start < 0:
            raise NoRule("expand", str(t))
        u0, one = u.terms.get(Fraction(0), self.field.zero), self.field.one
        if self.facts.sign(self.field.reduce(one - u0 * u0)) == POS:
            return self._taylor(t, lambda a: fn("asin", a))
        side = next((s for s in (1, -1) if u0 == self.field.constant(s)), 0)
        v = self.plus(self.constant(one), self.scaled(u, self.field.constant(-side)))
        if not side or not v.terms or self._sign_of(v) != 1:
            raise NoRule("expand", str(t))
        root = self._root(self.scaled(v, self.field.constant(Fraction(1, 2))), Fraction(1, 2))
        dummy = Real.symbol("v->0")
        self.memo[dummy] = root
        half = self.normal(Term("const", (), "pi")) * self.field.constant(Fraction(side, 2))
        inner = self._taylor(fn("asin", dummy), lambda a: fn("asin", a))
        return self.plus(self.constant(half), self.scaled(inner, self.field.constant(-2 * side)))

    def _gamma(self, u: Series) -> Series:
        """gamma near a number: by its slope; near a pole -m from gamma(u) = gamma(u + m + 1)/(u (u + 1) ... (u + m))."""
        if u.terms and u.start < 0:
            raise NoRule("expand", "gamma at infinity")
        u0 = u.terms.get(Fraction(0), self.field.zero)
        v = Series({e: c for e, c in u.terms.items() if e > 0}, u.end)
        step = v.start
        n = u0.value
        if n is not None and n.denominator == 1 and n < POLES:
            gamma = self.normal(Term("const", (), "gamma"))
            pi = self.normal(Term("const", (), "pi"))
            second = gamma * gamma / self.field.constant(2) + pi * pi / self.field.constant(12)
            found = self.plus(self.constant(self.field.one), self.scaled(v, -gamma))
            found = self.plus(found, self.scaled(self.times(v, v), second))
            found = Series(found.terms, min(found.end, 3 * step))  # gamma(1 + v)
            for k in range(1, int(n)):
                found = self.times(found, self.plus(self.constant(self.field.constant(k)), v))
            for k in range(int(n), 1):
                found = self.times(found, self.inverse(self.plus(self.constant(self.field.constant(k)), v)))
            return found
        if self.facts.sign(u0) != POS or any(self.log_near in k.free for k in u0.kernels()):
            raise NoRule("expand", "gamma where it may have a pole")
        value, slope = (self.normal(fn(name, u0.term)) for name in ("gamma", "digamma"))
        found = self.plus(self.constant(value), self.scaled(v, value * slope))
        return Series(found.terms, min(found.end, 2 * step))

    def _digamma(self, u: Series) -> Series:
        """log u - 1/(2 u) - 1/(12 u^2) + ... for u -> oo, DLMF 5.11.2."""
        if not u.terms or u.start >= 0 or self._sign_of(u) != 1:
            raise NoRule("expand", "digamma at a number")
        inverse = self.inverse(u)
        found = self.plus(self.log(u), self.scaled(inverse, self.field.constant(Fraction(-1, 2))))
        square = self.times(inverse, inverse)
        power = square
        for k, b in enumerate(BERNOULLI, 1):
            found = self.plus(found, self.scaled(power, self.field.constant(-b / (2 * k))))
            power = self.times(power, square)
        return Series(found.terms, min(found.end, power.start))

    def _root(self, a: Series, p: Fraction) -> Series:
        """(c t^e (1 + v))^p for c > 0."""
        e, c, v = self._split(a)
        if self.facts.sign(c) != POS:
            raise NoRule("take a root of", str(c.term))
        whole = self._compose(v, lambda n: _binomial(p, n))
        shifted = {k + e * p: x for k, x in whole.terms.items()}
        return self.scaled(Series(shifted, whole.end + e * p), self.normal.power(c, self.field.constant(p)))


def _binomial(p: Fraction, n: int) -> Fraction:
    value = Fraction(1)
    for k in range(n):
        value = value * (p - k) / (k + 1)
    return value


__all__ = ["Expansion", "Infinite"]
