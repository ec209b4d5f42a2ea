"""How SymPy's matrices become terms; one rule a class, as in sympy_rules.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.expressions.slice import MatrixSlice

from calcds.errors import Malformed, NoRule
from calcds.expr import operators as op
from calcds.expr import sympy_words as words
from calcds.expr.functions import fn
from calcds.expr.kinds import INDEX
from calcds.expr.sympy_lambda import entry_by_entry
from calcds.expr.sympy_rules import NAMES, RULES, plain, rule_of
from calcds.expr.term import (
    ONE,
    ZERO,
    Term,
    add,
    entry,
    inverse,
    mul,
    power,
)
from calcds.expr.trampoline import Steps


def _scalar_itself(build: Callable[[Term], Term]) -> Callable[[Term], Term]:
    """Trace, determinant and entry of a 1 x 1 matrix are the scalar itself."""
    return lambda a: a if a.is_scalar else build(a)


def _entry(a: Term, i: Term, j: Term) -> Term:
    return a if a.is_scalar and i is ZERO and j is ZERO else entry(a, i, j)


def _had(*parts: Term) -> Term:
    return mul(*parts) if all(p.is_scalar for p in parts) else op.hadamard(*parts)


def _entry_power(a: Term, p: Term) -> Term:
    if not p.is_scalar:
        raise NoRule("read", f"the entrywise power of {a} with a matrix as exponent", "write it as exp of a product with log")
    return power(a, p) if a.is_scalar else op.entry_power(a, p)


def _kron(first: Term, *rest: Term) -> Term:
    for other in rest:
        first = op.kron(first, other)
    return first


def _diag(v: Term) -> Term:
    if v.is_scalar:
        return v
    return op.diag(v if v.shape[1] == 1 else v.T)


def _row(a: Term) -> Term:
    return a if a.shape[0] == 1 else a.T


def _column(a: Term) -> Term:
    return a if a.shape[1] == 1 else a.T


_PLAIN: dict[type, Callable[..., Term]] = {
    sp.MatAdd: add, sp.MatMul: mul, sp.MatPow: power, sp.Inverse: lambda a, _=None: inverse(a),
    sp.Transpose: lambda a: a.T, sp.Trace: _scalar_itself(op.trace), words.Scalar: _scalar_itself(op.trace),
    sp.Determinant: _scalar_itself(op.det), sp.HadamardProduct: _had, sp.HadamardPower: _entry_power,
    sp.KroneckerProduct: _kron, sp.DiagMatrix: _diag, sp.DiagonalOf: _scalar_itself(op.diagonal),
    sp.DiagonalMatrix: _scalar_itself(lambda a: op.diag(op.diagonal(a))), MatrixElement: _entry,
    sp.matrices.expressions.DotProduct: lambda a, b: mul(_row(a), _column(b)),
    words.Total: op.total, words.Softmax: op.softmax, words.LogSoftmax: op.log_softmax, words.Vec: op.vec,
    words.SoftmaxRows: op.softmax_rows, words.LogSoftmaxRows: op.log_softmax_rows,
}  # fmt: skip
for _class, _build in _PLAIN.items():
    RULES[_class] = plain(_build)


@rule_of(sp.MatrixSymbol)
def _matrix_symbol(b: Any, e: Any) -> Steps:
    yield e.shape
    return b.matrix(e)


@rule_of(sp.Identity)
def _identity(b: Any, e: Any) -> Steps:
    yield ()
    return op.eye(b.size(e.shape[0]))


@rule_of(sp.ZeroMatrix, sp.OneMatrix)
def _constant_matrix(b: Any, e: Any) -> Steps:
    yield ()
    build = op.zeros if isinstance(e, sp.ZeroMatrix) else op.ones
    return build(b.size(e.shape[0]), b.size(e.shape[1]))


@rule_of(sp.Adjoint, sp.conjugate)
def _adjoint(_: Any, e: Any) -> Steps:
    (inner,) = yield e.args
    real = not any(s.data[1].has("complex") for s in inner.free if s.head == "sym") and not e.has(sp.I)
    if isinstance(e, sp.conjugate):
        return fn("conj", inner)
    return inner.T if real else fn("conj", inner).T


@rule_of(ElementwiseApplyFunction)
def _applyfunc(b: Any, e: Any) -> Steps:
    function, matrix = e.args
    (variable,) = function.variables
    value, u, body = yield (matrix, variable, function.expr)
    word = _word(function.expr, variable)
    return fn(word, value) if word else entry_by_entry(body, u, value, b.fresh)


def _word(body: Any, u: Any) -> str:
    """The name of a function that SymPy can only spell out."""
    spelled = {
        1 / (1 + sp.exp(-u)): "sigmoid",
        sp.exp(u) / (1 + sp.exp(u)): "sigmoid",
        sp.log(1 + sp.exp(u)): "softplus",
        sp.Max(0, u): "relu",
    }
    return spelled.get(body, "")


def _dense(_: Any, e: Any) -> Steps:
    rows, columns = e.shape
    if not rows or not columns:
        raise Malformed(f"a {rows} x {columns} matrix has no entries")
    flat = yield tuple(e[i, j] for i in range(rows) for j in range(columns))
    if len(flat) == 1:
        return flat[0]
    return op.matrix(*(flat[r * columns : (r + 1) * columns] for r in range(rows)))


NAMES.append((MatrixBase, _dense))


def _array(_: Any, e: Any) -> Steps:
    if e.rank() > 2 or not len(e):
        raise NoRule("read", f"an array with {e.rank()} axes and {len(e)} entries", "calcds has columns and matrices")
    flat = yield tuple(e.reshape(len(e)))
    columns = e.shape[1] if e.rank() == 2 else 1
    return op.matrix(*(flat[k : k + columns] for k in range(0, len(flat), columns)))


NAMES.append((sp.NDimArray, _array))


@rule_of(sp.BlockMatrix)
def _blocks(_: Any, e: Any) -> Steps:
    rows, columns = e.blocks.shape
    flat = yield tuple(e.blocks[i, j] for i in range(rows) for j in range(columns))
    return op.matrix(*(flat[r * columns : (r + 1) * columns] for r in range(rows)))


@rule_of(sp.BlockDiagMatrix)
def _block_diagonal(_: Any, e: Any) -> Steps:
    parts = yield e.args
    return op.matrix(
        *([p if r == c else op.zeros(parts[r].shape[0], p.shape[1]) for c, p in enumerate(parts)] for r in range(len(parts)))
    )


@rule_of(sp.FunctionMatrix)
def _function_matrix(b: Any, e: Any) -> Steps:
    row, column = e.lamda.variables
    inside, row = b.bound(e.lamda.expr, row)
    inside, column = b.bound(inside, column)
    body, i, j = yield (inside, row, column)
    if not body.is_scalar:
        raise Malformed(f"the entries of {e} are not numbers")
    return Term("build", (body, i, j), None, (b.size(e.shape[0]), b.size(e.shape[1])))


@rule_of(MatrixSlice)
def _slice(b: Any, e: Any) -> Steps:
    parent, (row, _, row_step), (column, _, column_step) = e.args
    whole, r, rs, c, cs = yield (parent, row, row_step, column, column_step)
    i, j = INDEX.symbol(b.fresh("i")), INDEX.symbol(b.fresh("j"))
    shape = (b.size(e.shape[0]), b.size(e.shape[1]))
    at = [index if step is ONE else mul(step, index) for index, step in ((i, rs), (j, cs))]
    at = [index if start is ZERO else add(start, index) for index, start in zip(at, (r, c), strict=True)]
    return Term("build", (entry(whole, *at), i, j), None, shape)


@rule_of(words.Norm)
def _norm(_: Any, e: Any) -> Steps:
    (matrix,) = yield e.args[:1]
    return op.norm(matrix, 2 if len(e.args) == 1 else 1 if e.args[1] == 1 else "oo")


