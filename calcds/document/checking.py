"""A document to results: every equation is read, taken as a definition or a condition, or decided. Never raises.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.adjoints import Adjoints
from calcds.document.chains import Chains
from calcds.document.finding import Finding
from calcds.document.following.confirming import Confirming
from calcds.document.following.following import Following
from calcds.document.following.iterating import Iterations
from calcds.document.following.listed import Listed
from calcds.document.following.parts import Parts
from calcds.document.following.solving import Solutions
from calcds.document.following.special_cases import SpecialCases
from calcds.document.following.spectra import Spectra
from calcds.document.following.stationary import is_optimal, is_slope, values_of
from calcds.document.looking_ahead import conventions, look_ahead, note_values
from calcds.document.paragraphs import Paragraphs, paragraphs_of
from calcds.document.pieces import EQUAL, Piece, piece_of, spoken, tree_of
from calcds.document.reading.defining import Definer
from calcds.document.readings import ChainReader
from calcds.document.source.extract import Document
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    named,
    names_in,
    with_indices,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement, hides_a_relation
from calcds.document.weighing.deciding import TIMEOUT, Decider
from calcds.document.weighing.layouts import Layouts
from calcds.document.weighing.offered import items_in, without_offers
from calcds.document.weighing.particular import Particular
from calcds.document.words import prose, resizing
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.anew import names_anew
from calcds.document.words.declarations import declare, leading, trailing, words_beside
from calcds.document.words.habits import take_habits
from calcds.document.words.heads import key_of
from calcds.document.words.layers import Layers
from calcds.document.words.notes import Orders, Pending
from calcds.document.words.ordering import Ordering
from calcds.document.words.restricting import MARK, Restrictions
from calcds.document.words.returning import Returning
from calcds.document.words.rows_of_numbers import lists_are_rows
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside, parted, text_of
from calcds.document.words.shapes import NotKnown
from calcds.document.words.slopes import Slopes
from calcds.document.words.supposing import Suppositions
from calcds.document.words.surroundings import Surroundings
from calcds.expr.term import same_shape, substitute

_NOTHING = re.compile(r"(?:\s|\$|\\\\|\\[()\[\]])*")  # between two formulas: spaces, their marks, the ends of lines


@dataclass(slots=True)
class Checker(Chains):
    """One pass over a document."""

    document: Document
    timeout: float = TIMEOUT
    scope: Scope = field(default_factory=Scope)
    rows: list[Finding] = field(default_factory=list)
    decider: Decider = field(init=False)
    definer: Definer = field(init=False)
    beside: Beside = field(default_factory=Beside)
    ordering: Ordering = field(default_factory=Ordering)
    supposed: Suppositions = field(default_factory=Suppositions)
    restrictions: Restrictions = field(default_factory=Restrictions)
    surroundings: Surroundings = field(init=False)
    returning: Returning = field(init=False)
    solutions: Solutions = field(init=False)
    confirming: Confirming = field(init=False)
    spectra: Spectra = field(init=False)
    following: Following = field(init=False)
    special: SpecialCases = field(init=False)
    layouts: Layouts = field(default_factory=Layouts)
    layers: Layers = field(default_factory=Layers)
    slopes: Slopes | None = None
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    paragraphs: Paragraphs = field(init=False)
    equality: int = 0  # the number of an equality in its formula, from 1
    orders: Orders = field(init=False)
    reader: ChainReader = field(init=False)
    adjoints: Adjoints = field(init=False)
    holds: bool = False  # the statement before this one, in the same formula, is an identity
    iterations: Iterations = field(default_factory=Iterations)
    parts: Parts = field(init=False)
    listed: Listed = field(init=False)
    particular: Particular = field(default_factory=Particular)
    lately: list[Piece] = field(default_factory=list)  # what was read so far
    last: Side | None = None  # the side a display that begins with "=" goes on from
    behind: Side | None = None  # the last side of any chain, behind which a formula in the text may go on

    def __post_init__(self) -> None:
        self.decider = Decider(self.scope, self.timeout)
        self.definer = Definer(self.scope)
        self.surroundings = Surroundings(self.document)
        self.returning = Returning(self.scope)
        self.solutions = Solutions(self.scope)
        self.confirming = Confirming(self.rows, self.decider, self.document.text)
        self.spectra = Spectra(self.rows, self.confirming, self.decider, self.scope, self.document.text)
        self.following = Following(self.scope, self.decider)
        self.special = SpecialCases(self.scope)
        self.parts = Parts(self.scope, self.iterations)
        self.listed = Listed(self.scope, self.iterations)

    def run(self) -> list[Finding]:
        """All results, in the order of the document."""
        take_habits(self.document, self.scope)
        pieces = [piece_of(self.document, segment) for segment in self.document.segments]
        if lists_are_rows(pieces):
            self.document.rows = True
            pieces = [piece_of(self.document, segment) for segment in self.document.segments]
        self.slopes, self.layers = conventions(self.document, pieces)
        self.scope.layered = lambda tree, section: self.layers.read([tree], section)[0]
        self.scope.convolves = prose.CONVOLUTION.search(self.document.text) is not None
        self.beside = look_ahead(self.document, pieces, self.scope, self.following.unspecified.heard)
        self.ordering = Ordering.of(pieces)
        note_values(pieces, self.decider)
        self.returning.anew = names_anew(pieces, self.document.around)
        self.paragraphs = Paragraphs(self.document, self.scope, self.definer, self.beside)
        self.orders = Orders(self.document, self.scope, self._learn)
        self.reader = ChainReader(
            self.scope, self.definer, self.supposed, self.abbreviations, self.iterations, self.beside, self.orders
        )
        self.adjoints = Adjoints(self.scope, self.abbreviations)
        self.adjoints.look_ahead(pieces)
        starts = paragraphs_of(pieces)
        for piece, previous in zip(pieces, [None, *pieces], strict=False):
            self._go_on(piece, previous)
            try:
                if piece in starts:
                    self.iterations.part += prose.HEADED.search(piece.segment.before) is not None
                    self.paragraphs.begin(starts[piece])
                pending = self.orders.before(piece.segment.at)
                self._listen_before(piece)
                self._piece(piece, pending)
                self.lately.append(piece)
            except Exception as error:  # noqa: BLE001  (a fault costs one formula, never the document)
                said = f"a fault of calcds, please report it: {type(error).__name__}: {error}"
                self._row(piece, None, None, Outcome.UNDECIDED, said)
        self.confirming.settle()
        self.spectra.settle()
        items = {self.document.place(at)[0] for at in items_in(self.document.text)}
        for k, (row, known) in enumerate(zip(without_offers(self.rows, items), self.rows, strict=True)):
            if row is not known:
                self.rows[k] = row  # in its place: who takes the rows one by one is told of it
        return self.rows

    def _go_on(self, piece: Piece, previous: Piece | None) -> None:
        """What ends with a sentence or a section is over, and what stands in front of a piece is heard."""
        if previous is None or parted(previous.segment, piece.segment):
            self.scope.end_sentence()
            self.supposed.end_sentence()
            self.definer.end_sentence()
        section, former = piece.segment.section, -1 if previous is None else previous.segment.section
        if section != former:
            self.returning.leave(former)
            self.last = None
            self.scope.section, self.scope.around = section, self.document.around(section)
            self.returning.enter(section, self.scope.around)
            self.abbreviations.here = self.scope.around
        self.restrictions.hear(piece.segment)
        self.confirming.hear(piece.segment)
        self.parts.hear(piece.segment)
        self.listed.hear(piece)
        self.spectra.hear(piece)

    def _listen_before(self, piece: Piece) -> None:
        """What the words of its paragraph, and those beside it, say of the names in a piece."""
        self.scope.chance.at = piece.segment.at
        for key, kind in self.paragraphs.worded.get(id(piece), ()):  # another size was said of it in this paragraph before
            if (known := self.scope.kinds.get(key)) is None or not same_shape(known.kind.shape, kind.shape):
                resizing.declare(key, kind, self.scope)
        for name, quotient in self.paragraphs.spoken.get(id(piece), ()):
            self.definer.define(name, quotient, piece.segment.at, local=False)
            self.abbreviations.take([name, quotient], piece.segment.section)
        trailing(piece.segment.after, self._name_in, self.scope)
        leading(piece.statements, piece.trees, piece.segment.before, self.scope)

    def _name_in(self, said: str) -> Node | Unread:
        """What stands between two dollars, where it is one value."""
        piece = spoken(self.document, said)
        sides = [side for statement in piece.statements for side in statement.sides]
        return piece.trees.get(sides[0], Unread("nothing")) if len(sides) == 1 else Unread("more than one value")

    def _learn(self, said: str) -> None:
        """What an annotation says holds everywhere: `s = 1/(1 + e^{-z})`, `k > 0`."""
        piece = spoken(self.document, said)
        if piece.failed is not None:
            raise piece.failed
        here, self.scope.section = self.scope.section, -1
        former = dict(self.scope.former)
        try:
            for statement in piece.statements:
                nodes = piece.nodes(statement.sides)
                for node in nodes:
                    if isinstance(node, Unread):
                        raise node
                declare(statement, piece.segment, self.scope)
                linked = [side.relation in EQUAL for side in statement.sides[1:]]
                taken = (
                    self.definer.take(statement.sides, nodes, linked, again=True, local=False)
                    if any(linked)
                    else {}
                )
                for found in taken.values():
                    if found.outcome is not Outcome.PROVED:
                        raise Unread(found.detail)
        finally:
            self.scope.section = here
            self.scope.former = former  # what the text said before is not meant: the annotation says what is

    def _piece(self, piece: Piece, pending: Pending) -> None:
        self.equality = 0
        if pending.skip:
            return
        if piece.failed is not None:
            if "=" in piece.segment.text:
                self._row(piece, None, None, Outcome.UNREAD, piece.failed.why, at=piece.failed.at)
            return
        self.holds = False
        for place, statement in enumerate(piece.statements):
            if len(statement.sides) == 1:
                tree = piece.trees.get(statement.sides[0])
                if isinstance(tree, Unread) and hides_a_relation(statement.sides[0]):
                    self._row(piece, None, statement.sides[0], Outcome.UNREAD, tree.why, at=tree.at)
                if isinstance(tree, Node) and len(piece.statements) == 1:
                    words_beside(piece.segment, tree, self.scope)
                if len(piece.statements) == 1:
                    self.behind = statement.sides[0]
                    self.last = self.behind if piece.segment.display else self.last
                continue
            if statement.continues:
                last = self.last if piece.segment.display else self._in_front(piece)
                if place or last is None:
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
                    statement = replace(statement, sides=[last, *statement.sides[1:]])  # noqa: PLW2901
                    piece.trees[last] = self._again(last, piece.segment.section)
            rows = len(self.rows)
            point = self._point(piece, statement)  # before the chain gives its names their values
            self._chain(piece, statement, pending)
            if point is not None:
                self._claim(piece, statement, rows, point)
            self.holds = len(self.rows) > rows and all(map(_is_identity, self.rows[rows:]))
            self._orders(piece, statement, pending)
            self._update(piece, statement.sides)
            self.behind = statement.sides[-1]
            if piece.segment.display:
                self.last = statement.sides[-1]

    def _in_front(self, piece: Piece) -> Side | None:
        """The side that a formula in the text goes on from: nothing but the ends of lines stands between them."""
        if self.behind is None or not self.lately or self.lately[-1].segment.section != piece.segment.section:
            return None
        end = self.lately[-1].segment.at + len(self.lately[-1].segment.text)
        own = self.behind in self.lately[-1].trees and piece.statements[0].continues
        return self.behind if own and _NOTHING.fullmatch(self.document.text[end : piece.segment.at]) else None

    def _point(self, piece: Piece, statement: Statement) -> Verdict | None:
        """What comes of `x = 2` in "$f$ is minimal at $x = 2$", which claims nothing by itself; None for anything else."""
        words, stationary = self.restrictions.own(), self.following.stationary
        plain = all(side.relation in {"=", ":="} for side in statement.sides[1:])
        asked = plain and stationary.asks(words, piece.segment.after)
        if not asked and not (plain and self._follows_from_a_slope(piece, statement)):
            return None
        pairs = values_of(piece.nodes(statement.sides))
        found = stationary.verdict(pairs, words, self._lately(piece), self._alone(words)) if pairs else None
        wrong = found is not None and found.outcome is Outcome.REFUTED
        return found if asked or not wrong or all(is_optimal(name) for name, _ in pairs) else None

    def _follows_from_a_slope(self, piece: Piece, statement: Statement) -> bool:
        r"""Whether a value is concluded from a derivative before it: "$f'(x) = 2x - 4a$, so $x = 2a$"."""
        before = self.lately[-1] if self.lately else None
        if before is None or not before.statements or statement is not piece.statements[0]:
            return False
        if not prose.CONCLUDES.search(text_of(piece.segment.before)) or parted(before.segment, piece.segment):
            return False
        sides = before.statements[-1].sides
        return len(sides) > 1 and is_slope(before.nodes(sides)[0])

    def _claim(self, piece: Piece, statement: Statement, first: int, found: Verdict) -> None:
        """The rows of a statement are about a point after all, and say what comes of it, unless nobody claims it.

        What stands behind the value in a chain is another form of it, of which the point says nothing.
        """
        left, right, *others = statement.sides
        refuted = found.outcome is Outcome.REFUTED
        if refuted and self._why_unclaimed(piece, left, right, found.outcome, found.stage):
            return
        nodes = piece.nodes(statement.sides)
        pairs = zip((left, right, *others), nodes, strict=True)
        names = {self._source(one) for one, node in pairs if isinstance(node, Node) and key_of(node) is not None}
        names.add(self._source(left))
        for k, row in enumerate(self.rows[first:], first):
            if row.left in names and row.role == "definition":
                self.rows[k] = replace(row, outcome=found.outcome, detail=found.detail, stage=found.stage, role="claim")

    def _alone(self, words: str) -> list[Node]:
        """The expressions that stand alone in the sentence of a formula, the last one first."""
        here = self.lately[: -1 - words.count(MARK) : -1]
        sides = ((p, p.statements[0].sides) for p in here if len(p.statements) == 1)
        trees = (p.trees.get(found[0]) for p, found in sides if len(found) == 1)
        return [tree for tree in trees if isinstance(tree, Node) and named(tree) is None]

    def _again(self, side: Side, section: int) -> Node | Unread:
        """The tree of a side of an earlier formula."""
        tree = tree_of(side, self.document, section)
        if self.slopes is not None and isinstance(tree, Node):
            tree = self.slopes.written_out(tree, side.at)
        return with_indices(self.layers.read([tree], section)[0], self.scope.samples) if isinstance(tree, Node) else tree

    def _update(self, piece: Piece, sides: Sequence[Side]) -> None:
        """After a line that gives a name its next value, the numbers it had are those of the last side, or not known."""
        nodes = piece.nodes(sides)
        if len(sides) > 1 and _is_update(sides[1].relation, nodes):
            chained = all(s.relation in EQUAL for s in sides[1:])
            self.definer.update(nodes[0], nodes[-1] if chained else nodes[1], sides[0].at)

def _is_identity(row: Finding) -> bool:
    """Whether a row says that something holds for all values of its names."""
    return row.outcome is Outcome.PROVED and row.role == "claim" and row.stage != "solution"


def _is_update(relation: str, nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a line gives a name its next value: `w \leftarrow w - \eta g`, `w := w - \eta g`."""
    if relation != ":=":
        return relation == "update"
    name, body = nodes[:2]
    head = named(name) if isinstance(name, Node) else None
    return head is not None and isinstance(body, Node) and full_key(head) in {full_key(n) for n in names_in(body)}


def findings(document: Document, timeout: float = TIMEOUT) -> list[Finding]:
    r"""What is to be said of every equation of a document, in its order.

    >>> from pathlib import Path
    >>> from calcds.document.source.extract import cut
    >>> document = cut(Path("notes.md"), r"$$\frac{d}{dx} x^3 = 3x^2$$ and $$(a + b)^2 = a^2 + b^2$$")
    >>> [(f.line, f.outcome.value) for f in findings(document)]
    [(1, 'proved'), (1, 'refuted')]
    """
    return Checker(document, timeout).run()


__all__ = ["Checker", "NotKnown", "findings", "substitute"]
