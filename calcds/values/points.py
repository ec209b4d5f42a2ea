"""Points: sizes, values and functions at which terms are evaluated, and the order in which they are tried.

A point is plain exact data and can be written down and replayed. `points` draws them deterministically from the names
and kinds of the variables alone, so that results do not depend on the order of claims or on the number of jobs.

Imports: calcds.expr, calcds.values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice, product
from random import Random
from typing import Any
from zlib import crc32

from flint import fmpq

from calcds.errors import CalcdsError, NoRule, Undefined
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import SCALAR, Size, Term
from calcds.values import domains
from calcds.values.evaluate import open_scope
from calcds.values.numbers import ZERO, integer
from calcds.values.polynomials import Polynomial, random_polynomial
from calcds.values.survey import Survey, is_index

_LENGTHS = (2, 3, 1, 4)  # of one dimension
_COUNTS = (3, 4, 2, 1, 6, 5, 7, 9)  # of a dimension that no matrix has
_MOST_LENGTH = 20_000  # entries of what a function takes and gives
_MOST_SIZES = 12
_INDEX_DRAWS = 30
_PERIOD = 11
_TURN = 4  # one of so many points is beside a place where the claim changes its behaviour
_BESIDE, _BESIDE_WHOLE = (fmpq(1, 3), fmpq(0), fmpq(-1, 3)), (fmpq(1), fmpq(0), fmpq(-1))
_PLACES = 6  # numbers of a point that are tried for that
_ZEROS, _PLAIN, _TIES = 4, 5, 6  # which points of a period have zeros, small integers, equal numbers
_CYCLE = (
    "generic",
    "generic",
    "large",
    "small",
    "huge",
    "plain",
    "generic",
    "large",
    "small",
    "huge",
    "tiny",
)
_MOST_PATTERNS = 4  # so many signs are tried in all combinations


@dataclass(frozen=True, eq=False)
class Point:
    """One place to evaluate at. A value may be a term: a variable that the hypotheses define by the others.

    sizes:     dimension -> length
    values:    variable -> scalar, grid or term
    functions: undefined function -> polynomial
    scopes:    what was computed here, by precision; see `evaluate.open_scope`
    """

    sizes: dict[Term, int] = field(default_factory=dict)
    values: dict[Term, Any] = field(default_factory=dict)
    functions: dict[FunctionSymbol, Polynomial] = field(default_factory=dict)
    scopes: dict[int, Any] = field(default_factory=dict, init=False, repr=False)

    def having(self, values: dict[Term, Any]) -> Point:
        """This point with some other values."""
        return replace(self, values={**self.values, **values})

    def describe(self) -> tuple[dict[str, int], dict[str, Any]]:
        """Sizes and values as plain data with exact numbers as text, for the counterexample."""
        sizes = {str(d): n for d, n in self.sizes.items()}
        said: dict[str, Any] = {str(s): _said(v) for s, v in self.values.items()}
        said.update((str(f), p.text()) for f, p in self.functions.items())
        return sizes, said


def _said(value: Any) -> Any:
    if isinstance(value, Term):
        return str(value)
    if isinstance(value, tuple):
        return [[_exact(x) for x in row] for row in value]
    return _exact(value)


def _exact(x: Any) -> str:
    if type(x) is fmpq:
        return str(x)
    re, im = (_dyadic(part) for part in (x.real, x.imag))
    return f"{re} {'-' if im.p < 0 else '+'} {abs(im)}*I" if re else f"{im}*I"


def _dyadic(x: Any) -> fmpq:
    mantissa, exponent = x.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


# -- sizes -----------------------------------------------------------------------------------------------------


def sizes(about: Survey) -> Iterator[dict[Term, int]]:
    """Lengths of the dimensions that all kinds and shapes admit: different and non-square ones first, then 1 and equal."""
    if not about.dimensions:
        yield {}
        return
    shaping = [d for d in about.dimensions if d in about.shaping]
    counting = [d for d in about.dimensions if d not in about.shaping]
    for k, lengths in enumerate(_assignments(len(shaping))):
        chosen = dict(zip(shaping, lengths, strict=True))
        apart = 0 if k % 3 == 2 else 3
        chosen.update((d, _COUNTS[(k + apart * j) % len(_COUNTS)]) for j, d in enumerate(counting))
        if _admissible(about, chosen):
            yield chosen


def _assignments(count: int) -> Iterator[tuple[int, ...]]:
    if count == 0:
        yield from ((),) * len(_COUNTS)
    elif count == 1:
        yield from ((n,) for n in _LENGTHS)
    elif count <= 4:
        top = 3 if count < 4 else 4
        yield from sorted(product(range(1, top + 1), repeat=count), key=_unlike)
    else:
        rng = Random(count)
        yield from (tuple(rng.randrange(1, 4) for _ in range(count)) for _ in range(40 * _MOST_SIZES))


def _unlike(lengths: tuple[int, ...]) -> tuple[int, int, int, tuple[int, ...]]:
    return len(lengths) - len(set(lengths)), lengths.count(1), sum(lengths), lengths


def _admissible(about: Survey, chosen: dict[Term, int]) -> bool:
    scope = open_scope(Point(chosen))

    def length(size: Size) -> int:
        found = size if isinstance(size, int) else integer(scope.value(size))
        return found if found is not None else 0

    if any(length(size) < 1 for size in about.sizes if isinstance(size, Term) and size.free <= chosen.keys()):
        return False
    return all(
        domains.feasible(s.data[1], length(s.shape[0]), length(s.shape[1]))
        for s in about.symbols
        if s.shape != SCALAR
    )


# -- values ----------------------------------------------------------------------------------------------------


def points(about: Survey, *, seed: int = 0, only: Callable[[Point], bool] | None = None) -> Iterator[Point]:
    """Points inside the domain, without end: all sizes, both signs, all magnitudes, special values.

    Conditions are not looked at (see `hypotheses.meeting`). Ends at once where no sizes are admissible.
    With `only`, sizes that it refuses are left out.
    """
    admissible = list(islice((s for s in sizes(about) if only is None or only(Point(s))), _MOST_SIZES))
    rng = Random(_seed(about) + seed)
    number = 0
    while admissible:
        lengths = admissible[number % len(admissible)]
        point = draw(about, lengths, rng, number)
        if len(admissible) > 1 and about.ranges and not _in_range(about, point):
            admissible.remove(lengths)  # x[i + 1] has no entry where n = 1
            continue
        yield point
        number += 1


def _seed(about: Survey) -> int:
    words = [f"{s}:{s.data[1]}" for s in (*about.dimensions, *about.symbols)] + [
        f.name for f in about.functions
    ]
    return crc32(" ".join(words).encode())


def draw(about: Survey, lengths: dict[Term, int], rng: Random, number: int) -> Point:
    """The number-th point at these sizes."""
    values: dict[Term, Any] = {}
    indices = [s for s in about.symbols if is_index(s) or _indexes(s, about)]
    scope = open_scope(Point(lengths))
    plain = number % _PERIOD == _PLAIN
    for position, s in enumerate([s for s in about.symbols if s not in indices]):
        style = _style(number, position, rng)
        rows, columns = (1, 1) if s.shape == SCALAR else (scope.length(s.shape[0]), scope.length(s.shape[1]))
        values[s] = domains.draw(s.data[1], rows, columns, rng, style, _side(number, position, rng))
    if number % _PERIOD == _ZEROS:
        _vanish(values, rng)
    elif number % _PERIOD == _TIES:
        _tie(values)
    if about.landmarks and number % 3 == 2:
        _visit(about, values, rng)
    functions = {}
    for f in about.functions:
        inputs, outputs = f.arity, 1
        if not f.entrywise:
            inputs = scope.length(f.inputs[0][0]) * scope.length(f.inputs[0][1])
            outputs = scope.length(f.output[0]) * scope.length(f.output[1])
        if inputs * outputs > _MOST_LENGTH:
            raise NoRule("draw", f"a function of {inputs} numbers with {outputs} values")
        functions[f] = random_polynomial(inputs, outputs, min(3 + about.order, 8), rng, plain=plain)
    point = Point(lengths, values, functions)
    point = _with_indices(about, indices, point, rng) if indices else point
    turn, step = divmod(number, _TURN)
    return _switched(about, point, rng, turn) if about.switches and step == _TURN - 1 else point


def _style(number: int, position: int, rng: Random) -> str:
    """The first variable goes through all magnitudes in turn, the others follow at random."""
    if position == 0 or number < 2 or number % _PERIOD == _PLAIN:
        return _CYCLE[number % _PERIOD]
    return rng.choice(domains.STYLES[:5])


def _side(number: int, position: int, rng: Random) -> int:
    """All combinations of signs in turn, all positive first; any on the special points."""
    turns, step = divmod(number, _PERIOD)
    if position >= _MOST_PATTERNS or _ZEROS <= step <= _TIES:
        return rng.choice((-1, 1)) if number else 1
    pattern = turns * (_PERIOD - 3) + (step if step < _ZEROS else step - 3)
    if position == 0 and turns & 1:
        pattern ^= 1  # the magnitudes of the first variable come back with the other sign
    return -1 if pattern >> position & 1 else 1


def _vanish(values: dict[Term, Any], rng: Random) -> None:
    """Put the first variable that admits it at zero, and perhaps others."""
    done = False
    for s, value in values.items():
        zero = ZERO if s.shape == SCALAR else tuple(tuple(ZERO for _ in row) for row in value)
        if (not done or rng.random() < 0.3) and domains.satisfies(s.data[1], zero):
            values[s], done = zero, True


def _tie(values: dict[Term, Any]) -> None:
    """Give the same value to all numbers whose kinds admit it."""
    shared: Any = None
    for s, value in values.items():
        if s.shape != SCALAR:
            continue
        if shared is None:
            shared = value
        elif domains.satisfies(s.data[1], shared):
            values[s] = shared


def _visit(about: Survey, values: dict[Term, Any], rng: Random) -> None:
    """Put one variable on, or a little beside, a landmark of the claim."""
    open_to = [s for s in values if s.shape == SCALAR and not s.data[1].has("integer")]
    if open_to:
        s, mark = rng.choice(open_to), rng.choice(about.landmarks).data
        value = fmpq(mark.numerator, mark.denominator) + rng.choice((fmpq(0), fmpq(1, 3), fmpq(-1, 3)))
        if domains.satisfies(s.data[1], value):
            values[s] = value


def _switched(about: Survey, point: Point, rng: Random, turn: int) -> Point:
    """A point a little beside the place where a relation of the claim changes its truth, or a function has its kink.

    Such a place may be far from all numbers that are drawn: `max(0, x - 1000)`. It is found where the term that changes
    its sign there is linear in one number of the point.
    """
    turn, k = divmod(turn, len(about.switches))
    switch = about.switches[k]
    places = [(s, r, c) for s in point.values if s in switch.free and not is_index(s)
              for r, c in ([(0, 0)] if s.shape == SCALAR else _entries(point.values[s]))]  # fmt: skip
    for s, row, column in rng.sample(places, min(len(places), _PLACES)):
        here = partial(_with_number, point, s, row, column)
        try:
            zero, one, two = (open_scope(here(fmpq(x))).value(switch) for x in (0, 1, 2))
        except (CalcdsError, ArithmeticError):
            continue
        linear = all(isinstance(v, fmpq) for v in (zero, one, two)) and one != zero and two - one == one - zero
        if linear:
            root, whole = -zero / (one - zero), s.data[1].has("integer")
            beside = (_BESIDE_WHOLE if whole else _BESIDE)[turn % len(_BESIDE)]
            moved = here(fmpq(root.floor()) + beside if whole else root + beside)
            return moved if domains.satisfies(s.data[1], moved.values[s]) else point
    return point


def _with_number(point: Point, s: Term, row: int, column: int, value: Any) -> Point:
    """A point with another value of a variable, or of one of its entries."""
    if s.shape == SCALAR:
        return point.having({s: value})
    grid = [list(line) for line in point.values[s]]
    grid[row][column] = value
    return point.having({s: tuple(map(tuple, grid))})


def _entries(grid: Any) -> list[tuple[int, int]]:
    return [(r, c) for r, line in enumerate(grid) for c in range(len(line))]


def _indexes(s: Term, about: Survey) -> bool:
    """Whether a whole number is used as an index."""
    return s.shape == SCALAR and s.data[1].has("integer") and any(s in i.free for i, _ in about.ranges)


def _with_indices(about: Survey, indices: list[Term], point: Point, rng: Random) -> Point:
    """Indices without a stated range take values that every entry they index has."""
    for _ in range(_INDEX_DRAWS):
        values = dict(point.values)
        scope = open_scope(point)
        for s in indices:
            stated = s.data[1].sizes
            lengths = [stated[0]] if stated else [length for i, length in about.ranges if i is s]
            top = min((scope.length(length) for length in lengths), default=4)
            values[s] = fmpq(rng.randrange(top)) if top else ZERO
        candidate = Point(point.sizes, values, point.functions)
        if _in_range(about, candidate) and all(domains.satisfies(s.data[1], values[s]) for s in indices):
            return candidate
    return candidate


def _in_range(about: Survey, point: Point) -> bool:
    scope = open_scope(point)
    try:
        return all(0 <= scope.whole(i, "the index") < scope.length(length) for i, length in about.ranges)
    except (Undefined, NoRule):
        return True
