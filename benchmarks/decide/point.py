"""Points of the domain of a claim: exact rational values for its symbols, drawn from a seed.

A symbol takes values allowed by its SymPy assumptions, a plain one any real number; a matrix symbol gets
explicit rows at small sizes, pairwise different; hypotheses are met by construction (predicates on
matrices, a variable set equal to an expression, probabilities that sum to one) or by drawing again.

Imports: SymPy only.
"""

from __future__ import annotations

import random
import zlib
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.assumptions.assume import AppliedPredicate

Exact = list[list[Fraction]]
SIZES = range(1, 6)


class Undefined(Exception):
    """No value at this point: a pole, a branch point, an index out of range, or a node without a rule."""


class Point:
    """Values for everything that is free in a claim."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.random = random.Random(zlib.crc32(seed.encode()))
        self.numbers: dict[sp.Basic, Any] = {}
        self.matrices: dict[sp.MatrixSymbol, Exact] = {}
        self.override: dict[tuple[Any, int, int], Any] = {}
        self.start: dict[sp.Basic, Fraction] = {}
        self.terms: dict[tuple[str, tuple[int, ...]], Any] = {}
        self.scale: dict[str, Fraction] = {}
        self.defined: dict[sp.Symbol, sp.Expr] = {}

    def number(self, ctx: Any, symbol: sp.Symbol) -> Any:
        """Value of a symbol."""
        if symbol in self.defined:
            from benchmarks.decide.numeric import (
                Evaluator,  # the two modules are one evaluator, split by size
            )

            return Evaluator(ctx, self).scalar(self.defined[symbol])
        if symbol not in self.numbers:
            raise Undefined(f"{symbol} is bound elsewhere")
        value = self.numbers[symbol]
        return ctx.mpf(value.numerator) / value.denominator

    def entries(self, ctx: Any, symbol: sp.MatrixSymbol) -> list[list[Any]]:
        """Rows of a matrix symbol."""
        rows = [[ctx.mpf(x.numerator) / x.denominator for x in row] for row in self.matrices[symbol]]
        for (owner, i, j), value in self.override.items():
            if owner == symbol:
                rows[i][j] = value
        return rows

    def indexed(self, ctx: Any, e: sp.Indexed, indices: list[int]) -> Any:
        """Value of an indexed variable: a function of its name and its indices."""
        if (str(e.base), tuple(indices)) in self.terms:
            return self.terms[str(e.base), tuple(indices)]
        value = self.raw(e, indices) * self.scale.get(str(e.base), 1)
        return ctx.mpf(value.numerator) / value.denominator

    def raw(self, e: sp.Indexed, indices: list[int]) -> Fraction:
        generator = random.Random(zlib.crc32(f"{self.seed}/{e.base}/{indices}".encode()))
        return draw(generator, e)

    def function(self, ctx: Any, function: Any, arguments: list[Any]) -> Any:
        """Value of an undefined function: a smooth function without symmetries, drawn by name."""
        generator = random.Random(zlib.crc32(f"{self.seed}/{function.__name__}".encode()))
        total = ctx.mpf(generator.randint(3, 9)) / 7
        for t in arguments:
            a, b, c, d = (ctx.mpf(generator.randint(2, 9)) / 8 for _ in range(4))
            total = total * (1 + t * a / 9) + ctx.sin(b * t + c) + d * t * t / 3 + ctx.exp(a * t / 5)
        return total

    def base(self, ctx: Any, symbol: sp.Symbol) -> Any:
        """Where an antiderivative starts."""
        start = self.start.get(symbol, Fraction(3, 7))
        return ctx.mpf(start.numerator) / start.denominator


def draw(generator: random.Random, symbol: sp.Basic, reach: int = 1) -> Fraction:
    """A rational that satisfies the assumptions of the symbol, away from 0 and 1."""
    if symbol.is_integer:
        low = 1 if symbol.is_positive else 0 if symbol.is_nonnegative else -4
        whole = generator.randint(low, 5)
        if symbol.is_even or symbol.is_odd:
            whole = 2 * whole + (1 if symbol.is_odd else 0)
        if symbol.is_negative:
            whole = -generator.randint(1, 4)
        return Fraction(whole or (2 if symbol.is_nonzero else 0))
    top = 96 if generator.random() < 0.4 else 320 * reach
    value = Fraction(generator.randint(1, top), 97)
    if symbol.is_positive or symbol.is_nonnegative:
        return value
    if symbol.is_negative or symbol.is_nonpositive or generator.random() < 0.5:
        return -value
    return value


def sizes_of(matrices: set[sp.MatrixSymbol]) -> set[sp.Symbol]:
    return {s for m in matrices for size in m.shape for s in size.free_symbols}


def points(claim: tuple[Any, Any, tuple[Any, ...]], name: str, count: int, *, small: bool = False) -> list[Point]:
    """Up to `count` points in the domain of the claim.

    `small` draws integers and halves: relations and kinks change there.
    """
    found: list[Point] = []
    for attempt in range(60 * count):
        point = Point(f"{name}/{attempt}")
        reach = 1 if attempt < 30 * count else 20  # hypotheses such as x > 40 are met further out
        if attempted(point, claim, reach, small=small):
            found.append(point)
            if len(found) == count:
                break
    return found


def attempted(point: Point, claim: tuple[Any, Any, tuple[Any, ...]], reach: int, *, small: bool) -> bool:
    """Fill the point; whether the hypotheses hold there."""
    left, right, given = claim
    parts = [left, right, *given]
    matrices = {m for p in parts for m in sp.sympify(p).atoms(sp.MatrixSymbol)}
    labels = {b.label for p in parts for b in sp.sympify(p).atoms(sp.IndexedBase)}
    free = {s for p in parts for s in free_symbols(p)} | sizes_of(matrices)
    rng = point.random
    dims = sorted(sizes_of(matrices), key=str)
    for symbol, size in zip(dims, rng.sample(SIZES, len(dims)), strict=True):
        point.numbers[symbol] = Fraction(size)
    for symbol in sorted(free - labels - set(dims), key=lambda s: (str(s), str(s.assumptions0))):
        value = draw(rng, symbol, reach)
        if small and not symbol.is_integer and rng.random() < 0.7:
            value = Fraction(round(value * 2), 2) or value
        point.numbers[symbol] = value
    try:
        return hypotheses(point, matrices, given)
    except (Undefined, ZeroDivisionError, ValueError):
        return False


def free_symbols(part: Any) -> set[sp.Symbol]:
    if isinstance(part, AppliedPredicate):
        return {s for a in part.arguments for s in free_symbols(a)}
    return {s for s in sp.sympify(part).free_symbols if isinstance(s, sp.Symbol)}


def hypotheses(point: Point, matrices: set[sp.MatrixSymbol], given: tuple[Any, ...]) -> bool:
    """Build the matrices, then meet or test every hypothesis."""
    import mpmath

    from benchmarks.decide.numeric import Evaluator

    evaluator = Evaluator(mpmath.mp, point)
    predicates: dict[Any, set[str]] = {}
    for fact in given:
        if isinstance(fact, AppliedPredicate):
            predicates.setdefault(fact.arguments[0], set()).add(str(fact.function.name))
    for m in sorted(matrices, key=str):
        size = [evaluator.integer(s) for s in m.shape]
        if min(size) < 1:
            return False
        point.matrices[m] = build(point.random, size[0], size[1], predicates.get(m, set()))
    relations = [g for g in given if not isinstance(g, AppliedPredicate)]
    for r in relations:
        if isinstance(r, sp.Eq) and isinstance(r.lhs, sp.Symbol) and r.lhs not in r.rhs.free_symbols:
            point.defined[r.lhs] = r.rhs
        elif isinstance(r, sp.Eq) and isinstance(r.lhs, sp.Sum) and r.rhs == 1:
            normalise(point, evaluator, r.lhs)
    with mpmath.workdps(30):
        return all(evaluator.truth(r) for r in relations) and all(
            scalar_fact(evaluator, argument, word)
            for argument, words in predicates.items()
            for word in words
            if not getattr(argument, "is_Matrix", False)
        )


def scalar_fact(evaluator: Any, argument: sp.Expr, word: str) -> bool:
    value = evaluator.real(argument)
    tests = {"positive": value > 0, "negative": value < 0, "nonzero": value != 0, "nonnegative": value >= 0, "real": True}
    return bool(tests[word])


def normalise(point: Point, evaluator: Any, total: sp.Sum) -> None:
    """Scale indexed probabilities, or the entries of a column, so that they sum to one."""
    bases = total.atoms(sp.IndexedBase)
    if len(bases) == 1 and isinstance(total.function, sp.Indexed):
        (base,) = bases
        ranges = {v: range(evaluator.integer(a), evaluator.integer(b) + 1) for v, a, b in total.limits}
        tuples: list[list[int]] = [[]]
        for index in total.function.indices:
            tuples = [[*t, k] for t in tuples for k in ranges[index]]
        point.scale[str(base)] = 1 / sum((point.raw(total.function, t) for t in tuples), Fraction(0))
        return
    for m in total.atoms(sp.MatrixSymbol):
        rows = point.matrices[m] = [[abs(x) for x in row] for row in point.matrices[m]]
        whole = sum(x for row in rows for x in row)
        point.matrices[m] = [[x / whole for x in row] for row in rows]


# -- matrices with given facts, in exact rationals ----------------------------------------------------------------


def build(rng: random.Random, rows: int, columns: int, facts: set[str]) -> Exact:
    """A generic matrix with the facts."""
    generic = [[Fraction(rng.randint(-40, 40) or 7, 13) for _ in range(columns)] for _ in range(rows)]
    if facts - {"fullrank", "invertible", "square", "real_elements"} and rows != columns:
        raise Undefined("a square matrix is needed")
    n = rows
    if facts & {"positive_definite"}:
        return [[dot(generic[i], generic[j]) + (i == j) for j in range(n)] for i in range(n)]
    if facts & {"orthogonal", "unitary"}:
        return cayley(generic)
    if "diagonal" in facts:
        return [[x if i == j else Fraction(0) for j, x in enumerate(r)] for i, r in enumerate(generic)]
    if "symmetric" in facts:
        return [[generic[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    if "lower_triangular" in facts:
        return [[x if i >= j else Fraction(0) for j, x in enumerate(r)] for i, r in enumerate(generic)]
    if "upper_triangular" in facts:
        return [[x if i <= j else Fraction(0) for j, x in enumerate(r)] for i, r in enumerate(generic)]
    return generic


def dot(a: list[Fraction], b: list[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def cayley(generic: Exact) -> Exact:
    """(I - K)(I + K)^-1 with K antisymmetric, times a reflection half of the time: an orthogonal matrix."""
    n = len(generic)
    skew = sp.Matrix(n, n, lambda i, j: sp.Rational(0) if i == j else (1 if i < j else -1) * sp.Rational(
        generic[min(i, j)][max(i, j)].numerator, generic[min(i, j)][max(i, j)].denominator))  # fmt: skip
    unit = sp.eye(n)
    q = (unit - skew) * (unit + skew).inv()
    flip = -1 if generic[0][0] > 0 else 1
    return [[Fraction(int(q[i, j].p), int(q[i, j].q)) * (flip if j == 0 else 1) for j in range(n)] for i in range(n)]


