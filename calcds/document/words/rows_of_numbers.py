r"""Whether lists of numbers are rows in a document: after `x = [1, 4, 5]` it writes `x W`, and nowhere `W x`.

A list says not how it stands. Books that take a vector as a column write a matrix before it; those that take it as a row, as
programs do with arrays, write it behind it. A transposed name shows neither.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.lists import is_list_of_numbers
from calcds.document.source.names import is_transpose, named
from calcds.document.source.statements import Cut


def lists_are_rows(pieces: Iterable[Cut]) -> bool:
    """Whether names of lists of numbers stand before matrices, and never behind one."""
    said = ((piece.trees, statement.sides) for piece in pieces for statement in piece.statements)
    chains = [[tree for side in sides if isinstance(tree := trees.get(side), Node)] for trees, sides in said]
    listed = {key for nodes in chains if any(map(is_list_of_numbers, nodes)) for key in _small(nodes[:1])}
    found = {place for nodes in chains if listed for node in nodes for place in _places(node, listed)}
    return found == {"before"}


def _small(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        name = named(node)
        if name is not None and name.base[-1:].islower():
            yield full_key(name)


def _places(node: Node, listed: set[str]) -> Iterator[str]:
    """Where the names of lists stand beside matrices."""
    for product in (n for n in walk(node) if n.kind == "product"):
        for one, other in pairwise(product.parts):
            first, second = named(one), named(other)
            if first is None or second is None:
                continue
            if full_key(first) in listed and second.base[-1:].isupper() and not any(map(is_transpose, first.marks)):
                yield "before"
            if full_key(second) in listed and first.base[-1:].isupper() and not any(map(is_transpose, second.marks)):
                yield "behind"


__all__ = ["lists_are_rows"]
