"""Numbers of the second reading: exact rationals, balls, and first-order jets over either.

A scalar is an `fmpq` where the value is known exactly, an `acb` ball otherwise, or a `Jet` for derivatives. Operators
+, -, * work between all three; everything that can fail (quotients, powers, order) is a function of this module.

Guarantees. A ball encloses the true value. A value that does not exist raises `Undefined`; a question that balls of this
precision cannot answer (is it zero? is it positive?) raises `Inseparable`, and the caller may ask again with more
precision. Real values have an imaginary part that is exactly 0, so that a negative real number lies on the branch
cut and not on both sides of it. Powers and logarithms are principal branches; 0**0 is 1, as in SymPy.

Jets are nested by tag: the larger tag is the inner derivative. Tags are even for a real variable and odd for a
complex one, in which abs, re, im and conj have no derivative.

Imports: python-flint, calcds.errors.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias, Union

from flint import acb, arb, fmpq, fmpz

from calcds.errors import NoRule, Undefined

Scalar: TypeAlias = Union[fmpq, acb, "Jet"]
ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)
_EXACT_BITS = 40_000  # integer powers with more bits become balls


class Inseparable(Undefined):
    """Balls of this precision do not answer; more precision may."""


class Jet:
    """A value and its derivatives in some directions; absent directions are zero.

    >>> x = Jet(2, fmpq(3), {0: ONE})
    >>> (x*x).value, (x*x).slopes[0]
    (9, 6)
    """

    __slots__ = ("slopes", "tag", "value")

    def __init__(self, tag: int, value: Any, slopes: dict[int, Any]) -> None:
        self.tag, self.value, self.slopes = tag, value, slopes

    def __add__(self, other: Any) -> Jet:
        if type(other) is Jet:
            if other.tag > self.tag:
                return Jet(other.tag, self + other.value, other.slopes)
            if other.tag == self.tag:
                slopes = dict(self.slopes)
                for k, s in other.slopes.items():
                    slopes[k] = slopes[k] + s if k in slopes else s
                return Jet(self.tag, self.value + other.value, slopes)
        return Jet(self.tag, self.value + other, self.slopes)

    __radd__ = __add__

    def __mul__(self, other: Any) -> Jet:
        if type(other) is Jet:
            if other.tag > self.tag:
                return Jet(other.tag, self * other.value, {k: self * s for k, s in other.slopes.items()})
            if other.tag == self.tag:
                a, b = self.value, other.value
                slopes = {k: s * b for k, s in self.slopes.items()}
                for k, s in other.slopes.items():
                    slopes[k] = slopes[k] + a * s if k in slopes else a * s
                return Jet(self.tag, a * b, slopes)
        return Jet(self.tag, self.value * other, {k: s * other for k, s in self.slopes.items()})

    __rmul__ = __mul__

    def __neg__(self) -> Jet:
        return Jet(self.tag, -self.value, {k: -s for k, s in self.slopes.items()})

    def __sub__(self, other: Any) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Jet:
        return (-self).__add__(other)

    def __repr__(self) -> str:
        return f"Jet({self.tag}, {self.value}, {self.slopes})"

    def along(self, value: Any, slope: Any) -> Jet:
        """The jet of a function of this one: its value and its derivative there."""
        return Jet(self.tag, value, {k: slope * s for k, s in self.slopes.items()})


def rational(value: Fraction | int | str) -> fmpq:
    """An exact number from a Python one or from text such as "2/3" or "1e-7"."""
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)


def primal(x: Any) -> Any:
    """The value without any derivative."""
    while type(x) is Jet:
        x = x.value
    return x


def ball(x: Any) -> acb:
    """The value as a ball of the working precision."""
    return x if type(x) is acb else acb(x)


def finite(x: acb) -> acb:
    """The ball, if it is bounded."""
    if not x.is_finite():
        raise Inseparable("a value that is not finite at this precision")
    return x


def slope(x: Any, tag: int, direction: int) -> Any:
    """The derivative in a direction of a tag; zero where x does not depend on it."""
    if type(x) is Jet and x.tag == tag:
        return x.slopes.get(direction, ZERO)
    return ZERO


# -- questions about values ------------------------------------------------------------------------------------


def is_zero(x: Any) -> bool:
    """Whether the value is zero; raises Inseparable where the ball does not tell."""
    x = primal(x)
    if type(x) is fmpq:
        return not x
    if x.is_zero():
        return True
    if x.contains(0):
        raise Inseparable("a value that may be zero")
    return False


def is_real(x: Any) -> bool:
    """Whether the value is real; raises Inseparable where the ball does not tell."""
    x = primal(x)
    if type(x) is fmpq:
        return True
    imaginary = x.imag
    if imaginary.is_zero():
        return True
    if imaginary.contains(0):
        raise Inseparable("a value that may be real")
    return False


def real_part(x: Any) -> Any:
    """fmpq, or the real part as an arb, of a value that must be real."""
    x = primal(x)
    if type(x) is fmpq:
        return x
    if not is_real(x):
        raise Undefined(f"{show(x)} is not real, so it has no order")
    return x.real


def sign(x: Any) -> int:
    """-1, 0 or 1 for a real value."""
    r = real_part(x)
    if type(r) is fmpq:
        return (r.p > 0) - (r.p < 0)
    if r > 0:
        return 1
    if r < 0:
        return -1
    if r.is_zero():
        return 0
    raise Inseparable("a value whose sign is not known at this precision")


def order(a: Any, b: Any) -> int:
    """-1, 0 or 1 as a < b, a = b, a > b, for real values."""
    a, b = primal(a), primal(b)
    if type(a) is acb:
        real_part(a)
    if type(b) is acb:
        real_part(b)
    return sign(a - b)


def integer(x: Any) -> int | None:
    """The integer this value exactly is, or None; None too where it has too many digits to be written out."""
    x = primal(x)
    if type(x) is fmpq:
        return int(x.p) if x.q == 1 else None
    if x.is_exact() and x.imag.is_zero() and x.real.is_integer():
        return int(x.real.unique_fmpz()) if x.real.man_exp()[1] <= _EXACT_BITS else None
    return None


def depends(x: Any) -> bool:
    """Whether the value carries a derivative."""
    return type(x) is Jet and bool(x.slopes)


def show(x: Any, digits: int = 20) -> str:
    """The value as text: exact, or a ball `1.25 +/- 3e-30` with at most so many digits."""
    x = primal(x)
    if type(x) is fmpq:
        return str(x)
    if x.imag.is_zero():
        return _show_real(x.real, digits)
    return f"{_show_real(x.real, digits)} + ({_show_real(x.imag, digits)})*I"


def _show_real(x: arb, digits: int) -> str:
    if x.is_exact():
        mantissa, exponent = x.man_exp()
        if abs(int(exponent)) < 64:
            return str(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))
    said = str(x.str(digits))
    return said.strip("[]")


# -- quotients and powers --------------------------------------------------------------------------------------


def reciprocal(x: Any) -> Any:
    """1/x. Raises Undefined at 0."""
    if type(x) is fmpq:
        if not x:
            raise Undefined("division by zero")
        return ONE / x
    if type(x) is acb:
        if x.is_zero():
            raise Undefined("division by zero")
        return finite(1 / x)
    inverse = reciprocal(x.value)
    return x.along(inverse, -(inverse * inverse))


def power(a: Any, b: Any, *, analytic: bool = False) -> Any:
    """a**b, principal branch. Raises Undefined for 0 to a power without positive real part (0**0 is 1)."""
    if type(b) is fmpq and b.q == 1:
        return _integer_power(a, int(b.p))
    if type(a) is Jet or type(b) is Jet:
        return _jet_power(a, b, analytic=analytic)
    if (k := integer(b)) is not None:
        return _integer_power(a, k)
    if _exactly_zero(a):
        exponent = b if type(b) is fmpq else b.real
        if exponent > 0:
            return ZERO
        if exponent < 0:
            raise Undefined("0 to a negative power")
        raise Inseparable("0 to a power that may be 0")
    if type(a) is fmpq and type(b) is fmpq and (exact := _exact_power(a, b)) is not None:
        return exact
    base = ball(a)
    if type(b) is fmpq and b.q == 2:
        return finite(base.sqrt(analytic=analytic) ** int(b.p))
    return finite(base.pow(ball(b), analytic=analytic))


def square_root(x: Any) -> Any:
    """Principal square root."""
    return power(x, HALF)


def _exactly_zero(a: Any) -> bool:
    return not a if type(a) is fmpq else bool(a.is_zero())


def _integer_power(a: Any, k: int) -> Any:
    if k == 1:
        return a
    if type(a) is Jet:
        if k == 0:
            return ONE if not a.slopes else a.along(ONE, ZERO)
        return a.along(_integer_power(a.value, k), k * _integer_power(a.value, k - 1))
    if type(a) is fmpq:
        if not a and k < 0:
            raise Undefined("0 to a negative power")
        if abs(k) * a.height_bits() <= _EXACT_BITS or a in (0, 1, -1):
            return a**k
        a = acb(a)
    elif a.is_zero() and k < 0:
        raise Undefined("0 to a negative power")
    return finite(a**k)


def _exact_power(a: fmpq, b: fmpq) -> fmpq | None:
    degree = int(b.q)
    if a.p < 0 or degree > 64 or abs(int(b.p)) * a.height_bits() > _EXACT_BITS:
        return None
    above, below = _root(a.p, degree), _root(a.q, degree)
    if above is None or below is None:
        return None
    return fmpq(above, below) ** int(b.p)


def _root(n: fmpz, degree: int) -> fmpz | None:
    root = n.root(degree)
    return root if root**degree == n else None


def _jet_power(a: Any, b: Any, *, analytic: bool) -> Any:
    tag = max(x.tag for x in (a, b) if type(x) is Jet)
    base, base_slopes = (a.value, a.slopes) if type(a) is Jet and a.tag == tag else (a, {})
    exponent, exponent_slopes = (b.value, b.slopes) if type(b) is Jet and b.tag == tag else (b, {})
    value = power(base, exponent, analytic=analytic)
    slopes: dict[int, Any] = {}
    if base_slopes:
        _leave_cut(base, base_slopes, exponent)
        by_base = exponent * power(base, exponent - ONE, analytic=analytic)
        slopes = {k: by_base * s for k, s in base_slopes.items()}
    if exponent_slopes:
        by_exponent = value * logarithm(base, analytic=analytic)
        for k, s in exponent_slopes.items():
            slopes[k] = slopes[k] + by_exponent * s if k in slopes else by_exponent * s
    return Jet(tag, value, slopes)


def _leave_cut(base: Any, slopes: dict[int, Any], exponent: Any = None) -> None:
    """A derivative on the branch cut exists only along the cut, that is for real slopes."""
    if exponent is not None and integer(exponent) is not None:
        return
    at = primal(base)
    on_cut = at < 0 if type(at) is fmpq else (at.imag.contains(0) and not at.real > 0)
    if on_cut:
        for s in slopes.values():
            if not is_real(s):
                raise Undefined("a derivative across a branch cut")


def logarithm(x: Any, *, analytic: bool = False) -> Any:
    """Principal logarithm. Raises Undefined at 0."""
    if type(x) is Jet:
        _leave_cut(x.value, x.slopes)
        return x.along(logarithm(x.value, analytic=analytic), reciprocal(x.value))
    if type(x) is fmpq:
        if x == 1:
            return ZERO
        if not x:
            raise Undefined("log(0)")
        if analytic and x < 0:
            raise Inseparable("log on its branch cut")
        return acb(x).log()
    if x.is_zero():
        raise Undefined("log(0)")
    return finite(x.log(analytic=analytic))


def constant(name: str) -> Any:
    """pi, e, I, gamma. Infinity is a bound, not a number."""
    if name == "pi":
        return acb(arb.pi())
    if name == "e":
        return acb(arb.const_e())
    if name == "I":
        return acb(0, 1)
    if name == "gamma":
        return acb(arb.const_euler())
    raise NoRule("compute with", name, "infinity is a bound of sums, integrals and limits only")
