r"""Names for derivatives of what has no formula: `\delta = \frac{\partial C}{\partial z}`, `G = \partial \ell / \partial Y`.

Nothing is known of the loss C but what it is differentiated by, and that differs from line to line: by the z of this layer
here, by the z of the next one there. So such a name is no value that is put in later. It is short for its derivative, and
a line about it is read with the derivative in its place:

    \delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot \phi'(z^{(l)})
    \frac{\partial C}{\partial z^{(l)}} = (W^{(l+1)})^T \frac{\partial C}{\partial z^{(l+1)}} \odot \phi'(z^{(l)})

A name with an index is a derivative by an entry, one without by the whole; another label means another layer. What a
subsection calls so ("Forward pass") the next ones of the same section do, too ("Backward pass"), until one says otherwise.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key, index_nodes, labelled
from calcds.document.source.latex import Node, in_brackets, walk
from calcds.document.source.names import Named, named, opened, script, text_of
from calcds.document.source.raw import Unread
from calcds.document.words.labels import Label, label_of, relabelled


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A name and the derivative that it is short for."""

    top: Node
    bottom: Named
    label: Label | None  # of the name
    index: bool  # whether it was written with an index
    section: int
    within: AbstractSet[int] = frozenset()  # the sections that its own is part of


@dataclass(slots=True)
class Abbreviations:
    """The names that are short for derivatives.

    here: the section that is read, and those it is part of
    """

    known: dict[str, Abbreviation] = field(default_factory=dict)
    here: AbstractSet[int] = frozenset()

    def take(self, nodes: Sequence[Node | Unread], section: int) -> None:
        """Note that a chain begins with a name for a derivative."""
        node, body = nodes[:2]
        name = named(node) if isinstance(node, Node) else None
        if name is None or not isinstance(body, Node):
            return
        if self._short(name) is not None and not self._is_other(name, body):
            return
        if (found := _quotient(body)) is None or (parts := _parts(name)) is None:
            return
        top, bottom = found
        index, label, rest = parts
        below = _parts(bottom)
        if rest or below is None or below[2] or _base(name) == _base(top):
            return
        if index is not None and index.kind == "NUMBER" and below[0] is None and label is None:
            self.known[full_key(name)] = Abbreviation(top.node, bottom, None, False, section, self.here - {section})
            return  # g_1 = \frac{\partial L}{\partial z}, and another derivative is g_2
        if (index is None) != (below[0] is None):
            return
        if index is not None and below[0] is not None and text_of(index) != text_of(below[0]):
            return
        short = Abbreviation(top.node, bottom, label, index is not None, section, self.here - {section})
        self.known[_place(name, indexed=short.index)] = short

    def take_at_end(self, nodes: Sequence[Node | Unread], section: int, has_formula: Callable[[str], bool]) -> None:
        r"""Note that a chain from a derivative ends with a new name: `\frac{\partial L}{\partial V} = B^\top G = \zeta`."""
        derivative, name = nodes[0], nodes[-1]
        found = _quotient(derivative) if isinstance(derivative, Node) else None
        if found is not None and not has_formula(full_key(found[0])) and not self.knows(name):
            self.take([name, derivative], section)

    def knows(self, node: Node | Unread) -> bool:
        """Whether a side is a name that is short for a derivative."""
        name = named(node) if isinstance(node, Node) else None
        return name is not None and self._short(name) is not None

    def _short(self, name: Named) -> Abbreviation | None:
        indexed = any(mark.kind == "below" for mark in name.marks)
        places = (full_key(name), _place(name, indexed=indexed), _place(name, indexed=not indexed))
        found = next((one for place in places if (one := self.known.get(place)) is not None), None)
        return found if found is not None and (found.section in self.here or found.within & self.here) else None

    def _is_other(self, name: Named, body: Node) -> bool:
        r"""Whether a name with an index is short for something else than the one without, as far as the text has said.

        Of a network by hand `\delta = \frac{\partial L}{\partial u}` is about the output, and `\delta_i` about the z_i.
        """
        short, found = self._short(name), _quotient(body)
        indexed = any(mark.kind == "below" for mark in name.marks)
        return short is not None and found is not None and short.index != indexed and _base(found[1]) != _base(short.bottom)

    def is_known(self, nodes: Sequence[Node | Unread], has_formula: Callable[[str], bool]) -> bool:
        r"""Whether a chain begins with a name that is short for a derivative already, so that it is a claim about it.

        `\delta^{(L)} = a^{(L)} - y` says what the loss is; it claims something where derivatives stand on the right, too, or
        where the loss has a formula.
        """
        node, body = nodes[:2]
        name = named(node) if isinstance(node, Node) else None
        if name is None or not isinstance(body, Node) or self._written_out(name) is None or self._is_other(name, body):
            return False
        short, parts = self._short(name), _parts(name)
        assert short is not None  # it was written out
        same = parts is not None and (parts[1] is None or short.label is None or parts[1].letter == short.label.letter)
        top = named(short.top)
        said = top is not None and has_formula(full_key(top))
        return same or said or any(n.kind in {"NABLA", "PARTIAL"} for n in walk(body))

    def written_out(self, nodes: Sequence[Node | Unread], bolds: AbstractSet[str]) -> list[Node | Unread] | None:
        """A chain with the derivatives in the places of their names; None where it has no such name."""
        if not self.known:
            return None
        found = [self._in(node, bolds) if isinstance(node, Node) else node for node in nodes]
        return found if any(a is not b for a, b in zip(found, nodes, strict=True)) else None

    def _in(self, node: Node, bolds: AbstractSet[str]) -> Node:
        name = named(node) if node.kind in {"unit", "NAME", "style"} else None
        if name is not None:
            return self._written_out(name, bolds) or node
        return node.holding(tuple(self._in(part, bolds) for part in node.parts))

    def _written_out(self, name: Named, bolds: AbstractSet[str] = frozenset()) -> Node | None:
        short, parts = self._short(name), _parts(name)
        if short is None or parts is None:
            return None
        index, label, rest = parts
        if (label is None) != (short.label is None):
            return None
        index = None if self.known.get(full_key(name)) is short and index is not None and not short.index else index
        bottom = _without_index(short.bottom, bolds) if index is None else short.bottom.node
        if label is not None and short.label is not None:
            if not short.label.letter and label != short.label:
                return None
            bottom = relabelled(bottom, short.label, label)
        if index is not None:
            bottom = _with_index(bottom, index)
        at, end = name.node.at, name.node.end
        sign = Node("PARTIAL", (), "partial", at, end)
        quotient = Node("frac", (Node("product", (sign, short.top)), Node("product", (sign, bottom))), "", at, end)
        return Node("unit", (in_brackets(quotient), *rest), "", at, end)


def _quotient(body: Node) -> tuple[Named, Named] | None:
    r"""The top and the bottom of a side that is one derivative: a fraction, `\partial C / \partial z`, `\nabla_z C`."""
    side = opened(body)
    parts = side.parts if side.kind == "product" else (side,)
    alone = side.kind == "frac" or len(parts) == 2 or (len(parts) == 5 and parts[2].text == "/")  # no `\nabla_a C \odot g(z)`
    found = list(quotients(side)) if alone else []
    return found[0] if len(found) == 1 else None


def _base(name: Named) -> str:
    return name.base.removeprefix("bold ")


def _place(name: Named, *, indexed: bool) -> str:
    return _base(name) + ("_" if indexed else "")


def _parts(name: Named) -> tuple[Node | None, Label | None, tuple[Node, ...]] | None:
    """The index, the label and the other marks of a name; None where it has several of the first two."""
    _, below, rest = labelled(name)
    labels = [label for mark in name.marks if (label := label_of(mark)) is not None and mark not in rest]
    indices = [index_nodes(script(mark)) for mark in below]
    if len(labels) > 1 or len(below) > 1 or any(i is None or len(i) != 1 for i in indices):
        return None
    return (script(below[0]) if below else None), (labels[0] if labels else None), rest


def _without_index(name: Named, bolds: AbstractSet[str]) -> Node:
    """The whole of which a name is an entry, in bold where the section writes it so."""
    marks = tuple(m for m in name.marks if m.kind != "below")
    atom = Node("NAME", (), _base(name), name.node.at, name.node.end)
    key = labelled(name)[0].removeprefix("bold ")
    written = {"bold " + key} & bolds or any(b.partition("^")[0] == f"bold {_base(name)}" for b in bolds)
    if name.base.startswith("bold ") or written:
        atom = Node("style", (atom,), "bold", name.node.at, name.node.end)
    return Node("unit", (atom, *marks), "", name.node.at, name.node.end) if marks else atom


def _with_index(node: Node, index: Node) -> Node:
    marks = [m for m in node.parts[1:] if m.kind != "below"] if node.kind == "unit" else []
    atom = node.parts[0] if node.kind == "unit" else node
    return Node("unit", (atom, Node("below", (index,), "", index.at, index.end), *marks), "", node.at, node.end)
