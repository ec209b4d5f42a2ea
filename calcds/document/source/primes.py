r"""Derivatives whose order is counted: `f^{(4)}(x)` is f''''(x) in a formula in which f has primes too.

    f''(x) + \frac{h^2}{12} f^{(4)}(x)        f^{(4)} is the fourth derivative
    f^{(2)}(f^{(1)}(x))                        the functions of two layers: nothing is said of derivatives

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

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
