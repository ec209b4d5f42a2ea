r"""Largest entries, norms and ranks of matrices of numbers: `\max_i x_i`, `\|A\|_1`, `\|A\|_2`, `\operatorname{rank} A`.

    \|A\|_1      = \max_j \sum_i |a_{ij}|            the largest sum of a column
    \|A\|_\infty = \max_i \sum_j |a_{ij}|            the largest sum of a row
    \|A\|_2^2    = (s + \sqrt{s^2 - 4d})/2           of two columns, with s = \|A\|_F^2 and d = \det(A^T A); A^T of two rows

The last line is the larger eigenvalue of a matrix of two rows with trace s and determinant d. Of matrices of which the text
gives no numbers, and of larger ones, these norms are left unread. Of a vector without numbers, `\max_i |x_i|` is its norm.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calcds.document.reading.applying import Applying
from calcds.document.reading.examples import put_in
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, named, opened, script
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.term import Term, entry, number

NORMS = {"1", "2", "infty", "max"}  # of matrices, beside that of Frobenius
LARGEST = 12  # rows and columns


def is_place(side: Node | Unread) -> bool:
    r"""Whether a side begins with `\arg\min`: where something is least, of which no formula tells."""
    return _head(side)[0] in {"argmin", "argmax"}


def is_extreme(side: Node | Unread) -> bool:
    r"""Whether a side begins with `\max_x` and the like."""
    word, below = _head(side)
    return word in {"min", "max", "sup", "inf"} and below


def _head(side: Node | Unread) -> tuple[str, bool]:
    """The function that a side begins with, and whether something stands below it."""
    whole = opened(side) if isinstance(side, Node) else None
    head = whole.parts[0] if whole is not None and whole.kind == "product" else whole
    atom, marks = atom_and_marks(opened(head)) if head is not None else (None, ())
    atom = opened(atom) if atom is not None else None
    return (atom.text, any(m.kind == "below" for m in marks)) if atom is not None and atom.kind == "FUNC" else ("", False)


class Extremes(Applying):
    """Largest and smallest entries, and norms that are made of them."""

    def matrix_norm(self, inner: Term, said: str) -> Term:
        """A norm of a matrix of which the numbers are known."""
        inner = self._with_numbers(inner)
        m, n = inner.shape
        if not (isinstance(m, int) and isinstance(n, int)) or max(m, n) > LARGEST:
            raise Unread(f"the norm {said} of a matrix")
        if said == "2":
            return self._spectral(inner, m, n)
        size = op.function("abs")
        rows = [[size(entry(inner, i, j)) for j in range(n)] for i in range(m)]
        columns = [[row[j] for row in rows] for j in range(n)]
        groups = {"1": columns, "infty": rows, "max": [[one] for row in rows for one in row]}[said]
        return _end("max", [sum(group[1:], group[0]) for group in groups])

    def _spectral(self, inner: Term, m: int, n: int) -> Term:
        if min(m, n) != 2:
            raise Unread("the norm 2 of a matrix")
        total, area = op.norm(inner) ** number(2), op.det(inner.T * inner if n == 2 else inner * inner.T)
        return ((total + (total ** number(2) - number(4) * area) ** HALF) / number(2)) ** HALF

    def rank(self, inner: Term) -> Term:
        """The rank of a matrix of fractions: the number of its pivots."""
        inner = self._with_numbers(inner)
        if inner.head == "trans":
            inner = inner.args[0]  # of the same rank
        if inner.head != "matrix" or any(v.head != "num" for v in inner.args) or len(inner.args) > LARGEST**2:
            raise Unread("the rank of a matrix without numbers")
        _, n = inner.shape
        assert isinstance(n, int)  # its entries are printed
        numbers = [Fraction(v.data) for v in inner.args]
        return number(_pivots([numbers[k : k + n] for k in range(0, len(numbers), n)]))

    def extreme(self, atom: Node, below: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\max_i x_i`, `\max_i |x_i|`, `\min x_i`; None for anything else."""
        index = named(script(below[0])) if len(below) == 1 else None
        if k + 1 >= len(parts) or (below and (index is None or index.marks)):
            return None
        node = parts[k + 1]
        bars = node.kind == "bars" and len(node.parts) == 1
        name = named(opened(node.parts[0]) if bars else node)
        if name is None or [m.kind for m in name.marks] != ["below"]:
            return None
        place = script(name.marks[0])
        if place.kind != "NAME" or (index is not None and place.text != index.base):
            return None
        column = self.scope.column_of(labelled(name)[0])
        if column is None or not isinstance(column.shape[0], int) or column.shape[0] > LARGEST:
            return None
        size = op.function("abs")
        values = [entry(column, i, 0) for i in range(column.shape[0])]
        return _end(atom.text, [size(v) for v in values] if bars else values), k + 2

    def _with_numbers(self, term: Term) -> Term:
        """A term with the numbers of its matrices and vectors."""
        put = put_in((term, term), self.scope.examples(arrays=True))
        return self.scope.expand(term if put is None else put[0])


def _pivots(rows: list[list[Fraction]]) -> int:
    """The number of pivots in Gaussian elimination."""
    found = 0
    for column in range(len(rows[0])):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        head = rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / head[column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], head, strict=True)]
        found += 1
    return found


def _end(name: str, values: list[Term]) -> Term:
    """The largest or smallest one of some numbers."""
    return values[0] if len(values) == 1 else op.function(name)(*values)


__all__ = ["NORMS", "Extremes", "is_extreme", "is_place"]
