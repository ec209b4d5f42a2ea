r"""Integrals that have a value for some signs only: `\int_0^\infty \lambda e^{-\lambda x} dx = 1` is about \lambda > 0.

Authors do not say that a rate is positive where the integral would diverge otherwise. Such a claim is decided where its
integrals have closed forms, and holds there at most: it is supported, with the sign as its condition.

Imports: calcds.decide, calcds.expr.
"""

from __future__ import annotations

from dataclasses import replace

from calcds.decide import engine
from calcds.decide.question import Question
from calcds.decide.resolve import resolve
from calcds.decide.verdict import Outcome, Verdict
from calcds.expr.term import Term, subterms

_INFINITE = {"oo", "-oo"}


def where_it_has_a_value(verdict: Verdict, left: Term, right: Term, given: tuple[Term, ...], timeout: float) -> Verdict:
    """A verdict that is open on a claim about improper integrals, decided for the signs that give them a value."""
    if verdict.outcome is not Outcome.UNDECIDED or not any(map(_is_improper, (*subterms(left), *subterms(right)))):
        return verdict
    resolved = resolve(Question(left, right, given))
    more = () if resolved is None else resolved.given[len(given) :]
    if resolved is None or not more:
        return verdict
    found = engine.decide_terms(resolved.left, resolved.right, resolved.given, timeout)
    if found.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
        return verdict
    where = " and ".join(map(str, more))
    said = f"it holds where {where}; elsewhere the integral was not found to have a value"
    return replace(found, outcome=Outcome.SUPPORTED, detail=said, conditions=(*found.conditions, where))


def _is_improper(t: Term) -> bool:
    return t.head == "integral" and any(b.head == "const" and b.data in _INFINITE for one in t.args[2:] for b in subterms(one))
