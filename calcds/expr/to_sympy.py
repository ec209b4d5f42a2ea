"""Terms as SymPy objects that `latex()` prints.

Matrices stay as they stand in the term: SymPy's matrix classes are built unevaluated. Numbers may be tidied by SymPy's
own constructors (2*x*3 is 6*x), except where decimals meet, because SymPy would round them.

A 1 x 1 product such as `x.T*A*x` stays a matrix product; where a number is needed (an exponent, a factor of a matrix)
it is wrapped in `Scalar`, which is its trace and prints as the product.

Imports: calcds.expr, SymPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from calcds.errors import Malformed, NoRule
from calcds.expr import sympy_words as words
from calcds.expr.functions import TABLE
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.sympy_symbols import assumptions
from calcds.expr.term import MINUS_ONE, Size, Term, as_term
from calcds.expr.trampoline import Steps, fold

_CONSTANTS = {"pi": sp.pi, "e": sp.E, "I": sp.I, "oo": sp.oo, "gamma": sp.EulerGamma}
_WORDS = {"sigmoid": words.Sigmoid, "softplus": words.Softplus, "relu": words.ReLU}
_RELATIONS = {"=": sp.Eq, "!=": sp.Ne, "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge}
_CONNECTIVES = {"and": sp.And, "or": sp.Or, "not": sp.Not}


def to_sympy(term: Term, names: Mapping[Term, Any] | None = None) -> Any:
    """The SymPy object of a term.

    names: symbols -> the SymPy objects they came from, as `Bridge.names`; a symbol that is not there gets the
           assumptions of its kind, so that `from_sympy` makes the same symbol of it

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> x, A = Vector[n].symbol("x"), Matrix[n, n].symbol("A")
    >>> to_sympy((A + A.T)*x)
    (A + A.T)*x
    >>> to_sympy(exp(x.T*A*x))
    exp(x.T*A*x)

    Raises NoRule for what SymPy has no form for.
    """
    try:
        return fold(as_term(term), _Out(names or {}).rule, {})
    except RecursionError:
        raise Malformed("the expression is nested too deeply for SymPy; name parts of it") from None


def number_of(value: Any) -> Any:
    """The number in a 1 x 1 matrix; a number is itself."""
    if not _is_matrix(value):
        return value
    if isinstance(value, sp.MatrixSymbol | sp.MatrixBase):
        return value[0, 0]
    return words.Scalar(value)


def matrix_of(value: Any) -> Any:
    """A matrix; a number becomes 1 x 1."""
    return value if _is_matrix(value) else sp.ImmutableDenseMatrix([[value]])


def _is_matrix(value: Any) -> bool:
    return bool(getattr(value, "is_Matrix", False))


def _add(values: tuple[Any, ...]) -> Any:
    return sp.Add(*values, evaluate=sum(v.has(sp.Float) for v in values) < 2)


def _mul(values: tuple[Any, ...]) -> Any:
    return sp.Mul(*values, evaluate=sum(v.has(sp.Float) for v in values) < 2)


def _pow(base: Any, exponent: Any) -> Any:
    return sp.Pow(base, exponent, evaluate=not (base.has(sp.Float) or exponent.has(sp.Float)))


class _Out:
    """One walk outwards."""

    def __init__(self, names: Mapping[Term, Any]) -> None:
        self.names = names
        self._bound = 10**9  # far from SymPy's own count

    def _dummy(self, name: str, **facts: bool) -> Any:
        """A bound variable: new within one walk, the same in every run, so that equal terms give equal objects."""
        self._bound += 1
        return sp.Dummy(name, dummy_index=self._bound, **facts)

    def _index_pair(self) -> tuple[Any, Any]:
        return self._dummy("i", integer=True), self._dummy("j", integer=True)

    def rule(self, t: Term) -> Steps:
        special = getattr(self, f"_{t.head}", None)
        if special is not None:
            return special(t)  # type: ignore[no-any-return]
        if t.head in _SCALAR_RULES:
            return self._number(t)
        if t.head in _MATRIX_RULES:
            return self._matrix_rule(t)
        raise NoRule("write in SymPy", f"{t} ({t.head})", "print it with latex() of calcds")

    def size(self, length: Size) -> Any:
        return fold(as_term(length), self.rule, {})

    def shape(self, t: Term) -> tuple[Any, Any]:
        return self.size(t.shape[0]), self.size(t.shape[1])

    def _number(self, t: Term) -> Steps:
        parts = yield t.args
        return _SCALAR_RULES[t.head](t, tuple(map(number_of, parts)))

    def _matrix_rule(self, t: Term) -> Steps:
        parts = yield t.args
        if t.head in {"trans", "had", "diag", "diagonal", "kron"} and all(a.is_scalar for a in t.args):
            if t.head in {"had", "kron"}:
                return _mul(tuple(map(number_of, parts)))
            return parts[0]
        return _MATRIX_RULES[t.head](*map(matrix_of, parts))

    # -- leaves -----------------------------------------------------------------------------------------------

    def _sym(self, t: Term) -> Steps:
        yield ()
        origin = self.names.get(t)
        if origin is not None and not isinstance(origin, sp.IndexedBase):
            return origin
        name, kind = t.data
        if t.is_scalar and kind.word != "Matrix":
            return sp.Symbol(name, **assumptions(kind))
        return sp.MatrixSymbol(name, *self.shape(t))

    def _eye(self, t: Term) -> Steps:
        yield ()
        return sp.S.One if t.is_scalar else sp.Identity(self.size(t.shape[0]))

    def _zeros(self, t: Term) -> Steps:
        yield ()
        return sp.S.Zero if t.is_scalar else sp.ZeroMatrix(*self.shape(t))

    def _ones(self, t: Term) -> Steps:
        yield ()
        return sp.S.One if t.is_scalar else sp.OneMatrix(*self.shape(t))

    def _unit(self, t: Term) -> Steps:
        (k,) = yield t.args
        i, j = self._index_pair()
        return sp.FunctionMatrix(*self.shape(t), sp.Lambda((i, j), sp.KroneckerDelta(i, number_of(k))))

    # -- arithmetic -------------------------------------------------------------------------------------------

    def _add(self, t: Term) -> Steps:
        parts = yield t.args
        if t.is_scalar and not all(map(_is_matrix, parts)):
            return _add(tuple(map(number_of, parts)))
        return sp.MatAdd(*map(matrix_of, parts))

    def _mul(self, t: Term) -> Steps:
        values = yield t.args
        scalars = [v for a, v in zip(t.args, values, strict=True) if a.is_scalar]
        matrices = [v for a, v in zip(t.args, values, strict=True) if not a.is_scalar]
        if not matrices:
            if sum(map(_is_matrix, scalars)) != 1:
                return _mul(tuple(map(number_of, scalars)))
            matrices = [v for v in scalars if _is_matrix(v)]  # 2*(x.T*x) stays a product of matrices
            scalars = [v for v in scalars if not _is_matrix(v)]
        coefficient = _mul(tuple(map(number_of, scalars)))
        factors = [f for m in matrices for f in (m.args if isinstance(m, sp.MatMul) and len(matrices) == 1 else (m,))]
        if not scalars:
            return matrices[0] if len(matrices) == 1 else sp.MatMul(*matrices)
        return sp.MatMul(coefficient, *factors) if coefficient != 1 else sp.MatMul(*factors) if len(factors) > 1 else factors[0]

    def _mpow(self, t: Term) -> Steps:
        base, exponent = yield t.args
        return sp.MatPow(base, number_of(exponent))

    def _epow(self, t: Term) -> Steps:
        base, exponent = yield t.args
        if t.is_scalar:
            return _pow(number_of(base), number_of(exponent))
        return sp.HadamardPower(base, number_of(exponent))

    # -- functions --------------------------------------------------------------------------------------------

    def _fn(self, t: Term) -> Steps:
        values = yield t.args
        row = TABLE[t.data]
        build = _WORDS.get(t.data) or getattr(sp, row.sympy)
        return self._entrywise(build, t, values)

    def _entrywise(self, build: Any, t: Term, values: tuple[Any, ...]) -> Any:
        if t.is_scalar:
            return build(*map(number_of, values))
        matrices = [k for k, a in enumerate(t.args) if not a.is_scalar]
        numbers = [number_of(v) if a.is_scalar else v for a, v in zip(t.args, values, strict=True)]
        if len(matrices) == 1:
            u = self._dummy("u", real=True)
            body = build(*(u if k == matrices[0] else v for k, v in enumerate(numbers)))
            return ElementwiseApplyFunction(words.Entrywise((u,), body), numbers[matrices[0]])
        i, j = self._index_pair()
        body = build(*(MatrixElement(v, i, j) if k in matrices else v for k, v in enumerate(numbers)))
        return sp.FunctionMatrix(*self.shape(t), sp.Lambda((i, j), body))

    def _apply(self, t: Term) -> Steps:
        f: FunctionSymbol = t.data
        if f.body is None:
            values = yield t.args
            if f.entrywise:
                return self._entrywise(lambda *u: self._undefined(f, u), t, values)
            if any(f.order):
                raise NoRule("write in SymPy", f"the derivative {f} of a function of matrices", "write a gradient or Jacobian")
            call = sp.Function(f.name)(*values)
            return call if t.is_scalar else words.MatrixFunction(call, *self.shape(t))
        parameters, inside = f.body
        body, *rest = yield (inside, *parameters, *t.args)
        symbols, values = rest[: len(parameters)], tuple(rest[len(parameters) :])
        for parameter, order in zip(symbols, f.order or (0,) * len(symbols), strict=True):
            body = number_of(body).diff(parameter, order) if order else body

        def at_values(*u: Any) -> Any:
            return number_of(body).subs(dict(zip(symbols, u, strict=True)), simultaneous=True)

        return self._entrywise(at_values, t, values)

    def _undefined(self, f: FunctionSymbol, arguments: tuple[Any, ...]) -> Any:
        """f, f' or a mixed derivative at arguments, as SymPy writes them."""
        call = sp.Function(f.name)
        if not any(f.order):
            return call(*arguments)
        single = [isinstance(a, sp.Symbol) and arguments.count(a) == 1 for a in arguments]
        free = [a if plain else self._dummy(f"xi_{k}") for k, (a, plain) in enumerate(zip(arguments, single, strict=True))]
        derivative = sp.Derivative(call(*free), *((v, k) for v, k in zip(free, f.order, strict=True) if k))
        moved = [(v, a) for v, a in zip(free, arguments, strict=True) if v is not a]
        return sp.Subs(derivative, [v for v, _ in moved], [a for _, a in moved]) if moved else derivative

    def _vfn(self, t: Term) -> Steps:
        (v,) = yield t.args
        return words.OF_ROWS_AND_COLUMNS[t.data](matrix_of(v))

    def _norm(self, t: Term) -> Steps:
        (inner,) = yield t.args
        if t.args[0].is_scalar:
            return sp.Abs(number_of(inner))
        return words.Norm(inner) if t.data == 2 else words.Norm(inner, 1 if t.data == 1 else sp.oo)

    def _reduce(self, t: Term) -> Steps:
        (inner,) = yield t.args
        if t.args[0].is_scalar:
            return number_of(inner)
        return {"trace": sp.Trace, "det": sp.Determinant, "total": words.Total}[t.head](inner)

    _trace = _det = _total = _reduce

    # -- entries and explicit matrices ------------------------------------------------------------------------

    def _entry(self, t: Term) -> Steps:
        a, i, j = yield t.args
        if t.args[0].is_scalar:
            return number_of(a)
        i, j = number_of(i), number_of(j)
        base = self.names.get(t.args[0])
        if isinstance(base, sp.IndexedBase):
            return base[i] if t.args[0].shape[1] == 1 and j == 0 else base[i, j]
        if isinstance(a, sp.MatrixBase) and i.is_Integer and j.is_Integer:
            return a[i, j]
        return MatrixElement(a, i, j)

    def _matrix(self, t: Term) -> Steps:
        values = yield t.args
        rows, columns = t.data
        if all(a.is_scalar for a in t.args):
            return sp.ImmutableDenseMatrix(rows, columns, list(map(number_of, values)))
        grid = [[matrix_of(v) for v in values[r * columns : (r + 1) * columns]] for r in range(rows)]
        return sp.BlockMatrix(grid)

    def _build(self, t: Term) -> Steps:
        body, i, j = yield t.args
        return sp.FunctionMatrix(*self.shape(t), sp.Lambda((i, j), number_of(body)))

    def _vec(self, t: Term) -> Steps:
        (inner,) = yield t.args
        return words.Vec(matrix_of(inner))

    # -- sums and calculus ------------------------------------------------------------------------------------

    def _sum(self, t: Term) -> Steps:
        body, i, low, high = yield t.args
        limit = (i, number_of(low), number_of(high))
        return sp.Sum(number_of(body), limit) if t.is_scalar else words.MatrixSum(body, sp.Tuple(*limit), *self.shape(t))

    def _deriv(self, t: Term) -> Steps:
        body, *places = yield t.args
        if t.is_scalar:
            return sp.Derivative(number_of(body), *places)
        return words.MatrixDerivative(body, *places, *self.shape(t))

    def _grad(self, t: Term) -> Steps:
        f, x = yield t.args
        if t.is_scalar and not _is_matrix(x):
            return sp.Derivative(number_of(f), x)
        return words.Gradient(number_of(f), x, *self.shape(t))

    def _calculus(self, t: Term) -> Steps:
        values = yield t.args
        build = {"jac": words.JacobianMatrix, "hess": words.HessianMatrix, "pull": words.Pullback}[t.head]
        return build(*values, *self.shape(t))

    _jac = _hess = _pull = _calculus

    def _at(self, t: Term) -> Steps:
        body, x, value = yield t.args
        if not t.is_scalar:
            return words.MatrixValueAt(body, x, value, *self.shape(t))
        if _is_matrix(x):
            return words.ValueAt(number_of(body), x, matrix_of(value))
        return sp.Subs(number_of(body), x, number_of(value))

    def _piecewise(self, t: Term) -> Steps:
        flat = yield t.args
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        if t.is_scalar:
            return sp.Piecewise(*((number_of(v), c) for v, c in pairs))
        i, j = self._index_pair()
        body = sp.Piecewise(*((MatrixElement(v, i, j), c) for v, c in pairs))
        return sp.FunctionMatrix(*self.shape(t), sp.Lambda((i, j), body))

    def _rel(self, t: Term) -> Steps:
        a, b = yield t.args
        if t.args[0].is_scalar:
            a, b = number_of(a), number_of(b)
        return _RELATIONS[t.data](a, b, evaluate=False)

    def _claimed(self, t: Term) -> Steps:
        values = yield t.args
        predicate = getattr(sp.Q, t.data.replace(" ", "_"), None)
        if predicate is None or t.data != "positive definite":
            raise NoRule("write in SymPy", f"the claim {t}", "print it with latex() of calcds")
        return predicate(*values)


_SCALAR_RULES: dict[str, Any] = {
    "num": lambda t, _: sp.Rational(t.data.numerator, t.data.denominator),
    "decimal": lambda t, _: sp.Float(t.data) if _machine(t.data) else sp.Float(t.data, _digits(t.data)),
    "const": lambda t, _: _CONSTANTS[t.data],
    "truth": lambda t, _: sp.true if t.data else sp.false,
    "pow": lambda t, v: 1 / v[0] if t.args[1] is MINUS_ONE and not v[0].has(sp.Float) else _pow(*v),
    "delta": lambda _, v: sp.KroneckerDelta(*v),
    "prod": lambda _, v: sp.Product(v[0], v[1:]),
    "integral": lambda _, v: sp.Integral(v[0], v[1:]),
    "antideriv": lambda _, v: sp.Integral(*v),
    "limit": lambda t, v: sp.Limit(*v, t.data),
} | {head: (lambda t, v: _CONNECTIVES[t.head](*v, evaluate=False)) for head in _CONNECTIVES}

_MATRIX_RULES: dict[str, Any] = {
    "inv": sp.Inverse,
    "trans": sp.Transpose,
    "had": sp.HadamardProduct,
    "diag": sp.DiagMatrix,
    "diagonal": sp.DiagonalOf,
    "kron": sp.KroneckerProduct,
}


def _digits(decimal: str) -> int:
    mantissa = decimal.lower().split("e")[0]
    return max(1, len(mantissa.replace(".", "").replace("-", "").lstrip("0")))


def _machine(decimal: str) -> bool:
    """Whether the decimal is what Python prints for a machine number: SymPy's own reading of a float."""
    return repr(float(decimal)) == decimal
