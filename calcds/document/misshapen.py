r"""Lines whose parts do not fit in any sizes, as a transpose stands in the wrong place: what would fit.

    (X^\top X + \lambda I_p)^{-1} X^\top = X^\top (X^\top X + \lambda I_n)^{-1}     X X^\top in the last bracket
    \hat\beta = (X X^\top)^{-1} X^\top y     for X \in \mathbb{R}^{n \times p}: X^\top X

A transpose is put to, or taken from, one matrix of a side, or two that stand beside each other; what comes out has to be read
and decided by others.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcds.document.chains import MISSHAPEN, read_chain
from calcds.document.latex import Node
from calcds.document.names import is_transpose, named, names_in
from calcds.document.options import Options
from calcds.document.raw import Unread
from calcds.document.scope import Scope
from calcds.document.symbols import full_key
from calcds.expr.term import Term

MOST = 16  # ways that are tried
_Path = tuple[int, ...]


def variants(sides: Sequence[Node]) -> Iterator[list[Node]]:
    """The sides with another transpose in one place, the likely ones first."""
    found = 0
    for k, side in enumerate(sides):
        places = list(_matrices(side, ()))
        beside = [pair for pair in pairwise(places) if pair[0][:-1] == pair[1][:-1] and pair[1][-1] == pair[0][-1] + 1]
        for chosen in (*beside, *((place,) for place in places)):
            if found == MOST:
                return
            found += 1
            changed = side
            for place in chosen:
                changed = _turned(changed, place)
            yield [*sides[:k], changed, *sides[k + 1 :]]


def fits_turned(body: Node | Unread, why: str, scope: Scope) -> bool:
    """Whether a formula does not fit the sizes that the section declares, and does with a transpose in another place."""
    if not why.startswith(MISSHAPEN) or not isinstance(body, Node):
        return False
    kinds = {key: scope.kinds.get(key) for key in map(full_key, names_in(body))}
    arrays = [one for one in kinds.values() if one is not None and one.kind.shape != (1, 1)]
    known = all(one.certain and one.section == scope.section for one in arrays)
    if not arrays or not known or any(one is None and key in scope.vectors for key, one in kinds.items()):
        return False
    tried = (read_chain([turned[0]], [], scope, Options()) for turned in variants([body]))
    return any(isinstance(one.sides[0], Term) and not one.doubts and not any(one.side_doubts) for one in tried)


def _matrices(node: Node, path: _Path) -> Iterator[_Path]:
    """Where capitals stand that are factors, with nothing or a transpose behind them."""
    if (name := named(node)) is not None and node.kind in {"NAME", "unit", "style"}:
        if name.base.rsplit(" ", maxsplit=1)[-1][:1].isupper() and all(map(is_transpose, name.marks)):
            yield path
        return
    for k, part in enumerate(node.parts):
        yield from _matrices(part, (*path, k))


def _turned(node: Node, path: _Path) -> Node:
    if path:
        k = path[0]
        parts = (*node.parts[:k], _turned(node.parts[k], path[1:]), *node.parts[k + 1 :])
        return Node(node.kind, parts, node.text, node.at, node.end)
    if node.kind == "unit" and is_transpose(node.parts[-1]):
        rest = node.parts[:-1]
        return rest[0] if len(rest) == 1 else Node("unit", rest, node.text, node.at, node.end)
    mark = Node("above", (Node("NAME", (), "T", node.at, node.end),), "", node.at, node.end)
    parts = (*node.parts, mark) if node.kind == "unit" else (node, mark)
    return Node("unit", parts, "", node.at, node.end)


__all__ = ["fits_turned", "variants"]
