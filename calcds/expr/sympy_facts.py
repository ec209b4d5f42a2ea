"""Hypotheses given as SymPy assumptions, such as `Q.positive_definite(A)` or `x > 0`.

What they say of a single symbol becomes a fact of its kind. What they say of an expression becomes a condition.

Imports: calcds.errors, calcds.expr.term, SymPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.assumptions import AppliedPredicate

from calcds.errors import Malformed, NoRule
from calcds.expr.term import CONDITIONS, Term, as_term

_ZERO = sp.S.Zero


def _relation(build: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda e: build(e, _ZERO, evaluate=False)


# predicate -> (fact of a symbol, the same as a condition on an expression; None: cannot be said)
_SCALARS: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "positive": ("positive", _relation(sp.Gt)),
    "negative": ("negative", _relation(sp.Lt)),
    "nonnegative": ("nonnegative", _relation(sp.Ge)),
    "nonpositive": ("nonpositive", _relation(sp.Le)),
    "nonzero": ("nonzero", _relation(sp.Ne)),
    "extended_positive": ("positive", _relation(sp.Gt)),
    "extended_negative": ("negative", _relation(sp.Lt)),
    "extended_nonnegative": ("nonnegative", _relation(sp.Ge)),
    "extended_nonpositive": ("nonpositive", _relation(sp.Le)),
    "extended_nonzero": ("nonzero", _relation(sp.Ne)),
    "integer": ("integer", None),
    "rational": ("rational", None),
    "even": ("even", None),
    "odd": ("odd", None),
    "real": ("real", None),
    "extended_real": ("real", None),
    "complex": ("complex", None),
}


def _not_singular(e: Any) -> Any:
    return sp.Ne(sp.Determinant(e), 0, evaluate=False)


def _full_rank(e: Any) -> Any:
    return _not_singular(e) if e.is_square else _not_singular(sp.MatMul(sp.Transpose(e), e))


_MATRICES: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "symmetric": ("symmetric", lambda e: sp.Eq(e, sp.Transpose(e), evaluate=False)),
    "invertible": ("invertible", _not_singular),
    "orthogonal": (
        "orthogonal",
        lambda e: sp.Eq(sp.MatMul(sp.Transpose(e), e), sp.Identity(e.shape[0]), evaluate=False),
    ),
    "unitary": ("orthogonal", None),  # matrices are real
    "positive_definite": ("positive definite", sp.Q.positive_definite),
    "diagonal": ("diagonal", lambda e: sp.Eq(e, sp.DiagonalMatrix(e), evaluate=False)),
    "upper_triangular": ("upper triangular", None),
    "lower_triangular": ("lower triangular", None),
    "fullrank": ("full column rank", _full_rank),  # of a tall matrix: independent columns
    "square": ("square", None),
    "integer_elements": ("integer", None),
    "real_elements": ("real", None),
}
_ALWAYS = frozenset({"finite", "commutative", "hermitian"})  # true of everything real
_ALWAYS_CONDITIONS: dict[str, Callable[[Any], Any]] = {
    "zero": _relation(sp.Eq),
    "singular": lambda e: sp.Eq(sp.Determinant(e), 0, evaluate=False),
    "normal": lambda e: sp.Eq(sp.MatMul(e, sp.Transpose(e)), sp.MatMul(sp.Transpose(e), e), evaluate=False),
}
_SIGNS = {">": "positive", "<": "negative", ">=": "nonnegative", "<=": "nonpositive", "!=": "nonzero"}
_BINARY = {"eq": sp.Eq, "ne": sp.Ne, "gt": sp.Gt, "ge": sp.Ge, "lt": sp.Lt, "le": sp.Le}

Facts = dict[Any, set[str]]


def read_given(given: Any) -> tuple[Facts, list[Any]]:
    """Facts of symbols, and the conditions that remain (SymPy relations or terms).

    >>> A = sp.MatrixSymbol("A", 3, 3)
    >>> read_given([sp.Q.symmetric(A), sp.Q.invertible(A.T*A)])
    ({A: {'symmetric'}}, [Ne(Determinant(A.T*A), 0)])

    Raises NoRule for a predicate calcds does not know, Malformed for what is not a condition.
    """
    facts: Facts = {}
    conditions: list[Any] = []
    todo = [given]
    while todo:
        one = todo.pop(0)
        if isinstance(one, list | tuple | set | frozenset | sp.And):
            todo[:0] = sorted(one, key=str) if isinstance(one, set | frozenset) else list(getattr(one, "args", one))
        elif isinstance(one, Term):
            if one.head not in CONDITIONS:
                raise Malformed(f"given: {one} is not a condition")
            conditions.append(one)
        elif isinstance(one, AppliedPredicate):
            _predicate(one, facts, conditions)
        elif isinstance(one, sp.core.relational.Relational):
            _sign(one, facts, conditions)
        elif isinstance(one, sp.logic.boolalg.Boolean) and not isinstance(one, sp.Symbol):
            conditions.append(one)
        elif isinstance(one, bool):
            conditions.append(as_term(one))
        else:
            raise Malformed(f"given: {one!r} is not a condition; write Q.positive(x), x > 0 or the like")
    return facts, [c for c in conditions if c is not sp.true and c is not as_term(True)]


def facts_from(given: Any) -> Facts:
    """The facts of symbols alone: `{A: {"symmetric"}}`."""
    return read_given(given)[0]


def _predicate(one: Any, facts: Facts, conditions: list[Any]) -> None:
    name = one.function.name
    name = str(getattr(name, "name", name))
    if name in _BINARY:
        return _sign(_BINARY[name](*one.arguments, evaluate=False), facts, conditions)
    (subject,) = one.arguments
    if name in _ALWAYS:
        return None
    if name in _ALWAYS_CONDITIONS:
        conditions.append(_ALWAYS_CONDITIONS[name](subject))
        return None
    known = (_MATRICES if getattr(subject, "is_Matrix", False) else _SCALARS).get(name)
    if known is None:
        raise NoRule("use", f"the assumption Q.{name}({subject})", "say it as a kind of calcds.notation or as an equation")
    fact, condition = known
    if isinstance(subject, sp.Symbol | sp.MatrixSymbol):
        whole = "invertible" if fact == "full column rank" and subject.is_Matrix and subject.is_square else fact
        facts.setdefault(subject, set()).add(whole)
    elif condition is not None:
        conditions.append(condition(subject))
    else:
        raise NoRule("use", f"the assumption Q.{name} of the expression {subject}", "it can be stated of a single symbol")
    return None


def _sign(one: Any, facts: Facts, conditions: list[Any]) -> None:
    """`x > 0` is a fact of x; any other relation stays a condition."""
    relation = one.reversed if one.lhs == 0 else one
    sign = getattr(relation, "rel_op", "")
    if relation.rhs == 0 and isinstance(relation.lhs, sp.Symbol) and sign in _SIGNS:
        facts.setdefault(relation.lhs, set()).add(_SIGNS[sign])
    else:
        conditions.append(one)
