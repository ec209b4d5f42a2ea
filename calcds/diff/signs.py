"""A sum and its negative in one result are written as one sum, so that both share a name and a computation.

    (x - c)*r + s*(c - x)   ->   (x - c)*r - s*(x - c)

Imports: calcds.expr, calcds.diff.order.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import prod

from calcds.diff.order import operands_first
from calcds.expr.term import MINUS_ONE, Term, number

Signed = tuple[int, Term]
_ODD = frozenset({"trans", "diag", "vec", "diagonal", "total", "trace"})  # f(-A) = -f(A)


def one_sign(term: Term) -> Term:
    """The term, in which no sum stands beside its negative; the one that is used more often is kept."""
    order = operands_first(term)
    turned = _turned(order)
    if not turned:
        return term
    done: dict[Term, Signed] = {}
    stack = [term]
    while stack:
        t = stack[-1]
        if t in done:
            stack.pop()
            continue
        needed = (turned[t],) if t in turned else t.args
        if missing := [a for a in needed if a not in done]:
            stack.extend(missing)
            continue
        stack.pop()
        if t in turned:
            sign, other = done[turned[t]]
            done[t] = (-sign, other)
        else:
            done[t] = _rebuilt(t, [done[a] for a in t.args])
    return _signed(*done[term])


def _turned(order: list[Term]) -> dict[Term, Term]:
    """Sums that stand beside their negative -> the negative."""
    uses = Counter(a for t in order for a in t.args)
    met: dict[frozenset[tuple[Fraction, Term]], Term] = {}
    turned: dict[Term, Term] = {}
    for t in order:
        if t.head != "add" or t.is_scalar:
            continue
        parts = [_coefficient(a) for a in t.args]
        met[frozenset(parts)] = t
        other = met.get(frozenset((-c, rest) for c, rest in parts))
        if other is not None:
            fewer, more = (t, other) if uses[t] <= uses[other] else (other, t)
            turned[fewer] = more
    return turned


def _rebuilt(t: Term, args: list[Signed]) -> Signed:
    """The node with the signs of its arguments taken out as far as its head lets them."""
    new = tuple(a for _, a in args)
    sign = prod(s for s, _ in args)
    if t.head == "mul":
        return _leading(sign, Term("mul", new, None, t.shape))
    if t.head == "had" or t.head in _ODD:
        return sign, Term(t.head, new, t.data, t.shape)
    if t.head in ("pow", "epow") and _is_even(t.args[1]):
        return 1, Term(t.head, new, t.data, t.shape)
    new = tuple(_signed(*a) for a in args)
    return 1, t if new == t.args else Term(t.head, new, t.data, t.shape)


def _is_even(p: Term) -> bool:
    return p.head == "num" and p.data.denominator == 1 and p.data.numerator % 2 == 0


def _leading(sign: int, product: Term) -> Signed:
    """The sign goes into the number in front, where there is one."""
    first, *rest = product.args
    if sign > 0 or first.head != "num":
        return sign, product
    if first.data != -1:
        return 1, Term("mul", (number(-first.data), *rest), None, product.shape)
    return 1, rest[0] if len(rest) == 1 else Term("mul", tuple(rest), None, product.shape)


def _signed(sign: int, t: Term) -> Term:
    if sign > 0:
        return t
    if t.head != "mul":
        return Term("mul", (MINUS_ONE, t), None, t.shape)
    left, product = _leading(-1, t)
    return product if left > 0 else Term("mul", (MINUS_ONE, *t.args), None, t.shape)


def _coefficient(t: Term) -> tuple[Fraction, Term]:
    if t.head == "mul" and t.args[0].head == "num":
        rest = t.args[1:]
        return t.args[0].data, rest[0] if len(rest) == 1 else Term("mul", rest, None, t.shape)
    return Fraction(1), t
