"""One derivation as a page, apart from any format: what is said in which order, and how each line was checked.

Imports: calcds.derivation, calcds.verify.result, calcds.handout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from calcds.decide.verdict import Outcome
from calcds.derivation.model import Claim, Derivation, Line
from calcds.derivation.scan import Text
from calcds.derivation.sources import Source
from calcds.expr.latex import latex
from calcds.expr.names import latex_name
from calcds.expr.term import CONDITIONS
from calcds.handout.hypotheses import hypotheses
from calcds.handout.prose import Rich, note, rich
from calcds.handout.scribe import Unwritten, scribe
from calcds.handout.surroundings import Definition, Surroundings, surroundings
from calcds.handout.values import value_latex
from calcds.verify.result import Result

Mark = Literal["", "proved", "supported", "definition", "refuted", "undecided", "malformed"]
MARKS: dict[Outcome, Mark] = {
    Outcome.PROVED: "proved", Outcome.SUPPORTED: "supported", Outcome.REFUTED: "refuted",
    Outcome.UNDECIDED: "undecided", Outcome.MALFORMED: "malformed", Outcome.UNREAD: "undecided",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line: `= formula   reason   mark`."""

    relation: str  # "" on the first line of a chain, "=", or "\\iff"
    formula: str
    reason: Rich
    mark: Mark
    number: int  # of the claim; 0 on a first line
    detail: str  # how it was checked, in words
    line: int  # of the file
    asserted: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Definitions and conditions that are said first, then a chain of lines."""

    lets: tuple[Definition, ...]
    assumed: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Disproof:
    """An erratum: what is printed, and the numbers that show that it is false."""

    left: str
    right: str
    relation: str
    reason: Rich
    values: tuple[tuple[str, str], ...]  # sizes and variables, in LaTeX
    typed: tuple[str, ...]  # the same variables as they are typed
    left_value: str
    right_value: str
    entry: str  # "in entry (1, 0)"
    says: str  # where there are no numbers: why it makes no sense
    holds_if: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A derivation, ready for the printers."""

    id: str
    name: str
    file: Path
    line: int
    title: Rich
    note: Rich
    hypotheses: tuple[Rich, ...]
    helpers: tuple[Definition, ...]
    blocks: tuple[Block, ...]
    source: Source | None
    statements: tuple[str, ...]
    networks: tuple[tuple[str, float], ...]  # quantity, largest difference
    disproof: Disproof | None = None
    fallbacks: int = 0  # lines that are printed from their value
    derivation: Derivation | None = field(default=None, repr=False, compare=False)

    @property
    def steps(self) -> list[Step]:
        """All lines."""
        return [step for block in self.blocks for step in block.steps]

    @property
    def topic(self) -> str:
        """The file it stands in, which is a chapter of a book."""
        return self.file.stem


def sheet(derivation: Derivation, text: Text, rows: Mapping[int, Result]) -> Sheet:
    """The page of a derivation; `rows` are its results by the number of the claim."""
    around = surroundings(text, derivation.name)
    printing = _Printing(derivation, around, rows)
    names = {*derivation.symbols, *(let.name for let in derivation.lets)}
    networks = {
        row.network.quantity: row.network.max_error
        for row in rows.values()
        if row.network and row.network.made
    }
    return Sheet(
        id=derivation.id,
        name=derivation.name,
        file=derivation.span.file,
        line=derivation.span.line,
        title=note(derivation.title, names - {"e"}),
        note=note(derivation.note, names),
        hypotheses=tuple(hypotheses(derivation.symbols)),
        helpers=around.helpers,
        blocks=tuple(printing.blocks()),
        source=derivation.source,
        statements=_statements(derivation),
        networks=tuple(sorted(networks.items())),
        disproof=printing.disproof() if derivation.erratum else None,
        fallbacks=printing.fallbacks,
        derivation=derivation,
    )


def _statements(derivation: Derivation) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys([*derivation.statements, *(s for line in derivation.lines for s in line.statements)])
    )


class _Printing:
    """The lines of one derivation."""

    def __init__(self, derivation: Derivation, around: Surroundings, rows: Mapping[int, Result]) -> None:
        self.derivation, self.around, self.rows = derivation, around, rows
        self.claims = {claim.line.span: claim for claim in derivation.claims}
        self.fallbacks = 0

    def formula(self, line: Line) -> str:
        """As the author wrote it, or else from its value."""
        try:
            if line.text:
                return scribe(line.text, self.around.names)
        except Unwritten:
            self.fallbacks += 1
        return latex(line.value) if line.value is not None else rf"\text{{{_harmless(line.text)}}}"

    def blocks(self) -> Iterable[Block]:
        lets = list(self.around.lets)
        pending: list[Definition] = []
        assumed: list[str] = []
        steps: list[Step] = []
        lines = list(self.derivation.lines)
        last = self.claims.get(lines[-1].span) if lines and self.derivation.erratum else None
        for line in lines:
            claim = self.claims.get(line.span)
            if last is not None and claim is last:
                continue  # the printed line stands in the box of the erratum
            defined = bool(lets) and lets[0].line < line.span.line
            if steps and (claim is None or defined or (claim.kind == "holds" and not steps[-1].asserted)):
                yield Block(tuple(pending), tuple(assumed), tuple(steps))
                pending, assumed, steps = [], [], []
            while lets and lets[0].line < line.span.line:
                pending.append(lets.pop(0))
            if claim is None and _is_assumption(line, self.derivation):
                assumed.append(self.formula(line))
                continue
            steps.append(self._step(line, claim))
        if last is not None and len(steps) == 1 and not steps[0].number:
            steps = []  # it stands in the box
        if steps or pending or assumed:
            yield Block(tuple(pending), tuple(assumed), tuple(steps))

    def _step(self, line: Line, claim: Claim | None) -> Step:
        if claim is None:
            return Step("", self.formula(line), (), "", 0, "", line.span.line)
        row = self.rows.get(claim.number)
        mark: Mark = MARKS[row.outcome] if row else "undecided"
        if mark == "proved" and self.derivation.role(claim) == "definition":
            mark = "definition"
        relation = {"equal": "=", "equivalent": r"\iff", "holds": "", "bad": ""}[claim.kind]
        detail = row.detail if row and mark in {"supported", "undecided", "refuted", "malformed"} else ""
        return Step(
            relation, self.formula(line), rich(line.reason), mark, claim.number, detail, line.span.line,
            asserted=claim.kind == "holds",
        )  # fmt: skip

    def disproof(self) -> Disproof | None:
        """The last claim of an erratum."""
        if not self.derivation.claims:
            return None
        claim = self.derivation.claims[-1]
        row = self.rows.get(claim.number)
        found = row.counterexample if row else None
        values = {**(found.sizes if found else {}), **(found.values if found else {})}
        single = claim.kind == "holds" or claim.above is None
        return Disproof(
            left="" if single or claim.above is None else self.formula(claim.above),
            right=self.formula(claim.line),
            relation={"equal": "=", "equivalent": r"\iff"}.get(claim.kind, ""),
            reason=rich(claim.line.reason),
            values=tuple((latex_name(name), value_latex(value)) for name, value in values.items()),
            typed=tuple(values),
            left_value=value_latex(found.left) if found else "",
            right_value=value_latex(found.right) if found else "",
            entry=f"({found.entry[0]}, {found.entry[1]})"
            if found and found.entry and isinstance(found.left, list)
            else "",
            says="" if found or row is None else row.detail,
            holds_if=row.holds_if if row else "",
            corrected=self.derivation.corrected,
        )


def _is_assumption(line: Line, derivation: Derivation) -> bool:
    """`assume(...)`: a condition that no claim compares with anything."""
    if line.value is None or line.value.head not in CONDITIONS or line.reason:
        return False
    return not any(claim.above is line for claim in derivation.claims)


def _harmless(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in " .,()+-*/=")
