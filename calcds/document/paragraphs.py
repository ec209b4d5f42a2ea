r"""What a paragraph says of its names holds from its first line: `y = s(x), where s(x) = 1/(1 + e^{-x})`.

Declarations, properties and shapes are taken when the paragraph begins; so are the definitions behind "where" that what
stands before them needs. Their rows are written where they stand.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from calcds.decide.verdict import Outcome
from calcds.document.pieces import Piece, tree_of
from calcds.document.reading.defining import Definer
from calcds.document.reading.eigenvectors import take_eigenvalues
from calcds.document.reading.factorizations import take_factorizations
from calcds.document.reading.sequences import Taken
from calcds.document.source.extract import Document
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    names_in,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.words import prose
from calcds.document.words.declarations import declare, properties
from calcds.document.words.diagonals import diagonals_in_words
from calcds.document.words.explaining import explained_beside
from calcds.document.words.heads import head_of, key_of
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside
from calcds.document.words.spoken_gradients import at_places_in_words, gradients_in_words
from calcds.document.words.usual_functions import usual_functions
from calcds.document.words.wholes import whole_numbers
from calcds.document.words.wording import other_names, rows_and_columns, shapes_in_words
from calcds.expr.kinds import Kind

_ENDS = re.compile(r"[.?!]\s|\n\s*\n")  # a sentence
_VARIABLES = {*"xytzuvwrsmfijk", "theta"}


@dataclass(slots=True)
class Paragraphs:
    """Takes what the paragraphs of a document say, one after the other."""

    document: Document
    scope: Scope
    definer: Definer
    beside: Beside
    worded: dict[int, list[tuple[str, Kind]]] = field(default_factory=dict)  # sizes in words, by the formula that says them
    spoken: dict[int, list[tuple[Node, Node]]] = field(default_factory=dict)  # derivatives that words name, by the formula
    early: dict[int, dict[int, Taken]] = field(default_factory=dict)  # definitions that were taken before their place

    def begin(self, paragraph: Sequence[Piece]) -> None:
        """What a paragraph says of its names holds from its first line: `y = s(x), where s(x) = 1/(1 + e^{-x})`."""
        for place, key, kind in shapes_in_words(paragraph, self.scope):
            self.worded.setdefault(id(place), []).append((key, kind))
        whole_numbers(paragraph, self.scope)
        usual_functions(paragraph, self.scope)
        for piece in paragraph:
            for statement in piece.statements:
                local = id(statement) in self.beside.local and not prose.STATES.search(piece.segment.before)
                declare(statement, piece.segment, self.scope, local=local and self._is_variable(statement))
                if len(statement.sides) > 1:
                    self._properties(statement, piece)
        self._in_words(paragraph)
        self._explained(paragraph)

    def _in_words(self, paragraph: Sequence[Piece]) -> None:
        """What words say of several names together: other names, rows and columns, factors, diagonals, derivatives."""
        for place, new, old in other_names(paragraph):
            self.definer.alias(new, old, place.segment.at)
        for key, letter, rows in rows_and_columns(paragraph):
            self.definer.lines(key, letter, rows=rows)
        take_factorizations(paragraph, self.scope, self.definer)
        take_eigenvalues(paragraph, self.scope)
        self.definer.usual_columns()
        for place, name, body in diagonals_in_words(paragraph, self.scope.has_meaning):
            self.definer.define(name, body, place.segment.at, local=False)
        for place, name, body in at_places_in_words(paragraph):
            self.definer.define(name, body, place.segment.at, local=False)
        for place, name, pair, quotient in gradients_in_words(paragraph):
            self.scope.quotients.setdefault(place.segment.section, []).append(pair)
            self.spoken.setdefault(id(place), []).append((name, quotient))

    def _explained(self, paragraph: Sequence[Piece]) -> None:
        """Definitions that explain what stands before them are taken early; functions first."""
        for piece in paragraph:
            for statement in explained_beside(piece, self.scope.has_meaning):
                self._take_early(piece, statement)
        heads: set[str] = set()
        for piece in paragraph:
            for statement in piece.statements:
                tree = piece.trees.get(statement.sides[0])
                head = head_of(tree) if isinstance(tree, Node) else None
                if head is not None and head[0] in heads:
                    return  # a second formula for a function explains nothing, nor does p_i(\tau) beside p_i
                plain = (key_of(tree) or "").partition("_") if isinstance(tree, Node) else ("", "", "")
                heads |= {head[0]} if head is not None else {plain[0]} if plain[2] else set()
        explained = [p for p in paragraph[1:] if prose.EXPLAINS.search(p.segment.before) and len(p.statements) == 1]
        for piece in explained:  # functions first: `p_i = s(z_i)`, where z_i = w x_i and s(z) = ...
            tree = piece.trees.get(piece.statements[0].sides[0])
            if isinstance(tree, Node) and head_of(tree) is not None and not self._waits_for_another(piece, paragraph):
                self._take_early(piece)
        for piece in explained:
            tree, before = piece.trees.get(piece.statements[0].sides[0]), paragraph[: paragraph.index(piece)]
            if not isinstance(tree, Node):
                continue
            if self.definer.speaks_anew(tree, piece.segment.before):
                if not _in_former_sentences(tree, before, piece):
                    self._take_early(piece, again=True)
                if id(piece.statements[0]) not in self.early:
                    self.definer.doubt_the_whole(tree, forget=False)  # the sentence before "where" means the new one
            elif (
                prose.IN_WHICH.search(piece.segment.before)
                and self.definer.explains([*piece.trees.values()])
                and key_of(tree) in {key for one in before for key in _used_in(one)}
            ):
                self._take_early(piece)

    def _waits_for_another(self, piece: Piece, paragraph: Sequence[Piece]) -> bool:
        """Whether a formula uses a function that its paragraph defines before it, and that was not taken early."""
        used = {*_used_in(piece)}
        for before in paragraph[: paragraph.index(piece)]:
            for statement in before.statements if before.segment.at != piece.segment.at else ():
                tree = before.trees.get(statement.sides[0])
                head = head_of(tree) if isinstance(tree, Node) and id(statement) not in self.early else None
                if head is not None and head[0] in used and len(statement.sides) > 1:
                    return True
        return False

    def _take_early(self, piece: Piece, statement: Statement | None = None, *, again: bool = False) -> None:
        statement = piece.statements[0] if statement is None else statement
        if [side.relation for side in statement.sides[1:]] in (["="], [":="]):
            nodes = piece.nodes(statement.sides)
            taken = self.definer.take(statement.sides, nodes, [True], again=again, local=False)
            if not (again and any(one.outcome is Outcome.UNREAD for one in taken.values())):
                self.early[id(statement)] = taken  # else it is read once more in its place

    def _properties(self, statement: Statement, piece: Piece) -> None:
        try:
            behind = piece.statements[: piece.statements.index(statement)]
            properties(statement, piece.segment, self.scope, alone=len(piece.statements) == 1, behind=behind)
        except Unread:
            return  # what is not read says nothing

    def _is_variable(self, statement: Statement) -> bool:
        """Whether a condition is about a variable: of parameters, `lambda > 0` says what they are."""
        names = [
            n for side in statement.sides for t in [tree_of(side, self.document)] if isinstance(t, Node) for n in names_in(t)
        ]
        return any(n.base.removeprefix("bold ") in _VARIABLES for n in names)


def _used_in(piece: Piece) -> Iterator[str]:
    """The names in the formulas of a piece, and those that they are entries of."""
    for name in (n for tree in piece.trees.values() if isinstance(tree, Node) for n in names_in(tree)):
        yield from (full_key(name), labelled(name)[0])


def _in_former_sentences(tree: Node, before: Sequence[Piece], piece: Piece) -> bool:
    """Whether a paragraph speaks of a name, or of the whole of it, in the sentences before that of a piece."""
    names = {key for n in names_in(tree) for key in (full_key(n), labelled(n)[0])}
    names |= {f"bold {key}" for key in names}
    ended = False
    for later, one in zip([piece, *reversed(before)], reversed(before), strict=False):
        ended = ended or _ENDS.search(f"{one.segment.text.rstrip(' $')[-1:]} {later.segment.before}") is not None
        if ended and not names.isdisjoint(_used_in(one)):
            return True
    return False


def paragraphs_of(pieces: Sequence[Piece]) -> dict[Piece, list[Piece]]:
    """Pieces that stand in one paragraph, by the first of them: `f(x) = x^T A x for A in R^n` declares A for f."""
    found: dict[Piece, list[Piece]] = {}
    first: Piece | None = None
    for piece, previous in zip(pieces, [None, *pieces], strict=False):
        between = piece.segment.before
        new = first is None or previous is None or previous.segment.section != piece.segment.section
        if new or (prose.BREAK.search(between) and not prose.WHERE.match(between.lstrip("$ \n"))):
            first = piece
        assert first is not None  # set in the first round
        found.setdefault(first, []).append(piece)
    return found
