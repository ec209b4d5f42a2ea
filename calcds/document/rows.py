r"""The rows of a report: where an equation stands, what became of it, and why a line that does not hold is not called wrong.

Nothing is called wrong that the words around it may restrict, or take back: then the row says so, and is undecided.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.finding import Finding
from calcds.document.following.confirming import Confirming
from calcds.document.following.spectra import Spectra
from calcds.document.pieces import Piece
from calcds.document.reading.chains import read_chain
from calcds.document.reading.extremes import is_extreme, is_place
from calcds.document.reading.sequences import Taken
from calcds.document.source.braces import has_remark
from calcds.document.source.extract import Document
from calcds.document.source.latex import Node
from calcds.document.source.names import shown
from calcds.document.source.options import Options
from calcds.document.source.statements import Side
from calcds.document.weighing.coarse import differs_in_sign, is_coarse, is_namesake, is_off_in_the_last_digit
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.repair import tidy
from calcds.document.words.heads import head_of, key_of
from calcds.document.words.ordering import ORDERS
from calcds.document.words.scope import Scope
from calcds.document.words.surroundings import Surroundings
from calcds.document.words.unclaimed import (
    approximated,
    is_of_numbers,
    restricted_from_afar,
    restricted_sign,
    why_no_signals,
    why_unclaimed,
)
from calcds.errors import CalcdsError
from calcds.expr.latex import latex
from calcds.expr.term import Term

_ENTRY = re.compile(r"(.+)_[a-z]{2}")
_LINKS = {"~": "\N{ALMOST EQUAL TO}", **ORDERS}  # how relations are shown; any other as an equality


class Doubt(NamedTuple):
    """Why a line that does not hold is not called wrong. asks: it may be an equation for unknowns"""

    why: str
    asks: bool = False


_OF_EXTREMES = "a condition, not a claim: it says where something is least or greatest, or how small or great it is"


class Rows:
    """The part of a checker that writes rows."""

    document: Document
    scope: Scope
    rows: list[Finding]
    decider: Decider
    confirming: Confirming
    spectra: Spectra
    surroundings: Surroundings

    def _taken(self, piece: Piece, sides: Sequence[Side], i: int, taken: Taken) -> None:
        self._row(piece, sides[i], sides[i + 1], taken.outcome, taken.detail, at=taken.at, advice=taken.advice,
                  role="claim" if taken.stage == "solution" else "definition", stage=taken.stage,
                  terms=(None, taken.value), asks=taken.asks)  # fmt: skip
        self._find(piece, sides[i : i + 2], taken)

    def _find(self, piece: Piece, sides: Sequence[Side], taken: Taken) -> None:
        """A name that gets a formula has a value, and what is no definition may be a step, of a solution."""
        nodes, row = piece.nodes(sides), len(self.rows) - 1
        node, place = nodes[0], (piece.segment, sides[0].at, sides[1].end)
        if not isinstance(node, Node) or sides[1].relation not in {"=", ":="} or self.rows[row].outcome is not taken.outcome:
            return
        key, value = key_of(node), taken.value
        if key is not None and (entry := _ENTRY.fullmatch(shown(key))) is not None:
            self.scope.entry_said[entry[1]] = self.scope.section
        settled = taken.outcome is Outcome.PROVED and value is not None and (value.free or taken.stage != "definition")
        if key is not None and settled and value is not None:
            self.confirming.value(row, shown(key), value, *place)
        elif head_of(node) is None and isinstance(nodes[1], Node) and taken.outcome in {Outcome.PROVED, Outcome.UNDECIDED}:
            if not self.confirming.asks(row):
                return
            reading = read_chain(nodes, [True], self.scope, Options())
            if (terms := reading.pair(0)) is not None and not reading.doubts_of(0):
                self.confirming.equation(row, terms, *place)

    def _row(
        self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome, detail: str, *, at: int = -1,
        advice: str = "", role: str = "claim", stage: str = "", terms: tuple[Term | None, Term | None] = (None, None),
        verdict: Verdict | None = None, given: tuple[str, ...] = (), seconds: float = 0.0, expect: bool = False,
        corrected: Term | None = None, asks: bool = False,
    ) -> None:  # fmt: skip
        place = right.at if right is not None and right.at >= 0 else piece.segment.at
        if left is not None and left.at >= piece.segment.at:
            place = left.at
        line, column = self.document.place(at if at >= 0 and outcome is Outcome.UNREAD else place)
        if outcome is Outcome.UNREAD and not expect and left is not None and right is not None:
            head, body = piece.nodes((left, right))
            named_so = is_extreme(body) and isinstance(head, Node) and key_of(head) is not None
            if named_so or is_place(head) or is_place(body):
                outcome, detail, asks, role = Outcome.UNDECIDED, _OF_EXTREMES, True, "definition"
        if outcome in {Outcome.REFUTED, Outcome.MALFORMED} and not expect:
            doubt = self._why_unclaimed(piece, left, right, outcome, stage, terms, verdict)
            about = right is not None and right.relation == "~"
            if verdict is not None and is_coarse(self._source(right), verdict, about=about):
                doubt = Doubt("it may be rounded to a number without a point")
            elif verdict is not None and is_off_in_the_last_digit(terms, verdict, about=about):
                doubt = Doubt("its last digit is off by less than one: it may have been rounded twice")
            elif verdict is not None and is_namesake(self._source(left), verdict):
                doubt = Doubt(f"{self._source(left)} may be a name here, of which this is the value")
            if doubt is not None:
                outcome, detail, verdict, stage, corrected = Outcome.UNDECIDED, doubt.why, None, "", None
                asks = doubt.asks
        last = next((side for side in (right, left) if side is not None and side.end > place), None)
        end = self.document.place(last.end) if last is not None else (-1, -1)
        said = verdict or Verdict(outcome)
        if asks or said.asks:
            self.confirming.asked.add(len(self.rows))
        self.rows.append(
            Finding(
                line, column, outcome, detail,
                role="erratum" if expect and role == "claim" else role, stage=stage,
                left=self._source(left), right=self._source(right), link=_LINKS.get(right.relation, "=") if right else "=",
                lhs=_latex(terms[0]), rhs=_latex(terms[1]), given=given, conditions=said.conditions,
                counterexample=said.counterexample, holds_if=said.holds_if, advice=advice, seconds=seconds,
                corrected=_latex(None if corrected is None else tidy(corrected)), end_line=end[0], end_column=end[1],
            )
        )  # fmt: skip
        if left is not None and terms[1] is not None and (terms[0] is None or terms[0].head == "sym"):
            self.spectra.value(len(self.rows) - 1, self._source(left), terms[1], piece.segment)

    def _why_unclaimed(self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome,
                       stage: str, terms: tuple[Term | None, Term | None] = (None, None),
                       verdict: Verdict | None = None) -> Doubt | None:  # fmt: skip
        """Why a line that does not hold is not claimed, or may hold where it stands; None where nothing around it says so."""
        if outcome is Outcome.REFUTED and has_remark(self._source(left)):
            return Doubt("a brace says what a part of the left side comes to, which the right side may go on from")
        around = self.surroundings.of(piece.segment)
        if stage == "signals":
            why = why_no_signals(piece.segment.text, around)
            return Doubt(why) if why else None
        free = {str(s) for term in terms if term is not None for s in term.free}
        why = why_unclaimed(piece.segment.text, self._source(left), self._source(right), around, free)
        if why or outcome is Outcome.MALFORMED or stage == "solution":
            return Doubt(why) if why else None
        of_numbers = verdict is not None and is_of_numbers(self._source(left), self._source(right))
        signed = verdict is not None and differs_in_sign(verdict) if of_numbers else self.decider.evidence.signed
        slip = of_numbers or self.decider.evidence.is_slip
        if (not slip or signed) and (sign := restricted_sign(self._source(left), self._source(right), around)):
            return Doubt(f"it may hold for some signs of its names, as the words around it say: {sign}")
        if of_numbers and not self.decider.evidence.is_slip and (said := approximated(around)):
            return Doubt(f"it may not be meant exactly, as the words around it say: {said}")
        if slip:
            return None
        afar = restricted_from_afar(around)
        return Doubt(f"what stands before it may restrict it, and was not understood: {afar}", asks=True) if afar else None

    def _source(self, side: Side | None) -> str:
        if side is None or not side.tokens:
            return ""
        said = self.document.text[side.at : side.end]
        return " ".join(re.sub(r"\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])", "", said).split())


def _latex(term: Term | None) -> str:
    try:
        return latex(term) if term is not None else ""
    except (CalcdsError, RecursionError, ValueError):
        return ""
