"""What may go wrong that is worth a sentence to the user. Bugs raise something else.

Every error here is a sentence with a place and a next action; commands print it and exit with `exit_code`.
Failed claims are not errors: they are verdicts.
"""

from __future__ import annotations

from typing import ClassVar


class CalcdsError(Exception):
    """A sentence for the user. The command line prints it without a traceback."""

    exit_code: ClassVar[int] = 2


class CannotLoad(CalcdsError):
    """A derivation file or document could not be read: the author's to fix."""


class ShapeError(CalcdsError):
    """The sizes of two parts do not fit. The message names both parts and where their shapes come from."""


class Malformed(CalcdsError):
    """An expression that makes no sense: an index out of scope, a power of a vector, an unknown word."""


class NoRule(CalcdsError):
    """calcds does not know how to do this to that: ours to fix. Names the operation and the thing."""

    def __init__(self, operation: str, thing: str, advice: str = "") -> None:
        self.operation, self.thing = operation, thing
        super().__init__(f"no rule to {operation} {thing}" + (f"; {advice}" if advice else ""))


class Undefined(CalcdsError):
    """A value that does not exist at a point: a pole, a kink of a derivative, a singular matrix."""
