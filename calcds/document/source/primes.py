r"""Derivatives whose order is counted: `f^{(4)}(x)` is f''''(x) in a formula in which f has primes too.

    f''(x) + \frac{h^2}{12} f^{(4)}(x)        f^{(4)} is the fourth derivative
    \sum_{k'} e^{a_{k'}}       k' is an index, and no derivative
    f^{(2)}(f^{(1)}(x))                        the functions of two layers: nothing is said of derivatives

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import named, opened, script
from calcds.document.source.raw import Unread

_PRIME = Node("prime")


def primed_names(trees: Iterable[Node | Unread]) -> frozenset[str]:
    """The names that have a prime somewhere in a formula."""
    units = (n for tree in trees if isinstance(tree, Node) for n in walk(tree) if n.kind == "unit")
    found = (named(n) for n in units if any(p.kind == "prime" for p in n.parts[1:]))
    return frozenset(name.base for name in found if name is not None)


def with_primes(node: Node, names: Collection[str]) -> Node:
    """A tree in which the counted derivatives of some functions have their primes."""
    if not node.parts:
        return node
    parts = tuple(with_primes(p, names) for p in node.parts)
    if node.kind == "unit" and (name := named(node)) is not None and name.base in names:
        parts = tuple(one for p in parts for one in _counted(p))
    return node.holding(parts)


def _counted(mark: Node) -> tuple[Node, ...]:
    """`^{(4)}` as four primes; any other mark as it is."""
    label = script(mark) if mark.kind == "above" else mark
    inside = opened(label.parts[0]) if label.kind == "round" and len(label.parts) == 1 else label
    single = label.kind == "round" and inside.kind == "NUMBER" and inside.text.isdecimal() and len(inside.text) == 1
    return (_PRIME,) * int(inside.text) if single and inside.text != "0" else (mark,)


def with_plain_indices(node: Node) -> Node:
    r"""A tree in which the index of `\sum_{k'} w_{k'}` is a name of its own: it is another one than the k beside it."""
    heads = [n for n in walk(node) if n.kind == "unit" and n.parts[0].kind == "BIGOP" and n.parts[0].text in {"sum", "prod"}]
    below = (script(m) for head in heads for m in head.parts[1:] if m.kind == "below")
    indices = {str(one): f"{one.parts[0].text}''" for inside in below for one in _primed(inside)}
    return _renamed(node, indices) if indices else node


def _primed(inside: Node) -> Iterator[Node]:
    """The primed letters that stand below an operator alone, or at the head of a range."""
    for part in inside.parts if inside.kind == "items" else (inside,):
        one = opened(part)
        head = opened(one.parts[0]) if one.kind == "item" else one
        if head.kind == "unit" and head.parts[0].kind == "NAME" and all(m.kind == "prime" for m in head.parts[1:]):
            yield head


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    if (name := names.get(str(node))) is not None:
        return Node("NAME", (), name, node.at, node.end)
    return node.holding(tuple(_renamed(p, names) for p in node.parts)) if node.parts else node
