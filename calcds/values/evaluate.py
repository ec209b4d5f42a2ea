"""Terms as numbers: every head evaluated entry by entry at one point with explicit small sizes.

This is the second reading of a derivation. It shares no rule with the symbolic side: a product is a sum of products
of entries, a gradient is read off jets, an inverse is computed and fails where the matrix is singular.

`evaluate` gives a grid of scalars (`calcds.values.numbers`), `holds` the truth of a relation. They raise Undefined where
a value does not exist at the point (Inseparable where more precision may help, Singular for inverses), NoRule where
calcds cannot compute it, Malformed for an index out of range or a variable without a value.

Imports: calcds.expr, calcds.values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flint import ctx, fmpq

from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import SCALAR, Size, Term
from calcds.values import calculus, functions, grids
from calcds.values.grids import Grid
from calcds.values.numbers import (
    ONE,
    ZERO,
    Inseparable,
    Jet,
    constant,
    depends,
    integer,
    is_zero,
    order,
    power,
    rational,
    reciprocal,
    show,
    slope,
)

if TYPE_CHECKING:
    from calcds.values.points import Point

PRECISION = 96  # bits
POINT, INTERVAL, ANALYTIC = range(3)
_MOST_TERMS = 20_000  # of a sum, and entries of a matrix
_MOST_REMEMBERED = 400  # terms with their values at one point


class Session:
    """What one evaluation shares between its scopes: instances of undefined functions, fresh tags, and what integrals take.

    within: how many integrals stand around what is evaluated
    evaluations: of integrands, in the outermost of these
    """

    __slots__ = ("evaluations", "functions", "last_tag", "within")

    def __init__(self, functions: dict[FunctionSymbol, Any]) -> None:
        self.functions, self.last_tag, self.within, self.evaluations = functions, 0, 0, 0

    def fresh_tag(self, variable: Term) -> int:
        """A tag larger than all before; odd for a complex variable."""
        self.last_tag += 2
        leaf = variable if variable.head == "sym" else variable.args[0]
        return self.last_tag + (0 if leaf.data[1].has("real") or not leaf.data[1].has("complex") else 1)


class Scope:
    """Values of variables; a scope inside another one binds a few more. Values are remembered where they belong.

    region: what an integration variable stands for. POINT: one value; INTERVAL: all real values of a ball, results
    enclose all theirs; ANALYTIC: a region of the plane on which the term must be analytic, else Inseparable.
    """

    __slots__ = ("memo", "parent", "region", "session", "values")

    def __init__(
        self, session: Session, values: dict[Term, Any], parent: Scope | None = None, region: int = POINT
    ) -> None:
        self.session, self.values, self.parent, self.region = session, values, parent, region
        self.memo: dict[Any, Any] = {}  # a term, or a term with the place of an entry -> value

    def bind(self, values: dict[Term, Any], region: int | None = None) -> Scope:
        """The scope inside this one in which these variables have these values."""
        return Scope(self.session, values, self, self.region if region is None else region)

    def value(self, term: Term) -> Any:
        """A scalar for a term of shape (1, 1), a grid for any other."""
        scope = self
        while scope.parent is not None and scope.values.keys().isdisjoint(term.free):
            scope = scope.parent
        found = scope.memo.get(term)
        if found is None:
            found = _RULES[term.head](term, scope)
            scope.memo[term] = found
        return found

    def grid(self, term: Term) -> Grid:
        """The value as a grid, also of a scalar."""
        value = self.value(term)
        return value if term.shape != SCALAR else ((value,),)

    def length(self, size: Size) -> int:
        """A size as a number."""
        if isinstance(size, int):
            return size
        found = integer(self.value(size))
        if found is None or found < 0:
            raise Undefined(f"there is no matrix of size {size} = {show(self.value(size))}")
        return found

    def shape(self, term: Term) -> tuple[int, int]:
        """The shape as numbers."""
        rows, columns = self.length(term.shape[0]), self.length(term.shape[1])
        if rows * columns > _MOST_TERMS:
            raise NoRule("compute with", f"a matrix of {rows} x {columns} entries")
        return rows, columns

    def whole(self, term: Term, what: str) -> int:
        """The value of an index or a bound."""
        found = integer(self.value(term))
        if found is None:
            raise Undefined(f"{what} {term} = {show(self.value(term))} is not an integer")
        return found


def open_scope(point: Point) -> Scope:
    """The outermost scope of a point, which remembers what was computed there before at this precision."""
    found: Scope | None = point.scopes.get(ctx.prec)
    if found is None or len(found.memo) > _MOST_REMEMBERED:
        values: dict[Term, Any] = {dimension: fmpq(n) for dimension, n in point.sizes.items()}
        values.update(point.values)
        found = point.scopes[ctx.prec] = Scope(Session(point.functions), values)
    return found


def evaluate(term: Term, point: Point, prec: int = PRECISION) -> Grid:
    """The value of a term at a point, as a grid of scalars; balls have `prec` bits.

    Raises Undefined, NoRule or Malformed.
    """
    before, ctx.prec = ctx.prec, prec
    try:
        return open_scope(point).grid(term)
    finally:
        ctx.prec = before


def holds(term: Term, point: Point, prec: int = PRECISION) -> bool:
    """Whether a relation is true at a point. Raises Inseparable where balls of this precision do not tell."""
    before, ctx.prec = ctx.prec, prec
    try:
        return truth(term, open_scope(point))
    finally:
        ctx.prec = before


# -- leaves ----------------------------------------------------------------------------------------------------


def _num(t: Term, _: Scope) -> Any:
    return fmpq(t.data.numerator, t.data.denominator)


def _decimal(t: Term, _: Scope) -> Any:
    return rational(t.data)


def _const(t: Term, _: Scope) -> Any:
    return constant(t.data)


def _sym(t: Term, scope: Scope) -> Any:
    found = scope.values.get(t)
    if found is None:
        advice = " (is it an index outside its sum?)" if t.data[1].word == "Index" else ""
        raise Malformed(f"{t} has no value here{advice}")
    return scope.value(found) if type(found) is Term else found  # a variable that the hypotheses define


def _eye(t: Term, scope: Scope) -> Any:
    return _fit(t, grids.identity(scope.shape(t)[0]))


def _zeros(t: Term, scope: Scope) -> Any:
    return _fit(t, grids.filled(*scope.shape(t), ZERO))


def _ones(t: Term, scope: Scope) -> Any:
    return _fit(t, grids.filled(*scope.shape(t), ONE))


def _unit(t: Term, scope: Scope) -> Any:
    length, k = scope.shape(t)[0], scope.whole(t.args[0], "the index")
    if not 0 <= k < length:
        raise Malformed(f"{t}: the index {t.args[0]} = {k} is out of range 0..{length - 1}")
    return _fit(t, tuple((ONE if i == k else ZERO,) for i in range(length)))


def _fit(t: Term, grid: Grid) -> Any:
    """A grid as the value of t: a scalar where t has shape (1, 1)."""
    return grid[0][0] if t.shape == SCALAR else grid


# -- arithmetic ------------------------------------------------------------------------------------------------


def _add(t: Term, scope: Scope) -> Any:
    value = scope.value
    whole = value(t.args[0])
    if t.shape == SCALAR:
        for part in t.args[1:]:
            whole = whole + value(part)
    else:
        for part in t.args[1:]:
            whole = grids.add(whole, value(part))
    return whole


def _mul(t: Term, scope: Scope) -> Any:
    number: Any = None
    matrix: Grid | None = None
    for factor in t.args:
        value = scope.value(factor)
        if factor.shape == SCALAR:
            number = value if number is None else number * value
        else:
            matrix = value if matrix is None else grids.multiply(matrix, value)
    if matrix is None:
        return number
    if t.shape == SCALAR:
        return matrix[0][0] if number is None else number * matrix[0][0]
    return matrix if number is None else grids.scale(number, matrix)


def _pow(t: Term, scope: Scope) -> Any:
    base, exponent = t.args
    a, b = scope.value(base), scope.value(exponent)
    if type(b) is fmpq and b == -1:
        return reciprocal(a)
    return power(a, b, analytic=scope.region == ANALYTIC)


def _mpow(t: Term, scope: Scope) -> Any:
    k = scope.whole(t.args[1], "the exponent")
    if abs(k) > _MOST_TERMS:
        raise NoRule("compute", f"the power {k} of a matrix")
    return _fit(t, grids.matrix_power(scope.grid(t.args[0]), k))  # a size may turn out to be 1


def _inv(t: Term, scope: Scope) -> Any:
    try:
        return _fit(t, grids.inverse(scope.grid(t.args[0])))
    except grids.Singular:
        raise grids.Singular(f"{t.args[0]} is singular") from None


def _trans(t: Term, scope: Scope) -> Any:
    inner = scope.value(t.args[0])
    return inner if t.shape == SCALAR else grids.transpose(inner)


def _had(t: Term, scope: Scope) -> Any:
    whole = scope.grid(t.args[0])
    for part in t.args[1:]:
        whole = grids.entrywise(lambda x, y: x * y, whole, scope.grid(part))
    return _fit(t, whole)


def _epow(t: Term, scope: Scope) -> Any:
    exponent = scope.value(t.args[1])
    return _fit(
        t,
        grids.entrywise(
            lambda x: power(x, exponent, analytic=scope.region == ANALYTIC), scope.grid(t.args[0])
        ),
    )


# -- functions -------------------------------------------------------------------------------------------------


def _broadcast(t: Term, scope: Scope, f: Callable[..., Any]) -> Any:
    if t.shape == SCALAR:
        return f(*[scope.value(a) for a in t.args])
    whole = next(scope.value(a) for a in t.args if a.shape != SCALAR)
    rows, columns = len(whole), len(whole[0])
    spread = [
        scope.value(a) if a.shape != SCALAR else grids.filled(rows, columns, scope.value(a)) for a in t.args
    ]
    return grids.entrywise(f, *spread)


def _fn(t: Term, scope: Scope) -> Any:
    if scope.region != POINT and t.data in functions.KINKS:
        return _broadcast(t, scope, lambda *a: calculus.kink(t.data, a, analytic=scope.region == ANALYTIC))
    analytic = scope.region == ANALYTIC
    if t.shape == SCALAR and len(t.args) == 1:
        return functions.call(t.data, scope.value(t.args[0]), analytic=analytic)
    return _broadcast(t, scope, lambda *a: functions.call(t.data, *a, analytic=analytic))


def _vfn(t: Term, scope: Scope) -> Any:
    v = scope.grid(t.args[0])
    if t.data in ("softmax_rows", "log_softmax_rows"):
        of_column = Term("vfn", t.args, t.data.removesuffix("_rows"), t.shape)
        return _fit(t, tuple(grids.transpose(_shares(of_column, grids.transpose((row,)), scope))[0] for row in v))
    return _fit(t, _shares(t, v, scope))


def _shares(t: Term, v: Any, scope: Scope) -> Any:
    """softmax of a column, or its logarithm."""
    exponentials = grids.entrywise(lambda x: functions.call("exp", x), v)
    whole = grids.total(exponentials)
    if t.data == "softmax":
        return grids.scale(reciprocal(whole), exponentials)
    if t.data == "log_softmax":
        log_whole = functions.call("log", whole, analytic=scope.region == ANALYTIC)
        return grids.entrywise(lambda x: x - log_whole, v)
    raise NoRule("evaluate", t.data)


def _apply(t: Term, scope: Scope) -> Any:
    f: FunctionSymbol = t.data
    if f.entrywise:
        return _broadcast(t, scope, lambda *a: _scalar_function(f, a, scope))
    arguments = tuple(scope.grid(a) for a in t.args)
    if f.body is not None:
        parameters, body = f.body
        values = {p: _fit(p, g) for p, g in zip(parameters, arguments, strict=True)}
        return scope.bind(values).value(body)
    instance = _instance(f, scope)
    flat = tuple(x for g in arguments for row in g for x in row)
    rows, columns = scope.shape(t)
    values_ = instance(flat)
    return _fit(t, tuple(tuple(values_[i * columns + j] for j in range(columns)) for i in range(rows)))


def _instance(f: FunctionSymbol, scope: Scope) -> Any:
    instance = scope.session.functions.get(replace(f, order=()) if f.order else f)
    if instance is None:
        raise Malformed(f"the function {f} has no instance at this point")
    return instance


def _scalar_function(f: FunctionSymbol, arguments: tuple[Any, ...], scope: Scope) -> Any:
    if f.body is None:
        return _instance(f, scope).derivative(f.order)(arguments)[0]
    parameters, body = f.body
    values: dict[Term, Any] = dict(zip(parameters, arguments, strict=True))
    tags: list[int] = []
    for parameter, times in zip(parameters, f.order or (), strict=False):
        for _ in range(times):
            tags.append(scope.session.fresh_tag(parameter))
            values[parameter] = Jet(tags[-1], values[parameter], {0: ONE})
    result = scope.bind(values).value(body)
    for tag in reversed(tags):
        result = slope(result, tag, 0)
    return result


# -- parts of matrices -----------------------------------------------------------------------------------------


def _trace(t: Term, scope: Scope) -> Any:
    a = scope.grid(t.args[0])
    return sum((a[i][i] for i in range(len(a))), ZERO)


def _det(t: Term, scope: Scope) -> Any:
    return grids.determinant(scope.grid(t.args[0]))


def _total(t: Term, scope: Scope) -> Any:
    return grids.total(scope.grid(t.args[0]))


def _norm(t: Term, scope: Scope) -> Any:
    if scope.region != POINT:
        raise NoRule("integrate", f"the norm {t}")
    return functions.norm([x for row in scope.grid(t.args[0]) for x in row], t.data)


def _diag(t: Term, scope: Scope) -> Any:
    v = scope.grid(t.args[0])
    return _fit(t, tuple(tuple(v[i][0] if i == j else ZERO for j in range(len(v))) for i in range(len(v))))


def _diagonal(t: Term, scope: Scope) -> Any:
    a = scope.grid(t.args[0])
    return _fit(t, tuple((a[i][i],) for i in range(len(a))))


def _entry(t: Term, scope: Scope) -> Any:
    matrix, *indices = t.args
    i, j = scope.whole(indices[0], "the index"), scope.whole(indices[1], "the index")
    if matrix.head == "build" and (found := _built_entry(matrix, i, j, scope)) is not None:
        return found
    a = scope.grid(matrix)
    if 0 <= i < len(a) and 0 <= j < len(a[0]):
        return a[i][j]
    which, at, length = (indices[0], i, len(a)) if not 0 <= i < len(a) else (indices[1], j, len(a[0]))
    raise Malformed(
        f"{t}: the index {which} = {at} is out of range 0..{length - 1} ({matrix} is {len(a)} x {len(a[0])} here)"
    )


def _matrix(t: Term, scope: Scope) -> Any:
    rows, columns = t.data
    whole: list[tuple[Any, ...]] = []
    for r in range(rows):
        blocks = [scope.grid(b) for b in t.args[r * columns : (r + 1) * columns]]
        whole += [tuple(x for row in parts for x in row) for parts in zip(*blocks, strict=True)]
    return _fit(t, tuple(whole))


def _build(t: Term, scope: Scope) -> Any:
    body, i, j = t.args
    rows, columns = scope.shape(t)
    return _fit(
        t,
        tuple(
            tuple(scope.bind({i: fmpq(r), j: fmpq(c)}).value(body) for c in range(columns))
            for r in range(rows)
        ),
    )


def _built_entry(t: Term, i: int, j: int, scope: Scope) -> Any:
    """One entry of a matrix that is given entry by entry, without the others; None outside of it."""
    rows, columns = scope.shape(t)
    if not (0 <= i < rows and 0 <= j < columns):
        return None
    while scope.parent is not None and scope.values.keys().isdisjoint(t.free):
        scope = scope.parent
    if (t, i, j) not in scope.memo:
        body, row, column = t.args
        scope.memo[t, i, j] = scope.bind({row: fmpq(i), column: fmpq(j)}).value(body)
    return scope.memo[t, i, j]


def _kron(t: Term, scope: Scope) -> Any:
    return _fit(t, grids.kronecker(scope.grid(t.args[0]), scope.grid(t.args[1])))


def _vec(t: Term, scope: Scope) -> Any:
    return _fit(t, tuple((x,) for column in grids.transpose(scope.grid(t.args[0])) for x in column))


def _delta(t: Term, scope: Scope) -> Any:
    return ONE if is_zero(scope.value(t.args[0]) - scope.value(t.args[1])) else ZERO


# -- sums ------------------------------------------------------------------------------------------------------


def _range(t: Term, scope: Scope) -> range:
    low, high = scope.whole(t.args[2], "the bound"), scope.whole(t.args[3], "the bound")
    if high < low - 1:
        raise Undefined(f"{t} runs from {low} down to {high}")
    if high - low > _MOST_TERMS:
        raise NoRule("add up", f"{high - low + 1} terms")
    return range(low, high + 1)


def _sum(t: Term, scope: Scope) -> Any:
    body, i = t.args[:2]
    if t.args[3].head == "const":
        return calculus.infinite_sum(t, scope)
    values = [scope.bind({i: fmpq(k)}).value(body) for k in _range(t, scope)]
    if t.shape == SCALAR:
        return sum(values, ZERO)
    whole = grids.filled(*scope.shape(t), ZERO)
    for value in values:
        whole = grids.add(whole, value)
    return whole


def _prod(t: Term, scope: Scope) -> Any:
    body, i = t.args[:2]
    if t.args[3].head == "const":
        raise NoRule("compute", "an infinite product")
    whole: Any = ONE
    for k in _range(t, scope):
        whole = whole * scope.bind({i: fmpq(k)}).value(body)
    return whole


# -- cases and conditions --------------------------------------------------------------------------------------


def _piecewise(t: Term, scope: Scope) -> Any:
    for k in range(0, len(t.args), 2):
        try:
            chosen = truth(t.args[k + 1], scope, smooth=True)
        except Inseparable:
            if scope.region != INTERVAL or t.shape != SCALAR:
                raise
            return calculus.hull(t, k, scope)
        if chosen:
            return scope.value(t.args[k])
    raise Undefined(f"no case of {t} holds")


def truth(t: Term, scope: Scope, *, smooth: bool = False) -> bool:
    """Whether a condition holds. With `smooth`, a condition on its boundary has no answer for derivatives."""
    match t.head:
        case "truth":
            return bool(t.data)
        case "not":
            return not truth(t.args[0], scope, smooth=smooth)
        case "and" | "or":
            return _junction(t, scope, smooth=smooth)
        case "claimed":
            return _claimed(t, scope)
        case "rel":
            return _relation(t, scope, smooth=smooth)
    raise Malformed(f"{t} is not a condition")


def _junction(t: Term, scope: Scope, *, smooth: bool) -> bool:
    """One certain answer settles an `or` or an `and`, whatever the other parts are."""
    settles = t.head == "or"
    doubt: Undefined | None = None
    for part in t.args:
        try:
            if truth(part, scope, smooth=smooth) is settles:
                return settles
        except Undefined as problem:
            doubt = problem
    if doubt is not None:
        raise doubt
    return not settles


def _relation(t: Term, scope: Scope, *, smooth: bool) -> bool:
    left, right = scope.grid(t.args[0]), scope.grid(t.args[1])
    pairs = [(a, b) for p, q in zip(left, right, strict=True) for a, b in zip(p, q, strict=True)]
    sign = t.data
    if scope.region != POINT and any(depends(a) or depends(b) for a, b in pairs):
        raise NoRule("differentiate under the integral", f"the condition {t}")
    if sign in ("=", "!="):
        doubt: Undefined | None = None
        equal = True
        for a, b in pairs:
            try:
                if not is_zero(a - b):
                    equal = False
            except Inseparable as problem:
                doubt = problem
            if not equal:
                break
        if equal and doubt:
            raise doubt
        if equal and smooth and any(depends(a - b) for a, b in pairs):
            raise Undefined(f"a derivative where {t} changes")
        return equal is (sign == "=")
    answers = []
    for a, b in pairs:
        side = order(*((_real(a), _real(b)) if scope.region == ANALYTIC else (a, b)))
        if side == 0 and smooth and (depends(a) or depends(b)):
            raise Undefined(f"a derivative where {t} changes")
        answers.append({"<": side < 0, "<=": side <= 0, ">": side > 0, ">=": side >= 0}[sign])
    return all(answers)


def _real(x: Any) -> Any:
    return functions.deciding_part(x, analytic=True)


def _claimed(t: Term, scope: Scope) -> bool:
    match t.data:
        case "positive definite":
            return grids.definite(scope.grid(t.args[0]), strictly=True)
        case "positive semidefinite":
            return grids.definite(scope.grid(t.args[0]), strictly=False)
        case "symmetric":
            return grids.is_symmetric(scope.grid(t.args[0]))
    raise NoRule("check", f"the property {t.data}")


def _condition(t: Term, _: Scope) -> Any:
    raise Malformed(f"{t} is a relation, not a value")


_RULES: dict[str, Callable[[Term, Scope], Any]] = {
    "num": _num, "decimal": _decimal, "const": _const, "sym": _sym, "add": _add, "mul": _mul, "pow": _pow, "mpow": _mpow,
    "inv": _inv, "trans": _trans, "had": _had, "epow": _epow, "fn": _fn, "apply": _apply, "vfn": _vfn, "trace": _trace,
    "det": _det, "total": _total, "norm": _norm, "diag": _diag, "diagonal": _diagonal, "eye": _eye, "zeros": _zeros,
    "ones": _ones, "unit": _unit, "entry": _entry, "matrix": _matrix, "build": _build, "kron": _kron, "vec": _vec,
    "delta": _delta, "sum": _sum, "prod": _prod, "piecewise": _piecewise, "deriv": calculus.derivative,
    "grad": calculus.gradient, "jac": calculus.jacobian, "hess": calculus.hessian, "pull": calculus.pullback,
    "at": calculus.at, "integral": calculus.integral, "antideriv": calculus.antiderivative, "limit": calculus.limit,
    "rel": _condition, "and": _condition, "or": _condition, "not": _condition, "truth": _condition, "claimed": _condition,
}  # fmt: skip
