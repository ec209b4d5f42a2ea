r"""Diagonal matrices that a text says in words: "where $W$ is the diagonal matrix with entries $w_i = \pi_i (1 - \pi_i)$".

It is as if `W = \operatorname{diag}(\pi_i (1 - \pi_i))` were printed; said behind a formula, it holds for that formula too.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from calcds.document.source.latex import Node
from calcds.document.source.names import opened
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of
from calcds.document.words.wording import CLOSING, OPENING

_DIAGONAL = re.compile(
    rf"{CLOSING}(?:is|be|denotes?|,)?\s*(?:the|an?)\s+(?:[a-z-]+\s+)?diagonal\s+matrix\s+"
    rf"(?:(?:with|of|having|whose|containing)\s+)?(?:the\s+)?(?:(?:diagonal|positive|weights?|numbers?)\s+)*"
    rf"(?:(?:entries|elements|diagonal|entry|eigenvalues|values)\s+)?(?:are\s+)?{OPENING}"
)


def diagonals_in_words(paragraph: Sequence[Cut], is_known: Callable[[str], bool]) -> Iterator[tuple[Cut, Node, Node]]:
    """The matrices that a paragraph calls diagonal, with what stands on the diagonals: where, a name, the tree of `diag(...)`.

    is_known: whether the text gives a meaning to a name before
    """
    for piece, following in pairwise(paragraph):
        if _DIAGONAL.fullmatch(following.segment.before) is None:
            continue
        matrix, entries = _last(piece), _value(following)
        key = None if matrix is None else key_of(matrix)
        if matrix is None or entries is None or key is None or is_known(key):
            continue
        at, end = entries.at, entries.end
        bracket = Node("round", (entries,), "", at, end)
        yield piece, matrix, Node("product", (Node("FUNC", (), "diag", at, end), bracket), "", at, end)


def _last(piece: Cut) -> Node | None:
    """The name at the end of a formula that is nothing but a name."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if len(sides) == 1 and not piece.segment.display else None
    return opened(tree) if isinstance(tree, Node) else None


def _value(piece: Cut) -> Node | None:
    r"""`\pi_i (1 - \pi_i)`, or the right side of `w_i = \pi_i (1 - \pi_i)`; with an index, or a list of numbers with one."""
    if len(piece.statements) != 1 or len(piece.statements[0].sides) > 2:
        return None
    side = piece.statements[0].sides[-1]
    if len(piece.statements[0].sides) == 2 and side.relation != "=":
        return None
    tree = piece.trees.get(side)
    return tree if isinstance(tree, Node) else None


__all__ = ["diagonals_in_words"]
