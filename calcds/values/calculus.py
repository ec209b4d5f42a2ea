"""Derivatives, integrals, limits and infinite sums as numbers, inside `calcds.values.evaluate`.

Derivatives are read off jets seeded at the entries of a variable. Integrals are rigorous enclosures (acb.integral).
A limit is the value where the body is certainly continuous there; what has no enclosure raises NoRule.

Imports: calcds.expr, calcds.values.numbers, calcds.values.grids.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flint import acb, arb, ctx, fmpq

from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.term import SCALAR, Term, subterms
from calcds.values import functions
from calcds.values.numbers import (
    ONE,
    ZERO,
    Inseparable,
    Jet,
    ball,
    integer,
    is_real,
    is_zero,
    power,
    primal,
    real_part,
    slope,
)

_END = 10**9  # the tag of the end of an integral
_EVALUATIONS = 3_000  # of an integrand
_OF_ALL = 20_000  # of the integrands of an integral and of those inside it
_MOST_NESTED = 12  # derivatives within one another
_MOST_SUMMED = 2_000  # terms of an infinite sum

if TYPE_CHECKING:
    from calcds.values.evaluate import Scope
    from calcds.values.grids import Grid


def _position(place: Term, scope: Scope) -> tuple[Term, tuple[int, int] | None]:
    """The variable of a place, and the entry if the place is one. Raises NoRule where it is neither."""
    if place.head == "sym":
        return place, None
    if place.head != "entry":
        raise NoRule("differentiate", f"by {place}", "it is no variable")
    symbol, i, j = place.args
    at = scope.whole(i, "the index"), scope.whole(j, "the index")
    a = scope.grid(symbol)
    if not (0 <= at[0] < len(a) and 0 <= at[1] < len(a[0])):
        raise Malformed(f"{place}: the index {at} is out of range ({symbol} is {len(a)} x {len(a[0])} here)")
    return symbol, at


def _seeded(place: Term, value: Any, position: tuple[int, int] | None, tag: int) -> Any:
    """The value of the place's variable with a derivative in the entry, or in every entry, numbered row by row.

    Raises NoRule where too many derivatives stand within one another: each doubles the work.
    """
    symbol = place if place.head == "sym" else place.args[0]
    depth, inner = 0, value if symbol.shape == SCALAR else value[0][0]
    while type(inner) is Jet:
        depth, inner = depth + 1, inner.value
    if depth >= _MOST_NESTED:
        raise NoRule("compute", f"more than {_MOST_NESTED} derivatives within one another")
    if symbol.shape == SCALAR:
        return Jet(tag, value, {0: ONE})
    columns = len(value[0])
    return tuple(
        tuple(
            Jet(tag, x, {(r * columns + c) if position is None else 0: ONE})
            if position in (None, (r, c))
            else x
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
    value, tag, (rows, columns) = _first_order(t.args[0], t.args[1], scope)
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


def antiderivative(t: Term, _: Scope) -> Any:
    """Known up to a constant only, so it has no value."""
    raise NoRule("evaluate", f"the indefinite integral {t}", "it is known up to a constant only")


# -- integrals ---------------------------------------------------------------------------------------------------


def integral(t: Term, scope: Scope) -> Any:
    """A rigorous enclosure of a proper integral; derivatives in parameters and bounds by Leibniz' rule."""
    body, x, low, high = t.args
    if _infinite(low) or _infinite(high):
        raise NoRule("enclose", f"the improper integral {t}")

    session = scope.session
    if not session.within:
        session.evaluations = 0

    def value_at(z: Any, region: int | None = None) -> Any:
        session.evaluations += 1
        if session.evaluations > _OF_ALL:
            raise NoRule("enclose", f"the integral {t}", "it takes too many evaluations")
        return scope.bind({x: z}, region).value(body)

    session.within += 1
    try:
        found = _integrate(value_at, scope.value(low), scope.value(high))
    finally:
        session.within -= 1
    if found is None:
        raise NoRule("enclose", f"the integral {t}")
    return found


def _infinite(bound: Term) -> bool:
    return any(s.head == "const" and s.data == "oo" for s in (bound, *bound.args))


def _integrate(value_at: Callable[..., Any], low: Any, high: Any) -> Any:
    """The integral with all its derivatives, the largest tag first; None where there is no bounded enclosure."""
    a, b = ball(primal(low)), ball(primal(high))
    if a.is_zero() and b.is_zero() and not any(type(x) is Jet for x in (low, high)):
        return ZERO
    probes = [value_at(a + (b - a) * part) for part in (fmpq(5, 11), fmpq(2, 13), fmpq(12, 13))]
    jets = [x for x in (low, high, *probes) if type(x) is Jet]
    if not jets:
        return _enclosure(value_at, a, b)
    tag = max(x.tag for x in jets)
    directions = sorted({k for x in jets if x.tag == tag for k in x.slopes})
    low_, high_ = without(low, tag), without(high, tag)
    whole = _integrate(lambda *z: without(value_at(*z), tag), low_, high_)
    slopes = {}
    for k in directions:
        inside = _integrate(lambda *z, k=k: slope(value_at(*z), tag, k), low_, high_)
        if inside is None:
            return None
        above, below = slope(high, tag, k), slope(low, tag, k)
        for moved, at_end, sign in ((above, high_, 1), (below, low_, -1)):
            if type(moved) is not fmpq or moved:
                # the end as a jet of its own: at a jump of the integrand there is no derivative
                at_jump = value_at(Jet(_END, at_end, {0: ONE}))
                inside = inside + sign * moved * without(without(at_jump, _END), tag)
        slopes[k] = inside
    return None if whole is None else Jet(tag, whole, slopes)


def without(x: Any, tag: int) -> Any:
    """The value without its derivative of this tag."""
    return x.value if type(x) is Jet and x.tag == tag else x


def _enclosure(value_at: Callable[..., Any], a: acb, b: acb) -> Any:
    trouble: list[NoRule] = []
    nowhere = acb(arb.nan())

    def integrand(z: acb, analytic: bool) -> acb:  # noqa: FBT001  (called by Arb)
        if trouble:
            return nowhere
        try:
            return ball(value_at(z, 2 if analytic else 1))
        except Undefined:
            return nowhere
        except NoRule as why:
            trouble.append(why)
            return nowhere

    tolerance = arb(2) ** (-64 if ctx.prec < 256 else -128)
    found = acb.integral(integrand, a, b, rel_tol=tolerance, abs_tol=tolerance, eval_limit=_EVALUATIONS)
    if trouble:
        raise trouble[0]
    if not found.is_finite():
        return None
    if a.imag.is_zero() and b.imag.is_zero() and integrand(a.union(b), False).imag.is_zero():
        return acb(found.real)
    return found


def kink(name: str, arguments: tuple[Any, ...], *, analytic: bool) -> Any:
    """A function with a kink on a region. On an interval across the kink: an enclosure of all its values."""
    if any(type(u) is Jet for u in arguments):
        raise NoRule("differentiate under the integral", name)
    try:
        return functions.call(name, *arguments, analytic=analytic)
    except Inseparable:
        u = arguments[0]
        if analytic or name in ("max", "min", "relu", "abs"):
            raise
        if name == "sign":
            return acb(arb(0, 1))
        if name == "heaviside":
            return acb(arb(0.5, 0.5))
        steps = _ends(name, real_part(u))
        return acb(steps[0].union(steps[1]))


def _ends(name: str, u: Any) -> tuple[arb, arb]:
    """Floor or ceil of both ends of an interval."""
    of = arb.floor if name == "floor" else arb.ceil
    return of(u.lower()), of(u.upper())


def hull(t: Term, first: int, scope: Scope) -> Any:
    """An enclosure of the values of all cases from one on, where an interval does not decide between them."""
    values = [ball(scope.value(t.args[k])) for k in range(first, len(t.args), 2)]
    whole = values[0]
    for value in values[1:]:
        whole = whole.union(value)
    return whole


# -- limits and infinite sums ------------------------------------------------------------------------------------

_JUMPS = frozenset({"sign", "heaviside", "floor", "ceil", "atan2", "re", "im"})


def _may_jump(part: Term) -> bool:
    if part.head == "fn":
        return part.data in _JUMPS
    if part.head == "apply":
        return part.data.body is not None
    if part.head == "sum":
        return _infinite(part.args[3])
    return part.head in ("piecewise", "rel", "delta", "limit", "integral")


def limit(t: Term, scope: Scope) -> Any:
    """The value, where the body is certainly continuous along the real line; else NoRule."""
    body, x, point = t.args
    if _infinite(point):
        raise NoRule("evaluate", f"the limit {t}")
    inner = scope.bind({x: scope.value(point)})
    for part in subterms(body):
        if x not in part.free:
            complex_ = part.head == "const" and part.data == "I"
            if complex_ or (
                part.head == "sym" and not part.data[1].has("real") and part.data[1].has("complex")
            ):
                raise NoRule("evaluate", f"the limit {t} of complex values")
        elif _may_jump(part):
            raise NoRule("evaluate", f"the limit {t} of {part}")
        elif (
            part.head in ("pow", "epow")
            and x in part.args[1].free
            and any(is_zero(e) for row in inner.grid(part.args[0]) for e in row)
        ):
            raise NoRule("evaluate", f"the limit {t}, of the form 0**b")
    try:
        return inner.value(body)
    except Undefined as why:
        raise NoRule("evaluate", f"the limit {t}", str(why)) from None


def infinite_sum(t: Term, scope: Scope) -> Any:
    """An enclosure by terms that fall at least as fast as a geometric series from some term on; else NoRule.

    The terms are added as balls: exact sums of powers have ever more digits, none of which are in the answer.
    """
    body, k, low, _ = t.args
    first = scope.whole(low, "the bound")
    whole, real, before = acb(0), True, arb(0)
    factors = body.args if body.head == "mul" else (body,)
    for n in range(first, first + _MOST_SUMMED):
        term = scope.bind({k: fmpq(n)}).value(body)
        if type(term) is Jet or t.shape != SCALAR:
            raise NoRule("enclose", f"the infinite sum {t}")
        whole = whole + ball(term)
        real = real and ball(term).imag.is_zero()
        if n >= max(first, 1) + 4:
            ratio = arb(1)
            for factor in factors:
                ratio = ratio * _ratio(factor, k, n, scope)
            if ratio < 1:
                tail = ball(term).abs_upper() * ratio / (1 - ratio)
                if tail.is_zero() or tail < arb(2) ** (-ctx.prec) or n == first + _MOST_SUMMED - 1:
                    spread = arb(0, tail.abs_upper())
                    return whole + (acb(spread) if real else acb(spread, spread))
            elif ratio.mid() == before.mid() and ratio.rad() == before.rad():
                break  # it is the same for every term, and never falls
            before = ratio
    raise NoRule("enclose", f"the infinite sum {t}")


def _ratio(factor: Term, k: Term, n: int, scope: Scope) -> arb:
    """A bound for |factor(k + 1)/factor(k)| at every k >= n; NoRule if the form of the factor gives none."""
    if k not in factor.free:
        return arb(1)
    if factor.head == "mul":
        ratio = arb(1)
        for part in factor.args:
            ratio = ratio * _ratio(part, k, n, scope)
        return ratio
    if factor is k:
        return arb(n + 1) / n
    if factor.head == "pow":
        base, exponent = factor.args
        if k not in base.free and (step := _step(exponent, k, scope)) is not None:
            size = abs(ball(power(scope.value(base), fmpq(abs(step)))))
            return size if step >= 0 else 1 / size
        if base is k and k not in exponent.free and is_real(p := scope.value(exponent)):
            growing = ball(p).real > 0
            return arb((arb(n + 1) / n) ** ball(p).real) if growing else arb(1)
        if (
            exponent.head == "num"
            and exponent.data == -1
            and (falls := _factorial_step(base, k, n, scope)) is not None
        ):
            return falls
    raise NoRule("bound the tail of a sum with", str(factor))


def _step(exponent: Term, k: Term, scope: Scope) -> int | None:
    """The integer by which an exponent that is affine in k grows."""
    if not _is_affine(exponent, k):
        return None
    values = [scope.bind({k: fmpq(n)}).value(exponent) for n in (0, 1)]
    return integer(values[1] - values[0])


def _is_affine(t: Term, k: Term) -> bool:
    if k not in t.free or t is k:
        return True
    if t.head == "add":
        return all(_is_affine(a, k) for a in t.args)
    return t.head == "mul" and sum(k in a.free for a in t.args) == 1 and all(_is_affine(a, k) for a in t.args)


def _factorial_step(base: Term, k: Term, n: int, scope: Scope) -> arb | None:
    """For 1/(a k + b)! with a = 1, 2, ...: the ratio falls with k, so the one at n bounds all."""
    if base.head == "mul":
        ratio = arb(1)
        for part in base.args:
            inner = _factorial_step(part, k, n, scope) if k in part.free else arb(1)
            if inner is None:
                return None
            ratio = ratio * inner
        return ratio
    if base is k or (
        base.head == "pow" and base.args[0] is k and base.args[1].head == "num" and base.args[1].data > 0
    ):
        return arb(1)
    if (
        base.head == "pow"
        and k not in base.args[0].free
        and (grows := _step(base.args[1], k, scope)) is not None
    ):
        size = abs(ball(power(scope.value(base.args[0]), fmpq(abs(grows)))))
        return 1 / size if grows >= 0 else size
    if (
        base.head != "fn"
        or base.data not in ("factorial", "gamma")
        or (step := _step(base.args[0], k, scope)) is None
    ):
        return None
    first = integer(scope.bind({k: fmpq(n)}).value(base.args[0]))
    if step < 1 or first is None or first < 1:
        return None
    ratio = arb(1)
    for j in range(1, step + 1):
        ratio = ratio / (first + j - (base.data == "gamma"))
    return ratio
