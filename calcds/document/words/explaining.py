r"""What stands behind a formula in its display and says what a name in it is: `H = X^T S X, \qquad S = \operatorname{diag}(s)`.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import has_names, names_in, opened
from calcds.document.source.statements import Cut, Statement
from calcds.document.words.heads import key_of


def explained_beside(piece: Cut, is_known: Callable[[str], bool]) -> Iterator[Statement]:
    r"""The statements of a display that define a name which one before them uses on its right side, and nothing explains.

    is_known: whether the text gives a meaning to a name before
    """
    used: set[str] = set()
    above: set[str] = set()  # names on left sides that are formulas: `x^T A x = x_1^2, \quad A = ...`
    for k, statement in enumerate(piece.statements if piece.segment.display else ()):
        trees = [tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)]
        if len(trees) != len(statement.sides):
            return
        key = key_of(trees[0]) if k and [side.relation for side in statement.sides[1:]] in (["="], [":="]) else None
        given = key is not None and (key in used or (key in above and opened(trees[1]).kind == "grid"))
        if key is not None and given and not is_known(key) and _is_formula(trees[1]):
            yield statement
        else:
            above |= set() if key_of(trees[0]) is not None else {full_key(n) for n in names_in(trees[0])}
            used |= {full_key(n) for tree in trees[1:] for n in names_in(tree)}
            used -= {full_key(n) for n in names_in(trees[0])}


def _is_formula(node: Node) -> bool:
    """Whether a side is put together of names, or a matrix: no number, and no other name alone."""
    return opened(node).kind == "grid" or (key_of(node) is None and has_names(node))


__all__ = ["explained_beside"]
