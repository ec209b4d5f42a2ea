"""The verdict on a pair of sides over all ways to read it: no reading may hold, and nothing may speak against a claim.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import dataclasses
import math
import re
import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from calcds.decide import engine
from calcds.decide.question import Question
from calcds.decide.rounding import has_decimals, may_agree
from calcds.decide.sampling import Finding, compare
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.agreeing import Clash, agreeing
from calcds.document.calculus import ABSENT
from calcds.document.chains import Reading
from calcds.document.depending import BY_DERIVATIVES
from calcds.document.judge import full_rank, is_open, left_open, listed, objection, positive_entries, real_domain, usually_meant
from calcds.document.names import ALL, letter_of_shown, shown
from calcds.document.repair import is_misprint, parts_of, repairs
from calcds.document.scope import MOST_STEPS, Scope
from calcds.document.shapes import resized
from calcds.document.stating import VALUES, is_chance
from calcds.document.symbols import MISFIT, having
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import OneHotRows, Probability
from calcds.expr.term import Size, Term, as_term, number, replace, same_shape, size, substitute, subterms

CONSTANTS = {"C", "K", "C_1", "C_2", "c_1", "c_2"}  # of integration
_OF_CALCULUS = {"g", "H", "J"}  # the usual names of a gradient, a Hessian, a Jacobian
# doubts that an author who calls a line wrong does not share: what depends on what, and a range that does not fit
_IS_THE_MISTAKE = re.compile(rf"{BY_DERIVATIVES}$|entries, and the sum runs over")
REPAIR = 1.0  # seconds for what would have been right
_NEARLY = re.compile(r"symmetric|commute|diagonal|orthogonal")  # what authors suppose without a word
_FOR_NUMBERS = "it holds for the numbers that the text gives, not for every value"
_FAR = "it does not hold as read, but nor would it with a small change: something may have been misunderstood"
TIMEOUT = 2.0  # seconds for one question


@dataclass(slots=True)
class Decider:
    """Asks the engine, remembers its answers, and weighs them."""

    scope: Scope
    timeout: float = TIMEOUT
    memory: dict[tuple[Any, ...], Verdict] = field(default_factory=dict)
    valued: set[Term] = field(default_factory=set)  # symbols that are given a number somewhere
    claimed: bool = (
        False  # an annotation says that the equation is a claim, and wrong: then it is no condition
    )
    restricted: str = ""  # "even" or "odd", where the words around the equation say so
    meanings: frozenset[str] = frozenset()  # names of the equation to which the text gives a meaning
    near: frozenset[str] = frozenset()  # those that have one meaning only, and have it from this section
    far: bool = False  # the last claim was left open, as it is far from true: it was refuted without evidence
    corrected: Term | None = None  # a right side with which the last claim holds that was refuted

    def decide(
        self, readings: Sequence[Reading], i: int, weak: str, tolerance: float = 0.0
    ) -> tuple[Verdict, Reading, str]:
        """The best verdict over all readings; a refutation needs that every reading is refuted without an objection."""
        first: tuple[Verdict, Reading, str] | None = None
        bodies = {shown(key) for key, f in self.scope.functions.items() if f.body is not None}
        known = min(len(reading.unknown & bodies) for reading in readings)
        for reading in readings:
            terms = reading.pair(i)
            assert terms is not None  # filtered before
            options = reading.options
            self._look_as(reading)
            elastic = self.scope.elastic | set(reading.lengths.values())
            left, right, verdict = self._stepwise(*terms, reading.given, elastic)
            note, misshapen = "", verdict.outcome is Outcome.MALFORMED
            if tolerance and verdict.outcome is Outcome.REFUTED and _gap(verdict) <= tolerance:
                verdict = Verdict(
                    Outcome.SUPPORTED, "numbers", f"the two sides differ by less than {tolerance:g}"
                )
            if verdict.outcome is Outcome.REFUTED and is_chance(left, right):
                verdict = dataclasses.replace(
                    verdict, mend=""
                )  # that there is one outcome only would mend most of them
            if not options.sizes and verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                verdict = undecided(f"{MISFIT}; it would hold for sizes that do")
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED} and left.free | right.free:
                absent = [d for d in reading.doubts_of(i) if d.endswith(ABSENT)]
                verdict = undecided(f"it would hold, but {absent[0]}") if absent else verdict
            if options.suppose and verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                said = " and ".join(reading.supposed) or "more were known of it"
                verdict = undecided(unsaid(said))
            if verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED}:
                doubts = tuple(d for d in reading.doubts_of(i) if not (self.claimed and _IS_THE_MISTAKE.search(d)))
                objected, note = self._objected(
                    verdict,
                    left,
                    right,
                    reading,
                    doubts,
                    terms,
                    weak
                    if is_open(*terms, set(self.scope.table()), weak.partition("asks for it: ")[2])
                    else "",
                )
                if self.claimed and not doubts and verdict.outcome is Outcome.MALFORMED:
                    verdict = Verdict(Outcome.REFUTED, "shapes", verdict.detail)
                    note = "the author calls it wrong, and no values have these shapes"
                claimed = self.claimed and note and not doubts
                verdict, note = (verdict, "") if claimed else (objected, note)
            passed = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
            if misshapen and options.layout == "numerator" and first is not None and first[0].outcome is Outcome.REFUTED:
                continue  # only the other layout has shapes that fit
            if not passed and len(reading.unknown & bodies) > known:
                continue  # another reading knows what the functions are
            rank = _RANK[verdict.outcome]
            if first is None or rank < _RANK[first[0].outcome]:
                first = verdict, reading, note
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                break
        assert first is not None  # there is a reading
        return self._with_evidence(first, [first[1], *(r for r in readings if r is not first[1])], i)

    def _with_evidence(
        self, found: tuple[Verdict, Reading, str], readings: Sequence[Reading], i: int
    ) -> tuple[Verdict, Reading, str]:
        """A refutation, where the claim stands for itself, or a small change would make it true: then it was understood."""
        verdict, reading, note = found
        self.corrected, self.far = None, False
        if verdict.outcome not in {Outcome.REFUTED, Outcome.MALFORMED}:
            return found
        if self.claimed:
            self.corrected = self._mended(readings, i)[0]
            return found
        pair = self._pair_of(reading, i)
        if _random(pair[0]) != _random(pair[1]):
            pass  # it says how something is distributed
        elif not self._rests_on_text(reading, pair, verdict):
            self.corrected = self._mended(readings, i)[0]
            return found
        elif _of_numbers(verdict):
            if _misprinted(verdict, pair):  # other numbers are soon mended by chance
                self.corrected = self._mended(readings, i)[0]
                return found
        else:
            self.corrected, mended = self._mended(readings, i)
            if mended or _NEARLY.search(verdict.holds_if):
                return found
        self.far = True
        return undecided(_FAR), reading, note

    def _rests_on_text(self, reading: Reading, pair: tuple[Term, Term], verdict: Verdict) -> bool:
        """Whether more than the claim itself had to be understood to call it wrong."""
        left, right = pair
        if verdict.outcome is Outcome.MALFORMED or (
            self.meanings and (self.meanings - self.near or not _of_numbers(verdict))
        ):
            return True
        if self._is_polynomial(left) and self._is_polynomial(right):
            return True  # it may be an equation to be solved
        unknown = reading.remainders and any(t.head == "apply" for side in pair for t in subterms(side))
        return bool(unknown) or any(s not in left.free and s.data[1].word in {"Vector", "Matrix"} for s in right.free)

    @staticmethod
    def _is_polynomial(side: Term) -> bool:
        """Whether a side is a polynomial in scalar names."""
        plain = {"num", "decimal", "sym", "add", "mul", "pow"}
        return bool(side.free) and all(t.head in plain and t.is_scalar for t in subterms(side))

    def _pair_of(self, reading: Reading, i: int) -> tuple[Term, Term]:
        terms = reading.pair(i)
        assert terms is not None  # only such readings are asked for
        self._look_as(reading)
        return terms

    def _mended(self, readings: Sequence[Reading], i: int) -> tuple[Term | None, bool]:
        """A right side close to the printed one with which the claim holds, and whether a side is close to a true one."""
        deadline = time.perf_counter() + REPAIR
        for reading in readings:
            found = self._mended_as(reading, i, deadline)
            if found is not None:
                return found[0], True
        return None, False

    def _mended_as(self, reading: Reading, i: int, deadline: float) -> tuple[Term | None] | None:
        """The right side that would have been right in a reading; None in its place where it is the left; None for nothing."""
        left, right = self._pair_of(reading, i)
        elastic = self.scope.elastic | set(reading.lengths.values())
        arrays, numbers = self.scope.examples(arrays=True), self.scope.examples(arrays=False)

        def holds(one: Term, other: Term) -> bool:
            claim = (one, other, *reading.given)
            whole = tuple(map(self.scope.expand, claim))
            try:
                tries = [claim] if whole == claim else [claim, agreeing(whole, elastic)]
                for put in (_put_in((tries[-1][0], tries[-1][1]), table) for table in (arrays, numbers)):
                    if put is not None and put != tries[-1][:2]:
                        tries.append((*put, *tries[-1][2:]))
                return any(same_shape(a.shape, b.shape) and self._holds(a, b, tuple(given)) for a, b, *given in tries)
            except (Clash, CalcdsError, RecursionError, ArithmeticError):
                return False

        parts = parts_of(reading.options.sizes, left, right, *(s for side in (left, right) for s in self.scope.expand(side).free))
        for candidate in repairs(right, parts, left.shape):
            if time.perf_counter() > deadline:
                return None
            if holds(left, candidate):
                return (candidate,)
        for candidate in repairs(left, parts, right.shape):
            if time.perf_counter() > deadline:
                return None
            if holds(candidate, right):
                return (None,)
        return None

    def _holds(self, left: Term, right: Term, given: tuple[Term, ...]) -> bool:
        """Whether a claim is proved, or supported, within a short time; most are soon seen to be false."""
        if presupposed := full_rank(left, right):
            left, right = substitute(left, presupposed), substitute(right, presupposed)
        given = (*given, *real_domain(left, right))
        quick = compare(Question(left, right, given), wanted=2, seconds=REPAIR / 4)
        if quick.finding is not Finding.AGREED:
            return False
        verdict = rounded(left, right, engine.decide_terms(left, right, given, REPAIR))
        return verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}

    def _look_as(self, reading: Reading) -> None:
        """The scope shows what a reading knows."""
        options = reading.options
        self.scope.old, self.scope.with_former, self.scope.view = options.old, options.former, reading.show
        self.scope.generic, self.scope.sure = options.generic, options.sure

    def _stepwise(
        self, left: Term, right: Term, given: tuple[Term, ...], elastic: AbstractSet[Term], *, found: bool = False
    ) -> tuple[Term, Term, Verdict]:
        """Decide with the names as they stand; put definitions in, the newest first, until it holds or none is left.

        found: the claim is about the very values that the text finds for its names
        """
        special = False
        for _ in range(MOST_STEPS):
            verdict = self._ask(left, right, (*given, *real_domain(left, right)))
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                break
            claim = Term("and", (Term("rel", (left, right), "="), *given))
            used = self.scope.newest(claim)
            if used is None:
                break
            special = special or used.result
            more = substitute(claim, {used.symbol: used.body})
            try:
                left, right, *rest = agreeing((*more.args[0].args, *more.args[1:]), elastic)
            except Clash as clash:
                return (
                    left,
                    right,
                    undecided(f"a name stands for things of different sizes: {clash}"),
                )
            given = tuple(rest)
        if special and not found and verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            said = "it holds for the value that the text finds for one of its names, not for every value"
            verdict = undecided(said)
        if special and not found and verdict.outcome is Outcome.REFUTED:
            said = "it does not hold for the value that the text finds for one of its names, but conditions may hold there"
            verdict = undecided(said)
        if verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED}:
            left, right, verdict = self._with_numbers(left, right, verdict, given)
        return left, right, verdict

    def _with_numbers(self, left: Term, right: Term, verdict: Verdict,
                      given: tuple[Term, ...]) -> tuple[Term, Term, Verdict]:  # fmt: skip
        """A claim that is not true in general may be about the numbers of an example; printed decimals are rounded."""
        original = left, right, verdict
        names = {str(s.data[0]) for side in (left, right) for s in side.free}
        put = _put_in((left, right), self.scope.examples(arrays=True))
        if put is not None and put != (left, right):
            left, right = put
            verdict = self._ask(left, right, given)
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return left, right, verdict
        numbers = self.scope.examples(arrays=False)
        put = _put_in((left, right), numbers)
        if put is None or any(side.free for side in put):
            return original
        if left.free and right.free:
            holds = rounded(*put, self._ask(*put, ())).outcome in {Outcome.PROVED, Outcome.SUPPORTED}
            return (left, right, undecided(_FOR_NUMBERS)) if holds else original
        degenerate = all(v.head == "num" and abs(v.data) <= 1 for name, v in numbers.items() if name in names)
        evaluated = any(t.head in {"deriv", "at", "apply"} for side in (left, right) for t in subterms(side))
        left, right = put
        verdict = rounded(left, right, self._ask(left, right, ()))
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            if degenerate and names and not evaluated:
                verdict = undecided(_FOR_NUMBERS)
        elif names & self.scope.varied():
            verdict = undecided("the text gives one of its names several values")
        return left, right, verdict

    def _objected(
        self,
        verdict: Verdict,
        left: Term,
        right: Term,
        reading: Reading,
        doubts: tuple[str, ...],
        printed: tuple[Term, Term],
        weak: str,
    ) -> tuple[Verdict, str]:
        misfit = [why for why in doubts if why.startswith(MISFIT)]
        only_shapes = verdict.outcome is Outcome.REFUTED and doubts and len(misfit) == len(doubts) and not weak
        if only_shapes and not objection(left, right, set(reading.plain), self.valued):
            said = "its shapes do not fit as they are declared, and where they would fit it is false"
            return Verdict(Outcome.MALFORMED, "shapes", said), ""
        if doubts:
            return undecided(f"it does not hold as read, but the reading is not certain: {'; '.join(doubts)}"), ""
        if verdict.outcome is Outcome.MALFORMED and same_shape(left.shape, right.shape):
            return undecided(f"it does not hold as read, but the reading is not certain: {verdict.detail}"), ""
        if verdict.outcome is Outcome.MALFORMED:
            return verdict, ""  # to be called so, if a small change makes it true
        if _truncated(verdict, left, right):
            return Verdict(
                Outcome.SUPPORTED,
                "numbers",
                "the printed digits are right but for the last one, which is cut off",
            ), ""
        why = weak or objection(left, right, set(reading.plain), self.valued)
        if why and not self._never(verdict, left, right):
            return undecided(f"a condition, not a claim: {why}"), why
        if not self.claimed and (said := left_open(left, right) or self._unheard_of(left, right)):
            return undecided(said), ""
        if self.scope.is_solving and any(
            str(s.data[0]) in CONSTANTS for side in (left, right) for s in side.free
        ):
            return undecided("a condition, not a claim: it has a constant of integration"), "an equation to be solved"
        if self.scope.is_solving and any(
            t.head in {"deriv", "at"} or (t.head == "apply" and any(t.data.order))
            for side in printed
            for t in subterms(side)
        ):
            return undecided("a condition, not a claim: an equation for an unknown function"), "an equation to be solved"
        if not self.claimed and (unclear := self.scope.unclear(left) or self.scope.unclear(right)):
            return undecided(f"it does not hold for every {unclear}, and the equation for it was not read"), ""
        data = any(not s.is_scalar for s in left.free) and not right.free and not self.claimed
        if data and any(self.scope.is_here(section) for _, _, section in self.scope.values.values()):
            return undecided("the text gives numbers here, which may be those that stand on the left"), ""
        if label := self._label(left, right):
            return undecided(unsaid(f"the entries of {label} add up to 1")), ""
        if base := self._other_base(left, right):
            said = f"it holds for logarithms to base {base}; an annotation would settle it: calcds: log base {base}"
            return undecided(said), ""
        if usually_meant(verdict.holds_if):
            return undecided(unsaid(verdict.holds_if)), ""
        if special := self._told(left, right):
            return undecided(unsaid(special)), ""
        if self.restricted:
            return undecided(f'it may be meant for numbers that are "{self.restricted}" only'), ""
        return verdict, ""

    def with_found(self, reading: Reading, table: dict[Term, Term]) -> tuple[Term, Term, Outcome]:
        """The first pair of a reading with the values in it that the text finds, and what comes of it."""
        pair = reading.pair(0)
        assert pair is not None  # only such readings are asked for
        self.scope.old, self.scope.with_former, self.scope.generic, self.scope.view = False, False, False, reading.show
        elastic = self.scope.elastic | set(reading.lengths.values())
        sides = [substitute(side, table) for side in pair]
        left, right, verdict = self._stepwise(sides[0], sides[1], reading.given, elastic, found=True)
        return left, right, verdict.outcome

    def _unheard_of(self, left: Term, right: Term) -> str:
        """Why arrays tell nothing: an entry alone has a formula, one side only has them, or they come from a derivative."""
        arrays = sorted((s for s in right.free if not s.is_scalar and not self._is_declared(s)), key=str)
        single = {key.rpartition("_")[0] for key in self.scope.definitions if re.fullmatch(r".+_[a-z]", key)}
        for s in sorted((s for s in left.free | right.free if not s.is_scalar), key=str):
            if str(s.data[0]).removesuffix(ALL) in single and s not in self.scope.table():
                return f"the equation for an entry of {str(s.data[0]).removesuffix(ALL)} was not read for all of them"
        if usual := [s for s in arrays if s in left.free and str(s) in _OF_CALCULUS]:
            return f"{listed(usual)} may be a gradient or Hessian, and the text does not say of what"
        new = [s for s in arrays if s not in left.free]
        if new and not is_chance(left, right):
            return f"{listed(new)} stands on the right side only, and the text does not say what it is"
        return ""

    def _is_declared(self, name: Term) -> bool:
        """Whether the text says for certain what kind of thing a name is."""
        stated = [self.scope.kinds.get(f"{style}{name}") for style in ("", "bold ")]
        return any(one is not None and one.certain for one in stated)

    def _label(self, left: Term, right: Term) -> str:
        """Labels or probabilities, a column or rows, that have to add up to 1 for a claim to hold; "" if none."""
        for s in sorted(left.free | right.free, key=str):
            word = s.data[1].word
            if word in {"Vector", "Matrix"} and letter_of_shown(str(s.data[0])) in {"y", "t", "p", "q", "pi"}:
                kind = Probability[s.shape[0]] if word == "Vector" else OneHotRows[s.shape]  # each row of a table is one
                table = {s: kind.symbol(s.data[0])}
                sides = [substitute(side, table) for side in (left, right)]
                if self._ask(sides[0], sides[1], ()).outcome is Outcome.PROVED:
                    return str(s.data[0]).removesuffix(ALL)
        return ""

    def _told(self, left: Term, right: Term) -> str:
        """A property that the text says of a name elsewhere, with which a claim would hold; "" if none."""
        for s in sorted(left.free | right.free, key=str):
            for word in sorted(self.scope.told.get(str(s.data[0]), ())) if not s.is_scalar else ():
                kind = having(s.data[1], word)
                table = {s: kind.symbol(s.data[0])}
                if kind is not s.data[1] and self._ask(
                    substitute(left, table), substitute(right, table), ()
                ).outcome is Outcome.PROVED:
                    return f"{s} is {word}"
        return ""

    def _other_base(self, left: Term, right: Term) -> int:
        """The base of logarithms for which a claim would hold; 0 where there is none."""
        logs = {t for side in (left, right) for t in subterms(side) if t.head == "fn" and t.data == "log"}
        if not logs or self.scope.settings.get("log base"):
            return 0
        for base in (2, 10):
            table = {t: t / op.function("log")(number(base)) for t in logs}
            if (
                self._ask(replace(left, table), replace(right, table), real_domain(left, right)).outcome
                is Outcome.PROVED
            ):
                return base
        return 0

    def _of_real_numbers(self, left: Term, right: Term, given: tuple[Term, ...]) -> Verdict:
        r"""A verdict on real numbers: the entries of which a sum takes logarithms or roots, `\sum_i p_i \log p_i`, are positive."""
        verdict = engine.decide_terms(left, right, given, self.timeout)
        if verdict.outcome is not Outcome.REFUTED or _is_real(verdict) or self.scope.is_complex:
            return verdict
        if not (table := positive_entries(left, right)):
            return verdict
        sides = substitute(left, table), substitute(right, table), *(substitute(one, table) for one in given)
        again = engine.decide_terms(sides[0], sides[1], sides[2:], self.timeout)
        return dataclasses.replace(again, conditions=(*again.conditions, f"the entries of {listed(table)} are positive"))

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
            presupposed = full_rank(left, right)
            if presupposed:
                self.memory[key] = self._ask(
                    substitute(left, presupposed), substitute(right, presupposed), given
                )
                return self.memory[key]
            try:
                self.memory[key] = self._of_real_numbers(left, right, given)
            except CalcdsError as error:
                self.memory[key] = Verdict(Outcome.MALFORMED, "", str(error))
            except (RecursionError, MemoryError):
                self.memory[key] = undecided("stopped: this claim is too large")
            except Exception as error:  # noqa: BLE001  (a fault costs one claim, never the document)
                self.memory[key] = undecided(f"a fault of calcds, please report it: {type(error).__name__}: {error}")
        return self.memory[key]


def _is_real(verdict: Verdict) -> bool:
    """Whether both sides are real at the point where they differ."""
    found = verdict.counterexample
    return found is None or "*I" not in f"{found.left}{found.right}"


def _gap(verdict: Verdict) -> float:
    """How far apart the two sides are, where they are numbers."""
    found = verdict.counterexample
    try:
        return (
            math.inf
            if found is None or found.values
            else abs(
                float(Fraction(str(found.left).split(" ")[0]))
                - float(Fraction(str(found.right).split(" ")[0]))
            )
        )
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.inf


def rounded(left: Term, right: Term, verdict: Verdict) -> Verdict:
    """A refutation of numbers, in the light of their printed decimals."""
    if verdict.outcome is not Outcome.REFUTED or not (
        has_decimals(left) or has_decimals(right) or not left.is_scalar
    ):
        return verdict
    agree = may_agree(left, right)
    if agree:
        return Verdict(
            Outcome.SUPPORTED, "numbers", "the two sides agree within the rounding of the printed decimals"
        )
    if agree is None:
        return Verdict(
            Outcome.UNDECIDED, "numbers", "rounding of the printed decimals may explain the difference"
        )
    return verdict


def _put_in(sides: tuple[Term, Term], examples: dict[str, Term]) -> tuple[Term, Term] | None:
    """Sides with the numbers of an example; None where these have other shapes."""
    for name, value in examples.items():
        symbol = next((s for side in sides for s in side.free if s.head == "sym" and s.data[0] == name), None)
        if symbol is None:
            continue
        sizes = {
            d: n
            for d, n in zip(symbol.shape, value.shape, strict=True)
            if isinstance(d, Term) and d.head == "sym"
        }

        def one(length: Size, sizes: dict[Any, Any] = sizes) -> Size:
            return (
                size(substitute(length, {d: as_term(n) for d, n in sizes.items()}))
                if isinstance(length, Term)
                else length
            )

        sides = tuple(resized(side, one) for side in sides)  # type: ignore[assignment]
        symbol = resized(symbol, one)
        if not same_shape(symbol.shape, value.shape):
            return None
        sides = tuple(_replaced(side, symbol, value) for side in sides)  # type: ignore[assignment]
    return sides


def _replaced(side: Term, symbol: Term, value: Term) -> Term:
    places = [a for t in subterms(side) if t.head in {"deriv", "grad", "jac", "hess"} for a in t.args[1:]]
    derived = any(symbol in a.free for a in places)
    return op.at(side, symbol, value) if derived else substitute(side, {symbol: value})


def _random(side: Term) -> set[str]:
    """The random variables of a side."""
    return {str(s) for s in side.free if s.data[1].word == VALUES}


def _of_numbers(verdict: Verdict) -> bool:
    """Whether the two sides are numbers without names."""
    found = verdict.counterexample
    return found is not None and not found.values and not found.sizes


def _misprinted(verdict: Verdict, printed: tuple[Term, Term]) -> bool:
    """Whether a side is a printed number that differs in one sign from the value of the other side."""
    found = verdict.counterexample
    for side, value in zip(printed, () if found is None else (found.right, found.left), strict=False):
        if side.head in {"num", "decimal"}:
            said = str(side.data)
            try:
                places = len(said.partition(".")[2])
                if is_misprint(said, f"{float(_fraction(value)):.{places}f}"):
                    return True
            except (ValueError, ZeroDivisionError, OverflowError):
                continue
    return False


_LONGEST = 4_000  # signs of a value that is compared as a fraction
def undecided(why: str) -> Verdict:
    """Nothing is said of a claim, and why."""
    return Verdict(Outcome.UNDECIDED, "", why)


def unsaid(hypothesis: str) -> str:
    """Why a claim is left undecided that a hypothesis would save; `calcds.verify.suggesting` finds it by these words."""
    return f"it would hold if {hypothesis}, which the text does not say"


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
