"""Small numbers to compute with by hand: values of the kinds of a derivation, and what a line is there.

Imports: calcds.values, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from flint import fmpq

from calcds.errors import CalcdsError
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import Term
from calcds.values.domains import draw
from calcds.values.evaluate import evaluate, holds
from calcds.values.numbers import show
from calcds.values.points import Point

SIZE = 2  # of every dimension
SMALL = tuple(fmpq(n) for n in (-2, -1, 1, 2, 3))


@dataclass(frozen=True, slots=True)
class Numbers:
    """A point, and the same as text by name."""

    point: Point
    said: dict[str, Any]


def drawn(symbols: Sequence[object], lines: Sequence[Term], rng: Random) -> Numbers | None:
    """Values for the symbols; None where there are undefined functions or kinds that have no small values."""
    if any(isinstance(symbol, FunctionSymbol) for symbol in symbols):
        return None
    sizes = {s: SIZE for line in lines for s in line.free if s.data[1].word == "Dim"}
    values: dict[Term, Any] = {}
    for symbol in symbols:
        if isinstance(symbol, Term) and symbol not in sizes:
            try:
                values[symbol] = _value(symbol, rng)
            except CalcdsError:
                return None
    used = {s for line in lines for s in line.free}
    said = {str(s): str(n) for s, n in sizes.items() if s in used}
    said |= {str(s): _text(v) for s, v in values.items() if s in used}
    return Numbers(Point(sizes, values), said)


def _value(symbol: Term, rng: Random) -> Any:
    kind = symbol.data[1]
    if kind.has("index"):
        return fmpq(rng.randrange(SIZE))
    rows, columns = (length if isinstance(length, int) else SIZE for length in symbol.shape)
    if kind.facts <= {"real"} and not kind.low and not kind.high:
        if symbol.is_scalar:
            return rng.choice(SMALL)
        return tuple(tuple(rng.choice(SMALL) for _ in range(columns)) for _ in range(rows))
    return draw(kind, rows, columns, rng, "plain")


def _text(value: Any) -> Any:
    return [[show(entry) for entry in row] for row in value] if isinstance(value, tuple) else show(value)


def computed(lines: Sequence[Term], numbers: Numbers, given: Sequence[Term]) -> Any:
    """The common value of the lines as text; None where one has none, or the conditions do not hold."""
    try:
        if not all(holds(condition, numbers.point) for condition in given):
            return None
        grids = [evaluate(line, numbers.point) for line in lines]
    except CalcdsError:
        return None
    shown = [[[show(entry, 12) for entry in row] for row in grid] for grid in grids]
    if any(max(len(e) for row in grid for e in row) > 40 for grid in shown):
        return None
    table = shown[0]
    return table[0][0] if len(table) == len(table[0]) == 1 else table
