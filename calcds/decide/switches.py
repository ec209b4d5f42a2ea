"""Kinks of an integrand: where abs, sign, max, min and case distinctions switch, and what is left on each side.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.decide.antiderivatives import coefficients
from calcds.decide.asking import SIGNS_OF
from calcds.decide.field import Ratio
from calcds.decide.powers import PI
from calcds.errors import NoRule
from calcds.expr.functions import HALF
from calcds.expr.term import FALSE, MINUS_ONE, ONE, TRUE, ZERO, Term, number

if TYPE_CHECKING:
    from calcds.decide.integrals import End, _Integral

TURNS = 16  # zeros of a sine that an interval may hold
_OF_ONE = frozenset({"abs", "sign", "heaviside", "relu"})


class Cut(Exception):
    """The switch changes inside the interval, here."""

    def __init__(self, place: Ratio) -> None:
        self.place = place


def first_switch(body: Term, x: Term) -> Term | None:
    """An innermost u(x) on whose sign the body depends."""
    if x not in body.free:
        return None
    for a in body.args:
        if (inner := first_switch(a, x)) is not None:
            return inner
    if body.head == "fn" and body.data in _OF_ONE:
        return body.args[0]
    if body.head == "fn" and body.data in ("max", "min") and len(body.args) > 1:
        return body.args[0] - body.args[1]
    if body.head == "rel":
        return body.args[0] - body.args[1]
    return None


def sign_between(work: _Integral, u: Term, a: End, b: End) -> int:
    """The sign of u between a < b, single points aside. Raises Cut where it changes."""
    if u.head == "fn" and u.data in ("sin", "cos"):
        return _sign_of_wave(work, u, a, b)
    whole = work.field.reduce(work.normal(u))
    if whole.is_zero:
        return 0
    content, factors = whole.factors()
    sign = 1 if content > 0 else -1
    for factor, e in factors:
        if e % 2:
            sign *= _sign_of_factor(work, factor, a, b)
    return sign


def _sign_of_factor(work: _Integral, factor: Ratio, a: End, b: End) -> int:
    known = work.facts.sign(factor)
    if known is not None and len(known - {0}) == 1:
        return next(iter(known - {0}))
    if not any(work.x in k.free for k in factor.kernels()):
        return work.ask(factor)
    parts = coefficients(work.sums, factor, work.x)
    if max(parts) != 1:
        raise NoRule("find the zeros of", str(factor.term))
    slope = work.ask(parts[1])
    root = -parts.get(0, work.field.zero) / parts[1]
    if a.value is not None and work.ask(root - a.value) <= 0:
        return slope
    if b.value is not None and work.ask(b.value - root) <= 0:
        return -slope
    raise Cut(root)


def _sign_of_wave(work: _Integral, u: Term, a: End, b: End) -> int:
    """sin v is positive for v in (0, pi), negative in (pi, 2 pi), ...; cos v = sin(v + pi/2). Ends must be numbers."""
    pi = work.normal(PI)
    parts = coefficients(work.sums, work.normal(u.args[0]), work.x)
    if set(parts) - {0, 1} or 1 not in parts or a.value is None or b.value is None:
        raise NoRule("find the zeros of", str(u))
    offset = parts.get(0, work.field.zero)
    if u.data == "cos":
        offset = offset + pi / work.field.constant(2)
    turns = [(parts[1] * value + offset) / pi for value in (a.value, b.value)]
    if any(k.free for t in turns for k in t.kernels()):
        raise NoRule("find the zeros of", str(u))
    upward = work.ask(parts[1]) > 0
    low, high = turns if upward else reversed(turns)
    k = next((k for k in range(-TURNS, TURNS) if _below(work, low, k + 1) and not _below(work, low, k)), None)
    if k is None:
        raise NoRule("find the zeros of", str(u))
    if _below(work, work.field.constant(k + 1), high):  # a zero inside
        raise Cut((pi * work.field.constant(k + 1) - offset) / parts[1])
    return 1 if k % 2 == 0 else -1


def _below(work: _Integral, u: Ratio, v: Ratio | int) -> bool:
    """u < v, for numbers."""
    other = work.field.constant(v) if isinstance(v, int) else v
    return work.ask(other - u) > 0


# -- throwing a switch -----------------------------------------------------------------------------------------


def thrown(body: Term, u: Term, sign: int) -> Term:
    """The body where u has this sign."""
    args = tuple(thrown(a, u, sign) for a in body.args)
    if body.head == "fn" and body.data in _OF_ONE and body.args[0] is u:
        return _value(body.data, u, sign)
    if body.head == "fn" and body.data in ("max", "min") and len(body.args) > 1 and body.args[0] - body.args[1] is u:
        first = (sign >= 0) == (body.data == "max")
        kept = (args[0] if first else args[1], *args[2:])
        return kept[0] if len(kept) == 1 else Term("fn", kept, body.data)
    if body.head == "rel" and body.args[0] - body.args[1] is u:
        return TRUE if sign in SIGNS_OF[body.data] else FALSE
    if body.head == "piecewise":
        return _first_true(args)
    if body.head in ("and", "or", "not"):
        return _folded(body.head, args)
    return Term(body.head, args, body.data, body.shape) if args else body


def _value(name: str, u: Term, sign: int) -> Term:
    match name:
        case "abs":
            return u if sign > 0 else MINUS_ONE * u if sign < 0 else ZERO
        case "sign":
            return number(sign)
        case "heaviside":
            return {1: ONE, 0: HALF, -1: ZERO}[sign]
    return u if sign > 0 else ZERO


def _first_true(args: tuple[Term, ...]) -> Term:
    kept: list[Term] = []
    for value, condition in zip(args[::2], args[1::2], strict=True):
        if condition is FALSE:
            continue
        kept += [value, condition]
        if condition is TRUE:
            break
    if kept and kept[1] is TRUE:
        return kept[0]
    return Term("piecewise", tuple(kept), None, args[0].shape)


def _folded(head: str, args: tuple[Term, ...]) -> Term:
    if head == "not":
        return {TRUE: FALSE, FALSE: TRUE}.get(args[0], Term("not", args))
    absorbing, neutral = (FALSE, TRUE) if head == "and" else (TRUE, FALSE)
    if absorbing in args:
        return absorbing
    kept = tuple(a for a in args if a is not neutral)
    return neutral if not kept else kept[0] if len(kept) == 1 else Term(head, kept)


__all__ = ["Cut", "Fraction", "first_switch", "sign_between", "thrown"]
