r"""Derivatives that a text names in words: "let $\delta$ be the gradient of $L$ with respect to $z$".

It is as if `\delta = \frac{\partial L}{\partial z}` were printed: $L$ depends on $z$, and a name stands for the derivative. The
words must say just that; "the negative gradient", "the norm of the gradient" and "the gradient at $x_0$" are something else.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.source.differentials import Quotient
from calcds.document.source.latex import Node
from calcds.document.source.names import is_transpose, named, opened
from calcds.document.words.wording import CLOSING, OPENING, Cut

_IS = re.compile(
    rf"{CLOSING}(?:is|be|denotes?|denote|for|,)\s+(?:(?:again|simply|just|defined as)\s+)?(?:the|a)\s+"
    rf"(?:partial\s+)?(?:gradient|derivative)\s+of\s+(?:(?:the|a)\s+)?(?:(?:loss|cost|objective|error|function)\s+){{0,2}}{OPENING}"
)
_BY = re.compile(
    rf"{CLOSING}(?:with\s+respect\s+to|w\.?\s?r\.?\s?t\.?)\s+"
    rf"(?:(?:the|its)\s+(?:[a-z-]+\s+){{1,3}})?{OPENING}"
)
_GOES_ON = re.compile(rf"{CLOSING}(?:at|evaluated|times|squared|divided|multiplied|up to|,?\s+(?:taken|evaluated)\s+at)\b")


def gradients_in_words(paragraph: Sequence[Cut]) -> Iterator[tuple[Cut, Node, Quotient, Node]]:
    """The derivatives that a paragraph names in words: the last of the three formulas, the name, of what by what, as a tree."""
    for one, of, by in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        if _IS.fullmatch(of.segment.before) is None or _BY.fullmatch(by.segment.before) is None:
            continue
        new, top, bottom = map(_name, (one, of, by))
        names = [None if node is None else named(node) for node in (top, bottom)]
        if new is None or top is None or bottom is None or names[0] is None or names[1] is None:
            continue
        if _GOES_ON.match(by.segment.after) is not None:
            continue
        at, end = top.at, bottom.end
        sign = Node("PARTIAL", (), "partial", at, end)
        quotient = Node("frac", (Node("product", (sign, top)), Node("product", (sign, bottom))), "", at, end)
        yield by, new, (names[0], names[1]), quotient


def _name(piece: Cut) -> Node | None:
    """The name that an inline formula is."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if len(sides) == 1 and not piece.segment.display else None
    name = named(opened(tree)) if isinstance(tree, Node) else None
    return opened(tree) if isinstance(tree, Node) and name is not None and not any(map(is_transpose, name.marks)) else None


__all__ = ["gradients_in_words"]
