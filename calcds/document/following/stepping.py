r"""Verdicts on the members of a recursion that a text computes: `x_1 = 2.4`, `x_3 \approx 1.41422`.

A member that holds is proved, one that does not is left open, or called wrong where two things are certain: that no member
before it was rounded, and that one before it was what the recursion gives, so that x_1 and x_2 are no coordinates of an x.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.entrywise_steps import by_entries, of_numbers, unguarded
from calcds.document.following.iterating import Iterations, Step, number_of, with_members
from calcds.document.reading.chains import Reading, Readings, read_chain
from calcds.document.reading.sequences import Taken
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.weighing.deciding import Decider, undecided
from calcds.document.words.notes import Pending
from calcds.document.words.scope import Scope
from calcds.expr.term import number, subterms
from calcds.expr.term import replace as swap

HOLD = {Outcome.PROVED, Outcome.SUPPORTED}


class Stepping:
    """The part of a checker that follows iterations."""

    scope: Scope
    decider: Decider
    iterations: Iterations

    def stepped(self, taken: Taken, nodes: Sequence[Node | Unread], i: int, statement: Statement, pending: Pending) -> Taken:
        """What a definition comes to where it is the next member of a sequence that the section says by a recursion."""
        node, body = nodes[i : i + 2]
        if taken.stage == "solution" or taken.outcome is not Outcome.PROVED:
            return taken
        if not isinstance(node, Node) or not isinstance(body, Node) or number_of(node) is None:
            return taken
        last = nodes[-1] if isinstance(nodes[-1], Node) and not any(names_in(nodes[-1])) else body
        rounded = statement.sides[-1].relation == "~" and last is nodes[-1]
        steps = self.iterations.steps(node, self.scope.section, self.scope.around)
        compared: list[tuple[Taken, bool]] = []
        for step in steps:
            found, exact = self._compared(taken, step, (body, last), statement, pending)
            if found.stage == "solution" and found.outcome in HOLD:
                self.iterations.followed |= {step.key} if step.here else set()
                self.iterations.print(node, last, self.scope.section, exact=exact and not rounded)
                return found
            compared += [(found, False)] if step.here else []
        found, exact = compared[0] if compared else (taken, not rounded)
        self.iterations.print(node, last, self.scope.section, exact=exact)
        return found

    def _compared(self, taken: Taken, step: Step, printed: tuple[Node, Node], statement: Statement,
                  pending: Pending) -> tuple[Taken, bool]:  # fmt: skip
        """What a member comes to that is compared with a step, and whether it is exact where it is what the step gives.

        printed: what stands behind it, and the side that prints its value
        """
        body, last = printed
        step = replace(step, body=of_numbers(step.body, step.members))
        read = Readings(self._readings([step.value, body], [True], statement, pending)).of(0)
        verdict = self.decider.decide(read, 0, "", pending.tolerance)[0] if read else undecided("")
        said = f"it is what the equation of line {step.line} gives"
        if verdict.outcome not in HOLD and (way := self._by_other_ways(step, body, statement, pending)):
            verdict, said = Verdict(Outcome.SUPPORTED), f"{said}, {way}"
        if verdict.outcome in HOLD:
            exact = step.exact and self._is_exact(step.value, last)
            return replace(taken, outcome=verdict.outcome, detail=said, stage="solution"), exact
        if not read:
            return taken, False
        told = verdict.outcome is Outcome.REFUTED and step.exact and step.followed and step.here
        if told and (found := verdict.counterexample) is not None:
            given = "something else" if found.values or found.sizes else found.left
            said = f"the equation of line {step.line} gives {given}"
            return replace(taken, outcome=Outcome.REFUTED, detail=said, stage="solution"), False
        said = f"it is not what the equation of line {step.line} gives, as far as that was understood"
        return replace(taken, outcome=Outcome.UNDECIDED, detail=said, asks=False), False

    def _by_other_ways(self, step: Step, body: Node, statement: Statement, pending: Pending) -> str:
        """How a step holds that does not as it stands: entry by entry, or without what guards it; "" where it does not."""
        plain = unguarded(step.body)
        guarded = "without what guards a denominator from 0"
        if plain is not step.body and self._agree([(with_members(plain, step.members), body)], statement, pending):
            return guarded
        entries = by_entries(plain, step.members, body)
        if entries is not None and self._agree(entries, statement, pending):
            return "entry by entry" if plain is step.body else f"entry by entry, {guarded}"
        return ""

    def _agree(self, pairs: Sequence[tuple[Node, Node]], statement: Statement, pending: Pending) -> bool:
        """Whether numbers are equal, up to the rounding of what they are computed from."""
        for pair in pairs:
            read = Readings(self._readings(pair, [True], statement, pending)).of(0)
            if not read or self.decider.decide(read, 0, "", pending.tolerance)[0].outcome not in HOLD:
                return False
        return True

    def near(self, nodes: Sequence[Node | Unread], statement: Statement, pending: Pending) -> Taken | None:
        r"""What becomes of `x_3 \approx 1.4142`, where a recursion says what x_3 is; None for any other approximation."""
        node = nodes[0]
        if not isinstance(node, Node) or number_of(node) is None:
            return None
        if not self.iterations.steps(node, self.scope.section, self.scope.around):
            return None
        taken = self.stepped(Taken(Outcome.PROVED, "", "definition"), nodes, 0, statement, pending)
        return taken if taken.stage == "solution" else None

    def _is_exact(self, value: Node, printed: Node) -> bool:
        """Whether a printed number is a value itself, and no rounding of it."""
        terms = read_chain([value, printed], [True], self.scope, Options()).pair(0)
        if terms is None:
            return False
        decimals = {t: number(Fraction(str(t.data))) for side in terms for t in subterms(side) if t.head == "decimal"}
        return self.decider.proves(*(swap(side, decimals) for side in terms))

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first."""
        raise NotImplementedError  # pragma: no cover
