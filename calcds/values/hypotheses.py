"""Points at which given conditions hold, by construction where that is simple, else by trial.

An equation with a variable alone on one side defines that variable. An equation that is affine in a variable is solved
for it exactly (the residual's jets are its coefficients); every solution is checked afterwards, so an equation
that only looked affine does no harm. Matrix conditions such as B.T*B = 1 are met by special matrices. An inequality is
met by moving one variable across its boundary.

Imports: calcds.expr, calcds.values.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_poly

from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.kinds import Kind, closure
from calcds.expr.term import SCALAR, Term
from calcds.values import domains, grids
from calcds.values.evaluate import holds, open_scope
from calcds.values.numbers import ONE, ZERO, Inseparable, Jet, sign, slope
from calcds.values.points import Point, points
from calcds.values.survey import Survey, is_dimension, is_index

_TRIES = 60  # draws for one point that meets the conditions
_STEPS = 40  # equations solved for one draw
_PRECISIONS = (96, 512)
_NO_VALUE = (Undefined, NoRule, Malformed)  # why a condition says nothing at a point
_SPECIAL = (
    "orthogonal", "orthonormal columns", "symmetric", "diagonal", "projection", "antisymmetric", "unit", "probability",
    "positive definite", "row stochastic",
)  # fmt: skip


def points_meeting(about: Survey, given: tuple[Term, ...], *, seed: int = 0) -> Iterator[Point]:
    """Points inside the domain that meet all given conditions. Ends when many draws in turn do not."""
    rng = Random(seed)
    failures = 0
    about_sizes = [g for g in given if g.free <= set(about.dimensions)]

    def fitting(lengths: Point) -> bool:
        return all(certainly(g, lengths) for g in about_sizes)

    for point in points(about, seed=seed, only=fitting if about_sizes else None):
        found = meeting(point, given, rng)
        if found is not None:
            failures = 0
            yield found
        elif (failures := failures + 1) >= _TRIES:
            return


def certainly(condition: Term, point: Point) -> bool:
    """Whether a condition certainly holds at a point, or is the point's definition of a variable; undefined ones do not."""
    if condition.head == "rel" and condition.data == "=" and _defines(condition, point):
        return True
    for prec in _PRECISIONS:
        try:
            return holds(condition, point, prec)
        except Inseparable:
            continue
        except _NO_VALUE:
            return False
    return False


def meeting(point: Point, given: tuple[Term, ...], rng: Random) -> Point | None:
    """A point near this one at which all conditions certainly hold, or None."""
    conditions = [c for g in given for c in (g.args if g.head == "and" else (g,))]
    equations = [c for c in conditions if c.head == "rel" and c.data == "="]
    others = [c for c in conditions if c not in equations]
    steps = [_STEPS]
    found = _solve(point, equations, frozenset(), rng, steps)
    if found is None:
        return None
    solved, used = found
    for _ in range(2):
        missed = [c for c in others if not certainly(c, solved)]
        if not missed:
            break
        for c in missed:
            solved = _cross(solved, c, used, rng)
        again = _solve(solved, equations, frozenset(), rng, steps)
        if again is None:
            return None
        solved, used = again
    return solved if all(certainly(c, solved) for c in others) and _met(equations, solved) else None


def _met(equations: list[Term], point: Point) -> bool:
    return all(certainly(e, point) for e in equations)


def _defines(equation: Term, point: Point) -> bool:
    """Whether the point takes this equation as the definition of a variable."""
    a, b = equation.args
    return point.values.get(a) is b or point.values.get(b) is a


# -- equations -------------------------------------------------------------------------------------------------


def _solve(
    point: Point, equations: list[Term], used: frozenset[Term], rng: Random, steps: list[int]
) -> tuple[Point, frozenset[Term]] | None:
    """Meet the equations one after another, each by a variable that no equation before used."""
    for k, equation in enumerate(equations):
        if certainly(equation, point):
            continue
        for candidate, changed in _solutions(point, equations[: k + 1], used, rng):
            steps[0] -= 1
            if steps[0] < 0:
                return None
            if _met(equations[: k + 1], candidate):
                rest = _solve(candidate, equations, used | changed, rng, steps)
                if rest is not None:
                    return rest
        return None
    return point, used


def _solutions(
    point: Point, equations: list[Term], used: frozenset[Term], rng: Random
) -> Iterator[tuple[Point, frozenset[Term]]]:
    """Points that may meet the last equation, and the variables they changed."""
    equation = equations[-1]
    a, b = equation.args
    free = sorted(
        (s for s in equation.free - used if s in point.values and not is_dimension(s) and not is_index(s)),
        key=str,
    )
    rng.shuffle(free)
    free.sort(key=lambda s: s.shape != SCALAR)
    alone = [s for s in free if s in (a, b) and s not in (b if s is a else a).free]
    for s in alone:
        if (fixed := _assigned(point, s, b if s is a else a)) is not None:
            yield fixed, frozenset({s})
    for s in free:
        if (moved := _affine(point, [equation], [s])) is not None:
            yield moved, frozenset({s})
        roots = _roots(point, equation, s)
        for root in rng.sample(roots, len(roots)):
            if domains.satisfies(s.data[1], root):
                yield point.having({s: root}), frozenset({s})
        if used and (moved := _affine(point, equations, [*sorted(used, key=str), s])) is not None:
            yield moved, frozenset({s})
    for s in alone:
        other = b if s is a else a
        if (
            s.data[1].facts <= {"real", "complex"}
            and s.data[1].low is None
            and not _circular(point, s, other)
        ):
            yield point.having({s: other}), frozenset({s})
    for s in free:
        for value in _special(point, s, rng):
            yield point.having({s: value}), frozenset({s})


def _circular(point: Point, s: Term, definition: Term) -> bool:
    return any(isinstance(v, Term) and s in v.free for t, v in point.values.items() if t in definition.free)


def _assigned(point: Point, s: Term, definition: Term) -> Point | None:
    """The variable as the value of the other side, where that is exact and of its kind."""
    try:
        value = open_scope(point).value(definition)
    except _NO_VALUE:
        return None
    entries = (value,) if s.shape == SCALAR else [x for row in value for x in row]
    if all(type(x) is fmpq for x in entries) and domains.satisfies(s.data[1], value):
        return point.having({s: value})
    return None


def directions(kind: Kind, rows: int, columns: int) -> list[list[tuple[int, int, int]]]:
    """The independent entries of a kind, each with the places (row, column, sign) it stands at."""
    places: list[list[tuple[int, int, int]]] = []
    for i in range(rows):
        for j in range(columns):
            if kind.has("diagonal"):
                keep = i == j
            elif kind.has("symmetric") or kind.has("lower triangular"):
                keep = j <= i
            elif kind.has("antisymmetric"):
                keep = j < i
            else:
                keep = j >= i if kind.has("upper triangular") else True
            if keep:
                twin = [(j, i, -1 if kind.has("antisymmetric") else 1)]
                mirrored = i != j and (kind.has("symmetric") or kind.has("antisymmetric"))
                places.append([(i, j, 1), *(twin if mirrored else [])])
    return places


def _affine(point: Point, equations: list[Term], symbols: list[Term]) -> Point | None:
    """Solve all left - right = 0 for the variables, if the residuals are affine in them: one exact Newton step."""
    tag = 2  # the first; derivatives inside the equations take later ones
    scope = open_scope(point)
    scope.session.last_tag = max(scope.session.last_tag, tag)
    places: list[tuple[Term, list[tuple[int, int, int]]]] = []
    seeded: dict[Term, Any] = {}
    for s in symbols:
        grid = _numbers(point, s)
        if grid is None:
            return None
        first = len(places)
        places += [(s, where) for where in _independent(s, grid)]
        seeds: dict[tuple[int, int], dict[int, Any]] = {}
        for k, (_, where) in enumerate(places[first:], first):
            for i, j, c in where:
                seeds.setdefault((i, j), {})[k] = fmpq(c)
        jets = tuple(
            tuple(Jet(tag, x, seeds[i, j]) if (i, j) in seeds else x for j, x in enumerate(row))
            for i, row in enumerate(grid)
        )
        seeded[s] = jets[0][0] if s.shape == SCALAR else jets
    residuals = _residuals(equations, scope.bind(seeded))
    if residuals is None:
        return None
    values = [r.value if type(r) is Jet else r for r in residuals]
    rows = [[slope(r, tag, k) for k in range(len(places))] for r in residuals]
    if any(type(x) is not fmpq for x in (*values, *(x for row in rows for x in row))):
        return None
    step = _particular(rows, values)
    if step is None:
        return None
    moved: dict[Term, Any] = {}
    for s in symbols:
        new = [list(row) for row in _numbers(point, s) or ()]
        for x, (owner, where) in zip(step, places, strict=True):
            for i, j, c in where if owner is s else ():
                new[i][j] = new[i][j] - c * x
        moved[s] = new[0][0] if s.shape == SCALAR else grids.grid_of(new)
        if not domains.satisfies(s.data[1], moved[s]):
            return None
    return point.having(moved)


def _numbers(point: Point, s: Term) -> grids.Grid | None:
    """The value of a variable as a grid of rationals, if it is one."""
    value = point.values[s]
    if isinstance(value, Term):
        return None
    grid = ((value,),) if s.shape == SCALAR else value
    return None if any(type(x) is not fmpq for row in grid for x in row) else grid


def _independent(s: Term, grid: grids.Grid) -> list[list[tuple[int, int, int]]]:
    return directions(s.data[1], len(grid), len(grid[0]))


def _residuals(equations: list[Term], scope: Any) -> list[Any] | None:
    try:
        sides = [[scope.grid(side) for side in e.args] for e in equations]
    except _NO_VALUE:
        return None
    return [
        x - y
        for left, right in sides
        for p, q in zip(left, right, strict=True)
        for x, y in zip(p, q, strict=True)
    ]


def _roots(point: Point, equation: Term, s: Term) -> list[fmpq]:
    """The rational roots of an equation that is polynomial in a number (degree at most 4), by interpolation."""
    if s.shape != SCALAR or equation.args[0].shape != SCALAR or type(point.values[s]) is not fmpq:
        return []
    nodes = [fmpq(k, 1) for k in (2, 3, 5, 7, 11, 13, 17)]
    scope = open_scope(point)
    heights: list[Any] = []
    for node in nodes:
        residual = _residuals([equation], scope.bind({s: node}))
        if residual is None or type(residual[0]) is not fmpq:
            return []
        heights += residual
    polynomial = fmpq_poly([0])
    basis = fmpq_poly([1])
    table = list(heights)
    for k, node in enumerate(nodes):  # Newton's divided differences
        polynomial += table[0] * basis
        basis *= fmpq_poly([-node, 1])
        table = [(table[r + 1] - table[r]) / (nodes[r + k + 1] - nodes[r]) for r in range(len(table) - 1)]
    if not 1 <= polynomial.degree() <= 4:
        return []
    _, factors = polynomial.numer().factor()
    return [fmpq(-f[0], f[1]) for f, _ in factors if f.degree() == 1]


def _particular(rows: list[list[Any]], values: list[Any]) -> list[Any] | None:
    """One solution of rows x = values, zero in the free unknowns; None where there is none."""
    unknowns = len(rows[0])
    if not unknowns:
        return None
    reduced, rank = fmpq_mat([[*row, v] for row, v in zip(rows, values, strict=True)]).rref()
    table = reduced.tolist()
    solution: list[Any] = [ZERO] * unknowns
    for r in range(rank):
        lead = next(k for k in range(unknowns + 1) if table[r][k])
        if lead == unknowns:
            return None
        solution[lead] = table[r][unknowns]
    return solution


def _special(point: Point, s: Term, rng: Random) -> Iterator[Any]:
    """Values of the variable with more structure than its kind asks for."""
    kind: Kind = s.data[1]
    if s.shape == SCALAR:
        for x in (ONE, ZERO, -ONE, fmpq(3, 5), fmpq(4, 5)):
            if domains.satisfies(kind, x):
                yield x
        return
    value = point.values[s]
    if isinstance(value, Term):
        return
    rows, columns = len(value), len(value[0])
    for fact in rng.sample(_SPECIAL, len(_SPECIAL)):
        column = fact in ("unit", "probability")
        square = not column and fact not in ("orthonormal columns", "row stochastic")
        if (column and columns != 1) or (square and rows != columns):
            continue
        special = Kind(f"{kind.word} ({fact})", s.shape, closure(frozenset({fact})))
        for shape, turned in (((rows, columns), False), ((columns, rows), True)):
            if not domains.feasible(special, *shape) or (turned and fact != "orthonormal columns"):
                continue
            try:
                drawn = domains.draw(special, *shape, rng)
            except NoRule:
                continue
            drawn = grids.transpose(drawn) if turned else drawn
            if domains.satisfies(kind, drawn):
                yield drawn
    yield from (v for v in (grids.filled(rows, columns, ZERO),) if domains.satisfies(kind, v))


# -- inequalities ----------------------------------------------------------------------------------------------


def _cross(point: Point, condition: Term, used: frozenset[Term], rng: Random) -> Point:
    """Move one variable to the right side of the boundary of an inequality; the caller checks."""
    if condition.head != "rel" or condition.args[0].shape != SCALAR or condition.data == "!=":
        return point
    open_to = [s for s in sorted(condition.free, key=lambda s: s.data[0])
               if s in point.values and s.shape == SCALAR and type(point.values[s]) is fmpq and not is_index(s)]  # fmt: skip
    open_to = [s for s in open_to if s not in used] or open_to
    if not open_to:
        return point
    s = rng.choice(open_to)
    wanted = 1 if condition.data in (">", ">=") else -1
    scope = open_scope(point)
    tag = scope.session.fresh_tag(s)
    inner = scope.bind({s: Jet(tag, point.values[s], {0: ONE})})
    try:
        residual = inner.value(condition.args[0]) - inner.value(condition.args[1])
        rise = slope(residual, tag, 0)
        if (
            type(residual) is not Jet
            or type(residual.value) is not fmpq
            or type(rise) is not fmpq
            or not rise
        ):
            return point
        boundary = point.values[s] - residual.value / rise
        far = domains.magnitude(rng, rng.choice(("generic", "small", "large")))
        if s.data[1].has("integer"):
            boundary, far = fmpq(boundary.floor()), fmpq(rng.randrange(1, 5))
        moved = boundary + wanted * sign(rise) * far
    except _NO_VALUE:
        return point
    return point.having({s: moved}) if domains.satisfies(s.data[1], moved) else point
