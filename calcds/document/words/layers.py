r"""Layers whose numbers stand above without a bracket: `z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j` is about `z^{(l)}_j`.

Such an l is no exponent. It is taken for a layer in a document that speaks of layers, where l counts them: "layer $l$", or some
name has `^{l-1}` or `^{l+1}`. Of a name it is known that the script counts layers where it is one side of an equation,
`a^l = \sigma(z^l)`, has indices, `w^l_{jk}`, or is a capital or bold; and then of what stands in one formula with such a side.

    L, L-1    count layers at the same names, and so do numbers in a document where one of them is 1, as no exponent is
    s^l       in `r_l = 1 + (k-1)(s^l - 1)/(s-1)` is a power; so is `\lambda^l`, and all l in a formula that computes with l

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from calcds.document.source.differentials import DIFFERENTIALS
from calcds.document.source.extract import Document
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import linear
from calcds.document.source.names import Named, atom_and_marks, named, names_in, opened, script
from calcds.document.words.labels import Label, labelling, without_brackets

_SPOKEN = re.compile(r"\blayers?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\blayers?\s+(?:number\s+)?\$\s*\\?(?:l|ell)(?![A-Za-z_])|\$\s*\\?(?:l|ell)\s*\$?(?:\^\{?\\?(?:text|mathrm)?\{?(?:th|st)\}*\$?|"
    r"\$?\s*-?\s*th)?[\s-]+(?:hidden\s+)?layer",
    re.IGNORECASE,
)
_LETTERS = {"l", "ell"}
_LAST = "L"
_MOST = 10  # layers
_RATES = {"lambda", "gamma", "rho", "alpha", "beta", "eta", "epsilon", "varepsilon", "q", "r"}  # they have powers


@dataclass(slots=True)
class Layers:
    """The names of a document whose scripts without a bracket count layers."""

    names: set[str] = field(default_factory=set)
    numbered: bool = False  # one of them has the number 1
    varied: set[tuple[str, int]] = field(default_factory=set)  # names that a section differentiates by, as they stand alone

    @classmethod
    def of(cls, document: Document, chains: Iterable[tuple[int, Sequence[Node]]]) -> Layers:
        """The layers of a document, by its chains and the section of each."""
        made = cls()
        if _SPOKEN.search(document.text) is None:
            return made
        chains = [*chains]
        counted = [sides for _, sides in chains if not _computes(sides)]
        every = [found for sides in counted for found in _scripted(sides)]
        if _COUNTED.search(document.text) is None and not any(label.shift and label.letter in _LETTERS for _, label in every):
            return made
        for sides in counted:
            made.names |= {n.base for n, label in _scripted(sides) if label.letter in _LETTERS and _is_an_array(n)}
            made.names |= {n.base for n in _heads(sides)}
        for sides in counted:
            if any(n.base in made.names for n in _heads(sides)):
                beside = {n.base for n, label in _scripted(sides) if label.letter in _LETTERS}
                made.names |= {base for base in beside if base not in _RATES}
        made.numbered = any(n.base in made.names and not label.letter and label.shift in {0, 1} for n, label in every)
        for section, sides in chains:
            for node in (node for side in sides for node in walk(side) if node.kind == "frac"):
                counted_above = _is_of_higher_order(node)
                bottoms = (n for n in names_in(node.parts[1]) if counted_above or not n.marks)
                made.varied |= {(n.base, section) for n in bottoms if n.base in made.names}
        return made

    def read(self, sides: Sequence[Node], section: int) -> list[Node]:
        """The sides of a chain in which the layers stand in brackets."""
        if not self.names or _computes(sides):
            return [*sides]
        found = [self._in(side, section) for side in sides]
        return [new if new is old else without_brackets(new) for old, new in zip(sides, found, strict=True)]

    def _in(self, node: Node, section: int) -> Node:
        if not node.parts or _is_of_higher_order(node):
            return node
        parts = tuple(self._in(part, section) for part in node.parts)
        if node.kind == "unit" and (name := named(node)) is not None and name.base in self.names:
            parts = tuple(self._labelled(part, name, section) for part in parts)
        return node.holding(parts)

    def _labelled(self, mark: Node, name: Named, section: int) -> Node:
        label = _layer(mark)
        if label is None or (not label.letter and not self.numbered):
            return mark
        if label.letter not in _LETTERS and (name.base, section) in self.varied:
            return mark  # w^L, and a derivative by w: it may be a power
        return labelling(label, mark)


def _layer(mark: Node) -> Label | None:
    """The layer that a superscript without a bracket may be; None for any other."""
    if mark.kind != "above":
        return None
    found = linear(script(mark)) if script(mark).kind in {"NAME", "NUMBER", "sum"} else None
    if found is None or found.constant.denominator != 1 or not found.is_simple:
        return None
    letter = next((node.text for node, _ in found.names if node.kind == "NAME"), None)
    shift = int(found.constant)
    if not found.names:
        return Label("(", "", shift) if 0 <= shift < _MOST else None
    return Label("(", letter, shift) if letter in {*_LETTERS, _LAST} and abs(shift) < _MOST else None


def _scripted(sides: Sequence[Node]) -> Iterator[tuple[Named, Label]]:
    """The names of a chain with a script that may count layers."""
    for side in sides:
        for name in names_in(side):
            for mark in name.marks:
                if (label := _layer(mark)) is not None:
                    yield name, label


def _heads(sides: Sequence[Node]) -> Iterator[Named]:
    """The sides of a chain of several that are names with a letter of layers above."""
    for side in sides if len(sides) > 1 else ():
        name = named(opened(side))
        if name is not None and any((label := _layer(m)) is not None and label.letter in _LETTERS for m in name.marks):
            yield name


def _is_an_array(name: Named) -> bool:
    """Whether a name is written as a vector or a matrix, or as an entry of one."""
    letter = name.base.rpartition(" ")[2]
    below = labelled(name)[1]
    indexed = len(below) == 1 and index_nodes(script(below[0])) is not None
    return letter not in _RATES and (indexed or letter.isupper() or name.base.startswith("bold "))


def _computes(sides: Sequence[Node]) -> bool:
    """Whether a chain computes with the number of a layer: `l w^{l-1}`."""
    return any(n.base in _LETTERS and not n.marks for side in sides for n in _on_the_line(side))


def _is_of_higher_order(node: Node) -> bool:
    r"""Whether a formula counts derivatives: the 2 of `\frac{\partial^2 f}{\partial w^2}` is no layer."""
    above = opened(node.parts[0]) if node.kind == "frac" else node
    signs = (atom_and_marks(p) for p in (above.parts if above.kind == "product" else (above,)))
    return any(atom.text in DIFFERENTIALS and any(m.kind == "above" for m in marks) for atom, marks in signs)


def _on_the_line(node: Node) -> Iterator[Named]:
    """The names of a side that stand in no script."""
    todo = [node]
    while todo:
        here = todo.pop()
        name = named(here) if here.kind in {"unit", "NAME", "WORD", "style"} else None
        if name is not None:
            yield name
        else:
            todo.extend(p for p in here.parts if p.kind not in {"above", "below"})
