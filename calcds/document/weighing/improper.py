r"""Integrals that have a value for some signs only: `\int_0^\infty \lambda e^{-\lambda x} dx = 1` is about \lambda > 0.

Authors do not say that a rate is positive where the integral would diverge otherwise. Such a claim is decided where its
integrals have closed forms, and holds there at most: it is supported, with the sign as its condition. Nor do they say that a
width is positive, `\int_{-\infty}^\infty e^{-x^2/(2\sigma^2)} dx = \sqrt{2\pi}\,\sigma`, for which -\sigma would do as well.

Imports: calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
from dataclasses import replace

from calcds.decide import engine
from calcds.decide.question import Question
from calcds.decide.resolve import resolve
from calcds.decide.verdict import Outcome, Verdict
from calcds.expr.term import Term, subterms

_SIGNS = re.compile(r"(.+) (?:is|are) (?:positive|nonnegative)")
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


def to_be_positive(holds_if: str, left: Term, right: Term) -> Term | None:
    """The parameter of an improper integral that has to be positive for a claim to hold; None where more is missing."""
    found = _SIGNS.fullmatch(holds_if)
    if found is None or not any(map(_is_improper, (*subterms(left), *subterms(right)))):
        return None
    return next((s for s in left.free & right.free if s.is_scalar and str(s) == found[1]), None)


def is_about_another(holds_if: str, printed: tuple[Term, Term]) -> bool:
    r"""Whether a claim lacks the sign of a name that only formulas for its names bring in: of data, which are what they are.

    `\sqrt{\hat\beta^2} = \hat\beta`, where `\hat\beta = 2/\bar x`, holds for data with a positive mean.
    """
    found = _SIGNS.fullmatch(holds_if)
    names = {str(s) for side in printed for s in side.free}
    return found is not None and not names.issuperset(re.split(r", | and ", found[1]))


def _is_improper(t: Term) -> bool:
    return t.head == "integral" and any(b.head == "const" and b.data in _INFINITE for one in t.args[2:] for b in subterms(one))
