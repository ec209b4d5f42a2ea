r"""Claims about two numbered things that fail only where these are the same: `\frac{\partial s_n}{\partial w_1} = 0` for n = 1.

Who numbers one thing by a letter, and another by a number, mostly means another one.

Imports: calcds.decide.verdict, calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.decide.verdict import Verdict
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in, script
from calcds.document.source.raw import Unread


def are_the_same(nodes: Sequence[Node | Unread], verdict: Verdict) -> bool:
    """Whether a claim was seen to fail where a letter below a name is a number that is printed below another one.

    Printed indices count from 1, or from 0; those of a counterexample from 0, where they are no sizes.
    """
    found = verdict.counterexample
    below = [*_indices(nodes)]
    numbers = {n.text for n in below if n.kind == "NUMBER"}
    letters = {n.text for n in below if n.kind == "NAME"}
    if found is None or not numbers or not letters:
        return False
    places = {str(place) for name, place in found.values.items() if name in letters}
    same = places | {str(int(place) + 1) for place in places if place.isdigit()}
    return not numbers.isdisjoint(same | {str(length) for name, length in found.sizes.items() if name in letters})


def _indices(nodes: Sequence[Node | Unread]) -> Iterator[Node]:
    for name in (n for node in nodes if isinstance(node, Node) for n in names_in(node)):
        for mark in labelled(name)[1]:
            yield from index_nodes(script(mark)) or ()


__all__ = ["are_the_same"]
