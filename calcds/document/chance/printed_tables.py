r"""Joint laws of two variables that are printed as a table.

    |         | $Y=0$ | $Y=1$ |
    |---------|-------|-------|
    | $X=0$   | 0.4   | 0.1   |
    | $X=1$   | 0.2   | 0.3   |

Every head of a column gives one variable its value, every head of a row the other, and the numbers add up to 1: then they are
the probabilities of both. Conditional probabilities, row by row, add up to more. Columns and rows with another head, sums or
marginal probabilities, are not looked at.

Imports: calcds.document.source.latex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from calcds.document.source.latex import Node

_MARKDOWN = re.compile(r"(?:^[ \t]*\|[^\n]*(?:\n|\Z)){3,}", re.MULTILINE)
_TABULAR = re.compile(r"\\begin\{(?:tabular|array)\}\s*\{[^{}]*\}(.*?)\\end\{(?:tabular|array)\}", re.DOTALL)
_RULES = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)\b|\\(?:cline|cmidrule)(?:\([a-z]*\))?\{[^{}]*\}")
_HEAD = re.compile(r"([A-Z])\s*=\s*(-?\d+)")
_NUMBER = re.compile(r"(\d*\.?\d+)|(\d+)\s*/\s*(\d+)|\\[dt]?frac\s*\{?(\d+?)\}?\s*\{?(\d+)\}?")


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Two variables, pairs of their values with the probabilities, and where the table begins and ends in its document."""

    keys: tuple[str, str]
    rows: tuple[tuple[tuple[Fraction, Fraction], Fraction], ...]
    at: int
    end: int


def printed_tables(text: str) -> Iterator[PrintedTable]:
    r"""The joint laws that a text prints as tables.

    >>> [table] = printed_tables("| | $Y=0$ | $Y=1$ |\n|---|---|---|\n| $X=0$ | 0.4 | 0.1 |\n| $X=1$ | 0.2 | 0.3 |\n")
    >>> table.keys, [str(chance) for _, chance in table.rows]
    (('X', 'Y'), ['2/5', '1/10', '1/5', '3/10'])
    """
    for found in _MARKDOWN.finditer(text):
        yield from _table([line.strip().strip("|").split("|") for line in found[0].splitlines()], *found.span())
    for found in _TABULAR.finditer(text):
        yield from _table([line.split("&") for line in _RULES.sub("", found[1]).split("\\\\")], *found.span())


def printed(value: Fraction) -> Node:
    """A number as a quotient of whole ones."""
    top, bottom = (Node("NUMBER", (), str(part)) for part in (value.numerator, value.denominator))
    return top if value.denominator == 1 else Node("frac", (top, bottom))


def _table(lines: list[list[str]], at: int, end: int) -> Iterator[PrintedTable]:
    rows = [[cell.strip().strip("$* ").strip() for cell in line] for line in lines]
    columns = {k: found for k, cell in enumerate(rows[0]) if k and (found := _HEAD.fullmatch(cell))} if rows else {}
    heads = [(found, row) for row in rows[1:] if (found := _HEAD.fullmatch(row[0]))]
    keys = {found[1] for found, _ in heads}, {found[1] for found in columns.values()}
    if not all(len(one) == 1 for one in keys) or keys[0] == keys[1]:
        return
    entries = [
        ((Fraction(head[2]), Fraction(column[2])), number(row[k]) if k < len(row) else None)
        for head, row in heads for k, column in columns.items()
    ]  # fmt: skip
    known = tuple((places, chance) for places, chance in entries if chance is not None)
    whole = len(known) == len(entries) == len({places for places, _ in known})
    if whole and sum(chance for _, chance in known) == 1:
        yield PrintedTable((*keys[0], *keys[1]), known, at, end)  # type: ignore[arg-type]  # one name each


def number(cell: str) -> Fraction | None:
    """The number that is printed in a cell; None for anything else."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    top, bottom = (found[2] or found[4], found[3] or found[5])
    return Fraction(found[1]) if found[1] else Fraction(int(top), int(bottom)) if int(bottom) else None


__all__ = ["PrintedTable", "printed", "printed_tables"]
