"""The smallest counterexample, and the hypothesis under which a refuted claim would hold.

Shrinking tries small sizes first, then puts simpler numbers in the place of others as long as the claim stays certainly
false: zero, one, small integers, simple fractions. Every candidate is certified like the first refutation.

Imports: calcds.expr, calcds.values, calcds.decide.question, calcds.decide.sampling.
"""


from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice
from random import Random
from typing import Any

from flint import acb, fmpq

from calcds.decide.clock import Deadline
from calcds.decide.looking import Look, as_equation, look
from calcds.decide.question import Question
from calcds.decide.sampling import Comparison, Finding, compare
from calcds.errors import NoRule
from calcds.expr.kinds import Kind, closure
from calcds.expr.operators import Eq, Ne
from calcds.expr.term import SCALAR, Term, mul, number, substitute
from calcds.values import domains, grids
from calcds.values.hypotheses import certainly, directions, meeting
from calcds.values.numbers import ONE, ZERO
from calcds.values.points import Point, draw, sizes
from calcds.values.polynomials import Polynomial

_SIMPLE = tuple(
    fmpq(*pair) for pair in ((0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1), (1, 3), (3, 2))
)  # fmt: skip
_DRAWS = 8  # at each smaller size
_PLAIN_DRAWS = 24  # of a matrix whose entries depend on each other
_ROUNDS = 3
_SUPPORT = 6  # points that must agree before a hypothesis is named
_MOST_NAMED = 3


def shrink(question: Question, found: Comparison, *, tries: int = 600, seconds: float = 5.0) -> Comparison:
    """The refutation at the simplest point that was found; `found` itself if there is no simpler one.

    `tries` bounds the number of candidates, so that the answer does not depend on the speed of the machine; `seconds`
    is a safety net for claims that are slow to evaluate.
    """
    if found.finding is not Finding.REFUTED or found.point is None:
        return found
    return _Shrinker(as_equation(question), found, tries, Deadline(seconds)).run()


class _Shrinker:
    """Holds the best refutation so far."""

    def __init__(self, question: Question, found: Comparison, tries: int, deadline: Deadline) -> None:
        self.question, self.found, self.tries, self.deadline = question, found, tries, deadline
        assert found.point is not None
        self.point: Point = found.point
        self.rng = Random(0)

    @property
    def late(self) -> bool:
        return self.tries <= 0 or self.deadline.late

    def run(self) -> Comparison:
        self._smaller_sizes()
        self._simpler_functions()
        for _ in range(_ROUNDS):
            before = self.point
            self._simpler_values()
            if self.point is before or self.late:
                break
        return self.found

    def _try(self, candidate: Point, *, simpler: bool = True) -> bool:
        """Take the candidate if it refutes, meets the hypotheses, and is simpler."""
        given = self.question.given
        self.tries -= 1
        if given and not all(certainly(g, candidate) for g in given):
            repaired = meeting(candidate, given, self.rng)
            if repaired is None:
                return False
            candidate = repaired
        if simpler and cost(candidate) >= cost(self.point):
            return False
        seen: Look = look(self.question, candidate)
        if not seen.differs:
            return False
        self.point = candidate
        self.found = replace(self.found, point=candidate, left=seen.left, right=seen.right, entry=seen.entry)
        return True

    def _smaller_sizes(self) -> None:
        about = self.question.survey
        now = sum(self.point.sizes.values())
        smaller = [s for s in sizes(about) if sum(s.values()) < now]
        for lengths in sorted(smaller, key=lambda s: (sum(s.values()), sorted(s.values()))):
            for k in range(_DRAWS):
                if self.late:
                    return
                try:
                    candidate = draw(about, lengths, self.rng, k)
                except NoRule:
                    break
                if self._try(candidate, simpler=False):
                    return

    def _simpler_functions(self) -> None:
        for f, polynomial in self.point.functions.items():
            arity = polynomial.inputs
            for simple in _simple_functions(arity, len(polynomial.components)):
                if self.late:
                    return
                if self._try(replace(self.point, functions={**self.point.functions, f: simple})):
                    break

    def _simpler_values(self) -> None:
        for s in self.point.values:
            value = self.point.values[s]
            if isinstance(value, Term) or s.data[1].word == "Index":
                continue
            if s.shape == SCALAR:
                self._first({s: x} for x in _below(value) if domains.satisfies(s.data[1], x))
            else:
                self._simpler_matrix(s)

    def _first(self, candidates: Iterator[dict[Term, Any]]) -> None:
        for values in candidates:
            if self.late or self._try(self.point.having(values)):
                return

    def _simpler_matrix(self, s: Term) -> None:
        kind: Kind = s.data[1]
        value = self.point.values[s]
        rows, columns = len(value), len(value[0])
        self._first({s: whole} for whole in self._wholes(kind, rows, columns))
        for places in directions(kind, rows, columns):
            i, j, _ = places[0]
            for x in _below(self.point.values[s][i][j]):
                grid = [list(row) for row in self.point.values[s]]
                for r, c, side in places:
                    grid[r][c] = side * x
                new = grids.grid_of(grid)
                if self.late:
                    return
                if domains.satisfies(kind, new) and self._try(self.point.having({s: new})):
                    break

    def _wholes(self, kind: Kind, rows: int, columns: int) -> Iterator[Any]:
        """Simple matrices of the kind: zero, the first unit, identity, ones, and a few plain ones."""
        corner = tuple(tuple(ONE if i == j == 0 else ZERO for j in range(columns)) for i in range(rows))
        one = tuple(tuple(ONE if i == j else ZERO for j in range(columns)) for i in range(rows))
        for grid in (grids.filled(rows, columns, ZERO), corner, one, grids.filled(rows, columns, ONE)):
            if domains.satisfies(kind, grid):
                yield grid
        if not kind.facts <= {"real", "complex", "square"}:
            for _ in range(_PLAIN_DRAWS):
                try:
                    yield domains.draw(kind, rows, columns, self.rng, "plain")
                except NoRule:
                    return


def _below(value: Any) -> Iterator[Any]:
    """Numbers simpler than this one, simplest first; of one sign first if they are equally simple."""
    for x in (*_SIMPLE, acb(0, 1), acb(1, 1)) if type(value) is acb else _SIMPLE:
        if _weight(x) < _weight(value):
            yield x
    if type(value) is fmpq and value.q != 1:
        for x in (fmpq((value + fmpq(1, 2)).floor()), fmpq(value.floor()), fmpq(value.ceil())):
            if x not in _SIMPLE:
                yield x


def _simple_functions(inputs: int, outputs: int) -> Iterator[Polynomial]:
    """The first variable, its square, sum and product of the first two variables; the same in every component."""
    first = (1, *(0,) * (inputs - 1))
    shapes: list[dict[tuple[int, ...], fmpq]] = [{first: ONE}, {tuple(2 * e for e in first): ONE}]
    if inputs > 1:
        second = (0, 1, *(0,) * (inputs - 2))
        both = tuple(a + b for a, b in zip(first, second, strict=True))
        shapes += [{second: ONE}, {first: ONE, second: ONE}, {both: ONE}]
    shapes += [{(0,) * inputs: ONE, first: ONE}, {tuple(3 * e for e in first): ONE}]
    for shape in shapes:
        yield Polynomial(inputs, (shape,) * outputs)


def _weight(x: Any) -> int:
    """How much there is to read in a number."""
    if type(x) is not fmpq:
        return 12 + int(8 * (abs(float(x.real.mid())) + abs(float(x.imag.mid()))))
    if not x:
        return 0
    size = abs(int(x.p)) + (3 * int(x.q) if x.q != 1 else 0)
    return 2 * size + (x.p < 0) if size < 10**6 else 10**6 + size.bit_length()


def cost(point: Point) -> int:
    """How much there is to read in a point, sizes above all."""
    whole = 1000 * sum(point.sizes.values())
    for value in point.values.values():
        if isinstance(value, tuple):
            whole += sum(_weight(x) for row in value for x in row)
        else:
            whole += 20 if isinstance(value, Term) else _weight(value)
    for polynomial in point.functions.values():
        whole += sum(5 + 2 * sum(e) + _weight(c) for part in polynomial.components for e, c in part.items())
    return whole


# -- under which hypothesis would it hold? -----------------------------------------------------------------------

_OF_NUMBERS = ("nonzero", "nonnegative", "nonpositive", "positive", "integer")
_OF_COLUMNS = ("nonnegative", "positive", "unit", "probability", "one-hot")
_OF_SQUARES = ("invertible", "symmetric", "diagonal", "positive definite", "orthogonal", "antisymmetric")
_SAID = {
    "unit": "a unit vector", "probability": "a probability vector", "one-hot": "one-hot",
    "integer": "an integer", "full column rank": "of full column rank",
}  # fmt: skip


def stronger_hypotheses(question: Question, *, seconds: float = 2.0) -> list[str]:
    """Hypotheses from a short list under which a refuted claim is no longer refuted, weakest first.

    Each is one sentence such as "A is symmetric" or "n = 1". They rest on agreement at several points, not on proof;
    hypotheses that no point meets, or that follow from one already named, are left out.
    """
    deadline = Deadline(seconds)
    named: list[str] = []
    covered: set[tuple[Term, str]] = set()
    for said, owners, fact, stronger in _stronger(question):
        if deadline.late or len(named) >= _MOST_NAMED:
            break
        if any((owner, implied) in covered for owner in owners for implied in closure(frozenset({fact}))):
            continue
        found = compare(stronger, wanted=_SUPPORT + 4, seconds=max(0.01, deadline.left))
        if found.finding is Finding.AGREED and found.points >= _SUPPORT:
            named.append(said)
            covered.update((owner, fact) for owner in owners)
    return named


def _stronger(question: Question) -> Iterator[tuple[str, tuple[Term, ...], str, Question]]:
    """(sentence, variables, fact, question) for everything worth trying."""
    about = question.survey
    numbers = [s for s in about.symbols if s.shape == SCALAR and s.data[1].word not in ("Index", "Sign")]
    matrices = [s for s in about.symbols if s.shape != SCALAR]
    for s in numbers:
        if s.data[1].has("complex") and not s.data[1].has("real"):
            yield f"{s} is real", (s,), "real", _with_fact(question, (s,), "real")
        for fact in _OF_NUMBERS:
            if _adds(s, fact):
                yield f"{s} is {_SAID.get(fact, fact)}", (s,), fact, _with_fact(question, (s,), fact)
    if len(numbers) > 1:
        for fact in ("nonnegative", "positive"):
            several = tuple(s for s in numbers if _adds(s, fact))
            if len(several) > 1:
                names = ", ".join(map(str, several[:-1]))
                yield (
                    f"{names} and {several[-1]} are {fact}",
                    several,
                    fact,
                    _with_fact(question, several, fact),
                )
    for i, j in islice(combinations([s for s in about.symbols if s.data[1].word == "Index"], 2), 3):
        yield f"{i} != {j}", (), "", _given(question, Ne(i, j))
        yield f"{i} = {j}", (), "", _given(question, Eq(i, j))
    for s in matrices:
        square = s.shape[0] is s.shape[1] or s.shape[0] == s.shape[1]
        facts = _OF_SQUARES if square else _OF_COLUMNS if s.shape[1] == 1 else ("full column rank",)
        for fact in facts:
            if _adds(s, fact) and not (
                s.data[1].has("orthogonal") and fact == "positive definite"
            ):  # that is 1
                yield f"{s} is {_SAID.get(fact, fact)}", (s,), fact, _with_fact(question, (s,), fact)
    squares = [s for s in matrices if s.shape[0] is s.shape[1]]
    for a, b in islice(combinations(squares, 2), 3):
        if a.shape == b.shape:
            yield f"{a} and {b} commute", (), "", _given(question, Eq(mul(a, b), mul(b, a)))
    for m, n in islice(combinations(about.dimensions, 2), 3):
        yield f"{m} = {n}", (), "", _given(question, Eq(m, n))
    for n in about.dimensions:
        yield f"{n} = 1", (), "", _given(question, Eq(n, number(1)))


def _adds(s: Term, fact: str) -> bool:
    """Whether the fact says something new that does not contradict the kind."""
    kind: Kind = s.data[1]
    both = closure(kind.facts | {fact})
    contradiction = {"positive", "nonpositive"} <= both or {"negative", "nonnegative"} <= both
    return not kind.has(fact) and not contradiction and kind.low is None


def _with_fact(question: Question, symbols: tuple[Term, ...], fact: str) -> Question:
    table = {}
    for s in symbols:
        name, kind = s.data
        facts = closure(kind.facts | {fact}) - ({"complex"} if fact == "real" else set())
        table[s] = Term("sym", (), (name, replace(kind, facts=facts)), s.shape)
    left, right = substitute(question.left, table), substitute(question.right, table)
    return Question(left, right, tuple(substitute(g, table) for g in question.given))


def _given(question: Question, condition: Term) -> Question:
    return Question(question.left, question.right, (*question.given, condition))
