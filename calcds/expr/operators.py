"""The words of the blackboard: functions that build unevaluated terms and check shapes while they do.

Nothing here computes. `grad(f, x)` is the node "gradient of f in x"; `calcds.gradient` evaluates one.
Every constructor raises ShapeError or Malformed with a sentence that names the parts.

Imports: calcds.expr.term, calcds.expr.functions, calcds.expr.kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from calcds.errors import Malformed, ShapeError
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import INDEX, FunctionSymbol, Kind, Real
from calcds.expr.term import (
    CONDITIONS,
    ONE,
    SCALAR,
    TRUE,
    ZERO,
    Shape,
    Size,
    Term,
    _whence,
    as_term,
    mul,
    relation,
    same_shape,
    same_size,
    size,
    subtract,
)

whence = _whence


def _scalar(value: Any, where: str) -> Term:
    term = as_term(value)
    if not term.is_scalar:
        raise ShapeError(f"{where} takes a scalar: {whence(term)}")
    return term


def _column(value: Any, where: str) -> Term:
    term = as_term(value)
    if not same_size(term.shape[1], 1):
        raise ShapeError(f"{where} takes a column vector: {whence(term)}")
    return term


def _square(value: Any, where: str) -> Term:
    term = as_term(value)
    if not same_size(*term.shape):
        raise ShapeError(f"{where} takes a square matrix: {whence(term)}")
    return term


def function(name: str) -> Callable[..., Term]:
    """The builder of a row of `functions.TABLE`; entrywise on matrices."""
    row = TABLE[name]

    def build(*arguments: Any) -> Term:
        terms = tuple(as_term(a) for a in arguments)
        if row.arity and len(terms) != row.arity:
            raise Malformed(f"{name} takes {row.arity} argument(s), not {len(terms)}")
        if not terms:
            raise Malformed(f"{name} needs an argument")
        shapes = [t for t in terms if not t.is_scalar]
        for other in shapes[1:]:
            if not same_shape(shapes[0].shape, other.shape):
                raise ShapeError(f"{name} takes arguments of one shape: {whence(shapes[0])}, but {whence(other)}")
        return fn(name, *terms)

    build.__name__ = name
    build.__doc__ = f"{name}, entry by entry on a matrix. {row.source}".strip()
    return build


def apply(f: FunctionSymbol, *arguments: Any) -> Term:
    """A function symbol applied to its arguments."""
    terms = tuple(as_term(a) for a in arguments)
    if len(terms) != f.arity:
        raise Malformed(f"{f} takes {f.arity} argument(s), not {len(terms)}")
    if f.entrywise:
        shape = next((t.shape for t in terms if not t.is_scalar), SCALAR)
        for t in terms:
            if not t.is_scalar and not same_shape(t.shape, shape):
                raise ShapeError(f"{f} takes arguments of one shape, but {whence(t)}")
        return Term("apply", terms, f, shape)
    for t, wanted in zip(terms, f.inputs, strict=True):
        if not same_shape(t.shape, wanted):
            raise ShapeError(f"{f} is a function of a {wanted[0]} x {wanted[1]} argument, but {whence(t)}")
    return Term("apply", terms, f, f.output)


def entrywise(name: str, body: Callable[..., Any] | None = None, arity: int = 1) -> tuple[FunctionSymbol, FunctionSymbol]:
    """A named function of numbers and its derivative; with a body, or undefined.

    >>> from calcds.notation import *
    >>> sigma, dsigma = entrywise("sigma", lambda u: 1/(1 + exp(-u)))
    >>> z = Vector[Dim("n")].symbol("z")
    >>> sigma(z), dsigma(z).shape
    (sigma(z), (n, 1))
    """
    if body is None:
        f = FunctionSymbol(name, arity)
    else:
        names = ("u",) if arity == 1 else tuple(f"u{k}" for k in range(arity))
        around = {s.data[0] for s in as_term(body(*(Real.symbol(f"?{p}") for p in names))).free}  # the author's own u
        while around.intersection(names):
            names = tuple(p + "'" for p in names)
        parameters = tuple(Real.symbol(p) for p in names)
        f = FunctionSymbol(name, arity, body=(parameters, as_term(body(*parameters))))
    return f, f.prime()


def named(name: str, body: Callable[..., Any]) -> FunctionSymbol:
    """A named function of numbers with a body: `f = named("f", lambda x: x**2)`; `f.prime()` is its derivative."""
    return entrywise(name, body, body.__code__.co_argcount)[0]


# -- matrices --------------------------------------------------------------------------------------------------


def hadamard(*factors: Any) -> Term:
    """Entrywise product of equal shapes."""
    terms = [as_term(f) for f in factors]
    for other in terms[1:]:
        if not same_shape(terms[0].shape, other.shape):
            raise ShapeError(f"an entrywise product needs equal shapes: {whence(terms[0])}, but {whence(other)}")
    flat = tuple(inner for t in terms for inner in (t.args if t.head == "had" else (t,)))
    return flat[0] if len(flat) == 1 else Term("had", flat, None, terms[0].shape)


def entry_power(a: Any, p: Any) -> Term:
    """Entrywise power."""
    term = as_term(a)
    return Term("epow", (term, _scalar(p, "an entrywise power")), None, term.shape)


def entry_divide(a: Any, b: Any) -> Term:
    """Entrywise quotient."""
    return hadamard(a, entry_power(b, -1))


def diag(v: Any) -> Term:
    """The diagonal matrix with the entries of a column."""
    column = _column(v, "diag")
    return Term("diag", (column,), None, (column.shape[0], column.shape[0]))


def diagonal(a: Any) -> Term:
    """The column of the diagonal entries of a square matrix."""
    square = _square(a, "diagonal")
    return Term("diagonal", (square,), None, (square.shape[0], 1))


def trace(a: Any) -> Term:
    """Sum of the diagonal entries."""
    return Term("trace", (_square(a, "trace"),))


def det(a: Any) -> Term:
    """Determinant."""
    return Term("det", (_square(a, "det"),))


def total(a: Any) -> Term:
    """Sum of all entries."""
    return Term("total", (as_term(a),))


def mean(a: Any) -> Term:
    """Mean of all entries."""
    term = as_term(a)
    count = mul(as_term(term.shape[0]), as_term(term.shape[1]))
    return mul(Term("total", (term,)), Term("pow", (as_term(size(count)), as_term(-1))))


def norm(a: Any, p: Any = 2) -> Term:
    """Norm of all entries as one vector: 2 (Euclidean, Frobenius), 1, or "oo"."""
    if p not in (1, 2, "oo"):
        raise Malformed(f"norm(..., {p}): the norms known are 1, 2 and 'oo'")
    return Term("norm", (as_term(a),), p)


def eye(n: Any) -> Term:
    """Identity matrix."""
    return Term("eye", (), None, (size(n), size(n)))


def zeros(m: Any, n: Any = 1) -> Term:
    """Matrix (or column) of zeros."""
    return Term("zeros", (), None, (size(m), size(n)))


def zero_like(a: Any) -> Term:
    """0, or the array of zeros, of the shape of a.

    >>> from calcds.expr.kinds import Vector
    >>> zero_like(3), zero_like(Vector[2].symbol("x")).shape
    (0, (2, 1))
    """
    term = as_term(a)
    return ZERO if term.is_scalar else zeros(*term.shape)


def ones(m: Any, n: Any = 1) -> Term:
    """Matrix (or column) of ones."""
    return Term("ones", (), None, (size(m), size(n)))


def unit(n: Any, k: Any) -> Term:
    """The k-th standard basis column of length n, k from 0."""
    return Term("unit", (_scalar(k, "unit"),), None, (size(n), 1))


def column(*entries: Any) -> Term:
    """A column with these entries."""
    return matrix(*[[e] for e in entries])


def matrix(*rows: Any) -> Term:
    """A matrix by rows of entries or blocks: `matrix([1, 2], [3, 4])`."""
    grid = [[as_term(e) for e in row] for row in rows]
    if not grid or any(len(row) != len(grid[0]) for row in grid) or not grid[0]:
        raise ShapeError(f"matrix(...): all rows need the same number of entries, not {[len(r) for r in grid]}")
    heights = [row[0].shape[0] for row in grid]
    widths = [block.shape[1] for block in grid[0]]
    for height, row in zip(heights, grid, strict=True):
        for width, block in zip(widths, row, strict=True):
            if not same_shape(block.shape, (height, width)):
                raise ShapeError(f"matrix(...): the block {whence(block)} does not fit its row and column ({height} x {width})")
    rows_, columns = _sum_sizes(heights), _sum_sizes(widths)
    return Term("matrix", tuple(b for row in grid for b in row), (len(grid), len(widths)), (rows_, columns))


def _sum_sizes(sizes: list[Size]) -> Size:
    whole: Any = 0
    for s in sizes:
        whole = s + whole
    return size(whole)


def by_entries(shape: Any, body: Callable[..., Any]) -> Term:
    """The matrix whose entry (i, j) is body(i, j); with one size, the column whose entry i is body(i)."""
    one = not isinstance(shape, tuple)
    rows, columns = (size(shape), 1) if one else (size(shape[0]), size(shape[1]))
    names = body.__code__.co_varnames[: body.__code__.co_argcount]
    i = INDEX.symbol(names[0])
    j = INDEX.symbol("_") if one else INDEX.symbol(names[1])
    value = _scalar(body(i) if one else body(i, j), "by_entries")
    return Term("build", (value, i, j), None, (rows, columns))


def kron(a: Any, b: Any) -> Term:
    """Kronecker product."""
    left, right = as_term(a), as_term(b)
    rows, columns = (size(mul(as_term(p), as_term(q))) for p, q in zip(left.shape, right.shape, strict=True))
    return Term("kron", (left, right), None, (rows, columns))


def vec(a: Any) -> Term:
    """The columns of a matrix, stacked."""
    term = as_term(a)
    return Term("vec", (term,), None, (size(mul(as_term(term.shape[0]), as_term(term.shape[1]))), 1))


def _column_or_advice(v: Any, where: str) -> Term:
    term = as_term(v)
    if not same_size(term.shape[1], 1):
        raise ShapeError(f"{where} takes a column vector: {whence(term)}; for every row write {where}_rows(...)")
    return term


def softmax(v: Any) -> Term:
    """exp(v) divided by its sum; a column of probabilities."""
    term = _column_or_advice(v, "softmax")
    return Term("vfn", (term,), "softmax", term.shape)


def log_softmax(v: Any) -> Term:
    """log(softmax(v)), entry by entry."""
    term = _column_or_advice(v, "log_softmax")
    return Term("vfn", (term,), "log_softmax", term.shape)


def logsumexp(v: Any) -> Term:
    """log of the sum of exp of all entries."""
    return fn("log", total(fn("exp", as_term(v))))


def softmax_rows(a: Any) -> Term:
    """softmax of every row: a matrix whose rows are probabilities.

    >>> from calcds.notation import *
    >>> m, n, k = map(Dim, "mnk")
    >>> X, W = Matrix[m, n].symbol("X"), Matrix[n, k].symbol("W")
    >>> softmax_rows(X*W).shape
    (m, k)
    """
    term = as_term(a)
    return Term("vfn", (term,), "softmax_rows", term.shape)


def log_softmax_rows(a: Any) -> Term:
    """log(softmax_rows(a)), entry by entry."""
    term = as_term(a)
    return Term("vfn", (term,), "log_softmax_rows", term.shape)


def logsumexp_rows(a: Any) -> Term:
    """The column of log(sum of exp) of every row."""
    term = as_term(a)
    return fn("log", mul(fn("exp", term), ones(term.shape[1])))


# -- sums, deltas, cases ---------------------------------------------------------------------------------------


def _bounds(limits: Any, where: str) -> tuple[Term, Term, Term]:
    if isinstance(limits, Term):
        limits = (limits,)
    if not isinstance(limits, tuple) or not 1 <= len(limits) <= 3:
        raise Malformed(f"{where}: bounds are (i, low, high) or (i, n) for all of 0..n-1, not {limits!r}")
    variable = _variable(limits[0], where)
    if len(limits) == 1:
        kind: Kind = variable.data[1]
        if kind.word != "Index" or not kind.sizes:
            raise Malformed(f"{where}: the range of {variable} is not stated; write (i, low, high), or (i, n) for 0..n-1")
        return variable, ZERO, subtract(as_term(kind.sizes[0]), ONE)
    if len(limits) == 2:
        return variable, ZERO, as_term(size(subtract(as_term(limits[1]), ONE)))
    return variable, _scalar(limits[1], where), _scalar(limits[2], where)


def _variable(value: Any, where: str) -> Term:
    term = as_term(value)
    if term.head != "sym":
        raise Malformed(f"{where}: {term} is not a variable")
    return term


def Sum(body: Any, *limits: Any) -> Term:
    """Sum over one or more indices: `Sum(x[i]*y[i], (i, n))` or `Sum(k**2, (k, 1, n))`; inner index first.

    The body may be a matrix; the sum is then taken entry by entry.
    """
    term = as_term(body)
    for limit_ in limits:
        variable, low, high = _bounds(limit_, "Sum")
        term = Term("sum", (term, variable, low, high), None, term.shape)
    return term


def Product(body: Any, *limits: Any) -> Term:
    """Product over one or more indices."""
    term = _scalar(body, "Product")
    for limit_ in limits:
        variable, low, high = _bounds(limit_, "Product")
        term = Term("prod", (term, variable, low, high))
    return term


def delta(i: Any, j: Any) -> Term:
    """Kronecker delta."""
    return Term("delta", (_scalar(i, "delta"), _scalar(j, "delta")))


def piecewise(*branches: Any) -> Term:
    """`piecewise((x, x > 0), (0, True))`: the first value whose condition holds; undefined where none does."""
    flat: list[Term] = []
    shape: Shape | None = None
    for branch in branches:
        if not isinstance(branch, tuple) or len(branch) != 2:
            raise Malformed(f"piecewise(...): a branch is (value, condition), not {branch!r}")
        value, condition = as_term(branch[0]), as_term(branch[1])
        if condition.head not in CONDITIONS:
            raise Malformed(f"piecewise(...): {condition} is not a condition")
        if shape is not None and not same_shape(shape, value.shape):
            raise ShapeError(f"piecewise(...): all values need one shape, but {whence(value)}")
        shape = value.shape
        flat += [value, condition]
    if shape is None:
        raise Malformed("piecewise(...) needs at least one branch")
    return Term("piecewise", tuple(flat), None, shape)


def indicator(condition: Any) -> Term:
    """1 where the condition holds, else 0."""
    return piecewise((ONE, condition), (ZERO, TRUE))


def Eq(a: Any, b: Any) -> Term:
    """The equation a = b as a line."""
    return relation("=", a, b)


def Ne(a: Any, b: Any) -> Term:
    """a is not b."""
    return relation("!=", a, b)


def And(*conditions: Any) -> Term:
    """All of the conditions."""
    return Term("and", tuple(as_term(c) for c in conditions))


def Or(*conditions: Any) -> Term:
    """At least one of the conditions."""
    return Term("or", tuple(as_term(c) for c in conditions))


def Not(condition: Any) -> Term:
    """The condition does not hold."""
    return Term("not", (as_term(condition),))


# -- calculus --------------------------------------------------------------------------------------------------


def _place(x: Any, where: str) -> Term:
    """What one may differentiate in: a variable, or an entry of one."""
    term = as_term(x)
    if term.head == "sym" or (term.head == "entry" and term.args[0].head == "sym"):
        return term
    raise Malformed(f"{where}: one differentiates in a variable or an entry of one, not in {term}; use at(...) for its value")


def diff(f: Any, *variables: Any) -> Term:
    """Derivative in scalar variables: `diff(f, x)`, `diff(f, x, y)`, `diff(f, (x, 2))`. Entrywise on a matrix f."""
    term = as_term(f)
    places: list[Term] = []
    for v in variables:
        if isinstance(v, tuple):
            places += [_place(v[0], "diff")] * int(v[1])
        elif isinstance(v, int):
            places += [places[-1]] * (v - 1)
        else:
            places.append(_place(v, "diff"))
    if not places:
        raise Malformed("diff(f, x): the variable is missing")
    for place in places:
        if not place.is_scalar:
            raise ShapeError(f"diff takes scalar variables, {whence(place)}; use grad or jacobian")
    if term.head == "deriv":
        return Term("deriv", (*term.args, *places), None, term.shape)
    return Term("deriv", (term, *places), None, term.shape)


def grad(f: Any, x: Any) -> Term:
    """Gradient of a scalar in a scalar, vector or matrix; it has the shape of x."""
    place = _place(x, "grad")
    return Term("grad", (_scalar(f, "grad"), place), None, place.shape)


def jacobian(y: Any, x: Any) -> Term:
    """Jacobian of a column in a column: rows are outputs, columns are inputs."""
    value, place = _column(y, "jacobian"), _column(_place(x, "jacobian"), "jacobian")
    return Term("jac", (value, place), None, (value.shape[0], place.shape[0]))


def hessian(f: Any, x: Any) -> Term:
    """Second derivatives of a scalar in a column."""
    place = _column(_place(x, "hessian"), "hessian")
    return Term("hess", (_scalar(f, "hessian"), place), None, (place.shape[0], place.shape[0]))


def pullback(delta: Any, y: Any, x: Any) -> Term:
    """Carry a gradient in y back to x: (dy/dx)^T delta. delta has the shape of y, the result that of x.

    >>> from calcds.notation import *
    >>> k, h = map(Dim, "kh")
    >>> W, d, z = Matrix[k, h].symbol("W"), Vector[k].symbol("d"), Vector[h].symbol("z")
    >>> pullback(d, W*z, z).shape
    (h, 1)

    Baydin et al. 2018, section 3.2 (reverse mode).
    """
    cotangent, value, place = as_term(delta), as_term(y), _place(x, "pullback")
    if not same_shape(cotangent.shape, value.shape):
        raise ShapeError(f"pullback: {whence(cotangent)}, but {whence(value)}; they need one shape")
    return Term("pull", (cotangent, value, place), None, place.shape)


def at(body: Any, x: Any, value: Any) -> Term:
    """The value of body where x is value."""
    term, variable, new = as_term(body), as_term(x), as_term(value)
    if variable.head != "sym":
        raise Malformed(f"at(..., {variable}, ...): {variable} is not a variable")
    if not same_shape(variable.shape, new.shape):
        raise ShapeError(f"at: {whence(variable)}, but {whence(new)}")
    return Term("at", (term, variable, new), None, term.shape)


def integral(body: Any, x: Any, low: Any = None, high: Any = None) -> Term:
    """Integral over x from low to high; without bounds the indefinite one, which is equal up to a constant."""
    variable = _variable(x[0] if isinstance(x, tuple) else x, "integral")
    if isinstance(x, tuple) and len(x) == 3:
        low, high = x[1:]
    if low is None or high is None:
        return Term("antideriv", (_scalar(body, "integral"), variable))
    return Term("integral", (_scalar(body, "integral"), variable, _scalar(low, "integral"), _scalar(high, "integral")))


def limit(body: Any, x: Any, point: Any, side: str = "+-") -> Term:
    """Limit of body as x goes to point, from the right ("+"), the left ("-") or both."""
    if side not in ("+", "-", "+-"):
        raise Malformed(f"limit(..., {side!r}): the side is '+', '-' or '+-'")
    return Term("limit", (_scalar(body, "limit"), _variable(x, "limit"), _scalar(point, "limit")), side)


# -- properties as claims -------------------------------------------------------------------------------------


def _claimed(name: str, *parts: Any) -> Term:
    return Term("claimed", tuple(as_term(p) for p in parts), name)


def is_symmetric(a: Any) -> Term:
    """The claim that a matrix equals its transpose."""
    square = _square(a, "is_symmetric")
    return relation("=", square, square.T)


def is_positive_definite(a: Any) -> Term:
    """The claim that x^T A x > 0 for every x other than 0, A symmetric."""
    return _claimed("positive definite", _square(a, "is_positive_definite"))


def is_positive_semidefinite(a: Any) -> Term:
    """The claim that x^T A x >= 0 for every x, A symmetric."""
    return _claimed("positive semidefinite", _square(a, "is_positive_semidefinite"))


def is_stationary(f: Any, x: Any, value: Any) -> Term:
    """The claim that the gradient of f in x vanishes at a value."""
    g = grad(f, x)
    return relation("=", at(g, x, value), zero_like(g))


def is_eigenvector(a: Any, v: Any, eigenvalue: Any) -> Term:
    """The claim that A v = eigenvalue v (v itself may not be 0: state it as a hypothesis)."""
    return relation("=", mul(_square(a, "is_eigenvector"), as_term(v)), mul(as_term(eigenvalue), as_term(v)))
