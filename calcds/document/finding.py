"""What the reader of documents says of one equation. Plain data; `calcds.verify.documents` makes results of it.

Imports: calcds.decide.verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from calcds.decide.verdict import Counterexample, Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """One equation of a document.

    line, column: where it begins, the line from 1, the column from 0, in code points
    end_line, end_column: where it ends, exclusive; -1 where that is not known
    role:     "claim"; "definition" for what introduces a name, is a condition or an update; "erratum" where an
              annotation expects it to be refuted
    advice:   the annotation that would settle what could not be read
    """

    line: int
    column: int
    outcome: Outcome
    detail: str
    role: str = "claim"
    stage: str = ""
    left: str = ""  # as it is printed
    right: str = ""
    link: str = "="  # or that of an approximation, or of an order, which lhs holds as a whole, and rhs nothing of
    lhs: str = ""  # as it was read, in LaTeX
    rhs: str = ""
    given: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    holds_if: str = ""
    advice: str = ""
    seconds: float = 0.0
    end_line: int = -1
    end_column: int = -1
    corrected: str = ""  # a right side for which a refuted claim would be true, in LaTeX
