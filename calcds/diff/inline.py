"""Functions with a body, written out: applyfunc(Lambda(u, u**2)) becomes an entrywise square.

Imports: calcds.expr, calcds.diff.{lifting, forward}.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calcds.diff.forward import differential
from calcds.diff.lifting import lifted
from calcds.diff.normal import normal
from calcds.errors import NoRule
from calcds.expr.kinds import FunctionSymbol, Real
from calcds.expr.term import ONE, SCALAR, Term, substitute


def inlined(term: Term) -> Term:
    """The term with every function written out by its body, where that has an entrywise form.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> f, x = named("f", lambda u: u**2 + 1), Vector[n].symbol("x")
    >>> print(inlined(f(x)))
    entry_power(x, 2) + 1*ones(n)
    """
    return walked(closed(term), _written_out)


def walked(term: Term, rule: Callable[[Term], Term | None]) -> Term:
    """The term rebuilt from below, with a rule that may replace a node."""
    done: dict[Term, Term] = {}
    stack = [term]
    while stack:
        t = stack[-1]
        if t in done:
            stack.pop()
        elif missing := [a for a in t.args if a not in done]:
            stack.extend(missing)
        else:
            args = tuple(done[a] for a in t.args)
            same = t if args == t.args else Term(t.head, args, t.data, t.shape)
            replaced = rule(same)
            done[t] = same if replaced is None else replaced
            stack.pop()
    return done[term]


def _written_out(t: Term) -> Term | None:
    if not _has_body(t):
        return None
    parameters, body = differentiated(t.data)
    table = dict(zip(parameters, t.args, strict=True))
    if not t.data.entrywise or t.shape == SCALAR:
        return substitute(body, table)
    found = lifted(body, table, t.shape)
    if found is not None or not any(t.data.order):
        return found
    return Term("apply", t.args, FunctionSymbol(str(t.data), t.data.arity, body=(parameters, body)), t.shape)


def _has_body(t: Term) -> bool:
    return t.head == "apply" and isinstance(t.data, FunctionSymbol) and t.data.body is not None


def differentiated(f: FunctionSymbol) -> tuple[tuple[Term, ...], Term]:
    """The body after as many derivatives as the symbol asks for."""
    assert f.body is not None
    parameters, body = f.body
    for k, times in enumerate(f.order):
        for _ in range(times):
            body = normal(differential(body, parameters[k], ONE))
    return parameters, body


def closed(term: Term) -> Term:
    """The term with every variable that hides in a function's body as an argument: max(c*u, u) depends on c too."""
    return walked(term, _closed)


def _closed(t: Term) -> Term | None:
    if not _has_body(t):
        return None
    f: FunctionSymbol = t.data
    parameters, body = f.body  # type: ignore[misc]
    hidden = sorted(body.free - set(parameters), key=str)
    if not hidden:
        return None
    if not f.entrywise or any(not h.is_scalar for h in hidden):
        raise NoRule("differentiate", f"{t}, whose body holds the variables {', '.join(map(str, hidden))}", "write it out")
    order = (*(f.order or (0,) * f.arity), *(0 for _ in hidden))
    stand_ins = {h: Real.symbol(f"_{h}") for h in hidden}
    inner = substitute(body, stand_ins)
    wider = FunctionSymbol(f.name, f.arity + len(hidden), body=((*parameters, *stand_ins.values()), inner), order=order)
    return Term("apply", (*t.args, *hidden), wider if any(order) else replace(wider, order=()), t.shape)
