"""Products under sums: a connected one has exactly one form, however its indices are named and its factors ordered.

Two sums are the same kernel exactly if they agree up to renaming their bound indices and the order of their factors.
The form is the first in the alphabet of all that renaming gives; indices that occur in different ways are told apart
before, so that few orders are left to try.

Imports: calcds.expr, calcds.decide.bound, .field (its errors).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import permutations

from calcds.decide.bound import BOUND, depth
from calcds.decide.field import TooBig
from calcds.errors import NoRule
from calcds.expr.kinds import INDEX
from calcds.expr.term import ONE, Term, number, substitute

ORDERS = 720  # orders of bound indices tried for the canonical one


@dataclass
class Product:
    """A product under sums, taken apart: bound indices with their ranges, and factors with exponents."""

    ranges: dict[Term, tuple[Term, Term]] = field(default_factory=dict)
    factors: list[tuple[Term, int]] = field(default_factory=list)


def ordered(i: Term, j: Term) -> tuple[Term, Term]:
    """Two indices in the order of the alphabet."""
    return (i, j) if str(i) <= str(j) else (j, i)


def multiplied(factors: list[tuple[Term, int]]) -> Term:
    """Factors with exponents as one term."""
    parts = [f if e == 1 else Term("pow", (f, number(e))) for f, e in factors]
    if not parts:
        return ONE
    return parts[0] if len(parts) == 1 else Term("mul", tuple(parts))


def nested(product: Product) -> Term:
    """The product as nested sums, ranges that depend on others innermost."""
    body = multiplied(product.factors)
    todo = dict(product.ranges)
    while todo:
        for k in list(todo):
            if not any(k in b.free for other, bounds in todo.items() if other is not k for b in bounds):
                low, high = todo.pop(k)
                body = Term("sum", (body, k, low, high))
                break
        else:
            raise NoRule("order the sums of", str(body))
    return body


def components(product: Product) -> list[Product]:
    """Split into parts that share no bound index."""
    parent = {k: k for k in product.ranges}

    def root(k: Term) -> Term:
        while parent[k] is not k:
            k = parent[k]
        return k

    def join(indices: list[Term]) -> None:
        for other in indices[1:]:
            parent[root(other)] = root(indices[0])

    for kernel, _ in product.factors:
        join([k for k in product.ranges if k in kernel.free])
    for k, bounds in product.ranges.items():
        join([k, *(other for other in product.ranges if any(other in b.free for b in bounds))])
    parts: dict[Term | None, Product] = {}
    for k, bounds in product.ranges.items():
        parts.setdefault(root(k), Product()).ranges[k] = bounds
    for kernel, e in product.factors:
        owner = next((root(k) for k in product.ranges if k in kernel.free), None)
        parts.setdefault(owner, Product()).factors.append((kernel, e))
    return list(parts.values())


def canonical(part: Product) -> Term:
    """Connected sums with bound indices named and ordered in a way that does not depend on how they were written."""
    indices = list(part.ranges)
    level = max((depth(f) for f, _ in part.factors), default=0)
    level = max([level, *(depth(b) for bounds in part.ranges.values() for b in bounds)])
    names = [INDEX.symbol(f"{BOUND}i{level + 1}{chr(97 + n)}") for n in range(len(indices))]
    hidden = {k: INDEX.symbol("*") for k in indices}

    def colour(k: Term) -> tuple[str, ...]:
        mark = {other: hidden[other] for other in indices if other is not k} | {k: INDEX.symbol("!")}
        low, high = part.ranges[k]
        seen = sorted(f"{sorted_entry(substitute(f, mark))}^{e}" for f, e in part.factors if k in f.free)
        return (str(substitute(low, mark)), str(substitute(high, mark)), *seen)

    colours = {k: colour(k) for k in indices}
    classes: dict[tuple[str, ...], list[Term]] = {}
    for k in indices:
        classes.setdefault(colours[k], []).append(k)
    groups = [classes[c] for c in sorted(classes)]
    best: tuple[list[str], list[tuple[Term, int]], dict[Term, tuple[Term, Term]]] | None = None
    for tried, order in enumerate(_orders(groups)):
        if tried >= ORDERS:
            raise TooBig("a sum over many interchangeable indices")
        table = dict(zip(order, names, strict=True))
        factors = [(sorted_entry(substitute(f, table)), e) for f, e in part.factors]
        factors.sort(key=lambda item: (str(item[0]), item[1]))
        text = [f"{f}^{e}" for f, e in factors]
        if best is None or text < best[0]:
            ranges = {table[k]: tuple(substitute(b, table) for b in part.ranges[k]) for k in order}
            best = (text, factors, ranges)  # type: ignore[assignment]
    assert best is not None
    ordered = {k: best[2][k] for k in sorted(best[2], key=str)}
    return nested(Product(ordered, best[1]))


def _orders(groups: list[list[Term]]) -> Iterable[list[Term]]:
    if not groups:
        yield []
        return
    for first in permutations(groups[0]):
        for rest in _orders(groups[1:]):
            yield [*first, *rest]


def sorted_entry(t: Term) -> Term:
    """Entries of symmetric matrices and deltas keep their indices in order after renaming."""
    if t.head == "delta":
        return Term("delta", ordered(*t.args))
    if t.head == "entry":
        whole, i, j = t.args
        base = whole.args[0] if whole.head == "inv" else whole
        symmetric = base.head == "sym" and base.data[1].has("symmetric")
        symmetric = symmetric or (whole.head == "at" and whole.args[0].head == "hess")
        if symmetric:
            return Term("entry", (whole, *ordered(i, j)))
    return t
