r"""Annotations: what the text does not say, said beside it, invisible when rendered.

    <!-- calcds: A: Matrix[m, n]; x, b: Vector[n] -->      % calcds: skip
    let s = 1/(1+e^{-z})     assume \sigma > 0, k <= n    layout numerator    log base 2    prime d/dx
    superscript (i) is an index                                               hold from here on
    independent X, Y    iid X    disjoint A, B    partition B    centred X    random x          hold from here on
    skip | definition | condition | where x != 0 | tolerance 1e-3 | expect refuted              hold for the next equation

Formulas in annotations are LaTeX, read by the reader of the text itself. `expect refuted 2` is about the second equality
of the next formula, and says that it is a claim. `definition` and `condition` hold for formulas that cannot be read, too:
a definition is the first equality of its chain. A sidecar file `notes.md.calcds` has the same words, one annotation a
line, each before the line it belongs to: `12: skip`; `12.2: skip` is about the second formula that begins in line 12.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from calcds.document.source.extract import Document, Note
from calcds.document.source.latex import Node, read
from calcds.document.source.raw import Unread
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Declared, Function, Scope
from calcds.errors import CalcdsError, Malformed
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.parser import parse_declarations

_SIGNS = {"!=": r"\ne ", "<=": r"\le ", ">=": r"\ge ", "≠": r"\ne ", "≤": r"\le ", "≥": r"\ge "}
_INDEX = re.compile(r"superscript \(?([A-Za-z])\)? is an index")
ALL_OF_THEM = 0  # instead of the number of an equality
_WORDS = r"independent|iid|uncorrelated|disjoint|partition|centred|random"
_CHANCE = re.compile(rf"(?P<word>{_WORDS})\s+(?P<names>[^:]+)|(?P<first>[^:]+):\s*(?P<last>{_WORDS})")


@dataclass(frozen=True, slots=True)
class Pending:
    """What annotations say of the next formula."""

    skip: bool = False
    definition: bool = False
    condition: bool = False
    expect: frozenset[int] = frozenset()  # numbers of equalities, from 1; ALL_OF_THEM
    tolerance: float = 0.0
    where: tuple[Node, ...] = ()

    def expects(self, number: int) -> bool:
        """Whether an equality of the formula is expected to be refuted."""
        return ALL_OF_THEM in self.expect or number in self.expect


def index_letters(document: Document) -> set[str]:
    """Letters of which an annotation says that they are indices as superscripts."""
    return {found[1] for note in document.notes for found in _INDEX.finditer(note.text)}


@dataclass(slots=True)
class Orders:
    """The annotations of a document, taken in its order.

    learn: takes an equation or a declaration in LaTeX into the scope
    """

    document: Document
    scope: Scope
    learn: Callable[[str], None]
    taken: int = 0
    lasting: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.document.notes.sort(key=lambda note: note.at)

    def before(self, at: int) -> Pending:
        """Take every annotation up to a place; what holds for the formula there."""
        pending = Pending()
        notes = self.document.notes
        while self.taken < len(notes) and notes[self.taken].at < at:
            note = notes[self.taken]
            self.taken += 1
            for part in re.split(r"(?<!\\);", note.text):
                try:
                    pending = self._take(part.strip(), pending)
                except (CalcdsError, Unread) as error:
                    line, _ = self.document.place(max(0, note.at))
                    self.document.problems.append(
                        f"line {line}: the annotation {part.strip()!r} is not understood: {str(error).splitlines()[0]}"
                    )
        return pending

    def _take(self, said: str, pending: Pending) -> Pending:
        word, _, rest = said.partition(" ")
        if said == "skip":
            return replace(pending, skip=True)
        if said == "definition":
            return replace(pending, definition=True)
        if said == "condition":
            return replace(pending, condition=True)
        if found := re.fullmatch(r"expect refuted(?: ([0-9]{1,3}))?", said):
            return replace(pending, expect=pending.expect | {int(found[1] or ALL_OF_THEM)})
        if found := re.fullmatch(r"tolerance ([0-9.]{1,12}(?:e-?[0-9]{1,3})?)", said):
            return replace(pending, tolerance=float(found[1]))
        if word == "where":
            return replace(pending, where=(*pending.where, *conditions(rest)))
        if word == "assume":
            self.lasting += conditions(rest)
            for part in rest.split(","):
                self.learn(_latex(part))
        elif word == "let":
            self.learn(_latex(rest))
        elif found := re.fullmatch(r"layout (numerator|denominator)", said):
            self.scope.settings["layout"] = found[1]
        elif found := re.fullmatch(r"log base ([0-9]{1,9}|e)", said):
            self.scope.settings["log base"] = "" if found[1] == "e" else found[1]
        elif found := _CHANCE.fullmatch(said):
            self.scope.chance.tell(found["word"] or found["last"], found["names"] or found["first"])
        elif found := re.fullmatch(r"prime d/d(\w+)", said):
            self.scope.settings["prime"] = found[1]
        elif said and not _INDEX.fullmatch(said):
            self._declare(said)
        return pending

    def _declare(self, said: str) -> None:
        names, colon, kind = said.partition(":")
        if not colon:
            raise Malformed("known are: skip, definition, condition, where, tolerance, expect refuted, let, assume, layout, "
                            "log base, prime, superscript, and declarations such as A: Matrix[m, n]")  # fmt: skip
        meaning = parse_declarations(f"declared: {kind.strip()}")["declared"]
        for name in re.split(r",(?![^{]*\})", names):
            key = key_of(read(name.strip()))
            if key is None:
                raise Malformed(f"{name.strip()} is no name")
            self._is(key, meaning)

    def _is(self, key: str, meaning: object) -> None:
        for twin in [key, *([f"bold {key}"] if " " not in key else [])]:
            if isinstance(meaning, FunctionSymbol):
                symbol = replace(meaning, name=key)
                self.scope.functions[twin] = Function(twin, (), None, (), -1, symbol)
            else:
                self.scope.kinds[twin] = Declared(meaning.data[1], -1)  # type: ignore[attr-defined]
                self.scope.functions.pop(twin, None)
                self.scope.definitions.pop(twin, None)


def conditions(said: str) -> list[Node]:
    """Conditions, parted by commas, as trees. Raises Unread.

    >>> [str(node) for node in conditions("x != 0, k <= n")]
    ['item(items(NAME:x), REL:!=, items(NUMBER:0))', 'item(items(NAME:k), REL:<=, items(NAME:n))']
    """
    from calcds.document.source.latex import parse
    from calcds.document.source.raw import raw_tokens
    from calcds.document.source.statements import statements
    from calcds.document.source.tokens import tokens

    found = []
    for part in said.split(","):
        (statement,) = statements(tokens(raw_tokens(_latex(part)))) or (None,)
        if statement is None or len(statement.sides) < 2:
            raise Unread(f"{part.strip()} is no condition")
        nodes: list[Node] = []
        for side in statement.sides:
            nodes += [Node("REL", (), side.relation)] if nodes else []
            nodes.append(parse(side.tokens))
        found.append(Node("item", tuple(nodes)))
    return found


def _latex(said: str) -> str:
    """Signs as one types them, as LaTeX."""
    for sign, command in _SIGNS.items():
        said = said.replace(sign, command)
    return said


def sidecar(document: Document, file: Path) -> None:
    """Add the annotations of a file beside the document."""
    starts = {line: offset for offset, line, _ in document.lines}
    formulas: dict[int, list[int]] = {}
    for segment in document.segments:
        formulas.setdefault(document.place(segment.at)[0], []).append(segment.at)
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        found = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,4}))?[ \t]*:(.*)", said)
        if found is None:
            document.notes.append(Note(said, -1))
        elif found[2] is None:
            document.notes.append(Note(found[3].strip(), starts.get(int(found[1]), 0) - 1))
        elif 1 <= int(found[2]) <= len(formulas.get(int(found[1]), ())):
            document.notes.append(Note(found[3].strip(), formulas[int(found[1])][int(found[2]) - 1] - 1))
        else:
            document.problems.append(
                f"{file.name}: no formula {found[2]} begins in line {found[1]} of the document"
            )
