r"""Letters below names that do not stand for every index.

    "Let x_i = y_i + y_j and x_j = y_i - y_j"      i and j are two certain indices: nothing is said of the other x_k
    "Case 2: k \ne c"   \frac{\partial L}{\partial z_k} = p_k      holds but where the letters are equal, which is excluded
    L = -z_c + \log \sum_j e^{z_j}                 z_c is an entry of z in one line, and was a number of its own in another

A definition of an entry whose formula has another free index is about certain indices, and a claim with such a name that fails
may be about these. So may one that fails only where two letters are equal that the text tells apart.

Imports: calcds.decide.verdict, calcds.document.source, calcds.expr.term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from calcds.decide.verdict import Verdict
from calcds.document.reading.binding import summed_letters
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import named, names_in, script
from calcds.document.source.raw import Unread
from calcds.expr.term import Term, subterms

_LETTERS = frozenset("ijklmpqrs")


@dataclass(slots=True)
class Particular:
    """Names of which only certain entries were defined."""

    defined: dict[str, int] = field(default_factory=dict)  # by key, with the section

    def note(self, nodes: Sequence[Node | Unread], section: int) -> None:
        """A definition is about certain indices; that of the others, "$x_k = y_k$ for all other $k$", changes nothing of it."""
        head, body = nodes[0], nodes[-1]
        name = named(head) if isinstance(head, Node) else None
        if name is None or not isinstance(body, Node) or len(nodes) != 2:
            return
        key, below, rest = labelled(name)
        own = {n.text for mark in below for n in index_nodes(script(mark)) or () if n.kind == "NAME"}
        if not own & _LETTERS or rest:
            return
        if {*_letters(body)} - own - summed_letters(body):
            self.defined[key] = section

    def reaches(self, nodes: Sequence[Node | Unread], section: int) -> bool:
        """Whether a claim is about such a name of its section."""
        keys = {labelled(n)[0] for node in nodes if isinstance(node, Node) for n in names_in(node)}
        return any(self.defined.get(key) == section for key in keys)


def _letters(body: Node) -> Iterator[str]:
    for name in names_in(body):
        for mark in labelled(name)[1]:
            yield from (n.text for n in index_nodes(script(mark)) or () if n.kind == "NAME" and n.text in _LETTERS)


def are_told_apart(verdict: Verdict, lately: str) -> bool:
    r"""Whether a claim that fails holds where two letters differ, and the text before it has `k \ne c`."""
    pairs = re.findall(r"(?<![A-Za-z])([a-z])\s*(?:\\neq?(?![A-Za-z])|≠)\s*([a-z])(?![A-Za-z])", lately)
    return any(verdict.holds_if in {f"{one} != {other}", f"{other} != {one}"} for one, other in pairs)


def is_twofold(terms: Sequence[Term]) -> bool:
    """Whether entries of an array, and a number that is written like one of them, stand in one claim: z_j, and a number z_c."""
    parts = [t for side in terms for t in subterms(side)]
    numbers = [str(t.data[0]).rpartition("_") for t in parts if t.head == "sym" and t.is_scalar]
    arrays = {str(t.args[0].data[0]) for t in parts if t.head == "entry" and t.args[0].head == "sym"}
    return any(name in arrays and len(letter) == 1 and letter.isalpha() for name, _, letter in numbers)


__all__ = ["Particular", "are_told_apart", "is_twofold"]
