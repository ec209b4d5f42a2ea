"""The part of the evaluator that binds variables: sums, integrals, derivatives, substitutions, limits.

Imports: point.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import reduce
from math import comb
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from benchmarks.decide.linear import Number
from benchmarks.decide.point import Point, Undefined

APPROACH = (18, 26, 34)  # powers of ten on the way to a limit


class Binders:
    """Values of nodes that bind a variable; what is a number comes from `Evaluator`."""

    ctx: Any
    point: Point
    exact: bool  # any precision, not float64
    bound: dict[sp.Basic, Number]
    scalar: Callable[[sp.Basic], Number]
    real: Callable[[sp.Basic], Number]
    integer: Callable[[sp.Basic], int]

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
        if hi < lo - 1 or hi - lo > 400:
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
            return self.quadrature(function, [self.point.base(self.ctx, limit[0]), self.scalar(limit[0])])
        lo, hi = (self.end(b) for b in limit[1:])
        wave = hi == self.ctx.inf and body.has(sp.sin, sp.cos) and not body.has(sp.exp)
        if wave and not self.exact:
            raise Undefined("an oscillating integral to infinity in float64")
        if wave:
            return self.ctx.quadosc(function, [lo, hi], omega=1)
        kinks = sorted({k for k in self.kinks(body, limit[0]) if lo < k < hi})
        return self.quadrature(function, [lo, *kinks, hi])

    def quadrature(self, function: Callable[[Number], Number], ends: list[Number]) -> Number:
        """Tanh-sinh quadrature; undefined where it does not converge, as across a pole or a branch point."""
        value, error = self.ctx.quad(function, ends, error=True)
        if error > 1e-10 * (1 + abs(value)):
            raise Undefined("the integral does not converge, or is not smooth")
        return value

    def kinks(self, body: sp.Basic, variable: sp.Basic) -> list[Number]:
        """Where an integrand has kinks: quadrature must stop there."""
        inner = [a.args[0] for a in body.atoms(sp.Abs, sp.sign, sp.Heaviside, sp.floor)]
        inner += [a.args[0] - b for a in body.atoms(sp.Max, sp.Min) for b in a.args[1:]]
        inner += [r.lhs - r.rhs for r in body.atoms(sp.core.relational.Relational)]
        linear = [term for term in inner if term.is_polynomial(variable) and sp.degree(term, variable) == 1]
        found = [self.real(-term.coeff(variable, 0) / term.coeff(variable, 1)) for term in linear]
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
        step = 2e-16 ** (1 / (count + 2))  # rounding and truncation about equal
        signs = [(-1) ** k * comb(count, k) for k in range(count + 1)]
        return sum(sign * function(at + (count - 2 * k) * step) for k, sign in enumerate(signs)) / (2 * step) ** count

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
        if abs(found[0] - found[-1]) > 1e-8:
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
        if abs(values[1] - values[2]) > 1e-7 * (1 + abs(values[2])):
            raise Undefined("no limit seen")
        return +values[2]
