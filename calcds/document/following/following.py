r"""Claims that follow from equations before them: formulas for members of sequences, slopes, inverse functions, least values.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.both_signs import BothSigns
from calcds.document.following.characteristic import characteristic
from calcds.document.following.descending import descending
from calcds.document.following.extremal import Extrema
from calcds.document.following.filtered import filtered
from calcds.document.following.implicit import Curves
from calcds.document.following.intermediate import intermediate
from calcds.document.following.inverses import Inverses
from calcds.document.following.same_place import same_place
from calcds.document.following.second import Second
from calcds.document.following.signals import Signals
from calcds.document.following.stationary import Stationary
from calcds.document.following.turned import turned
from calcds.document.following.two_signs import TwoSigns
from calcds.document.following.unrolling import Unrolling
from calcds.document.following.unspecified import Unspecified
from calcds.document.reading.chains import Reading, read_chain
from calcds.document.reading.sequences import Taken
from calcds.document.source.latex import Node
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider
from calcds.document.words.scope import Scope


@dataclass(slots=True)
class Following:
    """The equations of a document from which others follow."""

    scope: Scope
    decider: Decider
    unrolling: Unrolling = field(init=False)
    curves: Curves = field(init=False)
    stationary: Stationary = field(init=False)
    signs: TwoSigns = field(init=False)
    unspecified: Unspecified = field(init=False)
    signals: Signals = field(init=False)

    def __post_init__(self) -> None:
        self.unrolling, self.curves = Unrolling(self.scope), Curves(self.scope)
        self.stationary = Stationary(self.scope, self.decider, self._read)
        self.signs = TwoSigns(self.scope, self._read, self.decider.compare)
        self.unspecified = Unspecified(self.scope, self.decider)
        self.signals = Signals(self.scope)

    def note(self, left: Node | Unread, right: Node | Unread, line: int) -> None:
        """An equation that is no claim."""
        self.unrolling.note(left, right, line)
        self.curves.note(left, right, line)
        self.signs.note(left, right, line)
        self.signals.note(left, right)
        self.unspecified.compositions.note(left, right)

    def members(self, nodes: Sequence[Node | Unread], words: str) -> Verdict | None:
        """What the first members of sequences say of a claim about them; None where nothing. words: before it"""
        left, right = nodes
        if not isinstance(left, Node) or not isinstance(right, Node) or not self.unrolling.is_about(nodes):
            return None
        return self.unrolling.verdict(left, right, words, self._read, self.decider.compare)

    def taken(self, nodes: Sequence[Node | Unread], taken: Taken, words: str, at: int) -> Taken:
        """What a formula comes to that says what a recursion has said already, or what derivatives are: then it is a claim.

        words: before the formula; at: where it stands
        """
        if taken.outcome is Outcome.UNREAD and (both := self.signs.verdict(nodes[0], nodes[1], words)) is not None:
            return replace(taken, outcome=both.outcome, detail=both.detail, stage="solution", asks=both.asks)
        if taken.stage == "solution":
            return taken
        found = self.members(nodes, words)
        if found is None and taken.value is not None and isinstance(nodes[0], Node):
            found = Second(self.scope, self.decider).verdict(nodes[0], taken.value, words)
            found = found or descending(nodes[0], taken.value, self.scope, self.decider)
        found = found or self.unspecified.verdict(nodes, at)
        if found is None and taken.outcome is Outcome.UNDECIDED and taken.circular:
            found = turned(nodes[0], nodes[1], self.scope, self._read, self.decider.compare)
        if found is None and self.scope.convolves:
            found = self.signals.again(*nodes) or (filtered(taken.value, self.scope) if taken.value is not None else None)
        if found is None:
            return taken
        return replace(taken, outcome=found.outcome, detail=found.detail, stage="solution", asks=found.asks)

    def both_signs(self, nodes: Sequence[Node | Unread]) -> tuple[Node, Node] | None:
        """The equation that one between two pairs of values comes to; None of any other, or where none is left to weigh."""
        return BothSigns(self._read, self.decider.compare).pair(*nodes)

    def slope(self, nodes: Sequence[Node | Unread], i: int, words: str) -> Verdict | None:
        """What the curve before it says of a slope; what stands behind a slope in a chain follows from it."""
        return self.curves.verdict(nodes[0], nodes[i + 1], "hence" if i else words, self._read, self.decider.ask)

    def characteristic(self, nodes: Sequence[Node | Unread], words: str) -> Verdict | None:
        """What the recursion of the section says of its characteristic equation. words: before it"""
        return characteristic(nodes, words, self.unrolling, self._read, self.decider.compare)

    def remainder(self, nodes: Sequence[Node | Unread], words: str) -> Verdict | None:
        """What comes of an equation with a remainder at a place between others."""
        return intermediate(nodes, words, self.scope, self._read, self.decider.ask)

    def inverse(self, left: Node | Unread, right: Node | Unread) -> Verdict | None:
        """What the formula of a function says of one for its inverse."""
        return Inverses(self.scope, self._read, self.decider.compare).verdict(left, right)

    def extremum(self, left: Node | Unread, right: Node | Unread, free: Callable[[], bool]) -> Verdict | None:
        """What comes of a least or greatest value. free: whether nothing in the text restricts the variables"""
        found = same_place(left, right, self.scope, self.decider, self._read_as)
        return found or Extrema(self.scope, self.decider, self._read_as).verdict(left, right, free)

    def _read_as(self, sides: Sequence[Node], options: Options) -> Reading:
        return read_chain(sides, [True, *(False for _ in sides[2:])], self.scope, options)

    def _read(self, sides: Sequence[Node], letters: Sequence[str] = ()) -> Reading:
        return read_chain(sides, [True, *(False for _ in sides[2:])], self.scope, Options(), letters)
