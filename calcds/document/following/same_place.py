r"""Functions that are least at the same place: `\arg\min_c \|x - Dc\|^2 = \arg\min_c c^\top c - 2 x^\top D c`.

Where something is least does not change with what does not depend on the variable, nor with a positive factor, nor under an
increasing function. So the equation holds if

    A(c) - B(c) = A(c') - B(c')    for any two places (with the sum between \arg\min and \arg\max),
    \nabla A = k \nabla B          for a positive number k (a negative one between \arg\min and \arg\max), or
    B = \log A,  A = B^2           for the logarithm of a likelihood, and the square of a norm.

Nothing else is concluded: other functions may be least at the same place, too.

Imports: calcds.decide, calcds.document, calcds.errors, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.extremal import Read, least
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.functions import fn
from calcds.expr.term import MINUS_ONE, ONE, Term, add, mul, number, power, substitute

_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}


def same_place(left: Node | Unread, right: Node | Unread, scope: Scope, decider: Decider, read: Read) -> Verdict | None:
    """A proof that two functions are least, or greatest, at the same place; None where there is none."""
    sides = [least(one) if isinstance(one, Node) else None for one in (left, right)]
    first, second = sides
    if first is None or second is None or not (first.word.startswith("arg") and second.word.startswith("arg")):
        return None
    if len(first.names) != 1 or [full_key(n) for n in first.names] != [full_key(n) for n in second.names]:
        return None
    try:
        reading = read([first.body, second.body, first.names[0].node], Options())
        terms = [reading.show(side) if isinstance(side, Term) else None for side in reading.sides]
        if any(one is None for one in terms) or reading.doubts or any(reading.side_doubts):
            return None
        scope.see(reading.options, reading.show)
        found = [one for one in terms if one is not None]
        place = found[2]
        whole = [scope.expand(one, keep=[place]) for one in found[:2]]
        a, b, place = agreeing((*whole, place), reading.elastic(scope))
        if place.head != "sym" or not a.is_scalar or not b.is_scalar or place not in a.free or place not in b.free:
            return None
        return _verdict(a, b, place, decider, alike=first.word == second.word)
    except (Clash, CalcdsError, RecursionError, ArithmeticError):
        return None


def _verdict(a: Term, b: Term, place: Term, decider: Decider, *, alike: bool) -> Verdict | None:
    sign = ONE if alike else MINUS_ONE
    rest = add(a, mul(MINUS_ONE, sign, b))
    elsewhere = substitute(rest, {place: place.data[1].symbol(f"{place.data[0]}'")})
    if decider.ask(rest, elsewhere).outcome in _GOOD:
        return Verdict(Outcome.PROVED, "extremum", f"what is optimised over {place} changes by what does not depend on it only")
    slopes = op.grad(a, place), op.grad(b, place)
    for factor in _factors(a, b):
        if decider.ask(slopes[0], mul(sign, factor, slopes[1])).outcome in _GOOD:
            said = f"what is optimised over {place} changes by a positive factor, and by what does not depend on it"
            return Verdict(Outcome.PROVED, "extremum", said)
    for one, other in ((a, b), (b, a)) if alike else ():
        if decider.ask(fn("log", one), other).outcome in _GOOD:
            return Verdict(Outcome.PROVED, "extremum", "the logarithm is increasing")
        if one.head == "norm" and decider.ask(mul(one, one), other).outcome in _GOOD:
            return Verdict(Outcome.PROVED, "extremum", "the square of a norm grows with it")
    return None


def _factors(a: Term, b: Term) -> Iterator[Term]:
    """Positive numbers: 2, sizes, twice these, and their inverses."""
    sizes = sorted((s for s in a.free | b.free if s.data[1].word == "Dim"), key=str)[:2]
    for factor in (number(2), *sizes, *(mul(number(2), one) for one in sizes)):
        yield factor
        yield power(factor, MINUS_ONE)


__all__ = ["same_place"]
