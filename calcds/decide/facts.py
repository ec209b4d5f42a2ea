"""What the hypotheses say about signs: the side conditions of every rewriting rule are asked here.

The sign of a real quantity is a set, a subset of {-1, 0, 1}: {1} positive, {0, 1} nonnegative, all three: real, nothing
more known. None: not known to be real. Products and sums of sign sets are computed element by element, so an answer
is never a guess; where monomials alone do not tell, factors, squares, stated inequalities and interval bounds do.

Imports: calcds.expr, calcds.values, calcds.decide.field.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any, TypeAlias

from flint import acb, fmpq

from calcds.decide.field import Field, Ratio
from calcds.errors import CalcdsError
from calcds.expr.functions import TABLE
from calcds.expr.kinds import Kind
from calcds.expr.term import Term
from calcds.values.evaluate import evaluate
from calcds.values.points import Point

Signs: TypeAlias = "frozenset[int] | None"

SHORT = 12  # polynomials up to this many terms are compared with stated ones and completed to squares

REAL: frozenset[int] = frozenset({-1, 0, 1})
POS, NEG, NIL = frozenset({1}), frozenset({-1}), frozenset({0})
NONNEG, NONPOS, NONZERO = frozenset({0, 1}), frozenset({-1, 0}), frozenset({-1, 1})
_WITHIN_ONE = ("tanh", "sin", "cos", "erf", "sigmoid")  # between -1 and 1 for real arguments; sin and cos reach both
_OF_FACT = {
    "positive": POS,
    "negative": NEG,
    "nonnegative": NONNEG,
    "nonpositive": NONPOS,
    "nonzero": NONZERO,
}


def times(a: Signs, b: Signs) -> Signs:
    """The sign of a product."""
    if NIL in (a, b):
        return NIL
    if a is None or b is None:
        return None
    return frozenset(x * y for x in a for y in b)


def plus(a: Signs, b: Signs) -> Signs:
    """The sign of a sum."""
    if a is None or b is None:
        return None
    out: set[int] = set()
    for x in a:
        for y in b:
            out |= {x} if y in (0, x) else {y} if x == 0 else {-1, 0, 1}
    return frozenset(out)


def of_kind(kind: Kind) -> Signs:
    """The sign that a kind states, also for the entries of a matrix."""
    if not kind.has("real"):
        return None
    signs = REAL
    for fact, said in _OF_FACT.items():
        if kind.has(fact):
            signs &= said
    return signs


class Facts:
    """The stated inequalities of a question, and the signs that follow."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.known: list[tuple[Ratio, frozenset[int]]] = []  # (ratio, its possible signs), as stated
        self.lengths: dict[Term, Ratio] = {}  # index -> length: 0 <= index < length
        self._kernel: dict[Term, Signs] = {}
        self.read: Callable[[Term], Ratio] | None = None  # brings terms to normal form; set by the normalizer

    def state(self, ratio: Ratio, signs: frozenset[int]) -> None:
        """Take it as given that a ratio has one of the signs."""
        self.known.append((ratio, signs))
        content, factors = ratio.factors()
        unsettled = [f**e for f, e in factors if len(self.sign(f, 0) or REAL) > 1]
        if content and 0 < len(unsettled) < len(factors):
            # t z > 0 with t > 0 says z > 0
            rest = reduce(mul, unsettled)
            others = self.sign(ratio / rest, 0)
            if others in (POS, NEG):
                self.known.append((rest, times(signs, others) or REAL))
        self._kernel.clear()

    def forget(self, count: int) -> None:
        """Drop what was stated after the first `count` statements: a bound variable has left its scope."""
        del self.known[count:]
        self._kernel.clear()

    # -- integers ----------------------------------------------------------------------------------------------

    def is_integer(self, ratio: Ratio) -> bool:
        """Whether the ratio is a whole number at every point: an integer polynomial in integer kernels."""
        if not ratio.den.is_one():
            return False
        if any(int(c.q) != 1 for c in ratio.num.coeffs()):
            return False
        return all(_integer_kernel(k) for k in ratio.kernels())

    # -- signs -------------------------------------------------------------------------------------------------

    def is_real(self, ratio: Ratio) -> bool:
        """Whether the ratio is real wherever it is defined."""
        return all(self.of_kernel(k) is not None for k in ratio.kernels())

    def is_positive(self, ratio: Ratio) -> bool:
        """Whether the ratio is positive wherever it is defined."""
        return self.sign(ratio) == POS

    def sign(self, ratio: Ratio, depth: int = 2) -> Signs:
        """The possible signs of a ratio."""
        value = ratio.value
        if value is not None:
            return frozenset({(value > 0) - (value < 0)})
        if not any(k.free for k in ratio.kernels()):
            return _of_constant(ratio.term)
        content, factors = ratio.factors()
        settled: Signs = POS if content > 0 else NEG
        signs: Signs = POS
        unsettled = []
        for factor, exponent in factors:
            one = self._of_factor(factor, depth)
            if one is None:
                return None
            if exponent % 2 == 0:
                one = frozenset(abs(s) for s in one)
            if exponent < 0:
                one -= {0}  # where the quotient is defined
            if len(one) == 1:
                settled = times(settled, one)
            else:
                signs = times(signs, one)
                unsettled.append(factor**exponent)
        if len(unsettled) > 1 and signs is not None and self.known:
            signs &= self._from_stated(reduce(mul, unsettled), 0)  # a product may have been stated as a whole
        return times(settled, signs)

    def _of_factor(self, factor: Ratio, depth: int) -> Signs:
        by_monomials: Signs = NIL
        for c, monomial in factor.monomials():
            by_monomials = plus(by_monomials, self._of_monomial(c, monomial))
        if by_monomials is None:
            return None
        signs = by_monomials
        if len(signs) > 1:
            signs &= self._from_stated(factor, depth if len(factor.num) <= SHORT else 0)
        if len(signs) > 1 and len(factor.num) <= SHORT:
            signs &= self._of_quadratic(factor, depth)
        if len(signs) > 1 and depth and len(factor.num) <= SHORT:
            signs &= self._of_root(factor, depth)
        return signs

    def _of_monomial(self, c: Fraction, monomial: Ratio) -> Signs:
        signs: Signs = POS if c > 0 else NEG
        for kernel, e in zip(self.field.kernels, monomial.num.degrees(), strict=False):
            if e:
                one = self.of_kernel(kernel)
                if one is None:
                    return None
                signs = times(signs, frozenset(abs(s) for s in one) if e % 2 == 0 else one)
        return signs

    def _from_stated(self, factor: Ratio, depth: int) -> frozenset[int]:
        signs = REAL
        for stated, said in (*self.known, *self._bounds(factor)):
            quotient = (factor / stated).value if not stated.is_zero else None
            if quotient is not None:
                signs &= said if quotient > 0 else frozenset(-s for s in said)
            elif depth:
                # factor = scale * stated + rest: worth a look where something cancels
                flipped = frozenset(-s for s in said)
                for scale in _scales(factor, stated):
                    rest, one = factor - scale * stated, said if scale.num.leading_coefficient() > 0 else flipped
                    if 0 < len(one) < len(REAL) and one != NONZERO and len(rest.num) <= len(factor.num):
                        both = plus(one, self.sign(rest, depth - 1))
                        signs &= REAL if both is None else both
        return signs

    def _bounds(self, factor: Ratio) -> list[tuple[Ratio, frozenset[int]]]:
        """Bounds that kinds state: intervals, dimensions at least 1, indices below their length."""
        found: list[tuple[Ratio, frozenset[int]]] = []
        for kernel in factor.kernels():
            if kernel.head == "sym":
                kind: Kind = kernel.data[1]
                here = self.field.kernel(kernel)
                if kernel in self.lengths:
                    found += [(here, NONNEG), (self.lengths[kernel] - here - self.field.one, NONNEG)]
                if kind.has("positive") and kind.has("integer"):
                    found.append((here - self.field.one, NONNEG))
                if kind.low is not None:
                    found.append((here - self.field.constant(kind.low), POS))
                if kind.high is not None:
                    found.append((self.field.constant(kind.high) - here, POS))
            elif kernel.head == "entry" and kernel.args[0].head == "sym":
                kind = kernel.args[0].data[1]
                if kind.has("probability"):
                    found.append((self.field.one - self.field.kernel(kernel), NONNEG))
            elif kernel.head == "fn" and kernel.data in _WITHIN_ONE and self.of_kernel(kernel.args[0]) is not None:
                gap = NONNEG if kernel.data in ("sin", "cos") else POS
                here = self.field.kernel(kernel)
                found += [(self.field.one - here, gap), (self.field.one + here, gap)]
        return found

    def _of_root(self, factor: Ratio, depth: int) -> frozenset[int]:
        """a + c r, r a square root: the larger of |a| and |c r| decides, and a^2 and c^2 r^2 tell which it is."""
        for index, (degree, square) in self.field.relations.items():
            if degree != 2 or factor.num.degrees()[index] != 1:
                continue
            root = self.of_kernel(self.field.kernels[index])
            if root is None or not root <= NONNEG:
                continue
            with_root: dict[tuple[int, ...], Any] = {}
            without: dict[tuple[int, ...], Any] = {}
            for exponents, c in factor.num.to_dict().items():
                target = with_root if exponents[index] else without
                target[(*exponents[:index], 0, *exponents[index + 1 :])] = c
            slope, rest = (
                Ratio(self.field, self.field.context.from_dict(d), self.field.one_poly) for d in (with_root, without)
            )
            gap = self.sign(self.field.reduce(slope * slope * square - rest * rest), depth - 1)
            if gap == POS:
                return self.sign(slope, depth - 1) or REAL
            if gap == NEG:
                return self.sign(rest, depth - 1) or REAL
        return REAL

    def _of_quadratic(self, factor: Ratio, depth: int) -> frozenset[int]:
        """a k^2 + b k + c with a > 0 and b^2 < 4ac is positive."""
        degrees = factor.num.degrees()
        for index, degree in enumerate(degrees):
            if degree != 2 or self.of_kernel(self.field.kernels[index]) is None:
                continue
            parts = {0: self.field.zero, 1: self.field.zero, 2: self.field.zero}
            for exponents, c in factor.num.to_dict().items():
                rest = (*exponents[:index], 0, *exponents[index + 1 :])
                parts[exponents[index]] += Ratio(self.field, self.field.context.from_dict({rest: c}), self.field.one_poly)
            if depth:
                lead = self.sign(parts[2], 0)
                discriminant = self.sign(parts[1] ** 2 - self.field.constant(4) * parts[2] * parts[0], depth - 1)
                if discriminant == NEG and lead in (POS, NEG):
                    return lead
                if discriminant is not None and discriminant <= NONPOS and lead in (POS, NEG):
                    return NONNEG if lead == POS else NONPOS
        return REAL

    # -- kernels -----------------------------------------------------------------------------------------------

    def of_kernel(self, kernel: Term) -> Signs:
        """The possible signs of a kernel."""
        if kernel not in self._kernel:
            self._kernel[kernel] = REAL  # a kernel that asks about itself learns no more than that
            signs = self._kernel[kernel] = self._look(kernel)
            if signs is not None and len(signs) > 1:
                for stated, said in self.known:
                    if kernel in self.field.numbers:
                        quotient = (self.field.kernel(kernel) / stated).value if not stated.is_zero else None
                        if quotient is not None:
                            signs &= said if quotient > 0 else frozenset(-s for s in said)
                self._kernel[kernel] = signs
        return self._kernel[kernel]

    def _look(self, k: Term) -> Signs:
        match k.head:
            case "sym":
                return of_kind(k.data[1])
            case "const":
                return POS if k.data in ("pi", "e", "gamma", "oo") else None
            case "num":
                return frozenset({(k.data > 0) - (k.data < 0)})
            case "entry":
                return self._entry(k)
            case "pow":
                return self._power(k)
            case "fn":
                return self._function(k)
            case "add":
                signs: Signs = NIL
                for a in k.args:
                    signs = plus(signs, self.of_kernel(a))
                return signs
            case "mul":
                signs = POS
                for a in k.args:
                    signs = times(signs, self.of_kernel(a))
                return signs
            case "sum" | "prod":
                return self._repeated(k)
            case "apply":
                return REAL if self._is_real_term(k) else None
            case "norm":
                return NONNEG
            case "delta":
                return NONNEG
            case "piecewise":
                found: set[int] = set()
                for value in k.args[::2]:
                    one = self.of_kernel(value)
                    if one is None:
                        return None
                    found |= one
                return frozenset(found)
            case "det" | "total" | "trace" | "integral" | "limit" | "deriv":
                return REAL if self._is_real_term(k) else None
        return None

    def _repeated(self, k: Term) -> Signs:
        """The sign of a sum or product of terms that all have one sign set: closed under plus or times."""
        inner = self.of_kernel(k.args[0])
        if inner is None:
            return None
        combine, empty = (plus, NIL) if k.head == "sum" else (times, POS)
        signs = inner | (combine(inner, inner) or REAL)
        return signs if surely_nonempty(k) else signs | empty

    def _is_real_term(self, t: Term) -> bool:
        """Whether a term is real wherever it is defined, as far as its parts tell. Undefined functions map reals to reals."""
        match t.head:
            case "num" | "decimal" | "delta" | "eye" | "zeros" | "ones" | "unit" | "norm":
                return True
            case "sym":
                return bool(t.data[1].has("real"))
            case "const" | "pow" | "fn":
                return self.of_kernel(t) is not None
            case "entry" | "sum" | "prod" | "integral" | "limit" | "deriv" | "grad" | "jac" | "hess" | "build":
                return self._is_real_term(t.args[0])
            case "at":
                return self._is_real_term(t.args[0]) and self._is_real_term(t.args[2])
            case "apply" if t.data.body is not None:
                return False
            case "piecewise":
                return all(self._is_real_term(a) for a in t.args[::2])
            case "add" | "mul" | "trans" | "inv" | "det" | "total" | "trace" | "diag" | "diagonal" | "had" | "apply" | "matrix":
                return all(self._is_real_term(a) for a in t.args)
        return False

    def _real_branch(self, k: Term, inside: Signs) -> Signs:
        """The sign of a function that is real only on an interval, where its argument is known to lie in it."""
        if self.read is None:
            return REAL if k.data == "log" and inside == POS else None
        u, one = self.read(k.args[0]), self.field.one
        inside = self.sign(u)
        if k.data in ("log", "acosh"):
            above = self.sign(u - one)  # log u has the sign of u - 1
            if k.data == "log":
                return above if inside == POS else None
            return NONNEG if above is not None and above <= NONNEG else None
        room = self.sign(one - u * u)
        if room is None or not room <= (POS if k.data == "atanh" else NONNEG):
            return None
        return NONNEG if k.data == "acos" else inside

    def _entry(self, k: Term) -> Signs:
        whole, i, j = k.args
        if whole.head == "sym":
            kind: Kind = whole.data[1]
            signs = of_kind(kind)
            if kind.has("positive definite") and i is j:
                return POS
            if kind.has("positive semidefinite") and i is j:
                return NONNEG
            return signs
        if whole.head == "inv" and whole.args[0].head == "sym":
            kind = whole.args[0].data[1]
            if kind.has("positive definite") and i is j:
                return POS
            return REAL if kind.has("real") else None
        return REAL if self._is_real_term(whole) else None

    def _power(self, k: Term) -> Signs:
        base, exponent = (self.of_kernel(a) for a in k.args)
        if exponent is None:
            return None
        if self.read is not None and k.args[0].head == "add" and (base is None or not base <= NONNEG):
            base = self.sign(self.read(k.args[0]))  # factors and stated inequalities say more than the parts of a sum
        if base == POS:
            return POS
        n = k.args[1]
        if n.head == "num" and n.data.denominator == 1 and base is not None:
            even = n.data % 2 == 0
            signs = frozenset(abs(s) for s in base) if even else base
            return signs - {0} if n.data < 0 else signs
        if base is not None and base <= NONNEG:
            return NONNEG
        if base is not None and _integer_kernel(n):
            return REAL
        return None

    def _function(self, k: Term) -> Signs:
        row = TABLE[k.data]
        arguments = [self.of_kernel(a) for a in k.args]
        if any(a is None for a in arguments):
            return NONNEG if k.data == "abs" else None
        if k.data in ("log", "asin", "acos", "acosh", "atanh"):
            return self._real_branch(k, arguments[0])
        if k.data in ("gamma", "factorial") and all(a is not None and a <= NONNEG for a in arguments):
            return POS
        if k.data in ("atan", "sinh", "asinh", "tanh", "erf", "sign"):
            return arguments[0]
        if k.data == "abs":
            return frozenset(abs(s) for s in arguments[0] or REAL)
        signs = REAL
        for fact in row.facts:
            signs &= _OF_FACT.get(fact, REAL)
        return signs if row.facts or row.domain == "all" else None


def _scales(factor: Ratio, stated: Ratio) -> list[Ratio]:
    """Numbers c for which a term of factor - c * stated cancels."""
    one = factor.field.one
    if not stated.den.is_one():
        return [one, -one]
    mine, theirs = factor.num.to_dict(), stated.num.to_dict()
    found = {mine[e] / theirs[e] for e in mine.keys() & theirs.keys() if any(e)}
    return [factor.field.constant(Fraction(int(c.p), int(c.q))) for c in sorted(found)]


def _of_constant(t: Term) -> Signs:
    """The sign of a number such as pi - 3, by balls."""
    try:
        value = evaluate(t, Point(), prec=256)[0][0]
    except CalcdsError:
        return None
    if isinstance(value, fmpq):
        return frozenset({(value > 0) - (value < 0)})
    if not isinstance(value, acb) or value.imag != 0:
        return None
    return POS if value.real > 0 else NEG if value.real < 0 else REAL


def surely_nonempty(k: Term) -> bool:
    """A sum over 0..n-1 with n a dimension has at least one term."""
    low, high = k.args[2], k.args[3]
    if low.head == "num" and high.head == "num":
        return bool(high.data >= low.data)
    from_zero = low.head == "num" and low.data == 0
    return from_zero and high.head == "add" and len(high.args) == 2 and high.args[0].head == "sym" \
        and high.args[0].data[1].has("dimension") and high.args[1].head == "num" and high.args[1].data >= -1


def _real_kernel(k: Term) -> bool:
    """Whether a term is built of real variables by arithmetic that keeps them real."""
    if k.head in ("add", "mul"):
        return all(_real_kernel(a) for a in k.args)
    if k.head == "pow":
        return _real_kernel(k.args[0]) and k.args[1].head == "num" and k.args[1].data.denominator == 1
    if k.head == "entry":
        return k.args[0].head == "sym" and bool(k.args[0].data[1].has("real"))
    return k.head == "num" or (k.head == "sym" and bool(k.data[1].has("real")))


def _integer_kernel(k: Term) -> bool:
    match k.head:
        case "num":
            return bool(k.data.denominator == 1)
        case "sym":
            return bool(k.data[1].has("integer"))
        case "entry":
            return k.args[0].head == "sym" and bool(k.args[0].data[1].has("integer"))
        case "add" | "mul" | "sum" | "prod":
            return all(_integer_kernel(a) for a in (k.args[:1] if k.head in ("sum", "prod") else k.args))
        case "delta":
            return True
        case "fn":
            return (k.data in ("floor", "ceil", "sign") and _real_kernel(k.args[0])) or (
                k.data in ("factorial", "binomial", "abs", "max", "min") and all(_integer_kernel(a) for a in k.args)
            )
        case "pow":
            base, n = k.args
            return _integer_kernel(base) and n.head == "num" and n.data.denominator == 1 and n.data > 0
    return False
