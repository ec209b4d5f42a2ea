"""Derivatives with symbolic sizes, in closed form.

    gradient(f, x)      one reverse sweep                          shape of x
    jacobian(y, x)      the differential of y, read as a matrix    rows: entries of y, columns: entries of x
    hessian(f, x)       the Jacobian of the gradient               forward over reverse
    pullback(d, y, x)   (dy/dx)^T d                                shape of x
    resolve(t)          t with all unevaluated derivatives done

All take and give terms. A matrix counts as its columns stacked. With respect to a symmetric matrix the result is
(G + G.T)/2, the gradient within the symmetric matrices; likewise a diagonal matrix keeps the diagonal and a triangular
one its triangle. What has no rule raises NoRule with its name.

Imports: calcds.expr.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.diff.coefficient import coefficient
from calcds.diff.explicit import explicit
from calcds.diff.forward import differential
from calcds.diff.inline import closed, walked
from calcds.diff.normal import Context, new_context, normal
from calcds.diff.reverse import Watch, pull
from calcds.diff.signs import one_sign
from calcds.errors import Malformed, ShapeError
from calcds.expr.kinds import Kind, Real
from calcds.expr.operators import diag, diagonal
from calcds.expr.term import ONE, SCALAR, Term, add, entry, mul, number, same_shape, substitute

__all__ = ["differential", "gradient", "hessian", "jacobian", "new_context", "normal", "pullback", "resolve"]

_CALCULUS = frozenset({"grad", "jac", "hess", "pull", "deriv", "at"})


def gradient(f: Term, x: Term, ctx: Context | None = None, watch: Watch | None = None) -> Term:
    """The gradient of a scalar in a symbol or an entry of one, in the shape of the place.

    >>> from calcds.notation import *
    >>> m, n = map(Dim, "mn")
    >>> X, w, y = Matrix[m, n].symbol("X"), Vector[n].symbol("w"), Vector[m].symbol("y")
    >>> r = X*w - y
    >>> print(gradient(r.T*r, w))
    2*X.T*(X*w - y)
    """
    if not f.is_scalar:
        size = f"{f.shape[0]} x {f.shape[1]}"
        raise ShapeError(f"a gradient is of a scalar, and {_short(f)} is {size}; ask for jacobian or pullback")
    return pullback(ONE, f, x, ctx, watch)


def pullback(d: Term, y: Term, x: Term, ctx: Context | None = None, watch: Watch | None = None) -> Term:
    """(dy/dx)^T d in the shape of x; d has the shape of y.

    >>> from calcds.notation import *
    >>> k, h = map(Dim, "kh")
    >>> W, d, z = Matrix[k, h].symbol("W"), Vector[k].symbol("d"), Vector[h].symbol("z")
    >>> from calcds import diff
    >>> print(diff.pullback(d, W*tanh(z), z))
    hadamard(W.T*d, ones(h) - entry_power(tanh(z), 2))
    """
    if not same_shape(d.shape, y.shape):
        raise ShapeError(f"{_short(d)} and {_short(y)} need one shape")
    ctx = ctx or new_context()
    if x.head == "entry":
        whole, i, j = x.args
        return ctx.normal(entry(pullback(d, y, whole, ctx, watch), i, j))
    _variable(x)
    start = ctx.normal(resolve(closed(y), ctx))
    return explicit(ctx, one_sign(ctx.normal(_within_kind(pull(start, x, d, watch), x))))


def jacobian(y: Term, x: Term, ctx: Context | None = None) -> Term:
    """The matrix J with d vec(y) = J d vec(x).

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> z = Vector[n].symbol("z")
    >>> from calcds import diff
    >>> print(diff.jacobian(softmax(z), z))
    diag(softmax(z)) - softmax(z)*softmax(z).T
    """
    ctx = ctx or new_context()
    if x.head == "entry":
        whole, i, j = x.args
        return _column_of(ctx, jacobian(y, whole, ctx), whole, i, j)
    _variable(x)
    d = Kind("Matrix", x.shape, Real.facts, x.shape).symbol(f"d{x.data[0]}")
    while d in y.free:
        d = d.data[1].symbol(d.data[0] + "'")
    moved = differential(ctx.normal(resolve(closed(y), ctx)), x, _direction(x, d))
    return explicit(ctx, one_sign(coefficient(ctx, moved, d)))


def hessian(f: Term, x: Term, ctx: Context | None = None) -> Term:
    """Second derivatives of a scalar: the Jacobian of its gradient.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> from calcds import diff
    >>> print(diff.hessian(x.T*A*x, x))
    A + A.T
    """
    ctx = ctx or new_context()
    return jacobian(gradient(f, x, ctx), x, ctx)


def resolve(t: Term, ctx: Context | None = None) -> Term:
    """The term with every unevaluated derivative written in closed form; one of an undefined function stays.

    >>> from calcds.notation import *
    >>> t = Real.symbol("t")
    >>> print(resolve(diff(t**3, t) + 1))
    3*t**2 + 1
    """
    context = ctx or new_context()
    return walked(t, lambda node: _resolved(node, context) if node.head in _CALCULUS else None)


def _resolved(t: Term, ctx: Context) -> Term:
    match t.head:
        case "grad" if not _is_unknown(t.args[0], t.args[1]):
            return gradient(t.args[0], t.args[1], ctx)
        case "jac" if not _is_unknown(t.args[0], t.args[1]):
            return jacobian(t.args[0], t.args[1], ctx)
        case "hess" if not _is_unknown(t.args[0], t.args[1]):
            return hessian(t.args[0], t.args[1], ctx)
        case "pull":
            return pullback(t.args[0], t.args[1], t.args[2], ctx)
        case "deriv":
            value = t.args[0]
            for place in t.args[1:]:
                value = _derivative(value, place, ctx)
            return value
        case "at" if not _holds_unknown(t.args[0], t.args[1]):
            return substitute(t.args[0], {t.args[1]: t.args[2]})
    return t


def _derivative(y: Term, place: Term, ctx: Context) -> Term:
    """dy/dt in a number t, in the shape of y."""
    if place.head == "sym":
        return ctx.normal(differential(ctx.normal(y), place, ONE))
    whole, i, j = place.args
    return ctx.normal(differential(ctx.normal(y), whole, ctx.normal(_unit_matrix(whole, i, j))))


def _unit_matrix(whole: Term, i: Term, j: Term) -> Term:
    rows, columns = (Term("unit", (k,), None, (length, 1)) for k, length in zip((i, j), whole.shape, strict=True))
    return rows if whole.shape[1] == 1 else columns.T if whole.shape[0] == 1 else mul(rows, columns.T)


def _column_of(ctx: Context, matrix: Term, whole: Term, i: Term, j: Term) -> Term:
    direction = Term("vec", (_unit_matrix(whole, i, j),), None, (matrix.shape[1], 1))
    return ctx.normal(mul(matrix, direction))


def _is_unknown(f: Term, x: Term) -> bool:
    """An undefined function of the variable alone, whose derivative has no other name."""
    return f.head == "apply" and not f.data.entrywise and f.data.body is None and f.args == (x,)


def _holds_unknown(body: Term, x: Term) -> bool:
    return body.head in ("grad", "jac", "hess") and _is_unknown(body.args[0], x)


def _variable(x: Term) -> None:
    if x.head != "sym":
        raise Malformed(f"one differentiates in a variable or an entry of one, not in {_short(x)}")
    if x.data[1].has("integer") and x.data[1].word != "Sign":
        raise Malformed(f"{x} is a whole number ({x.data[1]}): there is no derivative in it")


def _short(t: Term) -> str:
    said = str(t)
    return said if len(said) < 80 else said[:77] + "..."


# -- matrices with a pattern -----------------------------------------------------------------------------------


def convention(x: Term) -> str:
    """What a gradient in this variable means, where that needs saying."""
    kind = x.data[1] if x.head == "sym" else Real
    if kind.has("diagonal"):
        return f"{x} is diagonal: the gradient keeps the diagonal"
    if kind.has("symmetric"):
        return f"{x} is symmetric: the gradient G of independent entries is projected to (G + G.T)/2"
    if kind.has("antisymmetric"):
        return f"{x} is antisymmetric: the gradient G of independent entries is projected to (G - G.T)/2"
    return ""


def _within_kind(g: Term, x: Term) -> Term:
    """The gradient within the matrices of the kind: symmetric, antisymmetric, diagonal."""
    kind = x.data[1]
    half = number(Fraction(1, 2))
    if kind.has("diagonal"):
        return diag(diagonal(g))
    if kind.has("symmetric"):
        return mul(half, add(g, g.T))
    if kind.has("antisymmetric"):
        return mul(half, add(g, mul(number(-1), g.T)))
    return g


def _direction(x: Term, d: Term) -> Term:
    """A direction in which a matrix of the kind can move, linear in d."""
    return _within_kind(d, x) if x.shape != SCALAR else d
