"""What a normal form cannot know by itself and asks of its caller: the sign of a quantity, a slope, a finer generator.

These are raised where they are needed and answered by `calcds.decide.prover`, which starts again with the answer.

Imports: calcds.expr, calcds.decide.field, .facts.
"""

from __future__ import annotations

from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, NONZERO, POS, REAL
from calcds.decide.field import Ratio
from calcds.expr.term import Term, number, relation

SIGNS_OF = {"=": NIL, "!=": NONZERO, "<": NEG, "<=": NONPOS, ">": POS, ">=": NONNEG}


class NeedCase(Exception):
    """The sign of this ratio must be known to go on; `signs` are those that the hypotheses leave open."""

    def __init__(self, ratio: Ratio, signs: frozenset[int] | None = None) -> None:
        self.term = ratio.term
        self.signs = REAL if signs is None else signs
        super().__init__(str(self.term))


class NeedBoundary(Exception):
    """The derivative of a case distinction is wanted exactly where its cases meet."""

    def __init__(self, marker: Term) -> None:
        self.marker = marker


class Rescale(Exception):
    """A generator was met with a new denominator in its exponent: start again knowing it."""

    def __init__(self, key: tuple[Term, Term], denominator: int) -> None:
        self.key, self.denominator = key, denominator


def condition_of(term: Term, sign: int) -> Term:
    """`term > 0`, `term = 0` or `term < 0`."""
    return relation({1: ">", 0: "=", -1: "<"}[sign], term, number(0))
