"""Limits, integrals and infinite sums put in closed form, so that the numerical reading can look at a claim at all.

Each such node is replaced by the normal form that the exact stages give it. The two are equal wherever both are
defined, so a point at which the resolved claim is refuted refutes the claim itself, provided that the node has a value
there: a limit or an integral that was put in closed form has one under the hypotheses used. Where the value depends on a
sign that the hypotheses leave open, the first case in which there is one is taken, positive before negative: the resolved
question has one more hypothesis, so that a point may refute the claim, and none supports it.

Imports: calcds.decide.
"""

from __future__ import annotations

from calcds.decide.asking import NeedBoundary, NeedCase, condition_of
from calcds.decide.field import TooBig, is_limited
from calcds.decide.question import Question
from calcds.decide.session import with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.term import Term, replace, subterms

CASES = 2  # signs that are supposed to find a value
ANALYTIC = frozenset({"limit", "integral"})


def resolve(question: Question) -> Question | None:
    """The question with limits, integrals and infinite sums in closed form; None if nothing could be resolved."""
    closed: dict[Term, Term] = {}
    given = question.given
    for side in (question.left, question.right):
        for node in subterms(side):
            if node not in closed and _is_analytic(node) and node.free <= side.free:
                found = _closed_form(node, given)
                if found is not None:
                    closed[node], given = found
    if not closed:
        return None
    return Question(replace(question.left, closed), replace(question.right, closed), given)


def _is_analytic(node: Term) -> bool:
    if node.head in ANALYTIC:
        return True
    return node.head == "sum" and any(n.head == "const" and n.data in ("oo", "-oo") for b in node.args[2:] for n in subterms(b))


_KNOWN: dict[tuple[Term, tuple[Term, ...]], tuple[Term, tuple[Term, ...]] | None] = {}
_KEPT = 200  # nodes: a claim is asked about in many ways, each with the same integrals


def _closed_form(node: Term, given: tuple[Term, ...]) -> tuple[Term, tuple[Term, ...]] | None:
    """The value of a node, and the hypotheses with which it has it; worked out once."""
    key = (node, given)
    if key in _KNOWN:
        return _KNOWN[key]
    found = _worked_out(node, given, CASES)
    if found is not None or not is_limited():
        if len(_KNOWN) >= _KEPT:
            _KNOWN.clear()
        _KNOWN[key] = found
    return found


def _worked_out(node: Term, given: tuple[Term, ...], depth: int) -> tuple[Term, tuple[Term, ...]] | None:
    """The value of a node, and the hypotheses with which it has it."""
    try:
        value = with_session(given, (node, *given), lambda s: s(node).term)
    except NeedCase as split:
        cases = split.cases if depth else ()
        found = (_worked_out(node, (*given, condition_of(split.term, signs)), depth - 1) for signs in cases)
        return next((one for one in found if one is not None), None)
    except (NoRule, TooBig, NeedBoundary, Undefined, RecursionError):
        return None
    return None if any(_is_analytic(n) for n in subterms(value)) else (value, given)
