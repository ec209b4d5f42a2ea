"""What a pair of sides comes to: a claim that is weighed, a meaning of a name, or a condition on names.

Readings come from `calcds.document.readings`, the verdict from `verdicts`; `rows` writes what is said of it.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from calcds.decide.looking import as_printed
from calcds.decide.rounding import is_computed_from_rounded
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.adjoints import Adjoints
from calcds.document.following.extremal import RESTRICTS
from calcds.document.following.lawful import Lawful
from calcds.document.following.multiples import restated
from calcds.document.following.numbering import Numbering
from calcds.document.following.paths import Paths
from calcds.document.following.signals import DEFINES
from calcds.document.following.solved import differentiated, solution_of, solving
from calcds.document.following.solving import is_recursion, says_found
from calcds.document.following.stationary import BOUNDED
from calcds.document.following.stepping import Stepping
from calcds.document.pieces import Piece
from calcds.document.reading.calculus import DEPENDS
from calcds.document.reading.chains import MISSHAPEN, Reading, Readings, read_chain
from calcds.document.reading.sequences import Taken
from calcds.document.reading.shown import NO_PATTERN, shown_in
from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import has_arrays, has_names, letter_of, named, names_in, opened, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement
from calcds.document.verdicts import LATELY, MEANT, NO_DIGITS, Verdicts, is_meant
from calcds.document.weighing import by_found, by_rounded, misshapen, resting
from calcds.document.weighing.deciding import FOR_NUMBERS, undecided
from calcds.document.words import prose
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.heads import head_of, key_of, numbered
from calcds.document.words.judge import HARD
from calcds.document.words.notes import Pending
from calcds.document.words.restricting import CONDITION
from calcds.document.words.supposing import is_qualified
from calcds.expr.term import Term, subterms

SETTLED = {Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED}
_INSTANCE = re.compile(r"\b(?:consider|examples?|for instance|e\.g\.|take|suppose|let|now|say)\b", re.IGNORECASE)
_SECOND = "it differs from the equation for this name before it: a new meaning, or a mistake?"


class Claims(Verdicts, Stepping, Lawful, Numbering):
    """The part of a checker that says what the pairs of a chain come to."""

    abbreviations: Abbreviations
    adjoints: Adjoints

    def _stands_for_others(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread], weak: str,
                           pending: Pending) -> bool:  # fmt: skip
        """Decide a pair that is about each of some names, or about what an equation gives; whether it is such a pair."""
        if self._numbered(piece, statement, i, nodes, weak, pending):
            return True
        if self._of_paths(piece, statement.sides, i, nodes, weak, pending):
            return True
        left, right = statement.sides[i : i + 2]
        exact = right.relation == "=" and "%" not in self.document.text[left.at : right.end]  # `5 \pm 0.2 = 5 \pm 4\%`
        if exact and (pair := self.following.both_signs(nodes[i : i + 2])) is not None:
            readings = Readings(self._readings(pair, [True], statement, pending))
            self._pair(piece, (left, right), 0, readings, weak, pair, pending)
            return True
        return not weak and self._differentiates_a_solution(piece, statement, i, nodes, pending)

    def _numbered(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread], weak: str,
                  pending: Pending) -> bool:  # fmt: skip
        """Decide a pair that stands for a line about each of some numbered names; whether it is one."""
        left, right = statement.sides[i : i + 2]
        found = self.by_numbers(nodes[i : i + 2], right.relation, statement, weak, pending)
        if found is None:
            return False
        verdict, terms = found
        self._row(piece, left, right, verdict.outcome, verdict.detail, stage=verdict.stage, terms=terms, verdict=verdict,
                  given=kinds_in(terms), expect=pending.expects(self.equality))  # fmt: skip
        return True

    def _of_paths(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], weak: str,
                  pending: Pending) -> bool:  # fmt: skip
        """Decide a pair with derivatives of matrices that depend on a number; whether it is one."""
        paths = Paths(self.scope, self.decider, self.following.unspecified.heard)
        found = paths.verdict(nodes[i : i + 2], sides[i].at) if sides[i + 1].relation == "=" else None
        if found is not None:
            self._told_row(piece, sides, i, found, weak, pending)
        return found is not None

    def _pair(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, weak: str,
              nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        """The row of a pair: it follows from others, or has no reading, or claims nothing, or is weighed."""
        left, right = sides[i], sides[i + 1]
        if self._before_it_is_read(piece, sides, i, nodes, weak, pending):
            return
        read = readings.of(i)
        if i == 0 and self._has_recursion(nodes[0]):
            readings.complete()  # before this pair gives a name a meaning that it has not yet in the rest of the chain
        if not read:
            if right.relation != "=" or not self._of_signals(piece, sides, i, nodes, weak, pending, surely=False):
                self._without_reading(piece, sides, i, readings, nodes, weak, pending)
            return
        if (meaning := self._meaning(nodes, i, read, left.at, right.at, may_name=not weak and i + 2 == len(sides))) is not None:
            again = self.following.signals.again(*nodes[:2]) if right.relation == "=" and i == 0 else None
            if again is None:
                self._taken(piece, sides, i, meaning)
            else:
                self._told_row(piece, sides, i, again, weak, pending)
            return
        loose = right.relation == "~" and not read[0].up_to(i) and not any(_has_decimals(one.sides[i + 1]) for one in read)
        if loose and not any(
            is_computed_from_rounded(one.sides[i + 1]) or self._weighed(one, i, by_rounded.truncated) for one in read
        ):
            self._without_digits(piece, sides[i : i + 2], nodes[i : i + 2], weak, pending)
            return
        weak = "an exclamation mark asks for it" if right.relation == "ask" else weak
        self._claim_of(piece, sides, i, readings, weak, nodes, pending, read=read, loose=loose)

    def _before_it_is_read(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], weak: str,
                           pending: Pending) -> bool:  # fmt: skip
        """Decide an update, a claim about signals, or what follows from equations before it; whether it is one of these."""
        left, right = sides[i], sides[i + 1]
        if right.relation == "update":
            self._row(piece, left, right, Outcome.UNDECIDED, "an update", role="definition")
            return True
        if right.relation in {"=", ":="} and self._of_signals(piece, sides, i, nodes, weak, pending, surely=True):
            return True
        if right.relation == "=" and (found := self._follows(piece, sides, nodes, i, pending, weak)) is not None:
            expected = pending.expects(self.equality)
            self._row(piece, left, right, found.outcome, found.detail, stage=found.stage, verdict=found, expect=expected)
            return True
        return False

    def _claim_of(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, weak: str,
                  nodes: Sequence[Node | Unread], pending: Pending, *, read: Readings, loose: bool) -> None:  # fmt: skip
        """Weigh a pair that was read, and say what it comes to: a verdict, or a new meaning of its left side."""
        begin = time.perf_counter()
        expected = self._weigh(nodes[i : i + 2], pending)
        self._listen(piece)
        verdict, reading, note = self._verdict(piece, sides, i, nodes, read, weak, pending, loose=loose)
        if verdict.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
            readings.complete()  # as above; what holds gives no name a meaning, and most lines hold as they are read first
        open_ = verdict.outcome is Outcome.UNDECIDED
        if open_ and sides[i + 1].relation == "=" and self._of_signals(piece, sides, i, nodes, weak, pending, surely=False):
            return
        if open_ and reading.options.depend and not expected and (
            (self._is_about_one(reading, i) and self._of_slopes(piece, sides, i, nodes, weak, pending))
            or self._is_lost(piece, sides, i, readings, nodes)
        ):
            return
        terms = _terms(reading, i)
        verdict, reading, note = self._as_it_was_read(verdict, reading, note, read, i, weak)
        known = verdict.outcome is not Outcome.UNDECIDED
        by_numbers = None if weak or known else self._weighed(reading, i, by_found.agreement)  # before a name loses its formula
        approximate = sides[i + 1].relation == "~" and read[0].up_to(i)  # it gives no name a meaning
        free = verdict.stage != "members" and not approximate and not expected
        passed = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        passed = passed or verdict.detail == FOR_NUMBERS  # what the formula of the name is for the numbers of an example
        if not passed and free and self._is_rebound(piece, sides, i, nodes, verdict, reading, weak=bool(weak), note=note):
            self.confirming.support(len(self.rows) - 1, by_numbers)
            return
        if open_ and free and sides[i + 1].relation in {"=", ":="}:
            self.definer.doubt_the_whole(nodes[i])
        self._claim_row(piece, sides, i, nodes, verdict, reading, terms, note=note, expected=expected, begin=begin)
        self.confirming.support(len(self.rows) - 1, by_numbers)
        if sides[i + 1].relation in {"=", ":="} and not expected and not reading.doubts_of(i):
            self.confirming.equation(len(self.rows) - 1, terms, piece.segment, sides[i].at, sides[i + 1].end)

    def _is_about_one(self, reading: Reading, i: int) -> bool:
        """Whether an unknown function stands on one side only of a pair, which can be no rule for all functions then."""
        sides = [self.scope.expand(side) for side in reading.pair(i) or ()]
        unknown = [{t.data.name for t in subterms(side) if t.head == "apply" and t.data.body is None} for side in sides]
        return len(unknown) == 2 and unknown[0].isdisjoint(unknown[1])

    def _is_lost(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a pair was read with a guess of what depends on what, and without it not at all; a row says why not."""
        lost = next((r.why(i) for r in readings if r.pair(i) is None), None) if _has_one_derivative(nodes) else None
        if lost is None:
            return False
        advice = getattr(lost, "advice", "")
        self._row(piece, sides[i], sides[i + 1], Outcome.UNREAD, lost.why, at=lost.at, advice=advice)
        return True

    def _as_it_was_read(self, verdict: Verdict, reading: Reading, note: str, read: Readings, i: int,
                        weak: str) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """A verdict in the layout of its section, with a word on what was read in an unusual way."""
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            verdict, reading, note = self._laid_out(verdict, reading, note, read, i, weak)
        if reading.read_as and verdict.outcome is not Outcome.UNDECIDED:
            verdict = replace(verdict, detail="; ".join(filter(None, (verdict.detail, *reading.read_as))))
        return verdict, reading, note

    def _claim_row(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], verdict: Verdict,
                   reading: Reading, terms: tuple[Term, Term], *, note: str, expected: bool, begin: float) -> None:  # fmt: skip
        """The row of a claim, or of a condition on its names, which waits for what is found for them."""
        left, right, role = sides[i], sides[i + 1], "claim"
        if note and verdict.outcome is Outcome.UNDECIDED:
            verdict, role = self._restated(piece, reading, i) or (verdict, "definition")
            self._ask_for(nodes[i : i + 2], left.at)
            if len(sides) == 2 and prose.STATED.search(piece.segment.before):
                self.supposed.state(nodes, self.scope.section)
        elif verdict.outcome is Outcome.UNDECIDED and right.relation == "=" and not reading.doubts_of(i):
            self._wait(nodes[i : i + 2], left.at, certain=False)
        self._row(
            piece, left, right, verdict.outcome, verdict.detail, role=role, stage=verdict.stage, terms=terms, verdict=verdict,
            given=kinds_in(terms), seconds=time.perf_counter() - begin, expect=expected,
            corrected=self.decider.evidence.corrected if verdict.outcome is Outcome.REFUTED else None,
            advice=reading.advice if verdict.outcome is Outcome.UNDECIDED else "",
        )  # fmt: skip

    def _of_signals(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], weak: str,
                    pending: Pending, *, surely: bool) -> bool:  # fmt: skip
        """Decide a claim about signals, or take what it says of them; whether it is one."""
        found = self.following.signals.verdict(nodes[i], nodes[i + 1], first=i == 0, surely=surely)
        if found is None or (not surely and found.outcome is Outcome.UNDECIDED):
            return False
        self._told_row(piece, sides, i, found, weak, pending)
        return True

    def _told_row(self, piece: Piece, sides: Sequence[Side], i: int, found: Verdict, weak: str, pending: Pending) -> None:
        """The row of a pair of which signals or paths of matrices tell something; a hedged one is not called wrong."""
        expected = pending.expects(self.equality)
        if found.outcome is Outcome.REFUTED and not expected and (weak or self.restrictions.hedge()):
            found = undecided(weak or "it may not be claimed, or not exactly, as the words around it say")
        role = "definition" if found.detail == DEFINES else "claim"
        self._row(piece, sides[i], sides[i + 1], found.outcome, found.detail, role=role, stage=found.stage, verdict=found,
                  expect=expected)  # fmt: skip

    def _without_digits(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], weak: str,
                        pending: Pending) -> None:  # fmt: skip
        r"""An approximation by no decimal, unless the letters are numbers here, and vectors elsewhere: `x_2 \approx 1.785`."""
        found = None if any(map(has_arrays, nodes)) else read_chain(nodes, [True], self.scope, Options(numbers=True))
        if found is not None and found.pair(0) is not None and _has_decimals(found.sides[1]):
            self._pair(piece, sides, 0, Readings([found]), weak, nodes, pending)
        else:
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, NO_DIGITS)

    def _follows(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], i: int, pending: Pending,
                 weak: str) -> Verdict | None:  # fmt: skip
        """The verdict on a slope of a curve, an inverse function, a function of a law or any function, or a least value."""
        statement = piece.statement_of(sides[i])
        words = self.words_around(piece)
        told = None if statement is None else self.told_by_law(nodes[i : i + 2], statement, pending, words)
        pair = nodes[i : i + 2]
        found = told or self.following.slope(nodes, i, self._sentence(piece)) or self.following.inverse(*pair)
        found = found or self.following.remainder(pair, words) or self.following.characteristic(pair, self._sentence(piece))
        found = found or self.following.extremum(pair[0], pair[1], lambda: self._is_free(piece, pair))
        generic = self.following.unspecified.verdict(pair, sides[i].at) if found is None else None
        asked = generic is not None and generic.outcome is Outcome.REFUTED and weak.partition("asks for it: ")[2] in {"", *HARD}
        return found if generic is None or (asked and weak) else generic

    def _is_free(self, piece: Piece, nodes: Sequence[Node | Unread]) -> bool:
        """Whether nothing in the text is known to restrict the names of a claim."""
        names = {letter_of(n.base) for node in nodes if isinstance(node, Node) for n in names_in(node)}
        at, end = piece.segment.at, piece.segment.at + len(piece.segment.text)
        printed = prose.CASES.sub("", self.document.text[at:end])  # cases print their own orders
        around = f"{self.document.text[max(0, at - LATELY) : at]}{printed}{self.document.text[end : end + LATELY // 8]}"
        beside = any(id(s) in self.beside.conditions for s in piece.statements) or is_qualified(piece.segment.after)
        said = self.restrictions.hedge() or self.restrictions.restriction(names) or RESTRICTS.search(self._sentence(piece))
        return not (beside or said or BOUNDED.search(around) or self.supposed.reach(nodes, self.scope.around))

    def _restated(self, piece: Piece, reading: Reading, i: int) -> tuple[Verdict, str] | None:
        """The verdict on a condition that follows from others of its section, and its role; None for any other."""
        terms = reading.pair(i)
        if terms is None or reading.doubts_of(i):
            return None
        here = [e for e in self.solutions.certain if self.scope.is_here(e.section)]
        found = restated(terms, here, self._sentence(piece), reading.elastic(self.scope), self.decider)
        return None if found is None else (found, "claim")

    def _ask_for(self, nodes: Sequence[Node | Unread], at: int) -> None:
        """An equation is a condition on its names."""
        self._wait(nodes, at)
        self.supposed.tie(nodes, self.scope.section)

    def _meaning(self, nodes: Sequence[Node | Unread], i: int, read: Readings, at: int, behind: int, *,
                 may_name: bool) -> Taken | None:  # fmt: skip
        """What a pair says of a name, where it claims nothing: its right side names the left one, or repeats what it is."""
        may_name = may_name and not self.abbreviations.knows(nodes[i + 1])
        if may_name and (found := self.definer.names_right(nodes[i + 1], read[0], i, behind)):
            return found
        if i == 0 and (again := self.definer.repeats(nodes[0], read[0], 0)) is not None:
            return again
        return self._recursion_solved(nodes[:2], at) if i == 0 else None

    def _without_reading(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, nodes: Sequence[Node | Unread],
                         weak: str, pending: Pending) -> None:  # fmt: skip
        """A row for a pair that no reading makes sense of."""
        why = readings[0].why(i)
        if any(r.why(i).why == NO_PATTERN for r in readings) and self._entries(piece, sides, i, nodes, pending):
            return
        if is_meant(pending, i):
            self._row(piece, sides[i], sides[i + 1], Outcome.UNDECIDED, f"{MEANT}: {why.why}", role="definition")
            return
        if i == 0 and (anew := self.definer.another(nodes[0], nodes[1], sides[i].at)) is not None:
            self._taken(piece, sides, 0, anew)
            return
        if any(r.why(i).why.endswith(DEPENDS) for r in readings) and self._of_slopes(piece, sides, i, nodes, weak, pending):
            return
        self._unread(piece, sides, i, nodes, pending, why, weak=bool(weak))

    def _of_slopes(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], weak: str,
                   pending: Pending) -> bool:  # fmt: skip
        """Take or decide a pair with names for derivatives of what has no formula; whether it can be read with them."""
        renamed, statement = self.adjoints.named(nodes[i : i + 2]), piece.statement_of(sides[i])
        if renamed is None or statement is None:
            return False
        left, right = renamed
        if self.adjoints.is_open(left):
            if i or not isinstance(left, Node) or not isinstance(right, Node) or self.adjoints.leads(left, right):
                return False
            found = self.definer.define(left, right, sides[0].at, local=False)
            if found is None or found.outcome is Outcome.UNREAD:
                return False
            self._taken(piece, sides, 0, found)
            return True
        readings = Readings(self._readings(renamed, [True], statement, pending))
        if not readings.of(0):
            return False
        self._pair(piece, sides[i : i + 2], 0, readings, weak, renamed, pending)
        return True

    def _differentiates_a_solution(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread],
                                   pending: Pending) -> bool:  # fmt: skip
        """Decide a derivative of what a linear equation of the section gives; whether it is one, and holds or is wrong."""
        sides, pair = statement.sides, nodes[i : i + 2]
        for key in differentiated(pair, self.scope) if sides[i + 1].relation in {"=", ":="} else ():
            base = key.partition("_")[0]
            equations = [e for e in self.solutions.certain if base in e.keys and self.scope.is_here(e.section)]
            solved = ((e.line, solution_of(e, key)) for e in equations[: -1 - resting.MOST : -1])
            found = next(((line, one) for line, one in solved if one is not None), None)
            if found is None:
                continue
            with solving(self.scope, key, found[1]):
                expected = self._weigh(pair, pending)
                read = Readings(self._readings(pair, [True], statement, pending)).of(0)
                if not read or read[0].options.depend:
                    continue
                verdict, reading, _ = self.decider.decide(read, 0, "", pending.tolerance)
                terms = reading.pair(0)
            said_there = terms is not None and terms[1].free <= found[1].body.free | {found[1].symbol}
            if verdict.outcome in (SETTLED if said_there else SETTLED - {Outcome.REFUTED}) and terms is not None:
                line, _ = found
                said = f"{shown(key)} is what solves the equation of line {line}: {verdict.detail}"
                self._row(piece, sides[i], sides[i + 1], verdict.outcome, said, stage=verdict.stage, terms=terms,
                          verdict=verdict, given=kinds_in(terms), expect=expected)  # fmt: skip
                return True
        return False

    def _unread(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending,
                why: Unread, *, weak: bool) -> None:  # fmt: skip
        """A pair that was not read: its parts do not fit, where they would with a transpose in another place."""
        turned = (misshapen.variants, piece, sides, i, nodes, pending)
        misfit = why.why.startswith(MISSHAPEN) and not weak and self._would_hold(*turned)
        said = f"{why.why}; with a transpose in another place it holds" if misfit else why.why
        self._row(piece, sides[i], sides[i + 1], Outcome.MALFORMED if misfit else Outcome.UNREAD, said, at=why.at,
                  stage="shapes" if misfit else "", expect=misfit and pending.expects(self.equality),
                  advice=getattr(why, "advice", ""))  # fmt: skip

    def _entries(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Compare the entries that are printed of a matrix with dots; whether one of them is wrong, and a row says so."""
        statement = piece.statement_of(sides[i])
        if statement is None:
            return False  # a place was taken off it
        pair = nodes[i : i + 2]
        for k, (side, other) in enumerate((pair, pair[::-1])):
            found = shown_in(side) if isinstance(side, Node) else None
            if found is None or not isinstance(other, Node) or shown_in(other) is not None:
                continue
            if found.middle and not pending.expects(self.equality):
                return False  # which entries these are depends on a name
            for one in found.entries:
                entries = [one.node, one.of(other, column=found.column)][:: 1 if k == 0 else -1]
                read = Readings(self._readings(entries, [True], statement, pending)).of(0)
                if not read:
                    continue
                expected = self._weigh(entries, pending)
                verdict, reading, _ = self.decider.decide(read, 0, "", pending.tolerance)
                if verdict.outcome is Outcome.REFUTED and verdict.counterexample is not None:
                    place = f"row {one.row}" if found.column else f"row {one.row}, column {one.column}"
                    terms = reading.pair(0)
                    assert terms is not None  # only such readings are decided
                    said = f"the entry in {place} is another: {verdict.detail}"
                    self._row(piece, sides[i], sides[i + 1], verdict.outcome, said, stage=verdict.stage,
                              terms=terms, verdict=verdict, given=kinds_in(terms), expect=expected,
                              corrected=self.decider.evidence.corrected)  # fmt: skip
                    return True
        return False

    def _is_rebound(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], verdict: Verdict,
                    reading: Reading, *, weak: bool, note: str) -> bool:  # fmt: skip
        """Whether an equation that is no true claim gives its left side a new meaning, which is then taken."""
        node, body = nodes[i : i + 2]
        if not self.definer.rebinds(node, body):
            return False
        assert isinstance(node, Node)
        assert isinstance(body, Node)  # only names are rebound, to formulas
        if not weak and verdict.outcome is Outcome.REFUTED and self._is_misprinted_form(piece, node, reading.pair(i)):
            return False
        gives = bool(prose.GIVES.search(piece.segment.before)) or self._is_next(piece, node)
        known = self.definer.is_known_here(node)
        wrong = verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} or self.decider.evidence.far
        wrong = wrong or self._is_example(body, reading.pair(i)) or self._is_instance(piece, node, reading.pair(i))
        wrong = wrong or (bool(note) and not weak and self.definer.is_of_a_section_around(node, body))
        if wrong or (head_of(node) is not None and not weak) or (weak and gives):
            taken = self.definer.define(node, body, sides[i].at, local=False)
            if taken is not None and reading.assumed and not gives:
                self.definer.doubt(node)
            if taken is not None:
                found = says_found(piece.segment.before)
                again = self._settled(taken, nodes[i : i + 2], sides[i].at, found=found)
                if again is taken and known and not gives:
                    again = self.following.taken(nodes[i : i + 2], taken, "", sides[i].at)
                if again is taken and known and not gives:
                    again = replace(taken, outcome=Outcome.UNDECIDED, detail=_SECOND, asks=False)
                self._taken(piece, sides, i, again)
                return True
        worked_out = sides[i + 1].relation == "~" or (not weak and opened(body).kind not in {"NUMBER", "SIGN"})
        if worked_out and (terms := reading.pair(i)) is not None and terms[1].is_scalar and not terms[1].free:
            return False  # what a formula comes to in an example: `z_1 = 0.2 \cdot 1 + 0.1 = 0.3`
        listed = (statement := piece.statement_of(sides[i])) is not None and id(statement) in self.beside.listed
        derived = i > 0 and isinstance(nodes[0], Node) and any(True for _ in quotients(nodes[0]))
        if (weak or listed or derived) and head_of(node) is None and not has_names(body):
            return False  # "For $p = (0.2, 0.8)$ we have": a place, at which the formula of p has this value
        if CONDITION.search(self.restrictions.own()) and (terms := reading.pair(i)) is not None:
            self.definer.specialise(node, terms[1])
        if not self.definer.is_by_entries(node) and self.definer.forget(node):
            self.definer.doubt(node)
        return False

    def _is_misprinted_form(self, piece: Piece, node: Node, terms: tuple[Term, Term] | None) -> bool:
        """Whether the words promise another form of what this section says of a name, and a small change would make it one.

        One with other names may be a special case.
        """
        evidence = self.decider.evidence
        if terms is None or not evidence.is_slip or prose.PROMISES_FORM.search(piece.segment.before) is None:
            return False
        same = evidence.corrected is not None and evidence.corrected.free == terms[1].free
        return same and self.definer.is_known_here(node)

    def _is_next(self, piece: Piece, node: Node) -> bool:
        """Whether the words in front of a formula begin the next example of a function: then it is no other form of the last.

        In a list of forms nothing stands behind each of them; in one of examples the derivatives do.
        """
        if head_of(node) is None:
            return False
        said = prose.NEXT.search(piece.segment.before)
        alone = not piece.segment.after.strip(" \t\n$\\.,;") or prose.BREAK.match(piece.segment.after.lstrip(" \t$\\).,;"))
        return said is not None and (said["item"] is None or not alone)

    def _is_instance(self, piece: Piece, node: Node, terms: tuple[Term, Term] | None) -> bool:
        r"""Whether an example takes a function where there was any: "$z = f(x, y)$ ... Consider $z = \sin(xy)$"."""
        known = self.scope.definition(key_of(node) or "", old=False)
        if known is None or terms is None or not _INSTANCE.search(self._sentence(piece)):
            return False
        general = known.body.head == "apply" and known.body.data.body is None and all(t.head == "sym" for t in known.body.args)
        return general and not any(t.head == "apply" and t.data.body is None for t in subterms(terms[1]))

    def _is_example(self, body: Node, terms: tuple[Term, Term] | None) -> bool:
        """Whether a matrix that has a formula, or a name of which the size is left open, gets numbers: an example."""
        if terms is None or has_names(body) or terms[1].is_scalar or terms[1].free or terms[0].head != "sym":
            return False
        general = self.scope.expand(terms[0])
        if 1 not in terms[1].shape and general is not terms[0] and general.free:
            return True  # a matrix of numbers is no place at which a formula is looked at
        return any(isinstance(n, Term) and n.free for n in terms[0].shape)

    def _settled(self, taken: Taken, nodes: Sequence[Node | Unread], at: int, *, found: bool) -> Taken:
        """What a definition comes to where it is the value that an equation before it asks for."""
        node, body = nodes
        if taken.value is None or not isinstance(node, Node) or not isinstance(body, Node):
            return taken
        if is_recursion(node, body) or (numbered(node) is not None and not taken.value.free):
            self._wait(nodes, at)
            return taken
        head = head_of(node)
        key = head[0] if head else key_of(node)
        if key is None or not found:
            return taken
        name = None if taken.value.free or head else self.definer.symbol_of(key)
        symbol = name if isinstance(name, Term) else None
        known = self.solutions.verdict(key, symbol, taken.value, self.decider.with_found)
        if known is None or (known[0] is Outcome.REFUTED and taken.guessed):
            return taken
        outcome, line = known
        known_as = symbol if symbol is not None else self.definer.symbol_of(key)
        if outcome is Outcome.REFUTED and isinstance(known_as, Term) and known_as.head == "sym" and not self.solutions.is_close(
            key, known_as, taken.value, self.decider.with_found
        ):
            return taken  # another equation may be meant
        says = "it satisfies" if outcome is Outcome.PROVED else "it does not satisfy"
        return replace(taken, outcome=outcome, detail=f"{says} the equation of line {line}", stage="solution")

    def _has_recursion(self, node: Node | Unread) -> bool:
        """Whether the section says a sequence by a recursion."""
        name = named(node) if isinstance(node, Node) else None
        return name is not None and self.solutions.has_recursion(labelled(name)[0])

    def _recursion_solved(self, nodes: Sequence[Node | Unread], at: int) -> Taken | None:
        """A formula for a sequence that the section says by a recursion; None where it is no such formula."""
        node, body = nodes
        if not isinstance(node, Node) or not isinstance(body, Node) or not self._has_recursion(node):
            return None
        with self.definer.trying(node, body, at) as taken:
            settled = None if taken is None else self._settled(taken, nodes, at, found=True)
        if settled is taken or settled is None:
            return None
        if settled.outcome is Outcome.PROVED:
            self.definer.define(node, body, at, local=False)
        return settled

    def _wait(self, nodes: Sequence[Node | Unread], at: int, *, certain: bool = True) -> None:
        """An equation waits for the value that it asks for, or may ask for."""
        trees = [n for n in nodes if isinstance(n, Node)]
        if len(trees) == len(nodes):
            self.solutions.wait(
                trees, self.document.place(at)[0], lambda: read_chain(trees, [True], self.scope, Options()),
                certain=certain,
            )

def _has_one_derivative(nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a chain does not say what depends on what, having one derivative only: `\frac{dE}{dw} = 2w`."""
    found = [q for node in nodes if isinstance(node, Node) for q in quotients(node)]
    return len({(full_key(top), full_key(bottom)) for top, bottom in found}) <= 1


def _has_decimals(side: Term | Unread) -> bool:
    """Whether digits are printed to which a value is rounded."""
    if not isinstance(side, Term):
        return False
    entries = side.args if side.head == "matrix" else (side,)
    return all(t.head == "num" or as_printed(t) is not None for t in entries)


def _terms(reading: Reading, i: int) -> tuple[Term, Term]:
    """The sides of a pair that was decided, as terms."""
    terms = reading.pair(i)
    assert terms is not None  # only such readings are decided
    return terms


def kinds_in(terms: tuple[Term, Term]) -> tuple[str, ...]:
    """What the names of a claim are, but for real numbers and sizes."""
    free = sorted(terms[0].free | terms[1].free, key=str)
    return tuple(f"{s}: {s.data[1]}" for s in free if s.data[1].word not in {"Real", "Dim"})
