r"""A name that is said to be a function of others, by itself: `s = s(a)`, `z = z(x, y) = x^2 + y`.

The side `s(a)` beside the bare name says only of what s is a function, and claims nothing: the chain is that of the other
sides. Where none is left it is a definition.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import named, opened
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement


def without_dependence(statement: Statement, nodes: Sequence[Node | Unread]) -> Statement:
    """A statement without the sides that say of what a bare name in front of them is a function."""
    kept = [statement.sides[0]]
    for k, side in enumerate(statement.sides[1:], 1):
        if not (side.relation in {"=", ":="} and _says_dependence(nodes[k - 1], nodes[k])):
            kept.append(side)
    return statement if len(kept) == len(statement.sides) else replace(statement, sides=kept)


def _says_dependence(name: Node | Unread, side: Node | Unread) -> bool:
    """Whether a side is a name, as it stands in front of it, with other names in brackets behind it."""
    found = named(opened(name)) if isinstance(name, Node) else None
    inside = opened(side) if isinstance(side, Node) else None
    if found is None or inside is None or inside.kind != "product" or len(inside.parts) != 2:
        return False
    head, bracket = named(inside.parts[0]), inside.parts[1]
    if head is None or full_key(head) != full_key(found) or bracket.kind != "round" or len(bracket.parts) != 1:
        return False
    listed = bracket.parts[0]
    arguments = [p for p in (listed.parts if listed.kind == "items" else (listed,)) if p.kind != "COMMA"]
    names = [named(one) for one in arguments]
    return bool(names) and all(one is not None and full_key(one) != full_key(found) for one in names)


__all__ = ["without_dependence"]
