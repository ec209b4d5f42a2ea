r"""Derivatives of something of which nothing is said, as names: `\frac{\partial J}{\partial W_1} = a_0^\top \delta_1`.

A text that calls J the cost, and gives no formula for it, still lays down what its derivatives are, and goes on with them:

    \frac{\partial J}{\partial a} = a - y                 what the cost is, as far as the text needs it
    \delta = \frac{\partial J}{\partial a} \odot f'(z)    in which it is used
    \frac{\partial J}{\partial W} = x^\top \delta = ...   and given numbers

Of an unknown J all of this says what the quotients are, so that the first equation for one of them is its definition, and
later ones are claims about it, as for any name. The name is the letter below with the letter above as its accent: the
entries, the layers and the transposes of W are those of the derivative by W, which has the shape of W.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from calcds.document.source.differentials import differential, places_of
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import SLOPE, Named, atom_and_marks, is_transpose, named, opened, script
from calcds.document.source.raw import Unread


def slopes_in(node: Node) -> Iterator[tuple[Named, Named]]:
    r"""The first derivatives of plain names in a side, `\frac{\partial J(W, b)}{\partial W}` and `\nabla_W J` among them."""
    for one in walk(node):
        found = [_of_quotient(one)] if one.kind == "frac" else [two for _, two in _in_product(one)]
        yield from (pair for pair in found if pair is not None)


def with_slopes(node: Node, tops: Collection[str]) -> Node:
    """A side with a name for every first derivative of some names."""
    found = _of_quotient(node) if node.kind == "frac" else None
    if found is not None and full_key(found[0]) in tops:
        return name_for(*found)
    runs = {k: pair for k, pair in _in_product(node) if full_key(pair[0]) in tops}
    parts: list[Node] = []
    k = 0
    while k < len(node.parts):
        if k in runs:
            parts.append(name_for(*runs[k]))
            k += _length(node.parts, k)
        else:
            parts.append(with_slopes(node.parts[k], tops))
            k += 1
    if node.kind == "unit" and parts[0].kind == "unit":  # the marks of the quotient are those of its name
        parts = [*parts[0].parts, *parts[1:]]
    if node.kind == "product" and len(parts) == 1:
        return parts[0]
    return node.holding(tuple(parts))


def _of_quotient(node: Node) -> tuple[Named, Named] | None:
    try:
        above = differential(node.parts[0])
        below = places_of(opened(node.parts[1])) if above is not None and above[1] == 1 else None
    except Unread:
        return None
    if above is None or not below or len(below) != 1 or below[0][1] != 1:
        return None
    return _pair(above[0], below[0][0])


def _in_product(node: Node) -> Iterator[tuple[int, tuple[Named, Named]]]:
    r"""The derivatives `\nabla_W J` and `\partial J / \partial W` in a product, with where they begin."""
    for k, part in enumerate(node.parts if node.kind == "product" else ()):
        atom, marks = atom_and_marks(part)
        pair = None
        if atom.kind == "NABLA" and [m.kind for m in marks] == ["below"]:
            pair = _pair(node.parts[k + 1 : k + 2], script(marks[0]))
        elif [p.text for p in node.parts[k : k + 4 : 3]] == ["partial", "partial"] and node.parts[k + 2].text == "/":
            pair = _pair(node.parts[k + 1 : k + 2], node.parts[k + 4]) if len(node.parts) > k + 4 else None
        if pair is not None:
            yield k, pair


def _length(parts: Sequence[Node], k: int) -> int:
    """How many parts of a product a derivative takes that begins there: a function may stand with its arguments."""
    if atom_and_marks(parts[k])[0].kind != "NABLA":
        return 5
    return 3 if len(parts) > k + 2 and parts[k + 2].kind == "round" else 2


def _pair(above: Sequence[Node], below: Node) -> tuple[Named, Named] | None:
    top, bottom = named(above[0]) if above else None, named(below)
    alone = len(above) == 1 or (len(above) == 2 and above[1].kind == "round")
    if top is None or bottom is None or not alone or any(m.kind not in {"below", "above"} for m in top.marks):
        return None
    return top, bottom


def name_for(top: Named, bottom: Named) -> Node:
    """The name of a derivative: that of its variable, with what is differentiated as an accent."""
    accent = SLOPE + full_key(top).replace(" ", ".") + " "

    def accented(node: Node) -> Node:
        if node.kind in {"NAME", "WORD"}:
            return Node("NAME", (), accent + node.text, node.at, node.end)
        return node.holding((accented(node.parts[0]), *node.parts[1:]))

    return accented(opened(bottom.node))


def without_transpose(bottom: Named) -> Node:
    r"""The variable of a derivative: the X of `\frac{\partial J}{\partial X^\top}`."""
    node = opened(bottom.node)
    if node.kind != "unit":
        return node
    kept = [m for m in node.parts[1:] if not is_transpose(m)]
    return node.holding((node.parts[0], *kept)) if kept else node.parts[0]


__all__ = ["name_for", "slopes_in", "with_slopes", "without_transpose"]
