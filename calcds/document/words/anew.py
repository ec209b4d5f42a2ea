r"""Names that an example with numbers of its own says anew: its letters have the sizes of its own arrays.

    ## Losses      For $z \in \mathbb{R}^K$ and $p_k = e^{z_k} / \sum_j e^{z_j}$ we have ...
    ## Network B   $z = V h + c$, $p = \operatorname{softmax}(z)$ with $V = \begin{pmatrix} 1 & 0 \\ 2 & 1 \end{pmatrix}$

A section that prints arrays of numbers is about these. What another section declared of a name, $z \in \mathbb{R}^K$, says
nothing of the z for which such a section has an equation itself; nor do the p_k of the other section stand for the p of this one.
And a letter that gets a column of numbers is a vector in the formulas of its section, also in those before it.

Imports: calcds.document.source, calcds.document.words.heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import is_transpose, letter_of, names_in
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of


def names_anew(pieces: Sequence[Cut], around: Callable[[int], AbstractSet[int]]) -> dict[int, set[str]]:
    """The names with an equation of their own in each section, where arrays of numbers are printed in it or in a part of it."""
    said: dict[int, set[str]] = {}
    numbered: set[int] = set()
    for section, name, body in _equations(pieces):
        said.setdefault(section, set()).add(name)
        if _is_array_of_numbers(body):
            numbered |= around(section)
    return {section: keys for section, keys in said.items() if not numbered.isdisjoint({section})}


def columns_printed(pieces: Sequence[Cut]) -> Iterator[tuple[str, int]]:
    """The names, and their sections, that a section gives columns of numbers, or as capitals arrays, and nothing else."""
    arrays, others = dict[tuple[str, int], None](), set[tuple[str, int]]()
    for section, name, body in _equations(pieces):
        if names_in_any(body) or "_" in name:
            continue
        fits = _is_array_of_numbers(body) and (letter_of(name)[:1].isupper() or is_column(body))
        if fits:
            arrays[name, section] = None
        else:
            others.add((name, section))
    return (one for one in arrays if one not in others)


def twins(keys: Iterable[str]) -> set[str]:
    """The keys under which something may be known of some names: their own, and those of their entries."""
    return {twin for key in keys for twin in (key, f"all {key}")}


def _equations(pieces: Sequence[Cut]) -> Iterator[tuple[int, str, Node]]:
    """The sections, names and bodies of the equations of which the left side is a name."""
    for piece in pieces:
        for one in piece.statements:
            for side, following in pairwise(one.sides):
                name, body = piece.trees.get(side), piece.trees.get(following)
                if following.relation not in {"=", ":=", "~"} or not isinstance(name, Node) or not isinstance(body, Node):
                    continue
                if (key := key_of(name)) is not None:
                    yield piece.segment.section, key, body


def _is_array_of_numbers(body: Node) -> bool:
    r"""Whether a side is `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}` or `(1, 2)^\top`."""
    printed = any((n.kind == "grid" and "cases" not in n.text) or _is_turned_list(n) for n in walk(body))
    return printed and not names_in_any(body)


def _is_turned_list(node: Node) -> bool:
    return node.kind == "unit" and node.parts[0].kind == "round" and any(map(is_transpose, node.parts[1:]))


def names_in_any(body: Node) -> bool:
    """Whether a name stands in a side."""
    return any(True for _ in names_in(body))


def is_column(body: Node) -> bool:
    r"""Whether a side is a column: one entry in every row, or a list that is transposed."""
    grid = next((n for n in walk(body) if n.kind == "grid"), None)
    return grid is None or all(len(row.parts) == 1 for row in grid.parts)


__all__ = ["columns_printed", "names_anew", "twins"]
