"""Forward mode: the differential of a term in a direction.

    differential(y, x, dx)      d(A x + b) = A dx

The result is linear in dx and has the shape of y.

Imports: calcds.expr, calcds.diff.{differentials, linear}.
"""

from __future__ import annotations

from calcds.diff.differentials import NONLINEAR
from calcds.diff.linear import LINEAR
from calcds.errors import NoRule
from calcds.expr.operators import zeros
from calcds.expr.term import BINDERS, CONDITIONS, MINUS_ONE, ZERO, Term, add, mul, power


def differential(y: Term, x: Term, dx: Term) -> Term:
    """The differential of y when x moves by dx. Raises NoRule for a head without a rule.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x, dx = Matrix[n, n].symbol("A"), Vector[n].symbol("x"), Vector[n].symbol("dx")
    >>> print(differential(A*x, x, dx))
    A*dx
    """
    done: dict[Term, Term] = {x: dx}
    stack = [y]
    while stack:
        t = stack[-1]
        if t in done:
            stack.pop()
        elif x not in t.free:
            done[t] = nothing(t)
        elif missing := [a for a in t.args if a not in done and a.head not in CONDITIONS]:
            stack.extend(missing)
        else:
            done[t] = _moved(t, x, done)
            stack.pop()
    return done[y]


def nothing(t: Term) -> Term:
    """Zero in the shape of a term."""
    return ZERO if t.is_scalar else zeros(*t.shape)


def _moved(t: Term, x: Term, done: dict[Term, Term]) -> Term:
    """d(t) from the differentials of its arguments."""
    moving = [k for k, a in enumerate(t.args) if x in a.free]
    if t.head == "add":
        return add(*(done[t.args[k]] for k in moving))
    if t.head in NONLINEAR:
        if t.head in {"grad", "at"}:
            moving = [k for k in moving if k == len(t.args) - 1]
        return add(*(NONLINEAR[t.head].rule(t, k, done[t.args[k]]) for k in moving))
    if t.head == "piecewise":
        args = tuple(a if k % 2 else done[a] for k, a in enumerate(t.args))
        return Term("piecewise", args, None, t.shape)
    if t.head == "matrix":
        return Term("matrix", tuple(done[a] for a in t.args), t.data, t.shape)
    if t.head == "mul":
        return add(*(mul(*t.args[:k], done[t.args[k]], *t.args[k + 1 :]) for k in moving))
    if t.head in ("sum", "build", "integral"):
        return _under_binder(t, x, done)
    if t.head == "prod":
        body, i, low, high = t.args
        _fixed_bounds(t, x)
        return mul(t, Term("sum", (mul(done[body], power(body, MINUS_ONE)), i, low, high)))
    if t.head == "entry":
        if any(k > 0 for k in moving):
            raise NoRule("differentiate", f"{t} in its index")
        return Term("entry", (done[t.args[0]], *t.args[1:]))
    if t.head in LINEAR:
        return add(*(Term(t.head, (*t.args[:k], done[t.args[k]], *t.args[k + 1 :]), t.data, t.shape) for k in moving))
    raise unknown(t)


def unknown(t: Term) -> NoRule:
    """The refusal for a head without a rule."""
    said = str(t)
    shown = said if len(said) < 80 else said[:77] + "..."
    return NoRule("differentiate", f"`{t.head}` in {shown}", "write it with other words of calcds.notation")


def _fixed_bounds(t: Term, x: Term) -> None:
    for bound in t.args[1 + BINDERS[t.head] :]:
        if x in bound.free:
            raise NoRule("differentiate", f"{t} in its bounds")


def _under_binder(t: Term, x: Term, done: dict[Term, Term]) -> Term:
    body, *rest = t.args
    if t.head == "integral":
        variable, low, high = rest
        parts = [Term("integral", (done[body], *rest))] if x in body.free else []
        for sign, bound in ((1, high), (-1, low)):
            if x in bound.free:
                at_bound = Term("at", (body, variable, bound))
                parts.append(mul(at_bound, done[bound]) if sign > 0 else mul(-1 * at_bound, done[bound]))
        return add(*parts) if len(parts) > 1 else parts[0]
    _fixed_bounds(t, x)
    return Term(t.head, (done[body], *rest), t.data, t.shape)
