"""Limits: the point is moved to 0 from the right, where `expansions` says what the body grows like.

x = a + t, x = a - t, or x = 1/t, -1/t at infinity, t > 0. A limit from both sides exists if both sides agree.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcds.decide.expansions import Expansion, Infinite
from calcds.decide.field import Ratio
from calcds.decide.growth import Cancelled
from calcds.errors import NoRule
from calcds.expr.kinds import Positive
from calcds.expr.term import ONE, Term, number, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

T_NAME = "t->0"
ORDERS = (3, 6, 12)  # how many powers beyond the leading one are kept; more only if they cancel


def limit(sums: Sums, t: Term) -> Ratio:
    """The value of a limit node. Raises Infinite for an infinite limit, NoRule where it cannot tell."""
    body, x, point = t.args
    near = _distance(t)
    if (point.head == "const" and point.data in ("oo", "-oo")) or _minus_infinity(point):
        sides = [number(-1) if point.data == "-oo" or _minus_infinity(point) else ONE]
        moved = [substitute(body, {x: sign / near}) for sign in sides]
    else:
        sides = [number({"+": 1, "-": -1}[s]) for s in t.data]
        moved = [substitute(body, {x: point + sign * near}) for sign in sides]
    values = [_from_right(sums, b, near) for b in moved]
    if len(values) == 2 and not _same(sums, *values):
        raise NoRule("find the same limit from both sides for", str(t))
    if isinstance(values[0], Infinite):
        raise values[0]
    return values[0]


def _same(sums: Sums, a: Ratio | Infinite, b: Ratio | Infinite) -> bool:
    if isinstance(a, Infinite) or isinstance(b, Infinite):
        return isinstance(a, Infinite) and isinstance(b, Infinite) and a.sign == b.sign
    return sums.field.reduce(a - b).is_zero


def _distance(t: Term) -> Term:
    """A positive variable that does not occur in the limit: limits inside limits have their own."""
    name = T_NAME
    while (found := Positive.symbol(name)) in t.free:
        name += "'"
    return found


def _minus_infinity(point: Term) -> bool:
    return point.head == "mul" and len(point.args) == 2 and point.args[0] is number(-1) and point.args[1].head == "const" \
        and point.args[1].data == "oo"  # fmt: skip


def _from_right(sums: Sums, body: Term, near: Term) -> Ratio | Infinite:
    try:
        f = sums.normal(body)
    except Infinite:
        raise NoRule("find the limit of", str(body)) from None  # a limit inside is infinite
    for order in ORDERS:
        try:
            return Expansion(sums, order, near).limit(f)
        except Cancelled:
            continue
        except Infinite as found:
            return found
    raise NoRule("expand far enough", str(body))


__all__ = ["T_NAME", "Infinite", "limit"]
