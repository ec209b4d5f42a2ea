"""Whether printed numbers differ from those that were meant as a slip of the pen does: in one sign, in one entry of many.

Imports: calcds.decide.verdict, calcds.document.reading.examples, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from calcds.decide.verdict import Verdict
from calcds.document.reading.examples import fraction
from calcds.document.weighing.repair import is_misprint
from calcds.expr.term import Term

_PRINTED = {"num", "decimal"}
_PAIR = 2  # an entry of a symmetric matrix, and its mirror image
_MANY = 2  # entries that are right, and not 0, when nothing is asked of the one that is not


def misprinted(verdict: Verdict, printed: tuple[Term, Term]) -> bool:
    """Whether a side is a printed number, or numbers, that differ in one sign, or entry, from the value of the other side."""
    found = verdict.counterexample
    values = () if found is None else ((found.left, found.right), (found.right, found.left))
    for side, (own, value) in zip(printed, values, strict=False):
        try:
            if side.head in _PRINTED:
                if _is_misprint_of(str(side.data), value):
                    return True
            elif not side.is_scalar and not side.free:
                plain = side.head == "matrix" and all(t.head in _PRINTED for t in side.args)
                said = [str(t.data) for t in side.args] if plain else [str(one) for row in own for one in row]
                if one_entry_off(said, [str(one) for row in value for one in row], len(value[0])):
                    return True
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
    return False


def one_entry_off(printed: Sequence[str], meant: Sequence[str], columns: int) -> bool:
    """Whether numbers are others in one place, or in two that mirror each other, and slightly so or among many.

    Decimals are right up to one unit of their last place.

    >>> one_entry_off(["4", "8"], ["4", "-8"], 1), one_entry_off(["4", "9"], ["4", "-2"], 1)
    (True, False)
    >>> one_entry_off(["2", "1", "1", "3"], ["2", "0", "0", "3"], 2)
    True
    >>> one_entry_off(["0.67", "0.33"], ["0.6667", "-0.3333"], 1)
    True
    """
    table = {divmod(k, columns): pair for k, pair in enumerate(zip(printed, meant, strict=True))}
    off = {place: pair for place, pair in table.items() if not _is_rounded(*pair)}
    right = sum(fraction(said) != 0 for place, (said, _) in table.items() if place not in off)
    mirrored = len(off) == _PAIR and {(j, i) for i, j in off} == off.keys() and len(set(off.values())) == 1
    if not right or not (len(off) == 1 or mirrored):
        return False
    said, value = next(iter(off.values()))
    a, b = fraction(said), fraction(value)
    slight = a in {-b, 2 * b, b / 2, b + 1, b - 1} or _is_misprint_of(said, value)
    return slight or right >= _MANY


def _is_misprint_of(said: str, value: Any) -> bool:
    return is_misprint(said, f"{float(fraction(value)):.{_places(said)}f}")


def _is_rounded(said: str, value: str) -> bool:
    """Whether a printed number is another one up to one unit of its last place; one without a point exactly."""
    gap = abs(fraction(value) - fraction(said))
    return gap <= Fraction(10) ** -_places(said) if _places(said) else gap == 0


def _places(said: str) -> int:
    return len(said.partition(".")[2])
