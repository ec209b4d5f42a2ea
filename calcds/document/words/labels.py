r"""Labels of layers: the l of `W^{(l)}`, and what is said of layer l said of layer l + 1.

    z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}   says, for every l,   z^{(l+1)} = W^{(l+1)} a^{(l)} + b^{(l+1)}

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from calcds.document.source.latex import Node
from calcds.document.source.names import (
    atom_and_marks,
    is_inverse_transpose,
    is_label,
    is_transpose,
    named,
    names_in,
    opened,
    script,
    text_of,
)
from calcds.document.words.shapes import resized
from calcds.expr.kinds import Dim
from calcds.expr.term import DERIVATIVES, Size, Term, size, substitute, subterms

_LABEL = re.compile(r"(?P<open>[(\[])(?P<letter>[A-Za-z]+)?(?P<shift>[+-]?\d+)?[)\]]")
LAST = {"ell": "L"}  # the letter of the last layer, where it is not the capital of the same letter
_IN_KEY = re.compile(r"\^(?P<label>[(\[][A-Za-z]+[)\]])$")
_ANY_IN_KEY = re.compile(r"\^[(\[][A-Za-z0-9+-]+[)\]]$")


@dataclass(frozen=True, slots=True)
class Label:
    """`(l)`, `(l+1)`, `[L]`, `(2)`."""

    bracket: str
    letter: str  # "" for a number
    shift: int = 0

    def __str__(self) -> str:
        inside = self.letter + (f"{self.shift:+d}" if self.shift and self.letter else "" if self.letter else str(self.shift))
        return f"{self.bracket}{inside}{')' if self.bracket == '(' else ']'}"

    def shown(self) -> str:
        """As it stands in the name of a size."""
        return str(self)[1:-1]


def label_of(mark: Node) -> Label | None:
    """The label that a superscript is; None for any other."""
    return parsed(text_of(script(mark))) if is_label(mark) else None


def parsed(said: str) -> Label | None:
    """A label by its text."""
    found = _LABEL.fullmatch(said)
    if found is None or not (found["letter"] or found["shift"]):
        return None
    return Label(found["open"], found["letter"] or "", int(found["shift"] or 0))


def moved(label: Label, letter: str, to: Label) -> Label:
    """`(l-1)` where l is l + 1: `(l)`; a label that is a number is that of a layer of its own."""
    return replace(to, bracket=label.bracket, shift=to.shift + label.shift) if letter and label.letter == letter else label


def relabelled(node: Node, old: Label, new: Label) -> Node:
    """A node in which the label of every name is that of another layer."""
    if is_label(node) and (label := label_of(node)) is not None:
        return labelling(moved(label, old.letter, new), node)
    if not node.parts:
        return node
    return node.holding(tuple(relabelled(p, old, new) for p in node.parts))


def labelling(label: Label, like: Node) -> Node:
    """The superscript that a label is, in the place of another one."""
    at, end = like.at, like.end
    parts: list[Node] = [Node("NAME", (), label.letter, at, end)] if label.letter else []
    if label.letter and label.shift:
        parts += [Node("ADD", (), "+" if label.shift > 0 else "-", at, end), Node("NUMBER", (), str(abs(label.shift)), at, end)]
    elif not label.letter:
        parts = [Node("NUMBER", (), str(label.shift), at, end)]
    inside = parts[0] if len(parts) == 1 else Node("sum", tuple(parts), "", at, end)
    bracket = Node("round" if label.bracket == "(" else "square", (Node("items", (inside,), "", at, end),), "", at, end)
    return Node("above", (bracket,), "", at, end)


def without_brackets(node: Node) -> Node:
    r"""A tree in which `(W^{(l)})^T`, which has brackets because of its label only, is W^{(l)} with two marks.

    Those of `\nabla f(x_k)^T` are brackets of an argument.
    """
    if not node.parts:
        return node
    before = ["", "", *(atom_and_marks(p)[0].kind for p in node.parts)] if node.kind == "product" else []
    argument = {k for k, kind in enumerate(before[:-2]) if kind == "NABLA"}
    parts = tuple(p if k in argument else without_brackets(p) for k, p in enumerate(node.parts))
    if node.kind == "unit" and parts[0].kind == "round" and all(is_transpose(m) or is_inverse_transpose(m) for m in parts[1:]):
        inside = opened(parts[0].parts[0]) if len(parts[0].parts) == 1 else None
        name = named(inside) if inside is not None else None
        if inside is not None and name is not None and name.marks and all(is_label(m) or m.kind == "below" for m in name.marks):
            atom, marks = atom_and_marks(inside)
            return Node("unit", (atom, *marks, *parts[1:]), "", node.at, node.end)
    return node.holding(parts)


def labels_in(nodes: Sequence[Node]) -> list[Label]:
    """The labels of the names in a chain."""
    marks = (mark for node in nodes for name in names_in(node) for mark in name.marks)
    return list(dict.fromkeys(label for mark in marks if (label := label_of(mark)) is not None))


def instances(key: str, symbol: Term, body: Term, labels: Sequence[Label]) -> Iterator[tuple[str, Term, Term]]:
    """What a definition for every layer says of some layers: key, symbol and body of each."""
    if any(t.head in DERIVATIVES for t in subterms(body)):
        return  # a derivative by what is another thing in another layer: `calcds.document.words.abbreviations` knows of it
    found = _IN_KEY.search(key)
    own = parsed(found["label"]) if found is not None else None
    if found is None or own is None or own.shift or (len(own.letter) > 1 and own.letter != "ell"):
        return
    for label in labels:
        letters = {own.letter, LAST.get(own.letter, own.letter.upper())}
        alike = label.letter in letters or (not label.letter and own.letter in {"l", "ell"})
        if label.bracket == own.bracket and label != own and alike and own.letter.islower():
            there = _Renaming(own.letter, label)
            yield key[: found.start()] + f"^{label}", there(symbol), there(body)


def of_layers(keys: Collection[str], known: Iterable[str]) -> set[str]:
    """The known keys that say of every layer what keys with labels may be: `a^(l)` for `a^(L)`."""
    bases = {key[: found.start()] for key in keys if (found := _ANY_IN_KEY.search(key)) is not None}
    return {key for key in known if (found := _IN_KEY.search(key)) is not None and key[: found.start()] in bases}


class _Renaming:
    r"""A term of layer l as a term of another layer: its names, the sizes and the functions that are called by their layers.

    The `\varphi_l` of `a^l = \varphi_l(z^l)` is `\varphi_L` in layer L, as the b of layer l is that of layer L.
    """

    def __init__(self, letter: str, to: Label) -> None:
        self.letter, self.to = letter, to
        self._name = re.compile(rf"(?<=[(\[_]){letter}(?P<shift>[+-]\d+)?(?![A-Za-z0-9])")

    def __call__(self, term: Term) -> Term:
        called = {t.data.name for t in subterms(term) if t.head == "apply" and t.data.body is None}
        names = {name: self.renamed(name) for name in called.union(str(s.data[0]) for s in term.free)}
        return resized(term, self.size, {old: new for old, new in names.items() if old != new})

    def size(self, length: Size) -> Size:
        """A size of the other layer."""
        if not isinstance(length, Term):
            return length
        table = {s: Dim(new) for s in length.free if (new := self.renamed(str(s.data[0]))) != str(s.data[0])}
        return size(substitute(length, table)) if table else length

    def renamed(self, name: str) -> str:
        """A name with its label moved."""
        def there(found: re.Match[str]) -> str:
            return moved(Label("(", self.letter, int(found["shift"] or 0)), self.letter, self.to).shown()

        return self._name.sub(there, name)
