"""What a normal form cannot know by itself and asks of its caller: the sign of a quantity, a slope, a finer generator.

These are raised where they are needed and answered by `calcds.decide.prover`, which starts again with the answer.

Imports: calcds.expr, calcds.decide.field, .facts.
"""

from __future__ import annotations

from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, NONZERO, POS, REAL
from calcds.decide.field import Ratio
from calcds.expr.term import Term, number, relation

SIGNS_OF = {"=": NIL, "!=": NONZERO, "<": NEG, "<=": NONPOS, ">": POS, ">=": NONNEG}
_WORDS = {signs: word for word, signs in SIGNS_OF.items()}


class NeedCase(Exception):
    """The sign of this ratio must be known to go on; `signs` are those that the hypotheses leave open.

    cases: what is to be told apart: each of these signs, or, where only that matters, whether it is zero.
    """

    def __init__(self, ratio: Ratio, signs: frozenset[int] | None = None, *, whether_zero: bool = False) -> None:
        self.term = ratio.term
        self.signs = REAL if signs is None else signs
        apart = (NONZERO & self.signs, NIL) if whether_zero else (POS, NEG, NIL)
        self.cases = tuple(case for case in apart if case and case <= self.signs)
        super().__init__(str(self.term))


class NeedBoundary(Exception):
    """The derivative of a case distinction is wanted exactly where its cases meet."""

    def __init__(self, marker: Term) -> None:
        self.marker = marker


class Rescale(Exception):
    """A generator was met with a new denominator in its exponent: start again knowing it."""

    def __init__(self, key: tuple[Term, Term], denominator: int) -> None:
        self.key, self.denominator = key, denominator


def condition_of(term: Term, signs: frozenset[int]) -> Term:
    """`term > 0`, `term != 0` and so on: the relation to 0 that leaves a term these signs."""
    return relation(_WORDS[signs], term, number(0))
