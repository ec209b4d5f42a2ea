"""How each SymPy class becomes a term: one rule a class, found by the exact class.

A rule is a generator (see trampoline): it yields the SymPy parts it needs and is sent their terms. Rules compute
nothing; `x - x` has become 0 in SymPy before calcds sees it, and stays what it is otherwise.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import sympy as sp
from mpmath.libmp import from_str, to_str
from sympy.assumptions import AppliedPredicate
from sympy.core.function import AppliedUndef
from sympy.matrices import MatrixBase
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.expressions.slice import MatrixSlice

from calcds.errors import Malformed, NoRule
from calcds.expr import operators as op
from calcds.expr import sympy_words as words
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import INDEX, FunctionSymbol
from calcds.expr.sympy_lambda import entry_by_entry, primed
from calcds.expr.term import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Term,
    add,
    as_term,
    entry,
    inverse,
    mul,
    number,
    power,
    relation,
    size,
)
from calcds.expr.trampoline import Steps

Rule: TypeAlias = "Callable[[Any, Any], Steps]"

RULES: dict[type, Rule] = {}
NAMES: list[tuple[Any, Rule]] = []  # families found by isinstance, where classes are made at run time


def _rule(*classes: type) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(classes, rule))
        return rule

    return register


def _of(build: Callable[..., Term]) -> Rule:
    """The rule of a class whose arguments are all expressions."""

    def rule(_: Any, e: Any) -> Steps:
        return build(*(yield e.args))

    return rule


def _sum(_: Any, e: Any) -> Steps:
    terms = e.args
    if terms[0].is_Number and not terms[1].is_Number and not terms[1].could_extract_minus_sign():
        terms = (*terms[1:], terms[0])  # x + 1, as SymPy prints it, and not 1 + x
    return add(*(yield terms))


def _product(_: Any, e: Any) -> Steps:
    below = tuple(a for a in e.args if a.is_Pow and a.exp.is_Rational and a.exp.is_negative)
    above = tuple(a for a in e.args if a not in below)
    return mul(*(yield above + below))


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


def _conditions(head: str) -> Callable[..., Term]:
    return lambda *parts: Term(head, parts)


def _relation(sign: str) -> Callable[..., Term]:
    return lambda a, b: relation(sign, a, b)


def _phase(z: Term) -> Term:
    return fn("atan2", fn("im", z), fn("re", z))


def _log_beta_free(a: Term, b: Term) -> Term:
    return mul(fn("gamma", a), fn("gamma", b), power(fn("gamma", add(a, b)), number(-1)))


_PLAIN: dict[type, Callable[..., Term]] = {
    sp.Pow: power, sp.MatAdd: add, sp.MatMul: mul, sp.MatPow: power,
    sp.Inverse: lambda a, _=None: inverse(a),
    sp.Transpose: lambda a: a.T, sp.Trace: _scalar_itself(op.trace), words.Scalar: _scalar_itself(op.trace),
    sp.Determinant: _scalar_itself(op.det), sp.HadamardProduct: _had, sp.HadamardPower: _entry_power,
    sp.KroneckerProduct: _kron, sp.DiagMatrix: _diag, sp.DiagonalOf: _scalar_itself(op.diagonal),
    sp.DiagonalMatrix: _scalar_itself(lambda a: op.diag(op.diagonal(a))),
    MatrixElement: _entry, sp.matrices.expressions.DotProduct: lambda a, b: mul(_row(a), _col(b)),
    sp.KroneckerDelta: lambda i, j, *_: op.delta(i, j),
    sp.And: _conditions("and"), sp.Or: _conditions("or"), sp.Not: _conditions("not"),
    sp.Eq: _relation("="), sp.Ne: _relation("!="), sp.Lt: _relation("<"), sp.Le: _relation("<="),
    sp.Gt: _relation(">"), sp.Ge: _relation(">="),
    sp.UnevaluatedExpr: lambda a: a, sp.erfc: lambda u: add(ONE, mul(number(-1), fn("erf", u))),
    sp.beta: _log_beta_free, sp.arg: _phase, sp.frac: lambda u: add(u, mul(number(-1), fn("floor", u))),
    words.Total: op.total, words.Softmax: op.softmax, words.LogSoftmax: op.log_softmax, words.Vec: op.vec,
    words.Sigmoid: lambda u: fn("sigmoid", u), words.Softplus: lambda u: fn("softplus", u), words.ReLU: lambda u: fn("relu", u),
    words.Gradient: lambda f, x, *_: op.grad(f, x), words.JacobianMatrix: lambda y, x, *_: op.jacobian(y, x),
    words.HessianMatrix: lambda f, x, *_: op.hessian(f, x), words.Pullback: lambda d, y, x, *_: op.pullback(d, y, x),
    words.MatrixDerivative: lambda f, *rest: op.diff(f, *rest[:-2]),
    words.ValueAt: op.at, words.MatrixValueAt: lambda body, x, value, *_: op.at(body, x, value),
}  # fmt: skip
for _class, _build in _PLAIN.items():
    RULES[_class] = _of(_build)
for _row_of_table in TABLE.values():
    if _row_of_table.sympy:
        RULES[getattr(sp, _row_of_table.sympy)] = _of(lambda *parts, _name=_row_of_table.name: fn(_name, *parts))


def _row(a: Term) -> Term:
    return a if a.shape[0] == 1 else a.T


def _col(a: Term) -> Term:
    return a if a.shape[1] == 1 else a.T


RULES[sp.Add], RULES[sp.Mul] = _sum, _product


# -- numbers ---------------------------------------------------------------------------------------------------

_CONSTANTS = {sp.pi: "pi", sp.E: "e", sp.I: "I", sp.oo: "oo", sp.EulerGamma: "gamma"}


def _number(_: Any, e: Any) -> Steps:
    if isinstance(e, sp.Rational):
        return number(Fraction(int(e.p), int(e.q)))
    if isinstance(e, sp.Float):
        return Term("decimal", (), decimal_text(e))
    if e in _CONSTANTS:
        return Term("const", (), _CONSTANTS[e])
    if e is sp.S.NegativeInfinity:
        return mul(number(-1), Term("const", (), "oo"))
    if e is sp.GoldenRatio:
        (root,) = yield (sp.sqrt(5),)
        return mul(add(ONE, root), power(number(2), number(-1)))
    if e is sp.zoo:
        return power(ZERO, number(-1))  # what SymPy made it of: undefined, perhaps in one branch of a piecewise only
    if e is sp.nan:
        raise Malformed("nan is not a number: SymPy met 0/0 or oo - oo in the expression")
    raise NoRule("read", f"the constant {e}", "write its value or its definition")
    yield ()


NAMES.append(((sp.Number, sp.NumberSymbol, sp.core.numbers.ImaginaryUnit, sp.zoo.__class__), _number))


def decimal_text(value: Any) -> str:
    """The decimal a Float was written as: the shortest that gives the same number, or the digits that were asked for.

    >>> decimal_text(sp.Float(5.27)), decimal_text(sp.Float("5.270", 4))
    ('5.27', '5.270')
    """
    precision, exact = value._prec, value._mpf_
    if precision == 53:
        return repr(float(value))
    digits = max(sp.core.numbers.prec_to_dps(precision), 1)
    for more in range(digits, digits + 4):
        said = str(to_str(exact, more, strip_zeros=False))
        if from_str(said, precision, "n") == exact:
            break
    return said


@_rule(sp.logic.boolalg.BooleanTrue, sp.logic.boolalg.BooleanFalse)
def _truth(_: Any, e: Any) -> Steps:
    return TRUE if e == sp.true else FALSE
    yield ()


# -- matrices --------------------------------------------------------------------------------------------------


@_rule(sp.MatrixSymbol)
def _matrix_symbol(b: Any, e: Any) -> Steps:
    yield e.shape
    return b.matrix(e)


@_rule(sp.Identity)
def _identity(b: Any, e: Any) -> Steps:
    yield ()
    return op.eye(b.size(e.shape[0]))


@_rule(sp.ZeroMatrix, sp.OneMatrix)
def _constant_matrix(b: Any, e: Any) -> Steps:
    yield ()
    build = op.zeros if isinstance(e, sp.ZeroMatrix) else op.ones
    return build(b.size(e.shape[0]), b.size(e.shape[1]))


@_rule(sp.Adjoint, sp.conjugate)
def _adjoint(_: Any, e: Any) -> Steps:
    (inner,) = yield e.args
    real = not any(s.data[1].has("complex") for s in inner.free if s.head == "sym") and not e.has(sp.I)
    if isinstance(e, sp.conjugate):
        return fn("conj", inner)
    return inner.T if real else fn("conj", inner).T


@_rule(ElementwiseApplyFunction)
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


@_rule(sp.BlockMatrix)
def _blocks(_: Any, e: Any) -> Steps:
    rows, columns = e.blocks.shape
    flat = yield tuple(e.blocks[i, j] for i in range(rows) for j in range(columns))
    return op.matrix(*(flat[r * columns : (r + 1) * columns] for r in range(rows)))


@_rule(sp.BlockDiagMatrix)
def _block_diagonal(_: Any, e: Any) -> Steps:
    parts = yield e.args
    return op.matrix(
        *([p if r == c else op.zeros(parts[r].shape[0], p.shape[1]) for c, p in enumerate(parts)] for r in range(len(parts)))
    )


@_rule(sp.FunctionMatrix)
def _function_matrix(b: Any, e: Any) -> Steps:
    row, column = e.lamda.variables
    inside, row = b.bound(e.lamda.expr, row)
    inside, column = b.bound(inside, column)
    body, i, j = yield (inside, row, column)
    if not body.is_scalar:
        raise Malformed(f"the entries of {e} are not numbers")
    return Term("build", (body, i, j), None, (b.size(e.shape[0]), b.size(e.shape[1])))


@_rule(MatrixSlice)
def _slice(b: Any, e: Any) -> Steps:
    parent, (row, _, row_step), (column, _, column_step) = e.args
    whole, r, rs, c, cs = yield (parent, row, row_step, column, column_step)
    i, j = INDEX.symbol(b.fresh("i")), INDEX.symbol(b.fresh("j"))
    shape = (b.size(e.shape[0]), b.size(e.shape[1]))
    at = [index if step is ONE else mul(step, index) for index, step in ((i, rs), (j, cs))]
    at = [index if start is ZERO else add(start, index) for index, start in zip(at, (r, c), strict=True)]
    return Term("build", (entry(whole, *at), i, j), None, shape)


@_rule(words.Norm)
def _norm(_: Any, e: Any) -> Steps:
    (matrix,) = yield e.args[:1]
    return op.norm(matrix, 2 if len(e.args) == 1 else 1 if e.args[1] == 1 else "oo")


# -- indices, sums ---------------------------------------------------------------------------------------------


@_rule(sp.IndexedBase)
def _indexed_base(b: Any, e: Any) -> Steps:
    yield ()
    return b.array(e)


@_rule(sp.Indexed)
def _indexed(b: Any, e: Any) -> Steps:
    indices = yield e.indices
    return entry(b.array(e.base), *indices)


@_rule(sp.Idx)
def _idx(b: Any, e: Any) -> Steps:
    yield ()
    return b.symbol(e.label) if isinstance(e.label, sp.Symbol) else number(int(e.label))


def _over(head: str) -> Rule:
    def rule(b: Any, e: Any) -> Steps:
        inside, limits = e.function, []
        for limit in e.limits:
            if len(limit) != 3:
                raise Malformed(f"{type(e).__name__} over {limit[0]} needs both bounds: (index, low, high)")
            inside, variable = b.bound(inside, limit[0])
            limits.append((variable, *limit[1:]))
        body, *flat = yield (inside, *(part for limit in limits for part in limit))
        for k in range(0, len(flat), 3):
            index, low, high = flat[k : k + 3]
            body = Term(head, (body, index, as_term(size(low)), as_term(size(high))), None, body.shape)
        return body

    return rule


RULES[sp.Sum], RULES[sp.Product] = _over("sum"), _over("prod")


@_rule(words.MatrixSum)
def _matrix_sum(b: Any, e: Any) -> Steps:
    inside, variable = b.bound(e.args[0], e.args[1][0])
    parts = yield (inside, variable, *e.args[1][1:])
    body, index, low, high = parts
    return Term("sum", (body, index, as_term(size(low)), as_term(size(high))), None, body.shape)


# -- functions and calculus ------------------------------------------------------------------------------------


@_rule(sp.Heaviside)
def _heaviside(_: Any, e: Any) -> Steps:
    u, at_zero = yield e.args
    if e.args[1] == sp.S.Half:
        return fn("heaviside", u)
    return op.piecewise((ONE, relation(">", u, ZERO)), (ZERO, relation("<", u, ZERO)), (at_zero, TRUE))


@_rule(sp.polygamma)
def _polygamma(_: Any, e: Any) -> Steps:
    order, u = yield e.args
    if order is not ZERO:
        raise NoRule("read", f"polygamma({e.args[0]}, ...)", "only digamma, polygamma(0, x), is known")
    return fn("digamma", u)


@_rule(sp.harmonic)
def _harmonic(b: Any, e: Any) -> Steps:
    if len(e.args) > 1:
        raise NoRule("read", str(e), "write the sum")
    (n,) = yield e.args
    k = INDEX.symbol(b.fresh("k"))
    return Term("sum", (power(k, number(-1)), k, ONE, n))


def _undefined(_: Any, e: Any) -> Steps:
    name = e.func.__name__
    kwargs = getattr(e.func, "_kwargs", {})
    if kwargs and kwargs != sp.Function("f", real=True)._kwargs:
        raise NoRule("read", f"the assumptions of the function {name}", "state them as conditions on its values")
    parts = yield e.args
    inputs = () if all(p.is_scalar for p in parts) else tuple(p.shape for p in parts)
    return op.apply(FunctionSymbol(name, len(parts), inputs), *parts)


NAMES.append((AppliedUndef, _undefined))


@_rule(words.MatrixFunction)
def _matrix_function(b: Any, e: Any) -> Steps:
    inner, *lengths = e.args
    (value,) = yield (inner.args[0],)
    shape = (b.size(lengths[0]), b.size(lengths[1]))
    return op.apply(FunctionSymbol(inner.func.__name__, 1, (value.shape,), shape), value)


@_rule(sp.Derivative)
def _derivative(_: Any, e: Any) -> Steps:
    body, *variables = yield (e.expr, *(v for v, _ in e.variable_count))
    counts = [count for _, count in e.variable_count]
    if not all(count.is_Integer for count in counts):
        raise NoRule("read", f"a derivative of symbolic order, {e}", "orders are whole numbers")
    if all(v.is_scalar for v in variables):
        return op.diff(body, *(pair for v, k in zip(variables, counts, strict=True) for pair in ([(v, int(k))] if k else [])))
    if body.is_scalar and counts == [1]:
        return op.grad(body, variables[0])
    raise NoRule("read", f"SymPy's derivative of an array, {e}", "use grad, jacobian or hessian of calcds.notation")


@_rule(sp.Subs)
def _subs(b: Any, e: Any) -> Steps:
    body, *flat = yield (e.expr, *e.variables, *e.point)
    variables, values = flat[: len(e.variables)], flat[len(e.variables) :]
    if (prime := primed(body, dict(zip(variables, values, strict=True)))) is not None:
        return prime
    if len(variables) > 1 and any(v.free & set(variables) for v in values):
        # the values are put in at once: later ones must not change earlier ones
        fresh = [Term("sym", (), (b.fresh(v.data[0]), v.data[1]), v.shape) for v in variables]
        for old, new in zip(variables, fresh, strict=True):
            body = op.at(body, old, new)
        variables = fresh
    for variable, value in zip(variables, values, strict=True):
        body = op.at(body, variable, value)
    return body


@_rule(sp.Integral)
def _integral(_: Any, e: Any) -> Steps:
    if any(len(limit) == 2 for limit in e.limits):
        raise NoRule("read", f"an integral with one bound, {e}", "give both bounds or none")
    body, *flat = yield (e.function, *(part for limit in e.limits for part in limit))
    for limit in e.limits:
        parts, flat = flat[: len(limit)], flat[len(limit) :]
        body = op.integral(body, *parts)
    return body


@_rule(sp.Limit)
def _limit(_: Any, e: Any) -> Steps:
    body, variable, point = yield e.args[:3]
    return op.limit(body, variable, point, str(e.args[3]))


@_rule(sp.Piecewise)
def _piecewise(_: Any, e: Any) -> Steps:
    flat = yield tuple(part for pair in e.args for part in pair)
    return op.piecewise(*zip(flat[::2], flat[1::2], strict=True))


def _predicate(_: Any, e: Any) -> Steps:
    name = str(e.function.name)
    (subject,) = yield e.arguments
    if name == "positive_definite":
        return op.is_positive_definite(subject)
    raise NoRule("read", f"Q.{name}({e.arguments[0]}) as a claim", "write it as an equation")


NAMES.append((AppliedPredicate, _predicate))
