r"""Inequalities as claims: `\ln x \le x - 1`, and the `27 > 0` of `\det H = 27 > 0`.

An order that a text claims (`calcds.document.words.ordering`) gets a row where it is proved, or certainly wrong; of any other
nothing is said, as most orders are conditions, and what is missing to prove one is seldom a mistake. One is called wrong where

    its sides are numbers, as they are printed, and no word around it takes it back or doubts it, or
    its names may be any numbers, it fails for positive ones, for those between 0 and 1, and for large sizes, too, a small
    change of it is proved, and the words around it claim it and nowhere restrict it.

Imports: calcds.document, calcds.decide.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import pairwise

from calcds.decide.verdict import Outcome
from calcds.document.claims import Claims, kinds_in
from calcds.document.following.retracing import written_out
from calcds.document.pieces import Piece
from calcds.document.reading.chains import Reading, read_chain
from calcds.document.source.latex import Node
from calcds.document.source.names import has_arrays
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.weighing import inequalities
from calcds.document.words.denied import is_denied
from calcds.document.words.judge import asking_word
from calcds.document.words.notes import Pending
from calcds.document.words.ordering import (
    ORDERS,
    Ordering,
    is_for_all,
    is_of_numbers,
    restricts,
    surely_claimed,
)
from calcds.expr.term import relation

_NORM = re.compile(r"\\\||\\[lr]?Vert|norm|\\nrm")
_UNITS = re.compile(r"\\(?:text|mathrm|mbox|circ|%|unit|si|SI|qty)(?![A-Za-z])|%")


class Inequalities(Claims):
    """The part of a checker that says what the orders of a chain come to."""

    ordering: Ordering

    def _orders(self, piece: Piece, statement: Statement, pending: Pending) -> None:
        """The rows of the orders of a statement, behind those of its equalities."""
        conditions = self.ordering.claimed.get(id(statement))
        places = [i for i, side in enumerate(statement.sides[1:]) if side.relation in ORDERS]
        if conditions is None or not places or pending.condition or pending.definition:
            return
        first, last = statement is piece.statements[0], statement is piece.statements[-1]
        if is_denied(piece.segment, first=first, last=last):
            return
        if first and asking_word(piece.segment.before, display=piece.segment.display):
            return
        sides = piece.nodes(statement.sides)
        nodes = [written_out(node, self.iterations, self.abbreviations, self.scope) for node in sides]
        pairs = [*pairwise(nodes)]
        for i in places:
            self._order(piece, statement, i, pairs[i], (*conditions, *pending.where))

    def _order(self, piece: Piece, statement: Statement, i: int, pair: Sequence[Node | Unread],
               conditions: Sequence[Node]) -> None:  # fmt: skip
        """The row of an order, where there is something to say of it."""
        left, right = statement.sides[i : i + 2]
        begin = time.perf_counter()
        if not all(isinstance(node, Node) for node in pair):
            return
        reading = self._read_order(pair, conditions)
        found = inequalities.weigh(self.decider, reading, right.relation) if reading is not None else None
        if found is None or reading is None:
            return
        verdict = found.verdict
        if verdict.outcome is Outcome.REFUTED and not self._is_wrong(piece, statement, i, pair, found, reading):
            return
        pair_read = reading.pair(0)
        assert pair_read is not None  # it was weighed
        claim = relation(right.relation, *pair_read)  # asserted by itself: it has no other side
        self._row(
            piece, left, right, verdict.outcome, verdict.detail, stage=verdict.stage, terms=(claim, None), verdict=verdict,
            given=(*kinds_in(pair_read), *map(str, found.given)), seconds=time.perf_counter() - begin,
        )  # fmt: skip

    def _read_order(self, pair: Sequence[Node | Unread], conditions: Sequence[Node]) -> Reading | None:
        """The two sides of an order as they are read first; as numbers, where they have no reading otherwise."""
        ways = (Options(),) if any(map(has_arrays, pair)) else (Options(), Options(numbers=True))
        for options in ways:
            reading = read_chain(pair, [True], self.scope, options, conditions=conditions)
            if reading.pair(0) is not None and not reading.doubts_of(0):
                return reading
        return None

    def _is_wrong(self, piece: Piece, statement: Statement, i: int, pair: Sequence[Node | Unread],
                  found: inequalities.Weighed, reading: Reading) -> bool:  # fmt: skip
        """Whether an order that does not hold is certainly claimed, and for the names that it does not hold for."""
        left, right = statement.sides[i : i + 2]
        of_numbers = all(isinstance(node, Node) and is_of_numbers(node) for node in pair)
        around = self.surroundings.of(piece.segment)
        if not of_numbers and (statement.joint or len(statement.sides) != 2 or not inequalities.is_of_signs(found.given)):
            return False
        with_a_number = not all(side.free for side in found.sides)
        if not surely_claimed(around, of_numbers=of_numbers, with_a_number=with_a_number):
            return False
        self.decider.evidence.begin()
        if self._why_unclaimed(piece, left, right, Outcome.REFUTED, "", reading.pair(0) or (None, None), found.verdict):
            return False
        if self.restrictions.hedge() or self.supposed.here or self.scope.is_complex:
            return False
        if of_numbers:
            return found.is_of_numbers and not _UNITS.search(piece.segment.text)
        if _NORM.search(piece.segment.text) or self.scope.momentary or reading.unknown or not found.alone:
            return False
        names = {str(s) for side in found.sides for s in side.free}
        conditions = sum(len(one.parts) // 2 for one in self.ordering.claimed[id(statement)])
        known = any(name in self.scope.told for name in names) or restricts(around.printed, names, conditions)
        if known or self.restrictions.restriction(names) or self.restrictions.root(names):
            return False
        return (inequalities.is_understood(found) and inequalities.fails_everywhere(
                    self.decider, found, right.relation, for_all=is_for_all(around))
                and inequalities.mended(self.decider, found, right.relation))  # fmt: skip
