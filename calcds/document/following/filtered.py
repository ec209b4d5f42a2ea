r"""Printed tables that a kernel makes of a printed image: Y[i, j] = \sum_{u, v} X[i+u, j+v] K[u, v], by numbers.

    X = (1, 2, 0; 3, 1, 2; 0, 1, 4),   K = (1, -1; 2, 0)   so   Y = (5, 4; 2, 1)

In a section with two tables of numbers X and K, a third table of the size that only these two give is what the kernel makes of
the image, as it stands or turned by 180 degrees. It is called wrong where it differs in one entry as a slip of the pen does,
and says nothing else: a text may add a number, cut off what is negative, or speak of another image.

Imports: calcds.decide.verdict, calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.examples import fraction
from calcds.document.weighing.misprints import one_entry_off
from calcds.document.words.scope import Scope
from calcds.expr.term import Term

_PRINTED = {"num", "decimal"}
_FEWEST = 4  # entries of a table that no chance makes right
_WAYS = (("cross-correlation", 1), ("convolution", -1))
_Table = list[list[Fraction]]


def filtered(value: Term, scope: Scope) -> Verdict | None:
    """What comes of a table of numbers after an image and a kernel; None where it may be anything."""
    printed = _table(value)
    if printed is None or len(printed) * len(printed[0]) < _FEWEST:
        return None
    here = [(str(s.data[0]), v) for s, v, section in scope.values.values() if scope.is_here(section) and v is not value]
    tables = [(name, table) for name, v in here if (table := _table(v)) is not None]
    fitting = [(x, k) for x, k in permutations(tables, 2) if _size_of(x[1], k[1]) == (len(printed), len(printed[0]))]
    if len(fitting) != 1:
        return None
    (image, x), (kernel, k) = fitting[0]
    made = {word: _filtered(x, [row[::turn] for row in k[::turn]]) for word, turn in _WAYS}
    for word, table in made.items():
        if table == printed:
            return Verdict(Outcome.PROVED, "numbers", f"it is the {word} of {image} and {kernel}")
    for word, table in made.items():
        if _is_misprinted(printed, table):
            return Verdict(Outcome.REFUTED, "numbers", f"it is the {word} of {image} and {kernel} but for one entry")
    return None


def _is_misprinted(printed: _Table, meant: _Table) -> bool:
    """Whether one entry is another one; a 0 in the place of a negative number is cut off."""
    pairs = [(a, b) for rows in zip(printed, meant, strict=True) for a, b in zip(*rows, strict=True)]
    off = [(a, b) for a, b in pairs if a != b]
    cut = any(a == 0 > b for a, b in off)
    said, value = ([str(pair[side]) for pair in pairs] for side in (0, 1))
    return len(off) == 1 and not cut and one_entry_off(said, value, len(printed[0]))


def _size_of(image: _Table, kernel: _Table) -> tuple[int, int]:
    """The rows and columns of what a kernel makes of an image where it lies within it."""
    return len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1


def _filtered(image: _Table, kernel: _Table) -> _Table:
    rows, columns = _size_of(image, kernel)
    return [[sum(_products(image, kernel, i, j), Fraction(0)) for j in range(columns)] for i in range(rows)]


def _products(image: _Table, kernel: _Table, i: int, j: int) -> Iterator[Fraction]:
    for u, row in enumerate(kernel):
        for v, weight in enumerate(row):
            yield weight * image[i + u][j + v]


def _table(value: Term) -> _Table | None:
    """The rows of a printed table of numbers with more than one row and column."""
    rows, columns = value.shape
    if value.head != "matrix" or not isinstance(rows, int) or not isinstance(columns, int) or min(rows, columns) == 1:
        return None
    if any(one.head not in _PRINTED for one in value.args):
        return None
    numbers = [fraction(str(one.data)) for one in value.args]
    return [numbers[i * columns : (i + 1) * columns] for i in range(rows)]


__all__ = ["filtered"]
