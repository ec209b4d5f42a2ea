"""Words SymPy lacks, as small SymPy classes: what calcds hands out when plain SymPy has no name for it.

Each has a shape where it is a matrix, prints itself as a textbook does, and `doit()` writes it in plain SymPy where
plain SymPy can say it. Generated NumPy code (`lambdify`) sees the plain form.

Imports: SymPy only.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.sympify import _sympify
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixExpr
from sympy.printing.precedence import PRECEDENCE


def _all(matrix: Any) -> Any:
    """The sum of all entries in plain SymPy."""
    if isinstance(matrix, sp.matrices.MatrixBase):
        return sp.Add(*matrix)
    rows, columns = matrix.shape
    left = [] if rows == 1 else [sp.OneMatrix(1, rows)]
    right = [] if columns == 1 else [sp.OneMatrix(columns, 1)]
    return sp.Trace(sp.MatMul(*left, matrix, *right))


class Scalar(sp.Trace):  # type: ignore[misc]
    """The number in a 1 x 1 matrix. It is its trace, and prints as the matrix does: `x.T*A*x`."""

    @property
    def precedence(self) -> Any:
        """Binds as its matrix does."""
        return PRECEDENCE["Add"] if self.arg.is_MatAdd else PRECEDENCE["Mul"]

    def _latex(self, printer: Any, **_: Any) -> str:
        inner = printer._print(self.arg)
        return rf"\left({inner}\right)" if self.arg.is_MatAdd else str(inner)

    def _sympystr(self, printer: Any) -> str:
        return str(printer._print(self.arg))

    def _numpycode(self, printer: Any) -> str:
        return f"({printer._print(self.arg)})[0, 0]"

    _pythoncode = _numpycode

    def doit(self, **hints: Any) -> Any:
        """The trace, evaluated where SymPy can."""
        return sp.Trace(self.arg).doit(**hints)


class _Plain:
    """Mixin: generated code is that of the plain form."""

    def _numpycode(self, printer: Any) -> str:
        return str(printer._print(self.doit()))  # type: ignore[attr-defined]

    _pythoncode = _numpycode


class _Activation(_Plain, sp.Function):  # type: ignore[misc]
    """A named function of a number."""

    nargs = 1
    word: str

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        name = self.word if exp is None else f"{self.word}^{{{exp}}}"
        return rf"{name}\left({printer._print(self.args[0])}\right)"

    @classmethod
    def plain(cls, u: Any) -> Any:
        """The function in plain SymPy."""
        raise NotImplementedError

    def doit(self, **hints: Any) -> Any:
        """The plain form."""
        (u,) = self.args
        return self.plain(u.doit(**hints) if hints.get("deep", True) else u)

    def fdiff(self, argindex: int = 1) -> Any:
        """The derivative in plain SymPy."""
        u = sp.Dummy("u", real=True)
        return self.plain(u).diff(u).xreplace({u: self.args[argindex - 1]})

    def _eval_evalf(self, prec: int) -> Any:
        return self.doit()._eval_evalf(prec)


class Sigmoid(_Activation):
    """1/(1 + exp(-u))."""

    word = r"\sigma"
    is_real = None

    @classmethod
    def plain(cls, u: Any) -> Any:
        """1/(1 + exp(-u))."""
        return 1 / (1 + sp.exp(-u))


class Softplus(_Activation):
    """log(1 + exp(u))."""

    word = r"\operatorname{softplus}"

    @classmethod
    def plain(cls, u: Any) -> Any:
        """log(1 + exp(u))."""
        return sp.log(1 + sp.exp(u))


class ReLU(_Activation):
    """max(0, u)."""

    word = r"\operatorname{ReLU}"

    @classmethod
    def plain(cls, u: Any) -> Any:
        """max(0, u)."""
        return sp.Max(0, u)


class Entrywise(sp.Lambda):  # type: ignore[misc]
    r"""A function u -> f(u) to be applied entry by entry. Equal to SymPy's Lambda; prints as f alone.

    >>> u = sp.Symbol("u")
    >>> Entrywise((u,), sp.sin(u)) == sp.Lambda(u, sp.sin(u)), sp.latex(Entrywise((u,), sp.sin(u)))
    (True, '\\sin')
    """

    def __eq__(self, other: object) -> Any:
        return sp.Lambda.__eq__(self._plain, other._plain if isinstance(other, Entrywise) else other)

    def __hash__(self) -> int:
        return hash(self._plain)

    @property
    def _plain(self) -> Any:
        return sp.Lambda(*self.args)

    def _latex(self, printer: Any, **_: Any) -> str:
        body, primes = self.expr, 0
        if isinstance(body, sp.Derivative) and body.variables == (self.variables[0],) * len(body.variables):
            body, primes = body.expr, len(body.variables)
        if not isinstance(body, sp.Function) or body.args != self.variables:
            return str(printer._print(self._plain))
        name = type(body).__name__
        said = getattr(body, "word", "") or (r"\exp" if name == "exp" else printer._hprint_Function(name))
        return said + "'" * primes

    def _sympystr(self, printer: Any) -> str:
        simple = isinstance(self.expr, sp.Function) and self.expr.args == self.variables
        return type(self.expr).__name__ if simple else str(printer._print(self._plain))


class _OfMatrix(_Plain, sp.Expr):  # type: ignore[misc]
    """A number made of a matrix."""

    is_commutative = True

    def __new__(cls, *args: Any) -> Any:
        return sp.Expr.__new__(cls, *map(_sympify, args))


class Total(_OfMatrix):
    """Sum of all entries."""

    def _latex(self, printer: Any, **_: Any) -> str:
        inner = printer.parenthesize(self.args[0], PRECEDENCE["Mul"])
        rows, columns = self.args[0].shape
        left = "" if rows == 1 else r"\mathbf{1}^{\top} "
        return rf"{left}{inner}" + ("" if columns == 1 else r" \mathbf{1}")

    def doit(self, **hints: Any) -> Any:
        """As a product with columns of ones."""
        return _all(self.args[0].doit(**hints))


class Norm(_OfMatrix):
    """Euclidean (Frobenius) norm, or with a second argument 1 or oo the sum or the largest of the absolute values."""

    def _latex(self, printer: Any, exp: str | None = None, **_: Any) -> str:
        sub = f"_{{{printer._print(self.args[1])}}}" if len(self.args) > 1 else ""
        sup = f"^{{{exp}}}" if exp else ""
        return rf"\left\lVert {printer._print(self.args[0])} \right\rVert{sub}{sup}"

    def doit(self, **hints: Any) -> Any:
        """As a trace or a sum where SymPy can say it; the largest absolute value stays."""
        matrix = self.args[0].doit(**hints)
        if len(self.args) == 1 and isinstance(matrix, sp.matrices.MatrixBase):
            return sp.sqrt(sp.Add(*(entry**2 for entry in matrix)))
        if len(self.args) == 1:
            return sp.sqrt(sp.Trace(sp.MatMul(sp.Transpose(matrix), matrix)))
        if self.args[1] == 1:
            return _all(matrix.applyfunc(sp.Abs))
        return Norm(matrix, self.args[1])


class _OfShape(MatrixExpr):  # type: ignore[misc]
    """A matrix whose shape is that of its first argument."""

    def __new__(cls, *args: Any) -> Any:
        return MatrixExpr.__new__(cls, *map(_sympify, args))

    @property
    def shape(self) -> Any:
        """Shape of the first argument."""
        return self.args[0].shape


class Softmax(_Plain, _OfShape):
    """exp(v) divided by the sum of its entries."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\operatorname{{softmax}}\left({printer._print(self.args[0])}\right)"

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return self.doit()._entry(i, j)

    def doit(self, **hints: Any) -> Any:
        """In plain SymPy."""
        powers = self.args[0].doit(**hints).applyfunc(sp.exp)
        return sp.MatMul(1 / _all(powers), powers)


class LogSoftmax(_Plain, _OfShape):
    """log(softmax(v)), entry by entry."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\log\operatorname{{softmax}}\left({printer._print(self.args[0])}\right)"

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return self.doit()._entry(i, j)

    def doit(self, **hints: Any) -> Any:
        """In plain SymPy."""
        v = self.args[0].doit(**hints)
        return sp.MatAdd(v, sp.MatMul(-sp.log(_all(v.applyfunc(sp.exp))), sp.OneMatrix(*v.shape)))


def _sums_of_rows(powers: Any) -> Any:
    """Every entry of a row is the sum of that row."""
    columns = powers.shape[1]
    return sp.MatMul(powers, sp.OneMatrix(columns, columns))


class SoftmaxRows(_Plain, _OfShape):
    """softmax of every row."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\operatorname{{softmax}}_{{\mathrm{{rows}}}}\left({printer._print(self.args[0])}\right)"

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return self.doit()._entry(i, j)

    def doit(self, **hints: Any) -> Any:
        """In plain SymPy."""
        powers = self.args[0].doit(**hints).applyfunc(sp.exp)
        return sp.HadamardProduct(powers, sp.HadamardPower(_sums_of_rows(powers), -1))


class LogSoftmaxRows(_Plain, _OfShape):
    """log(softmax_rows(a)), entry by entry."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\log\operatorname{{softmax}}_{{\mathrm{{rows}}}}\left({printer._print(self.args[0])}\right)"

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return self.doit()._entry(i, j)

    def doit(self, **hints: Any) -> Any:
        """In plain SymPy."""
        a = self.args[0].doit(**hints)
        return sp.MatAdd(a, sp.MatMul(-1, _sums_of_rows(a.applyfunc(sp.exp)).applyfunc(sp.log)))


OF_ROWS_AND_COLUMNS = {
    "softmax": Softmax, "log_softmax": LogSoftmax, "softmax_rows": SoftmaxRows, "log_softmax_rows": LogSoftmaxRows,
}  # fmt: skip


class Vec(MatrixExpr):  # type: ignore[misc]
    """The columns of a matrix, stacked."""

    def __new__(cls, matrix: Any) -> Any:
        """Vec(matrix)."""
        return MatrixExpr.__new__(cls, _sympify(matrix))

    @property
    def shape(self) -> Any:
        """Rows times columns, 1."""
        return (self.args[0].shape[0] * self.args[0].shape[1], sp.S.One)

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\operatorname{{vec}}\left({printer._print(self.args[0])}\right)"

    def _entry(self, i: Any, _j: Any, **_: Any) -> Any:
        rows = self.args[0].shape[0]
        return self.args[0]._entry(sp.Mod(i, rows), sp.floor(i / rows))


class _Shaped(MatrixExpr):  # type: ignore[misc]
    """A matrix that carries its shape as its last two arguments."""

    def __new__(cls, *args: Any) -> Any:
        return MatrixExpr.__new__(cls, *map(_sympify, args))

    @property
    def shape(self) -> Any:
        """The last two arguments."""
        return self.args[-2:]

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return MatrixElement(self, i, j)


def _d(printer: Any, symbol: str, x: Any) -> str:
    return rf"{symbol}_{{{printer._print(x)}}}"


class Gradient(_Shaped):
    """Gradient(f, x, rows, columns): unevaluated."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"{_d(printer, chr(92) + 'nabla', self.args[1])} \left({printer._print(self.args[0])}\right)"


class JacobianMatrix(_Shaped):
    """JacobianMatrix(y, x, rows, columns): rows are outputs; unevaluated."""

    def _latex(self, printer: Any, **_: Any) -> str:
        y, x = (printer._print(part) for part in self.args[:2])
        return rf"\frac{{\partial \left({y}\right)}}{{\partial {x}}}"


class HessianMatrix(_Shaped):
    """HessianMatrix(f, x, rows, columns): unevaluated."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"{_d(printer, chr(92) + 'nabla^{2}', self.args[1])} \left({printer._print(self.args[0])}\right)"


class Pullback(_Shaped):
    """Pullback(delta, y, x, rows, columns): (dy/dx)^T delta, unevaluated."""

    def _latex(self, printer: Any, **_: Any) -> str:
        delta, y, x = (printer._print(part) for part in self.args[:3])
        return rf"\left(\frac{{\partial \left({y}\right)}}{{\partial {x}}}\right)^{{\top}} \left({delta}\right)"


class MatrixFunction(_Shaped):
    """MatrixFunction(f(x), rows, columns): a function from matrices to matrices, by name."""

    def _latex(self, printer: Any, **_: Any) -> str:
        return str(printer._print(self.args[0]))


class MatrixDerivative(_Shaped):
    """MatrixDerivative(A, t, ..., rows, columns): entry by entry in numbers, unevaluated."""

    def _latex(self, printer: Any, **_: Any) -> str:
        body, *variables = (printer._print(part) for part in self.args[:-2])
        below = " ".join(rf"\partial {x}" for x in variables)
        above = r"\partial" if len(variables) == 1 else rf"\partial^{{{len(variables)}}}"
        return rf"\frac{{{above}}}{{{below}}} \left({body}\right)"


class ValueAt(_OfMatrix):
    """ValueAt(body, x, value): a number that depends on a matrix x, at a value of x."""

    def _latex(self, printer: Any, **_: Any) -> str:
        body, x, value = (printer._print(part) for part in self.args[:3])
        return rf"\left. {body} \right|_{{{x} = {value}}}"

    def doit(self, **hints: Any) -> Any:
        """The value put in."""
        return self.args[0].subs(self.args[1], self.args[2]).doit(**hints)


class MatrixValueAt(_Shaped):
    """MatrixValueAt(body, x, value, rows, columns): a matrix at a value of x."""

    _latex = ValueAt._latex

    def doit(self, **hints: Any) -> Any:
        """The value put in."""
        return self.args[0].subs(self.args[1], self.args[2]).doit(**hints)


class MatrixSum(_Shaped):
    """MatrixSum(body, (i, low, high), rows, columns): a sum of matrices over an index."""

    def _latex(self, printer: Any, **_: Any) -> str:
        body, (i, low, high) = self.args[0], self.args[1]
        parts = (printer._print(part) for part in (i, low, high))
        below = r"\sum_{{{}={}}}^{{{}}}".format(*parts)
        return rf"{below} {printer.parenthesize(body, PRECEDENCE['Mul'])}"

    def _entry(self, i: Any, j: Any, **_: Any) -> Any:
        return sp.Sum(self.args[0]._entry(i, j), tuple(self.args[1]))
