"""An evaluator of SymPy expressions at a point, with mpmath, independent of calcds and of SymPy's own evalf.

`Evaluator(ctx, point).value(expr)` is a number, a list of rows, or a bool. `ctx` is `mpmath.mp` (any
precision) or `mpmath.fp` (float64). Nothing is simplified first: derivatives are finite differences at
raised precision, integrals quadrature, limits a walk to the limit point, matrices explicit lists of rows.

Values outside the domain (poles, log 0, singular inverses, indices out of range) raise `Undefined`.

Imports: linear, numeric_matrices, point.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable
from functools import reduce
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixElement

from benchmarks.decide.linear import Number, distance
from benchmarks.decide.numeric_matrices import MatrixValues
from benchmarks.decide.point import Point, Undefined

#: SymPy class -> name of the mpmath function
NAMED = {
    sp.exp: "exp", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.cot: "cot", sp.sec: "sec", sp.csc: "csc",
    sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.acot: "acot", sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh",
    sp.coth: "coth", sp.sech: "sech", sp.csch: "csch", sp.asinh: "asinh", sp.acosh: "acosh", sp.atanh: "atanh",
    sp.acoth: "acoth", sp.gamma: "gamma", sp.loggamma: "loggamma", sp.digamma: "digamma", sp.erf: "erf", sp.erfc: "erfc",
    sp.factorial: "factorial", sp.binomial: "binomial", sp.beta: "beta", sp.zeta: "zeta", sp.LambertW: "lambertw",
    sp.re: "re", sp.im: "im", sp.conjugate: "conj", sp.arg: "arg", sp.rf: "rf", sp.ff: "ff", sp.harmonic: "harmonic",
    sp.polygamma: "polygamma", sp.fibonacci: "fibonacci", sp.factorial2: "fac2", sp.Si: "si", sp.asec: "asec", sp.acsc: "acsc",
    sp.chebyshevt: "chebyt", sp.chebyshevu: "chebyu", sp.legendre: "legendre", sp.hermite: "hermite",
}  # fmt: skip
REAL_ONLY = (sp.Max, sp.Min, sp.floor, sp.ceiling, sp.Heaviside, sp.atan2)
CONSTANTS = {sp.pi: "pi", sp.E: "e", sp.EulerGamma: "euler", sp.Catalan: "catalan", sp.GoldenRatio: "phi"}


class Evaluator(MatrixValues):
    """Values of expressions at one point."""

    def __init__(self, ctx: Any, point: Point) -> None:
        self.ctx, self.point = ctx, point
        self.bound: dict[sp.Basic, Number] = {}
        self.exact = hasattr(ctx, "workdps") and ctx.__class__.__name__ == "MPContext"

    # -- entry ------------------------------------------------------------------------------------------------

    def value(self, expr: sp.Basic) -> Any:
        """A number, a list of rows or a bool."""
        if isinstance(expr, sp.Derivative) and any(isinstance(v, sp.MatrixSymbol) for v in expr.variables):
            return self.gradient(expr)
        if getattr(expr, "is_Matrix", False):
            return self.matrix(expr)
        if isinstance(expr, (sp.logic.boolalg.Boolean, bool)) and not isinstance(expr, sp.Symbol):
            return self.truth(expr)
        return self.scalar(expr)

    def tolerance(self) -> Number:
        """Numbers closer than this count as equal in conditions."""
        return self.ctx.mpf(10) ** (-(self.ctx.dps * 2 // 3))

    def clean(self, z: Number) -> Number:
        """Drop an imaginary part that is rounding, so that it cannot jump over a branch cut."""
        if isinstance(z, (self.ctx.mpc, complex)) and abs(z.imag) <= abs(z.real) * self.tolerance():
            return z.real
        return z

    def real(self, expr: sp.Basic) -> Number:
        z = self.clean(self.scalar(expr))
        if isinstance(z, (self.ctx.mpc, complex)):
            if abs(z) < self.tolerance():
                return self.ctx.zero
            raise Undefined(f"{expr} is not real")
        return z

    def nearest(self, z: Number) -> Number:
        """The nearest whole number of a real one."""
        return self.ctx.floor(z + self.ctx.mpf(1) / 2)

    def integer(self, expr: sp.Basic) -> int:
        if isinstance(expr, sp.Integer):
            return int(expr)
        z = self.real(expr)
        n = int(self.nearest(z))
        if abs(z - n) > self.tolerance():
            raise Undefined(f"{expr} is not an integer")
        return n

    # -- numbers ----------------------------------------------------------------------------------------------

    def scalar(self, e: sp.Basic) -> Number:
        value = self._scalar(e)
        if value != value or abs(value) == self.ctx.inf:  # noqa: PLR0124  (only nan differs from itself)
            raise Undefined(f"{e} is not finite")
        return value

    def _scalar(self, e: sp.Basic) -> Number:  # one branch for each kind of node
        ctx = self.ctx
        if e in self.bound:
            return self.bound[e]
        if isinstance(e, sp.Rational):
            return ctx.mpf(e.p) / e.q
        if e in CONSTANTS:
            return +getattr(ctx, CONSTANTS[e])
        if e is sp.I:
            return ctx.mpc(0, 1)
        if isinstance(e, sp.Float):
            return ctx.mpf(str(e))
        if isinstance(e, sp.Symbol):
            return self.point.number(ctx, e)
        if isinstance(e, sp.Indexed):
            return self.point.indexed(ctx, e, [self.integer(i) for i in e.indices])
        if isinstance(e, sp.Add):
            return ctx.fsum([self.scalar(a) for a in e.args])
        if isinstance(e, sp.Mul):
            return reduce(lambda a, b: a * b, [self.scalar(a) for a in e.args])
        if isinstance(e, sp.Pow):
            return self.power(self.clean(self.scalar(e.base)), self.clean(self.scalar(e.exp)))
        if isinstance(e, AppliedUndef):
            return self.point.function(ctx, e.func, [self.scalar(a) for a in e.args])
        for kind, method in METHODS.items():
            if isinstance(e, kind):
                return method(self, e)
        if getattr(e, "is_Matrix", False):
            return self.entry_of_one(e)
        return self.named(e)

    def power(self, base: Number, exponent: Number) -> Number:
        if base == 0:
            if exponent == 0:
                return self.ctx.one
            if self.ctx.re(exponent) <= 0:
                raise Undefined("0 to a power that is not positive")
            return self.ctx.zero
        if isinstance(exponent, (self.ctx.mpf, float)) and exponent == self.nearest(exponent):
            return base ** int(exponent)
        return self.ctx.power(base, exponent)

    def named(self, e: Any) -> Number:
        name = NAMED.get(e.func)
        if name is None:
            raise Undefined(f"no rule for {e.func}")
        arguments = [self.clean(self.scalar(a)) for a in e.args]
        if name == "polygamma":
            return self.ctx.psi(int(arguments[0]), arguments[1])
        function: Callable[..., Number] = getattr(self.ctx, name, None) or getattr(cmath, name)  # fp has no asinh
        return function(*arguments)

    def log(self, e: Any) -> Number:
        z = self.clean(self.scalar(e.args[0]))
        if z == 0:
            raise Undefined("log 0")
        return self.ctx.log(z)

    def kinked(self, e: Any) -> Number:
        """Functions of real numbers with jumps or kinks."""
        ctx, values = self.ctx, [self.real(a) for a in e.args]
        if isinstance(e, sp.Max):
            return max(values)
        if isinstance(e, sp.Min):
            return min(values)
        if isinstance(e, sp.atan2):
            return ctx.atan2(*values)
        if isinstance(e, sp.Heaviside):
            return values[1] if values[0] == 0 else ctx.mpf(values[0] > 0)
        nearest = self.nearest(values[0])
        if abs(values[0] - nearest) < self.tolerance():
            return nearest
        return ctx.floor(values[0]) if isinstance(e, sp.floor) else ctx.ceil(values[0])

    def absolute(self, e: Any) -> Number:
        return abs(self.scalar(e.args[0]))

    def sign(self, e: Any) -> Number:
        z = self.clean(self.scalar(e.args[0]))
        return z / abs(z) if z != 0 else self.ctx.zero

    def delta(self, e: Any) -> Number:
        return self.ctx.mpf(self.integer(e.args[0]) == self.integer(e.args[1]))

    def piecewise(self, e: Any) -> Number:
        for value, condition in e.args:
            if self.truth(condition):
                return self.scalar(value)
        raise Undefined("no case applies")

    # -- conditions -------------------------------------------------------------------------------------------

    def truth(self, c: Any) -> bool:
        if c in (True, False) or isinstance(c, (sp.logic.boolalg.BooleanTrue, sp.logic.boolalg.BooleanFalse)):
            return bool(c)
        if isinstance(c, sp.And):
            return all(self.truth(a) for a in c.args)
        if isinstance(c, sp.Or):
            return any(self.truth(a) for a in c.args)
        if isinstance(c, sp.Not):
            return not self.truth(c.args[0])
        if isinstance(c, sp.Equivalent):
            return len({self.truth(a) for a in c.args}) == 1
        if isinstance(c, sp.Implies):
            return not self.truth(c.args[0]) or self.truth(c.args[1])
        if isinstance(c, (sp.Eq, sp.Ne)) and getattr(c.lhs, "is_Matrix", False):
            return (distance(self.ctx, self.value(c.lhs), self.value(c.rhs)) < self.tolerance()) is isinstance(c, sp.Eq)
        if isinstance(c, (sp.Eq, sp.Ne)):
            equal = abs(self.scalar(c.lhs) - self.scalar(c.rhs)) < self.tolerance()
            return bool(equal) is isinstance(c, sp.Eq)
        if not isinstance(c, sp.core.relational.Relational):
            raise Undefined(f"no rule for the condition {c}")
        gap = self.real(c.lhs) - self.real(c.rhs)
        gap = 0 if abs(gap) < self.tolerance() else gap
        tests = {"<": gap < 0, "<=": gap <= 0, ">": gap > 0, ">=": gap >= 0}
        return bool(tests[c.rel_op])


METHODS: dict[Any, Callable[[Evaluator, Any], Number]] = {
    sp.log: Evaluator.log,
    REAL_ONLY: Evaluator.kinked,
    sp.Abs: Evaluator.absolute,
    sp.sign: Evaluator.sign,
    sp.KroneckerDelta: Evaluator.delta,
    sp.Piecewise: Evaluator.piecewise,
    (sp.Sum, sp.Product): Evaluator.series,
    sp.Integral: Evaluator.integral,
    sp.Derivative: Evaluator.derivative,
    sp.Subs: Evaluator.substituted,
    sp.Limit: Evaluator.limit,
    MatrixElement: Evaluator.entry,
    sp.Trace: Evaluator.trace,
    sp.Determinant: Evaluator.determinant,
}
