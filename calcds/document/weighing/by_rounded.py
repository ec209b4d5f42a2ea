r"""Numbers that a text computes from rounded numbers it printed before.

    \hat{y} = \sigma(z) \approx 0.5694,   then   \hat{y} (1 - \hat{y}) \approx 0.5694 \cdot 0.4306 \approx 0.2452

The names of a claim have formulas, but the author puts in what they came to. So does this module: the printed values, with
their rounding errors, stand for the names, and where some name is left, its formula does. That both sides agree as far as
these errors allow supports the claim, wherever the values stand; that they do not says nothing: others may be meant.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

from calcds.decide.rounding import GIVEN, has_decimals, may_agree
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.examples import put_entries, put_in
from calcds.document.words.scope import Scope
from calcds.expr.term import Term, substitute, subterms

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


_SUPPORTED = Verdict(Outcome.SUPPORTED, "numbers", "it holds for the rounded values printed before it, as far as they go")


def has_digits(right: Term) -> bool:
    """Whether enough digits are printed on a side that no chance makes them right."""
    decimals = [t for t in subterms(right) if t.head == "decimal"]
    several = any(sum(c.isdigit() for c in str(t.data).lstrip("-0.")) > GIVEN for t in decimals)
    return several or (has_decimals(right) and right.is_scalar)


__all__ = ["agreement", "has_digits"]
