r"""Steps of gradient descent on a function with a formula: `x_{k+1} = (1 - 2\eta) x_k` for f(x) = x^2.

    x_{k+1} = x_k - \eta f'(x_k)      of several variables, each by its own partial derivative

A section that speaks of gradient descent means this rule, printed or not. An equation for the next member of a variable looks
like the definition of a sequence; it is proved where it is this step, with whatever letter the text has for the step size. Any
other equation is another method, or a mistake, and is left as a definition.

Imports: calcds.decide, calcds.document, calcds.errors, calcds.expr.
"""

from __future__ import annotations

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.source.latex import Node
from calcds.document.source.members import member_of
from calcds.document.source.names import opened, shown
from calcds.document.weighing.deciding import Decider
from calcds.document.words.scope import Function, Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import MINUS_ONE, Term, add, mul, substitute

_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}


def descending(head: Node, value: Term, scope: Scope, decider: Decider) -> Verdict | None:
    """A proof that a formula for the next member is a step of gradient descent on a function; None where it is none."""
    member = member_of(opened(head)) if scope.section in scope.descends_in and value.is_scalar else None
    if member is None or not member.letter or member.offset != 1 or member.rest:
        return None
    free = {str(s.data[0]): s for s in value.free}
    for f in sorted(scope.functions.values(), key=lambda f: -f.at):
        if f.body is None or not scope.is_here(f.section) or not all(p.is_scalar for p in f.parameters):
            continue
        places = {p: free.get(f"{p}_{member.letter}", Real.symbol(f"{p}_{member.letter}")) for p in f.parameters}
        own = next((p for p in f.parameters if str(p.data[0]) == shown(member.key)), None)
        sizes = value.free - set(places.values()) - f.body.free
        if own is None or places[own] not in value.free or len(sizes) != 1:
            continue
        try:
            slope = substitute(op.diff(f.body, own), places)
            step = add(places[own], mul(MINUS_ONE, *sizes, slope))
            if decider.ask(step, value).outcome in _GOOD:
                return Verdict(Outcome.PROVED, "solution", f"it is a step of gradient descent on {_shown(f)}")
        except (CalcdsError, ArithmeticError, RecursionError):
            continue
    return None


def _shown(f: Function) -> str:
    return f"{shown(f.name)}({', '.join(map(str, f.parameters))})"


__all__ = ["descending"]
