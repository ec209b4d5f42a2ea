r"""The steps of a solution, confirmed by what it finds: `k(1 - \theta) = (n - k)\theta`, so `\theta = k/n`.

An equation for unknowns holds for no others than its solutions. Where the text goes on to say what they are, the equation is a
true step if it holds with these values put in, identically in all other names; of several solutions, with each of them.

    2x = 2\lambda, 2y = \lambda, 2z = -2\lambda       with x = \lambda, y = \lambda/2, z = -\lambda
    2x + y - 2z = 9                                with these, and \lambda = 2

Nothing is called wrong here. And little is called true that a slip might leave so: an equation is not confirmed where

* a small change makes it hold for all values: it may be an identity with a slip in it, which holds at some points;
* it holds with the same numbers after a small change, as `y = z^2` does in the place of `y = 2z` for z = 2;
* both its sides vanish, and none is printed as 0: a wrong factor is not seen;
* it stands behind all these values, and is no value: it may be about all values again.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TypeAlias

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.finding import Finding
from calcds.document.source.extract import Segment
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.evidence import holds
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.derivations import begins_anew, gives_a_reason, is_found, is_solved
from calcds.document.words.scope import MOST_NODES
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import MINUS_ONE, ZERO, Term, mul, power, same_shape, substitute, subterms

MOST = 12  # equations of a solution that are tried
MOST_CHANGES = 200  # of an equation that holds
_ROUNDS = 6  # values within values
_MARKS = re.compile(r"_(?:hat|star|ast|opt|MLE|ML|MAP|mle|map|OLS|ols)$")
_NUMBERED = re.compile(r"_(?:\d|\+|-|plus|minus)$")
_ANY = Real.symbol("any number")
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_CALCULUS = {"deriv", "grad", "jac", "hess", "at", "apply", "limit", "decimal", "integral"}


_Table: TypeAlias = dict[Term, Term]


@dataclass(frozen=True, slots=True)
class _Equation:
    """An equation of which nothing is known, as it is printed."""

    row: int
    left: Term
    right: Term
    at: int
    end: int

    @property
    def own(self) -> str:
        """The name of which it gives the value; "" where it gives none."""
        return str(self.left.data[0]) if self.left.head == "sym" and self.left not in self.right.free else ""

    @property
    def free(self) -> frozenset[Term]:
        """The names in it, but for sizes."""
        return frozenset(s for s in self.left.free | self.right.free if s.data[1].word != "Dim")


@dataclass(frozen=True, slots=True)
class _Value:
    """What the text says a name is."""

    row: int
    name: str
    body: Term
    at: int
    end: int
    found: bool  # by the words before it
    shown: str  # as it is printed


@dataclass(slots=True)
class Confirming:
    """The equations and values of the solution that is read."""

    rows: list[Finding]
    decider: Decider
    text: str
    equations: list[_Equation] = field(default_factory=list)
    values: list[_Value] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)  # rows that are undecided as they may be equations for unknowns
    supports: dict[int, Verdict] = field(default_factory=dict)  # of rows, by the numbers of an example
    section: int = -1
    begin: int = 0  # of the solution

    def hear(self, segment: Segment) -> None:
        """A formula comes: what was read so far is weighed where it belongs to another solution."""
        if segment.section != self.section or begins_anew(segment):
            self.settle()
            self.section, self.begin = segment.section, segment.at - len(segment.before)

    def asks(self, row: int) -> bool:
        """Whether a row of the report may be an equation for unknowns, of which nothing is known."""
        known = self.rows[row]
        return known.stage == "definition" or (known.outcome is Outcome.UNDECIDED and row in self.asked)

    def equation(self, row: int, terms: tuple[Term, Term], segment: Segment, at: int, end: int) -> None:
        """A row of the report is an equation of which nothing is known, if it asks for something."""
        left, right = terms
        if not self.asks(row):
            return
        if any(t.head in _CALCULUS for side in terms for t in subterms(side)) or not (left.free or right.free):
            return
        one = _Equation(row, left, right, at, end)
        self.equations.append(one)
        if one.own:
            self.value(row, one.own, right, segment, at, end)

    def support(self, row: int, verdict: Verdict | None) -> None:
        """A row of the report may hold for the numbers that the text gives, which counts where it is not proved."""
        if verdict is not None:
            self.supports[row] = verdict

    def value(self, row: int, name: str, body: Term, segment: Segment, at: int, end: int) -> None:
        """A row of the report says what a name is."""
        if any(t.head in _CALCULUS for t in subterms(body)) or name in {str(s.data[0]) for s in body.free}:
            return
        behind = [e.row for e in self.equations if e.at >= segment.at] + [v.row for v in self.values if v.at >= segment.at]
        steps = segment.display and any(other != row for other in behind)
        found = is_found(self.text[self.begin : at]) or (steps and is_solved(self.text[self.begin : segment.at]))
        shown = f"{self.rows[row].left} = {self.rows[row].right}"
        self.values.append(_Value(row, name, body, at, end, found, shown))

    def settle(self) -> None:
        """Weigh the equations of a solution that is over."""
        equations, values = self.equations[:MOST], self.values
        self.equations, self.values = [], []
        used: dict[int, int] = {}
        for one in equations if any(v.row != e.row for v in values for e in equations) else ():
            try:
                solution = self._confirmed(one, values)
            except (CalcdsError, RecursionError, ArithmeticError):
                continue
            if not solution:
                continue
            said = f"it holds with what the text finds: {', '.join(dict.fromkeys(v.shown for v in solution))}"
            self._prove(one.row, said)
            if not one.own:
                used |= {v.row: one.row for v in solution if v.row not in used}
        for row, by in used.items():
            found = self.rows[row]
            if found.stage == "definition" or (found.outcome is Outcome.UNDECIDED and found.left != self.rows[by].left):
                self._prove(row, f"it satisfies the equation of line {self.rows[by].line}")
        for row, by_numbers in self.supports.items():
            if self.rows[row].outcome is Outcome.UNDECIDED:
                self.rows[row] = replace(self.rows[row], outcome=by_numbers.outcome, stage=by_numbers.stage,
                                         detail=by_numbers.detail, role="claim", advice="")  # fmt: skip
        self.supports.clear()

    def _prove(self, row: int, said: str) -> None:
        self.rows[row] = replace(self.rows[row], outcome=Outcome.PROVED, role="claim", stage="solution", detail=said, advice="")

    def _confirmed(self, one: _Equation, values: list[_Value]) -> list[_Value]:
        """The values with which an equation holds, each or together, as the text has them; none where that says little."""
        if self.decider.ask(one.left, one.right).outcome in _GOOD:
            return []  # it was not for want of a value that it was undecided
        again = one.own if not one.right.free else ""  # `z = 1` twice says it once
        others = [v for v in values if v.row != one.row and (v.name != again or v.body.free)]
        mine = [v for v in others if v.found or self._is_formula(v) or self._explains(v, one)]
        good: dict[_Value, None] = {}
        for found in _tables(one, mine):
            used = list(dict.fromkeys(chain.from_iterable(by for _, by in found)))
            if not any(one.own or v.at > one.at or self._explains(v, one) for v in used):
                continue  # found before: it may be about all values again
            tables = [table for table, _ in found]
            if all(self._holds(one, table) for table in tables) and not self._may_be_a_slip(one, tables):
                good |= dict.fromkeys(v for v in used if self._needs(one, v, mine, tables[0]))
        return sorted(good, key=lambda v: v.at)

    def _needs(self, one: _Equation, value: _Value, values: Sequence[_Value], table: _Table) -> bool:
        """Whether an equation that holds with a table fails where a name is any other number: `2xz = 2yz` needs no z."""
        if not value.body.is_scalar:
            return len(table) == 1
        others = [replace(v, body=_ANY) if v.name == value.name else v for v in values]
        tables = [[found for found, _ in each] for each in _tables(one, others) if each and each[0][0].keys() == table.keys()]
        return bool(tables) and not any(all(self._holds(one, found) for found in each) for each in tables)

    def _is_formula(self, value: _Value) -> bool:
        """Whether a name is defined by a formula: what holds with it holds."""
        return self.rows[value.row].stage == "definition" and bool(value.body.free)

    def _explains(self, value: _Value, one: _Equation) -> bool:
        """Whether a formula that is given for a name makes an equation behind it hold, as the sentence says."""
        return bool(value.body.free) and value.end <= one.at and gives_a_reason(self.text[value.end : one.at])

    def _holds(self, one: _Equation, table: _Table) -> bool:
        left, right = (substitute(side, table) for side in (one.left, one.right))
        if self.decider.ask(left, right).outcome is not Outcome.PROVED:
            return False
        printed = any(side.head == "zeros" or side is ZERO for side in (one.left, one.right))
        return printed or self.decider.ask(left, op.zero_like(left)).outcome is Outcome.REFUTED

    def _may_be_a_slip(self, one: _Equation, tables: Sequence[_Table]) -> bool:
        """Whether an equation with a small change would be an identity, or hold with the same values."""
        parts = parts_of(False, one.left, one.right)
        by_numbers = any(not body.free for table in tables for body in table.values())  # what holds with names holds
        for side, other in ((one.right, one.left), (one.left, one.right)):
            for changed in islice(repairs(side, parts), MOST_CHANGES) if side.free else ():
                same = (side, mul(MINUS_ONE, side), power(side, MINUS_ONE)) if side.is_scalar else (side,)
                if side in subterms(changed) or any(holds(changed, t, ()) for t in same):
                    continue
                there = ((substitute(changed, table), substitute(other, table)) for table in tables)
                if not all(holds(a, b, ()) for a, b in there):
                    continue
                if (changed.free == side.free) if holds(changed, other, ()) else by_numbers:
                    return True
        return False


def _tables(one: _Equation, values: Sequence[_Value]) -> Iterator[list[tuple[_Table, tuple[_Value, ...]]]]:
    """What may be put into an equation: one value, or all of them; where there are several solutions, each of these."""
    names = {str(s.data[0]) for s in one.free}
    meant = {s: found for s in one.free if (found := _names_of(s, names, values))}
    for s, found in meant.items():
        bodies = {v.body: v for v in values if v.name in found}
        yield [({s: body}, (v,)) for body, v in bodies.items() if same_shape(s.shape, body.shape)]
        for body, v in bodies.items() if len(bodies) > 1 else ():
            if body.free and same_shape(s.shape, body.shape):
                yield [({s: body}, (v,))]
    ways = {s: _ways(found, values) for s, found in meant.items()}
    if not meant or (len(meant) < 2 and not any(v.body.free for v in values)) or not all(ways.values()):
        return
    several = [s for s, found in ways.items() if len(found) > 1]
    if several and len(ways) > 1:
        return
    count = len(ways[several[0]]) if several else 1
    for_each = [{s: found[k if several else 0] for s, found in ways.items()} for k in range(count)]
    if all(same_shape(s.shape, body.shape) for table in for_each for s, (body, _) in table.items()):
        yield [
            ({s: body for s, (body, _) in table.items()}, tuple(chain.from_iterable(by for _, by in table.values())))
            for table in for_each
        ]


def _names_of(symbol: Term, names: Collection[str], values: Iterable[_Value]) -> tuple[str, ...]:
    r"""The names of which a symbol of an equation gets the value: its own, or that with a mark, `\hat\theta` for `\theta`.

    Numbered ones are several solutions: `\lambda_1` and `\lambda_2` of an equation for `\lambda`
    """
    own = str(symbol.data[0])
    said = dict.fromkeys(v.name for v in values)
    if own in said:
        return (own,)
    marked = [name for name in said if _MARKS.sub("", name) == own and name not in names]
    return tuple(marked[-1:] or (name for name in said if _NUMBERED.sub("", name) == own and name not in names))


def _ways(names: Iterable[str], values: Sequence[_Value]) -> list[tuple[Term, tuple[_Value, ...]]]:
    """All that some names stand for, when the values of others are put in."""
    resolved = _resolved(values)
    return list(chain.from_iterable(resolved.get(name, ()) for name in names))


def _resolved(values: Sequence[_Value]) -> dict[str, list[tuple[Term, tuple[_Value, ...]]]]:
    """What every name is when the values of others are put in, all that are said of it; with the values that were used.

    A name that is said to be a formula of others, and to have a value, has the value; that the formula holds is another claim.
    """
    found: dict[str, list[tuple[Term, tuple[_Value, ...]]]] = {}
    unknown = {v.name for v in values}
    for _ in range(_ROUNDS):
        before = {name: list(ways) for name, ways in found.items()}
        for value in values:
            inner = {s: str(s.data[0]) for s in value.body.free if str(s.data[0]) in unknown}
            settled = value.name in before or any(len(before.get(name, ())) != 1 for name in inner.values())
            if settled or any(not same_shape(s.shape, before[name][0][0].shape) for s, name in inner.items()):
                continue
            body = substitute(value.body, {s: before[name][0][0] for s, name in inner.items()})
            if sum(1 for _ in subterms(body)) > MOST_NODES:
                continue
            by = (value, *chain.from_iterable(before[name][0][1] for name in inner.values()))
            ways = found.setdefault(value.name, [])
            if all(body is not other for other, _ in ways):
                ways.append((body, by))
        if found == before:
            break
    return found


__all__ = ["Confirming"]
