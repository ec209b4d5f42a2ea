"""softmax of a column or of every row, recognised where an author has written it out.

    exp(Z) o (exp(Z)*ones)**-1, diag((exp(Z)*ones)**-1)*exp(Z)   ->   softmax_rows(Z)
    Z - log(exp(Z)*ones)*ones.T                                  ->   log_softmax_rows(Z)

Imports: calcds.expr, calcds.diff.normal.{context, named, sums, entrywise, matrices}.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.diff.normal import entrywise, matrices, named, sums
from calcds.diff.normal.context import Context
from calcds.expr.term import Term, number, same_shape

if TYPE_CHECKING:
    from calcds.diff.normal.products import Parts


def _sums_of_exp(t: Term) -> Term | None:
    """E = exp(Z), when the term is E*ones: the sums of the rows, as a column or side by side."""
    if t.head == "mul" and len(t.args) == 2 and t.args[1].head == "ones" and not t.is_scalar:
        e = t.args[0]
        if e.head == "fn" and e.data == "exp":
            return e
    return None


def softmax_of_rows(powers: dict[Term, Term]) -> None:
    """exp(Z) o (exp(Z)*ones)**-1 among the factors of an entrywise product is softmax_rows(Z). In place."""
    for base, exponent in list(powers.items()):
        e = _sums_of_exp(base)
        if e is None or exponent.head != "num" or exponent.data > -1 or e not in powers:
            continue
        own = powers[e]
        if own.head != "num" or own.data < 1:
            continue
        count = min(int(own.data), int(-exponent.data))
        for known, step in ((e, -count), (base, count)):
            left = powers.pop(known).data + step
            if left:
                powers[known] = number(left)
        p = Term("vfn", e.args, "softmax_rows", e.shape)
        old = powers.pop(p, number(0))
        powers[p] = number(old.data + count) if old.head == "num" else old + count


def softmax_of_scaled_rows(ctx: Context, parts: Parts) -> None:
    """diag((exp(Z)*ones)**-1)*exp(Z) in a chain is softmax_rows(Z); likewise exp(Z).T*diag(...)."""
    chain = parts.chain
    for k, f in enumerate(chain):
        if f.head != "diag":
            continue
        column = f.args[0]
        weights = list(column.args) if column.head == "had" else [column]
        for w in weights:
            if w.head != "epow" or w.args[1].head != "num" or w.args[1].data > -1:
                continue
            e = _sums_of_exp(w.args[0])
            if e is None:
                continue
            p = Term("vfn", e.args, "softmax_rows", e.shape)
            for j in (k + 1, k - 1):
                if not 0 <= j < len(chain):
                    continue
                new = named.with_factor(ctx, chain[j], e, p) if j > k else _with_transposed(ctx, chain[j], e, p)
                if new is None:
                    continue
                rest = [v for v in weights if v is not w]
                if w.args[1].data != -1:
                    rest.append(entrywise.entry_power(ctx, w.args[0], number(w.args[1].data + 1)))
                chain[j] = new
                chain[k : k + 1] = [matrices.diag(ctx, entrywise.hadamard(ctx, rest))] if rest else []
                return


def _with_transposed(ctx: Context, f: Term, e: Term, p: Term) -> Term | None:
    return named.with_factor(ctx, f, e, p) if f.head == "trans" else None


def log_softmax(ctx: Context, merged: dict[Term, Fraction]) -> Term | None:
    """z - log(sum of exp(z))*ones among the terms of a sum: takes them out, and puts the logarithm of softmax in."""
    for term, c in list(merged.items()):
        found = _log_of_sums(term)
        if found is None:
            continue
        z, word = found
        wanted = sums.opened(ctx, [z], -c)
        if wanted and all(merged.get(t) == d for t, d in wanted.items()) and term not in wanted:
            for t in (term, *wanted):
                del merged[t]
            new = Term("vfn", (z,), word, z.shape)
            merged[new] = merged.get(new, Fraction(0)) - c
            return new
    return None


def _log_of_sums(t: Term) -> tuple[Term, str] | None:
    """Z for log(exp(Z)*ones), in the shape of Z, and the word that goes with it."""
    if t.head == "fn" and t.data == "log" and not t.is_scalar:
        e = _sums_of_exp(t.args[0])
        if e is not None and same_shape(e.shape, t.shape):
            return e.args[0], "log_softmax_rows"
    if t.head == "mul" and len(t.args) == 2 and t.args[1].head == "ones" and t.args[0].head == "fn" and t.args[0].data == "log":
        inner = t.args[0].args[0]
        if inner.head == "total" and inner.args[0].head == "fn" and inner.args[0].data == "exp":
            z = inner.args[0].args[0]
            return (z, "log_softmax") if z.shape[1] == 1 and same_shape(z.shape, t.shape) else None
        e = _sums_of_exp(inner)
        if e is not None and same_shape(e.shape, t.shape):
            return e.args[0], "log_softmax_rows"
    return None
