r"""Least and greatest values, and where they are taken: `\min_x (x^2 - 4x + 7) = 3`, `\arg\min_x (x^2 - 4x + 7) = 2`.

    \arg\min_x f = p     f(x) >= f(p) for every x
    \min_x f = m         f(x) >= m for every x, and f takes the value m

The first is an inequality in x and the other names, and is decided like one. The second is decided where f is a polynomial of
degree 2 in its variables, x one number, several, or a column: with the gradient g at 0 and the matrix H of second derivatives

    f(x) = f(0) + g^T x + x^T H x / 2        has the value  f(0) - g^T H^{-1} g / 2  where its derivatives vanish,

and that is the least value of f, if it has one; a text that writes `\min` says that it has. Where what is claimed holds for
positive values of the other names only, as of a step or a weight, this is said beside it. A line is called wrong where it
fails for positive values, too, and would hold with a small change; not where the text speaks of constraints, as what is not
printed below the sign may stand in the words.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from calcds.decide import engine
from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    has_arrays,
    is_power,
    named,
    names_in,
    opened,
    script,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.evidence import holds
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.term import ZERO, Term, number, relation, same_shape, substitute, subterms

PATIENCE = 12.0  # seconds for a change that would be right, far more than it takes
SECONDS = 4.0  # for one inequality
SIGNS = {"min": ">=", "inf": ">=", "max": "<=", "sup": "<=", "argmin": ">=", "argmax": "<="}
_SIGNS = {"real", "positive", "nonnegative", "nonzero"}  # what may be known of a variable
_OPPOSITE = {">=": "<=", "<=": ">="}
_KINKS = {"abs", "sign", "max", "min", "relu", "floor", "ceil", "heaviside", "sqrt"}
RESTRICTS = re.compile(
    r"\b(?:over|onto|within|between|project\w*|simplex|ball|sphere|box|orthant|half-?spaces?|set|non-?negativ\w+|positive|"
    r"integers?|local\w*|one of)\b",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"[a-z]{2,}|[A-Z]|[ck](?:_|$)")
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
Read = Callable[[Sequence[Node], Options], Reading]


@dataclass(frozen=True, slots=True)
class Least:
    """What is printed: the word, the variables below it and what is made small, or great."""

    word: str
    names: tuple[Named, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class _Terms:
    """The same as terms: what is made small, by what, and what is claimed of it."""

    body: Term
    places: tuple[Term, ...]
    value: Term
    sign: str
    where: bool  # the value is where it is least

    @property
    def positive(self) -> tuple[Term, ...]:
        """That the other numbers are positive which are rates, weights or rigidities: Greek letters, capitals, c and k."""
        free = (self.body.free | self.value.free) - {*self.places}
        numbers = sorted((s for s in free if s.is_scalar and s.data[1].word == "Real" and _WEIGHT.match(str(s))), key=str)
        return tuple(relation(">", s, ZERO) for s in numbers)

    def at(self, value: Term) -> _Terms:
        """The same claim of another value."""
        return _Terms(self.body, self.places, value, self.sign, self.where)


@dataclass(frozen=True, slots=True)
class Extrema:
    """Asks whether a value is the least or the greatest one, or is where it is taken."""

    scope: Scope
    decider: Decider
    read: Read

    def verdict(self, left: Node | Unread, right: Node | Unread, free: Callable[[], bool]) -> Verdict | None:
        """What comes of an equation that says a least or greatest value; None where it is none, or is left open.

        free: whether nothing in the text restricts the variables
        """
        claim = least(left) if isinstance(left, Node) else None
        if claim is None or not isinstance(left, Node) or not isinstance(right, Node):
            return None
        if named(right) is not None and not is_power(right):  # it names the value: `p^\star`
            return None
        try:
            terms = self._terms(claim, right, Options())
            if terms is None and not has_arrays(claim.body) and not has_arrays(right):  # an x that is a column elsewhere
                terms = self._terms(claim, right, Options(numbers=True))
            if terms is None:
                return None
            found = self._where(terms) if terms.where else self._value(terms)
            return found if found is not None or not free() else self._refuted(terms)
        except (Clash, CalcdsError, RecursionError, ArithmeticError):
            return None

    def _terms(self, claim: Least, value: Node, options: Options) -> _Terms | None:
        where = claim.word.startswith("arg")
        names = [name.node for name in claim.names]
        if where and len(names) > 1:
            return None
        reading = self.read([names[0], value, claim.body] if where else [value, claim.body, *names], options)
        sides = [reading.show(side) if isinstance(side, Term) else None for side in reading.sides]
        doubts = {*reading.doubts, *(d for one in reading.side_doubts for d in one)}
        if doubts or any(side is None for side in sides):
            return None
        found = [side for side in sides if side is not None]
        printed, body, *places = (found[1], found[2], found[0]) if where else found
        self.scope.see(reading.options, reading.show)
        elastic = reading.elastic(self.scope)
        whole = [self.scope.expand(one, keep=places) for one in (body, printed)]
        body, said, *places = agreeing((*whole, *places), elastic)
        signs = _SIGNS if where else _SIGNS & {"real"}
        plain = all(p.head == "sym" and p.data[1].facts <= signs and p.data[1].word != "Matrix" for p in places)
        fits = body.is_scalar and (same_shape(said.shape, places[0].shape) if where else said.is_scalar)
        if not plain or not fits or not body.free.issuperset(places) or said.free.intersection(places):
            return None
        if not said.free <= body.free or (len(places) > 1 and not all(p.is_scalar for p in places)):
            return None
        return _Terms(body, tuple(places), said, SIGNS[claim.word], where)

    # -- what holds ---------------------------------------------------------------------------------------------

    def _where(self, terms: _Terms) -> Verdict | None:
        """The verdict where a value is a place of the least value, everywhere or for positive numbers."""
        there = op.at(terms.body, terms.places[0], terms.value)
        return self._bounded(terms, there, "nowhere else is there a better value", lambda: self._rests_there(terms))

    def _value(self, terms: _Terms) -> Verdict | None:
        """The verdict where a value is the least one."""
        if not self._is_the_value(terms):
            return None
        return self._bounded(terms, terms.value, "it is the value where the derivatives vanish", lambda: True)

    def _bounded(self, terms: _Terms, end: Term, said: str, rests: Callable[[], bool]) -> Verdict | None:
        """What comes of "nowhere less than this": everywhere, or for positive values of the other numbers.

        rests: whether derivatives vanish where this is taken, without which some points say nothing
        """
        for given in dict.fromkeys(((), terms.positive)):
            found = engine.decide_condition(relation(terms.sign, terms.body, end), given, SECONDS)
            if found.outcome is Outcome.PROVED or (found.outcome is Outcome.SUPPORTED and rests()):
                outcome = Outcome.SUPPORTED if given else found.outcome
                return Verdict(outcome, "extremum", said, conditions=(*found.conditions, *map(str, given)))
        arrays = any(not s.is_scalar for s in terms.body.free - {*terms.places})
        opposite = relation(_OPPOSITE[terms.sign], terms.body, end)
        if not arrays or not rests() or _at_rest(terms) is None or _passes(opposite, terms.positive):
            return None
        return Verdict(Outcome.SUPPORTED, "extremum", "the derivatives vanish there", conditions=("there is an extremum",))

    def _rests_there(self, terms: _Terms) -> bool:
        """Whether the derivative vanishes at a place."""
        slope = _slope_at(terms)
        given = terms.positive if slope.is_scalar else ()
        return not _has_kinks(terms.body) and self.decider.ask(slope, op.zero_like(slope), given).outcome in _GOOD

    def _is_the_value(self, terms: _Terms) -> bool:
        rest = _at_rest(terms)
        return rest is not None and self._agree(terms.value, rest)

    def _agree(self, left: Term, right: Term) -> bool:
        return self.decider.ask(left, right).outcome in _GOOD

    # -- what does not ------------------------------------------------------------------------------------------

    def _refuted(self, terms: _Terms) -> Verdict | None:
        """The verdict on a value that is not the least one, where it would be with a small change."""
        bent = _has_kinks(terms.value) and not _has_kinks(terms.body)  # as where x is bounded: `\max(v, 0)`
        if bent or any(t.head == "decimal" for t in subterms(terms.value)) or not self._fails(terms):
            return None
        deadline = Deadline(PATIENCE)
        rest = None if terms.where else _at_rest(terms)
        for changed in deadline.until(repairs(terms.value, parts_of(False, terms.value, terms.body), terms.value.shape)):
            if rest is not None and holds(changed, rest, ()) and self._value(terms.at(changed)) is not None:
                return Verdict(Outcome.REFUTED, "extremum", f"it is not the value at rest, but {changed} is")
            if terms.where and _may_be_right(terms.at(changed)) and self._where(terms.at(changed)) is not None:
                return Verdict(Outcome.REFUTED, "extremum", f"elsewhere are better values, but with {changed} nowhere")
        return None

    def _fails(self, terms: _Terms) -> bool:
        """Whether it certainly does not hold, for positive values neither."""
        given = terms.positive
        if not terms.where:
            rest = _at_rest(terms)
            return rest is not None and engine.decide_terms(terms.value, rest, given, SECONDS).outcome is Outcome.REFUTED
        if not _has_kinks(terms.body):
            slope = _slope_at(terms)
            return engine.decide_terms(slope, op.zero_like(slope), given, SECONDS).outcome is Outcome.REFUTED
        claim = relation(terms.sign, terms.body, op.at(terms.body, terms.places[0], terms.value))
        return engine.decide_condition(claim, given, SECONDS).outcome is Outcome.REFUTED


def _may_be_right(terms: _Terms) -> bool:
    """Whether the derivative seems to vanish at a place: most changes are soon seen not to be meant."""
    slope = _slope_at(terms)
    return _has_kinks(terms.body) or holds(slope, op.zero_like(slope), terms.positive)


def _slope_at(terms: _Terms) -> Term:
    (place,) = terms.places
    return op.at(op.grad(terms.body, place), place, terms.value)


def _has_kinks(term: Term) -> bool:
    """Whether a function may have a value without a derivative."""
    return any(t.head == "piecewise" or (t.head == "fn" and t.data in _KINKS) for t in subterms(term))


def _passes(condition: Term, given: tuple[Term, ...]) -> bool:
    return engine.decide_condition(condition, given, SECONDS).outcome in _GOOD


def _at_rest(terms: _Terms) -> Term | None:
    """The value where the derivatives vanish of a polynomial of degree 2; None of anything else."""
    f, places = terms.body, terms.places
    zeros = {p: op.zero_like(p) for p in places}
    start = substitute(f, zeros)
    if len(places) == 1 and not places[0].is_scalar:
        (x,) = places
        slope, bend, point = op.at(op.grad(f, x), x, zeros[x]), op.at(op.hessian(f, x), x, zeros[x]), x
    elif len(places) == 1:
        (x,) = places
        slope, bend, point = op.at(op.diff(f, x), x, ZERO), op.at(op.diff(f, x, x), x, ZERO), x
    else:
        slope = op.column(*(_at_zero(op.diff(f, p), places) for p in places))
        bend = op.matrix(*[[_at_zero(op.diff(f, p, q), places) for q in places] for p in places])
        point = op.column(*places)
    scalar = slope.is_scalar
    linear = slope * point if scalar else slope.T * point
    square = bend * point ** number(2) if scalar else point.T * bend * point
    if engine.decide_terms(f, start + linear + HALF * square, (), SECONDS).outcome not in _GOOD:
        return None
    return start - HALF * (slope ** number(2) / bend if scalar else slope.T * bend ** number(-1) * slope)


def _at_zero(term: Term, places: Sequence[Term]) -> Term:
    for place in places:
        term = op.at(term, place, ZERO)
    return term


# -- what is printed ------------------------------------------------------------------------------------------------


def least(node: Node) -> Least | None:
    """What a side says of a least value; None where it is about anything else."""
    node = opened(node)
    terms = list(node.parts) if node.kind == "sum" else [node]
    first = opened(terms[0])
    parts = list(first.parts) if first.kind == "product" else []
    words = 0
    word, below = "", tuple[Node, ...]()
    while words < len(parts) and not below:
        atom, below = atom_and_marks(opened(parts[words]))
        if atom.kind != "FUNC" or atom.text not in SIGNS or len(below) > 1:
            return None
        word = {"min": "argmin", "max": "argmax"}.get(atom.text, "") if word.startswith("arg") else atom.text
        words += 1
    names = tuple(_variables(script(below[0]))) if below and below[0].kind == "below" else ()
    rest = parts[words:]
    if not word or not names or not rest or any(p.kind == "MUL" for p in rest):
        return None
    product = rest[0] if len(rest) == 1 else Node("product", tuple(rest), "", rest[0].at, rest[-1].end)
    if len(terms) == 1:
        return Least(word, names, product)
    bound = {name.base for name in names}
    if not bound & {n.base for n in names_in(terms[-1])}:
        return None  # where it ends is not certain
    return Least(word, names, Node("sum", (product, *terms[1:]), "", product.at, node.end))


def _variables(node: Node) -> Iterator[Named]:
    r"""The x and y of `x, y`, the x of `x \in \mathbb{R}^n`; nothing where anything restricts them."""
    node = opened(node)
    if node.kind == "item" and len(node.parts) == 3 and node.parts[1].text == "in":
        space, marks = atom_and_marks(opened(node.parts[2]))
        if space.kind != "SET" or space.text != "R" or not all(m.kind == "above" for m in marks):
            return
        node = node.parts[0]
    parts = [p for p in node.parts if p.kind != "COMMA"] if node.kind == "items" else [node]
    found = [named(part) for part in parts]
    if all(one is not None for one in found):
        yield from (one for one in found if one is not None)


__all__ = ["RESTRICTS", "Extrema"]
