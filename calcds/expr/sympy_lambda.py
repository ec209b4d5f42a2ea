"""Functions applied entry by entry, written with whole matrices: `(u -> u**2 + 1)(A)` is `A**2 (entrywise) + ones`.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.operators import apply, entry_power, hadamard, ones
from calcds.expr.term import ONE, Term, add, mul


class _NotWhole(Exception):
    """The function cannot be written with whole matrices."""


def entry_by_entry(body: Term, u: Term, matrix: Term, fresh: Callable[[str], str]) -> Term:
    """The body as a function of u, applied to every entry of a matrix.

    A body that cannot be written with whole matrices, such as a case distinction, becomes a named function.
    """
    if matrix.is_scalar:
        from calcds.expr.term import substitute

        return substitute(body, {u: matrix})
    try:
        return _whole(body, u, matrix)
    except _NotWhole:
        return apply(FunctionSymbol(fresh("phi"), body=((u,), body)), matrix)


def _whole(t: Term, u: Term, matrix: Term) -> Term:
    """The value of t at every entry, as a matrix."""
    if u not in t.free:
        return mul(t, ones(*matrix.shape)) if t is not ONE else ones(*matrix.shape)
    if t is u:
        return matrix
    match t.head:
        case "add":
            return add(*(_whole(a, u, matrix) for a in t.args))
        case "mul":
            scalars = [a for a in t.args if u not in a.free]
            parts = [_whole(a, u, matrix) for a in t.args if u in a.free]
            return mul(*scalars, hadamard(*parts)) if scalars else hadamard(*parts)
        case "pow" if u not in t.args[1].free:
            return entry_power(_whole(t.args[0], u, matrix), t.args[1])
        case "fn":
            return fn(t.data, *(_whole(a, u, matrix) if u in a.free else a for a in t.args))
        case "apply" if t.data.entrywise:
            return apply(t.data, *(_whole(a, u, matrix) if u in a.free else a for a in t.args))
        case "deriv" if (prime := primed(t, {u: u})) is not None:
            return _whole(prime, u, matrix)
    raise _NotWhole


def primed(t: Term, values: Mapping[Term, Term]) -> Term | None:
    """f'(value) for the derivative of an undefined f in its own arguments at values, or None where it is not that."""
    if t.head != "deriv" or t.args[0].head != "apply" or not t.args[0].data.entrywise:
        return None
    inner, *places = t.args
    arguments = inner.args
    plain = len(set(arguments)) == len(arguments) and all(a.head == "sym" or not a.free for a in arguments)
    if not plain or not set(places) <= set(arguments) or not set(values) <= set(arguments):
        return None
    f = inner.data
    for place in places:
        f = f.prime(arguments.index(place))
    return apply(f, *(values.get(a, a) for a in arguments))
