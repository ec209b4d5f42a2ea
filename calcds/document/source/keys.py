"""The keys of names, which tell them apart: with labels, with subscripts; and the indices of a subscript.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    Named,
    is_label,
    script,
    text_of,
)

_STEP = re.compile(r"(_[a-z])[+-][0-9]+$")


def labelled(found: Named) -> tuple[str, list[Node], tuple[Node, ...]]:
    """The key of a name with its labels, its subscripts, and the marks that are left."""
    key = found.base
    below: list[Node] = []
    rest: list[Node] = []
    for mark in found.marks:
        only_primes = all(m.kind == "prime" for m in rest)
        if is_label(mark) and only_primes:
            key += "^" + text_of(script(mark))
        elif mark.kind == "below" and only_primes:
            below.append(mark)
        else:
            rest.append(mark)
    return key, below, tuple(rest)


def full_key(found: Named) -> str:
    """The key of a name with its labels and its subscript."""
    key, below, _ = labelled(found)
    return subscripted(key, below)


def subscripted(key: str, below: Sequence[Node]) -> str:
    """A key with its subscript, if there is one."""
    return f"{key}_{text_of(script(below[0]))}" if below else key


def of_any_layer(key: str) -> str:
    """What a key has in common with those of other layers and steps: `W^#` of `W^(2)`, `h_t` of `h_t-1`."""
    base, mark, label = key.partition("^")
    if mark and label[:1] in {"(", "["} and label[-1:] in {")", "]"}:
        return f"{base}^#"
    return _STEP.sub(r"\1", key)


def index_nodes(inside: Node) -> list[Node] | None:
    """The indices of a subscript: `ij`, `i,j`, `i+1`; None where it is a word or a relation."""
    if inside.kind == "items":
        if any(p.kind != "COMMA" and not _index_like(p) for p in inside.parts):
            return None
        return [p for p in inside.parts if p.kind != "COMMA"]
    if inside.kind == "product" and all(p.kind in {"NAME", "NUMBER"} for p in inside.parts):
        return list(inside.parts) if len(inside.parts) == 2 else None
    if inside.kind == "NUMBER" and len(inside.text) == 2:
        return [Node("NUMBER", (), c, inside.at, inside.end) for c in inside.text]  # A_{12}
    return [inside] if _index_like(inside) else None


def _index_like(node: Node) -> bool:
    return node.kind in {"NAME", "NUMBER", "sum", "product", "group"} and all(
        n.kind in {"NAME", "NUMBER", "sum", "product", "ADD", "MUL", "group", "items"} for n in walk(node)
    )
