r"""Lines whose parts do not fit in any sizes, as a transpose stands in the wrong place: what would fit.

    (X^\top X + \lambda I_p)^{-1} X^\top = X^\top (X^\top X + \lambda I_n)^{-1}     X X^\top in the last bracket
    \hat\beta = (X X^\top)^{-1} X^\top y     for X \in \mathbb{R}^{n \times p}: X^\top X
    \|A\|_F^2 = \sum_{i=1}^n \sum_{j=1}^m a_{ij}^2     for A \in \mathbb{R}^{m \times n}: i up to m, j up to n

A transpose is put to, or taken from, one matrix of a side, or two that stand beside each other; or an index runs over another
of the sizes that are declared. What comes out has to be read and decided by others.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, pairwise, product

from calcds.document.reading.chains import MISSHAPEN, read_chain
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import is_transpose, named, names_in, opened, script
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
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


def over_other_ranges(sides: Sequence[Node], lengths: AbstractSet[str]) -> Iterator[list[Node]]:
    """The sides with another of some sizes as the end of an index, with two of them or two indices of entries exchanged."""
    for k, side in enumerate(sides):
        places = list(_ends(side, ()))
        letters = sorted({letter for _, letter in places})
        changes: list[dict[str, str]] = [{a: b, b: a} for a, b in combinations(letters, 2) if {a, b} <= lengths]
        changes += [{a: b} for a, b in product(letters, sorted(lengths)) if a != b]
        for change in changes[:MOST]:
            changed = side
            for place in (place for place, letter in places if letter in change):
                changed = _ending(changed, place, change)
            yield [*sides[:k], changed, *sides[k + 1 :]]
        bases = sorted({n.base for n in names_in(side)})
        for chosen in (bases, *([base] for base in bases if len(bases) > 1)):
            turned = _with_indices_turned(side, chosen)
            if turned != side:
                yield [*sides[:k], turned, *sides[k + 1 :]]


def _with_indices_turned(node: Node, bases: Sequence[str]) -> Node:
    """A formula with the two indices of all entries of some names exchanged."""
    name = named(node)
    if name is None or name.base not in bases:
        parts = tuple(_with_indices_turned(part, bases) for part in node.parts)
    else:
        parts = tuple(_turned_indices(part) if part.kind == "below" else part for part in node.parts)
    return node.holding(parts)


def _turned_indices(mark: Node) -> Node:
    inside = script(mark)
    inside = opened(inside.parts[0]) if inside.kind == "items" and len(inside.parts) == 1 else inside
    if inside.kind not in {"items", "product"}:
        return mark
    indices = [part for part in inside.parts if part.kind != "COMMA"]
    if len(indices) != 2:
        return mark
    swapped = {id(old): new for old, new in zip(indices, indices[::-1], strict=True)}
    parts = tuple(swapped.get(id(part), part) for part in inside.parts)
    return Node("below", (Node(inside.kind, parts, "", inside.at, inside.end),), "", mark.at, mark.end)


def _ends(node: Node, path: _Path) -> Iterator[tuple[_Path, str]]:
    """Where the letters stand up to which indices run."""
    for k, part in enumerate(node.parts):
        name = script(part) if part.kind == "above" and opened(node.parts[0]).kind == "BIGOP" else None
        if name is not None and name.kind == "NAME":
            yield (*path, k), name.text
        else:
            yield from _ends(part, (*path, k))


def _ending(node: Node, path: _Path, change: Mapping[str, str]) -> Node:
    if path:
        k = path[0]
        parts = (*node.parts[:k], _ending(node.parts[k], path[1:], change), *node.parts[k + 1 :])
        return node.holding(parts)
    return Node("above", (Node("NAME", (), change[script(node).text], node.at, node.end),), "", node.at, node.end)


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
        return node.holding(parts)
    if node.kind == "unit" and is_transpose(node.parts[-1]):
        rest = node.parts[:-1]
        return rest[0] if len(rest) == 1 else Node("unit", rest, node.text, node.at, node.end)
    mark = Node("above", (Node("NAME", (), "T", node.at, node.end),), "", node.at, node.end)
    parts = (*node.parts, mark) if node.kind == "unit" else (node, mark)
    return Node("unit", parts, "", node.at, node.end)


__all__ = ["fits_turned", "over_other_ranges", "variants"]
