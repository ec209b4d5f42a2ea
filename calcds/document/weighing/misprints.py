"""Whether printed numbers differ from those that were meant as a slip of the pen does: in one sign, in one entry of many.

Imports: calcds.decide.verdict, calcds.document.reading.examples, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from calcds.decide.verdict import Verdict
from calcds.document.reading.examples import fraction
from calcds.document.weighing.repair import is_misprint
from calcds.expr.term import Term

_PAIR = 2  # an entry of a symmetric matrix, and its mirror image
_MANY = 2  # entries that are right, and not 0, when nothing is asked of the one that is not


def misprinted(verdict: Verdict, printed: tuple[Term, Term]) -> bool:
    """Whether a side is a printed number, or numbers, that differ in one sign, or entry, from the value of the other side."""
    found = verdict.counterexample
    values = () if found is None else ((found.left, found.right), (found.right, found.left))
    for side, (own, value) in zip(printed, values, strict=False):
        try:
            if side.head in {"num", "decimal"}:
                said = str(side.data)
                places = len(said.partition(".")[2])
                if is_misprint(said, f"{float(fraction(value)):.{places}f}"):
                    return True
            elif not side.is_scalar and not side.free and _one_entry_off(own, value):
                return True
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
    return False


def _one_entry_off(printed: Any, meant: Any) -> bool:
    """Whether numbers in rows are others in one place, or in two that mirror each other, and slightly so or among many.

    >>> _one_entry_off([["4"], ["8"]], [["4"], ["-8"]]), _one_entry_off([["4"], ["9"]], [["4"], ["-2"]])
    (True, False)
    >>> _one_entry_off([["2", "1"], ["1", "3"]], [["2", "0"], ["0", "3"]])
    True
    """
    table = {(i, j): pair for i, j, pair in _pairs(printed, meant)}
    off = {place: pair for place, pair in table.items() if pair[0] != pair[1]}
    right = sum(a == b != 0 for a, b in table.values())
    mirrored = len(off) == _PAIR and {(j, i) for i, j in off} == off.keys() and len(set(off.values())) == 1
    if not right or not (len(off) == 1 or mirrored):
        return False
    a, b = next(iter(off.values()))
    slight = a in {-b, 2 * b, b / 2, b + 1, b - 1} or is_misprint(str(a), str(b))
    return slight or right >= _MANY


def _pairs(printed: Any, meant: Any) -> Iterator[tuple[int, int, tuple[Fraction, Fraction]]]:
    for i, (row, other) in enumerate(zip(printed, meant, strict=True)):
        for j, (a, b) in enumerate(zip(row, other, strict=True)):
            yield i, j, (fraction(a), fraction(b))
