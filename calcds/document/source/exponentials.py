r"""The softmax of a vector as it is often printed: `\frac{e^z}{\sum_j e^{z_j}}` is the vector of the `e^{z_i}`, by a number.

e with a vector above it has no meaning by itself, and of a matrix it is a series. Above a sum over the entries of the same name
it is meant entry by entry: it becomes `\exp(z)`, which is so for vectors, and the same for numbers.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, atom_and_marks, named, opened, script


def with_exponentials(node: Node) -> Node:
    r"""A tree with `\exp(z)` for the `e^z` above `\sum_j e^{z_j}`."""
    if not node.parts:
        return node
    parts = tuple(with_exponentials(part) for part in node.parts)
    slash = node.kind == "product" and len(parts) > 2 and parts[1].text == "/"
    bottom = parts[1] if node.kind == "frac" else Node("product", parts[2:]) if slash else None
    exponent = _exponent(parts[0]) if bottom is not None else None
    if bottom is not None and exponent is not None and _is_summed(exponent, bottom):
        return node.holding((_exp(exponent), *parts[1:]))
    return node.holding(parts)


def _exponent(node: Node) -> Named | None:
    """The z of `e^z`; None for anything else."""
    atom, marks = atom_and_marks(opened(node))
    above = len(marks) == 1 and marks[0].kind == "above"
    return named(script(marks[0])) if above and (atom.kind, atom.text) == ("NAME", "e") else None


def _is_summed(name: Named, bottom: Node) -> bool:
    r"""Whether the entries of a name stand above an e behind a sum over their index."""
    if any(mark.kind == "below" for mark in name.marks):
        return False
    sums = [n for n in walk(bottom) if n.kind == "unit" and n.parts[0].kind == "BIGOP" and n.parts[0].text == "sum"]
    bound = {n.text for one in sums for mark in one.parts[1:] if mark.kind == "below" for n in walk(mark) if n.kind == "NAME"}
    entries = [entry for n in walk(bottom) if (entry := _exponent(n)) is not None and entry.base == name.base]
    letters = [script(m).text for entry in entries for m in entry.marks if m.kind == "below"]
    return bool(sums) and bool(letters) and set(letters) <= bound


def _exp(name: Named) -> Node:
    at, end = name.node.at, name.node.end
    bracket = Node("round", (Node("items", (name.node,), "", at, end),), "", at, end)
    return Node("product", (Node("FUNC", (), "exp", at, end), bracket), "", at, end)


__all__ = ["with_exponentials"]
