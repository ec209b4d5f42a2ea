"""What a pair of sides comes to: its readings, the verdict on them, and the row that says so.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product

from calcds.decide.looking import as_printed
from calcds.decide.rounding import is_computed_from_rounded
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.finding import Finding
from calcds.document.following.confirming import Confirming
from calcds.document.following.extremal import RESTRICTS
from calcds.document.following.following import Following
from calcds.document.following.lawful import Lawful
from calcds.document.following.multiples import restated
from calcds.document.following.numbering import Numbering
from calcds.document.following.signals import DEFINES
from calcds.document.following.solved import differentiated, solution_of, solving
from calcds.document.following.solving import Solutions, is_recursion, says_found
from calcds.document.following.stationary import BOUNDED
from calcds.document.following.stepping import Stepping
from calcds.document.pieces import Piece, around
from calcds.document.reading.binding import summed_silently
from calcds.document.reading.chains import MISSHAPEN, Reading, Readings, alternatives, read_chain
from calcds.document.reading.defining import Definer
from calcds.document.reading.remainders import Remainder
from calcds.document.reading.sequences import Taken
from calcds.document.reading.shown import NO_PATTERN, shown_in
from calcds.document.reading.symbols import OTHER_RANGE
from calcds.document.source.differentials import quotients, under_nabla
from calcds.document.source.extract import Document
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import has_arrays, letter_of, named, names_in, opened, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement
from calcds.document.weighing import by_found, by_rounded, meant, misshapen, resting
from calcds.document.weighing.coarse import is_coarse, is_namesake
from calcds.document.weighing.deciding import Decider, undecided
from calcds.document.weighing.evidence import is_polynomial
from calcds.document.weighing.expansions import as_expansion, is_generic, ways_up_to
from calcds.document.weighing.layouts import Layouts
from calcds.document.weighing.repair import tidy
from calcds.document.words import prose
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.heads import head_of, key_of, numbered
from calcds.document.words.judge import HARD, has_calculus
from calcds.document.words.notes import Orders, Pending
from calcds.document.words.restricting import CONDITION, Restrictions
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside
from calcds.document.words.shapes import ENTRYWISE
from calcds.document.words.supposing import Suppositions, is_qualified, keys_in
from calcds.document.words.surroundings import Surroundings
from calcds.document.words.unclaimed import (
    restricted_from_afar,
    restricted_sign,
    why_no_signals,
    why_unclaimed,
)
from calcds.document.words.units import speaks_of_percent, unit_behind
from calcds.errors import CalcdsError
from calcds.expr.latex import latex
from calcds.expr.term import Term, number

_RELATIONS = (": satisfies", ": satisfy", ": satisfying")  # what is said of members that a recursion gives is claimed
SETTLED = {Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED}
LATELY = 1_500  # characters
_NO_DIGITS = "an approximation without digits to which it was rounded"
_MEANT = "an annotation says that it is a definition or a condition"
MEANT = f"{_MEANT}; it was not read"
_SECOND = "it differs from the equation for this name before it: a new meaning, or a mistake?"


class Claims(Stepping, Lawful, Numbering):
    """The part of a checker that decides the pairs of a chain, and writes rows."""

    document: Document
    scope: Scope
    rows: list[Finding]
    decider: Decider
    definer: Definer
    beside: Beside
    supposed: Suppositions
    restrictions: Restrictions
    surroundings: Surroundings
    solutions: Solutions
    confirming: Confirming
    following: Following
    layouts: Layouts
    abbreviations: Abbreviations
    equality: int
    orders: Orders
    far: bool

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first; the last ones only where some pair was not read in any other."""
        beside = (*self.beside.conditions.get(id(statement), ()), *pending.where, *self._assumed(nodes))
        behind = self.scope.behind(keys_in(nodes))
        beside += tuple(o for o in self.supposed.orders_of(nodes, self.scope.around, behind) if o not in beside)
        explained = self.beside.explained.get(id(statement), ())

        same = len(nodes) == len(statement.sides)  # they are no entries of its sides
        relations = [side.relation for side in statement.sides] if same else ["="] * len(nodes)
        for sides, up_to in ways_up_to(nodes, relations, far=self.far):
            yield from self._readings_up_to(sides, up_to, linked, beside, explained)

    def _readings_up_to(self, nodes: Sequence[Node | Unread], up_to: Sequence[Remainder | None], linked: Sequence[bool],
                        beside: Sequence[Node], explained: Sequence[Node]) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain of which the sides agree up to some powers."""
        found: list[Reading] = []

        def made(options: Options, more: Sequence[Node] = ()) -> Reading:
            conditions = (*beside, *more)
            found.append(read_chain(nodes, linked, self.scope, options, conditions=conditions, remainders=up_to))
            return found[-1]

        older = self.definer.older(nodes)  # before what this chain defines
        for options in (Options(), *older):
            if up_to and options.old and is_generic(found[0]):
                continue  # an expansion of any function is about no function of another section
            yield (other := made(options))
            yield from map(made, alternatives(other))
        if explained:
            yield made(Options(), explained)
        if not _reads(found, linked):
            yield made(Options(sure=True))
        if not _reads(found, linked):
            yield made(Options(kinds=False, evidence=False))
        if not _reads(found, linked):
            yield made(Options(old=True, kept=True))
        now = [one for one in found if not one.options.former]
        settled = _reads(now, linked) and (_reads(found, linked, sure=True) or self._defines_arrays(nodes))
        if not settled and (not any(map(has_arrays, nodes)) or self._of_several_numbers(nodes)):
            yield (plain := made(Options(numbers=True)))
            if plain.unknown and any(options.old for options in older):
                yield made(Options(numbers=True, old=True))  # a function of another section
        if not _reads(found, linked):
            yield made(Options(sizes=False))
        if not _reads(found, linked) and (written := self.iterations.written_out(nodes, self.scope.around)) is not None:
            nodes = written
            yield made(Options())
            return
        chains = [nodes]
        if (full := self.abbreviations.written_out(nodes, self.scope.bolds)) is not None:
            chains.append(full)
            nodes = full
            yield from (made(replace(options, depend="section")) for options in (Options(old=True), Options()))
        for chain in chains if any("depend" in r.choices for r in found) else ():
            nodes, any_read = chain, _reads(found, linked)  # `made` reads them
            for options, where in product((Options(), *(older or [Options(old=True)])), ("section", "chain")):
                if not any_read:
                    yield (other := made(replace(options, depend=where)))
                    yield from map(made, alternatives(other))

    def _of_several_numbers(self, nodes: Sequence[Node | Unread]) -> bool:
        r"""Whether a chain is about the `\nabla f` of functions of several numbers, whatever the letters are elsewhere."""
        known = [self.scope.last_function(full_key(f), old=False) for node in nodes if isinstance(node, Node)
                 for f in under_nabla(node)]  # fmt: skip
        plain = all(f is not None and len(f.parameters) > 1 and all(p.is_scalar for p in f.parameters) for f in known)
        return bool(known) and plain

    def _defines_arrays(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a name of a chain has a formula that is a vector or a matrix, which it would lose as a number."""
        found = (self.scope.definition(key, old=True) for key in keys_in(nodes))
        return any(one is not None and not one.symbol.is_scalar for one in found)

    def _assumed(self, nodes: Sequence[Node | Unread]) -> list[Node]:
        """Assumptions of annotations that are about names of a chain."""
        keys = {full_key(n) for node in nodes if isinstance(node, Node) for n in names_in(node)}
        return [one for one in self.orders.lasting if any(full_key(n) in keys for n in names_in(one))]

    # -- claims -------------------------------------------------------------------------------------------------

    def _stands_for_others(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread], weak: str,
                           pending: Pending) -> bool:  # fmt: skip
        """Decide a pair that is about each of some names, or about what an equation gives; whether it is such a pair."""
        if self._numbered(piece, statement, i, nodes, weak, pending):
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
                  given=_given(terms), expect=pending.expects(self.equality))  # fmt: skip
        return True

    def _pair(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, weak: str,
              nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        left, right = sides[i], sides[i + 1]
        if right.relation == "update":
            self._row(piece, left, right, Outcome.UNDECIDED, "an update", role="definition")
            return
        if right.relation in {"=", ":="} and self._of_signals(piece, sides, i, nodes, weak, pending, surely=True):
            return
        if right.relation == "=" and (found := self._follows(piece, sides, nodes, i, pending, weak)) is not None:
            expected = pending.expects(self.equality)
            self._row(piece, left, right, found.outcome, found.detail, stage=found.stage, verdict=found, expect=expected)
            return
        read = readings.of(i)
        if i + 2 < len(sides):
            readings.complete()  # before this pair gives a name a meaning that it has not yet in the rest of the chain
        if not read:
            if right.relation != "=" or not self._of_signals(piece, sides, i, nodes, weak, pending, surely=False):
                self._without_reading(piece, sides, i, readings, nodes, pending, weak=bool(weak))
            return
        if (meaning := self._meaning(nodes, i, read, left.at, right.at, may_name=not weak and i + 2 == len(sides))) is not None:
            self._taken(piece, sides, i, meaning)
            return
        up_to = read[0].up_to(i)
        loose = right.relation == "~" and not up_to and not any(_has_decimals(one.sides[i + 1]) for one in read)
        if loose and not any(
            is_computed_from_rounded(one.sides[i + 1]) or self._weighed(one, i, by_rounded.truncated) for one in read
        ):
            self._without_digits(piece, sides[i : i + 2], nodes[i : i + 2], weak, pending)
            return
        weak = "an exclamation mark asks for it" if right.relation == "ask" else weak
        begin = time.perf_counter()
        expected = self._weigh(nodes[i : i + 2], pending)
        self._listen(piece)
        verdict, reading, note = self._verdict(piece, sides, i, nodes, read, weak, pending, loose=loose)
        if verdict.outcome is Outcome.UNDECIDED and right.relation == "=" and self._of_signals(
            piece, sides, i, nodes, weak, pending, surely=False
        ):
            return
        terms = reading.pair(i)
        assert terms is not None  # only such readings are decided
        guessed = bool(reading.options.depend) and not expected
        if guessed and verdict.outcome is Outcome.UNDECIDED and _has_one_derivative(nodes):
            lost = next((r.why(i) for r in readings if r.pair(i) is None), None)
            if lost is not None:
                self._row(piece, left, right, Outcome.UNREAD, lost.why, at=lost.at, advice=getattr(lost, "advice", ""))
                return
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            verdict, reading, note = self._laid_out(verdict, reading, note, read, i, weak)
        if reading.read_as and verdict.outcome is not Outcome.UNDECIDED:
            verdict = replace(verdict, detail="; ".join(filter(None, (verdict.detail, *reading.read_as))))
        role = "definition" if note and verdict.outcome is Outcome.UNDECIDED else "claim"
        passed, known = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}, verdict.outcome is not Outcome.UNDECIDED
        by_numbers = None if weak or known else self._weighed(reading, i, by_found.agreement)  # before a name loses its formula
        free = verdict.stage != "members" and (right.relation != "~" or not up_to)  # an approximation gives no name a meaning
        if not passed and not expected and free and self._is_rebound(
            piece, sides, i, nodes, verdict, reading, weak=bool(weak), note=note
        ):
            return
        if role == "definition":
            verdict, role = self._restated(piece, reading, i) or (verdict, role)
            self._ask_for(nodes[i : i + 2], left.at)
        elif verdict.outcome is Outcome.UNDECIDED and right.relation == "=" and not reading.doubts_of(i):
            self._wait(nodes[i : i + 2], left.at, certain=False)
        self._row(
            piece, left, right, verdict.outcome, verdict.detail, role=role, stage=verdict.stage, terms=terms, verdict=verdict,
            given=_given(terms), seconds=time.perf_counter() - begin, expect=expected,
            corrected=self.decider.evidence.corrected if verdict.outcome is Outcome.REFUTED else None,
            advice=reading.advice if verdict.outcome is Outcome.UNDECIDED else "",
        )  # fmt: skip
        self.confirming.support(len(self.rows) - 1, by_numbers)
        if right.relation in {"=", ":="} and not expected and not reading.doubts_of(i):
            self.confirming.equation(len(self.rows) - 1, terms, piece.segment, left.at, right.end)

    def _of_signals(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], weak: str,
                    pending: Pending, *, surely: bool) -> bool:  # fmt: skip
        """Decide a claim about signals, or take what it says of them; whether it is one."""
        found = self.following.signals.verdict(nodes[i], nodes[i + 1], first=i == 0, surely=surely)
        if found is None or (not surely and found.outcome is Outcome.UNDECIDED):
            return False
        expected = pending.expects(self.equality)
        if found.outcome is Outcome.REFUTED and not expected and (weak or self.restrictions.hedge()):
            found = undecided(weak or "it may not be claimed, or not exactly, as the words around it say")
        role = "definition" if found.detail == DEFINES else "claim"
        self._row(piece, sides[i], sides[i + 1], found.outcome, found.detail, role=role, stage=found.stage, verdict=found,
                  expect=expected)  # fmt: skip
        return True

    def _verdict(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], read: Readings, weak: str,
                 pending: Pending, *, loose: bool) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a pair: as it stands, as it is meant where it stands, or over the ranges that fit its arrays."""
        verdict, reading, note = self._decided(piece, nodes, i, read, weak, pending)
        passed = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        if is_meant(pending, i) and not passed and not pending.expects(self.equality):
            return undecided(_MEANT), reading, _MEANT
        if verdict.outcome is Outcome.REFUTED and not self.decider.evidence.claimed and i + 2 == len(sides):
            verdict = self._in_another_unit(piece, sides[-1], reading, i) or verdict
        if verdict.outcome is Outcome.REFUTED and sides[i + 1].relation == "~":
            verdict = self._weighed(reading, i, by_rounded.to_whole) or verdict
        open_ = verdict.outcome in {Outcome.UNDECIDED, Outcome.REFUTED}
        as_meant = self._as_meant(read, i, nodes) if open_ and not weak and verdict.stage != "members" else None
        if as_meant is not None:
            verdict, note = as_meant, ""
        elif verdict.outcome is Outcome.REFUTED and not self.decider.evidence.claimed and (
            said := self.restrictions.supposes(verdict.holds_if)
        ):
            holds = f"it holds if {said}, as the words around it say"
            verdict = Verdict(Outcome.SUPPORTED, "numbers", holds, conditions=(said,))
        elif verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} and not pending.expects(self.equality) and (
            said := self._restricted(piece, nodes[i : i + 2], reading)
        ):
            verdict = undecided(said)
        elif verdict.outcome is Outcome.REFUTED and (index := _summed_silently(nodes[i : i + 2])):
            verdict = undecided(f"{index} stands twice in a product, and may be summed over")
        elif verdict.outcome is Outcome.UNDECIDED and not weak:
            verdict = self._over_other_range(piece, sides, i, nodes, pending, reading) or verdict
        if verdict.outcome is Outcome.UNDECIDED and (near := self._weighed(reading, i, by_rounded.agreement)) is not None:
            return near, reading, ""
        if loose and verdict.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
            return self._weighed(reading, i, by_rounded.truncated) or undecided(_NO_DIGITS), reading, ""
        return verdict, reading, note

    def _weighed(self, reading: Reading, i: int, weigh: Callable[[Term, Term, Scope], Verdict | None]) -> Verdict | None:
        """That a pair of which nothing is known holds for numbers that the text gives, or near to them."""
        terms = reading.pair(i)
        if terms is None or reading.doubts_of(i) or reading.options.suppose:
            return None
        self.scope.see(reading.options, reading.show)
        return weigh(*terms, self.scope)

    def _in_another_unit(self, piece: Piece, side: Side, reading: Reading, i: int) -> Verdict | None:
        """The verdict on a claim with a number that may count something else than 1: hundredths, millions."""
        behind = self.unit_behind(piece, side)
        spoken = behind is None and "\\text" not in piece.segment.text and speaks_of_percent(self.words_around(piece))
        unit = ("percent", Fraction(100)) if spoken else behind
        pair = reading.pair(i)
        if unit is None or pair is None:
            return None
        word, scale = unit
        if scale is None:
            return undecided(f"it may be another number of {word}")
        found = self.decider.compare(reading, number(scale) * pair[0], pair[1])
        if is_coarse(self._source(side), found, about=side.relation == "~"):
            return undecided(f"it may be a rounded number of {word}")
        holds = found.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        return replace(found, detail=f"it is a number of {word}") if holds else None

    def unit_behind(self, piece: Piece, side: Side) -> tuple[str, Fraction | None] | None:
        """The unit behind a formula that ends with a side."""
        segment = piece.segment
        if segment.text[max(0, side.end - segment.at) :].strip(" .,;\n") or side is not piece.statements[-1].sides[-1]:
            return None
        found = unit_behind(segment.after)
        comment = found is not None and found[0] == "%" and self.document.file.suffix == ".tex"
        return None if comment else found

    def _without_digits(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], weak: str,
                        pending: Pending) -> None:  # fmt: skip
        r"""An approximation by no decimal, unless the letters are numbers here, and vectors elsewhere: `x_2 \approx 1.785`."""
        found = None if any(map(has_arrays, nodes)) else read_chain(nodes, [True], self.scope, Options(numbers=True))
        if found is not None and found.pair(0) is not None and _has_decimals(found.sides[1]):
            self._pair(piece, sides, 0, Readings([found]), weak, nodes, pending)
        else:
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _NO_DIGITS)

    def _follows(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], i: int, pending: Pending,
                 weak: str) -> Verdict | None:  # fmt: skip
        """The verdict on a slope of a curve, an inverse function, a function of a law or any function, or a least value."""
        statement = piece.statement_of(sides[i])
        words = self.words_around(piece)
        told = None if statement is None else self.told_by_law(nodes[i : i + 2], statement, pending, words)
        pair = nodes[i : i + 2]
        found = told or self.following.slope(nodes, i, self._sentence(piece)) or self.following.inverse(*pair)
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

    def _listen(self, piece: Piece) -> None:
        """What the words around a claim say of its numbers and matrices."""
        parity = prose.PARITY.search(around(piece.segment))
        self.decider.restricted = parity[1].lower() if parity else ""
        self.decider.square = prose.SQUARE.search(self._sentence(piece)) is not None

    def _laid_out(self, verdict: Verdict, reading: Reading, note: str, read: Readings, i: int,
                  weak: str) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a claim that holds, in the layout of derivatives in which its section is written."""
        terms = reading.pair(i)
        assert terms is not None  # it was decided
        others = [r for r in read if r.options.layout != reading.options.layout] if "layout" in reading.choices else []

        def elsewhere() -> bool:
            return bool(others) and self.decider.decide(others, i, weak)[0].outcome in {Outcome.PROVED, Outcome.SUPPORTED}

        if self.layouts.fits(reading, terms, self.scope, elsewhere):
            return verdict, reading, note
        if others and self.layouts.contradicts(reading, terms, self.scope):
            return self.decider.decide(others, i, weak)
        return undecided("it holds in another layout of derivatives than the one that is shown, or usual"), reading, note

    def _decided(self, piece: Piece, nodes: Sequence[Node | Unread], i: int, read: Readings, weak: str,
                 pending: Pending) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a pair: as it is read, as an expansion, or as a claim about the members of sequences."""
        verdict, reading, note = self.decider.decide(read, i, weak, pending.tolerance)
        verdict = as_expansion(verdict, reading, i, self.decider)
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            return verdict, reading, note
        found = self.following.members(nodes[i : i + 2], self._sentence(piece))
        if found is None or (weak and found.outcome is Outcome.REFUTED and not weak.endswith(_RELATIONS)):
            return verdict, reading, note
        if weak:
            self.supposed.withdraw(nodes)
        if self.definer.rebinds(*nodes[i : i + 2]) and self.definer.forget(nodes[i]):  # type: ignore[arg-type]
            self.definer.doubt(nodes[i])  # type: ignore[arg-type]  # two equations say what it is
        return found, reading, ""

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
                         pending: Pending, *, weak: bool) -> None:  # fmt: skip
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
        self._unread(piece, sides, i, nodes, pending, why, weak=weak)

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
                          verdict=verdict, given=_given(terms), expect=expected)  # fmt: skip
                return True
        return False

    def _as_meant(self, readings: Readings, i: int, nodes: Sequence[Node | Unread]) -> Verdict | None:
        """The verdict on a claim with an equation of its section put in, or with what its names tell of each other."""
        keys = keys_in(nodes[i : i + 2])
        said = [e for e in self.solutions.certain if not e.recursion and e.keys & keys and self.scope.is_here(e.section)]
        equations = [(e.read, e.line) for e in reversed(said[-resting.MOST :])]
        others = self.supposed.reaching(nodes[i : i + 2], self.scope.around)
        orthogonal = self.restrictions.orthogonal()
        elsewhere = any(self.scope.has_meaning(key) and not self.scope.is_defined_here(key) for key in keys)
        may_refute = len(others) <= 1 and not elsewhere
        return meant.verdict(self.decider, readings[0], i, equations, orthogonal, may_refute=may_refute)

    def _unread(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending,
                why: Unread, *, weak: bool) -> None:  # fmt: skip
        """A pair that was not read: its parts do not fit, where they would with a transpose in another place."""
        turned = (misshapen.variants, piece, sides, i, nodes, pending)
        misfit = why.why.startswith(MISSHAPEN) and not weak and self._would_hold(*turned)
        said = f"{why.why}; with a transpose in another place it holds" if misfit else why.why
        self._row(piece, sides[i], sides[i + 1], Outcome.MALFORMED if misfit else Outcome.UNREAD, said, at=why.at,
                  stage="shapes" if misfit else "", expect=misfit and pending.expects(self.equality),
                  advice=getattr(why, "advice", ""))  # fmt: skip

    def _over_other_range(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending,
                          reading: Reading) -> Verdict | None:  # fmt: skip
        """The verdict on a claim with indices that run over other sizes than its arrays have, where it holds over theirs."""
        terms, doubts = reading.pair(i), reading.doubts_of(i)
        if terms is None or not doubts or not all(OTHER_RANGE in why for why in doubts):
            return None
        lengths = self.decider.lengths_said_here(terms)
        ranges = partial(misshapen.over_other_ranges, lengths=lengths)
        if not lengths or not self._would_hold(ranges, piece, sides, i, nodes, pending):
            return None
        return Verdict(Outcome.MALFORMED, "shapes", f"{'; '.join(doubts)}; over the range that fits it holds")

    def _would_hold(self, variants: Callable[[Sequence[Node]], Iterable[list[Node]]], piece: Piece, sides: Sequence[Side],
                    i: int, nodes: Sequence[Node | Unread], pending: Pending) -> bool:  # fmt: skip
        """Whether a pair whose parts do not fit is true in one of its variants."""
        pair = [node for node in nodes[i : i + 2] if isinstance(node, Node)]
        statement = piece.statement_of(sides[i])
        if statement is None:
            return False  # a place was taken off it
        self._weigh(pair, pending)
        for variant in variants(pair) if len(pair) == 2 else ():
            reading = next(iter(self._readings(variant, [True], statement, pending)))
            if reading.pair(0) is None or reading.doubts_of(0):
                continue
            verdict, _, _ = self.decider.decide([reading], 0, "", 0.0)
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return True
        return False

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
                              terms=terms, verdict=verdict, given=_given(terms), expect=expected,
                              corrected=self.decider.evidence.corrected)  # fmt: skip
                    return True
        return False

    def _weigh(self, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Say what an equality needs to be called wrong; whether its author says that it is."""
        names = [n for node in nodes if isinstance(node, Node) for n in names_in(node)]
        known = frozenset(filter(self.scope.has_meaning, {key for n in names for key in (full_key(n), labelled(n)[0])}))
        evidence = self.decider.evidence
        evidence.meanings, evidence.near = known, frozenset(filter(self.scope.has_one_meaning, known))
        evidence.claimed = pending.expects(self.equality)
        return evidence.claimed

    def _is_rebound(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], verdict: Verdict,
                    reading: Reading, *, weak: bool, note: str) -> bool:  # fmt: skip
        """Whether an equation that is no true claim gives its left side a new meaning, which is then taken."""
        node, body = nodes[i : i + 2]
        if not self.definer.rebinds(node, body):
            return False
        assert isinstance(node, Node)
        assert isinstance(body, Node)  # only names are rebound, to formulas
        gives = bool(prose.GIVES.search(piece.segment.before)) or self._is_next(piece, node)
        known = self.definer.is_known_here(node)
        wrong = verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} or self.decider.evidence.far
        wrong = wrong or self._is_example(body, reading.pair(i))
        wrong = wrong or (bool(note) and not weak and self.definer.is_of_a_section_around(node, body))
        if wrong or (head_of(node) is not None and not weak) or (weak and gives):
            taken = self.definer.define(node, body, sides[i].at, local=False)
            if taken is not None and reading.assumed and not gives:
                self.definer.doubt(node)
            if taken is not None:
                found = says_found(piece.segment.before)
                again = self._settled(taken, nodes[i : i + 2], sides[i].at, found=found)
                if again is taken and known and not gives:
                    again = replace(taken, outcome=Outcome.UNDECIDED, detail=_SECOND)
                self._taken(piece, sides, i, again)
                return True
        worked_out = sides[i + 1].relation == "~" or (not weak and opened(body).kind not in {"NUMBER", "SIGN"})
        if worked_out and (terms := reading.pair(i)) is not None and terms[1].is_scalar and not terms[1].free:
            return False  # what a formula comes to in an example: `z_1 = 0.2 \cdot 1 + 0.1 = 0.3`
        listed = (statement := piece.statement_of(sides[i])) is not None and id(statement) in self.beside.listed
        derived = i > 0 and isinstance(nodes[0], Node) and any(True for _ in quotients(nodes[0]))
        if (weak or listed or derived) and head_of(node) is None and not any(True for _ in names_in(body)):
            return False  # "For $p = (0.2, 0.8)$ we have": a place, at which the formula of p has this value
        if CONDITION.search(self.restrictions.own()) and (terms := reading.pair(i)) is not None:
            self.definer.specialise(node, terms[1])
        if not self.definer.is_by_entries(node) and self.definer.forget(node):
            self.definer.doubt(node)
        return False

    def _is_next(self, piece: Piece, node: Node) -> bool:
        """Whether the words in front of a formula begin the next example of a function: then it is no other form of the last.

        In a list of forms nothing stands behind each of them; in one of examples the derivatives do.
        """
        if head_of(node) is None:
            return False
        said = prose.NEXT.search(piece.segment.before)
        alone = not piece.segment.after.strip(" \t\n$\\.,;") or prose.BREAK.match(piece.segment.after.lstrip(" \t$\\).,;"))
        return said is not None and (said["item"] is None or not alone)

    def _is_example(self, body: Node, terms: tuple[Term, Term] | None) -> bool:
        """Whether a matrix that has a formula, or a name of which the size is left open, gets numbers: an example."""
        if terms is None or any(True for _ in names_in(body)) or terms[1].is_scalar or terms[1].free or terms[0].head != "sym":
            return False
        general = self.scope.expand(terms[0])
        if 1 not in terms[1].shape and general is not terms[0] and general.free:
            return True  # a matrix of numbers is no place at which a formula is looked at
        return any(isinstance(n, Term) and n.free for n in terms[0].shape)

    def _restricted(self, piece: Piece, nodes: Sequence[Node | Unread], reading: Reading) -> str:
        """Why a claim that is not true in general may be true where it stands; "" where nothing says so."""
        value = isinstance(nodes[1], Node) and not any(True for _ in names_in(nodes[1]))
        terms = reading.pair(0) if len(reading.sides) == 2 else None
        sentence = self._sentence(piece)
        derived = terms is None or (terms[0].free and has_calculus(terms[0]))
        if value and derived and (prose.AT_A_POINT.search(sentence) or _is_rounded_value(terms)):
            return "it may be the value at a point that the words name"
        if any(id(statement) in self.beside.before_values for statement in piece.statements):
            return "it may be meant for the value that is supposed behind it"
        if self.supposed.reach(nodes, self.scope.around) or (value and self.supposed.here):
            return "it may rest on an equation that is supposed before it"
        if self.following.unspecified.may_differentiate(nodes, piece.segment.at):
            return "letters below its names may stand for derivatives of functions that are not specified"
        if self._is_for_large(piece, nodes):
            return "it may be meant for large values of a variable that goes to infinity beside it"
        if not reading.given and not self.scope.momentary and is_qualified(piece.segment.after):
            return "the words behind it restrict it, and were not understood"
        if self.decider.evidence.claimed:
            return ""
        if hedge := self.restrictions.hedge():
            return f"it may not be claimed, or not exactly, as the words around it say: {hedge}"
        names = {letter_of(n.base) for node in nodes if isinstance(node, Node) for n in names_in(node)}
        closed = terms is not None and not (terms[1].free or self.scope.expand(terms[0]).free)
        another = closed and self.definer.rebinds(*nodes)
        if not another and (root := self.restrictions.root(names)) and (terms is None or not has_calculus(terms[0])):
            return f"a name in it may have only some values, as the words before it say: {root}"
        equation = terms is not None and terms[1].head == "sym" and terms[1] in terms[0].free and is_polynomial(terms[0])
        if equation and not self.decider.evidence.is_slip:
            return "it may be an equation for the name that stands on both sides"
        general = not self.decider.evidence.is_slip and terms is not None and (terms[0].free or terms[1].free)
        if general and (word := self.restrictions.restriction(names)):
            return f"the words before it may restrict it, and were not understood: {word}"
        return ""

    def _is_for_large(self, piece: Piece, nodes: Sequence[Node | Unread]) -> bool:
        r"""Whether the words around a claim with roots take a limit, `x \to \infty`, of one of its names."""
        if "\\sqrt" not in piece.segment.text:
            return False
        at, letters = piece.segment.at, {n.base for node in nodes if isinstance(node, Node) for n in names_in(node)}
        beside = self.document.text[max(0, at - LATELY // 4) : at + len(piece.segment.text) + LATELY // 4]
        return any(re.search(rf"(?<![A-Za-z]){re.escape(one)}\s*\\to\s*\+?\\infty", beside) for one in letters)

    def _sentence(self, piece: Piece) -> str:
        """The sentence before a formula, with the formulas in it."""
        return re.split(r"[.;?!]\s", self.document.text[max(0, piece.segment.at - 200) : piece.segment.at])[-1]

    def words_around(self, piece: Piece) -> str:
        """The sentence before a formula, and what of it stands behind."""
        return f"{self._sentence(piece)} {re.split(r'[.;?!]', piece.segment.after[:100])[0]}"

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

    def _recursion_solved(self, nodes: Sequence[Node | Unread], at: int) -> Taken | None:
        """A formula for a sequence that the section says by a recursion; None where it is no such formula."""
        node, body = nodes
        name = named(node) if isinstance(node, Node) else None
        if name is None or not isinstance(node, Node) or not isinstance(body, Node):
            return None
        if not self.solutions.has_recursion(labelled(name)[0]):
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

    # -- rows ---------------------------------------------------------------------------------------------------

    def _taken(self, piece: Piece, sides: Sequence[Side], i: int, taken: Taken) -> None:
        self._row(piece, sides[i], sides[i + 1], taken.outcome, taken.detail, at=taken.at, advice=taken.advice,
                  role="claim" if taken.stage == "solution" else "definition", stage=taken.stage,
                  terms=(None, taken.value))  # fmt: skip
        self._find(piece, sides[i : i + 2], taken)

    def _find(self, piece: Piece, sides: Sequence[Side], taken: Taken) -> None:
        """A name that gets a formula has a value, and what is no definition may be a step, of a solution."""
        nodes, row = piece.nodes(sides), len(self.rows) - 1
        node, place = nodes[0], (piece.segment, sides[0].at, sides[1].end)
        if not isinstance(node, Node) or sides[1].relation not in {"=", ":="} or self.rows[row].outcome is not taken.outcome:
            return
        key, value = key_of(node), taken.value
        settled = taken.outcome is Outcome.PROVED and value is not None and (value.free or taken.stage != "definition")
        if key is not None and settled and value is not None:
            self.confirming.value(row, shown(key), value, *place)
        elif head_of(node) is None and isinstance(nodes[1], Node) and taken.outcome in {Outcome.PROVED, Outcome.UNDECIDED}:
            if not self.confirming.asks(row):
                return
            reading = read_chain(nodes, [True], self.scope, Options())
            if (terms := reading.pair(0)) is not None and not reading.doubts_of(0):
                self.confirming.equation(row, terms, *place)

    def _row(
        self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome, detail: str, *, at: int = -1,
        advice: str = "", role: str = "claim", stage: str = "", terms: tuple[Term | None, Term | None] = (None, None),
        verdict: Verdict | None = None, given: tuple[str, ...] = (), seconds: float = 0.0, expect: bool = False,
        corrected: Term | None = None,
    ) -> None:  # fmt: skip
        place = right.at if right is not None and right.at >= 0 else piece.segment.at
        if left is not None and left.at >= piece.segment.at:
            place = left.at
        line, column = self.document.place(at if at >= 0 and outcome is Outcome.UNREAD else place)
        if outcome in {Outcome.REFUTED, Outcome.MALFORMED} and not expect:
            why = self._why_unclaimed(piece, left, right, outcome, stage, terms)
            about = right is not None and right.relation == "~"
            if verdict is not None and is_coarse(self._source(right), verdict, about=about):
                why = "it may be rounded to a number without a point"
            elif verdict is not None and is_namesake(self._source(left), verdict):
                why = f"{self._source(left)} may be a name here, of which this is the value"
            if why:
                outcome, detail, verdict, stage, corrected = Outcome.UNDECIDED, why, None, "", None
        last = next((side for side in (right, left) if side is not None and side.end > place), None)
        end = self.document.place(last.end) if last is not None else (-1, -1)
        said = verdict or Verdict(outcome)
        self.rows.append(
            Finding(
                line, column, outcome, detail,
                role="erratum" if expect and role == "claim" else role, stage=stage,
                left=self._source(left), right=self._source(right), link="≈" if right and right.relation == "~" else "=",
                lhs=_latex(terms[0]), rhs=_latex(terms[1]), given=given, conditions=said.conditions,
                counterexample=said.counterexample, holds_if=said.holds_if, advice=advice, seconds=seconds,
                corrected=_latex(None if corrected is None else tidy(corrected)), end_line=end[0], end_column=end[1],
            )
        )  # fmt: skip

    def _why_unclaimed(self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome,
                       stage: str, terms: tuple[Term | None, Term | None] = (None, None)) -> str:  # fmt: skip
        """Why a line that does not hold is not claimed, or may hold where it stands; "" where nothing around it says so."""
        around = self.surroundings.of(piece.segment)
        if stage == "signals":
            return why_no_signals(piece.segment.text, around)
        free = {str(s) for term in terms if term is not None for s in term.free}
        why = why_unclaimed(piece.segment.text, self._source(left), self._source(right), around, free)
        if why or outcome is Outcome.MALFORMED or stage == "solution":
            return why
        slip = self.decider.evidence.is_slip
        if (not slip or self.decider.evidence.signed) and (
            sign := restricted_sign(self._source(left), self._source(right), around)
        ):
            return f"it may hold for some signs of its names, as the words around it say: {sign}"
        if slip:
            return ""
        afar = restricted_from_afar(around)
        return f"what stands before it may restrict it, and was not understood: {afar}" if afar else ""

    def _source(self, side: Side | None) -> str:
        if side is None or not side.tokens:
            return ""
        said = self.document.text[side.at : side.end]
        return " ".join(re.sub(r"\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])", "", said).split())


def is_meant(pending: Pending, i: int) -> bool:
    """Whether an annotation says that an equality claims nothing; a definition is the first of its chain."""
    return pending.condition or (pending.definition and i == 0)


def _reads(found: Sequence[Reading], linked: Sequence[bool], *, sure: bool = False) -> bool:
    """Whether every pair was read in some way; sure: in one that does not guess that something happens to every entry."""
    able = [r for r in found if not (sure and any(ENTRYWISE in doubt for doubt in itertools.chain(r.doubts, *r.side_doubts)))]
    return all(any(r.pair(i) is not None for r in able) for i in range(len(linked)) if linked[i])


def _has_one_derivative(nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a chain does not say what depends on what, having one derivative only: `\frac{dE}{dw} = 2w`."""
    found = [q for node in nodes if isinstance(node, Node) for q in quotients(node)]
    return len({(full_key(top), full_key(bottom)) for top, bottom in found}) <= 1


def _is_rounded_value(terms: tuple[Term, Term] | None) -> bool:
    r"""Whether decimals are printed for what varies: `\frac{\partial L}{\partial w} \approx -0.0132` in an example."""
    return terms is not None and bool(terms[0].free) and as_printed(terms[1]) is not None


def _has_decimals(side: Term | Unread) -> bool:
    """Whether digits are printed to which a value is rounded."""
    if not isinstance(side, Term):
        return False
    entries = side.args if side.head == "matrix" else (side,)
    return all(t.head == "num" or as_printed(t) is not None for t in entries)


def _summed_silently(nodes: Sequence[Node | Unread]) -> str:
    left, right = nodes
    return summed_silently(left, right) if isinstance(left, Node) and isinstance(right, Node) else ""


def _given(terms: tuple[Term, Term]) -> tuple[str, ...]:
    free = sorted(terms[0].free | terms[1].free, key=str)
    return tuple(f"{s}: {s.data[1]}" for s in free if s.data[1].word not in {"Real", "Dim"})


def _latex(term: Term | None) -> str:
    try:
        return latex(term) if term is not None else ""
    except (CalcdsError, RecursionError, ValueError):
        return ""
