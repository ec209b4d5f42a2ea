"""SymPy's assumptions and calcds' kinds: the same hypotheses in two languages.

A SymPy symbol without assumptions is Real; an assumption that no kind can say is refused, because a claim decided on a
larger domain than the author's could be refuted by a point the author excluded.

Imports: calcds.expr.term, calcds.expr.kinds, SymPy.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from calcds.errors import Malformed, NoRule
from calcds.expr import kinds
from calcds.expr.kinds import Kind, closure
from calcds.expr.term import SCALAR, Size

SCALAR_FACTS = ("positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "rational", "even", "odd", "real")
_SCALAR_KINDS = {
    kind.facts: kind
    for kind in (
        kinds.Real, kinds.Complex, kinds.Positive, kinds.Negative, kinds.Nonnegative, kinds.Nonpositive, kinds.Nonzero,
        kinds.Integer, kinds.Natural, kinds.PositiveInteger, kinds.Even, kinds.Odd,
    )
}  # fmt: skip

# facts of matrices in the order in which they name a kind: the strongest first
_FAMILIES = {
    "positive definite": kinds.PositiveDefinite,
    "positive semidefinite": kinds.PositiveSemidefinite,
    "orthogonal": kinds.Orthogonal,
    "projection": kinds.Projection,
    "diagonal": kinds.Diagonal,
    "symmetric": kinds.Symmetric,
    "antisymmetric": kinds.Antisymmetric,
    "invertible": kinds.Invertible,
    "lower triangular": kinds.LowerTriangular,
    "upper triangular": kinds.UpperTriangular,
}
_RECTANGULAR = {"full column rank": kinds.FullRank, "orthonormal columns": kinds.Orthonormal}


def scalar_kind(symbol: Any, extra: frozenset[str] = frozenset()) -> Kind:
    """The kind that says what the assumptions of a SymPy symbol say.

    >>> scalar_kind(sp.Symbol("x")), scalar_kind(sp.Symbol("k", integer=True, positive=True))
    (Real, PositiveInteger)

    Raises NoRule for an assumption no kind can say, such as irrational=True.
    """
    stated = symbol._assumptions_orig
    facts = {fact for fact in SCALAR_FACTS if getattr(symbol, f"is_{fact}")} | extra
    if stated.get("complex") and "real" not in closure(frozenset(facts)):
        facts |= {"complex"} | ({"nonzero"} if symbol.is_zero is False else set())
    elif symbol.is_zero is False:
        facts |= {"nonzero", "real"}
    kind = kind_of_facts(frozenset(facts))
    canonical = sp.Symbol("x", **assumptions(kind))
    for assumption, value in stated.items():
        if getattr(canonical, f"is_{assumption}") is not value:
            raise NoRule("read", f"the assumption {assumption}={value} of {symbol}", "state a kind of calcds.notation instead")
    return kind


def kind_of_facts(facts: frozenset[str]) -> Kind:
    """The scalar kind with exactly these facts and what follows from them."""
    whole = closure(facts | (frozenset() if "complex" in facts else frozenset({"real"})))
    if (known := _SCALAR_KINDS.get(whole)) is not None:
        return known
    implied = {f for fact in whole for f in closure(frozenset({fact})) - {fact}}
    word = "".join(fact.capitalize() for fact in sorted(whole - implied - {"real"}))
    return Kind(word, SCALAR, whole)


def assumptions(kind: Kind) -> dict[str, bool]:
    """The assumptions of a SymPy symbol of this kind."""
    if kind.has("complex"):
        return {"complex": True} | ({"zero": False} if kind.has("nonzero") else {})
    return {fact: True for fact in SCALAR_FACTS if kind.has(fact)} or {"real": True}


def matrix_kind(rows: Size, columns: Size, facts: frozenset[str] = frozenset()) -> Kind:
    """The kind of a matrix of real numbers of this shape with these facts."""
    whole = closure(facts | {"real"})
    if columns == 1 and rows != 1:
        plain = kinds.Vector[rows]
    elif rows == 1 and columns != 1:
        plain = kinds.RowVector[columns]
    else:
        plain = kinds.Matrix[rows, columns]
    if whole == plain.facts:
        return plain
    if "square" in whole and rows is not columns and rows != columns:
        raise Malformed(f"a {rows} x {columns} matrix cannot be {', '.join(sorted(facts))}: it is not square")
    for fact, family in _FAMILIES.items():
        if fact in whole and family.facts == whole:
            return family[rows]
    for fact, family in _RECTANGULAR.items():
        if fact in whole and family.facts == whole:
            return family[rows, columns]
    implied = {f for fact in whole for f in closure(frozenset({fact})) - {fact}}
    word = "".join(w.capitalize() for fact in sorted(whole - implied - {"real"}) for w in fact.split())
    return Kind(word, plain.shape, whole, (rows,) if "square" in whole else plain.sizes)
