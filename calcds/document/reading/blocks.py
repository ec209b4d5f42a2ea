r"""Matrices of blocks: the identity and the 0 among them have the sizes that the blocks beside and above them tell.

    \begin{bmatrix} I & A \\ A^T & 0 \end{bmatrix}        A is m x n: I is m x m, and 0 is n x n
    \begin{bmatrix} R \\ 0 \end{bmatrix}                   0 has the columns of R, and the rows that another side needs

Of blocks that are no numbers those in one row have one height, and those in one column one width. A 0 in a row of nothing else
is as high as may be, unless the blocks above it have sizes that are numbers: there it is one.

Imports: calcds.document.words, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from calcds.document.words.shapes import Sizes
from calcds.expr import operators as op
from calcds.expr.term import ZERO, Size, Term


def fitted(rows: Sequence[Sequence[Term]], sizes: Sizes, at: int) -> list[list[Term]]:
    """The rows of a matrix with blocks of the sizes that the others tell; at: where the matrix stands in the text."""
    if all(block.is_scalar for row in rows for block in row):
        return [[*row] for row in rows]
    heights = _lengths(rows, 0, f"rows of 0 {at}", sizes)
    widths = _lengths([*zip(*rows, strict=True)], 1, f"columns of 0 {at}", sizes)
    return [
        [op.zeros(h, w) if block is ZERO and (h, w) != (1, 1) else block for w, block in zip(widths, row, strict=True)]
        for h, row in zip(heights, rows, strict=True)
    ]


def _lengths(lines: Sequence[Sequence[Term]], axis: int, label: str, sizes: Sizes) -> list[Size]:
    """The heights of the rows, or the widths of the columns."""
    known: list[Size | None] = []
    for line in lines:
        lengths = [block.shape[axis] for block in line if not block.is_scalar]
        for one, other in pairwise(lengths):
            sizes.same(one, other)
        known.append(lengths[0] if lengths else None)
    symbolic = all(isinstance(one, Term) for one in known if one is not None)
    free = [symbolic and all(block is ZERO for block in line) for line in lines]
    return [one if one is not None else sizes.remaining(f"{label} {k}") if free[k] else 1 for k, one in enumerate(known)]


__all__ = ["fitted"]
