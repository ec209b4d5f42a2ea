"""Equal derivatives and one equal value: equality on an interval.

If f and g are continuous on an interval, differentiable inside it, f' = g' there and f(c) = g(c) at one point c of it,
then f = g on the interval (mean value theorem). The stage looks for one variable x whose domain under the hypotheses is
an interval, on which both sides are continuous (checked kernel by kernel as for integrals), and whose derivatives agree by
normal form; the value at c must agree by the other exact stages.

Imports: calcds.decide.prover, .integrals.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.decide.field import TooBig
from calcds.decide.continuity import is_continuous
from calcds.decide.prover import Proof, Silence, prove_equal, with_session
from calcds.decide.scalar import NeedBoundary, NeedCase
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Kind
from calcds.expr.term import ZERO, Term, number, substitute, subterms

INTERESTING = frozenset({"atan", "asin", "acos", "asinh", "acosh", "atanh", "log", "erf", "integral", "atan2"})
POINTS = (Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(2))


def prove_by_derivative(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two scalars agree by their derivatives in one variable and one value."""
    if not left.is_scalar:
        return Silence("for scalars only")
    heads = {t.data if t.head == "fn" else t.head for side in (left, right) for t in subterms(side)}
    if not heads & INTERESTING:
        return Silence("nothing that a derivative would make simpler")
    reasons = []
    for x in sorted(left.free | right.free, key=str):
        if not _on_an_interval(x, given):
            continue
        try:
            if not with_session(given, (left, right, *given), lambda s, x=x: all(is_continuous(s.sums, t, x) for t in (left, right))):  # type: ignore[misc]
                reasons.append(f"not known to be continuous in {x}")
                continue
            same = prove_equal(Term("deriv", (left, x)), Term("deriv", (right, x)), given)
        except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined) as reason:
            reasons.append(str(reason))
            continue
        if isinstance(same, Silence):
            reasons.append(f"derivatives in {x}: {same.reason}")
            continue
        if (c := _common_value(left, right, given, x)) is not None:
            return Proof("derivative", f"both sides have the same derivative in {x} and the same value at {x} = {c}")
        reasons.append(f"no common value found in {x}")
    return Silence("; ".join(reasons) or "no variable runs through an interval")


def _on_an_interval(x: Term, given: tuple[Term, ...]) -> bool:
    """Whether the hypotheses leave an interval of values of x, for all values of the other variables."""
    kind: Kind = x.data[1]
    if not x.is_scalar or kind.has("integer") or not kind.has("real") or (kind.has("nonzero") and not (kind.has("positive") or kind.has("negative"))):
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
        if not all(_true(g) for g in conditions if not g.free) or any(g.free for g in conditions if g not in given):
            continue
        if isinstance(prove_equal(substitute(left, here), substitute(right, here), conditions), Proof):
            return c
    return None


def _true(g: Term) -> bool:
    try:
        return with_session((), (g,), lambda s: s.normal.holds(s.entries.condition(g)))
    except (NoRule, TooBig, NeedCase, NeedBoundary, Undefined):
        return False
