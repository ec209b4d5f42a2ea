"""Transpose, inverse, trace, determinant, total, entries and the like, each by the facts that shorten it.

Transposes go inward over products and sums and stop at entrywise functions; inverses stay outside a product.

Imports: calcds.expr, calcds.diff.normal.{context, products, sums, entrywise, named}.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calcds.diff.normal import entrywise, named, products, sums
from calcds.diff.normal.context import Context, is_zero, nothing
from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.operators import eye
from calcds.expr.term import MINUS_ONE, ONE, Term, as_term, number, same_size, substitute


def has_fact(t: Term, fact: str) -> bool:
    """Whether a symbol's kind states the fact."""
    return t.head == "sym" and fact in t.data[1].facts


def transpose(ctx: Context, a: Term) -> Term:
    """The normal transpose of a normal term."""
    if a.is_scalar or a.head in ("diag", "eye") or has_fact(a, "symmetric"):
        return a
    flipped = (a.shape[1], a.shape[0])
    match a.head:
        case "trans":
            return a.args[0]
        case "sym" if has_fact(a, "antisymmetric"):
            return products.multiply(ctx, (MINUS_ONE, a))
        case "ones" | "zeros":
            return Term(a.head, (), None, flipped)
        case "mul":
            scalars = [f for f in a.args if f.is_scalar]
            return products.multiply(ctx, (*scalars, *(transpose(ctx, f) for f in reversed(a.args) if not f.is_scalar)))
        case "add":
            if sums.turned_over(ctx, a) is a:
                return a
        case "mpow":
            return Term("mpow", (transpose(ctx, a.args[0]), a.args[1]), None, flipped)
        case "inv" if transpose(ctx, a.args[0]) is a.args[0]:
            return a
        case "kron":
            return Term("kron", tuple(transpose(ctx, f) for f in a.args), None, flipped)
        case "matrix" if all(f.is_scalar for f in a.args):
            rows, columns = a.data
            flat = tuple(a.args[r * columns + c] for c in range(columns) for r in range(rows))
            return Term("matrix", flat, (columns, rows), flipped)
        case "build":
            return Term("build", (a.args[0], a.args[2], a.args[1]), None, flipped)
        case "sum":
            return Term("sum", (transpose(ctx, a.args[0]), *a.args[1:]), a.data, flipped)
        case "had" | "epow" | "fn" if same_size(*a.shape):
            inner = [transpose(ctx, f) if not f.is_scalar else f for f in a.args]
            if all(x is y for x, y in zip(inner, a.args, strict=True)):
                return a
    return Term("trans", (a,), None, flipped)


def inverted(ctx: Context, f: Term) -> Term | None:
    """A when f is the inverse of A, or the inverse of A transposed."""
    if f.head == "inv":
        return f.args[0]
    if f.head == "trans" and f.args[0].head == "inv":
        return transpose(ctx, f.args[0].args[0])
    if f.head == "mpow" and f.args[1] is MINUS_ONE:
        return f.args[0]
    if f.head == "mpow" and (below := inverted(ctx, f.args[0])) is not None:
        return Term("mpow", (below, f.args[1]), None, f.shape)
    return None


def inverse(ctx: Context, a: Term) -> Term:
    """The normal inverse of a normal square matrix."""
    if a.is_scalar:
        return products.power(ctx, a, MINUS_ONE)
    if a.head in ("eye", "inv"):
        return a if a.head == "eye" else a.args[0]
    if a.head == "trans":
        return transpose(ctx, inverse(ctx, a.args[0]))
    if has_fact(a, "orthogonal"):
        return transpose(ctx, a)
    if a.head == "diag":
        return diag(ctx, entrywise.entry_power(ctx, a.args[0], MINUS_ONE))
    if a.head == "mpow":
        return matrix_power(ctx, inverse(ctx, a.args[0]), a.args[1])
    if a.head == "mul":
        parts = products.take_apart(a)
        if parts.number != 1 or parts.powers:
            scalars = [products.power(ctx, b, products.multiply(ctx, (e, MINUS_ONE))) for b, e in parts.powers.items()]
            rest = inverse(ctx, products.multiply(ctx, parts.chain))
            return products.multiply(ctx, (number(1 / parts.number), *scalars, rest))
    return Term("inv", (a,), None, a.shape)


def base_and_power(a: Term) -> tuple[Term, Term]:
    """A**k as A and k; any other matrix as itself and 1. An inverse is not a power here."""
    return (a.args[0], a.args[1]) if a.head == "mpow" else (a, ONE)


def matrix_power(ctx: Context, a: Term, k: Term) -> Term:
    """The normal power of a normal square matrix."""
    if k.head == "num" and k.data == 0:
        return eye(a.shape[0])
    if k is ONE or a.head == "eye" or has_fact(a, "projection"):
        return a
    if k.head == "num" and k.data < 0:
        return inverse(ctx, matrix_power(ctx, a, number(-k.data)))
    if a.head == "mpow":
        return matrix_power(ctx, a.args[0], products.multiply(ctx, (a.args[1], k)))
    if a.head == "diag":
        return diag(ctx, entrywise.entry_power(ctx, a.args[0], k))
    if a.head == "mul":
        parts = products.take_apart(a)
        if parts.number != 1 or parts.powers:
            scalars = [products.power(ctx, b, products.multiply(ctx, (e, k))) for b, e in parts.powers.items()]
            front = products.power(ctx, number(parts.number), k)
            return products.multiply(ctx, (front, *scalars, matrix_power(ctx, products.multiply(ctx, parts.chain), k)))
    return Term("mpow", (a, k), None, a.shape)


def trace(ctx: Context, a: Term) -> Term:
    """The normal trace."""
    if a.is_scalar:
        return a
    match a.head:
        case "eye":
            return as_term(a.shape[0])
        case "zeros":
            return nothing((1, 1))
        case "trans":
            return trace(ctx, a.args[0])
        case "diag":
            return total(ctx, a.args[0])
        case "add":
            traces = [trace(ctx, t) for t in a.args]
            if all(t.head != "trace" for t in traces):
                return sums.add(ctx, traces)
        case "mul":
            return _trace_of_product(ctx, a)
    return Term("trace", (a,))


def _trace_of_product(ctx: Context, a: Term) -> Term:
    parts = products.take_apart(a)
    chain = parts.chain
    front = [number(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())]
    for k in range(1, len(chain)):
        if chain[k].shape[0] == 1:  # tr(u v.T) = v.T u
            return products.multiply(ctx, (*front, products.multiply(ctx, (*chain[k:], *chain[:k]))))
    if len(chain) > 1 and (turned := _turned_shorter(ctx, chain)) is not None:
        return products.multiply(ctx, (*front, trace(ctx, turned)))
    body = chain[0] if len(chain) == 1 else Term("mul", tuple(chain), None, a.shape)
    if len(front) > 1 or parts.number != 1:
        return products.multiply(ctx, (*front, trace(ctx, body)))
    return Term("trace", (body,))


def _turned_shorter(ctx: Context, chain: list[Term]) -> Term | None:
    """tr(A B) = tr(B A): the turn by one factor, if its ends meet and combine."""
    turned = products.multiply(ctx, (chain[-1], *chain[:-1]))
    return turned if turned.head != "mul" or len(turned.args) < len(chain) else None


def det(ctx: Context, a: Term) -> Term:
    """The normal determinant."""
    if a.is_scalar:
        return a
    match a.head:
        case "eye":
            return ONE
        case "trans":
            return det(ctx, a.args[0])
        case "inv":
            return products.power(ctx, det(ctx, a.args[0]), MINUS_ONE)
    return Term("det", (a,))


def total(ctx: Context, a: Term) -> Term:
    """The normal sum of all entries."""
    if a.is_scalar:
        return a
    match a.head:
        case "zeros":
            return nothing((1, 1))
        case "ones":
            return products.multiply(ctx, (as_term(a.shape[0]), as_term(a.shape[1])))
        case "eye":
            return as_term(a.shape[0])
        case "unit":
            return ONE
        case "trans" | "diag":
            return total(ctx, a.args[0])
        case "vfn" if a.data == "softmax":
            return ONE
        case "vfn" | "sym" if rows_sum_to_one(a):
            return as_term(a.shape[0])
        case "sym" if has_fact(a, "sums to one"):
            return ONE
        case "add":
            return _total_of_sum(ctx, a)
        case "epow" if a.shape[1] == 1 and a.args[1] is number(2):
            return products.multiply(ctx, (transpose(ctx, a.args[0]), a.args[0]))
        case "had" if a.shape[1] == 1:
            first, rest = a.args[0], a.args[1:]
            return products.multiply(ctx, (transpose(ctx, first), entrywise.hadamard(ctx, rest)))
        case "mul":
            return _total_of_product(ctx, a)
    return Term("total", (a,))


def _total_of_sum(ctx: Context, a: Term) -> Term:
    """One sum stays one, unless totals of its terms merge: total(x - mean(x)*ones) is 0."""
    apart = [total(ctx, t) for t in a.args]
    merged = sums.opened(ctx, [part for t in apart for part in sums.totals_apart(ctx, t)], Fraction(1))
    if len(merged) < len(a.args) or any(t.head != "total" for t in merged):
        return sums.add(ctx, apart) if merged else number(0)
    return Term("total", (a,))


def _total_of_product(ctx: Context, a: Term) -> Term:
    parts = products.take_apart(a)
    chain = parts.chain
    front = [number(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())]
    for k in range(1, len(chain)):
        if chain[k].shape[0] == 1:  # 1.T u v.T 1
            left, right = products.multiply(ctx, chain[:k]), products.multiply(ctx, chain[k:])
            return products.multiply(ctx, (*front, total(ctx, left), total(ctx, right)))
    body = chain[0] if len(chain) == 1 else Term("mul", tuple(chain), None, a.shape)
    if chain[-1].head == "unit":
        rest = products.multiply(ctx, chain[:-1])
        sums_of_columns = products.multiply(ctx, (transpose(ctx, rest), Term("ones", (), None, (rest.shape[0], 1))))
        return products.multiply(ctx, (*front, entry(ctx, sums_of_columns, chain[-1].args[0], as_term(0))))
    if rows_sum_to_one(transpose(ctx, chain[0])) and len(chain) > 1:
        return products.multiply(ctx, (*front, total(ctx, products.multiply(ctx, chain[1:]))))
    if len(front) > 1 or parts.number != 1:
        return products.multiply(ctx, (*front, total(ctx, body)))
    return Term("total", (body,))


def rows_sum_to_one(a: Term) -> bool:
    """Whether a fact says that A*ones = ones."""
    return has_fact(a, "row stochastic") or (a.head == "vfn" and a.data == "softmax_rows") or (
        a.head == "trans" and has_fact(a.args[0], "column stochastic")
    )


def diag(ctx: Context, v: Term) -> Term:
    """The normal diagonal matrix of a normal column."""
    if v.is_scalar:
        return v
    n = v.shape[0]
    if v.head == "ones":
        return eye(n)
    if v.head == "zeros":
        return nothing((n, n))
    if v.head == "diagonal" and has_fact(v.args[0], "diagonal"):
        return v.args[0]
    parts = products.take_apart(v)
    if parts.number != 1 or parts.powers:
        front = [number(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())]
        return products.multiply(ctx, (*front, diag(ctx, products.multiply(ctx, parts.chain))))
    return Term("diag", (v,), None, (n, n))


def diagonal(ctx: Context, a: Term) -> Term:
    """The normal column of diagonal entries."""
    if a.is_scalar:
        return a
    column = (a.shape[0], 1)
    match a.head:
        case "diag":
            return a.args[0]
        case "eye" | "ones":
            return Term("ones", (), None, column)
        case "zeros":
            return nothing(column)
        case "trans":
            return diagonal(ctx, a.args[0])
        case "add":
            return sums.add(ctx, [diagonal(ctx, t) for t in a.args])
        case "had":
            return entrywise.hadamard(ctx, [diagonal(ctx, f) for f in a.args])
        case "mul":
            return _diagonal_of_product(ctx, a, column)
    return Term("diagonal", (a,), None, column)


def _diagonal_of_product(ctx: Context, a: Term, column: tuple[object, object]) -> Term:
    parts = products.take_apart(a)
    chain = parts.chain
    front = [number(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())]
    for k in range(1, len(chain)):
        if chain[k].shape[0] == 1:  # diagonal(u v.T) = u o v
            u, v = products.multiply(ctx, chain[:k]), transpose(ctx, products.multiply(ctx, chain[k:]))
            return products.multiply(ctx, (*front, entrywise.hadamard(ctx, (u, v))))
    if chain[0].head == "diag" and len(chain) > 1:
        inner = diagonal(ctx, products.multiply(ctx, chain[1:]))
        return products.multiply(ctx, (*front, entrywise.hadamard(ctx, (chain[0].args[0], inner))))
    if chain[-1].head == "diag" and len(chain) > 1:
        inner = diagonal(ctx, products.multiply(ctx, chain[:-1]))
        return products.multiply(ctx, (*front, entrywise.hadamard(ctx, (inner, chain[-1].args[0]))))
    body = chain[0] if len(chain) == 1 else Term("mul", tuple(chain), None, a.shape)
    return products.multiply(ctx, (*front, Term("diagonal", (body,), None, column)))  # type: ignore[arg-type]


def function(ctx: Context, name: str, args: Sequence[Term]) -> Term:
    """A named function of normal arguments, entry by entry."""
    if len(args) == 1:
        u = args[0]
        if (known := named.function_value(ctx, name, u)) is not None:
            return known
        if (upright := turned_upright(ctx, u)) is not None:
            return transpose(ctx, function(ctx, name, (upright,)))
        if u.head == "mul" and u.args[-1].head == "unit" and not u.is_scalar and all(not f.is_scalar for f in u.args):
            return products.multiply(ctx, (function(ctx, name, (products.multiply(ctx, u.args[:-1]),)), u.args[-1]))
    return fn(name, *args)


def turned_upright(ctx: Context, u: Term) -> Term | None:
    """The transpose, where it reads better as the argument of an entrywise function: a column, or fewer transposes."""
    if u.head == "trans":
        return None if u.is_scalar else u.args[0]
    if u.head not in ("mul", "add") or u.is_scalar or u.shape[1] == 1:
        return None
    other = transpose(ctx, u)
    if u.shape[0] == 1:
        return other if other.head != "trans" else None
    if u.head == "add" or u in ctx.upright:
        return None  # a sum stands upright already
    mine, its = sums.transposes(u), sums.transposes(other)
    if its < mine or (its == mine and other in ctx.upright):
        return other
    ctx.upright.add(u)
    return None


def entry(ctx: Context, a: Term, i: Term, j: Term) -> Term:
    """The normal entry of a normal matrix: entries go inward where that is not longer."""
    if a.is_scalar:
        return a
    match a.head:
        case "ones":
            return ONE
        case "zeros":
            return nothing((1, 1))
        case "eye":
            return delta(i, j)
        case "unit":
            return delta(a.args[0], i)
        case "trans":
            return entry(ctx, a.args[0], j, i)
        case "diag":
            return products.multiply(ctx, (delta(i, j), entry(ctx, a.args[0], i, as_term(0))))
        case "matrix" if i.head == j.head == "num" and all(f.is_scalar for f in a.args):
            position: int = int(i.data) * a.data[1] + int(j.data)
            return a.args[position]
        case "build":
            return ctx.normal(substitute(a.args[0], {a.args[1]: i, a.args[2]: j}))
        case "add":
            return sums.add(ctx, [entry(ctx, t, i, j) for t in a.args])
        case "had":
            return products.multiply(ctx, [entry(ctx, f, i, j) for f in a.args])
        case "epow":
            return products.power(ctx, entry(ctx, a.args[0], i, j), a.args[1])
        case "fn":
            return function(ctx, a.data, [f if f.is_scalar else entry(ctx, f, i, j) for f in a.args])
        case "apply" if isinstance(a.data, FunctionSymbol) and a.data.entrywise:
            return Term("apply", tuple(f if f.is_scalar else entry(ctx, f, i, j) for f in a.args), a.data)
        case "mul":
            return _entry_of_product(ctx, a, i, j)
    return Term("entry", (a, i, j))


def _entry_of_product(ctx: Context, a: Term, i: Term, j: Term) -> Term:
    parts = products.take_apart(a)
    chain = parts.chain
    front = [number(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())]
    for k in range(1, len(chain)):
        if chain[k].shape[0] == 1:
            left, right = products.multiply(ctx, chain[:k]), products.multiply(ctx, chain[k:])
            return products.multiply(ctx, (*front, entry(ctx, left, i, as_term(0)), entry(ctx, right, as_term(0), j)))
    if len(chain) > 1 and chain[-1].head == "unit":
        return products.multiply(ctx, (*front, entry(ctx, products.multiply(ctx, chain[:-1]), i, chain[-1].args[0])))
    body = chain[0] if len(chain) == 1 else Term("mul", tuple(chain), None, a.shape)
    if len(chain) == 1:
        return products.multiply(ctx, (*front, entry(ctx, body, i, j) if body is not a else Term("entry", (a, i, j))))
    return products.multiply(ctx, (*front, Term("entry", (body, i, j))))


def delta(i: Term, j: Term) -> Term:
    """The normal Kronecker delta."""
    if i is j:
        return ONE
    if i.head == j.head == "num":
        return ONE if i.data == j.data else number(0)
    return Term("delta", (i, j))


def norm(ctx: Context, a: Term, p: object) -> Term:
    """The normal norm: numbers come out, signs and transposes vanish."""
    if a.is_scalar:
        return function(ctx, "abs", (a,))
    if is_zero(a):
        return number(0)
    if a.head == "trans":
        return norm(ctx, a.args[0], p)
    if has_fact(a, "unit") and p == 2:
        return ONE
    c, rest = sums.coefficient(a)
    if c != 1:
        return products.multiply(ctx, (number(abs(c)), norm(ctx, rest, p)))
    return Term("norm", (a,), p)
