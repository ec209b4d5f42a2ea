r"""What formulas about signals are about: which signal they say something of, their sums, their derivatives, small changes.

    y[i], (w * x)[i], (S x)[i]      on a left side: a formula for all members of a signal, a convolution, a moved signal
    \sum_{k=0}^{K-1} w[k] ...       the range over which members of w are summed

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.members import misprints
from calcds.document.source.names import opened
from calcds.document.source.raw import Unread
from calcds.document.source.signals import (
    convolved,
    inline_quotient,
    is_quotient,
    key_of_signal,
    listed,
    members_in,
    quotient_parts,
    ranges_of,
    with_signals,
)


def head_of_members(node: Node) -> tuple[Node, tuple[str, ...], int] | None:
    """What a formula for all members is about: the signal, the letters of its places, and how many are parameters."""
    node = opened(node)
    if node.kind != "member":
        return None
    base, *places = node.parts
    letters = tuple(p.text for p in places if p.kind == "NAME")
    if len(letters) != len(places) or len(set(letters)) != len(letters):
        return None
    return opened(base), letters, int(node.text or 0)


def _inside(base: Node) -> Node:
    base = opened(base)
    return _inside(base.parts[0]) if base.kind == "round" and len(base.parts) == 1 else base


def star_of(base: Node) -> tuple[str, str, str] | None:
    """The sign of a convolution of two names, and the names; None for anything else."""
    found = convolved(_inside(base))
    if found is None or len(found[0]) != 1 or len(found[2]) != 1:
        return None
    left, right = key_of_signal(found[0][0]), key_of_signal(found[2][0])
    return (found[1], left, right) if left is not None and right is not None and left != right else None


def move_of(base: Node) -> tuple[str, str] | None:
    """The key of an operator that is applied to a name, and the name: `S x`, `(S x)`, `S(x)`."""
    inside = _inside(base)
    if inside.kind != "product" or len(inside.parts) != 2:
        return None
    operator, name = key_of_signal(inside.parts[0]), key_of_signal(_inside(inside.parts[1]))
    return (operator, name) if operator is not None and name is not None and operator != name else None


def key_of(member: Node) -> str | None:
    """The key of the signal of a member; None for anything else."""
    if member.kind != "member":
        return None
    key = key_of_signal(member.parts[0])
    return f"{key}~{member.text}" if key is not None and member.text else key


def has_convolution(node: Node) -> bool:
    """Whether something is convolved in a tree."""
    return any(convolved(n) is not None for n in walk(node))


def signals_in(node: Node) -> set[str | None]:
    """The signals of which members stand in a tree."""
    return {key_of(m) for m in members_in(node)}


def all_ranges(tree: Node) -> Iterator[tuple[str, Node | None, Node | None]]:
    """The indices of all sums of a tree, with their ranges as far as they are printed."""
    for node in walk(tree):
        if node.kind == "unit" and node.parts[0].kind == "BIGOP":
            try:
                yield from ranges_of(node)
            except Unread:
                continue


def printed_ranges(tree: Node) -> dict[tuple[str, int], tuple[Node, Node]]:
    """Over which range the members of a signal are summed: there it may be something else than zero."""
    found: dict[tuple[str, int], tuple[Node, Node]] = {}
    ranges = {name: (low, high) for name, low, high in all_ranges(tree) if low is not None and high is not None}
    for m in members_in(tree):
        key = key_of(m)
        for axis, place in enumerate(m.parts[1:]):
            if key is None or place.kind != "NAME" or place.text not in ranges:
                continue
            ends = [n for end in ranges[place.text] for n in walk(end)]
            if not any(n.kind == "CONST" or n.text in ranges for n in ends):
                found.setdefault((key, axis), ranges[place.text])
    return found


def summed_over(trees: Sequence[Node]) -> set[str]:
    """Letters that sums bind."""
    return {name for tree in trees for name, _, _ in all_ranges(tree)}


def derivatives_in(tree: Node) -> Iterator[tuple[Node, Node]]:
    """The derivatives of a tree: what is differentiated by what."""
    for node in walk(tree):
        if node.kind == "frac" and is_quotient(node):
            yield quotient_parts(node)
        if node.kind == "product":
            rows = (node.parts[k : k + 5] for k in range(len(node.parts) - 4))
            yield from (found for parts in rows if (found := inline_quotient(parts)) is not None)


def operands_in(node: Node) -> Iterator[Node]:
    """What may be a signal in an operand of a convolution: no places of members."""
    yield node
    for part in node.parts[:1] if node.kind == "member" else node.parts:
        if node.kind != "member" or key_of_signal(part) is None:
            yield from operands_in(part)


def combines(node: Node) -> bool:
    """Whether members are summed, convolved or differentiated: an equation of members alone may say which signal is meant."""
    operators = any(n.kind == "unit" and n.parts[0].kind == "BIGOP" for n in walk(node))
    return operators or has_convolution(node) or any(True for _ in derivatives_in(node))


def members_within(node: Node) -> Iterator[Node]:
    """The members of signals in a tree as it was parsed."""
    return members_in(with_signals(node))


def has_letters(node: Node) -> bool:
    """Whether a tree has names, and is no printed list."""
    return any(n.kind in {"NAME", "WORD"} for n in walk(node)) and listed(node) is None


def slips(node: Node) -> Iterator[Node]:
    """Trees with one small change: a sign, a number, two parts of a difference or two places that have changed places."""
    yield from misprints(node)
    yield from _turned(node)
    names = sorted({n.text for n in walk(node) if n.kind == "NAME"})
    indices = [name for name in names if any(n.text == name for m in members_in(node) for p in m.parts[1:] for n in walk(p))]
    yield from _renamed(node, indices)


def _turned(node: Node) -> Iterator[Node]:
    if node.kind == "sum" and len(node.parts) == 3 and node.parts[1].text == "-":
        yield node.holding(node.parts[::-1])
    if node.kind == "member" and len(node.parts) == 3:
        yield node.holding((node.parts[0], *node.parts[:0:-1]))
    if node.kind == "member" and len(node.parts) == 2:
        for sign in "+-":
            moved = Node("sum", (node.parts[1], Node("ADD", (), sign), Node("NUMBER", (), "1")))
            yield node.holding((node.parts[0], moved if node.parts[1].kind != "sum" else
                                Node("sum", (*node.parts[1].parts, *moved.parts[1:]))))  # fmt: skip
    for k, part in enumerate(node.parts):
        for changed in _turned(part):
            yield node.holding((*node.parts[:k], changed, *node.parts[k + 1 :]))


def _renamed(node: Node, names: Sequence[str]) -> Iterator[Node]:
    """Trees with another letter in one place."""
    if node.kind == "NAME" and node.text in names:
        yield from (Node("NAME", (), other, node.at, node.end) for other in names if other != node.text)
    for k, part in enumerate(node.parts):
        for changed in _renamed(part, names):
            yield node.holding((*node.parts[:k], changed, *node.parts[k + 1 :]))
