r"""`dW` as a name for a derivative, where a text says so: "we write $dz$ for $\frac{\partial L}{\partial z}$".

    dz = \frac{\partial L}{\partial z},  dW = dz\, x^T       the second one says  \frac{\partial L}{\partial W} = ... x^T

Many courses on networks write so. Then a d before a name is no differential from that place on: `dW`, `db` and `dz^{[1]}`
are the derivatives of the same loss. It takes an equation, or words, about the derivative by the very variable behind the d. Of
capitals for whole batches, Z, A and X, it has to be said of one of them: courses divide by the number of examples at some.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, is_d, letter_of, named, opened
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut

_FOR = re.compile(
    r"[\s$)\\]*(?:for|denotes?|means?|is|stands\s+for|instead\s+of|as\s+(?:a\s+)?short(?:hand)?\s+for)\s+[$\\(\s]*"
)
_AS = re.compile(r"[\s$)\\]*(?:as|by|is\s+(?:written|denoted)(?:\s+(?:as|by))?)\s+[$\\(\s]*")
_BATCHES = {"Z", "A", "X"}


@dataclass(frozen=True, slots=True)
class Slopes:
    """What a d before a name is short for.

    loss: what is differentiated
    at: from where in the document on
    batches: whether it was said of the variables of a batch
    """

    loss: Node
    at: int
    batches: bool

    def written_out(self, node: Node, at: int) -> Node:
        """A tree at some place of the document, with the derivatives that it is short for."""
        return node if at < self.at else self._in(node)

    def _in(self, node: Node) -> Node:
        if not node.parts or (node.kind == "frac" and _is_quotient(node)):
            return node
        parts = tuple(map(self._in, node.parts))
        if node.kind == "product" and not any(p.kind == "BIGOP" or (p.parts and p.parts[0].kind == "BIGOP") for p in parts):
            parts = self._in_product(parts)
            if len(parts) == 1:
                return parts[0]
        return node.holding(parts)

    def _in_product(self, parts: Sequence[Node]) -> tuple[Node, ...]:
        done, k = list[Node](), 0
        while k < len(parts):
            name = named(parts[k + 1]) if is_d(parts[k]) and k + 1 < len(parts) else None
            if name is not None and (self.batches or letter_of(name.base) not in _BATCHES):
                done.append(self._quotient(parts[k], name))
                k += 2
            else:
                done.append(parts[k])
                k += 1
        return tuple(done)

    def _quotient(self, d: Node, name: Named) -> Node:
        sign = Node("PARTIAL", (), "partial", d.at, d.end)
        above, below = Node("product", (sign, self.loss)), Node("product", (sign, name.node))
        return Node("frac", (above, below), "", d.at, name.node.end)


def _is_quotient(node: Node) -> bool:
    r"""`\frac{dz}{dx}`, and `\frac{d}{dx}`."""
    below = opened(node.parts[1])
    return below.kind == "product" and is_d(below.parts[0])


def slopes_of(pieces: Sequence[Cut]) -> Slopes | None:
    """The convention of a document; None where it has none, or not one only."""
    found: list[tuple[Named, Named, int]] = []
    before: tuple[Cut, Node] | None = None
    for piece in pieces:
        for statement in piece.statements:
            sides = [piece.trees.get(side) for side in statement.sides]
            if len(sides) == 2 and statement.sides[1].relation in {"=", ":="}:
                found += _said(sides[0], sides[1], piece.segment.at)
        alone = [piece.trees.get(s.sides[0]) for s in piece.statements if len(s.sides) == 1]
        tree = alone[0] if len(alone) == len(piece.statements) == 1 else None
        if isinstance(tree, Node) and before is not None:
            between = piece.segment.before
            if _FOR.fullmatch(between):
                found += _said(before[1], tree, before[0].segment.at)
            elif _AS.fullmatch(between):
                found += _said(tree, before[1], before[0].segment.at)
        before = (piece, tree) if isinstance(tree, Node) else None
    losses = {full_key(loss) for loss, _, _ in found}
    if len(losses) != 1:
        return None
    batches = any(letter_of(variable.base) in _BATCHES for _, variable, _ in found)
    return Slopes(found[0][0].node, min(at for _, _, at in found), batches)


def _said(short: Node | Unread | None, long: Node | Unread | None, at: int) -> list[tuple[Named, Named, int]]:
    r"""What is differentiated, and by what, where one side is `dz` and the other one `\frac{\partial L}{\partial z}`."""
    if not isinstance(short, Node) or not isinstance(long, Node):
        return []
    parts = opened(short).parts if opened(short).kind == "product" else ()
    name = named(parts[1]) if len(parts) == 2 and is_d(parts[0]) else None
    side = opened(long)
    pairs = list(quotients(long)) if side.kind == "frac" or (side.kind == "product" and len(side.parts) == 5) else []
    if name is None or len(pairs) != 1:
        return []
    (top, bottom), *_ = pairs
    return [(top, bottom, at)] if full_key(bottom) == full_key(name) and full_key(top) != full_key(bottom) else []
