r"""What a line differentiates on its right is what its left differentiates: then the text has a formula for it.

    \frac{\partial L}{\partial a} = \frac{\partial}{\partial a} (y - a)^2 = -2 (y - a)        L = (y - a)^2, as far as a matters
    \frac{\partial a}{\partial w} = \frac{\partial}{\partial w} (w x + b) = x                 a = w x + b

Many notes on networks print no other equation for the loss. What does not depend on the variable may be left out on the
right, so that of derivatives by names which do not stand in the formula nothing follows.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.differentials import is_operator, places_of
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks, named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.document.source.slopes import slopes_in


def formula_of(left: Node, right: Node) -> tuple[Named, Node] | None:
    """The name that a left side differentiates, and the formula that the right one differentiates by the same variable."""
    slope = next(slopes_in(left), None) if opened(left).kind == "frac" else None
    parts = opened(right).parts if opened(right).kind == "product" else ()
    if slope is None or len(parts) < 2 or not is_operator(parts[0]):
        return None
    top, bottom = slope
    by, body = _variable(parts[0]), _body(parts[1:])
    keys = {full_key(name) for name in names_in(body)}
    if by is None or full_key(by) != full_key(bottom) or full_key(by) not in keys or full_key(top) in keys:
        return None
    return top, body


def _variable(operator: Node) -> Named | None:
    try:
        places = places_of(opened(atom_and_marks(operator)[0].parts[1]))
    except Unread:
        return None
    return named(places[0][0]) if places is not None and len(places) == 1 and places[0][1] == 1 else None


def _body(parts: Sequence[Node]) -> Node:
    first = parts[0]
    if len(parts) > 1:
        return Node("product", tuple(parts), "", first.at, parts[-1].end)
    return first.parts[0] if first.kind in {"round", "square"} and len(first.parts) == 1 else first


__all__ = ["formula_of"]
