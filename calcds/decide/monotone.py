"""Equal derivatives and one equal value: equality on an interval.

If f and g are continuous on an interval, differentiable inside it, f' = g' there and f(c) = g(c) at one point c of it,
then f = g on the interval (mean value theorem). The stage looks for one variable x whose domain under the hypotheses is
an interval, on which both sides are continuous (checked kernel by kernel as for integrals), and whose derivatives agree by
normal form; the value at c must agree by the other exact stages. Where 0 parts the domain, each side has its own point.

Imports: calcds.decide.prover, .continuity.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.continuity import is_continuous
from calcds.decide.field import TooBig
from calcds.decide.prover import Proof, Silence, prove_condition, prove_equal
from calcds.decide.session import with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Kind
from calcds.expr.term import ZERO, Term, number, relation, substitute, subterms

INTERESTING = frozenset({"atan", "asin", "acos", "asinh", "acosh", "atanh", "log", "erf", "integral", "atan2"})
NOWHERE = "the sides are nowhere defined"  # what the prover says of a claim that is empty
POINTS = (Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(2))


def prove_by_derivative(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two scalars agree by their derivatives in one variable and one value, on each side of 0 if need be."""
    if not left.is_scalar:
        return Silence("for scalars only")
    heads = {t.data if t.head == "fn" else t.head for side in (left, right) for t in subterms(side)}
    if not heads & INTERESTING:
        return Silence("nothing that a derivative would make simpler")
    reasons = []
    variables = [x for x in sorted(left.free | right.free, key=str) if _on_an_interval(x, given)]
    for x in variables:
        whole = _on_the_interval(left, right, given, x)
        if isinstance(whole, Proof):
            return whole
        reasons.append(whole.reason)
    for x in variables:
        if isinstance(halves := _on_both_sides(left, right, given, x), Proof):
            return halves
    return Silence("; ".join(reasons) or "no variable runs through an interval")


def _on_the_interval(left: Term, right: Term, given: tuple[Term, ...], x: Term) -> Proof | Silence:
    try:
        if not with_session(given, (left, right, *given), lambda s: all(is_continuous(s.sums, t, x) for t in (left, right))):
            return Silence(f"not known to be continuous in {x}")
        same = prove_equal(Term("deriv", (left, x)), Term("deriv", (right, x)), given)
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined) as reason:
        return Silence(str(reason))
    if isinstance(same, Silence):
        return Silence(f"derivatives in {x}: {same.reason}")
    if (c := _common_value(left, right, given, x)) is not None:
        return Proof("derivative", f"both sides have the same derivative in {x} and the same value at {x} = {c}")
    return Silence(f"no common value found in {x}")


def _on_both_sides(left: Term, right: Term, given: tuple[Term, ...], x: Term) -> Proof | Silence:
    """For x > 0 and for x < 0 apart, where a pole at 0 parts the domain; and at 0 itself."""
    kind: Kind = x.data[1]
    one_sign = any(kind.has(fact) for fact in ("positive", "negative", "nonnegative", "nonpositive"))
    if one_sign or kind.low is not None or kind.high is not None:
        return Silence(f"{x} has one sign")
    here = {x: ZERO}
    at_zero = prove_equal(substitute(left, here), substitute(right, here), tuple(substitute(g, here) for g in given))
    if isinstance(at_zero, Silence) and at_zero.reason != NOWHERE:
        return at_zero
    for relation_ in (">", "<"):
        half = _on_the_interval(left, right, (*given, relation(relation_, x, ZERO)), x)
        if isinstance(half, Silence):
            return half
    return Proof("derivative", f"both sides have the same derivative in {x} and a common value, for {x} > 0 and for {x} < 0")


def _on_an_interval(x: Term, given: tuple[Term, ...]) -> bool:
    """Whether the hypotheses leave an interval of values of x, for all values of the other variables."""
    kind: Kind = x.data[1]
    without_zero = kind.has("nonzero") and not (kind.has("positive") or kind.has("negative"))
    if not x.is_scalar or kind.has("integer") or not kind.has("real") or without_zero:
        return False
    return all(g.head == "rel" and g.data in ("<", "<=", ">", ">=") and _affine(g, x) for g in given if x in g.free)


def _affine(g: Term, x: Term) -> bool:
    """Affine in x: then the inequality cuts out a half-line, or everything, or nothing."""
    if any(t.head not in ("num", "decimal", "const", "sym", "add", "mul", "rel", "pow") for t in subterms(g)):
        return False
    try:
        return with_session((), (g,), lambda s: _degree(s, g, x) <= 1)
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined):
        return False


def _degree(s: object, g: Term, x: Term) -> int:
    difference = s(g.args[0]) - s(g.args[1])  # type: ignore[operator]
    index = difference.field.numbers.get(x)
    if index is None:
        return 0
    return 2 if difference.den.degrees()[index] else int(difference.num.degrees()[index])


def _common_value(left: Term, right: Term, given: tuple[Term, ...], x: Term) -> Fraction | None:
    kind: Kind = x.data[1]
    for c in POINTS:
        if (kind.has("positive") and c <= 0) or (kind.has("negative") and c >= 0) or (kind.has("nonzero") and c == 0):
            continue
        if (kind.low is not None and c <= kind.low) or (kind.high is not None and c >= kind.high):
            continue
        here = {x: number(c) if c else ZERO}
        conditions = tuple(substitute(g, here) for g in given)
        if not all(g in given or _follows(g, given) for g in conditions):
            continue
        if isinstance(prove_equal(substitute(left, here), substitute(right, here), conditions), Proof):
            return c
    return None


def _follows(g: Term, given: tuple[Term, ...]) -> bool:
    """Whether a condition at the point holds for all values of the other variables that the hypotheses allow."""
    if g.free:
        return isinstance(prove_condition(g, given), Proof)
    try:
        return with_session((), (g,), lambda s: s.normal.holds(s.entries.condition(g)))
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined):
        return False
