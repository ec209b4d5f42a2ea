"""A question to the decider: are the two sides equal under the given conditions?

Imports: calcds.expr, calcds.values.survey.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import CONDITIONS, Term
from calcds.values.survey import Survey, survey


@dataclass(frozen=True)
class Question:
    """left = right, wherever both are defined and the given conditions hold.

    A condition as a claim by itself is the question whether it equals TRUE.

    >>> from calcds.notation import *
    >>> from calcds.expr.term import TRUE
    >>> x = Real.symbol("x")
    >>> Question(x**2 >= 0, TRUE).is_condition
    True
    """

    left: Term
    right: Term
    given: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Everything the question consists of."""
        return (self.left, self.right, *self.given)

    @property
    def is_condition(self) -> bool:
        """Whether the claim is about truth and not about a value."""
        return self.left.head in CONDITIONS or self.right.head in CONDITIONS

    @cached_property
    def survey(self) -> Survey:
        """Dimensions, variables, functions and landmarks."""
        return survey(self.terms)

    @property
    def symbols(self) -> tuple[Term, ...]:
        """All free variables, dimensions included, by name."""
        return tuple(sorted((*self.survey.dimensions, *self.survey.symbols), key=lambda s: str(s.data[0])))

    @property
    def functions(self) -> tuple[FunctionSymbol, ...]:
        """All undefined functions, by name."""
        return self.survey.functions
