"""The verdict on a pair of sides over all ways to read it: no reading may hold, and nothing may speak against a claim.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from calcds.decide import engine
from calcds.decide.rounding import has_decimals, may_agree
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.agreeing import Clash, agreeing
from calcds.document.chains import Reading
from calcds.document.judge import objection, real_domain, usually_meant
from calcds.document.scope import MOST_STEPS, Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.term import Term, number, substitute, subterms

TIMEOUT = 2.0  # seconds for one question


@dataclass(slots=True)
class Decider:
    """Asks the engine, remembers its answers, and weighs them."""

    scope: Scope
    timeout: float = TIMEOUT
    memory: dict[tuple[Any, ...], Verdict] = field(default_factory=dict)
    valued: set[Term] = field(default_factory=set)  # symbols that are given a number somewhere

    def decide(
        self, readings: Sequence[Reading], i: int, weak: str, where: tuple[Term, ...]
    ) -> tuple[Verdict, Reading, str]:
        """The best verdict over all readings; a refutation needs that every reading is refuted without an objection."""
        first: tuple[Verdict, Reading, str] | None = None
        for reading in readings:
            terms = reading.pair(i)
            assert terms is not None  # filtered before
            self.scope.old, self.scope.view = reading.options.old, reading.show
            elastic = self.scope.elastic | set(reading.lengths.values())
            left, right, verdict = self._stepwise(*terms, (*where, *reading.given), elastic)
            note = ""
            if verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED}:
                verdict, note = self._objected(verdict, left, right, reading, weak)
            rank = _RANK[verdict.outcome]
            if first is None or rank < _RANK[first[0].outcome]:
                first = verdict, reading, note
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                break
        assert first is not None  # there is a reading
        return first

    def _stepwise(
        self, left: Term, right: Term, given: tuple[Term, ...], elastic: AbstractSet[Term]
    ) -> tuple[Term, Term, Verdict]:
        """Decide with the names as they stand; put definitions in, the newest first, until it holds or none is left."""
        for _ in range(MOST_STEPS):
            verdict = self._ask(left, right, (*given, *real_domain(left, right)))
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                break
            claim = Term("and", (Term("rel", (left, right), "="), *given))
            more = self.scope.newest(claim)
            if more is claim:
                break
            try:
                left, right, *rest = agreeing((*more.args[0].args, *more.args[1:]), elastic)
            except Clash as clash:
                return left, right, Verdict(Outcome.UNDECIDED, "", f"a name stands for things of different sizes: {clash}")
            given = tuple(rest)
        if verdict.outcome is Outcome.REFUTED and not (left.free and right.free):
            left, right, verdict = self._with_numbers(left, right, verdict)
        return left, right, verdict

    def _with_numbers(self, left: Term, right: Term, verdict: Verdict) -> tuple[Term, Term, Verdict]:
        """A claim about numbers, with the numbers put in that the text gives; printed decimals are rounded ones."""
        numbers = self.scope.numbers()
        left, right = (_put_in(side, numbers) for side in (left, right))
        if left.free or right.free:
            return left, right, verdict
        verdict = self._ask(left, right, ())
        if verdict.outcome is Outcome.REFUTED and left.is_scalar and (has_decimals(left) or has_decimals(right) or numbers):
            agree = may_agree(left, right)
            if agree:
                verdict = Verdict(Outcome.SUPPORTED, "numbers", "the two sides agree within the rounding of the printed decimals")
            elif agree is None:
                verdict = Verdict(Outcome.UNDECIDED, "numbers", "rounding of the printed decimals may explain the difference")
        return left, right, verdict

    def _objected(
        self, verdict: Verdict, left: Term, right: Term, reading: Reading, weak: str
    ) -> tuple[Verdict, str]:
        if verdict.outcome is Outcome.MALFORMED or reading.doubts:
            why = "; ".join(reading.doubts) or verdict.detail
            return Verdict(
                Outcome.UNDECIDED, "", f"it does not hold as read, but the reading is not certain: {why}"
            ), ""
        if _truncated(verdict, left, right):
            return Verdict(
                Outcome.SUPPORTED,
                "numbers",
                "the printed digits are right but for the last one, which is cut off",
            ), ""
        why = weak or objection(left, right, set(reading.plain), self.valued)
        if why and not self._never(verdict, left, right):
            return Verdict(Outcome.UNDECIDED, "", f"a condition, not a claim: {why}"), why
        if unclear := self.scope.unclear(left) or self.scope.unclear(right):
            return Verdict(Outcome.UNDECIDED, "", f"it does not hold for every {unclear}, and the equation for it was not read"), ""
        if usually_meant(verdict.holds_if):
            return Verdict(Outcome.UNDECIDED, "", f"it would hold if {verdict.holds_if}, which the text does not say"), ""
        return verdict, ""

    def _never(self, verdict: Verdict, left: Term, right: Term) -> bool:
        """Whether the two sides differ by one number for all values: then it is no condition either."""
        found = verdict.counterexample
        if found is None or not left.is_scalar or not left.free:
            return False
        try:
            gap = _fraction(found.left) - _fraction(found.right)
        except (ValueError, ZeroDivisionError):
            return False
        whole = Fraction(round(gap)) if abs(gap - round(gap)) < Fraction(1, 10**9) else gap
        return bool(whole) and self._ask(left, right + number(whole), ()).outcome is Outcome.PROVED

    def _ask(self, left: Term, right: Term, given: tuple[Term, ...]) -> Verdict:
        key = (left, right, given)
        if key not in self.memory:
            try:
                self.memory[key] = engine.decide_terms(left, right, given, self.timeout)
            except CalcdsError as error:
                self.memory[key] = Verdict(Outcome.MALFORMED, "", str(error))
            except (RecursionError, MemoryError):
                self.memory[key] = Verdict(Outcome.UNDECIDED, "", "stopped: this claim is too large")
            except Exception as error:  # noqa: BLE001  (a fault costs one claim, never the document)
                self.memory[key] = Verdict(
                    Outcome.UNDECIDED,
                    "",
                    f"a fault of calcds, please report it: {type(error).__name__}: {error}",
                )
        return self.memory[key]


def _put_in(side: Term, numbers: dict[Term, Term]) -> Term:
    symbols = {s: v for s, v in numbers.items() if s.head == "sym" and s in side.free}
    for symbol, value in symbols.items():
        derived = any(t.head in {"deriv", "grad"} and symbol in t.args[1:] for t in subterms(side))
        side = op.at(side, symbol, value) if derived else substitute(side, {symbol: value})
    return side


_LONGEST = 4_000  # signs of a value that is compared as a fraction
_RANK = {
    Outcome.PROVED: 0,
    Outcome.SUPPORTED: 1,
    Outcome.UNDECIDED: 2,
    Outcome.MALFORMED: 3,
    Outcome.REFUTED: 4,
    Outcome.UNREAD: 5,
}


def _truncated(verdict: Verdict, left: Term, right: Term) -> bool:
    """Whether a printed decimal differs from the value by less than one unit of its last place."""
    printed = next((side for side in (right, left) if side.head == "decimal"), None)
    found = verdict.counterexample
    if printed is None or found is None or found.values:
        return False
    try:
        values = [_fraction(v) for v in (found.left, found.right)]
    except (ValueError, ZeroDivisionError):
        return False
    places = len(str(printed.data).partition(".")[2])
    value, shown = values if printed is right else values[::-1]
    return 0 <= (value - shown) * (1 if value >= 0 else -1) < Fraction(1, 10**places)


def _fraction(value: object) -> Fraction:
    """A printed value as a fraction. Raises ValueError for what is none, and for what is too long to be written out."""
    said = str(value).split(" ")[0]
    power = said.lower().partition("e")[2].lstrip("+-")
    if len(said) > _LONGEST or len(power) > len("999"):
        raise ValueError(said)
    return Fraction(said)
