"""Normal forms of scalar terms: rational functions over kernels.

The rules, each beside its side condition, stand in `calcds.decide.powers` and `calcds.decide.scalar_functions`; here is
which of them a term needs. Where a sign must be known (case distinctions, sign, max), `NeedCase` asks the caller to split.

Imports: calcds.expr, calcds.decide.field, .facts, .asking, .powers, .scalar_functions.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from calcds.decide.asking import SIGNS_OF
from calcds.decide.facts import NIL, Facts
from calcds.decide.field import Field, Ratio, TooBig
from calcds.decide.powers import IMAGINARY
from calcds.decide.scalar_functions import Functions
from calcds.errors import NoRule, Undefined
from calcds.expr.term import Term


class Normalizer(Functions):
    """Turns scalar terms into ratios over one field.

    `others` turns whatever is not scalar arithmetic (entries, sums, derivatives) into a ratio; `calcds.decide.sums`
    installs it.
    """

    def __init__(self, field: Field, facts: Facts, scales: dict[tuple[Term, Term], int], closed: bool = False) -> None:  # noqa: FBT001, FBT002
        super().__init__(field, facts, scales, closed)
        self.others: Callable[[Term], Ratio] | None = None

    def _normal(self, t: Term) -> Ratio:
        field = self.field
        match t.head:
            case "num":
                return field.constant(t.data)
            case "decimal":
                return field.constant(_printed(t.data))
            case "const":
                return self._constant(t)
            case "sym":
                return field.kernel(t, (2, field.one) if t.data[1].word == "Sign" else None)
            case "add":
                whole = field.zero
                for a in t.args:
                    whole = whole + self(a)
                return whole
            case "mul" if all(a.is_scalar for a in t.args):
                product = field.one
                for a in t.args:
                    product = product * self(a)
                return product
            case "pow":
                return self._pow(t)
            case "fn":
                return self._function(t)
            case "piecewise":
                return self._piecewise(t)
            case "trans" | "det" | "trace" | "total" if t.args[0].is_scalar:
                return self(t.args[0])
            case "had":
                return self(Term("mul", t.args))
            case "epow":
                return self._pow(Term("pow", t.args))
        if self.others is None:
            raise NoRule("write as a rational function", str(t))
        return self.others(t)

    def _constant(self, t: Term) -> Ratio:
        if t is IMAGINARY:
            return self.field.kernel(t, (2, self.field.constant(-1)))
        if t.data in ("oo", "-oo", "nan"):
            raise NoRule("compute with", t.data)
        return self.field.kernel(t)

    # -- cases -------------------------------------------------------------------------------------------------

    def _piecewise(self, t: Term) -> Ratio:
        """The value of the first branch whose condition holds, deciding signs where needed."""
        for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
            if self.holds(condition):
                return self(value)
        raise Undefined("no case of a case distinction holds")

    def holds(self, condition: Term) -> bool:
        """Whether a condition holds; asks for a case distinction where the hypotheses leave it open."""
        match condition.head:
            case "truth":
                return bool(condition.data)
            case "not":
                return not self.holds(condition.args[0])
            case "and" | "or":
                return self._junction(condition)
            case "rel" if condition.args[0].is_scalar:
                return self._relation_holds(condition)
        raise NoRule("decide the condition", str(condition))

    def _junction(self, condition: Term) -> bool:
        """One certain part settles it, also where another part is undefined."""
        settles = condition.head == "or"
        doubt: Undefined | NoRule | None = None
        for part in condition.args:
            try:
                if self.holds(part) is settles:
                    return settles
            except (Undefined, NoRule) as problem:
                doubt = problem
        if doubt is not None:
            raise doubt
        return not settles

    def _relation_holds(self, condition: Term) -> bool:
        difference = self(condition.args[0]) - self(condition.args[1])
        accepted = SIGNS_OF[condition.data]
        if not self.is_faithful(difference):
            raise NoRule("find the sign of", str(difference.term))
        sign = self.facts.sign(difference) if not difference.is_zero else NIL
        if sign is not None and sign <= accepted:
            return True
        if sign is not None and not sign & accepted:
            return False
        return self.sign_of(difference) in accepted


def _printed(text: str) -> Fraction:
    """A decimal as the rational number it writes."""
    value = Decimal(text)
    if not value.is_finite():
        raise NoRule("compute with", text)
    if abs(value.adjusted()) > 10_000:
        raise TooBig("a number of this claim is too long to write out")
    return Fraction(value)
