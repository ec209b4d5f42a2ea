r"""Entries that are printed of a matrix whose dots have no plain pattern: each of them says what an entry is.

What dots stand for is not read where the printed entries do not agree on it. But `a_{2,2} \cdot a_{2,2}` in the second row
and column of what is said to be `A \odot B` is wrong whatever the dots leave out. So the printed entries in front of all
dots are claims of their own; that they hold says nothing of the others.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calcds.document.source.dotted_arrays import MATRICES, content_of, is_gap
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import numeral
from calcds.document.source.names import atom_and_marks, opened

NO_PATTERN = "dots: the pattern of this matrix is not plain"  # why such a side is not read
MOST = 9  # entries that are looked at


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed entry at its place, from 1, with what stands in front of the matrix."""

    row: int
    column: int
    node: Node

    def of(self, other: Node, *, column: bool) -> Node:
        """The same entry of something else."""
        places = [numeral(self.row)] if column else [numeral(self.row), Node("COMMA", (), ","), numeral(self.column)]
        inside = places[0] if column else Node("items", tuple(places))
        whole = Node("round", (Node("items", (other,)),), "", other.at, other.end)
        return Node("unit", (whole, Node("below", (inside,))), "", other.at, other.end)


@dataclass(frozen=True, slots=True)
class Shown:
    """The printed entries in front of the dots.

    column: the matrix has one column; middle: an entry stands between dots, so that its place is said by a name
    """

    entries: tuple[Entry, ...]
    column: bool
    middle: bool


def shown_in(side: Node) -> Shown | None:
    """The printed entries of a matrix with dots, perhaps with a sign or a number in front; None for any other side."""
    before, grid = _factored(side)
    if grid is None:
        return None
    rows = [[content_of(cell) for cell in row.parts] for row in grid.parts]
    width = max(map(len, rows), default=0)
    down = [k for k in range(width) if is_gap([row[k] for row in rows if k < len(row)])]
    across = [k for k, row in enumerate(rows) if is_gap(row)]
    if not across and not down:
        return None
    entries = [
        Entry(i + 1, j + 1, _signed(before, cell))
        for i, row in enumerate(rows[: across[0] if across else len(rows)])
        for j, cell in enumerate(row[: down[0] if down else width])
        if cell is not None and cell.kind != "items" and not any(n.kind in {"DOTS", "TEXT"} for n in walk(cell))
    ]
    return Shown(tuple(entries[:MOST]), width == 1, len(across) > 1 or len(down) > 1) if entries else None


def _factored(side: Node) -> tuple[tuple[Node, ...], Node | None]:
    """What stands in front of a matrix, signs and numbers only, and the matrix."""
    node = opened(side)
    if node.kind == "sum" and len(node.parts) == 2 and node.parts[0].kind == "ADD":
        before, grid = _factored(node.parts[1])
        return (node.parts[0], *before), grid
    parts = node.parts if node.kind == "product" else (node,)
    last, marks = atom_and_marks(opened(parts[-1]))
    if last.kind != "grid" or last.text not in MATRICES or marks:
        return (), None
    numbers = all(p.kind in {"NUMBER", "MUL"} or (p.kind == "frac" and not _names(p)) for p in parts[:-1])
    return (tuple(parts[:-1]), last) if numbers else ((), None)


def _names(node: Node) -> bool:
    return any(n.kind == "NAME" for n in walk(node))


def _signed(before: Sequence[Node], cell: Node) -> Node:
    """An entry of a matrix with a sign or a number in front of it."""
    sign = [p for p in before if p.kind == "ADD"]
    factors = [p for p in before if p.kind != "ADD"]
    body = Node("round", (Node("items", (cell,)),), "", cell.at, cell.end) if before else cell
    inner = Node("product", (*factors, body), "", cell.at, cell.end) if factors else body
    return Node("sum", (*sign, inner), "", cell.at, cell.end) if sign else inner


__all__ = ["NO_PATTERN", "Entry", "Shown", "shown_in"]
