"""Claims about particular numbers: equality proved by certified numbers and a bound that keeps zero apart.

An algebraic number that is not zero cannot be too small. For an expression E built from integers by + - * / and roots,
let u(E), l(E) bound the conjugates of a numerator and a denominator that are algebraic integers, and let D bound the
degree. Then E = 0 or |E| >= 1/(u^(D-1) l) (Burnikel, Fleischer, Mehlhorn, Schirra, Schmitt 2001, the BFMSS bound):

    E              u(E)                        l(E)                   factor of D
    integer n      |n|                         1                      1
    a + b, a - b   u(a) l(b) + l(a) u(b)       l(a) l(b)              -
    a b            u(a) u(b)                   l(a) l(b)              -
    a / b          u(a) l(b)                   l(a) u(b)              -
    k-th root      u(a)^(1/k) l(a)^(1-1/k) or  l(a)  (or mirrored)    k
    exp(i pi m/n)  1                           1                      phi(2n)

So if balls show that |left - right| is below that bound, the two sides are equal: a proof.

Angles and logarithms: with D = left - right a sum of rational multiples of pi, atan, asin, acos and log of algebraic
numbers, e^(i k D) or e^(k D) is algebraic for a whole number k; if it is 1 and |k D| < 1, then D = 0.

Imports: calcds.expr, calcds.values, calcds.decide.prover (the answers).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm, log2

from flint import acb

from calcds.decide.prover import Proof, Silence
from calcds.errors import CalcdsError, NoRule
from calcds.expr.functions import fn
from calcds.expr.term import MINUS_ONE, ONE, Term, add, mul, number, power
from calcds.values.evaluate import evaluate
from calcds.values.numbers import primal
from calcds.values.points import Point

MOST_BITS = 60_000  # of precision that a proof may ask for
MOST_DEGREE = 4_000
_E = Term("const", (), "e")
_I = Term("const", (), "I")
_PI = Term("const", (), "pi")


@dataclass
class Bound:
    """log2 of u and l, and what the degree is made of."""

    u: float
    l: float
    roots: set[tuple[Term, int]] = field(default_factory=set)
    turn: int = 1  # roots of unity of this order occur

    @property
    def degree(self) -> int:
        """A bound for the degree of the field that all parts lie in."""
        degree = _totient(self.turn)
        for _, k in self.roots:
            degree *= k
            if degree > MOST_DEGREE:
                raise NoRule("separate from zero", "a number of such high degree")
        return degree

    def joined(self, other: Bound, u: float, l: float) -> Bound:
        """A bound for a combination of two parts."""
        return Bound(u, l, self.roots | other.roots, lcm(self.turn, other.turn))


def prove_numbers(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:  # noqa: ARG001
    """Whether two numbers are equal, by their size and a separation bound."""
    if left.free or right.free or not left.is_scalar:
        return Silence("not a claim about numbers alone")
    try:
        difference = add(left, mul(MINUS_ONE, right))
        try:
            if _is_zero(difference):
                return Proof("algebraic numbers", "the difference is smaller than any other algebraic number of its kind but 0")
        except NoRule:
            if _angle_is_zero(difference):
                return Proof("algebraic numbers", "the exponential of the difference is 1, and the difference is small")
    except (CalcdsError, OverflowError, ValueError, ZeroDivisionError) as reason:
        return Silence(str(reason))
    return Silence("the numbers are not within the separation bound")


def _is_zero(t: Term) -> bool:
    bound = _bound(t)
    bits = int((bound.degree - 1) * max(bound.u, 0.0) + bound.l) + 2
    if bits > MOST_BITS:
        raise NoRule("separate from zero", "a number that would need so many digits")
    return _certainly_below(t, bits)


def _certainly_below(t: Term, bits: int) -> bool:
    """Whether |t| < 2^-bits, by balls."""
    value = acb(primal(evaluate(t, Point(), prec=bits + 200)[0][0]))
    return bool(abs(value) < acb(2).real ** (-bits))


# -- bounds ----------------------------------------------------------------------------------------------------


def _plus(a: float, b: float) -> float:
    """log2(2^a + 2^b), from above."""
    big, small = max(a, b), min(a, b)
    return big + log2(1 + 2 ** (small - big)) + 1e-9 if big - small < 60 else big + 1e-9


def _bound(t: Term) -> Bound:
    match t.head:
        case "num":
            return Bound(_log2(abs(t.data.numerator)), _log2(t.data.denominator))
        case "decimal":
            return _bound(number(Fraction(t.data)))
        case "const" if t is _I:
            return Bound(0.0, 0.0, set(), 4)
        case "add":
            bound = _bound(t.args[0])
            for a in t.args[1:]:
                b = _bound(a)
                bound = bound.joined(b, _plus(bound.u + b.l, bound.l + b.u), bound.l + b.l)
            return bound
        case "mul":
            bound = _bound(t.args[0])
            for a in t.args[1:]:
                b = _bound(a)
                bound = bound.joined(b, bound.u + b.u, bound.l + b.l)
            return bound
        case "pow":
            return _bound_of_power(t)
        case "fn":
            return _bound_of_function(t)
    raise NoRule("bound", str(t))


def _log2(n: int) -> float:
    return log2(n) + 1e-9 if n > 1 else 0.0


def _bound_of_power(t: Term) -> Bound:
    base, exponent = t.args
    if base is _E:
        return _bound_of_function(fn("exp", exponent))
    q = _rational(exponent)
    if q is None or abs(q.numerator) > 64 or q.denominator > 24:
        raise NoRule("bound", str(t))
    a = _bound(base)
    if q < 0:
        a = Bound(a.l, a.u, a.roots, a.turn)
    p, k = abs(q.numerator), q.denominator
    u, l = a.u, a.l
    if k > 1:
        u, l = ((u + (k - 1) * l) / k, l) if u >= l else (u, (l + (k - 1) * u) / k)
        a.roots.add((base, k))
    return Bound(u * p, l * p, a.roots, a.turn)


def _bound_of_function(t: Term) -> Bound:
    angle = _multiple_of_pi(t.args[0])
    if t.data == "exp":
        inner = _multiple_of_pi(mul(MINUS_ONE, _I, t.args[0])) if angle is None else None
        if inner is None:
            raise NoRule("bound", str(t))
        return Bound(0.0, 0.0, set(), 2 * inner.denominator)
    if angle is None or t.data not in ("sin", "cos", "tan", "cot", "sec", "csc"):
        raise NoRule("bound", str(t))
    turn = lcm(4, 2 * angle.denominator)
    # 2 sin and 2 cos are sums of two roots of unity: all six are quotients of such sums and of 2
    return Bound(1.0, 1.0, set(), turn)


def _rational(t: Term) -> Fraction | None:
    match t.head:
        case "num":
            value: Fraction = t.data
            return value
        case "decimal":
            return Fraction(t.data)
        case "mul":
            product = Fraction(1)
            for a in t.args:
                one = _rational(a)
                if one is None:
                    return None
                product *= one
            return product
        case "pow" if (e := _rational(t.args[1])) is not None and e.denominator == 1 and abs(e) <= 16:
            base = _rational(t.args[0])
            return base ** int(e) if base else None
        case "add":
            parts = [_rational(a) for a in t.args]
            return None if any(p is None for p in parts) else sum((p for p in parts if p is not None), Fraction(0))
    return None


def _multiple_of_pi(t: Term) -> Fraction | None:
    """q with t = q pi."""
    if t is _PI:
        return Fraction(1)
    if t.head == "num" and t.data == 0:
        return Fraction(0)
    if t.head == "mul":
        factors = [a for t_ in t.args for a in (t_.args if t_.head == "mul" else (t_,))]
        units = [a for a in factors if a is _I]
        rest = [a for a in factors if a is not _I]
        if len(units) % 2:
            return None
        found = [(_multiple_of_pi(a), a) for a in rest]
        angles = [(q, a) for q, a in found if q is not None and _rational(a) is None]
        numbers = [_rational(a) for q, a in found if not (q is not None and _rational(a) is None)]
        if len(angles) == 1 and all(n is not None for n in numbers):
            q: Fraction = angles[0][0] or Fraction(0)
            for n in numbers:
                q *= n or Fraction(0)
            return q if len(units) % 4 == 0 else -q  # i^2 = -1
    if t.head == "add":
        parts = [_multiple_of_pi(a) for a in t.args]
        return None if any(p is None for p in parts) else sum((p for p in parts if p is not None), Fraction(0))
    return None


def _totient(n: int) -> int:
    return sum(1 for k in range(1, n + 1) if gcd(k, n) == 1)


# -- angles and logarithms -------------------------------------------------------------------------------------


def _angle_is_zero(difference: Term) -> bool:
    """Whether a sum of angles or of logarithms is zero, through its exponential."""
    parts = _linear(difference)
    kinds = {"turn" if a is _PI or a.data in ("atan", "asin", "acos") else "log" for a, _ in parts}
    if len(kinds) != 1:
        return False
    scale = lcm(*(c.denominator for _, c in parts))
    if not _certainly_below(mul(number(scale), difference), 1):
        return False
    product = ONE
    for atom, c in parts:
        product = mul(product, power(_exponential(atom), number(c * scale)))
    return _is_zero(add(product, MINUS_ONE))


def _linear(t: Term) -> list[tuple[Term, Fraction]]:
    if _rational(t) == 0:
        return []
    match t.head:
        case "add":
            return [part for a in t.args for part in _linear(a)]
        case "mul":
            atoms = [a for a in t.args if _rational(a) is None]
            scale = Fraction(1)
            for a in t.args:
                scale *= _rational(a) or Fraction(1) if a not in atoms else Fraction(1)
            if len(atoms) == 1:
                return [(atom, c * scale) for atom, c in _linear(atoms[0])]
        case "const" if t is _PI:
            return [(t, Fraction(1))]
        case "fn" if t.data in ("atan", "asin", "acos", "log"):
            return [(t, Fraction(1))]
    raise NoRule("write as a sum of angles or logarithms", str(t))


def _exponential(atom: Term) -> Term:
    """exp(i angle), or exp(log u) = u, as an algebraic number."""
    if atom is _PI:
        return MINUS_ONE
    v = atom.args[0]
    root = power(add(ONE, mul(MINUS_ONE, v, v)), number(Fraction(1, 2)))
    match atom.data:
        case "log":
            return v
        case "atan":  # e^(i atan v) = (1 + i v)/sqrt(1 + v^2), v real
            return mul(add(ONE, mul(_I, v)), power(add(ONE, mul(v, v)), number(Fraction(-1, 2))))
        case "asin":
            return add(root, mul(_I, v))
    return add(v, mul(_I, root))  # acos
