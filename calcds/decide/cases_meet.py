"""The derivative of a case distinction at a point where two of its cases meet.

The point lies on the boundary of two cases, so that neither of them alone says what happens on both sides of it.

Imports: calcds.expr, calcds.decide.session, .asking.
"""

from __future__ import annotations

from calcds.decide.asking import NeedBoundary, NeedCase, condition_of
from calcds.decide.facts import NEG, POS
from calcds.decide.field import TooBig
from calcds.decide.session import Session, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Real
from calcds.expr.term import Term, substitute, subterms


def slope_where_cases_meet(marker: Term, given: tuple[Term, ...], *, closed: bool) -> Term | None:
    """The derivative of a case distinction at a point where two of its cases meet; None if it does not exist there.

    It exists if the two cases have the same value and the same slope there, whichever of them holds nearby. It does not
    if one of these differs and the condition changes its truth at the point. Anything else is left open.
    """
    inner, u, point = marker.args if marker.head == "at" else (marker, None, marker.args[1])
    function, place = inner.args
    if place.head != "sym":
        raise NoRule("differentiate where cases meet", str(function))
    u = Real.symbol(place.data[0] + "~")  # the variable near the point; the hypotheses speak of the point itself
    function = substitute(function, {place: u})
    p = _meeting(function, u, point, given, closed=closed)
    there = {u: point}
    near_point, sides = function, []
    if not _has_value(substitute(function, there), given, closed=closed):
        return None

    def look(s: Session) -> tuple[Term, Term]:
        value = s.normal(function).term
        return value, s(Term("deriv", (value, u))).term

    for sign in (POS, NEG):
        near = (*given, condition_of(p, sign))
        try:
            sides.append(with_session(near, (function, *near), look, closed=closed))
        except (NeedCase, NeedBoundary, Undefined):
            return _slope_at_rest(function, p, u, point, given, closed=closed)
    (above, slope_above), (below, slope_below) = sides

    above, slope_above, below, slope_below, function = (
        substitute(t, there) for t in (above, slope_above, below, slope_below, function)
    )

    def meet(s: Session) -> bool | None:
        here = s.normal(function)
        gaps = [s.field.reduce(d) for d in (s(above) - here, s(below) - here, s(slope_above) - s(slope_below))]
        open_gaps = [g for g in gaps if not s.vanishes(g)]
        if not any(s.normal.is_nonzero(g) for g in open_gaps):  # asks for cases
            return True
        moves = s.normal.is_nonzero(s(Term("at", (Term("deriv", (p, u)), u, point))))
        return False if moves else None  # both sides are met on the way through the point, if p moves

    try:
        meets = with_session(given, (function, *given), meet, closed=closed)
    except (NeedBoundary, Undefined):
        raise NoRule("differentiate where cases meet", str(function)) from None
    if meets is None:
        return _slope_at_rest(near_point, p, u, point, given, closed=closed)
    return slope_above if meets else None


def _has_value(term: Term, given: tuple[Term, ...], *, closed: bool) -> bool:
    """False where a term is known to be undefined."""
    try:
        with_session(given, (term, *given), lambda s: s(term), closed=closed)
    except Undefined:
        return False
    except (NeedCase, NeedBoundary, NoRule, TooBig):
        return True
    return True


def _slope_at_rest(
    function: Term, p: Term, u: Term, point: Term, given: tuple[Term, ...], *, closed: bool
) -> Term:  # fmt: skip
    """The derivative at a point around which p stays 0 as u varies, so that one case holds all around the point.

    Asks for the sign of the slope of p, where that is what is missing to tell.
    """
    slope_of_p = Term("at", (Term("deriv", (p, u)), u, point))

    def look(s: Session) -> Term | None:
        return s(Term("deriv", (s.normal(function).term, u))).term if s.vanishes(s(p)) else None

    try:
        moves = with_session(given, (p, *given), lambda s: s.normal.is_nonzero(s(slope_of_p)), closed=closed)
    except (NeedBoundary, Undefined):
        moves = True
    try:
        slope = None if moves else with_session(given, (function, *given), look, closed=closed)
    except (NeedCase, NeedBoundary, Undefined):
        slope = None
    if slope is None:
        raise NoRule("differentiate where cases meet", str(function)) from None
    return substitute(slope, {u: point})


def _meeting(function: Term, u: Term, point: Term, given: tuple[Term, ...], *, closed: bool) -> Term:
    """The quantity whose sign changes at the point: the condition of a case that is an equation there."""
    for condition in subterms(function):
        if condition.head == "rel" and condition.args[0].is_scalar and u in condition.free:
            p = condition.args[0] - condition.args[1]
            here = substitute(p, {u: point})
            if with_session(given, (here, *given), lambda s, here=here: s.vanishes(s(here)), closed=closed):  # type: ignore[misc]
                return p
    raise NoRule("find where cases meet in", str(function))
