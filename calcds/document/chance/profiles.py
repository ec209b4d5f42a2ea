r"""The values of a random variable with a law, and their probabilities: a mass function or a density, and its sums.

    Poisson(lambda)        P(X = k) = \lambda^k e^{-\lambda} / k!         k = 0, 1, 2, ...
    binomial(n, p)         P(X = k) = \binom{n}{k} p^k (1-p)^{n-k}         k = 0, ..., n
    geometric from 1       P(X = k) = (1-p)^{k-1} p,    P(X > k) = (1-p)^k
    geometric from 0       P(X = k) = (1-p)^k p,        P(X > k) = (1-p)^{k+1}
    equal on a, ..., b     P(X = k) = 1 / (b - a + 1)                       a fair die: 1, ..., 6
    a table                P(X = 0) = 0.1, P(X = 1) = 0.3, P(X = 4) = 0.6   the probabilities add up to 1
    exponential(lambda)    f(x) = \lambda e^{-\lambda x},  P(X > x) = e^{-\lambda x}     x >= 0
    gamma(a, b)            f(x) = b^a x^{a-1} e^{-bx} / \Gamma(a)           x >= 0

With them P(a < X <= b) is a difference of P(X <= b) and P(X <= a), or a sum or an integral from a to b, and E[g(X)] is a sum
or an integral over all values. All moments E[X^d] are known in closed form:

    E[X (X-1) ... (X-d+1)] = \lambda^d            Poisson; d! (1-p)^{d-1} / p^d where X is geometric from 1
    E[X^d] = a (a+1) ... (a+d-1) / b^d            gamma; the exponential law is the one with a = 1, \chi^2_k with k/2 and 1/2

Imports: calcds.document.source.raw, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import count
from math import comb, factorial, prod

from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.kinds import INDEX, Real
from calcds.expr.term import ONE, ZERO, Term, number

TABLE = "table"  # a law by its values and their probabilities, one after the other
_TWO = number(2)
_INFINITY = Term("const", (), "oo")
_exp, _gamma = op.function("exp"), op.function("gamma")
_counter = count(1)
Formula = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the values of a random variable.

    mass:  the probability of a value, or the density there
    above: P(X > u) where it has a formula, of every u that is between the ends
    raw:   E[X^d], or None
    """

    mass: Formula
    low: Term | None = None
    high: Term | None = None
    whole: bool = False  # the values are whole numbers
    above: Formula | None = None
    raw: Callable[[int], Term] | None = None

    def below(self, u: Term) -> Term:
        """P(X <= u) for a u that is between the ends."""
        if self.above is not None:
            return ONE - self.above(u)
        if self.whole:
            k = INDEX.symbol(f"v'{next(_counter)}")
            assert self.low is not None  # of all laws of whole numbers here
            return op.Sum(self.mass(k), (k, self.low, u))
        return self._integral(self.mass, self.low, u)

    def expectation(self, g: Formula) -> Term | None:
        """E[g(X)] as an integral; as a sum where there are finitely many values and their number is printed."""
        if not self.whole:
            return self._integral(lambda u: g(u) * self.mass(u), self.low, self.high)
        if self.low is None or self.high is None:
            return None
        if self.low.head == "num" and self.high.head == "num" and self.high.data - self.low.data <= 40:
            values = [number(k) for k in range(int(self.low.data), int(self.high.data) + 1)]
            return reduce(lambda total, u: total + g(u) * self.mass(u), values, ZERO)
        return None

    @staticmethod
    def _integral(body: Formula, low: Term | None, high: Term | None) -> Term:
        x = Real.symbol(f"v'{next(_counter)}")
        return op.integral(body(x), x, -_INFINITY if low is None else low, _INFINITY if high is None else high)


def number_of(u: Term) -> Fraction | None:
    """The value of a printed number, or of a sum or product of such; None where letters stand in it."""
    if u.head in {"num", "decimal"}:
        return Fraction(u.data)
    parts = [number_of(a) for a in u.args] if u.head in {"add", "neg", "mul", "pow"} else [None]
    numbers = [p for p in parts if p is not None]
    if len(numbers) < len(parts):
        return None
    match u.head:
        case "add":
            return sum(numbers, Fraction(0))
        case "neg":
            return -numbers[0]
        case "mul":
            return prod(numbers, start=Fraction(1))
    base, exponent = numbers
    plain = exponent.denominator == 1 and abs(exponent) <= 8 and (base != 0 or exponent > 0)
    return base ** int(exponent) if plain else None


def profile_of(law: str, values: Sequence[Term]) -> Profile | None:
    """The values of a law and their probabilities."""
    if law == TABLE:
        return _of_table(list(zip(values[::2], values[1::2], strict=True)))
    return _of_count(law, values[0], values[-1]) or _of_measure(law, values[0], values[-1])


def _of_table(pairs: Sequence[tuple[Term, Term]]) -> Profile | None:
    """A law by its values, which are printed whole numbers, and their probabilities."""
    chances = {value: chance for one, chance in pairs if (value := number_of(one)) is not None}
    if len(chances) < len(pairs) or any(value.denominator != 1 for value in chances):
        return None

    def total(weight: Callable[[Fraction], Term], among: Callable[[Fraction], bool] = lambda _: True) -> Term:
        return reduce(lambda sum_, one: sum_ + weight(one[0]) * one[1], (p for p in chances.items() if among(p[0])), ZERO)

    def mass(k: Term) -> Term:
        value = number_of(k)
        if value is None:
            raise Unread("the probability of a value that is no number, of a table")
        return chances.get(value, ZERO)

    def above(u: Term) -> Term:
        value = number_of(u)
        if value is None:
            raise Unread("a bound that is no number, of a table")
        return total(lambda _: ONE, lambda one: one > value)

    low, high = number(min(chances)), number(max(chances))
    return Profile(mass, low, high, whole=True, above=above, raw=lambda d: total(lambda one: number(one) ** number(d)))


def _of_count(law: str, a: Term, b: Term) -> Profile | None:
    """Laws of whole numbers."""
    q = ONE - a
    match law:
        case "poisson":
            return Profile(lambda k: a**k * _exp(-a) / op.function("factorial")(k), ZERO, None, whole=True,
                           raw=_by_falling(lambda d: a ** number(d)))  # fmt: skip
        case "binomial":
            choices = op.function("binomial")
            return Profile(lambda k: choices(a, k) * b**k * (ONE - b) ** (a - k), ZERO, a, whole=True,
                           raw=_by_falling(lambda d: _product([a - number(i) for i in range(d)]) * b ** number(d)))  # fmt: skip
        case "bernoulli":
            return Profile(lambda k: a if k is ONE else q if k is ZERO else a**k * q ** (ONE - k), ZERO, ONE, whole=True,
                           raw=lambda d: a if d else ONE)  # fmt: skip
        case "geometric from 1":
            raw = _by_falling(lambda d: number(factorial(d)) * q ** number(d - 1) / a ** number(d))
            return Profile(lambda k: q ** (k - ONE) * a, ONE, None, whole=True, above=lambda u: q**u, raw=raw)
        case "geometric from 0":
            raw = _by_falling(lambda d: number(factorial(d)) * (q / a) ** number(d))
            return Profile(lambda k: q**k * a, ZERO, None, whole=True, above=lambda u: q ** (u + ONE), raw=raw)
        case "equal":
            n = b if a is ONE else b - a + ONE
            return Profile(lambda _: ONE / n, a, b, whole=True, above=lambda u: (b - u) / n)
    return None


def _of_measure(law: str, a: Term, b: Term) -> Profile | None:
    """Laws with a density."""
    match law:
        case "uniform":
            return Profile(lambda _: ONE / (b - a), a, b, above=lambda u: (b - u) / (b - a), raw=lambda d: sum(
                (a ** number(i) * b ** number(d - i) for i in range(d + 1)), ZERO) / number(d + 1))  # fmt: skip
        case "exponential":
            return Profile(lambda x: a * _exp(-a * x), ZERO, above=lambda u: _exp(-a * u), raw=_gamma_moments(ONE, a))
        case "exponential by its mean":
            return Profile(lambda x: _exp(-x / a) / a, ZERO, above=lambda u: _exp(-u / a), raw=_gamma_moments(ONE, ONE / a))
        case "gamma":
            return _of_gamma(a, b)
        case "gamma by its scale":
            return _of_gamma(a, ONE / b)
        case "chi-squared":
            return _of_gamma(a / _TWO, HALF)
        case "beta":
            factor = _gamma(a + b) / (_gamma(a) * _gamma(b))
            return Profile(lambda x: factor * x ** (a - ONE) * (ONE - x) ** (b - ONE), ZERO, ONE, raw=lambda d: _product(
                [(a + number(i)) / (a + b + number(i)) for i in range(d)]))  # fmt: skip
        case "laplace":
            return Profile(lambda x: _exp(-op.function("abs")(x - a) / b) / (_TWO * b), raw=lambda d: sum(
                (number(comb(d, j) * factorial(j)) * a ** number(d - j) * b ** number(j)
                 for j in range(0, d + 1, 2)), ZERO))  # fmt: skip
        case "normal":
            return Profile(lambda x: _exp(-((x - a) ** _TWO) / (_TWO * b)) / (_TWO * PI * b) ** HALF)
    return None


def _of_gamma(shape: Term, rate: Term) -> Profile:
    def density(x: Term) -> Term:
        return rate**shape * x ** (shape - ONE) * _exp(-rate * x) / _gamma(shape)

    return Profile(density, ZERO, raw=_gamma_moments(shape, rate))


def _gamma_moments(shape: Term, rate: Term) -> Callable[[int], Term]:
    return lambda d: _product([(shape + number(i)) / rate for i in range(d)])


def _by_falling(falling: Callable[[int], Term]) -> Callable[[int], Term]:
    """E[X^d] by E[X (X-1) ... (X-k+1)], with the numbers of partitions of d things into k parts."""

    def raw(d: int) -> Term:
        return sum((number(_partitions(d, k)) * falling(k) for k in range(1, d + 1)), ZERO) if d else ONE

    return raw


def _partitions(d: int, k: int) -> int:
    return sum((1 if (k - j) % 2 == 0 else -1) * comb(k, j) * int(j**d) for j in range(k + 1)) // factorial(k)


def _product(factors: Sequence[Term]) -> Term:
    return reduce(lambda total, one: total * one, factors, ONE)


__all__ = ["Profile", "number_of", "profile_of"]
