"""Numbers and matrices as blocks of plain text, set side by side.

    A = [0 0]     x = [0]
        [1 0]         [1]

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Any

GAP = "     "
DIGITS = 12  # of a ball; the JSON report has all of them
_BALL = re.compile(r"([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*\+/-.*")

Block = list[str]


def block(name: str, value: Any) -> Block:
    """`name = value` with a matrix drawn row by row."""
    rows = value if isinstance(value, list | tuple) else None
    if not rows:
        return [f"{name} = {number(value)}"]
    table = [[number(entry) for entry in (row if isinstance(row, list | tuple) else [row])] for row in rows]
    widths = [max(len(row[k]) for row in table) for k in range(len(table[0]))]
    drawn = [
        "[" + " ".join(entry.rjust(width) for entry, width in zip(row, widths, strict=True)) + "]"
        for row in table
    ]
    head = f"{name} = "
    return [(head if k == 0 else " " * len(head)) + line for k, line in enumerate(drawn)]


def number(value: Any) -> str:
    """A number as people read it: exact ones as they are, a ball by its leading digits.

    >>> number("2/3"), number("1.2500000000000000123 +/- 3e-30")
    ('2/3', '1.25000000000...')
    """
    said = str(value)
    found = _BALL.fullmatch(said)
    if not found:
        return said
    middle, e, exponent = found[1].partition("e")
    sign, digits = ("-", middle[1:]) if middle.startswith("-") else ("", middle.lstrip("+"))
    cut = digits[: DIGITS + 1]
    return f"{sign}{cut}{'...' if len(cut) < len(digits) else ''}{e}{exponent}"


def beside(blocks: Iterable[Block], width: int) -> list[str]:
    """Blocks next to each other, in as many rows as the width asks for."""
    lines: list[str] = []
    row: list[Block] = []
    used = 0
    for one in blocks:
        needed = max(map(len, one))
        if row and used + len(GAP) + needed > width:
            lines += _join(row)
            row, used = [], 0
        used += needed + (len(GAP) if row else 0)
        row.append(one)
    return lines + (_join(row) if row else [])


def _join(row: list[Block]) -> list[str]:
    height = max(map(len, row))
    padded = [
        [line.ljust(max(map(len, one))) for line in one] + [" " * max(map(len, one))] * (height - len(one))
        for one in row
    ]
    return [GAP.join(parts).rstrip() for parts in zip(*padded, strict=True)]


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A sentence in lines of a width; long words are left whole."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip
