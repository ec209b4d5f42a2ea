r"""Conditions that say once more what another one says: `2 A x - 2 \lambda x = 0`, so `A x = \lambda x`.

Two equations l = r and l' = r' have the same solutions where one is a multiple of the other,

    l' - r' = c (l - r),    c a number other than 0,

and where words say that two equations are added or subtracted, the sum or the difference of them follows from the two:

    l'' - r'' = (l - r) \pm (l' - r')

Both are identities in all names, whatever values solve the equations; no formula and no number of the text is put in. An
equation that is printed again in the same words says nothing new.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.solving import Open
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.errors import CalcdsError
from calcds.expr.term import Term, number, same_shape

_MOST = 4  # equations, the latest ones, that are looked at
_FACTORS = tuple(map(Fraction, ("1", "-1", "1/2", "-1/2", "2", "-2")))
_COMBINES = re.compile(r"\b(?:add|subtract)(?:s|ed|ing)?\b|\b(?:sum|difference) of\b", re.IGNORECASE)
_Pair = tuple[Term, Term]


def restated(pair: _Pair, equations: Sequence[Open], words: str, elastic: AbstractSet[Term],
             decider: Decider) -> Verdict | None:  # fmt: skip
    """That an equation follows from one or two that the section asks for; None where that is not seen.

    equations: those that wait, the latest one last; words: before the equation
    """
    if pair[0].head == "sym" or not (pair[0].free or pair[1].free):
        return None  # what it says of a name is a value
    known = [(line, said) for line, said in _latest(equations) if said != pair]
    for line, said in known:
        if _follows(pair, [[(factor, said)] for factor in _FACTORS], elastic, decider):
            return Verdict(Outcome.PROVED, "solution", f"it says what the equation of line {line} says")
    for (line, one), (other, two) in itertools.combinations(known, 2) if _COMBINES.search(words) else ():
        ways = [[(a, one), (b, two)] for a, b in itertools.product(_FACTORS[:2], repeat=2)]
        if _follows(pair, ways, elastic, decider):
            return Verdict(Outcome.PROVED, "solution", f"it follows from the equations of the lines {line} and {other}")
    return None


def _latest(equations: Sequence[Open]) -> Iterator[tuple[int, _Pair]]:
    for equation in equations[: -1 - _MOST : -1]:
        reading = equation.read()
        said = reading.pair(0)
        if said is not None and not reading.doubts_of(0) and not equation.recursion and not equation.start:
            yield equation.line, said


def _follows(pair: _Pair, ways: Sequence[Sequence[tuple[Fraction, _Pair]]], elastic: AbstractSet[Term],
             decider: Decider) -> bool:  # fmt: skip
    """Whether an equation is a sum of multiples of others, in one of some ways."""
    for way in ways:
        try:
            left, right, *sides = agreeing((*pair, *(side for _, said in way for side in said)), elastic)
            if not all(same_shape(left.shape, side.shape) for side in (right, *sides)):
                return False
            parts = [number(factor) * (sides[2 * k] - sides[2 * k + 1]) for k, (factor, _) in enumerate(way)]
            total = parts[0] if len(parts) == 1 else parts[0] + parts[1]
            if total.free and decider.ask(left - right, total).outcome is Outcome.PROVED:
                return True
        except (Clash, CalcdsError):
            return False
    return False


__all__ = ["restated"]
