r"""A segment of a document as a piece: its formula cut into statements, and a tree for every side of them.

All that changes how a formula is written, and nothing of what it says, happens here and once: groups, macros, bars, primes.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from calcds.document.source.alone import at_a_place
from calcds.document.source.arithmetic import as_rounded
from calcds.document.source.bounds import with_bounds
from calcds.document.source.bracketed import with_members, without_index_brackets
from calcds.document.source.differentials import with_entries, with_quotients
from calcds.document.source.dots import undotted
from calcds.document.source.exponentials import with_exponentials
from calcds.document.source.extract import Document, Segment
from calcds.document.source.indicators import with_indicators
from calcds.document.source.latex import Node, parse
from calcds.document.source.lists import with_columns, with_matrices
from calcds.document.source.names import (
    with_transposes,
)
from calcds.document.source.packages import with_packages
from calcds.document.source.plain_tex import with_groups
from calcds.document.source.primes import primed_names, with_plain_indices, with_primes
from calcds.document.source.raw import Unread, expand, raw_tokens
from calcds.document.source.scripts import with_parted_scripts
from calcds.document.source.statements import Side, Statement, statements
from calcds.document.source.tokens import tokens
from calcds.document.words import prose
from calcds.document.words.labels import without_brackets
from calcds.document.words.spoken_gradients import with_hessians

EQUAL = {"=", ":=", "~", "ask", "update"}  # relations of which both sides are equal, or should be


@dataclass(slots=True, eq=False)
class Piece:
    """A segment with its statements, or why it has none."""

    segment: Segment
    statements: list[Statement]
    trees: dict[Side, Node | Unread]
    failed: Unread | None = None

    def statement_of(self, side: Side) -> Statement | None:
        """The statement of a side; None where a place was taken off it."""
        return next((statement for statement in self.statements if side in statement.sides), None)

    def nodes(self, sides: Iterable[Side]) -> list[Node | Unread]:
        """The trees of some sides."""
        return [self.trees.get(side, Unread("one side is empty", side.at, side.end)) for side in sides]


def piece_of(document: Document, segment: Segment) -> Piece:
    """The piece of a segment; one that cannot be cut says why."""
    try:
        raw = with_groups(expand(raw_tokens(segment.text, segment.at), document.macros))
        raw = with_parted_scripts(with_packages(raw))
        found = statements(tokens(raw, modulo=prose.MODULO.match(segment.after) is not None, comma=document.commas))
    except Unread as error:
        return Piece(segment, [], {}, error)
    trees = {side: tree_of(side, document, segment.section) for s in found for side in s.sides if side.tokens}
    for statement in found:
        trees |= _columns(statement, trees, document)
        trees |= _functions(statement, trees, document)
    if names := primed_names(trees.values()):
        trees = {side: with_primes(tree, names) if isinstance(tree, Node) else tree for side, tree in trees.items()}
    return Piece(segment, found, trees)


def _functions(statement: Statement, trees: dict[Side, Node | Unread], document: Document) -> dict[Side, Node | Unread]:
    r"""The trees of `\phi = \tanh` with the place at which both are meant."""
    if len(statement.sides) != 2 or statement.sides[1].relation not in EQUAL:
        return {}
    left, right = map(trees.get, statement.sides)
    found = at_a_place(left, right, document.text) if isinstance(left, Node) and isinstance(right, Node) else []
    return dict(zip(statement.sides, found, strict=False))


def _columns(statement: Statement, trees: dict[Side, Node | Unread], document: Document) -> dict[Side, Node | Unread]:
    """The trees of sides that are said to be equal, with lists in square brackets that are columns."""
    runs: list[list[Side]] = []
    for side in statement.sides:
        if side.relation in EQUAL and runs:
            runs[-1].append(side)
        else:
            runs.append([side])
    changed: dict[Side, Node | Unread] = {}
    for run in runs:
        nodes = [tree for side in run if isinstance(tree := trees.get(side), Node)]
        if len(nodes) == len(run) > 1:
            changed |= zip(run, with_columns(nodes, intervals=document.intervals, rows=document.rows), strict=True)
    return changed


def spoken(document: Document, said: str) -> Piece:
    """A formula that stands in words or in an annotation, of no section."""
    return piece_of(document, Segment(said, 0, display=False, before="", section=-1))


def tree_of(side: Side, document: Document, section: int = -1) -> Node | Unread:
    """The tree of a side, in the notation of its document; or why there is none."""
    try:
        tree = parse(side.tokens)
        tree = with_hessians(tree) if document.hessians else tree
        tree = without_index_brackets(tree) if document.bracketed else tree
        tree = with_members(tree, document.signals.get(section, frozenset()))
        tree = with_plain_indices(with_matrices(with_exponentials(tree)))
        tree = with_bounds(as_rounded(tree) if side.relation == "~" else tree)
        tree = with_indicators(with_entries(without_brackets(with_quotients(tree, document.coordinates))))
        return undotted(with_transposes(tree) if document.primes else tree)
    except Unread as error:
        return error


def around(segment: Segment) -> str:
    """The prose of the sentence around a formula, as far as the formulas beside it."""
    return f"{re.split(r'[.;:]', segment.before)[-1]} ; {re.split(r'[.;:]', segment.after)[0]}"
