"""Evidence that a claim which does not hold was understood: a small change would make it true.

What a text means is never read for certain: a model is taken for a definition, an example for a law, a condition is missed.
A line that was misunderstood is far from true as it was read. A slip of the pen is close to what should stand there: a sign,
a factor, an index, a transpose. So a line that rests on the text around it is called wrong only where one such change makes
it true as it was read; a line that stands for itself needs no evidence.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from calcds.decide import engine
from calcds.decide.clock import Deadline
from calcds.decide.looking import PRECISIONS, look
from calcds.decide.question import Question
from calcds.decide.sampling import Finding, compare
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.chance.stating import VALUES
from calcds.document.reading.chains import Reading
from calcds.document.reading.examples import put_in, rounded
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.coefficients import with_another_number
from calcds.document.weighing.misprints import misprinted
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.judge import at_one_place, full_rank, positive_entries, real_domain
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError, Undefined
from calcds.expr.term import Term, number, same_shape, substitute, subterms

FAR = "it does not hold as read, but nor would it with a small change: something may have been misunderstood"
TRIES = 900  # changes of one claim that are looked at
PATIENCE = 4.0  # seconds after which no more are, far more than it takes
ONE_MORE = number(1)
ONE = 1.0  # seconds for one change that seems right
_NEARLY = re.compile(r"symmetric|commute|diagonal|orthogonal")  # what authors suppose without a word


@dataclass(slots=True)
class Evidence:
    """Weighs refutations.

    valued: names to which the document gives a number somewhere
    claimed: the author says that the equation is wrong
    meanings: names of the equation to which the text gives a meaning
    near: those that have one meaning only, and have it from this section
    far: the last claim was left open, as it is far from true
    corrected: a right side with which the last claim holds that was refuted
    grown: that has more terms than the printed one; what a condition makes vanish may be missing in this
    signed: it differs from the printed one in its sign only, or is its absolute value
    left: how many changes of it may still be looked at
    """

    scope: Scope
    valued: AbstractSet[Term]
    claimed: bool = False
    meanings: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    far: bool = False
    corrected: Term | None = None
    grown: bool = False
    signed: bool = False
    left: int = TRIES

    def begin(self) -> None:
        """Forget what was found for the last claim."""
        self.corrected, self.far, self.grown, self.signed, self.left = None, False, False, False, TRIES

    @property
    def is_slip(self) -> bool:
        """Whether the right side holds with a small change that no condition in words can be about."""
        return self.corrected is not None and not self.grown

    def is_understood(self, verdict: Verdict, readings: Sequence[Reading], i: int) -> bool:
        """Whether a refutation counts: the claim stands for itself, or a small change would make it true."""
        reading = readings[0]
        pair = self._pair_of(reading, i)
        stands_alone = self.claimed or not self._rests_on_text(reading, i, pair, verdict)
        if not self.claimed and _random(pair[0]) != _random(pair[1]):
            self.far = True  # it says how something is distributed
        elif _of_numbers(verdict) and not (pair[0].free and pair[1].free):
            self.far = not stands_alone and not misprinted(verdict, pair)  # other numbers are soon mended by chance
            self.corrected = None if self.far else _exact(verdict)
        elif stands_alone:
            self.corrected, _ = self._mended(readings, i)
        else:
            self.corrected, mended = self._mended(readings, i)
            self.far = not mended and not _NEARLY.search(verdict.holds_if)
        return not self.far

    def _rests_on_text(self, reading: Reading, i: int, pair: tuple[Term, Term], verdict: Verdict) -> bool:
        """Whether more than the claim itself had to be understood to call it wrong."""
        left, right = pair
        if verdict.outcome is Outcome.MALFORMED or reading.read_as or (
            self.meanings and (self.meanings - self.near or not _of_numbers(verdict))
        ):
            return True
        if self._is_solvable(left, right):
            return True  # it may be an equation to be solved
        up_to = reading.up_to(i)
        if any(one.way == "about" for one in up_to):
            return True
        unknown = up_to and any(t.head == "apply" for side in pair for t in subterms(side))
        if at_one_place(left, right) or self._brings_in(left, right):
            return True
        return bool(unknown) or any(s not in left.free and s.data[1].word in {"Vector", "Matrix"} for s in right.free)

    def _brings_in(self, left: Term, right: Term) -> bool:
        """Whether formulas bring a name into one side only: `s^2 = n/12` after `s^2 = m - 1`, where nobody says what m is."""
        if not right.free:
            return False  # numbers are what the text makes of its own
        whole = [self.scope.expand(side).free for side in (left, right)]
        return any(s.is_scalar and s.data[1].word == "Real" and s not in left.free | right.free for s in whole[0] ^ whole[1])

    def _is_solvable(self, left: Term, right: Term) -> bool:
        """Whether it may be an equation to be solved: of polynomials, with a name that gets a number somewhere."""
        names = {str(s) for s in left.free | right.free}
        return is_polynomial(left) and is_polynomial(right) and not names.isdisjoint(map(str, self.valued))

    def _pair_of(self, reading: Reading, i: int) -> tuple[Term, Term]:
        terms = reading.pair(i)
        assert terms is not None  # only such readings are asked for
        self.scope.see(reading.options, reading.show)
        return terms

    def _printed(self, reading: Reading, i: int) -> tuple[Term, Term]:
        printed = reading.printed(i)
        assert printed is not None  # only such readings are asked for
        self.scope.see(reading.options, reading.show)
        return printed

    def _mended(self, readings: Sequence[Reading], i: int) -> tuple[Term | None, bool]:
        """A right side close to the printed one with which the claim holds, and whether a side is close to a true one."""
        deadline = Deadline(PATIENCE)
        for reading in readings:
            found = self._mended_as(reading, i, deadline)
            if found is not None:
                return found[0], True
        return None, False

    def _mended_as(self, reading: Reading, i: int, deadline: Deadline) -> tuple[Term | None] | None:
        """The right side that would have been right in a reading; None in its place where it is the left; None for nothing."""
        left, right = self._printed(reading, i)
        free = [s for side in (left, right) for s in self.scope.expand(side).free]
        parts = parts_of(reading.options.sizes, left, right, *free)
        elastic = reading.elastic(self.scope)
        examples = [self.scope.examples(arrays=arrays) for arrays in (True, False)]
        table = self.scope.table()
        places = _places(left, right)
        solvable = self._is_solvable(left, right)
        for side, other in ((right, left), (left, right)):
            numbers = () if solvable else with_another_number(other, side, lambda t: self.scope.expand(t, places, table))
            for candidate in itertools.chain(numbers, repairs(side, parts, other.shape)):
                self.left -= 1
                if self.left < 0 or deadline.late:
                    return None
                if not other.free and side.is_scalar and candidate in (side + ONE_MORE, side - ONE_MORE):
                    continue  # what is 0 by mistake is 1 with a 1 added: no slip of the pen
                pair = reading.compared(i, (left, candidate) if side is right else (candidate, right))
                if pair is None or not self._holds_as_read((*pair, *reading.given), elastic, examples, table):
                    continue
                if _is_as_wide((*(reading.compared(i, (left, right)) or pair), *reading.given), pair):
                    self.grown = _addends(candidate) > _addends(side)
                    self.signed = side.is_scalar and bool(side.free) and holds(candidate * candidate, side * side, ())
                    return (candidate if side is right else None,)
        return None

    def _holds_as_read(self, claim: tuple[Term, ...], elastic: AbstractSet[Term], examples: Sequence[dict[str, Term]],
                       table: dict[Term, Term]) -> bool:  # fmt: skip
        """Whether a claim holds with its names as they stand, with their meanings, or with the numbers of an example.

        Of an equation with a name on both sides, which may be one for it, numbers tell nothing: some change holds by chance.
        """
        whole = tuple(self.scope.expand(one, _places(*claim), table) for one in claim)
        try:
            tries = [claim] if whole == claim else [claim, agreeing(whole, elastic)]
            for example in examples:
                put = put_in((tries[-1][0], tries[-1][1]), example)
                by_chance = put is not None and claim[0].free & claim[1].free and not put[0].free | put[1].free
                if put is not None and put != tries[-1][:2] and not by_chance:
                    tries.append((*put, *tries[-1][2:]))
            return any(same_shape(a.shape, b.shape) and holds(a, b, tuple(given)) for a, b, *given in tries)
        except (Clash, CalcdsError, RecursionError, ArithmeticError):
            return False


def _places(*sides: Term) -> set[Term]:
    """By what is differentiated: these names stay as they are; of an entry its array."""
    derivatives = (t for side in sides for t in subterms(side) if t.head == "deriv")
    return {root for t in derivatives for place in t.args[1:] for root in (place, *place.args[:1])}


def is_polynomial(side: Term) -> bool:
    """Whether a side is a polynomial in scalar names."""
    plain = {"num", "decimal", "sym", "add", "mul", "pow"}
    powers = (t.args[1] for t in subterms(side) if t.head == "pow")
    whole = all(k.head == "num" and k.data.denominator == 1 for k in powers)
    return whole and bool(side.free) and all(t.head in plain and t.is_scalar for t in subterms(side))


def holds(left: Term, right: Term, given: tuple[Term, ...]) -> bool:
    """Whether a claim is proved, or supported, within a short time; most are soon seen to be false."""
    if presupposed := full_rank(left, right) | positive_entries(left, right):
        left, right = substitute(left, presupposed), substitute(right, presupposed)
    given = (*given, *real_domain(left, right))
    if compare(Question(left, right, given), wanted=2, seconds=ONE / 4).finding is not Finding.AGREED:
        return False
    verdict = rounded(left, right, engine.decide_terms(left, right, given, ONE))
    return verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}


def _is_as_wide(printed: tuple[Term, ...], mended: tuple[Term, Term]) -> bool:
    """Whether a changed claim has values where the printed one was seen to fail: `1/y` for y mends nothing at y = 0."""
    left, right, *given = printed
    if mended[0].free | mended[1].free != left.free | right.free:
        return True
    point = compare(Question(left, right, tuple(given)), wanted=2, seconds=ONE / 4).point
    return point is None or not isinstance(look(Question(*mended), point, PRECISIONS[:1]).why, Undefined)


def _addends(side: Term) -> int:
    return len(side.args) if side.head == "add" else 1


def _random(side: Term) -> set[str]:
    """The random variables of a side."""
    return {str(s) for s in side.free if s.data[1].word == VALUES}


def _of_numbers(verdict: Verdict) -> bool:
    """Whether the two sides are numbers without names."""
    found = None if verdict.at_values else verdict.counterexample
    return found is not None and not found.sizes


def _exact(verdict: Verdict) -> Term | None:
    """The value of the left side, where it is a number that can be written down."""
    value = "" if verdict.counterexample is None else str(verdict.counterexample.left)
    return number(Fraction(value)) if re.fullmatch(r"-?[0-9]{1,12}(?:/[0-9]{1,12})?", value) else None
