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
LONG = 12  # characters; a longer fraction is read more easily as a decimal
MOST_PLACES = 40
_BALL = re.compile(r"([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*\+/-.*")

Block = list[str]


def block(name: str, value: Any, digits: int = DIGITS) -> Block:
    """`name = value` with a matrix drawn row by row."""
    rows = value if isinstance(value, list | tuple) else None
    if not rows:
        return [f"{name} = {number(value, digits)}"]
    table = [
        [number(entry, digits) for entry in (row if isinstance(row, list | tuple) else [row])] for row in rows
    ]
    widths = [max(len(row[k]) for row in table) for k in range(len(table[0]))]
    drawn = [
        "[" + " ".join(entry.rjust(width) for entry, width in zip(row, widths, strict=True)) + "]"
        for row in table
    ]
    head = f"{name} = "
    return [(head if k == 0 else " " * len(head)) + line for k, line in enumerate(drawn)]


def number(value: Any, digits: int = DIGITS) -> str:
    """A number as people read it: short fractions as they are, long decimals as decimals, a ball by its leading digits.

    >>> number("2/3"), number("135907296341/50000000000"), number("1.2500000000000000123 +/- 3e-30")
    ('2/3', '2.71814592682', '1.25000000000...')
    """
    said = str(value)
    found = _BALL.fullmatch(said)
    if not found:
        return _decimal(said, digits)
    middle, e, exponent = found[1].partition("e")
    sign, written = ("-", middle[1:]) if middle.startswith("-") else ("", middle.lstrip("+"))
    cut = written[: digits + 1]
    return f"{sign}{cut}{'...' if len(cut) < len(written) else ''}{e}{exponent}"


def _decimal(said: str, digits: int) -> str:
    """A long fraction as a decimal: with all its places where they end soon, else with its leading ones."""
    top, _, bottom = said.partition("/")
    short = len(said) <= LONG and len(bottom) <= 4
    if short or not (bottom or "1").isdigit() or not top.lstrip("-").isdigit():
        return said
    sign, size, below = "-" if top.startswith("-") else "", int(top.lstrip("-")), int(bottom or "1")
    places = next((k for k in range(digits + 1) if 10**k % below == 0), digits)
    whole, rest = divmod(size * 10**places // below, 10**places)
    if whole >= 10**LONG:  # digits before the point
        exponent = len(str(whole)) - 1
        return f"{sign}{str(whole)[0]}.{str(whole)[1:digits]}...e{exponent}"
    ends = size * 10**places % below == 0
    return f"{sign}{whole}" + (f".{rest:0{places}d}" if places else "") + ("" if ends else "...")


def telling(left: Any, right: Any) -> int:
    """How many digits of balls to show so that two different values look different."""
    digits = DIGITS
    while digits < MOST_PLACES and block("", left, digits) == block("", right, digits):
        digits += 6
    return digits


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
