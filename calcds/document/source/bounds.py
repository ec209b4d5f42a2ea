r"""Bars with bounds are brackets with bounds: `\frac{x^2}{2} \Big|_0^1` and `\left. F(x) \right|_{x=a}^{b}`.

A bar reaches over the whole product in front of it: what does not depend on the variable is a factor of both values.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks


def with_bounds(node: Node) -> Node:
    """A tree with brackets in the place of bars that have two bounds."""
    node = node.holding(tuple(with_bounds(part) for part in node.parts))
    if node.kind == "unit":
        return _of_value(node) or _of_product([node]) or node
    return (_of_product(node.parts) or node) if node.kind == "product" else node


def _of_value(node: Node) -> Node | None:
    atom, marks = atom_and_marks(node)
    if atom.kind != "value" or not marks or marks[0].kind != "above":
        return None
    inside, low = atom.parts
    return _bracket(inside, Node("below", (low,), "", low.at, low.end), marks[0], marks[1:], node)


def _of_product(factors: tuple[Node, ...] | list[Node]) -> Node | None:
    *before, last = factors
    atom, marks = atom_and_marks(last)
    k = next((k for k, mark in enumerate(marks) if mark.kind == "where"), len(marks))
    if [m.kind for m in marks[k:]] != ["where", "above"]:
        return None
    rest = Node("unit", (atom, *marks[:k]), "", last.at, last.end) if k else atom
    inside = Node("product", (*before, rest), "", factors[0].at, last.end) if before else rest
    low = Node("below", marks[k].parts, "", marks[k].at, marks[k].end)
    return _bracket(inside, low, marks[k + 1], (), last)


def _bracket(inside: Node, low: Node, high: Node, rest: tuple[Node, ...], node: Node) -> Node:
    items = inside if inside.kind == "items" else Node("items", (inside,), "", inside.at, inside.end)
    return Node("unit", (Node("square", (items,), "", inside.at, inside.end), low, high, *rest), "", node.at, node.end)


__all__ = ["with_bounds"]
