"""The deciders that are compared: calcds, and today's common practice in SymPy and float64.

Each takes a claim and answers one of the words of the table. Imports of calcds stay inside `calcds_verdict`.
"""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp

from benchmarks.decide.compare import TROUBLE, gap_in, is_rough
from benchmarks.decide.model import Claim
from benchmarks.decide.point import points

FLOAT_POINTS = 5


def calcds_verdict(claim: Claim) -> str:
    """The outcome of `calcds.decide`."""
    import calcds

    left, right, given = claim
    return str(calcds.decide(left, right, given).outcome)


def difference(claim: Claim) -> Any:
    """Left minus right; the claim as one condition, where the sides are conditions."""
    left, right, _ = claim
    if isinstance(left, sp.logic.boolalg.Boolean):
        return sp.Equivalent(left, right)
    return left - right


def simplify_verdict(claim: Claim) -> str:
    """`simplify(left - right) == 0`; a number other than 0 is a refutation."""
    found = sp.simplify(difference(claim))
    if found == 0 or found is sp.true or getattr(found, "is_ZeroMatrix", False):
        return "proved"
    if found is sp.false or (isinstance(found, sp.Expr) and found.is_number and found.is_zero is False):
        return "refuted"
    return "undecided"


def equals_verdict(claim: Claim) -> str:
    """`.equals` of the two sides."""
    left, right, _ = claim
    answer = left.equals(right) if not isinstance(left, sp.logic.boolalg.Boolean) else simplified_condition(claim)
    return "undecided" if answer is None else "proved" if answer else "refuted"


def simplified_condition(claim: Claim) -> bool | None:
    """A claim of two conditions has no `.equals`: `simplify` of their equivalence stands in."""
    found = sp.simplify(difference(claim))
    return bool(found) if found in (sp.true, sp.false) else None


def float_verdict(claim: Claim) -> str:
    """Five random points in float64 and `allclose` with 1e-5: supported or refuted, never proved."""
    agreed = 0
    for point in points(claim, "float64", 1 if is_rough(claim) else FLOAT_POINTS):
        try:
            if float(gap_in(mpmath.fp, claim, point)) > 1e-5:
                return "refuted"
            agreed += 1
        except (*TROUBLE, AttributeError, NotImplementedError):
            continue
    return "supported" if agreed else "undecided"


DECIDERS = {
    "calcds": calcds_verdict,
    "simplify": simplify_verdict,
    "equals": equals_verdict,
    "float64": float_verdict,
}
