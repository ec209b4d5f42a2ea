"""Sums over one index that the kind of a matrix answers.

    rule                                            holds where
    sum_i p_i = 1                                   p is a vector of probabilities; rows, columns of a stochastic matrix
    sum_i x_i^2 = 1                                 x is a unit vector
    sum_k Q_ki Q_kj = delta(i, j)                   Q has orthonormal columns; by rows, too, if Q is orthogonal
    sum_k P_ik P_kj = P_ij                          P is a projection
    sum_k (A^-1)_ik A_kj = delta(i, j)              A^-1 is defined

Imports: calcds.expr, calcds.decide.products.
"""

from __future__ import annotations

from calcds.decide.products import ordered
from calcds.expr.kinds import Kind
from calcds.expr.operators import delta
from calcds.expr.term import ONE, Term, same_size, size


def full_range(f: Term, k: Term, top: Term) -> bool:
    """Whether k runs over one whole row or column of the matrix of f, its other index being free of k."""
    whole, i, j = f.args
    sizes = [size for index, size in zip((i, j), whole.shape, strict=True) if index is k]
    others = [index for index in (i, j) if index is not k]
    return len(sizes) == 1 and k not in others[0].free and same_size(sizes[0], _length(top))


def _length(top: Term) -> Term | int:
    """top + 1, in the canonical form of sizes."""
    return size(top + ONE)


def sum_of_one(f: Term, k: Term) -> Term | None:
    """The sum of an entry f over its index k; None if the kind says nothing of it."""
    whole, i, j = f.args
    if whole.head != "sym":
        return None
    kind: Kind = whole.data[1]
    if kind.has("sums to one") and i is k:
        return ONE
    if (kind.has("row stochastic") and j is k) or (kind.has("column stochastic") and i is k):
        return ONE
    return None


def sum_of_two(f: Term, g: Term, k: Term) -> Term | None:
    """The sum of f g, two entries, over the index k that both have; None if the kinds say nothing of it."""
    (a, i, j), (b, m, n) = f.args, g.args
    if a.head == "sym" and a is b:
        kind: Kind = a.data[1]
        if kind.has("unit") and i is k and m is k:
            return ONE
        if kind.has("orthonormal columns") or kind.has("orthogonal"):
            if i is k and m is k:
                return delta(j, n)
            if kind.has("orthogonal") and j is k and n is k:
                return delta(i, m)
        if kind.has("projection"):
            free = [x for x in (i, j, m, n) if x is not k]
            if len(free) == 2:
                return Term("entry", (a, *ordered(*free)))
        return None
    for inverse, (p, q), plain, (r, s) in ((a, (i, j), b, (m, n)), (b, (m, n), a, (i, j))):
        if inverse.head == "inv" and inverse.args[0] is plain:
            symmetric = plain.head == "sym" and plain.data[1].has("symmetric")
            if q is k and r is k:
                return delta(p, s)
            if p is k and s is k:
                return delta(r, q)
            if symmetric:
                left, right = (q if p is k else p), (s if r is k else r)
                return delta(left, right)
    return None
