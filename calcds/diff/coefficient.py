"""From a differential to a matrix: dy = J dx gives J.

    coefficient(A*dx, dx)                 ->   A
    coefficient(hadamard(u, B*dx), dx)    ->   diag(u)*B
    coefficient(A*dX*B, dX)               ->   kron(B.T, A)

Matrices are stacked column by column, so vec(A X B) = kron(B.T, A) vec(X); for columns that changes nothing.

Imports: calcds.expr, calcds.diff.normal.
"""

from __future__ import annotations

from calcds.diff.normal import Context
from calcds.errors import NoRule
from calcds.expr.kinds import Index
from calcds.expr.operators import diag, eye, kron, ones, unit, vec, zeros
from calcds.expr.term import ONE, ZERO, Size, Term, add, as_term, mul, size


def coefficient(ctx: Context, y: Term, d: Term) -> Term:
    """The matrix M with vec(y) = M*vec(d), for a y that is linear in d. Raises NoRule where none can be written down."""
    return ctx.normal(_of(ctx, ctx.normal(y), d))


def _length(t: Term) -> Size:
    return size(mul(as_term(t.shape[0]), as_term(t.shape[1])))


def _vec(t: Term) -> Term:
    return t if t.shape[1] == 1 else vec(t)


def _of(ctx: Context, y: Term, d: Term) -> Term:
    if y is d:
        return eye(_length(d)) if not d.is_scalar else ONE
    if d not in y.free:
        return zeros(_length(y), _length(d))
    match y.head:
        case "add":
            return add(*(_of(ctx, t, d) for t in y.args if d in t.free))
        case "mul":
            return _of_product(ctx, y, d)
        case "trans":
            a = y.args[0]
            return _of(ctx, a, d) if 1 in a.shape else mul(_commutation(a.shape[0], a.shape[1]), _of(ctx, a, d))
        case "had":
            (moving,) = (f for f in y.args if d in f.free)
            rest = [f for f in y.args if f is not moving]
            others = rest[0] if len(rest) == 1 else Term("had", tuple(rest), None, y.shape)
            return mul(diag(_vec(others)), _of(ctx, moving, d))
        case "total":
            return mul(ones(1, _length(y.args[0])), _of(ctx, y.args[0], d))
        case "trace":
            return _of_trace(ctx, y.args[0], d)
        case "entry":
            return _of_entry(ctx, y, d)
        case "vec":
            return _of(ctx, y.args[0], d)
        case "diag":
            return _along_diagonal(y.shape[0], _of(ctx, y.args[0], d), out=True)
        case "diagonal":
            return _along_diagonal(y.shape[0], _of(ctx, y.args[0], d), out=False)
        case "sum":
            body, *rest = y.args
            inner = _of(ctx, body, d)
            return Term("sum", (inner, *rest), None, inner.shape)
        case "piecewise":
            args = tuple(a if k % 2 else _of(ctx, a, d) for k, a in enumerate(y.args))
            return Term("piecewise", args, None, args[0].shape)
        case "matrix" if all(a.is_scalar for a in y.args):
            return _of_entries(ctx, y, d)
    raise NoRule("write as a matrix", f"the linear map {y}", "ask for pullback, or for the entries one by one")


def _of_product(ctx: Context, y: Term, d: Term) -> Term:
    k = next(k for k, f in enumerate(y.args) if d in f.free)
    moving = y.args[k]
    scalars = [f for j, f in enumerate(y.args) if f.is_scalar and j != k]
    chain = [f for f in y.args if not f.is_scalar]
    if moving.is_scalar:
        inner = _of(ctx, moving, d)
        return mul(*scalars, _vec(mul(*chain)), inner) if chain else mul(*scalars, inner)
    where = next(j for j, f in enumerate(chain) if f is moving)
    left, right = chain[:where], chain[where + 1 :]
    if moving.head == "diag" and (left or right):
        return mul(*scalars, _around_diagonal(ctx, left, moving.args[0], right, d))
    inner = _of(ctx, moving, d)
    if right:
        before = mul(*left) if left else _identity(moving.shape[0])
        return mul(*scalars, _kron(mul(*right).T, before), inner)
    if not left:
        return mul(*scalars, inner)
    before = mul(*left)
    if moving.shape[1] == 1:
        return mul(*scalars, before, inner)
    return mul(*scalars, _kron(_identity(moving.shape[1]), before), inner)


def _identity(n: Size) -> Term:
    return ONE if n == 1 else eye(n)


def _kron(a: Term, b: Term) -> Term:
    return mul(a, b) if a.is_scalar or b.is_scalar else kron(a, b)


def _around_diagonal(ctx: Context, left: list[Term], v: Term, right: list[Term], d: Term) -> Term:
    """L*diag(v)*R, linear in v."""
    inner = _of(ctx, v, d)
    before = mul(*left) if left else _identity(v.shape[0])
    after = mul(*right) if right else _identity(v.shape[0])
    if after.shape[1] == 1:
        return mul(before, diag(after), inner)
    if before.shape[0] == 1:
        return mul(after.T, diag(before.T), inner)
    n = v.shape[0]
    i = Index("i")
    while i in before.free | after.free | inner.free:
        i = Index(i.data[0] + "'")
    e = unit(n, i)
    body = mul(kron(mul(after.T, e), mul(before, e)), e.T)
    return mul(Term("sum", (body, i, ZERO, as_term(size(as_term(n) - 1))), None, body.shape), inner)


def _of_trace(ctx: Context, a: Term, d: Term) -> Term:
    """tr(S A dX B) = vec((B S A).T).T vec(dX)."""
    if a.head == "mul":
        scalars = [f for f in a.args if f.is_scalar]
        chain = [f for f in a.args if not f.is_scalar]
        moving = [k for k, f in enumerate(chain) if d in f.free]
        if len(moving) == 1:
            k = moving[0]
            rest = [*chain[k + 1 :], *chain[:k]]
            return mul(*scalars, _vec(mul(*rest).T).T, _of(ctx, chain[k], d)) if rest else _of_trace(ctx, chain[k], d)
    if a.head == "add":
        return add(*(_of_trace(ctx, t, d) for t in a.args if d in t.free))
    return mul(_vec(eye(a.shape[0])).T, _of(ctx, a, d))


def _of_entry(ctx: Context, y: Term, d: Term) -> Term:
    a, i, j = y.args
    inner = _of(ctx, a, d)
    if a.shape[1] == 1:
        return mul(unit(a.shape[0], i).T, inner)
    return mul(unit(_length(a), i + j * as_term(a.shape[0])).T, inner)


def _of_entries(ctx: Context, y: Term, d: Term) -> Term:
    rows, columns = y.data
    stacked = [y.args[r * columns + c] for c in range(columns) for r in range(rows)]
    count = len(stacked)
    parts = [mul(unit(count, as_term(k)), _of(ctx, e, d)) for k, e in enumerate(stacked) if d in e.free]
    return add(*parts)


def _commutation(m: Size, n: Size) -> Term:
    """The matrix K with vec(A.T) = K*vec(A) for an m x n matrix A."""
    i, j = Index("i"), Index("j")
    e, f = unit(m, i), unit(n, j)
    body = kron(mul(e, f.T), mul(f, e.T))
    inner = Term("sum", (body, j, ZERO, as_term(size(as_term(n) - 1))), None, body.shape)
    return Term("sum", (inner, i, ZERO, as_term(size(as_term(m) - 1))), None, body.shape)


def _along_diagonal(n: Size, inner: Term, *, out: bool) -> Term:
    """vec(diag(v)) = D v with D the sum of kron(e_i, e_i)*e_i.T; diagonal(A) = D.T vec(A)."""
    i = Index("i")
    e = unit(n, i)
    body = mul(kron(e, e), e.T) if out else mul(e, kron(e, e).T)
    return mul(Term("sum", (body, i, ZERO, as_term(size(as_term(n) - 1))), None, body.shape), inner)
