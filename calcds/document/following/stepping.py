r"""Verdicts on the members of a recursion that a text computes: `x_1 = 2.4`, `x_3 \approx 1.41422`.

A member that holds is proved, one that does not is left open, or called wrong where two things are certain: that no member
before it was rounded, and that one before it was what the recursion gives, so that x_1 and x_2 are no coordinates of an x.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from calcds.decide.verdict import Outcome
from calcds.document.following.iterating import Iterations, number_of
from calcds.document.reading.chains import Reading, Readings, read_chain
from calcds.document.reading.sequences import Taken
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.weighing.deciding import Decider
from calcds.document.words.notes import Pending
from calcds.document.words.scope import Scope
from calcds.expr.term import number, subterms
from calcds.expr.term import replace as swap


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
        step = self.iterations.step(node, self.scope.section, self.scope.around)
        if step is None:
            self.iterations.print(node, last, self.scope.section, exact=not rounded)
            return taken
        read = Readings(self._readings([step.value, body], [True], statement, pending)).of(0)
        if not read:
            self.iterations.print(node, last, self.scope.section, exact=False)
            return taken
        verdict, _, _ = self.decider.decide(read, 0, "", pending.tolerance)
        holds = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        exact = holds and step.exact and not rounded and self._is_exact(step.value, last)
        self.iterations.print(node, last, self.scope.section, exact=exact)
        if holds:
            self.iterations.followed.add(step.key)
            said = f"it is what the equation of line {step.line} gives"
            return replace(taken, outcome=verdict.outcome, detail=said, stage="solution")
        found = verdict.counterexample
        if verdict.outcome is Outcome.REFUTED and step.exact and step.followed and found is not None:
            given = "something else" if found.values or found.sizes else found.left
            said = f"the equation of line {step.line} gives {given}"
            return replace(taken, outcome=Outcome.REFUTED, detail=said, stage="solution")
        said = f"it is not what the equation of line {step.line} gives, as far as that was understood"
        return replace(taken, outcome=Outcome.UNDECIDED, detail=said)

    def near(self, nodes: Sequence[Node | Unread], statement: Statement, pending: Pending) -> Taken | None:
        r"""What becomes of `x_3 \approx 1.4142`, where a recursion says what x_3 is; None for any other approximation."""
        node = nodes[0]
        if not isinstance(node, Node) or number_of(node) is None:
            return None
        if self.iterations.step(node, self.scope.section, self.scope.around) is None:
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
