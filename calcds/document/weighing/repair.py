"""What would have been right: small changes of a refuted side, each of which has to be proved before it is shown.

Authors slip in small ways: a sign, a factor, an exponent, a transpose, an index, a term that is lost. Every such change is
tried, one at a time; the first with which the claim is proved is what the author probably meant. That there is one is also
evidence: where a text was misunderstood, what it says is far from true, and nothing so small would mend it.

Imports: calcds.expr.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from calcds.errors import CalcdsError, ShapeError
from calcds.expr import operators as op
from calcds.expr.term import (
    MINUS_ONE,
    ONE,
    Shape,
    Term,
    add,
    as_term,
    mul,
    number,
    power,
    rebuild,
    same_shape,
    same_size,
    substitute,
    subterms,
)

MOST = 400  # changes that are tried
HALF = number(2) ** MINUS_ONE
_DEEP = 8
_PARTS = 12  # names of a claim that are tried in the place of another
_PAIRS = 5  # numbers of a claim of which products are tried
_FIRST = {"deriv", "grad", "jac", "hess", "at", "build", "sum", "prod", "integral"}  # heads whose first part alone is changed
_INSIDE = {"add", "mul", "pow", "fn", "had", "trans", "inv", "sum", "prod", "deriv", "grad", "at", "entry", "build",
           "total", "det", "trace", "norm", "matrix", "piecewise", "integral", "vfn", "epow", "mpow", "diag"}  # fmt: skip
_DEVIATIONS = ("sigma", "tau")  # names of which the square is a name of its own
_TWINS = {"sin": "cos", "cos": "sin", "max": "min", "min": "max", "sinh": "cosh", "cosh": "sinh"}


def repairs(side: Term, parts: Iterable[Term] = (), shape: Shape | None = None) -> Iterator[Term]:
    """Sides that differ from the printed one in one place, the likely ones first.

    parts: names and entries of the claim: one may stand in the place of another, or be lost as a factor
    shape: of the other side, by default that of this one

    >>> from calcds.expr.kinds import Real
    >>> x = Real.symbol("x")
    >>> [str(t) for t in repairs(3 * x**3)][:3]
    ['-3*x**3', '2*3*x**3', '2**(-1)*3*x**3']
    """
    seen = {side}
    for count, found in enumerate(_changes(side, tuple(dict.fromkeys(parts)))):
        if count >= MOST:
            return
        if found not in seen and same_shape(found.shape, shape or side.shape):
            seen.add(found)
            yield found


def parts_of(sizes: bool, *sides: Term) -> list[Term]:  # noqa: FBT001
    """The names, entries, rows and columns of a claim that are bound by nothing; the shortest first.

    sizes: the sizes of its matrices belong to them
    """
    found = {t for side in sides for t in subterms(side) if t.head in {"sym", "entry", "build"} and t.free <= side.free}
    shaping = {n for t in found if t.head == "sym" for n in t.data[1].sizes if isinstance(n, Term)}
    found = found | shaping if sizes else found - shaping
    return sorted(found, key=lambda t: (len(str(t)), str(t)))[:_PARTS]


def _changes(t: Term, parts: tuple[Term, ...]) -> Iterator[Term]:
    factors = tuple(part for part in parts if part.is_scalar)
    yield -t
    yield mul(number(2), t)
    yield mul(HALF, t)
    if not t.is_scalar:
        yield t.T
        yield from _throughout(t)
    yield from _inside(t, _DEEP)
    if t.is_scalar:
        yield from (t + ONE, t - ONE, power(t, MINUS_ONE))
    yield from _without_one(t)
    yield from _exchanged(t)
    for factor in factors:
        yield from (mul(factor, t), mul(power(factor, MINUS_ONE), t), mul(number(2), factor, t))
    for term in factors if t.is_scalar else ():
        yield from (t + term, t - term)
    for k, one in enumerate(factors[:_PAIRS]) if t.is_scalar else ():
        for other in factors[k:_PAIRS]:  # a term that was lost
            product = mul(one, other)
            yield from (t + product, t - product, t + mul(number(2), product), t - mul(number(2), product))
    yield from _with_factors(t, factors, 4)
    yield from _others(t, parts)


def _exchanged(t: Term) -> Iterator[Term]:
    """Two names in each other's place: 6 x y^2 for 6 x^2 y."""
    names = sorted((s for s in t.free if s.head == "sym" and s.data[1].word != "Dim"), key=str)
    for one, other in itertools.combinations(names, 2):
        if _is_like(one, other):
            yield substitute(t, {one: other, other: one})


def _others(t: Term, parts: tuple[Term, ...]) -> Iterator[Term]:
    """Another name in one place; n + 1 for n; the Kronecker delta for 1."""
    indices = [part for part in parts if part.head == "sym" and part.data[1].word == "Index"]

    def instead(one: Term, inner: tuple[Term, ...]) -> Iterator[Term]:
        if one.head == "sym" and one.is_scalar and one.data[1].has("integer") and one.data[1].word != "Index":
            yield from (one + ONE, one - ONE)
        if one.head in {"sym", "entry", "build"}:
            yield from (part for part in (*parts, *inner) if part is not one and _is_like(part, one))
        if one is ONE and len(indices) > 1:
            yield op.delta(indices[0], indices[1])

    if t.head == "deriv":
        yield from (rebuild(t, (t.args[0], part)) for part in parts if _is_variable(part) and part is not t.args[1])

    def walk(one: Term, depth: int, inner: tuple[Term, ...] = ()) -> Iterator[Term]:
        yield from instead(one, inner)
        last = 0 if not depth else 1 if one.head in _FIRST else 3 if one.head == "entry" else len(one.args)
        if one.head == "sum":  # x_i may stand for y_i
            body, index = one.args[:2]
            inner += tuple(p for p in dict.fromkeys(subterms(body)) if p.head in {"entry", "build"} and index in p.free)
        yield from _within(one, last, lambda part: walk(part, depth - 1, inner))

    yield from walk(t, _DEEP)


def _is_variable(one: Term) -> bool:
    """Whether one differentiates by it: a number with a name, or an entry of an array that has one."""
    return one.is_scalar and (one.head == "sym" or (one.head == "entry" and one.args[0].head == "sym"))


def _is_like(one: Term, other: Term) -> bool:
    """Whether one name may stand where the other stands."""
    indices = [t.head == "sym" and t.data[1].word == "Index" for t in (one, other)]
    return indices[0] == indices[1] and same_shape(one.shape, other.shape)


def _made(build: Callable[..., Term], *parts: Any) -> Iterator[Term]:
    """What is built, where its parts fit."""
    try:
        yield build(*parts)
    except CalcdsError:
        return


def _inside(t: Term, depth: int) -> Iterator[Term]:
    """The term with one of its parts changed."""
    if not depth:
        return
    yield from _here(t)
    if t.head in _INSIDE:
        last = 1 if t.head in _FIRST or t.head == "entry" else len(t.args)
        yield from _within(t, last, lambda part: _inside(part, depth - 1))


def _here(t: Term) -> Iterator[Term]:
    """The term changed at its head."""
    match t.head:
        case "num":
            yield from (number(t.data + 1), number(t.data - 1), number(-t.data))
        case "sym" if not t.is_scalar and same_size(*t.shape):
            yield t.T
            yield from _made(lambda: t.I)
        case "inv":
            yield t.args[0]
        case "trans":
            if same_size(*t.shape):
                yield t.args[0]
        case "pow":
            yield from _other_powers(*t.args)
        case "add":
            yield from _other_summand(t)
        case "mul":
            yield from _other_order(t)
            if len(t.args) == 2 and t.is_scalar:
                yield from _made(operator.add, *t.args)
            for k, part in enumerate(t.args):
                if part.is_scalar and part.head != "num":
                    yield _with(t, k, power(part, MINUS_ONE))
                    if part.head != "pow":
                        yield _with(t, k, power(part, as_term(2)))
            yield from _turned_over(t)
            yield from _inverted(t)
        case "fn":
            if t.data in _TWINS:
                yield Term("fn", t.args, _TWINS[t.data], t.shape)
            if len(t.args) == 1 and t.args[0].is_scalar:
                yield _with(t, 0, -t.args[0])
                yield _with(t, 0, mul(as_term(2), t.args[0]))
        case "epow":
            base, exponent = t.args
            yield base
            yield from _made(op.entry_power, base, exponent + ONE)
        case "kron" if len(t.args) == 2:
            yield from _made(op.kron, t.args[1], t.args[0])
            one, other = t.args
            yield from _made(op.kron, one.T, other)
            yield from _made(op.kron, one, other.T)
        case "entry" if len(t.args) == 3 and same_size(*t.args[0].shape):
            yield rebuild(t, (t.args[0], t.args[2], t.args[1]))
        case "sum" | "prod":
            body, index, low, high = t.args
            for ends in ((low, high + ONE), (low, high - ONE), (low + ONE, high), (low - ONE, high)):
                yield rebuild(t, (body, index, *ends))


def _other_powers(base: Term, exponent: Term) -> Iterator[Term]:
    """A power with another exponent; of a deviation, one power of the variance more or less."""
    whole = exponent.head == "num"
    yield from (power(base, number(exponent.data + k) if whole else exponent + k) for k in (1, -1))
    if whole and base.head == "sym" and str(base.data[0]).startswith(_DEVIATIONS) and exponent.data % 2 == 0:
        yield from (power(base, number(exponent.data + k)) for k in (2, -2))
    if not whole:
        yield power(base, -exponent)


def _other_summand(t: Term) -> Iterator[Term]:
    """A sum with one of its summands changed; a product in its place."""
    for k, part in enumerate(t.args):
        yield _with(t, k, -part)
        yield _with(t, k, mul(as_term(2), part))
        yield _with(t, k, mul(HALF, part))
    if len(t.args) == 2:
        yield from _made(mul, *t.args)
    for k, part in enumerate(t.args) if t.shape[1] == 1 and not t.is_scalar else ():
        factor, column = (part.args[0], mul(*part.args[1:])) if part.head == "mul" else (ONE, part)
        yield from (_with(t, k, mul(factor, squared)) for squared in _made(op.entry_power, column, 2))


def _throughout(t: Term) -> Iterator[Term]:
    """`P D P^{-1}` for `P^{-1} D P`, `X X^T` for `X^T X`: a matrix changes places with its inverse or its transpose."""
    turned = dict.fromkeys(s for s in subterms(t) if s.head in {"inv", "trans"} and s.args[0].head == "sym")
    for s in turned:
        yield from _made(_put, t, {s: s.args[0], s.args[0]: s})


def _put(t: Term, table: dict[Term, Term]) -> Term:
    """Parts of a product replaced by others, perhaps of another shape; an error where they do not fit."""
    if t in table or not t.args:
        return table.get(t, t)
    changed = 1 if t.head in _FIRST else len(t.args)  # by what something is differentiated stays
    args = (*(_put(part, table) for part in t.args[:changed]), *t.args[changed:])
    match t.head:
        case "mul" | "add":
            return (mul if t.head == "mul" else add)(*args)
        case "trans" | "inv":
            return args[0].T if t.head == "trans" else args[0].I
        case "mpow":
            return power(*args)
    if any(not same_shape(a.shape, b.shape) for a, b in zip(args, t.args, strict=True)):
        raise ShapeError(f"the parts of {t.head} have other shapes")
    return rebuild(t, args)


def _within(t: Term, count: int, change: Callable[[Term], Iterator[Term]]) -> Iterator[Term]:
    """The term with one of its first parts changed into another of its shape."""
    for k, part in enumerate(t.args[:count]):
        for changed in change(part):
            if same_shape(changed.shape, part.shape):
                yield _with(t, k, changed)


def _with(t: Term, k: int, part: Term) -> Term:
    """A term with one other argument."""
    return rebuild(t, (*t.args[:k], part, *t.args[k + 1 :]))


def _turned_over(t: Term) -> Iterator[Term]:
    """A product with one of its fractions turned over: (n - 1)/n for n/(n - 1)."""
    scalars = [k for k, part in enumerate(t.args) if part.is_scalar]
    below = [k for k in scalars if t.args[k].head == "pow" and t.args[k].args[1] is MINUS_ONE]
    for j, k in itertools.product(below, scalars):
        if k not in below:
            yield _with(_with(t, k, power(t.args[k], MINUS_ONE)), j, t.args[j].args[0])


def _inverted(t: Term) -> Iterator[Term]:
    """A product with the inverse of its matrices."""
    arrays = [part for part in t.args if not part.is_scalar]
    if len(arrays) > 1 and same_size(arrays[0].shape[0], arrays[-1].shape[1]):
        yield from _made(lambda: mul(*(part for part in t.args if part.is_scalar), mul(*arrays).I))


def _other_order(t: Term) -> Iterator[Term]:
    """Matrices of a product changed about, or one of them turned."""
    arrays = [k for k, part in enumerate(t.args) if not part.is_scalar]
    for k, part in ((k, t.args[k]) for k in arrays):
        yield from _made(mul, *t.args[:k], part.T, *t.args[k + 1 :])
    for a, b in itertools.pairwise(arrays):
        args = list(t.args)
        args[a], args[b] = args[b], args[a]
        yield from _made(mul, *args)
        turned = list(args)
        turned[a], turned[b] = turned[a].T, turned[b].T
        yield from _made(mul, *turned)


def _without_one(t: Term, depth: int = 4) -> Iterator[Term]:
    """The term without one of its summands or factors."""
    if not depth:
        return
    if t.head == "add":
        for k in range(len(t.args)):
            rest = (*t.args[:k], *t.args[k + 1 :])
            yield rest[0] if len(rest) == 1 else rebuild(t, rest)
    elif t.head == "mul":
        for k, part in enumerate(t.args):
            rest = (*t.args[:k], *t.args[k + 1 :])
            if part.is_scalar or part.shape[0] == part.shape[1]:
                yield from _made(mul, *rest) if len(rest) > 1 else rest
    if t.head in {"add", "mul", "pow", "fn", "sum"}:
        yield from _within(t, 1 if t.head == "sum" else len(t.args), lambda part: _without_one(part, depth - 1))


def _with_factors(t: Term, factors: tuple[Term, ...], depth: int) -> Iterator[Term]:
    """The term with a factor more in one of its summands, or below a sum."""
    if not depth:
        return
    for k, part in enumerate(t.args) if t.head == "add" else ():
        for factor in factors:
            yield _with(t, k, mul(factor, part))
            yield _with(t, k, mul(power(factor, MINUS_ONE), part))
    if t.head == "sum":
        inner = [s for s in subterms(t.args[0]) if s.head == "entry" and t.args[1] in s.free and s.is_scalar]
        yield from (_with(t, 0, mul(t.args[0], s)) for s in dict.fromkeys(inner))
    if t.head in {"add", "mul", "fn", "pow", "sum"}:
        yield from _within(t, 1 if t.head == "sum" else len(t.args), lambda part: _with_factors(part, factors, depth - 1))


def tidy(t: Term) -> Term:
    """A changed side as one would write it: the numbers of a product are one number.

    >>> from calcds.expr.kinds import Real
    >>> x = Real.symbol("x")
    >>> print(tidy(mul(MINUS_ONE, MINUS_ONE, x) + mul(x, ONE)), tidy(mul(number(2), number(3), x)))
    x + x 6*x
    """
    args = tuple(tidy(part) for part in t.args)
    if t.head == "pow" and args[1] is ONE:
        return args[0]
    if t.head != "mul":
        return t if args == t.args else rebuild(t, args)
    factor = math.prod((part.data for part in args if part.head == "num"), start=ONE.data)
    rest = tuple(part for part in args if part.head != "num")
    return mul(*(() if factor == 1 and rest else (number(factor),)), *rest)


def is_misprint(printed: str, right: str) -> bool:
    """Whether a number of some length is another one with one sign changed, lost or too many.

    >>> is_misprint("0.0515", "0.00515"), is_misprint("128", "1283"), is_misprint("2", "9"), is_misprint("-48", "48")
    (True, True, False, True)
    """
    short, long = sorted((printed, right), key=len)
    if len(long) - len(short) > 1 or len(long) <= len("99"):
        return False
    k = next((j for j, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[k + (len(short) == len(long)) :] == long[k + 1 :]
