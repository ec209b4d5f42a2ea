"""When two equations say the same: one is the other times something that never vanishes.

    a = b  <=>  c = d    if  a - b = k (c - d)  with k a quantity that the hypotheses make nonzero
    A = B  <=>  C = D    if  A - B = k M (C - D)  with M invertible, M^-1 standing in one of the equations

For inequalities k must be positive. Only proofs are given here; refutations come from the numbers.

Imports: calcds.decide.prover, .words.
"""

from __future__ import annotations

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.facts import NEG, NONZERO, POS
from calcds.decide.field import TooBig
from calcds.decide.prover import Proof, Silence, prove_equal, prove_same_truth
from calcds.decide.session import Session, with_session
from calcds.decide.words import prove_words
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Index
from calcds.expr.term import MINUS_ONE, ZERO, Term, add, as_term, mul, number, same_size, subterms

FACTORS = (1, -1, 2, -2)
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


def prove_equivalent(first: Term, second: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two relations hold at the same points."""
    if first is second:
        return Proof("same", "both lines are the same relation")
    by_cases = prove_same_truth(first, second, given)
    if isinstance(by_cases, Proof):
        return by_cases
    if first.head != "rel" or second.head != "rel":
        return by_cases
    one, other = _difference(first), _difference(second)
    try:
        factor = with_session(given, (one, other, *given), lambda s: _factor(s, one, other))
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined, RecursionError) as reason:
        factor = None
        said = str(reason)
    else:
        said = "neither equation is a multiple of the other"
    if factor is not None:
        text, sign = factor
        same = second.data == first.data if sign == POS else second.data == _FLIPPED[first.data]
        if (first.data in ("=", "!=") and first.data == second.data) or (sign in (POS, NEG) and same):
            return Proof("equivalence", f"the first is the second times {text}, which is never 0")
    if first.data == second.data == "=":
        return _by_matrices(one, other, given) or Silence(said)
    return Silence(said)


def _difference(relation: Term) -> Term:
    left, right = relation.args
    if right is ZERO or right.head == "zeros":
        return left
    return add(left, mul(MINUS_ONE, right))


def _factor(s: Session, one: Term, other: Term) -> tuple[str, frozenset[int] | None] | None:
    """k with one = k * other, and its sign, if k is never 0 and the same for all entries."""
    if not (one.is_scalar and other.is_scalar):
        if one.shape != other.shape:
            return None
        i, j = (ZERO if n == 1 else Index[n].symbol(name) for n, name in zip(one.shape, ("row'", "column'"), strict=True))
        for index, length in zip((i, j), one.shape, strict=True):
            if index is not ZERO:
                s.sums._in_range(index, as_term(length))
        one, other = Term("entry", (one, i, j)), Term("entry", (other, i, j))
    a, b = s.field.reduce(s(one)), s.field.reduce(s(other))
    if a.is_zero or b.is_zero:
        return None
    k = a / b
    if any(name.data[0] in ("row'", "column'") for kernel in k.kernels() for name in kernel.free):
        return None
    sign = s.facts.sign(k)
    value = k.value
    below_sign = s.facts.sign(type(k)(s.field, k.den, s.field.one_poly))
    defined = below_sign is not None and below_sign <= NONZERO
    if value is None and (sign is None or not sign <= NONZERO or not defined):
        return None
    return str(k.term), sign


def _by_matrices(one: Term, other: Term, given: tuple[Term, ...]) -> Proof | None:
    inverted = sorted({t.args[0] for side in (one, other) for t in subterms(side) if t.head == "inv"}, key=str)
    for m in inverted:
        for a, b in ((one, other), (other, one)):
            if not same_size(m.shape[1], b.shape[0]):
                continue
            for k in FACTORS:
                scaled = mul(number(k), m, b)
                if scaled.shape == a.shape and (
                    isinstance(prove_words(a, scaled, given), Proof) or isinstance(prove_equal(a, scaled, given), Proof)
                ):
                    return Proof("equivalence", f"one equation is the other times {m}, which is invertible")
    return None
