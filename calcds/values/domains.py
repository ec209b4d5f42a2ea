"""How a value of a kind is drawn, and whether a value is of a kind. All drawn values are exact.

Numbers come in styles, because claims fail in different places: "generic" p/q around 1, "small" below 1, "large" above 1,
"huge" and "tiny" far out, "plain" small integers and 0 (for special values, and for display).

Imports: calcds.expr.kinds, calcds.values.
"""

# ruff: noqa: ARG001  (all rules of the table take the same arguments; nothing here is a secret)
from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from flint import acb, fmpq, fmpq_mat

from calcds.errors import NoRule
from calcds.expr.kinds import Kind
from calcds.values import grids
from calcds.values.grids import Grid
from calcds.values.numbers import ONE, ZERO

STYLES = ("generic", "large", "small", "huge", "tiny", "plain")
_MOST_ENTRIES = 20_000  # of a matrix
_TRIES = 50
_DENOMINATORS = (3, 5, 7, 11)


def feasible(kind: Kind, rows: int, columns: int) -> bool:
    """Whether the kind has values of this size: an m x n matrix of full column rank needs m >= n."""
    if kind.has("full column rank") and rows < columns:
        return False
    return not (kind.has("antisymmetric") and kind.has("invertible") and rows % 2)


def draw(kind: Kind, rows: int, columns: int, rng: Random, style: str = "generic", side: int = 0) -> Any:
    """A value of the kind: a scalar for kinds of numbers, else a grid.

    side: 1 or -1 asks for a positive or negative number where the kind leaves the sign open.
    Raises NoRule where no value was found, and where it would be too large.
    """
    if rows * columns > _MOST_ENTRIES:
        raise NoRule("draw", f"a value with {rows} x {columns} entries")
    for _ in range(_TRIES):
        value = (
            _number(kind, rng, style, side)
            if kind.shape == (1, 1)
            else _matrix(kind, rows, columns, rng, style)
        )
        if satisfies(kind, value):
            return value
        style, side = ("generic" if style != "generic" else "large"), 0
    if kind.shape != (1, 1) and rows == columns and satisfies(kind, grids.identity(rows)):
        return grids.identity(rows)
    raise NoRule("draw", f"a value of {kind} with {rows} x {columns} entries")


# -- numbers ---------------------------------------------------------------------------------------------------


def magnitude(rng: Random, style: str) -> fmpq:
    """A positive rational of the style; "plain" may be 0."""
    q = rng.choice(_DENOMINATORS)
    match style:
        case "plain":
            return fmpq(rng.choice((0, 1, 2, 1, 3, 0)))
        case "small":
            return fmpq(rng.randrange(1, q), q)
        case "large":
            return fmpq(rng.randrange(q + 1, 4 * q), q)
        case "huge":
            return fmpq(rng.randrange(20 * q, 60 * q), q)
        case "tiny":
            return fmpq(1, rng.randrange(20, 90))
    p = rng.randrange(1, 3 * q)
    return fmpq(p + (p % q == 0), q)  # no integer


def _signed(rng: Random, style: str, side: int) -> fmpq:
    size = magnitude(rng, style)
    return -size if side < 0 or (side == 0 and rng.random() < 0.5) else size


def _number(kind: Kind, rng: Random, style: str, side: int) -> Any:
    if kind.low is not None and kind.high is not None:
        low, high = (
            fmpq(kind.low.numerator, kind.low.denominator),
            fmpq(kind.high.numerator, kind.high.denominator),
        )
        parts = rng.choice(
            {"plain": (2, 2, 3, 4), "tiny": (97, 89), "huge": (97, 89)}.get(style, (3, 5, 7, 8, 11))
        )
        return low + (high - low) * fmpq(rng.randrange(1, parts), parts)
    if kind.has("positive") or kind.has("nonnegative"):
        side = 1
    elif kind.has("negative") or kind.has("nonpositive"):
        side = -1
    if kind.word == "Sign":
        return fmpq(side or rng.choice((-1, 1)))
    if kind.has("integer"):
        return _integer(kind, rng, style, side)
    if kind.has("complex") and not kind.has("real"):
        if style == "plain" and rng.random() < 0.5:
            return _signed(rng, "plain", 0)
        return acb(
            rng.randrange(1, 24) / 8 * rng.choice((-1, 1)), rng.randrange(1, 24) / 8 * rng.choice((-1, 1))
        )
    return _signed(rng, style, side)


def _integer(kind: Kind, rng: Random, style: str, side: int) -> fmpq:
    top = {"plain": 2, "small": 3, "generic": 6, "large": 9, "huge": 14, "tiny": 2}[style]
    n = rng.randrange(0 if style == "plain" else 1, top + 1)
    if kind.has("even"):
        n *= 2
    elif kind.has("odd"):
        n = 2 * n + 1
    return fmpq(-n if side < 0 or (side == 0 and rng.random() < 0.5) else n)


# -- matrices --------------------------------------------------------------------------------------------------


def _entry(kind: Kind, rng: Random, style: str) -> Any:
    """One entry that meets the facts about entries."""
    if kind.has("zero or one"):
        return fmpq(rng.randrange(2))
    if kind.has("integer"):
        return _integer(
            kind, rng, style, 1 if kind.has("nonnegative") else -1 if kind.has("nonpositive") else 0
        )
    size = _signed(rng, style, 1 if kind.has("nonnegative") else -1 if kind.has("nonpositive") else 0)
    if not size and (kind.has("nonzero") or kind.has("positive")):
        return ONE
    return size


def _matrix(kind: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    for fact, rule in _RULES:
        if kind.has(fact):
            return rule(kind, rows, columns, rng, style)
    return _any(kind, rows, columns, rng, style)


def _any(kind: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    return tuple(tuple(_entry(kind, rng, style) for _ in range(columns)) for _ in range(rows))


def _one_hot(_: Kind, rows: int, columns: int, rng: Random, __: str) -> Grid:
    hot = rng.randrange(rows)
    return tuple((ONE if i == hot else ZERO,) * columns for i in range(rows))


def _weights(n: int, rng: Random, style: str) -> tuple[Any, ...]:
    least = 0 if style == "plain" else 1
    parts = [rng.randrange(least, 12) for _ in range(n)]
    if not sum(parts):
        parts[rng.randrange(n)] = 1
    return tuple(fmpq(p, sum(parts)) for p in parts)


def _probability(_: Kind, rows: int, __: int, rng: Random, style: str) -> Grid:
    return tuple((p,) for p in _weights(rows, rng, style))


def _row_stochastic(_: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    return tuple(_weights(columns, rng, style) for _ in range(rows))


def _one_hot_rows(_: Kind, rows: int, columns: int, rng: Random, __: str) -> Grid:
    hot = [rng.randrange(columns) for _ in range(rows)]
    return tuple(tuple(ONE if j == one else ZERO for j in range(columns)) for one in hot)


def _column_stochastic(_: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    return grids.transpose(tuple(_weights(rows, rng, style) for _ in range(columns)))


def _unit(_: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    """A rational point of the sphere by stereographic projection, entries in any order and sign."""
    t = [_signed(rng, "generic" if style == "plain" else style, 0) for _ in range(rows * columns - 1)]
    square = sum((x * x for x in t), ZERO)
    point = [2 * x / (square + 1) for x in t] + [(square - 1) / (square + 1)]
    rng.shuffle(point)
    if rng.random() < 0.5:
        point = [-x for x in point]
    return tuple(tuple(point[i * columns : (i + 1) * columns]) for i in range(rows))


def _orthogonal(kind: Kind, n: int, _: int, rng: Random, style: str) -> Grid:
    """A Cayley transform, with the rows' signs changed at random: determinant 1 and -1 both occur.

    A reflection for kinds that are also symmetric, signs for those that are also diagonal.
    """
    if kind.has("diagonal"):
        return tuple(tuple(fmpq(rng.choice((-1, 1))) if i == j else ZERO for j in range(n)) for i in range(n))
    if kind.has("symmetric"):
        v = _unit(kind, n, 1, rng, style)
        return grids.add(grids.identity(n), grids.scale(fmpq(-2), grids.multiply(v, grids.transpose(v))))
    if style == "plain":
        order = rng.sample(range(n), n)
        return tuple(
            tuple(fmpq(rng.choice((-1, 1))) if order[i] == j else ZERO for j in range(n)) for i in range(n)
        )
    s = _antisymmetric(None, n, n, rng, "generic")
    one = grids.identity(n)
    turn = grids.multiply(grids.add(one, grids.scale(-ONE, s)), grids.inverse(grids.add(one, s)))
    return tuple(tuple(c * x for x in row) for c, row in ((fmpq(rng.choice((-1, 1))), row) for row in turn))


def _orthonormal(kind: Kind, rows: int, columns: int, rng: Random, style: str) -> Grid:
    return tuple(row[:columns] for row in _orthogonal(kind, rows, rows, rng, style))


def _projection(_: Kind, n: int, __: int, rng: Random, style: str) -> Grid:
    rank = rng.randrange(0 if style == "plain" else 1, n + 1) if n > 1 else rng.randrange(2)
    if rank in (0, n):
        return grids.scale(fmpq(rank > 0), grids.identity(n))
    x = tuple(tuple(fmpq(rng.randrange(-3, 4)) for _ in range(rank)) for _ in range(n))
    x = grids.add(x, tuple(tuple(fmpq(5) if i == j else ZERO for j in range(rank)) for i in range(n)))
    xt = grids.transpose(x)
    try:
        return grids.multiply(grids.multiply(x, grids.inverse(grids.multiply(xt, x))), xt)
    except grids.Singular:
        return grids.identity(n)


def _definite(kind: Kind, n: int, _: int, rng: Random, style: str) -> Grid:
    """B B^T + D with D positive; a kind that is also diagonal gets D alone."""
    d = tuple(tuple(magnitude(rng, style) or ONE if i == j else ZERO for j in range(n)) for i in range(n))
    if kind.has("diagonal"):
        return d
    b = tuple(
        tuple(_entry(kind, rng, "plain" if style == "plain" else "generic") for _ in range(n))
        for _ in range(n)
    )
    return grids.add(grids.multiply(b, grids.transpose(b)), d)


def _semidefinite(kind: Kind, n: int, columns: int, rng: Random, style: str) -> Grid:
    if kind.has("diagonal"):
        return tuple(tuple(magnitude(rng, style) if i == j else ZERO for j in range(n)) for i in range(n))
    rank = rng.randrange(1, n + 1)
    b = _any(kind, n, rank, rng, style)
    return grids.multiply(b, grids.transpose(b))


def _diagonal(kind: Kind, n: int, _: int, rng: Random, style: str) -> Grid:
    return tuple(tuple(_entry(kind, rng, style) if i == j else ZERO for j in range(n)) for i in range(n))


def _symmetric(kind: Kind, n: int, _: int, rng: Random, style: str) -> Grid:
    a = _any(kind, n, n, rng, style)
    return tuple(tuple(a[max(i, j)][min(i, j)] for j in range(n)) for i in range(n))


def _antisymmetric(_: Kind | None, n: int, __: int, rng: Random, style: str) -> Grid:
    a = [[_signed(rng, style, 0) for _ in range(n)] for _ in range(n)]
    return tuple(
        tuple(ZERO if i == j else a[i][j] if i > j else -a[j][i] for j in range(n)) for i in range(n)
    )


def _lower(kind: Kind, n: int, _: int, rng: Random, style: str) -> Grid:
    return tuple(tuple(_entry(kind, rng, style) if j <= i else ZERO for j in range(n)) for i in range(n))


def _upper(kind: Kind, n: int, columns: int, rng: Random, style: str) -> Grid:
    return grids.transpose(_lower(kind, n, columns, rng, style))


_RULES: tuple[tuple[str, Callable[..., Grid]], ...] = (  # the most special fact first
    ("one-hot", _one_hot),
    ("probability", _probability),
    ("one-hot rows", _one_hot_rows),
    ("row stochastic", _row_stochastic),
    ("column stochastic", _column_stochastic),
    ("unit", _unit),
    ("orthogonal", _orthogonal),
    ("orthonormal columns", _orthonormal),
    ("projection", _projection),
    ("positive definite", _definite),
    ("positive semidefinite", _semidefinite),
    ("diagonal", _diagonal),
    ("symmetric", _symmetric),
    ("antisymmetric", _antisymmetric),
    ("lower triangular", _lower),
    ("upper triangular", _upper),
)

# -- is it of the kind? ----------------------------------------------------------------------------------------


def _columns_orthonormal(a: Grid) -> bool:
    return grids.multiply(grids.transpose(a), a) == grids.identity(len(a[0]))


def _rank(a: Grid) -> int:
    return int(fmpq_mat([list(row) for row in a]).rank())


def _zero_where(a: Grid, where: Callable[[int, int], bool]) -> bool:
    return all(not x for i, row in enumerate(a) for j, x in enumerate(row) if where(i, j))


_OF_ENTRIES: dict[str, Callable[[fmpq], bool]] = {
    "positive": lambda x: x > 0,
    "negative": lambda x: x < 0,
    "nonnegative": lambda x: x >= 0,
    "nonpositive": lambda x: x <= 0,
    "nonzero": lambda x: x != 0,
    "integer": lambda x: x.q == 1,
    "even": lambda x: x.q == 1 and x.p % 2 == 0,
    "odd": lambda x: x.q == 1 and x.p % 2 == 1,
    "dimension": lambda x: x.q == 1 and x > 0,
    "index": lambda x: x.q == 1 and x >= 0,
    "zero or one": lambda x: x in (0, 1),
}
_OF_MATRICES: dict[str, Callable[[Grid], bool]] = {
    "square": lambda a: len(a) == len(a[0]),
    "symmetric": lambda a: a == grids.transpose(a),
    "antisymmetric": lambda a: a == grids.scale(-ONE, grids.transpose(a)),
    "diagonal": lambda a: _zero_where(a, lambda i, j: i != j),
    "lower triangular": lambda a: _zero_where(a, lambda i, j: j > i),
    "upper triangular": lambda a: _zero_where(a, lambda i, j: j < i),
    "positive semidefinite": lambda a: grids.definite(a, strictly=False),
    "positive definite": lambda a: grids.definite(a, strictly=True),
    "full column rank": lambda a: len(a) >= len(a[0]) and _rank(a) == len(a[0]),
    "invertible": lambda a: len(a) == len(a[0]) and _rank(a) == len(a),
    "orthogonal": lambda a: len(a) == len(a[0]) and _columns_orthonormal(a),
    "orthonormal columns": _columns_orthonormal,
    "projection": lambda a: grids.multiply(a, a) == a and a == grids.transpose(a),
    "unit": lambda a: sum((x * x for row in a for x in row), ZERO) == 1,
    "sums to one": lambda a: grids.total(a) == 1,
    "row stochastic": lambda a: all(sum(row, ZERO) == 1 for row in a),
    "column stochastic": lambda a: all(sum(column, ZERO) == 1 for column in grids.transpose(a)),
}


def satisfies(kind: Kind, value: Any) -> bool:
    """Whether an exact value has every fact of the kind, and lies in its interval."""
    scalar = kind.shape == (1, 1)
    entries = (value,) if scalar else tuple(x for row in value for x in row)
    if any(type(x) is not fmpq for x in entries):
        return kind.has("complex") and not kind.has("real")
    if kind.low is not None and not entries[0] > fmpq(kind.low.numerator, kind.low.denominator):
        return False
    if kind.high is not None and not entries[0] < fmpq(kind.high.numerator, kind.high.denominator):
        return False
    if kind.word == "Sign" and abs(value) != 1:
        return False
    for fact in kind.facts:
        if (test := _OF_ENTRIES.get(fact)) and not all(map(test, entries)):
            return False
        if not scalar and (check := _OF_MATRICES.get(fact)) and not check(value):
            return False
    return True
