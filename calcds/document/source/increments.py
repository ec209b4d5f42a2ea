r"""A Delta that is a name of its own: after `\Delta = \frac{\partial L}{\partial Z}`, `\Delta W^\top` is a product.

Elsewhere `\Delta W` is one name, for an increment. So it is where such an increment heads an equation or tends to something
in the same section, whatever else that section calls Delta.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, named, opened

_NAMES = {"Delta", "bold Delta"}


def is_named(chains: Sequence[Sequence[Node]]) -> bool:
    """Whether the formulas of a section give Delta a meaning, or are about it alone, and give no increment one."""
    heads = [head for sides in chains if sides and (head := named(opened(sides[0]))) is not None]
    defined = any(head.base in _NAMES for head in heads)
    return defined and not any(_is_increment(head) for head in heads) and not any(map(_tends, (n for c in chains for n in c)))


def with_products(node: Node) -> Node:
    r"""A tree in which `\Delta W` is the product of Delta and W."""
    if not node.parts:
        return node
    factors = _factors(node)
    if factors is not None:
        return Node("product", factors, "", node.at, node.end)
    parts: list[Node] = []
    for part in map(with_products, node.parts):
        parts += part.parts if node.kind == "product" and part.kind == "product" and part.text == "" else [part]
    return node.holding(tuple(parts))


def _factors(node: Node) -> tuple[Node, Node] | None:
    """Delta, and what stands behind it with all its marks; None where a node is no increment."""
    style = node.parts[0] if node.kind == "unit" else node
    if style.kind != "style" or style.text != "increment" or len(style.parts) != 1:
        return None
    inside = style.parts[0]
    delta = Node("NAME", (), "Delta", node.at, inside.at)
    factor = Node("unit", (inside, *node.parts[1:]), "", inside.at, node.end) if node.kind == "unit" else inside
    return delta, factor


def _is_increment(name: Named) -> bool:
    return name.base.startswith("Delta ")


def _tends(tree: Node) -> bool:
    r"""Whether an increment tends to something: `\lim_{\Delta x \to 0}`."""
    marks = (mark for node in walk(tree) if node.kind == "unit" for mark in node.parts[1:] if mark.kind == "below")
    return any(n.kind == "style" and n.text == "increment" for mark in marks for n in walk(mark))


__all__ = ["is_named", "with_products"]
