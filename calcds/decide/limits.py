"""Limits by expansion: a function near a point as a sum of powers of the distance, with logarithms and exponentials.

The point is moved to 0 from the right: x = a + t, x = a - t, or x = 1/t, -1/t at infinity, t > 0. Then

    sums, products, quotients     of expansions; the leading coefficient of a divisor must be provably nonzero
    exp(c log t + c0 + v)         = t^c e^c0 (1 + v + v^2/2 + ...),  v -> 0
    exp(c t^-p + ...), c != 0     outgrows (or falls below) every power: the term with its highest power decides
    log(c t^e (1 + v))            = log c + e log t + v - v^2/2 + ..., c > 0
    (c t^e (1 + v))^q             = c^q t^(q e) (1 + q v + ...), c > 0
    f(u0 + v)                     = f(u0) + f'(u0) v + f''(u0) v^2/2 + ..., f analytic at u0, or undefined and smooth
    atan u, u -> oo               = pi/2 - atan(1/u), and likewise for -oo; erf(u) -> 1

Coefficients are normal forms in the other variables; log t is a kernel of its own. A limit from both sides exists if
both sides agree. Whatever is not covered is refused, and so are expansions whose leading coefficient might vanish.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq

from calcds.decide.facts import NEG, NONZERO, POS
from calcds.decide.field import Ratio
from calcds.decide.scalar import E_BASE, IMAGINARY
from calcds.errors import NoRule
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import Positive, Real
from calcds.expr.term import ONE, ZERO, Term, number, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

T_NAME, LOG = "t->0", "log "
ORDERS = (3, 6, 12)  # how many powers beyond the leading one are kept; more only if they cancel
TAYLOR = 12


ENTIRE = frozenset({"exp", "sin", "cos", "sinh", "cosh", "erf"})  # analytic everywhere
REAL_ANALYTIC = frozenset({"atan", "asinh", "tanh", "sech", "sigmoid", "softplus"})  # analytic at all real arguments


class Cancelled(Exception):
    """All kept terms cancelled: expand further."""


class Infinite(NoRule):
    """The limit is infinite; `sign` says which way."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        super().__init__("write as a number the limit", "oo" if sign > 0 else "-oo")


def limit(sums: Sums, t: Term) -> Ratio:
    """The value of a limit node. Raises Infinite for an infinite limit, NoRule where it cannot tell."""
    body, x, point = t.args
    near = _distance(t)
    if point.head == "const" and point.data in ("oo", "-oo") or _minus_infinity(point):
        sides = [number(-1) if point.data == "-oo" or _minus_infinity(point) else ONE]
        moved = [substitute(body, {x: sign / near}) for sign in sides]
    else:
        sides = [number({"+": 1, "-": -1}[s]) for s in t.data]
        moved = [substitute(body, {x: point + sign * near}) for sign in sides]
    values = [_from_right(sums, b, near) for b in moved]
    if len(values) == 2 and not _same(sums, *values):  # noqa: PLR2004
        raise NoRule("find the same limit from both sides for", str(t))
    if isinstance(values[0], Infinite):
        raise values[0]
    return values[0]


def _same(sums: Sums, a: Ratio | Infinite, b: Ratio | Infinite) -> bool:
    if isinstance(a, Infinite) or isinstance(b, Infinite):
        return isinstance(a, Infinite) and isinstance(b, Infinite) and a.sign == b.sign
    return sums.field.reduce(a - b).is_zero


def _distance(t: Term) -> Term:
    """A positive variable that does not occur in the limit: limits inside limits have their own."""
    name = T_NAME
    while (found := Positive.symbol(name)) in t.free:
        name += "'"
    return found


def _minus_infinity(point: Term) -> bool:
    return point.head == "mul" and len(point.args) == 2 and point.args[0] is number(-1) and point.args[1].head == "const" \
        and point.args[1].data == "oo"  # fmt: skip


def _from_right(sums: Sums, body: Term, near: Term) -> Ratio | Infinite:
    try:
        f = sums.normal(body)
    except Infinite:
        raise NoRule("find the limit of", str(body)) from None  # a limit inside is infinite
    for order in ORDERS:
        try:
            return Expansion(sums, order, near).limit(f)
        except Cancelled:
            continue
        except Infinite as found:
            return found
    raise NoRule("expand far enough", str(body))


class Series:
    """A finite sum of coefficient * t^exponent, exact up to terms of order t^end and beyond."""

    __slots__ = ("terms", "end")

    def __init__(self, terms: dict[Fraction, Ratio], end: Fraction) -> None:
        self.terms = {e: c for e, c in terms.items() if e < end and not c.is_zero}
        self.end = end

    @property
    def start(self) -> Fraction:
        """The exponent of the leading term."""
        if not self.terms:
            raise Cancelled
        return min(self.terms)


class Expansion:
    """Expansions of normal forms, `order` powers beyond the leading one."""

    def __init__(self, sums: Sums, order: int, near: Term) -> None:
        self.near, self.log_near = near, Real.symbol(LOG + near.data[0])
        self.sums, self.normal, self.field, self.facts = sums, sums.normal, sums.field, sums.facts
        self.order = Fraction(order)
        self.memo: dict[Term, Series] = {}

    # -- the limit ---------------------------------------------------------------------------------------------

    def limit(self, f: Ratio) -> Ratio:
        """The limit of a normal form as t -> 0."""
        fast = next((k for k in f.kernels() if self._is_fast(k)), None)
        if fast is not None:
            return self._fast_limit(f, fast)
        series = self.ratio(f)
        if not series.terms and series.end > 0:
            return self.field.zero
        start = series.start
        if start > 0:
            return self.field.zero
        c = series.terms[start]
        free_of_log = all(self.log_near not in k.free for k in c.kernels())
        if start == 0 and free_of_log:
            if any(self.near in k.free for k in c.kernels()):
                raise NoRule("find the limit of", str(f.term))
            return self.field.reduce(c)
        sign = self.facts.sign(c) if free_of_log else self._sign_with_log(c)
        if sign in (POS, NEG):
            raise Infinite(1 if sign == POS else -1)
        raise NoRule("find the limit of", str(f.term))

    def _sign_with_log(self, c: Ratio) -> frozenset[int] | None:
        """The sign of a polynomial in log t as log t -> -oo: that of its leading term."""
        index = self.field.numbers.get(self.log_near)
        if index is None or not c.den.is_one():
            return None
        degree = c.num.degrees()[index]
        lead = {(*e[:index], 0, *e[index + 1 :]): v for e, v in c.num.to_dict().items() if e[index] == degree}
        sign = self.facts.sign(Ratio(self.field, self.field.context.from_dict(lead), self.field.one_poly))
        if sign is None or degree % 2 == 0:
            return sign
        return frozenset(-s for s in sign)

    def _is_fast(self, kernel: Term) -> bool:
        """exp of something that grows like a power of 1/t."""
        if kernel.head != "pow" or self.near not in kernel.free or kernel.args[1].head == "num":
            return False
        exponent = self._exponent(kernel)
        return bool(exponent.terms) and exponent.start < 0

    def _exponent(self, kernel: Term) -> Series:
        base, power = kernel.args
        exponent = self.term(power)
        return exponent if base is E_BASE else self._times(exponent, self._log(self.term(base)))

    def _fast_limit(self, f: Ratio, fast: Term) -> Ratio:
        growth, rest = self._leading_in(f, fast)
        if growth == 0:
            return self.limit(rest)
        series = self.ratio(rest)
        sign = self.facts.sign(series.terms[series.start])
        if growth < 0:  # beats every power and logarithm
            return self.field.zero
        if sign in (POS, NEG):
            raise Infinite(1 if sign == POS else -1)
        raise NoRule("find the limit of", str(f.term))

    def _leading_in(self, f: Ratio, fast: Term) -> tuple[int, Ratio]:
        """f ~ growth of the fast exponential (positive: it grows, negative: it vanishes) times the rest."""
        exponent = self._exponent(fast)
        lead = self.facts.sign(exponent.terms[exponent.start])
        if lead not in (POS, NEG) or sum(1 for k in f.kernels() if self._is_fast(k)) > 1:
            raise NoRule("compare the growth in", str(f.term))
        index = self.field.numbers[fast]
        best = max if lead == POS else min

        def leading(poly: Any) -> tuple[int, Ratio]:
            terms = poly.to_dict()
            degree = best(e[index] for e in terms)
            kept = {(*e[:index], 0, *e[index + 1 :]): c for e, c in terms.items() if e[index] == degree}
            return int(degree), Ratio(self.field, self.field.context.from_dict(kept), self.field.one_poly)

        (above, num), (below, den) = leading(f.num), leading(f.den)
        return (above - below) * (1 if lead == POS else -1), num / den

    def _log_of(self, t: Term) -> Series:
        """The logarithm, with the growth of a fast exponential taken out first: log(f) = d m + log(f e^(-d m))."""
        f = self.normal(t)
        fast = next((k for k in f.kernels() if self._is_fast(k)), None)
        if fast is None:
            return self._log(self.term(t))
        growth, rest = self._leading_in(f, fast)
        exponent = self._exponent(fast)
        sign = 1 if self.facts.sign(exponent.terms[exponent.start]) == POS else -1
        return self._plus(self._scaled(exponent, self.field.constant(sign * growth)), self._log(self.ratio(rest)))

    # -- expansions --------------------------------------------------------------------------------------------

    def ratio(self, f: Ratio) -> Series:
        """The expansion of a normal form; what is smaller than every power is dropped."""
        fast = next((k for k in f.kernels() if self._is_fast(k)), None)
        if fast is not None:
            growth, rest = self._leading_in(f, fast)
            if growth > 0:
                raise NoRule("expand", "an exponential that outgrows every power")
            return self.ratio(rest) if growth == 0 else Series({}, self.order)
        above = self._poly(f.num)
        return above if f.den.is_one() else self._times(above, self._inverse(self._poly(f.den)))

    def _poly(self, poly: Any) -> Series:
        whole = self._constant(self.field.zero)
        for exponents, c in poly.to_dict().items():
            product = self._constant(self.field.constant(Fraction(int(c.p), int(c.q))))
            fixed = list(exponents)
            for index, e in enumerate(exponents):
                if e and self.near in self.field.kernels[index].free:
                    product = self._times(product, self._integer_power(self.term(self.field.kernels[index]), int(e)))
                    fixed[index] = 0
            monomial = Ratio(self.field, self.field.context.from_dict({tuple(fixed): fmpq(1)}), self.field.one_poly)
            whole = self._plus(whole, self._scaled(product, monomial))
        return whole

    def term(self, t: Term) -> Series:
        """The expansion of a kernel or of an argument of one."""
        if t not in self.memo:
            self.memo[t] = self._term(t)
        return self.memo[t]

    def _term(self, t: Term) -> Series:
        if self.near not in t.free:
            return self._constant(self.normal(t))
        if t is self.near:
            return Series({Fraction(1): self.field.one}, 1 + self.order)
        match t.head:
            case "add" | "mul":
                return self.ratio(self.normal(t))
            case "pow":
                return self._power(*t.args)
            case "fn" if t.data == "log":
                return self._log_of(t.args[0])
            case "fn" if t.data == "abs":
                u = self.term(t.args[0])
                return u if self._sign_of(u) == 1 else self._scaled(u, self.field.constant(-1))
            case "fn" if t.data in ENTIRE or t.data in REAL_ANALYTIC:
                return self._taylor(t, lambda a: fn(t.data, a))
            case "fn" if TABLE[t.data].definition is not None:
                return self.term(TABLE[t.data].definition(*t.args))
            case "apply" if t.data.entrywise and t.data.body is not None:
                return self.term(self.sums.entries.opened(t.data, t.args))
            case "apply" if t.data.entrywise and t.data.arity == 1:
                return self._taylor(t, lambda a: Term("apply", (a,), t.data))
        raise NoRule("expand", str(t))

    def _constant(self, c: Ratio) -> Series:
        return Series({Fraction(0): c}, self.order)

    def _plus(self, a: Series, b: Series) -> Series:
        terms = dict(a.terms)
        for e, c in b.terms.items():
            terms[e] = self.field.reduce(terms[e] + c) if e in terms else c
        return Series(terms, min(a.end, b.end))

    def _scaled(self, a: Series, c: Ratio) -> Series:
        return Series({e: self.field.reduce(v * c) for e, v in a.terms.items()}, a.end)

    def _times(self, a: Series, b: Series) -> Series:
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

    def _integer_power(self, a: Series, k: int) -> Series:
        result = a
        for _ in range(k - 1):
            result = self._times(result, a)
        return result

    def _nonzero(self, c: Ratio) -> Ratio:
        sign = self.facts.sign(c)
        if c.value is None and (sign is None or 0 in sign) and not self._surely_nonzero(c):
            raise NoRule("be sure that it is not 0:", str(c.term))
        return c

    def _surely_nonzero(self, c: Ratio) -> bool:
        """A number times i, a power of e, ... that cannot vanish; log t is not 0 for small t."""
        content, factors = c.factors()
        for factor, _ in factors:
            kernels = list(factor.kernels())
            if len(factor.num) != 1 and not (kernels == [self.log_near]):
                sign = self.facts.sign(factor)
                if sign is None or not sign <= NONZERO:
                    if not self._is_gaussian(factor):
                        return False
            elif kernels[0] not in (self.log_near, IMAGINARY) and kernels[0].args[:1] != (E_BASE,):
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

    def _inverse(self, a: Series) -> Series:
        e, c, v = self._split(a)
        whole = self._compose(v, lambda n: Fraction((-1) ** n))
        shifted = {k - e: x for k, x in whole.terms.items()}
        return self._scaled(Series(shifted, whole.end - e), self.field.one / c)

    def _compose(self, v: Series, coefficient: object) -> Series:
        """sum of coefficient(n) v^n for v -> 0."""
        whole = Series({Fraction(0): self.field.one * self.field.constant(coefficient(0))}, v.end)  # type: ignore[operator]
        power = Series({Fraction(0): self.field.one}, v.end)
        step = min(v.terms, default=v.end)
        n = 0
        while v.terms and step * (n + 1) < v.end and n < TAYLOR * 2:
            n += 1
            power = self._times(power, v)
            whole = self._plus(whole, self._scaled(power, self.field.constant(coefficient(n))))  # type: ignore[operator]
        if v.terms and step * (n + 1) < v.end:  # not all powers that count
            return Series(whole.terms, min(whole.end, step * (n + 1)))
        return Series(whole.terms, min(whole.end, v.end))

    def _log(self, a: Series) -> Series:
        e, c, v = self._split(a)
        if self.facts.sign(c) != POS:
            raise NoRule("take the logarithm of", str(c.term))
        tail = self._compose(v, lambda n: Fraction((-1) ** (n + 1), n) if n else Fraction(0))
        lead = self.normal.logarithm(c) + self.field.constant(e) * self.field.kernel(self.log_near)
        return self._plus(tail, Series({Fraction(0): lead}, tail.end))

    def _power(self, base: Term, exponent: Term) -> Series:
        if exponent.head == "num" and exponent.data.denominator == 1:
            one = self.term(base)
            k = int(exponent.data)
            return self._integer_power(one if k > 0 else self._inverse(one), abs(k))
        if self.near not in exponent.free and base is not E_BASE:
            e, c, v = self._split(self.term(base))
            q = self.normal(exponent)
            if q.value is None or self.facts.sign(c) != POS:
                raise NoRule("expand", str(Term("pow", (base, exponent))))
            p = q.value
            whole = self._compose(v, lambda n: _binomial(p, n))
            shifted = {k + e * p: x for k, x in whole.terms.items()}
            return self._scaled(Series(shifted, whole.end + e * p), self.normal.power(c, q))
        return self._exp(self._exponent(Term("pow", (base, exponent))))

    def _exp(self, a: Series) -> Series:
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
        return self._scaled(Series(shifted, whole.end + slope.value), self.normal.exponential(c0))

    def _sign_of(self, u: Series) -> int:
        c = u.terms[u.start]
        sign = self.facts.sign(c)
        if sign not in (POS, NEG):
            raise NoRule("find the sign of", str(c.term))
        return 1 if sign == POS else -1

    def _taylor(self, t: Term, build: Callable[[Term], Term]) -> Series:
        """f(u0 + v) by Taylor's formula with derivatives at u0."""
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
            whole = self._plus(whole, self._scaled(power, value / self.field.constant(factorial)))
            n += 1
            if not v.terms or step * n >= v.end or n > TAYLOR:
                return Series(whole.terms, min(whole.end, step * n))
            derivative = self.sums.entries.derive(derivative, point)
            power = self._times(power, v)
            factorial *= n

    def _at_infinity(self, t: Term, u: Series) -> Series:
        sign = self._sign_of(u)
        if t.data == "atan":
            half = self.normal(Term("const", (), "pi")) * self.field.constant(Fraction(sign, 2))
            inverse = self._inverse(u)
            tail = self._compose(inverse, lambda n: Fraction((-1) ** ((n - 1) // 2), n) if n % 2 else Fraction(0))
            return self._plus(Series({Fraction(0): half}, tail.end), self._scaled(tail, self.field.constant(-1)))
        if t.data == "erf":
            return self._constant(self.field.constant(sign))  # up to a term smaller than every power
        raise NoRule("expand at infinity", str(t))


def _binomial(p: Fraction, n: int) -> Fraction:
    value = Fraction(1)
    for k in range(n):
        value = value * (p - k) / (k + 1)
    return value


__all__ = ["T_NAME", "Infinite", "ZERO", "limit"]
