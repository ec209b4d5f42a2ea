r"""Steps of an optimiser by hand: entry by entry, and without the small number in a denominator.

    G_{k+1} = G_k + g_k^2,   w_{k+1} = w_k - \frac{\eta}{\sqrt{G_{k+1}} + \varepsilon} g_k
    G_1 = (16, 4)^\top       of g_0 = (4, 2)^\top: each entry is what the recursion gives for numbers
    w_1 = (0.5, 1.5)^\top    with \varepsilon = 0, which no digit that is printed would show

A recursion made of sums, products, quotients, powers and roots can be meant for every entry of its members, if these are
columns of one length or numbers; one with a transpose, a norm or a function of a vector is not. Of \varepsilon nothing is said
that a printed number could be checked by: it is only left out where it is added below a fraction. What holds in such a way is
supported.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Mapping

from calcds.document.following.iterating import with_members
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, opened

_GUARDS = {"epsilon", "varepsilon"}
_PLAIN = {"items", "sum", "product", "unit", "frac", "sqrt", "group", "round", "above", "below", "ADD", "MUL", "NUMBER", "NAME"}


def by_entries(body: Node, members: Mapping[tuple[str, int], Node], value: Node) -> list[tuple[Node, Node]] | None:
    """A recursion and a value, entry by entry; None where they are no columns, or where it does more than that."""
    entries = entries_of(value)
    if entries is None or not all(n.kind in _PLAIN for n in walk(body)):
        return None
    columns = {one: entries_of(node) for one, node in members.items()}
    numbers = {one for one, found in columns.items() if found is None}
    if not all(_is_number(members[one]) for one in numbers) or any(len(c) != len(entries) for c in columns.values() if c):
        return None
    found: list[tuple[Node, Node]] = []
    for i, entry in enumerate(entries):
        put = {one: members[one] if column is None else column[i] for one, column in columns.items()}
        found.append((with_members(body, put), entry))
    return found


def of_numbers(body: Node, members: Mapping[tuple[str, int], Node]) -> Node:
    r"""A recursion whose members are numbers, `s_0 + g_1 \odot g_1`: the product entry by entry is that of numbers."""
    return _plain_products(body) if members and all(map(_is_number, members.values())) else body


def _plain_products(node: Node) -> Node:
    if node.kind == "MUL" and node.text == "odot":
        return Node("MUL", (), "cdot", node.at, node.end)
    return node.holding(tuple(map(_plain_products, node.parts))) if node.parts else node


def entries_of(node: Node) -> list[Node] | None:
    r"""The entries of `(4, 2)^\top` or of a printed column; None for anything else."""
    atom, marks = atom_and_marks(opened(node))
    if any(mark.kind != "above" or not any(n.kind == "TOP" for n in walk(mark)) for mark in marks):
        return None
    if atom.kind == "round" and len(atom.parts) == 1 and any(p.kind == "COMMA" for p in atom.parts[0].parts):
        found = [p for p in atom.parts[0].parts if p.kind != "COMMA"]
        return found if 2 * len(found) - 1 == len(atom.parts[0].parts) else None
    if atom.kind == "grid" and not marks and all(len(row.parts) == 1 for row in atom.parts):
        return [row.parts[0].parts[0] for row in atom.parts if row.parts[0].parts]
    return None


def unguarded(node: Node, *, below: bool = False) -> Node:
    r"""A formula without the `+ \varepsilon` in its denominators; the same one where there is none."""
    if node.kind == "sum" and below:
        kept = [*node.parts]
        for i in range(len(kept) - 2, 0, -1):
            if kept[i].text == "+" and _is_guard(kept[i + 1]):
                del kept[i : i + 2]
        if len(kept) < len(node.parts):
            return kept[0] if len(kept) == 1 else node.holding(tuple(kept))
    parts = list[Node]()
    for i, part in enumerate(node.parts):
        sign = node.parts[i - 1] if i else node
        divided = (node.kind == "frac" and i == 1) or (sign.kind == "MUL" and sign.text == "/")
        parts.append(unguarded(part, below=below or divided))
    same = all(a is b for a, b in zip(parts, node.parts, strict=True))
    return node if same else node.holding(tuple(parts))


def _is_guard(node: Node) -> bool:
    name = named(node)
    return name is not None and name.base in _GUARDS and not name.marks


def _is_number(node: Node) -> bool:
    return all(n.kind in _PLAIN - {"NAME", "below"} for n in walk(node))


__all__ = ["by_entries", "entries_of", "of_numbers", "unguarded"]
