"""Functions with a body, written out: applyfunc(Lambda(u, u**2)) becomes an entrywise square.

Imports: calcds.expr, calcds.diff.{lifting, forward}.
"""

from __future__ import annotations

from calcds.diff.forward import differential
from calcds.diff.lifting import lifted
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import ONE, SCALAR, Term, substitute


def inlined(term: Term) -> Term:
    """The term with every function written out by its body, where that has an entrywise form.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> f, x = named("f", lambda u: u**2 + 1), Vector[n].symbol("x")
    >>> print(inlined(f(x)))
    entry_power(x, 2) + ones(n)
    """
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
            done[t] = _written_out(same) or same
            stack.pop()
    return done[term]


def _written_out(t: Term) -> Term | None:
    if t.head != "apply" or not isinstance(t.data, FunctionSymbol) or t.data.body is None:
        return None
    parameters, body = t.data.body
    for k, times in enumerate(t.data.order):
        for _ in range(times):
            body = differential(body, parameters[k], ONE)
    table = dict(zip(parameters, t.args, strict=True))
    if not t.data.entrywise or t.shape == SCALAR:
        return substitute(body, table)
    return lifted(body, table, t.shape)
