r"""What the arguments of functions show: a vector where its entries are computed with, an index where it tells entries apart.

    \operatorname{softmax}(z),  f(z) = \log \sum_j e^{z_j},  f(z)_i = e^{z_i} / \sum_j e^{z_j}     z is a vector
    p_a = e^{z_a} / \sum_c e^{z_c}                                                                 a stands for every index
    L(x) = \prod_j (x - x_j)                                                                       x is a number

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import BINDING, Named, atom_and_marks, letter_of, names_in, opened, script
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement
from calcds.document.words.heads import RUNNING, head_of, key_of
from calcds.document.words.scope import Scope
from calcds.document.words.surveying import from_zero, summed_names

_OF_VECTORS = {"softmax"}


def gather_arguments(trees: Sequence[Node], scope: Scope, section: int) -> None:
    r"""Learn which names a section puts into functions of vectors: the z of `\operatorname{softmax}(z)`."""
    for product in (n for tree in trees for n in walk(tree) if n.kind == "product"):
        for function, argument in pairwise(product.parts):
            atom = atom_and_marks(function)[0]
            if atom.kind == "FUNC" and atom.text in _OF_VECTORS:
                _see(argument, scope, section)


def gather_heads(statement: Statement, trees: Mapping[Side, Node | Unread], scope: Scope, section: int) -> None:
    r"""Learn which arguments a section computes with entry by entry: the z of `f(z) = \log \sum_j e^{z_j}`.

    Where the section has a number of this name too, or a function of it, nothing is learned: `H(p)` beside `p = 0.25`.
    """
    for side, following in pairwise(statement.sides):
        node, body = trees.get(side), trees.get(following)
        if following.relation not in {"=", ":="} or not isinstance(node, Node) or not isinstance(body, Node):
            continue
        head = head_of(node)
        if head is None:
            if opened(body).kind == "NUMBER" and (number := key_of(node)) is not None:
                _is_number(number.rpartition(" ")[2], scope, section)
            continue
        key = (key_of(head[1][0]) if len(head[1]) == 1 else None) or ""
        if not letter_of(key).islower():
            continue
        letters = set(_bound(body)) | {n.text for n in head[2]}
        if any(letter in letters for letter in _subscripts(body, key)):
            _see(head[1][0], scope, section)
        elif any(labelled(n)[0] == key and not n.marks for n in names_in(body)):
            _is_number(key, scope, section)


def gather_zeros(statement: Statement, trees: Mapping[Side, Node | Unread], scope: Scope, section: int) -> None:
    r"""Learn which vectors a section writes out from an entry 0: the w of `w = (w_0, w_1, \dots, w_d)^T`."""
    for side, following in pairwise(statement.sides):
        node, body = trees.get(side), trees.get(following)
        if following.relation not in {"=", ":="} or not isinstance(node, Node) or not isinstance(body, Node):
            continue
        key = (key_of(node) or "").removeprefix("bold ")
        entries = (below for base, below, _ in map(labelled, names_in(body)) if base.removeprefix("bold ") == key)
        first = next(entries, [])
        listed = atom_and_marks(opened(body))[0].kind in {"round", "square", "grid"}
        if listed and len(first) == 1 and (script(first[0]).text == "0" or _dotted_from_zero(body)):
            scope.from_zero_in.setdefault(key, set()).add(section)


def _dotted_from_zero(body: Node) -> bool:
    r"""Whether `(w_0, \dots, w_d)`, which is a list over k' from here on, begins at 0."""
    big = (atom_and_marks(n) for n in walk(body) if n.kind == "unit")
    return any(
        atom.kind == "BIGOP" and atom.text not in BINDING and any(m.kind == "below" and from_zero(script(m)) for m in marks)
        for atom, marks in big
    )


def _is_number(key: str, scope: Scope, section: int) -> None:
    scope.number_in.setdefault(key, set()).add(section)


def _see(argument: Node, scope: Scope, section: int) -> None:
    key = key_of(_undivided(opened(argument.parts[0] if argument.kind == "round" and len(argument.parts) == 1 else argument)))
    if key is not None and "_" not in key and letter_of(key).islower() and scope.kind(key, old=False) is None:
        scope.entered_in.setdefault(key, set()).add(section)


def _undivided(node: Node) -> Node:
    r"""The z of `z/T` and `\frac{z}{T}`, where T is one name: a temperature."""
    if node.kind == "frac":
        above, below = map(opened, node.parts)
    elif node.kind == "product" and len(node.parts) == 3 and node.parts[1].text == "/":
        above, _, below = node.parts
    else:
        return node
    return above if key_of(below) is not None else node


def _subscripts(body: Node, key: str) -> Iterator[str]:
    """The letters that tell the entries of a name apart; none where the name stands without one as well."""
    found: list[str] = []
    for name in names_in(body):
        base, below, _ = labelled(name)
        if base != key:
            continue
        indices = index_nodes(script(below[0])) if len(below) == 1 else None
        if indices is None:
            return
        found += [n.text for n in indices if n.kind == "NAME"] if len(indices) == 1 else []
    yield from found


def _bound(body: Node) -> Iterator[str]:
    """The letters that sums and products of a formula run over."""
    for node in walk(body):
        atom, marks = atom_and_marks(node)
        if atom.kind == "BIGOP" and atom.text in BINDING:
            for mark in marks:
                if mark.kind == "below":
                    yield from summed_names(script(mark))


def tells_apart(letter: str, body: Node) -> bool:
    r"""Whether a letter that usually is a name stands for every index: the a of `p_a = e^{z_a} / \sum_c e^{z_c}`."""
    if letter in RUNNING:
        return True
    bound = set(_bound(body))
    if len(letter) != 1 or not letter.islower() or letter in bound or not bound:
        return False
    names = list(names_in(body))
    beside = [labelled(n)[0] for n in names if letter in _letters(n)]
    if not beside or sum(n.base == letter for n in names) != len(beside):
        return False  # it is computed with
    return any(labelled(n)[0] in beside and not bound.isdisjoint(_letters(n)) for n in names)


def _letters(name: Named) -> set[str]:
    """The letter that is the index of a name."""
    below = labelled(name)[1]
    indices = index_nodes(script(below[0])) if len(below) == 1 else None
    return {n.text for n in indices if n.kind == "NAME"} if indices is not None and len(indices) == 1 else set()
