"""The answer to a claim: an outcome and its evidence. Plain data; imports nothing of calcds.

The six outcomes are never merged, and nothing calls a supported claim correct.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What calcds says of a claim."""

    PROVED = "proved"  # true for every value in the stated domain and for every size
    SUPPORTED = "supported"  # agreed at many points; no proof
    REFUTED = "refuted"  # false: here is a point where the sides are provably different
    UNDECIDED = "undecided"  # no stage had an answer; here is why
    MALFORMED = "malformed"  # the line makes no sense
    UNREAD = "unread"  # documents only: the reader did not understand it


PROMISES = {
    Outcome.PROVED: "True for every value in the stated domain and, where sizes are symbolic, for every size.",
    Outcome.SUPPORTED: "The sides agreed at many points and sizes to many digits. This is not a proof.",
    Outcome.REFUTED: "False: at the point that is given the two sides are provably different. The point lies in the stated "
    "domain, is the smallest that was found, and can be computed again by hand.",
    Outcome.UNDECIDED: "No stage of deciding had an answer; the report says why each was silent.",
    Outcome.MALFORMED: "The line makes no sense: its shapes do not fit, a symbol is unknown, an index is out of scope.",
    Outcome.UNREAD: "Only for documents: the reader did not understand the line. Nothing is said about its truth.",
}


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point where the two sides are provably different. All numbers are exact rationals written as text.

    sizes:  dimension -> length, as {"n": 2}
    values: variable -> number, or list of rows; a function -> its formula
    left, right: the values of the two sides there, exact or as a ball "1.25 +/- 3e-30"; lists of rows for matrices
    entry:  which entry differs, None for scalars
    """

    sizes: dict[str, int]
    values: dict[str, Any]
    left: Any
    right: Any
    entry: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """A dictionary of plain data."""
        return {
            "sizes": self.sizes,
            "values": self.values,
            "left": self.left,
            "right": self.right,
            "entry": list(self.entry) if self.entry else None,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome and evidence.

    stage:          the stage that answered, "" if none did
    detail:         one sentence of evidence: the normal form and side conditions; how many points, sizes and digits;
                    why each stage was silent; which part makes no sense
    conditions:     side conditions a proof rests on, as text ("x != 0")
    witness:        the counterexample of a refuted claim, or how to find the smallest one: most callers want the outcome alone
    holds_if:       the extra hypothesis under which a refuted claim would hold ("A is symmetric"), or ""; looked for
                    when it is first asked for, since most callers want the outcome alone
    points:         number of points at which the two sides were compared
    digits:         decimal digits to which they agreed
    asks:           documents only: it is undecided since it may be an equation for unknowns; shown nowhere
    """

    outcome: Outcome
    stage: str = ""
    detail: str = ""
    conditions: tuple[str, ...] = ()
    witness: Counterexample | Callable[[], Counterexample | None] | None = field(default=None, compare=False)
    mend: str | Callable[[], str] = field(default="", repr=False, compare=False)  # holds_if, or how to find it
    points: int = 0
    digits: int = 0
    asks: bool = field(default=False, repr=False, compare=False)

    @property
    def counterexample(self) -> Counterexample | None:
        """The smallest point that was found where the two sides differ."""
        if callable(self.witness):
            object.__setattr__(self, "witness", self.witness())
        assert not callable(self.witness)
        return self.witness

    @property
    def at_values(self) -> bool:
        """Whether the counterexample gives values to names; known before it is looked for, which is done for such only."""
        return callable(self.witness) or (self.witness is not None and bool(self.witness.values))

    @property
    def holds_if(self) -> str:
        """The extra hypothesis under which a refuted claim would hold, or ""."""
        if not isinstance(self.mend, str):
            object.__setattr__(self, "mend", self.mend())
        assert isinstance(self.mend, str)
        return self.mend

    def __reduce__(self) -> tuple[Any, ...]:
        said = (self.outcome, self.stage, self.detail, self.conditions, self.counterexample)
        return Verdict, (*said, self.holds_if, self.points, self.digits, self.asks)

    @property
    def evidence(self) -> str:
        """The evidence in one sentence."""
        return self.detail

    def __str__(self) -> str:
        return f"{self.outcome} ({self.stage}): {self.detail}" if self.stage else f"{self.outcome}: {self.detail}"
