r"""Remainders at a place between: `f(x+h) = f(x) + h f'(x) + \frac{h^2}{2} f''(\xi)` for some \xi between x and x + h.

The place is not known, but it tends to x as h tends to 0. So the last term is h^n (r + o(1)), where r is what stands with the
power of h for \xi = x, and the claim can only be true if both sides agree up to the degree n, with x in the place of \xi:
where they do not, it is wrong. By Taylor's theorem it is true if they agree up to the degree n - 1 without the last term and
r(\xi) = L^{(n)}(\xi) / n! for the left side L, as a function of x + h: then it is proved. Where only the first is seen, it is
supported if r is a derivative of a function without a formula: others have other values at x.

    \ln(1+x) = x - \frac{x^2}{2} + \frac{x^3}{3(1+\xi)^3}       proved: (ln(1+x))''' = 2/(1+x)^3
    \frac{f(x+h) - f(x-h)}{2h} = f'(x) + \frac{h^2}{6} f'''(\xi)    supported

Imports: calcds.decide, calcds.document, calcds.errors, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import factorial

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.reading.remainders import Agreement, agreeing_up_to
from calcds.document.source.latex import Node, walk
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term, add, mul, number, power, substitute, subterms

MOST = 6  # the degree
_LETTERS = {"xi", "zeta", "c"}
_PLACES = re.compile(r"(?:xi|zeta|c)(?:_|$)")
_BETWEEN = re.compile(
    r"\bbetween\b|\bfor some\b|"
    r"\bwhere\b[^.;]{0,60}\\in\b|\b(?:intermediate|Lagrange|mean[- ]value)\b|\bexists?\b|\bremainder\b",
    re.IGNORECASE,
)
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
Read = Callable[[Sequence[Node]], Reading]
Ask = Callable[[Term, Term], Verdict]


@dataclass(frozen=True, slots=True)
class _Remainder:
    """The last term h^n r(xi), for a step h from a point: h and 0, or x and a."""

    step: Term
    point: Term
    degree: int
    factor: Term  # r
    place: Term  # xi

    @property
    def whole(self) -> Term:
        """The last term."""
        return mul(power(self.distance, number(self.degree)), self.factor)

    @property
    def distance(self) -> Term:
        """The h of h^n."""
        return self.step if self.point is ZERO else self.step + mul(MINUS_ONE, self.point)


def intermediate(nodes: Sequence[Node | Unread], words: str, scope: Scope, read: Read, ask: Ask) -> Verdict | None:
    """The verdict on an equation with a remainder at an unknown place; None where it is none. words: around it"""
    if len(nodes) != 2 or not all(isinstance(node, Node) for node in nodes):
        return None
    left, right = (node for node in nodes if isinstance(node, Node))
    letters = {n.text for n in walk(right) if n.kind == "NAME"} - {n.text for n in walk(left) if n.kind == "NAME"}
    if letters.isdisjoint(_LETTERS):
        return None
    reading = read([left, right])
    pair = reading.pair(0)
    if pair is None or reading.doubts_of(0) or not pair[0].is_scalar:
        return None
    known = scope.table()
    for found, rest in _remainders(*pair):
        if found.place in known or not _is_a_place(pair[0], found, words):
            continue
        try:
            verdict = _verdict(pair[0], rest, found, ask)
        except (CalcdsError, Unread, ArithmeticError, RecursionError):
            continue
        if verdict is not None:
            return verdict
    return None


def _remainders(left: Term, right: Term) -> Iterator[tuple[_Remainder, Term]]:
    """The term with the unknown place, with each of the steps that its powers may be of; and what stands before it."""
    parts = right.args if right.head == "add" else (right,)
    places = [s for s in right.free - left.free if s.is_scalar and _PLACES.match(str(s.data[0]))]
    last = [part for part in parts if not part.free.isdisjoint(places)]
    if len(places) != 1 or len(last) != 1:
        return
    rest = add(*others) if (others := [part for part in parts if part is not last[0]]) else ZERO
    factors = last[0].args if last[0].head == "mul" else (last[0],)
    for k, factor in enumerate(factors):
        base, exponent = factor.args if factor.head == "pow" else (factor, ONE)
        degree = int(exponent.data) if exponent.head == "num" and exponent.data.denominator == 1 else 0
        around = mul(ONE, *factors[:k], *factors[k + 1 :])
        for step, point in _steps(base):
            if 0 < degree <= MOST and step not in around.free and step in left.free:
                yield _Remainder(step, point, degree, around, places[0]), rest


def _steps(base: Term) -> Iterator[tuple[Term, Term]]:
    """h from 0, or x from a."""
    if base.head == "sym":
        yield base, ZERO
    if base.head == "add" and len(base.args) == 2:
        x, other = base.args
        negative = other.head == "mul" and other.args[0] is MINUS_ONE
        if x.head == "sym":
            yield x, mul(*other.args[1:]) if negative else mul(MINUS_ONE, other)


def _is_a_place(left: Term, found: _Remainder, words: str) -> bool:
    r"""Whether \xi is a place, not any number: a function of the left side is looked at there, or the words say so."""
    functions = {t.data.name for t in subterms(left) if t.head == "apply" and t.data.body is None}
    there = {t.data.name for t in subterms(found.factor) if t.head == "apply" and t.data.body is None and found.place in t.free}
    bare = any(t is found.place for t in (found.factor, *(found.factor.args if found.factor.head == "mul" else ())))
    return there <= functions and not bare and (bool(there) or (not functions and _BETWEEN.search(words) is not None))


def _verdict(left: Term, rest: Term, found: _Remainder, ask: Ask) -> Verdict | None:
    centre = _centre(left, found)
    if centre is None:
        return None
    said = f"with a remainder at {found.place}, the sides agree up to degree {found.degree} in {found.distance}"
    near = rest + substitute(found.whole, {found.place: centre})
    sides = agreeing_up_to((left, near), [Agreement(((found.step, found.point),), found.degree)])
    verdict = ask(*sides)
    if verdict.outcome is Outcome.REFUTED:
        why = f"{said.replace('agree', 'do not agree')}, as they have to for {found.place} near {centre}: {verdict.detail}"
        return Verdict(Outcome.REFUTED, "solution", why, witness=verdict.witness)
    if verdict.outcome not in _GOOD:
        return None
    if _is_taylor(left, rest, found, centre, ask):
        return Verdict(Outcome.PROVED, "solution", f"{said}, and the last term is that of Taylor's theorem")
    generic = any(t.head == "apply" and t.data.body is None and found.place in t.free for t in subterms(found.factor))
    return Verdict(Outcome.SUPPORTED, "solution", said) if generic else None


def _centre(left: Term, found: _Remainder) -> Term | None:
    r"""What \xi tends to: the a of x - a, the x of f(x + h), or 0 where only h stands on the left; None where that is not seen.

    No function of the step may hide it: in y(t_{n+1}) - h f(t_n, y(t_n)) the h is what lies between t_n and t_{n+1}.
    """
    arguments = [argument for t in subterms(left) if t.head == "apply" and t.data.body is None for argument in t.args]
    moving = [argument for argument in arguments if found.step in argument.free]
    if arguments and not moving:
        return None
    if found.point is not ZERO:
        return found.point
    still = {
        tuple(part for part in (one.args if one.head == "add" else ()) if found.step not in part.free) for one in moving
    }
    if len(still) > 1:
        return None
    return add(*centre) if still and (centre := still.pop()) else ZERO


def _is_taylor(left: Term, rest: Term, found: _Remainder, centre: Term, ask: Ask) -> bool:
    """Whether r is the derivative at the place, over n!, and the terms before it are the polynomial."""
    derivative = op.diff(left, *[found.step] * found.degree)
    if found.point is not ZERO or centre is ZERO:
        at_place = [substitute(derivative, {found.step: found.place})]
    elif centre.head == "sym":  # f(x + h) or f(x - h)
        at_place = [substitute(derivative, {centre: found.place + mul(sign, found.step)}) for sign in (MINUS_ONE, ONE)]
    else:
        return False
    wanted = mul(number(factorial(found.degree)), found.factor)
    below = agreeing_up_to((left, rest), [Agreement(((found.step, found.point),), found.degree - 1)])
    return ask(*below).outcome in _GOOD and any(ask(one, wanted).outcome in _GOOD for one in at_place)


__all__ = ["intermediate"]
