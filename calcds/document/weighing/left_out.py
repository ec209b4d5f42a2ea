r"""Inverses that exist for matrices with more rows than columns only: `(X^T X - x_i x_i^T)^{-1}`, where one row is left out.

Authors say that X has full column rank, and mean that it still has without the row: there are more rows than columns. A claim
with an inverse that exists for no X with as many rows as columns is decided for taller ones.

Imports: calcds.decide, calcds.expr.
"""

from __future__ import annotations

from dataclasses import replace

from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
from calcds.expr.term import Term, as_term, relation

_SINGULAR = "is singular for every value of its variables when"


def for_taller_ones(verdict: Verdict, left: Term, right: Term, given: tuple[Term, ...], timeout: float) -> Verdict:
    """A verdict on a claim with an inverse that exists for no square X of full rank, decided for those with more rows."""
    if verdict.outcome is not Outcome.MALFORMED or _SINGULAR not in verdict.detail:
        return verdict
    tall = {s.shape for s in left.free | right.free if not s.is_scalar and s.data[1].has("full column rank")}
    if len(tall) != 1 or any(isinstance(length, int) for shape in tall for length in shape):
        return verdict
    ((rows, columns),) = tall
    found = engine.decide_terms(left, right, (*given, relation(">", as_term(rows), as_term(columns))), timeout)
    if found.outcome not in {Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED}:
        return verdict
    return replace(found, conditions=(*found.conditions, f"{rows} > {columns}"))


__all__ = ["for_taller_ones"]
