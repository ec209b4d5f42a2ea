"""A derivation as plain data: what was written, where it stands, and the claims that follow from it.

    lines      value0            value1, "reason"      value2, "reason"
    claims           value0 = value1         value1 = value2

The blackboard (`board.py`) and the reader of documents both make these; everything behind them reads these.

Imports: calcds.expr.term, calcds.derivation.sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from calcds.derivation.sources import Source
from calcds.expr.term import Term, as_term

LineRole = Literal["first", "step", "asserted", "bad"]
ClaimKind = Literal["equal", "equivalent", "holds", "bad"]
Role = Literal["claim", "erratum", "definition"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file; lines count from 1, columns from 0."""

    file: Path
    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Network:
    """The quantity of a NumPy network that a chain of lines states.

    inputs: input of the quantity -> name of a variable of the derivation, or a value; a name not listed means itself

    >>> Network("dense.pullback", z="Z").inputs
    (('z', 'Z'),)
    """

    quantity: str
    inputs: tuple[tuple[str, str | Term], ...] = ()

    def __init__(self, quantity: str, /, **inputs: object) -> None:
        object.__setattr__(self, "quantity", quantity)
        bound = {key: value if isinstance(value, str) else as_term(value) for key, value in inputs.items()}
        object.__setattr__(self, "inputs", tuple(sorted(bound.items(), key=lambda row: row[0])))


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the board."""

    value: Term | None  # what it means: used for deciding; None when it means nothing
    text: str  # what the author typed: used for showing
    reason: str  # "" on the first line
    span: Span
    role: LineRole
    statements: tuple[str, ...] = ()  # ids of the statements this line states
    fault: str = ""  # what is wrong with a bad line, in a sentence


@dataclass(frozen=True, slots=True)
class Let:
    """A local definition `s = 1/(1 + exp(-z))`: said once, used in the lines below."""

    name: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """What two neighbouring lines (or one asserted line) say under the hypotheses.

    kind: "equal"       left = right, two expressions
          "equivalent"  left holds if and only if right holds, two equations
          "holds"       left is true by itself; right is None
          "bad"         the line makes no sense; `line.fault` says why
    """

    number: int  # from 1 within its derivation
    kind: ClaimKind
    left: Term | None
    right: Term | None
    above: Line | None
    line: Line
    given: tuple[Term, ...] = ()  # conditions assumed above this line
    network: Network | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A named chain of lines under stated hypotheses."""

    name: str
    title: str
    span: Span
    note: str = ""  # the docstring: prose for people
    source: Source | None = None
    statements: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()  # "A: Matrix[n, n]"
    symbols: Mapping[str, object] = field(
        default_factory=dict
    )  # name -> Term or FunctionSymbol, in the signature's order
    lets: tuple[Let, ...] = ()
    lines: tuple[Line, ...] = ()
    claims: tuple[Claim, ...] = ()
    erratum: bool = False
    corrected: str = ""  # of an erratum: the derivation that has it right
    expect: Literal["refuted", "malformed"] = "refuted"  # of an erratum: what its last claim must come out as

    @property
    def id(self) -> str:
        """`quadratic_form.py::quadratic_form`, the permanent name."""
        return f"{self.span.file.name}::{self.name}"

    def claim_id(self, claim: Claim) -> str:
        """`quadratic_form.py::quadratic_form[1]`."""
        return f"{self.id}[{claim.number}]"

    def role(self, claim: Claim) -> Role:
        """The last claim of an erratum is the erratum; the lines that lead to it are claims like any other."""
        if self.erratum and claim is self.claims[-1]:
            return "erratum"
        return (
            "definition" if claim.line.reason.lower().startswith(("definition", "by definition")) else "claim"
        )

    def cited(self, claim: Claim) -> tuple[str, ...]:
        """The statements a claim states: those of its line, or else those of the derivation."""
        return claim.line.statements or self.statements
