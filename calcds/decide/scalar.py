"""Normal forms of scalar terms: rational functions over kernels, with every rewriting rule beside its side condition.

    rule                                              holds where                                 used for
    a^(b + c) = a^b a^c                               a != 0 (both sides are defined)             every power
    (a b)^c = a^c b^c                                 a >= 0, or c an integer                     powers, roots
    (a^b)^c = a^(b c)                                 a > 0 and b real, or c an integer           powers
    exp(c log u) = u^c                                u != 0 (the definition of a power)          powers
    log(a b) = log a + log b                          a > 0                                       logarithms
    log(a^b) = b log a                                a > 0 and b real                            logarithms
    log(p^(2k)) = 2k log|p|                           p real, k an integer                        logarithms
    exp(i atan v) = (1 + i v)/sqrt(1 + v^2)           v real                                      triangles
    exp(i asin v) = sqrt(1 - v^2) + i v               everywhere (principal branch)               triangles
    atan(tan u) = u, asin(sin u) = u                  -pi/2 <= u <= pi/2                          inverse functions
    asin(cos u) = pi/2 - u                            0 <= u <= pi                                inverse functions
    atan v, asin v = k pi/12                          tan, sin of k pi/12 is v, |k| <= 5, 6       special values
    atan2(y, x) = atan(y/x), + pi or - pi             x > 0; x < 0 and y >= 0; x < 0 and y < 0    angles
    exp(i pi n)^2 = 1, exp(2 i pi n) = 1              n an integer                                signs (-1)^n
    |a b| = |a| |b|, |p|^2 = p^2                      p real                                      absolute values
    cos, sin, tan, cosh, ... by exp                   everywhere both sides are defined           trigonometry
    gamma(u + 1) = u gamma(u)                         everywhere both sides are defined           factorials

A rule whose condition is not implied by the hypotheses is not applied: the term becomes a kernel of its own. Where a
sign must be known (case distinctions, sign, max), `NeedCase` asks the caller to split.

Imports: calcds.expr, calcds.decide.field, calcds.decide.facts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import lcm

from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, NONZERO, POS, REAL, Facts
from calcds.decide.field import Field, Ratio, TooBig
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import HALF, TABLE, fn
from calcds.expr.term import ONE, Term, number, relation

E_BASE = Term("const", (), "e")
IMAGINARY = Term("const", (), "I")
PI = Term("const", (), "pi")


class NeedCase(Exception):
    """The sign of this ratio must be known to go on; `signs` are those that the hypotheses leave open."""

    def __init__(self, ratio: Ratio, signs: frozenset[int] | None = None) -> None:
        self.term = ratio.term
        self.signs = REAL if signs is None else signs
        super().__init__(str(self.term))


class NeedBoundary(Exception):
    """The derivative of a case distinction is wanted exactly where its cases meet."""

    def __init__(self, marker: Term) -> None:
        self.marker = marker


class Rescale(Exception):
    """A generator was met with a new denominator in its exponent: start again knowing it."""

    def __init__(self, key: tuple[Term, Term], denominator: int) -> None:
        self.key, self.denominator = key, denominator


class Normalizer:
    """Turns scalar terms into ratios over one field.

    `lower` turns whatever is not scalar arithmetic (entries of products, sums, derivatives) into scalar arithmetic; it
    is given by `calcds.decide.entries`, which knows matrices and sums.
    """

    def __init__(self, field: Field, facts: Facts, scales: dict[tuple[Term, Term], int], closed: bool = False) -> None:  # noqa: FBT001, FBT002
        self.closed = closed
        self.field, self.facts, self.scales = field, facts, scales
        self.memo: dict[Term, Ratio] = {}
        self.loose: set[Term] = set()  # kernels in divisors that no author wrote
        self.others: Callable[[Term], Ratio] | None = None
        facts.read = self
        self.splitting = True  # may ask for case distinctions; switched off under a sum

    def __call__(self, term: Term) -> Ratio:
        """The normal form of a scalar term."""
        found = self.memo.get(term)
        if found is None:
            found = self.field.reduce(self._normal(term))
            self.memo[term] = found
        return found

    def _normal(self, t: Term) -> Ratio:
        field = self.field
        match t.head:
            case "num":
                return field.constant(t.data)
            case "decimal":
                return field.constant(_printed(t.data))
            case "const":
                return self._constant(t)
            case "sym":
                return field.kernel(t, (2, field.one) if t.data[1].word == "Sign" else None)
            case "add":
                whole = field.zero
                for a in t.args:
                    whole = whole + self(a)
                return whole
            case "mul" if all(a.is_scalar for a in t.args):
                product = field.one
                for a in t.args:
                    product = product * self(a)
                return product
            case "pow":
                return self._pow(t)
            case "fn":
                return self._function(t)
            case "piecewise":
                return self._piecewise(t)
            case "trans" | "det" | "trace" | "total" if t.args[0].is_scalar:
                return self(t.args[0])
            case "had":
                return self(Term("mul", t.args))
            case "epow":
                return self._pow(Term("pow", t.args))
        if self.others is None:
            raise NoRule("write as a rational function", str(t))
        return self.others(t)

    def _constant(self, t: Term) -> Ratio:
        if t is IMAGINARY:
            return self.field.kernel(t, (2, self.field.constant(-1)))
        if t.data in ("oo", "-oo", "nan"):
            raise NoRule("compute with", t.data)
        return self.field.kernel(t)

    @property
    def i(self) -> Ratio:
        """The imaginary unit."""
        return self(IMAGINARY)

    # -- powers ------------------------------------------------------------------------------------------------

    def _pow(self, t: Term) -> Ratio:
        base, exponent = t.args
        if base is E_BASE:
            return self.exponential(self(exponent))
        n = self(exponent)
        value = n.value
        if value is not None and value.denominator == 1 and abs(value) <= 10**9:
            k = int(value)
            b = self(base)
            if (k > 1 and len(b.num) == 1 and len(b.den) == 1) or abs(k) <= 3:
                return b**k
            return b**k
        return self.power(self(base), n)

    def power(self, base: Ratio, exponent: Ratio) -> Ratio:
        """base ** exponent for any exponent."""
        value = exponent.value
        if value is not None and value.denominator == 1:
            return base ** int(value)
        if base.is_zero:
            sign = self.facts.sign(exponent)
            if sign == POS:
                return self.field.zero
            if sign == NEG:
                raise Undefined("a negative power of zero")
            raise NoRule("take a power of zero with exponent", str(exponent.term))
        if base == self.field.one:
            return base
        integer = self.facts.is_integer(exponent)
        content, factors = base.factors()
        result = self.field.one
        rest = self.field.one
        if content < 0:
            content, rest = -content, -rest
        for prime, e in _prime_factors(content):
            result = result * self._split(number(prime), exponent * self.field.constant(e))
        for factor, e in factors:
            here, sign = factor, self.facts.sign(factor)
            if sign is not None and sign <= NONPOS and not integer and e % 2:
                here, rest, sign = -factor, -rest, frozenset(-s for s in sign)
            if integer or (sign is not None and sign <= NONNEG):
                result = result * self._of_kernel(here, exponent * self.field.constant(e))
            elif e % 2 == 0 and sign is not None:
                result = result * self._of_kernel(self.absolute(here), exponent * self.field.constant(e))
            else:
                rest = rest * here**e
        if rest == self.field.one:
            return result
        if rest.value == -1:
            return result * self.exponential(self.i * self(PI) * exponent)
        return result * self._split(rest.term, exponent)

    def _of_kernel(self, factor: Ratio, exponent: Ratio) -> Ratio:
        """factor ** exponent for a factor that may be taken apart: opens (b^m)^c for b > 0 and m real."""
        term = factor.term
        if term.head == "pow":
            base, inner = term.args
            m = self(inner)
            if base is E_BASE:
                if self.facts.is_real(m) or self.facts.is_integer(exponent):
                    return self.exponential(m * exponent)
            elif self.facts.is_integer(exponent) or (self.facts.is_real(m) and self.facts.sign(self(base)) == POS):
                return self.power(self(base), m * exponent)
        return self._split(term, exponent)

    def exponential(self, exponent: Ratio) -> Ratio:
        """exp of a ratio."""
        return self._split(E_BASE, self.field.reduce(exponent))

    def _split(self, base: Term, exponent: Ratio) -> Ratio:
        """base ** (sum of c m) as the product of (base ** m) ** c over the monomials m."""
        result = self.field.one
        parts = exponent.monomials()
        for c, monomial in parts:
            result = result * self._one_power(base, c, monomial)
        if exponent.value is None and base.head not in ("num", "const") and self._may_part(base, parts):
            self.loose.update(k for k in result.kernels() if k.head == "pow")
        return result

    def _may_part(self, base: Term, parts: list[tuple[Fraction, Ratio]]) -> bool:
        """Whether 0^(a - b) is written 0^a / 0^b: an equation between such terms holds, but their sign is not that of one."""
        sign = self.facts.sign(self(base))
        if sign is not None and 0 not in sign:
            return False
        signs = [self.facts.sign(monomial) for _, monomial in parts]
        above = all(s is not None and s <= (NONNEG if c > 0 else NONPOS) for s, (c, _) in zip(signs, parts, strict=True))
        return not above and not (len(parts) == 1 and signs[0] is not None and (signs[0] <= NONNEG or signs[0] <= NONPOS))

    def is_faithful(self, u: Ratio) -> bool:
        """Whether a ratio has the value of what it was made from wherever that is defined, so that its sign may be asked."""
        return self.loose.isdisjoint(u.kernels())

    def _one_power(self, base: Term, c: Fraction, monomial: Ratio) -> Ratio:
        if base is E_BASE:
            for kernel in monomial.kernels():
                if kernel.head == "fn" and kernel.data == "log":
                    rest = monomial / self.field.kernel(kernel)
                    if not any(k.head == "fn" and k.data == "log" for k in rest.kernels()):
                        return self.power(self(kernel.args[0]), rest * self.field.constant(c))
            special = self._exp_of_angle(c, monomial)
            if special is not None:
                return special
        elif any(k.head == "fn" and k.data == "log" for k in monomial.kernels()):
            below = self(base)
            if self.facts.sign(below) == POS:  # p^(m log q) by e, where it meets q^(m log p)
                return self.exponential(self.field.constant(c) * monomial * self.logarithm(below))
        return self._generator(base, monomial, c)

    def _exp_of_angle(self, c: Fraction, monomial: Ratio) -> Ratio | None:
        if IMAGINARY not in self.field.numbers:
            return None
        angle = monomial / self.i
        if any(k is IMAGINARY for k in angle.kernels()):
            return None
        if angle.term is PI:
            return self._root_of_unity(c)
        kernel = angle.term
        if kernel.head == "fn" and c.denominator == 1:
            v = self(kernel.args[0])
            if kernel.data == "atan" and self.facts.is_real(v):
                root = self.power(self.field.one + v * v, self.field.constant(Fraction(1, 2)))
                return ((self.field.one + self.i * v) / root) ** int(c)
            if kernel.data == "asin":
                root = self.power(self.field.one - v * v, self.field.constant(Fraction(1, 2)))
                return (root + self.i * v) ** int(c)
        return None

    def _root_of_unity(self, c: Fraction) -> Ratio | None:
        """exp(i pi c) by radicals where the angle is a multiple of 15 degrees."""
        c %= 2
        if 12 % c.denominator:
            return None
        half = self.field.constant(Fraction(1, 2))
        root2, root3 = (self.power(self.field.constant(p), half) for p in (2, 3))
        quarter = (self.field.one + self.i) * root2 * half  # 45 degrees
        sixth = (root3 + self.i) * half  # 30 degrees
        steps = int(c * 12)  # of 15 degrees = 45 - 30
        return self.field.reduce(self.field.reduce((quarter / sixth) ** (steps % 2)) * self.field.reduce(sixth ** (steps // 2)))

    def _generator(self, base: Term, monomial: Ratio, c: Fraction = Fraction(1)) -> Ratio:
        """base ** (c * monomial) over the generator base ** (monomial / D), D the common denominator met so far."""
        value = monomial.value
        if value is not None:
            c, exponent_term = c * value, ONE
        else:
            content = monomial.num.leading_coefficient()
            scale = Fraction(int(content.p), int(content.q))
            monomial = monomial / self.field.constant(scale)
            c, exponent_term = c * scale, monomial.term
        key = (base, exponent_term)
        have = self.scales.get(key, 1)
        if have % c.denominator:
            raise Rescale(key, lcm(have, c.denominator))
        k = int(c * have)
        if exponent_term is ONE:
            if have == 1 and base is not E_BASE:
                return self(base) ** k
            if have == 1:
                return self.field.kernel(E_BASE) ** k
            generator = self.field.kernel(Term("pow", (base, number(Fraction(1, have)))), (have, self(base)))
            return generator**k
        exponent = exponent_term if have == 1 else Term("mul", (number(Fraction(1, have)), exponent_term))
        half_turns = self._half_turns(monomial) if base is E_BASE and IMAGINARY in self.field.numbers else 0
        closed = (2 // half_turns * have, self.field.one) if half_turns else None
        return self.field.kernel(Term("pow", (base, exponent)), closed) ** k

    def _half_turns(self, monomial: Ratio) -> int:
        """1 for i pi n with n an integer, 2 if n is even, else 0: exp(i pi n) is then a square root of 1, or 1."""
        n = monomial / (self.i * self(PI))
        if not self.facts.is_integer(n):
            return 0
        return 2 if self._even(n) else 1

    # -- functions ---------------------------------------------------------------------------------------------

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

    def logarithm(self, u: Ratio) -> Ratio:
        """log of a ratio, factors of known sign taken apart."""
        if u.is_zero:
            raise Undefined("the logarithm of zero")
        content, factors = u.factors()
        result, rest = self.field.zero, self.field.one
        if content < 0:
            content, rest = -content, -rest
        for prime, e in _prime_factors(content):
            result = result + self.field.constant(e) * self.field.kernel(fn("log", number(prime)))
        for factor, e in factors:
            sign = self.facts.sign(factor)
            if sign is not None and sign - {0} == NEG and e % 2:
                factor, rest, sign = -factor, -rest, POS  # noqa: PLW2901
            if sign is not None and sign - {0} == POS:  # log u is defined, so the factor is not 0
                result = result + self.field.constant(e) * self._log_kernel(factor)
            elif e % 2 == 0 and sign is not None:
                result = result + self.field.constant(e) * self._log_kernel(self.absolute(factor))
            else:
                rest = rest * factor**e
        if rest == self.field.one:
            return result
        if rest.value == -1:
            return result + self.i * self(PI)
        return result + self.field.kernel(fn("log", rest.term))

    def _log_kernel(self, factor: Ratio) -> Ratio:
        """log of a positive irreducible factor."""
        term = factor.term
        if term is E_BASE:
            return self.field.one
        if term.head == "pow":
            m, base = self(term.args[1]), self(term.args[0])
            if self.facts.is_real(m) and (term.args[0] is E_BASE or self.facts.is_positive(base)):
                return m if term.args[0] is E_BASE else m * self.logarithm(base)
        if term.head == "prod" and self.facts.of_kernel(term.args[0]) == POS:
            body, k, low, high = term.args
            return self(Term("sum", (fn("log", body), k, low, high)))
        return self.field.kernel(fn("log", term))

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

    def _even(self, u: Ratio) -> bool:
        """Whether an integer polynomial is even: every coefficient is, or a kernel of every term with an odd one."""
        for c, monomial in u.monomials():
            even_kernel = any(k.head == "sym" and k.data[1].has("even") for k in monomial.kernels())
            if c % 2 and not even_kernel:
                return False
        return self.facts.is_integer(u)

    def _fn_abs(self, t: Term) -> Ratio:
        u = self(t.args[0])
        if self.facts.sign(u) is None and not u.is_zero and self.facts.of_kernel(t.args[0]) is not None:
            # real as written (sin x), though its exponentials are not
            return self.field.kernel(fn("abs", u.term), (2, self.field.reduce(u * u)))
        return self.absolute(u)

    def absolute(self, u: Ratio) -> Ratio:
        """|u|, factor by factor."""
        if u.is_zero:
            return u
        content, factors = u.factors()
        result = self.field.constant(abs(content))
        for factor, e in factors:
            sign = self.facts.sign(factor)
            if sign is not None and sign <= NONNEG:
                result = result * factor**e
            elif sign is not None and sign <= NONPOS:
                result = result * (-factor) ** e
            elif sign is not None and e % 2 == 0:
                result = result * factor**e
            elif sign is not None:
                kernel = fn("abs", factor.term)
                self.facts.of_kernel(kernel)
                result = result * self.field.kernel(kernel, (2, factor * factor)) ** e
            else:
                result = result * self._modulus(factor) ** e
        return result

    def _modulus(self, factor: Ratio) -> Ratio:
        term = factor.term
        if term.head == "pow" and term.args[0] is E_BASE:  # |exp(i x)| = 1 for real x
            m = self(term.args[1])
            if IMAGINARY in self.field.numbers and self.facts.is_real(m / self.i):
                return self.field.one
        return self.field.kernel(fn("abs", term))

    def sign_of(self, u: Ratio) -> int:
        """-1, 0 or 1 where the hypotheses decide it; otherwise asks for a case distinction."""
        if not self.is_faithful(u):
            raise NoRule("find the sign of", str(u.term))
        sign = self.facts.sign(u)
        if sign is not None and len(sign) == 1:
            return next(iter(sign))
        if sign is None or not self.splitting:
            raise NoRule("find the sign of", str(u.term))
        for kernel in u.kernels():  # |a| - b: first the sign of a
            if kernel.head == "fn" and kernel.data in ("abs", "sign"):
                inside = self(kernel.args[0])
                within = self.facts.sign(inside)
                if within is not None and len(within) > 1:
                    raise NeedCase(inside, within)
        _, factors = u.factors()
        for factor, e in factors:
            one = self.facts.sign(factor)
            if one is None or (len(one) != 1 and not (e % 2 == 0 and 0 not in one)):
                raise NeedCase(factor, one)
        raise NeedCase(u, sign)

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

    # -- cases -------------------------------------------------------------------------------------------------

    def _piecewise(self, t: Term) -> Ratio:
        """The value of the first branch whose condition holds, deciding signs where needed."""
        for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
            if self.holds(condition):
                return self(value)
        raise Undefined("no case of a case distinction holds")

    def holds(self, condition: Term) -> bool:
        """Whether a condition holds; asks for a case distinction where the hypotheses leave it open."""
        match condition.head:
            case "truth":
                return bool(condition.data)
            case "not":
                return not self.holds(condition.args[0])
            case "and" | "or":
                return self._junction(condition)
            case "rel" if condition.args[0].is_scalar:
                return self._relation_holds(condition)
        raise NoRule("decide the condition", str(condition))

    def _junction(self, condition: Term) -> bool:
        """One certain part settles it, also where another part is undefined."""
        settles = condition.head == "or"
        doubt: Undefined | NoRule | None = None
        for part in condition.args:
            try:
                if self.holds(part) is settles:
                    return settles
            except (Undefined, NoRule) as problem:
                doubt = problem
        if doubt is not None:
            raise doubt
        return not settles

    def _relation_holds(self, condition: Term) -> bool:
        difference = self(condition.args[0]) - self(condition.args[1])
        accepted = SIGNS_OF[condition.data]
        if not self.is_faithful(difference):
            raise NoRule("find the sign of", str(difference.term))
        sign = self.facts.sign(difference) if not difference.is_zero else NIL
        if sign is not None and sign <= accepted:
            return True
        if sign is not None and not sign & accepted:
            return False
        return self.sign_of(difference) in accepted


SIGNS_OF = {"=": NIL, "!=": NONZERO, "<": NEG, "<=": NONPOS, ">": POS, ">=": NONNEG}


def condition_of(term: Term, sign: int) -> Term:
    """`term > 0`, `term = 0` or `term < 0`."""
    return relation({1: ">", 0: "=", -1: "<"}[sign], term, number(0))


def _whole_part(u: Ratio) -> int:
    """The integer constant among the terms of a ratio, which gamma's recurrence may take out."""
    value = sum((c * v for c, m in u.monomials() if (v := m.value) is not None), Fraction(0))
    whole = value.numerator // value.denominator
    return whole if abs(whole) <= 40 else 0


def _printed(text: str) -> Fraction:
    """A decimal as the rational number it writes."""
    value = Decimal(text)
    if not value.is_finite():
        raise NoRule("compute with", text)
    if abs(value.adjusted()) > 10_000:
        raise TooBig("a number of this claim is too long to write out")
    return Fraction(value)


def _prime_factors(value: Fraction) -> list[tuple[int, int]]:
    """A positive rational as primes with exponents; a part too large to factor quickly stays whole."""
    found: list[tuple[int, int]] = []
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        n, p = whole, 2
        while p * p <= n and p < 1000:
            e = 0
            while n % p == 0:
                n, e = n // p, e + 1
            if e:
                found.append((p, sign * e))
            p += 1 if p == 2 else 2
        if n > 1:
            found.append((n, sign))
    return found


__all__ = ["HALF", "NeedCase", "Normalizer", "Rescale", "condition_of"]
