r"""Derivatives that a text names in words: "let $\delta$ be the gradient of $L$ with respect to $z$".

It is as if `\delta = \frac{\partial L}{\partial z}` were printed: $L$ depends on $z$, and a name stands for the derivative. The
words must say just that; "the negative gradient", "the norm of the gradient" and "the gradient at $x_0$" are something else.

So are a gradient and a Hessian "of $f$ at $x$", `\nabla f(x)` and `\nabla^2 f(x)`. In a document that speaks of Hessians,
H_f(x) is `\nabla^2 f(x)`, too.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.source.differentials import Quotient
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, is_transpose, named, opened, script
from calcds.document.source.statements import Cut
from calcds.document.words.wording import CLOSING, OPENING

_FUNCTIONS = {"f", "g", "F", "h", "L", "phi", "ell"}
_IS = re.compile(
    rf"{CLOSING}(?:is|be|denotes?|denote|for|,)\s+(?:(?:again|simply|just|defined as)\s+)?(?:the|a)\s+"
    rf"(?:partial\s+)?(?:gradient|derivative)\s+of\s+(?:(?:the|a)\s+)?(?:(?:loss|cost|objective|error|function)\s+){{0,2}}{OPENING}"
)
_BY = re.compile(
    rf"{CLOSING}(?:with\s+respect\s+to|w\.?\s?r\.?\s?t\.?)\s+"
    rf"(?:(?:the|its)\s+(?:[a-z-]+\s+){{1,3}})?{OPENING}"
)
_AT_A_PLACE = re.compile(
    rf"{CLOSING}(?:is|be|denotes?|denote|for|,)\s+the\s+(?P<what>gradient|Hessian)(?:\s+(?:matrix|vector))?\s+of\s+{OPENING}"
)
_AT = re.compile(rf"{CLOSING}(?:evaluated\s+)?at\s+(?:(?:the|a)\s+point\s+)?{OPENING}")
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


def at_places_in_words(paragraph: Sequence[Cut]) -> Iterator[tuple[Cut, Node, Node]]:
    """The gradients and Hessians at a place that a paragraph names: the last of the three formulas, the name, and a tree."""
    for one, of, by in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        said = _AT_A_PLACE.fullmatch(of.segment.before)
        new, function, place = map(_name, (one, of, by))
        if said is None or _AT.fullmatch(by.segment.before) is None or new is None or function is None or place is None:
            continue
        yield by, new, _nabla(function, Node("round", (place,), "", place.at, place.end), second=said["what"] == "Hessian")


def with_hessians(node: Node) -> Node:
    r"""A tree with `\nabla^2 f(x)` for `H_f(x)` and `\mathbf{H} f(x)`."""
    if not node.parts:
        return node
    parts = [with_hessians(p) for p in node.parts]
    if node.kind != "product":
        return node.holding(tuple(parts))
    done: list[Node] = []
    for part in parts:
        function = _of_hessian(done[-1]) if done and part.kind in {"round", "unit"} else None
        bracket = atom_and_marks(part)[0].kind == "round"
        if function is not None and bracket:
            done[-1:] = _nabla(function, part, second=True).parts
        elif bracket and len(done) > 1 and _is_hessian(done[-2]) and done[-1].kind == "NAME" and done[-1].text in _FUNCTIONS:
            done[-2:] = _nabla(done[-1], part, second=True).parts
        else:
            done.append(part)
    return Node("product", tuple(done), "", node.at, node.end)


def _of_hessian(node: Node) -> Node | None:
    """The f of `H_f`."""
    name = named(node)
    if name is None or name.base not in {"H", "bold H"} or [m.kind for m in name.marks] != ["below"]:
        return None
    function = script(name.marks[0])
    return function if function.kind == "NAME" and function.text in _FUNCTIONS else None


def _is_hessian(node: Node) -> bool:
    r"""Whether a factor is the operator `\mathbf{H}`; a plain H would be a matrix before the value of a function."""
    name = named(node)
    return name is not None and name.base == "bold H" and not name.marks


def _nabla(function: Node, argument: Node, *, second: bool) -> Node:
    sign = Node("NABLA", (), "nabla", function.at, function.at)
    above = Node("above", (Node("NUMBER", (), "2", function.at, function.at),), "", function.at, function.at)
    nabla = Node("unit", (sign, above), "", function.at, function.at) if second else sign
    return Node("product", (nabla, function, argument), "", function.at, argument.end)


def _name(piece: Cut) -> Node | None:
    """The name that an inline formula is."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if len(sides) == 1 and not piece.segment.display else None
    name = named(opened(tree)) if isinstance(tree, Node) else None
    return opened(tree) if isinstance(tree, Node) and name is not None and not any(map(is_transpose, name.marks)) else None


__all__ = ["at_places_in_words", "gradients_in_words", "with_hessians"]
