"""Limits, integrals and infinite sums put in closed form, so that the numerical reading can look at a claim at all.

Each such node is replaced by the normal form that the exact stages give it. The two are equal wherever both are
defined, so a point at which the resolved claim is refuted refutes the claim itself, provided that the node has a value
there: a limit or an integral that was put in closed form has one under the hypotheses used.

Imports: calcds.decide.prover.
"""

from __future__ import annotations

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.field import TooBig
from calcds.decide.question import Question
from calcds.decide.session import with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.term import Term, replace, subterms

ANALYTIC = frozenset({"limit", "integral"})


def resolve(question: Question) -> Question | None:
    """The question with limits, integrals and infinite sums in closed form; None if nothing could be resolved."""
    closed: dict[Term, Term] = {}
    for side in (question.left, question.right):
        for node in subterms(side):
            if node not in closed and _is_analytic(node) and node.free <= side.free:
                value = _closed_form(node, question.given)
                if value is not None:
                    closed[node] = value
    if not closed:
        return None
    return Question(replace(question.left, closed), replace(question.right, closed), question.given)


def _is_analytic(node: Term) -> bool:
    if node.head in ANALYTIC:
        return True
    return node.head == "sum" and any(n.head == "const" and n.data in ("oo", "-oo") for b in node.args[2:] for n in subterms(b))


def _closed_form(node: Term, given: tuple[Term, ...]) -> Term | None:
    try:
        value = with_session(given, (node, *given), lambda s: s(node).term)
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined, RecursionError):
        return None
    return None if any(_is_analytic(n) for n in subterms(value)) else value
