"""`calcds.decide`: the decider for plain SymPy, terms of the blackboard, or both.

Imports: calcds.expr.bridge, calcds.decide.engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
from calcds.errors import CalcdsError, Malformed, NoRule, ShapeError
from calcds.expr.bridge import bridge_question
from calcds.expr.term import CONDITIONS, TRUE

TIMEOUT = 10.0  # seconds


def decide(lhs: Any, rhs: Any, given: Iterable[Any] = (), *, timeout: float = TIMEOUT) -> Verdict:
    """Whether two expressions are equal wherever both are defined.

    lhs, rhs: SymPy expressions, matrix expressions of one shape, or two relations (are they equivalent?);
              a relation against `True` asks whether it always holds
    given:    further hypotheses: SymPy relations (`x > 0`), predicates (`Q.symmetric(A)`), or relations of terms
    timeout:  seconds that the numerical reading may take in all
    returns   a Verdict; `.outcome` is "proved", "supported", "refuted", "undecided" or "malformed"

    A symbol without assumptions is a real number; powers, roots and logarithms are principal branches.

    >>> from sympy import symbols, sqrt
    >>> x = symbols("x")
    >>> print(decide(sqrt(x**2), x).outcome)
    refuted
    >>> print(decide(sqrt(x**2), x, given=[x > 0]).outcome)
    proved
    """
    try:
        left, right, conditions = bridge_question(lhs, rhs, tuple(given) if isinstance(given, Iterable) else (given,))
        if left is TRUE and right.head in CONDITIONS:
            left, right = right, left
        if right is TRUE:
            return engine.decide_condition(left, conditions, timeout)
        return engine.decide_terms(left, right, conditions, timeout)
    except (Malformed, ShapeError) as reason:
        return Verdict(Outcome.MALFORMED, "", str(reason))
    except NoRule as reason:
        return Verdict(Outcome.UNDECIDED, "", str(reason))
    except CalcdsError as reason:
        return Verdict(Outcome.UNDECIDED, "", str(reason))
    except (RecursionError, MemoryError, OverflowError):
        return Verdict(Outcome.UNDECIDED, "", "stopped: the expressions are too large or nested too deeply")
