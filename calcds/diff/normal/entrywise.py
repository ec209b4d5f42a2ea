"""Entrywise products and powers: scalars in front, equal factors merge, ones vanish, diagonal factors scale.

    hadamard(x, ones, x)        ->   entry_power(x, 2)
    hadamard(u*ones.T, A)       ->   diag(u)*A

Imports: calcds.expr, calcds.diff.normal.{context, products}.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.diff.normal import matrices, named, products, rows, sums
from calcds.diff.normal.context import Context, nothing
from calcds.expr.term import ONE, ZERO, Term, number


def hadamard(ctx: Context, factors: Sequence[Term]) -> Term:
    """The normal entrywise product of normal factors of one shape."""
    shape = factors[0].shape
    if factors[0].is_scalar:
        return products.multiply(ctx, factors)
    front: list[Term] = []
    powers: dict[Term, Term] = {}
    for f in factors:
        for base, exponent in _open(ctx, f, front):
            old = powers.pop(base, None)
            powers[base] = exponent if old is None else sums.add(ctx, (old, exponent))
    if any(base.head == "zeros" for base in powers):
        return nothing(shape)
    named.products_of_functions(ctx, powers)
    rows.softmax_of_rows(powers)
    done = [entry_power(ctx, b, e) for b, e in sorted(powers.items(), key=lambda item: ctx.rank("had", item[0]))]
    done = [f for f in done if f.head != "ones"]
    opened = _cancelling(ctx, done)
    if opened is not None:
        return products.multiply(ctx, (*front, opened)) if front else opened
    core = _core(ctx, done) if done else Term("ones", (), None, shape)
    return products.multiply(ctx, (*front, core)) if front else core


def _cancelling(ctx: Context, factors: list[Term]) -> Term | None:
    """s o (y/s + z) is y + s o z: multiplied out where a factor cancels and the result is shorter."""
    for k, f in enumerate(factors):
        others = [*factors[:k], *factors[k + 1 :]]
        below = sums.denominators(f) if f.head == "add" else set()
        if others and below & {o.args[0] if o.head == "epow" else o for o in others}:
            opened = sums.add(ctx, [hadamard(ctx, [*others, t]) for t in f.args])
            if ctx.weight(opened) < sum(map(ctx.weight, factors)) + 1:
                return opened
    return None


def _open(ctx: Context, f: Term, front: list[Term]) -> list[tuple[Term, Term]]:
    """The factors of one factor, with exponents; its scalars go to the front."""
    if f.head == "had":
        return [pair for inner in f.args for pair in _open(ctx, inner, front)]
    if f.head == "epow":
        return [(f.args[0], f.args[1])]
    if f.head == "mul":
        parts = products.take_apart(f)
        if parts.number != 1:
            front.append(number(parts.number))
        front += [products.power(ctx, b, e) for b, e in parts.powers.items()]
        if parts.number != 1 or parts.powers:
            chain = parts.chain[0] if len(parts.chain) == 1 else Term("mul", tuple(parts.chain), None, f.shape)
            return _open(ctx, chain, front)
    return [(f, ONE)]


def _core(ctx: Context, factors: list[Term]) -> Term:
    if len(factors) == 1:
        return factors[0]
    shape = factors[0].shape
    for k, f in enumerate(factors):
        others = [*factors[:k], *factors[k + 1 :]]
        if f.head == "unit":
            rest = hadamard(ctx, others)
            return products.multiply(ctx, (matrices.entry(ctx, rest, f.args[0], ZERO), f))
        if f.head == "eye":
            return matrices.diag(ctx, matrices.diagonal(ctx, hadamard(ctx, others)))
        if f.head == "diag":
            return matrices.diag(ctx, hadamard(ctx, (f.args[0], matrices.diagonal(ctx, hadamard(ctx, others)))))
        if (scaled := _broadcast(ctx, f, others)) is not None:
            return scaled
    if all(f.head == "trans" for f in factors):
        return matrices.transpose(ctx, hadamard(ctx, [f.args[0] for f in factors]))
    if (selected := _common_column(ctx, factors)) is not None:
        return selected
    flipped = [matrices.transpose(ctx, f) for f in factors]
    if sum(map(ctx.weight, flipped)) < sum(map(ctx.weight, factors)):
        return matrices.transpose(ctx, hadamard(ctx, flipped))
    return Term("had", tuple(factors), None, shape)


def _broadcast(ctx: Context, f: Term, others: list[Term]) -> Term | None:
    """u*ones.T scales rows, ones*v.T scales columns."""
    if f.head != "mul" or f.shape[1] == 1 or f.shape[0] == 1:
        return None
    first, last = f.args[0], f.args[-1]
    if last.head == "ones" and last.shape[0] == 1:
        u = products.multiply(ctx, f.args[:-1])
        return products.multiply(ctx, (matrices.diag(ctx, u), hadamard(ctx, others)))
    if first.head == "ones" and first.shape[1] == 1:
        v = matrices.transpose(ctx, products.multiply(ctx, f.args[1:]))
        return products.multiply(ctx, (hadamard(ctx, others), matrices.diag(ctx, v)))
    return None


def _common_column(ctx: Context, factors: list[Term]) -> Term | None:
    """Columns of matrices: (A e_k) o (B e_k) = (A o B) e_k."""
    units = {f.args[-1] if f.head == "mul" else f for f in factors}
    unit = units.pop()
    if units or unit.head != "unit":
        return None
    selected = [products.multiply(ctx, f.args[:-1]) for f in factors]
    return products.multiply(ctx, (hadamard(ctx, selected), unit))


def entry_power(ctx: Context, a: Term, p: Term) -> Term:
    """The normal entrywise power of a normal matrix."""
    if a.is_scalar:
        return products.power(ctx, a, p)
    if p is ONE or a.head == "ones":
        return a
    whole = p.head == "num" and p.data.denominator == 1
    if p.head == "num" and p.data == 0:
        return Term("ones", (), None, a.shape)
    if whole:
        if p.data == -1 and (known := named.logistic(ctx, a)) is not None:
            return known
        if a.head == "epow":
            return entry_power(ctx, a.args[0], products.multiply(ctx, (a.args[1], p)))
        if a.head == "had":
            return hadamard(ctx, [entry_power(ctx, f, p) for f in a.args])
        parts = products.take_apart(a)
        if parts.number != 1 or parts.powers:
            scalars = [products.power(ctx, b, products.multiply(ctx, (e, p))) for b, e in parts.powers.items()]
            chain = products.multiply(ctx, parts.chain)
            front = number(parts.number ** int(p.data))
            return products.multiply(ctx, (front, *scalars, entry_power(ctx, chain, p)))
    if (upright := matrices.turned_upright(ctx, a)) is not None:
        return matrices.transpose(ctx, entry_power(ctx, upright, p))
    if a.head == "mul" and a.args[-1].head == "unit":
        return products.multiply(ctx, (entry_power(ctx, products.multiply(ctx, a.args[:-1]), p), a.args[-1]))
    return Term("epow", (a, p), None, a.shape)
