"""The normal form of terms: short, as a textbook writes them, and the same for the same input.

`normal(term)` merges like terms, uses the facts of the kinds, brings numbers to the front, takes out common factors
and recognises named functions. It never multiplies out unless the result is shorter. Both sides are equal wherever
both exist; a cancelled A.I*A or x/x may exist where the longer form does not.

Imports: calcds.expr.
"""

from __future__ import annotations

from calcds.diff.normal import entrywise, indices, matrices, products, sums
from calcds.diff.normal.context import Context, Rule, is_zero, nothing
from calcds.expr.operators import eye
from calcds.expr.term import Term, as_term

__all__ = ["Context", "is_zero", "normal", "nothing"]


def normal(term: Term, ctx: Context | None = None) -> Term:
    """The normal form of a term.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> print(normal(A*x + A.T*x))
    (A + A.T)*x
    """
    return (ctx or new_context()).normal(term)


def new_context() -> Context:
    """The memory of one run; use one for terms that belong together."""
    return Context(_simplify)


def _simplify(ctx: Context, t: Term) -> Term:
    rule = RULES.get(t.head)
    return rule(ctx, t) if rule else t


def _function(ctx: Context, t: Term) -> Term:
    return matrices.function(ctx, t.data, t.args)


def _apply(ctx: Context, t: Term) -> Term:
    (*_, u) = t.args
    if len(t.args) == 1 and t.data.entrywise and not u.is_scalar:
        if (upright := matrices.turned_upright(ctx, u)) is not None:
            return matrices.transpose(ctx, ctx.normal(Term("apply", (upright,), t.data, upright.shape)))
        if u.head == "mul" and u.args[-1].head == "unit" and not any(f.is_scalar for f in u.args):
            inner = products.multiply(ctx, u.args[:-1])
            return products.multiply(ctx, (Term("apply", (inner,), t.data, inner.shape), u.args[-1]))
    return t


def _vector_function(ctx: Context, t: Term) -> Term:
    """softmax does not feel a common shift: softmax(z + c*ones) = softmax(z), softmax_rows(Z + u*ones.T) = softmax_rows(Z)."""
    (z,) = t.args
    if z.head == "add":
        same = _constant_column if t.data in ("softmax", "log_softmax") else _constant_rows
        kept = [p for p in z.args if not same(p)]
        if kept and len(kept) < len(z.args):
            z = sums.add(ctx, kept)
            return Term("vfn", (z,), t.data, t.shape)
    return t


def _constant_column(p: Term) -> bool:
    return p.head == "ones" or (p.head == "mul" and p.args[-1].head == "ones" and all(f.is_scalar for f in p.args[:-1]))


def _constant_rows(p: Term) -> bool:
    """A matrix with equal columns: u*ones.T, A*ones."""
    return p.head == "ones" or (p.head == "mul" and p.args[-1].head == "ones")


def _kron(ctx: Context, t: Term) -> Term:
    a, b = t.args
    if a.is_scalar or b.is_scalar:
        return products.multiply(ctx, (a, b))
    if is_zero(a) or is_zero(b):
        return nothing(t.shape)
    if a.head == b.head == "eye":
        return eye(t.shape[0])
    if a.shape[1] == 1 and b.shape[0] == 1:
        return products.multiply(ctx, (a, b))
    if a.shape[0] == 1 and b.shape[1] == 1:
        return products.multiply(ctx, (b, a))
    front, bare = [], []
    for f in (a, b):
        parts = products.take_apart(f)
        front += [as_term(parts.number), *(products.power(ctx, base, e) for base, e in parts.powers.items())]
        bare.append(products.multiply(ctx, parts.chain))
    return products.multiply(ctx, (*front, Term("kron", tuple(bare), None, t.shape)))


def _vec(ctx: Context, t: Term) -> Term:
    (a,) = t.args
    if a.shape[1] == 1:
        return a
    if a.shape[0] == 1:
        return matrices.transpose(ctx, a)
    if a.head == "zeros":
        return nothing(t.shape)
    if a.head == "ones":
        return Term("ones", (), None, t.shape)
    if a.head == "add":
        return t
    parts = products.take_apart(a)
    front = [as_term(parts.number), *(products.power(ctx, base, e) for base, e in parts.powers.items())]
    chain = parts.chain
    for k in range(1, len(chain)):
        if chain[k].shape[0] == 1:  # vec(u v.T) = v kron u
            u, v = products.multiply(ctx, chain[:k]), matrices.transpose(ctx, products.multiply(ctx, chain[k:]))
            return products.multiply(ctx, (*front, Term("kron", (v, u), None, t.shape)))
    return products.multiply(ctx, (*front, Term("vec", (products.multiply(ctx, chain),), None, t.shape)))


def _piecewise(_: Context, t: Term) -> Term:
    values = t.args[::2]
    if all(v is values[0] for v in values) and t.args[-1].head == "truth" and t.args[-1].data:
        return values[0]
    if t.args[1].head == "truth" and t.args[1].data:
        return values[0]
    return t


def _matrix(_: Context, t: Term) -> Term:
    return nothing(t.shape) if all(is_zero(a) for a in t.args) else t


def _at(_: Context, t: Term) -> Term:
    body, x, value = t.args
    return body if value is x or x not in body.free else t


RULES: dict[str, Rule] = {
    "add": lambda ctx, t: sums.add(ctx, t.args),
    "mul": lambda ctx, t: products.multiply(ctx, t.args),
    "pow": lambda ctx, t: products.power(ctx, *t.args),
    "had": lambda ctx, t: entrywise.hadamard(ctx, t.args),
    "epow": lambda ctx, t: entrywise.entry_power(ctx, *t.args),
    "mpow": lambda ctx, t: matrices.matrix_power(ctx, *t.args),
    "trans": lambda ctx, t: matrices.transpose(ctx, t.args[0]),
    "inv": lambda ctx, t: matrices.inverse(ctx, t.args[0]),
    "trace": lambda ctx, t: matrices.trace(ctx, t.args[0]),
    "det": lambda ctx, t: matrices.det(ctx, t.args[0]),
    "total": lambda ctx, t: matrices.total(ctx, t.args[0]),
    "norm": lambda ctx, t: matrices.norm(ctx, t.args[0], t.data),
    "diag": lambda ctx, t: matrices.diag(ctx, t.args[0]),
    "diagonal": lambda ctx, t: matrices.diagonal(ctx, t.args[0]),
    "entry": lambda ctx, t: matrices.entry(ctx, *t.args),
    "delta": lambda _, t: matrices.delta(*t.args),
    "fn": _function,
    "apply": _apply,
    "vfn": _vector_function,
    "kron": _kron,
    "vec": _vec,
    "matrix": _matrix,
    "piecewise": _piecewise,
    "at": _at,
    "sum": lambda ctx, t: indices.index_sum(ctx, *t.args),
    "build": lambda ctx, t: indices.build(ctx, t.args[0], t.args[1], t.args[2], t.shape),
}
