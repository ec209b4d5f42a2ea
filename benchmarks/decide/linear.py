"""Linear algebra on explicit rows of mpmath numbers.

Imports: point.
"""

from __future__ import annotations

from typing import Any

from benchmarks.decide.point import Undefined

Number = Any  # mpf, mpc, float, complex or int
Rows = list[list[Number]]


def plus(a: Rows, b: Rows) -> Rows:
    if len(a) != len(b) or len(a[0]) != len(b[0]):
        raise Undefined("shapes")
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def entrywise(a: Rows, b: Rows) -> Rows:
    if len(a) != len(b) or len(a[0]) != len(b[0]):
        raise Undefined("shapes")
    return [[x * y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def times(ctx: Any, a: Rows, b: Rows) -> Rows:
    if len(a[0]) != len(b):
        raise Undefined("shapes")
    columns = list(zip(*b, strict=True))
    return [[ctx.fsum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in a]


def kronecker(a: Rows, b: Rows) -> Rows:
    return [[x * y for x in r for y in s] for r in a for s in b]


def eliminate(ctx: Any, rows: Rows, *, inverse: bool) -> tuple[Number, Rows]:
    """Determinant and, if wanted, inverse by Gauss-Jordan elimination with pivoting; (0, []) if singular."""
    n = len(rows)
    if n != len(rows[0]):
        raise Undefined("not square")
    work = [list(row) + [ctx.mpf(i == j) for j in range(n)] for i, row in enumerate(rows)]
    determinant = ctx.one
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(work[r][k]))
        if abs(work[pivot][k]) < ctx.mpf(10) ** (-(ctx.dps * 2 // 3)):
            if inverse:
                raise Undefined("singular")
            return ctx.zero, []
        if pivot != k:
            work[k], work[pivot], determinant = work[pivot], work[k], -determinant
        head = work[k][k]
        determinant *= head
        work[k] = [x / head for x in work[k]]
        for r in range(n):
            if r != k and work[r][k] != 0:
                factor = work[r][k]
                work[r] = [x - factor * y for x, y in zip(work[r], work[k], strict=True)]
    return determinant, [row[n:] for row in work]


def distance(ctx: Any, a: Any, b: Any) -> Number:
    """How far two values are apart, relative to their size where that is above 1.

    Infinite for different shapes.
    """
    if isinstance(a, bool) or isinstance(b, bool):
        return ctx.mpf(a is not b)
    left, right = (v if isinstance(v, list) else [[v]] for v in (a, b))
    if len(left) != len(right) or len(left[0]) != len(right[0]):
        return ctx.inf
    pairs = [(x, y) for r, s in zip(left, right, strict=True) for x, y in zip(r, s, strict=True)]
    return max(abs(x - y) / max(1, abs(x), abs(y)) for x, y in pairs)
