r"""Annotations: what the text does not say, said beside it, invisible when rendered.

    <!-- calcds: A: Matrix[m, n]; x, b: Vector[n] -->      % calcds: skip
    let s = 1/(1+e^{-z})    layout numerator    log base 2    prime d/dx       hold from here on
    independent X, Y    iid X    disjoint A, B    partition B    centred X    random x      hold from here on
    skip | definition | condition | where x != 0 | expect refuted              hold for the next equation

A sidecar file `notes.md.calcds` has the same words, one annotation a line, each after the line it belongs to: `12: skip`.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from calcds.document.extract import Document, Note
from calcds.document.scope import Declared, Scope
from calcds.errors import CalcdsError
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.parser import parse_declarations, parse_expression
from calcds.expr.term import Term

_WORDS = r"independent|iid|uncorrelated|disjoint|partition|centred|random"
_CHANCE = re.compile(rf"(?P<word>{_WORDS})\s+(?P<names>[^:]+)|(?P<first>[^:]+):\s*(?P<last>{_WORDS})")
_ONCE = {"skip", "definition", "condition", "expect refuted"}


@dataclass(frozen=True, slots=True)
class Pending:
    """What annotations say of the next equation."""

    skip: bool = False
    definition: bool = False
    condition: bool = False
    expect: bool = False
    where: tuple[Term, ...] = ()


@dataclass(slots=True)
class Orders:
    """The annotations of a document, taken in its order."""

    document: Document
    scope: Scope
    taken: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.document.notes.sort(key=lambda note: note.at)

    def before(self, at: int) -> Pending:
        """Take every annotation up to a place; what holds for the equation there."""
        pending = Pending()
        notes = self.document.notes
        while self.taken < len(notes) and notes[self.taken].at < at:
            note = notes[self.taken]
            self.taken += 1
            for part in note.text.split(";"):
                try:
                    pending = self._take(part.strip(), pending)
                except CalcdsError as error:
                    line, _ = self.document.place(note.at)
                    self.document.problems.append(
                        f"line {line}: the annotation {part.strip()!r} is not understood: {str(error).splitlines()[0]}"
                    )
        return pending

    def _take(self, said: str, pending: Pending) -> Pending:
        if said in _ONCE:
            return replace(
                pending,
                skip=pending.skip or said == "skip",
                definition=pending.definition or said == "definition",
                condition=pending.condition or said == "condition",
                expect=pending.expect or said == "expect refuted",
            )
        if said.startswith(("where ", "assume ")):
            condition = parse_expression(said.partition(" ")[2].replace("≠", "!="), self._names())
            return replace(pending, where=(*pending.where, condition))
        if found := re.fullmatch(r"layout (numerator|denominator)", said):
            self.scope.settings["layout"] = found[1]
        elif found := re.fullmatch(r"log base ([0-9]{1,9}|e)", said):
            self.scope.settings["log base"] = "" if found[1] == "e" else found[1]
        elif found := _CHANCE.fullmatch(said):
            self.scope.chance.tell(found["word"] or found["last"], found["names"] or found["first"])
        elif found := re.fullmatch(r"prime d/d(\w+)", said):
            self.scope.settings["prime"] = found[1]
        elif said:
            self._declare(said)
        return pending

    def _declare(self, said: str) -> None:
        for name, meaning in parse_declarations(said).items():
            for key in (name, "bold " + name):
                if isinstance(meaning, FunctionSymbol):
                    continue
                self.scope.kinds[key] = Declared(meaning.data[1], -1)

    def _names(self) -> dict[str, Term | FunctionSymbol]:
        return {key: d.kind.symbol(key) for key, d in self.scope.kinds.items() if " " not in key}


def sidecar(document: Document, file: Path) -> None:
    """Add the annotations of a file beside the document."""
    starts = {line: offset for offset, line, _ in document.lines}
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        number, colon, rest = said.partition(":")
        if colon and re.fullmatch(r"[0-9]{1,9}", number.strip()):
            document.notes.append(Note(rest.strip(), starts.get(int(number), 0) - 1))
        else:
            document.notes.append(Note(said, -1))
