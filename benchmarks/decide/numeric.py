"""An evaluator of SymPy expressions at a point, with mpmath, independent of calcds and of SymPy's own evalf.

`Evaluator(ctx, point).value(expr)` is a number, a list of rows, or a bool. `ctx` is `mpmath.mp` (any
precision) or `mpmath.fp` (float64). Nothing is simplified first: derivatives are finite differences at
raised precision, integrals quadrature, limits a walk to the limit point, matrices explicit lists of rows.

Values outside the domain (poles, log 0, singular inverses, indices out of range) raise `Undefined`.

Imports: benchmarks.decide.point.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import reduce
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from benchmarks.decide.point import Point, Undefined

Number = Any  # mpf, mpc, float, complex or int
Rows = list[list[Number]]

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
APPROACH = (18, 26, 34)  # powers of ten on the way to a limit


class Evaluator:
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

    def integer(self, expr: sp.Basic) -> int:
        if isinstance(expr, sp.Integer):
            return int(expr)
        z = self.real(expr)
        n = int(self.ctx.nint(z))
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
        if isinstance(exponent, (self.ctx.mpf, float)) and exponent == self.ctx.nint(exponent):
            return base ** int(exponent)
        return self.ctx.power(base, exponent)

    def named(self, e: Any) -> Number:
        name = NAMED.get(e.func)
        if name is None:
            raise Undefined(f"no rule for {e.func}")
        arguments = [self.clean(self.scalar(a)) for a in e.args]
        if name == "polygamma":
            return self.ctx.psi(int(arguments[0]), arguments[1])
        return getattr(self.ctx, name)(*arguments)

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
        nearest = ctx.nint(values[0])
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

    # -- binders ----------------------------------------------------------------------------------------------

    def along(self, body: sp.Basic, variable: sp.Basic) -> Callable[[Number], Number]:
        """The body as a function of one variable."""

        def function(value: Number) -> Number:
            saved = self.bound.get(variable)
            self.bound[variable] = value
            try:
                return self.scalar(body)
            finally:
                self.bound.pop(variable) if saved is None else self.bound.__setitem__(variable, saved)

        return function

    def series(self, e: Any) -> Number:
        """Sums and products, the last limits outermost."""
        (variable, low, high), rest = e.limits[-1], e.limits[:-1]
        body = e.func(e.function, *rest) if rest else e.function
        function = self.along(body, variable)
        lo = self.integer(low)
        if high is sp.oo:
            total = self.ctx.nsum if isinstance(e, sp.Sum) else self.ctx.nprod
            return total(lambda k: function(self.ctx.mpf(int(k))), [lo, self.ctx.inf])
        hi = self.integer(high)
        if hi < lo - 1 or hi - lo > 400:  # noqa: PLR2004  (a sum that runs backwards has no agreed value)
            raise Undefined("bounds")
        values = [function(self.ctx.mpf(k)) for k in range(lo, hi + 1)]
        if isinstance(e, sp.Sum):
            return self.ctx.fsum(values)
        return reduce(lambda a, b: a * b, values, self.ctx.one)

    def integral(self, e: Any) -> Number:
        limit, rest = e.limits[-1], e.limits[:-1]
        body = e.func(e.function, *rest) if rest else e.function
        function = self.along(body, limit[0])
        if len(limit) == 1:  # an antiderivative: the one that vanishes at a fixed point
            return self.ctx.quad(function, [self.point.base(self.ctx, limit[0]), self.scalar(limit[0])])
        lo, hi = (self.end(b) for b in limit[1:])
        wave = hi == self.ctx.inf and body.has(sp.sin, sp.cos) and not body.has(sp.exp)
        if wave:
            return self.ctx.quadosc(function, [lo, hi], omega=1)
        kinks = sorted({k for k in self.kinks(body, limit[0]) if lo < k < hi})
        return self.ctx.quad(function, [lo, *kinks, hi])

    def kinks(self, body: sp.Basic, variable: sp.Basic) -> list[Number]:
        """Where an integrand has kinks: quadrature must stop there."""
        inner = [a.args[0] for a in body.atoms(sp.Abs, sp.sign, sp.Heaviside, sp.floor)]
        inner += [a.args[0] - b for a in body.atoms(sp.Max, sp.Min) for b in a.args[1:]]
        inner += [r.lhs - r.rhs for r in body.atoms(sp.core.relational.Relational)]
        found = []
        for term in inner:
            if term.is_polynomial(variable) and sp.degree(term, variable) == 1:
                found.append(self.real(-term.coeff(variable, 0) / term.coeff(variable, 1)))
        if body.has(sp.floor):
            found += [self.ctx.mpf(k) for k in range(-9, 10)]
        return found

    def end(self, bound: sp.Basic) -> Number:
        if bound in (sp.oo, -sp.oo):
            return self.ctx.inf if bound is sp.oo else -self.ctx.inf
        return self.real(bound)

    def derivative(self, e: Any) -> Number:
        """Finite differences, one variable after the other."""
        (variable, count), rest = e.variable_count[-1], e.variable_count[:-1]
        body = e.func(e.expr, *rest) if rest else e.expr
        if isinstance(body, sp.Integral) and body.limits == (sp.Tuple(variable),) and count == 1:
            return self.scalar(body.function)
        if isinstance(variable, MatrixElement):
            return self.derivative_in_entry(body, variable, int(count))
        if isinstance(variable, sp.Indexed):
            return self.derivative_in_term(body, variable, int(count))
        at = self.scalar(variable)
        return self.difference(self.along(body, variable), at, self.integer(count))

    def difference(self, function: Callable[[Number], Number], at: Number, count: int) -> Number:
        if self.exact:
            return self.ctx.diff(function, at, count)
        if count == 0:
            return function(at)
        step = 1e-4
        slopes = [self.difference(function, at + s, count - 1) for s in (step, -step)]
        return (slopes[0] - slopes[1]) / (2 * step)

    def derivative_in_entry(self, body: sp.Basic, entry: Any, count: int) -> Number:
        i, j = self.integer(entry.i), self.integer(entry.j)
        rows = self.point.entries(self.ctx, entry.parent)
        if not (0 <= i < len(rows) and 0 <= j < len(rows[0])):
            raise Undefined("index out of range")

        def function(value: Number) -> Number:
            return self.overridden(self.point.override, (entry.parent, i, j), value, body)

        return self.difference(function, rows[i][j], count)

    def derivative_in_term(self, body: sp.Basic, term: Any, count: int) -> Number:
        key = (str(term.base), tuple(self.integer(i) for i in term.indices))
        at = self.scalar(term)

        def function(value: Number) -> Number:
            return self.overridden(self.point.terms, key, value, body)

        return self.difference(function, at, count)

    def overridden(self, values: dict[Any, Number], key: Any, value: Number, body: sp.Basic) -> Number:
        """The body with one entry or term moved."""
        saved = dict(values)
        values[key] = value
        try:
            return self.scalar(body)
        finally:
            values.clear()
            values.update(saved)

    def substituted(self, e: Any) -> Number:
        values = [self.scalar(p) for p in e.point]
        saved = dict(self.bound)
        self.bound.update(zip(e.variables, values, strict=True))
        try:
            return self.scalar(e.expr)
        finally:
            self.bound = saved

    def limit(self, e: Any) -> Number:
        """The value far on the way, if the last steps agree."""
        body, variable, target, direction = e.args
        sides = {"+": [1], "-": [-1]}.get(str(direction), [1, -1])
        if target in (sp.oo, -sp.oo):
            sides = [0]
        found = [self.approach(body, variable, target, side) for side in sides]
        if abs(found[0] - found[-1]) > 1e-8:  # noqa: PLR2004
            raise Undefined("the one-sided limits differ")
        return found[0]

    def approach(self, body: sp.Basic, variable: sp.Basic, target: sp.Basic, side: int) -> Number:
        if not self.exact:
            steps, digits = (5, 6, 7), 15
        else:
            steps, digits = APPROACH, 240
        values = []
        with self.ctx.workdps(digits) if self.exact else nullcontext():
            for k in steps:
                far = self.ctx.mpf(10) ** k
                at = self.real(target) + side / far if side else far * (1 if target is sp.oo else -1)
                values.append(self.along(body, variable)(at))
        if abs(values[1] - values[2]) > 1e-7 * (1 + abs(values[2])):  # noqa: PLR2004
            raise Undefined("no limit seen")
        return +values[2]

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

    # -- matrices ---------------------------------------------------------------------------------------------

    def entry_of_one(self, m: Any) -> Number:
        rows = self.matrix(m)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise Undefined("a matrix where a number is needed")
        return rows[0][0]

    def entry(self, e: Any) -> Number:
        rows, i, j = self.matrix(e.parent), self.integer(e.i), self.integer(e.j)
        if not (0 <= i < len(rows) and 0 <= j < len(rows[0])):
            raise Undefined("index out of range")
        return rows[i][j]

    def trace(self, e: Any) -> Number:
        rows = self.matrix(e.arg)
        return self.ctx.fsum(rows[k][k] for k in range(len(rows)))

    def determinant(self, e: Any) -> Number:
        return eliminate(self.ctx, self.matrix(e.arg), inverse=False)[0]

    def matrix(self, m: Any) -> Rows:  # one branch for each kind of node
        ctx = self.ctx
        if isinstance(m, sp.MatrixSymbol):
            return self.point.entries(ctx, m)
        if isinstance(m, sp.MatAdd):
            return reduce(plus, [self.matrix(a) for a in m.args])
        if isinstance(m, sp.MatMul):
            factor = reduce(lambda a, b: a * b, [self.scalar(a) for a in m.args if not a.is_Matrix], ctx.one)
            product = reduce(lambda a, b: times(ctx, a, b), [self.matrix(a) for a in m.args if a.is_Matrix])
            return [[factor * x for x in row] for row in product]
        if isinstance(m, sp.Transpose):
            return [list(column) for column in zip(*self.matrix(m.arg), strict=True)]
        if isinstance(m, (sp.Inverse, sp.MatPow)):
            return self.matrix_power(m)
        if isinstance(m, (sp.Identity, sp.ZeroMatrix, sp.OneMatrix)):
            size = [self.integer(s) for s in m.shape]
            unit = {sp.ZeroMatrix: lambda i, j: 0, sp.OneMatrix: lambda i, j: 1}.get(m.func, lambda i, j: int(i == j))
            return [[ctx.mpf(unit(i, j)) for j in range(size[1])] for i in range(size[0])]
        if isinstance(m, sp.HadamardProduct):
            return reduce(entrywise, [self.matrix(a) for a in m.args])
        if isinstance(m, sp.HadamardPower):
            exponent = self.scalar(m.exp)
            return [[self.power(self.clean(x), exponent) for x in row] for row in self.matrix(m.base)]
        if isinstance(m, ElementwiseApplyFunction):
            (variable,) = m.function.variables
            function = self.along(m.function.expr, variable)
            return [[function(x) for x in row] for row in self.matrix(m.expr)]
        if isinstance(m, sp.DiagMatrix):
            column = [row[0] if len(row) == 1 else None for row in self.matrix(m.args[0])]
            return [[x if i == j else ctx.zero for j in range(len(column))] for i, x in enumerate(column)]
        if isinstance(m, sp.DiagonalMatrix):
            return [[x if i == j else ctx.zero for j, x in enumerate(row)] for i, row in enumerate(self.matrix(m.arg))]
        if isinstance(m, sp.KroneckerProduct):
            return reduce(kronecker, [self.matrix(a) for a in m.args])
        if isinstance(m, sp.MatrixBase):
            return [[self.scalar(m[i, j]) for j in range(m.cols)] for i in range(m.rows)]
        if isinstance(m, sp.FunctionMatrix):
            return self.function_matrix(m)
        if isinstance(m, sp.BlockMatrix):
            rows = [[self.matrix(b) for b in m.blocks[i, :]] for i in range(m.blockshape[0])]
            return [sum((block[k] for block in row), []) for row in rows for k in range(len(row[0]))]
        raise Undefined(f"no rule for {m.func}")

    def function_matrix(self, m: Any) -> Rows:
        size, (i, j) = [self.integer(s) for s in m.shape], m.lamda.variables
        rows: Rows = []
        for a in range(size[0]):
            self.bound[i] = self.ctx.mpf(a)
            rows.append([self.along(m.lamda.expr, j)(self.ctx.mpf(b)) for b in range(size[1])])
        del self.bound[i]
        return rows

    def matrix_power(self, m: Any) -> Rows:
        base, exponent = self.matrix(m.base), self.integer(m.exp)
        if len(base) != len(base[0]):
            raise Undefined("power of a matrix that is not square")
        if exponent < 0:
            determinant, base = eliminate(self.ctx, base, inverse=True)
            if abs(determinant) < self.tolerance():
                raise Undefined("singular")
        unit = [[self.ctx.mpf(i == j) for j in range(len(base))] for i in range(len(base))]
        return reduce(lambda a, b: times(self.ctx, a, b), [base] * abs(exponent), unit)

    def gradient(self, m: Any) -> Rows:
        """Derivative of a scalar in a matrix symbol: the matrix of partial derivatives."""
        if len(m.variable_count) != 1 or m.variable_count[0][1] != 1 or not isinstance(m.variables[0], sp.MatrixSymbol):
            raise Undefined("no rule for this derivative")
        x = m.variables[0]
        rows = self.point.entries(self.ctx, x)
        return [
            [self.derivative_in_entry(m.expr, MatrixElement(x, sp.Integer(i), sp.Integer(j)), 1) for j in range(len(rows[0]))]
            for i in range(len(rows))
        ]


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


def plus(a: Rows, b: Rows) -> Rows:
    if len(a) != len(b) or len(a[0]) != len(b[0]):
        raise Undefined("shapes")
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def entrywise(a: Rows, b: Rows) -> Rows:
    if len(a) != len(b) or len(a[0]) != len(b[0]):
        raise Undefined("shapes")
    return [[x * y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def times(ctx: Any, a: Rows, b: Rows) -> Rows:
    if len(a[0]) != len(b):
        raise Undefined("shapes")
    columns = list(zip(*b, strict=True))
    return [[ctx.fsum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in a]


def kronecker(a: Rows, b: Rows) -> Rows:
    return [[x * y for x in r for y in s] for r in a for s in b]


def eliminate(ctx: Any, rows: Rows, *, inverse: bool) -> tuple[Number, Rows]:
    """Determinant and, if wanted, inverse by Gauss-Jordan elimination with pivoting; (0, []) if singular."""
    n = len(rows)
    if n != len(rows[0]):
        raise Undefined("not square")
    work = [list(row) + [ctx.mpf(i == j) for j in range(n)] for i, row in enumerate(rows)]
    determinant = ctx.one
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(work[r][k]))
        if abs(work[pivot][k]) < ctx.mpf(10) ** (-(ctx.dps * 2 // 3)):
            if inverse:
                raise Undefined("singular")
            return ctx.zero, []
        if pivot != k:
            work[k], work[pivot], determinant = work[pivot], work[k], -determinant
        head = work[k][k]
        determinant *= head
        work[k] = [x / head for x in work[k]]
        for r in range(n):
            if r != k and work[r][k] != 0:
                factor = work[r][k]
                work[r] = [x - factor * y for x, y in zip(work[r], work[k], strict=True)]
    return determinant, [row[n:] for row in work]


def distance(ctx: Any, a: Any, b: Any) -> Number:
    """How far two values are apart, relative to their size where that is above 1; infinite for different
    shapes."""
    if isinstance(a, bool) or isinstance(b, bool):
        return ctx.mpf(a is not b)
    left, right = (v if isinstance(v, list) else [[v]] for v in (a, b))
    if len(left) != len(right) or len(left[0]) != len(right[0]):
        return ctx.inf
    pairs = [(x, y) for r, s in zip(left, right, strict=True) for x, y in zip(r, s, strict=True)]
    return max(abs(x - y) / max(1, abs(x), abs(y)) for x, y in pairs)
