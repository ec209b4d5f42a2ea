r"""Numbers that a text computes from rounded numbers it printed before.

    \hat{y} = \sigma(z) \approx 0.5694,   then   \hat{y} (1 - \hat{y}) \approx 0.5694 \cdot 0.4306 \approx 0.2452

The names of a claim have formulas, but the author puts in what they came to. So does this module: the printed values, with
their rounding errors, stand for the names, and where some name is left, its formula does. That both sides agree as far as
these errors allow supports the claim, wherever the values stand; that they do not says nothing: others may be meant.

A sum that approximates a number, as the first terms of a series or a linear approximation do, has no digits to which it was
rounded. It is supported where every one of its addends counts, as the number is nearer to the sum than a quarter of the
smallest of them:

    e^{0.1} \approx 1 + 0.1 + 0.005    up to 0.00017, while a slip in 0.005 would be of its size

Decimals of many digits say how far they were rounded, so one is taken for a term of a series only where that is seen: it is
the last of several, each of which is less than half of the one before.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

from calcds.decide.rounding import (
    GIVEN,
    falls_short,
    has_decimals,
    has_one_more_digit,
    is_computed_from_rounded,
    is_falling,
    may_agree,
    rounds_to_whole,
)
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.examples import put_entries, put_in
from calcds.document.words.scope import Scope
from calcds.expr.term import Term, number, substitute, subterms

_STEPS = 6  # definitions that are put in


def agreement(left: Term, right: Term, scope: Scope) -> Verdict | None:
    """That a claim about numbers holds for the rounded values that its section prints; None where that is not seen."""
    if right.free or not left.free or not has_digits(right):
        return None
    numbers, entries = scope.numbers_before(), scope.numbered_entries()
    for _ in range(_STEPS):
        put = put_in(put_entries((left, right), entries), numbers)
        if put is None:
            return None
        if not put[0].free:
            return _SUPPORTED if may_agree(*put) else None
        used = scope.newest(left)
        if used is None:
            return None
        left = substitute(left, {used.symbol: used.body})
    return None


def to_whole(left: Term, right: Term, scope: Scope) -> Verdict | None:
    """That a number is rounded to a whole one; None where it is not, or names are left in it."""
    said = f"the value rounds to {right}"
    return Verdict(Outcome.SUPPORTED, "numbers", said) if rounds_to_whole(scope.expand(left), right) else None


def cut_short(left: Term, right: Term, scope: Scope) -> Verdict | None:
    r"""That a short decimal is set equal to a shorter one, `\frac{0.1}{0.4} = 0.2`; None where it is not."""
    said = "the value has one digit more, and could be printed as it is"
    return Verdict(Outcome.UNDECIDED, "", said) if has_one_more_digit(scope.expand(left), right) else None


def is_sum_of_rounded(right: Term) -> bool:
    r"""Whether a side is a sum of rounded numbers, `\frac12 + \frac27 \approx 0.5000 + 0.2857`.

    Unlike the terms of a series these say how far they go: what rounding does not explain is wrong.
    """
    addends = _addends(right)
    sharp = len(addends) > 1 and all(one.head == "decimal" and is_computed_from_rounded(number(1) + one) for one in addends)
    return sharp and not is_falling(addends)


def truncated(left: Term, right: Term, scope: Scope) -> Verdict | None:
    """That a sum of numbers is near a number, as near as its smallest addend shows; None where that is not seen."""
    addends = _addends(right)
    if not addends or not left.is_scalar or any(one.free for one in addends):
        return None
    put = put_in((scope.expand(left), right), scope.examples(arrays=False) if left.free else {})
    if put is None or put[0].free or (is_computed_from_rounded(right) and not is_falling(addends)):
        return None
    found = falls_short(put[0], addends)
    if found is None:
        return None
    said = f"the sum is nearer to it than {float(found) * 100:.2g} % of its smallest term, so that each of them counts"
    return Verdict(Outcome.SUPPORTED, "numbers", said)


def _addends(right: Term) -> tuple[Term, ...]:
    """The terms of a sum, or of the integral of a sum."""
    if right.head == "add" and right.is_scalar:
        return tuple(part for one in right.args for part in (_addends(one) or (one,)))
    if right.head == "integral" and right.args[0].head == "add":
        body, *rest = right.args
        return tuple(Term("integral", (one, *rest)) for one in _addends(body))
    return ()


_SUPPORTED = Verdict(Outcome.SUPPORTED, "numbers", "it holds for the rounded values printed before it, as far as they go")


def has_digits(right: Term) -> bool:
    """Whether enough digits are printed on a side that no chance makes them right."""
    decimals = [t for t in subterms(right) if t.head == "decimal"]
    several = any(sum(c.isdigit() for c in str(t.data).lstrip("-0.")) > GIVEN for t in decimals)
    return several or (has_decimals(right) and right.is_scalar)


__all__ = ["agreement", "cut_short", "has_digits", "is_sum_of_rounded", "to_whole", "truncated"]
