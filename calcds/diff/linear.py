"""Heads that are linear in each argument, and how each is transposed.

    <G, A dB> = <A.T G, dB>        <G, dA B> = <G B.T, dA>        <g, total(dA)> = <g*ones, dA>

A head stands here with the rule that moves it to the other side of the inner product <G, H> = total(G o H).

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable

from calcds.errors import NoRule
from calcds.expr.kinds import Index
from calcds.expr.operators import diag, diagonal, eye, hadamard, ones, trace, unit, zeros
from calcds.expr.term import ZERO, Term, as_term, entry, mul, size

Transpose = Callable[[Term, int, Term], Term]  # node, position, G -> what flows back to the argument


def _add(_: Term, __: int, g: Term) -> Term:
    return g


def inner(a: Term, b: Term) -> Term:
    """<A, B>, the sum of the entrywise product, as it is usually written."""
    if a.is_scalar:
        return mul(a, b)
    if a.shape[1] == 1:
        return mul(a.T, b)
    if a.shape[0] == 1:
        return mul(a, b.T)
    return trace(mul(a.T, b))


def _mul(t: Term, k: int, g: Term) -> Term:
    scalars = [f for j, f in enumerate(t.args) if f.is_scalar and j != k]
    chain = [(j, f) for j, f in enumerate(t.args) if not f.is_scalar]
    if t.args[k].is_scalar:
        rest = [f for _, f in chain]
        if not rest:
            return mul(*scalars, g)
        product = mul(*rest)
        return mul(*scalars, inner(g, product))
    left = [f.T for j, f in reversed(chain) if j < k]
    right = [f.T for j, f in reversed(chain) if j > k]
    return mul(*scalars, *left, g, *right)


def _trans(_: Term, __: int, g: Term) -> Term:
    return g.T


def _had(t: Term, k: int, g: Term) -> Term:
    return hadamard(g, *(f for j, f in enumerate(t.args) if j != k))


def _trace(t: Term, _: int, g: Term) -> Term:
    return mul(g, eye(t.args[0].shape[0]))


def _total(t: Term, _: int, g: Term) -> Term:
    return mul(g, ones(*t.args[0].shape))


def _diag(_: Term, __: int, g: Term) -> Term:
    return diagonal(g)


def _diagonal(_: Term, __: int, g: Term) -> Term:
    return diag(g)


def _entry(t: Term, k: int, g: Term) -> Term:
    a, i, j = t.args
    if k:
        raise NoRule("differentiate", f"{t} in its index")
    column = a.shape[1] == 1
    row = a.shape[0] == 1
    if column:
        return mul(g, unit(a.shape[0], i))
    if row:
        return mul(g, unit(a.shape[1], j).T)
    return mul(g, unit(a.shape[0], i), unit(a.shape[1], j).T)


def _matrix(t: Term, k: int, g: Term) -> Term:
    columns = t.data[1]
    r, c = divmod(k, columns)
    part = t.args[k]
    top = sum((as_term(t.args[q * columns].shape[0]) for q in range(r)), ZERO)
    left = sum((as_term(t.args[q].shape[1]) for q in range(c)), ZERO)
    if part.is_scalar:
        return entry(g, as_term(size(top)), as_term(size(left))) if not g.is_scalar else g
    i, j = _indices(g, part)
    return Term("build", (entry(g, as_term(size(top + i)), as_term(size(left + j))), i, j), None, part.shape)


def _indices(*terms: Term) -> tuple[Term, Term]:
    """Two index names that occur in none of the terms."""
    used = {s.data[0] for t in terms for s in t.free}
    names = (f"{letter}{mark}" for mark in ("", "'", "''", "'''") for letter in "ijkl")
    free = [name for name in names if name not in used]
    return Index(free[0]), Index(free[1])


def _kron(t: Term, k: int, g: Term) -> Term:
    """<G, dA kron B>: entry (i, j) of the adjoint is the sum of block (i, j) of G times B."""
    a, b = t.args
    i, j = _indices(g, a, b)
    p, q = _indices(g, a, b, i, j)
    rows, columns = (as_term(length) for length in b.shape)
    element = entry(g, as_term(size(i * rows + p)), as_term(size(j * columns + q)))
    if k == 0:
        body, outer, around, shape = mul(element, entry(b, p, q)), (i, j), ((p, b.shape[0]), (q, b.shape[1])), a.shape
    else:
        body, outer, around, shape = mul(element, entry(a, i, j)), (p, q), ((i, a.shape[0]), (j, a.shape[1])), b.shape
    for variable, length in around:
        body = Term("sum", (body, variable, ZERO, as_term(size(as_term(length) - 1))))
    return Term("build", (body, *outer), None, shape)


def _vec(t: Term, _: int, g: Term) -> Term:
    """The columns unstacked: entry (i, j) is entry i + j*rows of G."""
    a = t.args[0]
    i, j = _indices(g, a)
    return Term("build", (entry(g, as_term(size(i + j * as_term(a.shape[0]))), ZERO), i, j), None, a.shape)


def _piecewise(t: Term, k: int, g: Term) -> Term:
    if k % 2:
        return zeros(*t.args[k].shape) if not t.args[k].is_scalar else ZERO
    nothing = zeros(*g.shape) if not g.is_scalar else ZERO
    parts = [part for j in range(0, len(t.args), 2) for part in (g if j == k else nothing, t.args[j + 1])]
    return Term("piecewise", tuple(parts), None, g.shape)


LINEAR: dict[str, tuple[Transpose, str]] = {
    "add": (_add, "a sum is differentiated term by term"),
    "mul": (_mul, "d(A B) = dA B + A dB, and <G, dA B> = <G B.T, dA>, <G, A dB> = <A.T G, dB>"),
    "trans": (_trans, "<G, dA.T> = <G.T, dA>"),
    "had": (_had, "<G, A o dB> = <G o A, dB>"),
    "trace": (_trace, "<g, trace(dA)> = <g*eye, dA>"),
    "total": (_total, "<g, total(dA)> = <g*ones, dA>"),
    "diag": (_diag, "<G, diag(dv)> = <diagonal(G), dv>"),
    "diagonal": (_diagonal, "<g, diagonal(dA)> = <diag(g), dA>"),
    "entry": (_entry, "an entry is a product with unit vectors"),
    "matrix": (_matrix, "entry by entry"),
    "kron": (_kron, "block by block"),
    "vec": (_vec, "the columns unstacked"),
    "piecewise": (_piecewise, "case by case"),
}
