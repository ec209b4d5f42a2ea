"""Matrices of scalars at explicit small sizes: a grid is a tuple of rows.

Inverses and determinants are exact over rationals, enclosures over balls, and carry derivatives over jets.

Imports: python-flint, calcds.values.numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from flint import acb_mat, fmpq, fmpq_mat

from calcds.errors import Undefined
from calcds.values.numbers import ONE, ZERO, Inseparable, Jet, ball, is_zero, order, primal, slope

Grid: TypeAlias = tuple[tuple[Any, ...], ...]


class Singular(Undefined):
    """A matrix without an inverse."""


def grid_of(rows: Iterable[Iterable[Any]]) -> Grid:
    """A grid from any rows."""
    return tuple(tuple(row) for row in rows)


def filled(rows: int, columns: int, value: Any) -> Grid:
    """A grid with one value everywhere."""
    return (((value,) * columns),) * rows


def identity(n: int) -> Grid:
    """The identity matrix."""
    return tuple(tuple(ONE if i == j else ZERO for j in range(n)) for i in range(n))


def entrywise(f: Callable[..., Any], *grids: Grid) -> Grid:
    """F entry by entry."""
    return tuple(tuple(map(f, *rows)) for rows in zip(*grids, strict=True))


def add(a: Grid, b: Grid) -> Grid:
    """A + b."""
    return tuple(tuple([x + y for x, y in zip(p, q, strict=True)]) for p, q in zip(a, b, strict=True))


def scale(c: Any, a: Grid) -> Grid:
    """C a."""
    return tuple(tuple([c * x for x in row]) for row in a)


def transpose(a: Grid) -> Grid:
    """The transpose."""
    return tuple(zip(*a, strict=True))


def multiply(a: Grid, b: Grid) -> Grid:
    """The matrix product."""
    columns = transpose(b)
    return tuple(tuple([_dot(row, column) for column in columns]) for row in a)


def _dot(row: tuple[Any, ...], column: tuple[Any, ...]) -> Any:
    total = row[0] * column[0]
    for x, y in zip(row[1:], column[1:], strict=True):
        total = total + x * y
    return total


def total(a: Grid) -> Any:
    """The sum of all entries."""
    whole: Any = ZERO
    for row in a:
        for x in row:
            whole = whole + x
    return whole


def _top_tag(a: Grid) -> int:
    return max((x.tag for row in a for x in row if type(x) is Jet), default=0)


def _split(a: Grid, tag: int) -> tuple[Grid, dict[int, Grid]]:
    value = entrywise(lambda x: x.value if type(x) is Jet and x.tag == tag else x, a)
    directions = {k for row in a for x in row if type(x) is Jet and x.tag == tag for k in x.slopes}
    return value, {k: entrywise(lambda x, k=k: slope(x, tag, k), a) for k in sorted(directions)}


def inverse(a: Grid) -> Grid:
    """The inverse. Raises Singular."""
    if tag := _top_tag(a):
        value, slopes = _split(a, tag)
        inner = inverse(value)
        moves = {k: scale(-ONE, multiply(multiply(inner, s), inner)) for k, s in slopes.items()}
        return tuple(
            tuple(Jet(tag, x, {k: m[i][j] for k, m in moves.items()}) for j, x in enumerate(row))
            for i, row in enumerate(inner)
        )
    try:
        if all(type(x) is fmpq for row in a for x in row):
            return grid_of(fmpq_mat([list(row) for row in a]).inv().tolist())
        return grid_of(acb_mat([[ball(x) for x in row] for row in a]).inv().tolist())
    except ZeroDivisionError:
        if is_zero(determinant(a)):
            raise Singular("a singular matrix has no inverse") from None
        raise Inseparable("a matrix that may be singular") from None


def determinant(a: Grid) -> Any:
    """The determinant; division-free (Bird 2011) where entries carry derivatives."""
    if not a:
        return ONE
    if all(type(x) is fmpq for row in a for x in row):
        return fmpq_mat([list(row) for row in a]).det()
    n = len(a)
    power = a
    for _ in range(n - 1):
        power = multiply(_bird(power), a)
    return power[0][0] if n % 2 else -power[0][0]


def _bird(a: Grid) -> Grid:
    n = len(a)
    below: list[Any] = [ZERO] * n
    for i in range(n - 2, -1, -1):
        below[i] = below[i + 1] - a[i + 1][i + 1]
    return tuple(
        tuple(below[i] if i == j else a[i][j] if j > i else ZERO for j in range(n)) for i in range(n)
    )


def matrix_power(a: Grid, k: int) -> Grid:
    """An integer power; negative ones invert."""
    if k < 0:
        a, k = inverse(a), -k
    result = identity(len(a))
    while k:
        if k & 1:
            result = multiply(result, a)
        a, k = multiply(a, a), k >> 1
    return result


def kronecker(a: Grid, b: Grid) -> Grid:
    """The Kronecker product."""
    return tuple(tuple(x * y for x in p for y in q) for p in a for q in b)


def is_symmetric(a: Grid) -> bool:
    """Whether the matrix equals its transpose."""
    return all(is_zero(a[i][j] - a[j][i]) for i in range(len(a)) for j in range(i))


def definite(a: Grid, *, strictly: bool) -> bool:
    """Whether a symmetric matrix is positive definite, or positive semidefinite."""
    a = entrywise(primal, a)
    if not is_symmetric(a):
        return False
    n = len(a)
    if strictly:
        return all(order(determinant(tuple(row[:k] for row in a[:k])), ZERO) > 0 for k in range(1, n + 1))
    for chosen in range(1, 1 << n):  # all principal minors: the leading ones do not suffice
        rows = [i for i in range(n) if chosen >> i & 1]
        if order(determinant(tuple(tuple(a[i][j] for j in rows) for i in rows)), ZERO) < 0:
            return False
    return True
