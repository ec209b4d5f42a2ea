r"""An equation between two pairs of values, `m \pm 2s = m \pm 2m / \sqrt n`: it means both signs, the upper with the upper.

    X \pm Y = X' \pm Y'          holds if X = X' and Y = Y': the second is weighed, where the first holds
    \frac{b \pm r}{2a} = ...     the equation with the lower signs is weighed where it fails, else that with the upper ones

Two pairs are the same, too, where the upper value of one is the lower one of the other, as of `\frac{b \pm r}{-2}` and
`\frac{-b \pm r}{2}`: then nothing is said. Rounded numbers are weighed only where the sign stands between two summands, as each
of these is rounded by itself. Whoever asks sees to it that no spread is printed in percent, which are of the value before it.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node, in_brackets, walk
from calcds.document.source.names import opened
from calcds.document.source.raw import Unread
from calcds.expr.term import Term

Pair = tuple[Node, Node]
_OTHER = {"+": "-", "-": "+"}
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}


@dataclass(frozen=True, slots=True)
class BothSigns:
    """What equations with a sign for two values on either side come to."""

    read: Callable[[Sequence[Node]], Reading]
    compare: Callable[[Reading, Term, Term], Verdict]

    def pair(self, left: Node | Unread, right: Node | Unread) -> Pair | None:
        """The sides of the equation without such signs that is left to weigh; None where there is none, or both signs fail."""
        if not isinstance(left, Node) or not isinstance(right, Node):
            return None
        signs = [[n for n in walk(side) if n.kind == "PM"] for side in (left, right)]
        if [len(found) for found in signs] != [1, 1]:
            return None
        one, other = _halves(left), _halves(right)
        rounded = any(n.kind == "NUMBER" and "." in n.text for side in (left, right) for n in walk(side))
        if one is not None and other is not None:
            middle, alike = (one[0], other[0]), signs[0][0].text == signs[1][0].text
            spread, opposite = (one[1], other[1]), (one[1], _negative(other[1]))
            spread, opposite = (spread, opposite) if alike else (opposite, spread)
            turned = self._holds(opposite)
            if self._holds(middle):
                return None if turned and not self._holds(spread) else spread
            if rounded:
                return middle if turned or self._holds(spread) else None
        elif rounded:
            return None
        upper, lower = ((_signed(left, sign), _signed(right, sign)) for sign in ("+", "-"))
        if self._outcome((upper[0], lower[1])) is not Outcome.REFUTED:
            return None
        found = self._outcome(lower)
        return upper if found in _GOOD else lower if found is Outcome.REFUTED else None

    def _holds(self, pair: Pair) -> bool:
        return str(pair[0]) == str(pair[1]) or self._outcome(pair) in _GOOD

    def _outcome(self, pair: Pair) -> Outcome | None:
        """What comes of an equation as it is read first; None where it is not read for certain."""
        reading = self.read(pair)
        sides = reading.pair(0)
        return None if sides is None or reading.doubts_of(0) else self.compare(reading, *sides).outcome


def _halves(side: Node) -> tuple[Node, Node] | None:
    r"""X and Y of a side `X \pm Y`, which may have other summands behind it; None of one with the sign in another place."""
    whole = opened(side)
    place = next((k for k, p in enumerate(whole.parts) if p.kind == "PM"), None) if whole.kind == "sum" else None
    if place is None or place + 1 >= len(whole.parts):
        return None
    rest = (*whole.parts[:place], *whole.parts[place + 2 :])
    if not rest:
        return Node("NUMBER", (), "0", side.at, side.end), whole.parts[place + 1]
    middle = rest[0] if len(rest) == 1 else Node("sum", rest, "", side.at, side.end)
    return middle, whole.parts[place + 1]


def _negative(node: Node) -> Node:
    return Node("sum", (Node("ADD", (), "-", node.at, node.at), in_brackets(node)), "", node.at, node.end)


def _signed(node: Node, sign: str) -> Node:
    r"""A side with the upper signs, "+", or the lower ones: those of `\mp` are the others."""
    if node.kind == "PM":
        return Node("ADD", (), _OTHER[sign] if node.text in {"mp", "\\mp", "∓"} else sign, node.at, node.end)
    return node.holding(tuple(_signed(p, sign) for p in node.parts))


__all__ = ["BothSigns"]
