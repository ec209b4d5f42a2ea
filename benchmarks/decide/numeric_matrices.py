"""The part of the evaluator that works out matrices, row by row.

Imports: linear, numeric_binders, point.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from benchmarks.decide.linear import Number, Rows, eliminate, entrywise, kronecker, plus, times
from benchmarks.decide.numeric_binders import Binders
from benchmarks.decide.point import Undefined


class MatrixValues(Binders):
    """Values of matrix expressions; what is a number comes from `Evaluator`."""

    tolerance: Callable[[], Number]
    clean: Callable[[Number], Number]
    power: Callable[[Number, Number], Number]

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
            on, off = {sp.Identity: (1, 0), sp.ZeroMatrix: (0, 0), sp.OneMatrix: (1, 1)}[m.func]
            return [[ctx.mpf(on if i == j else off) for j in range(size[1])] for i in range(size[0])]
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
            return [[x for block in row for x in block[k]] for row in rows for k in range(len(row[0]))]
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
