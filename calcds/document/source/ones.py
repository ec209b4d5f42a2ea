r"""Columns of ones that a number divides: the \mathbf 1 of `\frac1n \mathbf 1 \mathbf 1^\top` has n entries.

That matrix takes means, and its own column of ones to itself; nobody divides it by another number.

Imports: calcds.document.source.

>>> from calcds.document.source.latex import read
>>> [str(one) for one in averaged([read(r"I - \frac{1}{q} \mathbf{1} \mathbf{1}^T")])]
['NAME:q']
>>> averaged([read(r"a \mathbf{1} \mathbf{1}^T")])
[]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, is_transpose, opened


def averaged(sides: Sequence[Node]) -> list[Node]:
    """The numbers that divide products of a column of ones with its transpose."""
    found: list[Node] = []
    for product in (n for side in sides for n in walk(side) if n.kind == "product"):
        parts = product.parts
        for k, (one, other) in enumerate(pairwise(parts)):
            if not (is_column_of_ones(one) and is_turned(other)):
                continue
            front = opened(parts[k - 1]) if k else one
            if front.kind == "frac" and opened(front.parts[0]).text == "1":
                found.append(opened(front.parts[1]))
            if [p.text for p in parts[k + 2 : k + 3]] == ["/"] and k + 3 < len(parts):
                found.append(opened(parts[k + 3]))
    return [one for one in found if one.kind == "NAME"]


def is_column_of_ones(node: Node) -> bool:
    r"""`\mathbf 1`, without marks."""
    atom, marks = atom_and_marks(node)
    inside = opened(atom.parts[0]) if atom.kind == "style" else atom
    return atom.kind == "style" and not marks and inside.kind == "NUMBER" and inside.text == "1"


def is_turned(node: Node) -> bool:
    r"""`\mathbf 1^\top`."""
    atom, marks = atom_and_marks(node)
    return len(marks) == 1 and is_transpose(marks[0]) and is_column_of_ones(atom)


__all__ = ["averaged", "is_column_of_ones", "is_turned"]
