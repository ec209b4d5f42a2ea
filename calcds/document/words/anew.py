r"""Names that an example with numbers of its own says anew: its letters have the sizes of its own arrays.

    ## Losses      For $z \in \mathbb{R}^K$ and $p_k = e^{z_k} / \sum_j e^{z_j}$ we have ...
    ## Network B   $z = V h + c$, $p = \operatorname{softmax}(z)$ with $V = \begin{pmatrix} 1 & 0 \\ 2 & 1 \end{pmatrix}$

A section that prints arrays of numbers is about these. What another section declared of a name, $z \in \mathbb{R}^K$, says
nothing of a z that such a section begins with a formula for; nor do the p_k of the other section stand for its p.
And a letter that gets a column of numbers is a vector in the formulas of its section, also in those before it.

Imports: calcds.document.source, calcds.document.words.heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import has_names, is_transpose, letter_of, names_in
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of

_EQUAL = {"=", ":=", "~"}


def names_anew(pieces: Sequence[Cut], around: Callable[[int], AbstractSet[int]]) -> dict[int, set[str]]:
    """The names that each section begins with formulas for, and the arrays in these, where it or a part of it prints numbers.

    A letter that stands in the section before its first formula is the one that others spoke of.
    """
    said: dict[int, set[str]] = {}
    met: dict[int, set[str]] = {}
    before: dict[int, set[str]] = {}  # letters in front of the first formula
    numbered: set[int] = set()
    for piece in pieces:
        section = piece.segment.section
        letters, keys = met.setdefault(section, set()), said.setdefault(section, set())
        for one in piece.statements:
            trees = [piece.trees.get(side) for side in one.sides]
            for k, tree in enumerate(trees):
                body = trees[k + 1] if k + 1 < len(trees) and one.sides[k + 1].relation in _EQUAL else None
                key = key_of(tree) if isinstance(tree, Node) else None
                if key is not None and isinstance(body, Node):
                    formula = has_names(body) and letter_of(key) not in letters
                    array = _is_array_of_numbers(body)
                    if formula:
                        before.setdefault(section, {*letters})
                    if formula or (array and section in before and letter_of(key) not in before[section]):
                        keys.add(key)
                    numbered |= around(section) if array else set()
                if isinstance(tree, Node):
                    letters |= {letter_of(labelled(name)[0]) for name in names_in(tree)}
    return {section: keys for section, keys in said.items() if keys and section in numbered}


def columns_printed(pieces: Sequence[Cut]) -> Iterator[tuple[str, int]]:
    """The names, and their sections, that a section gives columns of numbers, or as capitals arrays, and nothing else."""
    arrays, others = dict[tuple[str, int], None](), set[tuple[str, int]]()
    for section, name, body in _equations(pieces):
        if has_names(body) or not {"_", "^"}.isdisjoint(name):
            continue
        fits = _is_array_of_numbers(body) and (letter_of(name)[:1].isupper() or is_column(body))
        if fits:
            arrays[name, section] = None
        else:
            others.add((name, section))
    return (one for one in arrays if one not in others)


def whole_and_entries(keys: Iterable[str]) -> set[str]:
    """The keys under which something may be known of some names: their own, and those of their entries."""
    return {one for key in keys for one in (key, f"all {key}")}


def _equations(pieces: Sequence[Cut]) -> Iterator[tuple[int, str, Node]]:
    """The sections, names and bodies of the equations of which the left side is a name."""
    for piece in pieces:
        for one in piece.statements:
            for side, following in pairwise(one.sides):
                name, body = piece.trees.get(side), piece.trees.get(following)
                if following.relation not in _EQUAL or not isinstance(name, Node) or not isinstance(body, Node):
                    continue
                if (key := key_of(name)) is not None:
                    yield piece.segment.section, key, body


def _is_array_of_numbers(body: Node) -> bool:
    r"""Whether a side is `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}` or `(1, 2)^\top`."""
    printed = any((n.kind == "grid" and "cases" not in n.text) or _is_turned_list(n) for n in walk(body))
    return printed and not has_names(body)


def _is_turned_list(node: Node) -> bool:
    return node.kind == "unit" and node.parts[0].kind == "round" and any(map(is_transpose, node.parts[1:]))


def is_column(body: Node) -> bool:
    r"""Whether a side is a column: one entry in every row, or a list that is transposed."""
    grid = next((n for n in walk(body) if n.kind == "grid"), None)
    return grid is None or all(len(row.parts) == 1 for row in grid.parts)


__all__ = ["columns_printed", "names_anew", "whole_and_entries"]
