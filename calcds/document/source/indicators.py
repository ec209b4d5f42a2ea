r"""Indicators as they are printed: `\mathbb{1}[j = c]`, `\mathbf{1}\{x > 0\}`, `I(z > 0)`, and Iverson's brackets `[j = c]`.

What is printed bold or as a letter of sets together with its size, `\mathbf{1_n^T}`, is `\mathbf{1}_n^T`.

They become `\mathbb{1}_{j = c}`, the one form that is read. Nothing but a condition in brackets behind a one is an indicator:
`1 (x + y)` is a product. Brackets alone are one where they say that two indices are equal.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, named, opened, script

_BRACKETS = {"round", "square", "braces"}
_SIGNS = {"=", "!=", "<", ">", "<=", ">="}
_INDICES = set("cijklmnqrsy")


def with_indicators(node: Node) -> Node:
    """A tree in which the condition of every indicator stands below a one."""
    if not node.parts:
        return node
    parts = tuple(with_indicators(part) for part in node.parts)
    if node.kind == "product":
        parts = _in_product(parts)
        if len(parts) == 1:
            return parts[0]
    elif node.kind == "sum":
        parts = tuple(_iverson(part) for part in parts)
    elif node.kind == "unit" and atom_and_marks(parts[0])[1] and _is_one(atom_and_marks(parts[0])[0]):
        parts = (*opened(parts[0]).parts, *parts[1:])
    elif node.kind == "style" and (outside := _marks_outside(node)) is not None:
        return outside
    return node.holding(parts)


def _marks_outside(style: Node) -> Node | None:
    r"""`\mathbf{1_n^T}` as `\mathbf{1}_n^T`; None for anything else."""
    atom, marks = atom_and_marks(opened(style.parts[0]))
    if atom.kind != "NUMBER" or atom.text != "1" or not marks:
        return None
    return Node("unit", (Node("style", (atom,), style.text, style.at, style.end), *marks), "", style.at, style.end)


def _in_product(parts: Sequence[Node]) -> tuple[Node, ...]:
    done: list[Node] = []
    for part in parts:
        condition = _condition(part) if done and _is_one(done[-1]) else None
        if condition is not None:
            one = done.pop()
            done.append(_indicator(condition, one.at, part))
        else:
            done.append(_iverson(part))
    return tuple(done)


def _indicator(condition: Node, at: int, bracket: Node) -> Node:
    marks = atom_and_marks(bracket)[1]
    one = Node("style", (Node("NUMBER", (), "1", at, bracket.end),), "bb", at, bracket.end)
    return Node("unit", (one, Node("below", (condition,), "", at, bracket.end), *marks), "", at, bracket.end)


def _iverson(part: Node) -> Node:
    """`[j = c]` as an indicator; anything else as it is."""
    condition = _condition(part) if atom_and_marks(part)[0].kind == "square" else None
    return _indicator(condition, part.at, part) if condition is not None and indices_of(condition) is not None else part


def _is_one(node: Node) -> bool:
    r"""`\mathbb{1}`, `\mathbf{1}`, `1`, `\mathbb{I}`, `I`: what stands before the bracket of an indicator."""
    inside = opened(node)
    styled = inside.kind == "style" and inside.text in {"bb", "bold", "plain"}
    letter = opened(inside.parts[0]) if styled else inside
    return (letter.kind, letter.text) in {("NUMBER", "1"), ("NAME", "I")}


def _condition(bracket: Node) -> Node | None:
    """The condition that is all that stands in a bracket."""
    atom = atom_and_marks(bracket)[0]
    inside = opened(atom.parts[0]) if atom.kind in _BRACKETS and len(atom.parts) == 1 else None
    if inside is None or inside.kind != "item":
        return None
    return inside if all(sign.text in _SIGNS for sign in inside.parts[1::2]) else None


def indices_of(condition: Node) -> tuple[Node, Node] | None:
    """The two indices of which a condition says that they are equal: `j = c`, `k = 1`; None for any other."""
    inside = opened(condition)
    if inside.kind != "item" or [p.text for p in inside.parts[1::2]] != ["="]:
        return None
    sides = tuple(map(opened, inside.parts[::2]))
    names = [named(side) for side in sides if side.kind != "NUMBER"]
    plain = all(n is not None and not n.marks and n.base in _INDICES for n in names)
    return (sides[0], sides[1]) if names and plain else None


def is_indicator(atom: Node, marks: Sequence[Node]) -> bool:
    r"""`\mathbb{1}_{x > 0}`, and `\mathbf{1}_{x > 0}`, but not the vector `\mathbf{1}_n`."""
    inside = opened(atom.parts[0])
    if inside.kind != "NUMBER" or inside.text != "1" or not marks or marks[0].kind != "below":
        return False
    return atom.text == "bb" or (atom.text == "bold" and _is_related(script(marks[0])))


def _is_related(node: Node) -> bool:
    return node.kind == "REL" or any(map(_is_related, node.parts))
