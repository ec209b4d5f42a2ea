"""Derivatives, integrals, limits and infinite sums as numbers, inside `calcds.values.evaluate`.

Derivatives are read off jets seeded at the entries of a variable. Integrals are rigorous enclosures (acb.integral).
A limit is the value where the body is certainly continuous there; what has no enclosure raises NoRule.

Imports: calcds.expr, calcds.values.numbers, calcds.values.grids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calcds.errors import Malformed, NoRule
from calcds.expr.term import SCALAR, Term
from calcds.values.numbers import ONE, ZERO, Jet, slope

if TYPE_CHECKING:
    from calcds.values.evaluate import Scope
    from calcds.values.grids import Grid


def _position(place: Term, scope: Scope) -> tuple[Term, tuple[int, int] | None]:
    """The variable of a place, and the entry if the place is one."""
    if place.head == "sym":
        return place, None
    symbol, i, j = place.args
    at = scope.whole(i, "the index"), scope.whole(j, "the index")
    a = scope.grid(symbol)
    if not (0 <= at[0] < len(a) and 0 <= at[1] < len(a[0])):
        raise Malformed(f"{place}: the index {at} is out of range ({symbol} is {len(a)} x {len(a[0])} here)")
    return symbol, at


def _seeded(place: Term, value: Any, position: tuple[int, int] | None, tag: int) -> Any:
    """The value of the place's variable with a derivative in the entry, or in every entry, numbered row by row."""
    symbol = place if place.head == "sym" else place.args[0]
    if symbol.shape == SCALAR:
        return Jet(tag, value, {0: ONE})
    columns = len(value[0])
    return tuple(
        tuple(
            Jet(tag, x, {(r * columns + c) if position is None else 0: ONE}) if position in (None, (r, c)) else x
            for c, x in enumerate(row)
        )
        for r, row in enumerate(value)
    )


def derivative(t: Term, scope: Scope) -> Any:
    """Nested jets, one tag for each variable of the list."""
    body, *places = t.args
    values: dict[Term, Any] = {}
    tags: list[int] = []
    for place in places:
        symbol, position = _position(place, scope)
        tags.append(scope.session.fresh_tag(place))
        before = values[symbol] if symbol in values else scope.value(symbol)
        values[symbol] = _seeded(place, before, position, tags[-1])
    result = scope.bind(values).value(body)
    for tag in reversed(tags):
        result = slope(result, tag, 0) if t.shape == SCALAR else _slopes_of(result, tag)
    return result


def _slopes_of(grid: Grid, tag: int) -> Grid:
    return tuple(tuple(slope(x, tag, 0) for x in row) for row in grid)


def _first_order(body: Term, place: Term, scope: Scope) -> tuple[Any, int, tuple[int, int]]:
    """The body with slopes in all entries of a place, the tag, and the shape of the place."""
    symbol, position = _position(place, scope)
    tag = scope.session.fresh_tag(place)
    value = scope.value(symbol)
    shape = (1, 1) if place.shape == SCALAR else (len(value), len(value[0]))
    return scope.bind({symbol: _seeded(place, value, position, tag)}).value(body), tag, shape


def gradient(t: Term, scope: Scope) -> Any:
    """Slopes in the shape of the place."""
    value, tag, (rows, columns) = _first_order(*t.args, scope)
    if t.shape == SCALAR:
        return slope(value, tag, 0)
    return tuple(tuple(slope(value, tag, r * columns + c) for c in range(columns)) for r in range(rows))


def jacobian(t: Term, scope: Scope) -> Any:
    """Rows are outputs, columns are inputs."""
    body, place = t.args
    value, tag, (inputs, _) = _first_order(body, place, scope)
    outputs = ((value,),) if body.shape == SCALAR else value
    rows = tuple(tuple(slope(row[0], tag, k) for k in range(inputs)) for row in outputs)
    return rows[0][0] if t.shape == SCALAR else rows


def hessian(t: Term, scope: Scope) -> Any:
    """Slopes of slopes."""
    body, place = t.args
    symbol, position = _position(place, scope)
    first, second = scope.session.fresh_tag(place), scope.session.fresh_tag(place)
    value = scope.value(symbol)
    n = 1 if place.shape == SCALAR else len(value)
    seeded = _seeded(place, _seeded(place, value, position, first), position, second)
    result = scope.bind({symbol: seeded}).value(body)
    rows = tuple(tuple(slope(slope(result, second, i), first, j) for j in range(n)) for i in range(n))
    return rows[0][0] if t.shape == SCALAR else rows


def pullback(t: Term, scope: Scope) -> Any:
    """The sum of delta times dy/dx over the entries of y."""
    cotangent, body, place = t.args
    weights = scope.grid(cotangent)
    value, tag, (rows, columns) = _first_order(body, place, scope)
    outputs = ((value,),) if body.shape == SCALAR else value

    def component(k: int) -> Any:
        whole: Any = ZERO
        for p, q in zip(weights, outputs, strict=True):
            for d, y in zip(p, q, strict=True):
                whole = whole + d * slope(y, tag, k)
        return whole

    if t.shape == SCALAR:
        return component(0)
    return tuple(tuple(component(r * columns + c) for c in range(columns)) for r in range(rows))


def at(t: Term, scope: Scope) -> Any:
    """The body where the variable has the value of the last argument."""
    body, variable, value = t.args
    return scope.bind({variable: scope.value(value)}).value(body)


def antiderivative(t: Term, scope: Scope) -> Any:  # noqa: ARG001
    """Known up to a constant only, so it has no value."""
    raise NoRule("evaluate", f"the indefinite integral {t}", "it is known up to a constant only")


def integral(t: Term, scope: Scope) -> Any:
    """A rigorous enclosure."""
    raise NoRule("evaluate", str(t))


def limit(t: Term, scope: Scope) -> Any:
    """The value, where the body is certainly continuous."""
    raise NoRule("evaluate", str(t))


def infinite_sum(t: Term, scope: Scope) -> Any:
    """An enclosure with a bound for the tail."""
    raise NoRule("evaluate", str(t))
