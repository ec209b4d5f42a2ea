"""Powers, exponentials, logarithms and absolute values of ratios, with every rule beside its side condition.

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
    exp(i pi n)^2 = 1, exp(2 i pi n) = 1              n an integer                                signs (-1)^n
    |a b| = |a| |b|, |p|^2 = p^2                      p real                                      absolute values

A rule whose condition is not implied by the hypotheses is not applied: the term becomes a kernel of its own.

Imports: calcds.expr, calcds.decide.field, .facts, .asking.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from math import lcm

from calcds.decide.asking import NeedCase, Rescale
from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, POS, Facts
from calcds.decide.field import Field, Ratio
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.term import ONE, Term, number

E_BASE = Term("const", (), "e")
IMAGINARY = Term("const", (), "I")
PI = Term("const", (), "pi")


class Powers(ABC):
    """Powers and what belongs to them, over one field. What a term is in normal form, its heirs say: `_normal`."""

    def __init__(self, field: Field, facts: Facts, scales: dict[tuple[Term, Term], int], closed: bool = False) -> None:  # noqa: FBT001, FBT002
        self.closed = closed
        self.field, self.facts, self.scales = field, facts, scales
        self.memo: dict[Term, Ratio] = {}
        self.loose: set[Term] = set()  # kernels in divisors that no author wrote
        self.splitting = True  # may ask for case distinctions; switched off under a sum
        facts.read = self

    def __call__(self, term: Term) -> Ratio:
        """The normal form of a scalar term."""
        found = self.memo.get(term)
        if found is None:
            found = self.field.reduce(self._normal(term))
            self.memo[term] = found
        return found

    @abstractmethod
    def _normal(self, t: Term) -> Ratio:
        """The normal form of a term that was not met before."""

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

    def _even(self, u: Ratio) -> bool:
        """Whether an integer polynomial is even: every coefficient is, or a kernel of every term with an odd one."""
        for c, monomial in u.monomials():
            even_kernel = any(k.head == "sym" and k.data[1].has("even") for k in monomial.kernels())
            if c % 2 and not even_kernel:
                return False
        return self.facts.is_integer(u)

    # -- logarithms --------------------------------------------------------------------------------------------

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

    # -- absolute values and signs -----------------------------------------------------------------------------

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
        sign = self._known_sign(u)
        if len(sign) == 1:
            return next(iter(sign))
        self._look_inside(u)
        for factor, e in u.factors()[1]:
            one = self.facts.sign(factor)
            if one is None or (len(one) != 1 and not (e % 2 == 0 and 0 not in one)):
                raise NeedCase(factor, one)
        raise NeedCase(u, sign)

    def is_nonzero(self, u: Ratio) -> bool:
        """Whether it is not zero, where the hypotheses decide it; otherwise asks for a case distinction."""
        sign = self._known_sign(u)
        if 0 not in sign or sign == NIL:
            return sign != NIL
        self._look_inside(u)
        for factor, e in u.factors()[1]:
            one = self.facts.sign(factor)
            if e > 0 and (one is None or 0 in one):
                raise NeedCase(factor, one, whether_zero=True)
        raise NeedCase(u, sign, whether_zero=True)

    def _known_sign(self, u: Ratio) -> frozenset[int]:
        sign = self.facts.sign(u) if self.is_faithful(u) else None
        if sign is None:
            raise NoRule("find the sign of", str(u.term))
        return sign

    def _look_inside(self, u: Ratio) -> None:
        """|a| - b: first the sign of a."""
        if not self.splitting:
            raise NoRule("find the sign of", str(u.term))
        for kernel in u.kernels():
            if kernel.head == "fn" and kernel.data in ("abs", "sign"):
                inside = self(kernel.args[0])
                within = self.facts.sign(inside)
                if within is not None and len(within) > 1:
                    raise NeedCase(inside, within)


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
