"""Derivatives of scalar terms in the index language, one method a rule.

It knows nothing of matrix calculus, only that d x[k] / d x[i] = delta(k, i), and the rules for scalars:

    rule                                                      holds where
    product, power, chain                                     the parts have derivatives
    d prod f = prod f * sum f'/f                              no factor is 0; noted in `divided` where that is not known
    d A^-1 = -A^-1 (d A) A^-1, d det A = det A tr(A^-1 d A)   A is invertible
    d integral = integral of d                                the integrand is smooth in both variables together
    inside each case the derivative of its value              left unevaluated on a boundary that moves

Imports: calcds.expr.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from typing import TypeAlias

from calcds.errors import Malformed, NoRule
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import INDEX, FunctionSymbol, Matrix
from calcds.expr.operators import apply, delta, piecewise
from calcds.expr.term import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Size,
    Term,
    as_term,
    number,
    relation,
    substitute,
    subterms,
)

Slope: TypeAlias = Callable[[Term], Term]  # the derivative of a part

SMOOTH = frozenset(
    {"exp", "sin", "cos", "atan", "sinh", "cosh", "tanh", "sech", "asinh", "erf", "sigmoid", "softplus"}
)  # at all real arguments
WRITTEN_OUT = 12  # products of a known number of factors up to this are written out
POINT = "xi#"  # the bound variable of the derivative of an undefined function of vectors


class Derivatives(ABC):
    """Carries out derivatives. What the entries of a matrix are, its heir says: `of` and `opened`."""

    def __init__(self) -> None:
        self._fresh = count()
        self.divided = False  # whether a derivative was written with a divisor that the original does not have
        self.is_positive: Callable[[Term], bool] = lambda _: False  # what the hypotheses say, where a session knows them

    @abstractmethod
    def of(self, t: Term, i: Term, j: Term) -> Term:
        """The entry (i, j) of a term, in the index language."""

    @abstractmethod
    def opened(self, f: FunctionSymbol, args: tuple[Term, ...]) -> Term:
        """The body of a function at the arguments."""

    def index(self, hint: str = "k") -> Term:
        """A fresh bound index."""
        return INDEX.symbol(f"{hint}#{next(self._fresh)}")

    def sum(self, body: Term, k: Term, length: Size) -> Term:
        """Sum over k = 0 .. length - 1."""
        return Term("sum", (body, k, ZERO, as_term(length) - ONE))

    def derive(self, t: Term, place: Term) -> Term:
        """d t / d place for a flat scalar t; place is a scalar variable or an entry of one."""
        variable = place.args[0] if place.head == "entry" else place
        memo: dict[Term, Term] = {}

        def d(u: Term) -> Term:
            if variable not in u.free:
                return ZERO
            if u not in memo:
                memo[u] = self._derive(u, place, variable, d)
            return memo[u]

        return d(t)

    def _derive(self, u: Term, place: Term, variable: Term, d: Slope) -> Term:
        args = u.args
        match u.head:
            case "sym":
                return ONE if u is place else ZERO
            case "entry":
                return self._derive_entry(u, place, variable, d)
            case "add":
                return _sum_of([d(a) for a in args])
            case "mul":
                parts = []
                for n, a in enumerate(args):
                    da = d(a)
                    if da is not ZERO:
                        parts.append(Term("mul", (*args[:n], da, *args[n + 1 :])))
                return _sum_of(parts)
            case "pow":
                return self._derive_power(args[0], args[1], d)
            case "fn":
                return self._derive_function(u, d)
            case "apply":
                if u.data.entrywise and u.data.body and variable in u.data.body[1].free - set(u.data.body[0]):
                    return self.derive(self.opened(u.data, args), place)  # the body depends on it, too
                return self._derive_apply(u, d)
            case "sum" if not any(variable in b.free for b in args[2:]):
                inner = d(args[0])
                return ZERO if inner is ZERO else Term("sum", (inner, *args[1:]))
            case "prod" if not any(variable in b.free for b in args[2:]):
                return self._derive_product(u, d)
            case "delta":
                return ZERO
            case "piecewise":
                return self._derive_cases(u, place, variable, d)
            case "det":
                return self._derive_det(u, d)
            case "integral":
                return self._derive_integral(u, variable, d)
            case "antideriv" if place is args[1]:
                return args[0]
        raise NoRule("differentiate", f"{u.head} in {u}")

    def _derive_product(self, u: Term, d: Slope) -> Term:
        """The product rule: each factor in turn; for a symbolic number of factors the product times a sum of quotients."""
        body, k, low, high = u.args
        if all(b.head == "num" and b.data.denominator == 1 for b in (low, high)) and high.data - low.data < WRITTEN_OUT:
            values = [substitute(body, {k: number(n)}) for n in range(int(low.data), int(high.data) + 1)]
            product = Term("mul", tuple(values)) if len(values) > 1 else values[0] if values else ONE
            return d(product)
        if any(s.head == "piecewise" for s in subterms(body)):
            raise NoRule("differentiate", str(u))
        self.divided = self.divided or not self.is_positive(body)
        return u * Term("sum", (d(body) / body, k, low, high))

    def _derive_entry(self, u: Term, place: Term, variable: Term, d: Slope) -> Term:
        whole, k, m = u.args
        if whole is variable:
            if place.head != "entry":
                raise Malformed(f"{variable} is a matrix: differentiate in an entry of it")
            parts = [delta(a, b) for a, b, size in zip((k, m), place.args[1:], variable.shape, strict=True) if size != 1]
            return parts[0] if len(parts) == 1 else Term("mul", tuple(parts)) if parts else ONE
        if whole.head == "inv":
            a = whole.args[0]
            r, c = self.index(), self.index()
            inner = self.derive(self.of(a, r, c), place)
            left, right = Term("entry", (whole, k, r)), Term("entry", (whole, c, m))
            body = Term("mul", (MINUS_ONE, left, inner, right))
            return self.sum(self.sum(body, c, a.shape[0]), r, a.shape[0])
        if whole.head in ("apply", "at"):
            return self._derive_field(u, d)
        raise NoRule("differentiate", str(u))

    def _derive_power(self, base: Term, exponent: Term, d: Slope) -> Term:
        db, de = d(base), d(exponent)
        parts: list[Term] = []
        if exponent is ZERO:
            return ZERO
        if db is not ZERO:
            parts.append(Term("mul", (exponent, Term("pow", (base, exponent - ONE)), db)))
        if de is not ZERO:
            scale = () if base.head == "const" and base.data == "e" else (fn("log", base),)
            parts.append(Term("mul", (Term("pow", (base, exponent)), *scale, de)))
        return _sum_of(parts)

    def _derive_function(self, u: Term, d: Slope) -> Term:
        row = TABLE[u.data]
        if u.data in ("max", "min"):
            return self._derive_extreme(u, d)
        if row.derivative is None or u.data in ("sign", "heaviside"):
            if row.definition is not None and u.data not in ("sign", "heaviside"):
                return d(row.definition(*u.args))
            if u.data not in ("sign", "heaviside"):
                raise NoRule("differentiate", f"{u.data} in {u}")
        if u.data in ("abs", "relu"):
            inner = d(u.args[0])
            slope = fn("sign", u.args[0]) if u.data == "abs" else fn("heaviside", u.args[0])
            return Term("mul", (slope, inner, self._nonzero(u.args[0], inner)))
        assert row.derivative is not None
        slopes = row.derivative(*u.args)
        parts = [Term("mul", (slope, d(a))) for slope, a in zip(slopes, u.args, strict=True) if d(a) is not ZERO]
        return _sum_of(parts)

    def _nonzero(self, u: Term, slope: Term) -> Term:
        """u/u: 1 off the kink, undefined on it; 1 where the slope of u may vanish there too."""
        return u / u if slope.head == "num" or slope is ONE else ONE

    def _derive_extreme(self, u: Term, d: Slope) -> Term:
        best = u.args[0]
        for other in u.args[1:]:
            sign = ">" if u.data == "max" else "<"
            best = piecewise((best, relation(sign, best, other)), (other, TRUE))
        return d(best)

    def _derive_cases(self, u: Term, place: Term, variable: Term, d: Slope) -> Term:
        """Inside each case the derivative of its value; on a boundary that moves with the variable, left unevaluated."""
        parts: list[Term] = []
        for value, condition in zip(u.args[::2], u.args[1::2], strict=True):
            edge = _boundary(condition, variable)
            if edge is not None:
                parts += [Term("deriv", (u, place)), edge]
            parts += [d(value), condition]
        return Term("piecewise", tuple(parts))

    def _derive_det(self, u: Term, d: Slope) -> Term:
        a = u.args[0]
        r, c = self.index(), self.index()
        inner = d(self.of(a, r, c))
        inverse = Term("entry", (Term("inv", (a,), None, a.shape), c, r))
        return u * self.sum(self.sum(Term("mul", (inverse, inner)), c, a.shape[0]), r, a.shape[0])

    def _derive_integral(self, u: Term, variable: Term, d: Slope) -> Term:
        """Leibniz: the derivative goes under the integral where the integrand is smooth in both variables together."""
        body, t, low, high = u.args
        parts = []
        if variable in body.free:
            if any(n.head == "const" and n.data in ("oo", "-oo") for b in (low, high) for n in subterms(b)):
                raise NoRule("differentiate under", f"the improper integral {u}")
            if not self._is_smooth(body, t, variable):
                raise NoRule("be sure of a smooth integrand in", str(u))
            parts.append(Term("integral", (d(body), t, low, high)))
        for bound, sign in ((high, ONE), (low, MINUS_ONE)):
            slope = d(bound)
            if slope is not ZERO:
                if not self._is_smooth(body, t, t):
                    raise NoRule("be sure of a continuous integrand in", str(u))
                parts.append(Term("mul", (sign, substitute(body, {t: bound}), slope)))
        return _sum_of(parts)

    def _is_smooth(self, body: Term, t: Term, x: Term) -> bool:
        """Whether the factors of the body that depend on both t and x are smooth for all real values of the two."""
        if body.head in ("add", "mul"):
            return all(self._is_smooth(a, t, x) for a in body.args)
        return t not in body.free or x not in body.free or self._is_smooth_in(body, t, kinks=x is t)

    def _is_smooth_in(self, body: Term, t: Term, *, kinks: bool) -> bool:
        if t not in body.free or body is t:
            return True
        match body.head:
            case "add" | "mul":
                pass
            case "pow":
                base, exponent = body.args
                whole = exponent.head == "num" and exponent.data.denominator == 1 and exponent.data >= 0
                if not (whole or (base.head == "const" and base.data == "e") or self.is_positive(base)):
                    return False
            case "fn" if body.data == "log":
                if not self.is_positive(body.args[0]):
                    return False
            case "fn" if body.data in SMOOTH or (body.data in ("abs", "relu") and kinks):
                pass
            case "apply" if body.data.entrywise and body.data.body is None:
                pass
            case _:
                return False
        return all(self._is_smooth_in(a, t, kinks=kinks) for a in body.args)

    def _derive_apply(self, u: Term, d: Slope) -> Term:
        f: FunctionSymbol = u.data
        if not f.entrywise:
            return self._derive_field(Term("entry", (u, ZERO, ZERO)), d)
        parts = []
        for n, a in enumerate(u.args):
            slope = d(a)
            if slope is not ZERO:
                parts.append(Term("mul", (Term("apply", u.args, f.prime(n)), slope)))
        return _sum_of(parts)

    def _derive_field(self, u: Term, d: Slope) -> Term:
        """Chain rule for an undefined function of matrices: sum over its arguments, and over the entries of each."""
        whole, k = u.args[:2]
        if whole.head == "at":
            return self._derive_field_twice(u, d)
        if len(whole.args) == 1:
            return self._derive_argument(whole, 0, k, d)
        return _sum_of([self._derive_argument(whole, n, k, d) for n in range(len(whole.args))])

    def _derive_argument(self, whole: Term, n: int, k: Term, d: Slope) -> Term:
        """What entry k of the value of a function owes to argument n; the others are held where they are."""
        f: FunctionSymbol = whole.data
        argument = whole.args[n]
        rows, columns = argument.shape
        r = ZERO if rows == 1 else self.index()
        c = ZERO if columns == 1 else self.index()
        slope = d(self.of(argument, r, c))
        if slope is ZERO and len(whole.args) > 1:
            return ZERO
        if argument.is_scalar and len(whole.args) > 1:
            raise NoRule("differentiate", f"{whole} by a number")
        point = _point(f, n)
        inner = apply(f, *whole.args[:n], point, *whole.args[n + 1 :])
        if inner.is_scalar:
            gradient = Term("grad", (inner, point), None, point.shape)
            derivative = Term("entry", (Term("at", (gradient, point, argument), None, point.shape), r, c))
        elif columns == 1 and inner.shape[1] == 1:
            jac = Term("jac", (inner, point), None, (inner.shape[0], rows))
            derivative = Term("entry", (Term("at", (jac, point, argument), None, jac.shape), k, r))
        else:
            raise NoRule("differentiate", str(whole))
        body = Term("mul", (derivative, slope))
        for index, length in ((c, columns), (r, rows)):
            if index is not ZERO:
                body = self.sum(body, index, length)
        return body

    def _derive_field_twice(self, u: Term, d: Slope) -> Term:
        whole, k = u.args[:2]
        inner, point, argument = whole.args
        if inner.head != "grad" or point.shape[1] != 1:
            raise NoRule("differentiate", f"a derivative of an undefined function again, in {u}")
        beside = [a for a in inner.args[0].args if a is not point] if inner.args[0].head == "apply" else []
        if any(d(self.of(a, *(ZERO if n == 1 else self.index() for n in a.shape))) is not ZERO for a in beside):
            raise NoRule("differentiate", f"a mixed derivative of an undefined function, in {u}")
        hess = Term("hess", inner.args, None, (point.shape[0], point.shape[0]))
        r = self.index()
        slope = d(self.of(argument, r, ZERO))
        derivative = Term("entry", (Term("at", (hess, point, argument), None, hess.shape), k, r))
        return self.sum(Term("mul", (derivative, slope)), r, point.shape[0])


def _point(f: FunctionSymbol, n: int = 0) -> Term:
    rows, columns = f.inputs[n]
    return Matrix[rows, columns].symbol(POINT)


def _sum_of(parts: list[Term]) -> Term:
    kept = [p for p in parts if p is not ZERO]
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Term("add", tuple(kept))


def _boundary(condition: Term, variable: Term) -> Term | None:
    """Where the truth of a condition may change as the variable moves."""
    if condition.head == "truth":
        return None
    if condition.head == "rel":
        moves = any(variable in a.free for a in condition.args)
        return relation("=", *condition.args) if moves else None
    edges = [e for e in (_boundary(c, variable) for c in condition.args) if e is not None]
    return edges[0] if len(edges) == 1 else Term("or", tuple(edges)) if edges else None
