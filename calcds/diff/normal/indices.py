"""Index sums written in matrix notation where they are one: total, products, diagonals.

    Sum(x[i]*y[i], (i, n))               ->   x.T*y
    Sum(A[i, j]*x[j], (j, n))            ->   (A*x)[i]
    Sum(c[i]*X.T*e_i*e_i.T*X, (i, m))    ->   X.T*diag(c)*X

`column_of` and `matrix_of` find the column or matrix with given entries; what has none stays an index sum.

Imports: calcds.expr, calcds.diff.normal.{context, products, sums, entrywise, matrices}.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.diff.normal import entrywise, matrices, products, sums
from calcds.diff.normal.context import Context, is_zero, nothing
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.operators import eye
from calcds.expr.term import ONE, Size, Term, as_term, number, same_size, size, substitute, subtract


def unit(n: Size, k: Term) -> Term:
    """The k-th standard basis column."""
    return Term("unit", (k,), None, (n, 1))


def _ones(rows: Size, columns: Size) -> Term:
    return Term("ones", (), None, (rows, columns))


def index_sum(ctx: Context, body: Term, i: Term, low: Term, high: Term) -> Term:
    """The normal sum of a normal body over i = low..high."""
    if is_zero(body):
        return nothing(body.shape)
    count = size(subtract(high, low) + ONE)
    if i not in body.free:
        return products.multiply(ctx, (ctx.normal(as_term(count)), body))
    found = _recognised(ctx, body, i, low, count)
    if found is not None:
        return found
    if body.head == "add":
        pieces = [index_sum(ctx, t, i, low, high) for t in body.args]
        if all(t.head != "sum" and not _has_sum(t) for t in pieces):
            return sums.add(ctx, pieces)
    front, inner, back = _loosened(ctx, body, i)
    if front or back:
        middle = index_sum(ctx, inner, i, low, high)
        return products.multiply(ctx, (*front, middle, *back))
    return Term("sum", (body, i, low, high), None, body.shape)


def _has_sum(t: Term) -> bool:
    return t.head == "sum" or (t.head == "mul" and any(f.head == "sum" for f in t.args))


def _loosened(ctx: Context, body: Term, i: Term) -> tuple[list[Term], Term, list[Term]]:
    """Factors without the index, taken out of the body on both sides."""
    parts = products.take_apart(body)
    powers = [(products.power(ctx, b, e), i in b.free or i in e.free) for b, e in parts.powers.items()]
    front = [as_term(parts.number)] if parts.number != 1 else []
    front += [p for p, bound in powers if not bound]
    inside = [p for p, bound in powers if bound]
    chain = list(parts.chain)
    left: list[Term] = []
    right: list[Term] = []
    while chain and i not in chain[0].free:
        left.append(chain.pop(0))
    while chain and i not in chain[-1].free:
        right.insert(0, chain.pop())
    if not chain and (left or right):  # every matrix is free of the index: the number alone is summed
        inner = products.multiply(ctx, inside) if inside else ONE
        return [*front, *left, *right], inner, []
    inner = products.multiply(ctx, [*inside, *chain])
    return [*front, *left], inner, right


def _recognised(ctx: Context, body: Term, i: Term, low: Term, count: Size) -> Term | None:
    if low.head == "num" and low.data == 0:
        found = _over_all(ctx, body, i, count)
        if found is not None:
            return found
    elif low.head == "num":
        moved = ctx.normal(substitute(body, {i: i + low}))
        return _over_all(ctx, moved, i, count)
    return None


def _over_all(ctx: Context, body: Term, i: Term, n: Size) -> Term | None:
    if body.is_scalar:
        if (k := _selected(body, i)) is not None:
            rest = [f for f in (body.args if body.head == "mul" else (body,)) if not _selects(f, i)]
            return ctx.normal(substitute(products.multiply(ctx, rest), {i: k})) if rest else ONE
        column = column_of(ctx, body, i, n)
        return None if column is None else matrices.total(ctx, column)
    parts = products.take_apart(body)
    scalar = products.multiply(ctx, (as_term(parts.number), *(products.power(ctx, b, e) for b, e in parts.powers.items())))
    weights = column_of(ctx, scalar, i, n)
    bound = [k for k, f in enumerate(parts.chain) if i in f.free]
    if weights is None or not bound:
        return None
    first, last = bound[0], bound[-1]
    left, right = parts.chain[:first], parts.chain[last + 1 :]
    e = unit(n, i)
    middle = parts.chain[first : last + 1]
    row = matrices.transpose(ctx, e)
    if middle == [e, row]:
        core = matrices.diag(ctx, weights)
    elif middle == [e]:
        core = weights
    elif middle == [row]:
        core = matrices.transpose(ctx, weights)
    else:
        return None
    return products.multiply(ctx, (*left, core, *right))


def _selects(f: Term, i: Term) -> bool:
    return f.head == "delta" and i in f.args


def _selected(body: Term, i: Term) -> Term | None:
    """k, when the body has a factor delta(i, k)."""
    for f in body.args if body.head == "mul" else (body,):
        if f.head == "delta" and i in f.args:
            k = f.args[1] if f.args[0] is i else f.args[0]
            if i not in k.free:
                return k
    return None


def column_of(ctx: Context, c: Term, i: Term, n: Size) -> Term | None:
    """The column of length n whose entry i is c, or None."""
    if i not in c.free:
        return products.multiply(ctx, (c, _ones(n, 1)))
    match c.head:
        case "entry":
            return _column_of_entry(ctx, c, i, n)
        case "delta":
            others = [k for k in c.args if k is not i]
            return unit(n, others[0]) if len(others) == 1 and i not in others[0].free else None
        case "sum":
            body, j, low, high = c.args
            if not (low.head == "num" and low.data == 0 and i not in high.free):
                return None
            columns = size(high + ONE)
            matrix = matrix_of(ctx, body, i, n, j, columns)
            return None if matrix is None else products.multiply(ctx, (matrix, _ones(columns, 1)))
    if (found := _column_of_chain(ctx, c, i, n)) is not None:
        return found
    return _mapped(ctx, c, lambda t: column_of(ctx, t, i, n), {i}, (n, 1))


def _column_of_chain(ctx: Context, c: Term, i: Term, n: Size) -> Term | None:
    """total(v(i)), norm(v(i)) and u(i).T*v(i), where the columns v(i) stand side by side in a matrix V."""
    if c.head in ("total", "norm") and c.args[0].shape[1] == 1:
        side_by_side = columns_of(ctx, c.args[0], i, n)
        if side_by_side is None or (c.head == "norm" and c.data == "oo"):
            return None
        if c.head == "norm" and c.data == 1:
            side_by_side = matrices.function(ctx, "abs", (side_by_side,))
        elif c.head == "norm":
            side_by_side = entrywise.entry_power(ctx, side_by_side, number(2))
        sums_ = products.multiply(ctx, (matrices.transpose(ctx, side_by_side), _ones(side_by_side.shape[0], 1)))
        return entrywise.entry_power(ctx, sums_, number(Fraction(1, 2))) if c.head == "norm" and c.data != 1 else sums_
    if c.head != "mul":
        return None
    chain = [f for f in c.args if not f.is_scalar]
    if len(chain) < 2 or chain[-1].shape[1] != 1:
        return None
    left = matrices.transpose(ctx, chain[0])
    u, v = columns_of(ctx, left, i, n), columns_of(ctx, products.multiply(ctx, chain[1:]), i, n)
    scalars = [column_of(ctx, f, i, n) for f in c.args if f.is_scalar]
    if u is None or v is None or any(s is None for s in scalars):
        return None
    both = entrywise.hadamard(ctx, (u, v))
    column = products.multiply(ctx, (matrices.transpose(ctx, both), _ones(both.shape[0], 1)))
    return entrywise.hadamard(ctx, [*(s for s in scalars if s is not None), column])


def columns_of(ctx: Context, v: Term, i: Term, n: Size) -> Term | None:
    """The matrix whose column i is the column v, or None."""
    rows = v.shape[0]
    if i not in v.free:
        return products.multiply(ctx, (v, _ones(1, n)))
    if v.head == "unit" and v.args[0] is i and same_size(rows, n):
        return eye(n)
    if v.head == "mul":
        scalars = [column_of(ctx, f, i, n) for f in v.args if f.is_scalar]
        chain = [f for f in v.args if not f.is_scalar]
        if any(s is None for s in scalars) or any(i in f.free for f in chain[:-1]):
            return None
        last = columns_of(ctx, chain[-1], i, n)
        if last is None:
            return None
        weight = [matrices.diag(ctx, entrywise.hadamard(ctx, [s for s in scalars if s is not None]))] if scalars else []
        return products.multiply(ctx, (*chain[:-1], last, *weight))
    if v.head in ("add", "had", "fn", "epow", "apply"):
        if v.head == "apply" and not (isinstance(v.data, FunctionSymbol) and v.data.entrywise):
            return None
        if any(a.is_scalar and i in a.free for a in v.args):
            return None
        parts = [a if a.is_scalar else columns_of(ctx, a, i, n) for a in v.args]
        if any(p is None for p in parts):
            return None
        return ctx.normal(Term(v.head, tuple(p for p in parts if p is not None), v.data, (rows, n)))
    return None


def _column_of_entry(ctx: Context, c: Term, i: Term, n: Size) -> Term | None:
    a, p, q = c.args
    if i in a.free:
        return None
    if p is i and q is i and same_size(a.shape[0], n):
        return matrices.diagonal(ctx, a)
    if p is i and i not in q.free and same_size(a.shape[0], n):
        return a if a.shape[1] == 1 else products.multiply(ctx, (a, unit(a.shape[1], q)))
    if q is i and i not in p.free and same_size(a.shape[1], n):
        turned = matrices.transpose(ctx, a)
        return turned if a.shape[0] == 1 else products.multiply(ctx, (turned, unit(a.shape[0], p)))
    return None


def _mapped(ctx: Context, c: Term, find: object, bound: set[Term], shape: tuple[Size, Size]) -> Term | None:
    """Sums, products, powers and functions of numbers, lifted to entrywise ones."""
    assert callable(find)
    if c.head == "pow" and c.args[1].free.isdisjoint(bound):
        base = find(c.args[0])
        return None if base is None else entrywise.entry_power(ctx, base, c.args[1])
    if c.head in ("add", "mul"):
        if any(not f.is_scalar for f in c.args):
            return None
        lifted = [find(t) if c.head == "add" or t.free & bound else t for t in c.args]
        if any(t is None for t in lifted):
            return None
        if c.head == "add":
            return sums.add(ctx, lifted)
        front = [t for t in lifted if t.is_scalar]
        rest = [t for t in lifted if not t.is_scalar]
        return products.multiply(ctx, (*front, entrywise.hadamard(ctx, rest)))
    if c.head in ("fn", "apply"):
        if c.head == "apply" and not (isinstance(c.data, FunctionSymbol) and c.data.entrywise):
            return None
        lifted = [find(t) if t.free & bound else t for t in c.args]
        if any(t is None for t in lifted):
            return None
        if c.head == "fn":
            return matrices.function(ctx, c.data, lifted)
        return Term("apply", tuple(lifted), c.data, shape)
    return None


def matrix_of(ctx: Context, c: Term, i: Term, m: Size, j: Term, n: Size) -> Term | None:
    """The m x n matrix whose entry (i, j) is c, or None."""
    if j not in c.free:
        column = column_of(ctx, c, i, m)
        return None if column is None else products.multiply(ctx, (column, _ones(1, n)))
    if i not in c.free:
        column = column_of(ctx, c, j, n)
        return None if column is None else products.multiply(ctx, (_ones(m, 1), matrices.transpose(ctx, column)))
    if c.head == "entry" and c.args[0].free.isdisjoint({i, j}):
        a, p, q = c.args
        if p is i and q is j and same_size(a.shape[0], m) and same_size(a.shape[1], n):
            return a
        if p is j and q is i and same_size(a.shape[1], m) and same_size(a.shape[0], n):
            return matrices.transpose(ctx, a)
        return None
    if c.head == "delta" and same_size(m, n) and set(c.args) == {i, j}:
        return eye(m)
    if c.head == "mul" and all(f.is_scalar for f in c.args):
        return _matrix_of_product(ctx, c.args, i, m, j, n)
    if c.head == "sum":
        return _matrix_of_sum(ctx, c, i, m, j, n)
    return _mapped(ctx, c, lambda t: matrix_of(ctx, t, i, m, j, n), {i, j}, (m, n))


def _matrix_of_product(ctx: Context, factors: tuple[Term, ...], i: Term, m: Size, j: Term, n: Size) -> Term | None:
    """f(i)*g(j)*M(i, j) is diag(f)*M*diag(g), and f*g.T where there is no M."""
    free = [t for t in factors if t.free.isdisjoint({i, j})]
    rows = [column_of(ctx, t, i, m) for t in factors if i in t.free and j not in t.free]
    columns = [column_of(ctx, t, j, n) for t in factors if j in t.free and i not in t.free]
    both = [matrix_of(ctx, t, i, m, j, n) for t in factors if i in t.free and j in t.free]
    if any(t is None for t in (*rows, *columns, *both)):
        return None
    f = entrywise.hadamard(ctx, [t for t in rows if t is not None]) if rows else None
    g = entrywise.hadamard(ctx, [t for t in columns if t is not None]) if columns else None
    if not both:
        left = f if f is not None else _ones(m, 1)
        right = g if g is not None else _ones(n, 1)
        return products.multiply(ctx, (*free, left, matrices.transpose(ctx, right)))
    chain = [entrywise.hadamard(ctx, [t for t in both if t is not None])]
    if f is not None:
        chain.insert(0, matrices.diag(ctx, f))
    if g is not None:
        chain.append(matrices.diag(ctx, g))
    return products.multiply(ctx, (*free, *chain))


def _matrix_of_sum(ctx: Context, c: Term, i: Term, m: Size, j: Term, n: Size) -> Term | None:
    """Sum over k of a(i, k)*g(k)*b(k, j) is A*diag(g)*B."""
    body, k, low, high = c.args
    if not (low.head == "num" and low.data == 0 and high.free.isdisjoint({i, j})):
        return None
    p = size(high + ONE)
    factors = body.args if body.head == "mul" else (body,)
    if any(not t.is_scalar or {i, j} <= t.free for t in factors):
        return None
    left = [t for t in factors if i in t.free]
    right = [t for t in factors if i not in t.free]
    a = matrix_of(ctx, products.multiply(ctx, left), i, m, k, p)
    b = matrix_of(ctx, products.multiply(ctx, right), k, p, j, n)
    return None if a is None or b is None else products.multiply(ctx, (a, b))


def build(ctx: Context, body: Term, i: Term, j: Term, shape: tuple[Size, Size]) -> Term:
    """The normal matrix with entries given by a normal body."""
    if is_zero(body):
        return nothing(shape)
    found = matrix_of(ctx, body, i, shape[0], j, shape[1])
    return found if found is not None else Term("build", (body, i, j), None, shape)
