"""Inequalities: by signs after taking roots as variables, and along one variable by derivatives.

    rule                                                       holds where
    p, q > 0 as squares of their roots                         p, q positive variables that occur under roots
    f(c) >= 0, f' >= 0 for x >= c, f' <= 0 for x <= c          f continuous on the interval that the hypotheses leave for x
    a case for x > 0, for x = 0 and for x < 0                  always

The derivative rule is the mean value theorem; whether f' has its sign is asked in the same way, a few times over.
With f(c) = 0 at an inner point the conclusion is f >= 0; f > 0 needs f(c) > 0, or a strict sign of f' beyond an end
that x does not reach.

Imports: calcds.decide.prover, .integrals (continuity), .monotone.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TypeAlias

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.continuity import is_continuous
from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, POS
from calcds.decide.field import TooBig
from calcds.decide.prover import Proof, Silence, prove_condition
from calcds.decide.session import Session, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Kind, Positive
from calcds.expr.term import ZERO, Term, number, relation, substitute, subterms

DEPTH = 3  # derivatives of derivatives
POINTS = (0, 1, -1)
SILENT = (NoRule, TooBig, NeedCase, NeedBoundary, Undefined)
_STRICT = {">": POS, ">=": NONNEG, "<": NEG, "<=": NONPOS}


def prove_inequality(condition: Term, _: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether an inequality holds on the whole domain."""
    if condition.head != "rel" or condition.data not in _STRICT or not condition.args[0].is_scalar:
        return Silence("not an inequality of scalars")
    squared, conditions = _roots_as_variables(condition, given)
    if squared is not condition and isinstance(proof := prove_condition(squared, conditions), Proof):
        return Proof("inequality", "with the roots as variables, the sign follows from the hypotheses", proof.conditions)
    upward = condition.data in (">", ">=")
    f = condition.args[0] - condition.args[1] if upward else condition.args[1] - condition.args[0]
    strict = condition.data in (">", "<")
    for x in sorted(f.free, key=str):
        if _usable(x):
            for cases in ((), *_splits(x)):
                if cases and all(_positive(f, x, (*given, c), strict, DEPTH) or _holds((*given, c), f, strict) for c in cases):
                    return Proof("inequality", f"by the sign of the derivative in {x}, for {' and '.join(map(str, cases))}")
                if not cases and _positive(f, x, given, strict, DEPTH):
                    return Proof("inequality", f"by the sign of the derivative in {x}")
    return Silence("no derivative in one variable settles the inequality")


def _splits(x: Term) -> list[tuple[Term, ...]]:
    kind: Kind = x.data[1]
    if kind.has("positive") or kind.has("negative"):
        return []
    return [(relation(">", x, ZERO), relation("<", x, ZERO), relation("=", x, ZERO))]


def _usable(x: Term) -> bool:
    kind: Kind = x.data[1]
    return x.is_scalar and kind.has("real") and not kind.has("integer")


def _roots_as_variables(condition: Term, given: tuple[Term, ...]) -> tuple[Term, tuple[Term, ...]]:
    """Put w^k for a positive variable that stands under a k-th root."""
    degrees: dict[Term, int] = {}
    for node in subterms(condition):
        if node.head == "pow" and node.args[1].head == "num" and node.args[1].data.denominator > 1:
            for s in node.args[0].free:
                if s.is_scalar and s.data[1].has("positive") and not s.data[1].has("integer"):
                    degrees[s] = lcm(degrees.get(s, 1), node.args[1].data.denominator)
    if not degrees:
        return condition, given
    table = {s: Positive.symbol(s.data[0] + "^root") ** k for s, k in degrees.items()}
    return substitute(condition, table), tuple(substitute(g, table) for g in given)


def _positive(f: Term, x: Term, given: tuple[Term, ...], strict: bool, depth: int) -> bool:  # noqa: FBT001
    """Whether f > 0 (or >= 0) for all x that the hypotheses leave, an interval."""
    if _holds(given, f, strict):
        return True
    found = _interval(x, given)
    if not depth or found is None:
        return False
    (low, low_open), (high, high_open) = found
    try:
        f = with_session(given, (f, *given), lambda s: s(f).term, closed=True)  # absolute values of known sign resolved
        if not with_session(given, (f, *given), lambda s: is_continuous(s.sums, f, x), closed=True):
            return False
        slope = with_session((), (f,), lambda s: s(Term("deriv", (f, x))).term, closed=True)
    except SILENT:
        return False
    for c in _anchors(f, x, given, low, high):
        value = _sign_at(f, x, c, given)
        if value is None or not value <= NONNEG:
            continue
        at_low, at_high = (c.head == "num" and end is not None and c.data == end for end in (low, high))
        if strict and value != POS and not ((at_low and low_open) or (at_high and high_open)):
            continue
        beyond_end = strict and value != POS  # f(c) = 0 at an end that x does not reach: f must move strictly
        above = at_high or _positive(slope, x, (*given, relation(">", x, c)), beyond_end, depth - 1)
        minus = Term("mul", (number(-1), slope))
        below = at_low or (above and _positive(minus, x, (*given, relation("<", x, c)), beyond_end, depth - 1))
        if above and below:
            return True
    return False


def _holds(given: tuple[Term, ...], f: Term, strict: bool) -> bool:  # noqa: FBT001
    sign = ">" if strict else ">="
    return isinstance(prove_condition(relation(sign, f, ZERO), given), Proof)


End: TypeAlias = "tuple[Fraction | None, bool]"  # a bound, and whether x stays away from it


def _interval(x: Term, given: tuple[Term, ...]) -> tuple[End, End] | None:
    """The interval of x that the kind and the hypotheses `x > a`, `x < b` leave, a and b numbers or variables.

    None if a hypothesis says something else of x: then the values left need not be an interval, and the way from one
    to another may lead outside.
    """
    kind: Kind = x.data[1]
    low: End = (Fraction(0), kind.has("positive")) if kind.has("nonnegative") else (kind.low, True)
    high: End = (Fraction(0), kind.has("negative")) if kind.has("nonpositive") else (kind.high, True)
    if kind.has("nonzero") and not (kind.has("positive") or kind.has("negative")):
        return None
    for g in given:
        if x not in g.free:
            continue
        if g.head != "rel" or g.args[0] is not x or g.args[1].head not in ("num", "sym") or g.data not in _STRICT:
            return None
        if g.args[1].head == "sym":
            continue  # an end that is no number: anchors there are not taken again
        bound: Fraction = g.args[1].data
        end = (bound, g.data in (">", "<"))
        if g.data in (">", ">=") and (low[0] is None or bound >= low[0]):
            low = end if low[0] != bound else (bound, end[1] or low[1])
        elif g.data in ("<", "<=") and (high[0] is None or bound <= high[0]):
            high = end if high[0] != bound else (bound, end[1] or high[1])
    return low, high


def _anchors(f: Term, x: Term, given: tuple[Term, ...], low: Fraction | None, high: Fraction | None) -> list[Term]:
    """Points of the interval at which f may be least: its ends, small numbers, other variables of the same kind."""
    about = [g for g in given if x in g.free]
    if any(g.args[1].head == "sym" for g in about):
        return []  # the interval ends at a variable: no number is known to lie in it
    ends = [number(e) for e in (low, high) if e is not None]
    inner = [number(p) for p in POINTS if (low is None or p > low) and (high is None or p < high)]
    alike = [s for s in sorted(f.free, key=str) if s is not x and s.is_scalar and s.data[1] == x.data[1]]
    return [*ends, *inner, *([] if about else [s for s in alike if not any(s in g.free for g in given)])]


def _sign_at(f: Term, x: Term, c: Term, given: tuple[Term, ...]) -> frozenset[int] | None:
    here = {x: c}
    others = tuple(g for g in given if x not in g.free)

    def look(s: Session) -> frozenset[int] | None:
        value = s(substitute(f, here))
        return NIL if s.vanishes(value) else s.facts.sign(value)

    try:
        return with_session(others, (f, *others), look)
    except SILENT:
        return None
