"""A document to results: every equation is read, taken as a definition or a condition, or decided. Never raises.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.chains import Reading, alternatives, read_chain
from calcds.document.deciding import TIMEOUT, Decider
from calcds.document.extract import Document, Segment
from calcds.document.finding import Finding
from calcds.document.harvest import declare, gather, head_of, key_of, prose
from calcds.document.judge import is_weak
from calcds.document.latex import Node, parse
from calcds.document.names import named, names_in, opened, script, shown, text_of
from calcds.document.notes import Orders, Pending
from calcds.document.raw import Unread, expand, raw_tokens
from calcds.document.scope import Declared, Function, Scope
from calcds.document.shapes import NotKnown
from calcds.document.statements import Side, Statement, statements
from calcds.document.symbols import Options, full_key, labelled
from calcds.document.tokens import tokens
from calcds.errors import CalcdsError
from calcds.expr.kinds import Matrix, Real, Vector
from calcds.expr.latex import latex
from calcds.expr.term import Term, substitute, subterms

EQUAL = {"=", ":=", "~", "ask", "update"}
_LOCAL = re.compile(
    r"(?:\bif|\bwhen|\bwhenever|\buntil|\bwhile|\bonly if|\bunless|\biff|\bat|\bfor)\W*$", re.IGNORECASE
)

_BREAK = re.compile(r"\n[ \t]*(?:\n|[-*+][ \t]|\d+[.)][ \t])")
_WHERE = re.compile(r"[,.]?\s*(?:where|with|for|in which|wo)\b", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Piece:
    """A segment with its statements, or why it has none."""

    segment: Segment
    statements: list[Statement]
    trees: dict[Side, Node | Unread]
    failed: Unread | None = None


@dataclass(slots=True)
class Checker:
    """One pass over a document."""

    document: Document
    timeout: float = TIMEOUT
    scope: Scope = field(default_factory=Scope)
    rows: list[Finding] = field(default_factory=list)
    decider: Decider = field(init=False)
    last: Side | None = None  # the side a display that begins with "=" goes on from

    def __post_init__(self) -> None:
        self.decider = Decider(self.scope, self.timeout)

    def run(self) -> list[Finding]:
        """All results, in the order of the document."""
        pieces = [_piece(self.document, segment) for segment in self.document.segments]
        self._look_ahead(pieces)
        self._values(pieces)
        orders = Orders(self.document, self.scope)
        section, starts = -1, self._paragraphs(pieces)
        for piece in pieces:
            if piece.segment.section != section:
                section = piece.segment.section
                self.last = None
                self.scope.section, self.scope.around = section, self.document.around(section)
            if piece in starts:
                for other in starts[piece]:
                    for statement in other.statements:
                        declare(statement, other.segment, self.scope)
            pending = orders.before(piece.segment.at)
            try:
                self._piece(piece, pending)
            except Exception as error:  # noqa: BLE001  (a fault costs one formula, never the document)
                said = f"a fault of calcds, please report it: {type(error).__name__}: {error}"
                self._row(piece, None, None, Outcome.UNDECIDED, said)
        return self.rows

    def _paragraphs(self, pieces: Sequence[Piece]) -> dict[Piece, list[Piece]]:
        """Pieces that stand in one paragraph, by the first of them: `f(x) = x^T A x for A in R^n` declares A for f."""
        found: dict[Piece, list[Piece]] = {}
        first: Piece | None = None
        for piece, previous in zip(pieces, [None, *pieces], strict=False):
            between = piece.segment.before
            new = first is None or previous is None or previous.segment.section != piece.segment.section
            if new or (_BREAK.search(between) and not _WHERE.match(between.lstrip("$ \n"))):
                first = piece
            assert first is not None  # set in the first round
            found.setdefault(first, []).append(piece)
        return found

    def _look_ahead(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            for name in (
                n
                for t in piece.trees.values()
                if isinstance(t, Node)
                for n in names_in(t)
                if n.base.startswith("bold ")
            ):
                self.scope.bold_in.setdefault(labelled(name)[0], set()).add(piece.segment.section)
            gather(
                [t for t in piece.trees.values() if isinstance(t, Node)], self.scope, piece.segment.section
            )
            for statement in piece.statements:
                for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                    tree = piece.trees.get(side)
                    if (
                        following.relation in {"=", ":="}
                        and isinstance(tree, Node)
                        and (head := head_of(tree)) is not None
                    ):
                        self.scope.applied.add(head[0])

    def _values(self, pieces: Sequence[Piece]) -> None:
        """Names that the document gives numbers: `x = 2`, `(x_1, x_2) = (0, 0)`."""
        for piece in pieces:
            for statement in piece.statements:
                for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                    name, value = piece.trees.get(side), piece.trees.get(following)
                    if (
                        following.relation not in EQUAL
                        or not isinstance(name, Node)
                        or not isinstance(value, Node)
                    ):
                        continue
                    number = key_of(name) is not None and not any(names_in(value))
                    if number or opened(name).kind in {"round", "grid"}:
                        self.decider.valued |= {Real.symbol(shown(full_key(n))) for n in names_in(name)}

    # -- pieces and chains --------------------------------------------------------------------------------------

    def _piece(self, piece: Piece, pending: Pending) -> None:
        if piece.failed is not None:
            if "=" in piece.segment.text:
                self._row(piece, None, None, Outcome.UNREAD, piece.failed.why, at=piece.failed.at)
            return
        for place, statement in enumerate(piece.statements):
            if len(statement.sides) == 1:
                tree = piece.trees.get(statement.sides[0])
                if isinstance(tree, Node) and len(piece.statements) == 1:
                    prose(piece.segment, tree, self.scope)
                if len(piece.statements) == 1 and piece.segment.display:
                    self.last = statement.sides[0]
                continue
            if statement.continues:
                if place or self.last is None or not piece.segment.display:
                    statement = replace(statement, sides=statement.sides[1:])  # noqa: PLW2901
                    if len(statement.sides) == 1:
                        if statement.sides[0].relation in EQUAL:
                            self._row(
                                piece,
                                None,
                                statement.sides[0],
                                Outcome.UNREAD,
                                "the left side is not in this formula",
                            )
                        continue
                else:
                    statement = replace(statement, sides=[self.last, *statement.sides[1:]])  # noqa: PLW2901
                    piece.trees[self.last] = _tree(self.last)
            self._chain(piece, statement, pending)
            if piece.segment.display:
                self.last = statement.sides[-1]

    def _chain(self, piece: Piece, statement: Statement, pending: Pending) -> None:
        sides = statement.sides
        linked = [s.relation in EQUAL for s in sides[1:]]
        if not any(linked):
            return
        if pending.skip:
            return
        nodes = [piece.trees.get(s, Unread("one side is empty", s.at, s.end)) for s in sides]
        weak = ""
        if statement.joint in {"implies", "iff"}:
            weak = "it follows from, or leads to, another equation"
        elif (
            is_weak(piece.segment.before, display=piece.segment.display) and statement is piece.statements[0]
        ):
            weak = "the words before it ask for it"
        if pending.condition:
            weak = "an annotation says that it is a condition"
        taken = self._definitions(piece, sides, nodes, linked, pending)
        readings = self._readings(nodes, linked)
        for i, joined in enumerate(linked):
            if joined and i not in taken:
                self._pair(piece, sides, i, readings, weak, nodes, pending)

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool]) -> list[Reading]:
        first = read_chain(nodes, linked, self.scope, Options())
        found = [first, *(read_chain(nodes, linked, self.scope, options) for options in alternatives(first))]
        for options in self._older(nodes):
            other = read_chain(nodes, linked, self.scope, options)
            found += [other, *(read_chain(nodes, linked, self.scope, more) for more in alternatives(other))]
        if not _reads(found, linked):
            found.append(read_chain(nodes, linked, self.scope, Options(kinds=False, evidence=False)))
        return found

    def _older(self, nodes: Sequence[Node | Unread]) -> list[Options]:
        """Readings with, and without, what other sections say of the names in a chain."""
        keys = {f"{key}_{text_of(script(below[0]))}" if below else key for node in nodes if isinstance(node, Node)
                for key, below, _ in map(labelled, names_in(node))}  # fmt: skip
        keys |= {key.split("_")[0] for key in keys}
        scope, found = self.scope, []
        if any(
            k in scope.definitions and not scope.is_here(scope.definitions[k].section) for k in keys
        ) or any(
            k in scope.functions
            and scope.functions[k].body is not None
            and not scope.is_here(scope.functions[k].section)
            for k in keys
        ):
            found.append(Options(old=True))
        if any(k in scope.kinds and not scope.is_here(scope.kinds[k].section) for k in keys):
            found.append(Options(kinds=False))
        return found

    # -- definitions --------------------------------------------------------------------------------------------

    def _definitions(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool],
                     pending: Pending) -> set[int]:  # fmt: skip
        """Take the heads of a chain as definitions; the numbers of the pairs that are taken."""
        heads = 0
        while (
            heads < len(linked)
            and linked[heads]
            and sides[heads + 1].relation in {"=", ":="}
            and self._is_head(nodes[heads], pending)
        ):
            heads += 1
        taken: set[int] = set()
        for i in reversed(range(heads)):
            node, body = nodes[i], nodes[i + 1]
            if (
                isinstance(node, Node)
                and isinstance(body, Node)
                and self._define(piece, sides, i, node, body)
            ):
                taken.add(i)
            elif isinstance(node, Node):
                self._forget(node)
                if isinstance(body, Unread):
                    self._row(piece, sides[i], sides[i + 1], Outcome.UNREAD, body.why, at=body.at)
                    taken.add(i)
        return taken

    def _is_head(self, node: Node | Unread, pending: Pending) -> bool:
        if isinstance(node, Unread):
            return False
        head = head_of(node)
        if head is not None:
            found = self.scope.functions.get(head[0])
            fresh = (
                found is None
                or found.body is None
                or len(found.parameters) != len(head[1])
                or not self.scope.is_here(found.section)
                or pending.definition
            )
            names = [key_of(n) for n in head[1]]
            again = found is not None and found.body is not None and len(found.parameters) == len(head[1])
            return fresh and not (again and any(n and self.scope.definition(n, old=False) for n in names))
        key = key_of(node)
        if key is None or key in {"e", "pi"}:
            return False
        known = self.scope.definitions.get(key)
        return known is None or not self.scope.is_here(known.section) or pending.definition

    def _forget(self, node: Node) -> None:
        head = head_of(node)
        key = head[0] if head else key_of(node)
        if key is not None:
            self.scope.definitions.pop(key, None)
            if key in self.scope.functions and self.scope.functions[key].body is not None:
                del self.scope.functions[key]

    def _define(self, piece: Piece, sides: Sequence[Side], i: int, node: Node, body: Node) -> bool:
        """Take one definition; false where the pair is no definition after all."""
        head = head_of(node)
        key = head[0] if head else key_of(node)
        assert key is not None  # it is a head
        names = [body] if head is None else [body, *head[1], *head[2]]
        reading = self._defining(
            names, [] if head is None else [k for n in head[1] if (k := key_of(n)) and "_" in k]
        )
        value = reading.sides[0]
        if head is None and self._explicit(key, body):
            self._row(
                piece,
                sides[i],
                sides[i + 1],
                Outcome.PROVED,
                f"taken as the entries of {shown(key)}",
                role="definition",
                stage="definition",
            )
            return True
        if isinstance(value, Unread):
            self._row(
                piece,
                sides[i],
                sides[i + 1],
                Outcome.UNREAD,
                value.why,
                at=value.at,
                advice=getattr(value, "advice", ""),
                role="definition",
            )
            self._forget(node)
            return True
        local = bool(_LOCAL.search(piece.segment.before))
        if head is not None:
            parameters = [s for s in reading.sides[1:] if isinstance(s, Term) and s.head in {"sym", "entry"}]
            if len(parameters) != len(names) - 1 or any(p.head == "entry" for p in parameters):
                return False
            expanded = self.scope.expand(value, keep=parameters)
            if any(t.head == "apply" and t.data.name == shown(key) for t in subterms(expanded)):
                return False
            count = len(head[1])
            keys = tuple(key_of(n) or "" for n in head[1])
            if not local:
                parts = tuple(parameters[:count]), expanded, tuple(parameters[count:])
                self.scope.functions[key] = Function(key, *parts, self.scope.section, None, keys, sides[i].at)
                self.scope.definitions.pop(key, None)
        else:
            symbol = self._symbol_of(key)
            self.scope.old = reading.options.old
            if symbol is not None and symbol in self.scope.expand(value).free:
                self._row(
                    piece,
                    sides[i],
                    sides[i + 1],
                    Outcome.UNDECIDED,
                    f"an update or an equation for {shown(key)}",
                    role="definition",
                )
                return True
            parameter = any(
                key in f.keys for f in self.scope.functions.values() if f.section == self.scope.section
            )
            declared = key in self.scope.kinds and self.scope.kinds[key].certain
            if value.free and not local and not parameter and not declared:
                self.scope.define(key, value, sides[i].at)
        for name, kind in reading.assumed.items():
            if name not in self.scope.kinds or self.scope.kinds[name].section != self.scope.section:
                self.scope.kinds[name] = Declared(kind, self.scope.section, certain=False)
        self._row(piece, sides[i], sides[i + 1], Outcome.PROVED, f"taken as the definition of {shown(key)}", role="definition",
                  stage="definition", terms=(None, value))  # fmt: skip
        return True

    def _explicit(self, key: str, body: Node) -> bool:
        r"""`A = \begin{pmatrix} A_{11} & A_{12} \\ ...`: A has so many rows and columns."""
        grid = opened(body)
        if grid.kind != "grid" or not grid.parts:
            return False
        rows = [[named(cell.parts[0]) if cell.parts else None for cell in row.parts] for row in grid.parts]
        cells = [cell for row in rows for cell in row]
        letter = key.rsplit(" ", maxsplit=1)[-1].lower()
        if (
            any(c is None or c.base.lower() != letter or not c.marks for c in cells)
            or len({len(r) for r in rows}) != 1
        ):
            return False
        kind = Vector[len(rows)] if len(rows[0]) == 1 else Matrix[len(rows), len(rows[0])]
        self.scope.declare(key, kind)
        return True

    def _defining(self, names: Sequence[Node], numbers: Sequence[str]) -> Reading:
        """The first reading of a body that makes sense."""
        tries = [Options(), *self._older(names), Options(kinds=False, evidence=False)]
        linked = [False] * (len(names) - 1)
        found = [read_chain(names, linked, self.scope, tries[0], numbers)]
        while not isinstance(found[-1].sides[0], Term) and len(found) < len(tries):
            found.append(read_chain(names, linked, self.scope, tries[len(found)], numbers))
        return found[-1] if isinstance(found[-1].sides[0], Term) else found[0]

    def _symbol_of(self, key: str) -> Term | None:
        reading = read_chain([Node("NAME", (), key)], [], self.scope, Options())
        found = reading.sides[0]
        return found if isinstance(found, Term) else None

    # -- claims -------------------------------------------------------------------------------------------------

    def _pair(self, piece: Piece, sides: Sequence[Side], i: int, readings: Sequence[Reading], weak: str,
              nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        left, right = sides[i], sides[i + 1]
        if right.relation == "update":
            self._row(piece, left, right, Outcome.UNDECIDED, "an update", role="definition")
            return
        read = [r for r in readings if r.pair(i) is not None]
        if not read:
            why = readings[0].why(i)
            self._row(
                piece, left, right, Outcome.UNREAD, why.why, at=why.at, advice=getattr(why, "advice", "")
            )
            return
        if self._names_right(piece, sides, i, nodes, read[0], weak):
            return
        if right.relation == "~" and not _is_decimal(read[0].sides[i + 1]):
            self._row(piece, left, right, Outcome.UNREAD, "an approximation without printed digits")
            return
        if right.relation == "ask":
            weak = "an exclamation mark asks for it"
        begin = time.perf_counter()
        verdict, reading, note = self.decider.decide(read, i, weak, pending.where)
        terms = reading.pair(i)
        assert terms is not None  # only such readings are decided
        role = "definition" if note and verdict.outcome is Outcome.UNDECIDED else "claim"
        if verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} and self._rebinds(nodes[i], nodes[i + 1]):
            self._define(piece, sides, i, nodes[i], nodes[i + 1])  # type: ignore[arg-type]
            return
        self._row(
            piece, left, right, verdict.outcome, verdict.detail, role=role, stage=verdict.stage, terms=terms, verdict=verdict,
            given=_given(terms), seconds=time.perf_counter() - begin, expect=pending.expect,
        )  # fmt: skip

    def _rebinds(self, node: Node | Unread, body: Node | Unread) -> bool:
        """Whether a bare name gets a new value here."""
        if not isinstance(node, Node) or not isinstance(body, Node):
            return False
        return head_of(node) is not None or key_of(node) not in {None, "e", "pi"}

    def _names_right(
        self,
        piece: Piece,
        sides: Sequence[Side],
        i: int,
        nodes: Sequence[Node | Unread],
        reading: Reading,
        weak: str,
    ) -> bool:
        """`... = y` names what stands on the left, where y is new."""
        node = nodes[i + 1]
        terms = reading.pair(i)
        if not isinstance(node, Node) or terms is None or weak or i + 2 < len(sides):
            return False
        key = key_of(node)
        if (
            key is None
            or key in self.scope.kinds
            or key in self.scope.definitions
            or key in self.scope.functions
        ):
            return False
        left, right = terms
        if (
            right.head != "sym"
            or right in left.free
            or not left.free
            or left.head == "sym"
            or right.shape != left.shape
        ):
            return False
        self.scope.define(key, left, sides[i + 1].at)
        self._row(piece, sides[i], sides[i + 1], Outcome.PROVED, f"taken as the definition of {shown(key)}", role="definition",
                  stage="definition", terms=terms)  # fmt: skip
        return True

    # -- rows ---------------------------------------------------------------------------------------------------

    def _row(
        self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome, detail: str, *, at: int = -1,
        advice: str = "", role: str = "claim", stage: str = "", terms: tuple[Term | None, Term | None] = (None, None),
        verdict: Verdict | None = None, given: tuple[str, ...] = (), seconds: float = 0.0, expect: bool = False,
    ) -> None:  # fmt: skip
        place = right.at if right is not None and right.at >= 0 else piece.segment.at
        if left is not None and left.at >= piece.segment.at:
            place = left.at
        line, column = self.document.place(at if at >= 0 and outcome is Outcome.UNREAD else place)
        said = verdict or Verdict(outcome)
        self.rows.append(
            Finding(
                line, column, outcome, detail,
                role="erratum" if expect and role == "claim" else role, stage=stage,
                left=self._source(left), right=self._source(right), link="≈" if right and right.relation == "~" else "=",
                lhs=_latex(terms[0]), rhs=_latex(terms[1]), given=given, conditions=said.conditions,
                counterexample=said.counterexample, holds_if=said.holds_if, advice=advice, seconds=seconds,
            )
        )  # fmt: skip

    def _source(self, side: Side | None) -> str:
        if side is None or not side.tokens:
            return ""
        said = self.document.text[side.at : side.end]
        return " ".join(re.sub(r"\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])", "", said).split())


def _piece(document: Document, segment: Segment) -> Piece:
    try:
        found = statements(tokens(expand(raw_tokens(segment.text, segment.at), document.macros)))
    except Unread as error:
        return Piece(segment, [], {}, error)
    return Piece(segment, found, {side: _tree(side) for s in found for side in s.sides if side.tokens})


def _tree(side: Side) -> Node | Unread:
    try:
        return parse(side.tokens)
    except Unread as error:
        return error


def _reads(found: Sequence[Reading], linked: Sequence[bool]) -> bool:
    """Whether every pair was read in some way."""
    return all(any(r.pair(i) is not None for r in found) for i in range(len(linked)) if linked[i])


def _is_decimal(side: Term | Unread) -> bool:
    return isinstance(side, Term) and side.head in {"decimal", "num"}


def _given(terms: tuple[Term, Term]) -> tuple[str, ...]:
    free = sorted(terms[0].free | terms[1].free, key=str)
    return tuple(f"{s}: {s.data[1]}" for s in free if s.data[1].word not in {"Real", "Dim"})


def _latex(term: Term | None) -> str:
    try:
        return latex(term) if term is not None else ""
    except (CalcdsError, RecursionError, ValueError):
        return ""


def findings(document: Document, timeout: float = TIMEOUT) -> list[Finding]:
    r"""What is to be said of every equation of a document, in its order.

    >>> from pathlib import Path
    >>> from calcds.document.extract import cut
    >>> document = cut(Path("notes.md"), r"$$\frac{d}{dx} x^3 = 3x^2$$ and $$(a + b)^2 = a^2 + b^2$$")
    >>> [(f.line, f.outcome.value) for f in findings(document)]
    [(1, 'proved'), (1, 'refuted')]
    """
    return Checker(document, timeout).run()


__all__ = ["Checker", "NotKnown", "findings", "substitute"]
