r"""Sums and products that are written without a subscript: `\frac1n \sum x_i^2`, `\log \prod f(x_i)`.

The index is the one letter below the names of the terms that nothing else binds, and that stands free nowhere in the
equation: in `\mu_j = \sum w_{ij} x_i` the j is given, so that the sum runs over i. It runs over the range that another sum
of the equation prints for this letter, where all of them print the same; else its range is not printed.

Letters without a comma between them, `\sum_{ij} a_{ij}`, are two indices where both stand below the names that are summed.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, script, text_of

_OPERATORS = {"sum", "prod"}
_LETTERS = set("ijklmrst")
_Marks = tuple[Node, ...]


def with_ranges(sides: Sequence[Node]) -> list[Node]:
    """The sides of an equation in which every sum has its index; those that have it already are not touched."""
    sides = [_parted(side) for side in sides]
    if not any(_is_bare(node) for side in sides for node in walk(side)):
        return sides
    free = {letter for side in sides for letter in _letters(side, frozenset(), outside=True)}
    ranges: dict[str, dict[str, _Marks]] = {}
    for marks in (m for side in sides for m in _printed(side)):
        for letter in _bound(marks):
            ranges.setdefault(letter, {})["".join(map(text_of, marks))] = marks
    return [_filled(side, free, ranges, frozenset()) for side in sides]


def _parted(node: Node) -> Node:
    r"""A tree with the letters of `\sum_{ij}` as indices of their own."""
    if not any(n.kind == "BIGOP" and n.text in _OPERATORS for n in walk(node)):
        return node
    parts = [_parted(part) for part in node.parts]
    for k, part in enumerate(parts):
        atom, marks = atom_and_marks(part)
        if node.kind != "product" or atom.kind != "BIGOP" or atom.text not in _OPERATORS:
            continue
        letters = [script(m) for m in marks if m.kind == "below"]
        names = letters[0].parts if len(marks) == len(letters) == 1 and letters[0].kind == "product" else ()
        said = {n.text for n in names if n.kind == "NAME" and len(n.text) == 1}
        below = {n.text for rest in parts[k + 1 :] for mark in walk(rest) if mark.kind == "below" for n in walk(mark)}
        if names and len(said) == len(names) and said <= below:
            comma = Node("COMMA", (), ",", names[0].at, names[0].end)
            items = [one for name in names for one in (comma, name)][1:]
            index = Node("below", (Node("items", tuple(items), "", part.at, part.end),), "", part.at, part.end)
            parts[k] = Node("unit", (atom, index), "", part.at, part.end)
    return node.holding(tuple(parts))


def _is_bare(node: Node) -> bool:
    """Whether an operator stands here without any subscript."""
    atom, marks = atom_and_marks(node)
    return atom.kind == "BIGOP" and atom.text in _OPERATORS and not any(m.kind == "below" for m in marks)


def _bound(marks: Sequence[Node]) -> set[str]:
    """The letters that stand below an operator."""
    return {n.text for m in marks if m.kind == "below" for n in walk(m) if n.kind == "NAME"}


def _printed(side: Node) -> Iterator[_Marks]:
    """The subscripts and superscripts of the sums that have both."""
    for node in walk(side):
        atom, marks = atom_and_marks(node)
        if atom.kind == "BIGOP" and atom.text in _OPERATORS and {m.kind for m in marks} == {"below", "above"}:
            yield marks


def _letters(node: Node, bound: frozenset[str], *, outside: bool = False) -> Iterator[str]:
    """The letters below names that no operator binds.

    outside: of those that stand behind no operator without a subscript
    """
    if (name := named(node)) is not None:
        scripts = [script(m) for m in name.marks if m.kind == "below"]
        yield from (n.text for one in scripts for n in walk(one) if n.kind == "NAME" and n.text in _LETTERS - bound)
        for mark in (m for m in name.marks if m.kind != "below"):
            yield from _letters(mark, bound, outside=outside)
        return
    for part in node.parts:
        atom, marks = atom_and_marks(part)
        if node.kind == "product" and atom.kind == "BIGOP":
            if outside and _is_bare(part):
                return
            bound = bound | _bound(marks)
        else:
            yield from _letters(part, bound, outside=outside)


def _filled(node: Node, free: set[str], ranges: dict[str, dict[str, _Marks]], bound: frozenset[str]) -> Node:
    if not any(_is_bare(n) for n in walk(node)):
        return node
    parts = [*node.parts]
    for k, part in enumerate(parts):
        atom, marks = atom_and_marks(part)
        if node.kind == "product" and atom.kind == "BIGOP" and atom.text in _OPERATORS:
            if _is_bare(part):
                rest = parts[k + 1 :]
                letters = {x for one in rest for x in _letters(one, bound)} - free - bound
                if len(letters) == 1 and not marks:
                    parts[k], marks = _with_index(part, letters.pop(), ranges)
            bound = bound | _bound(marks)
        else:
            parts[k] = _filled(part, free, ranges, bound)
    return node.holding(tuple(parts))


def _with_index(part: Node, letter: str, ranges: dict[str, dict[str, _Marks]]) -> tuple[Node, _Marks]:
    found = [*ranges.get(letter, {}).values()]
    index = Node("below", (Node("NAME", (), letter, part.at, part.end),), "", part.at, part.end)
    marks = found[0] if len(found) == 1 else (index,)
    return Node("unit", (atom_and_marks(part)[0], *marks), "", part.at, part.end), marks


__all__ = ["with_ranges"]
