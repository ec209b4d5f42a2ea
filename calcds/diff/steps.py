"""The reverse sweep as a derivation: each line is the gradient, carried back through one more operation.

    grad(f, x)  =  pullback(2*r, X*w - y, w)  =  2*X.T*r

A line is the sum of `pullback(adjoint, node, x)` over everything that still waits to be carried back, so every line
equals the one above and `calcds verify` checks it. The reason is the differential that was used.

Imports: calcds.expr, calcds.diff.
"""

from __future__ import annotations

from dataclasses import dataclass

from calcds.diff import convention, gradient, writing
from calcds.diff.differentials import NONLINEAR, sentence
from calcds.diff.linear import LINEAR
from calcds.diff.normal import new_context, normal
from calcds.expr.operators import grad, pullback
from calcds.expr.term import Term, add


@dataclass(frozen=True, slots=True)
class Step:
    """A line and the reason it equals the line above ("" for the first)."""

    value: Term
    reason: str


def steps(f: Term, x: Term) -> list[Step]:
    """The gradient of f in x, line by line.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> for step in steps(x.T*A*x, x):
    ...     print(step.value)
    grad(x.T*A*x, x)
    pullback(x.T*A.T, x.T, x) + A.T*x
    (A + A.T)*x
    """
    lines = [Step(grad(f, x), "")]
    start = normal(f)
    if start is not f:
        lines.append(Step(grad(start, x), "the same function, written shorter"))
    watched: list[tuple[Term, dict[Term, Term]]] = []
    found = gradient(f, x, new_context(), lambda node, _, pending: watched.append((node, dict(pending))))
    reasons: list[str] = []
    for node, pending in watched:
        if (said := _reason(node)) not in reasons:
            reasons.append(said)
        if node.head in ("add", "trans") and node is not watched[-1][0]:
            continue  # no line of its own: the reason joins the next one
        value = add(*(normal(g) if t is x else pullback(normal(g), t, x) for t, g in pending.items()))
        if value is not lines[-1].value:
            lines.append(Step(value, "; ".join(r for r in reasons if r)))
        reasons = []
    if found is not lines[-1].value:
        lines.append(Step(found, convention(x) or "collect"))
    return lines


def _reason(node: Term) -> str:
    if node.head in LINEAR and node.head not in NONLINEAR:
        return LINEAR[node.head][1]
    return sentence(node) or "under the sum"


def derivation_file(f: Term, x: Term) -> str:
    """The steps as a derivation file that `calcds verify` reads."""
    lines = steps(f, x)
    said = convention(x)
    if said and lines[-1].reason == said:  # `grad` on the blackboard has independent entries: the projection is no equality
        lines.pop()
    sentence_ = "Each line carries the gradient back through one more operation." + (f" Then: {said}." if said else "")
    one = (f"gradient_in_{x.data[0]}", f"The gradient in {x.data[0]}", sentence_, [(s.value, s.reason) for s in lines])
    return writing.derivation_file("Written by `calcds gradient --steps`.", [one])
