"""Sums: like terms merge, common factors come out, and a sum is multiplied out only where that makes it shorter.

    A*x + A.T*x   ->   (A + A.T)*x
    2*X.T*X*w - 2*X.T*y   ->   2*X.T*(X*w - y)
    t*s - t + (1 - t)*s   ->   s - t

Imports: calcds.expr, calcds.diff.normal.{context, products}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import gcd, prod

from calcds.diff.normal import entrywise, matrices, products, rows
from calcds.diff.normal.context import Context, is_zero, nothing
from calcds.expr.term import ONE, SCALAR, Shape, Term, number

Weighted = tuple[Fraction, Term]  # coefficient and what it multiplies
EXPANDED_TERMS = 40  # a sum that opens into more terms than this is never shorter opened


def add(ctx: Context, parts: Sequence[Term], *, expand: bool = True) -> Term:
    """The normal sum of normal terms of one shape."""
    found = _sum(ctx, parts, expand=expand)
    c, rest = coefficient(found)
    if rest.head != "add" or rest.is_scalar:
        return found
    upright = _upright(ctx, rest)
    return found if upright is rest else _scaled(ctx, c, upright)


def _upright(ctx: Context, total: Term) -> Term:
    """A sum or the transpose of one, whichever needs fewer transposes; the one met first where both need the same.

    So (X*w - y).T and w.T*X.T - y.T are one term.
    """
    if total in ctx.upright:
        return total
    other = turned_over(ctx, total)
    if other is not total and other.head == "add":
        whole = total.shape[0] != 1 and total.shape[1] != 1  # an author's samples stay in rows
        mine, its = map(transposes if whole else ctx.weight, (total, other))
        if its < mine or (its == mine and other in ctx.upright):
            ctx.upright.add(other)
            return Term("trans", (other,), None, total.shape)
    ctx.upright.add(total)
    return total


def transposes(t: Term) -> int:
    """How many transposed factors the products of a sum have; ones*b.T and b*ones are alike."""
    count = 0
    for term in t.args if t.head == "add" else (t,):
        factors = term.args if term.head == "mul" else (term,)
        if not any(f.head == "ones" for f in factors):
            count += sum(f.head == "trans" for f in factors)
    return count


def totals_apart(ctx: Context, t: Term) -> list[Term]:
    """c*total(A + B) as c*total(A), c*total(B); anything else as it is."""
    parts = products.take_apart(t)
    for base, e in parts.powers.items():
        if base.head == "total" and base.args[0].head == "add" and e is ONE:
            rest = [number(parts.number), *(products.power(ctx, b, p) for b, p in parts.powers.items() if b is not base)]
            return [products.multiply(ctx, (*rest, matrices.total(ctx, term), *parts.chain)) for term in base.args[0].args]
    return [t]


def turned_over(ctx: Context, total: Term) -> Term:
    """The sum of the transposed terms, not brought upright."""
    if total not in ctx.turned_over:
        ctx.turned_over[total] = _sum(ctx, [matrices.transpose(ctx, t) for t in total.args], expand=False)
    return ctx.turned_over[total]


def _sum(ctx: Context, parts: Sequence[Term], *, expand: bool) -> Term:
    shape = parts[0].shape
    merged = _merge(ctx, parts)
    for term in merged:
        _place(ctx, term)
    while len(merged) > 1 and rows.log_softmax(ctx, merged) is not None:
        merged = {term: c for term, c in merged.items() if c}
    if not merged:
        return nothing(shape)
    if len(merged) == 1:
        return _scaled(ctx, *next(iter(merged.items()))[::-1])
    result = _collect(ctx, [(c, t) for t, c in merged.items()], shape)
    if not expand:
        return result
    shorter = _expanded(ctx, merged, shape)
    return shorter if shorter is not None and ctx.weight(shorter) < ctx.weight(result) else result


def _merge(ctx: Context, parts: Iterable[Term]) -> dict[Term, Fraction]:
    """Like terms together: term without its number -> number."""
    merged: dict[Term, Fraction] = {}
    for c, term in _open(ctx, parts):
        merged[term] = merged.get(term, Fraction(0)) + c
    return {term: c for term, c in merged.items() if c}


def opened(ctx: Context, parts: Iterable[Term], by: Fraction) -> dict[Term, Fraction]:
    """The terms of a multiple of a sum, with their numbers."""
    return {t: by * c for t, c in _merge(ctx, parts).items()}


def _open(ctx: Context, parts: Iterable[Term], by: Fraction = Fraction(1)) -> Iterator[Weighted]:
    for part in parts:
        if is_zero(part):
            continue
        c, rest = coefficient(part)
        if rest.head == "add":
            yield from _open(ctx, rest.args, by * c)
        elif rest.head == "trans" and rest.args[0].head == "add":
            yield from _open(ctx, [matrices.transpose(ctx, t) for t in rest.args[0].args], by * c)
        else:
            yield by * c, rest


def coefficient(term: Term) -> Weighted:
    """The leading number of a normal term, and the rest."""
    if term.head == "num":
        return term.data, ONE
    if term.head == "mul" and term.args[0].head == "num":
        rest = term.args[1:]
        return term.args[0].data, rest[0] if len(rest) == 1 else Term("mul", rest, None, term.shape)
    return Fraction(1), term


def _scaled(ctx: Context, c: Fraction, term: Term) -> Term:
    own, term = coefficient(term)
    c *= own
    if c == 1:
        return term
    if term is ONE:
        return number(c)
    if term.head == "mul":
        # through the product's own rules: the sign may go into a sum among the factors
        return products.multiply(ctx, (number(c), term)) if c < 0 else Term("mul", (number(c), *term.args), None, term.shape)
    return Term("mul", (number(c), term), None, term.shape)


def denominators(total: Term) -> set[Term]:
    """The bases that stand below in some term of a sum."""
    found: set[Term] = set()
    for t in total.args:
        parts = products.take_apart(t)
        found |= {b for b, e in parts.powers.items() if e.head == "num" and e.data < 0}
        for f in parts.chain:
            for g in f.args if f.head == "had" else (f,):
                if g.head == "epow" and g.args[1].head == "num" and g.args[1].data < 0:
                    found.add(g.args[0])
    return found


def turned(ctx: Context, term: Term) -> Term | None:
    """-term for a sum with as many minus signs as plus signs or more; None for anything else."""
    if term.head == "had":
        for k, f in enumerate(term.args):
            if (other := turned(ctx, f)) is not None:
                return Term("had", (*term.args[:k], other, *term.args[k + 1 :]), None, term.shape)
    if term.head == "trans" and (other := turned(ctx, term.args[0])) is not None:
        return Term("trans", (other,), None, term.shape)
    if term.head == "diag" and (other := turned(ctx, term.args[0])) is not None:
        return Term("diag", (other,), None, term.shape)
    if term.head != "add":
        return None
    signs = [coefficient(t)[0] < 0 for t in term.args]
    if 2 * sum(signs) < len(signs) or not any(signs):
        return None
    return _written(ctx, [(-c, t) for c, t in map(coefficient, term.args)], term.shape)


def _written(ctx: Context, terms: list[Weighted], shape: Shape) -> Term:
    """The sum as it is printed: a common number in front, a positive term first, then the order of first meeting."""
    content = _content([c for c, _ in terms])
    if all(c < 0 for c, _ in terms):
        content = -content
    ordered = sorted(terms, key=lambda item: (item[0] / content < 0, _place(ctx, item[1])))
    first = ordered[0]
    rest = sorted(ordered[1:], key=lambda item: _place(ctx, item[1]))
    total = Term("add", tuple(_scaled(ctx, c / content, t) for c, t in [first, *rest]), None, shape)
    return total if content == 1 else Term("mul", (number(content), total), None, shape)


def _place(ctx: Context, term: Term) -> tuple[int, bool]:
    """When a term of a sum was first met; A stands before A.T."""
    flipped = term.head == "trans"
    return ctx.rank("add", term.args[0] if flipped else term), flipped


def _content(numbers: list[Fraction]) -> Fraction:
    """A number common to all coefficients that is worth taking out."""
    sizes = {abs(c) for c in numbers}
    if len(sizes) == 1:
        return sizes.pop()
    if any(c.denominator != 1 for c in numbers):
        return Fraction(1)
    return Fraction(gcd(*(c.numerator for c in numbers)))


# -- common factors ---------------------------------------------------------------------------------------------


def _collect(ctx: Context, terms: list[Weighted], shape: Shape) -> Term:
    common = _common_scalars(terms, shape)
    if common:
        inverse = [Term("pow", (b, number(-e.data))) for b, e in common.items()]
        inner = [products.multiply(ctx, (*inverse, _scaled(ctx, c, t))) for c, t in terms]
        front = [products.power(ctx, b, e) for b, e in common.items()]
        return products.multiply(ctx, (*front, add(ctx, inner)))
    group = _largest_group(terms, shape)
    if group is None:
        return _written(ctx, terms, shape)
    members, side, factor = group
    inside = [products.multiply(ctx, (number(c), _without(ctx, t, side, factor))) for c, t in members]
    inner_sum = add(ctx, inside)
    if side == "had":
        together = entrywise.hadamard(ctx, (factor, inner_sum))
    else:
        together = products.multiply(ctx, (factor, inner_sum) if side == "left" else (inner_sum, factor))
    kept = [(c, t) for c, t in terms if (c, t) not in members]
    if not kept:
        return together
    place = terms.index(members[0])
    parts = [_scaled(ctx, c, t) for c, t in kept]
    parts.insert(min(place, len(parts)), together)
    merged = _merge(ctx, parts)
    if not merged:
        return nothing(shape)
    if len(merged) == 1:
        return _scaled(ctx, *next(iter(merged.items()))[::-1])
    return _collect(ctx, [(c, t) for t, c in merged.items()], shape)


def _common_scalars(terms: list[Weighted], shape: Shape) -> dict[Term, Term]:
    """Scalar atoms in every term: the power that all of them share."""
    powers = [products.take_apart(t).powers for _, t in terms]
    common: dict[Term, Term] = {}
    for base in powers[0]:
        found = [p.get(base) for p in powers]
        exponents = [e.data for e in found if e is not None and e.head == "num"]
        if len(exponents) < len(terms):
            continue
        low, high = min(exponents), max(exponents)
        if shape == SCALAR and low != high:
            continue  # 3*x**2 + 2*x stays
        if low > 0:
            common[base] = number(low)
        elif high < 0:
            common[base] = number(high)
    return common


def _ends(t: Term) -> Iterator[tuple[str, Term]]:
    """The factors a term could share with another, by the side on which they stand."""
    chain = products.take_apart(t).chain
    if len(chain) > 1:
        yield "left", chain[0]
        yield "right", chain[-1]
    elif chain and chain[0].head == "had":
        yield from (("had", f) for f in dict.fromkeys(chain[0].args))
    elif chain:
        yield "whole", chain[0]


def _largest_group(terms: list[Weighted], shape: Shape) -> tuple[list[Weighted], str, Term] | None:
    """The factor on one side that most terms share, the terms, and the side."""
    if shape == SCALAR:
        return None
    ends = [dict.fromkeys(_ends(t)) for _, t in terms]
    counts = Counter(end for found in ends for end in found)
    best = max(counts.values(), default=0)
    if best < 2:
        return None
    side, factor = next(end for found in ends for end in found if counts[end] == best)
    return [item for item, found in zip(terms, ends, strict=True) if (side, factor) in found], side, factor


def _without(ctx: Context, t: Term, side: str, factor: Term) -> Term:
    """The term without the factor at its end, or without one factor of its entrywise product."""
    parts = products.take_apart(t)
    scalars = [products.power(ctx, b, e) for b, e in parts.powers.items()]
    if side == "left":
        chain = parts.chain[1:]
    elif side == "right":
        chain = parts.chain[:-1]
    elif side == "whole":
        chain = []
    else:
        factors = list(parts.chain[0].args)
        factors.remove(factor)
        chain = [entrywise.hadamard(ctx, factors)]
    return products.multiply(ctx, (*scalars, *chain)) if scalars or chain else ONE


# -- multiplying out, on trial ----------------------------------------------------------------------------------


def _expanded(ctx: Context, merged: dict[Term, Fraction], shape: Shape) -> Term | None:
    """The sum multiplied out, when like terms meet there; None when nothing is gained."""
    opened: list[Term] = []
    for term, c in merged.items():
        monomials = _monomials(ctx, term)
        if len(opened) + len(monomials) > EXPANDED_TERMS:
            return None
        opened += [_scaled(ctx, c, m) for m in monomials]
    if len(opened) == len(merged):
        return None
    together = _merge(ctx, opened)
    if len(together) == len(opened):
        return None
    if not together:
        return nothing(shape)
    if len(together) == 1:
        return _scaled(ctx, *next(iter(together.items()))[::-1])
    return _collect(ctx, [(c, t) for t, c in together.items()], shape)


def _monomials(ctx: Context, term: Term) -> list[Term]:
    """A product with sums among its factors, multiplied out."""
    parts = products.take_apart(term)
    choices: list[Sequence[Term]] = []
    for base, e in parts.powers.items():
        if base.head == "total" and base.args[0].head == "add" and e is ONE:
            choices.append([matrices.total(ctx, t) for t in base.args[0].args])
        else:
            choices.append(base.args if base.head == "add" and e is ONE else (products.power(ctx, base, e),))
    for f in parts.chain:
        if f.head == "add":
            choices.append(f.args)
        elif f.head == "had" and any(g.head == "add" for g in f.args):
            inner = product(*(g.args if g.head == "add" else (g,) for g in f.args))
            choices.append([entrywise.hadamard(ctx, list(chosen)) for chosen in inner])
        else:
            choices.append((f,))
    count = prod(len(c) for c in choices)
    if count == 1 or count > EXPANDED_TERMS:
        return [term]
    return [products.multiply(ctx, (number(parts.number), *chosen)) for chosen in product(*choices)]
