"""The verdict on a pair of sides over all ways to read it: no reading may hold, and nothing may speak against a claim.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from typing import Any

from calcds.decide import engine
from calcds.decide.looking import as_printed, is_printed
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.chance.stating import is_chance
from calcds.document.reading.calculus import ABSENT
from calcds.document.reading.chains import Reading
from calcds.document.reading.examples import fraction, put_entries, put_in, rounded
from calcds.document.reading.symbols import MISFIT, OTHER_RANGE
from calcds.document.source.names import ALL, letter_of_shown, shown
from calcds.document.source.options import Options
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.evidence import FAR, Evidence
from calcds.document.weighing.improper import is_about_another, to_be_positive, where_it_has_a_value
from calcds.document.weighing.left_out import for_taller_ones
from calcds.document.weighing.nothing import has_one_value, runs_over_nothing
from calcds.document.weighing.tacit import Hypothesis, tacit, without_atoms
from calcds.document.words.depending import BY_DERIVATIVES
from calcds.document.words.facts import having
from calcds.document.words.judge import (
    fractional_entries,
    full_rank,
    has_calculus,
    is_open,
    left_open,
    listed,
    long_enough,
    objection,
    positive_entries,
    real_domain,
    usually_meant,
)
from calcds.document.words.scope import MOST_STEPS, Declared, Definition, Scope
from calcds.document.words.shapes import ENTRYWISE
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.kinds import OneHotRows, Probability
from calcds.expr.term import ZERO, Term, number, relation, replace, same_shape, substitute, subterms

CONSTANTS = {"C", "K", "C_1", "C_2", "c_1", "c_2"}  # of integration
_OF_CALCULUS = {"g", "H", "J"}  # the usual names of a gradient, a Hessian, a Jacobian
# doubts that an author who calls a line wrong does not share: what depends on what, and a range that does not fit
_IS_THE_MISTAKE = re.compile(rf"{BY_DERIVATIVES}$|{OTHER_RANGE}|above a name may be a mark$")
FOR_NUMBERS = "it holds for the numbers that the text gives, not for every value"
_FOR_ANOTHER = "it holds for the numbers of an example in another section, not for every value"
_SEVERAL = "the text gives one of its names several values"
_OF_ONE_ENTRY = "it would hold if there were one entry only in"
TIMEOUT = 2.0  # seconds for one question


@dataclass(slots=True)
class Decider:
    """Asks the engine, remembers its answers, and weighs them."""

    scope: Scope
    timeout: float = TIMEOUT
    memory: dict[tuple[Any, ...], Verdict] = field(default_factory=dict)
    valued: set[Term] = field(default_factory=set)  # symbols that are given a number somewhere
    valued_in: dict[str, set[int]] = field(default_factory=dict)  # names of vectors and matrices that get one, by section
    restricted: str = ""  # "even" or "odd", where the words around the equation say so
    square: bool = False  # the words around the equation speak of a square matrix
    evidence: Evidence = field(init=False)
    _asked: tuple[Sequence[Reading], int] = field(default=((), 0), init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.scope, self.valued)

    @property
    def claimed(self) -> bool:
        """Whether an annotation says that the equation is a claim, and wrong: then it is no condition."""
        return self.evidence.claimed

    def decide(
        self, readings: Sequence[Reading], i: int, weak: str, tolerance: float = 0.0
    ) -> tuple[Verdict, Reading, str]:
        """The best verdict over all readings; a refutation needs that every reading is refuted without an objection."""
        self.evidence.begin()
        self._asked = readings, i
        first: tuple[Verdict, Reading, str] | None = None
        bodies = {shown(key) for key, f in self.scope.functions.items() if f.body is not None}
        for reading in readings:
            terms = reading.pair(i)
            assert terms is not None  # filtered before
            options = reading.options
            self.scope.see(options, reading.show)
            elastic = reading.elastic(self.scope)
            left, right, verdict = self.stepwise(*terms, reading.given, elastic)
            holds = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
            if options.suppose == "stacked" and first is not None and not holds:
                continue  # it is tried only for what would hold
            note, misshapen = "", verdict.outcome is Outcome.MALFORMED
            if misshapen and same_shape(left.shape, right.shape[::-1]) and _is_laid_out_otherwise(reading, readings):
                continue  # the shapes say which layout is meant: `\nabla f(1, 2) = (8 \; 3)`
            if tolerance and verdict.outcome is Outcome.REFUTED and _gap(verdict) <= tolerance:
                verdict = Verdict(
                    Outcome.SUPPORTED, "numbers", f"the two sides differ by less than {tolerance:g}"
                )
            if verdict.outcome is Outcome.REFUTED and is_chance(left, right):
                verdict = dataclasses.replace(
                    verdict, mend=""
                )  # that there is one outcome only would mend most of them
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                verdict = self._for_a_reason(verdict, left, right, reading, i)
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
            if misshapen and first is not None and first[0].outcome is Outcome.REFUTED and (
                options.layout == "numerator" or options.laplacian
            ):  # fmt: skip
                continue  # only the other layout, or the matrix of second derivatives, has shapes that fit
            if not passed and _guesses(reading, i) and not all(_guesses(other, i) for other in readings):
                continue  # where everything is a number, nothing has to be guessed
            unknown = _with_a_body(reading.unknown, bodies)
            if not passed and unknown and unknown > min(_with_a_body(other.unknown, bodies) for other in readings):
                continue  # another reading knows what the functions are
            rank = _RANK[verdict.outcome]
            if first is None or rank < _RANK[first[0].outcome]:
                first = verdict, reading, note
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                break
        if first is None:
            return undecided("every way to read it guesses what another one knows"), readings[0], ""
        if first[0].outcome in {Outcome.REFUTED, Outcome.MALFORMED}:
            others = [r for r in readings if r is not first[1]]
            if not self.evidence.is_understood(first[0], [first[1], *others], i):
                return undecided(FAR, asks=True), first[1], first[2]
        return first

    def _for_a_reason(self, verdict: Verdict, left: Term, right: Term, reading: Reading, i: int) -> Verdict:
        """The verdict on a claim that holds, unless it does for something that the text does not say."""
        options, terms = reading.options, reading.pair(i)
        assert terms is not None  # it was decided
        absent = [d for d in reading.doubts_of(i) if d.endswith(ABSENT)]
        verdict = verdict if options.sizes else self._of_other_sizes(verdict, left, right)
        if absent and left.free | right.free:
            return undecided(f"it would hold, but {absent[0]}")
        if options.old and (one := self._example_before(*terms)):
            return undecided(f"it would hold for the {one} of an example in another section")
        if runs_over_nothing(left, right):
            return undecided("it would hold, but only as a sum in it runs over nothing")
        if single := self._of_one_entry(*terms):
            return undecided(f"{_OF_ONE_ENTRY} {listed(single)}")
        if has_one_value(left, right):
            return undecided("it would hold, but only as an index in it has one value")
        if options.suppose:
            return undecided(unsaid(" and ".join(reading.supposed) or "more were known of it"))
        return verdict

    def stepwise(
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
            claim = whole_claim(left, right, given)
            used = self.scope.newest(claim)
            if used is None:
                claim, used = self._of_other_size(claim, elastic)
            if used is None:
                break
            special = special or used.result
            try:
                left, right, given = self.with_formula(claim, used, elastic)
            except Clash as clash:
                return left, right, undecided(f"a name stands for things of different sizes: {clash}")
        if special and not found and verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            said = "it holds for the value that the text finds for one of its names, not for every value"
            verdict = undecided(said, asks=True)
        if special and not found and verdict.outcome is Outcome.REFUTED:
            said = "it does not hold for the value that the text finds for one of its names, but conditions may hold there"
            verdict = undecided(said, asks=True)
        if verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED}:
            names = {str(s.data[0]) for side in (left, right) for s in side.free}
            left, right, verdict = self._with_numbers(left, right, verdict, given)
            if verdict.outcome is Outcome.PROVED and names & self.scope.near:  # by a rounded value nothing is proved
                verdict = dataclasses.replace(verdict, outcome=Outcome.SUPPORTED)
        return left, right, verdict

    def with_formula(self, claim: Term, used: Definition,
                     elastic: AbstractSet[Term]) -> tuple[Term, Term, tuple[Term, ...]]:  # fmt: skip
        """The sides and conditions of a whole claim with a definition put in; raises Clash where the sizes do not agree."""
        more = substitute(claim, {used.symbol: self.scope.body_of(used, claim)})
        left, right, *given = agreeing((*more.args[0].args, *more.args[1:]), elastic)
        return left, right, tuple(given)

    def _of_other_size(self, claim: Term, elastic: AbstractSet[Term]) -> tuple[Term, Definition | None]:
        r"""A claim with a name that got its formula when more was known of its size, and that formula.

        `A = Q \Lambda Q^T`, where `\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)`: only then is A said to be n x n
        """
        for one in self.scope.of_other_size(claim):
            try:
                sized, symbol, body = agreeing((claim, one.symbol, one.body), elastic)
            except Clash:
                continue
            circular = str(symbol) in {str(s) for s in body.free}  # a step of a recurrence, of which there is no end
            if symbol in sized.free and not circular:
                return sized, dataclasses.replace(one, symbol=symbol, body=body)
        return claim, None

    def _with_numbers(self, left: Term, right: Term, verdict: Verdict,
                      given: tuple[Term, ...]) -> tuple[Term, Term, Verdict]:  # fmt: skip
        """A claim that is not true in general may be about the numbers of an example; printed decimals are rounded."""
        original = left, right, verdict
        names = {str(s.data[0]) for side in (left, right) for s in side.free}
        arrays = self.scope.examples(arrays=True)
        entered = put_entries((left, right), self.scope.numbered_entries())
        whole = (put_in(entered, arrays) or entered) if entered != (left, right) else entered
        if whole != (left, right) and not any(side.free for side in whole):
            found = self._ask(*whole, given)
            if found.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:  # where the places count from 0 it is no refutation
                return *whole, found
        others = self.scope.examples_elsewhere()
        here = {name: value for name, value in arrays.items() if name.removesuffix(ALL) not in others}
        own = put_in((left, right), here) if not names.isdisjoint(others) else None
        if own is not None and own != (left, right):
            found = self._ask(*own, given)
            if found.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:  # for every v, whatever v was in another section
                return *own, found
        put = put_in((left, right), arrays)
        if put is not None and put != (left, right):
            elsewhere = bool(left.free and right.free) and not names.isdisjoint(others)
            verdict = self._ask(*put, given)
            numeric = elsewhere and _is_about_numbers((left, right), put)
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return (*put, verdict) if numeric or not elsewhere else (left, right, undecided(_FOR_ANOTHER))
            if numeric:
                return left, right, undecided(_SEVERAL, asks=True)
            if not elsewhere:  # a line with names on both sides is about what they stand for in its own section
                left, right = put
        else:
            elsewhere = False
        numbers = self.scope.examples(arrays=False)
        put = put_in((left, right), numbers)
        if put is None:
            return original
        if any(side.free for side in put):  # names without numbers are left: the n of (a^n - b^n) / (a - b)
            changed = self._ask(*put, given) if put != (left, right) else None
            if changed is None or changed.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
                return original
            about = [{str(s.data[0]) for s in side.free} & set(numbers) for side in (left, right)]
            if not all(about) and not self.scope.several & names:
                return *put, changed  # one side has them already: `\det(S - \lambda I) = (5 - \lambda)(2 - \lambda) - 4`
            return left, right, undecided(FOR_NUMBERS)
        if elsewhere:
            return original
        if left.free and right.free:
            holds = rounded(*put, self._ask(*put, ())).outcome in {Outcome.PROVED, Outcome.SUPPORTED}
            return (left, right, undecided(FOR_NUMBERS)) if holds else original
        used = [value for name, value in numbers.items() if name in names]
        small = bool(used) and all(v.head == "num" and abs(v.data) <= 1 for v in used)
        digits = any(is_printed(one) for side in (left, right) for one in (side.args if side.head == "matrix" else (side,)))
        degenerate = small and not digits  # no chance makes several digits right
        evaluated = any(t.head in {"deriv", "at", "apply"} for side in (left, right) for t in subterms(side))
        left, right = put
        verdict = rounded(left, right, self._ask(left, right, ()))
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            if degenerate and names and not evaluated:
                verdict = undecided(FOR_NUMBERS)
        elif names & self.scope.varied():
            if not any(map(has_calculus, original[:2])):
                return original  # it asks for values: those of another section say nothing of them
            verdict = undecided(_SEVERAL, asks=True)
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
        points = {s for one in reading.remainders if one is not None for _, point in one.places for s in point.free}
        misfit = [why for why in doubts if why.startswith(MISFIT)]
        only_shapes = verdict.outcome is Outcome.REFUTED and doubts and len(misfit) == len(doubts) and not weak
        if only_shapes and not objection(left, right, set(reading.plain) - points, self._valued(left)):
            said = "its shapes do not fit as they are declared, and where they would fit it is false"
            return Verdict(Outcome.MALFORMED, "shapes", said), ""
        if doubts:
            return undecided(f"it does not hold as read, but the reading is not certain: {'; '.join(doubts)}"), ""
        turned = has_calculus(left) and same_shape(left.shape, right.shape[::-1])  # it may be another layout
        if verdict.outcome is Outcome.MALFORMED and (turned or same_shape(left.shape, right.shape)):
            return undecided(f"it does not hold as read, but the reading is not certain: {verdict.detail}"), ""
        rows = {str(s.data[0]) for side in (left, right) for s in side.free} & self.scope.row_vectors
        if verdict.outcome is Outcome.MALFORMED and rows:
            return undecided(f"the text calls {listed(rows)} a row"), ""
        if verdict.outcome is Outcome.MALFORMED:
            return verdict, ""  # to be called so, if a small change makes it true
        if _truncated(verdict, left, right):
            return Verdict(
                Outcome.SUPPORTED,
                "numbers",
                "the printed digits are right but for the last one, which is cut off",
            ), ""
        if not weak and (labelled := self._as_labels(left, right, printed)) is not None:
            return labelled, ""
        why = weak
        if not why and not _is_worked_out(reading, *printed):
            why = objection(left, right, set(reading.plain) - points, self._valued(left))
        if why and not self._never(verdict, left, right):
            return undecided(f"a condition, not a claim: {why}", asks=True), why
        unknown = left_open(left, right) or self._unheard_of(left, right) or self._lost(left, right, printed)
        if unknown and not self.claimed:
            return undecided(unknown), ""
        if self.scope.is_solving and any(
            str(s.data[0]) in CONSTANTS for side in (left, right) for s in side.free
        ):
            said = "a condition, not a claim: it has a constant of integration"
            return undecided(said, asks=True), "an equation to be solved"
        if self.scope.is_solving and any(
            t.head in {"deriv", "at"} or (t.head == "apply" and any(t.data.order))
            for side in printed
            for t in subterms(side)
        ):
            said = "a condition, not a claim: an equation for an unknown function"
            return undecided(said, asks=True), "an equation to be solved"
        if not self.claimed and (unclear := self.scope.unclear(left) or self.scope.unclear(right)):
            said = f"it does not hold for every {unclear}, and the equation for it was not read"
            return undecided(said, asks=True), ""
        data = any(any(not s.is_scalar for s in one.free) and not other.free for one, other in ((left, right), (right, left)))
        if data and not self.claimed and not self._never(verdict, left, right):
            return undecided("a number may be right for the data of an example, which may be those that stand beside it"), ""
        if label := self._label(left, right):
            if single := self._of_one_entry(*printed):
                return undecided(f"{_OF_ONE_ENTRY} {listed(single)}"), ""
            return undecided(unsaid(f"the entries of {label} add up to 1")), ""
        if base := self._other_base(left, right):
            said = f"it holds for logarithms to base {base}; an annotation would settle it: calcds: log base {base}"
            return undecided(said), ""
        parameter = to_be_positive(verdict.holds_if, left, right)
        if parameter is not None and not self.claimed and not self._is_declared(parameter):
            where = relation(">", parameter, ZERO)
            if self._ask(left, right, (*reading.given, where)).outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return Verdict(Outcome.SUPPORTED, "numbers", f"it holds where {where}", conditions=(str(where),)), ""
        if usually_meant(verdict.holds_if) or (not self.claimed and is_about_another(verdict.holds_if, printed)):
            return undecided(unsaid(verdict.holds_if)), ""
        if (found := self._of_found_values(printed, reading.given)) and not self.claimed:
            return undecided(unsaid(found)), ""
        if symmetric := self._tacit(verdict.holds_if, left, right):
            return undecided(unsaid(symmetric)), ""
        if special := self._told(left, right):
            return undecided(unsaid(special)), ""
        hypotheses = without_atoms(left, right)
        if not self.claimed:
            hypotheses = chain(hypotheses, tacit(left, right, chance=is_chance(left, right)))
        if said := self._supposing(hypotheses, left, right, reading.given):
            return undecided(unsaid(said)), ""
        if self.restricted:
            return undecided(f'it may be meant for numbers that are "{self.restricted}" only'), ""
        return verdict, ""

    def _free_in(self) -> Iterator[set[str]]:
        """The names in the pair that is decided, for each of its readings."""
        readings, i = self._asked
        for terms in (reading.pair(i) for reading in readings):
            if terms is not None:
                yield {str(s.data[0]) for side in terms for s in side.free}

    def _valued(self, left: Term) -> set[Term]:
        """The symbols that the document gives a number, and those of a side that their section will make arrays of numbers."""
        known, around = self.scope.examples(arrays=True), self.scope.around
        put = {name for name in self.valued_in if any(name not in free for free in self._free_in())}  # in some reading
        arrays = {s for s in left.free if not s.is_scalar and str(s.data[0]) not in known and str(s.data[0]) not in put}
        return self.valued | {s for s in arrays if not self.valued_in.get(str(s.data[0]), set()).isdisjoint(around)}

    def proves(self, left: Term, right: Term) -> bool:
        """Whether two sides are proved to be equal, with the formulas and the numbers of the text put in."""
        self.scope.see(Options(), lambda term: term)
        *_, verdict = self.stepwise(left, right, (), self.scope.elastic)
        return verdict.outcome is Outcome.PROVED

    def holds(self, reading: Reading, left: Term, right: Term) -> bool:
        """Whether two sides that are read like a pair are equal."""
        return self.compare(reading, left, right).outcome in {Outcome.PROVED, Outcome.SUPPORTED}

    def compare(self, reading: Reading, left: Term, right: Term) -> Verdict:
        """What comes of two sides that are read like a pair."""
        self.scope.see(reading.options, reading.show)
        elastic = reading.elastic(self.scope)
        return self.stepwise(left, right, reading.given, elastic, found=True)[2]

    def ask(self, left: Term, right: Term, given: tuple[Term, ...] = ()) -> Verdict:
        """What the engine says of two sides, with no definitions put in."""
        return self._ask(left, right, (*given, *real_domain(left, right)))

    def with_found(self, reading: Reading, table: dict[Term, Term]) -> tuple[Term, Term, Outcome]:
        """The first pair of a reading with the values in it that the text finds, and what comes of it."""
        pair = reading.pair(0)
        assert pair is not None  # only such readings are asked for
        self.scope.see(Options(), reading.show)
        elastic = reading.elastic(self.scope)
        sides = [substitute(side, table) for side in pair]
        left, right, verdict = self.stepwise(sides[0], sides[1], reading.given, elastic, found=True)
        return left, right, verdict.outcome

    def _example_before(self, left: Term, right: Term) -> str:
        """A name of a claim that is the identity, or zero, in another section, where an example takes it so; "" if none."""
        special = (d for d in self.scope.definitions.values() if d.body.head in {"eye", "zeros"} or str(d.body) == "I")
        used = (str(d.symbol) for d in special if not self.scope.is_here(d.section))
        return next((name for name in used if name in {str(s.data[0]) for s in left.free | right.free}), "")

    def _of_other_sizes(self, verdict: Verdict, left: Term, right: Term) -> Verdict:
        r"""A claim that holds for sizes that fit: what was declared `m \times n` is square in `\det(AB) = \det A \det B`."""
        free = (s for s in left.free | right.free if s.data[1].word not in {"Vector", "Dim"})
        square = all(same_shape(s.shape, s.shape[::-1]) for s in free)
        if square and (self.square or (not has_calculus(left) and not has_calculus(right))):
            return dataclasses.replace(verdict, conditions=(*verdict.conditions, "the matrices are square"))
        return undecided(f"{MISFIT}; it would hold for sizes that do")

    def _unheard_of(self, left: Term, right: Term) -> str:
        """Why arrays tell nothing: an entry alone has a formula, one side only has them, or they come from a derivative."""
        arrays = sorted((s for s in right.free if not s.is_scalar and not self._is_declared(s)), key=str)
        single = {key.rpartition("_")[0] for key in self.scope.definitions if re.fullmatch(r".+_[a-z]", key)}
        single |= {name for name, section in self.scope.entry_said.items() if self.scope.is_here(section)}
        for s in sorted((s for s in left.free | right.free if not s.is_scalar), key=str):
            if str(s.data[0]).removesuffix(ALL) in single and s not in self.scope.table():
                return f"the equation for an entry of {str(s.data[0]).removesuffix(ALL)} was not read for all of them"
        if usual := [s for s in arrays if s in left.free and str(s) in _OF_CALCULUS]:
            return f"{listed(usual)} may be a gradient or Hessian, and the text does not say of what"
        if apart := self._untied(left, right):
            return apart
        new = [s for s in arrays if s not in left.free]
        if new and not is_chance(left, right):
            return f"{listed(new)} stands on the right side only, and the text does not say what it is"
        return ""

    @staticmethod
    def _untied(left: Term, right: Term) -> str:
        r"""Why a matrix tells nothing: rows of the same letter stand beside it, and the text was not understood to tie the two.

        `\nabla_w J = X^T (p - y)` for a J that is made of the x_i
        """
        arrays = sorted((s for s in left.free | right.free if not s.is_scalar and s.shape[1] != 1), key=str)
        letters = {s: letter_of_shown(str(s.data[0]).removesuffix(ALL)) for s in arrays}
        families = {letter: s for s, letter in letters.items() if letter.islower()}
        for s, letter in letters.items():
            if letter.isupper() and letter.lower() in families:
                return f"the text does not say that {s} is made of the {str(families[letter.lower()]).removesuffix(ALL)}"
        return ""

    def _lost(self, left: Term, right: Term, printed: tuple[Term, Term]) -> str:
        """Why nothing is known of a matrix that a definition brings in: what the text said of it before has been replaced."""
        here = printed[0].free | printed[1].free
        lost = [s for s in (left.free | right.free) - here if not s.is_scalar and s.data[1].word == "Matrix"]
        lost = [s for s in lost if letter_of_shown(str(s.data[0])).isupper() and self.scope.is_forgotten(str(s.data[0]))]
        return f"the text does not say any more what {listed(lost)} is" if lost else ""

    def lengths_said_here(self, sides: Sequence[Term]) -> frozenset[str]:
        """The sizes of the arrays of a claim; none where its own section does not say of each for certain what it is."""
        arrays = [s for side in sides for s in side.free if not s.is_scalar]
        said = all(any(self.scope.is_here(one.section) for one in self._declarations(s)) for s in arrays)
        return frozenset(str(n) for s in arrays if said for n in s.shape if isinstance(n, Term))

    def _of_one_entry(self, left: Term, right: Term) -> list[Term]:
        """Matrices and vectors that were read as having one entry, as something beside them is a number, and nobody says so."""
        arrays = (s for s in left.free | right.free if s.is_scalar and s.data[1].word in {"Matrix", "Vector"})
        return sorted((s for s in arrays if not self._is_declared(s) and str(s) not in self.scope.single_entries), key=str)

    def _is_declared(self, name: Term) -> bool:
        """Whether the text says for certain what kind of thing a name is."""
        return any(True for _ in self._declarations(name))

    def _declarations(self, name: Term) -> Iterator[Declared]:
        """What the text says for certain of the kind of a name."""
        stated = (self.scope.kinds.get(f"{style}{name}") for style in ("", "bold "))
        return (one for one in stated if one is not None and one.certain)

    def _as_labels(self, left: Term, right: Term, printed: tuple[Term, Term]) -> Verdict | None:
        """The verdict on a claim that holds as labels, compared with a softmax, add up to 1; None for any other."""
        label = self._label(left, right) if self.scope.settings.get("labels") and not self._of_one_entry(*printed) else ""
        said = f"the entries of {label} add up to 1"
        return Verdict(Outcome.PROVED, "supposed", f"it holds, as {said}", conditions=(said,)) if label else None

    def _label(self, left: Term, right: Term) -> str:
        """Labels or probabilities, a column or rows, that have to add up to 1 for a claim to hold; "" if none."""
        for s in sorted(left.free | right.free, key=str):
            word = s.data[1].word
            if word in {"Vector", "Matrix"} and letter_of_shown(str(s.data[0])).lower() in {"y", "t", "p", "q", "pi"}:
                kind = Probability[s.shape[0]] if word == "Vector" else OneHotRows[s.shape]  # each row of a table is one
                table = {s: kind.symbol(s.data[0])}
                sides = [substitute(side, table) for side in (left, right)]
                if self._ask(sides[0], sides[1], ()).outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                    return str(s.data[0]).removesuffix(ALL)
        return ""

    def _of_found_values(self, printed: tuple[Term, Term], given: tuple[Term, ...]) -> str:
        r"""Names with a formula that have to be positive for a claim with a root: `\sqrt{\hat\sigma^2/n} = \hat\sigma/\sqrt n`.

        The signs of their values are those of the data in them, which are what they are; "" where it holds for other reasons.
        """
        rooted = any(t.head == "pow" and t.args[1] is HALF for side in printed for t in subterms(side))
        table = self.scope.table() if rooted else {}
        names = sorted((s for s in printed[0].free & printed[1].free if s.is_scalar and s in table), key=str)
        where = tuple(relation(">", s, ZERO) for s in names)
        holds = bool(names) and self._ask(*printed, (*given, *where)).outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        return f"{listed(names)} {'is' if len(names) == 1 else 'are'} positive" if holds else ""

    def _tacit(self, holds_if: str, left: Term, right: Term) -> str:
        """That a matrix is symmetric of which the text does not even say that it is one: `x^T A x` is written for such."""
        symmetric = set(re.findall(r"(\S+) is symmetric", holds_if))
        names = [s for s in left.free | right.free if str(s) in symmetric and not self._is_declared(s)]
        return f"{listed(names)} is symmetric" if names and not self.claimed else ""

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

    def _supposing(self, hypotheses: Iterable[Hypothesis], left: Term, right: Term, given: tuple[Term, ...]) -> str:
        """The first of some hypotheses with which a claim would hold; "" if none."""
        for said, table in hypotheses:
            sides = [replace(side, table) for side in (left, right, *given)]
            if self._ask(sides[0], sides[1], tuple(sides[2:])).outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return said
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
        r"""A verdict on real numbers: the entries are positive of which a sum takes logarithms or roots."""
        given = (*given, *(one for one in long_enough(left, right) if one not in given))
        verdict = engine.decide_terms(left, right, given, self.timeout)
        for way in (for_taller_ones, where_it_has_a_value):
            verdict = way(verdict, left, right, given, self.timeout)
        if verdict.outcome is not Outcome.REFUTED or self.scope.is_complex:
            return verdict
        between = fractional_entries(left, right)
        if not (table := positive_entries(left, right) | between) or _is_real(verdict):
            return verdict
        sides = substitute(left, table), substitute(right, table), *(substitute(one, table) for one in given)
        again = engine.decide_terms(sides[0], sides[1], sides[2:], self.timeout)
        said = [f"the entries of {listed(table.keys() - between.keys())} are positive"] if table.keys() - between.keys() else []
        said += [f"the entries of {listed(between)} lie between 0 and 1"] if between else []
        return dataclasses.replace(again, conditions=(*again.conditions, *said))

    def _never(self, verdict: Verdict, left: Term, right: Term) -> bool:
        """Whether the two sides differ by one number for all values: then it is no condition either."""
        found = verdict.counterexample if left.is_scalar and left.free else None
        if found is None:
            return False
        try:
            gap = fraction(found.left) - fraction(found.right)
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


def _with_a_body(unknown: Iterable[str], bodies: AbstractSet[str]) -> int:
    r"""How many functions that a reading does not know have a formula; that of h_\theta may be one of h with a label."""
    return sum(name in bodies or name.partition("_")[0] in bodies for name in unknown)


def _is_real(verdict: Verdict) -> bool:
    """Whether both sides are real at the point where they differ."""
    found = verdict.counterexample
    return found is None or "*I" not in f"{found.left}{found.right}"


def _is_about_numbers(sides: tuple[Term, Term], put: tuple[Term, Term]) -> bool:
    r"""Whether a claim that holds for numbers cannot be meant in general: `\det(A - \lambda I) = (3 - \lambda)^2 - 1`.

    One side has only names that are left in both when the numbers are put in, and numbers that no formula for any A has.
    """
    rest, other, *printed = ({str(s) for s in side.free if s.data[1].word != "Dim"} for side in (*put, *sides))
    return bool(rest) and rest == other and any(
        names == rest and any(abs(t.data) not in {0, 1} for t in _coefficients(side))
        for names, side in zip(printed, sides, strict=True)
    )


def _coefficients(side: Term) -> Iterator[Term]:
    """The numbers in a term, but for exponents."""
    if side.head == "num":
        yield side
    for part in side.args[:1] if side.head == "pow" else side.args:
        yield from _coefficients(part)


def _is_laid_out_otherwise(reading: Reading, readings: Iterable[Reading]) -> bool:
    """Whether there is a reading in the other layout of derivatives."""
    layout = reading.options.layout
    return "layout" in reading.choices and any(other.options.layout != layout for other in readings)


def _gap(verdict: Verdict) -> float:
    """How far apart the two sides are, where they are numbers."""
    found = None if verdict.at_values else verdict.counterexample
    try:
        return (
            math.inf
            if found is None
            else abs(
                float(Fraction(str(found.left).split(" ")[0]))
                - float(Fraction(str(found.right).split(" ")[0]))
            )
        )
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.inf


def _guesses(reading: Reading, i: int) -> bool:
    """Whether a pair was read as if something were done with every entry of a vector."""
    return any(ENTRYWISE in doubt for doubt in reading.doubts_of(i))


def whole_claim(left: Term, right: Term, given: Sequence[Term]) -> Term:
    """The sides of a claim with its conditions as one term."""
    return Term("and", (Term("rel", (left, right), "="), *given))


def undecided(why: str, *, asks: bool = False) -> Verdict:
    """Nothing is said of a claim, and why. asks: it may be an equation for unknowns"""
    return Verdict(Outcome.UNDECIDED, "", why, asks=asks)


def unsaid(hypothesis: str) -> str:
    """Why a claim is left undecided that a hypothesis would save; `missed` finds it by these words."""
    return f"it would hold if {hypothesis}, which the text does not say"


def missed(detail: str) -> str:
    """The hypothesis that `unsaid` names in what is said of a claim, or ""."""
    found = _UNSAID.search(detail)
    return found[1] if found else ""


_UNSAID = re.compile(unsaid("(.+)"))


_RANK = {
    Outcome.PROVED: 0,
    Outcome.SUPPORTED: 1,
    Outcome.UNDECIDED: 2,
    Outcome.MALFORMED: 3,
    Outcome.REFUTED: 4,
    Outcome.UNREAD: 5,
}


def _is_worked_out(reading: Reading, left: Term, right: Term) -> bool:
    r"""`E[N] = \lambda^2` of a Poisson variable with the parameter \lambda: it says nothing of \lambda, unlike `E[N] = 6`."""
    return left in reading.worked and right not in reading.worked and bool(right.free) and right.free <= left.free


def _truncated(verdict: Verdict, left: Term, right: Term) -> bool:
    """Whether a printed decimal differs from the value by less than one unit of its last place."""
    printed = next((side for side in (right, left) if is_printed(side)), None)
    found = None if verdict.at_values else verdict.counterexample
    if printed is None or found is None:
        return False
    try:
        values = [fraction(v) for v in (found.left, found.right)]
    except (ValueError, ZeroDivisionError):
        return False
    mantissa, _, exponent = str(as_printed(printed)).partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    value, shown = values if printed is right else values[::-1]
    return 0 <= (value - shown) * (1 if value >= 0 else -1) < Fraction(10) ** -places
