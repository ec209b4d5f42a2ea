r"""The verdict on a pair of sides: as it is read, as it is meant where it stands, and where the words around it restrict it.

What does not hold in general may be meant for a value that is supposed, in another unit, over another range, or rounded; a
verdict that calls a line wrong has passed all of these.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from calcds.decide.looking import as_printed
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.following import Following
from calcds.document.following.solving import Solutions
from calcds.document.following.special_cases import SpecialCases
from calcds.document.pieces import Piece, around
from calcds.document.reading.binding import summed_silently
from calcds.document.reading.chains import Reading, Readings, read_chain
from calcds.document.reading.defining import Definer
from calcds.document.reading.symbols import OTHER_RANGE
from calcds.document.readings import ChainReader
from calcds.document.rows import Doubt, Rows
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import has_names, letter_of, names_in
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement
from calcds.document.weighing import by_rounded, coinciding, meant, misshapen, particular, resting
from calcds.document.weighing.coarse import is_coarse, is_far
from calcds.document.weighing.deciding import missed, undecided
from calcds.document.weighing.evidence import is_polynomial
from calcds.document.weighing.expansions import as_expansion
from calcds.document.weighing.layouts import Layouts
from calcds.document.words import prose
from calcds.document.words.judge import has_calculus
from calcds.document.words.notes import Pending
from calcds.document.words.restricting import Restrictions
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside
from calcds.document.words.supposing import Suppositions, is_qualified, keys_in
from calcds.document.words.unclaimed import is_of_numbers
from calcds.document.words.units import speaks_of_percent, unit_behind
from calcds.expr.term import Term, number, subterms

_RELATIONS = (": satisfies", ": satisfy", ": satisfying")  # what is said of members that a recursion gives is claimed
LATELY = 1_500  # characters
NO_DIGITS = "an approximation without digits to which it was rounded"
_MEANT = "an annotation says that it is a definition or a condition"
MEANT = f"{_MEANT}; it was not read"
_TWOFOLD = "an entry of an array, and a number that is written like it, stand in it"


class Verdicts(Rows):
    """The part of a checker that has a verdict on a pair of sides."""

    definer: Definer
    beside: Beside
    supposed: Suppositions
    restrictions: Restrictions
    solutions: Solutions
    following: Following
    special: SpecialCases
    layouts: Layouts
    equality: int
    reader: ChainReader
    particular: particular.Particular

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first; the last ones only where some pair was not read in any other."""
        return self.reader.readings(nodes, linked, statement, pending)

    def _supposed_in_words(self, verdict: Verdict, weak: str) -> str:
        """The hypothesis that would save a claim, where the words or the formulas around it suppose it; ""."""
        if verdict.outcome is Outcome.REFUTED:
            return self.restrictions.supposes(verdict.holds_if)
        open_ = verdict.outcome is Outcome.UNDECIDED and not weak
        return self.restrictions.of_length_one(missed(verdict.detail)) if open_ else ""

    def _verdict(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], read: Readings, weak: str,
                 pending: Pending, *, loose: bool) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a pair: as it stands, as it is meant where it stands, or over the ranges that fit its arrays."""
        verdict, reading, note = self._decided(piece, nodes, i, read, weak, pending)
        passed = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        if is_meant(pending, i) and not passed and not pending.expects(self.equality):
            return undecided(_MEANT), reading, _MEANT
        if passed and (pair := reading.pair(i)) is not None and has_calculus(pair[0]) and self._is_twofold(pair):
            return undecided(_TWOFOLD), reading, note
        if passed and sides[i + 1].relation == "=" and (short := self._weighed(reading, i, by_rounded.cut_short)) is not None:
            return short, reading, ""
        if verdict.outcome is Outcome.REFUTED and not self.decider.evidence.claimed and i + 2 == len(sides):
            verdict = self._in_another_unit(piece, sides[-1], reading, i) or verdict
        if verdict.outcome is Outcome.REFUTED and sides[i + 1].relation == "~":
            verdict = self._weighed(reading, i, by_rounded.to_whole) or verdict
        open_ = verdict.outcome in {Outcome.UNDECIDED, Outcome.REFUTED}
        as_meant = self._as_meant(read, i, nodes) if open_ and not weak and verdict.stage != "members" else None
        if as_meant is not None:
            verdict, note = as_meant, ""
        elif not self.decider.evidence.claimed and (said := self._supposed_in_words(verdict, weak)):
            holds = f"it holds if {said}, as the words around it say"
            verdict = Verdict(Outcome.SUPPORTED, "numbers", holds, conditions=(said,))
        elif verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} and not pending.expects(self.equality) and (
            doubt := self._restricted(piece, sides, i, nodes[i : i + 2], reading, verdict)
        ):
            verdict = undecided(doubt.why, asks=doubt.asks)
        elif verdict.outcome is Outcome.REFUTED and (index := self._summed_silently(nodes[i : i + 2])):
            verdict = undecided(f"{index} stands twice in a product, and may be summed over")
        elif verdict.outcome is Outcome.UNDECIDED and not weak:
            verdict = self._over_other_range(piece, sides, i, nodes, pending, reading) or verdict
        if verdict.outcome is Outcome.UNDECIDED and (near := self._weighed(reading, i, by_rounded.agreement)) is not None:
            return near, reading, ""
        pair = reading.pair(i) if verdict.outcome is Outcome.REFUTED else None
        sharp = pair is not None and not pair[0].free and by_rounded.is_sum_of_rounded(pair[1])
        if loose and not sharp and verdict.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
            return self._weighed(reading, i, by_rounded.truncated) or undecided(NO_DIGITS), reading, ""
        return verdict, reading, note

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

    def _weighed(self, reading: Reading, i: int, weigh: Callable[[Term, Term, Scope], Verdict | None]) -> Verdict | None:
        """That a pair of which nothing is known holds for numbers that the text gives, or near to them."""
        terms = reading.pair(i)
        if terms is None or reading.doubts_of(i) or reading.options.suppose:
            return None
        self.scope.see(reading.options, reading.show)
        return weigh(*terms, self.scope)

    def _weigh(self, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Say what an equality needs to be called wrong; whether its author says that it is."""
        names = [n for node in nodes if isinstance(node, Node) for n in names_in(node)]
        known = frozenset(filter(self.scope.has_meaning, {key for n in names for key in (full_key(n), labelled(n)[0])}))
        evidence = self.decider.evidence
        evidence.meanings, evidence.near = known, frozenset(filter(self.scope.has_one_meaning, known))
        evidence.claimed = pending.expects(self.equality)
        return evidence.claimed

    def _listen(self, piece: Piece) -> None:
        """What the words around a claim say of its numbers and matrices."""
        parity = prose.PARITY.search(around(piece.segment))
        self.decider.restricted = parity[1].lower() if parity else ""
        self.decider.square = prose.SQUARE.search(self._sentence(piece)) is not None

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

    def _restricted(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread],
                    reading: Reading, verdict: Verdict) -> Doubt | None:  # fmt: skip
        """Why a claim that is not true in general may be true where it stands; None where nothing says so.

        What is about the values of names, a point, a supposition or a root, says nothing of numbers.
        """
        if is_of_numbers(self._source(sides[i]), self._source(sides[i + 1])):
            if is_qualified(piece.segment.after, of_numbers=True):
                return Doubt("the words behind it restrict it, and were not understood")
            hedge = "" if self.decider.evidence.claimed else self.restrictions.hedge(far=is_far(verdict))
            return Doubt(f"it may not be claimed, or not exactly, as the words around it say: {hedge}") if hedge else None
        value = isinstance(nodes[1], Node) and not has_names(nodes[1])
        sum_of_numbers = value and isinstance(nodes[0], Node) and not has_names(nodes[0])
        terms = reading.pair(0) if len(reading.sides) == 2 else None
        sentence = self._sentence(piece)
        derived = not sum_of_numbers if terms is None else bool(terms[0].free) and has_calculus(terms[0])
        if value and derived and (prose.AT_A_POINT.search(sentence) or _is_rounded_value(terms)):
            return Doubt("it may be the value at a point that the words name")
        if any(id(statement) in self.beside.before_values for statement in piece.statements):
            return Doubt("it may be meant for the value that is supposed behind it")
        pair = reading.pair(i)
        open_sum = pair is not None and not all(side.free for side in pair) and _ends_of(pair) & reading.elastic(self.scope)
        if open_sum and verdict.counterexample is not None and verdict.counterexample.sizes:  # looked for when it is asked for
            return Doubt("one side is a number, and how many numbers are added on the other one is not said")
        functions = keys_in(nodes) <= self.scope.functions.keys()  # no members: theta_1 of another run
        at_numbers = functions and pair is not None and not pair[0].free and not pair[1].free  # f(2) = 4, whatever is supposed
        if self.supposed.reach(nodes, self.scope.around) or (value and not at_numbers and self.supposed.here):
            return Doubt("it may rest on an equation that is supposed before it", asks=True)
        if prose.ELSEWHERE.search(sentence) and any(map(self.scope.has_meanings_elsewhere, keys_in(nodes))):
            return Doubt("it may be about what its names are in the part of the text that the words point to")
        if self.following.unspecified.may_differentiate(nodes, piece.segment.at):
            return Doubt("letters below its names may stand for derivatives of functions that are not specified")
        if coinciding.are_the_same(nodes, verdict):
            return Doubt("it may be meant for things of different numbers")
        if particular.are_told_apart(verdict, self._lately(piece)):
            return Doubt("it may be meant for indices that the text tells apart")
        if self.particular.reaches(nodes, piece.segment.section):
            return Doubt("it may be about the indices of a definition for certain ones")
        if pair is not None and self._is_twofold(pair):
            return Doubt(_TWOFOLD)
        if self._is_for_large(piece, nodes):
            return Doubt("it may be meant for large values of a variable that goes to infinity beside it")
        if not reading.given and not self.scope.momentary and is_qualified(piece.segment.after):
            return Doubt("the words behind it restrict it, and were not understood")
        if self.decider.evidence.claimed:
            return None
        if hedge := self.restrictions.hedge():
            return Doubt(f"it may not be claimed, or not exactly, as the words around it say: {hedge}")
        names = {letter_of(n.base) for node in nodes if isinstance(node, Node) for n in names_in(node)}
        closed = terms is not None and not (terms[1].free or self.scope.expand(terms[0]).free)
        another = closed and self.definer.rebinds(*nodes)
        if not another and (root := self.restrictions.root(names)) and (terms is None or not has_calculus(terms[0])):
            return Doubt(f"a name in it may have only some values, as the words before it say: {root}", asks=True)
        equation = terms is not None and terms[1].head == "sym" and terms[1] in terms[0].free and is_polynomial(terms[0])
        if equation and not self.decider.evidence.is_slip:
            return Doubt("it may be an equation for the name that stands on both sides", asks=True)
        general = not self.decider.evidence.is_slip and terms is not None and (terms[0].free or terms[1].free)
        if general and (word := self.restrictions.restriction(names)):
            return Doubt(f"the words before it may restrict it, and were not understood: {word}", asks=True)
        return self._in_a_case(nodes, reading)

    def _in_a_case(self, nodes: Sequence[Node | Unread], reading: Reading) -> Doubt | None:
        """Why a claim that is not true in general may be one about a case that the section looked at before."""
        pair = [node for node in nodes if isinstance(node, Node)]
        for case in self.special.here() if len(pair) == 2 else ():
            with self.special.looked_at(case):
                again = read_chain(pair, [True], self.scope, reading.options)
                terms = again.pair(0)
                found = None if terms is None else self.decider.compare(again, *terms)
            if found is not None and found.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return Doubt(f"it holds in the case that line {case.line} looks at, not for every value", asks=True)
        return None

    def _lately(self, piece: Piece) -> str:
        """What the document said in front of a formula."""
        return self.document.text[max(0, piece.segment.at - LATELY) : piece.segment.at]

    def _is_twofold(self, pair: Sequence[Term]) -> bool:
        """Whether a name in a claim is an entry, and a number of its own in a formula that is put in."""
        return particular.is_twofold([self.scope.expand(side) for side in pair])

    def _is_for_large(self, piece: Piece, nodes: Sequence[Node | Unread]) -> bool:
        r"""Whether the words around a claim with roots take a limit, `x \to \infty`, of one of its names."""
        if "\\sqrt" not in piece.segment.text:
            return False
        at, letters = piece.segment.at, {n.base for node in nodes if isinstance(node, Node) for n in names_in(node)}
        beside = self.document.text[max(0, at - LATELY // 4) : at + len(piece.segment.text) + LATELY // 4]
        return any(re.search(rf"(?<![A-Za-z]){re.escape(one)}\s*\\to\s*\+?\\infty", beside) for one in letters)

    def _summed_silently(self, nodes: Sequence[Node | Unread]) -> str:
        """An index that those sum over who print no sums; a text may say that it does so."""
        left, right = nodes
        implied = "sums" in self.scope.settings
        return summed_silently(left, right, implied=implied) if isinstance(left, Node) and isinstance(right, Node) else ""

    def _sentence(self, piece: Piece) -> str:
        """The sentence before a formula, with the formulas in it."""
        return re.split(r"[.;?!]\s", self.document.text[max(0, piece.segment.at - 200) : piece.segment.at])[-1]

    def words_around(self, piece: Piece) -> str:
        """The sentence before a formula, and what of it stands behind."""
        return f"{self._sentence(piece)} {re.split(r'[.;?!]', piece.segment.after[:100])[0]}"


def is_meant(pending: Pending, i: int) -> bool:
    """Whether an annotation says that an equality claims nothing; a definition is the first of its chain."""
    return pending.condition or (pending.definition and i == 0)


def _is_rounded_value(terms: tuple[Term, Term] | None) -> bool:
    r"""Whether decimals are printed for what varies: `\frac{\partial L}{\partial w} \approx -0.0132` in an example."""
    return terms is not None and bool(terms[0].free) and as_printed(terms[1]) is not None


def _ends_of(pair: Sequence[Term]) -> set[Term]:
    """The names in the ends of the sums of a claim."""
    return {s for side in pair for t in subterms(side) if t.head == "sum" for s in t.args[3].free}
